"""Draft -> in review -> published -> withdrawn, and the next edition: the one place that changes either."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from agreements.dataset.rows import LISTS, MODELS, TABLE_OF, Row, in_column_order, row_of, with_lists
from agreements.dataset.schema import TABLES
from agreements.models import Agreement, Edition, Record, Revision, RevisionSubject, StatusChange
from agreements.vocabulary import ActKind, ChangeKind, State

STATE_FIELDS = ("state", "published_at", "withdrawn_at", "withdrawal_reason", "updated_at")
"""What an act sets on a record; whoever writes a marked record in bulk writes these fields too."""

BATCH = 200
_LOCK = 7_402_025
Key = tuple[str, str]
"""Table and id."""


class Inconsistent(Exception):
    """The act would leave the public record in contradiction with itself, and was undone; `reasons` says where."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


@dataclass(kw_only=True)
class Act:
    """One act of publishing while it goes on: what it added to, changed in and took out of the public record.

    `publish`, `publish_all` and `withdraw` write to the database; the `mark_` methods only set the fields of a record
    that the caller then writes in bulk, `STATE_FIELDS` included, before the act ends. When it ends it makes the next
    edition, kept in `edition`, unless the public would see no difference.
    """

    at: dt.datetime
    note: str = ""
    descriptor: str = ""
    edition: Edition | None = None
    added: list[Record] = field(default_factory=list)
    changed: list[Record] = field(default_factory=list)
    withdrawn: list[Record] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether no record was touched so far."""
        return not (self.added or self.changed or self.withdrawn)

    def publish(self, record: Record) -> None:
        """Saves the record as published; where it was published already, this is a correction."""
        self.mark_published(record)
        record.save()

    def publish_all(self, records: Iterable[Record]) -> None:
        """Publishes saved records as they are, in a few queries a table; those published already are left alone."""
        marked = [record for record in records if record.state != State.PUBLISHED]
        for record in marked:
            self.mark_published(record)
        _write_states(marked)

    def withdraw(self, records: Iterable[Record], *, reason: str) -> None:
        """Takes published records out of the public record, in a few queries a table; others are left alone."""
        marked = [record for record in records if record.state == State.PUBLISHED]
        for record in marked:
            self.mark_withdrawn(record, reason=reason)
        _write_states(marked)

    def corrected(self, record: Record) -> None:
        """Takes note that a published record, or a list of it, was saved by other means within this act."""
        if record.state == State.PUBLISHED:
            self.changed.append(record)

    def mark_published(self, record: Record) -> None:
        """`published_at` is the first time of all: neither a correction nor a return from withdrawal moves it."""
        was_public = record.state == State.PUBLISHED and not record._state.adding
        (self.changed if was_public else self.added).append(record)
        record.state = State.PUBLISHED
        record.published_at = record.published_at or self.at
        record.withdrawn_at = None
        record.withdrawal_reason = ""
        record.updated_at = timezone.now()

    def mark_withdrawn(self, record: Record, *, reason: str) -> None:
        """ValueError without a reason, since the record's address will say why it is gone."""
        if not reason.strip():
            raise ValueError("A withdrawal needs a reason.")
        self.withdrawn.append(record)
        record.state = State.WITHDRAWN
        record.withdrawn_at = self.at
        record.withdrawal_reason = reason
        record.updated_at = timezone.now()


@contextmanager
def act(*, note: str = "", at: dt.datetime | None = None) -> Iterator[Act]:
    """One act of publishing, in one transaction: all of it happens, or none; acts at the same moment queue up.

    Raises Inconsistent at its end where the public record would contradict itself.
    """
    with transaction.atomic():
        _wait_for_other_acts()
        going_on = Act(at=at or timezone.now(), note=note)
        yield going_on
        _make_edition(going_on)


