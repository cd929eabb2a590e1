"""Who said quoted words: what stands right after them, right before them, or elsewhere in their sentence."""

from __future__ import annotations

from dataclasses import dataclass

from agreements.article import nouns, verbs
from agreements.article.clauses import (
    ADVERBS,
    DATING,
    NAMED_SAYING,
    Clause,
    _and_others,
    _noun_after,
)
from agreements.article.lines import Line
from agreements.article.lists import listed
from agreements.article.mentions import Mention, What
from agreements.article.rules import Rule
from agreements.article.tokens import Kind


@dataclass(frozen=True)
class Attribution:
    """`first` to `last` are the tokens in which it stands; `last` reaches to the end of its clause.

    `beside` is true where it stands right next to the quoted words, so that words after it may go on with them.
    """

    subject: Mention
    rule: Rule
    first: int
    last: int
    others: tuple[Mention, ...] = ()
    lemma: str = "say"
    verb: int = -1
    beside: bool = False
    after: bool = False


_SIGNS = (",", "–", "—", "-", "―")


def attribution_of(line: Line, at: int, clauses: list[Clause]) -> Attribution | None:
    """The attribution of the quoted words at a token, by the rule that is surest where they stand."""
    after = _after(line, at, clauses)
    if after is not None and not _is_press(after):
        return after
    before = _before(line, at, clauses)
    if before is not None and not (_is_press(before) and after is not None):
        return before
    final = _final(line, at, clauses)
    if final is not None and not (before is not None and _is_press(final)):
        return final
    return before or after or _dash(line, at)


def _is_press(attribution: Attribution) -> bool:
    """Whether an attribution names who passed the words on, not who said them: "…, Reuters reported"."""
    subject = attribution.subject
    if attribution.lemma not in ("report", "write", "quote", "say", "cite") or subject.what not in (
        What.BODY,
        What.PERSON,
    ):
        return False
    return _of_the_press(subject)


def _of_the_press(subject: Mention) -> bool:
    return any(word in nouns.PRESS for word in subject.words) and not any(
        word in nouns.ROLES for word in subject.words if word not in nouns.PRESS
    )


# --- After the words ------------------------------------------------------------------------------


def _after(line: Line, at: int, clauses: list[Clause]) -> Attribution | None:
    place = at + 1
    comma = False
    while place < len(line.tokens) and line.tokens[place].text in _SIGNS:
        comma = True
        place += 1
    if place >= len(line.tokens) or line.quote(place):
        return None
    if line.tokens[place].text == "." and place + 1 < len(line.tokens):
        return None
    last_sign = line.inner(at)[-1:]
    full = last_sign in (".", "!", "?", "…") and not comma
    according = _according(line, place)
    if according is not None:
        return Attribution(
            according[0], Rule.ACCORDING, place, _end_of_tail(line, according[1]), beside=True, after=True
        )
    put_so = _how_put(line, place)
    if put_so is not None:
        return Attribution(put_so, Rule.ACCORDING, place, line.ends[place], after=True)
    as_put = place + 1 if line.is_(place, "as") else place
    clause = next(
        (
            each
            for each in _near(clauses, as_put, place + 40)
            if each.first in (as_put, place) or _adverbs(line, as_put, each.first)
        ),
        None,
    )
    if clause is None or clause.subject is None:
        tied = (last_sign in (",", "?", "!") and not line.tokens[place].capital) or line.is_(at + 1, ",")
        return _with_any_verb(line, at, place) or _any_verb_first(line, place) if tied else None
    if any(line.quote(between) for between in range(place, clause.verb)):
        return None
    if clause.lemma not in verbs.PLAIN and not clause.quoted and not (clause.inverted or last_sign == "," or comma):
        return None
    if clause.verb - clause.first > 40:
        return None
    end = _end_of_tail(line, max(clause.last, clause.verb + 1))
    if full and not _is_terminal(line, clause, end, last_sign):
        return None
    if not full and not comma and line.tokens[place].capital and _has_content(line, clause) and last_sign != ",":
        return None
    if not full and not comma and last_sign != "," and _is_relative(line, place):
        return None
    # A colon after the clause leads to the next words, unless a comma ties it to these.
    if line.is_(end, ":") and line.quote(end + 1) and not (comma or last_sign in (",", "—", "–", "-")):
        return None
    rule = Rule.QUOTED_AS if clause.quoted else Rule.VERB_FIRST if clause.inverted else Rule.AFTER
    return Attribution(
        clause.subject, rule, place, end, clause.others, clause.lemma, clause.verb, beside=True, after=True
    )


