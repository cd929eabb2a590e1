"""The closed sets, and that every place which repeats them says the same."""

import datetime as dt
import re
from pathlib import Path

import pytest

from agreements.charts.glyphs import GLYPHS
from agreements.vocabulary import Precision, Stance, Status, Term

ROOT = Path(__file__).parent.parent


def test_heights_rise_with_progress_and_fall_with_setbacks():
    assert [str(status) for status in Status.from_the_ground_up()] == [
        "rejected",
        "ended",
        "reported",
        "talks",
        "agreed",
        "signed",
        "suspended",
        "in-force",
        "operating",
    ]
    assert sorted(status.height for status in Status) == list(range(9))


@pytest.mark.parametrize("terms", Term.__subclasses__(), ids=lambda terms: f"{terms.__module__}.{terms.__name__}")
def test_every_term_has_a_label_and_stands_in_order(terms):
    assert all(str(term.label) for term in terms)
    assert [term.order for term in terms] == list(range(len(terms)))


@pytest.mark.parametrize("term", [*Status, *Stance], ids=str)
def test_the_style_sheet_has_the_colours_of_the_vocabulary_in_light_and_dark(term):
    css = (ROOT / "static/css/site.css").read_text()
    light, dark = re.split(r"@media \(prefers-color-scheme: dark\)", css, maxsplit=1)
    name = f"--{'status' if isinstance(term, Status) else 'stance'}-{term}"
    assert re.search(rf"{name}: (#[0-9a-f]{{6}});", light).group(1) == term.colour
    assert re.search(rf"{name}: (#[0-9a-f]{{6}});", dark).group(1) == term.dark_colour


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("term", [*Status, *Stance], ids=str)
def test_a_drawn_colour_stands_out_from_light_and_from_dark_paper(term):
    """WCAG 2.2 asks 3 to 1 of graphics, and 4.5 to 1 of words; stances colour words."""
    wanted = 4.5 if isinstance(term, Stance) else 3
    assert _contrast(term.colour, "#fdfcf9") >= wanted
    assert _contrast(term.dark_colour, "#14161a") >= wanted


def test_every_status_and_stance_has_a_shape_of_its_own_among_its_fellows():
    for terms in (Status, Stance):
        assert len({GLYPHS[term] for term in terms}) == len(terms)


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        (Precision.DAY, "2024-02-29", "2024-02-29"),
        (Precision.MONTH, "2024-02-01", "2024-02-29"),
        (Precision.MONTH, "2025-12-01", "2025-12-31"),
        (Precision.MONTH, "9999-12-01", "9999-12-31"),
        (Precision.YEAR, "2025-01-01", "2025-12-31"),
    ],
)
def test_a_period_ends_on_its_last_day(precision, first, last):
    assert precision.last_day(dt.date.fromisoformat(first)) == dt.date.fromisoformat(last)


def test_a_date_inside_a_period_does_not_begin_it():
    with pytest.raises(ValueError, match="not the first day of a month"):
        Precision.MONTH.last_day(dt.date(2025, 5, 4))
