"""What editors do: write drafts, submit them, publish, propose and accept changes, withdraw; and who may do which."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.dataset.rows import LISTS, MODELS, TABLE_OF, Row, fill, in_column_order, references, row_of, with_lists
from agreements.models import Edition, Official, Position, Proposal, Record, StatusChange
from agreements.models.fields import url_key
from agreements.publication.acts import STATE_FIELDS, Act, act, carried_out, wait_for_other_acts
from agreements.publication.consistency import Key, batches, label_of, unfit
from agreements.publication.reasons import Inconsistent, Reason
from agreements.vocabulary import ChangeKind, ProposalState, State

PUBLISH = "agreements.publish_edition"
REDACT = "agreements.redact_edition"
UNPUBLISHED = (State.DRAFT, State.IN_REVIEW)
GUARDED = (*STATE_FIELDS, "created_at", "loaded_row", "author", "internal_note")
"""Columns that a form's row does not hold."""


# --- Who may do what ------------------------------------------------------------------------------


def may_publish(user: AbstractBaseUser) -> bool:
    """Whether the user's role lets him publish, correct and withdraw."""
    return user.has_perm(PUBLISH)


def applies_at_once(user: AbstractBaseUser) -> bool:
    """Whether a change of his to a published record is public on saving, and no proposal."""
    return may_publish(user) and not settings.TWO_PERSON_RULE


def may_change(user: AbstractBaseUser, record: Record) -> bool:
    """Whether the user may write this record: a contributor no draft of another; what is published is open to all,
    since their change is a proposal."""
    if may_publish(user) or record.state == State.PUBLISHED:
        return True
    return record.author_id in (None, user.pk) and record.state in UNPUBLISHED


def may_submit(user: AbstractBaseUser, record: Record) -> bool:
    """Whether the user may hand the record in for review: a draft of his own, or of nobody. Another's may be only half
    finished, and whoever changes it becomes its author."""
    return record.state == State.DRAFT and record.author_id in (None, user.pk)


def may_give_up(user: AbstractBaseUser, proposal: Proposal) -> bool:
    """Whether the user may take a proposed change back: its author, or an editor."""
    return may_publish(user) or proposal.author_id == user.pk


def may_discard(user: AbstractBaseUser, record: Record) -> bool:
    """Whether the user may delete a draft that was never public: his own, or as an editor anybody's."""
    return record.published_at is None and record.state in UNPUBLISHED and may_change(user, record)


def objections_to(user: AbstractBaseUser, record: Record) -> list[Reason]:
    """Why this user may not publish this record as it stands, whatever it says; known before any attempt."""
    about = {"table": TABLE_OF[type(record)], "id": record.pk}
    reasons = []
    if not may_publish(user):
        reasons.append(Reason(_("A contributor submits; an editor publishes."), **about))
    if record.state == State.PUBLISHED:
        return reasons
    if settings.TWO_PERSON_RULE and record.author_id == user.pk:
        text = _("You wrote %(record)s: another editor than its author publishes it.")
        reasons.append(Reason(text % {"record": _name(record)}, **about))
    elif record.state == State.DRAFT and record.author_id not in (None, user.pk):
        text = _("%(record)s is a draft that its author has not submitted yet.")
        reasons.append(Reason(text % {"record": _name(record)}, **about))
    return reasons


def objections_to_change(user: AbstractBaseUser, proposal: Proposal) -> list[Reason]:
    """Why this user may not accept this change as it stands."""
    about = {"table": proposal.table, "id": proposal.record}
    reasons = []
    if not may_publish(user):
        reasons.append(Reason(_("A contributor proposes; an editor accepts."), **about))
    if proposal.state != ProposalState.OPEN:
        reasons.append(_decided_already(proposal))
    if settings.TWO_PERSON_RULE and proposal.author_id == user.pk:
        text = _("You proposed the change to %(record)s: another editor than its author accepts it.")
        reasons.append(Reason(text % {"record": proposal}, **about))
    return reasons


def _name(record: Record) -> str:
    return f"{TABLE_OF[type(record)]}/{record.pk}"


# --- One act of an editor -------------------------------------------------------------------------


