"""What a program is told: lists, records, the index."""

import pytest

from agreements.api.tables import SERVED
from agreements.dataset.rows import MODELS, row_of
from agreements.dataset.schema import TABLES
from agreements.exports.tables import EXPORTS
from tests.api.reading import ask, records, told

pytestmark = pytest.mark.django_db


def as_cell(value: object) -> str:
    """A value as the dataset writes it."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float():
            whole, _point, decimals = repr(value).partition(".")
            return f"{whole}.{decimals:0<2}"
        case list():
            return ";".join(value)
        case _:
            return str(value)


@pytest.mark.parametrize("name", SERVED)
def test_a_record_has_the_fields_of_the_dictionary_by_name_and_in_order(name, shipped):
    served = SERVED[name]
    fields = [column.name for column in EXPORTS[served.table.name].columns]
    fields += ["cited_sources"] if served.cites else []
    found = records(shipped, name)
    assert found
    assert all(list(record) == fields for record in found)
    alone = told(shipped, f"{name}/{found[0]['id']}")
    assert alone == found[0] | {"edition": 1, "as_of": None}


@pytest.mark.parametrize("name", [name for name in SERVED if name != "editions"])
def test_its_fields_say_what_the_dataset_says(name, shipped):
    table = SERVED[name].table.name
    rows = {record.pk: row_of(record) for record in MODELS[table].objects.published()}
    found = records(shipped, f"{name}?per_page=500{'&party=any' if name == 'countries' else ''}")
    assert {record["id"] for record in found} == set(rows)
    for record in found:
        assert {column: as_cell(record[column]) for column in TABLES[table].column_names} == rows[record["id"]]


def test_cited_sources_are_the_records_of_the_sources_in_the_same_order(shipped):
    sources = {source["id"]: source for source in records(shipped, "sources?per_page=500")}
    cited = 0
    for name in (name for name, served in SERVED.items() if served.cites):
        for record in records(shipped, name):
            assert record["cited_sources"] == [sources[id] for id in record["sources"]]
            cited += len(record["sources"])
    assert cited > 1000


def test_pages_follow_each_other_and_keep_what_was_asked_for(shipped):
    address = "statements?stance=denies&stance=confirms&country=RWA&per_page=3&sort=oldest&edition=1&as_of=2026-01-01"
    first = told(shipped, address)
    assert (first["page"], first["per_page"], first["previous"]) == (1, 3, None)
    assert first["pages"] == -(-first["count"] // 3) > 1
    for part in ("stance=denies", "stance=confirms", "country=RWA", "per_page=3", "sort=oldest", "page=2"):
        assert part in first["next"]
    assert first["next"].startswith("http://testserver/api/v1/statements?")
    assert first["next"].endswith("edition=1&as_of=2026-01-01")
    second = told(shipped, first["next"])
    assert second["edition"] == 1
    assert second["as_of"] == "2026-01-01"
    assert told(shipped, second["previous"]) == first
    last = told(shipped, f"{address}&page={first['pages']}")
    assert last["next"] is None


def test_every_country_is_found_where_it_is_asked_for(shipped):
    assert told(shipped, "countries?party=any")["count"] == 251
    assert told(shipped, "countries?party=yes")["count"] == told(shipped, "countries")["count"] < 251
    assert told(shipped, "countries/VUT")["sender_count"] == 0


def test_as_of_a_day_what_came_later_is_not_told(shipped):
    day = "2025-06-01"
    answer = told(shipped, f"status-changes?as_of={day}")
    assert (answer["edition"], answer["as_of"]) == (1, day)
    assert max(change["date"] for change in records(shipped, f"status-changes?as_of={day}")) <= day
    assert told(shipped, f"?as_of={day}")["as_of"] == day
    assert all(f"as_of={day}" in table["address"] for table in told(shipped, f"?as_of={day}")["tables"])


def test_the_index_counts_what_the_lists_have(shipped):
    tables = told(shipped, "")["tables"]
    assert [table["name"] for table in tables] == list(SERVED)
    for table in tables:
        assert told(shipped, table["address"])["count"] == table["count"]


@pytest.mark.parametrize("end", ["", "agreements", "agreements/us-rw-2025", "openapi.json", "docs"])
def test_an_answer_that_is_still_right_is_not_sent_again(end, shipped):
    tag = shipped.get(f"/api/v1/{end}")["ETag"]
    again = shipped.get(f"/api/v1/{end}", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert again["Access-Control-Allow-Origin"] == "*"


def test_each_parameter_makes_another_answer_and_no_other_does(shipped):
    plain = ask(shipped, "agreements")["ETag"]
    parameters = {
        each["name"]
        for path in told(shipped, "openapi.json")["paths"].values()
        for each in path["get"]["parameters"]
        if each["in"] == "query"
    }
    assert len(parameters) > 25
    # Whatever a parameter's value: the tag depends on it before anything is read. Past editions are told apart by more.
    for name in parameters - {"edition", "as_of"}:
        assert shipped.get(f"/api/v1/countries?{name}=").get("ETag") != shipped.get("/api/v1/countries")["ETag"], name
    assert ask(shipped, "agreements?unheard=of")["ETag"] == plain


def test_asking_for_the_head_gives_the_head(shipped):
    whole = ask(shipped, "agreements/us-rw-2025")
    head = shipped.head("/api/v1/agreements/us-rw-2025")
    assert (head.status_code, head.content) == (200, b"")
    assert (head["ETag"], head["Content-Type"]) == (whole["ETag"], whole["Content-Type"])
