"""One function for whoever searches, on either engine: `search`; and `suggest`, while a reader types.

The engine finds a bounded number of entries that hold the words (engines.py); what fits best is decided here, in one
way for both. Where nothing holds all of the words, those that nothing has are taken for misspelt; after that, what
holds some of them is shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from django.db import connections, router

from agreements.models import SearchEntry, SearchWord
from agreements.search import engines
from agreements.search.query import Query, parse
from agreements.search.ranking import Segment, Texts, extract, held, level, marked, slips, slips_allowed
from agreements.vocabulary import SearchKind

__all__ = ["MOST", "Correction", "Group", "Hit", "Query", "Results", "Segment", "parse", "search", "suggest"]

MOST = 500
"""Finds of a kind that are looked at; where there are more, those indexed last."""
CORRECTED = 6
"""Words of a query that are looked up as misspelt, at most."""


@dataclass(frozen=True)
class Hit:
    """One record that was found, with its title and an extract in pieces, of which some are marked."""

    kind: SearchKind
    record: str
    title: list[Segment]
    extract: list[Segment] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """What was found of one kind: the hits asked for, best first, and how many there are."""

    kind: SearchKind
    hits: list[Hit]
    count: int
    or_more: bool = False
    """Whether there are more than were looked at."""


@dataclass(frozen=True)
class Correction:
    """A word that nothing has, and the one that was looked for in its place."""

    typed: str
    used: str


@dataclass(frozen=True)
class Results:
    """What a search found, the kind with the best find first.

    `counts` are those of all kinds, whichever were asked for. `some_words` is set where nothing holds all of the words
    and the hits hold some of them, most first.
    """

    query: Query
    groups: list[Group]
    counts: dict[SearchKind, Group]
    corrections: list[Correction] = field(default_factory=list)
    some_words: bool = False

    @property
    def hits(self) -> list[Hit]:
        """All hits in the order in which they are shown."""
        return [hit for group in self.groups for hit in group.hits]


@dataclass(frozen=True)
class _Found:
    """A candidate, ready to be sorted: what fits best comes first."""

    rank: tuple
    key: int
    kind: SearchKind


def search(typed: str, *, kinds: Collection[SearchKind] = (), limit: int = 5, offset: int = 0) -> Results:
    """What fits the words typed: of each kind, or of those given, the hits from `offset` on, `limit` at most.

    Reads the state of the record that is being read, a past edition included. A query without a word finds nothing.
    """
    query, corrections, some_words = parse(typed), [], False
    found, full = _find(query)
    if query and not found:
        query, corrections = _corrected(query)
        if corrections:
            found, full = _find(query)
        if not found and len(query.words) > 1:
            query = replace(query, terms=parse(" ".join(query.words)).terms)
            found, full = _find(query, any_of_them=True)
            some_words = bool(found)
    asked_for = tuple(kinds) or tuple(SearchKind)
    by_kind: dict[SearchKind, list[_Found]] = {}
    for each in sorted(found, key=lambda each: each.rank):
        by_kind.setdefault(each.kind, []).append(each)
    page = {kind: of_kind[offset : offset + limit] for kind, of_kind in by_kind.items() if kind in asked_for}
    hits = _hits([each for of_kind in page.values() for each in of_kind], query)
    counts = {kind: Group(kind, [], len(of_kind), kind in full) for kind, of_kind in by_kind.items()}
    groups = [
        Group(kind, [hits[each.key] for each in of_kind], counts[kind].count, counts[kind].or_more)
        for kind, of_kind in page.items()
    ]
    return Results(query, groups, counts, corrections if found else [], some_words)


def suggest(typed: str, *, limit: int = 8) -> list[Hit]:
    """What a reader may be typing, best first: records whose names hold the words, the last one as far as it goes."""
    query = parse(typed).still_typing()
    found, _full = _find(query, names_alone=True)
    if query and not found:
        query, corrections = _corrected(query)
        found, _full = _find(query, names_alone=True) if corrections else ([], set())
    best = sorted(found, key=lambda each: each.rank)[:limit]
    hits = _hits(best, query)
    return [hits[each.key] for each in best]


def _connection():
    return connections[router.db_for_read(SearchEntry)]


def _find(
    query: Query, *, any_of_them: bool = False, names_alone: bool = False
) -> tuple[list[_Found], set[SearchKind]]:
    """The candidates, and the kinds of which there are more than are looked at."""
    if not query:
        return [], set()
    how = {"without": query.without, "kinds": SearchKind, "any_of_them": any_of_them, "most": MOST + 1}
    # Those whose names hold the words are asked for by themselves, so that they are never among the too many.
    in_names = engines.matching(_connection(), query.terms, in_names=True, **how)
    anywhere = {} if names_alone else engines.matching(_connection(), query.terms, **how)
    full = {kind for kind, keys in anywhere.items() if len(keys) > MOST}
    keys = {key for kinds in (in_names, anywhere) for each in kinds.values() for key in each[:MOST]}
    columns = ("pk", "kind", "record", "names", "about", "text", "date", *(("facts",) if any_of_them else ()))
    found = []
    entries = SearchEntry.objects.filter(pk__in=keys).values_list(*columns)
    for key, kind, record, names, about, text, date, *facts in entries:
        kind = SearchKind(kind)
        texts = Texts.of(kind, record, names, about, text)
        has = held(texts, facts[0], query) if any_of_them else query
        newest = -(date or dt.date.min).toordinal()
        lacks = len(query.terms) - len(has.terms)
        fits = level(texts, has, unfinished=names_alone)
        found.append(_Found((lacks, fits, kind.order, newest, record), key, kind))
    return found, full


def _hits(found: list[_Found], query: Query) -> dict[int, Hit]:
    keys = [each.key for each in found]
    entries = SearchEntry.objects.filter(pk__in=keys).values_list("pk", "kind", "record", "title", "shown")
    return {
        key: Hit(
            SearchKind(kind),
            record,
            marked(title, query.terms),
            # What is on record of a country says something of it only where it holds the words.
            extract(shown, query.terms, title=title, only_if_marked=kind == SearchKind.COUNTRY),
        )
        for key, kind, record, title, shown in entries
    }


def _corrected(query: Query) -> tuple[Query, list[Correction]]:
    """The query with known words in the place of unknown ones, where there is one that is spelt much like it."""
    changed = {}
    for term in [term for term in query.terms if len(term.words) == 1][:CORRECTED]:
        word = term.words[0]
        known = SearchWord.objects.filter(word__gte=word, word__lt=f"{word}\U0010ffff") if term.beginning else None
        if slips_allowed(word) and not (known and known.exists()) and (better := _nearest(word)):
            changed[word] = better
    return query.with_words(changed), [Correction(typed, used) for typed, used in changed.items()]


def _nearest(word: str) -> str | None:
    """The known word with the fewest slips between; of several one with the same first letter, one of names, the most
    used."""
    most = slips_allowed(word)
    alike = SearchWord.objects.filter(word__in=engines.spelt_alike(_connection(), word))
    ranked = [
        (distance, each.word[0] != word[0], not each.named, -each.uses, each.word)
        for each in alike
        if (distance := slips(word, each.word, most=most)) <= most
    ]
    return min(ranked)[-1] if ranked else None
