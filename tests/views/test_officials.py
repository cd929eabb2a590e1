"""Officials: the offices that they held, and what they said, newest first."""

from __future__ import annotations

import datetime as dt

import pytest

from agreements.vocabulary import OfficialKind, Precision, SpeaksFor, State
from tests.factories import make_official, make_position, make_statement
from tests.views.reading import faults, read, rows, text, words

pytestmark = pytest.mark.django_db


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


def test_positions_stand_newest_first_with_dates_as_far_as_known(client):
    official = make_official("minister")
    make_position(official, title="Deputy", body="A ministry", started="2020", ended="2024-05")
    make_position(official, title="Minister", started="2024-06-13")
    make_position(official, title="Some office")
    make_position(official, title="Envoy", ended="2019-12-31")
    make_position(official, title="xyzzy", state=State.DRAFT)
    page = read(client, "/officials/minister/")
    held = [text(item) for item in page.select("section[aria-labelledby=positions] li")]
    assert held[:2] == ["Minister from 13 June 2024", "Deputy , A ministry from 2020 until May 2024"]
    assert set(held[2:]) == {"Some office dates not known", "Envoy until 31 December 2019"}
    assert "xyzzy" not in page.decode()
    assert faults(page) == []


def test_statements_stand_newest_first_each_with_the_office_held_on_the_day(client):
    official = make_official("minister")
    make_position(official, title="Deputy", started="2020", ended="2024-05")
    make_position(official, title="Minister", started="2024-06-13")
    make_statement(official, id="then", date=day("2022-04-14"))
    make_statement(official, id="in-may", date=day("2025-05-01"), precision=Precision.MONTH)
    make_statement(official, id="first-of-may", date=day("2025-05-01"))
    make_statement(official, id="draft", state=State.DRAFT)
    page = read(client, "/officials/minister/")
    entries = {entry["id"]: text(entry) for entry in page.select("ol.timeline > li")}
    assert list(entries) == ["first-of-may", "in-may", "then"]
    assert "Minister" in entries["in-may"]
    assert "Deputy" in entries["then"]
    assert entries["in-may"].startswith("May 2025")
    assert "3 statements, newest first" in words(page)
    assert faults(page) == []


def test_an_organisation_without_a_country_or_a_word_on_record_has_a_page(client):
    make_official("body", name="UNHCR", kind=OfficialKind.ORGANISATION, country=None, speaks_for="")
    page = read(client, "/officials/body/")
    assert text(page.h1) == "UNHCR"
    assert text(page.select_one("p.subtitle")) == "Organisation"
    assert "0 statements" in words(page)
    assert faults(page) == []


def test_the_list_counts_published_statements_and_each_number_leads_to_as_many_rows(client):
    judge = make_official("judge", name="A judge", speaks_for=SpeaksFor.JUDICIARY)
    for date in ("2025-05-04", "2025-05-05"):
        make_statement(judge, date=day(date))
    make_statement(judge, state=State.DRAFT)
    make_official("hidden", state=State.DRAFT)
    page = read(client, "/officials/")
    [row] = page.select("[data-id]")
    assert (row["data-id"], row.a["href"]) == ("judge", "/officials/judge/")
    assert "Rwanda Judiciary" in text(row)
    link = row.select("a")[-1]
    assert text(link) == "2 statements"
    assert len(rows(client, link["href"])) == 2


def test_a_withdrawn_official_says_so_and_a_draft_is_not_found(client):
    make_official("gone", name="Somebody", state=State.WITHDRAWN)
    make_official("draft", name="xyzzy", state=State.DRAFT)
    assert "It was about: Somebody" in words(read(client, "/officials/gone/", 410))
    assert "xyzzy" not in read(client, "/officials/draft/", 404).decode()


def test_a_name_that_is_nearly_right_leads_to_what_is_near(client):
    make_official("olivier-nduhungirehe")
    make_official("olivier-hidden", state=State.DRAFT)
    page = read(client, "/officials/nduhungirehe/", 404)
    assert [link["href"] for link in page.select("h2 + ul a")] == ["/officials/olivier-nduhungirehe/"]
    assert not read(client, "/officials/x-y/", 404).select("h2")
