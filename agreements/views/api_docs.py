"""How to use the API, to read: a page made from its description for programs, its examples included."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from agreements.api.description import Described, document
from agreements.api.tables import SERVED
from agreements.views.base import Crumb
from agreements.views.citing import cite

EVERYWHERE = ("page", "per_page", "edition", "as_of")
"""Parameters that are explained once."""

TRIES: tuple[tuple[Promise, str], ...] = (
    (gettext_lazy("Which agreements with Rwanda are in operation?"), "agreements?country=RWA&status=operating"),
    (gettext_lazy("What was denied in 2025?"), "statements?stance=denies&from=2025&to=2025"),
    (gettext_lazy("What money was paid, the latest first?"), "payments?stage=paid&sort=recent"),
    (gettext_lazy("What was corrected?"), "editions?kind=changed"),
)
"""Questions, and the ends of the addresses that answer them."""

_KINDS: dict[str, Promise] = {
    "string": gettext_lazy("text"),
    "integer": gettext_lazy("whole number"),
    "number": gettext_lazy("number"),
    "boolean": gettext_lazy("true or false"),
    "date": gettext_lazy("date"),
    "date-time": gettext_lazy("date and time"),
    "uri": gettext_lazy("address"),
}


@dataclass(frozen=True)
class Named:
    """A parameter or a field, as the page explains it; `words` are those that it may hold, with their meanings."""

    name: str
    kind: str
    description: str
    words: list[tuple[str, str]]
    limits: str = ""
    example: str = ""


@dataclass(frozen=True)
class Example:
    """What is asked, and the answer as a reader sees it."""

    address: str
    answer: str


@dataclass(frozen=True)
class Endpoint:
    """One address of the API: `path` as a pattern, its own parameters, an example where there is a record."""

    path: str
    summary: str
    parameters: list[Named]
    example: Example | None


@dataclass(frozen=True)
class Section:
    """One table: its two addresses, and the fields of a record."""

    name: str
    title: str
    description: str
    endpoints: list[Endpoint]
    fields: list[Named]


@dataclass(frozen=True)
class Answer:
    """An answer other than the one asked for."""

    status: str
    description: str
    example: str


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


class _Reader:
    """Reads the description as the page has it."""

    def __init__(self, described: Described) -> None:
        self.described = described

    def resolved(self, schema: Described) -> Described:
        """The schema itself where there is a reference to it; of a value that may be null, that of the value."""
        if "anyOf" in schema:
            [own] = [each for each in schema["anyOf"] if each.get("type") != "null"]
            return self.resolved(own)
        name = schema.get("$ref", "").rpartition("/")[2]
        return self.described["components"]["schemas"][name] if name else schema

    def named(self, name: str, schema: Described, description: str, *, parameter: bool = False) -> Named:
        own = self.resolved(schema)
        items = self.resolved(own["items"]) if own.get("type") == "array" else None
        one = items or own
        kind = str(_KINDS.get(one.get("format") or one["type"], _("record")))
        if items is not None:
            kind = (_("%(kind)s, may be repeated") if parameter else _("list of %(kind)s")) % {"kind": kind}
        elif "anyOf" in schema:
            kind = _("%(kind)s or null") % {"kind": kind}
        return Named(
            name,
            kind,
            description,
            list(one.get("x-enum-descriptions", {}).items()),
            _limits(one),
            str(one.get("examples", [""])[0]),
        )

    def parameters(self, operation: Described) -> Iterator[Named]:
        for each in operation["parameters"]:
            yield self.named(each["name"], each["schema"], each["description"], parameter=True)

    def fields(self, name: str) -> list[Named]:
        properties = self.described["components"]["schemas"][name]["properties"]
        return [self.named(field, schema, schema["description"]) for field, schema in properties.items()]

    def endpoint(self, path: str) -> Endpoint:
        operation = self.described["paths"][path]["get"]
        own = [each for each in self.parameters(operation) if each.name not in EVERYWHERE]
        examples = operation["responses"]["200"]["content"]["application/json"].get("examples")
        return Endpoint(
            path,
            operation["summary"],
            own,
            Example(examples["live"]["summary"].removeprefix("GET "), _pretty(examples["live"]["value"]))
            if examples
            else None,
        )

    def sections(self) -> Iterator[Section]:
        for served in SERVED.values():
            path = reverse(f"api:{served.name}")
            endpoints = [self.endpoint(path), self.endpoint(f"{path}/{{id}}")]
            fields = self.fields(served.model.__name__)
            yield Section(served.name, served.title, served.description, endpoints, fields)

    def answers(self) -> Iterator[Answer]:
        for status, each in self.described["components"]["responses"].items():
            content = next(iter(each.get("content", {}).values()), None)
            yield Answer(status, each["description"], _pretty(content["example"]) if content else "")


def _limits(schema: Described) -> str:
    """What bounds a value, in a few words."""
    if "minimum" in schema and "maximum" in schema:
        return _("from %(least)s to %(most)s") % {"least": schema["minimum"], "most": schema["maximum"]}
    return _("at least %(least)s") % {"least": schema["minimum"]} if "minimum" in schema else ""


class ApiDocs(TemplateView):
    template_name = "data/api.html"

    def get_context_data(self, **kwargs):
        described = document(self.request)
        reader = _Reader(described)
        root = reverse("api:index")
        everywhere = {
            each.name: each
            for operation in described["paths"].values()
            for each in reader.parameters(operation["get"])
            if each.name in EVERYWHERE
        }
        return super().get_context_data(**kwargs) | {
            "citations": cite(self.request, _("API")),
            "crumbs": [Crumb(_("Data"), reverse("data"))],
            "version": described["info"]["version"],
            "root": f"{settings.SITE_URL}{root}",
            "index": reader.endpoint(root),
            "everywhere": [everywhere[name] for name in EVERYWHERE],
            "envelope": reader.fields("AgreementList"),
            "problem": reader.fields("Problem"),
            "answers": list(reader.answers()),
            "sections": list(reader.sections()),
            "tries": [(question, f"{settings.SITE_URL}{root}{end}") for question, end in TRIES],
        }
