"""Measures the site on the shipped data, in one process and one run, and gives each time beside an empty view's.

Then the reading of articles: its time, and how right it is."""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROUNDS = 15
"""How many times each request is timed; the median counts, since machines are noisy."""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder:
        os.environ.update(
            ENV_FILE="",
            DEBUG="0",
            SECRET_KEY="only for measuring",
            ALLOWED_HOSTS="testserver",
            SITE_URL="http://testserver",
            VAR_DIR=folder,
            DATABASE_URL=f"sqlite:///{folder}/bench.sqlite3",
            DJANGO_SETTINGS_MODULE="tracker.settings",
        )
        import django

        django.setup()
        _measure()


def _measure() -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.http import HttpResponse
    from django.test import Client
    from django.urls import path

    import agreements.views.urls as public
    from agreements.dataset.load import load
    from agreements.known import known
    from agreements.views.moments import kept
    from bench import articles

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    report = load(Path(settings.BASE_DIR) / "data")
    print(f"load of the shipped data: {report.added:,} records in {time.perf_counter() - began:.2f} s")

    public.urlpatterns.append(path("healthz-empty", lambda request: HttpResponse("empty")))
    client = Client(headers={"accept-encoding": "gzip"})

    def fetch(address: str, **headers: str) -> Callable[[], None]:
        def ask() -> None:
            answer = client.get(address, headers=headers)
            if answer.status_code not in (200, 304):
                sys.exit(f"bench: {address} answered {answer.status_code}")

        return ask

    def anew(ask: Callable[[], None]) -> Callable[[], None]:
        def first() -> None:
            kept.clear()
            ask()

        return first

    empty = _median(fetch("/healthz-empty"))
    print(f"{'an empty view':52} {empty * 1000:8.2f} ms      1.0 x")
    for address in (
        "/",
        "/agreements/",
        "/agreements/us-rw-2025/",
        "/countries/rwanda/",
        "/statements/",
        "/search/?q=rwanda",
    ):
        tag = client.get(address)["ETag"]
        _row(f"{address} made", _median(anew(fetch(address))), empty)
        _row(f"{address} kept", _median(fetch(address)), empty)
        _row(f"{address} 304", _median(fetch(address, **{"if-none-match": tag})), empty)
    began = time.perf_counter()
    fetch("/agreements/us-rw-2025/?edition=1")()
    _row("a past edition, its database built first", time.perf_counter() - began, empty)
    past = "/agreements/us-rw-2025/?edition=1"
    _row("a past edition, made", _median(anew(fetch(past))), empty)
    _row("the dataset of an edition as zip", _median(anew(fetch("/data/editions/1.zip"))), empty)
    articles.measure(known())


def _median(ask: Callable[[], None]) -> float:
    ask()
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        ask()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _row(label: str, seconds: float, empty: float) -> None:
    print(f"{label:52} {seconds * 1000:8.2f} ms {seconds / empty:8.1f} x")


if __name__ == "__main__":
    main()
