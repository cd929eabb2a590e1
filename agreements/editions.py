"""An edition as a database of its own: build it from the revisions, keep it in a file, send reads to it.

A page of a past edition runs the same views and queries as a live one; only the database they read is another: an
SQLite file that holds the dataset of that edition (as of a day, where one is asked for) and the edition log up to it.
The files are a cache, named by a digest of what they hold: they may be deleted at any time and are made again when
asked for.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import inspect
import os
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.models import Max, Q

from agreements.dataset import dump, schema
from agreements.dataset.rows import LISTS, MODELS, Row, fill, in_column_order
from agreements.models import (
    Assessment,
    Edition,
    LinkCheck,
    Payment,
    Proceeding,
    Proposal,
    Revision,
    RevisionSubject,
    Statement,
    StatusChange,
    Transfer,
)
from agreements.search import engines, index
from agreements.vocabulary import Outcome, State

KEPT = 32
"""How many files are kept; the one unused for longest goes first."""
WAIT = 5.0
"""Seconds that a request waits for a file that another one is building."""
BATCH = 500

_reading: ContextVar[str | None] = ContextVar("edition_database", default=None)


class Busy(Exception):
    """The edition's file is not ready in time; try again in some seconds."""


class Overtaken(Exception):
    """The next edition was made: what was the newest is so no longer."""


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


@dataclass(frozen=True)
class _Anew:
    """Rows that are read anew each time they are gone through: a large table is never held whole."""

    read: Callable[[], Iterator[Row]]

    def __iter__(self) -> Iterator[Row]:
        return self.read()


def dataset_of(number: int, *, as_of: dt.date | None = None) -> dict[str, list[Row]]:
    """The rows of an edition by table, in the order of their ids; withdrawn records are left out."""
    return {table: list(found) for table, found in _rows_of(number, as_of).items()}


def _rows_of(number: int, as_of: dt.date | None) -> Mapping[str, Iterable[Row]]:
    def rows_in(table: str) -> Iterator[Row]:
        # In the order of an index that both engines have, newest first: no plan of a database can spoil it.
        known = Revision.objects.filter(table=table, edition__lte=number).order_by("record", "-edition")
        for _record, revisions in groupby(known.values_list("record", "row").iterator(2000), key=itemgetter(0)):
            row = next(revisions)[1]
            if row is not None:
                yield in_column_order(table, row)

    found = {table: _Anew(lambda table=table: rows_in(table)) for table in MODELS}
    return true_on(found, as_of) if as_of else found


