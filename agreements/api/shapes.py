"""What answers look like: one model a table, made from the columns of the data dictionary."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, Field, create_model

from agreements.api.tables import SERVED, Served
from agreements.dataset.rows import MODELS
from agreements.dataset.schema import TABLES, Column
from agreements.models.fields import TermField
from agreements.vocabulary import Term

_TYPES = {"string": str, "integer": int, "number": float, "boolean": bool, "date": dt.date}
_FORMATS = {"made_at": "date-time", "address": "uri"}
"""Columns of text that has a form of its own."""


class Read(BaseModel):
    """Which state of the record an answer is read from."""

    edition: int | None = Field(description=_("The edition that this is read from; null before the first."), ge=1)
    as_of: dt.date | None = Field(
        description=_("The day asked for, if any: what was true on it, as that edition knew.")
    )


class List(Read):
    """One page of a list."""

    count: int = Field(description=_("How many records the list has, all pages together."), ge=0)
    page: int = Field(description=_("The page that this is, from 1."), ge=1)
    pages: int = Field(description=_("How many pages there are; an empty list has one."), ge=1)
    per_page: int = Field(description=_("How many records a page has, at most."), ge=1)
    next: str | None = Field(
        description=_("Address of the next page, filters, edition and day kept; null on the last."),
        json_schema_extra={"format": "uri"},
    )
    previous: str | None = Field(
        description=_("Address of the page before; null on the first."), json_schema_extra={"format": "uri"}
    )


class TableLink(BaseModel):
    """A table that can be asked for."""

    name: str = Field(description=_("Its name in an address."))
    title: str = Field(description=_("Its name in words."))
    description: str = Field(description=_("What a record of it is."))
    count: int = Field(description=_("How many records its list has without a filter."), ge=0)
    address: str = Field(description=_("Address of its list."), json_schema_extra={"format": "uri"})


class Index(Read):
    """What there is to be asked for."""

    title: str = Field(description=_("Name of the site."))
    version: str = Field(description=_("Version of this interface."))
    licence: str = Field(description=_("Under which the data may be used."), json_schema_extra={"format": "uri"})
    documentation: str = Field(description=_("How to use this, to read."), json_schema_extra={"format": "uri"})
    openapi: str = Field(description=_("How to use this, for programs."), json_schema_extra={"format": "uri"})
    tables: list[TableLink] = Field(description=_("The tables."))


class Problem(BaseModel):
    """What went wrong, as RFC 9457 has it."""

    type: str = Field(description=_("Always about:blank: the status says all that there is to say of its kind."))
    title: str = Field(description=_("The status in words."))
    status: int = Field(description=_("The status of the answer."), ge=400, le=599)
    detail: str = Field(default="", description=_("What was wrong and what was expected, in sentences."))


class Withdrawn(Problem):
    """That a record was taken out of the public record, when and why."""

    withdrawn_on: dt.date = Field(description=_("The day, in UTC."))
    edition: int = Field(description=_("The edition that withdrew it; those before it show it as it stood."), ge=1)
    reason: str = Field(description=_("Why; empty where no reason was given."))


def _terms_of(table: str, column: Column) -> type[Term] | None:
    """The closed set that a column is bound to, if it is to one."""
    if column.enum and isinstance(column.enum[0], Term):
        return type(column.enum[0])
    if table not in MODELS or column.is_list or column.name not in {each.name for each in MODELS[table]._meta.fields}:
        return None
    field = MODELS[table]._meta.get_field(column.name)
    return field.terms if isinstance(field, TermField) else None


def _value(table: str, column: Column) -> Any:
    """The type of a column's value where there is one."""
    terms = _terms_of(table, column)
    if terms is not None:
        return terms
    bounds: dict[str, Any] = {}
    if column.is_list and column.refers_to:
        bounds["pattern"] = TABLES[column.refers_to].columns[0].pattern
    elif column.pattern and not column.is_list:
        bounds["pattern"] = column.pattern
    if column.minimum is not None:
        bounds["ge"] = column.minimum
    if column.maximum is not None:
        bounds["le"] = column.maximum
    if column.name in _FORMATS:
        bounds["json_schema_extra"] = {"format": _FORMATS[column.name]}
    value = _TYPES[column.type]
    return Annotated[value, Field(**bounds)] if bounds else value


def _field(table: str, column: Column) -> tuple[Any, Any]:
    words = str(column.description)
    if column.is_list:
        # In a cell they stand in a row; here they are a list.
        return list[_value(table, column)], Field(description=re.sub(r',? separated by ";"', "", words))
    value = _value(table, column)
    return value if column.required else value | None, Field(description=words)


def _row(served: Served) -> type[BaseModel]:
    name = served.table.name
    fields = {column.name: _field(name, column) for column in served.table.columns}
    if served.cites:
        source, told = ROWS["sources"], _("The sources themselves, in the same order: each a row of the table sources.")
        fields["cited_sources"] = list[source], Field(description=told)
    return create_model(served.model.__name__, __doc__=served.description, **fields)


ROWS: dict[str, type[BaseModel]] = {}
"""A record of each table, by the table's name in an address."""
# What is cited comes before what cites it.
for _served in sorted(SERVED.values(), key=lambda served: served.cites):
    ROWS[_served.name] = _row(_served)

RECORDS: dict[str, type[BaseModel]] = {
    name: create_model(
        f"{row.__name__}Record",
        __doc__=_("A record alone, with the state that it is read from."),
        __base__=row,
        edition=(int | None, Read.model_fields["edition"]),
        as_of=(dt.date | None, Read.model_fields["as_of"]),
    )
    for name, row in ROWS.items()
}
"""The answer to one record."""

LISTS: dict[str, type[BaseModel]] = {
    name: create_model(
        f"{row.__name__}List",
        __doc__=_("One page of a list."),
        __base__=List,
        results=(list[row], Field(description=_("The records of this page, in the order of the list."))),
    )
    for name, row in ROWS.items()
}
"""The answer to a list."""
