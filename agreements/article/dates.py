"""Dates in words, "on Sunday", "last week", "4 May": read from the day of the article, as exactly as they say."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from agreements.article import nouns
from agreements.article.lists import listed
from agreements.article.tokens import Kind, Token


@dataclass(frozen=True)
class When:
    """A date and its precision, both empty where the words alone do not tell; the words' tokens and the words."""

    first: int
    last: int
    words: str
    date: dt.date | None
    precision: str


_MONTHS = {name: number for number, name in enumerate(nouns.MONTHS, 1)} | {
    name[:3]: number for number, name in enumerate(nouns.MONTHS, 1)
} | {"sept": 9}  # fmt: skip
_DAYS = {name: number for number, name in enumerate(nouns.WEEKDAYS)}
_SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
_NUMBERS = {
    word: number for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1)
} | {"a": 1, "an": 1}  # fmt: skip
_TIMES = listed("morning afternoon evening night midday noon dawn lunchtime")
_PARTS = listed("early late mid earlier later mid-")
_BEFORE = listed("on in at by since last this late early earlier of past during over the next mid")


class Calendar:
    """Reads dates from the day of an article; without one only what names its year has a date."""

    def __init__(self, today: dt.date | None) -> None:
        self.today = today

    def find(self, tokens: Sequence[Token], text: str, first: int, last: int) -> list[When]:
        """The dates that stand in some tokens, in their order."""
        found = []
        at = first
        while at < last:
            when = self._at(tokens, text, at, last)
            if when is None:
                at += 1
                continue
            found.append(when)
            at = max(when.last, at + 1)
        return found

    def _at(self, tokens: Sequence[Token], text: str, at: int, last: int) -> When | None:
        token = tokens[at]
        low = token.low.rstrip(".")
        for read in (self._full, self._weekday, self._near, self._ago, self._month, self._year):
            found = read(tokens, at, last, low)
            if found is not None:
                end, date, precision = found
                begin = _widened(tokens, at, first=max(0, at - 3))
                return When(begin, end, text[tokens[begin].start : tokens[end - 1].end], date, precision)
        return None

    # Each of these gives the token after the words, the date and its precision, or None where its words are not there.

    def _full(self, tokens: Sequence[Token], at: int, last: int, low: str) -> tuple[int, dt.date | None, str] | None:
        """ "4 May", "May 4th", "4 May 2025", "May 4, 2025", "2025-05-04"."""
        token = tokens[at]
        if token.kind is Kind.NUMBER and re.fullmatch(r"\d{4}-\d{2}-\d{2}", token.text):
            try:
                return at + 1, dt.date.fromisoformat(token.text), "day"
            except ValueError:
                return None
        day, month, end = 0, 0, at
        if token.kind is Kind.NUMBER and (day := _day(token)) and at + 1 < last:
            place = at + 2 if tokens[at + 1].low == "of" and at + 2 < last else at + 1
            month, end = _month(tokens[place]), place + 1
        elif (month := _month(token)) and at + 1 < last and tokens[at + 1].kind is Kind.NUMBER:
            day, end = _day(tokens[at + 1]), at + 2
        if not day or not month:
            return None
        year, end = self._year_after(tokens, end, last)
        if not year:
            return end, self._latest(month, day), "day"
        return end, _date(year, month, day), "day"

    def _year_after(self, tokens: Sequence[Token], at: int, last: int) -> tuple[int, int]:
        place = at + 1 if at < last and tokens[at].text == "," else at
        if place < last and tokens[place].kind is Kind.NUMBER and re.fullmatch(r"(19|20)\d\d", tokens[place].text):
            return int(tokens[place].text), place + 1
        return 0, at

    def _latest(self, month: int, day: int) -> dt.date | None:
        """The latest such day that is not after the article."""
        if self.today is None:
            return None
        for year in (
            self.today.year,
            self.today.year - 1,
            self.today.year - 2,
            self.today.year - 3,
            self.today.year - 4,
        ):
            date = _date(year, month, day)
            if date is not None and date <= self.today:
                return date
        return None

    def _weekday(self, tokens: Sequence[Token], at: int, last: int, low: str) -> tuple[int, dt.date | None, str] | None:
        """ "on Sunday", "last Sunday", "Sunday night", "Sunday 4 May"."""
        number = _DAYS.get(low, _SHORT_DAYS.get(low) if tokens[at].text.endswith(".") else None)
        if number is None or not tokens[at].capital:
            return None
        end = at + 1
        place = end + 1 if end < last and tokens[end].text == "," else end
        if place < last:
            full = self._full(tokens, place, last, tokens[place].low)
            if full is not None:
                return full
        if end < last and tokens[end].low in _TIMES:
            end += 1
        before = tokens[at - 1].low if at else ""
        if before == "next" or self.today is None:
            return end, None, ""
        back = (self.today.weekday() - number) % 7
        if before in ("last", "past") and back == 0:
            back = 7
        if end < last and tokens[end].low == "last" and end + 1 < last and tokens[end + 1].low == "week":
            monday = self.today - dt.timedelta(days=self.today.weekday() + 7)
            return end + 2, monday + dt.timedelta(days=number), "day"
        return end, self.today - dt.timedelta(days=back), "day"

    def _near(self, tokens: Sequence[Token], at: int, last: int, low: str) -> tuple[int, dt.date | None, str] | None:
        """ "today", "yesterday", "last week", "earlier this month", "last year"."""
        one = {"today": 0, "tonight": 0, "yesterday": 1}.get(low)
        if one is not None:
            end = at + 2 if at + 1 < last and tokens[at + 1].low in _TIMES else at + 1
            return (end, None, "") if self.today is None else (end, self.today - dt.timedelta(days=one), "day")
        if low not in ("last", "this", "past") or at + 1 >= last:
            return None
        unit, end = tokens[at + 1].low, at + 2
        if unit in _TIMES and low in ("last", "this"):
            days = 1 if low == "last" else 0
            return (end, None, "") if self.today is None else (end, self.today - dt.timedelta(days=days), "day")
        if unit not in ("week", "month", "year", "weekend"):
            return None
        if self.today is None:
            return end, None, ""
        today, back = self.today, low in ("last", "past")
        if unit == "year":
            return end, dt.date(today.year - back, 1, 1), "year"
        if unit == "month":
            first = today.replace(day=1)
            return end, (first - dt.timedelta(days=1)).replace(day=1) if back else first, "month"
        monday = today - dt.timedelta(days=today.weekday() + 7 * back)
        if unit == "weekend":
            monday = today - dt.timedelta(days=today.weekday() + 2)
            return end, *_common(monday, monday + dt.timedelta(days=1))
        until = monday + dt.timedelta(days=6)
        return end, *_common(monday, until if back else min(until, today))

    def _ago(self, tokens: Sequence[Token], at: int, last: int, low: str) -> tuple[int, dt.date | None, str] | None:
        """ "two days ago", "three weeks ago", "a month ago"."""
        token = tokens[at]
        number = (
            int(token.text)
            if token.kind is Kind.NUMBER and token.text.isdecimal() and len(token.text) < 4
            else (_NUMBERS.get(low, 0))
        )
        if not number or at + 2 >= last or tokens[at + 2].low not in ("ago", "earlier"):
            return None
        unit = tokens[at + 1].low.rstrip("s")
        if unit not in ("day", "week", "month", "year") or tokens[at + 2].low == "earlier":
            return None
        if self.today is None:
            return at + 3, None, ""
        today = self.today
        if unit == "day":
            return at + 3, today - dt.timedelta(days=number), "day"
        if unit == "year" and number < 200:
            return at + 3, dt.date(today.year - number, 1, 1), "year"
        if unit == "month" and number < 120:
            months = today.year * 12 + today.month - 1 - number
            return at + 3, dt.date(months // 12, months % 12 + 1, 1), "month"
        if unit == "week" and number < 60:
            middle = today - dt.timedelta(weeks=number)
            return at + 3, *_common(middle - dt.timedelta(days=3), middle + dt.timedelta(days=3))
        return None

    def _month(self, tokens: Sequence[Token], at: int, last: int, low: str) -> tuple[int, dt.date | None, str] | None:
        """ "in February", "in May 2025", "late last March"."""
        stem = low.removeprefix("mid-")
        month = _month(tokens[at]) or (_MONTHS.get(stem, 0) if stem != low else 0)
        if not month:
            return None
        before = tokens[at - 1].low if at else ""
        if (
            low in ("may", "march", "august")
            and before not in _BEFORE | _PARTS
            and not (at + 1 < last and re.fullmatch(r"(19|20)\d\d", tokens[at + 1].text))
        ):
            return None
        year, end = self._year_after(tokens, at + 1, last)
        if year:
            return end, dt.date(year, month, 1), "month"
        if end < last and tokens[end].low == "last" and end + 1 < last and tokens[end + 1].low == "year" and self.today:
            return end + 2, dt.date(self.today.year - 1, month, 1), "month"
        if self.today is None or before == "next":
            return end, None, ""
        year = self.today.year if month <= self.today.month else self.today.year - 1
        return end, dt.date(year, month, 1), "month"

    def _year(self, tokens: Sequence[Token], at: int, last: int, low: str) -> tuple[int, dt.date | None, str] | None:
        """ "in 2022"."""
        if tokens[at].kind is not Kind.NUMBER or not re.fullmatch(r"(19|20)\d\d", tokens[at].text):
            return None
        before = tokens[at - 1].low if at else ""
        if before not in ("in", "early", "late", "mid", "of", "since", "during"):
            return None
        return at + 1, dt.date(int(tokens[at].text), 1, 1), "year"


def _common(first: dt.date, last: dt.date) -> tuple[dt.date | None, str]:
    """The month, or else the year, that some days have in common; nothing where they have none."""
    if first == last:
        return first, "day"
    if (first.year, first.month) == (last.year, last.month):
        return first.replace(day=1), "month"
    return (dt.date(first.year, 1, 1), "year") if first.year == last.year else (None, "")


def _widened(tokens: Sequence[Token], at: int, first: int) -> int:
    """Where the words begin: with "on", "late last", "earlier"."""
    while at > first and tokens[at - 1].low in _BEFORE and tokens[at - 1].low != "of" and tokens[at - 1].low != "by":
        at -= 1
    return at


def _day(token: Token) -> int:
    digits = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", token.low)
    number = int(digits[1]) if digits else 0
    return number if 1 <= number <= 31 else 0


def _month(token: Token) -> int:
    if token.kind is not Kind.WORD or not token.capital:
        return 0
    return _MONTHS.get(token.low.rstrip("."), 0)


def _date(year: int, month: int, day: int) -> dt.date | None:
    return dt.date(year, month, day) if day <= calendar.monthrange(year, month)[1] else None


_DATE_LINE = re.compile(r"^(?:published|updated|posted|date|issued|last updated|first published)\b", re.IGNORECASE)


def day_of_article(rows: Sequence[Sequence[Token]], text: str, published: dt.date | None) -> dt.date | None:
    """The day from which an article's dates are read: that of its dateline where one is near, else its publication.

    Without a day of publication, a full date with its year that stands alone among the first lines will do.
    """
    for tokens in rows[:6]:
        head = list(tokens[:16])
        if not head:
            continue
        for when in Calendar(published).find(head, text, 0, len(head)):
            if when.precision != "day" or when.date is None:
                continue
            alone = len(tokens) <= 9 or _DATE_LINE.match(tokens[0].text)
            dateline = any(token.text in ("–", "—", "-", "|") for token in head[when.last : when.last + 6]) and any(
                token.text.isupper() and len(token.text) > 2 for token in head[: when.first]
            )
            if (
                (alone or dateline)
                and _is_absolute(when.words)
                and (published is None or 0 <= (published - when.date).days <= 7)
            ):
                return when.date
    return published


def _is_absolute(words: str) -> bool:
    return any(sign.isdigit() for sign in words)
