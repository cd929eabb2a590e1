"""The folded path of a negotiation and what follows from it, without a database."""

import datetime as dt
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements import history
from agreements.history import Days, Period
from agreements.vocabulary import Confirmation, Counting, Precision, Side, SpeaksFor, Stage, Stance, Status

TODAY = dt.date(2026, 1, 1)


@dataclass
class Change:
    id: str
    step: int
    date: dt.date
    status: Status
    precision: str = Precision.DAY
    note: str = "what happened"


@dataclass
class Speaker:
    country_id: str | None
    speaks_for: str = SpeaksFor.GOVERNMENT


@dataclass
class Said:
    id: str
    stance: Stance
    official: Speaker
    date: dt.date = dt.date(2025, 5, 4)
    precision: str = Precision.DAY


@dataclass
class Moved:
    id: str
    people_low: int | None
    people_high: int | None
    counting: str = Counting.SINGLE
    counted_by: str = "press"
    date: dt.date = dt.date(2025, 5, 4)
    precision: str = Precision.DAY


@dataclass
class Paid:
    id: str
    amount: int
    stage: Stage
    part_of_id: str | None = None
    currency: str = "USD"


@dataclass
class Held:
    id: str
    started: str = ""
    ended: str = ""


@dataclass
class Undated:
    id: str
    date: dt.date | None = None
    precision: str = ""
    extra: dict = field(default_factory=dict)


def make_path(*steps: tuple, today=TODAY):
    """A path from (date, status) or (date, status, precision), in the order of the steps."""
    changes = [
        Change(f"c-{number}", number, dt.date.fromisoformat(step[0]), step[1], *step[2:])
        for number, step in enumerate(steps, start=1)
    ]
    return history.fold(changes, today=today)


def test_the_current_status_is_that_of_the_last_step_whatever_the_dates_and_ids():
    changes = [
        Change("b", 2, dt.date(2025, 5, 1), Status.SIGNED, Precision.MONTH),
        Change("a", 1, dt.date(2025, 5, 4), Status.TALKS),
    ]
    assert history.fold(changes, today=TODAY).current is Status.SIGNED


def test_since_is_the_first_step_of_the_unbroken_run():
    path = make_path(
        ("2025-01-01", Status.OPERATING),
        ("2025-02-01", Status.SUSPENDED),
        ("2025-03-01", Status.OPERATING),
        ("2025-04-01", Status.OPERATING),
    )
    assert path.since == Period(dt.date(2025, 3, 1), dt.date(2025, 3, 1), Precision.DAY)
    assert [change.id for change in path.current_run] == ["c-3", "c-4"]


def test_a_repeat_confirms_and_is_no_transition():
    path = make_path(("2025-01-01", Status.TALKS), ("2025-02-01", Status.TALKS), ("2025-03-01", Status.SIGNED))
    assert [change.id for change in path.transitions] == ["c-1", "c-3"]
    assert [len(segment.changes) for segment in path.segments] == [2, 1]


def test_a_negotiation_without_steps_has_no_status():
    path = make_path()
    assert (path.current, path.since, path.first_report, path.days_in_status) == (None, None, None, None)


def test_a_step_known_to_its_month_starts_no_earlier_than_the_step_before_it():
    path = make_path(("2025-05-04", Status.TALKS), ("2025-05-01", Status.SIGNED, Precision.MONTH))
    assert [(segment.start, segment.end) for segment in path.segments] == [
        (dt.date(2025, 5, 4), dt.date(2025, 5, 4)),
        (dt.date(2025, 5, 4), TODAY),
    ]


def test_days_since_an_imprecise_date_are_a_range():
    path = make_path(("2025-12-01", Status.TALKS, Precision.MONTH), today=dt.date(2026, 1, 10))
    assert path.days_in_status == Days(10, 40)


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        (("2025-04-22", "day"), ("2025-06-01", "month"), Days(40, 69)),
        (("2025-06-01", "month"), ("2025-06-10", "day"), Days(0, 9)),
        (("2025-06-10", "day"), ("2025-06-03", "day"), Days(-7, -7)),
    ],
)
def test_durations_between_imprecise_dates_are_ranges(earlier, later, expected):
    first, second = (
        Period.of(Undated("x", dt.date.fromisoformat(date), precision)) for date, precision in (earlier, later)
    )
    assert first.until(second) == expected


def test_sorting_is_by_first_day_then_longer_period_then_step_then_id_and_undated_last():
    records = [
        Undated("undated"),
        Undated("b", dt.date(2025, 5, 1), Precision.DAY),
        Undated("a", dt.date(2025, 5, 1), Precision.DAY),
        Change("z", 1, dt.date(2025, 5, 1), Status.TALKS),
        Undated("month", dt.date(2025, 5, 1), Precision.MONTH),
        Undated("before", dt.date(2025, 4, 30), Precision.DAY),
    ]
    assert [record.id for record in sorted(records, key=history.date_order)] == [
        "before",
        "month",
        "a",
        "b",
        "z",
        "undated",
    ]


