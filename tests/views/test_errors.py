"""Where an address is wrong or the site fails: the answer helps, gives nothing away, and is never a crash."""

from __future__ import annotations

import pytest
from django.test import Client

from agreements.views.about import About
from tests.database import written_once
from tests.factories import make_agreement, make_country, make_official, make_source, make_statement, make_status_change
from tests.views.reading import faults, parse, read, text, words

pytestmark = pytest.mark.django_db

FAMILIES = ["agreements", "countries", "officials", "statements", "sources"]


@written_once(autouse=True)
def _records() -> None:
    make_status_change(make_agreement())
    make_statement(make_official("minister"), id="minister-2025", sources=[make_source("report")])


@pytest.mark.parametrize("address", ["/nowhere/", "/nowhere", "/agreements/a/b/c/", "/chart.jso", "/static/none.css"])
def test_an_address_that_there_is_not_says_so_and_where_to_start(client, address):
    page = read(client, address, 404)
    assert text(page.h1) == "There is no such page"
    assert f"“{address}”" in words(page)
    assert {"/agreements/", "/countries/", "/statements/"} <= {link["href"] for link in page.main.select("a")}
    assert faults(page) == []


@pytest.mark.parametrize("family", FAMILIES)
def test_whatever_is_asked_for_is_looked_up_without_a_crash(client, family):
    odd = ["nowhere", "%00", "us%00rw", "%F0%9F%92%A5", "é", "%25", "a%27b", "%3Cscript%3E", "x" * 3000, "..%2F"]
    for asked in [*odd, "US-RW-2025"]:
        response = client.get(f"/{family}/{asked}/")
        assert response.status_code == 404, asked
        page = parse(response.content)
        assert text(page.h1) == "There is no such page"
        assert not page.select("script:not([src])")
        assert faults(page) == []


@pytest.mark.parametrize("asked", ["nowhere", "%00", "x" * 3000, "%F0%9F%92%A5"])
def test_a_figure_of_nothing_is_not_found(client, asked):
    for family in ("agreements", "countries"):
        assert client.get(f"/{family}/{asked}/chart.json").status_code == 404


def test_an_address_without_its_last_slash_leads_on(client):
    response = client.get("/agreements/us-rw-2025?edition=4")
    assert (response.status_code, response["Location"]) == (301, "/agreements/us-rw-2025/?edition=4")


def test_a_wrong_value_is_shown_as_text_with_the_way_out(client):
    page = read(client, "/agreements/?status=%3Cscript%3Ealert(1)%3C/script%3E&from=x", 400)
    assert "“<script>alert(1)</script>” is not known here" in words(page)
    assert not page.select("main script")
    assert [link["href"] for link in page.main.select("p a")] == ["/agreements/"]
    assert faults(page) == []


def test_a_crash_is_owned_up_to_and_gives_nothing_away(monkeypatch):
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("xyzzy")

    monkeypatch.setattr(About, "get_context_data", crash)
    client = Client(raise_request_exception=False)
    response = client.get("/about/")
    assert response.status_code == 500
    assert "xyzzy" not in response.text
    assert faults(parse(response.content)) == []
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_strange_host_is_refused_without_a_crash(client):
    response = client.get("/agreements/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.text


@pytest.mark.parametrize("address", ["/", "/agreements/", "/agreements/us-rw-2025/", "/countries/rwanda/", "/about/"])
def test_a_page_answers_head_and_takes_nothing_that_is_sent(client, address):
    head = client.head(address)
    assert head.status_code == 200
    assert head.content == b""
    assert client.post(address, {"a": "b"}).status_code == 405
    assert client.delete(address).status_code == 405


def test_a_country_is_not_found_by_a_code_in_other_letters_but_is_near(client):
    make_country("UGA")
    page = read(client, "/countries/uga/", 404)
    assert [link["href"] for link in page.select("h2 + ul a")] == ["/countries/uganda/"]
