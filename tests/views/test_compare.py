"""Negotiations side by side: what the address asks for, the same facts of each, what is wrong and how to choose."""

from __future__ import annotations

import datetime as dt

import plotly.graph_objects as go
import pytest

from agreements import publication
from agreements.models import Agreement, Official
from agreements.vocabulary import Counting, Precision, SpeaksFor, Stage, Stance, State, Status, TextPublic
from tests.database import written_once
from tests.factories import (
    make_agreement,
    make_country,
    make_official,
    make_payment,
    make_statement,
    make_status_change,
    make_transfer,
)
from tests.views.reading import faults, read, text, words

pytestmark = pytest.mark.django_db

TWO = "/compare/?a=us-rw-2025&a=gb-rw-2022"


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


@written_once
def two() -> None:
    rwanda = make_agreement(cap=250, text_public=TextPublic.NO)
    make_status_change(rwanda, status=Status.REPORTED, date=day("2025-04-22"))
    make_status_change(rwanda, status=Status.TALKS, date=day("2025-05-01"), precision=Precision.MONTH)
    operating = make_status_change(rwanda, status=Status.OPERATING, date=day("2025-08-16"))
    make_transfer(rwanda, people_low=7, people_high=30)
    make_transfer(rwanda, people_low=900, people_high=900, counting=Counting.CUMULATIVE)
    make_payment(rwanda, amount=7_500_000, stage=Stage.PAID)
    make_payment(rwanda, amount=100_000, stage=Stage.PAID)
    minister = make_official("minister", speaks_for=SpeaksFor.GOVERNMENT)
    make_statement(minister, status_change=operating)
    make_statement(minister, agreements=[rwanda], stance=Stance.DENIES)
    make_statement(minister, agreements=[rwanda], stance=Stance.DENIES, state=State.DRAFT)
    britain = make_agreement(sender="GBR", year=2022)
    make_status_change(britain, status=Status.SIGNED, date=day("2022-04-14"))
    make_status_change(britain, status=Status.ENDED, date=day("2024-07-06"))


def facts(page) -> dict[str, list[str]]:
    return {text(row.th): [text(cell) for cell in row.select("td")] for row in page.select("table.beside tbody tr")}


def compared(page) -> list[str]:
    return [link["href"].split("/")[2] for link in page.select("ul.compared li > a:first-of-type")]


def chosen(page) -> list[str]:
    return [box["value"] for box in page.select("form.picker input[name=a][checked]")]


def test_the_same_facts_of_each_stand_side_by_side_in_the_order_of_the_address(client, two):
    page = read(client, TWO)
    assert compared(page) == ["us-rw-2025", "gb-rw-2022"]
    assert compared(read(client, "/compare/?a=gb-rw-2022&a=us-rw-2025&a=gb-rw-2022")) == ["gb-rw-2022", "us-rw-2025"]
    found = facts(page)
    assert found["Where it stands"][0].startswith("Operating since 16 August 2025 ,")
    assert found["First report"] == ["22 April 2025 reported", "14 April 2022 signed"]
    assert found["Days until: in talks"] == ["9 to 39 days May 2025", "not reached"]
    assert found["Days until: operating"] == ["116 days 16 August 2025", "not reached"]
    assert found["Days until: ended"] == ["not reached", "814 days 6 July 2024"]
    assert "Days until: signed" not in found
    assert found["Who confirms where it stands"] == [
        "United States is silent (nothing on record); Rwanda confirms",
        "United Kingdom is silent (nothing on record); Rwanda is silent (nothing on record)",
    ]
    assert found["People moved"][0].startswith("7–30 1 group; counted by: receiver; beside it, a total of 900")
    assert found["People moved"][1] == "None on record"
    assert found["Agreed limit"] == ["250", "None known"]
    assert found["Money, paid"] == ["US$7.5 million and one more amount, not added: US$100,000", "None on record"]
    assert "Money, promised" not in found
    assert found["Text"][0].startswith("Not public Operating for")
    assert found["Statements by stance"] == ["2 statements Confirms 1 Denies 1", "None on record"]
    assert faults(page) == []


def test_a_fact_leads_to_where_its_source_stands(client, two):
    page = read(client, TWO)
    for link in page.select("table.beside tbody a"):
        target = link["href"].partition("#")
        found = read(client, target[0])
        assert not target[2] or found.find(id=target[2])


