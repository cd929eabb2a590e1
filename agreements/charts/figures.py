"""Plotly figures: the status chart of an agreement, the bars of a country, lines compared, the stack and the map.

Each function gives the figure as JSON text for the page's own drawing module. Figures are built with plotly's classes,
so that a misspelt property fails here and not on a reader's screen. Text in figures is plain: no tags but line breaks.
"""

from __future__ import annotations

import datetime as dt
import html
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from agreements.charts import palette
from agreements.charts.compare import Line, levels_of_lines
from agreements.charts.glyphs import GLYPHS
from agreements.charts.palette import INKS, LAND, RECEIVERS, SENDERS
from agreements.charts.scale import date_words, shared_start
from agreements.charts.svg import STACKING, levels_of
from agreements.charts.world import Party, Route, mark_size
from agreements.history import Path, Period, statuses_over_time
from agreements.vocabulary import Side, Stance, Status

TALL = 12
"""From so many rows on, the years stand above the bars, where the eye begins."""
PAPER, INK, SOFT, RULE = palette.LIGHT.paper, palette.LIGHT.ink, palette.LIGHT.soft, palette.LIGHT.rule
DARK = {PAPER: palette.DARK.paper, INK: palette.DARK.ink, SOFT: palette.DARK.soft, RULE: palette.DARK.rule}


@dataclass(frozen=True)
class Mark:
    """Something to show in a lane: when, what the reader is told on hover, and its stance where it was said."""

    period: Period
    text: str
    label: str = ""
    stance: Stance | None = None


@dataclass(frozen=True)
class Lane:
    """One row of marks above or below the path."""

    label: str
    marks: tuple[Mark, ...]


def wrapped(*lines: str) -> str:
    """Plain lines as the text of a hover box: wrapped at 60 characters, with nothing that reads as a tag.

    A break within a line stands behind a space, so that a narrow screen can break the line elsewhere.
    """
    pieces = (textwrap.wrap(line, 60) for line in lines if line)
    return "<br>".join(" <br>".join(html.escape(piece, quote=False) for piece in line) for line in pieces)


def _dark_colours() -> dict[str, str]:
    return DARK | {each.colour: each.dark_colour for each in (*Status, *Stance, *INKS)} | {LAND[0]: LAND[1]}


def _layout(*, height: int, **more: Any) -> go.Layout:
    """The house template: small, quiet, with what the drawing module needs to recolour it for dark paper."""
    base = {
        "height": height,
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": "Inter, system-ui, Segoe UI, Roboto, sans-serif", "size": 13, "color": INK},
        "margin": {"l": 8, "r": 12, "t": 8, "b": 28},
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": SOFT, "font": {"color": INK, "size": 13}, "align": "left"},
        "showlegend": False,
        "dragmode": "pan",
        "meta": {"dark": _dark_colours()},
        "template": go.layout.Template(),
    }
    return go.Layout(base | more)


