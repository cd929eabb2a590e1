"""The lines of a comparison, the map and the months, drawn without a database."""

from __future__ import annotations

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import plotly.graph_objects as go
import pytest

from agreements import history
from agreements.charts import compare, figures, people, world
from agreements.charts.compare import Line
from agreements.charts.palette import INKS, LAND
from agreements.charts.world import Party, Route
from agreements.vocabulary import Status
from tests.history.records import Moved, day, steps

CSS = Path(__file__).parent.parent / "static/css/site.css"
RWANDA = ("2025-04-22 reported", "2025-05 talks", "2025-06-10 signed", "2025-08-16 operating")
BRITAIN = ("2022-04-14 signed", "2022-06-14 suspended", "2024-07-06 ended")


def make_lines(*paths: tuple[str, ...]) -> list[Line]:
    folded = [history.fold(steps(*written), today=day("2026-01-01")) for written in paths]
    return [
        Line(f"Line {place}", ink, history.align(path))
        for place, (path, ink) in enumerate(zip(folded, INKS, strict=False))
    ]


def groups(picture: str) -> list[ET.Element]:
    """The group of each line, in order."""
    return [group for group in ET.fromstring(picture).iter("g") if group.get("class", "").startswith("ink-")]


def figure_of(lines: list[Line]) -> dict:
    texts = {f"step-{number}": f"step {number}" for number in range(1, 9)}
    return json.loads(figures.comparison(lines, change_texts=texts))


@pytest.mark.parametrize("narrow", [False, True])
def test_each_line_has_its_own_class_dashes_letter_and_height(narrow):
    picture = compare.comparison(make_lines(*[RWANDA] * 6), width=344 if narrow else 960, narrow=narrow)
    drawn = groups(picture)
    assert [group.get("class") for group in drawn] == [f"ink-{number}" for number in range(1, 7)]
    assert [group.find("text").text for group in drawn] == list("ABCDEF")
    paths = [next(path for path in group.iter("path") if path.get("class") == "step") for group in drawn]
    assert len({path.get("stroke-dasharray") for path in paths}) == 6
    assert len({path.get("d") for path in paths}) == 6


def test_an_imprecise_day_is_a_band_and_an_exact_one_a_dot():
    [line] = groups(compare.comparison(make_lines(RWANDA)))
    assert len(line.findall("circle")) == 3
    [band] = [path for path in line.iter("path") if path.get("class") == "span"]
    left, right = re.fullmatch(r"M([\d.]+) [\d.]+H([\d.]+)", band.get("d")).groups()
    assert float(left) < float(right)


def test_where_the_first_report_is_imprecise_no_day_is_a_dot():
    [line] = groups(compare.comparison(make_lines(("2025-04 reported", "2025-05-04 talks"))))
    assert line.findall("circle") == []


def test_a_band_never_reaches_beyond_the_end_of_its_line():
    [line] = groups(compare.comparison(make_lines(("2025-01-01 reported", "2025-12 talks", "2026 operating"))))
    step = next(path for path in line.iter("path") if path.get("class") == "step")
    end = max(float(x) for x in re.findall(r"[MH]([\d.]+)", step.get("d")))
    for band in (path for path in line.iter("path") if path.get("class") == "span"):
        assert float(band.get("d").partition("H")[2]) <= end


def test_a_line_stops_where_a_negotiation_ended():
    figure = figure_of(make_lines(RWANDA, BRITAIN))
    lines = [trace for trace in figure["data"] if trace.get("line", {}).get("dash")]
    assert [max(trace["x"]) for trace in lines] == [254, 814]
    assert [annotation["text"] for annotation in figure["layout"]["annotations"]] == ["A", "B"]


def test_the_figure_is_valid_and_says_how_to_recolour_it():
    figure = figure_of(make_lines(RWANDA, BRITAIN, ("2025 talks",)))
    go.Figure(figure)
    used = set(re.findall(r"#[0-9a-f]{6}", json.dumps({**figure, "layout": {**figure["layout"], "meta": None}})))
    assert used <= set(figure["layout"]["meta"]["dark"])
    bands = [trace["x"] for trace in figure["data"] if trace.get("line", {}).get("width") == 9]
    assert bands == [[9, 39, None]]
    targets = figure["data"][-1]
    assert len(targets["x"]) == len(RWANDA) + len(BRITAIN) + 1
    assert figure["layout"]["height"] == figures.comparison_height(make_lines(RWANDA, BRITAIN, ("2025 talks",)))


def test_nothing_to_compare_is_no_picture_and_an_empty_figure():
    assert compare.comparison([]) == ""
    go.Figure(figure_of([]))


def test_ticks_of_days_are_round_and_few():
    for last in (0, 1, 9, 100, 254, 9200, 30_000):
        ticks = compare.day_ticks(last, 9)
        assert ticks[0] == 0
        assert ticks[-1] <= last
        assert len(ticks) <= 9


@pytest.mark.parametrize("ink", INKS, ids=lambda ink: ink.letter)
def test_the_style_sheet_has_the_colours_of_the_lines(ink):
    css = CSS.read_text()
    name = f"--line-{ink.number}"
    assert re.findall(rf"{name}: (#[0-9a-f]{{6}});", css) == [ink.colour, ink.dark_colour]
    assert f".{ink.css_class} {{ --c: var({name}); }}" in css


