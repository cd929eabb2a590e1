"""Dates as exactly as they are known: periods, durations as ranges, the order of dated records."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from agreements.vocabulary import Precision


class Dated(Protocol):
    """A record with a public id, a date (or None) and its precision (or an empty text)."""

    id: str
    date: dt.date | None
    precision: str


@dataclass(frozen=True, order=True)
class Days:
    """A number of days between two dates, as a range where one of them is imprecise."""

    low: int
    high: int

    @property
    def exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Period:
    """The days that a date may mean, from `first` to `last`, both included."""

    first: dt.date
    last: dt.date
    precision: Precision

    @classmethod
    def of(cls, record: Dated) -> Period | None:
        """The period of a dated record; None where it has no date."""
        if record.date is None:
            return None
        precision = Precision(record.precision or Precision.DAY)
        return cls(record.date, precision.last_day(precision.first_day(record.date)), precision)

    @property
    def exact(self) -> bool:
        return self.precision is Precision.DAY

    def until(self, later: Period) -> Days:
        """Days from this period to a later one; never below 0 at its low end where the two overlap."""
        low = (later.first - self.last).days
        high = (later.last - self.first).days
        return Days(max(low, 0), high) if high >= 0 else Days(low, high)


_LAST = dt.date.max


def date_order(record: Dated) -> tuple:
    """Sorting key: first day, longer period first, then step, then id; undated records last."""
    precision = Precision(record.precision or Precision.DAY)
    return (record.date or _LAST, -precision.order, getattr(record, "step", 0) or 0, record.id)


def partial_period(text: str) -> Period | None:
    """The period of YYYY, YYYY-MM or YYYY-MM-DD; None for an empty text; ValueError for another."""
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    precision = (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(parts) - 1]
    first = dt.date(*[*parts, 1, 1][:3])
    return Period(first, precision.last_day(first), precision)


def month_ends(first: dt.date, today: dt.date) -> list[dt.date]:
    """The last day of each month from that of `first` on, and today in place of the last one."""
    days = []
    month = first.replace(day=1)
    while (end := Precision.MONTH.last_day(month)) < today:
        days.append(end)
        month = end + dt.timedelta(days=1)
    return [*days, today]
