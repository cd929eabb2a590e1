"""The page of a country: by name, its agreements as bars through time, who spoke for it, what was found about it."""

from __future__ import annotations

import datetime as dt
import json

import plotly.graph_objects as go
import pytest

from agreements.vocabulary import Precision, State, Status
from tests.factories import (
    make_agreement,
    make_assessment,
    make_country,
    make_official,
    make_position,
    make_source,
    make_statement,
    make_status_change,
)
from tests.views.reading import faults, read, rows, text, words

pytestmark = pytest.mark.django_db


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


@pytest.mark.parametrize("query", ["", "?edition=1", "?as_of=2025-09-01&edition=1&q=a+b%26c"])
def test_the_address_by_code_leads_on_to_the_one_by_name_and_keeps_the_parameters(client, query):
    make_country("RWA")
    response = client.get(f"/countries/RWA/{query}")
    assert response.status_code == 301
    assert response["Location"] == f"/countries/rwanda/{query}"
    assert client.get("/countries/rwanda/").status_code == 200


def test_a_code_that_is_nearly_right_leads_to_what_is_near(client):
    make_country("RWA")
    make_country("UGA", state=State.DRAFT)
    for asked in ("rwa", "rw", "RW", "wand", "RWANDA"):
        page = read(client, f"/countries/{asked}/", 404)
        assert [link["href"] for link in page.select("h2 + ul a")] == ["/countries/rwanda/"], asked
    assert not read(client, "/countries/UGA/", 404).select("h2")
    assert not read(client, "/countries/uganda/", 404).select("h2")


def test_a_country_that_was_withdrawn_says_so(client):
    make_country("VNM", state=State.WITHDRAWN)
    page = read(client, "/countries/vietnam/", 410)
    assert "Reason: Made in error." in words(page)


def test_each_agreement_has_one_bar_on_the_side_where_the_country_stands(client):
    for sender, receiver, year in [("USA", "RWA", 2025), ("GBR", "RWA", 2022), ("RWA", "UGA", 2024)]:
        agreement = make_agreement(sender=sender, receiver=receiver, year=year)
        make_status_change(agreement, date=dt.date(year, 2, 1), precision=Precision.MONTH)
        make_status_change(agreement, date=dt.date(year, 6, 9), status=Status.SIGNED)
    make_agreement(receiver="RWA", year=2026, state=State.DRAFT)
    page = read(client, "/countries/rwanda/")
    assert "Sender in 1 agreement. Receiver in 2 agreements." in words(page)
    sides = {
        side: [(bar.a["href"], text(bar.a)) for bar in page.select(f"[aria-labelledby={side}] ol.bars > li")]
        for side in ("as-receiver", "as-sender")
    }
    assert sides == {
        "as-receiver": [
            ("/agreements/us-rw-2025/", "United States to Rwanda, 2025"),
            ("/agreements/gb-rw-2022/", "United Kingdom to Rwanda, 2022"),
        ],
        "as-sender": [("/agreements/rw-ug-2024/", "Rwanda to Uganda, 2024")],
    }
    bars = page.select("ol.bars svg.bar")
    assert len(bars) == 3
    assert bars[0]["aria-label"] == "In talks February 2025, Signed 9 June 2025"
    assert [rect["class"] for rect in bars[0].select("rect")] == [["status-talks"], ["status-signed"]]
    # All bars share one axis, which begins with the earliest.
    starts = [float(bar.rect["x"]) for bar in bars]
    assert starts[1] == 0 < starts[2] < starts[0]
    assert "Signed since 9 June 2025" in text(page.select_one("ol.bars > li"))
    assert text(page.select_one("p.axis")).startswith("February 2022")
    assert faults(page) == []


def test_the_figure_has_a_row_for_each_agreement_with_a_step(client):
    for receiver, year in [("RWA", 2025), ("UGA", 2024)]:
        agreement = make_agreement(receiver=receiver, year=year)
        make_status_change(agreement, date=dt.date(year, 6, 9), note="A < b & c")
    make_agreement(receiver="SLV")
    raw = client.get("/countries/united-states/chart.json").json()
    figure = go.Figure(raw)
    assert list(figure.layout.yaxis.ticktext) == ["to Uganda (2024)", "to Rwanda (2025)"]
    [talks] = figure.data
    assert talks.base == ("2024-06-09", "2025-06-09")
    assert talks.hovertext[0] == "to Uganda (2024)<br>In talks, 9 June 2024<br>A &lt; b &amp; c"
    assert "<script" not in json.dumps(raw)


def test_an_id_at_the_desk_that_has_no_year_does_not_break_its_countries(client):
    make_status_change(make_agreement("special"))
    assert client.get("/countries/rwanda/chart.json").status_code == 200
    assert faults(read(client, "/countries/rwanda/")) == []


def test_an_agreement_without_a_step_is_listed_without_a_date(client):
    make_agreement()
    page = read(client, "/countries/rwanda/")
    [bar] = page.select("ol.bars > li")
    assert text(bar) == "United States to Rwanda No status on record"
    assert not page.select(".chart")
    assert client.get("/countries/rwanda/chart.json").status_code == 404
    assert faults(page) == []


def test_a_country_that_is_no_party_says_so(client):
    make_country("VNM")
    page = read(client, "/countries/vietnam/")
    assert "No agreement on record has it as a party." in words(page)
    assert faults(page) == []
    assert rows(client, "/countries/") == []


def test_who_spoke_for_it_and_what_was_found_are_there_with_sources_and_drafts_are_not(client):
    minister = make_official(name="A minister")
    make_position(minister, title="Foreign minister")
    make_statement(minister, id="older", date=day("2025-05-04"))
    make_statement(minister, id="newer", date=day("2025-08-01"), precision=Precision.MONTH)
    make_statement(minister, summary="xyzzy", state=State.DRAFT)
    make_official(name="xyzzy", state=State.DRAFT)
    make_assessment("finding", body="UNHCR", published=None, sources=[make_source(publisher="UNHCR itself")])
    make_assessment(body="xyzzy", state=State.DRAFT)
    page = read(client, "/countries/rwanda/")
    assert [entry["id"] for entry in page.select("ol.timeline > li")] == ["newer", "older"]
    assert "A minister Foreign minister · 2 statements" in text(page.select_one("ul.people"))
    finding = page.find(id="finding")
    assert "UNHCR, undated" in text(finding).replace(" ,", ",")
    assert finding.select("a.mark")
    assert "xyzzy" not in page.decode()
    assert faults(page) == []


def test_the_list_counts_published_agreements_on_either_side(client):
    for year in (2024, 2025):
        make_agreement(year=year)
    make_agreement(sender="RWA", receiver="UGA")
    make_agreement(year=2026, state=State.DRAFT)
    page = read(client, "/countries/")
    counted = {row["data-id"]: [text(cell) for cell in row.select("td.num")] for row in page.select("tr[data-id]")}
    assert counted == {"RWA": ["1", "2"], "UGA": ["–", "1"], "USA": ["2", "–"]}
    for row in page.select("tr[data-id]"):
        for link in row.select("td.num a"):
            assert len(rows(client, link["href"])) == int(text(link))


def test_a_region_narrows_the_list_to_its_countries(client):
    make_agreement()
    make_agreement(sender="AUS", receiver="NRU", year=2012)
    assert rows(client, "/countries/?region=Oceania") == ["AUS", "NRU"]
    assert rows(client, "/countries/?region=Oceania&region=Africa") == ["AUS", "NRU", "RWA"]
