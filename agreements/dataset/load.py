"""A checked package into the database in one act: what is new is added, what differs corrected, what is gone withdrawn.

A load never undoes work that was done at the desk. Each record keeps the last row that a load gave it (`loaded_row`);
a record whose public row is no longer that one was touched since, and is left as it is and listed, unless told
otherwise.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.db import connection
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from agreements import publication
from agreements.dataset import schema
from agreements.dataset.check import Entry, check, check_across, entry, in_order, uncited_sources
from agreements.dataset.read import Fault, Line, Progress, read, silently
from agreements.dataset.rows import LISTS, MODELS, Row, fill, references, row_of, with_lists
from agreements.models import Country, Record, Source
from agreements.models.fields import url_key
from agreements.vocabulary import State

BATCH = 200
Key = tuple[str, str]
"""Table and id."""


class Refused(Exception):
    """The package was turned down and nothing was loaded; `faults` says all that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


@dataclass(frozen=True)
class Conflict:
    """A record that the load left as it stands at the desk, and why."""

    table: str
    id: str
    reason: str

    def __str__(self) -> str:
        return f"{self.table}/{self.id}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a load did: numbers of records, what it left alone, what is odd in the package."""

    added: int
    changed: int
    withdrawn: int
    unchanged: int
    conflicts: list[Conflict]
    warnings: list[Fault]


def load(
    directory: Path,
    *,
    note: str = "",
    replace: bool = False,
    progress: Progress = silently,
    at: dt.datetime | None = None,
) -> Report:
    """Loads a package whole or raises Refused; the same package again writes nothing at all.

    `note` is the reason of the withdrawals; `replace` lets the package win over what was changed at the desk.
    """
    package = read(directory, progress=progress)
    entries, faults = check(package, progress=progress)
    if faults:
        raise Refused(faults)
    with publication.act(note=note, at=at) as act:
        plan = _plan(entries, _standing_records(progress), replace=replace)
        if faults := _merged_faults(entries, plan):
            raise Refused(faults)
        reason = note or f"Not in the dataset that was loaded on {act.at:%Y-%m-%d}."
        _write(plan, act, reason=reason, progress=progress)
        act.descriptor = package.descriptor
    if not act.is_empty:
        _tell_the_planner()
    return Report(
        added=len(act.added),
        changed=len(act.changed),
        withdrawn=len(act.withdrawn),
        unchanged=plan.unchanged,
        conflicts=[plan.conflicts[key] for key in sorted(plan.conflicts, key=_file_order)],
        warnings=uncited_sources(entries),
    )


def _tell_the_planner() -> None:
    """PostgreSQL counts by itself what was written, but a minute later; until then it plans as for empty tables."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in apps.get_app_config("agreements").get_models():
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def is_empty() -> bool:
    """Whether there is no record at all yet, published or not."""
    return not any(model.objects.exists() for model in MODELS.values())


# --- What is to be done ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """A record as it stands: its row, and what of it is public (None for a draft, {} once it is withdrawn)."""

    record: Record
    row: Row

    @property
    def public_row(self) -> Row | None:
        if self.record.state == State.WITHDRAWN:
            return {}
        return self.row if self.record.state == State.PUBLISHED else None

    @property
    def is_public(self) -> bool:
        return self.record.state == State.PUBLISHED

    @property
    def was_touched(self) -> bool:
        """Whether it was made or changed at the desk since a load last wrote it."""
        return self.public_row is None or self.public_row != self.record.loaded_row


@dataclass
class Plan:
    """What a load will do to each record, by table and id, and what it leaves alone."""

    standing: dict[Key, Standing]
    apply: dict[Key, Row] = field(default_factory=dict)
    adopt: dict[Key, Row] = field(default_factory=dict)
    withdraw: set[Key] = field(default_factory=set)
    conflicts: dict[Key, Conflict] = field(default_factory=dict)
    unchanged: int = 0

    def leave(self, key: Key, reason: str) -> None:
        self.conflicts[key] = Conflict(*key, reason)


def _standing_records(progress: Progress) -> dict[Key, Standing]:
    standing = {}
    for done, (table, model) in enumerate(MODELS.items(), start=1):
        for record in with_lists(model.objects.order_by("pk")):
            standing[table, record.pk] = Standing(record, row_of(record))
        progress("Comparing tables", done, len(MODELS))
    return standing


def _plan(entries: dict[str, list[Entry]], standing: dict[Key, Standing], *, replace: bool) -> Plan:
    plan = Plan(standing)
    package = {(table, row.id): row.line.cells for table, rows in entries.items() for row in rows}
    for key, row in package.items():
        stands = standing.get(key)
        if stands is None:
            plan.apply[key] = row
        elif stands.public_row == row:
            plan.unchanged += 1
            if stands.record.loaded_row != row:
                plan.adopt[key] = row
        elif replace or not stands.was_touched:
            plan.apply[key] = row
        else:
            plan.leave(key, _difference(stands, row))
    for key, stands in standing.items():
        if key in package or stands.record.loaded_row is None:
            continue
        if stands.public_row == {} and stands.record.loaded_row:
            plan.adopt[key] = {}
        elif stands.is_public and (replace or not stands.was_touched):
            plan.withdraw.add(key)
        elif stands.was_touched and not (replace or stands.public_row == {}):
            plan.leave(key, "changed at the desk; the package no longer has it")
    _hold_back(plan)
    return plan


def _difference(stands: Standing, row: Row) -> str:
    if stands.record.state == State.WITHDRAWN:
        return "withdrawn at the desk; the package still has it"
    if not stands.is_public:
        return f"{stands.record.get_state_display().lower()} at the desk; the package has it published"
    columns = ", ".join(column for column in row if row[column] != stands.row[column])
    made = "made" if stands.record.loaded_row is None else "changed"
    return f"{made} at the desk; the package differs in {columns}"


def _hold_back(plan: Plan) -> None:
    """Leaves what a record that stays public refers to, and what that refers to in its turn."""
    waiting = [key for key in plan.standing if _is_kept(plan, key)]
    while waiting:
        key = waiting.pop()
        for target in references(key[0], plan.standing[key].row):
            if target in plan.withdraw:
                plan.withdraw.discard(target)
                plan.leave(target, f"the package no longer has it, but {'/'.join(key)} at the desk refers to it")
                waiting.append(target)


def _is_kept(plan: Plan, key: Key) -> bool:
    """Whether the record stays public with a row that is not the package's."""
    return (
        plan.standing[key].is_public
        and key not in plan.apply
        and key not in plan.withdraw
        and (key in plan.conflicts or plan.standing[key].record.loaded_row is None)
        and key not in plan.adopt
    )