@dataclass(kw_only=True)
class DeskAct(Act):
    """An act of publishing by an editor: held to the rules of the desk, every objection listed at once when it ends.

    `proposed` are the changes to published records that wait for a second person instead.
    """

    by: AbstractBaseUser
    proposed: list[Proposal] = field(default_factory=list)
    refused: list[Reason] = field(default_factory=list)

    def keep(self, record: Record, row: Row, *, internal_note: str = "") -> None:
        """Writes what a form says of a record: a draft at once; a published one as a correction, or as a proposal where
        that takes a second person.
        """
        table = TABLE_OF[type(record)]
        if record._state.adding:
            if taken := _taken(table, row):
                self.refused += taken
                return
            record.author, record.internal_note = self.by, internal_note
            write(record, row, by=self.by, reason=self.note)
            return
        stored = MODELS[table].objects.get(pk=record.pk)
        if not may_change(self.by, stored):
            self._refuse(record, _("%(record)s is not yours to change."))
            return
        before = row_of(stored)
        if stored.internal_note != internal_note:
            stored.internal_note = internal_note
            stored._history_user = self.by
            stored.save(update_fields=["internal_note", "updated_at"])
            keep_lists(stored)
        if row != before and stored.state != State.WITHDRAWN and (taken := _taken(table, row)):
            self.refused += taken
            return
        if stored.state != State.PUBLISHED:
            if row != before:
                stored.author = self.by
                write(stored, row, by=self.by, reason=self.note)
            return
        proposal = open_proposal(stored)
        opened, clashes = merge(proposal, stored) if proposal else (before, [])
        if row == opened and not clashes:
            return
        if proposal and row == before:
            if may_give_up(self.by, proposal):
                take_back(proposal, by=self.by)
            else:
                self._refuse(
                    record, _("The change proposed for %(record)s is another's: he or an editor takes it back.")
                )
            return
        if not self.note.strip():
            self._refuse(record, _("Say in a public note what changed and why."), column="public_note")
        if applies_at_once(self.by):
            stored.author = self.by
            write(stored, row, by=self.by, reason=self.note)
            self.changed.append(stored)
            if proposal:
                _decide(proposal, ProposalState.ACCEPTED, by=self.by, at=self.at)
        else:
            self.refused += unfit({table: {record.pk: row}}, today=self.at.date())
            self.proposed.append(self._propose(proposal, table, row, before))

    def _propose(self, proposal: Proposal | None, table: str, row: Row, before: Row) -> Proposal:
        proposal = proposal or Proposal(table=table, record=row["id"])
        proposal.row, proposal.before, proposal.note, proposal.author = row, before, self.note, self.by
        proposal.save()
        return proposal

    def _refuse(self, record: Record, text: str, *, column: str = "") -> None:
        about = {"table": TABLE_OF[type(record)], "id": record.pk, "column": column}
        self.refused.append(Reason(text % {"record": _name(record)}, **about))

    def publish_all(self, records: Iterable[Record]) -> None:
        """PermissionDenied for a contributor."""
        if not may_publish(self.by):
            raise PermissionDenied
        free = []
        for record in _as_stored(records):
            self.refused += objections_to(self.by, record)
            taken = _taken(TABLE_OF[type(record)], row_of(record))
            self.refused += taken
            if not taken:
                free.append(record)
        # What is refused is done all the same, so that all else that speaks against it is found; none of it stays.
        super().publish_all(free)

    def publish(self, record: Record) -> None:
        self.publish_all([record])

    def withdraw(self, records: Iterable[Record], *, reason: str) -> None:
        """PermissionDenied for a contributor. Open proposals for what is withdrawn are declined with the reason."""
        if not may_publish(self.by):
            raise PermissionDenied
        records = _as_stored(records)
        super().withdraw(records, reason=reason)
        for record in records:
            if proposal := open_proposal(record):
                _decide(proposal, ProposalState.DECLINED, by=self.by, at=self.at, answer=reason)

    def accept(self, proposals: Iterable[Proposal]) -> None:
        """Makes proposed changes public; what else was corrected in the record meanwhile stays corrected.
        PermissionDenied for a contributor.
        """
        if not may_publish(self.by):
            raise PermissionDenied
        # As they stand by now: others may have decided since they were looked up.
        for proposal in Proposal.objects.filter(pk__in=[each.pk for each in proposals]).order_by("pk"):
            self.refused += objections_to_change(self.by, proposal)
            record = MODELS[proposal.table].objects.get(pk=proposal.record)
            merged, reasons = merge(proposal, record)
            self.refused += reasons
            if record.state != State.PUBLISHED:
                continue
            if taken := _taken(proposal.table, merged):
                self.refused += taken
                continue
            record.author = proposal.author
            write(record, merged, by=proposal.author, reason=proposal.note)
            self.changed.append(record)
            _decide(proposal, ProposalState.ACCEPTED, by=self.by, at=self.at)

    def write_states(self, records: list[Record]) -> None:
        for record in records:
            record._history_user = self.by
            record._change_reason = record.withdrawal_reason or self.note
            record.save(update_fields=STATE_FIELDS)
            keep_lists(record)

    def objections(self, edition: Edition | None) -> list[Reason]:
        reasons = list(self.refused)
        if edition:
            if not may_publish(self.by):
                raise PermissionDenied
            rows: dict[str, dict[str, Row]] = defaultdict(dict)
            added = []
            for revision in edition.revisions.filter(row__isnull=False):
                rows[revision.table][revision.record] = in_column_order(revision.table, revision.row)
                if revision.kind == ChangeKind.ADDED:
                    added.append((revision.table, revision.record))
            reasons += unfit(rows, added=added, today=self.at.date())
        return list(dict.fromkeys(reasons))


