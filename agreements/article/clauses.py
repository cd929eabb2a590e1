"""Clauses of saying: a verb and who its subject is, wherever the newsroom puts them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from agreements.article import nouns, verbs
from agreements.article.lines import Line
from agreements.article.lists import listed
from agreements.article.mentions import Mention, What
from agreements.article.tokens import Kind

ADVERBS = listed(
    """
    also then later earlier once again further just only even first previously recently himself herself themselves
    itself since too often always already now meanwhile in-turn still both all each simply quickly n't not never
    ever however therefore nevertheless nonetheless equally finally thus hence meanwhile likewise repeatedly
    afterwards thereafter subsequently instead reportedly
    """
)
DATING = nouns.CALENDAR | listed(
    """
    in on last this late early earlier morning afternoon evening night week month year today yesterday tonight
    midday noon dawn weekend past that same day next days weeks months hours ago
    """
)
NAMED_SAYING = listed(
    """
    claim claims statement statements promise promises warning warnings assertion assertions remark remarks comment
    comments argument arguments description message assurance assurances insistence admission declaration accusation
    accusations denial denials words verdict reply response answer view view's pledge vow call calls demand
    contention suggestion allegation allegations explanation announcement conclusion complaint criticism tweet post
    reference observation sentence passage extract excerpt line position phrase formulation account question advice
    belief
    """
)
"""Nouns for what somebody said: "the minister's claim that “…”"."""
_FARTHEST = 60


@dataclass(frozen=True)
class Clause:
    """`first` to `last`: the tokens of subject and verb; `verb` the verb's; `by` says how the subject was found."""

    first: int
    last: int
    verb: int
    lemma: str
    form: str
    subject: Mention | None
    others: tuple[Mention, ...] = ()
    inverted: bool = False
    quoted: bool = False
    leading: str = ""


def clauses_of(line: Line) -> list[Clause]:
    """The clauses of saying of a paragraph whose subject stands in their sentence, by place of their verbs."""
    found: list[Clause] = []
    for at, token in enumerate(line.tokens):
        line.steps.add()
        if token.kind is not Kind.WORD:
            continue
        clause = _clause_at(line, at, found)
        if clause is not None:
            found.append(clause)
    return found


def _clause_at(line: Line, at: int, before: list[Clause]) -> Clause | None:
    token = line.tokens[at]
    if token.low in verbs.CITING:
        return _citing(line, at)
    lemma, form = verbs.FORMS.get(token.low, ("", ""))
    if not lemma:
        return None
    if lemma == "go" and not line.is_(at + 1, "on", "further"):
        return None
    if lemma == "put" and not (line.is_(at + 1, "it") or line.is_(at - 1, "as")):
        return None
    if lemma in ("hit", "hold", "find", "feel", "read", "share", "back", "speak", "name") and token.capital:
        return None
    if lemma == "hit" and not line.is_(at + 1, "out", "back"):
        return None
    if lemma == "hold" and line.is_(at + 1, "up", "out", "back", "in", "on", "at", "by"):
        return None
    mention = line.starting.get(at)
    if (mention is not None and mention.what is not What.PRONOUN) or _inside_mention(line, at):
        return None
    if form == verbs.PARTICIPLE:
        return _participle(line, at, lemma, before)
    if form == verbs.BASE and lemma not in _SPOKEN and _modal(line, at):
        return None
    if (
        (
            form == verbs.BASE
            and lemma not in ("say", "tell", "argue", "insist", "warn", "add", "deny", "admit", "put")
            and not (
                line.is_(
                    at - 1,
                    "will",
                    "would",
                    "to",
                    "did",
                    "should",
                    "may",
                    "might",
                    "they",
                    "we",
                    "could",
                    "can",
                    "not",
                    "n't",
                )
            )
        )
        and form == verbs.BASE
        and not _after_plural(line, at)
    ):
        return None
    if line.is_(at - 1, "to"):
        return _infinitive(line, at, lemma, before)
    if (
        lemma == "say"
        and token.low == "said"
        and line.is_(at - 1, "is", "are", "was", "were")
        and line.is_(at + 1, "to")
    ) and not line.is_(at + 2, "have"):
        return None
    passive = _passive(line, at, form)
    if passive:
        agent = _agent(line, at)
        return None if agent is None else Clause(agent.first, agent.last, at, lemma, form, agent, leading="by")
    return _with_subject(line, at, lemma, form, before)


