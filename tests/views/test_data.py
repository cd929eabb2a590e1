"""The whole record taken away: the page of downloads, the dictionary, the files of an edition."""

import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing

import pytest
from frictionless import Package
from frictionless import system as frictionless_system

from agreements.dataset.schema import DESCRIPTOR, TABLES
from agreements.exports.dictionary import dictionary
from agreements.exports.tables import EXPORTS
from agreements.models import Agreement, Statement
from tests.views.reading import faults, read, text

pytestmark = pytest.mark.django_db
PACKAGE = "/data/editions/1.zip"


def unpacked(client, address=PACKAGE) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(client.get(address).content))
    return {name: archive.read(name) for name in archive.namelist()}


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


@pytest.fixture
def file(shipped, tmp_path):
    """The SQLite file of the shipped dataset, opened."""
    path = tmp_path / "edition.sqlite3"
    path.write_bytes(shipped.get("/data/editions/1.sqlite3").getvalue())
    with closing(sqlite3.connect(path)) as connection:
        yield connection


# --- The page -------------------------------------------------------------------------------------


def test_each_download_says_its_scope_its_rows_its_edition_and_when_it_was_made(shipped):
    page = read(shipped, "/data/")
    assert faults(page) == []
    heads = [text(cell) for cell in page.select("#everything ~ .table-box")[0].select("thead th")]
    rows = [
        dict(zip(heads, [text(cell) for cell in row.select("th, td")], strict=True))
        for row in page.select("#everything ~ .table-box")[0].select("tbody tr")
    ]
    whole = sum(len(rows_of(content)) for name, content in unpacked(shipped).items() if name.endswith(".csv"))
    assert [(row["File"], row["Scope"], row["Rows"], row["Edition"]) for row in rows] == [
        ("Data package (zip)", "everything", f"{whole:,}", "1"),
        ("SQLite file", "everything", f"{whole:,}", "1"),
        ("Changes (CSV)", "one edition", "–", "1"),
    ]
    assert all(row["Made"] for row in rows)


def test_the_rows_named_beside_a_table_are_those_of_its_file(shipped):
    page = read(shipped, "/data/")
    tables = page.select_one("#tables ~ .table-box").select("tbody tr")
    assert len(tables) == len(TABLES)
    files = unpacked(shipped)
    for row in tables:
        link, number = row.select_one("th a"), text(row.select_one("td.num"))
        answer = shipped.get(link["href"])
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert answer.content == files[text(link)]
        assert f"{len(rows_of(answer.content)):,}" == number


# --- The dictionary -------------------------------------------------------------------------------


def test_the_dictionary_has_every_column_of_the_dataset_and_of_what_follows(shipped):
    page = read(shipped, "/data/dictionary/")
    assert faults(page) == []
    for name, table in TABLES.items():
        section = page.select_one(f"section[aria-labelledby={name}]")
        listed = [text(each) for each in section.select(".columns > div > dt > code")]
        assert listed == [column.name for column in EXPORTS[name].columns]
        for column in table.columns:
            entry = page.select_one(f"#{name}-{column.name}")
            assert text(entry.dd).startswith(" ".join(column.description.split()))


def test_its_words_are_those_that_the_package_allows_each_with_its_meaning():
    bound = 0
    for section in dictionary():
        for entry in section.own:
            if entry.words:
                bound += 1
                assert set(entry.words) == set(entry.column.enum), f"{section.name}.{entry.name}"
                assert all(str(word.label) for word in entry.words)
            else:
                assert not entry.column.enum, f"{section.name}.{entry.name}"
    assert bound == sum(
        "enum" in field.get("constraints", {})
        for resource in DESCRIPTOR["resources"]
        for field in resource["schema"]["fields"]
    )


# --- The files ------------------------------------------------------------------------------------


def test_the_package_is_sound_by_its_own_description(shipped, tmp_path):
    for name, content in unpacked(shipped).items():
        (tmp_path / name).write_bytes(content)
    with frictionless_system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["type", "rowNumber", "fieldName", "note"]) == []
    assert report.stats["tasks"] == len(TABLES)


