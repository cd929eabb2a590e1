"""Sources: one published document, and everything that rests on it."""

from __future__ import annotations

import pytest

from agreements.vocabulary import Counting, SourceKind, State
from tests.factories import (
    make_agreement,
    make_assessment,
    make_official,
    make_payment,
    make_proceeding,
    make_source,
    make_statement,
    make_status_change,
    make_transfer,
)
from tests.views.reading import faults, read, text, words

pytestmark = pytest.mark.django_db

PAGE = "/sources/reuters-20250505/"


def make(**values):
    return make_source("reuters-20250505", **values)


def test_a_source_shows_publisher_date_kind_and_both_addresses(client):
    make(
        title="Rwanda en pourparlers",
        language="fr",
        publisher="Reuters via Yahoo",
        url="https://gazette.example/a?b=1&c=2",
        archive_url="https://archive.example/1",
        kind=SourceKind.COURT,
        title_is_description=True,
    )
    page = read(client, PAGE)
    assert (text(page.h1), page.h1["lang"]) == ("Rwanda en pourparlers", "fr")
    assert text(page.select_one("p.subtitle")) == "Reuters via Yahoo · 5 May 2025 · Court"
    assert [link["href"] for link in page.select("a.long")] == [
        "https://gazette.example/a?b=1&c=2",
        "https://archive.example/1",
    ]
    assert "The title is our description" in words(page)
    assert faults(page) == []


def test_a_source_of_which_little_is_known_says_so(client):
    make(url="", published=None)
    page = read(client, PAGE)
    assert "undated" in text(page.select_one("p.subtitle"))
    for sentence in ["No stable address is known.", "No archived copy is linked yet.", "No published record cites it."]:
        assert sentence in words(page)
    assert faults(page) == []


def test_every_kind_of_record_that_cites_it_is_listed_and_leads_to_its_place(client):
    source = make()
    agreement = make_agreement(sources=[source])
    make_status_change(agreement, id="step", sources=[source])
    make_statement(id="words", sources=[source])
    make_transfer(agreement, id="group", sources=[source])
    make_transfer(agreement, id="total", counting=Counting.CUMULATIVE, sources=[source])
    make_payment(agreement, id="grant", sources=[source])
    make_proceeding("case", sources=[make_source(), source])
    make_assessment("finding", sources=[source])
    make_status_change(agreement, id="elsewhere", sources=[make_source()])
    page = read(client, PAGE)
    links = {link["href"] for link in page.select("ul.findings a")}
    assert links == {
        "/agreements/us-rw-2025/",
        *[f"/agreements/us-rw-2025/#{id}" for id in ("step", "group", "total", "grant", "case")],
        "/statements/words/",
        "/countries/rwanda/#assessments",
    }
    for address in links:
        path, _, anchor = address.partition("#")
        target = read(client, path)
        assert not anchor or target.find(id=anchor), address
    assert faults(page) == []


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN])
def test_nothing_that_is_not_public_is_said_to_rest_on_it(client, state):
    source = make()
    hidden = make_agreement(receiver="UGA", title="xyzzy", sources=[source], state=state)
    make_status_change(hidden, note="xyzzy", sources=[source])
    make_transfer(hidden, note="xyzzy", sources=[source])
    make_payment(hidden, note="xyzzy", sources=[source])
    make_statement(summary="xyzzy", quote="xyzzy", sources=[source], state=state)
    make_statement(make_official(name="xyzzy", state=state), quote="xyzzy", sources=[source])
    make_assessment(title="xyzzy", sources=[source], state=state)
    make_proceeding(name="xyzzy", sources=[source], state=state)
    make_proceeding(name="A case", agreements=[hidden], sources=[source])
    page = read(client, PAGE)
    assert "xyzzy" not in page.decode()
    [case] = page.select("ul.findings li")
    assert text(case).startswith("proceeding A case")
    assert not case.select("a")


def test_a_withdrawn_source_says_so_and_a_draft_leads_to_what_is_near(client):
    make(state=State.WITHDRAWN, title="A report that was none")
    make_source("reuters-20250506")
    make_source("reuters-20250507", title="xyzzy", state=State.DRAFT)
    gone = read(client, PAGE, 410)
    assert "Made in error." in words(gone)
    assert "It was about: A report that was none" in words(gone)
    missing = read(client, "/sources/reuters-20250507/", 404)
    assert [link["href"] for link in missing.select("h2 + ul a")] == ["/sources/reuters-20250506/"]
    assert "xyzzy" not in gone.decode() + missing.decode()
