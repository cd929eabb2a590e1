"""Writes a made-up dataset of any size: rows are put aside on disk as they are thought of, then sorted into files."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from django.conf import settings

from agreements.dataset import dump, schema
from agreements.dataset.made_up import MadeUp
from agreements.dataset.read import Progress, silently
from agreements.dataset.rows import Row

SHIPPED = Path(settings.BASE_DIR) / "data"


class Unfit(ValueError):
    """Nothing was written; the message says what stands in the way."""


def generate(
    directory: Path, *, agreements: int, statements: int, seed: int, progress: Progress = silently
) -> dict[str, int]:
    """Writes a dataset that a load takes without a fault, and gives the number of rows by table.

    The same numbers and the same seed make the same bytes, and the memory used does not grow with the statements.
    Raises Unfit where the folder holds anything besides a dataset or is the shipped one, and where the numbers do not
    go together; OSError where the folder cannot be written.
    """
    _refuse_other_folders(directory)
    if statements and not agreements:
        raise Unfit("statements are about agreements: expected one agreement at least")
    try:
        made_up = MadeUp(_countries(), agreements=agreements, statements=statements, seed=seed)
    except ValueError as error:
        raise Unfit(str(error)) from None
    with closing(_Aside()) as aside:
        for table, row in made_up.rows():
            aside.put(table, row)
            if table == "agreements":
                progress("Making agreements", aside.numbers[table], agreements)
        content = {schema.DESCRIPTOR_FILE: _descriptor(made_up)}
        for done, table in enumerate(schema.TABLES.values(), start=1):
            content[table.file] = aside.file(table, then=partial(progress, "Writing tables", done, len(schema.TABLES)))
        dump.write(content, directory)
        return aside.numbers


def _refuse_other_folders(directory: Path) -> None:
    place = directory.resolve()
    if place == SHIPPED.resolve() or SHIPPED.resolve() in place.parents:
        raise Unfit("expected another folder than that of the shipped dataset")
    if not place.exists():
        return
    if not place.is_dir():
        raise Unfit("expected a folder")
    names = {schema.DESCRIPTOR_FILE, *(table.file for table in schema.TABLES.values())}
    # What was called off halfway left parts.
    if others := sorted({path.name.removeprefix(".").removesuffix(".part") for path in place.iterdir()} - names):
        raise Unfit(f"expected a new or empty folder, or one that holds a dataset and nothing else, not {others[0]}")


def _countries() -> list[Row]:
    with (SHIPPED / schema.TABLES["countries"].file).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _descriptor(made_up: MadeUp) -> bytes:
    """The project's description of the tables under a title that says what is in them."""
    own = {
        "name": "third-country-tracker-made-up",
        "title": "Made-up agreements to move people to third countries",
        "description": "Nothing in this dataset is true: it was made to try the tracker on many records."
        f" Agreements: {made_up.agreements}; statements: {made_up.statements}; seed: {made_up.seed}.",
        "version": "made-up",
    }
    return (json.dumps(schema.DESCRIPTOR | own, ensure_ascii=False, indent=2) + "\n").encode()


class _Aside:
    """Rows on their way into files, in a database of its own on disk; `numbers` are how many there are by table."""

    def __init__(self) -> None:
        self.numbers = dict.fromkeys(schema.TABLES, 0)
        # Without a name it is a temporary file that goes when it is closed. Nobody goes back to an earlier state.
        self._database = sqlite3.connect("")
        self._database.execute("PRAGMA journal_mode = OFF")
        for table in schema.TABLES:
            self._database.execute(f"CREATE TABLE {table} (row TEXT, first, second, third)")

    def put(self, table: str, row: Row) -> None:
        self.numbers[table] += 1
        places = (*dump.place(table, row), None, None)[:3]
        self._database.execute(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", (json.dumps(row), *places))

    def file(self, table: schema.Table, *, then: Callable[[], None]) -> Iterator[bytes]:
        """What is written of a table, line by line; `then` is called at its end."""
        found = self._database.execute(f"SELECT row FROM {table.name} ORDER BY first, second, third")
        for line in dump.lines(table, (json.loads(row) for (row,) in found)):
            yield line.encode()
        then()

    def close(self) -> None:
        self._database.close()
