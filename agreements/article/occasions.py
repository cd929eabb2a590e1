"""When something was said: the date that belongs to a clause of saying, not to what is said or told of the speaker."""

from __future__ import annotations

from collections.abc import Callable

from agreements.article import verbs
from agreements.article.attribution import Attribution
from agreements.article.dates import Calendar, When
from agreements.article.lines import Line
from agreements.article.lists import listed
from agreements.article.mentions import Mention
from agreements.article.people import Entity
from agreements.article.tokens import Kind

_BEGINNINGS = listed("signed which since began reached announced agreed launched struck whose")
"""Words that tie a date to something else."""


class Occasions:
    """Finds the day on which words were said, in one article."""

    def __init__(self, text: str, calendar: Calendar) -> None:
        self.text = text
        self.calendar = calendar

    def of(self, line: Line, own: Attribution) -> When | None:
        """A date within a clause of saying, or before it in its sentence; not one within what is said.

        Nor one between speaker and verb, unless right before the verb: "the minister, who took over in May, said".
        """
        first, last, verb = own.first, own.last, own.verb
        content = _content_from(line, verb, last) if verb >= 0 else last
        begin = first if own.after else max(line.begins[first], first - 40)
        found = self.calendar.find(line.tokens, self.text, begin, min(content, begin + 100))
        fits = []
        for when in found:
            if verb >= 0 and own.subject.last <= when.first < verb and not _touches(line, when.last, verb):
                continue
            if when.words.split()[0].lower() in ("since", "by", "until", "before", "after", "from", "next"):
                continue
            if line.is_(when.first - 1, "by", "until", "before", "after", "from", "since", "for"):
                continue
            if not _within_relative(line, when, begin):
                fits.append(when)
        later = [when for when in fits if when.first > verb]
        return (later or fits[-1:] or [None])[0]

    def before(
        self, line: Line, at: int, speaker: Entity, entity_of: Callable[[Mention], Entity | None]
    ) -> When | None:
        """The date of the sentence before words in their paragraph, where its subject is who speaks."""
        begin = line.begins[at]
        if not begin:
            return None
        first = line.begins[begin - 1]
        subject = line.subject_of_sentence(first)
        if subject is None or entity_of(subject) is not speaker:
            return None
        found = self.calendar.find(line.tokens, self.text, first, min(begin, first + 60))
        found = [when for when in found if not _within_relative(line, when, first) and when.precision == "day"]
        return found[0] if found else None


def _touches(line: Line, first: int, last: int) -> bool:
    """Whether nothing but small words stands between a date and its verb, or a comma after an opening phrase."""
    return last - first <= 3 and not any(line.is_(at, ",", "who", "which") for at in range(first, last))


def _within_relative(line: Line, when: When, begin: int) -> bool:
    """Whether a date belongs to a clause inside the sentence: "the deal signed in 2022", "which began in May"."""
    for at in range(when.first - 1, max(begin, when.first - 8) - 1, -1):
        low = line.tokens[at].low
        if low in _BEGINNINGS:
            return True
        if low in (",", "said", "told") or low in verbs.FORMS:
            return False
    return False


def _content_from(line: Line, verb: int, last: int) -> int:
    """Where what is said begins after a verb of saying: at "that", a colon, or quoted words."""
    for at in range(verb + 1, min(last, len(line.tokens))):
        line.steps.add()
        token = line.tokens[at]
        if token.low in ("that", "if", "whether") or token.text == ":" or token.kind is Kind.QUOTE:
            return at
        if token.low in verbs.FINITE and not token.capital and at > verb + 1:
            # "said on Sunday the talks were": what is said began before its verb.
            mention = next((line.starting[back] for back in range(at - 1, verb, -1) if back in line.starting), None)
            return mention.first if mention is not None else at
    return last