def _wait_for_other_acts() -> None:
    # SQLite lets one writer in at a time (IMMEDIATE); PostgreSQL would let a load read a record that an editor is
    # about to change, and undo the change, and would give two acts the same number.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _write_states(records: list[Record]) -> None:
    for model in dict.fromkeys(type(record) for record in records):
        own = [record for record in records if type(record) is model]
        bulk_update_with_history(own, model, STATE_FIELDS, batch_size=BATCH)


# --- The next edition -----------------------------------------------------------------------------


def _make_edition(going_on: Act) -> None:
    reasons = {(TABLE_OF[type(record)], record.pk): record.withdrawal_reason for record in going_on.withdrawn}
    touched = {
        (TABLE_OF[type(record)], record.pk) for record in (*going_on.added, *going_on.changed, *going_on.withdrawn)
    }
    now, before = _public_rows(touched), _last_rows(touched)
    different = {key for key in touched if now.get(key) != before.get(key)}
    last = Edition.objects.order_by("number").last()
    descriptor = "" if going_on.descriptor == last_descriptor() else going_on.descriptor
    if not (different or descriptor):
        return
    if wrong := _contradictions(now, gone=[key for key in different if key not in now]):
        raise Inconsistent(wrong)
    revisions = [
        Revision(
            edition_id=(last.number if last else 0) + 1,
            table=table,
            record=id,
            kind=_kind_of(before.get((table, id)), now.get((table, id))),
            row=now.get((table, id)),
            reason=reasons.get((table, id), ""),
        )
        for table, id in sorted(different)
    ]
    going_on.edition = Edition(
        number=(last.number if last else 0) + 1, made_at=going_on.at, note=going_on.note, descriptor=descriptor
    )
    going_on.edition.digest = digest_of(going_on.edition, revisions, before=last.digest if last else "")
    going_on.edition.save(force_insert=True)
    _write_revisions(revisions, before)


def _kind_of(before: Row | None, now: Row | None) -> ChangeKind:
    if now is None:
        return ChangeKind.WITHDRAWN
    return ChangeKind.ADDED if before is None else ChangeKind.CHANGED


def _write_revisions(revisions: list[Revision], before: dict[Key, Row]) -> None:
    Revision.objects.bulk_create(revisions, batch_size=BATCH)
    parties = _parties()
    RevisionSubject.objects.bulk_create(
        (
            RevisionSubject(revision=revision, subject=subject)
            for revision in revisions
            for subject in sorted(
                subjects_of(revision.table, revision.row or before[revision.table, revision.record], parties)
            )
        ),
        batch_size=BATCH,
    )


def _parties() -> dict[str, tuple[str, str]]:
    """Sender and receiver of every agreement, withdrawn ones included, since a revision is about them too."""
    return {
        id: (sender, receiver) for id, sender, receiver in Agreement.objects.values_list("pk", "sender", "receiver")
    }


def subjects_of(table: str, row: Row, parties: dict[str, tuple[str, str]]) -> set[str]:
    """What a row is about: the agreements, countries and officials that it is or names."""
    own = {"agreements": "agreement", "countries": "country", "officials": "official"}
    subjects = {f"{own[table]}:{row['id']}"} if table in own else set()
    for column in TABLES[table].columns:
        if column.refers_to in own and row[column.name]:
            ids = row[column.name].split(";") if column.is_list else [row[column.name]]
            subjects |= {f"{own[column.refers_to]}:{id}" for id in ids}
    for subject in list(subjects):
        kind, _colon, id = subject.partition(":")
        if kind == "agreement":
            subjects |= {f"country:{country}" for country in parties.get(id, ())}
    return subjects


