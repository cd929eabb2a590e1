"""How the rows of a list are read in each of its formats: whatever the filter, the same ids in the same order."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl
from django.test import Client

from agreements.views.files import LISTS
from tests.api import reading as api
from tests.views import atom
from tests.views.reading import all_rows

Ids = list[str]


def address(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def taken(client: Client, where: str) -> bytes:
    """A file as it was sent; fails where there is none."""
    response = client.get(where)
    content = response.getvalue()
    assert response.status_code == 200, f"{where}: {response.status_code} {content[:400]!r}"
    return content


def csv_rows(client: Client, where: str) -> list[dict[str, str]]:
    text = taken(client, where).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sheets(client: Client, where: str) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each sheet of a workbook, the header first, with the values as Excel has them."""
    book = openpyxl.load_workbook(io.BytesIO(taken(client, where)))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def _page(client: Client, name: str, query: str) -> Ids:
    return all_rows(client, address(f"/{name}/", query))


def _csv(client: Client, name: str, query: str) -> Ids:
    return [row["id"] for row in csv_rows(client, address(f"/{name}.csv", query))]


def _xlsx(client: Client, name: str, query: str) -> Ids:
    return [str(row[0]) for row in sheets(client, address(f"/{name}.xlsx", query))[name][1:]]


def _atom(client: Client, name: str, query: str) -> Ids:
    return atom.record_ids(client, address(f"/{name}.atom", query))


def _api(client: Client, name: str, query: str) -> Ids:
    return api.ids(client, f"{LISTS[name][1]}?{query}&per_page=500")


READERS: dict[str, Callable[[Client, str, str], Ids]] = {
    "page": _page,
    "csv": _csv,
    "xlsx": _xlsx,
    "atom": _atom,
    "api": _api,
}
"""By format: from a client, the name of a list and the end of an address to the ids of all its rows in their order."""
