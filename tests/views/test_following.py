"""What can be followed of the shipped record: every feed is valid, each list is its feed, each page names its own."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import get_resolver, reverse

from agreements import history
from agreements.exports.atom import MEDIA_TYPE
from agreements.models import Agreement, Edition, Payment, Proceeding, StatusChange, Transfer
from agreements.views.follow import CALENDAR
from agreements.vocabulary import Counting, Status
from tests.views import atom
from tests.views.reading import read as read_page
from tests.views.test_calendar import read as read_calendar
from tests.views.test_feeds import FEEDS

pytestmark = pytest.mark.django_db


def test_every_feed_of_the_shipped_record_is_valid_and_says_something(shipped):
    own = ["/agreements/us-rw-2025.atom", "/countries/rwanda.atom", "/officials/olivier-nduhungirehe.atom"]
    for address in [*FEEDS, *own]:
        feed = atom.read(shipped, address)
        assert atom.link(feed, "self") == f"{site.SITE_URL}{address}"
        assert atom.entries(feed) or address == "/feeds/corrections.atom", address


def test_the_transitions_are_those_of_each_negotiations_path(shipped):
    paths = [
        history.fold(agreement.status_changes.all(), today=dt.date(2027, 1, 1))
        for agreement in Agreement.objects.prefetch_related("status_changes")
    ]
    expected = {f"transitions/{step.status}/{step.pk}" for path in paths for step in path.transitions}
    found, following = [], "/feeds/transitions.atom"
    while following:
        feed = atom.read(shipped, following)
        found += atom.ids(feed)
        following = atom.link(feed, "next").removeprefix(site.SITE_URL)
    assert set(found) == expected
    assert len(found) == len(expected)
    by_status = {status: atom.ids(atom.read(shipped, f"/feeds/transitions/{status}.atom")) for status in Status}
    assert {place for places in by_status.values() for place in places} == expected


def test_the_calendar_of_the_shipped_record_is_valid_and_has_every_dated_fact(shipped):
    found = read_calendar(shipped).events
    cases = Proceeding.objects.all()
    expected = [
        StatusChange.objects.count(),
        Transfer.objects.filter(counting=Counting.SINGLE).count(),
        Payment.objects.exclude(date=None).count(),
        cases.exclude(filed=None).count(),
        cases.exclude(decided=None).count(),
    ]
    assert len(found) == sum(expected) > 300
    begun = [event["DTSTART"].dt for event in found]
    assert begun == sorted(begun)
    assert {str(event["DTSTAMP"].dt) for event in found} == {
        str(Edition.objects.get().made_at.replace(microsecond=0)),
    }


# --- Found ----------------------------------------------------------------------------------------
def offered(client: Client, address: str) -> dict[str, str]:
    """What a page's head names to be followed: address to type."""
    page = read_page(client, address)
    named = {link["href"]: link["type"] for link in page.select("head link[rel=alternate]")}
    return {address: kind for address, kind in named.items() if kind in (MEDIA_TYPE, CALENDAR)}


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/", []),
        ("/about/", []),
        ("/agreements/us-rw-2025/", ["/agreements/us-rw-2025.atom", "/calendar.ics?agreement=us-rw-2025"]),
        (
            "/countries/rwanda/",
            ["/countries/rwanda.atom", "/feeds/transitions.atom?country=RWA", "/calendar.ics?country=RWA"],
        ),
        (
            "/officials/olivier-nduhungirehe/",
            ["/officials/olivier-nduhungirehe.atom", "/feeds/denials.atom?official=olivier-nduhungirehe"],
        ),
        (
            "/agreements/?receiver=RWA&sort=sender&nonsense=1",
            ["/agreements.atom?receiver=RWA&sort=sender", "/calendar.ics?receiver=RWA&sort=sender"],
        ),
        ("/statements/?stance=denies&page=1", ["/statements.atom?stance=denies"]),
        ("/officials/?kind=person", ["/officials.atom?kind=person"]),
        ("/countries/?region=Africa", ["/countries.atom?region=Africa"]),
        (
            "/changes/?country=RWA",
            ["/changes.atom?country=RWA", "/feeds/everything.atom?country=RWA", "/feeds/corrections.atom"],
        ),
        ("/statements/?stance=denies&edition=1", ["/statements.atom?stance=denies&edition=1"]),
    ],
)
def test_a_page_names_its_feeds_in_its_head_and_to_its_reader(shipped, address, named):
    found = offered(shipped, address)
    site = "/feeds/everything.atom?edition=1" if "edition=1" in address else "/feeds/everything.atom"
    assert list(found) == [*named, site]
    page = read_page(shipped, address)
    assert [link["href"] for link in page.select("#follow a[type]")] == named
    for each in named:
        answer, kind = shipped.get(each), found[each]
        assert (answer.status_code, answer["Content-Type"]) == (200, f"{kind}; charset=utf-8"), each
    assert page.select_one("footer a[href^='/feeds/']")


def test_the_page_of_feeds_names_every_feed_and_how_many_items_it_has(shipped):
    page = read_page(shipped, "/feeds/")
    links = {link["href"] for link in page.main.select("a")}
    alone = {
        reverse(pattern.name)
        for pattern in get_resolver("agreements.views.urls").url_patterns
        if str(pattern.pattern).endswith((".atom", ".ics")) and not pattern.pattern.converters
    }
    assert alone | {f"/feeds/transitions/{status}.atom" for status in Status} <= links
    counted = {
        each.dt.a["href"]: int(each.dd.get_text().rpartition("Items:")[2])
        for each in page.select("dl.feeds > div")
        if "Items:" in each.dd.get_text()
    }
    assert len(counted) == len(Status) + 2
    shown = {address: len(atom.entries(atom.read(shipped, address))) for address in counted}
    assert shown == {address: min(number, 100) for address, number in counted.items()}
