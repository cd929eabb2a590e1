"""What many rows share one axis of time for: agreements as bars, offices as spans, statements as columns.

Each row is a picture of its own beside its label, which is text with links. Places across are in per cent of the width,
so that one picture fits a phone and a desk; places down are in pixels. Colours come from classes; the form of a bar
says the same as its colour.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from agreements.charts.glyphs import css_class
from agreements.charts.scale import TimeScale, date_words, shared_start
from agreements.charts.svg import path_words
from agreements.history import Path, Period, Said, Tally
from agreements.vocabulary import Precision, Stance, Status

_RIGHT = 99
"""Where an axis ends, in per cent: a mark of today's must not be cut off."""
_TICKS = 6
"""As many labels as a narrow screen has room for."""
_HEIGHT = 22
_LANE, _GROUND = 46, 32
"""Pixels of a lane of columns, and where its columns stand; below are the bands of what is dated less exactly."""

_FULL = {
    Status.REPORTED: 0.0,
    Status.TALKS: 0.25,
    Status.AGREED: 0.5,
    Status.SIGNED: 0.75,
    Status.IN_FORCE: 1.0,
    Status.OPERATING: 1.0,
}
"""How full a bar is, as the ring of its glyph; the other statuses are lines."""


def axis_of(starts: Sequence[dt.date], today: dt.date) -> TimeScale:
    """The axis that rows beginning on these days share; it ends today."""
    return TimeScale(shared_start(starts, today) if starts else today, today, 0, _RIGHT)


def tally_axis(tally: Tally) -> TimeScale:
    """The axis of columns: whole ones, the last of which may reach beyond today."""
    return TimeScale(tally.first, tally.last + dt.timedelta(days=1), 0, _RIGHT)


def ticks(axis: TimeScale) -> SafeString:
    """The labels of an axis, for the eye alone: rows say their dates in words."""
    drawn = []
    for x, label in axis.ticks(_TICKS):
        anchor = ' text-anchor="end"' if x > 88 else ""
        drawn.append(f'<text class="tick" x="{x}%" y="12"{anchor}>{escape(label)}</text>')
    return mark_safe(f'<svg class="ticks" width="100%" height="16" aria-hidden="true">{"".join(drawn)}</svg>')


def _picture(css: str, height: int, words: str, drawn: list[str], axis: TimeScale) -> SafeString:
    grid = [f'<line class="grid" x1="{x}%" x2="{x}%" y1="0" y2="{height}"/>' for x, _label in axis.ticks(_TICKS)]
    return mark_safe(
        f'<svg class="{css}" width="100%" height="{height}" role="img" aria-label="{escape(words)}">'
        f"{''.join(grid)}{''.join(drawn)}</svg>"
    )


def _reach(axis: TimeScale, first: dt.date, last: dt.date, least: float = 0.4) -> tuple[float, float]:
    """Place and width of a stretch of time, as far as the axis shows it; never too narrow to see."""
    x = axis.x(max(first, axis.first))
    return x, max(round(axis.x(max(min(last, axis.last), axis.first)) - x, 1), least)


def bar(path: Path, *, axis: TimeScale) -> SafeString:
    """One negotiation as a bar, in colour and form after its status through time; nothing where it has none.

    A pale band marks an imprecise date, a notch at the left end what began before the axis does.
    """
    if not path.segments:
        return mark_safe("")
    drawn = []
    for segment in path.segments:
        period = Period.of(segment.changes[0])
        title = f"{segment.status.label}, {date_words(period.first, period.precision)}"
        parts = _form(segment.status, *_reach(axis, segment.start, segment.end))
        if not period.exact and period.last > axis.first:
            parts.insert(0, _band(axis, period))
        if segment.end > axis.first or segment is path.segments[-1]:
            drawn.append(f'<g class="{css_class(segment.status)}"><title>{escape(title)}</title>{"".join(parts)}</g>')
    if path.segments[0].start < axis.first:
        drawn.append('<path class="earlier" d="M0 2L7 11L0 20Z"/>')
    return _picture("bar", _HEIGHT, path_words(path), drawn, axis)


def _band(axis: TimeScale, period: Period) -> str:
    x, width = _reach(axis, period.first, period.last)
    return f'<rect class="band" x="{x}%" y="0" width="{width}%" height="{_HEIGHT}"/>'


