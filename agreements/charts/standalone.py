"""Pictures of a negotiation that stand alone: a chart as a file of its own, and the picture that a shared link shows.

No style sheet goes with them, so each part carries its colours itself, and the picture says what it shows, as of when
and whose it is.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from xml.etree import ElementTree

import fontpkg
import resvg_py
from django.utils.html import escape
from django.utils.translation import gettext as _

from agreements.charts import svg
from agreements.charts.glyphs import css_class
from agreements.charts.palette import LIGHT, Paper
from agreements.history import Path
from agreements.vocabulary import Status

SERIF = "'Source Serif 4', Charter, 'Bitstream Charter', Cambria, Georgia, serif"
SANS = "'Source Sans 3', Inter, system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
WIDTH = 960
"""Pixels of a chart that stands alone."""
SHARE_WIDTH, SHARE_HEIGHT = 1200, 630
"""Pixels of the picture of a shared link, as those who show one expect it."""
_EM = 0.52
"""A letter is so wide on average, in its own size, and rather less than more."""


@dataclass(frozen=True)
class Caption:
    """What a picture says of itself in words; `since` is empty where no status is on record."""

    parties: str
    title: str
    since: str
    credit: str
    address: str


def chart(path: Path, caption: Caption, *, paper: Paper = LIGHT) -> str:
    """The status path as an SVG file: title, status, picture, whose it is and where it is from."""
    margin = 16
    lines = _wrapped(caption.title, size=24, width=WIDTH - 2 * margin, most=3)
    drawn, y = [], 14
    for line in lines:
        y += 29
        drawn.append(_text(margin, y, line, size=24, family=SERIF, weight=600, fill=paper.ink))
    drawn.append(_standing(path, caption, paper, x=margin, y=(y := y + 30), size=16))
    y += 14
    if path.segments:
        drawn.append(f'<g transform="translate({margin} {y})">{_path(path, paper, width=WIDTH - 2 * margin)}</g>')
        y += svg.status_path_height(path)
    drawn.append(_text(margin, (y := y + 22), caption.credit, size=12, family=SANS, fill=paper.soft))
    drawn.append(_text(margin, (y := y + 17), caption.address, size=12, family=SANS, fill=paper.soft))
    return _document(path, caption, paper, width=WIDTH, height=y + 14, drawn=drawn)


def share(path: Path, caption: Caption) -> str:
    """The picture of a shared link: the parties, the title, where it stands, the path."""
    margin, paper = 60, LIGHT
    room = SHARE_WIDTH - 2 * margin
    size = min(64, int(room / (_EM * len(caption.parties))))
    drawn = [
        _text(margin, 76, _("Third Country Tracker"), size=26, family=SANS, weight=600, fill=paper.soft),
        _text(margin, 158, caption.parties, size=size, family=SERIF, weight=600, fill=paper.ink),
    ]
    y = 166
    for line in _wrapped(caption.title, size=27, width=room, most=2):
        drawn.append(_text(margin, (y := y + 36), line, size=27, family=SANS, fill=paper.soft))
    drawn.append(_standing(path, caption, paper, x=margin, y=(y := y + 58), size=34))
    top, bottom = y + 26, SHARE_HEIGHT - 70
    if path.segments:
        height = svg.status_path_height(path)
        scale = min(2.0, (bottom - top) / height)
        place = top + (bottom - top - height * scale) / 2
        picture = _path(path, paper, width=int(room / scale))
        drawn.append(f'<g transform="translate({margin} {place:.1f}) scale({scale:.3f})">{picture}</g>')
    drawn.append(_text(margin, SHARE_HEIGHT - 32, caption.credit, size=22, family=SANS, fill=paper.soft))
    return _document(path, caption, paper, width=SHARE_WIDTH, height=SHARE_HEIGHT, drawn=drawn)


def png(drawing: str) -> bytes:
    """An SVG document as a PNG of its size: the same bytes for the same document, whatever fonts the machine has."""
    fonts = [str(fontpkg.path(family)) for family in ("Source Sans 3", "Source Serif 4")]
    return resvg_py.svg_to_bytes(svg_string=drawing, skip_system_fonts=True, font_files=fonts)


def inked(drawing: str, paper: Paper) -> str:
    """A drawing of ours whose colours come from classes, with attributes in their place.

    LookupError for a class that says neither a status nor a part.
    """
    root = ElementTree.fromstring(drawing)  # noqa: S314
    _ink(root, paper, "")
    return ElementTree.tostring(root, encoding="unicode")


_COLOURED = {css_class(status): status for status in Status}


def _ink(element: ElementTree.Element, paper: Paper, colour: str) -> None:
    roles = []
    for name in element.attrib.pop("class", "").split():
        if name in _COLOURED:
            colour = paper.of(_COLOURED[name])
        else:
            roles.append(name)
    for role in roles:
        element.attrib |= _attributes(role, paper, colour)
    for child in element:
        _ink(child, paper, colour)


def _attributes(role: str, paper: Paper, colour: str) -> dict[str, str]:
    """What the style sheet says of a part, by its role."""
    line = {"fill": "none"}
    return {
        "status-path": {},
        "wide": {},
        "narrow": {},
        "glyph": {},
        "tick": {"fill": paper.soft},
        "lane": {"fill": paper.soft},
        "grid": line | {"stroke": paper.rule},
        "rule": line | {"stroke": paper.rule, "stroke-dasharray": "1 3"},
        "run": line | {"stroke": colour, "stroke-width": "5", "stroke-linecap": "round"},
        "riser": line | {"stroke": paper.soft, "stroke-width": "1.4", "opacity": "0.7"},
        "span": line | {"stroke": colour, "stroke-width": "13", "opacity": "0.25"},
        "ring": {"fill": paper.paper, "stroke": colour, "stroke-width": "2"},
        "fill": {"fill": colour},
        "knock": {"fill": paper.paper},
        "line": line | {"stroke": colour, "stroke-width": "2.4"},
    }[role]


def _path(path: Path, paper: Paper, *, width: int) -> str:
    """The parts of the status path, with the size of its letters."""
    root = ElementTree.fromstring(svg.status_path(path, width=width))  # noqa: S314
    _ink(root, paper, "")
    parts = "".join(ElementTree.tostring(part, encoding="unicode") for part in root)
    return f'<g font-family="{SANS}" font-size="12">{parts}</g>'


def _standing(path: Path, caption: Caption, paper: Paper, *, x: float, y: float, size: int) -> str:
    """Where it stands: shape, word, since when."""
    if path.current is None:
        return _text(x, y, _("No status on record"), size=size, family=SANS, weight=600, fill=paper.ink)
    place = f"translate({x + size / 2:g} {y - size / 3:g}) scale({size / 17:.2f})"
    mark = f'<g class="{css_class(path.current)}" transform="{place}">{svg.shape(path.current, 0, 0, 1)}</g>'
    words = (
        f'<text x="{x + size * 1.3:g}" y="{y:g}" font-family="{SANS}" font-size="{size}" fill="{paper.ink}">'
        f'<tspan font-weight="600">{escape(str(path.current.label))}</tspan> '
        f'<tspan fill="{paper.soft}">{escape(caption.since)}</tspan></text>'
    )
    return inked(mark, paper) + words


def _text(x: float, y: float, words: str, *, size: int, family: str, fill: str, weight: int = 400) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{family}" font-size="{size}" font-weight="{weight}" fill="{fill}">'
        f"{escape(words)}</text>"
    )


def _document(path: Path, caption: Caption, paper: Paper, *, width: int, height: float, drawn: list[str]) -> str:
    told = f"{svg.path_words(path)}. {caption.credit} {caption.address}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height:g}" viewBox="0 0 {width} {height:g}" '
        'role="img" aria-labelledby="title description">'
        f'<title id="title">{escape(caption.title)}</title><desc id="description">{escape(told)}</desc>'
        f'<rect width="100%" height="100%" fill="{paper.paper}"/>{"".join(drawn)}</svg>\n'
    )


def _wrapped(words: str, *, size: int, width: float, most: int) -> list[str]:
    return textwrap.wrap(words, int(width / (size * _EM)), max_lines=most, placeholder=" …")
