"""Words as a reader types them, whatever their accents and case."""

from __future__ import annotations

import re
import unicodedata

# Letters that no decomposition turns into plain ones.
_PLAIN = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "’": "'"})


def fold(text: str) -> str:
    """The text without accents, in lower case, with plain letters: "Türkiye" and "TURKIYE" give the same."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).translate(_PLAIN)


def holds(text: str, words: str) -> bool:
    """Whether a text holds each of the words, or a beginning or middle of it, in any order."""
    folded = fold(text)
    return all(word in folded for word in fold(words).split())


def shared(one: str, other: str) -> float:
    """The share of the words of the poorer text that the richer one has too, whatever the accents and case.

    From 0 to 1; 0 where one of them has no words. An extract shares all its words with the whole.
    """
    words = [set(re.findall(r"\w+", fold(text))) for text in (one, other)]
    fewest = min(map(len, words))
    return len(words[0] & words[1]) / fewest if fewest else 0.0