_SPOKEN = listed("say add tell argue insist confirm")


def _modal(line: Line, at: int) -> bool:
    """Whether something only may, will or should be said."""
    return any(
        line.is_(place, "could", "should", "would", "must", "may", "might", "can", "will", "shall", "cannot")
        for place in range(max(0, at - 3), at)
    )


def _inside_mention(line: Line, at: int) -> bool:
    """Whether a verb's form is a noun or a name here: "the State Department", "Human Rights First"."""
    for back in range(1, 12):
        mention = line.starting.get(at - back)
        if mention is not None:
            return mention.last > at
    return False


def _after_plural(line: Line, at: int) -> bool:
    mention = line.ending.get(at)
    return mention is not None and (mention.plural or mention.head in ("they", "we", "who", "you"))


def _passive(line: Line, at: int, form: str) -> bool:
    """Whether a past form is a participle after "was": "was called", but not "has said"."""
    if form != verbs.PAST:
        return False
    back = at - 1
    while back >= 0 and (line.tokens[back].low in ADVERBS or line.tokens[back].low.endswith("ly")) and at - back < 4:
        back -= 1
    return line.is_(back, "is", "was", "are", "were", "been", "be", "being")


def _agent(line: Line, at: int) -> Mention | None:
    """By whom a passive is done: "was described by the minister as"."""
    end = line.ends[at]
    for place in range(at + 1, min(at + 12, end)):
        line.steps.add()
        if line.quote(place):
            return None
        if line.is_(place, "by"):
            mention = line.starting.get(place + 1)
            return mention if mention is not None and mention.what not in (What.DOCUMENT, What.OTHER) else None
    return None


def _citing(line: Line, at: int) -> Clause | None:
    """Somebody quoted: "was quoted as saying", "quoted him as saying", "citing a spokesperson"."""
    if _inside_mention(line, at):
        return None
    low = line.tokens[at].low
    if low in ("quoted", "cited") and _passive(line, at, verbs.PAST):
        subject = _subject_before(line, at)
        if subject is None:
            return None
        first, mention, others = subject
        return Clause(first, _after_as_saying(line, at), at, "say", verbs.PAST, mention, others, quoted=True)
    if line.quote(at + 1):
        subject = _subject_before(line, at)
        return None if subject is None else Clause(subject[0], at + 1, at, "cite", verbs.PAST, subject[1], subject[2])
    mention = _noun_after(line, at + 1)
    if mention is None or (mention.what is What.DOCUMENT and mention.within is None):
        return None
    return Clause(
        at, _after_as_saying(line, mention.last - 1), at, "say", verbs.PAST, mention, quoted=True, inverted=True
    )


def _after_as_saying(line: Line, at: int) -> int:
    """The token after "as saying", where it follows soon."""
    for place in range(at + 1, min(at + 9, line.ends[at])):
        line.steps.add()
        if line.quote(place):
            break
        if line.is_(place, "saying", "telling", "having"):
            return place + 1
    return at + 1


