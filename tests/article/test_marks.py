"""Where quoted words begin and end, whatever the marks."""

import pytest

from agreements.article.marks import spans_of
from agreements.article.paragraphs import paragraphs
from agreements.article.steps import Steps


def inner(text):
    """The quoted words of each paragraph."""
    lines = list(paragraphs(text))
    found = spans_of(text, lines, Steps())
    return [[text[span.inner_start : span.inner_end] for span in spans] for spans in found]


@pytest.mark.parametrize(
    "text",
    [
        'He said "we talk" today.',
        "He said “we talk” today.",
        "He said ‘we talk’ today.",
        "He said 'we talk' today.",
        "He said ``we talk'' today.",
        "He said ''we talk'' today.",
        "He said ‘‘we talk’’ today.",
        "He said «we talk» today.",
        "He said « we talk » today.",
        "He said »we talk« today.",
        "He said „we talk“ today.",
        "He said „we talk” today.",
        "He said ”we talk” today.",
        'He said “we talk" today.',
        'He said "we talk” today.',
        "He said ‹we talk› today.",
    ],
)
def test_every_kind_of_mark_and_their_mixtures(text):
    assert [words.strip() for words in inner(text)[0]] == ["we talk"]


@pytest.mark.parametrize(
    "text",
    [
        "It's the ministers' view, in the '90s as now, and 'tis theirs.",
        "The Rwandans' and the Ugandans' talks didn't end.",
        "rock 'n' roll",
        "a wall 6' high and 4\" thick",
        "o'clock; Côte d'Ivoire; N'Djamena",
        "",
        "'",
        '"',
        "“",
    ],
)
def test_an_apostrophe_or_an_inch_opens_nothing(text):
    assert not [words for words in inner(text) if words and len(words[0]) > 8]


def test_a_possessive_within_single_marks_does_not_close_them():
    assert inner("'The ministers' talks went well,' he said.") == [["The ministers' talks went well,"]]
    assert inner("‘It’s the parties’ choice and nobody’s else,’ he said.") == [
        ["It’s the parties’ choice and nobody’s else,"]
    ]


def test_a_quotation_within_another_is_part_of_it():
    assert inner('"He told me "never again" and left," she said.') == [['He told me "never again" and left,']]
    assert inner("“He told me ‘never again’ and left,” she said.") == [["He told me ‘never again’ and left,"]]
    assert inner("'He told me \"never again\" and left,' she said.") == [['He told me "never again" and left,']]
    assert inner("„Er sagte: ‚nie wieder‘ und ging“, sagte sie.") == [["Er sagte: ‚nie wieder‘ und ging"]]


def test_words_that_are_not_closed_go_on_in_the_next_paragraph_where_it_opens_again():
    text = "“We talk.\n\n“We listen,” he said."
    lines = list(paragraphs(text))
    first, second = spans_of(text, lines, Steps())
    assert not first[0].closed
    assert second[0].continues


def test_words_that_are_never_closed_end_with_their_paragraph():
    assert inner("He said: “We talk and we listen\nThe sun was out.") == [["We talk and we listen"], []]


def test_words_closed_in_a_later_paragraph_without_a_mark_at_its_beginning_ran_on():
    assert inner("He said: “We talk.\nWe listen,” he said.") == [["We talk."], ["We listen,"]]


def test_single_marks_that_go_on_and_are_never_closed_end_with_their_paragraph():
    text = "'We talk and we listen to them\n'We go on and on and on"
    lines = list(paragraphs(text))
    assert [span.closed for spans in spans_of(text, lines, Steps()) for span in spans] == [False, False]
