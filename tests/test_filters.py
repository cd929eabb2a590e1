"""What an address narrows a list to: repeats are alternatives, different parameters all hold, faults are named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import assume, given
from hypothesis import strategies as st

from agreements.filters import (
    AgreementFilter,
    ChoicesFilter,
    CountryFilter,
    ListFilter,
    OfficialFilter,
    SortFilter,
    StatementFilter,
)
from agreements.history import Period
from agreements.models import Agreement, Country, Edition, StatusChange
from agreements.views.moments import kept
from agreements.vocabulary import (
    Instrument,
    Kind,
    OfficialKind,
    Precision,
    Region,
    SpeaksFor,
    Stance,
    State,
    Status,
    TextPublic,
)
from tests.database import written_once
from tests.factories import make_agreement, make_country, make_official, make_position, make_statement
from tests.factories import make_status_change as make_change
from tests.views.reading import read, row_ids, rows, text

pytestmark = pytest.mark.django_db

LISTS: dict[str, type[ListFilter]] = {
    "/agreements/": AgreementFilter,
    "/statements/": StatementFilter,
    "/officials/": OfficialFilter,
    "/countries/": CountryFilter,
}
CHOICES = [
    (address, name)
    for address, filters in LISTS.items()
    for name, each in filters.base_filters.items()
    if isinstance(each, ChoicesFilter)
]


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


def listed(client: Client, address: str, queries: Iterable[str]) -> dict[str, str]:
    """Each query with the ids of the rows that it brings, in order."""
    return {query: " ".join(rows(client, f"{address}?{query}")) for query in queries}


# --- Agreements -----------------------------------------------------------------------------------
@written_once
def deals() -> None:
    """Four agreements that differ in everything that is asked for."""
    rwanda = make_agreement(title="Transfers to Kigali", cap=250, text_public=TextPublic.NO)
    make_change(rwanda, status=Status.TALKS, date=day("2025-05-04"))
    make_change(rwanda, status=Status.OPERATING, date=day("2025-08-01"), precision=Precision.MONTH)
    britain = make_agreement(
        sender="GBR",
        year=2022,
        title="Migration partnership",
        kind=Kind.SAFE_THIRD_COUNTRY,
        instrument=Instrument.MEMORANDUM,
        text_public=TextPublic.YES,
        money_note="A development fund of 100% grants.",
    )
    make_change(britain, status=Status.SIGNED, date=day("2022-04-14"))
    make_change(britain, status=Status.ENDED, date=day("2024-07-06"))
    nauru = make_agreement(
        sender="AUS", receiver="NRU", year=2012, kind=Kind.OFFSHORE, instrument=Instrument.MEMORANDUM
    )
    make_change(nauru, status=Status.OPERATING, date=day("2012-01-01"), precision=Precision.YEAR)
    for state in (State.DRAFT, State.IN_REVIEW, State.WITHDRAWN):
        make_change(nauru, status=Status.ENDED, date=day("2013-05-01"), state=state)
    salvador = make_agreement(
        receiver="SLV", summary="Held in CECOT.", people_covered="Venezuelans", kind=Kind.DETENTION
    )
    make_change(salvador, status=Status.TALKS, date=day("2025-02-03"))
    make_agreement(receiver="UGA", state=State.DRAFT)


def test_agreements_are_narrowed_by_their_address(client, deals):
    expected = {
        "": "us-rw-2025 us-sv-2025 gb-rw-2022 au-nr-2012",
        "status=operating": "us-rw-2025 au-nr-2012",
        "status=operating&status=ended": "us-rw-2025 gb-rw-2022 au-nr-2012",
        "status=signed": "",
        "sender=USA": "us-rw-2025 us-sv-2025",
        "sender=USA&sender=AUS": "us-rw-2025 us-sv-2025 au-nr-2012",
        "receiver=RWA": "us-rw-2025 gb-rw-2022",
        "receiver=USA": "",
        "country=USA": "us-rw-2025 us-sv-2025",
        "country=RWA": "us-rw-2025 gb-rw-2022",
        "country=RWA&country=AUS": "us-rw-2025 gb-rw-2022 au-nr-2012",
        "region=Africa": "us-rw-2025 gb-rw-2022",
        "region=Oceania&region=Americas": "us-sv-2025 au-nr-2012",
        "region=Europe": "",
        "kind=third-country-removal": "us-rw-2025",
        "kind=detention&kind=offshore-processing": "us-sv-2025 au-nr-2012",
        "instrument=memorandum": "gb-rw-2022 au-nr-2012",
        "text_public=no&text_public=yes": "us-rw-2025 gb-rw-2022",
        "q=kigali": "us-rw-2025",
        "q=KIGALI+transfers": "us-rw-2025",
        "q=kigali+partnership": "",
        "q=cecot": "us-sv-2025",
        "q=venezuela": "us-sv-2025",
        "q=development+fund": "gb-rw-2022",
        "q=australia": "au-nr-2012",
        "q=nauru": "au-nr-2012",
        # Signs are no words.
        "q=%25": "",
        "q=_": "",
        "q=%27%3B+drop": "",
        "sender=USA&receiver=RWA": "us-rw-2025",
        "sender=USA&sender=GBR&status=operating&region=Africa": "us-rw-2025",
        "country=RWA&instrument=memorandum&q=united+kingdom": "gb-rw-2022",
        "sender=AUS&status=talks": "",
        # Dates are those of any step, as exactly as it is known.
        "from=2025": "us-rw-2025 us-sv-2025",
        "from=2025-08-31": "us-rw-2025",
        "from=2025-09": "",
        "to=2012-06": "au-nr-2012",
        "to=2011": "",
        "from=2012-12-31&to=2012-12-31": "au-nr-2012",
        "from=2024-07-06&to=2024-07-06": "gb-rw-2022",
        "from=2024-07-07&to=2025-02-02": "",
        "from=2025-02&to=2025-02": "us-sv-2025",
        "from=2022-04-15&to=2024-07-05": "",
        "from=2013&to=2021": "",
        "from=2025&sender=USA&status=talks": "us-sv-2025",
        # What asks for nothing narrows nothing.
        "q=&from=&to=&sort=": "us-rw-2025 us-sv-2025 gb-rw-2022 au-nr-2012",
        "q=+++": "us-rw-2025 us-sv-2025 gb-rw-2022 au-nr-2012",
        "status=": "us-rw-2025 us-sv-2025 gb-rw-2022 au-nr-2012",
        "status=&status=talks": "us-sv-2025",
        "utm_source=feed&nonsense=1&id=us-rw-2025": "us-rw-2025 us-sv-2025 gb-rw-2022 au-nr-2012",
        "page=1": "us-rw-2025 us-sv-2025 gb-rw-2022 au-nr-2012",
    }
    assert listed(client, "/agreements/", expected) == expected


def test_agreements_are_sorted_by_their_address(client, deals):
    expected = {
        "sort=recent": "us-rw-2025 us-sv-2025 gb-rw-2022 au-nr-2012",
        "sort=status": "us-rw-2025 au-nr-2012 us-sv-2025 gb-rw-2022",
        "sort=since": "au-nr-2012 gb-rw-2022 us-sv-2025 us-rw-2025",
        "sort=first-report": "au-nr-2012 gb-rw-2022 us-sv-2025 us-rw-2025",
        "sort=sender": "au-nr-2012 gb-rw-2022 us-sv-2025 us-rw-2025",
        "sort=receiver": "us-sv-2025 au-nr-2012 gb-rw-2022 us-rw-2025",
    }
    assert listed(client, "/agreements/", expected) == expected


@pytest.mark.parametrize("sort", AgreementFilter.base_filters["sort"].orders)
def test_agreements_that_tie_are_sorted_by_id_and_those_without_a_step_come_last(client, sort):
    for year in (2027, 2025, 2026):
        make_change(make_agreement(year=year))
    for year in (2024, 2023):
        make_agreement(year=year)
    expected = [2023, 2024, 2025, 2026, 2027] if sort in ("sender", "receiver") else [2025, 2026, 2027, 2023, 2024]
    assert rows(client, f"/agreements/?sort={sort}") == [f"us-rw-{year}" for year in expected]


def test_furthest_first_puts_what_works_first_and_what_fell_last(client):
    for year, status in enumerate(Status, start=2001):
        make_change(make_agreement(year=year), status=status)
    reached = [
        Agreement.objects.with_current_status().get(pk=id).current_status
        for id in rows(client, "/agreements/?sort=status")
    ]
    assert reached == list(reversed(Status.from_the_ground_up()))


# --- Statements -----------------------------------------------------------------------------------
@pytest.fixture
def said(db: None) -> None:
    """Four statements by three speakers on three agreements."""
    rwanda, salvador = make_agreement(), make_agreement(receiver="SLV")
    britain = make_agreement(sender="GBR", year=2022)
    minister = make_official("minister", name="Olivier Nduhungirehe")
    secretary = make_official("secretary", name="Marco Rubio", country="USA", speaks_for=SpeaksFor.GOVERNMENT)
    court = make_official("court", name="A judge", country="GBR", speaks_for=SpeaksFor.JUDICIARY)
    make_statement(minister, id="talks", agreements=[rwanda], date=day("2025-05-04"), venue="Rwanda TV")
    make_statement(
        secretary,
        id="wide",
        agreements=[rwanda, salvador],
        date=day("2025-04-30"),
        stance=Stance.SUPPORTS,
        quote="We are actively searching",
        summary="He looked beyond one country.",
    )
    make_statement(
        court,
        id="ruling",
        agreements=[britain],
        date=day("2023-06-01"),
        precision=Precision.MONTH,
        stance=Stance.OPPOSES,
    )
    make_statement(minister, id="later", agreements=[britain], date=day("2025-05-04"), stance=Stance.DENIES, quote="")
    make_statement(minister, id="draft", agreements=[rwanda], state=State.DRAFT)
    make_statement(make_official("hidden", state=State.DRAFT), id="of-a-draft", agreements=[rwanda])


def test_statements_are_narrowed_and_sorted_by_their_address(client, said):
    expected = {
        "": "later talks wide ruling",
        "stance=confirms": "talks",
        "stance=confirms&stance=denies": "later talks",
        "sender=USA": "talks wide",
        "sender=GBR": "later ruling",
        "receiver=SLV": "wide",
        "receiver=SLV&receiver=RWA": "later talks wide ruling",
        "country=SLV&country=GBR": "later wide ruling",
        "agreement=us-sv-2025": "wide",
        "agreement=us-sv-2025&agreement=gb-rw-2022": "later wide ruling",
        "official=minister": "later talks",
        "official=minister&official=court": "later talks ruling",
        "official=minister&agreement=us-rw-2025": "talks",
        "speaks_for=judiciary": "ruling",
        "speaks_for=judiciary&stance=confirms": "",
        "q=rwanda+tv": "talks",
        "q=searching": "wide",
        "q=beyond": "wide",
        "q=nduhungirehe": "later talks",
        "q=searching+beyond+rubio": "wide",
        "from=2025-05": "later talks",
        "to=2023-06-15": "ruling",
        "from=2023-06-30&to=2025-04-30": "wide ruling",
        "from=2023-07&to=2025-04-29": "",
        "sort=oldest": "ruling wide later talks",
        "sort=official": "ruling later talks wide",
        "sort=recent&kind=nonsense": "later talks wide ruling",
    }
    assert listed(client, "/statements/", expected) == expected


def test_statements_of_one_first_day_are_in_date_order_the_longer_period_first(client):
    make_statement(id="c-year", date=day("2025-01-01"), precision=Precision.YEAR)
    make_statement(id="b-month", date=day("2025-01-01"), precision=Precision.MONTH)
    make_statement(id="a-day", date=day("2025-01-01"))
    make_statement(id="a-day-2", date=day("2025-01-01"))
    assert rows(client, "/statements/?sort=oldest") == ["c-year", "b-month", "a-day", "a-day-2"]
    assert rows(client, "/statements/?sort=recent") == ["a-day", "a-day-2", "b-month", "c-year"]


def test_a_statement_on_several_agreements_is_listed_once(client, said):
    assert rows(client, "/statements/?sender=USA&country=USA&agreement=us-rw-2025&agreement=us-sv-2025") == [
        "talks",
        "wide",
    ]


def test_one_agreement_that_is_hidden_does_not_bring_a_statement_up(client):
    make_statement(agreements=[make_agreement(), make_agreement(receiver="SLV", state=State.DRAFT)])
    assert rows(client, "/statements/?receiver=SLV") == []
    assert client.get("/statements/?agreement=us-sv-2025").status_code == 400


# --- Officials ------------------------------------------------------------------------------------
def test_officials_are_narrowed_and_sorted_by_their_address(client):
    make_official("a-office", name="State Department", kind=OfficialKind.OFFICE, country="USA")
    minister = make_official("b-minister", name="Olivier Nduhungirehe")
    make_position(minister, title="Foreign minister")
    make_position(minister, title="Ambassador")
    court = make_official("c-court", name="A judge", country="GBR", speaks_for=SpeaksFor.JUDICIARY)
    make_official(
        "d-body", name="UNHCR", kind=OfficialKind.ORGANISATION, country=None, speaks_for=SpeaksFor.INTERNATIONAL
    )
    make_official("e-draft", state=State.DRAFT)
    make_statement(minister, date=day("2025-05-04"))
    make_statement(minister, date=day("2025-09-01"), state=State.DRAFT)
    for date in ("2023-06-29", "2023-06-30"):
        make_statement(court, date=day(date))
    expected = {
        "": "a-office b-minister c-court d-body",
        "country=RWA": "b-minister",
        "country=RWA&country=USA": "a-office b-minister",
        "speaks_for=government": "a-office b-minister",
        "speaks_for=government&speaks_for=judiciary": "a-office b-minister c-court",
        "kind=organisation": "d-body",
        "kind=organisation&kind=office": "a-office d-body",
        "kind=office&country=RWA": "",
        "q=olivier": "b-minister",
        "q=rwanda": "b-minister",
        "q=states": "a-office",
        "q=olivier+states": "",
        "sort=name": "a-office b-minister c-court d-body",
        "sort=statements": "c-court b-minister a-office d-body",
        "sort=recent": "b-minister c-court a-office d-body",
        "sort=statements&speaks_for=government": "b-minister a-office",
        "nonsense=1": "a-office b-minister c-court d-body",
    }
    assert listed(client, "/officials/", expected) == expected


# --- Countries ------------------------------------------------------------------------------------
def test_countries_that_are_a_party_are_narrowed_and_sorted_by_their_address(client):
    make_country("VNM")
    for sender, receiver, year in [
        ("USA", "RWA", 2025),
        ("USA", "RWA", 2024),
        ("GBR", "RWA", 2022),
        ("AUS", "NRU", 2012),
    ]:
        make_agreement(sender=sender, receiver=receiver, year=year)
    make_agreement(receiver="UGA", state=State.DRAFT)
    expected = {
        "": "AUS NRU RWA GBR USA",
        "region=Africa": "RWA",
        "region=Africa&region=Oceania": "AUS NRU RWA",
        "region=Asia": "",
        "q=rwan": "RWA",
        "q=northern": "GBR USA",
        "q=northern&region=Europe": "GBR",
        "sort=name": "AUS NRU RWA GBR USA",
        "sort=sender": "USA AUS GBR NRU RWA",
        "sort=receiver": "RWA NRU AUS GBR USA",
        "sort=sender&region=Oceania": "AUS NRU",
        "sender=nonsense": "AUS NRU RWA GBR USA",
    }
    assert listed(client, "/countries/", expected) == expected


# --- What is not understood -----------------------------------------------------------------------
def test_every_list_is_tested_for_every_parameter():
    assert {name for address, name in CHOICES if address == "/agreements/"} == {
        "status",
        "sender",
        "receiver",
        "country",
        "region",
        "kind",
        "instrument",
        "text_public",
        "denied",
    }


@pytest.mark.parametrize(("address", "name"), CHOICES)
def test_an_unknown_value_is_answered_with_the_parameter_and_the_valid_ones(client, said_on_rwanda, address, name):
    valid = {str(key) for key, _label in LISTS[address]({}).form.fields[name].choices}
    assert valid
    for value in ["nonsense", "us", "USA,RWA", "<b>", "\x00", "é", "1 OR 1=1"]:
        page = read(client, f"{address}?{urlencode([('q', 'talks'), (name, value)])}", status=400)
        assert text(page.h1) == "This address asks for something we do not understand"
        [fault] = [text(item) for item in page.select("ul.wrong li")]
        assert fault.startswith(f"{name}: “")
        assert set(fault.partition("Expected one of: ")[2].rstrip(".").split(", ")) == valid
        assert page.select_one(f"main a[href='{address}']")


@pytest.fixture
def said_on_rwanda(deals: None) -> None:
    make_statement(make_official("minister"), agreements=[Agreement.objects.get(pk="us-rw-2025")])


@pytest.mark.parametrize("address", LISTS)
def test_an_unknown_order_is_answered_with_the_known_ones(client, address):
    page = read(client, f"{address}?sort=nonsense", status=400)
    [fault] = [text(item) for item in page.select("ul.wrong li")]
    orders = LISTS[address].base_filters["sort"].orders
    assert fault == f"sort: “nonsense” is not an order known here. Expected one of: {', '.join(orders)}."


@pytest.mark.parametrize("address", ["/agreements/", "/statements/"])
@pytest.mark.parametrize("name", ["from", "to"])
def test_a_date_that_is_none_is_answered_with_how_one_is_written(client, address, name):
    for value in [
        *["2025-13", "2025-00", "2025-02-30", "2025-1", "25", "0000", "yesterday"],
        *["2025-05-04T10:00", "2025/05", "-2025", "2025-05-04-1"],
    ]:
        page = read(client, f"{address}?{urlencode({name: value})}", status=400)
        [fault] = [text(item) for item in page.select("ul.wrong li")]
        assert fault == f"{name}: “{value}” is not a date. Expected YYYY, YYYY-MM or YYYY-MM-DD, such as 2025-05-04."
    assert client.get(address, {name: "2025\x00"}).status_code == 400


def test_a_date_at_either_end_of_the_calendar_is_a_date(client, deals):
    for value in ["0001", "9999", "9999-12", "9999-12-31", "0001-01-01", "2024-02-29"]:
        for name in ("from", "to"):
            assert client.get("/agreements/", {name: value}).status_code == 200


def test_every_fault_of_an_address_is_named_at_once(client):
    page = read(client, "/agreements/?status=no&from=never&sort=worst&to=2025&kind=detention", status=400)
    assert sorted(text(item).split(":")[0] for item in page.select("ul.wrong li")) == ["from", "sort", "status"]


def test_more_words_than_a_search_can_hold_are_refused_and_not_a_fault_of_ours(client):
    for address in LISTS:
        assert client.get(address, {"q": "a " * 1200}).status_code == 400
        assert client.get(address, {"q": "x" * 60_000}).status_code == 400
        assert client.get(address, {"q": "a b\x00c"}).status_code == 400


def test_a_draft_country_or_official_is_no_valid_value(client):
    make_country("UGA", state=State.DRAFT)
    make_official("hidden", country=None, state=State.DRAFT)
    for address in ("/agreements/?sender=UGA", "/statements/?official=hidden", "/officials/?country=UGA"):
        page = read(client, address, status=400)
        assert "UGA, " not in text(page.main).partition("Expected")[2]


# --- Pages of a list ------------------------------------------------------------------------------
@pytest.fixture
def fifty_one(db: None) -> list[str]:
    """One agreement more than a page holds."""
    parties = {"sender": make_country("USA"), "receiver": make_country("RWA")}
    return bulk_agreements([Deal(parties["sender"].pk, parties["receiver"].pk) for _ in range(51)])


def test_a_list_goes_on_over_pages_that_keep_the_filters(client, fifty_one):
    first = read(client, "/agreements/?sender=USA&sender=RWA&sort=receiver&nonsense=1&q=")
    following = first.select_one("nav.pages a[rel=next]")["href"]
    assert sorted(following.removeprefix("/agreements/?").split("&")) == [
        "page=2",
        "sender=RWA",
        "sender=USA",
        "sort=receiver",
    ]
    second = read(client, following)
    assert row_ids(first) + row_ids(second) == fifty_one
    assert len(row_ids(second)) == 1
    assert not second.select("a[rel=next]")
    assert second.select_one("a[rel=prev]")["href"].endswith("page=1")
    assert (
        text(first.select_one("p.found"))
        == text(second.select_one("p.found"))
        == "51 agreements: sender United States or Rwanda"
    )


@pytest.mark.parametrize("page", ["3", "0", "-1", "two", "99999999999999999999", "1.5", "%00"])
def test_a_page_that_there_is_not_is_not_found(client, fifty_one, page):
    read(client, f"/agreements/?page={page}", status=404)


def test_the_only_page_of_an_empty_list_helps_the_reader(client, deals):
    page = read(client, "/agreements/?receiver=USA")
    assert text(page.select_one("p.found")) == "0 agreements: receiver United States"
    assert "Nothing on record fits all of these filters" in text(page.select_one("p.empty"))
    [chip] = page.select("ul.chips a")
    assert chip["href"] == "/agreements/"


# --- The form -------------------------------------------------------------------------------------
def test_the_form_shows_what_the_address_asks_for_and_how_to_take_it_away(client, deals):
    page = read(client, "/agreements/?sender=USA&sender=AUS&status=operating&q=na&from=2012&sort=since")
    form = page.select_one("form.filters")
    assert (form["method"], form["action"]) == ("get", "/agreements/#found")
    checked = {(box["name"], box["value"]) for box in form.select("input[type=checkbox][checked]")}
    assert checked == {("sender", "USA"), ("sender", "AUS"), ("status", "operating")}
    assert form.select_one("#f-q")["value"] == "na"
    assert form.select_one("#f-from")["value"] == "2012"
    assert form.select_one("option[selected]")["value"] == "since"
    removals = {text(chip): chip["href"] for chip in page.select("ul.chips a")}
    assert len(removals) == 5
    for label, address in removals.items():
        before = {("sender", "USA"), ("sender", "AUS"), ("status", "operating"), ("q", "na"), ("from", "2012")}
        left = {tuple(pair.split("=")) for pair in address.partition("?")[2].split("&")} - {("sort", "since")}
        assert len(before - left) == 1, label
        assert left < before


@pytest.mark.parametrize("address", LISTS)
def test_the_choices_of_the_form_are_values_that_the_address_takes(client, deals, said_on_rwanda, address):
    form = read(client, address).select_one("form.filters")
    offered = {(box["name"], box["value"]) for box in form.select("input[type=checkbox]")}
    offered |= {("sort", option["value"]) for option in form.select("option")}
    assert offered
    for name, value in offered:
        assert client.get(address, {name: value}).status_code == 200
    assert {name for name, _value in offered} <= set(LISTS[address].base_filters)


def test_only_countries_that_are_a_party_are_offered_and_every_country_is_understood(client, deals):
    make_country("VNM")
    page = read(client, "/agreements/")
    offered = {box["value"] for box in page.select("input[name=sender]")}
    assert offered == {"USA", "GBR", "AUS"}
    chosen = read(client, "/agreements/?sender=VNM")
    assert row_ids(chosen) == []
    assert chosen.select_one("input[name=sender][value=VNM]").has_attr("checked")


# --- Against plain Python -------------------------------------------------------------------------
@dataclass(frozen=True)
class Step:
    status: Status
    date: dt.date
    precision: Precision
    state: State


@dataclass(frozen=True)
class Deal:
    sender: str
    receiver: str
    kind: Kind = Kind.REMOVAL
    instrument: Instrument = Instrument.UNDISCLOSED
    text_public: TextPublic = TextPublic.UNKNOWN
    summary: str = "x"
    state: State = State.PUBLISHED
    steps: tuple[Step, ...] = field(default=())

    @property
    def published_steps(self) -> list[Step]:
        return [step for step in self.steps if step.state == State.PUBLISHED]

    @property
    def status(self) -> Status | None:
        return self.published_steps[-1].status if self.published_steps else None

    @property
    def since(self) -> dt.date | None:
        since = None
        for step in reversed(self.published_steps):
            if step.status != self.status:
                break
            since = step.date
        return since


def bulk_agreements(deals: list[Deal]) -> list[str]:
    """Writes made-up agreements in two queries; gives their ids in order."""
    now = dt.datetime(2025, 12, 1, tzinfo=dt.UTC)
    ids = [f"deal-{number:03}" for number in range(len(deals))]
    times = {"published_at": now, "withdrawn_at": now}
    Agreement.objects.bulk_create(
        Agreement(
            id=id,
            sender_id=deal.sender,
            receiver_id=deal.receiver,
            title=id,
            kind=deal.kind,
            instrument=deal.instrument,
            text_public=deal.text_public,
            summary=deal.summary,
            last_checked=now.date(),
            state=deal.state,
            **times,
        )
        for id, deal in zip(ids, deals, strict=True)
    )
    StatusChange.objects.bulk_create(
        StatusChange(
            id=f"{id}-{9 - number}",
            agreement_id=id,
            step=number,
            status=step.status,
            date=step.date,
            precision=step.precision,
            state=step.state,
            **times,
        )
        for id, deal in zip(ids, deals, strict=True)
        for number, step in enumerate(deal.steps, start=1)
    )
    return ids


REGIONS = {
    "AUS": Region.OCEANIA,
    "GBR": Region.EUROPE,
    "NRU": Region.OCEANIA,
    "RWA": Region.AFRICA,
    "USA": Region.AMERICAS,
}
STATES = st.sampled_from([State.PUBLISHED, State.PUBLISHED, State.PUBLISHED, State.DRAFT, State.WITHDRAWN])
# Few statuses and days, so that they meet.
STATUSES = st.sampled_from([Status.TALKS, Status.SIGNED, Status.OPERATING])


@st.composite
def made_up_steps(draw) -> Step:
    precision = draw(st.sampled_from(Precision))
    date = draw(st.dates(dt.date(2023, 1, 1), dt.date(2025, 12, 31)))
    return Step(draw(STATUSES), precision.first_day(date), precision, draw(STATES))


@st.composite
def made_up_deals(draw) -> Deal:
    sender, receiver = draw(st.permutations(sorted(REGIONS)))[:2]
    return Deal(
        sender,
        receiver,
        draw(st.sampled_from([Kind.REMOVAL, Kind.DETENTION])),
        draw(st.sampled_from([Instrument.TREATY, Instrument.UNWRITTEN])),
        draw(st.sampled_from(TextPublic)),
        draw(st.sampled_from(["money and planes", "Planes", "nothing"])),
        draw(STATES),
        tuple(draw(st.lists(made_up_steps(), max_size=4))),
    )


def some(values: list) -> st.SearchStrategy[list]:
    """Mostly nothing, so that what is asked for leaves rows to compare."""
    return st.sampled_from([0, 0, 0, 1, 2]).flatmap(
        lambda size: st.lists(st.sampled_from(values), min_size=size, max_size=size)
    )


QUERIES = st.fixed_dictionaries(
    {
        "sender": some(sorted(REGIONS)),
        "receiver": some(sorted(REGIONS)),
        "country": some(sorted(REGIONS)),
        "region": some(sorted(set(REGIONS.values()))),
        "kind": some([Kind.REMOVAL, Kind.DETENTION]),
        "instrument": some([Instrument.TREATY, Instrument.UNWRITTEN]),
        "text_public": some(list(TextPublic)),
        "status": some([Status.TALKS, Status.SIGNED, Status.OPERATING, Status.ENDED]),
        "q": st.sampled_from([[], [], ["planes"], ["PLANES money"]]),
        "from": st.sampled_from([[], [], ["2024"], ["2024-06"], ["2025-02-14"]]),
        "to": st.sampled_from([[], [], ["2024"], ["2024-06"], ["2025-02-14"]]),
        "sort": some(list(AgreementFilter.base_filters["sort"].orders)).map(lambda chosen: chosen[:1]),
    }
)
BOUNDS = {
    "2024": (day("2024-01-01"), day("2024-12-31")),
    "2024-06": (day("2024-06-01"), day("2024-06-30")),
    "2025-02-14": (day("2025-02-14"), day("2025-02-14")),
}


def fits(deal: Deal, query: dict[str, list]) -> bool:
    """Whether a reader who knows the rules would put the deal on the list."""

    def among(name: str, *values: object) -> bool:
        return not query[name] or any(value in query[name] for value in values)

    first = BOUNDS[query["from"][0]][0] if query["from"] else dt.date.min
    last = BOUNDS[query["to"][0]][1] if query["to"] else dt.date.max
    periods = [Period.of(step) for step in deal.published_steps]
    return (
        deal.state == State.PUBLISHED
        and among("sender", deal.sender)
        and among("receiver", deal.receiver)
        and among("country", deal.sender, deal.receiver)
        and among("region", REGIONS[deal.receiver])
        and among("kind", deal.kind)
        and among("instrument", deal.instrument)
        and among("text_public", deal.text_public)
        and among("status", deal.status)
        and all(word in deal.summary.lower() for phrase in query["q"] for word in phrase.lower().split())
        and (
            not (query["from"] or query["to"])
            or any(period.first <= last and period.last >= first for period in periods)
        )
    )


def rank(deal: Deal, sort: str, slugs: dict[str, str]) -> tuple:
    """What the order named in the address goes by; what has no status comes last."""
    days = [step.date.toordinal() for step in deal.published_steps]
    if sort == "sender":
        return (slugs[deal.sender], slugs[deal.receiver])
    if sort == "receiver":
        return (slugs[deal.receiver], slugs[deal.sender])
    if not days:
        return (1,)
    since = deal.since.toordinal()
    return (0,) + {
        "recent": (-max(days),),
        "status": (-deal.status.height, -since),
        "since": (since,),
        "first-report": (days[0],),
    }[sort]


def is_reversed(query: dict[str, list]) -> bool:
    """Whether the address asks for a time that ends before it begins, which is refused."""
    return bool(query["from"] and query["to"]) and BOUNDS[query["from"][0]][0] > BOUNDS[query["to"][0]][1]


def test_a_time_that_ends_before_it_begins_is_refused(client):
    page = read(client, "/agreements/?from=2025-05-20&to=2025-05-10", status=400)
    assert [text(item) for item in page.select("ul.wrong li")] == [
        "to: It lies before “from”. Expected the later of the two."
    ]
    assert client.get("/statements/?from=2025-05&to=2025").status_code == 200


@pytest.mark.parametrize("words", ["ARÉVALO", "arévalo", "Arévalo"])
def test_a_search_folds_case_in_every_script(client, words):
    make_statement(make_official("bernardo-arevalo", name="Bernardo Arévalo"), id="said")
    assert row_ids(read(client, f"/statements/?q={words}")) == ["said"]
    # A past edition is read by SQLite whatever the live engine is.
    newest = Edition.objects.count()
    assert row_ids(read(client, f"/statements/?q={words}&edition={newest}")) == ["said"]


def test_the_rows_of_the_agreement_list_are_those_of_a_plain_filter_in_the_same_order(client: Client):
    for id in REGIONS:
        make_country(id)
    slugs = dict(Country.objects.values_list("pk", "slug"))

    @given(st.lists(made_up_deals(), min_size=2, max_size=8), QUERIES)
    def agree(deals: list[Deal], query: dict[str, list]) -> None:
        assume(not is_reversed(query))
        kept.clear()
        with transaction.atomic():
            ids = bulk_agreements(deals)
            found = rows(client, f"/agreements/?{urlencode(query, doseq=True)}")
            transaction.set_rollback(True)
        sort = (query["sort"] or ["recent"])[0]
        expected = [(rank(deal, sort, slugs), id) for id, deal in zip(ids, deals, strict=True) if fits(deal, query)]
        assert found == [id for _rank, id in sorted(expected)]

    agree()


def test_every_order_has_been_compared():
    assert set(AgreementFilter.base_filters["sort"].orders) == {
        "recent",
        "status",
        "since",
        "first-report",
        "sender",
        "receiver",
    }
    assert all(isinstance(filters.base_filters["sort"], SortFilter) for filters in LISTS.values())
