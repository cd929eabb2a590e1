"""What a form of the desk says of a record: its dataset row, lists included, and which version it was opened on."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agreements import publication
from agreements.dataset.rows import LISTS, MODELS, TABLE_OF, ListColumn, Row, fill, row_of
from agreements.dataset.schema import TABLES
from agreements.models import Proposal, Record
from agreements.vocabulary import Precision, State


class OrderedSelect(AutocompleteSelectMultiple):
    """Several records found by typing, in the order in which they were chosen."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        # Each is taken out by itself; the cross that takes out all stands in the list and is none of its items.
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}

    def optgroups(self, name, value, attrs=None):
        groups = super().optgroups(name, value, attrs)
        for _label, options, _index in groups:
            options.sort(key=lambda option: value.index(str(option["value"])) if str(option["value"]) in value else -1)
        return groups


class ListField(forms.ModelMultipleChoiceField):
    """A list of a record: ids in their order, each once."""

    def clean(self, value) -> list[str]:
        chosen = {record.pk for record in super().clean(value)}
        return [id for id in dict.fromkeys(map(str, value or ())) if id in chosen]

    def has_changed(self, initial, data) -> bool:
        return [str(id) for id in initial or ()] != [str(id) for id in data or ()]


def list_field(column: ListColumn, site: admin.AdminSite) -> ListField:
    """The form field of a list column."""
    reference = column.model._meta.get_field(column.target.removesuffix("_id"))
    target = reference.remote_field.model
    names = {"sources": _("Sources"), "agreements": _("Agreements"), "nationalities": _("Nationalities")}
    return ListField(
        queryset=target._default_manager.all(),
        # What a draft lacks still, the publishing of it asks for.
        required=False,
        label=names[column.name],
        help_text=_("Type to find; they keep the order in which they were chosen."),
        widget=RelatedFieldWidgetWrapper(
            OrderedSelect(reference, site), reference.remote_field, site, can_change_related=False
        ),
    )


def stamp(records: Iterable[Record]) -> str:
    """Tells one state of some records from any other: what they say, where they stand, what is proposed for them."""
    content = []
    for record in records:
        proposal = publication.open_proposal(record) if record.state == State.PUBLISHED else None
        proposed = [proposal.row, proposal.note] if proposal else []
        content.append([row_of(record), record.internal_note, str(record.state), *proposed])
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]


class RecordForm(forms.ModelForm):
    """A record's form. Where a change of it is proposed already, the form goes on from there.

    `opened` is the row of an older version to go back to, where one was asked for.
    """

    refused: tuple[str, ...] = ()
    """Why nothing was saved, once that was tried."""
    opened: Row | None = None
    make_id = None
    """Where a form can name its record: a method from cleaned data to a public id, "" where a part is missing."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        record = kwargs.get("instance")
        self.table = TABLE_OF[self._meta.model]
        self.proposal: Proposal | None = None
        self.public: Row = {}
        """What the record says now, and with the change that is proposed for it."""
        self.standing: Row = {}
        self.lists: dict[str, list[str]] = {column.name: [] for column in LISTS[self.table]}
        if record is not None and not record._state.adding:
            self._open(record)
        super().__init__(*args, **kwargs)
        for name, ids in self.lists.items():
            if name in self.fields:
                self.initial.setdefault(name, ids)
        if self.proposal:
            self.initial.setdefault("public_note", self.proposal.note)
        if self.make_id and "id" in self.fields:
            field = self.fields["id"]
            field.required = False
            field.help_text = format_lazy("{} {}", field.help_text, _("Left empty, it is made from the fields below."))

    def _open(self, record: Record) -> None:
        self.public = self.standing = row_of(record)
        if record.state == State.PUBLISHED:
            self.proposal = publication.open_proposal(record)
        if self.proposal:
            # What was corrected since it was proposed stays corrected.
            self.standing, _clashes = publication.merge(self.proposal, record)
        row = self.opened or self.standing
        if row != self.public:
            fill(record, row)
        self.lists = {column.name: column.of(row) for column in LISTS[self.table]}

    def row(self) -> Row:
        """The dataset row that the form gives its record; asked for once the form is found valid."""
        lists = self.lists | {name: self.cleaned_data[name] for name in self.lists if name in self.cleaned_data}
        row = row_of(self.instance, lists=lists)
        # A browser sends two characters at the end of a line; the record has one.
        return {column: cell.replace("\r\n", "\n") for column, cell in row.items()}

    def clean(self) -> dict:
        data = super().clean()
        for reason in self.refused:
            column = getattr(reason, "column", "")
            about = (getattr(reason, "table", ""), getattr(reason, "id", ""))
            own = about == (self.table, self.instance.pk) and column in self.fields
            self.add_error(column if own else None, str(reason))
        date, precision = data.get("date"), data.get("precision")
        if date and precision and not Precision(precision).begins(date):
            self.add_error(
                "date",
                _("A date known to the %(precision)s is given as the first day of the period: %(first)s.")
                % {"precision": Precision(precision).label.lower(), "first": Precision(precision).first_day(date)},
            )
        if self.make_id and "id" in self.fields and not data.get("id") and "id" not in self.errors:
            data["id"] = self.make_id(data)
            # What the id lacks is a field that says so itself.
            if not data["id"] and not self.errors:
                self.add_error("id", self.fields["id"].error_messages["required"])
        return data


class PublicNoteField(forms.CharField):
    """Why a published record is changed: a line of the public log."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Public note"),
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 2, "cols": 40, "class": "vLargeTextField"}),
            help_text=_("What changed and why, in words for the public log. Needed when a public field changes."),
        )


