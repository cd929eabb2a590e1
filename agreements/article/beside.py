"""What stands beside a mention, after a comma or in brackets: the role of a name, the name of a role or of a body."""

from __future__ import annotations

from agreements.article import nouns, verbs
from agreements.article.clauses import ADVERBS
from agreements.article.lines import Line
from agreements.article.lists import listed
from agreements.article.mentions import Mention, What
from agreements.article.tokens import Kind

_RANKS = (
    nouns.HONOURS
    | frozenset(nouns.SHORT_TITLES)
    | listed(
        """
    the senator representative general justice judge ambassador captain colonel major king queen prince princess
    """
    )
)


def role_beside(line: Line, mention: Mention) -> str:
    """The role after a name and a comma: "Yolande Makolo, the government spokesperson,"."""
    if line.is_(mention.last, "(") and (inside := line.starting.get(mention.last + 1)) is not None:
        return inside.name if inside.what is What.ROLE else ""
    comma = line.after_bracket(mention.last)
    if not line.is_(comma, ",", "–", "—"):
        return ""
    if line.is_(comma + 1, "of", "from"):  # "Jane Doe, of the Harbour Party, said"
        end = next((at for at in range(comma + 2, min(comma + 12, len(line.tokens))) if line.is_(at, ",")), 0)
        return line.said(comma + 1, end) if end else ""
    beside = line.starting.get(comma + 1)
    if beside is None and line.is_(comma + 2, ","):  # "Jane Doe, 45, a farmer"
        beside = line.starting.get(comma + 3)
    if beside is None or beside.what is not What.ROLE or beside.plural:
        return ""
    if line.tokens[beside.first].capital:
        return ""
    after = line.tokens[beside.last] if beside.last < len(line.tokens) else None
    closed = after is None or after.text in (",", ".", ";", ":", "–", "—", ")", "(") or after.kind is Kind.QUOTE
    if not closed and after is not None and after.low not in ("who", "and", "whose", "based", "at", "in", "with", "of"):
        return ""
    return beside.name


def name_beside(line: Line, mention: Mention) -> Mention | None:
    """The name after a role and a comma: "the foreign minister, Olivier Nduhungirehe,"."""
    comma = mention.last + 1 if line.is_(mention.last, "there", "here") else mention.last
    if (mention.plural and mention.determiner != "one") or not line.is_(comma, ","):
        return None
    beside = line.starting.get(comma + 1)
    if beside is None or beside.what is not What.PERSON:
        return None
    after = line.tokens[beside.last].text if beside.last < len(line.tokens) else "."
    closed = after in (",", ".", ":", ";", "–", "—", "(", ")") or line.quote(beside.last)
    if after == "," and line.is_(beside.last + 1, "and", "or"):
        return None
    leading = line.tokens[beside.first : max(beside.name_first, beside.first)]
    own = all(token.low.rstrip(".") in _RANKS or token.kind is not Kind.WORD for token in leading)
    next_word = line.tokens[beside.last].low if beside.last < len(line.tokens) else ""
    if next_word in ADVERBS and beside.last + 1 < len(line.tokens):
        next_word = line.tokens[beside.last + 1].low
    finite = next_word in verbs.FORMS or next_word in verbs.LINKING or next_word.endswith("ed")
    if leading and beside.last < len(line.tokens) and line.tokens[beside.last].kind is Kind.WORD:
        finite = finite or (next_word not in nouns.STOPS and not line.tokens[beside.last].capital)
    return beside if closed or (own and finite) else None


def body_beside(line: Line, mention: Mention) -> Mention | None:
    """The name after a body and a comma: "the group, Voices for EG, wrote"."""
    if mention.determiner not in ("the", "a", "an", "one", "another") or mention.name.split(" ")[-1][:1].isupper():
        return None
    if not line.is_(mention.last, ","):
        return None
    beside = line.starting.get(mention.last + 1)
    if beside is None or beside.what not in (What.BODY, What.PERSON) or beside.determiner or beside.role:
        return None
    return beside if line.is_(beside.last, ",", ".", ":") else None
