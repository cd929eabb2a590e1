"""Made-up records as the API tells of them: filters, editions, drafts."""

import datetime as dt
import json

import pytest

from agreements import publication
from agreements.api.tables import SERVED
from agreements.vocabulary import State
from tests import factories
from tests.api.reading import ask, ids, told
from tests.views.reading import faults, read, text

pytestmark = pytest.mark.django_db


def test_what_an_agreement_adds_up_to_stands_beside_its_own_fields(client):
    agreement = factories.make_agreement()
    factories.make_status_change(agreement, status="reported", date=dt.date(2025, 5, 1), precision="month")
    factories.make_status_change(agreement, status="operating", date=dt.date(2025, 8, 1))
    factories.make_transfer(agreement, people_low=8, people_high=12)
    record = told(client, "agreements/us-rw-2025")
    assert (record["sender"], record["sender_name"], record["cap"]) == ("USA", "United States", None)
    assert (record["status"], record["since"], record["since_precision"]) == ("operating", "2025-08-01", "day")
    assert (record["first_report"], record["first_report_precision"]) == ("2025-05-01", "month")
    assert (record["moved_low"], record["moved_high"]) == (8, 12)


def test_tables_that_no_page_lists_are_narrowed_too(client):
    source = factories.make_source("told-here")
    first = factories.make_agreement(sources=[source])
    other = factories.make_agreement(sender="GBR", receiver="RWA")
    for agreement, status in ((first, "talks"), (first, "signed"), (other, "talks")):
        factories.make_status_change(agreement, status=status, sources=[source] if agreement == first else None)
    factories.make_transfer(first, id="flight", date=dt.date(2025, 8, 1), nationalities=["VNM", "UGA"])
    factories.make_transfer(other, id="total", date=dt.date(2026, 1, 1), precision="year", counting="cumulative")
    factories.make_payment(first, id="promise", currency="USD", stage="promised", sources=[source])
    factories.make_payment(other, id="undated", date=None, currency="GBP", stage="paid")
    factories.make_proceeding("case", agreements=[first, other], filed=dt.date(2024, 1, 2), decided=None)
    factories.make_proceeding("ruling", agreements=[other], filed=None, decided=dt.date(2025, 3, 4), outcome="blocked")
    factories.make_assessment("finding", country="RWA", published=dt.date(2024, 5, 6), sources=[source])
    factories.make_assessment("other-finding", country="SLV", published=None)
    minister = factories.make_official("minister", country="RWA")
    factories.make_position(minister, id="office")
    factories.make_position(factories.make_official("judge", country="GBR", speaks_for="judiciary"), id="bench")
    expected = {
        "status-changes?status=talks": ["gb-rw-2025-1", "us-rw-2025-1"],
        "status-changes?sort=agreement": ["gb-rw-2025-1", "us-rw-2025-1", "us-rw-2025-2"],
        "status-changes?source=told-here&sort=oldest": ["us-rw-2025-1", "us-rw-2025-2"],
        "status-changes?sender=GBR&receiver=RWA": ["gb-rw-2025-1"],
        "transfers?nationality=UGA&nationality=VNM": ["flight"],
        "transfers?from=2025&to=2026-06": ["total", "flight"],
        "transfers?counting=cumulative&counted_by=receiver": ["total"],
        "payments": ["promise", "undated"],
        "payments?currency=GBP": ["undated"],
        "payments?stage=promised&source=told-here": ["promise"],
        "payments?from=1900": ["promise"],
        "payments?agreement=gb-rw-2025&country=USA": [],
        "proceedings": ["ruling", "case"],
        "proceedings?sort=oldest": ["case", "ruling"],
        "proceedings?country=USA": ["case"],
        "proceedings?agreement=us-rw-2025&agreement=gb-rw-2025&sort=id": ["case", "ruling"],
        "proceedings?from=2025": ["ruling"],
        "proceedings?outcome=blocked": ["ruling"],
        "assessments": ["finding", "other-finding"],
        "assessments?region=Americas": ["other-finding"],
        "assessments?to=2024-05&country=RWA": ["finding"],
        "positions": ["bench", "office"],
        "positions?official=minister": ["office"],
        "positions?speaks_for=judiciary&country=GBR": ["bench"],
    }
    for address, found in expected.items():
        assert ids(client, address) == found, address
    assert "told-here" in ids(client, "sources?q=report&kind=news&language=en&from=2025&to=2025")


def test_an_edition_is_told_as_it_stood_and_the_newest_as_it_stands(client):
    agreement = factories.make_agreement(summary="As it was.")
    then = told(client, "agreements/us-rw-2025")
    with publication.act() as act:
        agreement.summary = "As it is."
        act.publish(agreement)
    now = told(client, "agreements/us-rw-2025")
    assert (then["summary"], now["summary"]) == ("As it was.", "As it is.")
    assert now["edition"] == then["edition"] + 1
    assert told(client, f"agreements/us-rw-2025?edition={then['edition']}") == then
    [listed] = told(client, f"agreements?edition={then['edition']}")["results"]
    assert listed["summary"] == "As it was."


def test_before_the_first_edition_there_is_nothing_and_that_is_told(client):
    assert told(client, "agreements") == {
        "edition": None,
        "as_of": None,
        "count": 0,
        "page": 1,
        "pages": 1,
        "per_page": 100,
        "next": None,
        "previous": None,
        "results": [],
    }
    assert {table["count"] for table in told(client, "")["tables"]} == {0}
    assert told(client, "openapi.json")["openapi"] == "3.1.0"


def test_words_of_every_script_stand_as_they_are(client):
    factories.make_official("minister", name="Nayib Bukele Ortez — ñ ü 卢")
    assert "ñ ü 卢".encode() in ask(client, "officials/minister").content


def test_what_refers_to_a_draft_does_not_tell_of_it(client):
    agreement = factories.make_agreement()
    draft = factories.make_source("draft-source", state=State.DRAFT)
    agreement.citations.create(source=draft, position=5)
    transfer = factories.make_transfer(agreement)
    hidden = factories.make_country("VNM", state=State.DRAFT)
    transfer.nationality_links.create(country=hidden, position=0)
    record = told(client, "agreements/us-rw-2025")
    assert "draft-source" not in json.dumps(record)
    assert told(client, f"transfers/{transfer.pk}")["nationalities"] == []
    ask(client, "sources/draft-source", 404)
    ask(client, "countries/VNM", 404)


def test_without_a_record_the_page_explains_all_the_same(client):
    page = read(client, "/api/v1/docs")
    assert faults(page) == []
    assert len(page.select("section")) == len(SERVED)
    assert "There is no record yet that could be an example." in text(page.main)
