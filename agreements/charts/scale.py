"""Days to places on a line, and where the ticks stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format

from agreements.vocabulary import Precision


@dataclass(frozen=True)
class TimeScale:
    """A linear scale from the days `first` to `last` to the places `left` to `right`."""

    first: dt.date
    last: dt.date
    left: float
    right: float

    def x(self, day: dt.date) -> float:
        """The place of a day, rounded to a tenth."""
        span = max((self.last - self.first).days, 1)
        return round(self.left + (self.right - self.left) * (day - self.first).days / span, 1)

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """At most `most` ticks at the beginnings of months or years: place and label."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = next(
            (step for step in (1, 2, 3, 6, 12, 24, 60, 120, 240) if months / step <= most - 1),
            600,
        )
        place = self.first.year * 12 + self.first.month - 1
        ticks = []
        while (day := dt.date(place // 12, place % 12 + 1, 1)) <= self.last:
            if place % step == 0 and day >= self.first:
                ticks.append((self.x(day), _label(day, step, first=not ticks)))
            place += 1
        return ticks


def shared_start(starts: Sequence[dt.date], today: dt.date) -> dt.date:
    """The day with which an axis begins that many rows share: that of the earliest row.

    Where one row in ten or fewer would take more than half of the axis for themselves, it begins without them.
    """
    ordered = sorted(starts)
    later = ordered[len(ordered) // 10].replace(day=1)
    return later if 2 * (today - later) < today - ordered[0] else ordered[0]


def _label(day: dt.date, step: int, *, first: bool) -> str:
    if step >= 12:
        return str(day.year)
    return date_format(day, "M Y" if first or day.month == 1 else "M")


def date_words(day: dt.date, precision: str = Precision.DAY) -> str:
    """A date as exact as it is known and no more: 4 May 2025, May 2025, 2025."""
    pattern = {Precision.DAY: "j F Y", Precision.MONTH: "F Y", Precision.YEAR: "Y"}[Precision(precision)]
    return date_format(day, pattern)