def _participle(line: Line, at: int, lemma: str, before: list[Clause]) -> Clause | None:
    """ "…, adding that": the speaker is that of the sentence so far; "with the minister saying": the one beside it."""
    if (line.tokens[at].capital and at > line.begins[at]) or line.is_(
        at - 1, "by", "for", "of", "the", "a", "without", "about"
    ):
        return None
    if line.is_(at - 1, "as"):
        if any(line.is_(place, *verbs.SEEN_SAYING) for place in range(max(at - 8, line.begins[at]), at)):
            cited = [clause for clause in before[-3:] if clause.quoted and clause.first >= line.begins[at]]
            if cited:
                return None
            subject = _subject_before(line, at)
            if subject is not None:
                return Clause(subject[0], at + 1, at, lemma, verbs.PARTICIPLE, subject[1], subject[2], quoted=True)
        return None
    mention = line.ending.get(at)
    if (
        mention is not None
        and mention.what in (What.PERSON, What.ROLE, What.BODY, What.PRONOUN)
        and not line.is_(mention.last - 1, "who")
    ) and (line.is_(mention.first - 1, "with", "and") or mention.first == line.begins[at] or mention.plural):
        return Clause(mention.first, at + 1, at, lemma, verbs.PARTICIPLE, mention)
    previous = _clause_before(line, at, before)
    if previous is not None:
        return Clause(at, at + 1, at, lemma, verbs.PARTICIPLE, previous.subject, previous.others)
    subject = line.subject_of_sentence(at)
    if subject is not None and subject.first < at:
        return Clause(at, at + 1, at, lemma, verbs.PARTICIPLE, subject)
    # "Speaking in Kigali, …" and a participle before the subject.
    if at == line.begins[at] or line.is_(at - 1, ","):
        return None
    return None


def _infinitive(line: Line, at: int, lemma: str, before: list[Clause]) -> Clause | None:
    """ "went on to say", "was said to have told", "is reported to have said": the subject of what stands before."""
    back = at - 1
    while back > line.begins[at] and line.is_(back, "to", "have", "on", "went", "goes", "go", "going"):
        back -= 1
    subject = _subject_before(line, back + 1) or None
    if subject is not None:
        return Clause(subject[0], at + 1, at, lemma, verbs.PAST, subject[1], subject[2])
    mention = line.subject_of_sentence(at)
    if mention is not None and mention.first < at and lemma in verbs.PLAIN:
        return Clause(mention.first, at + 1, at, lemma, verbs.PAST, mention)
    return None


def _clause_before(line: Line, at: int, before: list[Clause]) -> Clause | None:
    """The clause of saying before a place in the same sentence."""
    if not before or before[-1].subject is None:
        return None
    last = before[-1]
    return last if line.begins[last.verb] == line.begins[at] else None


def _with_subject(line: Line, at: int, lemma: str, form: str, before: list[Clause]) -> Clause | None:
    token = line.tokens[at]
    strict = token.low in verbs.NOUN_TOO
    # Verb first, right after quoted words or at the beginning of a sentence: "said the minister".
    led = at - 1
    while led >= 0 and line.is_(led, ",", "–", "—", "-"):
        led -= 1
    first = at
    if line.is_(led, "a", "ha") and not token.low.isascii():
        first = led
        led -= 1
        while led >= 0 and line.is_(led, ",", "–", "—", "-"):
            led -= 1
    begins = token.capital and (at == line.begins[at] or line.is_(at - 1, "–", "—", "-", ":")) and form == verbs.PAST
    if (
        (line.quote(led) or begins)
        and (lemma in verbs.PLAIN or (line.quote(led) and (led < at - 1 or line.inner(led)[-1:] == ",")))
        and form in (verbs.PAST, verbs.PRESENT)
    ):
        mention = _noun_after(line, at + 1)
        # What a verb follows is the subject of what is said: "…, said the deal was “…”".
        if mention is not None and not line.is_(mention.last, "said", *verbs.FINITE):
            others = _and_others(line, mention)
            last = others[-1].last if others else mention.last
            return Clause(first, last, at, lemma, form, mention, others, inverted=True)
    subject = _subject_before(line, at, strict=strict)
    if subject is None:
        return _shared_subject(line, at, lemma, form, before) if not strict else None
    first, mention, others = subject
    if mention.what is What.PLACE and lemma in verbs.WEAK:
        return None
    return Clause(first, at + 1, at, lemma, form, mention, others)


