"""An edition as a database of its own: build it from the revisions, keep it in a file, send reads to it.

A page of a past edition runs the same views and queries as a live one; only the database they read is another: an SQLite
file that holds the dataset of that edition (as of a day, where one is asked for) and the edition log up to it. The files
are a cache, named by a digest of what they hold: they may be deleted at any time and are made again when asked for.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import os
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction

from agreements.dataset import dump, schema
from agreements.dataset.rows import LISTS, MODELS, Row, fill, in_column_order
from agreements.models import Edition, Revision, RevisionSubject
from agreements.models.fields import url_key
from agreements.vocabulary import Outcome, State

KEPT = 32
"""How many files are kept; the one unused for longest goes first."""
WAIT = 5.0
"""Seconds that a request waits for a file that another one is building."""
BATCH = 500

_reading: ContextVar[str | None] = ContextVar("edition_database", default=None)
_lock = threading.Lock()
_readers: Counter[str] = Counter()


class Busy(Exception):
    """Another process is building; try again in some seconds."""


@dataclass(frozen=True)
class Moment:
    """Which state of the record is asked for: an edition, and what of it was true on a day (None: all of it)."""

    number: int
    made_at: dt.datetime
    digest: str
    as_of: dt.date | None = None

    @property
    def day(self) -> dt.date:
        """Today, seen from there."""
        made = self.made_at.astimezone(dt.UTC).date()
        return min(self.as_of, made) if self.as_of else made


def newest() -> Moment | None:
    """The newest edition, in one query; None before the first."""
    last = Edition.objects.order_by("-number").values_list("number", "made_at", "digest").first()
    return Moment(*last) if last else None


def moment(number: int, *, as_of: dt.date | None = None) -> Moment | None:
    """An edition by its number, in one query; None where there is none."""
    found = Edition.objects.filter(number=number).values_list("number", "made_at", "digest").first()
    return Moment(*found, as_of) if found else None


# --- What an edition holds ------------------------------------------------------------------------


def dataset_of(number: int, *, as_of: dt.date | None = None) -> dict[str, list[Row]]:
    """The rows of an edition by table: each record's last row up to it, withdrawn ones left out."""
    last: dict[tuple[str, str], Row | None] = {}
    revisions = Revision.objects.filter(edition__lte=number).order_by("edition").values_list("table", "record", "row")
    for table, record, row in revisions.iterator(chunk_size=2000):
        last[table, record] = row
    rows: dict[str, list[Row]] = {table: [] for table in MODELS}
    for (table, _record), row in sorted(last.items()):
        if row is not None:
            rows[table].append(in_column_order(table, row))
    return true_on(rows, as_of) if as_of else rows


def true_on(rows: dict[str, list[Row]], day: dt.date) -> dict[str, list[Row]]:
    """What of a dataset was true on a day: a fact counts from the first day of its period, an undated one always.

    Negotiations without a step by then are left out with all that hangs on them; a case filed by then and decided later
    is pending. People, countries and sources stay as they are.
    """
    limit = day.isoformat()

    def begun(table: str, column: str) -> list[Row]:
        return [row for row in rows[table] if not row[column] or row[column] <= limit]

    changes = begun("status_changes", "date")
    agreements = {row["agreement"] for row in changes}
    steps = {row["id"] for row in changes}

    def about(found: list[Row]) -> list[Row]:
        """Rows with a list of agreements, narrowed to those that were there."""
        narrowed = [
            row | {"agreements": ";".join(id for id in row["agreements"].split(";") if id in agreements)}
            for row in found
        ]
        return [row for row in narrowed if row["agreements"]]

    def under(found: list[Row]) -> list[Row]:
        return [row for row in found if row["agreement"] in agreements]

    payments = under(begun("payments", "date"))
    paid = {row["id"] for row in payments}
    return rows | {
        "agreements": [row for row in rows["agreements"] if row["id"] in agreements],
        "status_changes": _stepped_anew(changes),
        "statements": [
            row | {"status_change": row["status_change"] if row["status_change"] in steps else ""}
            for row in about(begun("statements", "date"))
        ],
        "transfers": under(begun("transfers", "date")),
        "payments": [row | {"part_of": row["part_of"] if row["part_of"] in paid else ""} for row in payments],
        "proceedings": [
            row
            if not row["decided"] or row["decided"] <= limit
            else row | {"decided": "", "outcome": str(Outcome.PENDING)}
            for row in about(begun("proceedings", "filed"))
            if row["filed"] or not row["decided"] or row["decided"] <= limit
        ],
        "assessments": begun("assessments", "published"),
    }


def _stepped_anew(changes: list[Row]) -> list[Row]:
    """Steps counted from 1 again, since a step of later date may stand before one of an imprecise, earlier date."""
    taken: Counter[str] = Counter()
    counted = []
    for row in sorted(changes, key=lambda row: (row["agreement"], int(row["step"]))):
        taken[row["agreement"]] += 1
        counted.append(row | {"step": str(taken[row["agreement"]])})
    return counted


def descriptor_of(number: int) -> str:
    """The `datapackage.json` that stands in an edition."""
    brought = Edition.objects.filter(number__lte=number).exclude(descriptor="").order_by("-number").first()
    return brought.descriptor if brought else schema.DESCRIPTOR_TEXT