@contextmanager
def at_desk(*, by: AbstractBaseUser, note: str = "", at: dt.datetime | None = None) -> Iterator[DeskAct]:
    """One act of an editor, in one transaction: all of it happens, or none.

    Raises Inconsistent at its end with everything that speaks against it, PermissionDenied where the role forbids it.
    """
    with carried_out(lambda: DeskAct(at=at or timezone.now(), note=note, by=by)) as going_on:
        yield going_on


class _Undone(Exception):
    pass


def rehearse(do: Callable[[DeskAct], None], *, by: AbstractBaseUser) -> list[Reason]:
    """Everything that would speak against an act of this editor; whatever comes of it is undone."""
    return _undone(lambda: at_desk(by=by, note=_("Rehearsal")), do, lambda: None)


def preview(record: Record, look: Callable[[], None]) -> list[Reason]:
    """Calls `look` while the record, or the change proposed for it, is public with all that goes with it; then undoes
    that. Where the public record would contradict itself it does not look, and gives the reasons.
    """

    def do(going_on: Act) -> None:
        proposal = open_proposal(record) if record.state == State.PUBLISHED else None
        going_with = companions([record], [proposal] if proposal else [])
        row = merge(proposal, record)[0] if proposal else row_of(record)
        if taken := _taken(TABLE_OF[type(record)], row):
            raise Inconsistent(taken)
        going_on.publish_all([*going_with, record])
        if proposal:
            write(record, row, by=None)
            going_on.corrected(record)

    return _undone(act, do, look)


def _undone(begin: Callable, do: Callable[[Act], None], look: Callable[[], None]) -> list[Reason]:
    going_on = None
    try:
        with transaction.atomic():
            with begin() as going_on:
                do(going_on)
            look()
            raise _Undone
    except Inconsistent as wrong:
        return wrong.reasons
    except _Undone:
        going_on.forget()
        return []


def _taken(table: str, row: Row) -> list[Reason]:
    """What a row holds though another record does: the address of a source, the codes of a country."""
    others, held = MODELS[table].objects.exclude(pk=row["id"]), {}
    if table == "sources" and row["url"]:
        held["url"] = others.exclude(state=State.WITHDRAWN).filter(url_key=url_key(row["url"]))
    elif table == "countries":
        held = {column: others.filter(**{column: row[column]}) for column in ("alpha2", "slug")}
    text = _("%(record)s, %(column)s: %(other)s has the same.")
    reasons = []
    for column, found in held.items():
        if other := found.first():
            names = {"record": f"{table}/{row['id']}", "column": label_of(table, column), "other": _name(other)}
            reasons.append(Reason(text % names, table=table, id=row["id"], column=column))
    return reasons


def _as_stored(records: Iterable[Record]) -> list[Record]:
    """The records as they stand by now, within an act: others may have acted since they were looked up. Those that were
    discarded meanwhile are not among them."""
    standing = [record for record in records if type(record).objects.filter(pk=record.pk).exists()]
    for record in standing:
        record.refresh_from_db()
    return standing


# --- Writing a record from its row ----------------------------------------------------------------


def write(record: Record, row: Row, *, by: AbstractBaseUser | None, reason: str = "") -> None:
    """Saves what the row says, lists included, with one version in the editors' history; the state stays as it is."""
    table = TABLE_OF[type(record)]
    fill(record, row)
    record._history_user = by
    record._change_reason = reason
    if record._state.adding:
        # A plain save would overwrite a colleague's record that took the same id a moment ago.
        record.save(force_insert=True)
    else:
        own = [field.name for field in record._meta.concrete_fields if not field.primary_key]
        record.save(update_fields=[name for name in own if name not in GUARDED] + ["author", "updated_at"])
    for column in LISTS[table]:
        wanted = column.of(row)
        if column.ids(record) != wanted:
            column.model._default_manager.filter(**{column.owner: record.pk}).delete()
            column.model._default_manager.bulk_create(column.links(record.pk, wanted))
    keep_lists(record)