def _merged_faults(entries: dict[str, list[Entry]], plan: Plan) -> list[Fault]:
    """What would be wrong with the public record after the load, where it is more or less than the package."""
    kept = [key for key in plan.standing if _is_kept(plan, key)]
    unseen_keys = [
        key
        for key, stands in plan.standing.items()
        if key not in plan.apply and (not stands.is_public or key in plan.withdraw)
    ]
    if not (kept or unseen_keys):
        return []
    merged: dict[str, list[Entry]] = {
        table: [row for row in rows if (table, row.id) not in plan.conflicts] for table, rows in entries.items()
    }
    for key in kept:
        merged[key[0]].append(_desk_entry(plan.standing[key], key))
    unseen: dict[str, list[Entry]] = defaultdict(list)
    for key in unseen_keys:
        stands = plan.standing[key]
        is_withdrawn = stands.record.state == State.WITHDRAWN or key in plan.withdraw
        if key[0] == "countries" or (key[0] == "sources" and not is_withdrawn):
            unseen[key[0]].append(_desk_entry(stands, key))
    return in_order(check_across(merged, unseen=unseen))


def _desk_entry(stands: Standing, key: Key) -> Entry:
    return entry(key[0], Line(f"desk: {'/'.join(key)}", None, stands.row))


def _file_order(key: Key) -> tuple[int, str]:
    return list(schema.TABLES).index(key[0]), key[1]


# --- Doing it -------------------------------------------------------------------------------------


def _write(plan: Plan, act: publication.Act, *, reason: str, progress: Progress) -> None:
    # Withdrawals come first and what changes its address or code is set aside, so that no unique constraint is hit
    # halfway, say where two sources exchange their addresses.
    for table, model in MODELS.items():
        _withdraw([plan.standing[key].record for key in sorted(plan.withdraw) if key[0] == table], model, act, reason)
    _set_aside(plan)
    for done, (table, model) in enumerate(MODELS.items(), start=1):
        _publish({id: row for (name, id), row in plan.apply.items() if name == table}, table, plan, act)
        adopted = []
        for key, row in plan.adopt.items():
            if key[0] == table:
                record = plan.standing[key].record
                record.loaded_row = row
                adopted.append(record)
        model.objects.bulk_update(adopted, ["loaded_row"], batch_size=BATCH)
        progress("Writing tables", done, len(MODELS))


def _withdraw(records: list[Record], model: type[Record], act: publication.Act, reason: str) -> None:
    for record in records:
        act.mark_withdrawn(record, reason=reason)
        record.loaded_row = {}
    bulk_update_with_history(records, model, (*publication.STATE_FIELDS, "loaded_row"), batch_size=BATCH)


def _publish(rows: dict[str, Row], table: str, plan: Plan, act: publication.Act) -> None:
    model = MODELS[table]
    new, changed = [], []
    for id, row in rows.items():
        stands = plan.standing.get((table, id))
        record = stands.record if stands else model(id=id)
        fill(record, row)
        if isinstance(record, Source):
            record.url_key = url_key(record.url)  # bulk_update does not ask the field for it
        record.loaded_row = row
        act.mark_published(record)
        (changed if stands else new).append(record)
    bulk_create_with_history(new, model, batch_size=BATCH)
    own = [
        field.name for field in model._meta.concrete_fields if field.name not in ("id", "created_at", "internal_note")
    ]
    bulk_update_with_history(changed, model, own, batch_size=BATCH)
    _write_lists(rows, table, plan)


def _write_lists(rows: dict[str, Row], table: str, plan: Plan) -> None:
    for column in LISTS[table]:
        outdated, links = [], []
        for id, row in rows.items():
            stands = plan.standing.get((table, id))
            if stands and stands.row[column.name] == row[column.name]:
                continue
            if stands:
                outdated.append(id)
            links += column.links(id, column.of(row))
        for ids in _batches(outdated):
            column.model._default_manager.filter(**{f"{column.owner}__in": ids}).delete()
        column.model._default_manager.bulk_create(links, batch_size=BATCH)


def _set_aside(plan: Plan) -> None:
    changed = [key for key in plan.apply if key in plan.standing]
    for ids in _batches([id for table, id in changed if table == "sources"]):
        Source.objects.filter(pk__in=ids).update(url_key=None)
    countries = []
    for table, id in changed:
        before, after = plan.standing[table, id].row, plan.apply[table, id]
        if table == "countries" and (before["alpha2"], before["slug"]) != (after["alpha2"], after["slug"]):
            # Characters for private use, which no code and no slug can hold.
            token = chr(0xE000 + len(countries))
            countries.append(Country(id=id, alpha2=token, slug=token))
    Country.objects.bulk_update(countries, ["alpha2", "slug"], batch_size=BATCH)


def _batches(ids: list[str]) -> Iterable[list[str]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
