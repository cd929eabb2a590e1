"""The state of play: how many agreements stand where, what changed last, what was said last."""

from __future__ import annotations

import datetime as dt

import plotly.graph_objects as go
import pytest
from django.utils import timezone

from agreements.vocabulary import Precision, State, Status
from tests.factories import make_agreement, make_official, make_statement, make_status_change
from tests.views.reading import faults, read, rows, text, words

pytestmark = pytest.mark.django_db


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


def test_an_empty_record_has_a_home_page(client):
    page = read(client, "/")
    assert text(page.h1) == "0 of 0 agreements are operating"
    assert faults(page) == []
    figure = go.Figure(client.get("/chart.json").json())
    assert len(figure.data) == 0


def test_each_number_is_the_number_of_rows_that_its_link_lists(client):
    path = [Status.OPERATING, Status.OPERATING, Status.TALKS, Status.REJECTED]
    for year, status in enumerate(path, start=2020):
        agreement = make_agreement(year=year)
        make_status_change(agreement, status=Status.REPORTED, date=dt.date(year, 1, 5))
        make_status_change(agreement, status=status, date=dt.date(year, 3, 5))
        make_status_change(agreement, status=Status.ENDED, date=dt.date(year, 4, 5), state=State.DRAFT)
    make_status_change(make_agreement(year=2030, state=State.DRAFT), status=Status.OPERATING)
    page = read(client, "/")
    assert text(page.h1) == "2 of 4 agreements are operating"
    standings = page.select("ul.standings li")
    assert [text(item.select_one(".status")) for item in standings] == [str(status.label) for status in Status]
    shown = {}
    for item in standings:
        shown[item.a["href"]] = int(text(item.select_one(".count")))
        assert len(rows(client, item.a["href"])) == shown[item.a["href"]]
    assert {address: number for address, number in shown.items() if number} == {
        "/agreements/?status=operating": 2,
        "/agreements/?status=talks": 1,
        "/agreements/?status=rejected": 1,
    }
    assert faults(page) == []


def test_the_table_has_the_numbers_of_each_years_end_and_of_today(client):
    agreement = make_agreement()
    year = timezone.now().year
    make_status_change(agreement, date=dt.date(year - 3, 6, 1), status=Status.TALKS)
    make_status_change(agreement, date=dt.date(year - 2, 12, 31), status=Status.SIGNED)
    make_status_change(agreement, date=dt.date(year - 1, 1, 1), status=Status.SUSPENDED, precision=Precision.YEAR)
    page = read(client, "/")
    heads = [text(cell) for cell in page.select("table.data thead th")][1:]
    table = {
        text(row.th): {head for head, cell in zip(heads, row.select("td"), strict=True) if text(cell) == "1"}
        for row in page.select("table.data tbody tr")
    }
    expected = {"today": {"Suspended"}, str(year - 1): {"Suspended"}, str(year - 2): {"Signed"}}
    expected[str(year - 3)] = {"In talks"}
    if timezone.now().date() == dt.date(year, 12, 31):
        table.pop(str(year), None)
    assert table == expected


def test_the_latest_changes_come_first_in_date_order_and_are_the_latest_eight(client):
    agreement = make_agreement()
    for step in range(1, 12):
        make_status_change(agreement, id=f"us-rw-2025-{step}", step=step, date=day("2025-05-04"), note=f"Step {step}.")
    make_status_change(agreement, step=12, date=day("2026-01-01"), note="xyzzy", state=State.DRAFT)
    make_status_change(make_agreement(receiver="UGA", state=State.DRAFT), date=day("2026-01-01"), note="xyzzy")
    page = read(client, "/")
    changes = page.select("section[aria-labelledby=changes] li.entry")
    links = [change.a["href"].partition("#")[2] for change in changes]
    assert links == [f"us-rw-2025-{step}" for step in range(11, 3, -1)]
    assert all(change.select("a.mark") for change in changes)
    assert "xyzzy" not in page.decode()


def test_the_latest_statements_come_first_and_are_dated_as_exactly_as_known(client):
    official = make_official()
    make_statement(official, id="in-2025", date=day("2025-01-01"), precision=Precision.YEAR)
    make_statement(official, id="new-year", date=day("2025-01-01"))
    make_statement(official, id="may", date=day("2025-05-01"), precision=Precision.MONTH)
    for number in range(4):
        make_statement(official, id=f"old-{number}", date=dt.date(2024, 1, 1 + number))
    make_statement(official, id="draft", date=day("2026-01-01"), quote="xyzzy", state=State.DRAFT)
    page = read(client, "/")
    entries = page.select("section[aria-labelledby=said] li.entry")
    assert [entry["id"] for entry in entries] == ["may", "new-year", "in-2025", "old-3", "old-2", "old-1"]
    assert text(entries[0].select_one(".when")) == "May 2025"
    assert text(entries[2].select_one(".when")) == "2025"
    assert "xyzzy" not in page.decode()
    assert faults(page) == []


def test_the_figure_counts_each_negotiation_once_at_each_months_end(client):
    year = timezone.now().year - 1
    for receiver in ("RWA", "UGA"):
        agreement = make_agreement(receiver=receiver)
        make_status_change(agreement, status=Status.TALKS, date=dt.date(year, 1, 15))
        make_status_change(agreement, status=Status.SIGNED, date=dt.date(year, 3, 1))
    figure = go.Figure(client.get("/chart.json").json())
    numbers = {trace.name: dict(zip(trace.x, trace.y, strict=True)) for trace in figure.data}
    assert set(numbers) == {"In talks", "Signed"}
    assert (numbers["In talks"][f"{year}-01-31"], numbers["Signed"][f"{year}-01-31"]) == (2, 0)
    assert (numbers["In talks"][f"{year}-03-31"], numbers["Signed"][f"{year}-03-31"]) == (0, 2)
    assert list(numbers["Signed"])[-1] == timezone.now().date().isoformat()


def test_about_counts_what_is_published(client):
    make_status_change()
    make_statement()
    make_statement(state=State.DRAFT)
    found = words(read(client, "/about/"))
    for sentence in ["1 agreements", "1 statements", "2 officials", "2 countries and territories"]:
        assert sentence in found
    assert "corrections@tracker.example" in found