steps = st.lists(
    st.tuples(st.dates(dt.date(2001, 1, 1), dt.date(2026, 12, 31)), st.sampled_from(list(Status))), max_size=12
)


@given(steps)
def test_folded_history_keeps_every_step_once_and_never_runs_backwards(drawn):
    path = make_path(*((day.isoformat(), status) for day, status in drawn))
    assert [change.status for change in path.changes] == [status for _day, status in drawn]
    assert [change for segment in path.segments for change in segment.changes] == list(path.changes)
    assert all(segment.start <= segment.end for segment in path.segments)
    for before, after in zip(path.segments, path.segments[1:], strict=False):
        assert before.end == after.start
        assert before.status != after.status
    assert len(path.transitions) == len(path.segments)
    if drawn:
        assert path.current is drawn[-1][1] is path.segments[-1].status
        assert path.since.first == path.segments[-1].changes[0].date


@given(steps, st.dates(dt.date(2000, 1, 1), dt.date(2027, 1, 1)))
def test_each_negotiation_is_counted_once_at_most_on_any_day(drawn, day):
    path = make_path(*((each.isoformat(), status) for each, status in drawn))
    counts = history.statuses_over_time([path, path], days=[day])
    begun = any(each <= day for each, _status in drawn)
    assert sum(numbers[0] for numbers in counts.values()) == (2 if begun else 0)


# --- Who confirms it ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("speaks_for", "country", "side"),
    [
        (SpeaksFor.GOVERNMENT, "USA", Side.SENDER),
        (SpeaksFor.GOVERNMENT, "RWA", Side.RECEIVER),
        (SpeaksFor.GOVERNMENT, "GBR", Side.OTHERS),
        (SpeaksFor.JUDICIARY, "USA", Side.COURTS),
        (SpeaksFor.PARLIAMENT, "USA", Side.OTHERS),
        (SpeaksFor.OPPOSITION, "RWA", Side.OTHERS),
        (SpeaksFor.INTERNATIONAL, None, Side.OTHERS),
        ("", "USA", Side.OTHERS),
    ],
)
def test_the_side_follows_from_whom_the_official_serves(speaks_for, country, side):
    assert history.side_of(Speaker(country, speaks_for), sender="USA", receiver="RWA") is side


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        ([], Confirmation.SILENT),
        ([Stance.OPPOSES, Stance.CRITICISES], Confirmation.SILENT),
        ([Stance.SUPPORTS], Confirmation.CONFIRMS),
        ([Stance.CONDITIONS], Confirmation.CONFIRMS),
        ([Stance.CONFIRMS, Stance.DENIES], Confirmation.DENIES),
        ([Stance.DENIES, Stance.CONFIRMS], Confirmation.CONFIRMS),
        ([Stance.CONFIRMS, Stance.DECLINES], Confirmation.CONFIRMS),
        ([Stance.DECLINES, Stance.OPPOSES], Confirmation.DECLINES),
    ],
)
def test_the_latest_that_confirms_or_denies_wins_else_the_latest_that_declines(stances, expected):
    statements = [
        Said(f"s-{number}", stance, Speaker("RWA"), dt.date(2025, 5, number))
        for number, stance in enumerate(stances, start=1)
    ]
    words = history.confirmation(reversed(statements), sender="USA", receiver="RWA")
    assert words[Side.RECEIVER].confirmation is expected
    assert words[Side.SENDER].confirmation is Confirmation.SILENT


def said_by_rwanda(*said: tuple[str, Stance, str]) -> history.Word:
    statements = [
        Said(
            id,
            stance,
            Speaker("RWA"),
            dt.date.fromisoformat(f"{date}-01"[:10]),
            precision="day" if date[7:] else "month",
        )
        for id, stance, date in said
    ]
    return history.confirmation(statements, sender="USA", receiver="RWA")[Side.RECEIVER]


def test_of_a_yes_and_a_no_of_one_date_neither_is_lost():
    word = said_by_rwanda(("a", Stance.DENIES, "2025-05-04"), ("b", Stance.SUPPORTS, "2025-05-04"))
    assert (word.confirmation, word.statement.id, word.other.id) == (Confirmation.CONFIRMS, "b", "a")
    # A month is no day of it, and an older word was taken back.
    for date in ("2025-05", "2025-05-03"):
        assert said_by_rwanda(("a", Stance.DENIES, date), ("b", Stance.SUPPORTS, "2025-05-04")).other is None
    assert said_by_rwanda(("a", Stance.CONFIRMS, "2025-05"), ("b", Stance.DENIES, "2025-05")).other.id == "a"
    assert said_by_rwanda(("a", Stance.CONFIRMS, "2025-05"), ("b", Stance.SUPPORTS, "2025-05")).other is None


