"""Draft -> in review -> published -> withdrawn: the one place that changes a record's state, one act at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from agreements.models import Record
from agreements.vocabulary import State

STATE_FIELDS = ("state", "published_at", "withdrawn_at", "withdrawal_reason", "updated_at")
"""What an act sets on a record; whoever writes a marked record in bulk writes these fields too."""

BATCH = 200
_LOCK = 7_402_025


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act of publishing while it goes on: what it added to, changed in and took out of the public record.

    `publish`, `publish_all` and `withdraw` write to the database; the `mark_` methods only set the fields of a record
    that the caller then writes in bulk, `STATE_FIELDS` included, before the act ends.
    """

    at: dt.datetime
    note: str = ""
    added: list[Record] = field(default_factory=list)
    changed: list[Record] = field(default_factory=list)
    withdrawn: list[Record] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether the public record is as it was before."""
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
    """One act of publishing, in one transaction: all of it happens, or none; acts at the same moment queue up."""
    with transaction.atomic():
        _wait_for_other_acts()
        yield Act(at=at or timezone.now(), note=note)


def _wait_for_other_acts() -> None:
    # SQLite lets one writer in at a time (IMMEDIATE); PostgreSQL would let a load read a record that an editor is
    # about to change, and undo the change.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _write_states(records: list[Record]) -> None:
    for model in dict.fromkeys(type(record) for record in records):
        own = [record for record in records if type(record) is model]
        bulk_update_with_history(own, model, STATE_FIELDS, batch_size=BATCH)
