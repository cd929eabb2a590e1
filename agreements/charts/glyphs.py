"""The shapes that tell status and stance without colour, drawn once for SVG and Plotly alike.

Shapes lie in a box from -8 to 8 on both axes, y downwards. The fill of a ring grows with progress.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from agreements.vocabulary import Stance, Status

Command = tuple[str, tuple[float, ...]]

_KAPPA = 0.5523
"""Length of a handle of the cubic curve that comes closest to a quarter of a unit circle."""


@dataclass(frozen=True)
class Part:
    """One path of a glyph. `role` says how it is inked: ring (paper inside), fill, knock (paper), or line."""

    role: str
    commands: tuple[Command, ...]

    def d(self, point: Callable[[float, float], tuple[float, float]] = lambda x, y: (x, y)) -> str:
        """The path as SVG path data, each point moved by `point`."""
        words = []
        for letter, numbers in self.commands:
            moved = [point(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
            words.append(letter + " ".join(f"{x:g},{y:g}" for x, y in ((round(x, 2), round(y, 2)) for x, y in moved)))
        return "".join(words)


def _arc(radius: float, quarters: int) -> list[Command]:
    """Curves clockwise from the top, a quarter of a circle each."""
    corners = [(0, -1), (1, 0), (0, 1), (-1, 0), (0, -1)]
    curves = []
    for (x0, y0), (x1, y1) in itertools.islice(itertools.pairwise(corners), quarters):
        # A tangent is the radius turned by a right angle, clockwise.
        numbers = (x0 - y0 * _KAPPA, y0 + x0 * _KAPPA, x1 + y1 * _KAPPA, y1 - x1 * _KAPPA, x1, y1)
        curves.append(("C", tuple(radius * number for number in numbers)))
    return curves


def _disc(role: str, radius: float) -> Part:
    return Part(role, (("M", (0, -radius)), *_arc(radius, 4), ("Z", ())))


def _pie(radius: float, quarters: int) -> Part:
    return Part("fill", (("M", (0, 0)), ("L", (0, -radius)), *_arc(radius, quarters), ("Z", ())))


def _lines(*strokes: tuple[float, ...]) -> Part:
    commands: list[Command] = []
    for stroke in strokes:
        commands.append(("M", stroke[:2]))
        commands.extend(("L", stroke[place : place + 2]) for place in range(2, len(stroke), 2))
    return Part("line", tuple(commands))


def _polygon(role: str, *numbers: float) -> Part:
    return Part(
        role,
        (
            ("M", numbers[:2]),
            *(("L", numbers[place : place + 2]) for place in range(2, len(numbers), 2)),
            ("Z", ()),
        ),
    )


_RING = _disc("ring", 6)
_CROSS = _lines((-4.5, -4.5, 4.5, 4.5), (4.5, -4.5, -4.5, 4.5))

GLYPHS: dict[Status | Stance, tuple[Part, ...]] = {
    Status.REPORTED: (_RING,),
    Status.TALKS: (_RING, _pie(6, 1)),
    Status.AGREED: (_RING, _pie(6, 2)),
    Status.SIGNED: (_RING, _pie(6, 3)),
    Status.IN_FORCE: (_disc("fill", 7),),
    Status.OPERATING: (_disc("fill", 7), _polygon("knock", -2.2, -3.6, 4, 0, -2.2, 3.6)),
    Status.SUSPENDED: (
        _polygon("fill", -5, -6, -1.4, -6, -1.4, 6, -5, 6),
        _polygon("fill", 1.4, -6, 5, -6, 5, 6, 1.4, 6),
    ),
    Status.ENDED: (_polygon("fill", -5.5, -5.5, 5.5, -5.5, 5.5, 5.5, -5.5, 5.5),),
    Status.REJECTED: (_CROSS,),
    Stance.CONFIRMS: (_lines((-5, 0, -1.4, 4, 5, -4)),),
    Stance.SUPPORTS: (_lines((-5, 0, 5, 0), (0, -5, 0, 5)),),
    Stance.DENIES: (_CROSS,),
    Stance.OPPOSES: (_lines((-5.5, 0, 5.5, 0)),),
    Stance.CONDITIONS: (_polygon("fill", 0, -6, 6, 0, 0, 6, -6, 0),),
    Stance.DECLINES: (_disc("ring", 4),),
    Stance.CRITICISES: (_polygon("fill", -5.5, -4, 5.5, -4, 0, 5.5),),
}


def css_class(term: Status | Stance) -> str:
    """The class that gives a term its colour in light and dark."""
    return f"{'status' if isinstance(term, Status) else 'stance'}-{term}"
