"""Colours of paper, and of lines whose colour does not stand for a status; the style sheets repeat them."""

from __future__ import annotations

from dataclasses import dataclass

from agreements.vocabulary import Stance, Status


@dataclass(frozen=True)
class Ink:
    """What a line is drawn with: its letter, its number in the style sheet, its colours, its dashes in pixels."""

    letter: str
    number: int
    colour: str
    dark_colour: str
    dashes: tuple[int, ...]

    @property
    def css_class(self) -> str:
        return f"ink-{self.number}"

    @property
    def svg_dashes(self) -> str:
        """The attribute of a path; empty for an unbroken line."""
        return f' stroke-dasharray="{" ".join(map(str, self.dashes))}"' if self.dashes else ""

    @property
    def plotly_dash(self) -> str:
        return ",".join(f"{length}px" for length in self.dashes) or "solid"


INKS = (
    Ink("A", 1, "#1f5490", "#8fb8e6", ()),
    Ink("B", 2, "#b0410f", "#f09a6b", (9, 4)),
    Ink("C", 3, "#1b7f5c", "#58c79d", (2, 3)),
    Ink("D", 4, "#7b3fa0", "#c79be6", (12, 3, 2, 3)),
    Ink("E", 5, "#856600", "#d9b64a", (5, 2)),
    Ink("F", 6, "#3d4147", "#c9ccd2", (16, 6)),
)
"""As many as can be told apart."""

SENDERS, RECEIVERS = INKS[1], INKS[0]
LAND = ("#ece8dd", "#262a31")
"""Land on a map, on light and on dark paper."""


@dataclass(frozen=True)
class Paper:
    """What a picture is drawn on: the colours of paper, words, quiet words and rules."""

    name: str
    paper: str
    ink: str
    soft: str
    rule: str

    def of(self, term: Status | Stance) -> str:
        """The colour of a term here."""
        return term.dark_colour if self is DARK else term.colour


LIGHT = Paper("light", "#fdfcf9", "#1b1d21", "#5a5f68", "#e4e0d6")
DARK = Paper("dark", "#14161a", "#eceae4", "#a5a9b1", "#2d3138")
PAPERS = {paper.name: paper for paper in (LIGHT, DARK)}
