"""Each computed sentence: said of the records that it rests on, and not without any one of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

import pytest

from agreements import history
from agreements.history import Days
from agreements.vocabulary import Counting, Precision, Rule, Side, Stage, Stance
from tests.history.records import Agreement, Case, Moved, Paid, Said, Speaker, day, steps

TODAY = dt.date(2026, 1, 1)
US, RWANDA = Speaker("USA", id="us"), Speaker("RWA", id="rw")


@dataclass(frozen=True)
class Told:
    """What is on record, and one finding that follows from it: its figures, and the ids that it rests on."""

    steps: tuple[str, ...] = ()
    statements: tuple[Said, ...] = ()
    transfers: tuple[Moved, ...] = ()
    payments: tuple[Paid, ...] = ()
    proceedings: tuple[Case, ...] = ()
    agreement: Agreement = field(default_factory=lambda: Agreement(cap=None))
    figures: dict = field(default_factory=dict)
    rests_on: tuple[str, ...] = ()

    def findings(
        self, rule: Rule, *, without: str = "", today: dt.date = TODAY, as_of_a_day: bool = False
    ) -> list[history.Finding]:
        """What is said by a rule of the records, or of those that are left when one of them is not on record."""

        def left(records):
            return [record for record in records if record.id != without]

        found = history.findings(
            self.agreement,
            history.fold(left(steps(*self.steps)), today=today),
            statements=left(self.statements),
            transfers=left(self.transfers),
            payments=left(self.payments),
            proceedings=left(self.proceedings),
            as_of_a_day=as_of_a_day,
        )
        return [finding for finding in found if finding.rule == rule]


def said(id, stance, who, date, change=None, precision=Precision.DAY):
    return Said(Stance(stance), who, day(date), change, precision, id=id)


def moved(id, date, low=7, high=7, **more):
    return Moved(day(date), low, high, id=id, **more)


TELLING = {
    Rule.CONTRADICTION: Told(
        steps=("2025-06-01 signed",),
        statements=(
            said("yes", "confirms", US, "2025-06-01", "step-1"),
            said("no", "denies", RWANDA, "2025-06-03", "step-1"),
        ),
        rests_on=("yes", "no"),
    ),
    Rule.DENIED_BEFORE: Told(
        steps=("2025-08-01 talks", "2025-08-16 operating"),
        statements=(said("no", "denies", RWANDA, "2025-08-04", "step-1"),),
        figures={"days": Days(12, 12), "status": "operating", "side": Side.RECEIVER},
        rests_on=("no", "step-2"),
    ),
    Rule.MOVED_BEFORE_SIGNATURE: Told(
        steps=("2025-06 signed",),
        transfers=(moved("ad-hoc", "2025-04-01", 1, 1, precision=Precision.MONTH),),
        figures={"days": Days(32, 90)},
        rests_on=("ad-hoc", "step-1"),
    ),
    Rule.COST_A_PERSON: Told(
        transfers=(moved("one", "2025-04-10", 1, 1), moved("group", "2025-08-16", 7, 30)),
        payments=(Paid(7_500_000, id="paid"), Paid(9_000_000, Stage.PROMISED, id="promise")),
        figures={"low": 242_000, "high": 938_000},
        rests_on=("paid", "one", "group"),
    ),
    Rule.LIMIT_AND_MOVED: Told(
        agreement=Agreement(cap=250),
        steps=("2025-08-05 agreed",),
        transfers=(moved("group", "2025-08-16", 7, 30),),
        figures={"limit": 250},
        rests_on=("group", "us-rw-2025"),
    ),
    Rule.WITHOUT_TEXT: Told(
        agreement=Agreement(text_public="no"),
        steps=("2025-01-01 operating", "2025-03-01 operating"),
        figures={"days": Days(365, 365), "status": "operating", "unwritten": False},
        rests_on=("step-1", "us-rw-2025"),
    ),
    Rule.SIGNED_WITHOUT_TRANSFER: Told(steps=("2025-12 signed",), figures={"days": Days(1, 31)}, rests_on=("step-1",)),
    Rule.ENDED_WITHOUT_TRANSFER: Told(
        steps=("2025-06-01 signed", "2025-07-01 ended"), figures={"days": Days(30, 30)}, rests_on=("step-1", "step-2")
    ),
    Rule.SUSPENDED_AFTER: Told(
        steps=("2025-06-01 operating", "2025-06-03 suspended"),
        proceedings=(
            Case(decided=day("2025-06-03"), outcome="blocked", id="ruling"),
            Case(decided=day("2025-06-03"), outcome="allowed", id="other-ruling"),
            Case(decided=day("2025-06-04"), outcome="blocked", id="later-ruling"),
        ),
        figures={"days": Days(2, 2), "operating": True},
        rests_on=("step-1", "step-2", "ruling"),
    ),
    Rule.TRANSFER_CONFIRMED: Told(
        steps=("2025-08-16 operating",),
        statements=(said("yes", "confirms", RWANDA, "2025-08-28", "step-1"),),
        figures={"days": Days(12, 12)},
        rests_on=("step-1", "yes"),
    ),
    Rule.SIGNATURE_CONFIRMED: Told(
        steps=("2025-06 signed", "2025-08-04 signed"),
        statements=(said("yes", "confirms", RWANDA, "2025-08-04", "step-2"),),
        figures={"days": Days(35, 64), "side": Side.RECEIVER},
        rests_on=("step-1", "yes"),
    ),
    Rule.SIGNATURE_TO_TRANSFER: Told(
        steps=("2025-05-14 signed", "2025-07-15 operating"),
        figures={"days": Days(62, 62)},
        rests_on=("step-1", "step-2"),
    ),
    Rule.REPORT_TO_SIGNATURE: Told(
        steps=("2025-04-22 reported", "2025-06 signed"),
        figures={"days": Days(40, 69)},
        rests_on=("step-1", "step-2"),
    ),
    Rule.PROMISED_UNPAID: Told(
        steps=("2025-05-14 signed",),
        payments=(
            Paid(5, Stage.PROMISED, day("2025-12-22"), id="promise"),
            Paid(3, Stage.PROMISED, day("2025-12-30"), id="smaller"),
        ),
        figures={"days": Days(10, 10)},
        rests_on=("promise",),
    ),
}


def test_every_rule_has_its_records_here():
    assert set(TELLING) == set(Rule)


@pytest.mark.parametrize("rule", Rule)
def test_a_sentence_is_said_of_its_records(rule):
    told = TELLING[rule]
    [finding] = told.findings(rule)
    assert {name: finding.figures[name] for name in told.figures} == told.figures
    assert tuple(record.id for record in finding.records) == told.rests_on


@pytest.mark.parametrize(
    ("rule", "missing"),
    [(rule, id) for rule, told in TELLING.items() for id in told.rests_on if id not in ("us-rw-2025", "ruling")],
)
def test_a_sentence_is_not_said_without_one_of_its_records(rule, missing):
    told = TELLING[rule]
    [finding] = told.findings(rule)
    # What is left may tell another thing: never the same figures.
    for other in told.findings(rule, without=missing):
        assert other.records != finding.records
        assert other.figures != finding.figures


@pytest.mark.parametrize("rule", Rule)
def test_of_an_empty_record_nothing_is_said(rule):
    assert Told().findings(rule) == []


def not_said(rule: Rule, **other) -> bool:
    return not replace(TELLING[rule], **other).findings(rule)


# --- Where a sentence would be unfair, or not certain ---------------------------------------------


def test_a_denial_that_may_be_the_later_one_came_before_nothing():
    month = (said("no", "denies", RWANDA, "2025-08-01", "step-1", Precision.MONTH),)
    assert not_said(Rule.DENIED_BEFORE, statements=month)
    assert not_said(Rule.DENIED_BEFORE, steps=("2025-08-01 talks", "2025-08 operating"))


@pytest.mark.parametrize(
    "denial",
    [
        said("untied", "denies", RWANDA, "2025-08-04"),
        said("elsewhere", "denies", RWANDA, "2025-08-04", "other-agreement-1"),
        said("bystander", "denies", Speaker("UGA"), "2025-08-04", "step-1"),
        said("opponent", "opposes", RWANDA, "2025-08-04", "step-1"),
    ],
    ids=lambda denial: denial.id,
)
def test_only_a_party_that_denies_a_step_of_the_agreement_denied_it(denial):
    assert not_said(Rule.DENIED_BEFORE, statements=(denial,))


def test_the_latest_denial_before_the_first_transfer_counts_else_before_the_signature():
    words = tuple(
        said(f"no-{number}", "denies", RWANDA, date, "step-1")
        for number, date in enumerate(("2025-06-01", "2025-06-10", "2025-07-20", "2025-09-01"), start=1)
    )
    told = Told(steps=("2025-05-01 talks", "2025-06-15 signed", "2025-08-01 operating"), statements=words)
    [finding] = told.findings(Rule.DENIED_BEFORE)
    assert (finding.figures["days"], finding.figures["status"]) == (Days(12, 12), "operating")
    [finding] = replace(told, steps=told.steps[:2]).findings(Rule.DENIED_BEFORE)
    assert (finding.figures["days"], finding.figures["status"]) == (Days(5, 5), "signed")


@pytest.mark.parametrize("stance", ["confirms", "supports", "conditions"])
def test_a_denial_that_was_taken_back_before_it_happened_is_not_held_against_its_side(stance):
    [denial] = TELLING[Rule.DENIED_BEFORE].statements
    for date, change in (("2025-08-10", None), ("2025-08-04", "step-1"), ("2025-08-15", "step-2")):
        taken_back = said("yes", stance, RWANDA, date, change)
        assert not_said(Rule.DENIED_BEFORE, statements=(denial, taken_back))
    for other in (said("yes", stance, US, "2025-08-10"), said("yes", stance, RWANDA, "2025-08-16", "step-2")):
        assert not not_said(Rule.DENIED_BEFORE, statements=(denial, other))


def test_what_came_before_an_end_is_no_part_of_the_attempt_that_followed():
    words = (said("no", "denies", RWANDA, "2025-02-01", "step-1"),)
    assert not_said(
        Rule.DENIED_BEFORE, statements=words, steps=("2025-01-01 talks", "2025-03-01 rejected", "2025-08-16 signed")
    )
    again = Told(
        steps=("2020-01-01 signed", "2020-02-01 ended", "2025-05-01 talks", "2025-06-01 signed", "2025-08-01 operating")
    )
    [moved_after] = again.findings(Rule.SIGNATURE_TO_TRANSFER)
    assert moved_after.figures["days"] == Days(61, 61)
    early = replace(again, transfers=(moved("then", "2020-01-15"),))
    assert early.findings(Rule.MOVED_BEFORE_SIGNATURE) == []


def test_the_first_report_stays_the_first_one_whatever_was_rejected_after_it():
    again = Told(steps=("2025-01-01 talks", "2025-03-01 rejected", "2025-05-01 talks", "2025-06-01 signed"))
    [finding] = again.findings(Rule.REPORT_TO_SIGNATURE)
    assert (finding.records[0].id, finding.figures["days"]) == ("step-1", Days(151, 151))


def test_no_end_of_a_range_lies_in_the_future():
    [finding] = Told(steps=("2025-12-05 signed", "2025-12 operating")).findings(
        Rule.SIGNATURE_TO_TRANSFER, today=day("2025-12-20")
    )
    assert finding.figures["days"] == Days(0, 15)


def test_nobody_is_said_to_be_moved_before_a_signature_of_the_same_month():
    assert not_said(Rule.MOVED_BEFORE_SIGNATURE, steps=("2025-04 signed",))


@pytest.mark.parametrize(
    "more",
    [
        {"payments": (Paid(7_500_000), Paid(1_000_000))},
        {"payments": (Paid(7_500_000, part_of_id="whole"),)},
        {"payments": (Paid(7_500_000, Stage.OBLIGATED),)},
        {"payments": (Paid(0),)},
        {"transfers": (moved("a", "2025-04-10"), moved("b", "2025-08-16", None, None))},
        {"transfers": (moved("a", "2025-04-10"), moved("b", "2025-08-16", counting=Counting.CUMULATIVE))},
        {"transfers": (moved("a", "2025-04-10", 0, 7),)},
        {"transfers": (moved("a", "2001-09-19"),), "steps": ("2001-09-19 operating",)},
        {"payments": (Paid(7),)},
    ],
    ids=[
        "two payments",
        "a part",
        "not paid",
        "nothing",
        "uncounted",
        "a total beside",
        "perhaps nobody",
        "long ago",
        "less than one",
    ],
)
def test_there_is_a_cost_a_person_only_of_one_payment_for_people_who_are_all_counted(more):
    assert not_said(Rule.COST_A_PERSON, **more)


@pytest.mark.parametrize(
    "payment",
    [Paid(7_500_000, date=None, precision=""), Paid(7_500_000, date=day("2025-01-01"), precision=Precision.YEAR)],
    ids=["undated", "some day of the year"],
)
def test_as_of_a_day_what_may_have_been_paid_later_is_no_cost(payment):
    told = replace(TELLING[Rule.COST_A_PERSON], payments=(payment,))
    assert told.findings(Rule.COST_A_PERSON, today=day("2025-09-01"))
    assert not told.findings(Rule.COST_A_PERSON, today=day("2025-09-01"), as_of_a_day=True)
    assert bool(told.findings(Rule.COST_A_PERSON, as_of_a_day=True)) == (payment.date is not None)


def test_a_limit_is_told_of_what_was_agreed_at_least_once():
    for status in ("reported", "talks", "rejected"):
        assert not_said(Rule.LIMIT_AND_MOVED, steps=(f"2025-08-05 {status}",))


@pytest.mark.parametrize(
    "transfers",
    [
        (moved("a", "2025-08-16", None, None),),
        (moved("a", "2025-08-16"), moved("b", "2025-08-16", counting=Counting.CUMULATIVE)),
    ],
)
def test_the_limit_is_held_only_against_people_who_are_all_counted(transfers):
    assert not_said(Rule.LIMIT_AND_MOVED, transfers=transfers)


def test_a_text_that_is_public_or_binds_nobody_or_of_which_nothing_is_known_is_not_withheld():
    assert not_said(Rule.WITHOUT_TEXT, steps=("2025-01-01 talks",))
    for known in ("yes", "partly", "unknown"):
        assert not_said(Rule.WITHOUT_TEXT, agreement=Agreement(text_public=known))
    [finding] = replace(
        TELLING[Rule.WITHOUT_TEXT], agreement=Agreement(text_public="no", instrument="unwritten")
    ).findings(Rule.WITHOUT_TEXT)
    assert finding.figures["unwritten"]


@pytest.mark.parametrize("rule", [Rule.SIGNED_WITHOUT_TRANSFER, Rule.ENDED_WITHOUT_TRANSFER])
def test_where_anybody_was_moved_no_rule_says_that_nobody_was(rule):
    told = TELLING[rule]
    assert not_said(rule, transfers=(moved("group", "2025-06-20"),))
    assert not_said(rule, transfers=(moved("total", "2025-06-20", counting=Counting.CUMULATIVE),))
    assert not_said(rule, steps=(told.steps[0], "2025-06-15 operating", *told.steps[1:]))


def test_what_was_signed_and_never_operated_is_suspended_after_its_signature():
    told = Told(steps=("2025-06-01 signed", "2025-06-10 in-force", "2025-06-15 suspended"))
    [finding] = told.findings(Rule.SUSPENDED_AFTER)
    assert finding.figures == {"days": Days(14, 14), "operating": False, "rulings": ()}
    assert not Told(steps=("2025-06-01 agreed", "2025-06-10 suspended")).findings(Rule.SUSPENDED_AFTER)


def test_a_court_that_blocked_it_in_the_month_is_not_named_where_the_day_of_the_suspension_is_not_known():
    told = replace(
        TELLING[Rule.SUSPENDED_AFTER],
        steps=("2025-05-01 operating", "2025-06 suspended"),
        proceedings=(Case(decided=day("2025-06-01"), outcome="blocked"),),
    )
    assert told.findings(Rule.SUSPENDED_AFTER)[0].figures["rulings"] == ()


@pytest.mark.parametrize("rule", [Rule.TRANSFER_CONFIRMED, Rule.SIGNATURE_CONFIRMED])
def test_a_word_that_may_have_come_before_makes_the_first_confirmation_uncertain(rule):
    told = TELLING[rule]
    for stance in ("confirms", "supports", "conditions"):
        earlier = said("earlier", stance, RWANDA, "2025-08-01", None, Precision.MONTH)
        assert not_said(rule, statements=(*told.statements, earlier))


@pytest.mark.parametrize("rule", [Rule.TRANSFER_CONFIRMED, Rule.SIGNATURE_CONFIRMED])
def test_a_word_on_the_step_that_is_older_than_it_had_confirmed_it(rule):
    told = TELLING[rule]
    before = said("before", "confirms", RWANDA, "2025-05-01", told.statements[0].status_change_id)
    assert not_said(rule, statements=(*told.statements, before))


def test_who_gave_a_total_of_the_people_had_confirmed_their_transfer():
    told = TELLING[Rule.TRANSFER_CONFIRMED]
    total = moved("total", "2025-08-20", counting=Counting.CUMULATIVE)
    assert not_said(Rule.TRANSFER_CONFIRMED, transfers=(total,))
    assert not not_said(Rule.TRANSFER_CONFIRMED, transfers=(replace(total, counted_by="ngo"),))
    assert not_said(Rule.TRANSFER_CONFIRMED, statements=(replace(told.statements[0], official=US),))


def test_a_confirmation_of_the_same_day_took_no_time():
    word = said("yes", "confirms", RWANDA, "2025-08-16", "step-1")
    assert not_said(Rule.TRANSFER_CONFIRMED, statements=(word,))


def test_between_dates_of_one_month_there_are_at_most_so_many_days():
    told = Told(steps=("2025-03 signed", "2025-03-15 operating"))
    [finding] = told.findings(Rule.SIGNATURE_TO_TRANSFER)
    assert finding.figures["days"] == Days(0, 14)
    assert not Told(steps=("2025-03-15 signed", "2025-03-15 operating")).findings(Rule.SIGNATURE_TO_TRANSFER)


def test_what_begins_with_its_signature_has_no_first_report():
    assert not Told(steps=("2025-03-01 signed", "2025-04-01 signed")).findings(Rule.REPORT_TO_SIGNATURE)


@pytest.mark.parametrize(
    "more",
    [
        {"steps": ("2025-05-14 signed", "2025-06-01 ended")},
        {"payments": (Paid(5, Stage.PROMISED), Paid(1, Stage.PAID, part_of_id="whole"))},
        {"payments": (Paid(5, Stage.PROMISED, None, precision=""),)},
        {"payments": (Paid(5, Stage.REQUESTED),)},
        {"agreement": Agreement(money_note="Australia paid for the flights.")},
    ],
    ids=["over", "some paid", "undated", "only requested", "something is known"],
)
def test_a_promise_is_not_called_unpaid_where_more_may_be_known(more):
    assert not_said(Rule.PROMISED_UNPAID, **more)


def test_promises_in_two_currencies_are_told_one_by_one():
    payments = (
        Paid(5, Stage.PROMISED, day("2025-12-22"), id="dollars"),
        Paid(9, Stage.PROMISED, day("2025-12-12"), currency="EUR", id="euros"),
        Paid(4, Stage.PROMISED, day("2025-12-30"), id="fewer-dollars"),
    )
    found = replace(TELLING[Rule.PROMISED_UNPAID], payments=payments).findings(Rule.PROMISED_UNPAID)
    assert [[record.id for record in finding.records] for finding in found] == [["euros"], ["dollars"]]


def test_the_most_telling_sentence_comes_first():
    told = replace(TELLING[Rule.SIGNATURE_TO_TRANSFER], agreement=Agreement(text_public="no"))
    found = history.findings(
        told.agreement,
        history.fold(steps(*told.steps), today=TODAY),
        statements=[],
        transfers=[],
        payments=[],
        proceedings=[],
    )
    assert [finding.rule for finding in found] == [Rule.WITHOUT_TEXT, Rule.SIGNATURE_TO_TRANSFER]
