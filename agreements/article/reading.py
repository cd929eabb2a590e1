"""An article's text in, proposals of statements out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agreements.article import titles
from agreements.article.attribution import Attribution, attribution_of
from agreements.article.clauses import Clause, clauses_of
from agreements.article.dates import Calendar, When, day_of_article
from agreements.article.indirect import reported
from agreements.article.known import Known
from agreements.article.language import language_of
from agreements.article.lines import Line
from agreements.article.marks import spans_of
from agreements.article.mentions import What
from agreements.article.occasions import Occasions
from agreements.article.paragraphs import paragraphs
from agreements.article.parties import Parties, agreements_of, change_of, parties_of
from agreements.article.people import Entity, People
from agreements.article.places import Countries, gazetteer_for, places_of
from agreements.article.proposals import ArticleSource, Proposal, Reading
from agreements.article.quotations import Quotations, Said
from agreements.article.record import Record
from agreements.article.rules import Rule
from agreements.article.speakers import Speakers, is_press
from agreements.article.stance import stance_of
from agreements.article.steps import Steps
from agreements.article.tokens import Kind, words_between
from agreements.vocabulary import OfficialKind


def read(
    text: str, *, published: dt.date | None = None, known: Known | None = None, source: ArticleSource | None = None
) -> Reading:
    """The statements that an article reports, in the order of their places.

    `published` is the day of the article, from which "on Sunday" is read; without it that of `source`, the dateline, or
    a full date at the head of the text. `known` is what the tracker knows. No text makes it fail; the steps that it
    takes grow with the length of the text.
    """
    return _Reader(text, published, known or Known(), source or ArticleSource()).read()


@dataclass(frozen=True)
class _Finding:
    """What was found of one statement, before it is told what it is about."""

    line: Line
    speakers: Sequence[Entity]
    rule: Rule
    confidence: float
    start: int
    end: int
    when: When | None
    lemma: str
    quote: str = ""
    summary: str = ""
    around: str = ""


def _kind_of(speaker: Entity | None) -> OfficialKind:
    """A person who is named, an office where nobody is, or a body; several together speak as one."""
    if speaker is None or speaker.what in (What.BODY, What.DOCUMENT, What.PLACE):
        return OfficialKind.ORGANISATION
    return OfficialKind.PERSON if speaker.what is What.PERSON else OfficialKind.OFFICE


class _Reader:
    """One reading of one text."""

    def __init__(self, text: str, published: dt.date | None, known: Known, source: ArticleSource) -> None:
        self.text = text
        self.known = known
        self.steps = Steps()
        self.gazetteer = gazetteer_for(known)
        self.countries = Countries(text)
        places = list(paragraphs(text))
        spans = spans_of(text, places, self.steps)
        self.lines = [
            Line(text, place, found, self.gazetteer, self.steps) for place, found in zip(places, spans, strict=True)
        ]
        day = day_of_article([line.tokens for line in self.lines[:6]], text, published or source.published)
        self.source = replace(
            source, published=published or source.published or day, title=source.title or self._title()
        )
        self.occasions = Occasions(text, Calendar(day))
        self.speakers = Speakers(People(self._country_of(), self.steps), self.countries, self.steps)
        self.quotations = Quotations(text, self.speakers.entity)
        self.record = Record(known)
        self.quoted: set[tuple[int, int]] = set()

    def read(self) -> Reading:
        self.speakers.learn(self.lines)
        clauses = [clauses_of(line) for line in self.lines]
        for line, own in zip(self.lines, clauses, strict=True):
            self._read_line(line, own)
        found = [finding for said in self.quotations.said if (finding := self._quoted(said)) is not None]
        for line, own in zip(self.lines, clauses, strict=True):
            found += self._reported(line, own)
        found.sort(key=lambda finding: (finding.start, finding.end))
        parties = parties_of(self.lines, self.countries, self.known)
        proposals = self._with_dates(found, [self._proposal(finding, parties) for finding in found])
        return Reading(self.source, parties, tuple(proposals), self.steps.count)

    def _title(self) -> str:
        """The first line, where it is set like one: short, without a point at its end."""
        if len(self.lines) < 2:
            return ""
        first = self.lines[0]
        words = self.text[first.start : first.end]
        return words if len(words) < 200 and not words.endswith((".", "”", '"', ":")) else ""

    def _country_of(self) -> dict[str, str]:
        """The code of each word that is a country's name or adjective in this text."""
        return {
            line.tokens[place.first].low: self.countries.of(place)
            for line in self.lines
            for place in line.places
            if place.last - place.first == 1
        }

    def _read_line(self, line: Line, clauses: list[Clause]) -> None:
        attributions = {
            at: attribution_of(line, at, clauses) for at, token in enumerate(line.tokens) if token.kind is Kind.QUOTE
        }
        goes_on = self.speakers.read(line, clauses, attributions)
        for at, attribution in attributions.items():
            self.quotations.add(line, at, attribution, goes_on.get(at))

    # --- What is found ------------------------------------------------------------------------------

    def _quoted(self, said: Said) -> _Finding | None:
        """Quoted words as a statement; None where they are too few, a title, or nobody's."""
        own, line = said.attribution, said.line
        if not said.speakers or not said.is_long_enough(self.text):
            return None
        quote = said.quote(self.text)
        if titles.is_title(line, said.at, quote, own if said.told_in is line else None):
            return None
        self._note_sentences(said)
        return _Finding(
            line=line,
            speakers=said.speakers,
            rule=said.rule,
            confidence=_confidence(said),
            start=said.parts[0][0],
            end=said.parts[-1][1],
            when=self._when(said),
            lemma=own.lemma if own is not None else "say",
            quote=quote,
            around=_around(line, said.at),
        )

    def _note_sentences(self, said: Said) -> None:
        """Notes the sentences whose words are quoted, so that they are not reported without marks as well."""
        self.quoted.add((said.line.start, said.line.begins[said.at]))
        self.quoted |= {(said.last_line.start, said.last_line.begins[at]) for at in said.tokens}
        if said.attribution is not None and said.told_in is not None and said.attribution.verb >= 0:
            self.quoted.add((said.told_in.start, said.told_in.begins[said.attribution.verb]))

    def _when(self, said: Said) -> When | None:
        """The date that an attribution, or the sentence before the words, gives to them."""
        own, line = said.attribution, said.told_in
        when = self.occasions.of(line, own) if own is not None and line is not None else None
        if when is None and (line is None or line is said.line):
            when = self.occasions.before(said.line, said.at, said.speakers[0], self.speakers.meant)
        return when

    def _reported(self, line: Line, clauses: list[Clause]) -> list[_Finding]:
        """Statements without marks, from the sentences of a paragraph whose words are not quoted."""
        if line is self.lines[0] and self.source.title == self.text[line.start : line.end]:
            return []
        found = []
        taken = {begin for start, begin in self.quoted if start == line.start} if line.spans else set()
        for report in reported(line, clauses, taken):
            speakers = [
                entity for mention in report.subjects if (entity := self.speakers.entity(line, mention)) is not None
            ]
            if not speakers or is_press(speakers[0]):
                continue
            start, end = line.tokens[report.first].start, line.tokens[report.last - 1].end
            told = Attribution(report.subjects[0], report.rule, report.clause_first, report.last, verb=report.verb)
            found.append(
                _Finding(
                    line=line,
                    speakers=speakers,
                    rule=report.rule,
                    confidence=report.rule.certainty - (0.1 if speakers[0].general else 0.0),
                    start=start,
                    end=end,
                    when=self.occasions.of(line, told),
                    lemma=report.lemma,
                    summary=self.text[start:end],
                )
            )
        return found

    # --- What it is about -----------------------------------------------------------------------------

    def _proposal(self, finding: _Finding, parties: Parties) -> Proposal:
        line, when = finding.line, finding.when
        speakers = [entity.named or entity for entity in finding.speakers]
        speaker = " and ".join(dict.fromkeys(_name(entity) for entity in speakers))
        alone = speakers[0] if len(speakers) == 1 else None
        words = finding.quote or finding.summary
        tokens = words_between(self.text, finding.start, finding.end, self.steps)
        around = self.text[line.start : min(line.end, line.start + 2000)]
        countries = dict.fromkeys(
            self.countries.of(place, around) for place in places_of(tokens, self.gazetteer, self.steps)
        )
        beside = dict.fromkeys(self.countries.of(place, around) for place in line.places[:40])
        date, precision = (when.date, when.precision) if when is not None else (None, "")
        told = f"{words} {finding.around}"
        agreements = agreements_of(
            countries | beside, parties, self.known, words=told, day=date or self.source.published
        )
        roles = " ".join(speakers[0].roles)
        stance = stance_of(words, finding.around, finding.lemma, f"{speaker} {roles}")
        official = self.record.official(alone) if alone is not None else None
        return Proposal(
            speaker=speaker,
            role=_role(alone) if alone is not None else "",
            quote=finding.quote,
            indirect=not finding.quote,
            summary=finding.summary,
            date=date,
            precision=precision,
            date_words=when.words if when is not None else "",
            stance=stance.value if stance else "",
            agreements=agreements,
            status_change=change_of(agreements, self.known, words=told, date=date, precision=precision),
            language=language_of(finding.quote),
            countries=tuple(countries),
            confidence=round(finding.confidence, 2),
            rule=finding.rule,
            start=finding.start,
            end=finding.end,
            official=official.id if official else "",
            recorded=self.record.statement(finding.quote, official),
            kind=_kind_of(alone),
            country=next(iter(alone.countries)) if alone is not None and len(alone.countries) == 1 else "",
        )

    def _with_dates(self, findings: list[_Finding], proposals: list[Proposal]) -> list[Proposal]:
        """Words whose attribution has no date take that of the same speaker's before: on the same occasion.

        That is in the same paragraph, or where the speaker "added" or "continued".
        """
        last: dict[str, Proposal] = {}
        found = []
        for finding, proposal in zip(findings, proposals, strict=True):
            before = last.get(proposal.speaker)
            goes_on = before is not None and (
                finding.lemma in ("add", "continue", "go") or "\n" not in self.text[before.end : proposal.start]
            )
            if not proposal.date_words and goes_on:
                change = proposal.status_change or change_of(
                    proposal.agreements,
                    self.known,
                    words=proposal.quote or proposal.summary,
                    date=before.date,
                    precision=before.precision,
                )
                proposal = replace(
                    proposal,
                    date=before.date,
                    precision=before.precision,
                    date_words=before.date_words,
                    status_change=change,
                )
            if proposal.date_words:
                last[proposal.speaker] = proposal
            found.append(proposal)
        return found


