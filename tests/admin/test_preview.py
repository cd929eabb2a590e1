"""A draft in the public page, for the desk alone, and without a trace."""

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from agreements import editions
from agreements.models import Edition, Statement
from agreements.views.moments import kept
from agreements.vocabulary import State
from tests.admin.desk import address, make_reader, send, signed_in
from tests.database import everything, fresh, key, once
from tests.factories import (
    make_agreement,
    make_editor,
    make_official,
    make_payment,
    make_position,
    make_proceeding,
    make_source,
    make_statement,
    make_status_change,
    make_transfer,
    written,
)

pytestmark = pytest.mark.django_db

WORDS = "marmalade talks"


@pytest.fixture
def desk(db) -> Client:
    return signed_in(make_editor("ada"))


def preview_of(record, page: str = "") -> str:
    query = {"record": key(record), **({"page": page} if page else {})}
    return reverse("preview", query=query)


def shown(desk: Client, path: str) -> BeautifulSoup:
    answer = desk.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def make_draft() -> Statement:
    make_status_change()
    official = make_official("minister", name="Marmalade Minister", state=State.DRAFT)
    make_position(official, state=State.DRAFT)
    return make_statement(
        official,
        id="said",
        summary=WORDS,
        quote=WORDS,
        sources=[make_source("gazette", title="Marmalade Gazette", state=State.DRAFT)],
        state=State.IN_REVIEW,
    )


@pytest.fixture
def draft(db):
    """A statement with an unpublished source and official, on a public agreement with one step."""
    return fresh(once(make_draft))


def test_a_draft_is_shown_on_its_own_page_with_its_draft_source_and_official(desk, draft):
    page = shown(desk, preview_of(draft))
    assert WORDS in page.main.text
    assert "Marmalade Minister" in page.main.text
    assert "Marmalade Gazette" in page.main.text
    links = {link.text: parse_qs(urlsplit(link["href"]).query)["page"][0] for link in page.select(".banner nav a")}
    assert set(links.values()) >= {
        "/statements/said/",
        "/agreements/us-rw-2025/",
        "/officials/minister/",
        "/sources/gazette/",
    }
    for public in links.values():
        assert "armalade" in shown(desk, preview_of(draft, public)).main.text


def test_a_draft_is_shown_in_the_charts_of_its_pages(desk, draft):
    page = shown(desk, preview_of(draft, "/agreements/us-rw-2025/"))
    figures = [box["data-figure"] for box in page.select("[data-figure]")]
    assert figures
    for figure in figures:
        answer = desk.get(figure)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert any(WORDS in desk.get(figure).json().__repr__() for figure in figures)


def test_a_preview_leaves_no_trace_in_the_database_nor_in_what_is_kept_of_pages(desk, draft, client):
    path = "/agreements/us-rw-2025/"
    before, page = everything(), client.get(path).content
    files = set(editions.folder().glob("*.sqlite3"))
    for looked_at in ("", path, f"{path}chart.json", "/", "/changes/", "/data/"):
        assert desk.get(preview_of(draft, looked_at)).status_code == 200
        assert client.get(path).content == page
        # As a reader would find it whose page is not kept.
        kept.clear()
        assert client.get(path).content == page
    assert everything() == before
    assert not [key for key, found in kept._pages.items() if WORDS.encode() in found.body]
    assert set(editions.folder().glob("*.sqlite3")) == files
    assert client.get("/statements/said/").status_code == 404


@pytest.mark.parametrize("looked_at", ["", "/agreements/us-rw-2025/", "/agreements/us-rw-2025/chart.json"])
def test_nobody_keeps_a_preview_and_no_search_engine_lists_it(desk, draft, looked_at):
    answer = desk.get(preview_of(draft, looked_at))
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert "ETag" not in answer


def test_who_is_not_signed_in_is_shown_none(client, draft):
    for looked_at in ("", "/agreements/us-rw-2025/chart.json"):
        answer = client.get(preview_of(draft, looked_at))
        assert answer.status_code == 302
        assert urlsplit(answer["Location"]).path == reverse("admin:login")
    assert signed_in(make_reader()).get(preview_of(draft)).status_code == 200
    assert signed_in(make_reader("guest", may="")).get(preview_of(draft)).status_code == 403


def test_a_proposal_is_shown_and_the_public_page_is_not_touched(desk, client):
    change = make_status_change()
    assert send(desk, address(type(change), "change", change.pk), note=WORDS, public_note="Why.")[0] == 302
    path = "/agreements/us-rw-2025/"
    assert WORDS in shown(desk, preview_of(change, path)).main.text
    assert WORDS not in client.get(path).content.decode()


def test_a_proposal_is_shown_with_the_draft_that_it_refers_to_and_without_one_that_is_gone(desk):
    statement = make_statement(id="said")
    draft = written(make_source("gazette", title="Marmalade Gazette", state=State.DRAFT), by=None)
    send(desk, address(type(statement), "change", "said"), sources=["gazette"], public_note="Why.")
    assert "Marmalade Gazette" in shown(desk, preview_of(statement)).main.text
    draft.delete()
    answer = desk.get(preview_of(statement))
    assert answer.status_code == 409
    assert "statements/said refers to sources/gazette, which is not public" in answer.content.decode()


def test_what_would_contradict_the_record_is_not_shown_and_the_page_says_why(desk, client):
    make_status_change()
    change = make_status_change(step=3, state=State.DRAFT)
    before = everything()
    answer = desk.get(preview_of(change))
    assert answer.status_code == 409
    assert "no-store" in answer["Cache-Control"]
    page = BeautifulSoup(answer.text, "html.parser")
    assert [item.text for item in page.main.select("li")] == [
        "agreements/us-rw-2025: its public steps are 1, 3; they count from 1 without gap or double"
    ]
    assert everything() == before


def test_what_only_the_desk_would_refuse_is_shown_nevertheless(desk):
    """An unfinished draft, say with no source yet, can be looked at."""
    make_status_change()
    assert (
        "word word" in shown(desk, preview_of(make_statement(sources=[], quote="word " * 41, state=State.DRAFT))).text
    )


@pytest.mark.parametrize(
    "page",
    [
        "/admin/",
        "/admin/preview/",
        "/admin/agreements/source/",
        "/admin/login/",
        "/no/such/page/",
        "/statements/none/",
        "/static/css/base.css",
        "/healthz",
        "//evil.example/",
        "https://evil.example/",
        "/agreements/?status=talks",
        "statements/said/",
        "/sources/a\\0b/",
    ],
)
def test_no_page_but_a_public_one_is_drawn(desk, draft, page):
    before = everything()
    answer = desk.get(preview_of(draft, page))
    assert answer.status_code == 404
    assert everything() == before


def test_every_kind_of_record_has_a_preview(desk):
    make_status_change()
    records = [
        make_agreement(receiver="UGA", state=State.DRAFT),
        make_official("draft", state=State.DRAFT),
        make_position(state=State.DRAFT),
        make_source("draft", state=State.DRAFT),
        make_status_change(state=State.DRAFT),
        make_transfer(state=State.DRAFT),
        make_payment(state=State.DRAFT),
        make_proceeding(state=State.DRAFT),
        make_source(state=State.WITHDRAWN),
        make_source(),
    ]
    made = Edition.objects.count()
    for record in records:
        shown(desk, preview_of(record))
    assert Edition.objects.count() == made


def test_a_preview_says_that_it_is_one_and_leads_back_to_the_form(desk, draft):
    page = shown(desk, preview_of(draft))
    assert address(type(draft), "change", draft.pk) in {link["href"] for link in page.select(".banner a")}