def _shared_subject(line: Line, at: int, lemma: str, form: str, before: list[Clause]) -> Clause | None:
    """ "The minister met reporters and said …": the subject of the sentence so far."""
    if form not in (verbs.PAST, verbs.PRESENT):
        return None
    back = at - 1
    while back > line.begins[at] and (line.tokens[back].low in ADVERBS or line.tokens[back].low.endswith("ly")):
        back -= 1
    if not line.is_(back, "and", "but", "then", ",", "or", "–", "—", ")"):
        return None
    if line.is_(back, ",") and line.is_(back - 1, "that"):
        return None
    previous = _clause_before(line, at, before)
    if previous is not None:
        return Clause(at, at + 1, at, lemma, form, previous.subject, previous.others)
    mention = line.subject_of_sentence(at)
    if mention is not None and mention.first < back and mention.what not in (What.OTHER, What.DOCUMENT):
        return Clause(at, at + 1, at, lemma, form, mention)
    return None


_WITH_PARTICLE = listed(
    "sums summed chips chipped chimes chimed pointed hit shot fired cried weighed called spoke butted piped"
)


def _noun_after(line: Line, at: int) -> Mention | None:
    """The noun phrase that begins at a place, adverbs skipped."""
    while at < len(line.tokens) and (
        line.tokens[at].low in ADVERBS
        or (line.tokens[at].low.endswith("ly") and at not in line.starting)
        or (line.tokens[at].low in ("in", "out", "back", "up") and line.is_(at - 1, *_WITH_PARTICLE))
    ):
        at += 1
    if at >= len(line.tokens):
        return None
    mention = line.starting.get(at)
    if mention is not None:
        return mention
    return _plain_noun(line, at)


def _plain_noun(line: Line, at: int) -> Mention | None:
    """Any noun phrase with a determiner: "one of them", "a 34-year-old from Huye"."""
    token = line.tokens[at]
    if token.low not in nouns.DETERMINERS or token.low == "that":
        return None
    end = at + 1
    while end < len(line.tokens) and end - at < 6 and line.tokens[end].kind in (Kind.WORD, Kind.NUMBER):
        line.steps.add()
        low = line.tokens[end].low
        if low in nouns.STOPS or low in verbs.LINKING or (low in verbs.FORMS and low not in verbs.NOUN_TOO):
            break
        end += 1
    if end == at + 1:
        if token.low not in ("one", "another", "many", "some"):
            return None
        return Mention(at, end, What.ROLE, name=token.text, head=token.low, words=(token.low,))
    if line.tokens[end - 1].low in nouns.THINGS:
        return None
    return Mention(
        at,
        end,
        What.ROLE,
        name=line.said(at + 1, end),
        head=line.tokens[end - 1].low,
        determiner=token.low,
        words=tuple(each.low for each in line.tokens[at + 1 : end]),
    )


def _and_others(line: Line, mention: Mention) -> tuple[Mention, ...]:
    if line.is_(mention.last, "and", "&"):
        other = line.starting.get(mention.last + 1)
        if other is not None and other.what in (What.PERSON, What.BODY, What.PLACE, What.ROLE):
            return (other,)
    return ()


def _subject_before(line: Line, at: int, *, strict: bool = False) -> tuple[int, Mention, tuple[Mention, ...]] | None:
    """Who does what the verb at a place says: where the phrase begins, its mention, and those joined by "and"."""
    begin = max(line.begins[at], at - _FARTHEST)
    back = at - 1
    while back >= begin and (
        line.tokens[back].low in ADVERBS
        or line.tokens[back].low in verbs.LINKING
        or (line.tokens[back].low.endswith("ly") and back + 1 not in line.ending)
        or line.tokens[back].low in ("also", "reported", "alleged", "heard", "believed", "as", "n't", "there", "here")
    ):
        line.steps.add()
        if back + 1 in line.ending:
            break
        back -= 1
    if back < begin:
        return None
    undated = _without_dates(line, back, begin)
    while undated >= begin and undated != back and line.tokens[undated].low in verbs.LINKING | ADVERBS:
        undated -= 1
    back = undated
    if back < begin:
        return None
    token = line.tokens[back]
    if token.text in (")", "]"):
        opening = line.brackets.get(back, begin - 1)
        if opening <= begin:
            return None
        back = opening - 1
        return _whole(line, back + 1, begin)
    if token.text in (",", "–", "—", "-"):
        return None if strict and token.text == "-" else _around(line, back, begin)
    if token.low in ("which", "whom") and line.is_(back - 1, "of"):
        comma = next((at for at in range(back - 2, max(begin, back - 8), -1) if line.is_(at, ",")), -1)
        mention = line.ending.get(comma)
        return None if mention is None else (mention.first, mention, ())
    if (token.low in ("who", "which", "that") and back + 1 in line.ending) or token.low in ("which", "that"):
        before = back - 1
        if line.is_(before, ",", "–", "—"):
            before -= 1
        mention = line.ending.get(before + 1)
        if mention is None or mention.what is What.PLACE:
            return None
        if mention.what is What.DOCUMENT and token.low == "who" and mention.within is not None:
            mention = mention.within
        return mention.first, mention, ()
    return _whole(line, back + 1, begin, plain=not strict)


