"""What a test asks of the database: a record as it stands, that nothing changed at all, that a word is nowhere."""

import json

from django.apps import apps
from django.db import connection

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
