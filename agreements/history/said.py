"""What was said over time: statements counted by stance in months, quarters or years."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from agreements.history.dates import Period
from agreements.vocabulary import Precision, Stance

_COLUMNS = (1, 3, 12)
"""Months that a column may have: a month, a quarter, a year."""


@dataclass(frozen=True)
class Said:
    """How many statements of a stance fall in the days from `first` to `last`, both included."""

    stance: Stance
    first: dt.date
    last: dt.date
    number: int


@dataclass(frozen=True)
class Tally:
    """Statements by stance in columns of `months` months each, from `first` to `last`, which are whole columns.

    What is dated less exactly than a column stands in `vague` instead, over the whole period that it may mean. Both are
    in the order of time, then of stance.
    """

    months: int
    first: dt.date
    last: dt.date
    columns: tuple[Said, ...]
    vague: tuple[Said, ...]

    @property
    def stances(self) -> list[Stance]:
        """Those on record, in the vocabulary's order."""
        met = {said.stance for said in (*self.columns, *self.vague)}
        return [stance for stance in Stance if stance in met]

    @property
    def most(self) -> int:
        """The largest number of a column; 0 where there is none."""
        return max((said.number for said in self.columns), default=0)


def _column(day: dt.date, months: int) -> tuple[dt.date, dt.date]:
    """First and last day of the column that a day falls in; columns begin with the year."""
    first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    last_month = first.replace(month=first.month + months - 1)
    return first, Precision.MONTH.last_day(last_month)


def stances_over_time(statements: Iterable[Any], *, today: dt.date, most: int = 36) -> Tally | None:
    """Statements by stance from the first one to today; None where there is none.

    The finest columns of which there are at most `most` are taken, or else years.
    """
    dated = [(Period.of(statement), Stance(statement.stance)) for statement in statements]
    if not dated:
        return None
    begin = min(period.first for period, _stance in dated)
    end = max(today, max(period.first for period, _stance in dated))
    span = (end.year - begin.year) * 12 + end.month - begin.month
    months = next((months for months in _COLUMNS if span // months + 2 <= most), _COLUMNS[-1])
    columns: Counter[tuple] = Counter()
    vague: Counter[tuple] = Counter()
    for period, stance in dated:
        first, last = _column(period.first, months)
        if period.last <= last:
            columns[first, stance.order, last] += 1
        else:
            vague[period.first, stance.order, period.last] += 1

    def listed(counted: Counter[tuple]) -> tuple[Said, ...]:
        stances = list(Stance)
        return tuple(Said(stances[order], first, last, n) for (first, order, last), n in sorted(counted.items()))

    return Tally(months, _column(begin, months)[0], _column(end, months)[1], listed(columns), listed(vague))
