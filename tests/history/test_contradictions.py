"""Which words contradict each other, and which only seem to: without a database."""

import pytest

from agreements import history
from agreements.vocabulary import Precision, Side, SpeaksFor, Stance
from tests.history.records import Said, Speaker, day, steps

US, RWANDA = Speaker("USA", id="us"), Speaker("RWA", id="rw")


def said(stance, who, date, change=None, precision=Precision.DAY):
    return Said(Stance(stance), who, day(date), change, precision)


def found(statements, changes, **more):
    return history.contradictions(reversed(statements), reversed(changes), sender="USA", receiver="RWA", **more)


SIGNED = steps("2025-06-01 signed")


def test_one_government_denies_the_step_that_the_other_confirms():
    yes, no = said("confirms", US, "2025-06-01", "step-1"), said("denies", RWANDA, "2025-06-03", "step-1")
    [each] = found([yes, no], SIGNED)
    assert (each.confirming, each.denying, each.change.id, each.later) == (yes, no, "step-1", None)
    assert (each.confirming_side, each.denying_side) == (Side.SENDER, Side.RECEIVER)
    assert each.in_order == (yes, no)
    assert not each.doubtful
    assert not each.within_one_side


def test_a_minister_denies_what_the_ministry_confirms_days_later():
    minister, ministry = Speaker("RWA", id="minister"), Speaker("RWA", id="ministry")
    no = said("denies", minister, "2025-06-02", "step-1")
    yes = said("confirms", ministry, "2025-06-03", "step-1")
    [each] = found([no, yes], SIGNED)
    assert each.in_order == (no, yes)
    assert each.within_one_side
    assert not each.by_one_speaker


def test_who_says_otherwise_later_contradicts_himself():
    words = [said("denies", RWANDA, "2025-06-26", "step-1"), said("confirms", RWANDA, "2025-08-20", "step-1")]
    [each] = found(words, SIGNED)
    assert each.by_one_speaker


def test_words_of_one_government_on_one_day_may_explain_each_other():
    other = Speaker("RWA", id="other")
    words = [said("denies", RWANDA, "2025-06-02", "step-1"), said("confirms", other, "2025-06-02", "step-1")]
    assert found(words, SIGNED) == []
    # Nor may its denial then be held against the other government, or its confirmation against a denial.
    for stance in ("confirms", "denies"):
        assert found([*words, said(stance, US, "2025-06-02", "step-1")], SIGNED, doubtful=True) == []


def test_where_it_is_not_known_which_word_came_first_one_government_is_not_accused():
    words = [
        said("denies", RWANDA, "2025-06-01", "step-1", Precision.MONTH),
        said("confirms", RWANDA, "2025-06-10", "step-1"),
    ]
    assert found(words, SIGNED) == []


@pytest.mark.parametrize("stance", ["supports", "conditions"])
def test_to_support_is_less_than_to_say_that_it_is_so(stance):
    words = [said(stance, US, "2025-06-01", "step-1"), said("denies", RWANDA, "2025-06-03", "step-1")]
    assert found(words, SIGNED) == []
    assert [each.doubtful for each in found(words, SIGNED, doubtful=True)] == [True]


def test_what_was_taken_back_is_no_contradiction_of_the_other_government():
    yes, no = said("confirms", US, "2025-06-01", "step-1"), said("denies", RWANDA, "2025-06-03", "step-1")
    for back in ("confirms", "supports", "conditions"):
        later = said(back, RWANDA, "2025-06-05", "step-1")
        assert not [each for each in found([yes, no, later], SIGNED) if not each.within_one_side]
    assert found([yes, no, said("denies", US, "2025-06-05", "step-1")], SIGNED)[0].within_one_side


def test_words_of_one_month_do_not_take_each_other_back():
    yes = said("confirms", US, "2025-06-16", "step-1")
    no = said("denies", RWANDA, "2025-06-01", "step-1", Precision.MONTH)
    open_to_it = said("supports", RWANDA, "2025-06-16", "step-1")
    assert [each.denying for each in found([yes, no, open_to_it], SIGNED)] == [no]


