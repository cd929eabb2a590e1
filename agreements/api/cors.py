"""Lets the pages of any other site ask the API: nothing in it is told to one reader alone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from agreements.refusals import API

METHODS = "GET, HEAD, OPTIONS"
TOLD = "ETag, Retry-After"
"""Headers that such a page may read, besides those that it always may."""
A_DAY = "86400"


class OpenToAll:
    """Middleware around what keeps answers: also a refusal, or an answer that was kept, may be read elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(API):
            return self.get_response(request)
        response = _preflight() if request.method == "OPTIONS" else self.get_response(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = TOLD
        if response.status_code == 405:
            response["Allow"] = METHODS
        return response


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204, headers={"Allow": METHODS, "Cache-Control": f"public, max-age={A_DAY}"})
    del response["Content-Type"]
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "If-None-Match, Content-Type"
    response["Access-Control-Max-Age"] = A_DAY
    return response
