"""What was typed, taken apart: words, phrases in quotation marks, words to leave out. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from agreements.words import plain

SHORTEST_BEGINNING = 3
"""Letters that a word must have to find those that begin with it: "us" is not to find "users"."""

_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_DASHES = "-−–"
_PARTS = re.compile(rf'(?<!\S)(?P<minus>[{_DASHES}])?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))|"(?P<inner>[^"]*)"?')


@dataclass(frozen=True)
class Term:
    """One or more plain words that follow each other; `beginning` where the word may go on."""

    words: tuple[str, ...]
    beginning: bool = False

    def __str__(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Query:
    """What an entry must hold, every term of it, and what it must not."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def words(self) -> list[str]:
        """The words looked for, in the order typed."""
        return [word for term in self.terms for word in term.words]

    def with_words(self, changed: dict[str, str]) -> Query:
        """The same with other words in the place of some, phrases excepted."""
        terms = (
            term if len(term.words) > 1 else Term((changed.get(term.words[0], term.words[0]),), term.beginning)
            for term in self.terms
        )
        return replace(self, terms=tuple(dict.fromkeys(terms)))

    def still_typing(self) -> Query:
        """The same while its last word may be unfinished."""
        if not self.terms or len(self.terms[-1].words) > 1:
            return self
        return replace(self, terms=(*self.terms[:-1], Term(self.terms[-1].words, beginning=True)))


def parse(typed: str) -> Query:
    """Never fails: what is no letter or digit parts words, a quotation mark without its fellow ends with the text."""
    terms: list[Term] = []
    without: list[Term] = []
    for part in _PARTS.finditer(typed.translate(_QUOTES)):
        phrase = part["phrase"] if part["phrase"] is not None else part["inner"]
        words = tuple(plain(phrase if phrase is not None else part["word"]).split())
        if not words:
            continue
        if part["minus"]:
            without.append(Term(words))
        elif phrase is not None:
            terms.append(Term(words))
        else:
            terms += [Term((word,), len(word) >= SHORTEST_BEGINNING) for word in words]
    return Query(tuple(dict.fromkeys(terms)), tuple(dict.fromkeys(without)))