def _time_axis(first: dt.date, last: dt.date) -> dict[str, Any]:
    pad = max((last - first).days // 30, 3)
    return {
        "type": "date",
        "range": [(first - dt.timedelta(days=pad)).isoformat(), (last + dt.timedelta(days=pad)).isoformat()],
        "gridcolor": RULE,
        "zeroline": False,
        "tickfont": {"color": SOFT},
        "ticklabelmode": "instant",
    }


def _glyph_shapes(
    term: Status | Stance, colour: str, x: str | float, y: float, size: float = 1.05
) -> list[dict[str, Any]]:
    """A glyph as shapes of a fixed size in pixels, since Plotly has no such markers of its own."""
    shapes = []
    for part in GLYPHS[term]:
        line_width = {"ring": 2, "line": 2.6}.get(part.role, 0)
        shapes.append(
            {
                "type": "path",
                # Pixels of a shape count upwards.
                "path": part.d(lambda px, py: (px * size, -py * size)),
                "xsizemode": "pixel",
                "ysizemode": "pixel",
                "xanchor": x,
                "yanchor": y,
                "fillcolor": {"ring": PAPER, "knock": PAPER, "line": "rgba(0,0,0,0)"}.get(part.role, colour),
                "line": {"color": colour, "width": line_width},
                "layer": "above",
            }
        )
    return shapes


def _targets(points: Iterable[tuple[str, float, str]]) -> go.Scatter:
    """Invisible points over drawn glyphs: what a reader hovers, with the text that appears.

    Glyphs that stand on one another share a point, since only the uppermost could be hovered.
    """
    at: dict[tuple[str, float], list[str]] = {}
    for x, y, text in points:
        at.setdefault((x, y), []).append(text)
    return go.Scatter(
        x=[x for x, _y in at],
        y=[y for _x, y in at],
        text=["<br><br>".join(texts) for texts in at.values()],
        mode="markers",
        marker={"size": 18, "opacity": 0},
        hovertemplate="%{text}<extra></extra>",
    )


def _spans(
    periods: Iterable[tuple[Period, float, str]], *, today: dt.date, width: int, opacity: float
) -> list[go.Scatter]:
    """Imprecise dates as pale bands up to today, one trace a colour."""
    by_colour: dict[str, tuple[list, list]] = {}
    for period, y, colour in periods:
        xs, ys = by_colour.setdefault(colour, ([], []))
        xs += [period.first.isoformat(), min(period.last, max(today, period.first)).isoformat(), None]
        ys += [y, y, None]
    return [
        go.Scatter(x=xs, y=ys, mode="lines", line={"color": colour, "width": width}, opacity=opacity, hoverinfo="skip")
        for colour, (xs, ys) in by_colour.items()
    ]


def _place(period: Period, today: dt.date) -> str:
    """Where a mark stands: on its day, or in the middle of its band."""
    last = min(period.last, max(today, period.first))
    return (period.first + (last - period.first) / 2).isoformat()


def status_chart_height(*, levels: int, said: int, happened: int) -> int:
    """Pixels that the status chart takes with so many levels of status and lanes with a mark above and below."""
    return int(64 + 30 * (levels + said + happened + 0.6 * (bool(said) + bool(happened))))


def country_bars_height(rows: int) -> int:
    """Pixels that the bars of so many agreements take."""
    return 52 + 34 * rows


def status_chart(path: Path, *, change_texts: dict[str, str], said: Sequence[Lane], happened: Sequence[Lane]) -> str:
    """One negotiation: what was said above, where it stood in the middle, what happened below, on one time axis.

    `change_texts` gives the hover text of each status change by its id; lanes without a mark are left out.
    """
    said = [lane for lane in said if lane.marks]
    happened = [lane for lane in happened if lane.marks]
    levels = levels_of(path)
    rows: list[tuple[str, float]] = []
    place = 0.0
    for lane in reversed(happened):
        rows.append((lane.label, place))
        place += 1
    place += 0.6 if happened else 0
    status_rows = {}
    for status in levels:
        status_rows[status] = place
        rows.append((str(status.label), place))
        place += 1
    place += 0.6 if said else 0
    for lane in reversed(said):
        rows.append((lane.label, place))
        place += 1
    places = dict(rows)

    traces: list[go.Scatter] = []
    shapes: list[dict[str, Any]] = []
    periods = [(Period.of(change), Status(change.status)) for change in path.changes]
    traces += _spans(
        ((period, status_rows[status], status.colour) for period, status in periods if not period.exact),
        today=path.today,
        width=13,
        opacity=0.25,
    )
    risers_x: list[str | None] = []
    risers_y: list[float | None] = []
    for before, after in zip(path.segments, path.segments[1:], strict=False):
        start = after.start.isoformat()
        risers_x += [start, start, None]
        risers_y += [status_rows[before.status], status_rows[after.status], None]
    traces.append(
        go.Scatter(x=risers_x, y=risers_y, mode="lines", line={"color": SOFT, "width": 1.5}, hoverinfo="skip")
    )
    for segment in path.segments:
        traces.append(
            go.Scatter(
                x=[segment.start.isoformat(), segment.end.isoformat()],
                y=[status_rows[segment.status]] * 2,
                mode="lines",
                line={"color": segment.status.colour, "width": 5},
                hoverinfo="skip",
            )
        )
    for change, (_period, status) in zip(path.changes, periods, strict=True):
        shapes += _glyph_shapes(status, status.colour, change.date.isoformat(), status_rows[status])
    points = [(c.date.isoformat(), status_rows[Status(c.status)], change_texts[c.id]) for c in path.changes]

    spans = [(m.period, places[lane.label], m.stance.colour) for lane in said for m in lane.marks if not m.period.exact]
    traces += _spans(spans, today=path.today, width=7, opacity=0.22)
    for lane in said:
        for mark in lane.marks:
            x = _place(mark.period, path.today)
            shapes += _glyph_shapes(mark.stance, mark.stance.colour, x, places[lane.label], 0.85)
            points.append((x, places[lane.label], mark.text))
    events = [(m, places[lane.label]) for lane in happened for m in lane.marks]
    traces += _spans(
        ((m.period, y, Status.OPERATING.colour) for m, y in events if not m.period.exact),
        today=path.today,
        width=13,
        opacity=0.3,
    )
    if events:
        traces.append(
            go.Scatter(
                x=[_place(m.period, path.today) for m, _y in events],
                y=[y for _m, y in events],
                text=[html.escape(m.label, quote=False) for m, _y in events],
                mode="markers+text",
                textposition="middle right",
                textfont={"size": 12, "color": INK},
                marker={"symbol": "square", "size": 10, "color": Status.OPERATING.colour},
                cliponaxis=False,
                hoverinfo="skip",
            )
        )
        points += [(_place(m.period, path.today), y, m.text) for m, y in events]
    traces.append(_targets(points))

    days = [path.segments[0].start, path.today] if path.segments else [path.today]
    days += [m.period.first for lane in (*said, *happened) for m in lane.marks]
    shapes.append(
        {
            "type": "line",
            "x0": path.today.isoformat(),
            "x1": path.today.isoformat(),
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "line": {"color": SOFT, "width": 1, "dash": "dot"},
            "layer": "below",
        }
    )
    figure = go.Figure(
        traces,
        _layout(
            height=status_chart_height(levels=len(levels), said=len(said), happened=len(happened)),
            xaxis=_time_axis(min(days), max(days)),
            yaxis={
                "tickvals": [y for _label, y in rows],
                "ticktext": [html.escape(label, quote=False) for label, _y in rows],
                "range": [-0.8, place - 0.2],
                "gridcolor": RULE,
                "griddash": "dot",
                "zeroline": False,
                "fixedrange": True,
                "automargin": True,
            },
            shapes=shapes,
            annotations=[
                {
                    "x": path.today.isoformat(),
                    "y": 0,
                    "yref": "paper",
                    "yanchor": "bottom",
                    "xanchor": "right",
                    "text": _("today"),
                    "showarrow": False,
                    "font": {"color": SOFT, "size": 12},
                }
            ],
            margin={"l": 8, "r": 16, "t": 22, "b": 28},
        ),
    )
    return figure.to_json()


def country_bars(rows: Sequence[tuple[str, Path]]) -> str:
    """One bar row an agreement, coloured by status through time. `rows` are labels with their paths, top row first.

    Where a few rows begin long before the rest, the axis shows the rest, and can be moved.
    """
    by_status: dict[Status, list[tuple[str, Any, float, str]]] = {}
    labels = [label for label, _path in rows]
    for place, (_row_label, path) in enumerate(rows):
        for segment in path.segments:
            first = segment.changes[0]
            text = wrapped(
                labels[place],
                f"{segment.status.label}, {date_words(first.date, first.precision)}",
                first.note,
            )
            length = max((segment.end - segment.start).days, 1) * 86_400_000
            by_status.setdefault(segment.status, []).append((place, segment.start.isoformat(), length, text))
    traces = [
        go.Bar(
            orientation="h",
            y=[y for y, _x, _length, _text in bars],
            base=[x for _y, x, _length, _text in bars],
            x=[length for _y, _x, length, _text in bars],
            text=None,
            hovertext=[text for _y, _x, _length, text in bars],
            hovertemplate="%{hovertext}<extra></extra>",
            marker={"color": status.colour, "line": {"color": PAPER, "width": 1}},
            width=0.62,
        )
        for status, bars in by_status.items()
    ]
    starts = [path.segments[0].start for _label, path in rows if path.segments]
    today = max((path.today for _label, path in rows), default=None)
    figure = go.Figure(
        traces,
        _layout(
            height=country_bars_height(len(rows)),
            barmode="overlay",
            xaxis=(_time_axis(shared_start(starts, today), today) if starts else {"type": "date"})
            | ({"side": "top"} if len(rows) > TALL else {}),
            yaxis={
                "tickvals": list(range(len(rows))),
                "ticktext": [html.escape(label, quote=False) for label in labels],
                "autorange": "reversed",
                "automargin": True,
                "fixedrange": True,
                "zeroline": False,
                "showgrid": False,
            },
        ),
    )
    return figure.to_json()


def status_stack(paths: Sequence[Path], *, days: Sequence[dt.date]) -> str:
    """How many negotiations stood at each status on each of the days, stacked."""
    counts = statuses_over_time(paths, days=days)
    xs = [day.isoformat() for day in days]
    traces = [
        go.Scatter(
            x=xs,
            y=counts[status],
            stackgroup="status",
            mode="lines",
            line={"color": PAPER, "width": 1, "shape": "hv"},
            fillcolor=status.colour,
            name=str(status.label),
            hovertemplate="%{y} %{fullData.name}<extra></extra>",
        )
        for status in STACKING
        if any(counts[status])
    ]
    figure = go.Figure(
        traces,
        _layout(
            height=360,
            hovermode="x unified",
            xaxis=_time_axis(days[0], days[-1]) if days else {"type": "date"},
            yaxis={"gridcolor": RULE, "zeroline": False, "fixedrange": True, "automargin": True, "rangemode": "tozero"},
        ),
    )
    return figure.to_json()


def comparison_height(lines: Sequence[Line]) -> int:
    """Pixels that the figure of these lines takes."""
    return 70 + (8 + 11 * len(lines)) * len(levels_of_lines(lines))


def comparison(lines: Sequence[Line], *, change_texts: dict[str, str]) -> str:
    """Negotiations on one axis of days after the first report of each, each at its own height on every level.

    `change_texts` gives the hover text of each status change by its id. A day that is known only to its month or year
    is a pale band, an exact one a dot.
    """
    levels = levels_of_lines(lines)
    traces: list[go.Scatter] = []
    shapes: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    points: list[tuple[float, float, str]] = []
    for place, line in enumerate(lines):
        ink, stretches = line.ink, line.course.stretches
        heights = {status: level - 0.7 * ((place + 0.5) / len(lines) - 0.5) for level, status in enumerate(levels)}
        bands: list[tuple[float | None, float | None]] = []
        steps: list[tuple[float, float]] = []
        for stretch in stretches:
            y = heights[stretch.status]
            steps += [(stretch.start, y), (stretch.end, y)]
            points.append((stretch.start, y, change_texts[stretch.change.id]))
            if not stretch.within.exact:
                latest = max(min(stretch.within.high, line.course.length), stretch.start)
                bands += [(stretch.within.low, y), (latest, y), (None, None)]
        known = [(stretch.start, heights[stretch.status]) for stretch in stretches if stretch.known]
        drawn = {"mode": "lines", "hoverinfo": "skip"}
        if bands:
            traces.append(_scatter(bands, **drawn, line={"color": ink.colour, "width": 9}, opacity=0.28))
        traces.append(_scatter(steps, **drawn, line={"color": ink.colour, "width": 2.4, "dash": ink.plotly_dash}))
        traces.append(
            _scatter(
                known, mode="markers", hoverinfo="skip", marker={"size": 7, "color": ink.colour, "symbol": "circle"}
            )
        )
        final = stretches[-1].status
        shapes += _glyph_shapes(final, final.colour, line.course.length, heights[final], 0.8)
        annotations.append(
            {
                "x": line.course.length,
                "y": heights[final],
                "xshift": 16,
                "text": ink.letter,
                "showarrow": False,
                "font": {"color": ink.colour, "size": 13, "weight": 700},
            }
        )
    traces.append(_targets(points))
    last = max((line.course.length for line in lines), default=1)
    figure = go.Figure(
        traces,
        _layout(
            height=comparison_height(lines),
            xaxis={
                "range": [-0.02 * last - 2, 1.05 * last + 4],
                "gridcolor": RULE,
                "zeroline": False,
                "tickfont": {"color": SOFT},
                "title": {"text": _("days after the first report"), "font": {"color": SOFT, "size": 12}},
            },
            yaxis={
                "tickvals": list(range(len(levels))),
                "ticktext": [str(status.label) for status in levels],
                "range": [-0.6, len(levels) - 0.4],
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
                "automargin": True,
            },
            shapes=[*_between_levels(len(levels)), *shapes],
            annotations=annotations,
            margin={"l": 8, "r": 22, "t": 8, "b": 44},
        ),
    )
    return figure.to_json()


def _scatter(points: Sequence[tuple[float | None, float | None]], **more: Any) -> go.Scatter:
    return go.Scatter(x=[x for x, _y in points], y=[y for _x, y in points], **more)


def _between_levels(levels: int) -> list[dict[str, Any]]:
    """A faint line under each level."""
    line = {"color": RULE, "width": 1}
    return [
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": y - 0.5,
            "y1": y - 0.5,
            "line": line,
            "layer": "below",
        }
        for y in range(levels)
    ]


