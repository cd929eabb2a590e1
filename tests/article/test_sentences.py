"""Who said what, in sentences of many newsrooms."""

import datetime as dt
from pathlib import Path

import pytest

from agreements.article import Rule, read

DAY = dt.date(2025, 5, 6)


def sentences():
    """The texts of sentences.txt, each with its speakers and their words."""
    blocks = (Path(__file__).parent / "sentences.txt").read_text("utf-8").strip().split("\n\n")[1:]
    for number, block in enumerate(blocks):
        lines = block.split("\n")
        text = "\n".join(line for line in lines if not line.startswith("= "))
        found = [tuple(line.removeprefix("= ").split(" | ")) for line in lines if line.startswith("= ")]
        yield pytest.param(text, found, id=f"{number}-{text[:50]}")


def quoted(text):
    return [(each.speaker, each.quote) for each in read(text, published=DAY).statements if not each.indirect]


def alone(text):
    """The one proposal of a text."""
    (only,) = read(text, published=DAY).statements
    return only


@pytest.mark.parametrize(("text", "statements"), list(sentences()))
def test_speakers_and_their_words_are_found(text, statements):
    assert quoted(text) == statements


def test_a_proposal_says_where_it_stands_from_the_first_mark_to_the_last():
    text = 'KIGALI.\n"We talk," the minister Ann Mokoro said, "and we listen to them."'
    only = alone(text)
    assert text[only.start : only.end] == '"We talk," the minister Ann Mokoro said, "and we listen to them."'


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("“We will do it again,” Mokoro said.", Rule.AFTER),
        ("“We will do it again,” said Mokoro.", Rule.VERB_FIRST),
        ("Mokoro said: “We will do it again.”", Rule.BEFORE),
        ("“We will,” Mokoro said, “do it again.”", Rule.WITHIN),
        ("Mokoro said that they would “do it again and again”.", Rule.PART),
        ("Mokoro called the plan “a waste of paper and time”.", Rule.NAMED_AS),
        ("Mokoro was quoted as saying: “We will do it again.”", Rule.QUOTED_AS),
        ("According to Mokoro, “they will do it again”.", Rule.ACCORDING),
        ("Mokoro: “We will do it again.”", Rule.COLON),
        ("“We will do it again.” — Ann Mokoro, minister", Rule.DASH),
        ("A report by the Harbour Council said “they will do it again”.", Rule.DOCUMENT),
        ("Ann Mokoro was blunt. “We will do it again.”", Rule.SENTENCE_BEFORE),
        ("“We will do it again.” Ann Mokoro sits on a plastic chair.", Rule.SENTENCE_AFTER),
    ],
)
def test_each_proposal_names_the_rule_that_found_it(text, rule):
    assert alone(text).rule is rule


def test_words_that_stand_alone_go_on_with_the_last_speaker_and_are_less_sure():
    first, second = read("“We will do it again,” said Ann Mokoro.\n“It is easy for us.”").statements
    assert (second.speaker, second.rule) == ("Ann Mokoro", Rule.GOES_ON)
    assert second.confidence < first.confidence


def test_every_rule_is_explained_and_has_a_certainty():
    told = (Path(__file__).parent.parent.parent / "docs/articles.md").read_text("utf-8")
    for rule in Rule:
        assert f"| `{rule}` | {rule.certainty} | {rule.definition} |" in told
        assert rule.label
        assert rule.definition
        assert 0 < rule.certainty <= 1


def test_a_statement_without_marks_is_no_quotation_and_less_sure_than_any():
    only = alone("The minister Ann Mokoro said that talks were at an early stage.")
    assert (only.indirect, only.quote, only.speaker) == (True, "", "Ann Mokoro")
    assert only.summary == "The minister Ann Mokoro said that talks were at an early stage."
    assert only.confidence <= min(
        rule.certainty for rule in Rule if not rule.value.startswith(("reported", "declined"))
    )


def test_one_who_will_not_comment_is_a_statement_without_words():
    only = alone("The Harbour Ministry declined to comment on the talks.")
    assert (only.indirect, only.rule, only.stance) == (True, Rule.DECLINED, "declines-comment")


def test_a_role_is_told_from_before_or_after_the_name():
    before = alone("Rwanda’s foreign minister Ann Mokoro said: “We will do it again.”")
    after = alone("Ann Mokoro, the government spokesperson, said: “We will do it again.”")
    assert (before.role, after.role) == ("Rwanda’s foreign minister", "government spokesperson")


def test_a_quotation_of_more_than_forty_words_is_kept_whole():
    words = " ".join(["we go on and on"] * 12)
    assert alone(f"“{words},” Ann Mokoro said.").quote == words


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("We are in talks with them and they are good", "en"),
        ("Nous avons reçu la liste et nous ne sommes pas d’accord", "fr"),
        ("No tenemos ningún acuerdo con los Estados Unidos", "es"),
        ("Não temos um acordo com os Estados Unidos", "pt"),
        ("Zzz bbb ccc ddd", ""),
    ],
)
def test_the_language_of_the_words_is_told_by_their_small_words(words, language):
    assert alone(f"“{words},” Ann Mokoro said.").language == language