def test_lines_stand_out_from_light_and_from_dark_paper():
    def luminance(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for ink in INKS:
        assert (luminance("#fdfcf9") + 0.05) / (luminance(ink.colour) + 0.05) >= 4.5
        assert (luminance(ink.dark_colour) + 0.05) / (luminance("#14161a") + 0.05) >= 4.5


# --- The map --------------------------------------------------------------------------------------


def make_parties() -> tuple[list[Party], list[Route]]:
    us = Party("United States", 38.0, -97.0, "/countries/united-states/", sends=(Status.OPERATING, Status.TALKS))
    rwanda = Party("Rwanda", -2.0, 30.0, "/countries/rwanda/", receives=(Status.OPERATING,))
    nauru = Party("Nauru <b>", -0.53, 166.92, "/countries/nauru/", receives=(Status.TALKS, Status.ENDED))
    return [us, rwanda, nauru], [Route(us, rwanda, True), Route(us, nauru, False)]


@pytest.mark.parametrize("width", [344, 960])
def test_the_map_has_squares_for_senders_discs_for_receivers_and_arcs_between(width):
    root = ET.fromstring(world.world(*make_parties(), width=width, narrow=width == 344))
    assert len(root.findall(".//rect")) == 1
    assert len(root.findall(".//circle")) == 2
    arcs = {path.get("class"): path.get("d") for path in root.iter("path") if "arc" in path.get("class")}
    assert {css: d.count("Q") for css, d in arcs.items()} == {"arc": 1, "arc operating": 1}
    _x, _y, wide, high = map(float, root.get("viewBox").split())
    for mark in root.iter("circle"):
        assert 0 <= float(mark.get("cx")) <= wide
        assert 0 <= float(mark.get("cy")) <= high
    assert [text.text for text in root.iter("text")] == ["United States", "Nauru <b>"]


def test_names_on_the_map_never_overlap():
    crowd = [Party(f"Land {n}", 10 + n / 2, 20 + n, f"/{n}/", receives=(Status.TALKS,) * 2) for n in range(40)]
    root = ET.fromstring(world.world(crowd, []))
    boxes = []
    for text in root.iter("text"):
        x, y, long = float(text.get("x")), float(text.get("y")), 6.4 * len(text.text)
        left = x - {"end": long, "middle": long / 2}.get(text.get("text-anchor"), 0)
        boxes.append((left, y - 10, left + long, y + 3))
    assert boxes
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_the_figure_of_the_map_is_valid_and_takes_its_land_from_nowhere_else():
    figure = json.loads(figures.world(*make_parties()))
    go.Figure(figure)
    assert "http" not in json.dumps(figure)
    used = set(re.findall(r"#[0-9a-f]{6}", json.dumps({**figure, "layout": {**figure["layout"], "meta": None}})))
    assert used <= set(figure["layout"]["meta"]["dark"])
    assert figure["layout"]["meta"]["dark"][LAND[0]] == LAND[1]
    receivers = figure["data"][2]
    assert receivers["text"][1] == "Nauru &lt;b&gt;<br>As receiver: in talks 1, ended 1"
    go.Figure(json.loads(figures.world([], [])))


def test_no_parties_are_no_map():
    assert world.world([], []) == ""


# --- People moved ---------------------------------------------------------------------------------


def columns(*rows: Moved, months: list[dt.date] | None = None) -> ET.Element:
    moved = history.people_by_month(rows).months
    return ET.fromstring(people.monthly(moved, months=months or people.last_months(day("2025-12-05"), 12)))


def test_a_column_is_solid_up_to_the_lowest_count_and_pale_up_to_the_highest():
    root = columns(Moved(day("2025-08-16"), 10, 40), Moved(day("2025-09-01"), 20, 20))
    least = [float(rect.get("height")) for rect in root.iter("rect") if rect.get("class") == "least"]
    most = [float(rect.get("height")) for rect in root.iter("rect") if rect.get("class") == "most"]
    assert len(least) == 2
    assert len(most) == 1
    assert least[1] == pytest.approx(2 * least[0], abs=0.2)
    assert most[0] == pytest.approx(3 * least[0], abs=0.3)


def test_groups_without_a_count_are_a_plus_or_a_question_mark():
    root = columns(
        Moved(day("2025-07-16"), 5, 5),
        Moved(day("2025-08-16"), 10, 40),
        Moved(day("2025-08-17"), None, None),
        Moved(day("2025-09-01"), None, None),
    )
    labels = [text.text for text in root.iter("text")]
    assert {"5", "10–40+", "?"} <= set(labels)


def test_no_count_is_no_picture():
    assert people.monthly([], months=people.last_months(day("2025-12-05"), 12)) == ""
    uncounted = history.people_by_month([Moved(day("2025-09-01"), None, None)]).months
    assert people.monthly(uncounted, months=people.last_months(day("2025-12-05"), 12)) == ""


def test_the_last_months_end_with_that_of_today():
    months = people.last_months(day("2026-02-28"), 14)
    assert (months[0], months[-1], len(months)) == (day("2025-01-01"), day("2026-02-01"), 14)


@pytest.mark.parametrize(
    "picture",
    [
        compare.comparison(make_lines(RWANDA, BRITAIN)),
        compare.comparison(make_lines(RWANDA, BRITAIN), width=344, narrow=True),
        world.world(*make_parties()),
        people.monthly(
            history.people_by_month([Moved(day("2025-08-16"), 1, 2)]).months,
            months=people.last_months(day("2025-12-05"), 12),
        ),
    ],
)
def test_a_picture_is_well_formed_labelled_and_carries_no_style_of_its_own(picture):
    root = ET.fromstring(picture)
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert not [element for element in root.iter() if element.get("style") or element.get("fill")]
