"""No text makes the reader fail, and what it does grows with the length of the text, also where it is made to hurt."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.article import read

DAY = dt.date(2025, 5, 6)

UNITS = [
    '" ', "“", "“a ", "'a ", "a' b ", "’ ", "''", "``a ", "« » ", "„a ", "(", ")", "(a ", "“a (b ", "((“", "[",
    "said ", "he, ", "the ", "Abc ", "Abc said ", "the minister of ", ", ", "Abc's ", "according to ", "a — ", "which ",
    "“We go on now,” he said. ", "A. ", "“We go on\n", "a: ", "“a b c d” ", "the letter by ", "Congo ", "Guinea ",
    "was quoted as saying ", "who said ", "Jan de ", "4 May ", "the minister and ", "on Sunday ", "read from ",
    "Ann Mokoro, the minister, ", "Minister Ann Mokoro said “we go on” and ", "A: ", "\n", ". ", "D. ",
    "United States ",
]  # fmt: skip


def steps(unit, length):
    return read((unit * (length // len(unit) + 1))[:length], published=DAY).steps


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_takes_twice_the_steps(unit):
    once, twice = steps(unit, 4000), steps(unit, 8000)
    assert twice <= 2.3 * once + 200


@pytest.mark.parametrize("unit", UNITS)
def test_no_unit_takes_more_than_a_bounded_number_of_steps_a_character(unit):
    assert steps(unit, 8000) <= 60 * 8000


PIECES = st.sampled_from(
    [*UNITS, "he added", "she", "DHS", "U.S.", "Mr.", "Sept. 5", "2025-02-30", "31 February", "\x00", "İ"]
)


@given(st.lists(PIECES | st.text(max_size=6), max_size=60).map("".join))
def test_any_text_can_be_read(text):
    for each in read(text, published=DAY).statements:
        assert 0 <= each.start < each.end <= len(text)
        assert 0 < each.confidence <= 1
        assert each.indirect == (not each.quote)
        assert (each.date is None) == (not each.precision)
        assert each.speaker


@given(st.text(alphabet="'\"“”‘’„«»`,. \nAsa(:)", max_size=120))
def test_any_marks_can_be_read(text):
    read(text)
