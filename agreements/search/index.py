"""Keeps the search index to the public record: an act of publishing says what it touched, and that is indexed anew.

Everything happens in the transaction of the act and a batch at a time, since a load may touch a million records.
"""

from __future__ import annotations

import hashlib
import inspect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from django.db import connections, router, transaction
from django.db.models import F

from agreements import words
from agreements.models import Agreement, Official, SearchEntry, SearchForm, SearchWord, Statement
from agreements.search import engines, entries, names
from agreements.search.entries import MAKERS, made
from agreements.vocabulary import SearchKind

BATCH = 500
LONGEST_WORD = 60
"""Letters of a word that may be taken for a misspelt one; what is longer is no word that anybody types."""

Row = Mapping[str, str]

_OWN = {
    "agreements": SearchKind.AGREEMENT,
    "countries": SearchKind.COUNTRY,
    "officials": SearchKind.OFFICIAL,
    "statements": SearchKind.STATEMENT,
    "sources": SearchKind.SOURCE,
}
_TABLES = {kind: table for table, kind in _OWN.items()}
_DATED = {"statements": "date", "sources": "published"}
# Rows that are told in the entry of another record, and the column that names it.
_TOLD_IN = {
    "status_changes": (SearchKind.AGREEMENT, "agreement"),
    "transfers": (SearchKind.AGREEMENT, "agreement"),
    "payments": (SearchKind.AGREEMENT, "agreement"),
    "proceedings": (SearchKind.AGREEMENT, "agreements"),
    "positions": (SearchKind.OFFICIAL, "official"),
    "assessments": (SearchKind.COUNTRY, "country"),
}
# What the entries of other records say of a row: where none of it changes, neither do they.
_SAID_ELSEWHERE = {"agreements": ("title", "sender", "receiver"), "countries": ("name",), "officials": ("name",)}


class Touched:
    """The entries that what happened in an act changes."""

    def __init__(self) -> None:
        self._own: dict[SearchKind, dict[str, str]] = {kind: {} for kind in SearchKind}
        self._renamed: dict[str, set[str]] = {table: set() for table in _SAID_ELSEWHERE}

    def look_at(self, table: str, ids: Iterable[str], now: Mapping[str, Row], before: Mapping[str, Row]) -> None:
        """`now` and `before` are the public rows by id, without those of records that are not, or were not, public."""
        for id in ids:
            new, old = now.get(id), before.get(id)
            if table in _OWN:
                self._own[_OWN[table]][id] = (new or {}).get(_DATED.get(table, ""), "")
            for row in (new, old):
                if row is not None and table in _TOLD_IN:
                    kind, column = _TOLD_IN[table]
                    for target in filter(None, row[column].split(";")):
                        self._own[kind].setdefault(target, "")
            said = _SAID_ELSEWHERE.get(table, ())
            if said and (new is None or old is None or any(new[column] != old[column] for column in said)):
                self._renamed[table].add(id)

    def index(self) -> None:
        """Brings the index to what the database holds now."""
        using = router.db_for_write(SearchEntry)
        self._find_dependents(using)
        known = _Words(using)
        for kind in MAKERS:
            dated = self._own[kind]
            for ids in _batches(sorted(dated, key=lambda id: (dated[id], id))):
                _renew(kind, ids, known, using)
        known.write()

    def _find_dependents(self, using: str) -> None:
        def add(kind: SearchKind, records: Any) -> None:
            for id in records.values_list("pk", flat=True).distinct():
                self._own[kind].setdefault(id, "")

        agreements = set(self._renamed["agreements"])
        for some in _batches(sorted(self._renamed["countries"])):
            for side in ("sender", "receiver"):
                found = Agreement.objects.using(using).published().filter(**{f"{side}__in": some})
                agreements.update(found.values_list("pk", flat=True))
            add(SearchKind.OFFICIAL, Official.objects.using(using).published().filter(country__in=some))
        self._own[SearchKind.AGREEMENT] = dict.fromkeys(agreements, "") | self._own[SearchKind.AGREEMENT]
        said = Statement.objects.using(using).published().order_by()
        for some in _batches(sorted(agreements)):
            add(SearchKind.STATEMENT, said.filter(agreements__in=some))
        for some in _batches(sorted(self._renamed["officials"])):
            add(SearchKind.STATEMENT, said.filter(official__in=some))


