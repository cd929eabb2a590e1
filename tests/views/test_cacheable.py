"""A public page is the same for everybody, tells nobody apart, and runs nothing but our own files."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from agreements import publication
from agreements.models import Agreement
from agreements.vocabulary import State
from tests.database import written_once
from tests.factories import (
    make_agreement,
    make_official,
    make_source,
    make_statement,
    make_status_change,
)
from tests.views.reading import parse

pytestmark = pytest.mark.django_db

ANSWERS = {
    "/": 200,
    "/chart.json": 200,
    "/map.json": 200,
    "/compare/": 200,
    "/compare/?a=us-rw-2025&a=gb-rw-2022": 200,
    "/compare/?a=us-rw-1999": 400,
    "/compare/?a=us-ug-2025": 200,
    "/compare/chart.json?a=us-rw-2025&a=gb-rw-2022": 200,
    "/agreements/": 200,
    "/agreements/?sender=USA&sort=status": 200,
    "/agreements/us-rw-2025/": 200,
    "/agreements/us-rw-2025/chart.json": 200,
    "/countries/": 200,
    "/countries/rwanda/": 200,
    "/countries/rwanda/chart.json": 200,
    "/countries/RWA/": 301,
    "/officials/": 200,
    "/officials/minister/": 200,
    "/statements/": 200,
    "/statements/minister-1/": 200,
    "/sources/report/": 200,
    "/search/": 200,
    "/search/?q=rwanda": 200,
    "/search/suggest.json?q=rwanda": 200,
    "/not-known/": 200,
    "/methodology/": 200,
    "/feeds/": 200,
    "/feeds/everything.atom": 200,
    "/statements.atom": 200,
    "/calendar.ics": 200,
    "/agreements/us-ug-2025.atom": 410,
    "/about/": 200,
    "/agreements": 301,
    "/nowhere/": 404,
    "/agreements/us-rw-1999/": 404,
    "/agreements/us-rw-1999/chart.json": 404,
    "/agreements/?page=99": 404,
    "/agreements/?status=nonsense": 400,
    "/search/?q=rwanda&kind=nonsense": 400,
    "/search/?q=rwanda&page=99": 404,
    "/agreements/us-ug-2025/": 410,
}

COOKIES = f"sessionid={'a1' * 16}; csrftoken={'B2' * 16}; theme=dark"
"""What a browser sends that was once signed in, or that another program on the same host left something with."""


@written_once(autouse=True)
def _records() -> None:
    make_status_change(make_agreement(sources=[make_source("report")]))
    make_statement(make_official("minister"), id="minister-1")
    make_agreement(sender="GBR", year=2022)
    make_agreement(receiver="UGA", state=State.WITHDRAWN)


def answer(client: Client, address: str, **headers: str):
    response = client.get(address, headers=headers)
    assert response.status_code == ANSWERS[address]
    return response


def test_no_public_answer_sets_a_cookie_or_depends_on_one(client):
    for address in ANSWERS:
        for headers in ({}, {"accept-encoding": "gzip"}, {"cookie": COOKIES}):
            response = answer(client, address, **headers)
            assert not response.cookies
            assert "Set-Cookie" not in response
            vary = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
            assert vary <= {"accept-encoding"}


def test_an_editor_who_is_signed_in_reads_what_everybody_reads(client):
    editor = Client()
    editor.force_login(User.objects.create_superuser("chief", password="a long enough password"))
    for address in ANSWERS:
        mine = answer(editor, address)
        assert mine.content == answer(client, address).content, address
        assert not mine.cookies
        assert "cookie" not in mine.get("Vary", "").lower()


def test_the_same_address_gives_the_same_bytes(client):
    for address in ANSWERS:
        assert answer(client, address).content == answer(Client(), address).content


def test_nothing_runs_but_our_own_files_and_nobody_frames_a_page(client):
    for address in ANSWERS:
        response = answer(client, address)
        directives = {
            words[0]: words[1:] for part in response["Content-Security-Policy"].split(";") if (words := part.split())
        }
        assert directives["default-src"] == ["'none'"]
        assert directives["script-src"] == ["'self'"]
        assert directives["style-src"] == ["'self'"]
        assert directives["connect-src"] == ["'self'"]
        assert directives["form-action"] == ["'self'"]
        assert directives["frame-ancestors"] == ["'none'"]
        assert directives["base-uri"] == ["'none'"]
        policy = response["Content-Security-Policy"]
        for loose in ("unsafe", "*", "http:", "https:", "nonce"):
            assert loose not in policy
        assert "Content-Security-Policy-Report-Only" not in response
        assert response["X-Content-Type-Options"] == "nosniff"
        # A redirect shows nothing that could be framed.
        assert response.status_code == 301 or response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_an_answer_says_what_it_is(client):
    for address in ANSWERS:
        response = answer(client, address)
        if response.status_code == 301:
            continue
        expected = "text/html; charset=utf-8"
        if ".json" in address or ".atom" in address or ".ics" in address:
            kinds = {"json": "application/json", "atom": "application/atom+xml; charset=utf-8"}
            kinds["ics"] = "text/calendar; charset=utf-8"
            ending = address.partition("?")[0].rpartition(".")[2]
            expected = kinds[ending] if response.status_code == 200 else "text/plain; charset=utf-8"
        assert response["Content-Type"] == expected


def test_a_page_changes_when_the_record_does(client):
    before = answer(client, "/agreements/us-rw-2025/").content
    agreement = Agreement.objects.get(pk="us-rw-2025")
    agreement.summary = "Something else became of it."
    with publication.act() as act:
        act.publish(agreement)
    assert answer(client, "/agreements/us-rw-2025/").content != before


def test_a_page_asks_no_other_host_for_anything(client):
    for address in ANSWERS:
        response = answer(client, address)
        if not response.get("Content-Type", "").startswith("text/html"):
            continue
        page = parse(response.content)
        loaded = [tag["src"] for tag in page.select("[src]")]
        loaded += [tag["href"] for tag in page.select("link[rel=stylesheet], link[rel=icon]")]
        loaded += [tag["data-figure"] for tag in page.select("[data-figure]")]
        loaded += [tag["data-plotly"] for tag in page.select("[data-plotly]")]
        loaded += [tag["data-land"] for tag in page.select("[data-land]")]
        assert all(each.startswith("/") and not each.startswith("//") for each in loaded), address


def test_a_readers_broken_cookies_are_not_answered_by_others(client):
    client.cookies["sessionid"] = "no such session"
    client.cookies["csrftoken"] = "not a token"
    for address in ("/", "/agreements/", "/no/such/page/"):
        response = client.get(address)
        assert not response.cookies
        assert response["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_the_public_site_is_for_reading_only(client, method):
    for address in ("/", "/chart.json", "/compare/", "/agreements/", "/data/editions/1.zip", "/no/such/page/"):
        response = client.generic(method, address)
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD"
