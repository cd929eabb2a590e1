"""Asks the addresses of sources and writes down what they answered; changes no record."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict, deque
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import responses
from queue import SimpleQueue

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, When
from django.utils import timezone

from agreements.models import LinkCheck, Source
from agreements.models.fields import url_key
from agreements.vocabulary import LinkState, State
from agreements.web import Answer, Fault, Web

AT_ONCE = 8
GONE = {404, 410}
STATE_OF_FAULT = {
    Fault.REFUSED: LinkState.FORBIDDEN,
    Fault.NO_SUCH_HOST: LinkState.DEAD,
    Fault.NO_ANSWER: LinkState.UNCLEAR,
    Fault.NO_END: LinkState.UNCLEAR,
}
FAILING = {LinkState.DEAD, LinkState.UNCLEAR}


class WrongOption(ValueError):
    """What was asked for cannot be done; the message says what was expected."""


def dead() -> QuerySet[LinkCheck]:
    """Checks of sources whose present address is dead, the longest dead first."""
    return _standing(LinkState.DEAD).order_by("failing_since", "source")


def moved() -> QuerySet[LinkCheck]:
    """Checks of sources whose present address leads on for good, the longest known first."""
    return _standing(LinkState.MOVED).order_by("checked_at", "source")


def _standing(state: LinkState) -> QuerySet[LinkCheck]:
    checks = LinkCheck.objects.filter(state=state, url=F("source__url")).exclude(source__state=State.WITHDRAWN)
    return checks.select_related("source")


def check(
    *,
    limit: int | None = None,
    older_than: int = 30,
    only: Collection[str] = (),
    host_pause: float = 1.0,
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
    web: Callable[..., Web] = Web,
    now: Callable[[], dt.datetime] = timezone.now,
) -> list[LinkCheck]:
    """Asks sources that are not withdrawn, each answer recorded as it comes, and returns the checks in that order.

    First those whose address was never asked, then those asked longest ago, `limit` at most; what was asked in the last
    `older_than` days is left alone. `only` names the public ids of the sources to ask, whenever they were asked last.
    Raises WrongOption for one out of its range, or an id that no such source has.
    """
    _expect("limit", limit, limit is None or limit >= 1, "a whole number from 1 on")
    _expect("older-than", older_than, 0 <= older_than <= 36500, "a whole number of days from 0 to 36500")
    _expect("host-pause", host_pause, 0 <= host_pause <= 3600, "a number of seconds from 0 to 3600")
    waiting: dict[str, deque[tuple[str, str]]] = defaultdict(deque)
    chosen = _chosen(only, now() - dt.timedelta(days=older_than))[:limit]
    for source, url, key in chosen:
        waiting[_host(key)].append((source, url))

    contact = f"; {settings.CONTACT_EMAIL}" if settings.CONTACT_EMAIL else ""
    asker = web(agent=f"ThirdCountryTracker (+{settings.SITE_URL}{contact})", pause=host_pause)
    answered: SimpleQueue[tuple[str, str, str, Future[Answer]]] = SimpleQueue()
    # The threads ask and nothing else: whatever touches the database stays in this one.
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="check-links")

    def ask_next(host: str) -> None:
        if waiting[host]:
            source, url = waiting[host].popleft()
            future = pool.submit(asker.ask, url)
            future.add_done_callback(lambda done: answered.put((host, source, url, done)))

    checks = []
    try:
        # A host has one address in the pool at a time, so that a slow one takes one thread and not all.
        for host in list(waiting):
            ask_next(host)
        for done in range(1, len(chosen) + 1):
            host, source, url, answer = answered.get()
            checks += _record(source, url, answer.result(), now())
            progress("Asking addresses", done, len(chosen))
            ask_next(host)
    finally:
        asker.stop()
        pool.shutdown(cancel_futures=True)
    return checks


def _expect(option: str, value: object, fits: bool, expected: str) -> None:
    if not fits:
        raise WrongOption(f"--{option} is {value}: expected {expected}.")


def _chosen(only: Collection[str], before: dt.datetime) -> list[tuple[str, str, str]]:
    """Public id, address and its key of each source to ask, in order."""
    # A check of an address that was corrected since tells nothing of the present one.
    asked = Case(When(link_check__url=F("url"), then=F("link_check__checked_at")))
    sources = Source.objects.exclude(state=State.WITHDRAWN).exclude(url="").annotate(asked=asked)
    sources = sources.filter(pk__in=only) if only else sources.filter(Q(asked=None) | Q(asked__lte=before))
    found = list(sources.order_by(F("asked").asc(nulls_first=True), "pk").values_list("pk", "url", "url_key"))
    if missing := sorted(set(only) - {id for id, _url, _key in found}):
        ids = ", ".join(missing)
        raise WrongOption(f"--source is {ids}: expected the id of a source that has an address and is not withdrawn.")
    return found


@transaction.atomic
def _record(source: str, url: str, answer: Answer, at: dt.datetime) -> list[LinkCheck]:
    """The check as it is recorded; none where the source was deleted while it was asked."""
    if not Source.objects.filter(pk=source).exists():
        return []
    state, detail = _judged(answer)
    if detail and answer.address != answer.asked:
        detail = f"It redirects to {answer.address}. {detail}"
    failing_since = None
    if state in FAILING:
        before = LinkCheck.objects.filter(source=source, url=url).first()
        failing_since = (before and before.failing_since) or at
    check, _made = LinkCheck.objects.update_or_create(
        source_id=source,
        defaults={
            "url": url,
            "state": state,
            "status": answer.status,
            "location": answer.address if state == LinkState.MOVED else "",
            "detail": detail,
            "checked_at": at,
            "failing_since": failing_since,
        },
    )
    return [check]


def _judged(answer: Answer) -> tuple[LinkState, str]:
    """What an answer says of the document, with a sentence where there is something to say."""
    if answer.fault:
        return STATE_OF_FAULT[answer.fault], answer.detail
    if answer.status in GONE:
        return LinkState.DEAD, f"The document is gone ({_words(answer.status)})."
    if not 200 <= answer.status < 300:
        return LinkState.UNCLEAR, f"The site answers {_words(answer.status)}."
    asked, found = url_key(answer.asked), url_key(answer.address)
    if asked == found:
        return LinkState.WORKS, ""
    # Sites that no longer have a document often show their front page in its place, as if all were well.
    if found == _host(found) and asked != _host(asked):
        return LinkState.DEAD, "That is a front page: the document itself is gone."
    if answer.for_good:
        return LinkState.MOVED, "Readers are sent there for good."
    return LinkState.WORKS, ""


def _host(key: str) -> str:
    """The host in the key of an address, which is the whole key of a front page."""
    return re.split("[/?]", key)[0]


def _words(status: int) -> str:
    return f"{status} {responses.get(status, '')}".strip()
