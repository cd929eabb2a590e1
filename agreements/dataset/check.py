"""What was read is held to the schema, cell by cell, and to the rules across rows and tables; every fault is listed."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from urllib.parse import urlsplit

from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import IntegerField

from agreements.dataset import schema
from agreements.dataset.read import Fault, Line, Package, Progress, silently
from agreements.dataset.rows import MODELS, Value, number_cell, value_of, words_of
from agreements.dataset.schema import Column
from agreements.models.fields import url_key
from agreements.vocabulary import CURRENCIES, QUOTE_WORDS, Precision


@dataclass(frozen=True)
class Entry:
    """A row with the values of its sound cells; what is missing or at fault is not among them."""

    line: Line
    values: Mapping[str, Value]

    @property
    def id(self) -> str:
        return self.line.cells.get("id", "")


Entries = Mapping[str, Sequence[Entry]]
"""Rows by table."""


def check(package: Package, *, progress: Progress = silently) -> tuple[dict[str, list[Entry]], list[Fault]]:
    """The rows with their values, and all that is wrong with the package in the order of its files and lines."""
    entries: dict[str, list[Entry]] = {}
    faults = list(package.faults)
    for done, name in enumerate(schema.TABLES, start=1):
        entries[name] = []
        for line in package.lines[name]:
            row, own_faults = judged(name, line)
            entries[name].append(row)
            faults += own_faults
        progress("Checking tables", done, len(schema.TABLES))
    faults += check_across(entries, incomplete=package.incomplete)
    return entries, in_order(faults)


def judged(table: str, line: Line) -> tuple[Entry, list[Fault]]:
    """A row with the values of its sound cells, and what is wrong with the others."""
    values, faults = {}, []
    for column, cell_check in _cell_checks(table):
        if column.name in line.cells:
            cell = line.cells[column.name]
            expected = cell_check.expected(cell)
            if expected:
                faults.append(line.fault(column.name, expected))
            else:
                values[column.name] = value_of(cell, column)
    return Entry(line, values), faults


def entry(table: str, line: Line) -> Entry:
    """A row whose cells are known to be sound, since it was made of a record."""
    return Entry(
        line, {column.name: value_of(line.cells[column.name], column) for column in schema.TABLES[table].columns}
    )


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """By file as the descriptor lists them, then by line, then by column; what stands at the desk last."""
    files = [schema.DESCRIPTOR_FILE, *(table.file for table in schema.TABLES.values())]
    columns = {table.file: table.column_names for table in schema.TABLES.values()}

    def place(fault: Fault) -> tuple[int, str, int, int]:
        names = columns.get(fault.file, [])
        return (
            files.index(fault.file) if fault.file in files else len(files),
            fault.file,
            fault.line or 0,
            names.index(fault.column) if fault.column in names else -1,
        )

    return sorted(faults, key=place)


def uncited_sources(entries: Entries) -> list[Fault]:
    """The sources that no row cites: odd, but no fault."""
    cited = {id for rows in entries.values() for row in rows for id in _ids(row, "sources")}
    return [row.line.fault("id", "a source that some row cites") for row in entries["sources"] if row.id not in cited]


# --- One cell -------------------------------------------------------------------------------------

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,18})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

_PATTERN_WORDS = {
    "^[A-Z]{3}$": "three capital letters",
    "^[A-Z]{2}$": "two capital letters",
    "^[a-z]{2}$": "a code of ISO 639-1: two lower-case letters",
    "^[a-z0-9]+(-[a-z0-9]+)*$": "lower-case letters a to z and digits, joined by single hyphens",
    "^[a-z]{2}-[a-z]{2}-[0-9]{4}(-[b-z])?$": "sender, receiver and year, as in us-rw-2025 or us-rw-2025-b",
    "^[a-z0-9]+(-[a-z0-9]+)*(;[a-z0-9]+(-[a-z0-9]+)*)*$": 'ids separated by ";", without spaces',
    "^[A-Z]{3}(;[A-Z]{3})*$": 'alpha-3 codes separated by ";", without spaces',
}


class _CellCheck:
    """What a column expects of a cell, from the schema and from what the database can hold."""

    def __init__(self, table: str, column: Column) -> None:
        field = None if column.is_list else MODELS[table]._meta.get_field(column.name)
        self.column = column
        self.longest = getattr(field, "max_length", None)
        self.pattern = re.compile(column.pattern) if column.pattern else None
        self.minimum, self.maximum = column.minimum, column.maximum
        if isinstance(field, IntegerField):
            # PostgreSQL's limits on both engines, so that a dataset is refused by both or by neither.
            self.maximum = BaseDatabaseOperations.integer_field_ranges[field.get_internal_type()][1]

    def expected(self, cell: str) -> str:
        """What was expected instead of the cell, empty where it is sound."""
        column = self.column
        if control := _CONTROL.search(cell):
            return f"text without control characters (this has U+{ord(control[0]):04X})"
        if not cell.strip():
            if column.required:
                return "a value"
            return "nothing at all rather than white space" if cell else ""
        if column.enum:
            return "" if cell in column.enum else f"one of {', '.join(column.enum)}"
        if column.name in ("url", "archive_url"):
            return "" if _is_address(cell) else "an address with https:// or http:// and a host, without white space"
        if column.name in ("started", "ended"):
            return "" if _period(cell) else "a real day, month or year: YYYY-MM-DD, YYYY-MM or YYYY"
        if column.name == "currency":
            return "" if cell in CURRENCIES else "a code of ISO 4217 for money in use, as in USD"
        if column.name == "quote" and words_of(cell) > QUOTE_WORDS:
            return f"at most {QUOTE_WORDS} words, not {words_of(cell)}"
        if self.pattern and not self.pattern.fullmatch(cell):
            return _PATTERN_WORDS[column.pattern]
        if self.longest and len(cell) > self.longest:
            return f"at most {self.longest} characters, not {len(cell)}"
        return self._typed(cell)

    def _typed(self, cell: str) -> str:
        match self.column.type:
            case "integer":
                if not _INTEGER.fullmatch(cell) or cell == "-0":
                    return "a whole number in digits, as in 1200"
                return self._in_range(int(cell))
            case "number":
                if not _is_number(cell):
                    return "a decimal number with two decimals, more only where they are needed, as in 12.50"
                return self._in_range(float(cell))
            case "boolean":
                return "" if cell in ("true", "false") else "true or false"
            case "date":
                return "" if _DAY.fullmatch(cell) and _period(cell) else "a real date, YYYY-MM-DD"
            case _:
                return ""

    def _in_range(self, number: float) -> str:
        if self.minimum is not None and number < self.minimum:
            return f"at least {self.minimum}"
        if self.maximum is not None and number > self.maximum:
            return f"at most {self.maximum}"
        return ""


@cache
def _cell_checks(table: str) -> list[tuple[Column, _CellCheck]]:
    return [(column, _CellCheck(table, column)) for column in schema.TABLES[table].columns]


def _is_number(cell: str) -> bool:
    try:
        return number_cell(float(cell)) == cell
    except (ValueError, ArithmeticError):
        return False


def _is_address(cell: str) -> bool:
    try:
        parts = urlsplit(cell)
        return (
            cell.startswith(("https://", "http://"))
            and bool(parts.hostname)
            and parts.port != 0
            and not any(character.isspace() for character in cell)
        )
    except ValueError:
        return False


def _period(cell: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of a day, a month or a year; None where there is no such thing."""
    parts = _PARTIAL.fullmatch(cell)
    if not parts:
        return None
    year, month, day = parts.groups()
    try:
        first = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return first, first
    last_month = first.month if month else 12
    return first, first.replace(month=last_month, day=calendar.monthrange(first.year, last_month)[1])


