"""Draft -> in review -> published -> withdrawn, and the next edition: the one place that changes either."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.contrib.admin.models import LogEntry
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from agreements.dataset.rows import LISTS, MODELS, TABLE_OF, Row, in_column_order, references, row_of, with_lists
from agreements.dataset.schema import TABLES
from agreements.models import Agreement, Edition, Record, Revision, RevisionSubject, StatusChange
from agreements.models.fields import url_key
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
    _before: list[tuple[Record, bool, dict]] = field(default_factory=list, repr=False)

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
        self._remember(record)
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
        self._remember(record)
        record.state = State.WITHDRAWN
        record.withdrawn_at = self.at
        record.withdrawal_reason = reason
        record.updated_at = timezone.now()

    def _remember(self, record: Record) -> None:
        values = {name: getattr(record, name) for name in STATE_FIELDS}
        self._before.append((record, record._state.adding, values))

    def _forget(self) -> None:
        """Takes the marks off the records again: what failed must not leave objects that say they are public."""
        for record, adding, values in reversed(self._before):
            record._state.adding = adding
            for name, value in values.items():
                setattr(record, name, value)


@contextmanager
def act(*, note: str = "", at: dt.datetime | None = None) -> Iterator[Act]:
    """One act of publishing, in one transaction: all of it happens, or none; acts at the same moment queue up.

    Raises Inconsistent at its end where the public record would contradict itself.
    """
    with transaction.atomic():
        _wait_for_other_acts()
        going_on = Act(at=at or timezone.now(), note=note)
        try:
            yield going_on
            _make_edition(going_on)
        except BaseException:
            going_on._forget()
            raise


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
    """Goes through what was touched a batch at a time: a load may touch a million records."""
    last = Edition.objects.order_by("number").last()
    edition = Edition(
        number=(last.number if last else 0) + 1,
        made_at=going_on.at,
        note=going_on.note,
        descriptor="" if going_on.descriptor == last_descriptor() else going_on.descriptor,
    )
    if edition.descriptor:
        edition.save(force_insert=True)
    reasons = {(TABLE_OF[type(record)], record.pk): record.withdrawal_reason for record in going_on.withdrawn}
    touched: dict[str, set[str]] = defaultdict(set)
    for record in (*going_on.added, *going_on.changed, *going_on.withdrawn):
        touched[TABLE_OF[type(record)]].add(record.pk)
    left = _Left()
    for table in sorted(touched):
        for ids in _batches(sorted(touched[table])):
            now, before = _public_rows(table, ids), _last_rows(table, ids)
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
                    reason=reasons.get((table, id), ""),
                )
                for id in different
            ]
            _write_revisions(revisions, before)
            left.look_at(table, different, now)
    if edition._state.adding:
        return
    if wrong := left.contradictions():
        raise Inconsistent(wrong)
    edition.digest = digest_of(edition, before=last.digest if last else "")
    edition.save(update_fields=["digest"])
    going_on.edition = edition


def _kind_of(before: Row | None, now: Row | None) -> ChangeKind:
    if now is None:
        return ChangeKind.WITHDRAWN
    return ChangeKind.ADDED if before is None else ChangeKind.CHANGED


def _write_revisions(revisions: list[Revision], before: dict[str, Row]) -> None:
    Revision.objects.bulk_create(revisions)
    rows = [revision.row or before[revision.record] for revision in revisions]
    parties = _parties(zip((revision.table for revision in revisions), rows, strict=True))
    RevisionSubject.objects.bulk_create(
        RevisionSubject(revision_id=revision.pk, subject=subject)
        for revision, row in zip(revisions, rows, strict=True)
        for subject in sorted(subjects_of(revision.table, row, parties))
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


def _batches(ids: list[str]) -> Iterable[list[str]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _public_rows(table: str, ids: list[str]) -> dict[str, Row]:
    """The rows of those records that are published, as the database has them now."""
    return {record.pk: row_of(record) for record in with_lists(MODELS[table].objects.published().filter(pk__in=ids))}


def _last_rows(table: str, ids: list[str]) -> dict[str, Row]:
    """The rows that the public knows, those of withdrawn records left out."""
    known = Revision.objects.filter(table=table, record__in=ids).order_by("edition")
    last = dict(known.values_list("record", "row"))
    return {id: in_column_order(table, row) for id, row in last.items() if row is not None}


# --- What an act must not leave behind ------------------------------------------------------------


class _Left:
    """What an act leaves behind, as far as it may contradict the rest of the public record."""

    def __init__(self) -> None:
        self.wanted: dict[str, dict[str, Key]] = defaultdict(dict)
        """What must be public, by table and id, with one record that refers to it."""
        self.gone: dict[str, list[str]] = defaultdict(list)
        self.negotiations: set[str] = set()

    def look_at(self, table: str, ids: list[str], rows: dict[str, Row]) -> None:
        for id in ids:
            if id not in rows:
                self.gone[table].append(id)
                continue
            for target, wanted in references(table, rows[id]):
                self.wanted[target].setdefault(wanted, (table, id))
        if table == "status_changes":
            # A step may have come from another agreement, where it leaves a gap: all that it ever belonged to counts.
            known = Revision.objects.filter(table=table, record__in=ids, row__isnull=False).order_by()
            self.negotiations |= {row["agreement"] for row in known.values_list("row", flat=True)}

    def contradictions(self) -> list[str]:
        return [*self._broken_references(), *self._still_referred_to(), *self._broken_steps()]

    def _broken_references(self) -> Iterator[str]:
        """References of what is public now to what is not."""
        for table, by_id in self.wanted.items():
            for some in _batches(sorted(by_id)):
                public = set(MODELS[table].objects.published().filter(pk__in=some).values_list("pk", flat=True))
                for id in some:
                    if id not in public:
                        yield _("%(record)s refers to %(target)s, which is not public") % {
                            "record": "/".join(by_id[id]),
                            "target": f"{table}/{id}",
                        }

    def _still_referred_to(self) -> Iterator[str]:
        """References of what stays public to what is gone."""
        for table, model in MODELS.items():
            lists = {column.name: column for column in LISTS[table]}
            for column in TABLES[table].columns:
                for some in _batches(self.gone.get(column.refers_to, [])):
                    if column.is_list:
                        link = lists[column.name]
                        found = link.model.objects.filter(
                            **{f"{link.target}__in": some, f"{link.owner.removesuffix('_id')}__state": State.PUBLISHED}
                        ).values_list(link.owner, link.target)
                    else:
                        public = model.objects.published()
                        found = public.filter(**{f"{column.name}__in": some}).values_list("pk", column.name)
                    for id, target in sorted(found):
                        yield _("%(record)s is public and refers to %(target)s, which is withdrawn") % {
                            "record": f"{table}/{id}",
                            "target": f"{column.refers_to}/{target}",
                        }

    def _broken_steps(self) -> Iterator[str]:
        """Agreements whose public steps do not count from 1 without gap or double."""
        for some in _batches(sorted(self.negotiations)):
            steps: dict[str, list[int]] = defaultdict(list)
            public = StatusChange.objects.published().filter(agreement__in=some).order_by("step")
            for agreement, step in public.values_list("agreement", "step"):
                steps[agreement].append(step)
            for agreement, found in sorted(steps.items()):
                if found != list(range(1, len(found) + 1)):
                    yield _(
                        "agreements/%(agreement)s: its public steps are %(steps)s;"
                        " they count from 1 without gap or double"
                    ) % {"agreement": agreement, "steps": ", ".join(map(str, found))}


# --- Redaction ------------------------------------------------------------------------------------

ADDRESSES = ("url", "archive_url")
"""Columns of addresses: these are emptied, since words in their place would be no address."""


@dataclass(frozen=True)
class Redaction:
    """What a redaction did. `edition` is None where the public never knew the words; `first` is the first that did."""

    edition: Edition | None
    first: int | None
    revisions: int


def redact(table: str, id: str, column: str, *, words: str = "", at: dt.datetime | None = None) -> Redaction:
    """Takes words, or the whole text of a column, out of a record in every edition and at the desk.

    They are replaced by "redacted on DATE", an address by nothing. What is taken out is taken out of public notes,
    reasons and the desk's own log too, wherever it stands there. The edition made says that it happened, not what was
    there; the digests of all editions from the first that held the words change. Delete the files of editions
    afterwards. LookupError where there is no such record or column, ValueError where the column is no free text or
    nowhere holds the words.
    """
    if table not in MODELS or column not in TABLES[table].column_names:
        raise LookupError(f"There is no column {column!r} in a table {table!r}.")
    if not is_free_text(table, column):
        raise ValueError(f"{table}.{column} holds no free text.")
    with transaction.atomic():
        _wait_for_other_acts()
        at = at or timezone.now()
        record = MODELS[table].objects.filter(pk=id).first()
        if record is None:
            raise LookupError(f"There is no {table}/{id}.")
        redacting = _Redacting(record, table, column, words, f"redacted on {at:%Y-%m-%d}")
        touched = redacting.do()
        last = Edition.objects.order_by("number").last()
        if not touched:
            return Redaction(None, None, 0)
        edition = Edition.objects.create(
            number=last.number + 1,
            made_at=at,
            kind=ActKind.REDACTION,
            note=f"Words were redacted in {column} of {table}/{id}, in every edition.",
        )
        _digest_anew(from_number=min(touched))
        edition.refresh_from_db()
        return Redaction(edition, min(touched), len(touched))


def is_free_text(table: str, column: str) -> bool:
    """Whether a column holds words of ours or of others, not an id, a date, a number or a word of a closed set."""
    if column in ADDRESSES:
        return True
    described = next(c for c in TABLES[table].columns if c.name == column)
    return described.type == "string" and not (described.pattern or described.enum or described.refers_to)


class _Redacting:
    """One redaction while it goes on."""

    def __init__(self, record: Record, table: str, column: str, words: str, replacement: str) -> None:
        self.record, self.table, self.column, self.words, self.replacement = record, table, column, words, replacement
        self.limit = record._meta.get_field(column).max_length
        self.removed: set[str] = set()
        """What was found and taken out: the words, or each text that the column ever held."""

    def do(self) -> list[int]:
        """The numbers of the editions that held the words, one for each place. ValueError where nothing does."""
        editions = self._rows()
        self._versions()
        self._record()
        if not self.removed:
            raise ValueError(f"{self.table}/{self.record.pk} holds no such words in {self.column}.")
        return editions + self._log()

    def without(self, text: str) -> str:
        """The column's text without the words."""
        if not text or text == self.replacement or self.words not in text:
            return text
        self.removed.add(self.words or text)
        if self.column in ADDRESSES:
            return ""
        shorter = text.replace(self.words, self.replacement) if self.words else self.replacement
        if self.limit and len(shorter) > self.limit:
            raise ValueError(f"{self.column} would be longer than {self.limit} characters: redact the whole text.")
        return shorter

    def _rows(self) -> list[int]:
        revisions = list(Revision.objects.filter(table=self.table, record=self.record.pk, row__isnull=False))
        outdated = []
        for revision in revisions:
            text = revision.row[self.column]
            revision.row[self.column] = self.without(text)
            if revision.row[self.column] != text:
                outdated.append(revision)
        Revision.objects.bulk_update(outdated, ["row"], batch_size=BATCH)
        return [revision.edition_id for revision in outdated]

    def _versions(self) -> None:
        """The editors' history."""
        outdated = [version for version in self.record.history.all() if self._changes(version)]
        self.record.history.model.objects.bulk_update(outdated, self._columns(), batch_size=BATCH)

    def _record(self) -> None:
        changed = self._changes(self.record)
        values = {name: getattr(self.record, name) for name in self._columns()} if changed else {}
        loaded = self.record.loaded_row
        if loaded and self.without(loaded[self.column]) != loaded[self.column]:
            # Emptied, so that the record counts as changed at the desk: the next load of the old package is told of a
            # conflict and does not bring the words back.
            values["loaded_row"] = loaded | {self.column: ""}
        others = type(self.record).objects.exclude(pk=self.record.pk)
        if self._is_unique() and changed and others.filter(**{self.column: values[self.column]}).exists():
            raise ValueError(f"Another record has the same {self.column} already: redact some of its words.")
        # By no save: a version of its own would keep the words' place in the editors' history.
        type(self.record).objects.filter(pk=self.record.pk).update(**values)

    def _is_unique(self) -> bool:
        return next(each.unique for each in TABLES[self.table].columns if each.name == self.column)

    def _columns(self) -> list[str]:
        return [self.column, "url_key"] if self.column == "url" else [self.column]

    def _changes(self, record: models.Model) -> bool:
        text = getattr(record, self.column)
        setattr(record, self.column, self.without(text))
        if self.column == "url":
            record.url_key = url_key(record.url)
        return getattr(record, self.column) != text

    def _log(self) -> list[int]:
        """Notes, reasons and the desk's own log, of whatever record they are."""
        editions = [edition.number for edition in self._texts(Edition.objects.all(), "note")]
        editions += [revision.edition_id for revision in self._texts(Revision.objects.all(), "reason")]
        for model in MODELS.values():
            self._texts(model.objects.all(), "withdrawal_reason")
            self._texts(model.history.all(), "withdrawal_reason")
            self._texts(model.history.all(), "history_change_reason")
        self._texts(LogEntry.objects.all(), "object_repr")
        self._texts(LogEntry.objects.all(), "change_message")
        return editions

    def _texts(self, rows: models.QuerySet, column: str) -> list[models.Model]:
        """The rows that held the words in a column, without them by now."""
        # The desk's log writes what is not ASCII as JSON does.
        words = sorted({*self.removed, *(json.dumps(text)[1:-1] for text in self.removed)}, key=len, reverse=True)
        outdated = []
        for row in rows.filter(Q(*((f"{column}__contains", text) for text in words), _connector=Q.OR)):
            text = before = getattr(row, column)
            for some in words:
                text = text.replace(some, self.replacement)
            limit = row._meta.get_field(column).max_length
            setattr(row, column, text[:limit])
            if text != before:
                outdated.append(row)
        rows.model._default_manager.bulk_update(outdated, [column], batch_size=BATCH)
        return outdated


def _digest_anew(*, from_number: int) -> None:
    before = Edition.objects.filter(number=from_number - 1).values_list("digest", flat=True).first() or ""
    for edition in Edition.objects.filter(number__gte=from_number).order_by("number").iterator(chunk_size=100):
        edition.digest = before = digest_of(edition, before=before)
        edition.save(update_fields=["digest"])