def test_who_opposes_says_nothing_of_whether_it_is_so_and_yet_is_heard():
    word = said_by_rwanda(("a", Stance.CRITICISES, "2025-05-03"), ("b", Stance.OPPOSES, "2025-05-04"))
    assert (word.confirmation, word.statement, word.remark.id) == (Confirmation.SILENT, None, "b")
    word = said_by_rwanda(("a", Stance.CRITICISES, "2025-05-03"), ("b", Stance.DECLINES, "2025-05-02"))
    assert (word.confirmation, word.statement.id, word.remark.id) == (Confirmation.DECLINES, "b", "a")


# --- People, money, offices -----------------------------------------------------------------------


def test_people_moved_is_the_range_of_single_rows_and_never_adds_a_total():
    people = history.people_moved(
        [
            Moved("a", 1, 1),
            Moved("b", 7, 30, counted_by="receiver"),
            Moved("c", None, None),
            Moved("d", 900, 950, Counting.CUMULATIVE, date=dt.date(2025, 7, 1)),
            Moved("e", 1000, 1000, Counting.CUMULATIVE, date=dt.date(2025, 8, 1)),
        ]
    )
    assert (people.low, people.high, people.groups, people.uncounted) == (8, 31, 3, 1)
    assert people.cumulative.id == "e"
    assert people.counted_by == ("press", "receiver")


def test_money_is_listed_by_stage_and_a_part_stands_behind_its_whole():
    listed = history.money_by_stage(
        [
            Paid("a", 370, Stage.PROMISED),
            Paid("b", 120, Stage.PROMISED, part_of_id="a"),
            Paid("c", 100, Stage.PAID, part_of_id="a"),
            Paid("d", 140, Stage.PAID, part_of_id="a"),
            Paid("e", 500, Stage.REQUESTED),
        ]
    )
    assert [(m.stage, [p.id for p in m.payments], m.parts) for m in listed] == [
        (Stage.PROMISED, ["a"], False),
        (Stage.REQUESTED, ["e"], False),
        (Stage.PAID, ["d", "c"], True),
    ]


def test_a_text_is_secret_only_once_somebody_is_bound_by_it():
    assert history.is_secret(make_path(("2025-01-01", Status.SIGNED)), "no")
    assert not history.is_secret(make_path(("2025-01-01", Status.TALKS)), "no")
    assert not history.is_secret(make_path(("2025-01-01", Status.OPERATING)), "partly")
    assert not history.is_secret(make_path(), "no")


DAY = Period(dt.date(2025, 5, 4), dt.date(2025, 5, 4), Precision.DAY)


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        ([], None),
        ([Held("a", "2024-06", "")], "a"),
        ([Held("a", "2024", "2024"), Held("b", "2025-05-04", "2025-05-04")], "b"),
        ([Held("a", "2020", ""), Held("b", "2024-01-01", "")], "b"),
        ([Held("a"), Held("b", "2024", "")], "b"),
        ([Held("a"), Held("b", "2020", "2021")], "a"),
        ([Held("b"), Held("a")], "a"),
        ([Held("a", "", "2025-05"), Held("b", "", "2025-04")], "a"),
        ([Held("a", "2025-06", "")], None),
    ],
)
def test_the_office_shown_is_the_one_held_on_the_day(positions, expected):
    office = history.office_on(positions, DAY)
    assert (office.id if office else None) == expected


def test_month_ends_lead_from_the_first_month_to_today():
    assert history.month_ends(dt.date(2025, 11, 20), TODAY) == [
        dt.date(2025, 11, 30),
        dt.date(2025, 12, 31),
        TODAY,
    ]


@pytest.mark.parametrize(
    ("statuses", "attempt"),
    [
        ("talks signed", "talks signed"),
        ("talks rejected talks signed", "talks signed"),
        ("talks rejected", "talks rejected"),
        ("signed ended ended", "signed ended ended"),
        ("signed ended reported rejected", "reported rejected"),
        ("signed suspended operating", "signed suspended operating"),
        ("", ""),
    ],
)
def test_the_latest_attempt_begins_after_the_last_end_that_was_not_the_last_word(statuses, attempt):
    path = make_path(*((f"2025-{month:02}-01", Status(each)) for month, each in enumerate(statuses.split(), start=1)))
    assert " ".join(change.status for change in path.attempt) == attempt
