"""How records are asked for: what follows from published records alone, on either engine."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agreements.models import Agreement, Payment, Statement, StatusChange, Transfer
from agreements.querysets import in_period
from agreements.vocabulary import Precision, State, Status
from tests.factories import make_agreement, make_payment, make_source, make_statement, make_status_change, make_transfer

pytestmark = pytest.mark.django_db


def steps(*path: tuple, agreement: Agreement | None = None) -> Agreement:
    """An agreement with steps, each a status, a date, and maybe a precision and a state."""
    agreement = agreement or make_agreement()
    for number, (status, date, *more) in enumerate(path, start=1):
        precision = next((word for word in more if isinstance(word, Precision)), Precision.DAY)
        state = next((word for word in more if isinstance(word, State)), State.PUBLISHED)
        make_status_change(
            agreement, step=number, status=status, date=dt.date.fromisoformat(date), precision=precision, state=state
        )
    return agreement


def standing(agreement: Agreement) -> tuple:
    """Current status, since, how exactly, first report, latest change: days as text."""
    found = Agreement.objects.with_current_status().get(pk=agreement.pk)
    days = [str(day) if day else None for day in (found.since, found.first_report, found.last_change)]
    return found.current_status, days[0], found.since_precision, days[1], days[2]


# --- Where an agreement stands --------------------------------------------------------------------
def test_an_agreement_without_a_step_stands_nowhere():
    assert standing(make_agreement()) == (None, None, None, None, None)


def test_the_current_status_is_that_of_the_last_step():
    agreement = steps(("reported", "2025-04-01"), ("talks", "2025-05-04"), ("signed", "2025-06-02"))
    assert standing(agreement) == ("signed", "2025-06-02", "day", "2025-04-01", "2025-06-02")


def test_a_repeat_confirms_and_starts_no_new_count():
    agreement = steps(
        ("talks", "2025-05-04"), ("signed", "2025-06-02"), ("signed", "2025-08-04"), ("signed", "2025-09-01")
    )
    assert standing(agreement) == ("signed", "2025-06-02", "day", "2025-05-04", "2025-09-01")


def test_repeats_from_the_first_step_on_are_one_run():
    agreement = steps(("talks", "2025-05-04"), ("talks", "2025-06-02"))
    assert standing(agreement) == ("talks", "2025-05-04", "day", "2025-05-04", "2025-06-02")


def test_a_status_that_is_reached_again_begins_anew():
    agreement = steps(
        ("operating", "2024-01-01"),
        ("suspended", "2024-03-01"),
        ("suspended", "2024-04-01"),
        ("operating", "2024-06-01"),
        ("operating", "2024-07-01"),
    )
    assert standing(agreement)[:2] == ("operating", "2024-06-01")


def test_an_interruption_that_is_not_published_interrupts_nothing():
    agreement = steps(
        ("operating", "2024-01-01"), ("suspended", "2024-03-01", State.WITHDRAWN), ("operating", "2024-06-01")
    )
    assert standing(agreement)[:2] == ("operating", "2024-01-01")


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN])
def test_only_published_steps_count(state):
    agreement = steps(("rejected", "2020-01-01", state), ("talks", "2025-05-04"), ("signed", "2025-06-02", state))
    assert standing(agreement) == ("talks", "2025-05-04", "day", "2025-05-04", "2025-05-04")
    assert standing(steps(("talks", "2025-05-04", state), agreement=make_agreement(receiver="UGA"))) == (None,) * 5


def test_the_order_is_that_of_the_steps_where_dates_are_imprecise():
    agreement = steps(
        ("talks", "2025-05-04"), ("signed", "2025-05-01", Precision.MONTH), ("in-force", "2025-01-01", Precision.YEAR)
    )
    assert standing(agreement) == ("in-force", "2025-01-01", "year", "2025-05-04", "2025-05-04")


def test_since_is_as_exact_as_the_first_step_of_the_run_and_no_more():
    agreement = steps(
        ("talks", "2025-04-10"), ("signed", "2025-06-01", Precision.MONTH), ("signed", "2025-08-04", Precision.DAY)
    )
    assert standing(agreement)[:3] == ("signed", "2025-06-01", "month")


def test_steps_of_one_agreement_say_nothing_of_another():
    one = steps(("talks", "2025-05-04"), ("ended", "2025-09-01"))
    two = steps(("reported", "2025-01-01"), agreement=make_agreement(receiver="UGA"))
    assert (standing(one)[0], standing(two)[0]) == ("ended", "reported")


def test_a_step_beyond_the_ninth_is_the_later_one():
    """Steps are numbers; by their ids the tenth would stand before the second."""
    agreement = steps(*[("talks", f"2025-01-{day:02}") for day in range(1, 11)], ("signed", "2025-02-01"))
    assert standing(agreement)[:2] == ("signed", "2025-02-01")


# --- What the public may see ----------------------------------------------------------------------
def test_published_leaves_out_every_other_state():
    made = {state: make_source(f"source-{state}", state=state) for state in State}
    source = made[State.PUBLISHED]
    assert list(type(source).objects.published()) == [source]


def test_sources_come_published_and_in_their_order():
    third, first, draft = make_source("third"), make_source("first"), make_source("draft", state=State.DRAFT)
    make_agreement(sources=[third, draft, first])
    [agreement] = Agreement.objects.published().with_sources()
    assert [citation.source_id for citation in agreement.citations.all()] == ["third", "first"]


# --- Periods --------------------------------------------------------------------------------------
DAYS = st.dates(dt.date(2023, 11, 1), dt.date(2026, 2, 28))


def last_day(date: dt.date, precision: Precision) -> dt.date:
    """The last day that a date may mean, worked out by counting on."""
    day = date
    alike = {Precision.DAY: (0, 1, 2), Precision.MONTH: (0, 1), Precision.YEAR: (0,)}[precision]
    while True:
        following = day + dt.timedelta(days=1)
        if any(following.timetuple()[place] != date.timetuple()[place] for place in alike):
            return day
        day = following


def test_a_period_is_found_where_it_overlaps_the_days_asked_for():
    make_agreement()
    dates = [
        *[(dt.date(year, 1, 1), Precision.YEAR) for year in (2024, 2025)],
        *[(dt.date(2024 + m // 12, m % 12 + 1, 1), Precision.MONTH) for m in range(0, 24, 3)],
        *[(dt.date(2024, 1, 1) + dt.timedelta(days=days), Precision.DAY) for days in range(0, 730, 41)],
        *[(dt.date(2024, 2, 29), Precision.DAY), (dt.date(2024, 2, 1), Precision.MONTH)],
        *[(dt.date(2025, 12, 31), Precision.DAY), (dt.date(2025, 12, 1), Precision.MONTH)],
    ]
    meant = {make_transfer(date=date, precision=p).pk: (date, last_day(date, p)) for date, p in dates}

    @given(st.none() | DAYS, st.none() | DAYS)
    @example(dt.date(2024, 2, 29), dt.date(2024, 2, 29))
    @example(dt.date(2025, 12, 31), None)
    @example(None, dt.date(2024, 1, 1))
    @example(dt.date(2025, 6, 1), dt.date(2024, 6, 1))
    def overlaps(first: dt.date | None, last: dt.date | None) -> None:
        found = set(Transfer.objects.filter(in_period(first, last)).values_list("pk", flat=True))
        expected = {
            pk
            for pk, (begins, ends) in meant.items()
            if (first is None or ends >= first) and (last is None or begins <= last)
        }
        assert found == expected

    overlaps()


def test_what_has_no_date_is_in_no_period_and_in_all_time():
    undated = make_payment(date=None)
    assert not Payment.objects.filter(in_period(dt.date(1, 1, 1), None)).exists()
    assert not Payment.objects.filter(in_period(None, dt.date.max)).exists()
    assert Payment.objects.filter(in_period(None, None)).get() == undated


def test_a_period_is_asked_for_over_a_relation():
    make_status_change(date=dt.date(2025, 5, 1), precision=Precision.MONTH)
    found = Agreement.objects.filter(in_period(dt.date(2025, 5, 31), None, prefix="status_changes__"))
    assert [each.pk for each in found] == ["us-rw-2025"]
    assert not Agreement.objects.filter(in_period(dt.date(2025, 6, 1), None, prefix="status_changes__")).exists()


# --- Order ----------------------------------------------------------------------------------------
def test_date_order_is_first_day_then_the_longer_period_then_id():
    year = make_statement(id="d", date=dt.date(2025, 1, 1), precision=Precision.YEAR)
    month = make_statement(id="c", date=dt.date(2025, 1, 1), precision=Precision.MONTH)
    day = make_statement(id="b", date=dt.date(2025, 1, 1))
    same_day = make_statement(id="a", date=dt.date(2025, 1, 1))
    before = make_statement(id="z", date=dt.date(2024, 12, 31))
    assert list(Statement.objects.in_date_order()) == [before, year, month, same_day, day]
    assert list(Statement.objects.in_date_order().reverse()) == [day, same_day, month, year, before]


def test_steps_of_one_day_keep_their_order_whatever_their_ids():
    agreement = make_agreement()
    second = make_status_change(agreement, id="a", step=2, status=Status.SIGNED)
    first = make_status_change(agreement, id="b", step=1)
    tenth = make_status_change(agreement, id="a-a", step=10, status=Status.ENDED)
    assert list(StatusChange.objects.in_date_order()) == [first, second, tenth]


def test_undated_records_come_last_on_either_engine():
    undated = make_payment(id="a", date=None)
    dated = make_payment(id="b", date=dt.date(2025, 6, 1))
    assert list(Payment.objects.in_date_order()) == [dated, undated]