def keep_lists(record: Record) -> None:
    """Writes the record's lists into its newest version, which knows its columns only."""
    fresh = MODELS[TABLE_OF[type(record)]].objects.get(pk=record.pk)
    version = record.history.order_by("history_date", "history_id").last()
    version.lists = {column.name: column.ids(fresh) for column in LISTS[TABLE_OF[type(record)]]}
    version.save(update_fields=["lists"])


# --- Between the desk and the public --------------------------------------------------------------


def submit(records: Iterable[Record], *, by: AbstractBaseUser) -> list[Record]:
    """Hands drafts in for review, with his own drafts that they refer to; gives all that were. PermissionDenied where
    one is another's."""
    with transaction.atomic():
        wait_for_other_acts()
        records = _as_stored(records)
        own = [each for each in companions(records) if each.author_id == by.pk]
        drafts = [each for each in dict.fromkeys([*records, *own]) if each.state == State.DRAFT]
        for record in drafts:
            if not may_submit(by, record):
                raise PermissionDenied
            _move(record, State.IN_REVIEW, by=by)
        return drafts


def send_back(records: Iterable[Record], *, by: AbstractBaseUser, answer: str) -> None:
    """Gives submitted records back to their authors, with an answer; by an editor, or by the author himself."""
    with transaction.atomic():
        wait_for_other_acts()
        for record in _as_stored(records):
            if not (may_publish(by) or record.author_id == by.pk):
                raise PermissionDenied
            if record.state == State.IN_REVIEW:
                _move(record, State.DRAFT, by=by, reason=answer)


def _move(record: Record, state: State, *, by: AbstractBaseUser, reason: str = "") -> None:
    record.state = state
    record._history_user = by
    record._change_reason = reason
    record.save(update_fields=["state", "updated_at"])
    keep_lists(record)


# --- Proposed changes -----------------------------------------------------------------------------


def open_proposal(record: Record) -> Proposal | None:
    """The change to a published record that waits for a second person."""
    return Proposal.objects.filter(table=TABLE_OF[type(record)], record=record.pk, state=ProposalState.OPEN).first()


def changed_columns(proposal: Proposal) -> list[str]:
    """The columns in which a proposal differs from the public row that it was written on."""
    names = in_column_order(proposal.table, proposal.row)
    return [name for name in names if proposal.row[name] != proposal.before[name]]


def merge(proposal: Proposal, record: Record) -> tuple[Row, list[Reason]]:
    """The record's row with the proposed columns; what was proposed on words that changed meanwhile is refused."""
    about = {"table": proposal.table, "id": proposal.record}
    if record.state != State.PUBLISHED:
        return proposal.row, [Reason(_("%(record)s is no longer public.") % {"record": proposal}, **about)]
    now = row_of(record)
    merged, reasons = dict(now), []
    for column in changed_columns(proposal):
        if now[column] not in (proposal.before[column], proposal.row[column]):
            text = _("%(record)s, %(column)s: changed since this was proposed; open the proposal and save it anew.")
            reasons.append(Reason(text % {"record": proposal, "column": column}, column=column, **about))
        merged[column] = proposal.row[column]
    return merged, reasons


def decline(proposal: Proposal, *, by: AbstractBaseUser, answer: str) -> None:
    """Turns a proposal down; the public record stays as it is. PermissionDenied for a contributor, Inconsistent where
    it was decided already."""
    if not may_publish(by):
        raise PermissionDenied
    _end(proposal, ProposalState.DECLINED, by=by, answer=answer)


def take_back(proposal: Proposal, *, by: AbstractBaseUser) -> None:
    """Gives a proposal up. PermissionDenied for who may not, Inconsistent where it was decided already."""
    if not may_give_up(by, proposal):
        raise PermissionDenied
    _end(proposal, ProposalState.TAKEN_BACK, by=by)


def _end(proposal: Proposal, state: ProposalState, *, by: AbstractBaseUser, answer: str = "") -> None:
    with transaction.atomic():
        wait_for_other_acts()
        proposal.refresh_from_db()
        if proposal.state != ProposalState.OPEN:
            raise Inconsistent([_decided_already(proposal)])
        _decide(proposal, state, by=by, answer=answer)


