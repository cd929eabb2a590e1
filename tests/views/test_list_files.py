"""A list as a file: what it is called, what its cells hold, and what a reader is told when it cannot be had."""

from __future__ import annotations

import datetime as dt
import gzip
import io

import openpyxl
import pandas
import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements.dataset.rows import cell_of
from agreements.dataset.schema import TABLES
from agreements.exports.rows import rows_of
from agreements.exports.tables import EXPORTS, Values
from agreements.views.files import CSV, LISTS, XLSX
from tests.views.list_readers import csv_rows, sheets, taken
from tests.views.reading import read, text

pytestmark = pytest.mark.django_db


def about(client: Client, where: str) -> dict[str, str]:
    """What the first sheet of a workbook says of it, by label."""
    readme = sheets(client, where)["README"]
    return {row[0]: row[1] for row in readme[2 : readme.index((None,) * 4, 2)]}


def values_of(name: str) -> list[Values]:
    """The values of a whole list in its usual order."""
    page, table = LISTS[name]
    filterset = page.filterset_class(QueryDict(""), queryset=page.filterset_class.records())
    assert filterset.is_valid()
    return list(rows_of(EXPORTS[table], filterset.qs, day=timezone.now().date()))


# --- CSV ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTS)
def test_a_csv_file_begins_with_a_mark_and_the_columns_of_the_dataset(name, shipped):
    table = LISTS[name][1]
    answer = shipped.get(f"/{name}.csv")
    first, *rest = answer.getvalue().split(b"\r\n")
    assert answer["Content-Type"] == CSV
    assert first.startswith(b"\xef\xbb\xbfid")
    names = first.decode("utf-8-sig").split(",")
    assert names == [column.name for column in EXPORTS[table].columns]
    if table in TABLES:
        assert names[: len(TABLES[table].columns)] == TABLES[table].column_names
    assert rest[-1] == b""


def test_the_name_of_a_file_tells_list_edition_and_day(shipped):
    def name_of(where: str) -> str:
        answer = shipped.get(where)
        assert answer.getvalue()
        return answer["Content-Disposition"]

    assert name_of("/agreements.csv?kind=detention") == (
        'attachment; filename="third-country-tracker-agreements-edition-1.csv"'
    )
    assert name_of("/changes.xlsx?edition=1") == 'attachment; filename="third-country-tracker-changes-edition-1.xlsx"'
    assert name_of("/statements.csv?as_of=2025-06-01") == (
        'attachment; filename="third-country-tracker-statements-edition-1-as-of-2025-06-01.csv"'
    )


@pytest.mark.parametrize("name", LISTS)
def test_a_cell_of_a_csv_file_says_what_the_dataset_would_say(name, shipped):
    columns = {column.name: column for column in EXPORTS[LISTS[name][1]].columns}
    rows = csv_rows(shipped, f"/{name}.csv")
    assert rows
    for row, values in zip(rows, values_of(name), strict=True):
        for column, value in values.items():
            cell = ";".join(value) if isinstance(value, tuple) else cell_of(value, columns[column])
            assert row[column] == (f"'{cell}" if isinstance(value, str) and cell[0] in "=+-@" else cell)


def test_pandas_reads_numbers_dates_and_yes_or_no(shipped):
    content = taken(shipped, "/agreements.csv")
    frame = pandas.read_csv(io.BytesIO(content), parse_dates=["since", "last_checked"], dtype={"cap": "Int64"})
    assert frame.columns[0] == "id"
    assert str(frame.since.dtype).startswith("datetime64")
    assert [str(frame[name].dtype) for name in ("cap", "groups_moved", "text_secret")] == ["Int64", "int64", "bool"]
    values = {row["id"]: row for row in values_of("agreements")}
    for row in frame.to_dict("records"):
        value = values[row["id"]]
        assert (row["since"].date(), row["text_secret"]) == (value["since"], value["text_secret"])
        assert (None if pandas.isna(row["cap"]) else row["cap"]) == value["cap"]
    countries = pandas.read_csv(io.BytesIO(taken(shipped, "/countries.csv")), index_col="id")
    assert countries.lat["AUS"] < 0 < countries.receiver_count["RWA"]


# --- Workbooks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTS)
def test_a_cell_of_a_workbook_is_the_value_with_its_type(name, shipped):
    heads, *rows = sheets(shipped, f"/{name}.xlsx")[name]
    assert list(heads) == [column.name for column in EXPORTS[LISTS[name][1]].columns]
    for row, values in zip(rows, values_of(name), strict=True):
        for column, cell, value in zip(heads, row, values.values(), strict=True):
            match value:
                case tuple():
                    assert cell == (";".join(value) or None), column
                case dt.date():
                    assert (type(cell), cell.date()) == (dt.datetime, value), column
                case None | str() | bool():
                    assert (type(cell), cell) == (type(value), value), column
                case _:
                    # Excel has numbers of one kind.
                    assert (type(cell) in (int, float), cell) == (True, value), column


