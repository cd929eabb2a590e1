"""Dates from words, read from the day of the article: as exact as the words, and none guessed."""

import datetime as dt

import pytest

from agreements.article import read

DAY = dt.date(2025, 5, 6)  # a Tuesday


def dated(words, published=DAY):
    (only,) = read(f"“We will do it again and again,” Ann Mokoro said {words}.", published=published).statements
    return only.date and only.date.isoformat(), only.precision, only.date_words


@pytest.mark.parametrize(
    ("words", "date", "precision"),
    [
        ("on Sunday", "2025-05-04", "day"),
        ("on Tuesday", "2025-05-06", "day"),
        ("last Tuesday", "2025-04-29", "day"),
        ("late on Sunday night", "2025-05-04", "day"),
        ("Sunday", "2025-05-04", "day"),
        ("today", "2025-05-06", "day"),
        ("yesterday", "2025-05-05", "day"),
        ("last night", "2025-05-05", "day"),
        ("this morning", "2025-05-06", "day"),
        ("two days ago", "2025-05-04", "day"),
        ("three weeks ago", "2025-04-01", "month"),
        ("a month ago", "2025-04-01", "month"),
        ("last month", "2025-04-01", "month"),
        ("earlier this month", "2025-05-01", "month"),
        ("last year", "2024-01-01", "year"),
        ("earlier this year", "2025-01-01", "year"),
        ("in February", "2025-02-01", "month"),
        ("in December", "2024-12-01", "month"),
        ("in late April", "2025-04-01", "month"),
        ("in May 2024", "2024-05-01", "month"),
        ("in 2022", "2022-01-01", "year"),
        ("on 4 May", "2025-05-04", "day"),
        ("on May 4", "2025-05-04", "day"),
        ("on May 4th, 2024", "2024-05-04", "day"),
        ("on the 4th of May", "2025-05-04", "day"),
        ("on Sept. 5", "2024-09-05", "day"),
        ("on 2025-04-30", "2025-04-30", "day"),
        ("on Sunday, May 4", "2025-05-04", "day"),
    ],
)
def test_words_are_read_from_the_day_of_the_article(words, date, precision):
    assert dated(words) == (date, precision, words if not words.startswith("on the") else "on the 4th of May")


def test_last_week_is_the_month_in_which_it_lies_or_the_year_where_it_lies_in_two():
    assert dated("last week", dt.date(2025, 5, 20))[:2] == ("2025-05-01", "month")
    assert dated("last week", dt.date(2025, 5, 6))[:2] == ("2025-01-01", "year")
    assert dated("last week", dt.date(2025, 1, 7)) == (None, "", "last week")


def test_without_the_articles_day_only_what_names_its_year_has_a_date():
    assert dated("on Sunday", None) == (None, "", "on Sunday")
    assert dated("in February", None) == (None, "", "in February")
    assert dated("on 4 May 2025", None) == ("2025-05-04", "day", "on 4 May 2025")


def test_no_day_that_the_calendar_lacks_is_made():
    assert dated("on 31 February")[0] is None


def test_a_statement_without_words_for_its_day_has_none():
    (only,) = read("“We will do it again and again,” Ann Mokoro said.", published=DAY).statements
    assert (only.date, only.precision, only.date_words) == (None, "", "")


def test_the_dateline_is_the_day_of_the_article_where_it_is_near():
    text = "KIGALI, May 5 (Reuters) – A line.\n“We will do it again,” Ann Mokoro said on Tuesday."
    (only,) = read(text, published=DAY).statements
    assert only.date == dt.date(2025, 4, 29)


def test_a_full_date_at_the_head_stands_in_for_an_unknown_day():
    reading = read("A title of some words\n6 May 2025\n“We will do it again,” Ann Mokoro said on Sunday.")
    assert reading.source.published == DAY
    assert reading.statements[0].date == dt.date(2025, 5, 4)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Mokoro, who took office on Sunday, said they would “do it again and again”.",
        "Ann Mokoro said that the flights of last Sunday would “go on and on and on”.",
        "“We will do it again and again,” Ann Mokoro said of the deal signed on Sunday.",
    ],
)
def test_a_date_of_something_else_is_not_the_statements(text):
    (only,) = read(text, published=DAY).statements
    assert only.date is None


def test_what_the_same_person_says_on_the_same_occasion_has_the_same_day():
    text = "“We will do it again,” Ann Mokoro said on Sunday. The sun was out.\n“It is easy for us,” she added."
    first, second = read(text, published=DAY).statements
    assert first.date == second.date == dt.date(2025, 5, 4)
