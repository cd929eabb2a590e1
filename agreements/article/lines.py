"""A paragraph made ready to be read: its tokens, sentences, brackets, mentions, and what begins and ends where."""

from __future__ import annotations

from collections.abc import Callable

from agreements.article import nouns
from agreements.article.lists import listed
from agreements.article.marks import Span
from agreements.article.mentions import Chunker, Mention, What
from agreements.article.names import is_acronym
from agreements.article.paragraphs import Paragraph
from agreements.article.places import Gazetteer, Place, places_of
from agreements.article.steps import Steps
from agreements.article.tokens import Kind, Token, sentence_ends, tokens_of

LONGEST_SENTENCE = 160
"""Tokens; a longer one is read as several, so that no sentence costs more than its length times a constant."""


class Line:
    """One paragraph. `ends[i]` is where the sentence of token i ends, `begins[i]` where it begins."""

    def __init__(self, text: str, place: Paragraph, spans: list[Span], gazetteer: Gazetteer, steps: Steps) -> None:
        self.text = text
        self.start, self.end = place.start, place.end
        self.spans = spans
        self.steps = steps
        self.tokens: list[Token] = tokens_of(text, place, spans, steps)
        self.ends = self._cut(sentence_ends(self.tokens, text, spans, steps))
        self.begins = [0] * len(self.tokens)
        begin = 0
        for index in range(len(self.tokens)):
            self.begins[index] = begin
            if self.ends[index] == index + 1:
                begin = index + 1
        self.places: list[Place] = places_of(self.tokens, gazetteer, steps)
        self.place_at = {place.first: place for place in self.places}
        self.brackets = self._brackets()
        self.closing = {opening: close for close, opening in self.brackets.items()}
        self._chunker = Chunker(self.tokens, self.places, text, steps)
        self.mentions: list[Mention] = self._chunker.mentions()
        self.starting = {mention.first: mention for mention in self.mentions}
        self.ending = {mention.last: mention for mention in self.mentions}
        self.people_named_so: set[Place] = set()
        self.titled = self._titled()
        self.shouted = self.titled and not any(token.text.islower() for token in self.tokens)

    def name_people(self, is_surname: Callable[[str], bool]) -> None:
        """Takes a country's name for a person's where somebody is called so and no preposition leads to it."""
        for place in self.places:
            if not place.also_name or place.last - place.first != 1:
                continue
            self.steps.add()
            word = self.tokens[place.first]
            led = self.tokens[place.first - 1].low if place.first else ""
            if led in nouns.PREPOSITIONS or led == "and" or not is_surname(word.text):
                continue
            mention = self.starting.get(place.first)
            if mention is not None and mention.what is What.PLACE and mention.last == place.last:
                mention.what, mention.name, mention.name_first = What.PERSON, word.text, mention.first
            self.people_named_so.add(place)
        self.places = [place for place in self.places if place not in self.people_named_so]
        for mention in self.mentions:
            alone = mention.what is What.PERSON and mention.last - mention.first == 1
            if alone and self.is_(mention.first - 1, "in", "near") and not is_surname(mention.name):
                mention.what = What.PLACE

    def _cut(self, ends: list[int]) -> list[int]:
        begin = 0
        for index, end in enumerate(ends):
            if index >= begin + LONGEST_SENTENCE:
                begin = index
            ends[index] = min(end, begin + LONGEST_SENTENCE)
            if ends[index] == index + 1:
                begin = index + 1
        return ends

    def _brackets(self) -> dict[int, int]:
        """Each closing bracket's opening one."""
        found, waiting = {}, []
        for index, token in enumerate(self.tokens):
            if token.text in ("(", "["):
                waiting.append(index)
            elif token.text in (")", "]") and waiting:
                found[index] = waiting.pop()
        return found

    def _titled(self) -> bool:
        """Whether it is set like a headline: most of its longer words with a capital, no point at its end."""
        words = [token for token in self.tokens if token.kind is Kind.WORD and len(token.text) > 3]
        capitals = sum(token.capital for token in words)
        ended = bool(self.tokens) and self.tokens[-1].text in (".", "!", "?", "…")
        return len(words) >= 4 and capitals >= 0.7 * len(words) and not ended and not self.spans

    def acronyms(self) -> list[tuple[str, str]]:
        """What acronyms stand for: "the Department of Homeland Security (DHS)", told by the initials."""
        found = []
        for at in range(1, len(self.tokens) - 2):
            self.steps.add()
            inside = self.tokens[at + 1]
            if self.tokens[at].text != "(" or self.tokens[at + 2].text != ")" or not is_acronym(inside):
                continue
            wanted = inside.text.replace(".", "")
            begin, end = at, at
            initials = ""
            while begin > 0 and at - begin < 12 and len(initials) < len(wanted):
                token = self.tokens[begin - 1]
                if token.kind is not Kind.WORD or not (token.capital or token.low in nouns.JOINING):
                    break
                begin -= 1
                initials = (token.text[0] if token.capital else "") + initials
            if initials == wanted or (len(initials) > 1 and wanted.startswith(initials[0]) and end - begin > 1):
                while not self.tokens[begin].capital:
                    begin += 1
                found.append((self.said(begin, end), inside.text))
        return found

    def before_bracket(self, at: int) -> int:
        """Where what stands before a place ends, a bracket before it left out."""
        if at and self.tokens[at - 1].text in (")", "]"):
            return self.brackets.get(at - 1, at)
        return at

    def after_bracket(self, at: int) -> int:
        """Where the text goes on after a place, a bracket that opens there left out."""
        if at < len(self.tokens) and self.tokens[at].text == "(":
            return self.closing.get(at, at - 1) + 1
        return at

    def by_line(self, at: int) -> bool:
        """Whether a name is the author's: after "by", in a line that is no sentence."""
        if self.tokens[-1].text in (".", "!", "?", "…", ":") or self.spans or len(self.tokens) > 24:
            return False
        return any(self.is_(back, "by") for back in range(max(0, at - 8), at))

    def is_(self, at: int, *signs: str) -> bool:
        """Whether a token is one of some signs or words."""
        return 0 <= at < len(self.tokens) and self.tokens[at].low in signs

    def quote(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and self.tokens[at].kind is Kind.QUOTE

    def said(self, first: int, last: int) -> str:
        """The words of some tokens as printed."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end] if last > first else ""

    def part(self, first: int, last: int) -> Mention:
        """The mention that some of another's tokens are: "the minister" in "the minister's statement"."""
        return self._chunker.part(first, last)

    def inner(self, at: int) -> str:
        """The quoted words at a token, without their marks."""
        span = self.spans[self.tokens[at].span]
        return self.text[span.inner_start : span.inner_end].strip()

    def subject_of_sentence(self, at: int) -> Mention | None:
        """The first mention of a sentence that stands in no phrase with a preposition and in no bracket."""
        index, end = self.begins[at], self.ends[at]
        while index < end:
            self.steps.add()
            mention = self.starting.get(index)
            if mention is None:
                index += 1
                continue
            before = self.tokens[index - 1] if index > self.begins[at] else None
            if ((before is None or before.low not in _LEADING) and mention.what is not What.DOCUMENT) or (
                before is None and mention.what is What.DOCUMENT
            ):
                return mention
            index = mention.last
        return None


_LEADING = listed(
    """
    of for at in from with to by on about against after before during over under into through within without between
    among across towards toward upon near since until like per via amid despite including asked as than while when
    the a an
    """
)
