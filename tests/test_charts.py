"""Figures and pictures, without a database."""

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET

import plotly.graph_objects as go
import pytest

from agreements.charts import figures, lives, svg
from agreements.charts.figures import Lane, Mark
from agreements.charts.glyphs import GLYPHS
from agreements.charts.scale import TimeScale, date_words
from agreements.history import Period
from agreements.vocabulary import Precision, Stance, Status
from tests.test_history import make_path

MONTH = Period(dt.date(2025, 5, 1), dt.date(2025, 5, 31), Precision.MONTH)
DAY = Period(dt.date(2025, 5, 4), dt.date(2025, 5, 4), Precision.DAY)


def rwanda():
    return make_path(
        ("2025-04-22", Status.REPORTED),
        ("2025-05-01", Status.TALKS, Precision.MONTH),
        ("2025-06-01", Status.SIGNED, Precision.MONTH),
        ("2025-08-16", Status.OPERATING),
        ("2025-10-01", Status.SUSPENDED),
    )


def make_chart(path=None, **lanes):
    path = path or rwanda()
    texts = {change.id: f"text of {change.id}" for change in path.changes}
    defaults = {"said": [Lane("Rwanda", (Mark(DAY, "he said so", stance=Stance.CONFIRMS),))], "happened": []}
    return json.loads(figures.status_chart(path, change_texts=texts, **(defaults | lanes)))


def lines_of(figure, width):
    return [t for t in figure["data"] if t["mode"] == "lines" and t["line"]["width"] == width]


def test_the_stepped_line_falls_as_well_as_rises():
    segments = lines_of(make_chart(), 5)
    heights = [segment["y"][0] for segment in segments]
    assert [segment["line"]["color"] for segment in segments] == [
        status.colour for status in (Status.REPORTED, Status.TALKS, Status.SIGNED, Status.OPERATING, Status.SUSPENDED)
    ]
    assert heights[:4] == sorted(heights[:4])
    assert heights[4] < heights[3]
    assert all(segment["y"][0] == segment["y"][1] for segment in segments)


def test_the_line_runs_from_the_first_report_to_today():
    segments = lines_of(make_chart(), 5)
    assert segments[0]["x"][0] == "2025-04-22"
    assert segments[-1]["x"][1] == "2026-01-01"
    today = [shape for shape in make_chart()["layout"]["shapes"] if shape["type"] == "line"]
    assert [(line["x0"], line["x1"]) for line in today] == [("2026-01-01", "2026-01-01")]


def test_every_status_change_and_statement_can_be_pointed_at():
    targets = make_chart()["data"][-1]
    assert targets["text"] == [*(f"text of c-{n}" for n in range(1, 6)), "he said so"]
    assert len(targets["x"]) == len(targets["y"]) == 6


def test_imprecise_dates_are_bands_and_exact_ones_are_not():
    bands = lines_of(make_chart(), 13)
    assert [band["x"] for band in bands] == [
        ["2025-05-01", "2025-05-31", None],
        ["2025-06-01", "2025-06-30", None],
    ]
    said = lines_of(make_chart(said=[Lane("Rwanda", (Mark(MONTH, "so", stance=Stance.DENIES),))]), 7)
    assert [band["x"] for band in said] == [["2025-05-01", "2025-05-31", None]]
    assert not lines_of(make_chart(), 7)


def test_a_band_never_reaches_beyond_today():
    year = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31), Precision.YEAR)
    figure = make_chart(said=[Lane("Others", (Mark(year, "so", stance=Stance.CRITICISES),))])
    assert lines_of(figure, 7)[0]["x"][1] == "2026-01-01"


def test_said_stands_above_the_path_and_happened_below():
    figure = make_chart(happened=[Lane("People moved", (Mark(DAY, "a group", label="7–30"),))])
    rows = dict(zip(figure["layout"]["yaxis"]["ticktext"], figure["layout"]["yaxis"]["tickvals"], strict=True))
    assert rows["Rwanda"] > rows["Operating"] > rows["Suspended"] > rows["Reported"] > rows["People moved"]
    assert "Money" not in rows


def test_a_lane_without_a_mark_takes_no_room():
    figure = make_chart(said=[Lane("Rwanda", ()), Lane("Others", ())])
    assert figure["layout"]["height"] == figures.status_chart_height(levels=7, said=0, happened=0)


def test_the_figure_is_valid_and_says_how_to_recolour_it_for_dark_paper():
    figure = make_chart()
    go.Figure(figure)
    dark = figure["layout"]["meta"]["dark"]
    drawn = {**figure, "layout": {**figure["layout"], "meta": None}}
    used = set(re.findall(r"#[0-9a-f]{6}", json.dumps(drawn)))
    assert used <= set(dark)


