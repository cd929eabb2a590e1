"""What is on record already: the official whom a speaker is, the statement whose words a quotation has."""

from __future__ import annotations

from collections.abc import Sequence

from agreements.article.known import Known, KnownOfficial, KnownStatement
from agreements.article.lists import listed
from agreements.article.mentions import What
from agreements.article.people import Entity, name_parts
from agreements.words import shared

_EMPTY = listed("the of for and a an unnamed s in at to")
_SAME_WORDS = 0.9


class Record:
    """Officials by each word of their names, statements by who made them."""

    def __init__(self, known: Known) -> None:
        self._officials: dict[str, list[KnownOfficial]] = {}
        for official in known.officials:
            for part in set(name_parts(official.name)):
                self._officials.setdefault(part, []).append(official)
        self._statements: dict[str, list[KnownStatement]] = {}
        for statement in known.statements:
            if statement.quote:
                self._statements.setdefault(statement.official, []).append(statement)

    def official(self, entity: Entity) -> KnownOfficial | None:
        """The one official on record whom a speaker can be, accents and a letter aside; None where several fit."""
        parts = name_parts(entity.name)
        found = {each.id: each for part in parts for each in self._officials.get(part, ())}
        if entity.what is What.PERSON:
            fits = [each for each in found.values() if each.kind == "person" and _is_person(parts, each)]
        else:
            wanted = set(parts) - _EMPTY
            fits = [
                each
                for each in found.values()
                if each.kind != "person" and wanted == set(name_parts(each.name)) - _EMPTY
            ]
        return fits[0] if len(fits) == 1 else None

    def statement(self, quote: str, official: KnownOfficial | None) -> str:
        """The id of the official's statement that has the same words; empty where there is none."""
        if not quote or official is None:
            return ""
        said = self._statements.get(official.id, ())
        return next((each.id for each in said if shared(quote, each.quote) >= _SAME_WORDS), "")


def _is_person(parts: Sequence[str], official: KnownOfficial) -> bool:
    own = name_parts(official.name)
    return own[-1] == parts[-1] if len(parts) == 1 else _same_person(parts, own)


def _same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names are spellings of one: the shorter's words are in the longer, or nearly so."""
    shorter, longer = sorted((set(one), set(other)), key=len)
    return len(shorter) > 1 and all(any(_alike(part, each) for each in longer) for part in shorter)


def _alike(one: str, other: str) -> bool:
    """Whether two words are equal but for one letter, in words of six and more."""
    if one == other:
        return True
    if min(len(one), len(other)) < 6 or abs(len(one) - len(other)) > 1:
        return False
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return one[at + 1 :] == other[at + 1 :] or one[at:] == other[at + 1 :] or one[at + 1 :] == other[at:]
