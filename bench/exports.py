"""A list of a million statements taken away over HTTP, beside `psql \\copy` of the same columns, on PostgreSQL.

`python -m bench.exports [STATEMENTS]`. The server is the real one, with one process; it must stay under `MOST_MEMORY`.
"""

import csv
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path

from tools.postgres import SUPERUSER, Cluster, bin_dir

STATEMENTS = 1_000_000
MOST_MEMORY = 200
"""What the process may take at its peak, in megabytes."""
HOST = "127.0.0.1"

SAME_COLUMNS = """
    SELECT s.id, s.official_id AS official, about.agreements, s.status_change_id AS status_change, s.date, s.precision,
        s.stance, s.quote, s.language, s.summary, s.venue, rests_on.sources, o.name AS official_name, held.office,
        o.country_id AS official_country, o.speaks_for, about.senders, about.receivers,
        'http://{host}/statements/' || s.id || '/' AS address
    FROM agreements_statement s
    JOIN agreements_official o ON o.id = s.official_id AND o.state = 'published'
    LEFT JOIN (
        SELECT l.statement_id, string_agg(a.id, ';' ORDER BY l.position, l.id) AS agreements,
            string_agg(a.sender_id, ';' ORDER BY l.position, l.id) AS senders,
            string_agg(a.receiver_id, ';' ORDER BY l.position, l.id) AS receivers
        FROM agreements_statementagreement l JOIN agreements_agreement a ON a.id = l.agreement_id
        WHERE a.state = 'published' GROUP BY l.statement_id
    ) about ON about.statement_id = s.id
    LEFT JOIN (
        SELECT record_id, string_agg(source_id, ';' ORDER BY position, id) AS sources
        FROM agreements_statementsource GROUP BY record_id
    ) rests_on ON rests_on.record_id = s.id
    LEFT JOIN (
        SELECT DISTINCT ON (official_id) official_id, concat_ws(', ', title, nullif(body, '')) AS office
        FROM agreements_position WHERE state = 'published' ORDER BY official_id, started DESC
    ) held ON held.official_id = s.official_id
    WHERE s.state = 'published'
    ORDER BY s.date DESC, CASE s.precision WHEN 'day' THEN 0 WHEN 'month' THEN -1 ELSE -2 END DESC, s.id
"""
"""The columns of the list, in its order; the office is simply the one that began last, not that of the day."""


def main(statements: int) -> None:
    with Cluster() as cluster, tempfile.TemporaryDirectory(prefix="tracker-bench-") as name:
        folder = Path(name)
        os.environ.update(
            ENV_FILE="",
            DEBUG="0",
            SECRET_KEY="only for measuring",
            ALLOWED_HOSTS=HOST,
            SITE_URL=f"http://{HOST}",
            VAR_DIR=name,
            DATABASE_URL=cluster.url,
            DJANGO_SETTINGS_MODULE="tracker.settings",
            WEB_CONCURRENCY="1",
        )
        began = time.perf_counter()
        _fill(statements)
        print(f"{statements:,} statements written in {time.perf_counter() - began:.0f} s", flush=True)
        ours, theirs = folder / "ours.csv", folder / "theirs.csv"
        copied = _copy(cluster, theirs)
        with _serving(folder) as (address, worker):
            first, taken = _take(f"{address}/statements.csv", ours)
            memory = _peak(worker)
        _hold_the_same(ours, theirs, statements)
        for label, seconds, path in (("psql \\copy", copied, theirs), ("/statements.csv over HTTP", taken, ours)):
            size = path.stat().st_size / 1e6
            print(
                f"{label:28} {statements / seconds:10,.0f} rows/s {size / seconds:8.1f} MB/s {seconds:8.1f} s "
                f"{seconds / copied:6.1f} x"
            )
        print(f"{'first byte after':28} {first:10.1f} s")
        print(f"{'peak memory of the process':28} {memory:10.0f} MB")
        if memory > MOST_MEMORY:
            sys.exit(f"bench: the process took more than {MOST_MEMORY} MB")


