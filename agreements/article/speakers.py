"""Whom the mentions of an article mean, read in its order, and who speaks where nobody is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agreements.article import nouns, verbs
from agreements.article.attribution import Attribution
from agreements.article.beside import body_beside, name_beside, role_beside
from agreements.article.clauses import Clause
from agreements.article.lines import Line
from agreements.article.lists import listed
from agreements.article.mentions import Mention, What
from agreements.article.names import is_acronym
from agreements.article.people import Entity, People, name_parts
from agreements.article.places import Countries
from agreements.article.rules import Rule
from agreements.article.steps import Steps
from agreements.article.tokens import Kind

_OWN_WORDS = listed(
    """
    statement letter release communique communiqué note post tweet message email memo announcement text document
    report submission reply filing complaint petition thread ruling judgment judgement order affidavit
    """
)


class Speakers:
    """Those of one article. `sentence` counts the sentences read so far."""

    def __init__(self, people: People, countries: Countries, steps: Steps) -> None:
        self.people = people
        self.countries = countries
        self.steps = steps
        self.entities: dict[int, Entity] = {}
        self.sentence = 0
        self.issuer: Entity | None = None
        self.authors: dict[str, Entity] = {}
        self.answering: Entity | None = None
        self.interviewed: Entity | None = None
        self.last_subject: tuple[Entity, int] | None = None

    def learn(self, lines: Sequence[Line]) -> None:
        """Reads who is named in the whole article, before it is read in order."""
        for line in lines:
            for full, acronym in line.acronyms():
                self.people.learn_body(full, acronym)
            for mention in line.mentions:
                if line.titled and len(name_parts(mention.name)) > 1:
                    continue
                self.people.learn(mention)
                if mention.within is not None:
                    self.people.learn(mention.within)

        for line in lines:
            line.name_people(self.people.is_surname)

    def read(
        self, line: Line, clauses: Sequence[Clause], attributions: Mapping[int, Attribution | None]
    ) -> dict[int, tuple[Entity, Rule] | None]:
        """Reads a paragraph in its order: whom each mention means, who speaks; for quoted words who would go on."""
        going_on = {
            clause.subject.first: clause.lemma in ("add", "continue", "go")
            for clause in clauses
            if clause.subject is not None
        }
        speaking: dict[int, list[Mention]] = {}
        for clause in clauses:
            if clause.subject is not None and clause.lemma not in verbs.WEAK:
                speaking.setdefault(max(clause.subject.first, 0), []).append(clause.subject)
        for attribution in attributions.values():
            if attribution is not None and not (attribution.rule is Rule.DOCUMENT and attribution.verb < 0):
                speaking.setdefault(attribution.subject.first, []).append(attribution.subject)
        first_sentence = self.sentence
        last_begin = -1
        fallback: dict[int, tuple[Entity, Rule] | None] = {}
        subject_seen = False
        self.answering = self._answering(line)
        label_end = _label_end(line)
        for at, token in enumerate(line.tokens):
            self.steps.add()
            if line.begins[at] != last_begin:
                last_begin = line.begins[at]
                self.sentence += 1
                subject_seen = False
            if token.kind is Kind.QUOTE:
                fallback[at] = self._by_context(line, at, first_sentence)
                continue
            mention = line.starting.get(at)
            if mention is None and at in speaking:
                mention = speaking[at][0]
            if mention is None:
                if token.low in ("him", "her", "his") and line.begins[at] < at:
                    meant = self.people.pronoun(token.low, self.sentence, going_on=False)
                    if meant is not None:
                        self.people.notice(meant, self.sentence, subject=False)
                continue
            spoken = at in speaking
            subject_seen = subject_seen and at != label_end + 1
            is_subject = (
                at >= label_end
                and not subject_seen
                and not line.is_(at - 1, *nouns.PREPOSITIONS)
                and mention.what is not What.DOCUMENT
            )
            if line.by_line(at) or line.shouted:
                continue
            if mention.within is not None and mention.within.what is What.PERSON:
                whose = self.entity(line, mention.within)
                if whose is not None:
                    self.people.notice(whose, self.sentence, subject=False)
            self._notice_bodies(line, mention)
            entity = self.entity(line, mention, going_on=going_on.get(at, False))
            if mention is not None and entity is None and mention.what is What.PRONOUN:
                subject_seen = subject_seen or is_subject
            if entity is None:
                continue
            subject_seen = subject_seen or is_subject
            if entity.what is not What.PLACE or spoken:
                self.people.notice(entity, self.sentence, subject=is_subject or spoken)
                if is_subject or spoken:
                    self.last_subject = (entity, self.sentence)
            if spoken and not is_press(entity):
                self.people.spoke(entity, self.sentence)
                if entity.what in (What.BODY, What.ROLE, What.PERSON):
                    self.issuer = entity
        self.sentence += 1
        if not clauses and not line.spans and line.is_(len(line.tokens) - 1, ":"):
            self._led_in(line)
        if self.answering is not None and label_end:
            self.people.spoke(self.answering, self.sentence - 1)
        return fallback

    def _led_in(self, line: Line) -> None:
        """Whoever a line with a colon at its end names says what follows: "Quotes attributable to the Minister:"."""
        for mention in reversed(line.mentions):
            entity = self.entities.get(id(mention))
            if entity is not None and mention.what in (What.PERSON, What.ROLE, What.BODY):
                self.people.spoke(entity, self.sentence)
                return

    def _notice_bodies(self, line: Line, mention: Mention) -> None:
        """Bodies named in a role are remembered: "the agency" after "UNHCR spokesperson Ann Mokoro" is UNHCR."""
        if mention.what not in (What.PERSON, What.ROLE):
            return
        for at in range(mention.first, min(mention.last, mention.first + 6)):
            token = line.tokens[at]
            if (
                token.kind is Kind.WORD
                and is_acronym(token)
                and at not in line.place_at
                and token.low in nouns.BODY_NAMES
            ):
                self.people.body(
                    Mention(at, at + 1, What.BODY, name=token.text, head=token.low, words=(token.low,)), token.text
                )

    def _answering(self, line: Line) -> Entity | None:
        """Who says "I" in a paragraph of an interview or a transcript: whose name, or "A", stands before its colon."""
        colon = next((at for at in range(1, min(12, len(line.tokens))) if line.is_(at, ":")), 0)
        if not colon:
            return None
        if colon == 1 and line.tokens[0].text in ("Q", "Question", "QUESTION"):
            self.interviewed = self.interviewed or self.people.latest_with_role()
            return None
        if colon == 1 and line.tokens[0].text in ("A", "Answer", "ANSWER"):
            return self.interviewed or self.people.latest_with_role()
        mention = line.starting.get(0)
        if mention is None or mention.last > colon or mention.what not in (What.PERSON, What.ROLE):
            return None
        return self.entity(line, mention)

    def meant(self, mention: Mention) -> Entity | None:
        """Whom a mention that was read already means."""
        return self.entities.get(id(mention))

    def entity(self, line: Line, mention: Mention, *, going_on: bool = False) -> Entity | None:
        """Who or what a mention means, told once, when it is read."""
        known = self.entities.get(id(mention))
        if known is None:
            known = self._resolved(line, mention, going_on=going_on)
            if known is not None:
                self.entities[id(mention)] = known
        return known

    def _resolved(self, line: Line, mention: Mention, *, going_on: bool) -> Entity | None:
        if mention.what is What.PRONOUN:
            if mention.head == "i":
                return self.answering
            if mention.head in ("we", "who"):
                return None
            return self.people.pronoun(mention.head, self.sentence, going_on=going_on)
        if mention.what is What.PERSON:
            role = role_beside(line, mention)
            entity = self.people.person(mention, self.sentence, role)
            if mention.role:
                entity.countries |= self._countries_in(line, mention)
            if role:
                self.people.has_role(entity, role, self._countries_in(line, line.starting.get(mention.last + 1)))
            if line.is_(mention.last, "is", "was"):
                being = line.starting.get(mention.last + 1)
                if being is not None and being.what is What.ROLE and not being.plural:
                    self.people.has_role(entity, being.name)
            return entity
        if mention.what is What.PLACE:
            if self.people.knows_body(mention.name):
                return self.people.body(mention, mention.name)
            return Entity(What.PLACE, mention.name)
        if mention.what is What.BODY:
            named = body_beside(line, mention)
            if named is not None:
                entity = self.people.body(named, line.said(named.first, named.last))
                entity.role_words |= set(mention.words)
                self.entities[id(named)] = entity
                return entity
            return self.people.body(mention, mention.name)
        if mention.what is What.DOCUMENT:
            if mention.within is not None and mention.within.what in (What.BODY, What.PERSON, What.ROLE, What.PLACE):
                self.issuer = self.entity(line, mention.within)
                if self.issuer is not None:
                    self.authors[mention.head] = self.issuer
                return self.issuer
            if mention.determiner in ("the", "this", "that") and mention.head in self.authors:
                return self.authors[mention.head]
            if (
                mention.determiner in ("the", "its", "this", "his", "her", "their")
                and self.issuer is not None
                and (mention.head in _OWN_WORDS)
            ):
                return self.issuer
            return Entity(What.DOCUMENT, mention.name)
        before = line.ending.get(mention.first - 1) if line.is_(mention.first - 1, ",", "(", "–", "—") else None
        if before is not None and before.what is What.PERSON and role_beside(line, before) == mention.name:
            return self.entity(line, before)
        if mention.determiner in ("his", "her", "its", "their") and line.is_(mention.last, ","):
            beside = line.starting.get(mention.last + 1)
            if beside is not None and beside.what is What.ROLE and beside.determiner == "the" and not beside.plural:
                return self.entity(line, beside)
        name = name_beside(line, mention)
        if name is not None:
            entity = self.entities.get(id(name)) or self.people.person(name, self.sentence, mention.name)
            self.entities[id(name)] = entity
            if entity is not None:
                if mention.determiner in ("the", "his", "her", "their", "its"):
                    self.people.is_named(mention, entity)
                self.people.has_role(entity, mention.name, self._countries_in(line, mention))
            return entity
        return self.people.described(mention, mention.name, self.sentence, self._countries_in(line, mention))

    def _countries_in(self, line: Line, mention: Mention | None) -> frozenset[str]:
        """The countries named within a mention: "St Vincent’s Prime Minister"."""
        if mention is None:
            return frozenset()
        return frozenset(
            self.countries.of(line.place_at[at]) for at in range(mention.first, mention.last) if at in line.place_at
        )

    def _by_context(self, line: Line, at: int, first_sentence: int) -> tuple[Entity, Rule] | None:
        """Who goes on, where words stand alone: a sentence or a paragraph of their own."""
        speaker, said_at = self.people.speaker, self.people.speaker_at
        begins, ends = line.begins[at] == at, line.ends[at] == at + 1
        if begins and ends and line.inner(at)[-1:] in (".", "!", "?", "…", ",", "—", "–", "-"):
            subject = self.last_subject
            if speaker is not None and self.sentence - said_at <= 8 and (subject is None or said_at >= subject[1]):
                return speaker, Rule.GOES_ON
            if (
                subject is not None
                and self.sentence - subject[1] <= 2
                and subject[0].what in (What.PERSON, What.ROLE, What.BODY)
            ):
                return subject[0], Rule.SENTENCE_BEFORE
            if speaker is not None and self.sentence - said_at <= 8:
                return speaker, Rule.GOES_ON
            following = line.starting.get(at + 1) if line.begins[at] == 0 else None
            if following is not None and following.what is What.PERSON:
                entity = self.entity(line, following)
                return (entity, Rule.SENTENCE_AFTER) if entity is not None else None
            return None
        lead = line.begins[at - 1] if at else 0
        if (
            line.is_(at - 1, ":")
            and speaker is not None
            and self.sentence - said_at <= 2
            and line.is_(lead, "then", "and", "but", "after", "later", "again", "finally", "or")
            and at - lead <= 8
            and not any(place in line.starting for place in range(lead, at))
        ):
            return speaker, Rule.GOES_ON
        if line.begins[at] > 0 and speaker is not None and said_at > first_sentence and self.sentence - said_at <= 1:
            first = line.tokens[line.begins[at]].low
            led = line.tokens[at - 1].low
            if first in ("it", "this", "that", "they", "there", "the", "such") and led in verbs.BE | {
                "as",
                "would",
                "be",
            }:
                return speaker, Rule.GOES_ON
        return None


def is_press(entity: Entity) -> bool:
    """Whether a body is of the press, which passes on what others say."""
    return entity.what is What.BODY and any(word in nouns.PRESS for word in entity.name.lower().split())


def _label_end(line: Line) -> int:
    """The colon after the name with which a turn of an interview begins; 0 where there is none."""
    for at in range(1, min(12, len(line.tokens))):
        token = line.tokens[at]
        if token.text == ":":
            return 0 if line.quote(at + 1) else at
        if token.kind is Kind.QUOTE or token.text in (".", ";") or (token.low in verbs.FORMS and not token.capital):
            return 0
    return 0
