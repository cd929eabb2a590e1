"""How the public pages cite themselves: at the edition that they show."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from agreements.cite import Citation, Cited, Primary, citations
from agreements.views.parameters import KNOWN


def edition_address(request: HttpRequest, path: str = "") -> str:
    """The address of a page at the edition shown, to be given to others."""
    known = [
        (name, value)
        for name, values in request.GET.lists()
        if name in KNOWN - {"edition", "as_of"}
        for value in values
        # A form that was sent without a script names its empty fields, too.
        if value
    ]
    state = {"edition": str(request.asked.number)}
    if request.asked.as_of:
        state["as_of"] = request.asked.as_of.isoformat()
    return f"{settings.SITE_URL}{path or request.path}?{urlencode([*([] if path else known), *state.items()])}"


def primary_of(record: Any) -> Primary | None:
    """The first source of a record whose citations were fetched."""
    first = next(iter(record.citations.all()), None)
    if first is None:
        return None
    source = first.source
    return Primary(source.publisher, source.title, source.published, source.archive_url or source.url)


def cite(request: HttpRequest, title: str, *, primary: Primary | None = None) -> list[Citation]:
    """The citations of the page; none before the first edition."""
    asked = request.asked
    if asked.moment is None:
        return []
    made_on = asked.moment.made_at.date()
    return citations(Cited(title, edition_address(request), asked.number, made_on, asked.day, primary))