def world(parties: Sequence[Party], routes: Sequence[Route]) -> str:
    """Senders as squares, receivers as discs, a great circle from each sender to each of its receivers.

    A mark's `customdata` is the address of its country. Coastlines are the drawing module's to fetch.
    """
    traces = []
    for operating, line in (
        (False, {"color": SOFT, "width": 0.7}),
        (True, {"color": Status.OPERATING.colour, "width": 1.4}),
    ):
        ends = [(r.sender, r.receiver) for r in routes if r.operating is operating]
        if ends:
            traces.append(
                go.Scattergeo(
                    lat=[lat for a, b in ends for lat in (a.lat, b.lat, None)],
                    lon=[lon for a, b in ends for lon in (a.lon, b.lon, None)],
                    mode="lines",
                    line=line,
                    opacity=0.75 if operating else 0.4,
                    hoverinfo="skip",
                )
            )
    for side, ink, symbol in (("receives", RECEIVERS, "circle"), ("sends", SENDERS, "square")):
        marked = [party for party in parties if getattr(party, side)]
        traces.append(
            go.Scattergeo(
                lat=[party.lat for party in marked],
                lon=[party.lon for party in marked],
                mode="markers",
                marker={
                    "size": [2 * mark_size(len(getattr(party, side))) for party in marked],
                    "color": ink.colour,
                    "symbol": symbol,
                    "opacity": 0.9,
                    "line": {"color": PAPER, "width": 1},
                },
                text=[_party_text(party) for party in marked],
                customdata=[party.address for party in marked],
                hovertemplate="%{text}<extra></extra>",
            )
        )
    figure = go.Figure(
        traces,
        _layout(
            height=440,
            margin={"l": 0, "r": 0, "t": 0, "b": 0},
            geo={
                "projection": {"type": "natural earth"},
                "lataxis": {"range": [-48, 76], "showgrid": True, "gridcolor": RULE, "gridwidth": 0.6},
                "lonaxis": {"showgrid": True, "gridcolor": RULE, "gridwidth": 0.6},
                "bgcolor": PAPER,
                "showframe": False,
                "showland": True,
                "landcolor": LAND[0],
                "showcoastlines": True,
                "coastlinecolor": SOFT,
                "coastlinewidth": 0.4,
            },
        ),
    )
    return figure.to_json()


def _party_text(party: Party) -> str:
    """A country, and its agreements by status on either side."""
    lines = [party.name]
    for label, statuses in ((_("As sender"), party.sends), (_("As receiver"), party.receives)):
        if statuses:
            counts = ", ".join(
                f"{status.in_sentence} {statuses.count(status)}" for status in Status if status in statuses
            )
            lines.append(f"{label}: {counts}")
    return wrapped(*lines)


def side_label(side: Side, *, sender: str, receiver: str) -> str:
    """The name of a lane: the party itself for the two sides."""
    return {Side.SENDER: sender, Side.RECEIVER: receiver}.get(side, str(side.label))
