"""What is told when an address cannot be answered: plain text for files, problem+json for the API, a note in embeds."""

from __future__ import annotations

import json
from http import HTTPStatus
from pathlib import PurePosixPath

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

API = "/api/"
EMBEDS = "/embed/"
"""Addresses of pages that stand in a frame on another site's page."""
PROGRAMS = frozenset({"/oembed"})
"""Addresses without an ending that programs ask for."""
FILES = frozenset({".csv", ".xlsx", ".atom", ".ics", ".json", ".svg", ".png", ".zip", ".xml", ".txt", ".sqlite3"})
"""Endings of addresses that give a file and not a page."""


def problem(status: int, sentences: list[str], **more: object) -> HttpResponse:
    """An answer of the API that says what went wrong, as RFC 9457 has it; `more` are members of our own."""
    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if sentences:
        content["detail"] = " ".join(sentences)
    content |= more
    return HttpResponse(
        json.dumps(content, ensure_ascii=False) + "\n", status=status, content_type="application/problem+json"
    )


def plain(status: int, sentences: list[str]) -> HttpResponse:
    """The sentences as text, a line each."""
    lines = sentences or [HTTPStatus(status).phrase]
    return HttpResponse("\n".join(lines) + "\n", status=status, content_type="text/plain; charset=utf-8")


def refused(request: HttpRequest, status: int, sentences: list[str]) -> HttpResponse | None:
    """The answer to a program or in a frame; None where the address is that of a page, which a person reads whole."""
    if request.path.startswith(API):
        return problem(status, sentences)
    if request.path.startswith(EMBEDS):
        return render(request, "embed/refused.html", {"sentences": sentences}, status=status)
    if request.path in PROGRAMS or (not request.path.endswith("/") and PurePosixPath(request.path).suffix in FILES):
        return plain(status, sentences)
    return None
