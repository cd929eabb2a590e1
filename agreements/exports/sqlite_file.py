"""The dataset of an edition as one SQLite file: its tables with their types, its lists as tables, its words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from agreements.dataset.rows import Row, value_of
from agreements.dataset.schema import TABLES, Column, Table
from agreements.exports.dictionary import words_of

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}

_STANDS = """
CREATE VIEW agreements_now AS
SELECT agreements.*, latest.status AS status, first.date AS since, first.precision AS since_precision
FROM agreements
LEFT JOIN status_changes AS latest ON latest.agreement = agreements.id AND latest.step = (
    SELECT max(step) FROM status_changes WHERE agreement = agreements.id)
LEFT JOIN status_changes AS first ON first.agreement = agreements.id AND first.step = 1 + coalesce((
    SELECT max(step) FROM status_changes WHERE agreement = agreements.id AND status <> latest.status), 0)
"""
"""Where each agreement stands, and the first step of the unbroken run of that status."""


def write(path: Path, tables: Mapping[str, Iterable[Row]], *, about: Mapping[str, str]) -> None:
    """Writes the rows of each table into a new file.

    A column is named and typed as in the dataset; a boolean is 0 or 1, a date text. A list stands in its column as in
    the files, and once more as rows of a table such as `statements_agreements`, with their position from 0. `terms`
    explains the words of closed sets, `about` holds what is given.
    """
    with closing(sqlite3.connect(path)) as file, file:
        for table in TABLES.values():
            file.execute(_creation(table))
            for column in table.columns:
                if column.is_list:
                    file.execute(_join(table, column))
        for table in TABLES.values():
            _fill(file, table, tables[table.name])
        file.execute("CREATE TABLE terms (of_table TEXT, of_column TEXT, value TEXT, label TEXT, definition TEXT)")
        file.executemany("INSERT INTO terms VALUES (?, ?, ?, ?, ?)", _terms())
        file.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT)")
        file.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        file.execute(_STANDS)


def _creation(table: Table) -> str:
    parts = []
    for column in table.columns:
        rule = " PRIMARY KEY" if column.name == "id" else " NOT NULL" if column.required else ""
        refers = f' REFERENCES "{column.refers_to}"' if column.refers_to and not column.is_list else ""
        parts.append(f'"{column.name}" {_TYPES[column.type]}{rule}{refers}')
    return f'CREATE TABLE "{table.name}" ({", ".join(parts)}) WITHOUT ROWID'


def _join(table: Table, column: Column) -> str:
    return (
        f'CREATE TABLE "{table.name}_{column.name}" ('
        f'id TEXT REFERENCES "{table.name}", "{column.name}" TEXT REFERENCES "{column.refers_to}", '
        "position INTEGER, PRIMARY KEY (id, position)) WITHOUT ROWID"
    )


def _fill(file: sqlite3.Connection, table: Table, rows: Iterable[Row]) -> None:
    lists = [column for column in table.columns if column.is_list]
    marks = ", ".join("?" * len(table.columns))
    for row in rows:
        values = [_stored(row[column.name], column) for column in table.columns]
        file.execute(f'INSERT INTO "{table.name}" VALUES ({marks})', values)
        for column in lists:
            file.executemany(
                f'INSERT INTO "{table.name}_{column.name}" VALUES (?, ?, ?)',
                [(row["id"], id, place) for place, id in enumerate(value_of(row[column.name], column))],
            )


def _stored(cell: str, column: Column) -> str | int | float | None:
    if column.is_list or column.type == "date":
        return cell or None
    return value_of(cell, column)


def _terms() -> Iterable[tuple[str, str, str, str, str]]:
    for table in TABLES.values():
        for column in table.columns:
            for word in words_of(table.name, column):
                yield table.name, column.name, str(word), str(word.label), str(word.definition)
