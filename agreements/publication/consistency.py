"""What an act must not leave behind: contradictions in the public record, and what no editor may publish."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.dataset.check import Entry, across, disordered, judged
from agreements.dataset.read import Fault, Line
from agreements.dataset.rows import LISTS, MODELS, Row, references, row_of, with_lists, words_of
from agreements.dataset.schema import TABLES
from agreements.models import Position, Revision, StatusChange
from agreements.publication.reasons import Reason
from agreements.vocabulary import QUOTE_WORDS, State

Key = tuple[str, str]
"""Table and id."""

_BATCH = 200


def batches(ids: list[str]) -> Iterable[list[str]]:
    """The ids in lists that fit into one query."""
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))


class Left:
    """What an act leaves behind, as far as it may contradict the rest of the public record."""

    def __init__(self) -> None:
        self.wanted: dict[str, set[str]] = defaultdict(set)
        """What must be public, since something public refers to it: ids by table."""
        self.gone: dict[str, set[str]] = defaultdict(set)
        self.negotiations: set[str] = set()

    def look_at(self, table: str, ids: list[str], rows: dict[str, Row]) -> None:
        for id in ids:
            if id not in rows:
                self.gone[table].add(id)
                continue
            for target, wanted in references(table, rows[id]):
                self.wanted[target].add(wanted)
        if table == "status_changes":
            # A step may have come from another agreement, where it leaves a gap: all that it ever belonged to counts.
            known = Revision.objects.filter(table=table, record__in=ids, row__isnull=False).order_by()
            self.negotiations |= {row["agreement"] for row in known.values_list("row", flat=True)}

    def contradictions(self) -> list[Reason]:
        missing = {table: self._unpublished(table) - self.gone[table] for table in self.wanted}
        return [
            *_referring(missing, _("%(record)s refers to %(target)s, which is not public")),
            *_referring(self.gone, _("%(record)s is public and refers to %(target)s, which is withdrawn")),
            *self._broken_steps(),
        ]

    def _unpublished(self, table: str) -> set[str]:
        found = set(self.wanted[table])
        for some in batches(sorted(found)):
            found -= set(MODELS[table].objects.published().filter(pk__in=some).values_list("pk", flat=True))
        return found

    def _broken_steps(self) -> Iterator[Reason]:
        """Agreements whose public steps do not count from 1 without gap or double."""
        for some in batches(sorted(self.negotiations)):
            steps: dict[str, list[int]] = defaultdict(list)
            public = StatusChange.objects.published().filter(agreement__in=some).order_by("step")
            for agreement, step in public.values_list("agreement", "step"):
                steps[agreement].append(step)
            for agreement, found in sorted(steps.items()):
                if found != list(range(1, len(found) + 1)):
                    text = _(
                        "agreements/%(agreement)s: its public steps are %(steps)s;"
                        " they count from 1 without gap or double"
                    ) % {"agreement": agreement, "steps": ", ".join(map(str, found))}
                    yield Reason(text, table="agreements", id=agreement, column="step")


def _referring(targets: dict[str, set[str]], text: str) -> Iterator[Reason]:
    """A reason for each public record that refers to one of the targets, which are ids by table."""
    for table, model in MODELS.items():
        lists = {column.name: column for column in LISTS[table]}
        for column in TABLES[table].columns:
            for some in batches(sorted(targets.get(column.refers_to, ()))):
                if column.is_list:
                    link = lists[column.name]
                    found = link.model.objects.filter(
                        **{f"{link.target}__in": some, f"{link.owner.removesuffix('_id')}__state": State.PUBLISHED}
                    ).values_list(link.owner, link.target)
                else:
                    public = model.objects.published()
                    found = public.filter(**{f"{column.name}__in": some}).values_list("pk", column.name)
                for id, target in sorted(found):
                    named = {"record": f"{table}/{id}", "target": f"{column.refers_to}/{target}"}
                    yield Reason(text % named, table=table, id=id, column=column.name)


# --- What no editor may publish -------------------------------------------------------------------


def unfit(rows: dict[str, dict[str, Row]], *, added: Iterable[Key] = (), today: dt.date) -> list[Reason]:
    """What is wrong with rows, by table and id, that have just become public: every fault of the rules of the dataset,
    and those that only the desk has. `added` are those that were not public before.

    References and gaps in the steps are not judged here: `Left` does.
    """
    entries = {table: [] for table in TABLES}
    reasons = []
    for table, by_id in _with_neighbours(rows).items():
        for id, row in by_id.items():
            entry, faults = judged(table, Line(f"{table}/{id}", None, row))
            entries[table].append(entry)
            if id in rows.get(table, ()):
                reasons += [_reason(fault) for fault in faults]
    reasons += [_reason(fault) for fault in (*across(entries), *disordered(entries))]
    reasons += _in_the_future(entries, rows, today)
    reasons += _without_position(rows, set(added))
    return list(dict.fromkeys(reasons))


def _reason(fault: Fault) -> Reason:
    table, _slash, id = fault.file.partition("/")
    return Reason(_text(table, fault), table=table, id=id, column=fault.column)


def _text(table: str, fault: Fault) -> str:
    if fault.column == "sources" and not fault.value:
        return _("%(record)s cites no source.") % {"record": fault.file}
    if fault.column == "quote" and words_of(fault.value) > QUOTE_WORDS:
        return f"{fault.file}: {too_long(fault.value)}"
    label = label_of(table, fault.column)
    return _("%(record)s, %(column)s: expected %(expected)s.") % {
        "record": fault.file,
        "column": label,
        "expected": fault.expected,
    }


def label_of(table: str, column: str) -> str:
    """What a column is called in a reason."""
    field = next((field for field in MODELS[table]._meta.fields if field.name == column), None)
    return str(field.verbose_name) if field else column


def too_long(quote: str) -> str:
    """What to say of a quotation of more than QUOTE_WORDS words."""
    words = words_of(quote)
    return ngettext(
        "The quotation has %(words)d word; at most %(most)d may be published.",
        "The quotation has %(words)d words; at most %(most)d may be published.",
        words,
    ) % {"words": words, "most": QUOTE_WORDS}


def _with_neighbours(rows: dict[str, dict[str, Row]]) -> dict[str, dict[str, Row]]:
    """The rows with those public ones that a rule across records compares them with."""
    found = {table: dict(by_id) for table, by_id in rows.items()}
    wanted: dict[str, set[str]] = defaultdict(set)

    def public(table: str, **conditions: object) -> None:
        wanted[table].update(MODELS[table].objects.published().filter(**conditions).values_list("pk", flat=True))

    for table, by_id in rows.items():
        for column in TABLES[table].columns:
            # Titles, codes and addresses of their own: whoever has the same.
            if column.unique and column.name != "id":
                public(table, **{f"{column.name}__in": [row[column.name] for row in by_id.values()]})
        for row in by_id.values():
            for target, id in references(table, row):
                if target in ("countries", "status_changes", "payments"):
                    wanted[target].add(id)
    if changes := rows.get("status_changes"):
        public("status_changes", agreement__in={row["agreement"] for row in changes.values()})
        public("statements", status_change__in=list(changes))
    if countries := rows.get("countries"):
        public("agreements", sender__in=list(countries))
        public("agreements", receiver__in=list(countries))
    if payments := rows.get("payments"):
        public("payments", agreement__in={row["agreement"] for row in payments.values()})
    for table, ids in wanted.items():
        for some in batches(sorted(ids - found.get(table, {}).keys())):
            for record in with_lists(MODELS[table].objects.published().filter(pk__in=some)):
                found.setdefault(table, {})[record.pk] = row_of(record)
    return found


_BEGUN = {
    "statements": ("date",),
    "status_changes": ("date",),
    "transfers": ("date",),
    "sources": ("published",),
    "assessments": ("published",),
    "proceedings": ("filed", "decided"),
    "agreements": ("last_checked",),
}
"""Columns whose date has come, since what is recorded has happened."""


def _in_the_future(
    entries: dict[str, list[Entry]], rows: dict[str, dict[str, Row]], today: dt.date
) -> Iterator[Reason]:
    # East of the date line it is tomorrow already.
    last = today + dt.timedelta(days=1)
    for table, columns in _BEGUN.items():
        for entry in entries[table]:
            for column in columns:
                date = entry.values.get(column)
                if date and date > last and entry.id in rows.get(table, ()):
                    text = _("%(record)s, %(column)s: %(date)s is yet to come.") % {
                        "record": entry.line.file,
                        "column": label_of(table, column),
                        "date": date,
                    }
                    yield Reason(text, table=table, id=entry.id, column=column)


def _without_position(rows: dict[str, dict[str, Row]], added: set[Key]) -> Iterator[Reason]:
    """Speakers new to the public, or newly quoted, of whom nobody would learn what office they held."""
    speakers = {id for table, id in added if table == "officials"}
    speakers |= {rows[table][id]["official"] for table, id in added if table == "statements"}
    public = Position.objects.published().filter(official__in=speakers)
    held = set(public.values_list("official", flat=True))
    for official in sorted(speakers - held):
        text = _("officials/%(official)s has no published position.") % {"official": official}
        yield Reason(text, table="officials", id=official, column="positions")
