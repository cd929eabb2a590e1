"""A record as its row in the dataset, and back: column to cell, exactly what the public may know of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import models

from agreements.dataset.schema import TABLES, Column
from agreements.models import (
    Agreement,
    Assessment,
    Country,
    Official,
    Payment,
    Position,
    Proceeding,
    Record,
    Source,
    Statement,
    StatusChange,
    Transfer,
)
from agreements.querysets import RecordQuerySet

Row = dict[str, str]
Value = str | int | float | bool | dt.date | tuple[str, ...] | None

MODELS: dict[str, type[Record]] = {
    "countries": Country,
    "sources": Source,
    "officials": Official,
    "positions": Position,
    "agreements": Agreement,
    "status_changes": StatusChange,
    "transfers": Transfer,
    "payments": Payment,
    "proceedings": Proceeding,
    "assessments": Assessment,
    "statements": Statement,
}
"""The tables by name, each after those that it refers to."""

TABLE_OF: dict[type[Record], str] = {model: name for name, model in MODELS.items()}


def record_at(key: str) -> Record | None:
    """The record of a key such as statements/some-id; None where there is none."""
    table, _slash, id = key.partition("/")
    # PostgreSQL cannot even be asked for a NUL.
    if table not in MODELS or "\0" in id:
        return None
    return MODELS[table].objects.filter(pk=id).first()


@dataclass(frozen=True)
class ListColumn:
    """How a list in a cell is kept: rows of a join table, in order."""

    name: str
    accessor: str
    target: str
    model: type[models.Model]
    owner: str

    def ids(self, record: Record) -> list[str]:
        return [getattr(link, self.target) for link in getattr(record, self.accessor).all()]

    def of(self, row: Row) -> list[str]:
        """The ids in the row's cell."""
        return row[self.name].split(";") if row[self.name] else []

    def links(self, record_id: str, ids: Iterable[str]) -> list[models.Model]:
        """Unsaved rows of the join table."""
        return [
            self.model(**{self.owner: record_id, self.target: id, "position": position})
            for position, id in enumerate(ids)
        ]


_JOINS = {
    "sources": ("citations", "source_id"),
    "agreements": ("agreement_links", "agreement_id"),
    "nationalities": ("nationality_links", "country_id"),
}


def _list_columns(table: str) -> tuple[ListColumn, ...]:
    found = []
    for column in TABLES[table].columns:
        if column.is_list:
            accessor, target = _JOINS[column.name]
            relation = MODELS[table]._meta.get_field(accessor)
            found.append(
                ListColumn(column.name, accessor, target, relation.related_model, relation.field.attname)  # type: ignore[union-attr,arg-type]
            )
    return tuple(found)


LISTS: dict[str, tuple[ListColumn, ...]] = {table: _list_columns(table) for table in MODELS}


def with_lists(records: RecordQuerySet) -> RecordQuerySet:
    """The same records with what their rows need, in a number of queries that does not grow with them."""
    return records.prefetch_related(*(column.accessor for column in LISTS[TABLE_OF[records.model]]))


def row_of(record: Record, *, lists: Mapping[str, Iterable[str]] | None = None) -> Row:
    """The record's row in the dataset, whatever its state; its columns in the dataset's order.

    `lists` are its lists by column where they are not those of the database.
    """
    table = TABLE_OF[type(record)]
    if lists is None:
        lists = {column.name: column.ids(record) for column in LISTS[table]}
    return {
        column.name: ";".join(lists[column.name])
        if column.is_list
        else cell_of(getattr(record, attribute_of(table, column)), column)
        for column in TABLES[table].columns
    }


def in_column_order(table: str, row: Row) -> Row:
    """The same row with its columns in the dataset's order, which JSON in a database does not keep."""
    return {name: row[name] for name in TABLES[table].column_names}


def references(table: str, row: Row) -> Iterator[tuple[str, str]]:
    """Table and id of each record that a row refers to."""
    for column in TABLES[table].columns:
        if column.refers_to and row[column.name]:
            for id in row[column.name].split(";") if column.is_list else [row[column.name]]:
                yield column.refers_to, id


_REDACTED = re.compile(r"redacted on [0-9]{4}-[0-9]{2}-[0-9]{2}")


def words_of(quote: str) -> int:
    """How many words a quotation has; what stands for redacted words counts as one."""
    return len(_REDACTED.sub("redacted", quote).split())


def fill(record: Record, row: Row) -> None:
    """Sets what the row says on the record, its lists excepted: those are rows of their own (`LISTS`)."""
    table = TABLE_OF[type(record)]
    for column in TABLES[table].columns:
        if not column.is_list:
            value = value_of(row[column.name], column)
            field = MODELS[table]._meta.get_field(column.name)
            setattr(record, attribute_of(table, column), "" if value is None and not field.null else value)


def value_of(cell: str, column: Column) -> Value:
    """The value of a sound cell; None for an empty one, a tuple for a list. ValueError where the cell is not sound."""
    if column.is_list:
        return tuple(cell.split(";")) if cell else ()
    if not cell:
        return None
    match column.type:
        case "integer":
            return int(cell)
        case "number":
            return float(cell)
        case "boolean":
            return {"true": True, "false": False}[cell]
        case "date":
            return dt.date.fromisoformat(cell)
        case _:
            return cell


def number_cell(value: float) -> str:
    """The one way in which the dataset writes a number: plain, with at least two decimals and no needless ones."""
    plain = f"{Decimal(repr(float(value))) + 0:f}"
    whole, _point, decimals = plain.partition(".")
    return f"{whole}.{decimals.rstrip('0'):0<2}"


def cell_of(value: object, column: Column) -> str:
    """How the dataset writes a value that is no list; empty for none."""
    if value is None or value == "":
        return ""
    match column.type:
        case "number":
            return number_cell(value)
        case "boolean":
            return "true" if value else "false"
        case "date":
            return value.isoformat()
        case _:
            return str(value)


def attribute_of(table: str, column: Column) -> str:
    """The name under which a record holds what stands in a column: an id, not the record that it names."""
    return MODELS[table]._meta.get_field(column.name).attname