def _confidence(said: Said) -> float:
    """The rule's certainty, less where the speaker is not named, is a pronoun, or the words were never closed."""
    sure = said.rule.certainty
    if any(entity.general or entity.what is What.DOCUMENT for entity in said.speakers):
        sure -= 0.1
    if said.attribution is not None and said.attribution.subject.what is What.PRONOUN:
        sure -= 0.1
    if not said.last_line.spans[said.last_line.tokens[said.tokens[-1]].span].closed:
        sure -= 0.15
    return max(sure, 0.1)


def _around(line: Line, at: int) -> str:
    """The reporter's words of a sentence and a little after it, at most a few lines of them."""
    begin, end = line.begins[at], min(line.ends[at] + 30, line.begins[at] + 140, len(line.tokens))
    return " ".join(token.text for token in line.tokens[begin:end] if token.kind is not Kind.QUOTE)


def _name(entity: Entity) -> str:
    """A speaker's name or description without its article."""
    name = " ".join(entity.name.split())
    return re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.IGNORECASE)


def _role(entity: Entity) -> str:
    """The first role of a person that says more than one word, else the first."""
    if entity.what is not What.PERSON or not entity.roles:
        return ""
    roles = entity.roles[:3]
    return " ".join(next((role for role in roles if " " in role), roles[0]).split())
