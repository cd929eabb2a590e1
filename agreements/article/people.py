"""Who is who in an article: which mentions mean the same person or body, whom "he" and "the minister" mean.

The article is read in its order. People are known by their fullest name in the whole text; a surname, a title or a
pronoun is resolved from what was read before, by gender, role, and nearness, the subject of a sentence before others.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field

from agreements.article import nouns
from agreements.article.lists import listed
from agreements.article.mentions import Mention, What
from agreements.article.names import gender_of_given_name, is_given_name
from agreements.article.steps import Steps
from agreements.words import fold


@dataclass(eq=False)
class Entity:
    """Someone or something that may speak; `roles` in the order in which the text gives them."""

    what: What
    name: str
    gender: str = ""
    roles: list[str] = field(default_factory=list)
    role_words: set[str] = field(default_factory=set)
    plural: bool = False
    countries: set[str] = field(default_factory=set)
    named: Entity | None = None  # who it turned out to be
    spoke: bool = False
    introduced: bool = False  # by the full name
    passed: bool = False  # somebody else was named since
    head: str = ""
    stems: set[str] = field(default_factory=set)
    stemmed: int = -1
    general: bool = False  # "the minister" where nobody is named
    seen: int = -1

    def add_role(self, role: str) -> None:
        if role and role not in self.roles:
            self.roles.append(role)
            self.role_words |= _words(_OUTSIDE.split(role)[0])
        heads = _words(role)
        if heads & nouns.MALE and not heads & nouns.FEMALE:
            self.gender = "m"
        elif heads & nouns.FEMALE and not heads & nouns.MALE:
            self.gender = "f"


_OUTSIDE = re.compile(r"\s(?:in|to|with|from|on)\s|\sof (?:the |its |his |her )?(?:Office|office)\b")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SAME_ROLE = tuple(
    listed(words)
    for words in (
        "spokesperson spokesman spokeswoman spokespeople spokespersons spokesmen",
        "official officials officer diplomat diplomats bureaucrat aide aides source sources",
        "ambassador diplomat envoy chargé",
        "lawyer attorney barrister solicitor counsel lawyers attorneys advocate",
        "activist campaigner advocate defender",
        (
            "lawmaker mp senator legislator member lawmakers representative "
            "congressman congresswoman parliamentarian politician backbencher peer"
        ),
        "judge justice magistrate",
        "leader president premier minister-president",
        "premier prime",
        "opponent opposition dissident leader",
        "researcher analyst expert professor academic scholar lecturer economist historian",
        "director head chief boss executive ceo secretary-general director-general commissioner",
        "chair chairman chairwoman chairperson",
        "governor mayor politician minister",
        "bishop archbishop priest pastor cleric reverend cardinal",
        "adviser advisor aide",
        "minister politician",
        "tsar czar",
        "secretary minister",
    )
)
_OFFICES = listed(
    """
    minister secretary president premier chancellor mayor ambassador governor commissioner spokesperson spokesman
    spokeswoman judge chairman chairwoman chair senator undersecretary chief director
    """
)
_PERSONAL = listed(
    """
    democrat republican socialist politician statesman veteran lawmaker father mother tory conservative opponent
    dissident jurist parliamentarian
    """
)
_PARENT = re.compile(r"\w+-of-\w+$")  # "the mother-of-two"
_AGENCIES = listed(
    """
    agency unhcr iom frontex unicef ice dhs service department bureau commissioner organization organisation office
    """
)
_RANKS = listed("prime vice deputy shadow former under assistant permanent")
_HEARERS_KEPT = 12


def _words(text: str) -> set[str]:
    """The words of a role, short titles in full, double words whole and in parts."""
    found = set()
    for word in _WORD.findall(text.replace("’s", "").replace("'s", "").lower()):
        found |= {word, *word.split("-"), nouns.SHORT_TITLES.get(word, word).lower()}
    if {"head", "government"} <= found:
        found |= {"prime", "minister"}
    if {"head", "state"} <= found:
        found |= {"president"}
    return found


def _stems(words: set[str], country_of: dict[str, str]) -> set[str]:
    """Words without article; a country's name and adjective are its code, so that Rwandan is Rwanda's."""
    return {country_of.get(word, word) for word in words if word not in nouns.DETERMINERS and word not in nouns.JOINING}


class People:
    """Those of one article."""

    def __init__(self, country_of: dict[str, str], steps: Steps) -> None:
        self._steps = steps
        self._country_of = country_of
        self._by_word: dict[str, list[Entity]] = {}
        self._bodies: dict[str, Entity] = {}
        self._recent: deque[tuple[Entity, int, bool]] = deque(maxlen=_HEARERS_KEPT)
        self._recent_bodies: deque[Entity] = deque(maxlen=_HEARERS_KEPT)
        self._described: deque[Entity] = deque(maxlen=_HEARERS_KEPT)
        self._with_role: deque[Entity] = deque(maxlen=40)
        self.speaker: Entity | None = None
        self.speaker_at = -99
        self._people: list[Entity] = []

    # --- The whole text first: the fullest names ---------------------------------------------------

    def learn(self, mention: Mention) -> None:
        """Notes a person by the name of two words and more, whatever the text calls them elsewhere."""
        parts = name_parts(mention.name)
        if mention.what is not What.PERSON or len(parts) < 2:
            return
        self._steps.add(len(parts))
        for entity in self._by_word.get(parts[-1], ())[:8]:
            own = name_parts(entity.name)
            if own[0] == parts[0] or parts[0] in own or own[0] in parts:
                if len(parts) > len(own) and parts[-1] == own[-1]:
                    entity.name = mention.name
                    self._index(entity)
                return
        entity = Entity(What.PERSON, mention.name, gender=gender_of_given_name(re.split(r"\s+", mention.name)[0]))
        self._index(entity)

    def learn_body(self, full: str, acronym: str) -> None:
        """Notes what an acronym stands for: "the Department of Homeland Security (DHS)"."""
        entity = self._bodies.get(fold(full)) or Entity(What.BODY, full)
        self._bodies[fold(full)] = self._bodies[fold(acronym)] = entity

    def _index(self, entity: Entity) -> None:
        for part in name_parts(entity.name):
            fellows = self._by_word.setdefault(part, [])
            if entity not in fellows[-8:] and len(fellows) < 8:
                fellows.append(entity)

    # --- Then in order ------------------------------------------------------------------------------

    def person(self, mention: Mention, sentence: int, beside: str = "") -> Entity:
        """The person that a name means; `beside` is the role that stands after it."""
        parts = name_parts(mention.name)
        fellows = self._by_word.get(parts[-1] if parts else "", [])[:8]
        self._steps.add(len(fellows) + 1)
        role = mention.role
        gender = _gender_of(role, mention)
        if len(parts) > 1:
            fits = [each for each in fellows if name_parts(each.name)[0] in parts or parts[0] in name_parts(each.name)]
        else:
            fits = [each for each in fellows if not (gender and each.gender and each.gender != gender)]
            last = [each for each in fits if name_parts(each.name)[-1] == parts[-1]] if parts else []
            fits = last or fits
        entity = max(fits, key=lambda each: each.seen, default=None)
        if entity is None:
            entity = Entity(What.PERSON, mention.name)
            self._index(entity)
        if entity.seen < 0:
            self._people.append(entity)
        if len(parts) > 1 and not entity.introduced:
            entity.introduced = True
            self._is_described(entity, role or beside, gender, sentence)
        if gender and not entity.gender:
            entity.gender = gender
        if role:
            self.has_role(entity, role)
        entity.seen = sentence
        return entity

    def _is_described(self, entity: Entity, role: str, gender: str, sentence: int) -> None:
        """Joins a person who is named for the first time with whoever was told of shortly before without a name.

        "A Home Office minister has said …": the lead of a report has the office, the next paragraphs the name.
        """
        words = _stems(_words(role), self._country_of)
        heads_told: set[str] = set()
        for described in reversed(self._described):
            self._steps.add()
            if described.named is not None or described.plural or sentence - described.seen > 5:
                continue
            if gender and described.gender and described.gender != gender:
                continue
            has = _stems(described.role_words, self._country_of)
            heads = {described.head} & _OFFICES
            if not heads or (heads_told and heads != heads_told):
                continue
            offices, told = (each & (nouns.PORTFOLIO | nouns.BODIES) for each in (has, words))
            fits = (
                bool(heads & words) and (offices <= words | _RANKS or told <= has)
                if role
                else (not described.passed and described.spoke and len(name_parts(entity.name)) > 1)
            )
            if fits:
                described.named = entity
                self.has_role(entity, described.name, frozenset(described.countries))
                heads_told = heads
        for described in self._described:
            described.passed = True

    def has_role(self, entity: Entity, role: str, countries: frozenset[str] = frozenset()) -> None:
        entity.add_role(role)
        entity.countries |= countries
        if not self._with_role or self._with_role[-1] is not entity:
            self._with_role.append(entity)

    def body(self, mention: Mention, name: str) -> Entity:
        """The body that a name or "the ministry" means."""
        plain = fold(name.removeprefix("the ").removeprefix("The "))
        self._steps.add()
        known = self._bodies.get(plain)
        if (known is None and mention.determiner in ("the", "this", "that", "both")) or (
            known is None and mention.determiner in ("its", "their", "his", "her")
        ):
            known = self._body_again(mention, plain)
        if known is None:
            known = Entity(What.BODY, name)
            known.role_words = _words(name) | set(mention.words)
            # A bare "the court" is no name by which it is known for ever.
            known.general = len(mention.words) == 1 and mention.words[0] in nouns.BODIES
            if not known.general:
                self._bodies[plain] = known
        self._recent_bodies.append(known)
        return known

    def _body_again(self, mention: Mention, plain: str) -> Entity | None:
        wanted = _stems(set(mention.words), self._country_of)
        head = mention.head
        anything = head in nouns.GENERAL_BODIES and len(mention.words) <= 3
        named = head == "agency"
        for entity in reversed(self._recent_bodies):
            self._steps.add()
            has = _stems(entity.role_words or _words(entity.name), self._country_of)
            if wanted <= has and wanted:
                return entity
            if (
                anything
                and len(mention.words) == 1
                and not (named and not has & _AGENCIES)
                and not has & {"ministry", "department", "government", "court", "office"}
            ):
                return entity
        return None

    def described(self, mention: Mention, name: str, sentence: int, countries: frozenset[str] = frozenset()) -> Entity:
        """Whom a role means: a person named before, somebody described before, or somebody new."""
        self._steps.add()
        if mention.determiner not in ("a", "an", "one", "another", "some", "several", "two", "three", "four", "many"):
            again = self._role_again(mention, countries, sentence)
            if (
                again is None
                and mention.determiner == "the"
                and (mention.head in _PERSONAL or mention.head.endswith("-year-old") or _PARENT.match(mention.head))
            ):
                again = self._told_of()
            if again is None and mention.determiner == "this" and sentence - self.speaker_at <= 2:
                again = self.speaker
            if again is not None:
                again.seen = sentence
                return again
        entity = Entity(What.ROLE, name, plural=mention.plural, countries=set(countries), head=mention.head)
        entity.add_role(name)
        entity.general = True
        entity.seen = sentence
        self._described.append(entity)
        return entity

    def _told_of(self) -> Entity | None:
        """The person whom the text is about here: the last who was the subject of a sentence, else who spoke last."""
        for entity, _at, subject in reversed(self._recent):
            if subject and entity.what is What.PERSON:
                return entity
        return self.speaker if self.speaker is not None and self.speaker.what is What.PERSON else None

    def _role_again(self, mention: Mention, named: frozenset[str], sentence: int) -> Entity | None:
        if mention.plural and mention.determiner not in ("the", "these", "those", "both"):
            return None
        wanted = _stems(set(mention.words) | _words(mention.name), self._country_of)
        head = mention.head
        if head == "head" and "government" in wanted:
            head, wanted = "minister", (wanted - {"head", "government"})
        elif head == "head" and "state" in wanted:
            head, wanted = "president", (wanted - {"head", "state"})
        countries = {word for word in wanted if word.isupper() and len(word) == 3} | named
        rest = wanted - countries - {head, "country", "top", "s"}
        place = mention.words.index(head) if head in mention.words else len(mention.words)
        after_head = _stems(set(mention.words[place + 1 :]), self._country_of) - countries
        gender = "m" if head in nouns.MALE else "f" if head in nouns.FEMALE else ""
        best, best_score = None, 0.0
        for nearness, entity in enumerate(self._candidates()):
            self._steps.add()
            if entity.plural != mention.plural or (gender and entity.gender and gender != entity.gender):
                continue
            has = self._stems_of(entity)
            own = {word for word in has if word.isupper() and len(word) == 3} | entity.countries
            if countries and own and not countries & own:
                continue
            same = head in has
            alike = not same and any(head in group and group & has for group in _SAME_ROLE)
            if not same and not alike:
                continue
            if (
                (_RANKS & has) - wanted - {"former", "deputy"}
                and "prime" in has
                and "prime" not in wanted
                and head == "minister"
            ):
                continue
            if head == "president" and ("vice" in has) != ("vice" in wanted):
                continue
            missing = {word for word in rest if word not in has}
            if missing & after_head and len(has - own - {head}) > 0:
                continue
            if missing and alike:
                continue
            if missing and len(has - own) > 1 and missing & (nouns.PORTFOLIO | nouns.BODIES):
                continue
            if missing and entity.what is What.ROLE:
                continue
            score = 3.0 * same + 1.0 * alike + len(rest & has) - 0.5 * len(missing) - 0.15 * nearness
            if countries and not own:
                score -= 3.2
            if entity is self.speaker:
                score += 0.3 if sentence - self.speaker_at > 2 else 1.2
            if entity.what is What.PERSON:
                score += 0.6
            if score > best_score:
                best, best_score = entity, score
        if best is None and mention.determiner == "the" and mention.head in _OFFICES and not countries:
            # The one person named so far, without an office: "An interview with …", "The foreign minister receives us".
            only = self._people[0] if len(self._people) == 1 else None
            if only is not None and not only.roles and len(name_parts(only.name)) > 1:
                self.has_role(only, mention.name)
                return only
        return best

    def _stems_of(self, entity: Entity) -> set[str]:
        """The stems of somebody's roles, told anew only where there is a new role."""
        if entity.stemmed != len(entity.role_words):
            entity.stems, entity.stemmed = _stems(entity.role_words, self._country_of), len(entity.role_words)
        return entity.stems

    def _candidates(self) -> list[Entity]:
        """Those who may be meant, the nearest first."""
        seen: dict[int, Entity] = {}
        for entity in [*self._with_role, *self._described]:
            seen[id(entity)] = entity
        return sorted(seen.values(), key=lambda entity: -entity.seen)

    def pronoun(self, word: str, sentence: int, *, going_on: bool) -> Entity | None:
        """Whom "he", "she", "they" or "it" means; None where nobody fits."""
        self._steps.add(len(self._recent) + 1)
        if word in ("it", "its"):
            if (
                self.speaker is not None
                and self.speaker.what in (What.BODY, What.PLACE)
                and sentence - self.speaker_at <= 3
            ):
                return self.speaker
            return next((entity for entity, _at, subject in reversed(self._recent)
                         if entity.what in (What.BODY, What.PLACE) and subject), None)  # fmt: skip
        if word == "they" and self.speaker is not None and sentence - self.speaker_at <= 2:
            return self.speaker
        if word in ("they", "we", "their"):
            if (
                self.speaker is not None
                and (self.speaker.plural or self.speaker.what is What.BODY)
                and (sentence - self.speaker_at <= 3)
            ):
                return self.speaker
            return next((entity for entity, _at, _subject in reversed(self._recent)
                         if entity.plural or entity.what is What.BODY), self.speaker)  # fmt: skip
        gender = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f"}.get(word, "")
        if going_on and self.speaker is not None and self._fits(self.speaker, gender):
            return self._meant(self.speaker, gender)
        best, best_score = None, -99.0
        for entity, at, subject in self._recent:
            if not self._fits(entity, gender):
                continue
            score = (
                -1.0 * (sentence - at)
                + 2.5 * subject
                + 1.5 * (subject and at == sentence)
                + (1.0 if entity.gender == gender else 0.0)
            )
            if entity is self.speaker:
                score += 1.0
            if score >= best_score:
                best, best_score = entity, score
        if best is None and self.speaker is not None and self._fits(self.speaker, gender):
            best = self.speaker
        return self._meant(best, gender) if best is not None else None

    @staticmethod
    def _fits(entity: Entity, gender: str) -> bool:
        if entity.what not in (What.PERSON, What.ROLE) or entity.plural:
            return False
        return not (gender and entity.gender and entity.gender != gender)

    @staticmethod
    def _meant(entity: Entity, gender: str) -> Entity:
        """Whoever is once called "she" is a woman from then on."""
        if gender and not entity.gender:
            entity.gender = gender
        return entity

    # --- What was read ------------------------------------------------------------------------------

    def notice(self, entity: Entity, sentence: int, *, subject: bool) -> None:
        self._recent.append((entity, sentence, subject))
        entity.seen = sentence

    def knows_body(self, name: str) -> bool:
        return fold(name) in self._bodies

    def is_named(self, mention: Mention, entity: Entity) -> None:
        """Gives somebody told of before, "his lawyer", the name that "the lawyer, Alma David," has."""
        for described in reversed(self._described):
            self._steps.add()
            if described.named is None and described.head == mention.head and not described.plural:
                if set(mention.words) <= described.role_words | {mention.head}:
                    described.named = entity
                return

    def is_surname(self, word: str) -> bool:
        """Whether somebody in the text bears a word as last name."""
        folded = fold(word)
        return any(name_parts(each.name)[-1] == folded for each in self._by_word.get(folded, ()))

    def latest_with_role(self) -> Entity | None:
        return next((each for each in reversed(self._with_role) if each.what is What.PERSON), None)

    def spoke(self, entity: Entity, sentence: int) -> None:
        self.speaker = entity
        entity.spoke = True
        self.speaker_at = sentence
        entity.seen = sentence


_BETWEEN = re.compile(r"[\s\-‑'’‘“”\"()]+")


def name_parts(name: str) -> list[str]:
    """The folded words of a name, without initials and suffixes; a double name gives both."""
    parts = [part.strip(".") for part in _BETWEEN.split(fold(name)) if part.strip(".")]
    plain = [
        part
        for part in parts
        if len(part) > 1 and part not in nouns.PARTICLES and part not in ("jr", "sr", "ii", "iii", "iv")
    ]
    return plain or parts


def _gender_of(role: str, mention: Mention) -> str:
    words = set(mention.words[: max(len(mention.words) - 1, 1)]) | _words(role)
    words = {word.rstrip(".") for word in words}
    if words & nouns.MALE and not words & nouns.FEMALE:
        return "m"
    if words & nouns.FEMALE and not words & nouns.MALE:
        return "f"
    first = mention.name.split(" ")[0]
    return gender_of_given_name(first) if " " in mention.name and is_given_name(first) else ""
