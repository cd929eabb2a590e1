"""Negotiations counted from their first reports, without a database."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agreements import history
from agreements.history import Days
from agreements.vocabulary import Precision, Status, TextPublic
from tests.history.records import Change, day, steps

TODAY = day("2026-01-01")


def course(*written: str):
    return history.align(history.fold(steps(*written), today=TODAY))


def stretches(course) -> list[tuple[str, int, int]]:
    return [(str(each.status), each.start, each.end) for each in course.stretches]


def test_a_course_is_counted_from_its_first_report_to_today():
    found = course("2025-04-22 reported", "2025-05-04 talks", "2025-08-16 operating")
    assert stretches(found) == [("reported", 0, 12), ("talks", 12, 116), ("operating", 116, 254)]
    assert found.length == (TODAY - day("2025-04-22")).days
    assert all(each.known for each in found.stretches)


def test_what_ended_or_was_rejected_stops_there_and_what_went_on_does_not():
    assert course("2025-01-01 talks", "2025-01-11 rejected").length == 10
    assert course("2025-01-01 talks", "2025-01-11 ended").length == 10
    assert stretches(course("2025-12-01 talks", "2025-12-11 rejected", "2025-12-21 talks")) == [
        ("talks", 0, 10),
        ("rejected", 10, 20),
        ("talks", 20, 31),
    ]


def test_days_to_a_status_are_a_range_where_its_date_is_imprecise():
    found = course("2025-04-22 reported", "2025-05 talks", "2025-08-16 operating")
    assert found.days_to(Status.TALKS) == Days(9, 39)
    assert found.days_to(Status.OPERATING) == Days(116, 116)
    assert found.days_to(Status.SIGNED) is None
    assert [each.known for each in found.stretches] == [True, False, True]


def test_an_imprecise_first_report_leaves_no_later_day_known():
    found = course("2025-04 reported", "2025-05-04 talks")
    assert found.days_to(Status.REPORTED) == Days(0, 0)
    assert found.days_to(Status.TALKS) == Days(4, 33)
    assert not any(each.known for each in found.stretches)


def test_a_step_known_to_the_month_of_the_first_report_is_never_counted_before_it():
    assert course("2025-05-20 reported", "2025-05 talks").days_to(Status.TALKS) == Days(0, 11)


def test_a_negotiation_without_a_status_has_no_course():
    assert course() is None


def test_the_statuses_reached_by_any_are_in_the_order_of_progress():
    lines = [course("2025-01-01 signed", "2025-02-01 ended"), course("2025-01-01 reported", "2025-02-01 signed")]
    assert history.reached(lines) == [Status.REPORTED, Status.SIGNED, Status.ENDED]


drawn_steps = st.tuples(
    st.sampled_from(Status), st.dates(day("2020-01-01"), day("2025-12-31")), st.sampled_from(Precision)
)


def changes_of(drawn) -> list[Change]:
    return [
        Change(step, precision.first_day(date), status, precision, id=f"step-{step}")
        for step, (status, date, precision) in enumerate(drawn, start=1)
    ]


@given(st.lists(drawn_steps, min_size=1, max_size=8))
def test_a_course_never_runs_backwards_and_begins_where_its_dates_allow(drawn):
    found = history.align(history.fold(changes_of(drawn), today=TODAY))
    places = [place for each in found.stretches for place in (each.start, each.end)]
    assert places == sorted(places)
    assert places[0] == 0
    assert places[-1] == found.length
    for each in found.stretches:
        assert 0 <= each.within.low <= each.within.high


def test_who_is_bound_has_been_so_since_the_first_of_the_unbroken_binding_steps():
    path = history.fold(
        steps(
            "2024-01-01 signed", "2024-02-01 talks", "2025-03 signed", "2025-05-04 operating", "2025-06-01 suspended"
        ),
        today=TODAY,
    )
    assert history.is_secret(path, TextPublic.NO)
    assert (history.bound_since(path).first, history.bound_since(path).precision) == (day("2025-03-01"), "month")


def test_who_is_not_bound_has_no_day_since_when():
    for last in ("reported", "talks", "agreed", "ended", "rejected"):
        assert history.bound_since(history.fold(steps("2024-01-01 signed", f"2024-02-01 {last}"), today=TODAY)) is None
    assert history.bound_since(history.fold([], today=TODAY)) is None


@given(
    st.lists(st.lists(drawn_steps, max_size=6), max_size=4), st.lists(st.dates(day("2019-12-01"), day("2026-02-01")))
)
def test_each_negotiation_is_counted_where_it_stood_on_the_day(drawn, days):
    paths = [history.fold(changes_of(each), today=TODAY) for each in drawn]
    counts = history.statuses_over_time(paths, days=days)
    for place, each in enumerate(days):
        stood = [([None] + [change.status for change in path.changes if change.date <= each])[-1] for path in paths]
        assert {status: numbers[place] for status, numbers in counts.items()} == {
            status: stood.count(status) for status in Status
        }