def _without_dates(line: Line, back: int, begin: int) -> int:
    """Skips "on Sunday", "late last week" between a subject and its verb."""
    at = back
    dated = False
    while (
        at >= begin
        and back - at < 7
        and (line.tokens[at].low.rstrip(".") in DATING or line.tokens[at].kind is Kind.NUMBER)
    ):
        line.steps.add()
        dated = dated or line.tokens[at].low.rstrip(".") in nouns.CALENDAR | listed(
            """
    week month year today yesterday tonight night morning evening afternoon ago weekend
    """
        )
        at -= 1
    if dated and at >= begin and (at + 1 in line.ending or line.tokens[at].low in verbs.LINKING):
        return at
    if dated and at >= begin and line.tokens[at].text == ",":
        return at
    return back


def _around(line: Line, comma: int, begin: int) -> tuple[int, Mention, tuple[Mention, ...]] | None:
    """The subject before what stands between two commas or dashes: "Makolo, the government spokesperson, said"."""
    sign = line.tokens[comma].text
    at = comma - 1
    candidate = None
    while at >= begin:
        line.steps.add()
        token = line.tokens[at]
        if line.quote(at) and not line.is_(at - 1, "of", "titled", "called", "in", "book", "film", "as"):
            break
        if token.text in (")", "]"):
            at = line.brackets.get(at, at) - 1
            continue
        if token.text == sign or (sign != "," and token.text in ("–", "—", "-")):
            mention = line.ending.get(line.before_bracket(at))
            if mention is not None and mention.what in (
                What.PERSON,
                What.ROLE,
                What.BODY,
                What.PLACE,
                What.PRONOUN,
                What.DOCUMENT,
            ):
                if candidate is not None and mention.what is not What.PERSON:
                    break
                candidate = mention
                # In turn beside another name? "Makolo, a spokesperson for the government, who …, said"
                if not (line.is_(mention.first - 1, ",") and mention.what is not What.PERSON):
                    break
            elif mention is None and candidate is None and (noun := _plain_noun_before(line, at, begin)) is not None:
                if noun.head in nouns.THINGS:
                    return None
                candidate = noun
                break
            elif candidate is not None:
                break
        at -= 1
    if candidate is None:
        return None
    outer = line.ending.get(candidate.first - 1) if line.is_(candidate.first - 1, ",") else None
    if outer is not None and outer.what is What.PERSON and candidate.what is What.ROLE:
        candidate = outer
    return _whole(line, candidate.last, begin)


