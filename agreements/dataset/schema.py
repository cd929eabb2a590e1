"""Our own description of the dataset: its tables and columns, and what each may hold; imports nothing of ours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DESCRIPTOR_FILE = "datapackage.json"
DESCRIPTOR_TEXT = Path(__file__).with_name(DESCRIPTOR_FILE).read_bytes().decode()
DESCRIPTOR: dict[str, Any] = json.loads(DESCRIPTOR_TEXT)

_LISTS = {"sources": "sources", "agreements": "agreements", "nationalities": "countries"}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its type, its constraints, and the table whose ids it holds, if any.

    `type` is string, integer, number, boolean or date; a list is a string of ids separated by ";".
    """

    name: str
    type: str
    description: str
    required: bool
    unique: bool
    enum: tuple[str, ...]
    pattern: str
    minimum: int | None
    maximum: int | None
    refers_to: str
    is_list: bool


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table: a CSV file of the dataset."""

    name: str
    title: str
    description: str
    file: str
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.columns]


def _table(resource: dict[str, Any]) -> Table:
    references = {
        key["fields"]: key["reference"]["resource"] or resource["name"]
        for key in resource["schema"].get("foreignKeys", [])
    }
    return Table(
        name=resource["name"],
        title=resource["title"],
        description=resource["description"],
        file=resource["path"],
        columns=tuple(_column(field, references) for field in resource["schema"]["fields"]),
    )


def _column(field: dict[str, Any], references: dict[str, str]) -> Column:
    name, constraints = field["name"], field.get("constraints", {})
    return Column(
        name=name,
        type=field["type"],
        description=field["description"],
        required=constraints.get("required", False),
        unique=constraints.get("unique", False),
        enum=tuple(constraints.get("enum", ())),
        pattern=constraints.get("pattern", ""),
        minimum=constraints.get("minimum"),
        maximum=constraints.get("maximum"),
        refers_to=references.get(name) or _LISTS.get(name, ""),
        is_list=name in _LISTS,
    )


TABLES: dict[str, Table] = {resource["name"]: _table(resource) for resource in DESCRIPTOR["resources"]}
"""The tables by name, in the order of the descriptor."""
