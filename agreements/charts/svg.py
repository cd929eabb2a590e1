"""Pictures that need no script: the status track of a row, the status path of a page, stacks through time.

Colours come from classes, so that light and dark paper each have their own; nothing carries a style of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from agreements.charts.glyphs import GLYPHS, css_class
from agreements.charts.scale import TimeScale, date_words
from agreements.history import Path, Period, statuses_over_time
from agreements.vocabulary import Stance, Status

STACKING = (*reversed(Status.from_the_ground_up()[2:]), Status.ENDED, Status.REJECTED)
"""From the base line up: what operates stands on the ground, where its number is read most easily."""


def glyph(term: Status | Stance) -> SafeString:
    """A small picture of a term, to stand before its word; the word itself is always beside it."""
    return mark_safe(
        f'<svg class="glyph {css_class(term)}" viewBox="-8 -8 16 16" aria-hidden="true" focusable="false">'
        f"{shape(term, 0, 0, 1)}</svg>"
    )


def shape(term: Status | Stance, x: float, y: float, size: float) -> str:
    """The paths of a glyph around a place; the group that holds them gives the colour."""
    return "".join(
        f'<path class="{part.role}" d="{part.d(lambda px, py: (x + px * size, y + py * size))}"/>'
        for part in GLYPHS[term]
    )


def path_words(path: Path) -> str:
    """A path in a sentence: what the picture of it says."""
    if not path.changes:
        return _("No status is on record.")
    return ", ".join(
        f"{Status(change.status).label} {date_words(change.date, change.precision)}" for change in path.transitions
    )


def track(path: Path, *, width: int = 168, height: int = 40) -> SafeString:
    """The path of one negotiation as a line small enough for a row, from its first report to today."""
    if not path.segments:
        return mark_safe("")
    scale = TimeScale(path.segments[0].start, max(path.today, path.segments[-1].start), 7, width - 9)
    top, ground = 8.0, height - 8.0

    def y(status: Status) -> float:
        return round(ground - (ground - top) * status.height / (len(Status) - 1), 1)

    drawn = [_line(path, scale, y)]
    final = path.segments[-1].status
    drawn.append(f'<g class="{css_class(final)}">{shape(final, width - 8, y(final), 0.8)}</g>')
    return mark_safe(
        f'<svg class="track" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(path_words(path))}">{"".join(drawn)}</svg>'
    )


def _line(path: Path, scale: TimeScale, y) -> str:
    drawn, before = [], None
    for segment in path.segments:
        x, right, level = scale.x(segment.start), scale.x(segment.end), y(segment.status)
        if before is not None:
            drawn.append(f'<path class="riser" d="M{x} {before}V{level}"/>')
        drawn.append(f'<path class="run {css_class(segment.status)}" d="M{x} {level}H{right}"/>')
        before = level
    return "".join(drawn)


def levels_of(path: Path) -> list[Status]:
    """The statuses to show as levels, from the ground up: those reached, and the steps of progress between them."""
    used = {segment.status for segment in path.segments}
    progress = [status for status in Status if status.order <= Status.OPERATING.order]
    reached = [status.order for status in used if status in progress]
    between = {s for s in progress if reached and min(reached) <= s.order <= max(reached)}
    return [status for status in Status.from_the_ground_up() if status in used | between]


_GAP, _TOP, _FOOT = 24, 14, 16


def status_path_height(path: Path) -> int:
    """The height of a status path in its own units, whatever its width; 0 where there is none."""
    return _TOP + _GAP * len(levels_of(path)) + _FOOT if path.segments else 0


def status_path(path: Path, *, width: int = 960, narrow: bool = False) -> SafeString:
    """Where one negotiation stood, as a stepped line that falls as well as rises; spans where a date is imprecise."""
    if not path.segments:
        return mark_safe("")
    levels = levels_of(path)
    gap, top, left = _GAP, _TOP, 84 if narrow else 92
    height = status_path_height(path)
    scale = TimeScale(path.segments[0].start, max(path.today, path.segments[-1].start), left + 10, width - 14)

    def y(status: Status) -> float:
        return top + gap * (len(levels) - 1 - levels.index(status))

    drawn = []
    for x, label in scale.ticks(5 if narrow else 9):
        drawn.append(f'<path class="grid" d="M{x} 4V{height - 18}"/>')
        anchor = ' text-anchor="end"' if x > width - 44 else ""
        drawn.append(f'<text class="tick" x="{x if anchor else x + 3}" y="{height - 5}"{anchor}>{escape(label)}</text>')
    for status in levels:
        drawn.append(f'<text class="lane" x="0" y="{y(status) + 4}">{escape(status.label)}</text>')
        drawn.append(f'<path class="rule" d="M{left} {y(status)}H{width}"/>')
    for change in path.changes:
        period = Period.of(change)
        if period is not None and not period.exact:
            status = Status(change.status)
            first, last = scale.x(max(period.first, scale.first)), scale.x(min(period.last, scale.last))
            drawn.append(f'<path class="span {css_class(status)}" d="M{first} {y(status)}H{last}"/>')
    drawn.append(_line(path, scale, y))
    for change in path.changes:
        status = Status(change.status)
        x = scale.x(min(max(change.date, scale.first), scale.last))
        title = f"{status.label}, {date_words(change.date, change.precision)}"
        drawn.append(
            f'<g class="{css_class(status)}"><title>{escape(title)}</title>{shape(status, x, y(status), 0.95)}</g>'
        )
    return mark_safe(
        f'<svg class="status-path {"narrow" if narrow else "wide"}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(path_words(path))}">{"".join(drawn)}</svg>'
    )


def _stairs(xs: Sequence[int], ys: Sequence[int], ground: int) -> str:
    """The area from the ground up to stairs that change their height at each x; what is level is one step."""
    steps = [f"M{xs[0]} {ground}V{ys[0]}"]
    height = ys[0]
    for x, y in zip(xs, ys, strict=True):
        if y != height:
            steps.append(f"H{x}V{y}")
            height = y
    return "".join([*steps, f"H{xs[-1]}V{ground}Z"])


def stack(paths: Sequence[Path], *, days: Sequence[dt.date], width: int = 960, narrow: bool = False) -> SafeString:
    """How many negotiations stood at each status over time, stacked in `STACKING` order."""
    height = 240 if narrow else 320
    counts = statuses_over_time(paths, days=days)
    totals = [sum(counts[status][place] for status in Status) for place in range(len(days))]
    if not days or not max(totals, default=0):
        return mark_safe("")
    scale = TimeScale(days[0], days[-1], 34, width - 4)
    ground, top = height - 22, 8
    most = max(totals)

    def y(number: int) -> float:
        return round(ground - (ground - top) * number / most, 1)

    drawn = []
    step = next(step for step in (1, 2, 5, 10, 20, 25, 50, 100, 250, 500, 1000, 10_000, 10**6) if most / step <= 6)
    for number in range(0, most + 1, step):
        drawn.append(f'<path class="grid" d="M34 {y(number)}H{width}"/>')
        drawn.append(f'<text class="tick" x="28" y="{y(number) + 4}" text-anchor="end">{number}</text>')
    # Each area reaches down to the ground, and those that stand on it are drawn before it: no line is drawn twice.
    upper = totals
    for status in reversed(STACKING):
        if any(counts[status]):
            area = _stairs([round(scale.x(day)) for day in days], [round(y(number)) for number in upper], ground)
            title = f"<title>{escape(status.label)}</title>"
            drawn.append(f'<path class="area {css_class(status)}" d="{area}">{title}</path>')
        upper = [more - number for more, number in zip(upper, counts[status], strict=True)]
    for x, label in scale.ticks(5 if narrow else 9):
        drawn.append(f'<text class="tick" x="{x}" y="{height - 6}">{escape(label)}</text>')
    return mark_safe(
        f'<svg class="stack {"narrow" if narrow else "wide"}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(_("Agreements by status over time; the table below has the numbers."))}">'
        f"{''.join(drawn)}</svg>"
    )