def _how_put(line: Line, place: int) -> Mention | None:
    """ "“…” is how the minister described it", "“…” was what she called it"."""
    if not line.is_(place, *verbs.BE):
        return None
    if line.is_(place + 1, "how", "what"):
        return _noun_after(line, place + 2)
    for noun in range(place + 2, place + 9):
        if line.is_(noun, "answer", "reply", "response", "verdict", "retort", "comment", "explanation", "conclusion"):
            return owner_of(line, noun)
    return None


def _with_any_verb(line: Line, at: int, place: int) -> Attribution | None:
    """Whoever does something right after quoted words and a comma says them: “…,” the minister shot back."""
    subject = line.starting.get(place)
    if (
        subject is None
        or subject.what not in (What.PERSON, What.ROLE, What.BODY, What.PRONOUN)
        or subject.head in ("i", "we")
    ):
        return None
    if subject.what is What.PERSON and line.is_(subject.last, ","):
        return None
    verb = subject.last
    while verb < len(line.tokens) and (line.tokens[verb].low in ADVERBS or line.tokens[verb].low.endswith("ly")):
        verb += 1
    if verb >= len(line.tokens) or line.tokens[verb].kind is not Kind.WORD or line.tokens[verb].capital:
        return None
    low = line.tokens[verb].low
    if not (low.endswith(("ed", "s")) or low in _OTHER_PAST) or low in verbs.LINKING or low in nouns.STOPS:
        return None
    return Attribution(
        subject, Rule.AFTER, place, _end_of_tail(line, verb + 1), (), "say", verb, beside=True, after=True
    )


def _any_verb_first(line: Line, place: int) -> Attribution | None:
    """A verb in the past right after quoted words and a comma, then somebody: "…,” chortled the shadow minister."""
    token = line.tokens[place]
    if token.capital or not (token.low.endswith("ed") or token.low in _OTHER_PAST) or place in line.starting:
        return None
    mention = line.starting.get(place + 1)
    if mention is None or mention.what not in (What.PERSON, What.ROLE):
        return None
    end = _end_of_tail(line, mention.last)
    if any(line.tokens[at].low in verbs.FINITE for at in range(mention.last, min(mention.last + 3, end))):
        return None
    return Attribution(mention, Rule.VERB_FIRST, place, end, (), "say", place, beside=True, after=True)


_OTHER_PAST = listed(
    """
    shot began broke cut bit gave kept left took made sang wept spat let threw came got knew meant ran sent stood
    """
)


def _is_relative(line: Line, place: int) -> bool:
    return line.is_(place, "that", "which", "who")


def _adverbs(line: Line, first: int, last: int) -> bool:
    """Whether nothing but adverbs and dates stands between two places."""
    return (
        first <= last
        and last - first <= 6
        and all(
            line.tokens[place].low in ADVERBS
            or line.tokens[place].low.endswith("ly")
            or line.tokens[place].low in DATING
            or line.tokens[place].text == ","
            for place in range(first, last)
        )
    )


def _near(clauses: list[Clause], first: int, last: int) -> list[Clause]:
    """The clauses whose verbs stand in a stretch; at most the first four."""
    low, high = 0, len(clauses)
    while low < high:
        middle = (low + high) // 2
        if clauses[middle].verb < first:
            low = middle + 1
        else:
            high = middle
    found = []
    for clause in clauses[low : low + 4]:
        if clause.verb <= last:
            found.append(clause)
    return found


