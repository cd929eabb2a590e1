"""Which questions the record of an agreement leaves open."""

import datetime as dt
from dataclasses import replace

import pytest

from agreements import history
from agreements.vocabulary import Counting, Precision, Stage, Unknown
from tests.history.records import Agreement, Moved, Paid, Said, Speaker, day, steps

WORDS = [
    Said("confirms", Speaker("USA"), day("2025-06-01"), "step-1"),
    Said("denies", Speaker("RWA"), day("2025-06-01"), "step-1"),
]
PAID = [Paid(5)]
MOVED = [Moved(day("2025-06-01"))]


def asked(agreement=None, written=("2025-06-01 operating",), *, words=WORDS, transfers=MOVED, payments=PAID):
    path = history.fold(steps(*written), today=dt.date(2026, 1, 1))
    who = history.confirmation(words, sender="USA", receiver="RWA")
    return history.not_known(agreement or Agreement(), path, words=who, transfers=transfers, payments=payments)


def test_of_a_full_record_nothing_is_unknown():
    assert asked() == []


def test_a_report_leaves_open_who_confirms_it_whom_it_covers_and_the_money_and_no_more():
    reported = Agreement(cap=None, people_covered="", text_public="no")
    assert asked(reported, ("2025-06-01 reported",), words=[], transfers=[], payments=[]) == [
        Unknown.CURRENT_SENDER,
        Unknown.CURRENT_RECEIVER,
        Unknown.COVERED,
        Unknown.MONEY,
    ]


@pytest.mark.parametrize(
    ("blank", "question"),
    [
        ({"text_public": "no"}, Unknown.TEXT),
        ({"text_public": "partly"}, Unknown.TEXT),
        ({"text_public": "unknown"}, Unknown.TEXT),
        ({"instrument": "undisclosed"}, Unknown.INSTRUMENT),
        ({"people_covered": ""}, Unknown.COVERED),
        ({"cap": None}, Unknown.LIMIT),
    ],
)
def test_a_blank_field_is_an_open_question(blank, question):
    assert asked(replace(Agreement(), **blank)) == [question]


def test_what_was_never_put_in_writing_has_no_text_to_know():
    assert asked(Agreement(text_public="no", instrument="unwritten")) == []


def test_to_decline_to_comment_leaves_the_question_open():
    declined = [WORDS[0], replace(WORDS[1], stance="declines-comment")]
    assert asked(words=declined) == [Unknown.CURRENT_RECEIVER]
    assert asked(words=[WORDS[1]]) == [Unknown.CURRENT_SENDER]


def test_money_is_unknown_without_an_amount_and_without_a_note():
    assert asked(payments=[]) == [Unknown.MONEY]
    assert asked(Agreement(money_note="The notes exclude payments."), payments=[]) == []
    assert asked(payments=[Paid(5, Stage.PROMISED)]) == [Unknown.PAID]
    assert asked(payments=[Paid(5, Stage.REQUESTED)]) == []


def test_the_number_moved_is_unknown_where_a_group_is_not_counted_or_none_is_on_record():
    uncounted = Moved(day("2025-06-01"), None, None)
    total = Moved(day("2025-06-01"), counting=Counting.CUMULATIVE)
    assert asked(transfers=[]) == [Unknown.MOVED]
    assert asked(transfers=[*MOVED, uncounted]) == [Unknown.MOVED]
    assert asked(transfers=[total]) == []
    assert asked(None, ("2025-06-01 signed",), transfers=[]) == []


def test_a_date_known_only_to_its_month_or_not_at_all_is_an_open_question():
    assert asked(None, ("2025-06 operating",)) == [Unknown.DATES]
    assert asked(payments=[Paid(5, date=None, precision="")]) == [Unknown.DATES]
    assert asked(transfers=[Moved(day("2025-06-01"), precision=Precision.MONTH)]) == [Unknown.DATES]


def test_an_agreement_without_a_status_has_no_standing_to_confirm():
    assert asked(None, (), words=[], transfers=[]) == []