def _whole(line: Line, end: int, begin: int, *, plain: bool = True) -> tuple[int, Mention, tuple[Mention, ...]] | None:
    """The whole phrase that ends at a place: "a spokesperson for the ministry in Kigali", "Rubio and Nduhungirehe"."""
    mention = line.ending.get(end)
    if mention is None:
        mention = _plain_noun_before(line, end, begin) if plain else None
        if mention is None:
            return None
    if mention.what is What.PRONOUN:
        return mention.first, mention, ()
    relative = _before_relative(line, mention, begin)
    if relative is not None:
        return relative.first, relative, ()
    for _round in range(4):
        line.steps.add()
        before = mention.first - 1
        if before <= begin or line.tokens[before].low not in nouns.PREPOSITIONS:
            break
        outer = line.ending.get(before)
        if (
            outer is None
            and before - 1 > begin
            and line.tokens[before - 1].low in ("based", "working", "familiar", "briefed", "speaking")
        ):
            outer = line.ending.get(before - 1)
        if outer is None:
            noun = _plain_noun_before(line, before, begin)
            outer = noun if noun is not None else None
        if outer is None:
            return (
                None
                if line.tokens[before].low not in ("of",) or mention.what in (What.PLACE,)
                else (mention.first, mention, ())
            )
        if _is_participle(line, outer.last - 1):
            outer = _with_rest(line, outer, end)
        if outer.what is What.DOCUMENT and outer.within is None and line.tokens[before].low in ("by", "from", "of"):
            outer.within = mention
        mention = outer
    if mention.first > begin and line.tokens[mention.first - 1].low in nouns.PREPOSITIONS:
        return None
    if mention.what is What.ROLE and mention.head in nouns.THINGS:
        return None
    others: tuple[Mention, ...] = ()
    if line.is_(mention.first - 1, "and", "&"):
        other = line.ending.get(mention.first - 1)
        if (other is not None and other.what in (What.PERSON, What.BODY, What.PLACE)) and (
            other.first <= begin or line.tokens[other.first - 1].low not in nouns.PREPOSITIONS
        ):
            return other.first, other, (mention,)
    return mention.first, mention, others


def _before_relative(line: Line, mention: Mention, begin: int) -> Mention | None:
    """Who is meant where a clause with "who" ends before the verb: "a man who answered the telephone said"."""
    for at in range(mention.first - 1, max(begin, mention.first - 14), -1):
        line.steps.add()
        if line.quote(at) or line.tokens[at].text in (",", ";", ":", "–", "—"):
            return None
        if line.is_(at, "who"):
            before = line.ending.get(at)
            return before if before is not None and before.what in (What.ROLE, What.PERSON, What.BODY) else None
    return None


def _is_participle(line: Line, at: int) -> bool:
    """Whether a word after a noun tells more of it: "a man held in the hall", "a trader living in Bata"."""
    low = line.tokens[at].low
    return low.endswith(("ed", "ing")) or low in ("held", "sent", "kept", "taken", "born", "caught", "flown", "told")


def _with_rest(line: Line, mention: Mention, end: int) -> Mention:
    """A mention with the words up to a place that tell more of it."""
    rest = tuple(each.low for each in line.tokens[mention.last : end])
    return replace(mention, last=end, name=f"{mention.name} {line.said(mention.last, end)}", words=mention.words + rest)


_ALONE = listed("one two three four five six several some many another both each any")


def _plain_noun_before(line: Line, end: int, begin: int) -> Mention | None:
    """Any noun phrase with a determiner that ends at a place: "the 34-year-old", "one of them"."""
    at = end - 1
    if (
        at < begin
        or line.tokens[at].kind not in (Kind.WORD, Kind.NUMBER)
        or line.tokens[at].low in nouns.STOPS - frozenset(["them", "us", "many", "others"])
    ):
        return None
    while at >= begin and end - at < 7:
        line.steps.add()
        token = line.tokens[at]
        if token.low in nouns.DETERMINERS:
            if at + 1 == end and token.low not in _ALONE:
                return None
            known = line.starting.get(at)
            if known is not None and known.what is What.ROLE and known.last < end and _is_participle(line, known.last):
                return _with_rest(line, known, end)
            whole = at + 1 == end or line.is_(at + 1, "of")
            return Mention(
                at,
                end,
                What.ROLE,
                name=line.said(at if whole else at + 1, end),
                head=line.tokens[end - 1].low,
                determiner=token.low,
                words=tuple(each.low for each in line.tokens[at + 1 : end]),
            )
        if token.kind not in (Kind.WORD, Kind.NUMBER, Kind.POSSESSIVE) or (
            token.low in nouns.STOPS and token.low not in ("of", "them", "us", "more", "most", "many")
        ):
            return None
        if token.low in verbs.FORMS and token.low not in verbs.NOUN_TOO:
            return None
        at -= 1
    return None
