"""Who and what a paragraph mentions: people, roles, bodies, documents, pronouns, with what belongs to each.

A mention is found from its head: a role ("a State Department official"), a body ("the Ministry of Foreign Affairs"), a
document ("a letter from 40 groups"), or a name. What stands before a name is the role of its bearer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from agreements.article import nouns, verbs
from agreements.article.lists import listed
from agreements.article.names import is_acronym, is_given_name, is_initial, is_title_word, may_be_surname
from agreements.article.places import Place
from agreements.article.steps import Steps
from agreements.article.tokens import Kind, Token

_PARTY = re.compile(r"[RDI]-[A-Z]\w*\.?")  # a senator's party and state: "R-Texas"


class What(Enum):
    PERSON = "person"
    ROLE = "role"
    BODY = "body"
    DOCUMENT = "document"
    PLACE = "place"
    PRONOUN = "pronoun"
    OTHER = "other"


@dataclass(slots=True)
class Mention:
    """Tokens `first` to `last` (not included).

    `name` is a person's or a body's as printed, `role` what stands before a person's name, `head` the noun that
    decides, `owner` where the part before a possessive ends, `within` whose the thing is: the body or person after
    "of" or "by".
    """

    first: int
    last: int
    what: What
    name: str = ""
    role: str = ""
    head: str = ""
    determiner: str = ""
    owner: int = -1
    name_first: int = -1
    within: Mention | None = None
    words: tuple[str, ...] = field(default=())

    @property
    def plural(self) -> bool:
        return self.head in nouns.PLURAL_ROLES or _is_several(self.head)


_NOT_IN_NOUNS = nouns.STOPS | verbs.LINKING | listed("the a an his her its their our my this that these those")
_PARTICIPLE_ADJECTIVES = listed(
    """
    retired united elected appointed exiled unnamed jailed designated so-called displaced deported detained
    self-styled armed affected based seasoned distinguished respected renowned convicted accused wanted united
    unidentified newly-elected
    """
)
_ADJECTIVES = listed(
    """
    senior former top local human rights government opposition foreign interior defence defense home immigration
    justice migrant refugee aid leading some several many two three four five other most all independent legal
    diplomatic security police court health union state federal national international unnamed another western
    african european veteran prominent fellow deputy acting then-foreign ex-foreign career state-owned state-run
    military
    """
)
_CLOSE = listed("close familiar briefed knowledgeable involved privy acquainted")
_VERBS_TOO = listed("heads chairs hosts guards whips peers fellows partners authors doctors nurses speaks")
_NUMERALS = listed("one two three four five six some many several both another")
_LANDS = listed("country countries nation state capital city town village island republic kingdom region province")
_NUMERALS_ROMAN = listed("ii iii iv")
_COUNTS = listed("two three four five six some many several both")
_LETTERS = listed("JD JB AJ TJ PJ DJ KT RJ MJ BJ JJ JR CC KP JP")
_AFTER_NAMES = listed("MP MEP TD QC KC SC MSP OBE MBE CBE DBE AM MLA MHA MPA")
_GROUPS = listed(
    """
    women men children people farmers traders peoples citizens veterans magistrates chiefs youth girls
    """
)
_HEADS = nouns.ROLES | nouns.BODIES | nouns.DOCUMENTS
_LONGEST = 18


def is_role(word: str) -> bool:
    """Whether a word is a role, several of one, or ends with one: minister, bishops, vice-chair."""
    last = word.rsplit("-", 1)[-1]
    return last in nouns.ROLES or _is_several(last)


def _is_several(word: str) -> bool:
    return word.endswith("s") and word[:-1] in nouns.ROLES and word not in _VERBS_TOO


def is_head(word: str) -> bool:
    return word in _HEADS or is_role(word) or (word.endswith("s") and word[:-1] in nouns.BODIES)


class Chunker:
    """Finds the mentions of one paragraph."""

    def __init__(self, tokens: Sequence[Token], places: Sequence[Place], text: str, steps: Steps) -> None:
        self.tokens = tokens
        self.text = text
        self.steps = steps
        self.place_at = {place.first: place for place in places}
        self.in_place = {number: place for place in places for number in range(place.first, place.last)}

    def mentions(self) -> list[Mention]:
        found = []
        at = self._after_dateline()
        while at < len(self.tokens):
            self.steps.add()
            mention = self._at(at)
            if mention is None:
                at += 1
                continue
            found.append(mention)
            at = max(mention.last, at + 1)
        return found

    def _after_dateline(self) -> int:
        """Where a paragraph begins after "KIGALI, May 6 (Reuters) –"."""
        tokens = self.tokens
        if len(tokens) < 4 or not (tokens[0].capital and len(tokens[0].text) > 1):
            return 0
        shouted = tokens[0].text.isupper() and len(tokens[0].text) > 2
        for at in range(1, min(18, len(tokens))):
            token = tokens[at]
            if token.text in ("–", "—", "-", "―"):
                agency = any(each.text == "(" for each in tokens[:at])
                spaced = tokens[at - 1].end < token.start or token.text in ("—", "―")
                return at + 1 if spaced and (shouted or (agency and at <= 8)) else 0
            if token.text == "." and shouted and all(each.text.isupper() for each in tokens[:at]):
                return at + 1
            if token.kind is Kind.QUOTE or token.text in (".", ":", ";"):
                return 0
        return 0

    def said(self, first: int, last: int) -> str:
        """The words of some tokens as printed."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end] if last > first else ""

    def part(self, first: int, last: int) -> Mention:
        """What some tokens are by themselves."""
        determiner = self.tokens[first].low if self.tokens[first].low in nouns.DETERMINERS and last - first > 1 else ""
        start = first + bool(determiner)
        owner = max((at for at in range(start, last) if self.tokens[at].kind is Kind.POSSESSIVE), default=-1)
        found = self._classified(first, start, last, determiner, owner, 3)
        return found or Mention(
            first,
            last,
            What.ROLE,
            name=self.said(start, last),
            head=self.tokens[last - 1].low,
            determiner=determiner,
            words=tuple(each.low for each in self.tokens[start:last]),
        )

    # --- One mention -------------------------------------------------------------------------------

    def _at(self, at: int, depth: int = 0) -> Mention | None:
        token = self.tokens[at]
        if (
            token.kind is Kind.NUMBER
            and token.text.isdecimal()
            and at + 1 < len(self.tokens)
            and is_head(self.tokens[at + 1].low)
        ):
            inner = self._noun_phrase(at + 1, depth)
            if inner is not None:
                inner.first, inner.determiner = at, "two"
                inner.name = self.said(at, inner.last)
            return inner
        if token.kind is not Kind.WORD:
            return None
        if token.low in nouns.PRONOUNS and not (len(token.text) > 1 and token.text.isupper()):
            return Mention(at, at + 1, What.PRONOUN, head=token.low)
        styled = at + 1 < len(self.tokens) and self.tokens[at + 1].low in nouns.STYLES and not self._capital(at + 2)
        if styled and token.low in ("his", "her"):
            return Mention(at, at + 2, What.PRONOUN, head="he" if token.low == "his" else "she")
        if not self._may_begin(at):
            return None
        return self._noun_phrase(at, depth)

    def _may_begin(self, at: int) -> bool:
        token = self.tokens[at]
        low = token.low
        if low in nouns.DETERMINERS or self._foreign_determiner(at):
            return True
        if low in nouns.STOPS or _PARTY.fullmatch(token.text):
            return False
        if token.capital:
            return not (
                self._begins_sentence(at)
                and (low in nouns.STARTS or self._is_past(at) or self._opens_phrase(at))
                and not self._names(at)
            )
        if at in self.place_at:
            return True
        return is_head(low) or low in _ADJECTIVES or low in nouns.PORTFOLIO - nouns.JOINING

    def _names(self, at: int) -> bool:
        """Whether a word that often begins a sentence belongs to what follows: "Critics", "Officials" do."""
        return is_head(self.tokens[at].low) or self.tokens[at].low in ("first", "second", "third", "former", "under")

    def _is_past(self, at: int) -> bool:
        """Whether a word is a verb with which a sentence begins: "Insisted Makolo"."""
        form = verbs.FORMS.get(self.tokens[at].low, ("", ""))[1]
        return form in (verbs.PAST, verbs.PARTICIPLE) and self.tokens[at].low not in verbs.NOUN_TOO

    def _opens_phrase(self, at: int) -> bool:
        """Whether a participle begins a sentence: "Touching on the price, she said", "Pressed about it, he said"."""
        following = self.tokens[at + 1].low if at + 1 < len(self.tokens) else ""
        led = following in nouns.PREPOSITIONS | nouns.DETERMINERS or following in ("whether", "if", "that")
        return self.tokens[at].low.endswith(("ing", "ed")) and led

    def _begins_sentence(self, at: int) -> bool:
        before = self.tokens[at - 1] if at else None
        return (
            before is None or (before.kind is Kind.SIGN and before.text in ".!?…:;•–—-|") or before.kind is Kind.QUOTE
        )

    def _noun_phrase(self, begin: int, depth: int) -> Mention | None:
        tokens = self.tokens
        at = begin
        determiner = ""
        if tokens[at].low in nouns.DETERMINERS or self._foreign_determiner(at):
            determiner = tokens[at].low
            at += 1
            if at < len(tokens) and tokens[at].low == "of":
                return self._some_of(begin, at, depth) if determiner in _NUMERALS else None
        start = at
        owner = -1
        head = -1
        owned = -1
        lower = 0
        while at < len(tokens) and at - begin < _LONGEST:
            self.steps.add()
            token = tokens[at]
            if token.kind is Kind.POSSESSIVE:
                if at == start:
                    break
                if not self._goes_on(at + 1):
                    break
                if not self._is_in_a_body(at):
                    owned, owner, head, lower = head, at, -1, 0
            elif token.kind is Kind.NUMBER and determiner and at == start:
                pass
            elif token.kind is Kind.SIGN:
                if token.text == "(" and (self._retired(at) or self._nickname(at)):
                    at = self._bracket_end(at)
                elif (token.text == "&" and self._capital(at - 1) and self._capital(at + 1)) or (
                    token.text in "-/" and self._capital(at - 1) and self._capital(at + 1) and self._touches(at)
                ):
                    pass
                else:
                    break
            elif token.kind is not Kind.WORD:
                break
            elif is_head(token.low) and self._may_be_head(at, determiner or owner >= start):
                head, lower = at, 0
            elif token.capital and not (
                token.low in _NOT_IN_NOUNS and not self._in_place(at) and not (at > start and self._within_capitals(at))
            ):
                if head >= 0 and not tokens[head].capital and self._is_apart(at, head):
                    break
                if lower and may_be_surname(token) and not self._in_place(at):
                    break
                head, lower = at, 0
            elif self._in_place(at):
                head, lower = at, 0
            elif self._joins(at, start):
                pass
            elif (
                token.low in _NOT_IN_NOUNS
                or self._is_verb(at)
                or (head >= 0 and owner < head and not self._leads_to_head(at))
            ):
                break
            else:
                lower += 1
                if lower > 4:
                    break
            at += 1
        if head < 0 and owned >= 0:
            owner, head = -1, owned
        if head < 0:
            return None
        last = head + 1
        return self._classified(begin, start, last, determiner, owner, depth)

    def _goes_on(self, at: int) -> bool:
        return (
            at < len(self.tokens)
            and self.tokens[at].kind in (Kind.WORD, Kind.NUMBER)
            and self.tokens[at].low not in (nouns.STOPS - frozenset(["most", "more"]))
        )

    def _foreign_determiner(self, at: int) -> bool:
        """Whether "le" or "el" leads to a role, as in a sentence of another language."""
        return (
            self.tokens[at].low in ("le", "la", "el")
            and at + 1 < len(self.tokens)
            and self.tokens[at + 1].low in nouns.ROLES
        )

    def _some_of(self, begin: int, at: int, depth: int) -> Mention | None:
        """ "one of the organisers", "two of the men"."""
        inner = self._at(at + 1, depth + 1) if at + 1 < len(self.tokens) else None
        if inner is None or inner.what is not What.ROLE or depth > 2:
            return None
        return Mention(
            begin,
            inner.last,
            What.ROLE,
            name=self.said(begin, inner.last),
            head=inner.head.removesuffix("s"),
            determiner=self.tokens[begin].low,
            words=inner.words,
            within=inner.within,
        )

    def _is_in_a_body(self, at: int) -> bool:
        """Whether a possessive stands within a body's name: "the Lawyers’ Circle", "the Women's Legal Centre"."""
        before = self.tokens[at - 1]
        return before.capital and (before.low in nouns.PLURAL_ROLES or before.low in _GROUPS) and self._capital(at + 1)

    def _retired(self, at: int) -> bool:
        """Whether "(Rtd)" stands here, as after an officer's rank."""
        return self._bracket_end(at) > at and self.tokens[at + 1].low.rstrip(".") in ("rtd", "retd", "ret", "retired")

    def _bracket_end(self, at: int) -> int:
        """The closing bracket of a word in brackets, a point after it or not; else the place itself."""
        end = at + 3 if at + 2 < len(self.tokens) and self.tokens[at + 2].text == "." else at + 2
        return end if end < len(self.tokens) and self.tokens[end].text == ")" else at

    def _nickname(self, at: int) -> bool:
        """Whether a bracket within a name has what its bearer is called: "Augustus (Gus) Pemberton"."""
        tokens = self.tokens
        return (
            self._bracket_end(at) == at + 2
            and at + 3 < len(tokens)
            and all(may_be_surname(tokens[place]) and place not in self.in_place for place in (at - 1, at + 1, at + 3))
        )

    def _within_capitals(self, at: int) -> bool:
        """Whether a small word has its capital from a name: "Rights Without Walls"."""
        return (
            self._capital(at - 1)
            and self._capital(at + 1)
            and self.tokens[at].low in nouns.PREPOSITIONS | nouns.JOINING | _NUMERALS
        )

    def _touches(self, at: int) -> bool:
        return self.tokens[at - 1].end == self.tokens[at].start and self.tokens[at].end == self.tokens[at + 1].start

    def _capital(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and self.tokens[at].capital

    def _in_place(self, at: int) -> bool:
        return at in self.in_place

    def _may_be_head(self, at: int, led: object) -> bool:
        """Whether "state", "report", "head" and the like are nouns where they stand: after a determiner, or plainly."""
        low = self.tokens[at].low
        if low in verbs.FORMS and low in verbs.NOUN_TOO and not self.tokens[at].capital:
            return bool(led)
        return True

    def _is_apart(self, at: int, head: int) -> bool:
        """Whether a name after a lower-case head belongs to another noun: a weekday, a month."""
        return self.tokens[at].low.rstrip(".") in nouns.CALENDAR

    def _is_verb(self, at: int) -> bool:
        low = self.tokens[at].low
        form = verbs.FORMS.get(low)
        if form and low not in verbs.NOUN_TOO:
            return True
        if low in _PARTICIPLE_ADJECTIVES:
            return False
        return low.endswith("ed") and len(low) > 4

    def _leads_to_head(self, at: int) -> bool:
        """Whether a lower-case word after a head is followed by another head: "interior ministry chief spokesman"."""
        for offset in (1, 2):
            if at + offset >= len(self.tokens):
                return False
            token = self.tokens[at + offset]
            self.steps.add()
            if token.kind is not Kind.WORD or token.low in _NOT_IN_NOUNS:
                return False
            if token.low in nouns.ROLES and token.low not in verbs.FORMS:
                return not self._is_verb(at)
            if token.low in nouns.BODIES and self._in_place(at - 1) and self.tokens[at].low in nouns.PORTFOLIO:
                return True
        return False

    def _joins(self, at: int, start: int) -> bool:
        """Whether a small word stands within a name: "van den Brink", "Ministry of Foreign Affairs"."""
        tokens = self.tokens
        token = tokens[at]
        if at == start or at + 1 >= len(tokens):
            return token.low in nouns.PARTICLES and at + 1 < len(tokens) and self._capital(at + 1) and not token.capital
        following = at + 1
        while (
            following < len(tokens) and tokens[following].low in nouns.JOINING | nouns.PARTICLES and following - at < 3
        ):
            following += 1
        if not self._capital(following) or tokens[following].low.rstrip(".") in nouns.CALENDAR:
            return False
        before = tokens[at - 1]
        if token.low in nouns.PARTICLES and not (
            token.low in ("la", "le", "de", "du", "des") and token.low in nouns.STOPS
        ):
            return before.capital or before.low in nouns.PARTICLES or before.low in nouns.JOINING
        if token.low not in nouns.JOINING:
            return False
        if token.low in ("to", "on", "in", "against"):
            return False
        run = list(tokens[max(start, at - 6) : at])
        capitals = [each for each in run if each.capital]
        titled = any(is_title_word(each) and each.capital for each in run)
        if (
            token.low == "for"
            and at - start == 1
            and before.capital
            and before.low.endswith("s")
            and before.low not in nouns.STOPS
        ):
            return True  # "Voices for Bata"
        if not titled or not capitals or not (before.capital or before.low in nouns.JOINING):
            return False
        if token.low == "and" and tokens[at + 1].low == "the":
            return False
        if token.low == "and" or token.text == "&":
            joined = any(each.low in ("of", "for") for each in run)
            two = tokens[following + 1] if following + 1 < len(tokens) else None
            plain = is_title_word(tokens[following]) or (
                two is not None and two.low not in nouns.STOPS and is_title_word(two)
            )
            return (joined or before.low in nouns.PORTFOLIO) and plain and not self._in_place(following)
        if token.low in ("for", "of", "the"):
            last_name = next((each for each in reversed(run) if each.capital), None)
            return last_name is not None and (
                is_title_word(last_name)
                or token.low == "the"
                or (
                    is_acronym(last_name) is False
                    and any(each.low in nouns.BODY_NAMES or each.low in nouns.BODIES for each in capitals)
                )
            )
        return True

    # --- What it is ---------------------------------------------------------------------------------

    def _classified(self, begin: int, start: int, last: int, determiner: str, owner: int, depth: int) -> Mention | None:
        tokens = self.tokens
        named = last
        while named - 1 > start and tokens[named - 1].text in _AFTER_NAMES and may_be_surname(tokens[named - 2]):
            named -= 1
        name_first = self._name_first(max(start, owner + 1), named)
        if name_first == named:
            name_first = last
        words = tuple(token.low for token in tokens[start:last])
        if name_first < last:
            titled = any(is_title_word(token) for token in tokens[max(start, owner + 1) : name_first])
            if determiner in ("the", "a", "an") and not titled and owner < 0 and name_first == start:
                return Mention(
                    begin,
                    last,
                    What.BODY,
                    name=self.said(start, last),
                    head=tokens[last - 1].low,
                    determiner=determiner,
                    words=words,
                )
            noun = tokens[name_first - 1]
            if name_first > start and noun.low in nouns.BODIES | nouns.OUTLETS and not noun.capital:
                return Mention(
                    begin,
                    last,
                    What.BODY,
                    name=self.said(name_first, last),
                    head=tokens[name_first - 1].low,
                    words=words,
                )
            role = self._role(start, name_first)
            mention = Mention(
                begin,
                last,
                What.PERSON,
                name=self.said(name_first, named),
                role=role,
                head=tokens[last - 1].low,
                determiner=determiner,
                owner=owner,
                words=words,
                name_first=name_first,
            )
            return self._at_a_body(mention, depth)
        final = tokens[last - 1]
        # What a phrase with "of" means is told by the noun before it: "Deputy Minister of Internal Affairs".
        core = next(
            (at for at in range(max(start, owner + 1) + 1, last) if tokens[at].low in ("of", "for", "in")), last
        )
        if core < last and (tokens[core - 1].low in nouns.ROLES or tokens[core - 1].low in nouns.BODIES):
            final = tokens[core - 1]
        low = final.low.rstrip(".")
        place = self.in_place.get(last - 1)
        if low in nouns.CALENDAR and last - 1 == start:
            return None
        if is_role(low) and not (final.capital and low in nouns.BODY_NAMES and self._is_body_run(start, last)):
            what = What.ROLE
        elif low in nouns.DOCUMENTS and not final.capital:
            what = What.DOCUMENT
        elif place is not None and place.last == last and place.first <= max(start, owner + 1):
            what = What.PLACE
        elif (
            low in nouns.BODIES
            or low in nouns.BODY_NAMES
            or low.removesuffix("s") in nouns.BODIES
            or is_acronym(final)
            or self._is_body_run(start, last)
        ):
            what = What.BODY
        elif low in nouns.DOCUMENTS:
            what = What.DOCUMENT
        elif low in nouns.HONOURS:
            what = What.ROLE
        elif final.capital:
            what = What.ROLE if any(token.low in nouns.ROLES for token in tokens[start:last]) else What.BODY
        else:
            return None
        mention = Mention(
            begin, last, what, name=self.said(start, last), head=low, determiner=determiner, owner=owner, words=words
        )
        if owner > start:
            whose = self.part(begin, owner)
            if what is What.DOCUMENT or whose.what is What.PERSON:
                mention.within = whose
        return self._extended(mention, depth)

    def _is_body_run(self, start: int, last: int) -> bool:
        """Whether a run of capitals is a body's name: "Human Rights Watch", "Ministry of Justice"."""
        low = [token.low for token in self.tokens[start:last] if token.capital]
        return bool(low) and (
            low[-1] in nouns.BODY_NAMES or low[0] in nouns.BODY_NAMES or any(word in nouns.BODIES for word in low)
        )

    def _role(self, first: int, last: int) -> str:
        """What stands before a name, without a title of honour at its end."""
        tokens = self.tokens
        while (
            last > first
            and tokens[last - 1].low.rstrip(".") in nouns.HONOURS
            and tokens[last - 1].low.rstrip(".") not in (nouns.ROLES)
        ):
            last -= 1
        while last > first and tokens[last - 1].kind is Kind.POSSESSIVE:
            last -= 1
        said = self.said(first, last)
        short = nouns.SHORT_TITLES.get(said.lower().rstrip("."))
        return short or said

    def _name_first(self, start: int, last: int) -> int:
        """Where the name of a person begins that ends the phrase; `last` where none does."""
        tokens = self.tokens
        at = last
        while at > start and self._may_be_in_name(at - 1):
            at -= 1
        while at < last and not (tokens[at].capital or (tokens[at].low in nouns.PARTICLES and at + 1 < last)):
            at += 1
        while at < last and tokens[at].low in ("of", "for", "and", "the", "&", "y", "e"):
            at += 1
        # A given name before a word that is a title as well: "Julie Bishop", "Martin Luther King".
        if at == last and last - start >= 2:
            given = last - 2
            if (
                is_given_name(tokens[given].low)
                and tokens[given].capital
                and tokens[last - 1].capital
                and tokens[last - 1].low not in nouns.BODIES
                and tokens[last - 1].low not in nouns.BODY_NAMES
                and (tokens[last - 1].low in nouns.ROLES or tokens[last - 1].low in nouns.PORTFOLIO)
            ):
                return given
        if at < last and last - at == 1 and at - 1 >= start:
            # "Marc-André Chief-Otto": a name begun before a word that is a title as well.
            word, before = tokens[at - 1], tokens[at - 2] if at - 2 >= start else None
            if (
                before is not None
                and word.low in nouns.PORTFOLIO
                and is_given_name(before.low)
                and before.capital
                and word.capital
            ):
                return at - 2
        if at < last and all(is_initial(token) or token.low in _NUMERALS_ROMAN for token in tokens[at:last]):
            return last
        one = last - at == 1 and at - 3 >= start
        of = any(tokens[place].low in ("of", "for") for place in range(start, at))
        if one and of and last < len(tokens) and tokens[last].low in nouns.PREPOSITIONS:
            return last  # "a professor of international law at the university"
        if one and of and tokens[at - 1].low not in nouns.ROLES:
            bodies = (tokens[place].capital and tokens[place].low in nouns.BODIES for place in range(start, at))
            if any(bodies):
                return last  # "the Ministry of National Harbours"
        # "Member for Warringal", "Bank of Solace": what follows a small word is no person's name.
        if start < at < last and (
            tokens[at - 1].low in nouns.JOINING - nouns.PARTICLES or tokens[at - 1].kind is Kind.POSSESSIVE
        ):
            return last
        return at

    def _may_be_in_name(self, at: int) -> bool:
        token = self.tokens[at]
        if token.kind is Kind.SIGN:
            opening = at if token.text == "(" else at - 2
            return token.text in ("(", ")") and opening > 0 and self._nickname(opening)
        place = self.in_place.get(at)
        if place is not None:
            led = self.tokens[at - 1].low if at else ""
            return (
                place.also_name and place.last - place.first == 1 and self._capital(at - 1) and led not in nouns.STOPS
            )
        if token.low in nouns.PARTICLES and not token.capital:
            return True
        before, after = self.tokens[at - 1] if at else None, self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if token.low in nouns.CALENDAR and token.capital:
            return before is not None and before.capital and is_given_name(before.low)
        if token.text in _LETTERS:
            return after is not None and may_be_surname(after) and at + 1 not in self.in_place
        if is_initial(token) or token.low.rstrip(".") in ("jr", "sr", *_NUMERALS_ROMAN):
            return True
        return may_be_surname(token)

    # --- What belongs to it -------------------------------------------------------------------------

    _LINKS = {
        What.ROLE: listed("of for at from with in to on"),
        What.BODY: frozenset(["of", "for", "in"]),
        What.DOCUMENT: listed("of by from to signed on between issued filed sent"),
    }

    def _extended(self, mention: Mention, depth: int) -> Mention:
        """With the phrase that follows: "a spokesperson for the ministry", "a letter by 40 groups"."""
        tokens = self.tokens
        links = self._LINKS.get(mention.what, frozenset())
        if mention.what is What.DOCUMENT:
            self._with_author(mention, depth)
        if mention.what is What.ROLE:
            self._with_adjective(mention, depth)
            joined = self._joined(mention, depth)
            if joined is not None:
                return joined
            named = self._called(mention)
            if named is not None:
                return named
        for _round in range(3):
            self.steps.add()
            at = mention.last
            if depth > 2 or at + 1 >= len(tokens) or tokens[at].low not in links:
                break
            link = tokens[at].low
            if link in ("issued", "filed", "sent", "signed") and tokens[at + 1].low in ("by", "on", "to"):
                at += 1
                link = tokens[at].low
                if at + 1 >= len(tokens):
                    break
            inner = self._at(at + 1, depth + 1)
            if inner is None or inner.what is What.PRONOUN:
                end = (
                    self._portfolio_end(at + 1)
                    if mention.what in (What.ROLE, What.BODY) and link in ("of", "for")
                    else at
                )
                if mention.what is What.ROLE and link == "of":
                    end = max(end, self._plain_end(at + 1))
                if end <= at + 1:
                    break
                mention.last = end
            else:
                if (
                    mention.what is What.ROLE
                    and link in ("in", "on", "to", "with", "from")
                    and inner.what is What.DOCUMENT
                ):
                    break
                if mention.what is What.ROLE and link == "in" and not mention.determiner and inner.what is What.PERSON:
                    break
                if mention.what is What.BODY and link == "for" and inner.what in (What.PERSON, What.DOCUMENT):
                    break
                if link == "on" and inner.what is What.DOCUMENT and inner.within is not None:
                    mention.last, mention.within = inner.last, mention.within or inner.within
                    continue
                if link == "on" and inner.what not in (What.BODY, What.ROLE):
                    break
                if link == "to" and mention.what is What.DOCUMENT:
                    mention.last = inner.last
                    continue
                if (
                    inner.what is What.PERSON
                    and mention.what is What.ROLE
                    and link in ("of", "for", "at", "in", "with")
                ):
                    leading = tokens[inner.first : inner.name_first]
                    if (
                        leading
                        and not any(word.low in nouns.ROLES or word.low in nouns.HONOURS for word in leading)
                        and any(is_title_word(word) for word in leading)
                    ):
                        return self._with_name(mention, inner.name_first, inner.last)
                mention.last = inner.last
                if mention.what is What.DOCUMENT and link == "on":
                    continue
                place = self.in_place.get(inner.last - 1)
                if inner.what in (What.PLACE, What.BODY) and place is not None and place.adjective:
                    mention.last = self._noun_end(inner.last)  # "head of Rwandan diplomacy"
                elif inner.what is What.BODY and inner.last < len(tokens) and tokens[inner.last].low in _LANDS:
                    mention.last = inner.last + 1  # "from a West African country"
                if mention.within is None:
                    mention.within = inner
            if mention.what is What.ROLE:
                named = self._name_after(mention)
                if named:
                    return named
        counted = mention.determiner in _COUNTS
        mention.name = self.said(mention.first + (1 if mention.determiner and not counted else 0), mention.last)
        mention.words = tuple(token.low for token in tokens[mention.first + bool(mention.determiner) : mention.last])
        return mention

    def _noun_end(self, at: int) -> int:
        """Where a lower-case noun ends that begins at a place, if one does."""
        end = at
        while end < len(self.tokens) and end - at < 2 and self.tokens[end].kind is Kind.WORD:
            token = self.tokens[end]
            if token.capital or token.low in _NOT_IN_NOUNS or token.low in verbs.FORMS or self._is_verb(end):
                break
            end += 1
        return end

    def _plain_end(self, at: int) -> int:
        """Where any noun phrase ends that begins at a place with a determiner: "the meeting"."""
        tokens = self.tokens
        end = at + (tokens[at].low in nouns.DETERMINERS)
        while end < len(tokens) and end - at < 5 and tokens[end].kind is Kind.WORD:
            low = tokens[end].low
            if low in _NOT_IN_NOUNS or (low in verbs.FORMS and low not in verbs.NOUN_TOO):
                break
            end += 1
        return end if end > at + 1 else at

    def _with_author(self, mention: Mention, depth: int) -> None:
        """Whose a document is, told between commas: "The tweet, from the State Department, read"."""
        at = mention.last
        if depth or at + 2 >= len(self.tokens) or self.tokens[at].text != "," or mention.within is not None:
            return
        at += 2 if self.tokens[at + 1].low in ("written", "signed", "sent", "issued", "published", "drafted") else 1
        if self.tokens[at].low in ("from", "by") and at + 1 < len(self.tokens):
            mention.within = self._at(at + 1, depth + 1)

    def _with_adjective(self, mention: Mention, depth: int) -> None:
        """Takes in "close to the minister", "familiar with the talks", "briefed on the matter"."""
        at = mention.last
        if at + 2 >= len(self.tokens) or self.tokens[at].low not in _CLOSE:
            return
        if self.tokens[at + 1].low not in ("to", "with", "on", "of", "in", "about"):
            return
        inner = self._at(at + 2, depth + 1) if depth < 2 else None
        if inner is not None:
            mention.last = inner.last
            return
        end = at + 2
        while end < len(self.tokens) and end - at < 6 and self.tokens[end].kind is Kind.WORD:
            low = self.tokens[end].low
            if (low in nouns.STOPS or self._is_verb(end)) and end > at + 2:
                break
            end += 1
        mention.last = end

    def _joined(self, mention: Mention, depth: int) -> Mention | None:
        """Takes in a second role: "a lawyer and human rights activist", also before a name."""
        at = mention.last
        if depth or mention.plural or at + 1 >= len(self.tokens) or self.tokens[at].low != "and":
            return None
        second = self._at(at + 1, depth + 1)
        if second is None or second.determiner or second.plural:
            return None
        if second.what is What.PERSON and second.role:
            return self._with_name(mention, second.name_first, second.last)
        if second.what is What.ROLE:
            mention.last = second.last
        return None

    def _called(self, mention: Mention) -> Mention | None:
        """ "a student named Glody": a person with a role."""
        at = mention.last
        if (
            at + 1 < len(self.tokens)
            and self.tokens[at].low in ("named", "called")
            and may_be_surname(self.tokens[at + 1])
        ):
            end = at + 1
            while end < len(self.tokens) and end - at < 6 and self._may_be_in_name(end):
                end += 1
            found = self._with_name(mention, at + 1, end)
            found.role = mention.name
            return found
        return None

    def _portfolio_end(self, at: int) -> int:
        """Where the words of an office end: "minister of foreign affairs and international cooperation"."""
        tokens = self.tokens
        end = at
        while end < len(tokens) and end - at < 8 and tokens[end].kind is Kind.WORD:
            self.steps.add()
            low = tokens[end].low
            if (low in nouns.PORTFOLIO and low not in nouns.JOINING - frozenset(["and", "of", "the"])) or low in (
                "interior",
                "economics",
                "finances",
                "mines",
                "works",
                "roads",
                "water",
                "fisheries",
            ):
                end += 1
            else:
                break
        while end > at and tokens[end - 1].low in nouns.JOINING:
            end -= 1
        return end

    def _name_after(self, mention: Mention) -> Mention | None:
        """A role whose bearer's name follows without a comma: "minister of foreign affairs Olivier Nduhungirehe"."""
        at = mention.last
        if (
            at >= len(self.tokens)
            or not self.tokens[at].capital
            or not may_be_surname(self.tokens[at])
            or at in self.in_place
        ):
            return None
        end = at
        while end < len(self.tokens) and end - at < 6 and (self._may_be_in_name(end)):
            end += 1
        while end > at and not self.tokens[end - 1].capital:
            end -= 1
        if end == at or self.tokens[at].low in nouns.CALENDAR:
            return None
        return self._with_name(mention, at, end)

    def _with_name(self, mention: Mention, at: int, end: int) -> Mention:
        """A person whose role begins where a mention does, and whose name ends at a place."""
        role = self.said(mention.first + (1 if mention.determiner else 0), at)
        return Mention(
            mention.first,
            end,
            What.PERSON,
            name=self.said(at, end),
            role=role,
            head=self.tokens[end - 1].low,
            determiner=mention.determiner,
            owner=mention.owner,
            name_first=at,
            words=tuple(token.low for token in self.tokens[mention.first : end]),
        )

    def _at_a_body(self, mention: Mention, depth: int) -> Mention:
        """A person with the body that follows: "Vincent Cochetel of UNHCR", and bare: "(UNHCR)"."""
        tokens = self.tokens
        at = mention.last
        if depth or at + 1 >= len(tokens) or tokens[at].low not in ("of", "from", "at"):
            return mention
        inner = self._at(at + 1, 2)
        if (
            inner is not None
            and inner.what in (What.BODY, What.PLACE)
            and (inner.what is What.BODY or tokens[at].low == "of")
        ):
            mention.last = inner.last
            mention.within = inner
            if not mention.role:
                mention.role = f"{tokens[at].text} {self.said(inner.first, inner.last)}"
        return mention