def test_a_file_alone_is_that_of_the_package_and_no_other_name_will_do(shipped):
    files = unpacked(shipped)
    answer = shipped.get("/data/editions/1/datapackage.json")
    assert (answer.content, answer["Content-Type"]) == (files["datapackage.json"], "application/json")
    missing = shipped.get("/data/editions/1/editors.csv")
    assert (missing.status_code, missing["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert "Expected one of: datapackage.json, countries.csv," in missing.content.decode()


def test_as_of_a_day_every_file_holds_what_was_true_then(shipped):
    day = "2025-06-01"
    files = unpacked(shipped, f"{PACKAGE}?as_of={day}")
    dates = [row["date"] for row in rows_of(files["transfers.csv"]) if row["date"]]
    assert dates
    assert max(dates) <= day < max(row["date"] for row in rows_of(unpacked(shipped)["transfers.csv"]))
    assert f"What was true on {day}, as known at edition 1" in files["README.md"].decode()
    answer = shipped.get(f"/data/editions/1/transfers.csv?as_of={day}")
    assert answer.content == files["transfers.csv"]
    assert f"as-of-{day}" in shipped.get(f"{PACKAGE}?as_of={day}")["Content-Disposition"]


def test_the_sqlite_file_holds_every_row_with_its_types(shipped, file):
    for name, content in unpacked(shipped).items():
        if not name.endswith(".csv"):
            continue
        table = name.removesuffix(".csv")
        columns = TABLES[table].columns
        stored = {row[0]: row for row in file.execute(f'SELECT * FROM "{table}"')}
        wanted = rows_of(content)
        assert len(stored) == len(wanted)
        for row in wanted:
            for column, value in zip(columns, stored[row["id"]], strict=True):
                cell = row[column.name]
                match column.type:
                    case "integer" | "number" if cell:
                        assert value == float(cell)
                    case "boolean" if cell:
                        assert value == (cell == "true")
                    case _:
                        assert (value or "") == cell
    assert file.execute("PRAGMA foreign_key_check").fetchall() == []


def test_lists_are_tables_of_their_own_in_their_order(shipped, file):
    pairs = file.execute("SELECT id, agreements FROM statements_agreements ORDER BY id, position").fetchall()
    wanted = [
        (statement.pk, link.agreement_id)
        for statement in Statement.objects.published().order_by("pk").prefetch_related("agreement_links")
        for link in statement.agreement_links.all()
    ]
    assert sorted(pairs) == sorted(wanted)
    assert len(pairs) > file.execute("SELECT count(*) FROM statements").fetchone()[0]


def test_the_view_tells_where_each_agreement_stands_and_since_when(shipped, file):
    found = {id: rest for id, *rest in file.execute("SELECT id, status, since, since_precision FROM agreements_now")}
    for agreement in Agreement.objects.published().with_current_status():
        since = agreement.since.isoformat()
        assert found.pop(agreement.pk) == [agreement.current_status, since, agreement.since_precision]
    assert found == {}


def test_the_file_explains_its_words_and_says_what_it_is(shipped, file):
    told = dict(file.execute("SELECT name, value FROM about"))
    assert (told["edition"], told["address"]) == ("1", "http://testserver/data/?edition=1")
    assert "CC BY 4.0" in told["licence"]
    used = file.execute(
        "SELECT DISTINCT status FROM status_changes EXCEPT "
        "SELECT value FROM terms WHERE of_table = 'status_changes' AND of_column = 'status' AND definition <> ''"
    )
    assert used.fetchall() == []


def test_the_datapackage_is_json_that_names_each_file(shipped):
    package = json.loads(shipped.get("/data/editions/1/datapackage.json").content)
    files = unpacked(shipped)
    assert {resource["path"] for resource in package["resources"]} == {name for name in files if name.endswith(".csv")}
