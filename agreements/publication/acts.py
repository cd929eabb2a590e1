"""One act of publishing: what it may do to records, in one transaction, ended by the next edition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import connection, transaction
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from agreements.models import Edition, Record
from agreements.publication.log import make_edition
from agreements.publication.reasons import Inconsistent, Reason
from agreements.vocabulary import State

STATE_FIELDS = ("state", "published_at", "withdrawn_at", "withdrawal_reason", "updated_at")
"""What an act sets on a record; whoever writes a marked record in bulk writes these fields too."""

BATCH = 200
_LOCK = 7_402_025


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
        self.write_states(marked)

    def withdraw(self, records: Iterable[Record], *, reason: str) -> None:
        """Takes published records out of the public record, in a few queries a table; others are left alone."""
        marked = [record for record in records if record.state == State.PUBLISHED]
        for record in marked:
            self.mark_withdrawn(record, reason=reason)
        self.write_states(marked)

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

    def write_states(self, records: list[Record]) -> None:
        """Writes the fields that an act sets, with a version in the editors' history, in a few queries a table."""
        for model in dict.fromkeys(type(record) for record in records):
            own = [record for record in records if type(record) is model]
            bulk_update_with_history(own, model, STATE_FIELDS, batch_size=BATCH)

    def _remember(self, record: Record) -> None:
        values = {name: getattr(record, name) for name in STATE_FIELDS}
        self._before.append((record, record._state.adding, values))

    def forget(self) -> None:
        """Takes the marks off the records again: what failed must not leave objects that say they are public."""
        for record, adding, values in reversed(self._before):
            record._state.adding = adding
            for name, value in values.items():
                setattr(record, name, value)

    def objections(self, edition: Edition | None) -> list[Reason]:
        """What speaks against the act besides contradictions in the public record.

        `edition` has its revisions by now, and is None where the public would see no difference. The house itself, say
        a load that was checked before, meets no objection.
        """
        return []


AnAct = TypeVar("AnAct", bound=Act)


@contextmanager
def act(*, note: str = "", at: dt.datetime | None = None) -> Iterator[Act]:
    """One act of the house itself, in one transaction: all of it happens, or none; acts at the same moment queue up.

    Raises Inconsistent at its end where the public record would contradict itself.
    """
    with carried_out(lambda: Act(at=at or timezone.now(), note=note)) as going_on:
        yield going_on


@contextmanager
def carried_out(begun: Callable[[], AnAct]) -> Iterator[AnAct]:
    """An act from its lock to its edition; it begins when those before it have ended."""
    with transaction.atomic():
        wait_for_other_acts()
        going_on = begun()
        try:
            yield going_on
            if reasons := make_edition(going_on):
                raise Inconsistent(reasons)
        except BaseException:
            going_on.forget()
            raise


def wait_for_other_acts() -> None:
    """Within a transaction: nobody else publishes until its end."""
    # SQLite lets one writer in at a time (IMMEDIATE); PostgreSQL would let a load read a record that an editor is
    # about to change, and undo the change, and would give two acts the same number.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
