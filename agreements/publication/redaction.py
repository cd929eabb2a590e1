"""Redaction: words taken out of every edition and out of the desk, for the sake of a person or by a court's order."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from django.contrib.admin.models import LogEntry
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from agreements.dataset.rows import MODELS, Row, row_of
from agreements.dataset.schema import TABLES
from agreements.models import Edition, LinkCheck, Proposal, Record, Revision
from agreements.models.fields import url_key
from agreements.publication.acts import BATCH, wait_for_other_acts
from agreements.publication.log import digest_of
from agreements.search import index
from agreements.vocabulary import ActKind

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

    They are replaced by "redacted on DATE", an address by nothing. What is taken out is taken out of public and
    internal notes, reasons and the desk's own log too, wherever it stands there. The edition made says that it
    happened, not what was there; the digests of all editions from the first that held the words change. Delete the
    files of editions afterwards. LookupError where there is no such record or column, ValueError where the column is
    no free text or nowhere holds the words.
    """
    if table not in MODELS or column not in TABLES[table].column_names:
        raise LookupError(f"There is no column {column!r} in a table {table!r}.")
    if not is_free_text(table, column):
        raise ValueError(f"{table}.{column} holds no free text.")
    with transaction.atomic():
        wait_for_other_acts()
        at = at or timezone.now()
        record = MODELS[table].objects.filter(pk=id).first()
        if record is None:
            raise LookupError(f"There is no {table}/{id}.")
        redacting = _Redacting(record, table, column, words, f"redacted on {at:%Y-%m-%d}")
        before = row_of(record)
        touched = redacting.do()
        _index_anew(record, table, before)
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
        self._proposals()
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

    def _proposals(self) -> None:
        """Changes that were proposed at the desk, whatever became of them, and what a link check wrote down."""
        for proposal in Proposal.objects.filter(table=self.table, record=self.record.pk):
            for row in (proposal.row, proposal.before):
                row[self.column] = self.without(row[self.column])
            proposal.save(update_fields=["row", "before"])
        if self.table == "sources" and self.column in ADDRESSES:
            LinkCheck.objects.filter(source=self.record.pk).delete()

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
        self._texts(Proposal.objects.all(), "note")
        self._texts(Proposal.objects.all(), "answer")
        for model in MODELS.values():
            self._texts(model.objects.all(), "internal_note")
            self._texts(model.history.all(), "internal_note")
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


def _index_anew(record: Record, table: str, before: Row) -> None:
    searched = index.Touched()
    searched.look_at(table, [record.pk], {record.pk: row_of(record)}, {record.pk: before})
    searched.index()
    index.purge()


def _digest_anew(*, from_number: int) -> None:
    before = Edition.objects.filter(number=from_number - 1).values_list("digest", flat=True).first() or ""
    for edition in Edition.objects.filter(number__gte=from_number).order_by("number").iterator(chunk_size=100):
        edition.digest = before = digest_of(edition, before=before)
        edition.save(update_fields=["digest"])
