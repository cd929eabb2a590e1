"""The addresses of the API: an index, each table as a list, each record alone, and their description."""

from collections.abc import Callable
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI, Path
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer
from pydantic import WithJsonSchema

from agreements.api import parameters, shapes
from agreements.api.answers import LICENCE, VERSION, Refused, index_content, list_content, record_content
from agreements.api.tables import SERVED, Served
from agreements.cite import SITE
from agreements.dataset.schema import DESCRIPTOR
from agreements.refusals import problem


class Renderer(JSONRenderer):
    """JSON in which words of every script stand as they are."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title=SITE,
    version=VERSION,
    description=DESCRIPTOR["description"],
    urls_namespace="api",
    renderer=Renderer(),
    # `description` completes it; what Ninja would show to a reader takes its code from elsewhere.
    openapi_url=None,
    docs_url=None,
    servers=[{"url": settings.SITE_URL}],
    openapi_extra={
        "info": {"license": {"name": LICENCE["title"], "url": LICENCE["path"]}},
        "tags": [{"name": served.title, "description": served.description} for served in SERVED.values()],
    },
)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, why: Refused) -> HttpResponse:
    return problem(why.status, why.sentences, **why.more)


@api.exception_handler(ValidationError)
def _malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(400, [f"{each['loc'][-1]}: {each['msg']}." for each in error.errors])


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """A fault is Django's to tell, in development too."""
    raise error


def _refusals(*statuses: int) -> dict[int, dict[str, str]]:
    return {status: {"$ref": f"#/components/responses/{status}"} for status in statuses}


def _told(request: HttpRequest, content: Any) -> HttpResponse:
    """The answer as it stands: that it has the form described is held by tests, not by each request."""
    return api.create_response(request, content, status=200)


def _serve(path: str, view: Callable[..., HttpResponse], *, answer: type, **more: Any) -> None:
    """Lets a view answer to GET and HEAD; `answer` describes what it says."""
    api.api_operation(["GET", "HEAD"], path, response=answer, **more)(view)


def _serve_table(served: Served) -> None:
    kind = served.model.__name__

    def list_records(request: HttpRequest) -> HttpResponse:
        return _told(request, list_content(request, served, asked=request.GET))

    def read_record(
        request: HttpRequest,
        id: Annotated[str, WithJsonSchema(parameters.id_of(served)), Path(description=_("Its public id."))],
    ) -> HttpResponse:
        return _told(request, record_content(request, served, id))

    _serve(
        f"/{served.name}",
        list_records,
        answer=shapes.LISTS[served.name],
        url_name=served.name,
        operation_id=f"list{kind}",
        summary=_("The list"),
        description=served.description,
        tags=[served.title],
        openapi_extra={
            "parameters": [*parameters.filters_of(served), *parameters.paging(), *parameters.state()],
            "responses": _refusals(304, 400, 404, 503),
        },
    )
    _serve(
        f"/{served.name}/{{id}}",
        read_record,
        answer=shapes.RECORDS[served.name],
        url_name=f"{served.name}-record",
        operation_id=f"get{kind}",
        summary=_("One record"),
        description=served.description,
        tags=[served.title],
        openapi_extra={
            "parameters": [*parameters.state()],
            "responses": _refusals(304, 400, 404, *([] if served.name == "editions" else [410]), 503),
        },
    )


_serve(
    "/",
    lambda request: _told(request, index_content(request)),
    answer=shapes.Index,
    url_name="index",
    operation_id="getIndex",
    summary=_("What there is"),
    description=_("The tables, each with the number of its records and the address of its list."),
    openapi_extra={"parameters": [*parameters.state()], "responses": _refusals(304, 400, 404, 503)},
)
for _served in SERVED.values():
    _serve_table(_served)
