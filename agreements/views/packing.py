"""Compression on the way to the reader: of text, and of nothing that is compressed already."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PACKED = frozenset(
    {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "image/png",
    }
)


class Packing(GZipMiddleware):
    """Django's own, but for files that would only take longer and lose the length by which a reader sees progress."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.get("Content-Type") in PACKED:
            return response
        return super().process_response(request, response)
