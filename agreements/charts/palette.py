"""Colours and dashes that tell lines apart where a colour does not stand for a status; the style sheet repeats them."""

from __future__ import annotations

from dataclasses import dataclass


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
