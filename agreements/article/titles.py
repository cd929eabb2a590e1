"""Quoted words that nobody says: titles of works, names of operations and plans, headlines, terms set apart."""

from __future__ import annotations

import re

from agreements.article import verbs
from agreements.article.attribution import Attribution
from agreements.article.lines import Line
from agreements.article.lists import listed
from agreements.article.rules import Rule
from agreements.article.tokens import Kind

_WORKS = listed(
    """
    book novel film movie documentary song album play report paper study article essay poem series podcast programme
    program show episode exhibition painting editorial column op-ed headline headlines title chapter album memoir
    biography magazine operation project campaign initiative plan scheme policy act bill law strategy decree
    resolution slogan motto briefing newsletter novella blog vlog banner placard sign poster hashtag dossier
    pamphlet leaflet conference seminar lecture workshop event theme section poem hymn anthem ballad mural website
    page file folder exhibit brand product concert musical drama thriller opera comic cartoon game app phrase term
    word words nickname name label codename title entitled brochure booklet manual handbook guideline directive
    circular
    """
)
_DEALS = listed(
    """
    policy deal scheme agreement provision clause system approach doctrine rule model
    list agenda pact framework arrangement package partnership treaty memorandum principle
    """
)
_DETERMINING = listed("the a an this its their his her so-called new")
_NAMED = listed(
    """
    titled entitled named called dubbed headlined codenamed code-named nicknamed subtitled captioned christened
    so-called labelled labeled billed known renamed marked stamped filed
    """
)
_SMALL = listed(
    """
    a an and as at but by for from in into is it its nor of off on or over so than that the this to up upon via was
    with without de la le les des du el los las y et en da do
    """
)
_READ_ALSO = re.compile(
    r"(?:see|read|watch|listen)(?:\s+(?:also|more|next))?:|also (?:read|see|watch):|related\b", re.I
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def is_title(line: Line, at: int, quote: str, attribution: Attribution | None) -> bool:
    """Whether the quoted words at a token are a title or a name, of whatever length."""
    if _READ_ALSO.match(line.said(0, min(3, len(line.tokens)))):
        return True
    titled = _set_as_title(quote)
    if titled and (_after_work(line, at) or _is_recommended(attribution)):
        return True
    if _beside_verb(line, at, attribution):
        return titled and attribution is not None and attribution.after and line.inner(at)[-1:].isalnum()
    if titled:
        return True
    if attribution is not None and attribution.rule is Rule.NAMED_AS and attribution.verb < at - 1:
        return False
    if _named_so(line, at, attribution):
        return True
    return _followed_by_work(line, at, attribution)


def _beside_verb(line: Line, at: int, attribution: Attribution | None) -> bool:
    """Whether the words are plainly speech: a comma or a colon and a verb of saying beside them."""
    if attribution is None or not attribution.beside:
        return False
    if attribution.after:
        return line.inner(at)[-1:] in (",", "?", "!") or (line.is_(at + 1, ",") and attribution.verb >= 0)
    return (
        attribution.rule is Rule.BEFORE
        and (line.is_(at - 1, ":") or (line.is_(at - 1, ",") and attribution.verb == at - 2))
        and not _named_so(line, at - 1)
    )


def _is_recommended(attribution: Attribution | None) -> bool:
    """Whether a work is proposed to be read: "The digest also recommends: “How Malta Filled a Hotel”"."""
    return attribution is not None and not attribution.after and attribution.lemma in ("recommend", "highlight")


def _after_work(line: Line, at: int) -> bool:
    """Whether a noun for a work and a comma lead to the words: "in a new briefing, “Landed and Left”"."""
    back = at - 1
    while back >= 0 and line.tokens[back].text in (",", ":", "("):
        back -= 1
    if back < 0:
        return False
    return line.tokens[back].low in _WORKS or any(
        line.is_(place, "title", "heading", "headline") and line.is_(place + 1, "of") for place in range(back - 8, back)
    )


def _set_as_title(quote: str) -> bool:
    """Whether nearly every word has a capital, small words aside, and no sentence ends."""
    words = _WORD.findall(quote)
    large = [word for word in words if word.lower() not in _SMALL]
    capitals = [word for word in large if word[0].isupper()]
    last = quote.rstrip()[-1:]
    if last in (".", "…") and len(words) > 8:
        return False
    ended = last in (".", "…", "!", "?")
    nearly = len(capitals) == len(large) or (len(large) >= 5 and len(capitals) >= len(large) - 1 and not ended)
    return len(large) >= 2 + (last == "?") and nearly and not (len(words) > 3 and quote.isupper())


def _named_so(line: Line, at: int, attribution: Attribution | None = None) -> bool:
    """Whether a noun for a work or a word of naming leads right up to the words."""
    back = at - 1
    while back >= 0 and (
        line.tokens[back].text in (",", ":", "(") or line.tokens[back].low in ("as", "the", "simply", "officially")
    ):
        back -= 1
    if back < 0 or (line.begins[min(at, len(line.tokens) - 1)] > back and not line.is_(at - 1, ":")):
        return False
    token = line.tokens[back]
    if token.kind is not Kind.WORD:
        return False
    if token.low in _NAMED:
        before = line.tokens[back - 1].low if back else ""
        if token.low == "so-called":
            return True
        if token.low in ("called", "dubbed", "labelled", "labeled", "named", "billed", "known", "nicknamed"):
            if token.low == "known":
                return line.is_(back + 1, "as")
            mention = line.ending.get(back)
            return not (mention is not None and not _is_work(line, back - 1)) and before not in (
                "he", "she", "they", "it", "has", "have", "had", "who", "what", "and", "also"
            )  # fmt: skip
        return True
    said = attribution is not None and line.inner(at)[:1].islower()
    return token.low in _WORKS and not said and not line.is_(at - 1, ":") and not line.is_(at - 1, ",")


def _is_term(line: Line, at: int, place: int) -> bool:
    """Whether words after "the" are a term: "the “third country programme” would begin"."""
    words = line.inner(at).lower().split()
    if (
        place >= len(line.tokens)
        or len(words) > 7
        or any(word in verbs.LINKING or word in _SMALL_TALK for word in words)
    ):
        return False
    return line.tokens[place].low in verbs.LINKING and line.inner(at)[-1:].isalnum()


_SMALL_TALK = frozenset(["of", "to", "that", "and", "not", "we", "they", "i", "it"])


def _is_work(line: Line, at: int) -> bool:
    return at >= 0 and line.tokens[at].low in _WORKS


def _followed_by_work(line: Line, at: int, attribution: Attribution | None) -> bool:
    """ "“…”, a documentary by …", "the “…” programme"."""
    place = at + 1
    if line.is_(place, ",") and line.is_(place + 1, "a", "an", "the", "his", "her", "their", "its"):
        stretch = line.tokens[place + 2 : place + 6]
        for token in stretch:
            if token.kind is not Kind.WORD:
                break
            if token.low in _WORKS:
                return True
    determined = (at > 0 and line.tokens[at - 1].kind is Kind.POSSESSIVE) or line.is_(
        at - 1, "the", "a", "an", "this", "its", "their", "his", "her", "so-called", "new"
    )
    if determined and _is_term(line, at, place):
        return True
    return determined and place < len(line.tokens) and line.tokens[place].low in _WORKS | _DEALS
