"""People moved by month as a picture: a column a month, as high as the groups were at least, paler up to at most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from agreements.history import Moved, People


def last_months(today: dt.date, number: int) -> list[dt.date]:
    """The first days of the last `number` months, that of today included, oldest first."""
    last = today.year * 12 + today.month - 1
    return [dt.date(place // 12, place % 12 + 1, 1) for place in range(last - number + 1, last + 1)]


def monthly(moved: Sequence[Moved], *, months: Sequence[dt.date], width: int = 960, narrow: bool = False) -> SafeString:
    """Columns for these months; empty where no group of them is counted. Groups without a count are a plus or a "?"."""
    by_month: dict[dt.date, People] = {each.period.first: each.people for each in moved}
    most = max((by_month[month].high for month in months if month in by_month), default=0)
    if not most:
        return mark_safe("")
    height = 190 if narrow else 240
    left, ground, top = 34, height - 24, 22
    each = (width - left - 4) / len(months)
    wide = round(each * 0.66, 1)

    def y(number: float) -> float:
        return round(ground - (ground - top) * number / most, 1)

    drawn = []
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 10**6) if most / step <= 5)
    for number in range(0, most + 1, step):
        drawn.append(f'<path class="grid" d="M{left} {y(number)}H{width}"/>')
        drawn.append(f'<text class="tick" x="{left - 6}" y="{y(number) + 4}" text-anchor="end">{number:,}</text>')
    for place, month in enumerate(months):
        x = round(left + each * place + (each - wide) / 2, 1)
        if month.month in ((1, 7) if narrow else (1, 4, 7, 10)):
            label = date_format(month, "M Y" if month.month == 1 else "M")
            drawn.append(f'<text class="tick" x="{x}" y="{height - 6}">{escape(label)}</text>')
        if month in by_month:
            drawn.append(_column(by_month[month], x, wide, y, narrow=narrow))
    words = _("People moved by month; the table below has the numbers.")
    return mark_safe(
        f'<svg class="monthly {"narrow" if narrow else "wide"}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(words)}">{"".join(drawn)}</svg>'
    )


def _column(people: People, x: float, wide: float, y, *, narrow: bool) -> str:
    low, high, ground = y(people.low), y(people.high), y(0)
    drawn = f'<rect class="least" x="{x}" y="{low}" width="{wide}" height="{round(ground - low, 1)}"/>'
    if people.high > people.low:
        drawn += f'<rect class="most" x="{x}" y="{high}" width="{wide}" height="{round(low - high, 1)}"/>'
    middle, label = round(x + wide / 2, 1), "" if narrow else range_words(people)
    if people.uncounted:
        label = f"{label}+" if people.counted else "?"
    if label:
        drawn += f'<text class="tick" x="{middle}" y="{round(high - 5, 1)}" text-anchor="middle">{label}</text>'
    return drawn


def range_words(people: People) -> str:
    """The range as a label; empty where nobody is counted."""
    if not people.counted:
        return ""
    return f"{people.low:,}" if people.low == people.high else f"{people.low:,}–{people.high:,}"
