"""Rows that share an axis of time, and what was said over time, without a database."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.charts import lives
from agreements.charts.scale import TimeScale, shared_start
from agreements.history import Period, partial_period, stances_over_time
from agreements.vocabulary import Precision, Stance, Status
from tests.test_history import TODAY, Said, Speaker, make_path

AXIS = TimeScale(dt.date(2025, 1, 1), TODAY, 0, 99)
SPEAKER = Speaker("RWA")


def said(date: str, stance: Stance = Stance.CONFIRMS, precision: str = Precision.DAY) -> Said:
    return Said(f"s-{date}", stance, SPEAKER, dt.date.fromisoformat(date), precision)


def parts(picture: str, css: str) -> list[ET.Element]:
    return [element for element in ET.fromstring(picture).iter() if element.get("class") == css]


# --- Bars -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("status", "form"),
    [
        (Status.REPORTED, {"case"}),
        (Status.TALKS, {"case", "level"}),
        (Status.OPERATING, {"case", "level", "moving"}),
        (Status.SUSPENDED, {"paused"}),
        (Status.ENDED, {"over"}),
        (Status.REJECTED, {"refused"}),
    ],
)
def test_the_form_of_a_bar_tells_its_status_without_the_colour(status, form):
    drawn = ET.fromstring(lives.bar(make_path(("2025-05-04", status)), axis=AXIS))
    [group] = [element for element in drawn if element.get("class") == f"status-{status}"]
    assert {element.get("class") for element in group if element.tag != "title"} == form


def test_every_status_has_a_form_of_its_own():
    forms = {
        tuple(sorted((e.get("class"), e.get("height")) for e in ET.fromstring(lives.swatch(status))))
        for status in Status
    }
    assert len(forms) == len(Status)


def test_a_bar_is_fuller_with_each_step_of_progress():
    steps = (Status.TALKS, Status.AGREED, Status.SIGNED, Status.IN_FORCE)
    levels = [float(parts(lives.swatch(status), "level")[0].get("height")) for status in steps]
    assert levels == sorted(set(levels))


def test_an_imprecise_date_is_a_band_as_long_as_its_period():
    path = make_path(("2025-05-01", Status.TALKS, Precision.MONTH), ("2025-07-03", Status.SIGNED))
    [band] = parts(lives.bar(path, axis=AXIS), "band")
    assert band.get("x") == f"{AXIS.x(dt.date(2025, 5, 1))}%"
    assert float(band.get("width")[:-1]) == pytest.approx(AXIS.x(dt.date(2025, 5, 31)) - AXIS.x(dt.date(2025, 5, 1)))


def test_what_began_before_the_axis_starts_at_its_edge_with_a_notch():
    path = make_path(("2019-05-01", Status.TALKS), ("2025-07-03", Status.SIGNED))
    picture = lives.bar(path, axis=AXIS)
    assert len(parts(picture, "earlier")) == 1
    assert [element.get("x") for element in parts(picture, "case")] == ["0.0%", f"{AXIS.x(dt.date(2025, 7, 3))}%"]
    assert not parts(lives.bar(make_path(("2025-05-01", Status.TALKS)), axis=AXIS), "earlier")


def test_what_ended_long_before_the_axis_leaves_no_trace_of_its_steps():
    path = make_path(("2019-05-01", Status.SIGNED), ("2021-07-01", Status.ENDED, Precision.MONTH))
    picture = lives.bar(path, axis=AXIS)
    assert not parts(picture, "case")
    assert not parts(picture, "band")
    assert len(parts(picture, "over")) == 1


def test_few_rows_that_begin_long_before_the_others_do_not_squeeze_the_axis():
    today = dt.date(2026, 11, 24)
    recent = [dt.date(2025, 1, 1 + n) for n in range(20)]
    assert shared_start([dt.date(2001, 9, 1), *recent], today) == dt.date(2025, 1, 1)
    # One of a few rows is no outlier.
    assert shared_start([dt.date(2001, 9, 1), *recent[:5]], today) == dt.date(2001, 9, 1)
    assert shared_start([dt.date(2024, 9, 1), *recent], today) == dt.date(2024, 9, 1)


# --- Offices --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("started", "ended", "words", "bands", "css"),
    [
        ("2025-02-03", "2025-09-04", "from 3 February 2025 until 4 September 2025", 0, "held"),
        ("2025-02", "2025-09", "from February 2025 until September 2025", 2, "held"),
        ("2025-02-03", "", "from 3 February 2025, end not known or still held", 0, "held open"),
        ("", "2025-09", "beginning not known until September 2025", 1, "held open"),
    ],
)
def test_an_office_is_a_span_with_its_ends_as_far_as_they_are_known(started, ended, words, bands, css):
    picture = lives.span(partial_period(started), partial_period(ended), axis=AXIS)
    assert ET.fromstring(picture).get("aria-label") == words
    assert len(parts(picture, "band")) == bands
    assert len(parts(picture, css)) == 1


def test_an_office_within_one_year_of_which_only_the_year_is_known_has_no_sure_part():
    picture = lives.span(partial_period("2025"), partial_period("2025"), axis=AXIS)
    assert not parts(picture, "held")
    assert len(parts(picture, "band")) == 2


def test_an_office_without_dates_has_no_picture():
    assert lives.span(None, None, axis=AXIS) == ""
    assert lives.span_words(None, None) == "dates not known"


# --- What was said --------------------------------------------------------------------------------
@pytest.mark.parametrize(("first", "months"), [("2023-12-04", 1), ("2018-03-04", 3), ("2010-05-04", 12)])
def test_columns_are_as_fine_as_their_number_allows(first, months):
    tally = stances_over_time([said(first), said("2025-05-04")], today=TODAY)
    assert tally.months == months
    assert sum(column.number for column in tally.columns) == 2


def test_what_is_dated_less_exactly_than_a_column_stands_beside_the_columns():
    statements = [said("2025-05-04"), said("2025-05-01", precision=Precision.MONTH)]
    statements += [said("2025-01-01", Stance.DENIES, Precision.YEAR)]
    tally = stances_over_time(statements, today=TODAY)
    assert [(column.first, column.last, column.number) for column in tally.columns] == [
        (dt.date(2025, 5, 1), dt.date(2025, 5, 31), 2)
    ]
    [vague] = tally.vague
    assert (vague.stance, vague.first, vague.last) == (Stance.DENIES, dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    assert tally.stances == [Stance.CONFIRMS, Stance.DENIES]


def test_in_years_every_statement_has_a_column():
    tally = stances_over_time([said("2001-01-01", precision=Precision.YEAR)], today=TODAY)
    assert (tally.months, tally.vague, tally.columns[0].number) == (12, (), 1)


def test_nothing_said_is_no_tally():
    assert stances_over_time([], today=TODAY) is None


@given(
    st.lists(
        st.tuples(
            st.dates(dt.date(1999, 1, 1), TODAY), st.sampled_from(list(Precision)), st.sampled_from(list(Stance))
        ),
        min_size=1,
        max_size=40,
    )
)
def test_each_statement_is_counted_once_and_never_in_a_shorter_time_than_it_may_mean(drawn):
    statements = [said(str(precision.first_day(day)), stance, precision) for day, precision, stance in drawn]
    tally = stances_over_time(statements, today=TODAY)
    assert sum(each.number for each in (*tally.columns, *tally.vague)) == len(statements)
    for statement in statements:
        period = Period.of(statement)
        assert any(
            each.stance is statement.stance and each.first <= period.first and period.last <= each.last
            for each in (*tally.columns, *tally.vague)
        )
    for stance in tally.stances:
        ET.fromstring(lives.lane(tally, stance, axis=lives.tally_axis(tally)))


def test_a_lane_says_its_numbers_in_words():
    tally = stances_over_time([said("2022-02-04"), said("2025-05-04"), said("2025-06-04")], today=TODAY)
    picture = lives.lane(tally, Stance.CONFIRMS, axis=lives.tally_axis(tally))
    assert ET.fromstring(picture).get("aria-label") == "Confirms. January to March 2022: 1; April to June 2025: 2"
    heights = [float(column.get("height")) for column in parts(picture, "column")]
    assert heights[0] < heights[1]
