"""The description of the API for programs, as OpenAPI has it: Ninja's, with the words explained and real examples."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from pydantic import BaseModel

from agreements import vocabulary
from agreements.api import parameters
from agreements.api.answers import absolute, as_record, carried_by, index_content, list_content
from agreements.api.operations import api
from agreements.api.shapes import Problem, Withdrawn
from agreements.api.tables import SERVED
from agreements.refusals import problem

Described = dict[str, Any]


def openapi(request: HttpRequest) -> HttpResponse:
    return api.create_response(request, document(request), status=200)


def document(request: HttpRequest) -> Described:
    """The whole description; its examples are answers that this site gives, from the record that the request reads."""
    # Ninja's own has numbers for keys, and parts that stand in it twice.
    made = json.loads(json.dumps(api.get_openapi_schema()))
    made["externalDocs"] = {"description": _("How to use it"), "url": absolute(reverse("api-docs"))}
    if settings.CONTACT_EMAIL:
        made["info"]["contact"] = {"email": settings.CONTACT_EMAIL}
    for path in made["paths"].values():
        # What answers to GET answers to HEAD, and an operation has its name once.
        path.pop("head")
        for parameter in path["get"]["parameters"]:
            # Beside a schema, OpenAPI has examples by name; those of ours stand in the schema.
            parameter.pop("examples", None)
        path["get"]["responses"]["200"]["headers"] = _headers()
    made["components"] = {"schemas": _schemas(made["components"]["schemas"]), "responses": _refusals()}
    _translate(made)
    _give_examples(made["paths"], request)
    return made


def _translate(part: Any) -> None:
    """Puts the words for people into the reader's language: where Ninja takes them, no reader is there yet."""
    if isinstance(part, list):
        for each in part:
            _translate(each)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key in ("description", "summary") and isinstance(value, str):
                part[key] = _(value)
            _translate(value)


def _schemas(schemas: Described) -> Described:
    sets = {terms for served in SERVED.values() for terms in parameters.words_of(served)}
    sets |= {getattr(vocabulary, name) for name, schema in schemas.items() if "enum" in schema}
    explained = {terms.__name__: parameters.words(terms) for terms in sets}
    problems = {model.__name__: _schema_of(model) for model in (Problem, Withdrawn)}
    return dict(sorted((schemas | explained | problems).items()))


def _schema_of(model: type[BaseModel]) -> Described:
    return model.model_json_schema(mode="serialization")


def _headers() -> Described:
    return {
        "ETag": {
            "description": _("Of the edition, the address and the day: give it back as If-None-Match."),
            "schema": {"type": "string"},
        },
        "Cache-Control": {"description": _("For how long it may be kept."), "schema": {"type": "string"}},
    }


# --- Answers other than 200 -----------------------------------------------------------------------


def _refusals() -> Described:
    """By their status."""
    later = _problem(
        _("The edition asked for is being made ready. Ask again after the seconds of Retry-After."),
        503,
        _("This edition is being made ready. Please ask again in a few seconds."),
    )
    later["headers"] = {"Retry-After": {"description": _("Seconds to wait."), "schema": {"type": "integer"}}}
    return {
        "304": {"description": _("Nothing has changed since the answer with the ETag that was given.")},
        "400": _problem(
            _("A value is not known. The valid ones are listed."),
            400,
            _("“%(value)s” is not known here. Expected one of: %(valid)s.")
            % {"value": "agrees", "valid": ", ".join(vocabulary.Stance.values())},
        ),
        "404": _problem(
            _("There is no such record, page or edition."),
            404,
            _("There is no page %(page)s. The last is page %(pages)s.") % {"page": 7, "pages": 3},
        ),
        "410": _problem(
            _("The record was withdrawn: when and why."),
            410,
            _("“%(id)s” was withdrawn on %(day)s, in edition %(number)s.")
            % {"id": "us-xx-2025", "day": "3 February 2026", "number": 12},
            shape=Withdrawn,
            withdrawn_on="2026-02-03",
            edition=12,
            reason=_("It was recorded twice."),
        ),
        "503": later,
    }


def _problem(description: str, status: int, detail: str, *, shape: type[BaseModel] = Problem, **more: Any) -> Described:
    told = problem(status, [detail], **more)
    return {
        "description": description,
        "content": {
            told["Content-Type"]: {
                "schema": {"$ref": f"#/components/schemas/{shape.__name__}"},
                "example": json.loads(told.content),
            }
        },
    }


# --- Examples -------------------------------------------------------------------------------------


def _give_examples(paths: Described, request: HttpRequest) -> None:
    """Adds to each operation an address of this site and what it answers; nothing where a table is empty."""
    carried = carried_by(request)
    _give(paths[reverse("api:index")], absolute(reverse("api:index"), **carried), index_content(request))
    for served in SERVED.values():
        path = reverse(f"api:{served.name}")
        content = list_content(request, served, asked=QueryDict("per_page=1"))
        for row in content["results"]:
            _give(paths[path], absolute(path, per_page=1, **carried), content)
            alone = paths[f"{path}/{{id}}"]
            alone["get"]["parameters"][0]["schema"]["examples"] = [row["id"]]
            address = absolute(reverse(f"api:{served.name}-record", args=[row["id"]]), **carried)
            _give(alone, address, as_record(request, row))


def _give(path: Described, address: str, content: Any) -> None:
    value = json.loads(api.renderer.render(None, content, response_status=200))
    answer = path["get"]["responses"]["200"]["content"]["application/json"]
    answer["examples"] = {"live": {"summary": f"GET {address}", "value": value}}
