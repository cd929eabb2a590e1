"""The next edition: the rows that an act added, changed and took out, their subjects, and its digest."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from agreements.dataset.rows import MODELS, TABLE_OF, Row, in_column_order, references, row_of, with_lists
from agreements.models import Agreement, Edition, Revision, RevisionSubject
from agreements.publication.consistency import Left, batches
from agreements.publication.reasons import Reason
from agreements.search.index import Touched
from agreements.vocabulary import ChangeKind

if TYPE_CHECKING:
    from agreements.publication.acts import Act


def make_edition(going_on: Act) -> list[Reason]:
    """Makes the next edition of what the act did, unless the public would see no difference.

    It gives what is wrong with it. It goes through what was touched a batch at a time: a load may touch a million.
    """
    last = Edition.objects.order_by("number").last()
    edition = Edition(
        number=(last.number if last else 0) + 1,
        made_at=going_on.at,
        note=going_on.note,
        descriptor=going_on.descriptor if going_on.descriptor and going_on.descriptor != last_descriptor() else "",
    )
    if edition.descriptor:
        edition.save(force_insert=True)
    why_withdrawn = {(TABLE_OF[type(record)], record.pk): record.withdrawal_reason for record in going_on.withdrawn}
    touched: dict[str, set[str]] = defaultdict(set)
    for record in (*going_on.added, *going_on.changed, *going_on.withdrawn):
        touched[TABLE_OF[type(record)]].add(record.pk)
    left, searched = Left(), Touched()
    for table in sorted(touched):
        for ids in batches(sorted(touched[table])):
            now, before = _public_rows(table, ids), last_rows(table, ids)
            different = [id for id in ids if now.get(id) != before.get(id)]
            if different and edition._state.adding:
                edition.save(force_insert=True)
            revisions = [
                Revision(
                    edition_id=edition.number,
                    table=table,
                    record=id,
                    kind=_kind_of(before.get(id), now.get(id)),
                    row=now.get(id),
                    reason=why_withdrawn.get((table, id), ""),
                )
                for id in different
            ]
            _write_revisions(revisions, before)
            left.look_at(table, different, now)
            searched.look_at(table, different, now, before)
    made = not edition._state.adding
    against = [*going_on.objections(edition if made else None), *left.contradictions()]
    if against or not made:
        return against
    searched.index()
    edition.digest = digest_of(edition, before=last.digest if last else "")
    edition.save(update_fields=["digest"])
    going_on.edition = edition
    return []


def _kind_of(before: Row | None, now: Row | None) -> ChangeKind:
    if now is None:
        return ChangeKind.WITHDRAWN
    return ChangeKind.ADDED if before is None else ChangeKind.CHANGED


def _write_revisions(revisions: list[Revision], before: dict[str, Row]) -> None:
    Revision.objects.bulk_create(revisions)
    # What a record was about and is no longer changed with it too.
    sides = [
        (revision, [row for row in (before.get(revision.record), revision.row) if row is not None])
        for revision in revisions
    ]
    parties = _parties((revision.table, row) for revision, rows in sides for row in rows)
    RevisionSubject.objects.bulk_create(
        RevisionSubject(revision_id=revision.pk, subject=subject)
        for revision, rows in sides
        for subject in sorted(set().union(*(subjects_of(revision.table, row, parties) for row in rows)))
    )


def _parties(rows: Iterable[tuple[str, Row]]) -> dict[str, tuple[str, str]]:
    """Sender and receiver of the agreements named, withdrawn ones included, since a revision is about them too."""
    named = {id for table, row in rows for other, id in references(table, row) if other == "agreements"}
    found = Agreement.objects.filter(pk__in=named).values_list("pk", "sender", "receiver") if named else ()
    return {id: (sender, receiver) for id, sender, receiver in found}


def subjects_of(table: str, row: Row, parties: dict[str, tuple[str, str]]) -> set[str]:
    """What a row is about: the agreements, countries and officials that it is or names, and the agreements' parties."""
    kinds = {"agreements": "agreement", "countries": "country", "officials": "official"}
    about = {(table, row["id"]), *references(table, row)}
    about |= {("countries", party) for other, id in about if other == "agreements" for party in parties.get(id, ())}
    return {f"{kinds[other]}:{id}" for other, id in about if other in kinds}


def digest_of(edition: Edition, *, before: str) -> str:
    """The digest of an edition, from what the database holds of it and the digest of the one before."""
    revisions = edition.revisions.order_by().values_list("table", "record", "kind", "reason", "row")
    content = [
        before,
        edition.number,
        edition.made_at.astimezone(dt.UTC).isoformat(),
        edition.kind,
        edition.note,
        edition.descriptor,
        sorted(_digest(revision) for revision in revisions.iterator(chunk_size=2000)),
    ]
    return _digest(content)


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def last_descriptor() -> str:
    """The `datapackage.json` of the newest edition, empty where no load brought one."""
    last = Edition.objects.exclude(descriptor="").order_by("number").last()
    return last.descriptor if last else ""


def _public_rows(table: str, ids: list[str]) -> dict[str, Row]:
    """The rows of those records that are published, as the database has them now."""
    return {record.pk: row_of(record) for record in with_lists(MODELS[table].objects.published().filter(pk__in=ids))}


def last_rows(table: str, ids: list[str]) -> dict[str, Row]:
    """The rows that the public knows, those of withdrawn records left out."""
    known = Revision.objects.filter(table=table, record__in=ids).order_by("edition")
    last = dict(known.values_list("record", "row"))
    return {id: in_column_order(table, row) for id, row in last.items() if row is not None}


def last_public_row(table: str, id: str) -> Row:
    """What the public knows of a record; empty where it knows nothing of it, or no longer."""
    return last_rows(table, [id]).get(id, {})
