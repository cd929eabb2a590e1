"""The page of one negotiation: what it shows of made-up facts, and what it never shows."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils import timezone

from agreements import publication
from agreements.models import Agreement
from agreements.vocabulary import (
    CountedBy,
    Counting,
    Instrument,
    Outcome,
    Precision,
    SpeaksFor,
    Stage,
    Stance,
    State,
    Status,
    TextPublic,
)
from tests.factories import (
    make_agreement,
    make_assessment,
    make_country,
    make_official,
    make_payment,
    make_position,
    make_proceeding,
    make_source,
    make_statement,
    make_status_change,
    make_transfer,
)
from tests.views.reading import facts, faults, read, row_ids, rows, sources_of, text, timeline, words

pytestmark = pytest.mark.django_db

PAGE = "/agreements/us-rw-2025/"
HIDDEN = [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN]


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


def entry(page, id: str):
    return page.select_one(f"ol.timeline > li#{id}")


# --- The timeline ---------------------------------------------------------------------------------
def test_the_timeline_is_in_the_order_of_first_days_the_longer_period_first_then_step_then_id(client):
    make_status_change(id="c-1", step=1, date=day("2025-05-01"), status=Status.TALKS)
    make_status_change(id="a-2", step=2, date=day("2025-05-01"), status=Status.SIGNED)
    make_statement(id="in-may", date=day("2025-05-01"), precision=Precision.MONTH)
    make_statement(id="in-2025", date=day("2025-01-01"), precision=Precision.YEAR)
    make_statement(id="new-year", date=day("2025-01-01"))
    make_statement(id="before", date=day("2024-12-31"))
    make_transfer(id="z-moved", date=day("2025-05-01"))
    make_payment(id="y-paid", date=day("2025-05-01"))
    make_proceeding(id="x-case", filed=day("2025-05-02"), decided=day("2025-06-01"))
    assert [each["id"] for each in timeline(read(client, PAGE))] == [
        *["before", "in-2025", "new-year", "in-may"],
        *["y-paid", "z-moved", "c-1", "a-2"],
        *["x-case-filed", "x-case"],
    ]


@pytest.mark.parametrize(
    ("date", "precision", "written", "machine"),
    [
        ("2025-05-04", Precision.DAY, "4 May 2025", "2025-05-04"),
        ("2025-05-01", Precision.DAY, "1 May 2025", "2025-05-01"),
        ("2025-05-01", Precision.MONTH, "May 2025", "2025-05"),
        ("2025-01-01", Precision.YEAR, "2025", "2025"),
    ],
)
def test_a_date_is_written_as_exact_as_it_is_known_and_no_more(client, date, precision, written, machine):
    make_status_change(id="change", date=day(date), precision=precision)
    make_statement(id="said", date=day(date), precision=precision)
    make_transfer(id="moved", date=day(date), precision=precision)
    make_payment(id="money", date=day(date), precision=precision)
    page = read(client, PAGE)
    for id in ("change", "said", "moved", "money"):
        when = entry(page, id).select_one(".when")
        assert (text(when), when.time["datetime"]) == (written, machine)
    assert text(page.select_one("p.stand time")) == written
    assert written in text(page.select_one("ol.steps li"))
    assert f"In talks {written}" in page.select_one("svg.status-path")["aria-label"]


def test_what_is_undated_stands_in_a_group_of_its_own_after_the_rest(client):
    make_status_change(id="dated")
    make_payment(id="paid", date=None)
    make_proceeding(id="case", filed=None, decided=None, outcome=Outcome.PENDING)
    page = read(client, PAGE)
    dated, undated = page.select("ol.timeline")
    assert [each["id"] for each in dated.select(":scope > li")] == ["dated"]
    assert [each["id"] for each in undated.select(":scope > li")] == ["case", "paid"]
    assert all(text(each.select_one(".when")) == "undated" for each in undated.select(":scope > li"))
    assert text(undated.find_previous("h3")) == "Undated"
    assert text(entry(page, "case")).startswith("undated In court: pending.")
    assert faults(page) == []


def test_without_an_undated_fact_there_is_no_such_group(client):
    make_status_change()
    assert "Undated" not in [text(heading) for heading in read(client, PAGE).select("h3")]


def test_each_kind_of_fact_says_what_it_is(client):
    make_status_change(id="change", status=Status.IN_FORCE, note="Ratified by both.")
    make_statement(
        make_official(name="A minister"),
        id="said",
        stance=Stance.CONDITIONS,
        quote="Oui, mais",
        language="fr",
        venue="RTV",
    )
    make_transfer(
        id="moved",
        people_low=7,
        people_high=30,
        counted_by=CountedBy.PRESS,
        nationalities=["VNM", "UGA"],
        note="By night.",
    )
    make_transfer(id="unknown", people_low=None, people_high=None)
    whole = make_payment(id="money", amount=7_500_000, stage=Stage.OBLIGATED)
    make_payment(id="part", amount=1_250, currency="XPF", part_of=whole)
    make_proceeding(id="case", filed=day("2025-06-01"), decided=day("2025-07-01"), outcome=Outcome.BLOCKED)
    page = read(client, PAGE)
    told = {id: text(entry(page, id)) for id in ("change", "said", "moved", "unknown", "money", "part", "case")}
    assert "In force. Ratified by both." in told["change"]
    assert "A minister" in told["said"]
    assert "sets conditions" in told["said"]
    assert "RTV." in told["said"]
    assert entry(page, "said").q["lang"] == "fr"
    assert "7–30." in told["moved"]
    assert "By night. Counted by: press. Nationalities: Vietnam, Uganda." in told["moved"]
    assert "number not known." in told["unknown"]
    assert "US$7.5 million obligated." in told["money"]
    assert "XPF 1,250 promised." in told["part"]
    assert "Part of another amount; never added." in told["part"]
    assert "Ruling: blocked." in told["case"]
    assert "Filed in court." in text(entry(page, "case-filed"))
    assert faults(page) == []


def test_a_cumulative_count_stands_beside_the_timeline_and_in_no_sum(client):
    make_transfer(id="first", people_low=7, people_high=7)
    make_transfer(id="second", people_low=10, people_high=12)
    make_transfer(id="uncounted", people_low=None, people_high=None)
    make_transfer(id="older", people_low=90, people_high=90, counting=Counting.CUMULATIVE, date=day("2025-09-01"))
    make_transfer(
        id="total",
        people_low=100,
        people_high=120,
        counting=Counting.CUMULATIVE,
        counted_by=CountedBy.NGO,
        date=day("2025-10-01"),
        precision=Precision.MONTH,
    )
    page = read(client, PAGE)
    assert not page.select("ol.timeline #total, ol.timeline #older")
    assert [each["id"] for each in page.select("aside li[id]")] == ["older", "total"]
    assert sources_of(page.find(id="total"), page)
    moved = facts(page)["People moved"]
    assert moved.startswith("17–19 3 groups")
    assert "1 group without a count" in moved
    assert "a total of 100–120 (October 2025" in moved
    assert not {"117", "217", "107", "90"} & set(moved.replace("–", " ").split())


# --- Key facts ------------------------------------------------------------------------------------
def test_an_agreement_of_which_little_is_known_says_so(client):
    make_status_change(status=Status.REPORTED)
    page = read(client, PAGE)
    found = facts(page)
    assert found["People moved"] == "None on record"
    assert found["Agreed limit"] == "None known"
    assert found["Money"] == "None on record"
    assert found["Text"] == "Not known"
    assert found["Last checked"] == "1 December 2025"
    assert "United States is silent" in text(page.select_one("p.stand"))
    assert faults(page) == []


def test_an_agreement_without_a_published_step_has_a_page_and_no_status(client):
    make_agreement()
    page = read(client, PAGE)
    assert text(page.select_one("p.stand")).startswith("No status on record")
    assert not page.select("svg.status-path, .chart")
    assert faults(page) == []
    assert client.get(f"{PAGE}chart.json").status_code == 404
    assert row_ids(read(client, "/agreements/")) == ["us-rw-2025"]


def test_amounts_are_listed_by_stage_and_never_added(client):
    make_payment(amount=7_500_000, stage=Stage.PROMISED)
    make_payment(amount=2_000_000, stage=Stage.PROMISED)
    make_payment(amount=1_000_000, stage=Stage.PAID)
    money = facts(read(client, PAGE))["Money"]
    assert money == "US$1 million paid; US$7.5 million promised, and 1 more amount"


def test_the_largest_amount_of_each_currency_is_a_key_fact_and_none_is_converted(client):
    make_payment(amount=5, currency="USD", stage=Stage.PROMISED)
    make_payment(amount=9, currency="EUR", stage=Stage.PROMISED)
    make_payment(amount=4, currency="USD", stage=Stage.PROMISED)
    money = facts(read(client, PAGE))["Money"]
    assert money == "€9 and US$5 promised, and 1 more amount"


def test_a_text_that_may_not_be_read_is_secret_only_while_it_binds(client):
    make_agreement(text_public=TextPublic.NO, instrument=Instrument.TREATY)
    make_status_change(status=Status.TALKS)
    assert facts(read(client, PAGE))["Text"] == "Not public"
    assert "text secret" not in words(read(client, "/agreements/"))
    make_status_change(status=Status.SIGNED, date=timezone.now().date() - dt.timedelta(days=12))
    assert facts(read(client, PAGE))["Text"].lower() == "not public signed for 12 days"
    assert "text secret" in words(read(client, "/agreements/"))


def test_days_since_an_imprecise_date_are_a_range(client):
    make_agreement(text_public=TextPublic.NO)
    today = timezone.now().date()
    make_status_change(status=Status.SIGNED, date=dt.date(today.year - 1, 1, 1), precision=Precision.YEAR)
    low, high = ((today - dt.date(today.year - 1, *end)).days for end in ((12, 31), (1, 1)))
    assert facts(read(client, PAGE))["Text"].lower() == f"not public signed for {low} to {high} days"


def test_who_confirms_is_read_from_the_statements_tied_to_the_current_run(client):
    agreement = make_agreement()
    earlier = make_status_change(agreement, status=Status.TALKS)
    first = make_status_change(agreement, status=Status.SIGNED, date=day("2025-06-01"))
    repeat = make_status_change(agreement, status=Status.SIGNED, date=day("2025-08-01"))
    minister = make_official(name="A minister")
    department = make_official(name="A department", country="USA")
    judge = make_official(name="A judge", country="USA", speaks_for=SpeaksFor.JUDICIARY)
    make_statement(judge, status_change=earlier, stance=Stance.CONFIRMS)
    make_statement(minister, id="yes", status_change=first, stance=Stance.CONFIRMS, date=day("2025-06-02"))
    make_statement(minister, id="quiet", status_change=repeat, stance=Stance.DECLINES, date=day("2025-08-02"))
    make_statement(department, id="no", status_change=repeat, stance=Stance.DENIES, date=day("2025-08-01"))
    page = read(client, PAGE)
    assert text(page.select_one("p.stand .soft")) == "United States denies · Rwanda confirms"
    said = {text(row.th): (text(row.td), [a["href"] for a in row.select("a")]) for row in page.select("table.words tr")}
    assert said["Rwanda"] == ("confirms , 2 June 2025", ["#yes"])
    assert said["United States"] == ("denies , 1 August 2025", ["#no"])
    assert said["Courts"] == said["Others"] == ("silent (nothing on record)", [])


# --- Sources --------------------------------------------------------------------------------------
def test_sources_are_numbered_as_they_are_first_cited_and_listed_once(client):
    report, paper = (
        make_source("report", publisher="Reuters"),
        make_source("paper", publisher="A paper", published=None),
    )
    make_agreement(sources=[paper])
    make_status_change(id="first", date=day("2025-05-04"), sources=[report, paper])
    make_status_change(id="second", date=day("2025-06-04"), sources=[report])
    page = read(client, PAGE)
    listed = page.select("ol.refs > li")
    assert [item["value"] for item in listed] == ["1", "2"]
    assert "A paper, undated" in text(listed[0])
    assert "Reuters, 5 May 2025" in text(listed[1])
    marks = [text(mark) for mark in entry(page, "first").select("a.mark")]
    assert marks == ["2", "1"]
    assert [text(mark) for mark in page.select("p.lede a.mark")] == ["1"]
    assert listed[1].a["href"] == "/sources/report/"


def test_a_source_links_to_its_original_and_its_archived_copy_where_there_is_one(client):
    kept = make_source("kept", archive_url="https://archive.example/kept")
    make_agreement(sources=[kept, make_source("paper", url="")])
    first, second = read(client, PAGE).select("ol.refs > li")
    assert [link["href"] for link in first.select("a.out")] == [
        "https://gazette.example/kept",
        "https://archive.example/kept",
    ]
    assert not second.select("a.out")
    assert "noopener" in first.select_one("a.out")["rel"]


# --- Offices --------------------------------------------------------------------------------------
def test_the_office_shown_is_the_one_held_on_the_day(client):
    official = make_official()
    make_position(official, title="Deputy", started="2020", ended="2024-05")
    make_position(official, title="Foreign minister", body="MINAFFET", started="2024-06-13")
    make_position(official, title="Undated")
    make_position(official, title="Hidden office", started="2025-01", state=State.DRAFT)
    make_statement(official, id="then", date=day("2022-04-14"))
    make_statement(official, id="now", date=day("2025-05-04"))
    make_statement(official, id="some-time-in-2024", date=day("2024-01-01"), precision=Precision.YEAR)
    make_statement(official, id="long-ago", date=day("2010-01-01"))
    page = read(client, PAGE)
    assert "Deputy" in text(entry(page, "then"))
    assert "Foreign minister, MINAFFET" in text(entry(page, "now"))
    assert "Foreign minister" in text(entry(page, "some-time-in-2024"))
    assert "Undated" in text(entry(page, "long-ago"))
    assert "Hidden office" not in words(page)


# --- What is not public ---------------------------------------------------------------------------
@pytest.mark.parametrize("state", HIDDEN)
def test_what_is_not_published_shows_on_no_page_in_no_row_and_in_no_figure(client, state):
    marker = "xyzzy"
    agreement = make_agreement(sources=[make_source(title="Seen"), make_source(title=marker, state=state)])
    make_status_change(agreement, status=Status.TALKS)
    make_status_change(agreement, status=Status.OPERATING, note=marker, date=day("2025-09-01"), state=state)
    official = make_official()
    make_position(official, title=marker, state=state)
    make_statement(official, summary=marker, quote=marker, state=state)
    make_statement(make_official(name=marker, state=state), summary=marker)
    make_statement(official)
    make_transfer(note=marker, state=state)
    make_transfer(note=marker, counting=Counting.CUMULATIVE, state=state)
    make_payment(note=marker, state=state)
    make_proceeding(name=marker, summary=marker, court=marker, state=state)
    make_assessment(title=marker, body=marker, state=state)
    Agreement.objects.update(internal_note=marker)
    page = read(client, PAGE)
    assert text(page.select_one("p.stand")).startswith("In talks since 4 May 2025")
    assert facts(page)["People moved"] == facts(page)["Money"] == "None on record"
    assert [each["class"][1] for each in timeline(page)] == ["entry-said", "entry-status"]
    for address in [PAGE, f"{PAGE}chart.json", "/", "/chart.json", "/agreements/", "/agreements/?status=talks"]:
        response = client.get(address)
        assert response.status_code == 200
        assert marker not in response.content.decode()
    assert rows(client, "/agreements/?status=operating") == []
    assert marker not in json.dumps(client.get("/countries/rwanda/chart.json").json())


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW])
def test_a_draft_is_as_if_it_were_not_there(client, state):
    make_agreement(summary="xyzzy", state=state)
    for address in (PAGE, f"{PAGE}chart.json", "/countries/rwanda/chart.json"):
        response = client.get(address)
        assert response.status_code == 404
        assert "xyzzy" not in response.text
    unknown = client.get("/agreements/us-rw-2019/").text.replace("2019", "2025")
    assert client.get(PAGE).text == unknown


def test_a_withdrawn_agreement_says_when_and_why_and_shows_nothing_else(client):
    make_agreement(title="US–Rwanda (2025)", summary="xyzzy")
    with publication.act(at=dt.datetime(2025, 11, 3, 23, 30, tzinfo=dt.UTC)) as act:
        act.withdraw(Agreement.objects.all(), reason="Entered <twice>.")
    page = read(client, PAGE, 410)
    assert text(page.h1) == "This record was withdrawn"
    assert page.main.time["datetime"] == "2025-11-03"
    assert "Reason: Entered <twice>." in words(page)
    assert "“us-rw-2025”" in words(page)
    assert "It was about: US–Rwanda (2025)" in words(page)
    assert "xyzzy" not in page.decode()
    assert faults(page) == []
    assert rows(client, "/agreements/") == []


def test_an_address_that_is_nearly_right_leads_to_what_is_near(client):
    make_agreement()
    make_agreement(year=2024)
    make_agreement(year=2023, state=State.DRAFT)
    make_agreement(receiver="UGA")
    page = read(client, "/agreements/us-rw-2026/", 404)
    assert [link["href"] for link in page.select("h2 + ul a")] == ["/agreements/us-rw-2024/", PAGE]
    assert "“us-rw-2026”" in words(page)
    assert not read(client, "/agreements/zz-zz-2026/", 404).select("h2")
    assert faults(page) == []


# --- The list -------------------------------------------------------------------------------------
def test_a_row_shows_the_parties_where_it_stands_and_its_path(client):
    agreement = make_agreement(title="The deal")
    make_status_change(agreement, status=Status.TALKS)
    make_status_change(agreement, status=Status.SUSPENDED, date=day("2025-06-01"), precision=Precision.MONTH)
    make_transfer(agreement, people_low=7, people_high=30)
    [row] = read(client, "/agreements/").select("[data-id]")
    assert row.a["href"] == PAGE
    assert text(row.a) == "United States to Rwanda"
    assert "Suspended since June 2025" in text(row)
    assert "The deal" in text(row)
    assert "7–30 people moved" in text(row)
    track = row.select_one("svg.track")
    assert track["role"] == "img"
    assert track["aria-label"] == "In talks 4 May 2025, Suspended June 2025"
    assert "status-suspended" in row.decode()


def test_a_name_with_markup_stays_text_everywhere(client):
    evil = "<script>alert(1)</script>&\"'"
    make_country("RWA", name=evil, slug="rwanda")
    make_agreement(title=evil, summary=evil, sources=[make_source(title=evil, publisher=evil)])
    make_status_change(note=evil)
    make_statement(make_official(name=evil), id="minister-2025", quote=evil, summary=evil, venue=evil)
    for address in [PAGE, "/agreements/", "/", "/countries/rwanda/", "/statements/", "/statements/minister-2025/"]:
        page = read(client, address)
        assert faults(page) == []
        assert evil in page.get_text()
    for address in [f"{PAGE}chart.json", "/countries/rwanda/chart.json"]:
        assert "<script" not in json.dumps(client.get(address).json())
