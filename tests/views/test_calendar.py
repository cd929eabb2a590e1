"""The calendar holds what happened on its days, no more exact than it is known, and keeps its events apart for ever."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from icalendar import Calendar, Component

from agreements import publication
from agreements.models import Edition
from agreements.views import calendar
from agreements.vocabulary import Counting, Outcome, Precision, Stage, State, Status
from tests.factories import (
    make_agreement,
    make_payment,
    make_proceeding,
    make_source,
    make_status_change,
    make_transfer,
)

pytestmark = pytest.mark.django_db


def read(client: Client, address: str = "/calendar.ics") -> Component:
    """The calendar; fails where the file breaks a rule that every program may count on."""
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    lines = response.content.split(b"\r\n")
    assert lines.pop() == b""
    assert not [line for line in lines if len(line) > 75 or b"\n" in line or b"\r" in line]
    found = Calendar.from_ical(response.content)
    assert not found.errors
    assert (found["VERSION"], found["PRODID"]) == ("2.0", "-//Third Country Tracker//Calendar//EN")
    assert found["SOURCE"].params["VALUE"] == "URI"
    assert found["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    uids = [str(event["UID"]) for event in found.events]
    assert len(set(uids)) == len(uids)
    for event in found.events:
        assert not event.errors
        assert {type(event[name].dt) for name in ("DTSTART", "DTEND")} == {dt.date}
        assert event["DTSTART"].dt < event["DTEND"].dt
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt
        assert event["DTSTAMP"].dt.utcoffset() == dt.timedelta(0)
        assert event["TRANSP"] == "TRANSPARENT"
        assert event["URL"].startswith(f"{settings.SITE_URL}/facts/")
    return found


def events(client: Client, query: str = "") -> dict[str, Component]:
    """The events by the first part of their UID, in the order of the file."""
    return {str(event["UID"]).partition("@")[0]: event for event in read(client, f"/calendar.ics{query}").events}


def days(event: Component) -> tuple[str, str]:
    """The first and the last day, both included."""
    return str(event["DTSTART"].dt), str(event["DTEND"].dt - dt.timedelta(days=1))


@pytest.fixture
def deal(db: None):
    return make_agreement(sources=[])


def test_what_happened_on_a_day_is_an_event_of_that_day_with_its_sources(client, deal):
    source = make_source(title="The text, at last", url="https://gazette.example/text", published=dt.date(2025, 6, 5))
    make_status_change(
        deal, status=Status.SIGNED, date=dt.date(2025, 6, 4), note="Signed; in Kigali.", sources=[source]
    )
    make_transfer(deal, date=dt.date(2025, 8, 28), people_low=5, people_high=7)
    make_payment(deal, date=dt.date(2025, 9, 1), stage=Stage.PAID)
    ruled = {"filed": dt.date(2025, 9, 2), "decided": dt.date(2025, 9, 3), "outcome": Outcome.BLOCKED}
    make_proceeding("case-1", agreements=[deal], **ruled)
    found = events(client)
    assert {name: (str(event["SUMMARY"]), *days(event)) for name, event in found.items()} == {
        "status-changes-us-rw-2025-1": ("United States to Rwanda: signed", "2025-06-04", "2025-06-04"),
        "transfers-us-rw-2025-transfer-1": ("United States to Rwanda: people moved: 5–7", "2025-08-28", "2025-08-28"),
        "payments-us-rw-2025-payment-1": ("United States to Rwanda: US$7.5 million paid", "2025-09-01", "2025-09-01"),
        "proceedings-case-1-filed": (
            "United States to Rwanda: A and others v. Minister, filed",
            "2025-09-02",
            "2025-09-02",
        ),
        "proceedings-case-1-decided": (
            "United States to Rwanda: A and others v. Minister, ruling: blocked",
            "2025-09-03",
            "2025-09-03",
        ),
    }
    signed = found["status-changes-us-rw-2025-1"]
    said = str(signed["DESCRIPTION"])
    assert said.startswith("Signed; in Kigali.\n\n")
    assert "Source: The Gazette: The text, at last, 5 June 2025 https://gazette.example/text" in said
    assert deal.title in said
    assert [str(word) for word in signed["CATEGORIES"].cats] == ["Status", "United States to Rwanda"]
    for event in found.values():
        assert client.get(event["URL"].removeprefix(settings.SITE_URL)).status_code == 200


def test_no_day_is_made_up_where_only_a_period_is_known(client, deal):
    make_status_change(deal, date=dt.date(2024, 1, 1), precision=Precision.YEAR)
    make_transfer(deal, date=dt.date(2024, 2, 1), precision=Precision.MONTH)
    found = events(client)
    assert {days(event): str(event["SUMMARY"]) for event in found.values()} == {
        ("2024-01-01", "2024-12-31"): "2024, day not known: United States to Rwanda: in talks",
        ("2024-02-01", "2024-02-29"): "February 2024, day not known: United States to Rwanda: people moved: 7",
    }


def test_what_has_no_date_or_is_a_running_total_is_no_event(client, deal):
    make_payment(deal, date=None)
    make_transfer(deal, counting=Counting.CUMULATIVE)
    make_proceeding(agreements=[deal], filed=None)
    make_transfer(deal, state=State.WITHDRAWN)
    make_transfer(deal, state=State.DRAFT)
    assert events(client) == {}


def test_a_step_that_repeats_the_status_says_so(client, deal):
    for month in (5, 6):
        make_status_change(deal, status=Status.SIGNED, date=dt.date(2025, month, 1))
    assert [str(event["SUMMARY"]) for event in events(client).values()] == [
        "United States to Rwanda: signed",
        "United States to Rwanda: signed, as before",
    ]


def test_what_the_format_cannot_hold_spoils_no_event(client, deal):
    make_transfer(deal, note="One, two; three\\four:\nfive\x0bsix \x1f")
    [event] = events(client).values()
    assert str(event["DESCRIPTION"]).startswith("One, two; three\\four:\nfive�six �\n\n")


def test_a_case_on_several_agreements_is_one_event(client, deal):
    other = make_agreement(receiver="UGA")
    make_proceeding("case-1", agreements=[deal, other])
    for query in ("", "?receiver=UGA", "?receiver=RWA"):
        [event] = events(client, query).values()
        assert event["SUMMARY"] == "A and others v. Minister, filed"
        assert {deal.title, other.title} <= set(str(event["DESCRIPTION"]).splitlines())


def test_an_event_keeps_its_uid_and_says_when_it_was_last_changed(client, deal):
    change = make_status_change(deal)
    make_transfer(deal)
    before = client.get("/calendar.ics").content
    at = dt.datetime(2027, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    with publication.act(at=at) as act:
        change.date, change.note = dt.date(2025, 5, 5), "Corrected."
        act.publish(change)
    after = events(client)
    assert list(after) == [str(e["UID"]).partition("@")[0] for e in Calendar.from_ical(before).events]
    assert after["status-changes-us-rw-2025-1"]["LAST-MODIFIED"].dt == at
    assert after["transfers-us-rw-2025-transfer-1"]["LAST-MODIFIED"].dt < at
    # As it stood, word for word but for where it leads.
    past = client.get(f"/calendar.ics?edition={Edition.objects.count() - 1}").content
    unfolded, expected = (text.replace(b"\r\n ", b"") for text in (past, before))
    assert unfolded.replace(b"?edition=%d" % (Edition.objects.count() - 1), b"") == expected


def test_the_calendar_is_narrowed_as_the_list_of_agreements_and_by_the_dates_of_events(client):
    for receiver, year in (("RWA", 2024), ("UGA", 2025)):
        agreement = make_agreement(receiver=receiver)
        make_status_change(agreement, id=f"step-{receiver.lower()}", date=dt.date(year, 1, 1), precision=Precision.YEAR)
        make_transfer(agreement, id=f"flight-{receiver.lower()}", date=dt.date(2025, 8, 1))
        make_proceeding(f"case-{receiver.lower()}", agreements=[agreement], filed=dt.date(2023, 2, 3))
    for query, expected in {
        "receiver=UGA": "case-uga-filed step-uga flight-uga",
        "agreement=us-rw-2025": "case-rwa-filed step-rwa flight-rwa",
        "country=RWA&from=2024-06": "step-rwa flight-rwa",
        "country=RWA&from=2025&to=2025": "flight-rwa",
        "to=2023-02-03": "case-rwa-filed case-uga-filed",
        "status=signed": "",
        "sort=sender&nonsense=1&receiver=UGA&from=2025-07": "step-uga flight-uga",
    }.items():
        found = [name.partition("-")[2].removeprefix("changes-") for name in events(client, f"?{query}")]
        assert " ".join(found) == expected, query
    wrong = client.get("/calendar.ics?agreement=us-rw-1999")
    assert (wrong.status_code, wrong["Content-Type"]) == (400, "text/plain; charset=utf-8")
    name = read(client, "/calendar.ics?agreement=us-rw-2025").calendar_name
    assert name == "Third Country Tracker: on United States–Rwanda (us-rw-2025)"


def test_of_more_events_than_a_file_holds_the_latest_are_there_and_it_says_so(client, deal, monkeypatch):
    for day in range(1, 6):
        make_transfer(deal, date=dt.date(2025, 8, day))
    assert "left out: ask" not in read(client)["X-WR-CALDESC"]
    monkeypatch.setattr(calendar, "MOST", 3)
    make_status_change(deal, date=dt.date(2025, 8, 31))
    found = read(client)
    assert [event["DTSTART"].dt.day for event in found.events] == [4, 5, 31]
    assert "Earlier events are left out: ask for a country or an agreement." in found["X-WR-CALDESC"]


def test_an_empty_calendar_is_valid_before_and_after_the_first_edition(client):
    assert events(client) == {}
    make_agreement()
    assert events(client) == {}