def test_text_from_the_records_never_reads_as_a_tag():
    assert figures.wrapped("a <b>bold</b> & risky word", "") == "a &lt;b&gt;bold&lt;/b&gt; &amp; risky word"
    long = figures.wrapped("word " * 40)
    assert max(len(line) for line in long.split("<br>")) <= 60


def test_the_bars_of_a_country_are_one_row_an_agreement():
    figure = json.loads(
        figures.country_bars(
            [("US – Rwanda (2025)", rwanda()), ("UK – Rwanda", make_path(("2022-04-14", Status.SIGNED)))]
        )
    )
    go.Figure(figure)
    assert figure["layout"]["yaxis"]["ticktext"] == ["US – Rwanda (2025)", "UK – Rwanda"]
    drawn = {(y, bar["marker"]["color"]) for bar in figure["data"] for y in bar["y"]}
    assert (1, Status.SIGNED.colour) in drawn
    assert len([pair for pair in drawn if pair[0] == 0]) == 5


def test_the_stack_counts_each_negotiation_once_a_day():
    days = [dt.date(2025, 4, 30), dt.date(2025, 9, 1)]
    figure = json.loads(figures.status_stack([rwanda(), rwanda()], days=days))
    go.Figure(figure)
    assert {trace["name"]: trace["y"] for trace in figure["data"]} == {"Operating": [0, 2], "Reported": [2, 0]}


def test_a_figure_of_nothing_is_still_a_figure():
    go.Figure(json.loads(figures.status_stack([], days=[])))
    go.Figure(json.loads(figures.country_bars([])))


@pytest.mark.parametrize(
    "picture",
    [
        svg.track(rwanda()),
        svg.status_path(rwanda()),
        svg.status_path(rwanda(), width=344, narrow=True),
        lives.bar(rwanda(), axis=TimeScale(dt.date(2025, 1, 1), dt.date(2026, 1, 1), 0, 99)),
        svg.stack([rwanda()], days=[dt.date(2025, 4, 30), dt.date(2025, 9, 1)]),
    ],
)
def test_a_picture_is_well_formed_labelled_and_carries_no_style_of_its_own(picture):
    root = ET.fromstring(picture)
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert not [element for element in root.iter() if element.get("style") or element.get("fill")]


def test_the_track_tells_the_path_in_words_and_shows_each_run_once():
    root = ET.fromstring(svg.track(rwanda()))
    assert root.get("aria-label") == (
        "Reported 22 April 2025, In talks May 2025, Signed June 2025, Operating 16 August 2025, "
        "Suspended 1 October 2025"
    )
    runs = [path.get("class") for path in root.iter("path") if "run" in path.get("class")]
    assert runs == [f"run status-{s}" for s in ("reported", "talks", "signed", "operating", "suspended")]


def test_a_negotiation_without_a_status_has_no_picture():
    path = make_path()
    axis = TimeScale(dt.date(2025, 1, 1), dt.date(2026, 1, 1), 0, 99)
    assert (svg.track(path), svg.status_path(path), lives.bar(path, axis=axis)) == ("", "", "")


def test_levels_are_those_reached_and_the_progress_between_them():
    assert svg.levels_of(make_path(("2025-01-01", Status.TALKS), ("2025-02-01", Status.SIGNED))) == [
        Status.TALKS,
        Status.AGREED,
        Status.SIGNED,
    ]
    assert svg.levels_of(make_path(("2025-01-01", Status.REPORTED), ("2025-02-01", Status.REJECTED))) == [
        Status.REJECTED,
        Status.REPORTED,
    ]


@pytest.mark.parametrize("term", list(GLYPHS), ids=str)
def test_a_glyph_stays_in_its_box(term):
    numbers = [number for part in GLYPHS[term] for _letter, points in part.commands for number in points]
    assert max(map(abs, numbers)) <= 8
    ET.fromstring(svg.glyph(term))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2025-04-22", "2025-08-16", ["May 2025", "Jun", "Jul", "Aug"]),
        ("2024-11-05", "2025-06-01", ["Dec 2024", "Jan 2025", "Feb", "Mar", "Apr", "May", "Jun"]),
        ("2001-09-01", "2026-11-23", ["2005", "2010", "2015", "2020", "2025"]),
    ],
)
def test_ticks_stand_at_the_beginnings_of_months_or_years(first, last, expected):
    scale = TimeScale(dt.date.fromisoformat(first), dt.date.fromisoformat(last), 0, 100)
    ticks = scale.ticks(9)
    assert [label for _x, label in ticks] == expected
    assert len(ticks) <= 9


@pytest.mark.parametrize(("precision", "words"), [("day", "1 May 2025"), ("month", "May 2025"), ("year", "2025")])
def test_a_date_is_written_as_exactly_as_it_is_known(precision, words):
    assert date_words(dt.date(2025, 5, 1), precision) == words
