"""Statements: the list of what was said, and one statement with its permanent address."""

from __future__ import annotations

import datetime as dt

import pytest

from agreements.vocabulary import Precision, Stance, State, Status
from tests.factories import (
    make_agreement,
    make_official,
    make_position,
    make_source,
    make_statement,
    make_status_change,
)
from tests.views.reading import faults, read, rows, sources_of, text, words

pytestmark = pytest.mark.django_db

PAGE = "/statements/minister-2025-05-04/"


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


def make(**values):
    return make_statement(values.pop("official", None) or make_official("minister"), id="minister-2025-05-04", **values)


def test_a_statement_shows_who_said_what_when_where_and_in_which_office(client):
    official = make_official("minister", name="A minister")
    make_position(official, title="Deputy", ended="2024")
    make_position(official, title="Foreign minister", body="MINAFFET", started="2024-06")
    make(official=official, stance=Stance.CONFIRMS, venue="Rwanda TV", summary="Talks go on.", language="fr")
    page = read(client, PAGE)
    assert text(page.h1) == "A minister Foreign minister, MINAFFET"
    assert text(page.select_one("p.stand")) == "Confirms 4 May 2025 Rwanda TV"
    assert text(page.blockquote) == "“We are in discussions with the United States”"
    assert page.blockquote["lang"] == "fr"
    lede = page.select_one("p.lede")
    assert text(lede).startswith("Talks go on.")
    assert "The Gazette, 5 May 2025" in sources_of(lede, page)[0]
    assert "A minister, 4 May 2025" in text(page.title)
    assert faults(page) == []


@pytest.mark.parametrize(
    ("precision", "written"),
    [(Precision.DAY, "1 January 2025"), (Precision.MONTH, "January 2025"), (Precision.YEAR, "2025")],
)
def test_no_part_of_the_page_knows_the_date_more_exactly_than_it_is(client, precision, written):
    make(date=day("2025-01-01"), precision=precision)
    page = read(client, PAGE)
    assert text(page.select_one("p.stand time")) == written
    assert f", {written} ·" in text(page.title)
    assert ("1 January" in page.get_text()) == (precision is Precision.DAY)


def test_it_leads_to_its_place_in_each_agreement_and_to_the_step_that_it_is_tied_to(client):
    rwanda, uganda = make_agreement(), make_agreement(receiver="UGA")
    hidden = make_agreement(receiver="SLV", title="xyzzy", state=State.DRAFT)
    change = make_status_change(rwanda, status=Status.SIGNED, note="Signed in Kigali.")
    make(agreements=[uganda, hidden, rwanda], status_change=change)
    page = read(client, PAGE)
    links = [link["href"] for link in page.select("article ul.plain a")]
    assert links == [f"/agreements/{id}/#minister-2025-05-04" for id in ("us-ug-2025", "us-rw-2025")]
    tied = page.select_one("article p.soft a")
    assert (text(tied), tied["href"]) == ("Signed in Kigali.", f"/agreements/us-rw-2025/#{change.pk}")
    assert "xyzzy" not in page.decode()
    for address in [*links, tied["href"]]:
        path, _, anchor = address.partition("#")
        assert read(client, path).find(id=anchor)


def test_a_step_that_is_not_public_is_not_named(client):
    make(status_change=make_status_change(note="xyzzy", state=State.DRAFT))
    assert "xyzzy" not in read(client, PAGE).decode()


def test_without_a_quotation_the_summary_speaks(client):
    make(quote="", summary="He confirmed it.")
    page = read(client, PAGE)
    assert not page.select("blockquote")
    assert text(page.select_one("p.lede")).startswith("He confirmed it.")
    assert "He confirmed it." in words(read(client, "/statements/"))


def test_what_else_the_same_speaker_said_is_near(client):
    official = make_official("minister")
    make(official=official)
    make_statement(official, id="other", date=day("2025-06-01"), precision=Precision.MONTH, quote="Something else")
    make_statement(official, id="hidden", quote="xyzzy", state=State.DRAFT)
    page = read(client, PAGE)
    also = page.select("h2 + ul.plain")[-1]
    assert [link["href"] for link in also.select("a")] == ["/statements/other/"]
    assert text(also) == "June 2025 : Something else"
    assert "xyzzy" not in page.decode()


def test_a_statement_whose_speaker_is_not_public_is_not_public_either(client):
    make(official=make_official("hidden", name="xyzzy", state=State.DRAFT))
    assert client.get(PAGE).status_code == 404
    assert rows(client, "/statements/") == []
    assert "xyzzy" not in client.get("/").text


def test_a_withdrawn_statement_says_so_and_a_draft_leads_to_what_is_near(client):
    official = make_official("minister")
    make_statement(official, id="minister-2025-05-06", quote="xyzzy", state=State.WITHDRAWN)
    make_statement(official, id="minister-2025-05-07", quote="xyzzy", state=State.DRAFT)
    make(official=official)
    gone = read(client, "/statements/minister-2025-05-06/", 410)
    assert "Made in error." in words(gone)
    missing = read(client, "/statements/minister-2025-05-07/", 404)
    assert [link["href"] for link in missing.select("h2 + ul a")] == [PAGE]
    assert "xyzzy" not in gone.decode() + missing.decode()


def test_a_row_of_the_list_has_its_agreements_its_marks_and_its_own_address(client):
    rwanda, uganda = make_agreement(), make_agreement(receiver="UGA")
    make(agreements=[rwanda, uganda, make_agreement(receiver="SLV", state=State.DRAFT)], sources=[make_source("s-1")])
    page = read(client, "/statements/")
    [row] = page.select("[data-id]")
    assert row["data-id"] == "minister-2025-05-04"
    about = [link["href"] for link in row.select(".about a")]
    assert about == ["/agreements/us-rw-2025/", "/agreements/us-ug-2025/"]
    assert row.select_one("a.permalink")["href"] == PAGE
    assert len(sources_of(row, page)) == 1
    assert faults(page) == []