# --- Across rows and tables -----------------------------------------------------------------------


def check_across(entries: Entries, *, incomplete: Iterable[str] = (), unseen: Entries | None = None) -> list[Fault]:
    """What is wrong between cells, rows and tables, as far as the cells themselves are sound.

    `incomplete` are tables of which rows are missing, so that a reference to one of them proves nothing. With `unseen`
    the entries are the whole public record; `unseen` are the records that hold on to their codes and addresses though
    the public does not see them.
    """
    incomplete = frozenset(incomplete)
    faults = [
        *across(entries, unseen=unseen),
        *_broken_references(entries, incomplete, among_public=unseen is not None),
    ]
    if "status_changes" not in incomplete:
        faults += [*_steps(entries), *disordered(entries)]
    return faults


def across(entries: Entries, *, unseen: Entries | None = None) -> list[Fault]:
    """What rows that are there contradict in each other, whatever is missing besides them."""
    return [
        *_repeats(entries, unseen or {}),
        *_agreements(entries),
        *_inexact_dates(entries),
        *_statements(entries),
        *_transfers(entries),
        *_payments(entries),
        *_positions(entries),
    ]


def _ids(row: Entry, column: str) -> tuple[str, ...]:
    """The ids in a cell: of a list several, of a reference one, of an empty or faulty cell none."""
    value = row.values.get(column)
    if isinstance(value, tuple):
        return value
    return (str(value),) if value else ()