def digest_of(edition: Edition, revisions: Iterable[Revision], *, before: str) -> str:
    """The digest of an edition, from what it holds and the digest of the one before."""
    content = [
        before,
        edition.number,
        edition.made_at.astimezone(dt.UTC).isoformat(),
        edition.kind,
        edition.note,
        edition.descriptor,
        sorted(
            [each.table, each.record, str(each.kind), each.reason, json.dumps(each.row, sort_keys=True)]
            for each in revisions
        ),
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def last_descriptor() -> str:
    """The `datapackage.json` of the newest edition, empty where no load brought one."""
    last = Edition.objects.exclude(descriptor="").order_by("number").last()
    return last.descriptor if last else ""


def _by_table(keys: Iterable[Key]) -> dict[str, list[str]]:
    tables: dict[str, list[str]] = defaultdict(list)
    for table, id in sorted(keys):
        tables[table].append(id)
    return tables


def _batches(ids: list[str]) -> Iterable[list[str]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _public_rows(keys: Iterable[Key]) -> dict[Key, Row]:
    """The rows of those records that are published, as the database has them now."""
    return {
        (table, record.pk): row_of(record)
        for table, ids in _by_table(keys).items()
        for some in _batches(ids)
        for record in with_lists(MODELS[table].objects.published().filter(pk__in=some))
    }


def _last_rows(keys: Iterable[Key]) -> dict[Key, Row]:
    """The rows that the public knows, those of withdrawn records left out."""
    rows: dict[Key, Row] = {}
    for table, ids in _by_table(keys).items():
        for some in _batches(ids):
            for revision in Revision.objects.filter(table=table, record__in=some).order_by("edition"):
                rows[table, revision.record] = revision.row
    return {key: in_column_order(key[0], row) for key, row in rows.items() if row is not None}


# --- What an act must not leave behind ------------------------------------------------------------


def _contradictions(rows: dict[Key, Row], *, gone: list[Key]) -> list[str]:
    return [*_broken_references(rows), *_still_referred_to(gone), *_broken_steps(rows, gone)]


def _broken_references(rows: dict[Key, Row]) -> list[str]:
    """References of what is public now to what is not."""
    wanted: dict[str, dict[str, list[Key]]] = defaultdict(lambda: defaultdict(list))
    for key, row in rows.items():
        for column in TABLES[key[0]].columns:
            if column.refers_to and row[column.name]:
                for id in row[column.name].split(";") if column.is_list else [row[column.name]]:
                    wanted[column.refers_to][id].append(key)
    wrong = []
    for table, by_id in wanted.items():
        for some in _batches(sorted(by_id)):
            public = set(MODELS[table].objects.published().filter(pk__in=some).values_list("pk", flat=True))
            wrong += [
                f"{'/'.join(key)} refers to {table}/{id}, which is not public"
                for id in some
                if id not in public
                for key in by_id[id]
            ]
    return wrong


def _still_referred_to(gone: list[Key]) -> list[str]:
    """References of what stays public to what is gone."""
    by_table = _by_table(gone)
    wrong = []
    for table, model in MODELS.items():
        lists = {column.name: column for column in LISTS[table]}
        for column in TABLES[table].columns:
            for some in _batches(by_table.get(column.refers_to, [])):
                if column.is_list:
                    link = lists[column.name]
                    found = link.model.objects.filter(
                        **{f"{link.target}__in": some, f"{link.owner.removesuffix('_id')}__state": State.PUBLISHED}
                    ).values_list(link.owner, link.target)
                else:
                    found = (
                        model.objects.published().filter(**{f"{column.name}__in": some}).values_list("pk", column.name)
                    )
                wrong += [
                    f"{table}/{id} is public and refers to {column.refers_to}/{target}, which is withdrawn"
                    for id, target in sorted(found)
                ]
    return wrong


def _broken_steps(rows: dict[Key, Row], gone: list[Key]) -> list[str]:
    """Agreements whose public steps do not count from 1 without gap or double."""
    withdrawn = [id for table, id in gone if table == "status_changes"]
    agreements = {row["agreement"] for (table, _id), row in rows.items() if table == "status_changes"}
    for some in _batches(withdrawn):
        agreements |= set(StatusChange.objects.filter(pk__in=some).values_list("agreement", flat=True))
    wrong = []
    for some in _batches(sorted(agreements)):
        steps: dict[str, list[int]] = defaultdict(list)
        for agreement, step in (
            StatusChange.objects.published().filter(agreement__in=some).values_list("agreement", "step")
        ):
            steps[agreement].append(step)
        wrong += [
            f"agreements/{agreement}: its public steps are {', '.join(map(str, sorted(found)))}; they count from 1 "
            "without gap or double"
            for agreement, found in sorted(steps.items())
            if sorted(found) != list(range(1, len(found) + 1))
        ]
    return wrong


# --- Redaction ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Redaction:
    """What a redaction did: the words now in their place, and how many editions held them."""

    edition: Edition
    replacement: str
    revisions: int


def redact(table: str, id: str, column: str, *, words: str = "", at: dt.datetime | None = None) -> Redaction:
    """Takes words, or the whole text of a column, out of a record in every edition and at the desk.

    They are replaced by "redacted on DATE". The edition made says that it happened, not what was there. LookupError where
    there is no such record or column, ValueError where the column is no free text or nowhere holds the words.
    """
    if table not in MODELS or column not in {c.name for c in TABLES[table].columns}:
        raise LookupError(f"There is no column {column!r} in a table {table!r}.")
    model = MODELS[table]
    if not is_free_text(table, column):
        raise ValueError(f"{table}.{column} holds no free text.")
    at = at or timezone.now()
    replacement = f"redacted on {at:%Y-%m-%d}"

    def without(text: str) -> str:
        return text.replace(words, replacement) if words else replacement if text else text

    with transaction.atomic():
        _wait_for_other_acts()
        record = model.objects.filter(pk=id).first()
        if record is None:
            raise LookupError(f"There is no {table}/{id}.")
        outdated = []
        for revision in Revision.objects.filter(table=table, record=id, row__isnull=False):
            text = revision.row[column]
            if without(text) != text:
                revision.row[column] = without(text)
                outdated.append(revision)
        held = bool(outdated) or without(getattr(record, column)) != getattr(record, column)
        held = _redact_history(model, id, column, without) or held
        if not held:
            raise ValueError(f"{table}/{id} holds no such words in {column}.")
        Revision.objects.bulk_update(outdated, ["row"], batch_size=BATCH)
        loaded = dict(record.loaded_row) if record.loaded_row else record.loaded_row
        if loaded:
            loaded[column] = without(loaded[column])
        # No signal and no version of its own: a version would keep the words' place in the editors' history.
        model.objects.filter(pk=id).update(**{column: without(getattr(record, column)), "loaded_row": loaded})
        number = Edition.objects.order_by("number").last().number + 1
        edition = Edition.objects.create(
            number=number,
            made_at=at,
            kind=ActKind.REDACTION,
            note=f"Words were redacted in {column} of {table}/{id}, in every edition.",
            digest="",
        )
        _digest_anew(from_number=min((r.edition_id for r in outdated), default=number))
        edition.refresh_from_db()
    return Redaction(edition, replacement, len(outdated))


def is_free_text(table: str, column: str) -> bool:
    """Whether a column holds words of ours or of others, not an id, a date, a number or a word of a closed set."""
    described = next(c for c in TABLES[table].columns if c.name == column)
    return described.type == "string" and not (described.pattern or described.enum or described.refers_to)


def _redact_history(model: type[Record], id: str, column: str, without) -> bool:
    versions = [
        version
        for version in model.history.filter(id=id)
        if without(getattr(version, column)) != getattr(version, column)
    ]
    for version in versions:
        setattr(version, column, without(getattr(version, column)))
    model.history.model.objects.bulk_update(versions, [column], batch_size=BATCH)
    return bool(versions)


def _digest_anew(*, from_number: int) -> None:
    before = Edition.objects.filter(number=from_number - 1).values_list("digest", flat=True).first() or ""
    for edition in Edition.objects.filter(number__gte=from_number).order_by("number"):
        edition.digest = before = digest_of(edition, edition.revisions.all(), before=before)
        edition.save(update_fields=["digest"])
