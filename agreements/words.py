"""Words as a reader types them, whatever their accents and case."""

from __future__ import annotations

import re
import unicodedata

# Letters that no decomposition turns into plain ones.
_PLAIN = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "’": "'"})
APART = re.compile(r"['`´’ʼ]")
"""What may stand within a word and part it as well."""
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.)+[^\W\d_]\b\.?")
_APOSTROPHES = re.compile(r"(?<=\w)['`´ʼ]+(?=\w)")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """The text without accents, in lower case, with plain letters: "Türkiye" and "TURKIYE" give the same."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).translate(_PLAIN)


def plain(text: str) -> str:
    """The folded words of a text with a space between them, nothing but letters and digits in them.

    What stands within a word is left out and what stands between two words parts them: "Côte d’Ivoire" gives "cote
    divoire", "U.S.–Palau" gives "us palau".
    """
    folded = _INITIALS.sub(lambda found: found[0].replace(".", ""), fold(text))
    return " ".join(_WORD.findall(_APOSTROPHES.sub("", folded)))


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
