"""Words, numbers and signs of a paragraph, with quoted words as one token, and where its sentences end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from agreements.article.lists import listed
from agreements.article.marks import Span
from agreements.article.paragraphs import Paragraph
from agreements.article.steps import Steps


class Kind(Enum):
    WORD = "word"
    NUMBER = "number"
    SIGN = "sign"
    POSSESSIVE = "possessive"
    QUOTE = "quote"


@dataclass(slots=True)
class Token:
    """`low` is the text in lower case with straight apostrophes; `span` the number of the quoted span, if it is one."""

    kind: Kind
    start: int
    end: int
    text: str
    low: str
    capital: bool = False
    span: int = -1


_TOKEN = re.compile(
    r"(?P<url>(?:https?://|www\.)\S+)"
    r"|(?P<initials>(?:[A-Z]\.){2,})"
    r"|(?P<handle>[@#]\w+)"
    r"|(?P<word>[^\W\d_][^\W_]*(?:[-'’‑][^\W_]+|(?<=\b[A-Z])&[A-Z])*)"
    r"|(?P<number>\d+(?:[.,:/-]\d+)*(?:st|nd|rd|th|m|bn|k)?)"
    r"|(?P<gap>\.\.\.+)"
    r"|(?P<sign>[^\w\s]|_)"
)
_SMALL_PREFIX = re.compile(r"[^\W\d_]{1,4}['’][A-ZÀ-Þ]")  # dell’Orto, p'Ocen
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_STARTERS = listed("The He She It They A An But And In On At We I His Her Their This That There")
_NEVER_LAST = listed(
    """
    mr mrs ms dr prof sen rep gov gen col lt capt maj sgt hon rev st no vs amb atty cllr msgr pres supt insp jan feb
    mar apr aug sept oct nov dec
    """
)


def tokens_of(text: str, line: Paragraph, spans: list[Span], steps: Steps) -> list[Token]:
    """The tokens of a paragraph; each span is one."""
    found: list[Token] = []
    at = line.start
    for number, span in enumerate(spans):
        _scan(text, at, span.start, found, steps)
        if _is_nickname(text, line, span, found):
            inner = text[span.inner_start : span.inner_end]
            found.append(Token(Kind.WORD, span.start, span.end, inner, inner.lower(), capital=True))
            at = span.end
            continue
        found.append(Token(Kind.QUOTE, span.start, span.end, "“”", "“”", span=number))
        steps.add()
        at = span.end
    _scan(text, at, line.end, found, steps)
    return found


def _is_nickname(text: str, line: Paragraph, span: Span, before: list[Token]) -> bool:
    """Whether quoted words stand within a name: Winston ‘Boysie’ Charles-Frank."""
    inner = text[span.inner_start : span.inner_end]
    return (
        span.closed
        and not span.continues
        and 0 < len(inner) <= 24
        and inner.count(" ") <= 2
        and inner[0].isupper()
        and inner[-1].isalpha()
        and bool(before)
        and before[-1].capital
        and before[-1].kind is Kind.WORD
        and before[-1].end == span.start - 1
        and text[span.end : span.end + 1] == " "
        and text[span.end + 1 : span.end + 2].isupper()
        and span.end + 1 < line.end
    )


def words_between(text: str, start: int, end: int, steps: Steps) -> list[Token]:
    """The tokens between two places, whatever marks stand there."""
    found: list[Token] = []
    _scan(text, start, end, found, steps)
    return found


def _scan(text: str, start: int, end: int, found: list[Token], steps: Steps) -> None:
    for match in _TOKEN.finditer(text, start, end):
        steps.add()
        said, begin, stop = match[0], match.start(), match.end()
        group = match.lastgroup
        if group == "handle":
            found.append(Token(Kind.WORD, begin, stop, said, said.lower(), capital=True))
        elif group == "word":
            possessive = _POSSESSIVE.search(said) if len(said) > 2 else None
            if possessive and said[0] not in "@#":
                cut = begin + possessive.start()
                found.append(_word(text[begin:cut], begin, cut))
                found.append(Token(Kind.POSSESSIVE, cut, stop, text[cut:stop], "'s"))
            else:
                found.append(_word(said, begin, stop))
        elif group == "initials":
            found.append(_word(said, begin, stop))
        elif group == "number":
            found.append(Token(Kind.NUMBER, begin, stop, said, said.lower()))
        elif said in "'’" and found and found[-1].end == begin and found[-1].low.endswith("s"):
            found.append(Token(Kind.POSSESSIVE, begin, stop, said, "'s"))
        elif said == "." and found and found[-1].end == begin and _takes_point(found[-1], text, stop):
            found[-1].end = stop
            found[-1].text += "."
        else:
            found.append(Token(Kind.SIGN, begin, stop, said, said))


def _word(said: str, start: int, end: int) -> Token:
    return Token(
        Kind.WORD,
        start,
        end,
        said,
        said.lower().replace("’", "'"),
        capital=said[:1].isupper() or _SMALL_PREFIX.match(said) is not None,
    )


def _takes_point(token: Token, text: str, end: int) -> bool:
    """Whether a point after a word belongs to it: "Mr.", "Sept.", an initial before a name."""
    if token.kind is not Kind.WORD:
        return False
    follows = text[end : end + 2]
    if len(token.text) == 1 and token.capital:
        return follows[:1].isspace() and follows[1:].isupper()
    if token.low in _NEVER_LAST and token.capital:
        return follows[:1].isspace() and (follows[1:].isalnum() or follows[1:] == "(")
    return token.low in ("jr", "sr") and follows[:1] in " ,"


def sentence_ends(tokens: list[Token], text: str, spans: list[Span], steps: Steps) -> list[int]:
    """For each token the index after the last token of its sentence.

    A quotation ends a sentence only where its last sign does and what follows begins anew; whether "he said" after it
    is its attribution is not decided here.
    """
    ends = [0] * len(tokens)
    begin = 0
    for index, token in enumerate(tokens):
        steps.add()
        if (
            index + 1 == len(tokens)
            or (_ends(token, text, spans) and _begins(tokens[index + 1]))
            or (
                token.text in (")", "]")
                and index
                and tokens[index - 1].text in (".", "!", "?")
                and _begins(tokens[index + 1])
            )
            or (token.text.endswith(".") and tokens[index + 1].text in _STARTERS)
        ):
            for place in range(begin, index + 1):
                ends[place] = index + 1
            begin = index + 1
    return ends


def _ends(token: Token, text: str, spans: list[Span]) -> bool:
    if token.kind is Kind.QUOTE:
        span = spans[token.span]
        return text[span.inner_start : span.inner_end].rstrip()[-1:] in (".", "!", "?", "…")
    if token.kind is Kind.SIGN:
        return token.text in (".", "!", "?", "…", "•", "|") or token.text.startswith("..")
    return False


def _begins(token: Token) -> bool:
    return token.kind in (Kind.QUOTE, Kind.NUMBER) or token.capital or token.text in ("(", "[", "-", "–", "—", "•", "*")