def _end_of_tail(line: Line, at: int) -> int:
    """Where the clause ends that an attribution is: a stop, a colon, or quoted words."""
    while at < len(line.tokens):
        line.steps.add()
        token = line.tokens[at]
        if token.kind is Kind.QUOTE or token.text in (":", ";"):
            return at
        if line.ends[at] == at + 1:
            return at if token.text in (".", "!", "?", "…") else at + 1
        at += 1
    return at


_CORE = listed(
    """
    say add tell explain note reply write insist argue warn continue conclude remark observe stress declare state
    quip
    """
)


def _is_terminal(line: Line, clause: Clause, end: int, last_sign: str) -> bool:
    """Whether a clause after words that ended their sentence is still their attribution: "“We agree.” he said.\""""
    pronoun = clause.subject is not None and clause.subject.what is What.PRONOUN
    first = line.tokens[clause.first]
    if not first.capital and (clause.inverted or pronoun or last_sign != "."):
        return not (pronoun and _says_that(line, clause) and first.capital)
    if line.is_(end, ":") or line.quote(end) or _says_that(line, clause):
        return False
    if last_sign == "." and clause.lemma not in _CORE:
        return False
    if last_sign in ("!", "?", "…") and (clause.lemma == "ask" or not _has_content(line, clause)):
        return True
    if not first.capital:
        return True
    return not _has_content(line, clause) and end - clause.verb <= 14


def _says_that(line: Line, clause: Clause) -> bool:
    return any(line.is_(place, "that") for place in range(clause.verb + 1, min(clause.verb + 8, len(line.tokens))))


def _has_content(line: Line, clause: Clause) -> bool:
    """Whether a clause of saying goes on with what is said, so that it is no mere attribution."""
    end = _end_of_tail(line, clause.verb + 1)
    start = max(clause.last, clause.verb + 1)
    hearer = clause.lemma in ("tell", "inform", "assure", "remind", "warn", "ask", "advise")
    for place in range(start, min(end, start + 24)):
        line.steps.add()
        low = line.tokens[place].low
        if low in ("that", "if", "whether"):
            return True
        if low in ("who", "which", "as", "when", "while", "after", "before", "where") and place > start:
            return False
        if low in ("as", "when", "while", "after", "before", "following"):
            return False
        if low in verbs.FINITE and not line.tokens[place].capital:
            return True
    if hearer or start >= end:
        return False
    first = line.tokens[start]
    return first.low in ("the", "a", "an", "it", "they", "there", "he", "she", "his", "her", "its", "no", "any") or (
        first.kind is Kind.WORD and start in line.starting and first.low not in nouns.CALENDAR
    )


def _according(line: Line, place: int) -> tuple[Mention, int] | None:
    """ "according to NP", "in the words of NP", "in NP's words", "as NP put it"."""
    if line.is_(place, "according") and line.is_(place + 1, "to"):
        if line.is_(place + 2, "him", "her", "them"):
            word = {"him": "he", "her": "she", "them": "they"}[line.tokens[place + 2].low]
            if place + 3 >= len(line.tokens) or line.tokens[place + 3].kind is not Kind.WORD:
                return Mention(place + 2, place + 3, What.PRONOUN, head=word), place + 3
        mention = _noun_after(line, place + 2)
        return (mention, mention.last) if mention is not None else None
    if (
        line.is_(place, "in")
        and line.is_(place + 1, "the")
        and line.is_(place + 2, "words")
        and line.is_(place + 3, "of")
    ):
        mention = _noun_after(line, place + 4)
        return (mention, mention.last) if mention is not None else None
    if line.is_(place, "in"):
        for offset in range(2, 9):
            if line.is_(place + offset, "words", "view", "opinion", "telling", "account", "phrase", "estimation"):
                owner = owner_of(line, place + offset)
                return (owner, place + offset + 1) if owner is not None else None
    if line.is_(place, "with", "in") and line.is_(place + 1, "these", "those") and line.is_(place + 2, "words"):
        mention = _noun_after(line, place + 4 if line.is_(place + 3, ",") else place + 3)
        return (mention, mention.last) if mention is not None else None
    if line.is_(place, "per") and place + 1 in line.starting:
        return line.starting[place + 1], line.starting[place + 1].last
    return None