def test_a_sheet_can_be_sorted_filtered_and_scrolled_with_its_header_in_place(shipped):
    book = openpyxl.load_workbook(io.BytesIO(taken(shipped, "/agreements.xlsx?receiver=RWA")))
    sheet = book["agreements"]
    heads, *rows = sheet.iter_rows()
    assert book.sheetnames == ["README", "agreements"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:{heads[-1].column_letter}{len(rows) + 1}"
    names = [head.value for head in heads]
    assert names[names.index("since") + 1] == "since_precision"
    since = rows[0][names.index("since")]
    assert (since.is_date, since.number_format) == (True, "yyyy-mm-dd")
    assert sheet.column_dimensions["A"].width > 20


def test_the_first_sheet_says_what_the_workbook_is(shipped):
    told = about(shipped, "/statements.xlsx?receiver=RWA&stance=denies&sort=oldest&as_of=2025-06-01")
    rows = len(csv_rows(shipped, "/statements.csv?receiver=RWA&stance=denies&as_of=2025-06-01"))
    assert rows > 1
    assert told["What it is"].startswith("What officials and organisations said")
    assert told["Filter"] == "receiver Rwanda, the speaker denies"
    assert (told["Order"], told["Rows"]) == ("Oldest first", str(rows))
    assert told["Edition"].startswith("1, made on ")
    assert told["As of"] == "2025-06-01: what was true then"
    page = "http://testserver/statements/?stance=denies&receiver=RWA&sort=oldest&edition=1&as_of=2025-06-01"
    assert sorted(told["Address"].split("?")[1].split("&")) == sorted(page.split("?")[1].split("&"))
    assert "CC BY 4.0" in told["Licence"]
    assert told["Cite as"].startswith("Third Country Tracker. (")
    assert told["Address"] in told["Cite as"]
    assert "/data/dictionary/?edition=1&as_of=2025-06-01" in told["Columns"]
    readme = sheets(shipped, "/statements.xlsx?receiver=RWA")["README"]
    described = {row[1] for row in readme if row[0] == "statements"}
    assert described >= {column.name for column in EXPORTS["statements"].columns}


def test_a_workbook_is_the_same_bytes_for_the_same_edition_and_is_not_made_for_a_304(shipped):
    where = "/officials.xlsx?edition=1"
    answer = shipped.get(where)
    first = answer.getvalue()
    assert answer["Content-Type"] == XLSX
    assert taken(shipped, where) == first
    again = shipped.get(where, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.getvalue()) == (304, b"")


def test_a_workbook_is_not_compressed_once_more_and_tells_its_length(shipped):
    answer = shipped.get("/officials.xlsx", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in answer
    assert int(answer["Content-Length"]) == len(answer.getvalue())
    packed = shipped.get("/officials.csv", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.getvalue()) == taken(shipped, "/officials.csv")


# --- One agreement --------------------------------------------------------------------------------


def test_an_agreement_is_a_workbook_with_a_sheet_for_each_kind_of_record(shipped):
    found = sheets(shipped, "/agreements/us-rw-2025.xlsx")
    assert list(found) == [
        "README",
        "agreements",
        "status_changes",
        "statements",
        "transfers",
        "payments",
        "proceedings",
        "assessments",
        "officials",
        "positions",
        "sources",
    ]
    page = read(shipped, "/agreements/us-rw-2025/")
    entries = page.select("ol.timeline > li")
    for table, kind in (("statements", "said"), ("status_changes", "status"), ("payments", "money")):
        shown = {entry["id"] for entry in entries if f"entry-{kind}" in entry["class"]}
        assert shown
        assert {row[0] for row in found[table][1:]} == shown
    assert {row[1] for row in found["statements"][1:]} == {row[0] for row in found["officials"][1:]}
    assert {row[1] for row in found["positions"][1:]} <= {row[0] for row in found["officials"][1:]}
    listed = {link["href"].split("/")[2] for link in page.select("ol.refs > li > a[href^='/sources/']")}
    assert {row[0] for row in found["sources"][1:]} == listed
    rows = {row[0]: row[1] for row in found["README"] if row[0] in found and isinstance(row[1], int)}
    assert rows == {name: len(lines) - 1 for name, lines in found.items() if name != "README"}


def test_the_page_of_an_agreement_leads_to_its_workbook(shipped):
    [link] = read(shipped, "/agreements/us-rw-2025/?edition=1").select("aside a[href*='.xlsx']")
    assert link["href"] == "/agreements/us-rw-2025.xlsx?edition=1"
    answer = shipped.get(link["href"])
    assert answer.getvalue()
    assert answer["Content-Disposition"] == 'attachment; filename="third-country-tracker-us-rw-2025-edition-1.xlsx"'


# --- On the way -----------------------------------------------------------------------------------


def test_a_page_leads_to_its_rows_in_every_format(shipped):
    page = read(shipped, "/agreements/?kind=detention&status=signed&status=ended&page=1&unknown=x")
    query = "status=signed&status=ended&kind=detention"
    wanted = {"CSV": f"/agreements.csv?{query}", "XLSX": f"/agreements.xlsx?{query}"}
    assert {text(link): link["href"] for link in page.select(".formats a") if text(link) in wanted} == wanted
    named = {link["type"]: link["href"] for link in page.select("head link[rel=alternate]")}
    assert (named["text/csv"], named[XLSX]) == tuple(wanted.values())
    past = read(shipped, "/countries/?edition=1&as_of=2025-06-01")
    for link in past.select(".formats a, head link[rel=alternate]"):
        assert link["href"].endswith("?edition=1&as_of=2025-06-01")


def test_the_page_of_downloads_names_files_that_are_there(shipped):
    page = read(shipped, "/data/?edition=1")
    files = [link["href"] for link in page.select("#part ~ .table-box")[0].select("td a")]
    for where in files:
        if not where.split("?")[0].endswith(".atom"):
            assert taken(shipped, where)


def test_whoever_asks_for_the_head_alone_has_no_row_read(shipped):
    with CaptureQueriesContext(connection) as whole:
        taken(shipped, "/statements.csv")
    with CaptureQueriesContext(connection) as head:
        answer = shipped.head("/statements.csv")
        assert answer.getvalue() == b""
    assert len(head) < len(whole)
    assert not [query["sql"] for query in head if "quote" in query["sql"]]
