"""What a page says to programs that read it: whose page it is, what it is about, what a shared link shows."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from agreements import publication
from agreements.history import fold
from agreements.models import Agreement, Edition, Official, Source, Statement
from agreements.views import jsonld
from agreements.vocabulary import Instrument, OfficialKind, Precision, SourceKind, SpeaksFor, Status
from tests import schema_org
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
from tests.views.reading import faults, read

SITE = "http://testserver"


def document(page) -> dict:
    """The JSON-LD of a page, which has one such script at most."""
    found = page.select('script[type="application/ld+json"]')
    assert len(found) <= 1
    return json.loads(found[0].string) if found else {"@context": "https://schema.org", "@graph": []}


def nodes(page, type_: str) -> list[dict]:
    """The nodes of a type, at any depth."""
    found = []

    def look(value) -> None:
        if isinstance(value, dict):
            if value.get("@type") == type_:
                found.append(value)
            value = list(value.values())
        if isinstance(value, list):
            for each in value:
                look(each)

    look(document(page)["@graph"])
    return found


def whole(page) -> dict:
    """What the page says of itself."""
    [found] = [node for node in document(page)["@graph"] if "isPartOf" in node]
    return found


def meta(page, name: str) -> list[str]:
    return [tag["content"] for tag in page.select(f'meta[property="{name}"], meta[name="{name}"]')]


# --- Held to the vocabulary -----------------------------------------------------------------------


AGREEMENTS = ["us-rw-2025", "gb-rw-2022", "eu-tr-2016", "us-vc-2026", "au-nr-2001"]


def sample() -> list[str]:
    """Pages of every kind, with records of many kinds."""
    return [
        "/",
        "/data/",
        "/data/dictionary/",
        "/about/",
        "/methodology/",
        "/not-known/",
        "/changes/",
        "/agreements/",
        "/agreements/?sender=USA&receiver=RWA",
        "/statements/",
        "/officials/",
        "/countries/",
        "/countries/rwanda/",
        "/countries/european-union/",
        *(each.get_absolute_url() for each in Agreement.objects.filter(pk__in=AGREEMENTS)),
        *(each.get_absolute_url() for each in Statement.objects.filter(quote="").order_by("pk")[:1]),
        *(each.get_absolute_url() for each in Statement.objects.exclude(quote="").order_by("pk")[:2]),
        *(each.get_absolute_url() for kind in OfficialKind for each in Official.objects.filter(kind=kind)[:1]),
        *(each.get_absolute_url() for kind in SourceKind for each in Source.objects.filter(kind=kind)[:1]),
    ]


def test_all_that_the_site_says_of_itself_is_in_the_words_of_schema_org(shipped):
    addresses = sample()
    addresses += ["/facts/status-changes/us-rw-2025-4/", "/facts/transfers/us-rw-2025-transfer-1/"]
    addresses += ["/facts/payments/us-rw-2025-payment-1/"]
    said = {address: document(read(shipped, address)) for address in addresses}
    assert all(each["@graph"] for each in said.values())
    assert {address: found for address, each in said.items() if (found := schema_org.faults(each))} == {}


@pytest.mark.parametrize(
    ("node", "told"),
    [
        ({"@type": "Treaty"}, "Treaty is no type"),
        ({"@type": "Event", "startDat": "2025"}, "Event.startDat is no property"),
        ({"@type": "Person", "text": "words"}, "text is no property of Person"),
        ({"@type": "Event", "startDate": "May 2025"}, "Event.startDate: 'May 2025' is none of Date, DateTime"),
        ({"@type": "Dataset", "distribution": {"@type": "Event"}}, "is none of DataDownload"),
        ({"@type": "Legislation", "legislationLegalForce": "https://schema.org/Quite"}, "is none of LegalForceStatus"),
        ({"@type": "Dataset", "url": ""}, "is none of URL"),
    ],
)
def test_what_the_vocabulary_has_no_words_for_is_found(node, told):
    [fault] = schema_org.faults({"@context": "https://schema.org", "@graph": [node]})
    assert told in fault


# --- And to the truth -----------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("instrument", "statuses", "kind"),
    [
        (Instrument.TREATY, [Status.TALKS], "Intangible"),
        (Instrument.TREATY, [Status.TALKS, Status.SIGNED], "Legislation"),
        (Instrument.MEMORANDUM, [Status.SIGNED, Status.OPERATING], "Legislation"),
        (Instrument.UNWRITTEN, [Status.SIGNED, Status.OPERATING], "Intangible"),
        (Instrument.UNDISCLOSED, [Status.OPERATING], "Intangible"),
        (Instrument.TREATY, [], "Intangible"),
    ],
)
def test_an_agreement_is_legislation_once_a_text_was_signed_and_no_earlier(instrument, statuses, kind):
    agreement = make_agreement(instrument=instrument)
    for month, status in enumerate(statuses, start=1):
        make_status_change(agreement, status=status, date=dt.date(2025, month, 1), precision=Precision.MONTH)
    changes = agreement.status_changes.all()
    path = fold(changes, today=dt.date(2026, 1, 1))
    said = jsonld.agreement(agreement, path, site=SITE, addresses={change.pk: f"/{change.pk}/" for change in changes})
    assert said["@type"] == kind
    signed = f"2025-{statuses.index(Status.SIGNED) + 1:02}" if kind == "Legislation" else None
    assert said.get("legislationDate") == signed
    assert [each["startDate"] for each in said.get("subjectOf", [])] == [
        f"2025-{month:02}" for month, _status in enumerate(statuses, start=1)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "force"),
    [(Status.IN_FORCE, "InForce"), (Status.ENDED, "NotInForce"), (Status.SUSPENDED, ""), (Status.OPERATING, "")],
)
def test_legal_force_is_said_only_where_it_is_on_record(status, force):
    agreement = make_agreement(instrument=Instrument.TREATY)
    make_status_change(agreement, status=Status.SIGNED)
    make_status_change(agreement, status=status, date=dt.date(2025, 6, 1))
    changes = agreement.status_changes.all()
    path = fold(changes, today=dt.date(2026, 1, 1))
    said = jsonld.agreement(agreement, path, site=SITE, addresses={change.pk: "/" for change in changes})
    assert said.get("legislationLegalForce", "") == (f"https://schema.org/{force}" if force else "")


@pytest.fixture
def records(db) -> None:
    report = make_source("report", title="What the minister said", title_is_description=True)
    agreement = make_agreement(sources=[report], title="A deal </script><script>alert(1)</script>")
    change = make_status_change(agreement)
    minister = make_official("minister", name="A minister")
    make_position(minister, title="Foreign minister", body="Ministry")
    make_statement(
        minister,
        id="minister-1",
        status_change=change,
        sources=[report],
        date=dt.date(2025, 5, 1),
        precision=Precision.MONTH,
    )
    make_statement(minister, id="minister-2", quote="", language="")
    make_official("ministry", name="A ministry", kind=OfficialKind.ORGANISATION)
    make_official("ngo", kind=OfficialKind.ORGANISATION, speaks_for=SpeaksFor.CIVIL_SOCIETY, country=None)
    make_transfer(agreement)
    make_payment(agreement)
    make_proceeding("case-1", decided=dt.date(2025, 7, 1), outcome="blocked")
    make_assessment("finding-1")
    make_agreement(sender=make_country("EUE"), receiver="RWA")


def test_what_was_said_is_a_quotation_where_the_words_are_on_record_and_a_claim_where_not(client, records):
    [quotation] = nodes(read(client, "/statements/minister-1/"), "Quotation")
    assert quotation["text"] == "We are in discussions with the United States"
    assert quotation["dateCreated"] == "2025-05"
    assert quotation["author"]["name"] == "A minister"
    assert quotation["author"]["jobTitle"] == "Foreign minister"
    assert "nationality" not in quotation["author"]
    assert [each["@id"] for each in quotation["about"]] == [f"{SITE}/agreements/us-rw-2025/#agreement"]
    assert quotation["citation"][0]["description"] == "What the minister said"
    assert "name" not in quotation["citation"][0]
    [claim] = nodes(read(client, "/statements/minister-2/"), "Claim")
    assert "text" not in claim
    assert claim["abstract"] == "What was said."
    assert claim["appearance"]


ABOUT = [
    ("/officials/minister/", "Person"),
    ("/officials/ministry/", "GovernmentOrganization"),
    ("/sources/report/", "NewsArticle"),
    ("/countries/european-union/", "AdministrativeArea"),
    ("/countries/rwanda/", "Country"),
    ("/facts/status-changes/us-rw-2025-1/", "Event"),
    ("/facts/transfers/us-rw-2025-transfer-1/", "Event"),
    ("/facts/proceedings/case-1/", "Event"),
    ("/facts/assessments/finding-1/", "Report"),
    ("/data/", "Dataset"),
]


def test_a_page_is_about_what_it_shows(client, records):
    for address, type_ in ABOUT:
        page = read(client, address)
        assert schema_org.faults(document(page)) == []
        about = [node["mainEntity"] for node in document(page)["@graph"] if "mainEntity" in node]
        assert [each["@type"] for each in about] == [type_], address


def test_a_payment_is_called_no_event(client, records):
    page = read(client, "/facts/payments/us-rw-2025-payment-1/")
    assert "mainEntity" not in whole(page)
    assert whole(page)["citation"]


def test_nothing_in_the_record_ends_the_script(client, records):
    page = read(client, "/agreements/us-rw-2025/")
    assert whole(page)["name"] == "A deal </script><script>alert(1)</script>"
    assert not page.select("script:not([src]):not([type='application/ld+json'])")
    assert faults(page) == []


def test_the_way_to_a_page_leads_from_the_home_page_to_it(client, records):
    page = read(client, "/statements/minister-1/")
    [way] = [node for node in document(page)["@graph"] if "itemListElement" in node]
    assert whole(page)["breadcrumb"]["@id"] == way["@id"]
    assert [(step["position"], step["item"]["@id"]) for step in way["itemListElement"]] == [
        (1, f"{SITE}/"),
        (2, f"{SITE}/statements/"),
        (3, f"{SITE}/statements/minister-1/"),
    ]


def test_the_home_page_says_how_the_site_is_searched_and_what_can_be_downloaded(client, records):
    page = read(client, "/")
    [action] = nodes(page, "SearchAction")
    address = action["target"]["urlTemplate"].replace("{words}", "rwanda").removeprefix(SITE)
    assert client.get(address).status_code == 200
    [dataset] = nodes(page, "Dataset")
    assert 50 <= len(dataset["description"]) <= 5000


def test_every_download_that_is_named_can_be_had(client, records):
    downloads = nodes(read(client, "/data/"), "DataDownload")
    assert len(downloads) == 13
    for each in downloads:
        response = client.get(each["contentUrl"].removeprefix(SITE))
        assert response.status_code == 200
        assert response["Content-Type"].startswith(each["encodingFormat"])
        assert response.getvalue()


def test_a_past_page_says_which_edition_it_shows(client, records):
    newest = Edition.objects.latest("number").number
    make_agreement(year=2020)
    assert whole(read(client, f"/agreements/us-rw-2025/?edition={newest}"))["version"] == newest
    assert whole(read(client, "/agreements/us-rw-2025/"))["version"] > newest


# --- Where the page is, and what a shared link shows ----------------------------------------------


def canonical(page) -> list[str]:
    return [link["href"] for link in page.select("link[rel=canonical]")]


ONE_ADDRESS = [
    ("/", "/"),
    ("/?utm_source=x&theme=dark", "/"),
    ("/agreements/us-rw-2025/", "/agreements/us-rw-2025/"),
    ("/agreements/us-rw-2025/?edition=6", "/agreements/us-rw-2025/"),
    ("/agreements/us-rw-2025/?as_of=2025-06-01", "/agreements/us-rw-2025/"),
    ("/agreements/?sort=status&receiver=RWA&sender=USA&q=", "/agreements/?receiver=RWA&sender=USA"),
    ("/agreements/?status=talks&status=agreed&unknown=1", "/agreements/?status=agreed&status=talks"),
    ("/agreements/?status=agreed&status=talks&edition=6", "/agreements/?status=agreed&status=talks"),
    ("/compare/?a=us-rw-2025&a=eu-rw-2025", "/compare/?a=us-rw-2025&a=eu-rw-2025"),
    ("/search/?q=rwanda", "/search/"),
]


def test_a_page_has_one_address_however_it_was_asked_for(client, records):
    for address, path in ONE_ADDRESS:
        page = read(client, address)
        assert canonical(page) == [SITE + path]
        if "edition" not in address and "as_of" not in address:
            assert meta(page, "og:url") == [SITE + path]
            assert meta(page, "robots") == []


def test_the_second_page_of_a_list_is_a_page_of_its_own(client, db):
    for year in range(1950, 2002):
        make_agreement(year=year)
    assert canonical(read(client, "/agreements/?page=2&sort=status")) == [f"{SITE}/agreements/?page=2"]
    assert canonical(read(client, "/agreements/?page=1")) == [f"{SITE}/agreements/"]


def test_a_shared_past_page_stays_what_it_is_and_leads_crawlers_no_further(client, records):
    newest = Edition.objects.latest("number").number
    page = read(client, f"/agreements/us-rw-2025/?edition={newest}")
    assert meta(page, "og:url") == [f"{SITE}/agreements/us-rw-2025/?edition={newest}"]
    assert meta(page, "og:image") == [f"{SITE}/agreements/us-rw-2025/share.png?edition={newest}"]
    assert meta(page, "robots") == ["nofollow"]


@pytest.mark.parametrize(
    ("address", "status"), [("/nowhere/", 404), ("/agreements/?status=x", 400), ("/agreements/us-ug-2025/", 410)]
)
def test_what_is_no_page_claims_no_address(client, records, address, status):
    gone = make_agreement(receiver="UGA")
    with publication.act() as act:
        act.withdraw([gone], reason="It was recorded twice.")
    page = read(client, address, status)
    assert canonical(page) == meta(page, "og:url") == []
    assert document(page)["@graph"] == []


def test_a_shared_link_shows_title_words_and_picture(client, records):
    page = read(client, "/agreements/us-rw-2025/")
    assert meta(page, "og:title") == ["United States – Rwanda: in talks"]
    assert meta(page, "og:description") == meta(page, "description") == ["What it is and what became of it."]
    assert meta(page, "og:site_name") == ["Third Country Tracker"]
    assert meta(page, "og:type") == ["article"]
    assert meta(page, "twitter:card") == ["summary_large_image"]
    [picture] = meta(page, "og:image")
    assert [meta(page, f"og:image:{name}") for name in ("width", "height", "type")] == [
        ["1200"],
        ["630"],
        ["image/png"],
    ]
    assert "In talks 4 May 2025" in meta(page, "og:image:alt")[0]
    response = client.get(picture.removeprefix(SITE))
    assert response["Content-Type"] == "image/png"


@pytest.mark.parametrize(
    "address",
    ["/", "/agreements/", "/statements/minister-1/", "/countries/rwanda/", "/search/?q=x", "/about/", "/nowhere/"],
)
def test_every_page_says_what_a_shared_link_shows(client, records, address):
    page = read(client, address, 404 if address == "/nowhere/" else 200)
    for name in ("og:title", "og:description", "og:site_name", "og:type", "twitter:card"):
        assert len(meta(page, name)) == 1, name
        assert meta(page, name)[0], name
    assert meta(page, "og:title")[0] == page.title.string.removesuffix(" · Third Country Tracker")


def test_quotation_marks_in_a_title_end_no_attribute(client, db):
    make_source("report", title='The "deal" of <b>Kigali</b> & others')
    page = read(client, "/sources/report/")
    assert meta(page, "og:title") == ['The "deal" of <b>Kigali</b> & others']
    assert page.title.string.startswith('The "deal" of <b>Kigali</b> & others')
