"""What is on record is found again: officials in other spellings, status changes, statements; stances from words."""

import datetime as dt

import pytest

from agreements.article import (
    Known,
    KnownAgreement,
    KnownChange,
    KnownOfficial,
    KnownStatement,
    read,
)

KNOWN = Known(
    officials=(
        KnownOfficial("jose-pena", "José Peña Abrego", country="PAN"),
        KnownOfficial("olivier-habimanuro", "Olivier Habimanuro", country="RWA"),
        KnownOfficial("harbour-council", "Harbour Council", kind="organisation"),
    ),
    agreements=(
        KnownAgreement(
            "us-rw-2025",
            "USA",
            "RWA",
            changes=(
                KnownChange("us-rw-2025-1", "reported", dt.date(2025, 5, 1), "month"),
                KnownChange("us-rw-2025-2", "talks", dt.date(2025, 5, 4)),
            ),
        ),
    ),
    statements=(KnownStatement("said-before", "olivier-habimanuro", "We are in talks with the United States"),),
)
DAY = dt.date(2025, 5, 6)


def only(text):
    (found,) = read(text, published=DAY, known=KNOWN).statements
    return found


@pytest.mark.parametrize(
    ("name", "official"),
    [
        ("Jose Pena Abrego", "jose-pena"),
        ("José Peña", "jose-pena"),
        ("Olivier Habimanuro", "olivier-habimanuro"),
        ("Olivier Habimanoro", "olivier-habimanuro"),
        ("Oliver Stranger", ""),
    ],
)
def test_officials_are_matched_whatever_the_accents_and_with_a_letter_of_difference(name, official):
    assert only(f"“We will do it again,” {name} said.").official == official


def test_a_body_is_matched_by_its_name():
    assert only("“We will do it again,” the Harbour Council said.").official == "harbour-council"


def test_a_statement_is_tied_to_the_change_of_its_day_that_its_words_name():
    text = "“We are in talks with the United States,” Rwanda’s Olivier Habimanuro said on Sunday."
    found = only(text)
    assert (found.agreements, found.status_change) == (("us-rw-2025",), "us-rw-2025-2")
    assert only(text.replace("on Sunday", "on Monday")).status_change == ""


def test_what_is_on_record_already_is_told():
    found = only("“We are in talks with the United States,” Olivier Habimanuro said.")
    assert found.recorded == "said-before"
    assert only("“We shall see what becomes of it,” Olivier Habimanuro said.").recorded == ""


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Ann Mokoro confirmed: “We are in talks with them.”", "confirms"),
        ("Ann Mokoro denied it: “There is no such agreement with them.”", "denies"),
        ("“We will not accept people from other countries,” Ann Mokoro said.", "opposes"),
        ("“We will take them only if they have no criminal record,” Ann Mokoro said.", "conditions"),
        ("“I have nothing to add on that,” Ann Mokoro said.", "declines-comment"),
        ("Ann Mokoro condemned it as “a stain on all of us”.", "criticises"),
        ("“We welcome this historic partnership of ours,” Ann Mokoro said.", "supports"),
        ("“The boats came in at noon,” Ann Mokoro said.", ""),
    ],
)
def test_the_stance_is_proposed_from_verbs_and_words(sentence, stance):
    assert only(sentence).stance == stance
