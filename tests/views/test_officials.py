"""Officials: the offices that they held, and what they said, newest first."""

from __future__ import annotations

import datetime as dt

import pytest

from agreements.vocabulary import OfficialKind, Precision, SpeaksFor, Stance, State, Status
from tests.factories import make_agreement, make_official, make_position, make_statement, make_status_change
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
    assert held[:2] == [
        "Minister from 13 June 2024, end not known or still held",
        "Deputy , A ministry from 2020 until May 2024",
    ]
    assert set(held[2:]) == {"Some office dates not known", "Envoy beginning not known until 31 December 2019"}
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
    assert text(row.select_one("ul.numbers")) == "2 confirms"
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


def test_positions_are_spans_on_one_axis_and_an_undated_one_has_no_picture(client):
    official = make_official("minister")
    make_position(official, title="Deputy <b>", started="2020", ended="2024-05")
    make_position(official, title="Minister", started="2024-06-13")
    make_position(official, title="Some office")
    page = read(client, "/officials/minister/")
    minister, deputy, undated = page.select("section[aria-labelledby=positions] li")
    assert minister.svg["aria-label"] == "from 13 June 2024, end not known or still held"
    assert minister.select("line.held.open")
    assert not minister.select("rect.band")
    assert len(deputy.select("rect.band")) == 2
    assert not deputy.select("line.open")
    assert undated.svg is None
    assert "Deputy <b>" in text(deputy)
    assert faults(page) == []


def test_each_agreement_spoken_on_has_the_latest_stance_and_where_it_stands(client):
    official = make_official("minister")
    older, newer = make_agreement(year=2024), make_agreement(year=2025)
    make_status_change(older, status=Status.ENDED)
    make_statement(official, id="first", agreements=[older, newer], date=day("2025-05-04"), stance=Stance.DENIES)
    make_statement(official, id="second", agreements=[newer], date=day("2025-06-04"), stance=Stance.CONFIRMS)
    make_statement(official, id="hidden", agreements=[older], date=day("2025-07-04"), state=State.DRAFT)
    make_statement(official, id="unseen", agreements=[make_agreement(year=2023, state=State.DRAFT)])
    page = read(client, "/officials/minister/")
    listed = page.select("section[aria-labelledby=spoken-on] li")
    assert [each.a["href"] for each in listed] == ["/agreements/us-rw-2025/", "/agreements/us-rw-2024/"]
    assert "confirms 4 June 2025 of 2 statements" in text(listed[0])
    assert "denies 4 May 2025 Ended" in text(listed[1])
    latest, every = listed[0].select("a")[1:]
    assert latest["href"] == "#second"
    assert set(rows(client, every["href"])) == {"first", "second"}
    assert faults(page) == []


def test_what_was_said_stands_by_stance_over_time_as_of_the_day_asked_for(client):
    official = make_official("minister")
    make_status_change(date=day("2025-05-01"))
    make_statement(official, date=day("2025-05-04"), stance=Stance.DENIES)
    make_statement(official, date=day("2025-05-06"), stance=Stance.CONFIRMS)

    def lanes(address):
        return [lane["aria-label"] for lane in read(client, address).select("svg.lane")]

    assert len(lanes("/officials/minister/")) == 2
    assert lanes("/officials/minister/?as_of=2025-05-05") == ["Denies. May 2025: 1"]


def test_the_list_counts_the_stances_of_each(client):
    official = make_official("minister")
    for stance in (Stance.DENIES, Stance.DENIES, Stance.CONFIRMS):
        make_statement(official, stance=stance)
    make_statement(official, stance=Stance.OPPOSES, state=State.DRAFT)
    assert text(read(client, "/officials/").select_one("ul.numbers")) == "1 confirms 2 denies"
