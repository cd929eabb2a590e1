"""Countries in a text: by name, adjective, seat of government; not where the same letters mean another thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from agreements.article import gazetteer
from agreements.article.known import Known
from agreements.article.names import is_given_name, may_be_surname
from agreements.article.steps import Steps
from agreements.article.tokens import Kind, Token, words_between


@dataclass(frozen=True)
class Place:
    """A country's name at tokens `first` to `last` (not included); `seat` where its capital stands for it."""

    first: int
    last: int
    id: str
    seat: bool = False
    adjective: bool = False
    also_name: bool = False


@dataclass(frozen=True)
class _Entry:
    words: tuple[str, ...]
    id: str
    seat: bool = False
    adjective: bool = False
    also_name: bool = False


NOWHERE = "-"
"""The id of what holds a country's name and is none."""


class Gazetteer:
    """Names by their first word, the longest first."""

    def __init__(self, entries: Iterable[_Entry]) -> None:
        self._entries: dict[str, list[_Entry]] = {}
        for entry in entries:
            self._entries.setdefault(entry.words[0], []).append(entry)
        self.small = {word for word in self._entries if not word[0].isupper()}
        for fellows in self._entries.values():
            fellows.sort(key=lambda entry: -len(entry.words))

    def at(self, tokens: Sequence[Token], place: int) -> _Entry | None:
        """The longest name that begins at a token."""
        for entry in self._entries.get(_spelt(tokens[place]), ()):
            if all(
                place + offset < len(tokens) and _spelt(tokens[place + offset]) == word
                for offset, word in enumerate(entry.words)
            ):
                return entry
        return None


def _spelt(token: Token) -> str:
    return token.text.replace("’", "'").rstrip(".") if token.kind is Kind.WORD else token.low


def _words(name: str) -> tuple[str, ...]:
    return tuple(_spelt(token) for token in words_between(name, 0, len(name), Steps()) if token.text != "&") or (name,)


@cache
def _listed() -> tuple[_Entry, ...]:
    entries = []
    for row in gazetteer.ROWS.replace("\\\n", "").strip().split("\n"):
        code, rest = row[:3], row[4:]
        parts = [[name.strip() for name in part.split(",") if name.strip()] for part in rest.split("/")]
        for names, kind in zip(parts, ("name", "adjective", "seat"), strict=False):
            for name in names:
                plain = name.removeprefix("~")
                entries.append(_Entry(_words(plain), code, kind == "seat", kind == "adjective", name != plain))
    for name in gazetteer.NO_COUNTRY.split("|"):
        entries.append(_Entry(_words(name), NOWHERE))
    for word, name in gazetteer.SAME_NAME.items():
        entries.append(_Entry((word,), name, adjective=word != name))
    return tuple(entries)


@cache
def gazetteer_of(known: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> Gazetteer:
    """The listed names, and those that the tracker gives its countries."""
    listed = _listed()
    there = {entry.words for entry in listed}
    more = [_Entry(_words(name), id) for id, names in known for name in names if name and _words(name) not in there]
    return Gazetteer([*listed, *more])


def gazetteer_for(known: Known) -> Gazetteer:
    return gazetteer_of(tuple((country.id, country.names) for country in known.countries))


def places_of(tokens: Sequence[Token], gazetteer: Gazetteer, steps: Steps) -> list[Place]:
    """The countries that a row of tokens names, names that are shared still undecided."""
    found = []
    at = 0
    while at < len(tokens):
        steps.add()
        token = tokens[at]
        named = token.kind is Kind.WORD and (token.capital or token.text in gazetteer.small)
        entry = gazetteer.at(tokens, at) if named else None
        if entry is None:
            at += 1
            continue
        end = at + len(entry.words)
        if entry.id != NOWHERE and not (entry.also_name and _is_a_persons(tokens, at, end, entry)):
            found.append(Place(at, end, entry.id, entry.seat, entry.adjective, entry.also_name))
        at = end
    return found


def _is_a_persons(tokens: Sequence[Token], at: int, end: int, entry: _Entry) -> bool:
    """Whether a word that is a country's and a person's name is a person's here: "Jim Jordan", "Chad Wolf"."""
    before = tokens[at - 1] if at else None
    after = tokens[end] if end < len(tokens) else None
    if before is not None and before.kind is Kind.WORD and before.capital:
        if is_given_name(before.low) or before.low.rstrip(".") in (
            "mr",
            "mrs",
            "ms",
            "miss",
            "dr",
            "rep",
            "sen",
            "judge",
        ):
            return True
        if len(before.text) <= 2 and before.text.endswith("."):
            return True
    if after is not None and after.kind is Kind.WORD and after.capital and not entry.adjective:
        return may_be_surname(after) and after.start - tokens[end - 1].end == 1 and not _is_listed(after)
    return False


@cache
def _single_words() -> frozenset[str]:
    return frozenset(entry.words[0] for entry in _listed())


def _is_listed(token: Token) -> bool:
    return _spelt(token) in _single_words()


class Countries:
    """Places as countries: a name that two share is decided by the words around it, then by those of the whole text."""

    def __init__(self, text: str) -> None:
        self._of_text = {name: _decided(name, text) for name in gazetteer.DOUBTFUL}

    def of(self, place: Place, around: str = "") -> str:
        """The alpha-3 code of a place, `around` being the words among which it stands."""
        if place.id not in gazetteer.DOUBTFUL:
            return place.id
        nearby = _decided(place.id, around)
        return nearby or self._of_text[place.id] or gazetteer.DOUBTFUL[place.id][0][0]


def _decided(name: str, text: str) -> str:
    """The one country for which the words of a text speak; empty where none or several do."""
    if not text:
        return ""
    spoken_for = [
        code
        for code, signs in gazetteer.DOUBTFUL[name]
        if re.search(rf"\b(?:{'|'.join(map(re.escape, signs))})\b", text)
    ]
    return spoken_for[0] if len(spoken_for) == 1 else ""