def _form(status: Status, x: float, width: float) -> list[str]:
    """The form that tells a status without its colour: fuller with progress, broken when paused, a line when over."""
    if status in _FULL:
        full = round(14 * _FULL[status], 1)
        drawn = [f'<rect class="case" x="{x}%" y="4" width="{width}%" height="14"/>']
        if full:
            drawn.append(f'<rect class="level" x="{x}%" y="{18 - full}" width="{width}%" height="{full}"/>')
        if status is Status.OPERATING:
            drawn.append(_stroke("moving", x, width))
        return drawn
    return [_stroke({Status.SUSPENDED: "paused", Status.ENDED: "over"}.get(status, "refused"), x, width)]


def _stroke(css: str, x: float, width: float) -> str:
    return f'<line class="{css}" x1="{x}%" x2="{round(x + width, 1)}%" y1="11" y2="11"/>'


def swatch(status: Status) -> SafeString:
    """The form of a status, to stand before its word in a legend."""
    return mark_safe(
        f'<svg class="swatch {css_class(status)}" width="30" height="{_HEIGHT}" aria-hidden="true" focusable="false">'
        f"{''.join(_form(status, 2, 96))}</svg>"
    )


def span(started: Period | None, ended: Period | None, *, axis: TimeScale) -> SafeString:
    """An office held, as a span; nothing where neither end is known.

    What is sure is solid, an imprecise end is a pale band, an end that is not known is a broken line to that end of the
    axis.
    """
    if started is None and ended is None:
        return mark_safe("")
    drawn = [_band(axis, period) for period in (started, ended) if period is not None and not period.exact]
    sure_from = started.last if started else axis.first
    sure_to = ended.first if ended else axis.last
    if sure_from < sure_to:
        css = "held" if started and ended else "held open"
        x, width = _reach(axis, sure_from, sure_to)
        drawn.append(_stroke(css, x, width))
    for period in (started, ended):
        if period is not None and axis.first <= period.first <= axis.last:
            x = axis.x(period.first if period is started else min(period.last, axis.last))
            drawn.append(f'<line class="end" x1="{x}%" x2="{x}%" y1="3" y2="19"/>')
    return _picture("span-of-office", _HEIGHT, span_words(started, ended), drawn, axis)


def span_words(started: Period | None, ended: Period | None) -> str:
    """When an office was held, in words, as exactly as it is known."""
    if started is None and ended is None:
        return _("dates not known")
    begin = _("from %s") % date_words(started.first, started.precision) if started else _("beginning not known")
    if ended is None:
        return _("%(begin)s, end not known or still held") % {"begin": begin}
    return _("%(begin)s until %(end)s") % {"begin": begin, "end": date_words(ended.first, ended.precision)}


def lane(tally: Tally, stance: Stance, *, axis: TimeScale) -> SafeString:
    """The statements of one stance as columns with their number, all lanes to one measure.

    What is dated less exactly than a column is a pale band below, as long as the period that it may mean.
    """
    drawn, words = [], []
    for said in tally.columns:
        if said.stance is stance:
            x, width = _reach(axis, said.first, said.last + dt.timedelta(days=1))
            height = round(2 + 16 * said.number / tally.most, 1)
            drawn.append(
                f'<rect class="column" x="{round(x + width * 0.06, 2)}%" y="{_GROUND - height}" '
                f'width="{round(width * 0.88, 2)}%" height="{height}"/>'
                f'<text class="n" x="{round(x + width / 2, 2)}%" y="{_GROUND - height - 2}" '
                f'text-anchor="middle">{said.number}</text>'
            )
            words.append(f"{column_words(tally, said)}: {said.number}")
    for said in tally.vague:
        if said.stance is stance:
            x, width = _reach(axis, said.first, said.last)
            drawn.append(
                f'<rect class="band" x="{x}%" y="{_GROUND + 1}" width="{width}%" height="12"/>'
                f'<text class="n" x="{round(x + width / 2, 2)}%" y="{_GROUND + 11}" text-anchor="middle">'
                f"{said.number}</text>"
            )
            words.append(f"{vague_words(said)}: {said.number}")
    drawn.append(f'<line class="ground" x1="0" x2="{_RIGHT}%" y1="{_GROUND}" y2="{_GROUND}"/>')
    return _picture(f"lane {css_class(stance)}", _LANE, f"{stance.label}. {'; '.join(words)}", drawn, axis)


def column_words(tally: Tally, said: Said) -> str:
    """A column in words: May 2025, April to June 2025, 2025."""
    if tally.months == 12:
        return date_words(said.first, Precision.YEAR)
    last = date_words(said.last, Precision.MONTH)
    if tally.months == 1:
        return last
    return _("%(first)s to %(last)s") % {"first": date_format(said.first, "F"), "last": last}


def vague_words(said: Said) -> str:
    """A period in which the month is not known."""
    return _("%s, month not known") % date_words(said.first, Precision.YEAR)