def owner_of(line: Line, noun: int) -> Mention | None:
    """Whose a noun is: "the minister's words", "his message", "its statement"."""
    before = noun - 1
    for _round in range(3):
        if before < 0:
            return None
        token = line.tokens[before]
        if token.kind is Kind.POSSESSIVE:
            mention = line.ending.get(before)
            if mention is not None:
                return mention
            for back in range(1, 14):
                whole = line.starting.get(before - back)
                if whole is not None:
                    return _owner_part(line, whole, before) if whole.last > before else None
            return None
        if token.low in ("his", "her", "its", "their"):
            word = {"his": "he", "her": "she", "its": "it", "their": "they"}[token.low]
            return Mention(before, before + 1, What.PRONOUN, head=word)
        if (
            token.low in nouns.PREPOSITIONS
            or token.low in ("a", "an", "the", "this", "that")
            or token.kind is not Kind.WORD
        ):
            return None
        before -= 1
    return None


def _owner_part(line: Line, whole: Mention, end: int) -> Mention:
    """The part of a mention before its possessive."""
    return line.part(whole.first, end)


# --- Before the words -----------------------------------------------------------------------------


def _before(line: Line, at: int, clauses: list[Clause]) -> Attribution | None:
    begin = line.begins[at]
    # Words that begin a sentence are led in by the sentence before only with a colon.
    if begin == at:
        if at and line.is_(at - 1, ":", ","):
            begin = line.begins[at - 1]
        else:
            return None
    begin = max(begin, at - 120)
    colon = line.is_(at - 1, ":") or (
        line.is_(at - 1, "–", "—", "-") and not any(line.quote(p) for p in range(begin, at))
    )
    if line.is_(at - 1, ":") and at - 1 == begin:
        begin = line.begins[at - 2] if at > 1 else begin
    named = _named_before(line, at, begin)
    if named is None and _nobodys(line, at, begin):
        return None
    if line.is_(at - 1, ":"):
        label = _label(line, at - 1)
        if label is not None:
            return Attribution(label, Rule.COLON, label.first, at, verb=-1)
    if named is not None:
        return named
    clause = _nearest(line, at, begin, clauses)
    if clause is not None and clause.subject is not None:
        near = at - max(clause.last, clause.verb + 1) <= 1 or line.is_(at - 1, ":", ",")
        rule = (
            Rule.QUOTED_AS
            if clause.quoted
            else Rule.NAMED_AS
            if clause.lemma in verbs.NAMING and not line.is_(at - 1, ":", ",")
            else Rule.BEFORE
            if near
            else Rule.PART
        )
        return Attribution(
            clause.subject,
            rule,
            min(clause.first, clause.verb),
            at,
            clause.others,
            clause.lemma,
            clause.verb,
            beside=near,
        )
    if clause is None:
        reading = _read_out(line, at, begin, clauses)
        if reading is not None:
            return Attribution(reading, Rule.DOCUMENT, reading.first, at)
    for place in (begin, begin + 1):
        according = _according(line, place) if place < at else None
        if according is not None:
            return Attribution(according[0], Rule.ACCORDING, place, at)
    for place in range(begin, at):
        line.steps.add()
        if line.is_(place, "according", "in") and line.is_(place - 1, ",", "–", "—", "which", "that", "and", "but"):
            according = _according(line, place)
            if according is not None:
                return Attribution(according[0], Rule.ACCORDING, place, at)
    if line.is_(begin, "for", "to") and begin + 1 < at:
        # "For the mayor, the plan is “…”"
        mention = line.starting.get(begin + 1)
        if mention is not None and mention.what in (What.PERSON, What.ROLE) and line.is_(mention.last, ","):
            return Attribution(mention, Rule.ACCORDING, begin, at)
    if colon:
        subject = line.subject_of_sentence(at - 1)
        if subject is not None and subject.first < at and subject.what is not What.PLACE:
            return Attribution(subject, Rule.BEFORE, subject.first, at)
    return None