def purge() -> None:
    """Leaves no trace of words that entries held and hold no more, as after a redaction."""
    engines.purge(connections[router.db_for_write(SearchEntry)])


def fill(using: str) -> None:
    """Makes the whole index anew from what a database holds."""
    SearchEntry.objects.using(using).all().delete()
    SearchWord.objects.using(using).all().delete()
    known = _Words(using)
    for kind, (model, _make) in MAKERS.items():
        dated = _DATED.get(_TABLES[kind])
        order = [F(dated).asc(nulls_first=True), "pk"] if dated else ["pk"]
        public = model.objects.using(using).published().order_by(*order).values_list("pk", flat=True)
        for ids in _batches(public.iterator(chunk_size=BATCH)):
            _write(made(kind, ids, using=using), known, using)
    known.write()


def bring_up_to_date(using: str) -> None:
    """Fills the index where it was never filled, or by a program that made entries otherwise."""
    connection = connections[using]
    if SearchForm._meta.db_table not in connection.introspection.table_names():
        return
    with transaction.atomic(using):
        prepared = engines.is_prepared(connection)
        if not prepared:
            engines.prepare(connection)
        if prepared and SearchForm.objects.using(using).filter(digest=form()).exists():
            return
        fill(using)
        SearchForm.objects.using(using).all().delete()
        SearchForm.objects.using(using).create(digest=form())


@cache
def form() -> str:
    """Tells apart indexes that another build of the program would make differently."""
    made_by = (entries, names, words, engines)
    return hashlib.sha256(b"\n".join(inspect.getsource(module).encode() for module in made_by)).hexdigest()


# --- Writing --------------------------------------------------------------------------------------


class _Words:
    """What entries written and deleted change of the known words; kept until the end, since most words are in many."""

    def __init__(self, using: str) -> None:
        self.using = using
        self.uses: Counter[str] = Counter()
        self.named: Counter[str] = Counter()

    def count(self, entry: SearchEntry, sign: int) -> None:
        named = set(entry.names.split())
        for word in named:
            self.named[word] += sign
        for word in named.union(entry.about.split(), entry.text.split(), entry.facts.split()):
            self.uses[word] += sign

    def write(self) -> None:
        changed = [
            word
            for word in sorted(self.uses.keys() | self.named.keys())
            if (self.uses[word] or self.named[word]) and len(word) <= LONGEST_WORD
        ]
        own = SearchWord.objects.using(self.using)
        for some in _batches(changed):
            known = {word: counts for word, *counts in own.filter(word__in=some).values_list("word", "uses", "named")}
            gone, kept = [], []
            for word in some:
                uses, named = known.get(word, (0, 0))
                each = SearchWord(word=word, uses=uses + self.uses[word], named=named + self.named[word])
                (kept if each.uses > 0 else gone).append(each)
            if gone:
                own.filter(word__in=[each.word for each in gone]).delete()
            own.bulk_create(
                kept,
                update_conflicts=True,
                unique_fields=["word"],
                update_fields=["uses", "named"],
            )


_COLUMNS = ("date", "title", "shown", "names", "about", "text", "facts")


def _renew(kind: SearchKind, ids: list[str], known: _Words, using: str) -> None:
    stored = SearchEntry.objects.using(using).filter(kind=kind, record__in=ids)
    old = {entry.record: entry for entry in stored}
    new = made(kind, ids, using=using)
    changed = []
    for entry in new:
        before = old.pop(entry.record, None)
        if before is not None:
            if all(getattr(before, column) == getattr(entry, column) for column in _COLUMNS):
                continue
            known.count(before, -1)
        changed.append(entry)
    for entry in old.values():
        known.count(entry, -1)
    if old:
        SearchEntry.objects.using(using).filter(pk__in=[entry.pk for entry in old.values()]).delete()
    _write(changed, known, using)


def _write(changed: list[SearchEntry], known: _Words, using: str) -> None:
    for entry in changed:
        known.count(entry, 1)
    # In the order in which they were asked for: among very many finds, those indexed last are looked at.
    SearchEntry.objects.using(using).bulk_create(
        changed, update_conflicts=True, unique_fields=["kind", "record"], update_fields=_COLUMNS
    )


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    left = iter(ids)
    while some := list(islice(left, BATCH)):
        yield some
