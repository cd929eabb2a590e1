"""A list as its reader meets it: what narrows it in words, what each choice brings, what was denied or changed."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.utils import timezone

from agreements import publication
from agreements.models import Agreement, Edition, Revision
from agreements.views import base
from agreements.vocabulary import (
    Instrument,
    Kind,
    OfficialKind,
    Precision,
    SpeaksFor,
    Stance,
    State,
    Status,
    TextPublic,
)
from tests.database import written_once
from tests.factories import make_agreement, make_official, make_statement, make_transfer
from tests.factories import make_status_change as make_change
from tests.views.reading import read, rows, text

pytestmark = pytest.mark.django_db


def found(page: BeautifulSoup) -> str:
    return text(page.select_one("p.found"))


def choices(page: BeautifulSoup, name: str) -> dict[str, str]:
    """The words beside each box of a filter, by its value."""
    return {box["value"]: text(box.find_parent("label")) for box in page.select(f"input[name={name}]")}


@written_once
def deals() -> None:
    """Four agreements of the United States and the United Kingdom."""
    for receiver, status in (("RWA", Status.OPERATING), ("UGA", Status.OPERATING), ("SLV", Status.SIGNED)):
        make_change(make_agreement(receiver=receiver), status=status)
    make_change(make_agreement(sender="GBR", kind=Kind.SAFE_THIRD_COUNTRY, text_public=TextPublic.NO))


# --- In words -------------------------------------------------------------------------------------
def test_the_agreements_are_described_by_what_narrows_them(client, deals):
    expected = {
        "": "4 agreements",
        "sort=since": "4 agreements",
        "sender=USA&region=Africa&status=operating": "2 agreements: sender United States, "
        "receiver in Africa, operating",
        "receiver=RWA&receiver=UGA": "3 agreements: receiver Rwanda or Uganda",
        "receiver=RWA&receiver=UGA&receiver=SLV&receiver=RWA": "4 agreements: receiver Rwanda, Uganda or El Salvador",
        "country=GBR": "1 agreement: sender or receiver United Kingdom",
        "kind=safe-third-country&kind=return-hub": "1 agreement: safe third country or return hub",
        "instrument=memorandum": "0 agreements: on paper: memorandum",
        "text_public=no&text_public=unknown": "4 agreements: text not public or not known",
        "denied=sender": "0 agreements: denied by the sender",
        "denied=any": "0 agreements: denied by the sender or the receiver",
        "q=kigali": "0 agreements: with the words “kigali”",
        "changed=1": "4 agreements: changed in the last day",
        "changed=30": "4 agreements: changed in the last 30 days",
        "from=2025-05": "4 agreements: with a step from May 2025 on",
        "to=2024": "0 agreements: with a step up to 2024",
        "from=2025&to=2025": "4 agreements: with a step in 2025",
        "from=2024-07-06&to=2024-07-06": "0 agreements: with a step on 6 July 2024",
        "from=2024-07-06&to=2025-06": "4 agreements: with a step between 6 July 2024 and June 2025",
        "status=operating&q=what+it+is&from=2025": "2 agreements: operating, with the words “what it is”, "
        "with a step from 2025 on",
    }
    assert {query: found(read(client, f"/agreements/?{query}")) for query in expected} == expected


def test_the_statements_are_described_by_what_narrows_them(client):
    deal = make_change(make_agreement(), date=dt.date(2025, 5, 4)).agreement
    make_statement(make_official("minister", name="Olivier Nduhungirehe"), agreements=[deal])
    expected = {
        "": "1 statement",
        "sender=USA&receiver=RWA": "1 statement: sender United States, receiver Rwanda",
        "country=RWA&country=USA": "1 statement: sender or receiver Rwanda or United States",
        "agreement=us-rw-2025": f"1 statement: on {deal.title}",
        "official=minister": "1 statement: by Olivier Nduhungirehe",
        "stance=denies&stance=declines-comment": "0 statements: the speaker denies or declines to comment",
        "speaks_for=government": "1 statement: speaking for: government",
        "from=2025-05&to=2025-06": "1 statement: between May 2025 and June 2025",
    }
    assert {query: found(read(client, f"/statements/?{query}")) for query in expected} == expected


def test_the_other_lists_are_described_by_what_narrows_them(client, deals):
    make_official("court", name="A court", country="GBR", kind=OfficialKind.OFFICE, speaks_for=SpeaksFor.JUDICIARY)
    expected = {
        "/officials/?country=GBR&kind=office&speaks_for=judiciary": "1 official: of United Kingdom, "
        "speaking for: judiciary, office",
        "/countries/?region=Africa&region=Asia": "2 countries: in Africa or Asia",
        "/changes/?kind=withdrawn": "0 editions: withdrawn",
        "/changes/?kind=added&official=court&country=GBR": "1 edition: added, about United Kingdom, about A court",
    }
    assert {address: found(read(client, address)) for address in expected} == expected


def test_the_title_and_the_citation_of_a_list_say_what_narrows_it(client, deals):
    page = read(client, "/agreements/?sender=USA&status=operating&q=")
    assert text(page.title) == "Agreements: sender United States, operating · Third Country Tracker"
    assert text(page.h1) == "Agreements"
    address = f"{settings.SITE_URL}/agreements/?sender=USA&status=operating&edition={Edition.objects.count()}"
    assert all(address in text(citation) for citation in page.select(".cite dd"))
    assert "Agreements: sender United States, operating" in text(page.select_one(".cite"))
    assert text(read(client, "/agreements/").title) == "Agreements · Third Country Tracker"


# --- Choices --------------------------------------------------------------------------------------
def test_each_choice_says_what_it_brings_and_what_it_adds_to_others_of_its_filter(client, deals):
    page = read(client, "/agreements/")
    assert choices(page, "sender") == {"GBR": "United Kingdom (1)", "USA": "United States (3)"}
    page = read(client, "/agreements/?sender=USA")
    assert choices(page, "sender") == {"GBR": "United Kingdom (+1, 4 in all)", "USA": "United States (3)"}
    assert choices(page, "receiver") == {"SLV": "El Salvador (1)", "RWA": "Rwanda (1)", "UGA": "Uganda (1)"}
    page = read(client, "/agreements/?country=RWA")
    # One of the two with Rwanda is of the United States: it is on the list already.
    assert choices(page, "country")["USA"] == "United States (+2, 4 in all)"
    assert choices(page, "country")["GBR"] == "United Kingdom (+0, 2 in all)"


def test_what_brings_nothing_is_left_out_of_records_and_dimmed_among_terms(client, deals):
    page = read(client, "/agreements/?sender=GBR")
    assert set(choices(page, "receiver")) == {"RWA"}
    assert set(choices(page, "region")) == {"Africa"}
    idle = {box.input["value"] for box in page.select("#group-status label.idle")}
    assert idle == {str(status) for status in Status} - {Status.TALKS}
    assert choices(page, "status")[Status.SIGNED] == "Signed (0)"
    # What is chosen stays, so that it can be taken away.
    assert choices(read(client, "/agreements/?sender=GBR&receiver=UGA"), "receiver") == {
        "RWA": "Rwanda (+1, 1 in all)",
        "UGA": "Uganda (0)",
    }


def test_of_very_many_choices_those_that_bring_most_are_offered(client, monkeypatch):
    monkeypatch.setattr(base, "MOST_CHOICES", 3)
    for number, statements in enumerate([1, 3, 1, 2, 1]):
        official = make_official(f"speaker-{number}")
        for _statement in range(statements):
            make_statement(official)
    panel = read(client, "/statements/").select_one("#group-official")
    assert [box["value"] for box in panel.select("input")] == ["speaker-0", "speaker-1", "speaker-3"]
    assert text(panel.select_one("p")) == "2 more bring less than these."
    # One that is chosen is among them.
    assert "speaker-4" in choices(read(client, "/statements/?official=speaker-4"), "official")


def test_a_chip_takes_one_value_away_and_keeps_the_rest(client, deals):
    page = read(client, "/agreements/?sender=USA&sender=GBR&status=operating&from=2025&sort=since&page=1")
    assert {text(chip): chip["href"] for chip in page.select("ul.chips a")} == {
        "Sender: United Kingdom × (take away)": "/agreements/?from=2025&sender=USA&status=operating&sort=since",
        "Sender: United States × (take away)": "/agreements/?from=2025&sender=GBR&status=operating&sort=since",
        "Where it stands: Operating × (take away)": "/agreements/?from=2025&sender=USA&sender=GBR&sort=since",
        "From: 2025 × (take away)": "/agreements/?sender=USA&sender=GBR&status=operating&sort=since",
    }


def test_of_one_parameter_that_is_repeated_the_last_counts_and_is_shown(client, deals):
    page = read(client, "/agreements/?q=nothing&q=uganda&from=2020&from=2025")
    assert page.select_one("#f-q")["value"] == "uganda"
    assert page.select_one("#f-from")["value"] == "2025"
    assert found(page) == "1 agreement: with the words “uganda”, with a step from 2025 on"
    assert not read(client, "/agreements/?q=uganda&q=").select("ul.chips")


# --- Questions -----------------------------------------------------------------------------------
def test_the_questions_that_press_people_ask_are_among_those_of_the_agreements(client):
    page = read(client, "/agreements/")
    assert {text(link) for link in page.select("nav.questions a")} == {
        "Who is operating now?",
        "Asylum cooperative agreements",
        "Changed in the last 30 days",
        "Deals whose text is secret",
        "Denied by one side",
    }


# --- Denied ---------------------------------------------------------------------------------------
@pytest.fixture
def denial(db: None):
    """A signed agreement that the receiver denied and then confirmed, and one that its sender denies to this day."""
    rwanda, salvador = make_agreement(), make_agreement(receiver="SLV")
    signed = make_change(rwanda, status=Status.SIGNED)
    minister = make_official("minister", country="RWA", speaks_for=SpeaksFor.GOVERNMENT)
    make_statement(minister, status_change=signed, date=dt.date(2025, 5, 4), stance=Stance.DENIES)
    make_statement(minister, status_change=signed, date=dt.date(2025, 5, 20))
    secretary = make_official("secretary", country="USA", speaks_for=SpeaksFor.GOVERNMENT)
    denied = make_change(salvador, status=Status.TALKS)
    make_statement(secretary, status_change=denied, date=dt.date(2025, 5, 4))
    make_statement(secretary, status_change=denied, date=dt.date(2025, 5, 20), stance=Stance.DENIES)
    make_statement(secretary, status_change=denied, date=dt.date(2025, 5, 21), stance=Stance.DECLINES)
    return signed


def test_denied_is_what_a_sides_latest_word_denies(client, denial):
    assert rows(client, "/agreements/?denied=any") == rows(client, "/agreements/?denied=sender") == ["us-sv-2025"]
    assert rows(client, "/agreements/?denied=receiver") == []
    # As it stood before the minister confirmed it.
    said = Revision.objects.filter(table="statements", row__stance=Stance.DENIES).order_by("edition")
    assert rows(client, f"/agreements/?denied=receiver&edition={said[0].edition_id}") == ["us-rw-2025"]
    assert rows(client, f"/agreements/?denied=sender&edition={said[0].edition_id}") == []
    assert rows(client, "/agreements/?denied=receiver&as_of=2025-05-10") == ["us-rw-2025"]


def test_a_judge_another_government_and_a_draft_deny_for_neither_side(client, denial):
    for country, speaks_for in (("RWA", SpeaksFor.JUDICIARY), ("GBR", SpeaksFor.GOVERNMENT), ("USA", "")):
        speaker = make_official(country=country, speaks_for=speaks_for)
        make_statement(speaker, status_change=denial, date=dt.date(2025, 6, 1), stance=Stance.DENIES)
    minister = make_official(country="RWA", speaks_for=SpeaksFor.GOVERNMENT)
    make_statement(minister, status_change=denial, date=dt.date(2025, 6, 1), stance=Stance.DENIES, state=State.DRAFT)
    assert rows(client, "/agreements/?denied=any") == ["us-sv-2025"]


def test_of_two_words_of_one_side_on_one_day_the_longer_period_is_the_earlier(client):
    change = make_change(make_agreement())
    minister = make_official(country="RWA", speaks_for=SpeaksFor.GOVERNMENT)
    for id, stance, precision in (("b", Stance.CONFIRMS, Precision.MONTH), ("a", Stance.DENIES, Precision.DAY)):
        date = dt.date(2025, 5, 1)
        make_statement(minister, id=id, status_change=change, stance=stance, date=date, precision=precision)
    assert rows(client, "/agreements/?denied=receiver") == ["us-rw-2025"]


# --- Changed --------------------------------------------------------------------------------------
@pytest.fixture
def ages(db: None) -> None:
    """Agreements that became public today, five days ago and forty days ago; the oldest gained a transfer of late."""
    for receiver, age in (("RWA", 0), ("SLV", 5), ("UGA", 40)):
        make_change(make_agreement(receiver=receiver), status=Status.TALKS)
        _date_back(age)
    make_transfer(Agreement.objects.get(pk="us-ug-2025"))
    _date_back(10)


def _date_back(age: int) -> None:
    """Dates what was published since the last call back by so many days."""
    since = timezone.now() - dt.timedelta(days=age)
    Edition.objects.filter(made_at__gt=timezone.now() - dt.timedelta(hours=1), note="").update(
        made_at=since, note="dated"
    )


def test_changed_counts_back_from_today_whatever_of_an_agreement_became_public(client, ages):
    expected = {
        "changed=1": "us-rw-2025",
        "changed=4": "us-rw-2025",
        "changed=6": "us-rw-2025 us-sv-2025",
        "changed=30": "us-rw-2025 us-sv-2025 us-ug-2025",
    }
    found = {query: " ".join(sorted(rows(client, f"/agreements/?{query}"))) for query in expected}
    assert found == expected


def test_changed_counts_what_was_withdrawn_of_an_agreement(client, ages):
    with publication.act() as act:
        act.withdraw([Agreement.objects.get(pk="us-sv-2025").status_changes.get()], reason="Made in error.")
    assert sorted(rows(client, "/agreements/?changed=1")) == ["us-rw-2025", "us-sv-2025"]


def test_on_a_past_edition_changed_counts_back_from_its_day(client):
    make_change(make_agreement(), status=Status.TALKS)
    _date_back(400)
    old = Edition.objects.count()
    make_change(make_agreement(receiver="SLV"), status=Status.TALKS)
    assert rows(client, "/agreements/?changed=30") == ["us-sv-2025"]
    assert rows(client, f"/agreements/?changed=30&edition={old}") == ["us-rw-2025"]
    # As known now, of a day on which nothing had been published yet.
    assert rows(client, "/agreements/?changed=30&as_of=2020-01-01") == []


@pytest.mark.parametrize("value", ["0", "-1", "x", "1.5", "36501", "9" * 30, "٣x"])
def test_a_number_of_days_that_is_none_is_refused_with_what_was_expected(client, value):
    page = read(client, f"/agreements/?changed={value}", status=400)
    [fault] = [text(item) for item in page.select("ul.wrong li")]
    assert fault.startswith("changed: Expected ")


# --- Past states ----------------------------------------------------------------------------------
def test_questions_chips_and_the_form_of_a_past_page_stay_in_its_edition(client, deals):
    page = read(client, "/agreements/?sender=USA&edition=3")
    for link in page.select("nav.questions a, ul.chips a, #filters .acts a"):
        assert "edition=3" in link["href"]
    assert page.select_one("input[name=edition][form=filters]")["value"] == "3"


def test_an_instrument_in_a_sentence_keeps_the_capitals_of_a_name_alone(client, deals):
    make_change(make_agreement(year=2026, instrument=Instrument.JOINT_STATEMENT))
    assert found(read(client, "/agreements/?instrument=joint-statement&region=Africa")) == (
        "1 agreement: receiver in Africa, on paper: joint statement"
    )