def test_a_denial_of_talks_and_a_later_confirmation_of_a_signature_is_things_moving_on():
    changes = steps("2025-05-01 talks", "2025-08-01 signed")
    words = [said("denies", RWANDA, "2025-05-02", "step-1"), said("confirms", US, "2025-08-01", "step-2")]
    assert found(words, changes, doubtful=True) == []


@pytest.mark.parametrize(("date", "number"), [("2025-08-21", 1), ("2025-08-23", 1), ("2025-08-24", 0)])
def test_a_denied_report_that_is_confirmed_within_three_days_as_the_next_step(date, number):
    changes = steps("2025-08-19 reported", f"{date} agreed")
    no = said("denies", Speaker("RWA"), "2025-08-20", "step-1")
    yes = said("confirms", Speaker("RWA"), date, "step-2")
    pairs = found([no, yes], changes)
    assert [(each.change.id, each.later.id) for each in pairs] == [("step-1", "step-2")] * number


def test_the_denial_of_a_report_is_not_confirmed_by_its_rejection_nor_by_the_step_after_the_next():
    no = said("denies", RWANDA, "2025-08-20", "step-1")
    assert (
        found([no, said("confirms", US, "2025-08-21", "step-2")], steps("2025-08-19 reported", "2025-08-21 rejected"))
        == []
    )
    changes = steps("2025-08-19 reported", "2025-08-20 talks", "2025-08-21 agreed")
    assert found([no, said("confirms", US, "2025-08-21", "step-3")], changes) == []


def test_a_denied_report_is_held_against_the_own_government_first():
    changes = steps("2025-08-19 reported", "2025-08-21 agreed")
    words = [
        said("denies", RWANDA, "2025-08-20", "step-1"),
        said("confirms", Speaker("RWA"), "2025-08-21", "step-2"),
        said("confirms", US, "2025-08-21", "step-2"),
    ]
    assert [each.within_one_side for each in found(words, changes)] == [True]


def test_a_denial_before_the_step_denies_what_had_not_happened_yet():
    words = [said("denies", RWANDA, "2025-05-30", "step-1"), said("confirms", US, "2025-06-02", "step-1")]
    assert found(words, SIGNED) == []
    assert len(found(words, SIGNED, doubtful=True)) == 1


@pytest.mark.parametrize("status", ["rejected", "ended"])
def test_what_is_denied_when_it_is_over_may_be_that_it_ever_was(status):
    words = [said("confirms", US, "2025-06-01", "step-1"), said("denies", RWANDA, "2025-06-03", "step-1")]
    assert found(words, steps(f"2025-06-01 {status}")) == []


def test_untied_words_are_for_the_desk_to_look_at():
    words = [said("confirms", US, "2025-06-01"), said("denies", RWANDA, "2025-06-03", "step-1")]
    assert found(words, SIGNED) == []
    [each] = found(words, SIGNED, doubtful=True)
    assert (each.change, each.doubtful) == (None, True)


def test_a_statement_tied_to_another_agreement_says_nothing_of_this_one():
    words = [said("confirms", US, "2025-06-01", "elsewhere"), said("denies", RWANDA, "2025-06-03", "step-1")]
    assert found(words, SIGNED, doubtful=True) == []


def test_only_the_two_governments_contradict():
    yes = said("confirms", US, "2025-06-01", "step-1")
    for who in (Speaker("UGA"), Speaker("RWA", SpeaksFor.OPPOSITION), Speaker("RWA", SpeaksFor.JUDICIARY)):
        assert found([yes, said("denies", who, "2025-06-03", "step-1")], SIGNED, doubtful=True) == []
    assert found([yes, said("opposes", RWANDA, "2025-06-03", "step-1")], SIGNED, doubtful=True) == []


def test_of_many_words_the_latest_are_named_and_the_newest_contradiction_comes_first():
    changes = steps("2025-05-01 talks", "2025-06-01 signed")
    words = [
        said("confirms", US, "2025-05-01", "step-1"),
        said("denies", RWANDA, "2025-05-02", "step-1"),
        said("denies", RWANDA, "2025-06-02", "step-2"),
        said("confirms", US, "2025-06-03", "step-2"),
        said("denies", RWANDA, "2025-06-04", "step-2"),
    ]
    assert [(each.change.id, each.denying) for each in found(words, changes)] == [
        ("step-2", words[4]),
        ("step-1", words[1]),
    ]