def _label(line: Line, colon: int) -> Mention | None:
    """A name or an office alone before a colon, at the beginning of a sentence: "MINISTER: …"."""
    begin = line.begins[colon]
    mention = line.ending.get(colon)
    if mention is None and line.is_(colon - 1, ")"):
        mention = line.ending.get(line.brackets.get(colon - 1, -1))
    if mention is None:
        return None
    while line.is_(begin, "-", "–", "—", "•", "*") and begin < mention.first:
        begin += 1
    if mention.first == begin and mention.what in (What.PERSON, What.ROLE, What.BODY):
        return mention
    outer = line.starting.get(begin)
    if (
        outer is not None
        and outer.what is What.PERSON
        and line.is_(outer.last, ",")
        and colon - begin < 20
        and not any(line.tokens[place].low in verbs.FORMS for place in range(outer.last, colon))
    ):
        return outer
    return None


def _named_before(line: Line, at: int, begin: int) -> Attribution | None:
    """A noun for what somebody said: "the minister's claim that", "a warning from UNHCR that", "in his words"."""
    for place in range(at - 1, max(begin, at - 14) - 1, -1):
        line.steps.add()
        token = line.tokens[place]
        if line.quote(place) or token.text in (";", "."):
            break
        if (
            token.low in verbs.FORMS
            and token.low not in NAMED_SAYING
            and token.low not in verbs.NOUN_TOO
            and place < at - 1
        ):
            break
        if token.low not in NAMED_SAYING:
            continue
        following = line.tokens[place + 1].low
        near = at - place <= 2 or line.is_(at - 1, ":") or (following in verbs.BE and at - place <= 4)
        if not near and following not in ("that", "by", "from", "of"):
            continue
        owner = owner_of(line, place)
        if owner is not None and not line.is_(place + 1, "to"):
            return Attribution(owner, Rule.ACCORDING, place, at, verb=place)
        if (
            line.is_(place + 1, "by", "from", "of")
            and place + 2 in line.starting
            and line.starting[place + 2].last <= at
            and (line.starting[place + 2].what in (What.PERSON, What.ROLE, What.BODY))
        ):
            return Attribution(line.starting[place + 2], Rule.ACCORDING, place, at, verb=place)
    return None


def _read_out(line: Line, at: int, begin: int, clauses: list[Clause]) -> Mention | None:
    """Whose words somebody reads out: "reads her a sentence from an official: “…”"."""
    for clause in reversed(_near(clauses, begin, at)):
        if clause.lemma == "read":
            for place in range(clause.verb + 1, at):
                line.steps.add()
                mention = line.starting.get(place)
                if mention is not None and mention.what is What.DOCUMENT and mention.within is not None:
                    return mention
    return None


_NOBODYS = listed(
    """
    agreement treaty law bill act constitution convention deal accord memorandum contract text clause annex charter
    preamble proclamation decree gazette banner placard sign leaflet article paragraph footnote
    """
)
_READ_OUT = listed("out aloud from a an the her him them us it")
_HEARSAY = listed(
    """
    claim claims rumour rumours rumor rumors allegation allegations suggestion suggestions speculation gossip
    """
)


def _nobodys(line: Line, at: int, begin: int) -> bool:
    """Whether a claim or a rumour leads to the words that nobody is said to have made."""
    for place in range(at - 1, max(begin, at - 9) - 1, -1):
        line.steps.add()
        if line.tokens[place].low in _HEARSAY:
            return line.starting.get(place) is None or line.starting[place].what is What.OTHER
        if (
            line.tokens[place].low in verbs.FORMS
            and line.tokens[place].low not in verbs.NOUN_TOO
            and (line.tokens[place].low not in ("circulated", "made", "repeated", "reported"))
        ):
            return False
    return False


