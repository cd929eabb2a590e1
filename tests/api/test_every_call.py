"""The API asked whatever its description allows, and what it does not: no fault, no answer off the description.

A sample in `make test`, at least 5,000 calls in `make test-long`.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.schemas import BaseSchema

from agreements.api.tables import SERVED
from tests.api.reading import ids, told
from tracker.wsgi import application

pytestmark = pytest.mark.django_db

LONG = os.environ.get("TEST_LONG") == "1"
CALLS = 70 if LONG else 6
"""Of each address, in each of the three ways of asking."""
load_all_checks()
ALWAYS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
]
# Not among them: that what the description forbids is refused. An empty value, as a form sends it, asks for nothing.


@contextmanager
def within_the_transaction_of_the_test() -> Iterator[None]:
    """A server closes its connections between requests; here they hold the records."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def asked(schema: BaseSchema, mode: GenerationMode, checks: list[str]) -> Counter[int]:
    """Calls every address so often, holds each answer to the checks, and counts the answers by their status."""
    held_to = CHECKS.get_by_names(checks)
    statuses: Counter[int] = Counter()
    operations = [result.ok() for result in schema.get_all_operations()]
    for operation in operations:

        @settings(max_examples=CALLS, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(mode))
        def call(case: Any) -> None:
            answer = case.call(headers={"Accept-Encoding": "identity"})
            statuses[answer.status_code] += 1
            case.validate_response(answer, checks=held_to)

        with within_the_transaction_of_the_test():
            call()
    sys.stdout.write(f"{mode.value}: {statuses.total()} calls, {dict(statuses)}\n")
    assert statuses.total() >= CALLS * len(operations)
    return statuses


@pytest.fixture(scope="module")
def described(shipped) -> dict[str, Any]:
    return told(shipped, "openapi.json")


def loaded(described: dict[str, Any]) -> BaseSchema:
    schema = schemathesis.openapi.from_dict(described)
    schema.app = application
    return schema


def test_the_description_is_one(described):
    loaded(described).validate()


def test_whatever_is_asked_by_the_description_is_answered_by_it(described):
    statuses = asked(loaded(described), GenerationMode.POSITIVE, ALWAYS)
    assert statuses.keys() <= {200, 400, 404}


def test_whatever_is_asked_against_it_is_answered_by_it(described):
    statuses = asked(loaded(described), GenerationMode.NEGATIVE, ALWAYS)
    assert statuses[400] > statuses.total() / 4


def test_what_names_only_what_there_is_has_an_answer(described, shipped):
    statuses = asked(
        loaded(narrowed(described, lambda end: ids(shipped, end))),
        GenerationMode.POSITIVE,
        [*ALWAYS, "positive_data_acceptance"],
    )
    assert statuses.keys() <= {200, 404}
    assert statuses[200] > statuses.total() / 2


def narrowed(described: dict[str, Any], ids_of: Callable[[str], list[str]]) -> dict[str, Any]:
    """The description with the ids, days and editions that there are in the place of all that might be."""
    first_day = "2024-01-01"
    # What there is on a day is there ever after.
    there = {name: ids_of(f"{name}?as_of={first_day}")[:40] for name in SERVED} | {"editions": [1]}
    known = {
        "country": ["USA", "RWA", "GBR", "AUS", "SLV"],
        "agreement": there["agreements"],
        "official": there["officials"],
        "source": there["sources"],
        "edition": [1],
        "as_of": ["2025-09-01", first_day],
        "from": ["2024", "2025-05"],
        "to": ["2025-06-30", "2026"],
        "language": ["en"],
        "page": [1, 2],
    }
    known |= dict.fromkeys(("sender", "receiver", "nationality"), known["country"])
    made = json.loads(json.dumps(described))
    for path, operations in made["paths"].items():
        name = path.removeprefix("/api/v1/").partition("/")[0]
        for parameter in operations["get"]["parameters"]:
            schema = parameter["schema"]
            values = there[name] if parameter["in"] == "path" else known.get(parameter["name"])
            if values:
                (schema["items"] if schema.get("type") == "array" else schema)["enum"] = values
    return made
