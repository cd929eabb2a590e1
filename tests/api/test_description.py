"""The description of the API for programs: right in every detail, with real examples, and in step with the docs."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.conf import settings

from agreements import vocabulary
from agreements.api.tables import SERVED
from agreements.exports.tables import EXPORTS
from agreements.views.parameters import KNOWN
from tests.api.reading import ROOT, told

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def described(shipped) -> dict[str, Any]:
    return told(shipped, "openapi.json")


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        assert list(methods) == ["get"]
        yield path, methods["get"]


def references(part: Any) -> Iterator[str]:
    match part:
        case dict():
            for key, value in part.items():
                yield from [value] if key == "$ref" else references(value)
        case list():
            for each in part:
                yield from references(each)


def at(described: dict[str, Any], reference: str) -> Any:
    found = described
    for name in reference.removeprefix("#/").split("/"):
        found = found[name]
    return found


def judge(described: dict[str, Any], schema: dict[str, Any]) -> jsonschema.Draft202012Validator:
    """What holds a value to a schema of the description, formats included."""
    whole = schema | {"components": described["components"]}
    return jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker())


# --- As a whole -----------------------------------------------------------------------------------


def test_it_says_what_it_is(described):
    assert described["openapi"] == "3.1.0"
    info = described["info"]
    assert (info["title"], info["version"]) == ("Third Country Tracker", "1.0.0")
    assert info["license"]["url"] == "https://creativecommons.org/licenses/by/4.0/"
    assert info["contact"] == {"email": "corrections@tracker.example"}
    assert described["servers"] == [{"url": "http://testserver"}]
    assert {tag["name"] for tag in described["tags"]} == {served.title for served in SERVED.values()}


def test_each_table_has_a_list_and_a_record(described):
    paths = [ROOT, *(f"{ROOT}{name}{end}" for name in SERVED for end in ("", "/{id}"))]
    assert list(described["paths"]) == paths
    named = [operation["operationId"] for _path, operation in operations(described)]
    assert len(set(named)) == len(named)


def test_what_it_refers_to_is_there_and_what_is_there_is_referred_to(described):
    referred = set(references(described))
    for reference in referred:
        at(described, reference)
    for kind, parts in described["components"].items():
        assert not {name for name in parts if f"#/components/{kind}/{name}" not in referred}


def test_every_part_is_explained(described):
    for path, operation in operations(described):
        assert operation["summary"], path
        assert operation["description"], path
        for parameter in operation["parameters"]:
            assert parameter["description"].endswith("."), (path, parameter["name"])
    for name, schema in described["components"]["schemas"].items():
        assert schema["description"], name
        for field, value in schema.get("properties", {}).items():
            assert value["description"], (name, field)


def test_every_answer_that_may_come_is_described(described):
    for path, operation in operations(described):
        expected = {"200", "304", "400", "404", "503"}
        if path.endswith("{id}") and "editions" not in path:
            expected.add("410")
        assert set(operation["responses"]) == expected, path
    for status, answer in described["components"]["responses"].items():
        if status != "304":
            [(kind, content)] = answer["content"].items()
            assert kind == "application/problem+json"
            assert content["example"]["status"] == int(status)
            judge(described, content["schema"]).validate(content["example"])


# --- Parameters and words -------------------------------------------------------------------------


def test_words_are_those_of_the_vocabulary_each_with_its_meaning(described):
    schemas = described["components"]["schemas"]
    closed = {name: schema for name, schema in schemas.items() if "enum" in schema}
    assert len(closed) > 12
    for name, schema in closed.items():
        terms = getattr(vocabulary, name)
        assert schema["enum"] == terms.values()
        assert list(schema["x-enum-descriptions"]) == terms.values()
        assert all(f"- `{term}`: {term.label}" in schema["description"] for term in terms)
    assert schemas["Status"]["x-enum-descriptions"]["talks"] == "In talks: A party confirms talks."


def test_a_parameter_names_its_valid_values(described):
    parameters = {each["name"]: each for each in described["paths"][f"{ROOT}agreements"]["get"]["parameters"]}
    assert parameters["status"]["schema"] == {"type": "array", "items": {"$ref": "#/components/schemas/Status"}}
    assert parameters["denied"]["schema"]["items"]["enum"] == ["sender", "receiver", "any"]
    assert parameters["sort"]["schema"]["default"] == "recent"
    assert parameters["changed"]["schema"] | {"examples": []} == {
        "type": "integer",
        "minimum": 1,
        "maximum": 36500,
        "examples": [],
    }
    assert not any(each["required"] for each in parameters.values())


def test_the_examples_of_parameters_are_answered(described, shipped):
    answered = set()
    for path, operation in operations(described):
        for parameter in operation["parameters"]:
            schema = parameter["schema"]
            for example in (schema.get("items") or schema).get("examples", []):
                question = f"{parameter['name']}={example}"
                if parameter["in"] == "query" and question not in answered:
                    told(shipped, f"{path}?{question}")
                    answered.add(question)
    assert len(answered) > 10


def test_every_parameter_is_a_part_of_what_tells_answers_apart(described):
    asked = {
        each["name"]
        for _path, operation in operations(described)
        for each in operation["parameters"]
        if each["in"] == "query"
    }
    assert len(asked) > 25
    assert asked <= KNOWN


# --- Fields ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SERVED)
def test_a_record_is_described_column_by_column(name, described):
    served = SERVED[name]
    schema = described["components"]["schemas"][served.model.__name__]
    columns = served.table.columns
    fields = [*(column.name for column in columns), *(["cited_sources"] if served.cites else [])]
    assert list(schema["properties"]) == schema["required"] == fields
    for column in columns:
        field = schema["properties"][column.name]
        null = {"type": "null"} in field.get("anyOf", [])
        if column.is_list:
            assert (field["type"], null) == ("array", False)
        else:
            assert null != column.required, column.name
        if column.type == "date":
            assert "date" in {field.get("format"), *(each.get("format") for each in field.get("anyOf", []))}


@pytest.mark.parametrize("name", SERVED)
def test_every_record_of_the_shipped_data_has_the_form_described(name, described, shipped):
    schema = described["paths"][f"{ROOT}{name}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    page = told(shipped, f"{name}?per_page=500")
    judge(described, schema).validate(page)
    assert set(page) == set(at(described, schema["$ref"])["properties"])


# --- Examples -------------------------------------------------------------------------------------


def test_the_example_of_each_address_is_what_it_answers(described, shipped):
    for path, operation in operations(described):
        content = operation["responses"]["200"]["content"]["application/json"]
        example = content["examples"]["live"]
        address = example["summary"].removeprefix("GET ")
        assert re.fullmatch(f"http://testserver{path.replace('{id}', '[^/?]+')}" + r"(\?per_page=1)?", address)
        assert told(shipped, address) == example["value"]
        judge(described, content["schema"]).validate(example["value"])


def test_the_examples_at_an_edition_are_those_of_that_edition(shipped):
    at_edition = told(shipped, "openapi.json?edition=1")
    for _path, operation in operations(at_edition):
        example = operation["responses"]["200"]["content"]["application/json"]["examples"]["live"]
        assert example["summary"].endswith("edition=1")
        assert told(shipped, example["summary"].removeprefix("GET ")) == example["value"]


# --- The docs -------------------------------------------------------------------------------------

DOCS = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text()


def rows_of_docs(*, columns: int) -> dict[str, list[str]]:
    """The rows of the tables of the docs with so many columns: the code in each first cell, with that in the second."""
    found = {}
    for line in DOCS.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == columns:
            found[cells[0].strip("`")] = re.findall(r"`([^`]+)`", cells[1])
    return found


def test_the_docs_name_every_address_and_its_parameters(described):
    common = {"page", "per_page", "edition", "as_of"}
    assert all(f"`{name}`" in DOCS for name in common)
    told_of = rows_of_docs(columns=3)
    for path, operation in operations(described):
        assert f"`{path.replace('{', '<').replace('}', '>')}`" in DOCS
        if path != ROOT and not path.endswith("{id}"):
            own = [each["name"] for each in operation["parameters"] if each["name"] not in common]
            assert told_of[path] == own


def test_the_docs_name_every_field(described):
    told_of = rows_of_docs(columns=2)
    for name, served in SERVED.items():
        follows = [column.name for column in EXPORTS[served.table.name].derived]
        assert told_of[name] == [*follows, *(["cited_sources"] if served.cites else [])]
    dictionary = (Path(settings.BASE_DIR) / "docs" / "data.md").read_text()
    for schema in described["components"]["schemas"].values():
        for field in schema.get("properties", {}):
            assert f"`{field}`" in DOCS + dictionary, field
    assert json.dumps(described).count('"$ref"') > 100
