"""What the cells of a list's files hold, whatever was typed at the desk, and what no file can hold."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.test import Client

from agreements.exports import workbook
from agreements.vocabulary import Precision, State
from tests import factories
from tests.views.list_readers import csv_rows, sheets, taken
from tests.views.reading import parse, read

pytestmark = pytest.mark.django_db

RUN = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1+1")
"""What a spreadsheet would run if a cell held it."""


@pytest.fixture
def said(db: None) -> str:
    """A statement that is full of formulas; its id."""
    official = factories.make_official("minister", name=RUN[0])
    factories.make_position(official, title=RUN[1], started="2024")
    statement = factories.make_statement(
        official, id="said", quote=RUN[2], summary=RUN[3], venue=RUN[4], date=dt.date(2025, 5, 1), precision="month"
    )
    return statement.pk


def test_text_that_a_spreadsheet_would_run_stands_behind_an_apostrophe_and_a_number_does_not(client, said):
    [row] = csv_rows(client, "/statements.csv")
    assert (row["official_name"], row["office"]) == (f"'{RUN[0]}", f"'{RUN[1]}")
    assert (row["quote"], row["summary"], row["venue"]) == (f"'{RUN[2]}", f"'{RUN[3]}", f"'{RUN[4]}")
    south = {row["id"]: row["lat"] for row in csv_rows(client, "/countries.csv")}
    assert south["RWA"] == "-2.00"


def test_the_files_of_an_edition_have_the_same_text_as_it_is(client, said):
    edition = csv_rows(client, f"/data/editions/{read_edition(client)}/statements.csv")
    assert (edition[0]["quote"], edition[0]["summary"], edition[0]["venue"]) == RUN[2:]


def read_edition(client: Client) -> int:
    page = read(client, "/changes/")
    return int(page.select_one("[data-id]")["data-id"])


def test_in_a_workbook_text_is_text_whatever_it_looks_like(client, said):
    marked_up = "<r><t>bold</t></r>"
    factories.make_statement(id="other", venue="https://gazette.example/", summary="00123", quote=marked_up)
    book = openpyxl.load_workbook(io.BytesIO(taken(client, "/statements.xlsx?sort=official")))
    heads, *rows = book["statements"].iter_rows()
    cells = {row[0].value: {head.value: cell for head, cell in zip(heads, row, strict=True)} for row in rows}
    found = cells["said"]
    assert tuple(found[name].value for name in ("official_name", "office", "quote", "summary", "venue")) == RUN
    assert {found[name].data_type for name in ("official_name", "office", "quote", "summary", "venue")} == {"s"}
    other = cells["other"]
    assert (other["venue"].value, other["venue"].hyperlink) == ("https://gazette.example/", None)
    assert (other["summary"].value, other["quote"].value) == ("00123", marked_up)


def test_a_cell_that_excel_could_not_hold_is_told_and_not_cut(client):
    factories.make_agreement(summary="x" * workbook.MOST_LETTERS)
    assert sheets(client, "/agreements.xlsx")["agreements"][1][6] == "x" * workbook.MOST_LETTERS
    factories.make_agreement(receiver="UGA", summary="x" * (workbook.MOST_LETTERS - 1) + "\N{GRINNING FACE}")
    for where, instead in (
        ("/agreements.xlsx", "the CSV file at http://testserver/agreements.csv"),
        ("/agreements/us-ug-2025.xlsx", "its page, http://testserver/agreements/us-ug-2025/"),
    ):
        answer = client.get(where)
        assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
        told = answer.content.decode()
        assert told.startswith(
            "A cell of Excel holds at most 32,767 letters, and summary of us-ug-2025 in agreements has"
        )
        assert instead in told
    assert len(csv_rows(client, "/agreements.csv")) == 2


def test_a_list_longer_than_a_sheet_is_told_and_not_cut(client, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    factories.make_statement(id="one")
    factories.make_statement(id="two")
    assert len(sheets(client, "/statements.xlsx")["statements"]) == 3
    factories.make_statement(id="three")
    answer = client.get("/statements.xlsx?sort=oldest")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert answer.content.decode().startswith("This list has 3 rows, and a sheet of Excel holds 2. Expected a filter")
    assert "http://testserver/statements.csv?sort=oldest&edition=" in answer.content.decode()
    # Of one agreement nobody counts before.
    whole = client.get("/agreements/us-rw-2025.xlsx")
    assert (whole.status_code, "statements has more" in whole.content.decode()) == (400, True)


def test_what_excel_would_round_or_knows_no_date_for_is_written_as_text(client):
    factories.make_payment(amount=10**15 + 1)
    factories.make_proceeding(filed=dt.date(1899, 12, 31))
    found = sheets(client, "/agreements/us-rw-2025.xlsx")
    assert found["payments"][1][4] == "1000000000000001"
    assert found["proceedings"][1][4] == "1899-12-31"


def test_a_workbook_of_no_agreement_and_of_a_withdrawn_one_are_told_in_plain_text(client):
    factories.make_agreement(state=State.WITHDRAWN, title="The deal")
    missing, gone = client.get("/agreements/us-rw-1999.xlsx"), client.get("/agreements/us-rw-2025.xlsx")
    assert {missing["Content-Type"], gone["Content-Type"]} == {"text/plain; charset=utf-8"}
    assert (missing.status_code, missing.content.decode()) == (404, "There is nothing at “us-rw-1999”.\n")
    withdrawn, why = gone.content.decode().splitlines()
    assert (gone.status_code, why) == (410, "Reason: Made in error.")
    assert withdrawn.startswith("“The deal” was part of the public record until it was withdrawn on ")


@pytest.mark.parametrize("end", [".csv", ".xlsx"])
def test_a_value_that_is_not_known_is_refused_with_the_valid_ones(client, end):
    answer = client.get(f"/agreements{end}?status=x&status=talks&sort=y")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    status, sort = answer.content.decode().splitlines()
    assert status.startswith("status: “x” is not known here. Expected one of: reported, talks, agreed,")
    assert sort.startswith("sort: “y” is not an order known here. Expected one of: recent, status,")
    assert client.get(f"/agreements{end}?edition=99").status_code == 404


def test_before_the_first_edition_a_list_is_a_header(client):
    assert taken(client, "/agreements.csv").count(b"\r\n") == 1
    assert len(sheets(client, "/agreements.xlsx")["agreements"]) == 1


def test_a_statement_by_a_speaker_who_is_no_longer_public_is_in_no_format(client):
    factories.make_statement(factories.make_official("hidden", state=State.DRAFT), id="unseen")
    factories.make_statement(id="seen", precision=Precision.YEAR)
    assert [row["id"] for row in csv_rows(client, "/statements.csv")] == ["seen"]
    assert [row[0] for row in sheets(client, "/statements.xlsx")["statements"][1:]] == ["seen"]
    assert [row[0] for row in sheets(client, "/agreements/us-rw-2025.xlsx")["statements"][1:]] == ["seen"]
    assert "unseen" not in parse(client.get("/statements/").content).text