def _decided_already(proposal: Proposal) -> Reason:
    return Reason(_("The proposal was decided already."), table=proposal.table, id=proposal.record)


def _decide(
    proposal: Proposal, state: ProposalState, *, by: AbstractBaseUser, at: dt.datetime | None = None, answer: str = ""
) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at, proposal.answer = state, by, at or timezone.now(), answer
    # Not the time of its last change: that is when it was proposed.
    proposal.save(update_fields=["state", "decided_by", "decided_at", "answer"])


# --- What goes with what --------------------------------------------------------------------------


def companions(records: Iterable[Record], proposals: Iterable[Proposal] = ()) -> list[Record]:
    """The unpublished records that have to be published with these, or well may: what they refer to, the positions of
    an official without a published one, the steps of an unpublished agreement and those before a step.

    In the order of the tables; withdrawn ones are not among them.
    """
    rows = _rows_of(records, proposals)
    found, _led_to = _follow(rows)
    tables = list(MODELS)
    return [found[key] for key in sorted(found.keys() - rows, key=lambda key: (tables.index(key[0]), key[1]))]


def companions_of_each(records: Iterable[Record], proposals: Iterable[Proposal] = ()) -> dict[Key, set[Key]]:
    """The companions of each of these by itself, by table and id, in a number of queries that does not grow with them.

    Records whose lists were not fetched cost queries of their own.
    """
    rows = _rows_of(records, proposals)
    _found, led_to = _follow(rows)
    each = {}
    for key in rows:
        reached: set[Key] = set()
        waiting = [key]
        while waiting:
            further = led_to[waiting.pop()] - reached
            reached |= further
            waiting += further
        each[key] = reached - {key}
    return each


def _rows_of(records: Iterable[Record], proposals: Iterable[Proposal]) -> dict[Key, Row]:
    rows = {(TABLE_OF[type(record)], record.pk): row_of(record) for record in records}
    # What a proposal would change is public, so that no key stands for two things.
    return rows | {(proposal.table, proposal.record): proposal.row for proposal in proposals}


def _follow(rows: dict[Key, Row]) -> tuple[dict[Key, Record], dict[Key, set[Key]]]:
    """The unpublished records that rows lead to, step by step, and which leads to which."""
    found: dict[Key, Record] = {}
    led_to: dict[Key, set[Key]] = defaultdict(set)
    level = rows
    while level:
        further: dict[Key, Row] = {}
        for key, record in _needed(level):
            other = TABLE_OF[type(record)], record.pk
            led_to[key].add(other)
            if other not in found and other not in rows:
                further[other] = row_of(record)
            found.setdefault(other, record)
        level = further
    return found, led_to


def _needed(rows: dict[Key, Row]) -> Iterator[tuple[Key, Record]]:
    """Which row needs which unpublished record, in a few queries for all of them together."""
    wanted: dict[Key, list[Key]] = defaultdict(list)
    for key, row in rows.items():
        for target in references(key[0], row):
            wanted[target].append(key)
    for table, model in MODELS.items():
        for record in _unpublished(model, pk__in=[id for other, id in wanted if other == table]):
            yield from ((key, record) for key in wanted[table, record.pk])

    speakers = {id: keys for (table, id), keys in wanted.items() if table == "officials"}
    speakers |= {id: [*speakers.get(id, ()), (table, id)] for table, id in rows if table == "officials"}
    silent = Official.objects.filter(pk__in=speakers).exclude(positions__state=State.PUBLISHED)
    for position in _unpublished(Position, official__in=list(silent.values_list("pk", flat=True))):
        yield from ((key, position) for key in speakers[position.official_id])

    before: dict[str, list[tuple[Key, float]]] = defaultdict(list)
    for key, row in rows.items():
        if key[0] == "agreements":
            before[row["id"]].append((key, float("inf")))
        elif key[0] == "status_changes":
            before[row["agreement"]].append((key, int(row["step"])))
    for change in _unpublished(StatusChange, agreement__in=list(before)):
        yield from ((key, change) for key, step in before[change.agreement_id] if change.step < step)


def _unpublished(model: type[Record], **among: list[str]) -> Iterator[Record]:
    ((name, ids),) = among.items()
    for some in batches(sorted(ids)):
        yield from with_lists(model.objects.filter(**{name: some}, state__in=UNPUBLISHED)).order_by("pk")