def next_id(model: type[models.Model], stem: str, *, first: int = 1) -> str:
    """The first id `stem-N` after all in use, N from `first`; gaps are not filled, since an id is never given twice."""
    ids = model._default_manager.filter(pk__startswith=f"{stem}-").values_list("pk", flat=True)
    numbers = [pk.removeprefix(f"{stem}-") for pk in ids]
    return f"{stem}-{max((int(number) for number in numbers if number.isdecimal()), default=first - 1) + 1}"


def free_id(model: type[models.Model], stem: str) -> str:
    """The stem itself, or `stem-2` and so on where it is taken."""
    return next_id(model, stem, first=2) if model._default_manager.filter(pk=stem).exists() else stem


def differences(table: str, before: Row, after: Row, names: Names | None = None) -> list[tuple[str, str, str]]:
    """Label, old and new cell of each column in which two rows differ; what is referred to by its name.

    `names` are those of `names_in`, where several pairs of rows are compared.
    """
    columns = [each for each in TABLES[table].columns if before.get(each.name, "") != after.get(each.name, "")]
    if names is None:
        changed = {each.name for each in columns}
        names = names_in(table, [{name: row.get(name, "") for name in changed} for row in (before, after)])
    found = []
    for column in columns:
        cells = [row.get(column.name, "") for row in (before, after)]
        if column.refers_to:
            cells = [_named(column.refers_to, cell, names) for cell in cells]
        found.append((label_of(table, column.name), *cells))
    return found


Names = dict[tuple[str, str], str]
"""What records are called, by table and id."""


def names_in(table: str, rows: Iterable[Row]) -> Names:
    """What the records are called that rows refer to, in one query a table that is referred to."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for column in TABLES[table].columns:
            if column.refers_to and row.get(column.name):
                wanted[column.refers_to].update(row[column.name].split(";"))
    return {
        (target, id): str(record)
        for target, ids in wanted.items()
        for id, record in MODELS[target]._default_manager.in_bulk(ids).items()
    }


def _named(table: str, cell: str, names: Names) -> str:
    """A cell of ids as lines of names, each with its id."""
    found = ((id, names.get((table, id), id)) for id in cell.split(";") if id)
    return "\n".join(f"{name} ({id})" if name != id else id for id, name in found)


def label_of(table: str, column: str) -> str:
    """What a column is called at the desk."""
    field = next((field for field in MODELS[table]._meta.get_fields() if field.name == column), None)
    return str(getattr(field, "verbose_name", None) or column).capitalize()