def true_on(rows: Mapping[str, Iterable[Row]], day: dt.date) -> dict[str, Iterable[Row]]:
    """What of a dataset was true on a day: a fact counts from the first day of its period, an undated one always.

    Negotiations without a step by then are left out with all that hangs on them; a case filed by then and decided later
    is pending. People, countries and sources stay as they are.
    """
    limit = day.isoformat()

    def begun(table: str, column: str) -> Iterator[Row]:
        return (row for row in rows[table] if not row[column] or row[column] <= limit)

    changes = list(begun("status_changes", "date"))
    agreements = {row["agreement"] for row in changes}
    steps = {row["id"] for row in changes}

    def about(found: Iterable[Row]) -> Iterator[Row]:
        """Rows with a list of agreements, narrowed to those that were there."""
        for row in found:
            there = [id for id in row["agreements"].split(";") if id in agreements]
            if there:
                yield row | {"agreements": ";".join(there)}

    def under(found: Iterable[Row]) -> Iterator[Row]:
        return (row for row in found if row["agreement"] in agreements)

    def statements() -> Iterator[Row]:
        for row in about(begun("statements", "date")):
            yield row | {"status_change": row["status_change"] if row["status_change"] in steps else ""}

    def proceedings() -> Iterator[Row]:
        for row in about(begun("proceedings", "filed")):
            if not row["decided"] or row["decided"] <= limit:
                yield row
            elif row["filed"]:
                yield row | {"decided": "", "outcome": str(Outcome.PENDING)}

    payments = list(under(begun("payments", "date")))
    paid = {row["id"] for row in payments}
    return {
        **rows,
        "agreements": _Anew(lambda: (row for row in rows["agreements"] if row["id"] in agreements)),
        "status_changes": _stepped_anew(changes),
        "statements": _Anew(statements),
        "transfers": _Anew(lambda: under(begun("transfers", "date"))),
        "payments": [row | {"part_of": row["part_of"] if row["part_of"] in paid else ""} for row in payments],
        "proceedings": _Anew(proceedings),
        "assessments": _Anew(lambda: begun("assessments", "published")),
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


def files_of(number: int, *, as_of: dt.date | None = None) -> dict[str, bytes]:
    """The dataset of an edition as files, the same bytes whenever asked; of edition 0, that nothing was published.

    With a day, what of it was true then.
    """
    return dump.files(_rows_of(number, as_of), descriptor=descriptor_of(number))


def file_of(number: int, name: str, *, as_of: dt.date | None = None) -> bytes:
    """One of these files; LookupError where the dataset has none of that name."""
    if name == schema.DESCRIPTOR_FILE:
        return descriptor_of(number).encode()
    table = next((table for table in schema.TABLES.values() if table.file == name), None)
    if table is None:
        raise LookupError(f"A dataset has no file {name}.")
    return dump.file(table, _rows_of(number, as_of)[table.name])


def package_of(number: int, *, as_of: dt.date | None = None) -> dict[str, bytes]:
    """The same files with a README.md that says what they are; LookupError where there is no such edition."""
    edition = Edition.objects.filter(number=number).first()
    if edition is None:
        raise LookupError(f"There is no edition {number}.")
    files = files_of(number, as_of=as_of)
    return files | {"README.md": _readme(edition, dataset_of(number, as_of=as_of), as_of).encode()}


def _readme(edition: Edition, rows: Mapping[str, list[Row]], as_of: dt.date | None) -> str:
    made = edition.made_at.astimezone(dt.UTC)
    scope = f"What was true on {as_of}, as known at edition" if as_of else "Everything that was public at edition"
    listed = "\n".join(f"| {table.file} | {len(rows[name])} |" for name, table in schema.TABLES.items())
    return f"""# Third Country Tracker, edition {edition.number}

{scope} {edition.number}, made on {made:%Y-%m-%d} at {made:%H:%M:%S} UTC.
`datapackage.json` describes every column.

{edition.note or "The edition has no note."}

| file | rows |
| --- | --- |
{listed}

Licence: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/. Quotations and titles remain with their authors.
Cite: Third Country Tracker, edition {edition.number}, {made:%Y-%m-%d}, {settings.SITE_URL}/?edition={edition.number}

What this edition changed, removals included: {settings.SITE_URL}/data/editions/{edition.number}/changes.csv
The log of all editions: {settings.SITE_URL}/changes/
"""


# --- What became of it ----------------------------------------------------------------------------

BOOKKEEPING = frozenset({"last_checked"})
"""Columns that say nothing about the world: a change of these alone corrects nothing."""


@dataclass(frozen=True)
class Correction:
    """That records are said otherwise since an edition: the last edition that changed one of them.

    `withdrawn` is set where the first of them is no longer public.
    """

    number: int
    withdrawn: bool


def corrected_since(then: Moment, now: Moment, shown: Sequence[tuple[str, str]]) -> Correction | None:
    """Whether records that an edition showed read otherwise at a later one; in one query, whatever is being read.

    `shown` are tables and ids, the record that matters most first. What was added since is no correction, nor what was
    changed and changed back.
    """
    ids: dict[str, list[str]] = defaultdict(list)
    for table, id in shown:
        ids[table].append(id)
    among = Q(*(Q(table=table, record__in=own) for table, own in ids.items()), _connector=Q.OR)
    known = Revision.objects.filter(among, edition__lte=now.number).order_by("edition")
    was: dict[tuple[str, str], Row | None] = {}
    last: dict[tuple[str, str], tuple[int, Row | None]] = {}
    with _live():
        for table, id, number, row in known.values_list("table", "record", "edition", "row"):
            said = row and {column: cell for column, cell in row.items() if column not in BOOKKEEPING}
            if number <= then.number:
                was[table, id] = said
            elif (table, id) in was and said != last.get((table, id), (0, was[table, id]))[1]:
                last[table, id] = number, said
    changed = {key: number for key, (number, said) in last.items() if said != was[key]}
    if not changed:
        return None
    return Correction(max(changed.values()), withdrawn=shown[0] in changed and last[shown[0]][1] is None)


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
    connection = _opened(_at_a_fact(asked) if asked.as_of else asked)
    connections[connection.alias] = connection
    token = _reading.set(connection.alias)
    try:
        yield
    finally:
        _reading.reset(token)
        connection.close()
        del connections[connection.alias]


@contextmanager
def standing(asked: Moment) -> Iterator[None]:
    """Within it, every query reads the record as it stands at the newest edition, whatever is published meanwhile.

    Raises Overtaken where that is another one than was asked for. Nobody who publishes waits for it. Within a
    transaction of the caller, that transaction is what is read.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    with ExitStack() as until_the_end:
        if not connection.in_atomic_block:
            until_the_end.enter_context(_snapshot(connection))
        now = newest()
        if now is None or (now.number, now.digest) != (asked.number, asked.digest):
            raise Overtaken
        yield


@contextmanager
def _snapshot(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """A transaction that only reads, on one state of the database from its first query on."""
    connection.ensure_connection()
    with ExitStack() as until_the_end:
        if connection.vendor == "sqlite":
            # Transactions begin IMMEDIATE by the settings, as those who write; a reader must not take the write lock.
            usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
            try:
                until_the_end.enter_context(transaction.atomic())
            finally:
                connection.transaction_mode = usual
        else:
            until_the_end.enter_context(transaction.atomic())
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                # Whoever asks for this reads to the end: no plan that gives the first rows soon and the last ones late.
                cursor.execute("SET LOCAL cursor_tuple_fraction = 1")
        yield


@contextmanager
def _live() -> Iterator[None]:
    """Within it, every query on our tables reads the record as it stands, whatever is being read around it."""
    token = _reading.set(None)
    try:
        yield
    finally:
        _reading.reset(token)


_DATED = (
    (StatusChange, "date"),
    (Statement, "date"),
    (Transfer, "date"),
    (Payment, "date"),
    (Proceeding, "filed"),
    (Proceeding, "decided"),
    (Assessment, "published"),
)


def _at_a_fact(asked: Moment) -> Moment:
    """The same with the last day before, on which a fact began: nothing differs between, so one file serves for all.

    There are then no more files to build than days on which something happened, whatever days are asked for.
    """
    with reading(replace(asked, as_of=None)):
        last = [
            model.objects.filter(**{f"{column}__lte": asked.as_of}).aggregate(last=Max(column))["last"]
            for model, column in _DATED
        ]
    return replace(asked, as_of=max((day for day in last if day), default=dt.date.min))


def _opened(asked: Moment) -> DatabaseWrapper:
    """A connection to the edition's file, which is built where it is missing. Once open, it may be deleted."""
    path = _file_of(asked)
    for _attempt in range(3):
        if not path.exists():
            _build_once(asked, path)
        connection = _connection(f"file:{quote(str(path))}?mode=ro&immutable=1")
        try:
            os.utime(path)
            connection.ensure_connection()
        except (FileNotFoundError, OperationalError):
            # Deleted a moment ago, to make room or because of a redaction.
            connection.close()
        else:
            return connection
    raise Busy


def _connection(name: str) -> DatabaseWrapper:
    """A connection under a name of its own, which its thread alone knows of.

    `connections.settings` is shared: a file that came and went there would break whoever goes through it meanwhile.
    """
    made = {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": {"uri": True}}
    return DatabaseWrapper(
        connections.configure_settings({"edition": made, "default": {}})["edition"], f"edition-{uuid.uuid4().hex}"
    )


def folder() -> Path:
    """Where the files are kept."""
    return Path(settings.VAR_DIR) / "editions"


def _file_of(asked: Moment) -> Path:
    day = f"-{asked.as_of.isoformat()}" if asked.as_of else ""
    return folder() / f"{asked.digest[:32]}-{_form()}{day}.sqlite3"


@cache
def _form() -> str:
    """Tells apart files that another build of the program would make differently."""
    described = "\n".join(
        f"{model._meta.db_table} {field.column} {field.get_internal_type()}"
        for model in _tables()
        for field in model._meta.concrete_fields
    )
    code = (Path(__file__).read_bytes(), Path(inspect.getfile(fill)).read_bytes())
    return hashlib.sha256(b"\n".join([described.encode(), index.form().encode(), *code])).hexdigest()[:8]


def _tables() -> list:
    """The tables that an edition has: ours, but for the editors' history and what else only the desk knows."""
    return [
        model
        for model in apps.get_app_config("agreements").get_models()
        if not model.__name__.startswith("Historical") and model not in (Proposal, LinkCheck)
    ]


@contextmanager
def _lock(*, wait: float | None) -> Iterator[None]:
    """One process or thread at a time builds or deletes files. Raises Busy after `wait` seconds, if given."""
    folder().mkdir(parents=True, exist_ok=True)
    until = None if wait is None else time.monotonic() + wait
    with (folder() / ".lock").open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if until is not None and time.monotonic() > until:
                    raise Busy from None
                time.sleep(0.05)
        yield


def _build_once(asked: Moment, path: Path) -> None:
    with _lock(wait=WAIT):
        if not path.exists():
            for left in folder().glob(".building-*"):
                left.unlink(missing_ok=True)
            _build(asked, path)
            _drop_old(keep=path)


def _build(asked: Moment, path: Path) -> None:
    """Writes the file aside and moves it into place, so that nobody ever reads half of one."""
    part = path.with_name(f".building-{uuid.uuid4().hex}")
    connection = _connection(f"file:{quote(str(part))}")
    connections[connection.alias] = connection
    live = _reading.set(None)  # whoever asks may be reading another edition
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=OFF")
            cursor.execute("PRAGMA synchronous=OFF")
        # At its end it makes the indexes and holds every reference to what is there.
        with connection.schema_editor() as editor:
            for model in _tables():
                editor.create_model(model)
            engines.prepare(connection)
            _fill(connection.alias, asked)
            _copy_log(connection.alias, asked.number)
            index.fill(connection.alias)
        connection.close()
        now = moment(asked.number)
        if now is None or now.digest != asked.digest:
            raise Busy  # redacted meanwhile: the words may stand in this file
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(path)
    finally:
        _reading.reset(live)
        connection.close()
        del connections[connection.alias]
        part.unlink(missing_ok=True)


def _fill(alias: str, asked: Moment) -> None:
    found = _rows_of(asked.number, asked.as_of)
    for table, model in MODELS.items():
        for some in _batches(found[table]):
            records = [model(id=row["id"], state=State.PUBLISHED, published_at=asked.made_at) for row in some]
            for record, row in zip(records, some, strict=True):
                fill(record, row)
            model._default_manager.using(alias).bulk_create(records)
            for column in LISTS[table]:
                links = [link for row in some for link in column.links(row["id"], column.of(row))]
                column.model._default_manager.using(alias).bulk_create(links)


def _copy_log(alias: str, number: int) -> None:
    for log in (
        Edition.objects.filter(number__lte=number),
        Revision.objects.filter(edition__lte=number),
        RevisionSubject.objects.filter(revision__edition__lte=number),
    ):
        for some in _batches(log.order_by("pk").iterator(chunk_size=BATCH)):
            log.model._default_manager.using(alias).bulk_create(some)


def _batches(found: Iterable) -> Iterator[list]:
    left = iter(found)
    while some := list(islice(left, BATCH)):
        yield some


def _drop_old(*, keep: Path) -> None:
    files = sorted(folder().glob("*.sqlite3"), key=_last_used, reverse=True)
    for file in [each for each in files if each != keep][KEPT - 1 :]:
        file.unlink(missing_ok=True)


def _last_used(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def forget_files() -> None:
    """Deletes every file, as after a redaction: what held the words must not be found on disk either.

    A file that is being built is waited for; one that is being read stays readable to its reader and no one else.
    """
    with _lock(wait=None):
        for file in (*folder().glob("*.sqlite3"), *folder().glob(".building-*")):
            file.unlink(missing_ok=True)
