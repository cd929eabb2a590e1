"""Negotiations beside each other as a picture: one stepped line each, counted in days from its own first report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from agreements.charts.glyphs import css_class
from agreements.charts.palette import Ink
from agreements.charts.svg import levels_of, path_words, shape
from agreements.history import Course
from agreements.vocabulary import Status


@dataclass(frozen=True)
class Line:
    """One negotiation in the picture: what it is called, what it is drawn with, where it stood."""

    name: str
    ink: Ink
    course: Course


def levels_of_lines(lines: Sequence[Line]) -> list[Status]:
    """The statuses to show as levels, from the ground up: those of each line."""
    used = {status for line in lines for status in levels_of(line.course.path)}
    return [status for status in Status.from_the_ground_up() if status in used]


def day_ticks(last: int, most: int) -> list[int]:
    """At most `most` round numbers of days from 0 to `last`."""
    step = next(
        (step for step in (1, 5, 10, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000) if last / step <= most - 1),
        10_000,
    )
    return list(range(0, last + 1, step))


def comparison(lines: Sequence[Line], *, width: int = 960, narrow: bool = False) -> SafeString:
    """The lines on one scale of days. On a level each has its own height, so that none hides another.

    A day that is known only to its month or year is a pale band, an exact one a dot. The letter stands at the end.
    """
    if not lines:
        return mark_safe("")
    levels = levels_of_lines(lines)
    apart = 10 if len(lines) > 2 else 13
    gap = apart * len(lines) + 12
    top, left, right = 6, 84 if narrow else 92, width - 30
    height = top + gap * len(levels) + 34
    last = max(max(line.course.length for line in lines), 1)

    def x(days: float) -> float:
        return round(left + 8 + (right - left - 8) * days / last, 1)

    def y(status: Status, place: int) -> float:
        floor = top + gap * (len(levels) - levels.index(status))
        return round(floor - 6 - apart * (len(lines) - place - 0.5), 1)

    drawn = []
    for days in day_ticks(last, 4 if narrow else 9):
        drawn.append(f'<path class="grid" d="M{x(days)} {top}V{height - 32}"/>')
        drawn.append(f'<text class="tick" x="{x(days)}" y="{height - 18}" text-anchor="middle">{days:,}</text>')
    axis = escape(_("days after the first report"))
    drawn.append(f'<text class="tick" x="{(left + right) / 2}" y="{height - 3}" text-anchor="middle">{axis}</text>')
    for place, status in enumerate(reversed(levels)):
        floor = top + gap * (place + 1)
        drawn.append(f'<text class="lane" x="0" y="{floor - gap / 2 + 4:g}">{escape(status.label)}</text>')
        drawn.append(f'<path class="rule" d="M0 {floor}H{width}"/>')
    for place, line in enumerate(lines):
        drawn.append(_drawn(line, x, lambda status, place=place: y(status, place)))
    words = "; ".join(f"{line.ink.letter}, {line.name}: {path_words(line.course.path)}" for line in lines)
    return mark_safe(
        f'<svg class="comparison {"narrow" if narrow else "wide"}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(words)}">{"".join(drawn)}</svg>'
    )


def _drawn(line: Line, x, y) -> str:
    """One line: bands and dots under it, then its steps, then its end."""
    stretches = line.course.stretches
    under, steps = [], []
    for stretch in stretches:
        level = y(stretch.status)
        if stretch.known:
            under.append(f'<circle class="known" cx="{x(stretch.start)}" cy="{level}" r="3.4"/>')
        elif not stretch.within.exact:
            latest = max(min(stretch.within.high, line.course.length), stretch.start)
            under.append(f'<path class="span" d="M{x(stretch.within.low)} {level}H{x(latest)}"/>')
        steps.append(f"{f'V{level}' if steps else f'M{x(stretch.start)} {level}'}H{x(stretch.end)}")
    end, level = x(line.course.length), y(stretches[-1].status)
    return (
        f'<g class="{line.ink.css_class}"><title>{escape(f"{line.ink.letter}: {line.name}")}</title>{"".join(under)}'
        f'<path class="step" d="{"".join(steps)}"{line.ink.svg_dashes}/>'
        f'<text class="letter" x="{end + 17}" y="{level + 4}">{line.ink.letter}</text></g>'
        f'<g class="{css_class(stretches[-1].status)}">{shape(stretches[-1].status, end + 7, level, 0.8)}</g>'
    )


def sample(ink: Ink) -> SafeString:
    """A piece of a line with its letter, for a legend or the head of a column; the name is always beside it."""
    return mark_safe(
        f'<svg class="sample {ink.css_class}" viewBox="0 0 46 14" aria-hidden="true" focusable="false">'
        f'<path class="step" d="M0 7H30"{ink.svg_dashes}/><text class="letter" x="34" y="11">{ink.letter}</text></svg>'
    )
