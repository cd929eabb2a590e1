"""Every row of a list, a few at a time: a million of them take no more memory than a thousand."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from agreements.dataset.rows import attribute_of
from agreements.exports.tables import Table, Values, plain, said
from agreements.models import Official, Position, StatementAgreement, StatementSource
from agreements.vocabulary import State

BATCH = 2000
"""How many records are held at a time."""


def rows_of(table: Table, records: QuerySet, *, day: dt.date) -> Iterator[Values]:
    """The values of all records that a query finds, in its order, as they stand on a day.

    What the query fetches besides the records, such as for a page, is not asked for.
    """
    bare = records.select_related(None).prefetch_related(None)
    return _READERS.get(table.name, _prepared)(table, bare, day)


def _prepared(table: Table, records: QuerySet, day: dt.date) -> Iterator[Values]:
    for record in table.prepare(records).iterator(chunk_size=BATCH):
        yield table.values(record, day=day)


def _statements(table: Table, records: QuerySet, day: dt.date) -> Iterator[Values]:
    """The same values, read as tuples: there may be a million, and each instance takes longer to make than its line."""
    attributes = {column.name: attribute_of(table.name, column) for column in table.own if not column.is_list}
    scalars, blank = attrgetter(*attributes.values()), dict.fromkeys(column.name for column in table.columns)
    found = records.values_list(*attributes.values(), named=True)
    for some in _batches(found.iterator(chunk_size=BATCH)):
        ids = [statement.id for statement in some]
        agreements = StatementAgreement.objects.filter(statement__id__among=ids, agreement__state=State.PUBLISHED)
        about = _listed(agreements, "statement", "agreement", "agreement__sender", "agreement__receiver")
        sources = _listed(StatementSource.objects.filter(record__id__among=ids), "record", "source")
        speakers = {statement.official_id for statement in some}
        officials = Official.objects.only("name", "country", "speaks_for").in_bulk(speakers)
        held = defaultdict(list)
        for position in Position.objects.published().filter(official__in=speakers).order_by("pk"):
            held[position.official_id].append(position)
        for statement in some:
            links, speaker = about.get(statement.id, ()), statement.official_id
            values = blank.copy()
            values.update(zip(attributes, map(plain, scalars(statement)), strict=True))
            values["agreements"] = tuple(id for id, _sender, _receiver in links)
            values["sources"] = tuple(id for (id,) in sources.get(statement.id, ()))
            parties = [(sender, receiver) for _id, sender, receiver in links]
            values.update(said(statement, official=officials[speaker], positions=held.get(speaker, ()), about=parties))
            yield values


def _listed(links: QuerySet, record: str, *values: str) -> dict[str, list[tuple[str, ...]]]:
    """By id of the record, what its links hold, in their order."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for link in links.order_by("position", "pk").values_list(record, *values):
        found[link[0]].append(link[1:])
    return found


def _batches(found: Iterable[Any]) -> Iterator[Sequence[Any]]:
    left = iter(found)
    while some := list(islice(left, BATCH)):
        yield some


_READERS: dict[str, Callable[[Table, QuerySet, dt.date], Iterator[Values]]] = {"statements": _statements}
