"""What another site shows of a page: in a frame, frozen where asked, and true about what became of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from agreements import editions, publication
from agreements.models import Agreement, Country, Edition, Official, Source, StatusChange
from agreements.views.moments import LIVE, PAST
from agreements.vocabulary import Status
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
)
from tests.views.reading import faults, parse, read, text

pytestmark = pytest.mark.django_db

AGREEMENT = "/embed/agreements/us-rw-2025/"
STATEMENT = "/embed/statements/minister-1/"
FACTS = {
    "status-changes": "us-rw-2025-1",
    "transfers": "us-rw-2025-transfer-1",
    "payments": "us-rw-2025-payment-1",
    "proceedings": "case-1",
    "assessments": "finding-1",
}
EMBEDS = [AGREEMENT, STATEMENT, *(f"/embed/facts/{table}/{id}/" for table, id in FACTS.items())]


@pytest.fixture(autouse=True)
def _records(db: None) -> None:
    report = make_source("report", title="A report of it")
    agreement = make_agreement(title="A deal", sources=[report])
    change = make_status_change(agreement, sources=[report], note="They talk.")
    minister = make_official("minister", name="A minister")
    make_position(minister, id="minister-office", title="Foreign minister")
    make_statement(minister, id="minister-1", agreements=[agreement], status_change=change, sources=[report])
    make_transfer(agreement, nationalities=["UGA"], sources=[report])
    make_payment(agreement, sources=[report])
    make_proceeding("case-1", agreements=[agreement], sources=[report])
    make_assessment("finding-1", sources=[report])


def newest() -> int:
    return Edition.objects.latest("number").number


def changed(record, **values) -> int:
    """Corrects a record and gives the number of the edition that did."""
    for name, value in values.items():
        setattr(record, name, value)
    with publication.act() as act:
        act.publish(record)
    return newest()


def directives(response) -> dict[str, list[str]]:
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {name: values for name, *values in parts}


# --- Who may frame it -----------------------------------------------------------------------------


def test_an_embed_may_be_framed_by_everybody_and_runs_nothing(client):
    for address in EMBEDS:
        response = client.get(address)
        assert response.status_code == 200
        policy = directives(response)
        assert policy["frame-ancestors"] == ["*"]
        assert policy["default-src"] == policy["script-src"] == policy["connect-src"] == ["'none'"]
        assert policy["style-src"] == ["'self'"]
        assert "X-Frame-Options" not in response
        assert not response.cookies
        page = parse(response.content)
        assert not page.select("script")
        assert faults(page) == []
        loaded = [tag["href"] for tag in page.select("link[rel=stylesheet], link[rel=icon]")]
        loaded += [tag["src"] for tag in page.select("[src]")]
        assert loaded
        assert all(each.startswith("/static/") for each in loaded)


def test_an_embed_that_was_kept_not_changed_or_refused_says_the_same_of_frames(client):
    first = client.get(AGREEMENT)
    kept = client.get(AGREEMENT)
    unchanged = client.get(AGREEMENT, headers={"if-none-match": first["ETag"]})
    refusals = [client.get(f"{AGREEMENT}?{query}") for query in ("theme=blue", "edition=0", "edition=999")]
    answers = [kept, unchanged, *refusals, client.get("/embed/agreements/us-rw-1999/"), client.post(AGREEMENT)]
    assert [each.status_code for each in answers] == [200, 304, 400, 400, 404, 404, 405]
    for answer in answers:
        assert directives(answer)["frame-ancestors"] == ["*"], answer
        assert "X-Frame-Options" not in answer


OTHERS = ["/", "/agreements/us-rw-2025/", "/agreements/us-rw-2025/chart.svg", "/oembed", "/embed"]


def test_no_other_address_may_be_framed(client):
    for response in (client.get(address) for address in OTHERS for _again in range(2)):
        assert directives(response)["frame-ancestors"] == ["'none'"]
        assert response.status_code == 301 or response["X-Frame-Options"] == "DENY"


# --- What it shows --------------------------------------------------------------------------------


def test_the_embed_of_an_agreement_says_where_it_stands_and_leads_to_its_page(client):
    page = read(client, AGREEMENT)
    assert text(page.h1) == "A deal"
    assert page.h1.a["href"] == "/agreements/us-rw-2025/"
    status = page.select_one(".stand .status")
    assert text(status) == "In talks"
    assert status.svg
    assert text(page.select_one(".stand time")) == "4 May 2025"
    pictures = page.select(".figure svg[role=img]")
    assert len(pictures) == 3
    assert {picture["aria-label"] for picture in pictures} == {"In talks 4 May 2025"}
    assert "Source: Third Country Tracker" in text(page.footer)
    assert page.select_one("link[rel=canonical]")["href"] == "http://testserver/agreements/us-rw-2025/"


def test_an_agreement_without_a_step_has_an_embed_all_the_same(client):
    make_agreement(year=2020)
    page = read(client, "/embed/agreements/us-rw-2020/")
    assert text(page.select_one(".stand")) == "No status on record"
    assert not page.select(".figure")


def test_the_embed_of_a_statement_has_words_speaker_office_and_sources(client):
    page = read(client, STATEMENT)
    assert text(page.h1) == "A minister Foreign minister"
    assert text(page.blockquote) == "“We are in discussions with the United States”"
    assert text(page.select_one(".stand .status")) == "Confirms"
    assert page.select_one(".about a")["href"] == "/agreements/us-rw-2025/"
    assert "The Gazette" in text(page.select_one(".sources"))


SAID = [
    ("status-changes", "They talk."),
    ("transfers", "People moved: 7."),
    ("payments", "US$7.5 million promised."),
    ("proceedings", "Filed in court."),
    ("assessments", "What was found."),
]


def test_the_embed_of_a_fact_says_it_with_its_sources(client):
    for table, said in SAID:
        page = read(client, f"/embed/facts/{table}/{FACTS[table]}/")
        assert said in text(page.main)
        assert "A report of it" in text(page.select_one(".sources"))
        assert page.h1.a["href"] == f"/facts/{table}/{FACTS[table]}/"


def test_every_link_of_an_embed_opens_outside_of_the_frame(client):
    for address in EMBEDS:
        page = read(client, address)
        assert page.base["target"] == "_blank"
        assert not page.base.get("href")
        links = page.select("a")
        assert links
        assert not [link for link in links if link.get("target") or link["href"].startswith("#")]


THEMES = [
    ("", "light dark", "(prefers-color-scheme: dark)"),
    ("?theme=light", "light", None),
    ("?theme=dark", "dark", ""),
]


def test_an_embed_is_light_or_dark_as_asked_or_as_the_reader_has_it(client):
    for query, scheme, dark in THEMES:
        page = read(client, AGREEMENT + query)
        assert page.select_one("meta[name=color-scheme]")["content"] == scheme
        sheets = [sheet for sheet in page.select("link[rel=stylesheet]") if "embed-dark" in sheet["href"]]
        assert [sheet.get("media", "") for sheet in sheets] == ([] if dark is None else [dark])


def test_a_theme_that_there_is_not_is_refused_with_those_that_there_are(client):
    page = read(client, f"{AGREEMENT}?theme=blue", 400)
    assert "Expected one of: light, dark" in text(page.main)
    assert not page.select("form, nav")


def test_a_withdrawn_record_says_in_the_frame_that_it_was_withdrawn_and_why(client):
    make_agreement("us-ug-2025", receiver="UGA")
    with publication.act(at=dt.datetime(2026, 2, 3, tzinfo=dt.UTC)) as act:
        act.withdraw([Agreement.objects.get(pk="us-ug-2025")], reason="It was recorded twice.")
    page = read(client, "/embed/agreements/us-ug-2025/", 410)
    assert "3 February 2026" in text(page.main)
    assert "It was recorded twice." in text(page.main)
    assert not page.select("nav")


# --- Frozen ---------------------------------------------------------------------------------------


def state(client: Client, address: str) -> str:
    return text(read(client, address).select_one(".state"))


def test_a_frozen_embed_shows_its_edition_and_says_so(client):
    number = newest()
    agreement = Agreement.objects.get(pk="us-rw-2025")
    make_status_change(agreement, status=Status.SIGNED, date=dt.date(2025, 6, 1))
    frozen = read(client, f"{AGREEMENT}?edition={number}")
    assert text(frozen.select_one(".stand .status")) == "In talks"
    assert f"As it stood at edition {number}" in text(frozen.footer)
    assert frozen.h1.a["href"] == f"/agreements/us-rw-2025/?edition={number}"
    now = next(link for link in frozen.footer.select("a") if text(link) == "As it stands now")
    assert now["href"] == "/agreements/us-rw-2025/"
    assert text(read(client, AGREEMENT).select_one(".stand .status")) == "Signed"
    assert not read(client, AGREEMENT).select(".state")


def test_what_was_added_since_is_no_correction(client):
    number = newest()
    agreement = Agreement.objects.get(pk="us-rw-2025")
    make_status_change(agreement, status=Status.SIGNED, date=dt.date(2025, 6, 1))
    make_agreement(year=2020)
    assert "since" not in state(client, f"{AGREEMENT}?edition={number}")


CORRECTIONS = {
    "its title": (AGREEMENT, lambda: (Agreement.objects.get(pk="us-rw-2025"), {"title": "Another title"})),
    "a step": (AGREEMENT, lambda: (StatusChange.objects.get(), {"date": dt.date(2025, 5, 3)})),
    "the name of a party": (AGREEMENT, lambda: (Country.objects.get(pk="RWA"), {"name": "Republic of Rwanda"})),
    "the name of the speaker": (STATEMENT, lambda: (Official.objects.get(), {"name": "A. Minister"})),
    "the title of a source": (EMBEDS[-1], lambda: (Source.objects.get(pk="report"), {"title": "Another title"})),
    "the name of a nationality": (EMBEDS[3], lambda: (Country.objects.get(pk="UGA"), {"name": "Republic of Uganda"})),
}


@pytest.mark.parametrize("kind", CORRECTIONS)
def test_a_frozen_embed_says_that_what_it_shows_was_corrected_and_where(client, kind):
    address, found = CORRECTIONS[kind]
    frozen = f"{address}?edition={newest()}"
    before = read(client, frozen)
    record, values = found()
    number = changed(record, **values)
    page = read(client, frozen)
    assert f"Corrected since : edition {number}" in text(page.footer)
    assert page.select_one(".state a")["href"] == f"/changes/{number}/"
    assert client.get(page.select_one(".state a")["href"]).status_code == 200
    assert page.main == before.main
    # And at the edition that corrected it, there is nothing to correct.
    assert "Corrected since" not in state(client, f"{address}?edition={number}")


def test_what_an_embed_does_not_show_does_not_correct_it(client):
    frozen = f"{AGREEMENT}?edition={newest()}"
    changed(Official.objects.get(), name="Somebody else")
    changed(Agreement.objects.get(pk="us-rw-2025"), last_checked=dt.date(2026, 1, 1))
    assert "since" not in state(client, frozen)


def test_a_correction_that_was_taken_back_is_none(client):
    frozen = f"{AGREEMENT}?edition={newest()}"
    changed(Agreement.objects.get(pk="us-rw-2025"), title="A slip of the pen")
    assert "Corrected since" in state(client, frozen)
    changed(Agreement.objects.get(pk="us-rw-2025"), title="A deal")
    assert "Corrected since" not in state(client, frozen)


def test_a_frozen_embed_of_what_was_withdrawn_shows_it_still_and_says_so(client):
    make_agreement("us-ug-2025", receiver="UGA")
    frozen = f"/embed/agreements/us-ug-2025/?edition={newest()}"
    with publication.act() as act:
        act.withdraw([Agreement.objects.get(pk="us-ug-2025")], reason="It was recorded twice.")
    page = read(client, frozen)
    assert f"Withdrawn since : edition {newest()}" in text(page.footer)
    assert text(page.h1)


def test_a_frozen_embed_is_asked_for_again_after_each_edition_and_other_past_pages_are_not(client):
    number = newest()
    frozen, past = f"{AGREEMENT}?edition={number}", f"/agreements/us-rw-2025/?edition={number}"
    before = {address: client.get(address) for address in (frozen, past)}
    assert before[frozen]["Cache-Control"] == LIVE
    assert before[past]["Cache-Control"] == PAST
    changed(Agreement.objects.get(pk="us-rw-2025"), title="Another title")
    status = {
        address: client.get(address, headers={"if-none-match": answer["ETag"]}).status_code
        for address, answer in before.items()
    }
    assert status == {frozen: 200, past: 304}
    after = client.get(frozen)
    assert client.get(frozen, headers={"if-none-match": after["ETag"]}).status_code == 304


def test_an_embed_that_an_act_overtakes_while_it_is_drawn_is_drawn_once_more(client, monkeypatch):
    frozen = f"{AGREEMENT}?edition={newest()}"
    asked, overtaken = editions.corrected_since, []

    def and_then_it_is_corrected(*args):
        found = asked(*args)
        if not overtaken:
            overtaken.append(True)
            changed_live()
        return found

    def changed_live():
        with editions._live():
            changed(Agreement.objects.get(pk="us-rw-2025"), title="Another title")

    monkeypatch.setattr(editions, "corrected_since", and_then_it_is_corrected)
    assert "Corrected since" in state(client, frozen)


def test_what_was_true_on_a_day_has_an_embed_too(client):
    agreement = Agreement.objects.get(pk="us-rw-2025")
    make_status_change(agreement, status=Status.SIGNED, date=dt.date(2025, 6, 1))
    page = read(client, f"{AGREEMENT}?as_of=2025-05-20")
    assert text(page.select_one(".stand .status")) == "In talks"
    assert "What was true on 20 May 2025" in text(page.footer)


# --- What the page offers -------------------------------------------------------------------------


def offered(client: Client, address: str) -> dict[str, str]:
    box = read(client, address).select_one("details#embed dl")
    return {text(term): text(term.find_next_sibling("dd")) for term in box.select("dt")}


def test_the_page_of_an_agreement_offers_its_chart_to_other_sites(client):
    number = newest()
    live, frozen, oembed, picture = offered(client, "/agreements/us-rw-2025/").values()
    assert live.startswith('<iframe src="http://testserver/embed/agreements/us-rw-2025/" title="A deal"')
    assert f'src="http://testserver/embed/agreements/us-rw-2025/?edition={number}"' in frozen
    assert oembed.startswith("http://testserver/oembed?url=http")
    assert picture == f"http://testserver/agreements/us-rw-2025/chart.svg?edition={number}"
    for address in (oembed, picture):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200
    page = read(client, "/agreements/us-rw-2025/")
    assert not page.select("iframe")
    assert page.select_one("details#embed a[download]")["href"] == "/agreements/us-rw-2025/chart.svg"


@pytest.mark.parametrize("address", ["/statements/minister-1/", "/facts/transfers/us-rw-2025-transfer-1/"])
def test_the_page_of_a_statement_or_a_fact_offers_it_to_other_sites(client, address):
    live, frozen, _oembed = offered(client, address).values()
    assert f'src="http://testserver/embed{address}"' in live
    assert f'src="http://testserver/embed{address}?edition={newest()}"' in frozen


def test_a_past_page_offers_what_it_shows(client):
    number = newest()
    make_agreement(year=2020)
    live, frozen, _oembed, picture = offered(client, f"/agreements/us-rw-2025/?edition={number}").values()
    assert "edition" not in live
    assert f"?edition={number}" in frozen
    assert picture.endswith(f"?edition={number}")