def files_of(number: int) -> dict[str, bytes]:
    """The dataset of an edition as files, the same bytes whenever asked."""
    return dump.files(dataset_of(number), descriptor=descriptor_of(number))


# --- Its database ---------------------------------------------------------------------------------


class EditionRouter:
    """Sends what is asked of our tables to the edition that is being read, and leaves the rest where it is."""

    def db_for_read(self, model, **hints):
        return _reading.get() if model._meta.app_label == "agreements" else None

    db_for_write = db_for_read
    """A write meets a database that nobody can write to, and fails."""

    def allow_relation(self, obj1, obj2, **hints):
        return None


@contextmanager
def reading(asked: Moment) -> Iterator[None]:
    """Within it, every query on our tables reads the edition. Raises Busy where its file is not ready in time."""
    path = _file_of(asked)
    if not path.exists():
        _build_once(asked, path)
    os.utime(path)
    alias = path.stem
    with _lock:
        _readers[alias] += 1
        connections.settings[alias] = _settings(f"file:{path}?mode=ro&immutable=1")
    token = _reading.set(alias)
    try:
        yield
    finally:
        _reading.reset(token)
        connections[alias].close()
        with _lock:
            _readers[alias] -= 1
            if not _readers[alias]:
                del _readers[alias]
                connections.settings.pop(alias, None)
        if hasattr(connections._connections, alias):
            del connections[alias]


def is_past() -> bool:
    """Whether an edition is being read, and not the live record."""
    return _reading.get() is not None


def _settings(name: str) -> dict:
    return connections.configure_settings(
        {"edition": {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": {"uri": True}}, "default": {}}
    )["edition"]


def folder() -> Path:
    """Where the files are kept."""
    return Path(settings.VAR_DIR) / "editions"


def _file_of(asked: Moment) -> Path:
    day = f"-{asked.as_of.isoformat()}" if asked.as_of else ""
    return folder() / f"{asked.digest[:32]}-{_tables_digest()}{day}.sqlite3"


def _tables_digest() -> str:
    """Tells apart files whose tables are not those of this build."""
    described = "\n".join(
        f"{model._meta.db_table} {field.column} {field.get_internal_type()}"
        for model in _tables()
        for field in model._meta.concrete_fields
    )
    return hashlib.sha256(described.encode()).hexdigest()[:8]


def _tables() -> list:
    """The tables that an edition has: ours, but for the editors' history."""
    return [
        model for model in apps.get_app_config("agreements").get_models() if not model.__name__.startswith("Historical")
    ]


def _build_once(asked: Moment, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with (path.parent / ".lock").open("w") as lock:
        until = time.monotonic() + WAIT
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise Busy from None
                time.sleep(0.05)
        if not path.exists():
            _build(asked, path)
            _drop_old(keep=path)


def _build(asked: Moment, path: Path) -> None:
    """Writes the file aside and moves it into place, so that nobody ever reads half of one."""
    # The alias is the file's own name: two builds of one process never meet in one connection.
    alias = f"building-{uuid.uuid4().hex}"
    part = path.with_name(f".{alias}.sqlite3")
    rows = dataset_of(asked.number, as_of=asked.as_of)
    log = _log_up_to(asked.number)
    connections.settings[alias] = _settings(str(part))
    try:
        connection = connections[alias]
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=OFF")
            cursor.execute("PRAGMA synchronous=OFF")
        with connection.schema_editor() as editor:
            for model in _tables():
                editor.create_model(model)
        with transaction.atomic(using=alias):
            _fill(alias, rows, asked)
            for model, records in log:
                model._default_manager.using(alias).bulk_create(records, batch_size=BATCH)
        connection.close()
        part.replace(path)
    finally:
        connections[alias].close()
        del connections[alias]
        connections.settings.pop(alias, None)
        part.unlink(missing_ok=True)


def _log_up_to(number: int) -> list[tuple[type, list]]:
    editions = list(Edition.objects.filter(number__lte=number))
    revisions = list(Revision.objects.filter(edition__lte=number).order_by("pk"))
    subjects = list(RevisionSubject.objects.filter(revision__edition__lte=number).order_by("pk"))
    return [(Edition, editions), (Revision, revisions), (RevisionSubject, subjects)]


def _fill(alias: str, rows: dict[str, list[Row]], asked: Moment) -> None:
    for table, model in MODELS.items():
        records = []
        for row in rows[table]:
            record = model(id=row["id"], state=State.PUBLISHED, published_at=asked.made_at)
            fill(record, row)
            if table == "sources":
                record.url_key = url_key(record.url)
            records.append(record)
        model._default_manager.using(alias).bulk_create(records, batch_size=BATCH)
        for column in LISTS[table]:
            links = [
                link
                for row in rows[table]
                for link in column.links(row["id"], row[column.name].split(";") if row[column.name] else ())
            ]
            column.model._default_manager.using(alias).bulk_create(links, batch_size=BATCH)


def _drop_old(*, keep: Path) -> None:
    files = sorted(folder().glob("*.sqlite3"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[KEPT:]:
        if file != keep:
            file.unlink(missing_ok=True)


def forget_files() -> None:
    """Deletes every file, as after a redaction: what held the words must not be found on disk either."""
    for file in folder().glob("*.sqlite3"):
        file.unlink(missing_ok=True)