def _repeats(entries: Entries, unseen: Entries) -> Iterator[Fault]:
    for table in schema.TABLES.values():
        for column in table.columns:
            if column.unique:
                hidden = unseen.get(table.name, ()) if column.name in ("alpha2", "slug") else ()
                pairs = ((row.values.get(column.name), row) for row in chain(hidden, entries[table.name]))
                yield from _second_ones(pairs, column.name, "an id" if column.name == "id" else "a value")
    sources = chain(unseen.get("sources", ()), entries["sources"])
    yield from _second_ones(((_address_key(row), row) for row in sources), "url", "an address")


def _second_ones(pairs: Iterable[tuple[object, Entry]], column: str, what: str) -> Iterator[Fault]:
    first: dict[object, Entry] = {}
    for key, row in pairs:
        if key:
            before = first.setdefault(key, row)
            if before is not row:
                yield row.line.fault(column, f"{what} of its own: {before.line.place} has this one")


def _address_key(row: Entry) -> str | None:
    return url_key(str(row.values.get("url") or ""))


def _broken_references(entries: Entries, incomplete: frozenset[str], *, among_public: bool) -> Iterator[Fault]:
    known = {table: {row.id for row in rows} for table, rows in entries.items()}
    for table in schema.TABLES.values():
        for column in table.columns:
            if not column.refers_to:
                continue
            for row in entries[table.name]:
                ids = _ids(row, column.name)
                for id, times in Counter(ids).items():
                    if times > 1:
                        yield row.line.fault(column.name, "each id once in a list", id)
                    if id not in known[column.refers_to] and column.refers_to not in incomplete:
                        where = schema.TABLES[column.refers_to].file
                        public = f"a record of {column.refers_to} that would be public after the load"
                        yield row.line.fault(column.name, public if among_public else f"an id in {where}", id)


def _agreements(entries: Entries) -> Iterator[Fault]:
    alpha2 = {row.id: row.values.get("alpha2") for row in entries["countries"]}
    for row in entries["agreements"]:
        sender, receiver = row.values.get("sender"), row.values.get("receiver")
        if sender and sender == receiver:
            yield row.line.fault("receiver", "another party than the sender")
        elif alpha2.get(sender) and alpha2.get(receiver) and row.values.get("id"):
            parties = f"{alpha2[sender]}-{alpha2[receiver]}-".lower()
            if not row.id.startswith(parties):
                yield row.line.fault("id", f"an id that begins with {parties}, as its sender and receiver do")