def _fill(statements: int) -> None:
    """Loads the shipped data and copies its statements, with what they are about and rest on, until there are so many.

    They are written by date, as they come in over the years.
    """
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from agreements.dataset.load import load
    from agreements.models import Statement, StatementAgreement, StatementSource

    call_command("migrate", verbosity=0)
    load(Path(settings.BASE_DIR) / "data")
    had = Statement.objects.count()
    with connection.cursor() as cursor:
        # What is copied refers to what is there; to have the database look it up a million times takes minutes.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "CREATE TEMP TABLE copies AS SELECT id AS old, id || '-copy-' || n AS new, row_number() OVER () AS place "
            "FROM (SELECT id, n FROM agreements_statement, generate_series(1, %s) AS n ORDER BY date, n, id) AS each "
            "LIMIT %s",
            [-(-statements // had), statements - had],
        )
        for model, owner in ((Statement, "id"), (StatementAgreement, "statement_id"), (StatementSource, "record_id")):
            columns = [
                f'"{field.column}"' for field in model._meta.concrete_fields if field.column not in ("id", owner)
            ]
            cursor.execute(
                f'INSERT INTO {model._meta.db_table} ("{owner}", {", ".join(columns)}) '
                f"SELECT new, {', '.join(columns)} FROM copies "
                f'JOIN {model._meta.db_table} AS one ON one."{owner}" = old ORDER BY place'
            )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")
    connection.close_pool()


def _copy(cluster: Cluster, path: Path) -> float:
    """Has psql write the same columns to a file, and gives the seconds that it took."""
    query = " ".join(SAME_COLUMNS.format(host=HOST).split())
    command = [str(bin_dir() / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(cluster.folder), "-U", SUPERUSER]
    began = time.perf_counter()
    subprocess.run([*command, "-c", f"\\copy ({query}) TO '{path}' CSV HEADER", "tracker"], check=True)
    return time.perf_counter() - began


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[str, int]]:
    """The server as in production: its address, and the number of the process that answers."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    gunicorn = Path(sys.executable).with_name("gunicorn")
    command = [str(gunicorn), "--bind", f"{HOST}:{port}", "--log-level", "warning"]
    with subprocess.Popen([*command, "--pid", str(folder / "pid")]) as server:
        try:
            _wait_for(f"http://{HOST}:{port}/readyz")
            [worker] = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
            yield f"http://{HOST}:{port}", int(worker)
        finally:
            server.terminate()


def _wait_for(address: str) -> None:
    for _attempt in range(300):
        try:
            urllib.request.urlopen(address).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"bench: {address} does not answer")


def _take(address: str, path: Path) -> tuple[float, float]:
    """Writes what an address answers to a file; seconds to the first byte, and to the last."""
    began = time.perf_counter()
    with urllib.request.urlopen(address) as answer, path.open("wb") as file:
        file.write(answer.read(1))
        first = time.perf_counter() - began
        shutil.copyfileobj(answer, file, 1 << 20)
    return first, time.perf_counter() - began


def _peak(process: int) -> float:
    """The most memory that a process has had, in megabytes."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    [kilobytes] = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(kilobytes) / 1000


def _hold_the_same(ours: Path, theirs: Path, statements: int) -> None:
    """Stops where the two files are not of the same columns and the same records in the same order."""
    with ours.open(encoding="utf-8-sig", newline="") as one, theirs.open(encoding="utf-8", newline="") as other:
        first, second = csv.reader(one), csv.reader(other)
        if next(first) != next(second):
            sys.exit("bench: the columns differ")
        number = 0
        for number, (row, same) in enumerate(zip_longest(first, second, fillvalue=[""]), start=1):
            if row[0] != same[0]:
                sys.exit(f"bench: row {number} is {row[0]!r} here and {same[0]!r} there")
        if number != statements:
            sys.exit(f"bench: {number:,} rows")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else STATEMENTS)
