"""What a program is told that was given the address of a page, as oEmbed 1.0 has it."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from agreements import publication
from agreements.models import Agreement, Edition
from agreements.views.moments import kept
from tests.factories import make_agreement, make_official, make_statement, make_status_change, make_transfer
from tests.views.reading import read

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
PAGE = f"{SITE}/agreements/us-rw-2025/"


@pytest.fixture(autouse=True)
def _records(db: None) -> None:
    agreement = make_agreement(title="A “deal” <with> & more")
    make_status_change(agreement)
    make_statement(make_official("minister", name="A minister"), id="minister-1")
    make_transfer(agreement)


def asked(client: Client, url: str = PAGE, **given: str) -> dict:
    response = client.get("/oembed", {"url": url} | given)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    return json.loads(response.content)


def frame_of(answer: dict):
    [frame] = BeautifulSoup(answer["html"], "html.parser").find_all(True)
    assert frame.name == "iframe"
    return frame


def test_an_answer_has_what_the_protocol_asks_of_a_rich_one(client):
    answer = asked(client)
    assert answer["version"] == "1.0"
    assert answer["type"] == "rich"
    assert answer["title"] == "A “deal” <with> & more"
    assert answer["provider_name"] == "Third Country Tracker"
    assert answer["provider_url"] == f"{SITE}/"
    assert isinstance(answer["cache_age"], int)
    frame = frame_of(answer)
    assert frame["src"] == f"{SITE}/embed/agreements/us-rw-2025/"
    assert frame["title"] == answer["title"]
    assert (int(frame["width"]), int(frame["height"])) == (answer["width"], answer["height"])
    assert client.get(frame["src"].removeprefix(SITE)).status_code == 200


def test_a_thumbnail_comes_with_its_size_and_only_where_it_fits(client):
    answer = asked(client)
    assert answer["thumbnail_url"] == f"{SITE}/agreements/us-rw-2025/share.png"
    assert (answer["thumbnail_width"], answer["thumbnail_height"]) == (1200, 630)
    for small in ({"maxwidth": "1199"}, {"maxheight": "629"}):
        assert not [key for key in asked(client, **small) if key.startswith("thumbnail")]


@pytest.mark.parametrize("width", [200, 320, 640, 900])
def test_what_is_asked_for_at_most_is_kept_to(client, width):
    answer = asked(client, maxwidth=str(width), maxheight="300")
    assert answer["width"] == min(width, 640)
    assert answer["height"] <= 300
    assert (frame_of(answer)["width"], frame_of(answer)["height"]) == (str(answer["width"]), str(answer["height"]))


def test_as_xml_it_says_the_same(client):
    response = client.get("/oembed", {"url": PAGE, "format": "xml"})
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    root = ET.fromstring(response.content)
    assert root.tag == "oembed"
    assert {each.tag: each.text for each in root} == {name: str(value) for name, value in asked(client).items()}


@pytest.mark.parametrize("path", ["/statements/minister-1/", "/facts/transfers/us-rw-2025-transfer-1/"])
def test_statements_and_facts_have_an_answer_too(client, path):
    answer = asked(client, SITE + path)
    assert frame_of(answer)["src"] == f"{SITE}/embed{path}"
    assert "thumbnail_url" not in answer
    assert answer["title"]


def test_an_address_with_an_edition_or_a_day_makes_a_frozen_embed(client):
    number = Edition.objects.latest("number").number
    agreement = Agreement.objects.get(pk="us-rw-2025")
    agreement.title = "Another title"
    with publication.act() as act:
        act.publish(agreement)
    frozen = asked(client, f"{PAGE}?edition={number}")
    assert frozen["title"] == "A “deal” <with> & more"
    assert frame_of(frozen)["src"] == f"{SITE}/embed/agreements/us-rw-2025/?edition={number}"
    assert frozen["thumbnail_url"].endswith(f"/share.png?edition={number}")
    assert asked(client)["title"] == "Another title"
    assert frozen["cache_age"] > asked(client)["cache_age"]
    dated = asked(client, f"{PAGE}?as_of=2025-06-01")
    assert frame_of(dated)["src"].endswith("?as_of=2025-06-01")


def test_asked_at_an_edition_it_answers_as_it_would_have_then(client):
    number = Edition.objects.latest("number").number
    answer = asked(client, edition=str(number))
    assert frame_of(answer)["src"].endswith(f"?edition={number}")


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/agreements/us-rw-2025/",
        "http://testserver.example/agreements/us-rw-2025/",
        "http://user@testserver/agreements/us-rw-2025/",
        "ftp://testserver/agreements/us-rw-2025/",
        "//testserver/agreements/us-rw-2025/",
        "/agreements/us-rw-2025/",
        f"{SITE}/agreements/us-rw-1999/",
        f"{SITE}/agreements/%00/",
        f"{SITE}/agreements/",
        f"{SITE}/facts/nonsense/us-rw-2025-transfer-1/",
        f"{SITE}/facts/status_changes/us-rw-2025-1/",
        f"{SITE}/admin/",
        f"{PAGE}?edition=999",
        f"{PAGE}?edition=no",
        f"{PAGE}?as_of=2999-01-01",
        "http://[",
        "nonsense",
    ],
)
def test_an_address_that_is_none_of_ours_is_not_found(client, url):
    response = client.get("/oembed", {"url": url})
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 400),
        ({"url": ""}, 400),
        ({"url": PAGE, "format": "yaml"}, 501),
        ({"url": PAGE, "maxwidth": "wide"}, 400),
        ({"url": PAGE, "maxheight": "-1"}, 400),
        ({"url": PAGE, "edition": "0"}, 400),
        ({"url": PAGE, "edition": "999"}, 404),
    ],
)
def test_what_cannot_be_answered_is_said_in_plain_text(client, given, status):
    response = client.get("/oembed", given)
    assert response.status_code == status
    assert response["Content-Type"].startswith("text/plain")
    assert len(response.content.splitlines()) == 1


def test_a_program_in_another_page_may_read_the_answer(client):
    assert client.get("/oembed", {"url": PAGE})["Access-Control-Allow-Origin"] == "*"
    assert client.get("/oembed", {"url": PAGE})["Access-Control-Allow-Origin"] == "*"
    kept.clear()
    assert "Access-Control-Allow-Origin" not in client.get("/")


@pytest.mark.parametrize("frozen", [False, True])
def test_a_page_says_where_its_embed_is_asked_for(client, frozen):
    query = f"?edition={Edition.objects.latest('number').number}" if frozen else ""
    [found] = read(client, f"/agreements/us-rw-2025/{query}").select('link[type="application/json+oembed"]')
    assert found["rel"] == ["alternate"]
    answer = json.loads(client.get(found["href"].removeprefix(SITE)).content)
    assert frame_of(answer)["src"] == f"{SITE}/embed/agreements/us-rw-2025/{query}"
    assert not read(client, "/agreements/").select('link[type="application/json+oembed"]')
