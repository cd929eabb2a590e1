"""Everything that happened in one negotiation, in one order, with numbered source marks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from agreements import history
from agreements.charts.scale import date_words
from agreements.dataset.rows import TABLE_OF
from agreements.history import Period
from agreements.views.links import fact_address
from agreements.vocabulary import Precision


@dataclass(frozen=True)
class SourceMark:
    """The number that a source has on this page."""

    number: int
    source: Any


@dataclass
class Sources:
    """Numbers the sources of a page in the order in which they are first cited."""

    marks: dict[str, SourceMark] = field(default_factory=dict)

    def of(self, record: Any) -> list[SourceMark]:
        """The marks of a record whose citations were fetched."""
        return [
            self.marks.setdefault(citation.source_id, SourceMark(len(self.marks) + 1, citation.source))
            for citation in record.citations.all()
        ]

    @property
    def listed(self) -> list[SourceMark]:
        return list(self.marks.values())


@dataclass(frozen=True)
class Entry:
    """One line of the timeline: `kind` names its template part, `anchor` its place in the page's address."""

    kind: str
    anchor: str
    record: Any
    date: dt.date | None
    precision: str
    marks: list[SourceMark]
    office: Any | None = None
    address: str = ""

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def step(self) -> int:
        return getattr(self.record, "step", 0)

    @property
    def period(self) -> Period | None:
        return Period.of(self)

    @property
    def date_words(self) -> str:
        """The date as text alone, for a title; empty where there is none."""
        return date_words(self.date, self.precision) if self.date else ""


def office_of(statement: Any) -> Any | None:
    """The position that the speaker held on the day, from positions that were fetched."""
    return history.office_on(statement.official.positions.all(), Period.of(statement))


def office_now(official: Any, day: dt.date) -> Any | None:
    """The position that an official holds on a day, else the one that began last; from positions that were fetched."""
    return history.office_now(official.positions.all(), day)


def permanent_address(record: Any) -> str:
    """Where one record stands alone, with its citation."""
    table = TABLE_OF[type(record)]
    return reverse("statement", args=[record.pk]) if table == "statements" else fact_address(table, record.pk)


def entries(
    *,
    changes: Iterable[Any] = (),
    statements: Iterable[Any] = (),
    transfers: Iterable[Any] = (),
    payments: Iterable[Any] = (),
    proceedings: Iterable[Any] = (),
    sources: Sources,
    newest_first: bool = False,
) -> list[Entry]:
    """The entries in date order, undated ones last, or all the other way round.

    A proceeding gives an entry for its filing and one for its ruling.
    """
    unsorted: list[Entry] = []

    def add(kind: str, record: Any, date: Any, precision: str, anchor: str = "", **more: Any) -> None:
        address = permanent_address(record)
        unsorted.append(Entry(kind, anchor or record.id, record, date, precision, [], address=address, **more))

    for change in changes:
        add("status", change, change.date, change.precision)
    for statement in statements:
        add(
            "said",
            statement,
            statement.date,
            statement.precision,
            office=office_of(statement),
        )
    for transfer in transfers:
        add("moved", transfer, transfer.date, transfer.precision)
    for payment in payments:
        add("money", payment, payment.date, payment.precision)
    for proceeding in proceedings:
        if proceeding.filed:
            anchor = f"{proceeding.id}-filed" if proceeding.decided else proceeding.id
            add("filed", proceeding, proceeding.filed, Precision.DAY, anchor)
        if proceeding.decided or not proceeding.filed:
            add("court", proceeding, proceeding.decided, Precision.DAY if proceeding.decided else "")

    ordered = sorted(unsorted, key=history.date_order, reverse=newest_first)
    for entry in ordered:
        entry.marks.extend(sources.of(entry.record))
    return ordered
