"""For programs that go through the whole site: the map of it, and what they may leave."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from urllib.robotparser import RobotFileParser

import pytest
from django.test import Client, override_settings

from agreements import publication
from agreements.models import Agreement, Statement
from agreements.views import crawlers
from agreements.vocabulary import State
from tests.factories import make_agreement, make_country, make_official, make_source, make_statement, make_status_change

pytestmark = pytest.mark.django_db

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "http://testserver"


@pytest.fixture(autouse=True)
def _records(db: None) -> None:
    agreement = make_agreement(sources=[make_source("report")])
    make_status_change(agreement)
    make_statement(make_official("minister"), id="minister-1")
    make_agreement(receiver="UGA", state=State.DRAFT)
    make_country("VNM")


def entries(client: Client, address: str) -> dict[str, str]:
    """The addresses of a map or a part of it, each with its last change."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    found = {}
    for each in ET.fromstring(response.content):
        location, changed = each.find(f"{SPACE}loc"), each.find(f"{SPACE}lastmod")
        found[location.text] = changed.text if changed is not None else ""
    return found


def everything(client: Client) -> dict[str, str]:
    parts = entries(client, "/sitemap.xml")
    return {address: last for part in parts for address, last in entries(client, part.removeprefix(SITE)).items()}


def test_the_map_has_every_public_page_once_and_each_answers(client):
    found = everything(client)
    assert {
        f"{SITE}/",
        f"{SITE}/agreements/us-rw-2025/",
        f"{SITE}/countries/rwanda/",
        f"{SITE}/officials/minister/",
        f"{SITE}/statements/minister-1/",
        f"{SITE}/sources/report/",
    } <= found.keys()
    assert f"{SITE}/countries/vietnam/" not in found
    assert f"{SITE}/agreements/us-ug-2025/" not in found
    assert {client.get(address.removeprefix(SITE)).status_code for address in found} == {200}


def test_the_map_names_the_site_and_not_the_host_that_was_called(client):
    with override_settings(SITE_URL="https://tracker.example"):
        for address in ("/sitemap.xml", "/sitemaps/agreements-1.xml"):
            body = client.get(address, headers={"host": "localhost"}).text
            assert "https://tracker.example/" in body
            assert "localhost" not in body
        assert "Sitemap: https://tracker.example/sitemap.xml" in client.get("/robots.txt").text


def test_a_page_changed_when_something_that_it_shows_did(client):
    later = dt.datetime(2030, 5, 6, 7, 8, 9, tzinfo=dt.UTC)
    change = Agreement.objects.get(pk="us-rw-2025").status_changes.get()
    change.note = "Something else happened."
    with publication.act(at=later) as act:
        act.publish(change)
    found = everything(client)
    changed = {address for address, last in found.items() if last == "2030-05-06T07:08:09+00:00"}
    assert f"{SITE}/agreements/us-rw-2025/" in changed
    assert f"{SITE}/countries/rwanda/" in changed
    assert f"{SITE}/sources/report/" not in changed
    assert f"{SITE}/officials/minister/" not in changed
    assert found[f"{SITE}/about/"] == ""


def test_a_large_site_has_a_map_in_parts(client, monkeypatch):
    monkeypatch.setattr(crawlers, "PART", 2)
    official = make_official()
    for number in range(4):
        make_statement(official, id=f"said-{number}")
    parts = [part for part in entries(client, "/sitemap.xml") if "/statements-" in part]
    assert parts == [f"{SITE}/sitemaps/statements-{number}.xml" for number in (1, 2, 3)]
    listed = [address for part in parts for address in entries(client, part.removeprefix(SITE))]
    assert listed == [f"{SITE}/statements/{id}/" for id in sorted(Statement.objects.values_list("pk", flat=True))]


@pytest.mark.parametrize("name", ["statements-2", "nonsense-1", "pages-2", "statements-0"])
def test_a_part_that_there_is_not_is_not_found(client, name):
    response = client.get(f"/sitemaps/{name}.xml")
    assert (response.status_code, response["Content-Type"]) == (404, "text/plain; charset=utf-8")


def test_an_edition_has_a_map_of_its_own(client):
    make_agreement(year=2020)
    assert f"{SITE}/agreements/us-rw-2020/" in entries(client, "/sitemaps/agreements-1.xml")
    assert f"{SITE}/agreements/us-rw-2020/" not in entries(client, "/sitemaps/agreements-1.xml?edition=4")


def test_robots_may_read_every_record_and_are_kept_from_what_has_no_end(client):
    body = client.get("/robots.txt").text
    assert "admin" not in body
    # The parser of Python knows no wildcards; what it understands is asked of it, the rest is looked at.
    robots = RobotFileParser()
    robots.parse(body.splitlines())
    for address in ("/", "/agreements/us-rw-2025/", "/statements/?official=minister", "/embed/agreements/us-rw-2025/"):
        assert robots.can_fetch("*", SITE + address), address
    for address in ("/search/?q=x", "/compare/?a=x", "/data/editions/1.zip", "/api/v1/statements"):
        assert not robots.can_fetch("*", SITE + address), address
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]
    assert "Disallow: /*?*&" in body.splitlines()
