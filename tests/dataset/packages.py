"""A small sound dataset that a test changes to its needs and writes to a folder."""

from __future__ import annotations

import csv
import io
from copy import deepcopy
from pathlib import Path

from agreements.dataset import schema

_TINY = {
    "countries": [
        "RWA,RW,rwanda,Rwanda,Africa,Eastern Africa,-2.00,30.00",
        "USA,US,united-states,United States,Americas,Northern America,38.00,-97.00",
    ],
    "agreements": [
        "us-rw-2025,USA,RWA,US–Rwanda,third-country-removal,agreement,A deal.,,250,no,,2025-12-01,gazette-1;gazette-2",
    ],
    "status_changes": [
        "us-rw-2025-1,us-rw-2025,1,2025-05-01,month,reported,First reports.,gazette-1",
        "us-rw-2025-2,us-rw-2025,2,2025-05-04,day,talks,Confirmed on television.,gazette-2",
    ],
    "payments": [
        "us-rw-2025-payment-1,us-rw-2025,2025-01-01,year,7500000,USD,promised,,A grant.,gazette-1",
        "us-rw-2025-payment-2,us-rw-2025,,,1000000,USD,paid,us-rw-2025-payment-1,A part of it.,gazette-1",
    ],
    "transfers": [
        "us-rw-2025-transfer-1,us-rw-2025,2025-08-01,month,5,7,receiver,single,USA;RWA,One flight.,gazette-2",
    ],
    "proceedings": ["case-1,us-rw-2025,A v. Minister,High Court,2025-06-02,,pending,What it is about.,gazette-1"],
    "assessments": ["rwa-unhcr-2025,RWA,UNHCR,Observations,2025-06-03,What was found.,gazette-1"],
    "officials": ["olivier-nduhungirehe,Olivier Nduhungirehe,person,RWA,government"],
    "positions": ["olivier-nduhungirehe-1,olivier-nduhungirehe,Foreign minister,,2024-06,"],
    "statements": [
        (
            "olivier-nduhungirehe-2025-05-04,olivier-nduhungirehe,us-rw-2025,us-rw-2025-2,2025-05-04,day,confirms,"
            "We are in discussions,en,He confirmed talks.,Rwanda TV,gazette-2"
        ),
    ],
    "sources": [
        "gazette-1,https://gazette.example/1,,First report,false,en,The Gazette,2025-05-02,news",
        "gazette-2,https://gazette.example/2,,Minister on television,false,en,The Gazette,,news",
    ],
}


class Dataset:
    """Rows by table as dictionaries; the row at index 0 is written on line 2."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, str]]] = {
            name: [dict(zip(table.column_names, cells, strict=True)) for cells in csv.reader(_TINY[name])]
            for name, table in schema.TABLES.items()
        }
        self.descriptor = schema.DESCRIPTOR_TEXT

    def copy(self) -> Dataset:
        return deepcopy(self)

    def row(self, table: str, id: str) -> dict[str, str]:
        return next(row for row in self.rows[table] if row["id"] == id)

    def change(self, table: str, id: str, /, **cells: str) -> Dataset:
        """Sets cells of one row that exists."""
        self.row(table, id).update(cells)
        return self

    def add(self, table: str, like: str, **cells: str) -> Dataset:
        """Adds a row that is like another one but for some cells."""
        self.rows[table].append(self.row(table, like) | cells)
        return self

    def drop(self, table: str, id: str) -> Dataset:
        self.rows[table].remove(self.row(table, id))
        return self

    def line(self, table: str, id: str) -> int:
        """The line on which a row stands, as long as no cell holds a line break."""
        return [row["id"] for row in self.rows[table]].index(id) + 2

    def write(self, folder: Path) -> Path:
        folder.mkdir(exist_ok=True)
        (folder / "datapackage.json").write_bytes(self.descriptor.encode())
        for name, table in schema.TABLES.items():
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(table.column_names)
            writer.writerows(list(row.values()) for row in self.rows[name])
            (folder / table.file).write_bytes(text.getvalue().encode())
        return folder
