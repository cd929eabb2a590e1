"""What the operator's probes ask: does the process live, can it serve."""

from collections.abc import Callable

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database, whose failure no restart of this process mends."""
    return _plain("ok")


def readyz(request: HttpRequest) -> HttpResponse:
    """The site can serve: 200, or 503 with the one thing that is missing."""
    try:
        migrations = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    except DatabaseError:
        return _plain("the database cannot be reached", status=503)
    if migrations.migration_plan(migrations.loader.graph.leaf_nodes()):
        return _plain("the database is not migrated", status=503)
    return _plain("ok")


PROBES = {"/healthz": healthz, "/readyz": readyz}


def answer_probes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, the first of all: a probe comes over plain HTTP and calls the machine by its number.

    Neither the redirect to HTTPS nor the check of the Host header may stand in its way.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else get_response(request)

    return answer


def _plain(text: str, *, status: int = 200) -> HttpResponse:
    response = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    add_never_cache_headers(response)
    return response
