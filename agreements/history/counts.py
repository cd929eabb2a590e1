"""People and money: totals as ranges, in all and by month; amounts by stage and never summed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from agreements.history.dates import Period, date_order
from agreements.vocabulary import Counting, Precision, Stage


@dataclass(frozen=True)
class People:
    """People moved: the range of the single groups with a count, how many have none, and the latest total beside."""

    low: int
    high: int
    groups: int
    uncounted: int
    counted_by: tuple[str, ...]
    cumulative: Any | None

    @property
    def counted(self) -> int:
        return self.groups - self.uncounted


def people_moved(transfers: Iterable[Any]) -> People:
    """The single rows as one range; a cumulative row is only ever shown beside it, never summed."""
    ordered = sorted(transfers, key=date_order)
    single = [row for row in ordered if row.counting == Counting.SINGLE]
    counted = [row for row in single if row.people_low is not None]
    totals = [row for row in ordered if row.counting == Counting.CUMULATIVE and row.people_low is not None]
    return People(
        low=sum(row.people_low for row in counted),
        high=sum(row.people_high for row in counted),
        groups=len(single),
        uncounted=len(single) - len(counted),
        counted_by=tuple(dict.fromkeys(row.counted_by for row in counted)),
        cumulative=totals[-1] if totals else None,
    )


@dataclass(frozen=True)
class Moved:
    """The single groups of one period: their people, and the rows themselves in date order."""

    period: Period
    people: People
    transfers: tuple[Any, ...]


@dataclass(frozen=True)
class ByMonth:
    """Single groups by the month in which they were moved, and beside them, by year, those of which no more is known.

    Oldest first; a month or a year without a group is left out.
    """

    months: tuple[Moved, ...]
    years: tuple[Moved, ...]


def people_by_month(transfers: Iterable[Any]) -> ByMonth:
    """Single rows by month. A row known only to its year is in no month; a cumulative row is in neither."""
    groups: dict[Period, list[Any]] = {}
    for row in sorted(transfers, key=date_order):
        if row.counting != Counting.SINGLE:
            continue
        unit = Precision.YEAR if row.precision == Precision.YEAR else Precision.MONTH
        first = unit.first_day(row.date)
        groups.setdefault(Period(first, unit.last_day(first), unit), []).append(row)
    moved = [Moved(period, people_moved(rows), tuple(rows)) for period, rows in groups.items()]
    return ByMonth(
        months=tuple(each for each in moved if each.period.precision is Precision.MONTH),
        years=tuple(each for each in moved if each.period.precision is Precision.YEAR),
    )


@dataclass(frozen=True)
class Money:
    """The payments at one stage, by currency and the largest first: listed, never summed nor converted.

    `parts` says that each of them is part of another payment, since no whole amount is known at the stage.
    """

    stage: Stage
    payments: tuple[Any, ...]
    parts: bool = False

    @property
    def largest(self) -> tuple[Any, ...]:
        """The largest payment in each currency: amounts in two cannot be compared."""
        first = {payment.currency: payment for payment in reversed(self.payments)}
        return tuple(first[currency] for currency in sorted(first))


def money_by_stage(payments: Sequence[Any]) -> list[Money]:
    """Payments by stage: whole amounts first, the furthest stage first; then stages known in parts alone.

    A part of a payment is left out where its stage has a whole amount, and a stage without a payment altogether.
    """
    whole, parts = [], []
    for stage in reversed(Stage):
        at_stage = sorted((p for p in payments if p.stage == stage), key=lambda p: (p.currency, -p.amount, p.id))
        complete = tuple(p for p in at_stage if p.part_of_id is None)
        if complete:
            whole.append(Money(stage, complete))
        elif at_stage:
            parts.append(Money(stage, tuple(at_stage), parts=True))
    return whole + parts
