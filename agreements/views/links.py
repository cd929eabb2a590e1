"""Where a row of the dataset is found on the site, and what it is called there."""

from __future__ import annotations

from django.urls import reverse

from agreements.dataset.rows import Row
from agreements.vocabulary import Stage, Stance, Status

PAGES = {"agreements": "agreement", "officials": "official", "statements": "statement", "sources": "source"}
FACTS = ("status_changes", "transfers", "payments", "proceedings", "assessments")
"""Tables whose records have no page of their own but a permanent address, with their citation."""


def address_of_row(table: str, row: Row) -> str:
    """The permanent address of a record; that of its official for a position."""
    if table in PAGES:
        return reverse(PAGES[table], args=[row["id"]])
    if table == "countries":
        return reverse("country", args=[row["slug"]])
    if table == "positions":
        return reverse("official", args=[row["official"]])
    return fact_address(table, row["id"])


def fact_address(table: str, id: str) -> str:
    """The permanent address of a record that has no page of its own."""
    return reverse("fact", args=[table.replace("_", "-"), id])


def label_of_row(table: str, row: Row) -> str:
    """A record in a few words."""
    match table:
        case "countries" | "officials" | "proceedings":
            return row["name"]
        case "agreements" | "sources":
            return row["title"]
        case "positions":
            return f"{row['official']}: {row['title']}"
        case "status_changes":
            return f"{row['agreement']}: {Status(row['status']).label}, {partial(row)}"
        case "transfers":
            return f"{row['agreement']}: {row['people_low'] or '?'}–{row['people_high'] or '?'}, {partial(row)}"
        case "payments":
            return f"{row['agreement']}: {row['currency']} {row['amount']}, {Stage(row['stage']).label}"
        case "assessments":
            return f"{row['body']}: {row['title']}"
        case "statements":
            return f"{row['official']}, {partial(row)}: {Stance(row['stance']).label}"
    raise LookupError(table)


def partial(row: Row) -> str:
    """A row's date as exactly as it is known, in figures."""
    return row["date"][: {"month": 7, "year": 4}.get(row["precision"], 10)]