def test_each_negotiation_has_its_line_and_the_figure_the_same(client, two):
    page = read(client, TWO)
    pictures = page.select("svg.comparison")
    assert [picture["class"][1] for picture in pictures] == ["wide", "narrow"]
    for picture in pictures:
        assert [text(letter) for letter in picture.select("text.letter")] == ["A", "B"]
        assert "A, United States – Rwanda, 2025: Reported 22 April 2025, In talks May 2025" in picture["aria-label"]
    address = page.select_one(".chart")["data-figure"]
    assert address == "/compare/chart.json?a=us-rw-2025&a=gb-rw-2022"
    figure = go.Figure(client.get(address).json())
    assert [note.text for note in figure.layout.annotations] == ["A", "B"]
    assert figure.data[-1].text[0].startswith("A: United States – Rwanda, 2025<br>Reported · 22 April 2025")
    assert "Source: The Gazette" in figure.data[-1].text[0]
    assert page.select_one(".chart .spacer")["height"] == str(figure.layout.height)


def test_one_is_taken_away_and_another_added_by_address(client, two):
    make_agreement(receiver="UGA")
    page = read(client, TWO)
    assert page.select("ul.compared a.out") == []
    form = page.select_one("form.add")
    assert [field["value"] for field in form.select("input[name=a]")] == ["us-rw-2025", "gb-rw-2022"]
    assert [(choice["value"], text(choice)) for choice in form.select("option")] == [
        ("us-ug-2025", "United States – Uganda, 2025")
    ]
    three = read(client, f"{TWO}&a=us-ug-2025")
    assert compared(three) == ["us-rw-2025", "gb-rw-2022", "us-ug-2025"]
    assert facts(three)["Where it stands"][2] == "No status on record"
    assert compared(read(client, three.select("ul.compared a.out")[0]["href"])) == ["gb-rw-2022", "us-ug-2025"]
    assert faults(three) == []


def test_agreements_without_any_status_are_compared_without_a_line(client):
    make_agreement()
    make_agreement(receiver="UGA")
    page = read(client, "/compare/?a=us-rw-2025&a=us-ug-2025")
    assert facts(page)["First report"] == ["None on record", "None on record"]
    assert page.select("svg.comparison, .chart") == []
    assert faults(page) == []


@pytest.mark.parametrize(("address", "ticked"), [("/compare/", []), ("/compare/?a=us-rw-2025", ["us-rw-2025"])])
def test_fewer_than_two_are_helped_to_choose(client, two, address, ticked):
    make_agreement(receiver="UGA", state=State.DRAFT)
    page = read(client, address)
    assert [box["value"] for box in page.select("form.picker input[name=a]")] == ["gb-rw-2022", "us-rw-2025"]
    assert chosen(page) == ticked
    assert "Choose 2 to 6 agreements" in words(page)
    assert faults(page) == []


