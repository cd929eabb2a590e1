"""Which quoted words are one statement: parts with nothing but their attribution between, paragraphs that go on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from agreements.article import titles, verbs
from agreements.article.attribution import Attribution
from agreements.article.lines import Line
from agreements.article.mentions import Mention, What
from agreements.article.people import Entity
from agreements.article.rules import Rule
from agreements.article.tokens import Kind

FEWEST_WORDS = 4
"""Quoted words under this are never a statement."""

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")


@dataclass
class Said:
    """Words in the making: the quote tokens that belong together, and who says them.

    `line` and `at` are where they begin; `tokens` those of `last_line`, where they end; `told_in` has the attribution,
    `latest` is the last one between their parts. `parts` are start, end, and the same without the marks. `context` is
    true where nothing but the words around tells who speaks.
    """

    line: Line
    at: int
    last_line: Line
    tokens: list[int]
    parts: list[tuple[int, int, int, int]]
    told_in: Line | None = None
    attribution: Attribution | None = None
    latest: Attribution | None = None
    speakers: list[Entity] = field(default_factory=list)
    rule: Rule = Rule.GOES_ON
    context: bool = False

    def quote(self, text: str) -> str:
        """The words of all parts, joined by a space."""
        parts = [_trimmed(text[begin:end]) for _start, _end, begin, end in self.parts]
        return " ".join(part for part in parts if part)

    def is_long_enough(self, text: str) -> bool:
        return len(_WORD.findall(self.quote(text))) >= FEWEST_WORDS


class Quotations:
    """Those of one article, in order; `entity_of` tells whom a mention of a line means."""

    def __init__(self, text: str, entity_of: Callable[[Line, Mention], Entity | None]) -> None:
        self.text = text
        self.said: list[Said] = []
        self._entity_of = entity_of

    def add(
        self,
        line: Line,
        at: int,
        attribution: Attribution | None,
        goes_on: tuple[Entity, Rule] | None,
    ) -> None:
        span = line.spans[line.tokens[at].span]
        if span.continues and self.said:
            before = self.said[-1]
            before.parts.append((span.start, span.end, span.inner_start, span.inner_end))
            if not before.speakers or before.context:
                self._give(line, before, attribution)
            elif attribution is not None and attribution.after:
                before.attribution, before.told_in = attribution, line
            before.tokens = [*before.tokens, at] if before.last_line is line else [at]
            before.last_line = line
            return
        speakers = self._speakers(line, attribution)
        if titles.is_title(line, at, self.text[span.inner_start : span.inner_end], attribution):
            return
        last = self.said[-1] if self.said else None
        if (
            last is not None
            and last.tokens
            and last.line is line
            and self._goes_on(line, last, at, attribution, speakers)
        ):
            last.tokens.append(at)
            if attribution is not None and attribution.after:
                last.latest = attribution
            last.parts.append((span.start, span.end, span.inner_start, span.inner_end))
            if last.attribution is not None and last.attribution.after and last.rule in (Rule.AFTER, Rule.VERB_FIRST):
                last.rule = Rule.WITHIN
            if not last.speakers or (last.context and speakers):
                self._give(line, last, attribution)
            return
        said = Said(line, at, line, [at], parts=[(span.start, span.end, span.inner_start, span.inner_end)])
        self._give(line, said, attribution)
        if not said.speakers and goes_on is not None:
            said.speakers, said.rule, said.context = [goes_on[0]], goes_on[1], True
        self.said.append(said)

    def _give(self, line: Line, said: Said, attribution: Attribution | None) -> None:
        speakers = self._speakers(line, attribution)
        if attribution is not None and speakers:
            said.attribution, said.told_in = attribution, line
            said.speakers, said.rule, said.context = speakers, attribution.rule, False
            if attribution.subject.what is What.DOCUMENT:
                said.rule = Rule.DOCUMENT

    def _speakers(self, line: Line, attribution: Attribution | None) -> list[Entity]:
        if attribution is None:
            return []
        found = [self._entity_of(line, mention) for mention in (attribution.subject, *attribution.others)]
        return [entity for entity in found if entity is not None]

    def _goes_on(
        self, line: Line, last: Said, at: int, attribution: Attribution | None, speakers: list[Entity]
    ) -> bool:
        """Whether words go on with those before them in the paragraph: nothing but their attribution stands between."""
        before = last.tokens[-1]
        if at == before + 1:
            return False
        own = last.latest or last.attribution
        if own is None or not own.after or not own.beside or own.first < before:
            return False
        if not _is_pure(line, own):
            return False
        end = own.last
        while end < len(line.tokens) and line.tokens[end].text in (".", ",", ":", ";", "–", "—", "-", "…"):
            end += 1
        if end != at or (line.tokens[at - 1].kind is Kind.WORD and at - 1 > max(own.verb, own.subject.last - 1)):
            return False
        if attribution is None or attribution.verb == own.verb or not attribution.after:
            return not (
                attribution is not None
                and attribution.verb not in (own.verb, -1)
                and not attribution.after
                and (speakers and last.speakers and speakers[0] is not last.speakers[0])
            )
        return not (speakers and last.speakers and speakers[0] is not last.speakers[0])


def _is_pure(line: Line, own: Attribution) -> bool:
    """Whether nothing but the attribution stands in its clause: no second verb, nothing else that was said."""
    start = max(own.verb, own.first) + 1
    for at in range(start, min(own.last, start + 60)):
        line.steps.add()
        low = line.tokens[at].low
        if low in ("and", "but", "then") and at + 1 < own.last:
            following = line.tokens[at + 1].low
            if (
                following in verbs.FORMS
                and verbs.FORMS[following][1] in (verbs.PAST, verbs.PRESENT)
                and (following not in verbs.NOUN_TOO or low != "and")
            ):
                return False
            if following.endswith("ed") and following not in ("united",) and len(following) > 4:
                return False
        if (
            low in ("that", "whether")
            and verbs.FORMS.get(line.tokens[at - 1].low, ("", ""))[1] in (verbs.PARTICIPLE, verbs.PAST)
            and at - 1 != own.verb
        ):
            return False
    return True


def _trimmed(words: str) -> str:
    """Words without white space around them and without a comma at their end; line breaks within are spaces."""
    return re.sub(r"\s+", " ", words).strip().removesuffix(",").rstrip()
