"""The pictures of an agreement as files: at every edition, for every paper, kept like pages."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

import pytest

from agreements import publication
from agreements.charts.palette import DARK, LIGHT
from agreements.models import Agreement, Edition
from agreements.vocabulary import Status
from tests.factories import make_agreement, make_status_change

pytestmark = pytest.mark.django_db

CHART, SHARE = "/agreements/us-rw-2025/chart.svg", "/agreements/us-rw-2025/share.png"


@pytest.fixture(autouse=True)
def _records(db: None) -> None:
    make_status_change(make_agreement(title="A deal"))


def words(content: bytes) -> str:
    return " ".join(
        "".join(text.itertext()) for text in ET.fromstring(content).iter("{http://www.w3.org/2000/svg}text")
    )


def test_the_chart_as_a_file_says_where_it_stands_and_where_it_is_from(client):
    response = client.get(CHART)
    assert response["Content-Type"] == "image/svg+xml"
    assert 'filename="us-rw-2025.svg"' in response["Content-Disposition"]
    number = Edition.objects.latest("number").number
    said = words(response.content)
    assert "A deal" in said
    assert "In talks since 4 May 2025" in said
    assert f"edition {number}. Third Country Tracker, CC BY 4.0." in said
    assert f"http://testserver/agreements/us-rw-2025/?edition={number}" in said


@pytest.mark.parametrize(("query", "paper"), [("", LIGHT), ("?theme=light", LIGHT), ("?theme=dark", DARK)])
def test_the_chart_as_a_file_is_for_light_or_dark_paper(client, query, paper):
    rect = ET.fromstring(client.get(CHART + query).content).find("{http://www.w3.org/2000/svg}rect")
    assert rect.get("fill") == paper.paper


@pytest.mark.parametrize("address", [CHART, SHARE])
def test_a_picture_shows_the_edition_that_is_asked_for_and_is_kept_like_a_page(client, address):
    number = Edition.objects.latest("number").number
    before = client.get(f"{address}?edition={number}")
    agreement = Agreement.objects.get()
    make_status_change(agreement, status=Status.SIGNED, date=dt.date(2025, 6, 1))
    assert client.get(f"{address}?edition={number}").content == before.content
    now = client.get(address)
    assert now.content != before.content
    assert client.get(address, headers={"if-none-match": now["ETag"]}).status_code == 304
    assert not now.cookies


@pytest.mark.parametrize("address", [CHART, SHARE])
def test_of_what_is_no_public_agreement_there_is_no_picture(client, address):
    missing = client.get(address.replace("us-rw-2025", "us-rw-1999"))
    assert (missing.status_code, missing["Content-Type"]) == (404, "text/plain; charset=utf-8")
    with publication.act() as act:
        agreement = Agreement.objects.get()
        act.withdraw([*agreement.status_changes.all(), agreement], reason="It was recorded twice.")
    gone = client.get(address)
    assert (gone.status_code, gone["Content-Type"]) == (410, "text/plain; charset=utf-8")
    assert "It was recorded twice." in gone.text


def test_a_theme_that_there_is_not_is_refused(client):
    response = client.get(f"{CHART}?theme=blue")
    assert response.status_code == 400
    assert "Expected one of: light, dark" in response.text
