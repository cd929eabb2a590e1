"""The API as a program meets it: asked, checked for its form, read."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

ROOT = "/api/v1/"


def ask(client: Client, end: str, status: int = 200, **headers: str) -> HttpResponse:
    """The answer at an address: a whole one, or its end behind `/api/v1/`."""
    address = end if end.startswith(("/", "http")) else f"{ROOT}{end}"
    answer = client.get(address, headers=headers)
    assert answer.status_code == status, f"{address}: {answer.status_code} {answer.content[:400]!r}"
    assert answer["Content-Type"] == (
        "application/json; charset=utf-8" if status == 200 else "application/problem+json"
    )
    return answer


def told(client: Client, end: str, status: int = 200) -> Any:
    """What the answer says."""
    return json.loads(ask(client, end, status).content)


def records(client: Client, end: str) -> list[dict[str, Any]]:
    """The records of a list, of all its pages, in order."""
    found: list[dict[str, Any]] = []
    following: str | None = end
    while following:
        page = told(client, following)
        found += page["results"]
        following = page["next"]
    assert len(found) == page["count"]
    return found


def ids(client: Client, end: str) -> list[str]:
    """The public ids of a list's records as a page writes them, of all its pages, in order."""
    return [str(record["id"]) for record in records(client, end)]