def test_an_unknown_agreement_is_a_400_that_lists_the_valid_ones(client, two):
    make_agreement(receiver="UGA", state=State.DRAFT)
    for id in ("us-ug-2025", "<b>", "us-rw-2025\0"):
        page = read(client, f"{TWO}&a={id.replace(chr(0), '%00')}", status=400)
        assert text(page.select_one("ul.wrong")).startswith(f"a: “{id}”: not known here. Expected ids of agreements")
        assert [text(each) for each in page.select("form.picker code")] == ["gb-rw-2022", "us-rw-2025"]
        assert chosen(page) == ["gb-rw-2022", "us-rw-2025"]
        assert faults(page) == []
    figure = client.get(f"/compare/chart.json{TWO.removeprefix('/compare/')}&a=us-ug-2025")
    assert (figure.status_code, figure["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert "The ids of agreements are: gb-rw-2022, us-rw-2025." in figure.content.decode()


def test_more_than_six_are_a_400_that_says_how_many_are_expected(client):
    for year in range(2001, 2009):
        make_agreement(year=year)
    seven = "&".join(f"a=us-rw-{year}" for year in range(2001, 2008))
    page = read(client, f"/compare/?{seven}", status=400)
    assert "7 agreements are too many to compare. Expected 2 to 6." in text(page.select_one("ul.wrong"))
    assert len(chosen(page)) == 7
    assert client.get(f"/compare/chart.json?{seven}").status_code == 400
    six = read(client, f"/compare/?{seven.rpartition('&')[0]}")
    assert len(compared(six)) == 6
    assert six.select("form.add") == []


def test_a_figure_of_fewer_than_two_says_what_was_expected(client, two):
    figure = client.get("/compare/chart.json?a=us-rw-2025")
    assert (figure.status_code, figure["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert "Expected the ids of 2 to 6 agreements" in figure.content.decode()


def test_a_withdrawn_agreement_is_named_with_its_reason_and_the_others_are_compared(client, two):
    gone = make_agreement(receiver="UGA")
    with publication.act(at=dt.datetime(2026, 2, 3, tzinfo=dt.UTC)) as act:
        act.withdraw([gone], reason="It was recorded twice.")
    page = read(client, f"{TWO}&a=us-ug-2025")
    assert compared(page) == ["us-rw-2025", "gb-rw-2022"]
    note = page.select_one("p.note")
    assert text(note) == f"us-ug-2025 was withdrawn on 3 February 2026 , {text(note.a)} : It was recorded twice."
    assert faults(page) == []
    alone = read(client, "/compare/?a=us-ug-2025&a=us-rw-2025")
    assert text(alone.select_one("p.note")).startswith("us-ug-2025 was withdrawn")
    assert chosen(alone) == ["us-rw-2025"]


def test_the_past_is_compared_as_it_stood_and_carried_on(client, two):
    page = read(client, f"{TWO}&as_of=2025-05-10")
    assert facts(page)["Where it stands"][0].startswith("In talks since May 2025 , 0 to 9 days")
    assert all("as_of=2025-05-10" in link["href"] for link in page.select("table.beside a"))
    assert "as_of=2025-05-10" in page.select_one(".chart")["data-figure"]
    too_early = read(client, f"{TWO}&as_of=2024-01-01", status=400)
    assert "It may have begun later than 1 January 2024." in text(too_early.select_one("ul.wrong"))
    picker = read(client, "/compare/?as_of=2025-05-10")
    assert picker.select_one("input[name=as_of][form=picker]")["value"] == "2025-05-10"
    cited = text(read(client, TWO).select_one("#cite"))
    assert "Compared: United States – Rwanda, 2025; United Kingdom – Rwanda, 2022" in cited
    assert "/compare/?a=us-rw-2025&a=gb-rw-2022&edition=" in cited


def test_every_row_of_the_list_can_be_ticked_to_be_compared(client, two):
    page = read(client, "/agreements/?as_of=2025-09-01")
    form = page.select_one("form#compare")
    assert form["action"].startswith("/compare/")
    assert page.select_one("input[name=as_of][form=compare]")["value"] == "2025-09-01"
    boxes = page.select("[data-id] input[type=checkbox][name=a]")
    assert [box["value"] for box in boxes] == [row["data-id"] for row in page.select("[data-id]")]
    assert {box["form"] for box in boxes} == {form["id"]}
    assert faults(page) == []


@pytest.mark.parametrize(
    "address", ["/countries/rwanda/", "/officials/minister/", "/search/?q=rwanda", "/not-known/"], ids=lambda a: a[1:6]
)
def test_wherever_agreements_are_listed_they_can_be_ticked_too(client, two, address):
    make_statement(Official.objects.get(), agreements=list(Agreement.objects.all()))
    page = read(client, f"{address}{'&' if '?' in address else '?'}as_of=2025-09-01")
    boxes = page.select("main li input[type=checkbox][name=a], main tr input[type=checkbox][name=a]")
    assert sorted(box["value"] for box in boxes) == ["gb-rw-2022", "us-rw-2025"]
    assert {box["form"] for box in boxes} == {page.select_one("form.compare-bar")["id"]}
    assert page.select_one("input[name=as_of][form=compare]")["value"] == "2025-09-01"
    assert faults(page) == []


def test_a_country_without_agreements_has_nothing_to_tick(client):
    make_country("VNM")
    assert not read(client, "/countries/vietnam/").select(".compare-bar, .tick-box")


def test_the_page_of_an_agreement_leads_to_what_it_can_be_compared_with(client, two):
    link = read(client, "/agreements/us-rw-2025/").select_one("section[aria-labelledby=path] a[href^='/compare/']")
    assert chosen(read(client, link["href"])) == ["us-rw-2025"]
