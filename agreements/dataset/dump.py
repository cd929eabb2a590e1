"""The door in, seen from inside: the published record out as a dataset's files, byte for byte as they came in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from django.db import connection, transaction

from agreements.dataset import schema
from agreements.dataset.rows import MODELS, Row, row_of, with_lists
from agreements.publication import last_descriptor

_ORDERS = {
    "status_changes": ("agreement", "step", "id"),
    "transfers": ("agreement", "date", "id"),
    "statements": ("date", "id"),
}


def dump() -> dict[str, bytes]:
    """The published record as files, name to content, all as of one moment."""
    with transaction.atomic():
        if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        rows = {
            table: [row_of(record) for record in with_lists(model.objects.published()).order_by("pk")]
            for table, model in MODELS.items()
        }
        return files(rows, descriptor=last_descriptor() or schema.DESCRIPTOR_TEXT)


def files(rows: Mapping[str, Iterable[Row]], *, descriptor: str) -> dict[str, bytes]:
    """A dataset's files, name to content, from its rows by table in any order."""
    return {schema.DESCRIPTOR_FILE: descriptor.encode()} | {
        table.file: file(table, rows.get(name, ())) for name, table in schema.TABLES.items()
    }


def write(content: Mapping[str, bytes | Iterable[bytes]], directory: Path) -> None:
    """Puts the files, or what gives them piece by piece, into a folder, made where it is missing.

    A file is there whole or as it was before.
    """
    directory.mkdir(parents=True, exist_ok=True)
    aside = {directory / name: directory / f".{name}.part" for name in content}
    for path, part in aside.items():
        whole = content[path.name]
        with part.open("wb") as out:
            out.writelines([whole] if isinstance(whole, bytes) else whole)
    for path, part in aside.items():
        part.replace(path)


def file(table: schema.Table, rows: Iterable[Row]) -> bytes:
    """The file of one table, from its rows in any order."""
    ordered = sorted(rows, key=lambda row: place(table.name, row))
    return "".join(lines(table, ordered)).encode()


def place(table: str, row: Row) -> tuple[str | int, ...]:
    """Where a row stands among those of its table: what sorts before it is written before it."""
    return tuple(int(row[column]) if column == "step" else row[column] for column in _ORDERS.get(table, ("id",)))


def lines(table: schema.Table, rows: Iterable[Row]) -> Iterator[str]:
    """The head and the rows of a file as it is written, one after the other in the order given."""
    text = io.StringIO()
    writer = csv.DictWriter(text, table.column_names, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writeheader()
    yield text.getvalue()
    for row in rows:
        text.seek(0)
        text.truncate()
        writer.writerow(row)
        yield text.getvalue()
