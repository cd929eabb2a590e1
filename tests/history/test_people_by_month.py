"""People moved by month, without a database: ranges, what is not counted, what is in no month."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agreements import history
from agreements.vocabulary import Counting, Precision
from tests.history.records import Moved, day


def by_month(*rows: Moved):
    return history.people_by_month(rows)


def ranges(moved) -> dict[str, tuple[int, int]]:
    return {str(each.period.first)[:7]: (each.people.low, each.people.high) for each in moved}


def test_groups_of_a_month_are_added_up_as_a_range():
    found = by_month(
        Moved(day("2025-08-16"), 7, 30),
        Moved(day("2025-08-01"), 1, 2, precision=Precision.MONTH),
        Moved(day("2025-10-10"), 3, 3),
    )
    assert ranges(found.months) == {"2025-08": (8, 32), "2025-10": (3, 3)}
    assert found.years == ()


def test_a_group_known_to_its_year_alone_is_in_no_month():
    found = by_month(Moved(day("2025-01-01"), 12, 12, precision=Precision.YEAR), Moved(day("2025-01-02"), 1, 1))
    assert ranges(found.months) == {"2025-01": (1, 1)}
    assert ranges(found.years) == {"2025-01": (12, 12)}
    assert found.years[0].period.last == day("2025-12-31")


def test_a_cumulative_row_is_never_added():
    found = by_month(Moved(day("2025-08-16"), 900, 900, counting=Counting.CUMULATIVE))
    assert (found.months, found.years) == ((), ())


def test_a_group_without_a_count_is_there_and_adds_nothing():
    [only] = by_month(Moved(day("2025-08-16"), None, None)).months
    assert (only.people.low, only.people.high, only.people.groups, only.people.uncounted) == (0, 0, 1, 1)


@given(
    st.lists(
        st.builds(
            Moved,
            date=st.dates(day("2020-01-01"), day("2025-12-31")),
            people_low=st.integers(0, 50),
            people_high=st.integers(50, 99),
            counting=st.sampled_from(Counting),
        )
    )
)
def test_the_months_hold_each_single_group_once(rows):
    found = by_month(*rows)
    firsts = [each.period.first for each in found.months]
    assert firsts == sorted(set(firsts))
    single = [row for row in rows if row.counting == Counting.SINGLE]
    assert sorted(row.id for each in found.months for row in each.transfers) == sorted(row.id for row in single)
    assert sum(each.people.low for each in found.months) == history.people_moved(rows).low
    assert sum(each.people.high for each in found.months) == history.people_moved(rows).high
