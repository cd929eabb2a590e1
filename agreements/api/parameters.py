"""What may stand after the question mark of a list, read from its filters, as OpenAPI describes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from agreements.api.tables import Served
from agreements.dataset.schema import TABLES
from agreements.filters import ChangedFilter, ChoicesFilter, PartialDateFilter, SortFilter, WordsFilter
from agreements.vocabulary import Term

PER_PAGE = 100
"""How many records a page has unless told otherwise."""
MOST = 500
"""How many it may be told to have."""


class Paging(forms.Form):
    """Which page is asked for, and how long it may be."""

    page = forms.IntegerField(
        min_value=1,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value"), gettext_lazy("Expected the number of a page, from 1 on.")
        ),
    )
    per_page = forms.IntegerField(
        min_value=1,
        max_value=MOST,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), gettext_lazy("Expected a whole number from 1 to 500.")
        ),
    )

    @property
    def asked(self) -> tuple[int, int]:
        """The page and its length."""
        return self.cleaned_data["page"] or 1, self.cleaned_data["per_page"] or PER_PAGE


_MEANINGS: dict[str, str] = {
    "country": _("Country on either side: sender or receiver."),
    "sender": _("Who sends people away."),
    "receiver": _("Who takes them."),
    "region": _("Region, as the dataset names it; of agreements that of the receiver."),
    "agreement": _("The agreement that it belongs to or is about."),
    "official": _("Who spoke, or held the office."),
    "source": _("A source that it rests on."),
    "nationality": _("Among the people moved."),
    "status": _("Where the negotiation stands; of status changes, where it stood after them."),
    "text_public": _("Whether the text can be read."),
    "denied": _("Whose government’s latest word on some status change is that it is not so."),
    "changed": _(
        "Something about it became public, was corrected or withdrawn in the last so many days, counted back from the "
        "day on which the answer stands."
    ),
    "from": _("First day, as a day, a month or a year. What is dated less exactly counts where its period overlaps."),
    "to": _("Last day, as a day, a month or a year: 2025-05 means up to the end of May."),
    "q": _("Words that must all stand in it, whatever their accents and case."),
    "party": _("Without it the list has those countries that are a party to an agreement, as the page has."),
    "sort": _("The order of the list; ties are broken by id."),
    "currency": _("Code of ISO 4217."),
    "language": _("Language of the title, ISO 639-1; only those of which there is a source are known."),
}
"""What a parameter asks for, where its label does not say it all."""

_OF_ONE_TABLE: dict[tuple[str, str], str] = {
    ("officials", "country"): _("Country that the official serves."),
    ("positions", "country"): _("Country that the official serves."),
    ("assessments", "country"): _("Country that it is about."),
    ("proceedings", "from"): _("First day of a period in which it was filed or decided: a day, a month or a year."),
    ("proceedings", "to"): _("Last day of that period: a day, a month or a year."),
    ("editions", "country"): _("A change in the edition is about it."),
    ("editions", "agreement"): _("A change in the edition is about it."),
    ("editions", "official"): _("A change in the edition is about them."),
    ("editions", "kind"): _("What the edition did to some record."),
    ("countries", "region"): _("Region of the United Nations geoscheme."),
    ("assessments", "region"): _("Region of the country."),
}

_REFER_TO = {
    "country": ("countries", "RWA"),
    "sender": ("countries", "USA"),
    "receiver": ("countries", "RWA"),
    "nationality": ("countries", "SLV"),
    "agreement": ("agreements", "us-rw-2025"),
    "official": ("officials", "yolande-makolo"),
    "source": ("sources", "reuters-20250505-rwanda-talks"),
}
"""Parameters that take ids: the table that has them, and one."""

_PARTIAL_DATE = r"^[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


def words(terms: type[Term]) -> dict[str, Any]:
    """A closed set as a schema; what each word means stands in the description, and in a member of our own."""
    meanings = {str(term): f"{term.label}: {term.definition}" if term.definition else str(term.label) for term in terms}
    told = "\n".join(f"- `{word}`: {meaning}" for word, meaning in meanings.items())
    return {"title": terms.__name__, "description": told} | _closed(meanings)


def _closed(meanings: dict[str, str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(meanings), "x-enum-descriptions": meanings}


def _one_of_several(name: str, each: ChoicesFilter) -> dict[str, Any]:
    if name in _REFER_TO:
        table, example = _REFER_TO[name]
        return {"type": "string", "pattern": TABLES[table].columns[0].pattern, "examples": [example]}
    if each.terms is not None:
        return {"$ref": f"#/components/schemas/{each.terms.__name__}"}
    choices = each.extra["choices"]
    if callable(choices):
        return {"type": "string", "pattern": "^[a-z]{2}$", "examples": ["en"]}
    return _closed({value: str(label) for value, label in choices})


def _schema(name: str, each: django_filters.Filter) -> dict[str, Any]:
    match each:
        case ChoicesFilter():
            return {"type": "array", "items": _one_of_several(name, each)}
        case SortFilter():
            orders = {value: str(label) for value, (label, _by) in each.orders.items()}
            return _closed(orders) | {"default": each.usual}
        case PartialDateFilter():
            return {"type": "string", "pattern": _PARTIAL_DATE, "examples": ["2025-05", "2025-05-04", "2025"]}
        case ChangedFilter():
            limits = each.extra
            return {
                "type": "integer",
                "minimum": limits["min_value"],
                "maximum": limits["max_value"],
                "examples": [30],
            }
        case WordsFilter():
            return {"type": "string", "maxLength": each.extra["max_length"], "examples": ["deportees"]}
    raise TypeError(f"{name}: no schema is known for {each!r}")


def id_of(served: Served) -> dict[str, Any]:
    """The id of a record in the path of its address."""
    if served.table.name not in TABLES:
        return {"type": "integer", "minimum": 1, "examples": [1]}
    return {"type": "string", "pattern": served.table.own[0].pattern}


def _described(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"in": "query", "name": name, "required": False, "description": description, "schema": schema}


def words_of(served: Served) -> set[type[Term]]:
    """The closed sets that the parameters of a list refer to."""
    found = (getattr(each, "terms", None) for each in served.filters.base_filters.values())
    return {terms for terms in found if terms is not None}


def filters_of(served: Served) -> Iterator[dict[str, Any]]:
    """The parameters that narrow and order a list."""
    for name, each in served.filters.base_filters.items():
        schema = _schema(name, each)
        meaning = _OF_ONE_TABLE.get((served.name, name)) or _MEANINGS.get(name) or f"{each.label}."
        yield _described(name, schema, str(meaning))


def paging() -> Iterator[dict[str, Any]]:
    yield _described(
        "page", {"type": "integer", "minimum": 1, "default": 1}, _("The page; one past the last is a 404.")
    )
    yield _described(
        "per_page",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": PER_PAGE},
        _("How many records a page has, at most."),
    )


def state() -> Iterator[dict[str, Any]]:
    """The parameters that every address knows."""
    yield _described(
        "edition",
        {"type": "integer", "minimum": 1, "examples": [1]},
        _("The record as it stood at that edition, unchanged by any later correction. Without it, the newest."),
    )
    yield _described(
        "as_of",
        {"type": "string", "format": "date", "examples": ["2025-09-01"]},
        _("What was true on that day, as it was known at the edition."),
    )
