"""What a test asks of the database: a record as it stands, that nothing changed at all, that a word is nowhere; and
how it is written_once anew for each test at little cost."""

import json
from collections.abc import Callable
from typing import TypeVar

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

from agreements.dataset.rows import TABLE_OF
from agreements.models import Record


def fresh(record: Record) -> Record:
    """The record as it is stored."""
    return type(record).objects.get(pk=record.pk)


def key(record: Record) -> str:
    """Table and id, as in statements/some-id."""
    return f"{TABLE_OF[type(record)]}/{record.pk}"


def everything() -> dict[str, list[tuple]]:
    """All rows of all of our tables, by the table's name."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("agreements").get_models():
            table, key = model._meta.db_table, model._meta.pk.column
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY "{key}"')
            found[table] = cursor.fetchall()
    return found


def places_of(words: str) -> set[str]:
    """The tables of the whole database that hold the words anywhere."""
    return {
        model.__name__
        for model in apps.get_models()
        for row in model._default_manager.values()
        if words in json.dumps(row, default=str, ensure_ascii=False)
    }


T = TypeVar("T")
_written: dict[Callable, tuple[object, dict[type[Model], list[tuple]]]] = {}


def once(make: Callable[[], T]) -> T:
    """Fills a database that holds no records yet as `make` does, which is carried out the first time only.

    From then on its rows are written as they were, for a small part of the time: the same records, editions, index
    and times. It gives what `make` gave then; of a record, take a `fresh` one.
    """
    if make not in _written:
        before, given = _stored(), make()
        rows = {model: [row for row in now if row not in before[model]] for model, now in _stored().items()}
        _written[make] = given, {model: new for model, new in rows.items() if new}
        return given
    given, written = _written[make]
    with connection.cursor() as cursor:
        for model, rows in written.items():
            table, columns = _named(model)
            values = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values})", rows)
    return given


def written_once(make: Callable[[], object] | None = None, *, autouse: bool = False) -> Callable:
    """Makes a fixture of a function that takes nothing and fills the database; it is carried out `once`."""
    if make is None:
        return lambda make: written_once(make, autouse=autouse)

    @pytest.fixture(name=make.__name__, autouse=autouse)
    def fixture(db: None) -> None:
        once(make)

    return fixture


def _stored() -> dict[type[Model], dict[tuple, None]]:
    """Every row of every table, in the order of their keys."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table, columns = _named(model)
            cursor.execute(f"SELECT {columns} FROM {table} ORDER BY {connection.ops.quote_name(model._meta.pk.column)}")
            found[model] = dict.fromkeys(cursor.fetchall())
    return found


def _named(model: type[Model]) -> tuple[str, str]:
    """A table and its columns, for a query."""
    named = connection.ops.quote_name
    return named(model._meta.db_table), ", ".join(named(field.column) for field in model._meta.concrete_fields)
