"""A page costs the database as much for many records as for few."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.api.tables import SERVED
from agreements.models import Agreement, Official, Source
from agreements.views.moments import kept
from agreements.vocabulary import Counting, Status
from tests.factories import (
    make_agreement,
    make_assessment,
    make_official,
    make_payment,
    make_position,
    make_proceeding,
    make_source,
    make_statement,
    make_status_change,
    make_transfer,
    together,
)

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/",
    "/chart.json",
    "/map.json",
    "/compare/",
    "/compare/?a=us-rw-2025&a=us-rw-1901",
    "/compare/chart.json?a=us-rw-2025&a=us-rw-1901",
    "/agreements/",
    "/agreements/?status=talks&status=signed&sender=USA&country=RWA&region=Africa&from=2020&to=2030&q=the&sort=status",
    "/agreements/?denied=any&denied=sender&changed=30&kind=third-country-removal&receiver=RWA&instrument=agreement",
    "/agreements/us-rw-2025/",
    "/agreements/us-rw-2025/chart.json",
    "/agreements/us-rw-2025.xlsx",
    "/agreements.csv?denied=any&changed=30&sender=USA",
    "/statements.csv?country=RWA&from=2020&q=we",
    "/statements.xlsx",
    "/officials.csv",
    "/countries.xlsx?region=Africa",
    "/changes.csv?country=RWA",
    "/agreements/us-rw-2025/chart.svg",
    "/agreements/us-rw-2025/share.png",
    "/embed/agreements/us-rw-2025/",
    "/embed/statements/minister-1/",
    "/embed/facts/transfers/us-rw-2025-transfer-1/",
    "/oembed?url=http://testserver/agreements/us-rw-2025/",
    "/sitemap.xml",
    "/sitemaps/agreements-1.xml",
    "/sitemaps/statements-1.xml",
    "/countries/",
    "/countries/?region=Africa&q=rwanda&sort=receiver",
    "/countries/rwanda/",
    "/countries/rwanda/chart.json",
    "/countries/united-states/",
    "/officials/",
    "/officials/?country=RWA&kind=person&speaks_for=government&sort=statements",
    "/officials/minister/",
    "/statements/",
    "/statements/?stance=confirms&country=RWA&agreement=us-rw-2025&official=minister&from=2020&q=we&sort=official",
    "/statements/minister-1/",
    "/sources/report/",
    "/not-known/",
    "/not-known/?sort=stalest",
    "/changes/",
    "/changes/?kind=added&country=RWA&agreement=us-rw-2025&official=minister",
    "/search/",
    "/search/?q=rwanda",
    "/search/?q=nduhungirehe&kind=statement",
    "/search/?q=rwnda",
    "/search/suggest.json?q=rwa",
    "/methodology/",
    "/about/",
    "/api/v1/",
    *(f"/api/v1/{name}?per_page=500" for name in SERVED),
    *(f"/api/v1/{end}" for end in ("agreements/us-rw-2025", "statements/minister-1", "officials/minister", "docs")),
    "/api/v1/agreements?country=RWA&kind=third-country-removal&from=2020&changed=30&denied=any&sort=status&per_page=2",
    "/feeds/",
    "/feeds/everything.atom",
    "/feeds/everything.atom?kind=added&country=RWA&agreement=us-rw-2025&official=minister",
    "/feeds/corrections.atom",
    "/feeds/transitions.atom?sender=USA&from=2020",
    "/feeds/transitions/talks.atom",
    "/feeds/suspended-by-a-court.atom",
    "/feeds/denials.atom?official=minister",
    "/agreements.atom?status=talks&sender=USA",
    "/agreements/us-rw-2025.atom",
    "/countries.atom",
    "/countries/rwanda.atom",
    "/officials.atom",
    "/officials/minister.atom",
    "/statements.atom?country=RWA",
    "/changes.atom",
    "/calendar.ics",
    "/calendar.ics?agreement=us-rw-2025&from=2020",
]
MANY = {"/api/v1/docs": 100}
"""Pages that take more queries than others: this one has an example of every table."""


def grow(first: int, last: int) -> None:
    """More of everything: more agreements, and more of all that a record, a speaker and a source bring along."""
    report = Source.objects.filter(pk="report").first() or make_source("report")
    minister = Official.objects.filter(pk="minister").first() or make_official("minister")
    main = Agreement.objects.filter(pk="us-rw-2025").first() or make_agreement(sources=[report, make_source()])
    for number in range(first, last):
        with together():
            agreement = make_agreement(year=1900 + number, sources=[report, make_source()])
            for each in (main, agreement):
                change = make_status_change(
                    each,
                    status=list(Status)[number % 9],
                    date=dt.date(2023, 1, 1 + number),
                    sources=[report, make_source()],
                )
                make_transfer(each, nationalities=["UGA", "VNM"], sources=[report, make_source()])
                make_transfer(each, counting=Counting.CUMULATIVE, sources=[report, make_source()])
                make_payment(each, sources=[report, make_source()])
                make_payment(each, date=None, sources=[report])
            official = make_official()
            make_position(official)
            make_position(minister, started=str(1990 + number))
            for speaker, id in ((minister, f"minister-{number}"), (official, "")):
                make_statement(
                    speaker, id=id, agreements=[main, agreement], status_change=change, sources=[report, make_source()]
                )
            make_proceeding(agreements=[main, agreement], decided=dt.date(2025, 7, 1), sources=[report, make_source()])
            make_assessment(sources=[report, make_source()])


def costs(client: Client) -> dict[str, int]:
    """The number of queries of each page."""
    found = {}
    for address in ADDRESSES:
        kept.clear()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
            assert response.getvalue(), address
        assert response.status_code == 200, address
        found[address] = len(queries)
    return found


def test_a_page_takes_as_many_queries_for_a_large_record_as_for_a_small_one(client):
    grow(1, 3)
    costs(client)
    small = costs(client)
    grow(3, 11)
    assert costs(client) == small
    assert not {address: cost for address, cost in small.items() if cost >= MANY.get(address, 40)}
