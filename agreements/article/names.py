"""Words within names: which may be part of a person's name, which tell whether it is a man's or a woman's."""

from __future__ import annotations

from agreements.article import given_names, nouns
from agreements.article.lists import listed
from agreements.article.tokens import Kind, Token
from agreements.words import fold

_TITLES = (
    nouns.ROLES
    | nouns.BODIES
    | nouns.BODY_NAMES
    | nouns.PORTFOLIO
    | nouns.CALENDAR
    | nouns.HONOURS
    | frozenset(nouns.SHORT_TITLES)
)
_RANKS = listed("under vice deputy ex co sub attorney secretary director governor major lieutenant then")
_ALSO_SURNAMES = frozenset(["bank", "chamber", "court", "bar", "house", "force", "bench", "board"])
_HIS = frozenset(map(fold, given_names.HIS))
_HERS = frozenset(map(fold, given_names.HERS))


def is_acronym(token: Token) -> bool:
    """Whether a word is all capitals: DHS, UNHCR, HRW."""
    plain = token.text.replace(".", "").replace("&", "")
    return len(plain) >= 2 and plain.isupper() and plain.isalpha() and len(plain) <= 8


def is_initial(token: Token) -> bool:
    return token.capital and len(token.text.rstrip(".")) == 1


def is_given_name(word: str) -> bool:
    folded = fold(word)
    return folded in _HIS or folded in _HERS


def gender_of_given_name(word: str) -> str:
    """ "m", "f", or nothing where it is not known."""
    folded = fold(word)
    if "-" in folded:
        folded = folded.split("-")[0]
    return "m" if folded in _HIS else "f" if folded in _HERS else ""


def may_be_surname(token: Token) -> bool:
    """Whether a word with a capital is none of a title, a body, the calendar or a sentence's beginning."""
    return (
        token.kind is Kind.WORD
        and token.capital
        and (token.text[:1].isalpha() or token.text[:1] == "@")
        and token.low.rstrip(".") not in _TITLES
        and token.low not in nouns.STOPS
        and token.low not in nouns.DETERMINERS
        and not is_acronym(token)
        and not _is_compound_title(token.low)
        and not (token.low.endswith("s") and token.low[:-1] in nouns.BODIES - _ALSO_SURNAMES)
    )


def _is_compound_title(low: str) -> bool:
    """Whether a double word is an office: "Under-Secretary", "Vice-Chancellor", "Ex-Minister"."""
    first, hyphen, last = low.partition("-")
    return bool(hyphen) and last in nouns.ROLES and first in _RANKS


def is_title_word(token: Token) -> bool:
    low = token.low.rstrip(".")
    return low in _TITLES or low in nouns.SHORT_TITLES or _is_compound_title(low)