def _nearest(line: Line, at: int, begin: int, clauses: list[Clause]) -> Clause | None:
    """The clause of saying that leads to the words: the nearest whose verb stands before them in their sentence."""
    low, high = 0, len(clauses)
    while low < high:
        middle = (low + high) // 2
        if clauses[middle].verb < at:
            low = middle + 1
        else:
            high = middle
    for clause in reversed(clauses[max(0, low - 4) : low]):
        line.steps.add()
        if clause.verb < begin or clause.subject is None:
            break
        if clause.lemma == "read" and line.is_(clause.verb + 1, *_READ_OUT):
            continue
        if line.is_(clause.first - 1, "what") and line.is_(at - 1, ":") and clause.lemma not in verbs.NAMING:
            continue
        if clause.subject.what is What.DOCUMENT and clause.subject.within is None and clause.subject.head in _NOBODYS:
            return None
        if clause.subject.head in ("poll", "survey", "study", "sign", "banner", "placard", "poster", "headline"):
            return None
        if clause.leading == "by" and clause.subject.first > at:
            continue
        if clause.lemma in verbs.WEAK and at - clause.verb > 8 and not line.is_(at - 1, ":"):
            continue
        if (
            clause.inverted
            and not clause.quoted
            and clause.verb > 0
            and any(line.quote(place) for place in range(max(begin, clause.verb - 3), clause.verb))
            and not _leads_on(line, clause, at)
        ):
            # "…," said the minister, whose ministry … “…”
            continue
        if not clause.quoted and clause.subject.what is What.BODY and _of_the_press(clause.subject):
            cited = next((each for each in clauses[max(0, low - 4) : low] if each.quoted and each.verb >= begin), None)
            if cited is not None:
                return cited
        if clause.form == verbs.PARTICIPLE and clause.lemma in ("call", "claim", "report") and at - clause.verb > 25:
            continue
        return clause
    return None


def _leads_on(line: Line, clause: Clause, at: int) -> bool:
    return line.is_(at - 1, ":", ",") or line.begins[clause.verb] == line.begins[at]


# --- At the end of the sentence ----------------------------------------------------------------------


def _final(line: Line, at: int, clauses: list[Clause]) -> Attribution | None:
    """An attribution at the end of the sentence in which the words stand: "The talks are “…” now, he said."."""
    end = line.ends[at]
    if end == at + 1:
        return None
    for place in range(at + 1, min(end, at + 80)):
        line.steps.add()
        if line.tokens[place].text not in _SIGNS:
            continue
        according = _according(line, place + 1)
        if according is not None:
            return Attribution(according[0], Rule.ACCORDING, place + 1, end, after=True)
        for clause in _near(clauses, place + 1, place + 24):
            starts = place + 2 if line.is_(place + 1, "as") else place + 1
            if clause.subject is None or clause.lemma not in verbs.PLAIN or clause.form == verbs.PARTICIPLE:
                continue
            begins = clause.first in (place + 1, starts)
            verb_first = clause.verb == place + 1 and (clause.inverted or clause.lemma in ("say", "add"))
            if not (begins or verb_first):
                continue
            if any(line.quote(between) for between in range(place, min(clause.last, end))):
                continue
            if _has_content(line, clause) or _says_that(line, clause):
                continue
            return Attribution(
                clause.subject,
                Rule.AFTER if not clause.inverted else Rule.VERB_FIRST,
                place + 1,
                end,
                clause.others,
                clause.lemma,
                clause.verb,
                after=True,
            )
        verb = place + 1
        if line.tokens[verb].low in ("said", "says", "added") if verb < len(line.tokens) else False:
            mention = _noun_after(line, verb + 1)
            if mention is not None and mention.what is not What.PRONOUN:
                others = _and_others(line, mention)
                return Attribution(mention, Rule.VERB_FIRST, verb, end, others, "say", verb, after=True)
    return None


def _dash(line: Line, at: int) -> Attribution | None:
    """A dash, or a bracket, and a name after the words, to the end of the paragraph."""
    bracket = line.is_(at + 1, "(") and line.closing.get(at + 1, 0) >= len(line.tokens) - 2
    if not (bracket or line.is_(at + 1, "–", "—", "-", "―", "~")) or not line.begins[at] <= 1:
        return None
    mention = line.starting.get(at + 2)
    if mention is None or mention.what not in (What.PERSON, What.ROLE, What.BODY) or len(line.tokens) - at > 24:
        return None
    if any(line.tokens[place].low in verbs.FORMS for place in range(mention.last, len(line.tokens))):
        return None
    return Attribution(mention, Rule.DASH, at + 2, len(line.tokens), beside=True, after=True)
