"""The data dictionary: every column of every table, from the package's description and the vocabulary."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.dataset.rows import MODELS
from agreements.dataset.schema import TABLES, Column
from agreements.exports.tables import EXPORTS
from agreements.models.fields import TermField
from agreements.vocabulary import Term

_KINDS: dict[str, Promise] = {
    "string": gettext_lazy("text"),
    "integer": gettext_lazy("whole number"),
    "number": gettext_lazy("number"),
    "boolean": gettext_lazy("true or false"),
    "date": gettext_lazy("date"),
}


@dataclass(frozen=True)
class Entry:
    """One column as a reader looks it up; `words` are the only ones that it may hold, where it is bound to some."""

    column: Column
    words: tuple[Term, ...]

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def kind(self) -> str:
        """What it holds, in plain words."""
        if self.column.is_list and self.column.refers_to:
            return _("ids in %(table)s, separated by “;”") % {"table": self.column.refers_to}
        if self.column.is_list:
            return _("codes, separated by “;”")
        if self.column.refers_to:
            return _("id in %(table)s") % {"table": self.column.refers_to}
        return str(_KINDS[self.column.type])


@dataclass(frozen=True)
class Section:
    """One table of the dictionary: what the dataset holds, and what lists and the API add."""

    name: str
    file: str
    description: str
    own: tuple[Entry, ...]
    added: tuple[Entry, ...]


def words_of(table: str, column: Column) -> tuple[Term, ...]:
    """The words of the vocabulary that a column of the dataset may hold; none where it is not bound to a closed set."""
    if column.is_list:
        return ()
    field = MODELS[table]._meta.get_field(column.name)
    return tuple(field.terms) if isinstance(field, TermField) and field.terms else ()


def dictionary() -> list[Section]:
    """The tables in the dataset's order, their columns in the files' order."""
    return [
        Section(
            table.name,
            table.file,
            table.description,
            tuple(Entry(column, words_of(table.name, column)) for column in table.columns),
            tuple(
                Entry(column, tuple(word for word in column.enum if isinstance(word, Term)))
                for column in EXPORTS[table.name].derived
            ),
        )
        for table in TABLES.values()
    ]
