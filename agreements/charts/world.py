"""Who sends to whom, as a picture on a plain grid of the world: a mark at the point of each country, arcs between them.

Coastlines come with the interactive map only; a reader without a script has the marks, their names and the table.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from agreements.charts.palette import RECEIVERS, SENDERS
from agreements.vocabulary import Status

NORTH, SOUTH = 74, -44
"""The parallels between which parties lie; what lies beyond them is drawn at the edge."""
TALLER = 1 / math.cos(math.radians(40))
"""An equirectangular map is true to scale at one parallel, here the fortieth."""


@dataclass(frozen=True)
class Party:
    """A country on the map: its point, its page, and the statuses of its agreements on either side."""

    name: str
    lat: float
    lon: float
    address: str
    sends: tuple[Status, ...] = ()
    receives: tuple[Status, ...] = ()


@dataclass(frozen=True)
class Route:
    """From a sender to a receiver, however many agreements lie between them; `operating` says that one works now."""

    sender: Party
    receiver: Party
    operating: bool


def mark_size(agreements: int) -> float:
    """Half the width of a mark in pixels: its area grows with the number of agreements."""
    return round(2.6 + 1.5 * math.sqrt(agreements), 1)


def world(parties: Sequence[Party], routes: Iterable[Route], *, width: int = 960, narrow: bool = False) -> SafeString:
    """Senders as squares, receivers as discs, an arc from each sender to each of its receivers."""
    if not parties:
        return mark_safe("")
    scale = width / 360
    height = round((NORTH - SOUTH) * scale * TALLER)
    size = 0.62 if narrow else 1

    def place(party: Party) -> tuple[float, float]:
        lat = min(max(party.lat, SOUTH), NORTH)
        return round((party.lon + 180) * scale, 1), round((NORTH - lat) * scale * TALLER, 1)

    drawn = [_graticule(width, height, scale)]
    for operating, css in ((False, "arc"), (True, "arc operating")):
        arcs = "".join(_arc(place(r.sender), place(r.receiver)) for r in routes if r.operating is operating)
        if arcs:
            drawn.append(f'<path class="{css}" d="{arcs}"/>')
    for ink, side, mark in ((RECEIVERS, "receives", _disc), (SENDERS, "sends", _square)):
        marks = [mark(*place(p), mark_size(len(getattr(p, side))) * size) for p in parties if getattr(p, side)]
        drawn.append(f'<g class="{ink.css_class}">{"".join(marks)}</g>')
    drawn.append(_names(parties, place, width, size, most=6 if narrow else 18))
    words = _("Map of senders and receivers; the table below has every country with its agreements.")
    return mark_safe(
        f'<svg class="world {"narrow" if narrow else "wide"}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(words)}">{"".join(drawn)}</svg>'
    )


def _graticule(width: int, height: int, scale: float) -> str:
    meridians = "".join(f"M{round((lon + 180) * scale, 1):g} 0V{height}" for lon in range(-150, 180, 30))
    parallels = "".join(
        f"M0 {round((NORTH - lat) * scale * TALLER, 1):g}H{width}" for lat in range(-30, 90, 30) if SOUTH < lat < NORTH
    )
    return f'<path class="grid" d="{meridians}{parallels}"/>'


def _arc(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A curve that bows towards the pole, the more the longer it is, but never out of the picture."""
    (x0, y0), (x1, y1) = start, end
    top = max((y0 + y1) / 2 - abs(x1 - x0) * 0.28, -min(y0, y1))
    return f"M{x0:.0f} {y0:.0f}Q{(x0 + x1) / 2:.0f} {top:.0f} {x1:.0f} {y1:.0f}"


def _disc(x: float, y: float, half: float) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{round(half, 1)}"/>'


def _square(x: float, y: float, half: float) -> str:
    corner = f'x="{round(x - half, 1)}" y="{round(y - half, 1)}"'
    return f'<rect {corner} width="{round(2 * half, 1)}" height="{round(2 * half, 1)}"/>'


def _names(parties: Sequence[Party], place, width: int, size: float, *, most: int) -> str:
    """The names of senders, and of receivers with several agreements, as far as they find room beside their marks."""
    letter, line = 6.4, 13
    taken = [
        (x - half, y - half, x + half, y + half)
        for (x, y), half in ((place(p), mark_size(len(p.sends) + len(p.receives)) * size) for p in parties)
    ]
    drawn = []
    named = [party for party in parties if party.sends or len(party.receives) > 1]
    ordered = sorted(named, key=lambda p: (-len(p.sends), -len(p.receives), p.address))
    for party in ordered:
        if len(drawn) == most:
            break
        (x, y), half = place(party), mark_size(len(party.sends) + len(party.receives)) * size + 3
        long = letter * len(party.name)
        for left, baseline, anchor in (
            (x + half, y + 4, ""),
            (x - half - long, y + 4, "end"),
            (x - long / 2, y - half, "middle"),
            (x - long / 2, y + half + 9, "middle"),
        ):
            box = (left, baseline - line + 3, left + long, baseline + 3)
            own = (x - half, y - half, x + half, y + half)
            if box[0] < 0 or box[2] > width or any(_overlap(box, other) and not _within(other, own) for other in taken):
                continue
            taken.append(box)
            at = {"": left, "end": left + long, "middle": x}[anchor]
            anchored = f' text-anchor="{anchor}"' if anchor else ""
            drawn.append(f'<text x="{round(at, 1)}" y="{round(baseline, 1)}"{anchored}>{escape(party.name)}</text>')
            break
    return "".join(drawn)


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _within(inner: tuple[float, ...], outer: tuple[float, ...]) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]
