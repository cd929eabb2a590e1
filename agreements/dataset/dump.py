"""The door in, seen from inside: the published record out as a dataset's files, byte for byte as they came in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.db import connection, transaction

from agreements.dataset import schema
from agreements.dataset.rows import MODELS, Row, row_of, with_lists
from agreements.publication import last_descriptor

_ORDERS = {
    "status_changes": lambda row: (row["agreement"], int(row["step"]), row["id"]),
    "transfers": lambda row: (row["agreement"], row["date"], row["id"]),
    "statements": lambda row: (row["date"], row["id"]),
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


def write(content: Mapping[str, bytes], directory: Path) -> None:
    """Puts the files into a folder, made where it is missing; a file is there whole or as it was before."""
    directory.mkdir(parents=True, exist_ok=True)
    aside = {directory / name: directory / f".{name}.part" for name in content}
    for path, part in aside.items():
        part.write_bytes(content[path.name])
    for path, part in aside.items():
        part.replace(path)


def file(table: schema.Table, rows: Iterable[Row]) -> bytes:
    """The file of one table, from its rows in any order."""
    text = io.StringIO()
    writer = csv.DictWriter(text, table.column_names, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writeheader()
    writer.writerows(sorted(rows, key=_ORDERS.get(table.name, lambda row: row["id"])))
    return text.getvalue().encode()