def _inexact_dates(entries: Entries) -> Iterator[Fault]:
    for table in ("status_changes", "payments", "transfers", "statements"):
        for row in entries[table]:
            date, precision = row.values.get("date"), row.values.get("precision")
            if isinstance(date, dt.date) and precision and not Precision(precision).begins(date):
                first = Precision(precision).first_day(date)
                yield row.line.fault("date", f"{first}, the first day of the {precision}, as the precision says")


def _paths(entries: Entries) -> Iterator[tuple[str, list[Entry]]]:
    """The rows of each agreement in the order of their steps, where each has one."""
    paths = defaultdict(list)
    for row in entries["status_changes"]:
        if row.values.get("agreement"):
            paths[row.values["agreement"]].append(row)
    for agreement, rows in paths.items():
        if all(row.values.get("step") for row in rows):
            yield agreement, sorted(rows, key=lambda row: row.values["step"])


def _steps(entries: Entries) -> Iterator[Fault]:
    for agreement, rows in _paths(entries):
        if rows[0].values["step"] != 1:
            yield rows[0].line.fault("step", f"1, since the steps of {agreement} count from 1 without gaps")
        for before, row in pairwise(rows):
            last, step = before.values["step"], row.values["step"]
            if step == last:
                yield row.line.fault("step", f"a step of its own: {before.line.place} is step {step} of {agreement}")
            elif step != last + 1:
                yield row.line.fault("step", f"{last + 1}, since the steps of {agreement} count from 1 without gaps")


def disordered(entries: Entries) -> Iterator[Fault]:
    """Steps whose period is over before the step before them begins."""
    for _agreement, rows in _paths(entries):
        for before, row in pairwise(rows):
            last = before.values["step"]
            if row.values["step"] == last + 1 and _ends_before(row, before):
                yield row.line.fault(
                    "date", f"a period that does not end before step {last} begins, on {before.values['date']}"
                )


_KNOWN_PART = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}


def _ends_before(row: Entry, other: Entry) -> bool:
    date, precision, begun = row.values.get("date"), row.values.get("precision"), other.values.get("date")
    if not (date and precision and begun) or not Precision(precision).begins(date):
        return False
    known = date.isoformat()[: _KNOWN_PART[Precision(precision)]]
    return _period(known)[1] < begun


def _statements(entries: Entries) -> Iterator[Fault]:
    agreement_of = {row.id: row.values.get("agreement") for row in entries["status_changes"]}
    for row in entries["statements"]:
        agreement = agreement_of.get(row.values.get("status_change"))
        about = row.values.get("agreements")
        if agreement and about and agreement not in about:
            yield row.line.fault("status_change", f"a status change of {' or '.join(about)}, not of {agreement}")


def _transfers(entries: Entries) -> Iterator[Fault]:
    for row in entries["transfers"]:
        yield from _both_or_neither(row, "people_low", "people_high")
        low, high = row.values.get("people_low"), row.values.get("people_high")
        if low is not None and high is not None and low > high:
            yield row.line.fault("people_low", f"at most people_high, which is {high}")


def _payments(entries: Entries) -> Iterator[Fault]:
    part_of = {row.id: row.values.get("part_of") for row in entries["payments"]}
    for row in entries["payments"]:
        yield from _both_or_neither(row, "date", "precision")
        seen, whole = set(), part_of.get(row.id)
        while whole and whole != row.id and whole not in seen:
            seen.add(whole)
            whole = part_of.get(whole)
        if whole and whole == row.id:
            yield row.line.fault("part_of", "a payment that is not itself a part of this one")


def _positions(entries: Entries) -> Iterator[Fault]:
    for row in entries["positions"]:
        started, ended = (_period(str(row.values.get(column) or "")) for column in ("started", "ended"))
        if started and ended and ended[1] < started[0]:
            yield row.line.fault("ended", f"an end that is not before the start, {row.values['started']}")


def _both_or_neither(row: Entry, one: str, other: str) -> Iterator[Fault]:
    for empty, given in ((one, other), (other, one)):
        if row.line.cells.get(empty) == "" and row.values.get(given) is not None:
            yield row.line.fault(empty, f"a value, since {given} has one, or neither")
