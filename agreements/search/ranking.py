"""How well an entry fits what was asked, and which of its words to mark. Pure functions, so that both engines agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from agreements.search.query import Query, Term
from agreements.vocabulary import SearchKind
from agreements.words import APART, plain

EXTRACT = 220
"""Characters of an extract, about."""


@dataclass(frozen=True)
class Texts:
    """An entry's plain words, each text with spaces around it; of its names a line each."""

    kind: SearchKind
    record: str
    names: tuple[str, ...]
    about: str
    text: str

    @classmethod
    def of(cls, kind: SearchKind, record: str, names: str, about: str, text: str) -> Texts:
        return cls(kind, record, tuple(f" {line} " for line in names.split("\n")), f" {about} ", f" {text} ")


def level(found: Texts, query: Query, *, unfinished: bool = False) -> int:
    """How well an entry fits that holds every term: from 0, the very thing asked for, to 9, in facts that belong to it.

    0 its id or a whole name · 1 the beginning of a name · 2 the words in a row in a name · 3 in its names · 4 words
    that begin so in its names · 5 in what it is about · 6 in a row in its text · 7 in its text · 8 words that begin
    so · 9 in its facts. The words of a source's title count as text, since a title tells a story; a whole title, which
    may be no more than the name of a country, comes after the names of all else, as 4. `unfinished` is a query of
    which the last word may go on: a name that begins so is then the one that is being typed.
    """
    fits = _level(found, query, unfinished=unfinished)
    if found.kind != SearchKind.SOURCE or fits >= 7:
        return fits
    if fits == 0:
        return 4
    published_by = found.about.startswith(f" {' '.join(query.words)} ")
    return fits if fits == 5 and published_by else 8 if fits == 4 else 7


def _level(found: Texts, query: Query, *, unfinished: bool) -> int:
    asked = " ".join(query.words)
    if plain(found.record) == asked or f" {asked} " in found.names:
        return 0
    names = " ".join(found.names)

    def whole(text: str) -> bool:
        return _all(query.terms, text, whole=True)

    def begun(text: str) -> bool:
        return _all(query.terms, text)

    by_name = _level_by_name(asked if unfinished else f"{asked} ", found.names, names, whole, begun)
    if by_name is not None:
        return by_name
    known = names + found.about
    if whole(known):
        return 5
    if len(query.words) > 1 and f" {asked} " in found.text:
        return 6
    known += found.text
    return 7 if whole(known) else 8 if begun(known) else 9


def _level_by_name(
    asked: str, lines: Sequence[str], names: str, whole: Callable[[str], bool], begun: Callable[[str], bool]
) -> int | None:
    """The level of what its names hold, None where they do not; `asked` ends with a space unless it may go on."""
    if any(line.startswith(f" {asked}") for line in lines):
        return 1
    if any(f" {asked}" in line for line in lines):
        return 2
    return 3 if whole(names) else 4 if begun(names) else None


def held(found: Texts, facts: str, query: Query) -> Query:
    """The part of the query that an entry holds."""
    known = " ".join(found.names) + found.about + found.text + f" {facts} "
    return replace(query, terms=tuple(term for term in query.terms if _all([term], known)))


def _all(terms: Iterable[Term], text: str, *, whole: bool = False) -> bool:
    """Whether a text with spaces around it holds all of the terms."""
    return all(f" {term}{'' if term.beginning and not whole else ' '}" in text for term in terms)


# --- What is shown --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Segment:
    """A piece of a text, marked or not."""

    text: str
    marked: bool = False


_PIECE = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\b\.?|[^\W_]+(?:['’`´ʼ][^\W_]+)*")


def marked(text: str, terms: Sequence[Term]) -> list[Segment]:
    """The text in pieces that make it up again, those marked that hold a term."""
    segments, at = [], 0
    for start, end in _spans(text, terms):
        segments += [Segment(text[at:start]), Segment(text[start:end], marked=True)]
        at = end
    segments.append(Segment(text[at:]))
    return [segment for segment in segments if segment.text]


def extract(
    shown: str, terms: Sequence[Term], *, title: str = "", only_if_marked: bool = False, most: int = EXTRACT
) -> list[Segment]:
    """The paragraph that holds most of the terms that the title lacks, or the first, cut to what is around them.

    `only_if_marked` leaves out a paragraph that holds none of those.
    """
    lacking = [term for term in terms if not _spans(title, [term])]
    best, most_held = "", 0 if only_if_marked else -1
    for paragraph in filter(None, shown.split("\n")):
        here = sum(bool(_spans(paragraph, [term])) for term in lacking)
        if here > most_held:
            best, most_held = paragraph, here
    if len(best) > most:
        spans = _spans(best, terms)
        first = spans[0][0] if spans else 0
        best = _cut(best, first, spans[-1][1] if spans else 0, most)
    return marked(best, terms)


def _cut(text: str, first: int, last: int, most: int) -> str:
    """A part of the text of about `most` characters, of whole words, with what is marked in its middle."""
    room = max(most - (last - first), most // 3)
    start = max(0, min(first - room // 2, len(text) - most))
    end = min(len(text), start + most)
    if start:
        start = text.find(" ", start, first) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", start + 1, end), start + 1)
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"


def _spans(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Where the text holds terms: pairs of places, in order, that neither overlap nor touch another."""
    pieces = list(_PIECE.finditer(text))
    words = [plain(piece[0]) for piece in pieces]
    found = []
    for term in terms:
        for at in range(len(words) - len(term.words) + 1):
            if _stands(term, words[at : at + len(term.words)]):
                found.append((pieces[at].start(), pieces[at + len(term.words) - 1].end()))
    # A name with an apostrophe is found by its parts too, as it is by the index.
    for piece in pieces:
        parts = plain(APART.sub(" ", piece[0])).split()
        if len(parts) > 1 and any(_stands(term, [part]) for term in terms for part in parts):
            found.append(piece.span())
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(found)):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def _stands(term: Term, words: Sequence[str]) -> bool:
    *before, last = words
    wanted = term.words[-1]
    return tuple(before) == term.words[:-1] and (last.startswith(wanted) if term.beginning else last == wanted)


# --- Spelling -------------------------------------------------------------------------------------


def slips_allowed(word: str) -> int:
    """How many letters of a word may be wrong, missing, too many or exchanged with their neighbour."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def slips(one: str, other: str, *, most: int) -> int:
    """How many letters must be changed, added, left out or exchanged with their neighbour; `most` + 1 if more.

    The optimal string alignment distance.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        this = [row]
        for column, against in enumerate(other, start=1):
            cost = min(last[column] + 1, this[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            this.append(cost)
        before, last = last, this
    return min(last[-1], most + 1)
