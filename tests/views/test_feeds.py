"""A feed says what happened with its sources, and stays right whatever is done to the record later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client, override_settings

from agreements import publication
from agreements.models import Edition, Record
from agreements.views import moments
from agreements.views.feeds import base, lists
from agreements.views.follow import LISTS
from agreements.vocabulary import Outcome, Precision, SpeaksFor, Stance, State, Status
from tests.factories import (
    make_agreement,
    make_country,
    make_official,
    make_position,
    make_proceeding,
    make_source,
    make_statement,
    make_status_change,
    make_transfer,
)
from tests.views import atom
from tests.views.reading import all_rows

pytestmark = pytest.mark.django_db

FEEDS = [
    "/feeds/everything.atom",
    "/feeds/corrections.atom",
    "/feeds/transitions.atom",
    *(f"/feeds/transitions/{status}.atom" for status in Status),
    "/feeds/suspended-by-a-court.atom",
    "/feeds/denials.atom",
    *(f"/{name}.atom" for name in LISTS),
]


def changed(record: Record, *, note: str = "", at: dt.datetime | None = None, **values: object) -> Edition:
    """Publishes a record anew, with other values."""
    for name, value in values.items():
        setattr(record, name, value)
    with publication.act(note=note, at=at) as act:
        act.publish(record)
    return act.edition


def withdrawn(record: Record, reason: str = "It was recorded twice.") -> Edition:
    with publication.act() as act:
        act.withdraw([record], reason=reason)
    return act.edition


# --- All of them ----------------------------------------------------------------------------------
def test_a_feed_without_an_item_is_valid_and_the_same_each_time(client):
    for address in FEEDS:
        assert atom.entries(atom.read(client, address)) == []
        assert client.get(address).content == client.get(address).content
    make_agreement()
    empty = atom.read(client, "/feeds/denials.atom")
    assert atom.moment(empty, "updated") == Edition.objects.last().made_at


def test_a_feed_knows_neither_the_host_that_was_asked_nor_who_asks(client):
    make_statement()
    for address in ("/feeds/everything.atom", "/statements.atom"):
        assert client.get(address).content == Client(SERVER_NAME="localhost").get(address).content


def test_a_feed_is_asked_for_again_for_nothing_until_the_next_edition(client):
    official = make_official("minister")
    for address in ("/feeds/everything.atom", "/officials.atom", "/officials/minister.atom", "/calendar.ics"):
        tag = client.get(address)["ETag"]
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    changed(official, name="Another name")
    assert client.get("/officials.atom", headers={"if-none-match": tag}).status_code == 200


def test_what_a_program_asks_wrongly_it_is_told_as_text(client):
    make_agreement()
    wrong = {
        "/agreements.atom?status=nonsense": (400, "status: “nonsense” is not known here."),
        "/feeds/everything.atom?kind=nonsense": (400, "kind: “nonsense” is not known here."),
        "/feeds/transitions.atom?sender=XXX": (400, "sender: “XXX” is not known here."),
        "/feeds/denials.atom?official=nobody": (400, "official: “nobody” is not known here."),
        "/feeds/transitions/nonsense.atom": (404, "There is no status “nonsense”. Expected one of: reported, talks,"),
        "/agreements/us-rw-1999.atom": (404, "There is nothing at “us-rw-1999”."),
        "/officials/nobody.atom": (404, "There is nothing at “nobody”."),
        "/countries/nowhere.atom": (404, "There is nothing at “nowhere”."),
        "/agreements.atom?page=2": (404, "This feed has no page 2."),
        "/agreements.atom?page=0": (404, "This feed has no page 0."),
        "/agreements.atom?page=last": (404, "This feed has no page last."),
        "/feeds/everything.atom?page=99999999999999999999": (404, "This feed has no page"),
        "/feeds/everything.atom?edition=99": (404, "There is no edition 99."),
    }
    for address, (status, sentence) in wrong.items():
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (status, "text/plain; charset=utf-8"), address
        assert response.content.decode().startswith(sentence)


def test_what_xml_cannot_hold_spoils_no_feed(client):
    changed(make_agreement(), note="Pasted\x0b from\x01 elsewhere.", summary="A deal\x1f, \ufffe corrected.")
    assert "Pasted� from� elsewhere." in atom.words(atom.entries(atom.read(client, "/feeds/corrections.atom"))[0])


def test_markup_in_a_text_stays_text(client):
    deal = make_agreement(title="<b>Deal</b> & <script>alert(1)</script>")
    feed = atom.read(client, "/agreements/us-rw-2025.atom")
    assert deal.title in atom.titles(feed)[0]
    assert deal.title in atom.words(atom.entry(feed, f"editions/{Edition.objects.count()}/agreements/us-rw-2025"))


# --- Lists ----------------------------------------------------------------------------------------
def test_a_long_list_goes_on_page_by_page_under_one_id(client, monkeypatch):
    monkeypatch.setattr(lists.ListFeed, "most", 2)
    for number in range(5):
        make_official(f"official-{number}")
    rows = all_rows(client, "/officials/")
    first, second, last = (
        atom.read(client, f"/officials.atom?kind=person{more}") for more in ("", "&page=2", "&page=3")
    )
    address = f"{settings.SITE_URL}/officials.atom?kind=person"
    found = [[atom.link(page, rel) for rel in ("self", "first", "previous", "next")] for page in (first, second, last)]
    assert found == [
        [address, address, "", f"{address}&page=2"],
        [f"{address}&page=2", address, address, f"{address}&page=3"],
        [f"{address}&page=3", address, f"{address}&page=2", ""],
    ]
    assert {atom.text(page, "id") for page in (first, second, last)} == {"tag:testserver,2026:officials?kind=person"}
    assert atom.record_ids(client, "/officials.atom?kind=person") == rows
    assert client.get("/officials.atom?kind=person&page=4").status_code == 404


def test_a_list_with_one_page_names_no_other(client):
    make_agreement()
    feed = atom.read(client, "/agreements.atom")
    assert [atom.link(feed, rel) for rel in ("first", "previous", "next")] == ["", "", ""]


def test_an_item_of_a_list_keeps_its_id_whatever_its_title_its_place_and_the_edition(client):
    statement = make_statement(id="minister-1")
    before = atom.ids(atom.read(client, "/statements.atom"))
    changed(statement.official, name="Somebody Else")
    changed(statement, date=dt.date(2024, 1, 1), stance=Stance.DENIES)
    make_statement()
    for address in ("/statements.atom?sort=oldest", "/statements.atom?edition=99", "/feeds/denials.atom"):
        edition = str(Edition.objects.count())
        assert set(before) <= set(atom.ids(atom.read(client, address.replace("99", edition))))
    assert before == ["statements/minister-1"]


def test_an_item_of_a_list_was_updated_when_the_public_last_saw_it_change(client):
    deal = make_agreement()
    step = make_status_change(deal)
    published = Edition.objects.order_by("number")
    [entry] = atom.entries(atom.read(client, "/agreements.atom"))
    assert atom.moment(entry, "updated") == published.last().made_at
    # What has nothing to do with it leaves it alone.
    make_agreement(receiver="UGA")
    at = dt.datetime(2027, 1, 2, 3, 4, 5, 678, tzinfo=dt.UTC)
    changed(step, at=at, note="The signature.", status=Status.SIGNED)
    entry = atom.entry(atom.read(client, "/agreements.atom"), "agreements/us-rw-2025")
    assert atom.moment(entry, "updated") == at
    assert atom.moment(entry, "published") < at


def test_an_agreement_in_its_list_says_where_it_stood_and_stands_with_its_sources(client):
    deal = make_agreement(sources=[make_source("treaty", title="The text", url="https://gazette.example/text")])
    make_status_change(deal, status=Status.TALKS, date=dt.date(2025, 5, 1), precision=Precision.MONTH)
    make_status_change(deal, status=Status.SIGNED, date=dt.date(2025, 6, 4))
    make_status_change(deal, status=Status.SIGNED, date=dt.date(2025, 8, 5))
    make_transfer(deal)
    [entry] = atom.entries(atom.read(client, "/agreements.atom"))
    assert atom.text(entry, "title") == "United States to Rwanda: signed"
    said = atom.words(entry)
    assert "Before In talks, May 2025 Now Signed, since 4 June 2025" in said
    assert "7 people moved" in said
    [source] = atom.links_of(entry, "via")
    assert (source.get("href"), source.get("title")) == ("https://gazette.example/text", "The Gazette: The text")


def test_a_statement_in_its_list_has_its_words_its_office_and_what_it_is_about(client):
    deal = make_agreement()
    official = make_official(name="A Minister")
    make_position(official, title="Foreign minister", body="Ministry", started="2024")
    make_statement(official, agreements=[deal], quote="Nous négocions", language="fr", summary="Talks.", venue="Radio")
    [entry] = atom.entries(atom.read(client, "/statements.atom"))
    assert atom.text(entry, "title") == "A Minister confirms: United States to Rwanda, 4 May 2025"
    assert "A Minister , Foreign minister, Ministry, 4 May 2025 : Confirms" in atom.words(entry)
    assert atom.html(entry).blockquote["lang"] == "fr"
    assert "Talks. Radio." in atom.words(entry)
    assert deal.title in atom.words(entry)


# --- Changes --------------------------------------------------------------------------------------
def test_everything_has_each_record_that_an_edition_touched_the_newest_edition_first(client):
    country = make_country()
    source = make_source("gazette-1")
    official = make_official("minister")
    changed(official, name="Another name")
    withdrawn(source)
    feed = atom.read(client, "/feeds/everything.atom")
    assert atom.ids(feed) == [
        "editions/5/sources/gazette-1",
        "editions/4/officials/minister",
        "editions/3/officials/minister",
        "editions/2/sources/gazette-1",
        f"editions/1/countries/{country.pk}",
    ]
    updated = [atom.moment(entry, "updated") for entry in atom.entries(feed)]
    assert updated == sorted(updated, reverse=True)
    assert updated == list(Edition.objects.order_by("-number").values_list("made_at", flat=True))


def test_a_change_is_told_field_by_field_with_note_sources_and_both_states(client):
    source = make_source("gazette-1", url="https://gazette.example/1", archive_url="https://archive.example/1")
    deal = make_agreement(summary="An early deal.", sources=[source])
    edition = changed(deal, note="The cabinet corrected itself.", summary="A late deal.")
    entry = atom.entry(atom.read(client, "/feeds/everything.atom"), f"editions/{edition.number}/agreements/us-rw-2025")
    assert atom.text(entry, "title") == f"Changed: {deal.title} (agreement)"
    [row] = atom.html(entry).select("tbody tr")
    assert [cell.get_text() for cell in row.select("th, td")] == ["summary", "An early deal.", "A late deal."]
    assert [each.get_text() for each in row.select("del, ins")] == ["An", "early", "A", "late"]
    assert "Note of the edition: The cabinet corrected itself." in atom.words(entry)
    assert [link.get("href") for link in atom.links_of(entry, "via")] == ["https://gazette.example/1"]
    assert atom.link(entry, "alternate") == f"{settings.SITE_URL}/agreements/us-rw-2025/"
    assert atom.link(entry, "related") == f"{settings.SITE_URL}/changes/{edition.number}/"
    states = [link["href"] for link in atom.html(entry).select("a") if "edition=" in link["href"]]
    own = f"{settings.SITE_URL}/agreements/us-rw-2025/?edition="
    assert states == [f"{own}{edition.number - 1}", f"{own}{edition.number}"]
    for state in states:
        assert client.get(state.removeprefix(settings.SITE_URL)).status_code == 200


def test_a_withdrawal_is_told_with_its_reason_and_what_stood_there(client):
    edition = withdrawn(make_statement(id="minister-1", summary="He confirmed talks."), reason="Never said.")
    for address in ("/feeds/everything.atom", "/feeds/corrections.atom"):
        entry = atom.entry(atom.read(client, address), f"editions/{edition.number}/statements/minister-1")
        assert atom.text(entry, "title").startswith("Withdrawn: ")
        assert "Reason: Never said." in atom.words(entry)
        assert "He confirmed talks." in atom.words(entry)


def test_corrections_are_changes_withdrawals_and_redactions_alone(client):
    official = make_official("minister")
    changed(official, name="A. Minister")
    withdrawn(make_statement(official, id="minister-1"))
    redaction = publication.redact("officials", "minister", "name", words="A. ").edition
    kinds = {
        place: title.partition(":")[0]
        for feed in [atom.read(client, "/feeds/corrections.atom")]
        for place, title in zip(atom.ids(feed), atom.titles(feed), strict=True)
    }
    assert kinds == {
        f"editions/{redaction.number}": f"Edition {redaction.number}",
        f"editions/{redaction.number - 1}/statements/minister-1": "Withdrawn",
        next(place for place in kinds if place.endswith("/officials/minister")): "Changed",
    }
    assert atom.ids(atom.read(client, "/feeds/everything.atom"))[0] == f"editions/{redaction.number}"


def test_a_redaction_reaches_every_feed_of_every_edition(client):
    statement = make_statement(id="minister-1", stance=Stance.DENIES, summary="He named Jane Doe.", quote="")
    changed(statement, summary="He named Jane Doe twice.")
    addresses = [
        *FEEDS,
        "/agreements/us-rw-2025.atom",
        f"/officials/{statement.official_id}.atom",
        "/countries/rwanda.atom",
    ]
    holding = {address for address in addresses if b"Jane Doe" in client.get(address).content}
    assert len(holding) >= 6
    publication.redact("statements", "minister-1", "summary", words="Jane Doe")
    for address in [*addresses, *(f"{each}?edition={Edition.objects.count() - 1}" for each in addresses)]:
        content = client.get(address).content
        assert b"Jane" not in content, address
        if address in holding:
            assert b"redacted on" in content, address


def test_the_edition_log_narrows_what_is_followed(client):
    deal = make_agreement()
    made = Edition.objects.count()
    other = make_agreement(receiver="UGA")
    changed(deal, summary="Corrected.")
    withdrawn(other)
    last = Edition.objects.count()
    for query, expected in {
        "kind=changed": [f"editions/{last - 1}/agreements/us-rw-2025"],
        "kind=withdrawn&country=USA": [f"editions/{last}/agreements/us-ug-2025"],
        "agreement=us-rw-2025&kind=added": [f"editions/{made}/agreements/us-rw-2025"],
        "agreement=us-rw-2025&kind=withdrawn": [],
    }.items():
        assert atom.ids(atom.read(client, f"/feeds/everything.atom?{query}")) == expected


def test_the_log_goes_on_page_by_page_without_a_gap_or_a_double(client, monkeypatch):
    monkeypatch.setattr(base.AtomFeed, "most", 3)
    for _number in range(4):
        make_transfer()
    publication.redact("agreements", "us-rw-2025", "summary")
    found, following = [], "/feeds/everything.atom"
    while following:
        feed = atom.read(client, following)
        found += atom.ids(feed)
        following = atom.link(feed, "next").removeprefix(settings.SITE_URL)
    monkeypatch.setattr(base.AtomFeed, "most", 100)
    moments.kept.clear()
    assert found == atom.ids(atom.read(client, "/feeds/everything.atom"))
    assert len(set(found)) == len(found) > 9


# --- One record -----------------------------------------------------------------------------------
@pytest.fixture
def two_deals(db: None) -> None:
    minister = make_official("minister")
    make_position(minister)
    for deal in (make_agreement(), make_agreement(receiver="UGA")):
        change = make_status_change(deal)
        make_statement(minister if deal.pk == "us-rw-2025" else None, id=f"on-{deal.pk}", status_change=change)
        make_transfer(deal)
        make_proceeding(f"case-{deal.pk}", agreements=[deal])


def followed(client: Client, address: str) -> set[str]:
    """The records whose changes a feed tells."""
    return {place.split("/", 2)[2] for place in atom.ids(atom.read(client, address))}


def test_the_feed_of_an_agreement_has_what_is_about_it_and_nothing_else(client, two_deals):
    assert followed(client, "/agreements/us-rw-2025.atom") == {
        "agreements/us-rw-2025",
        "status_changes/us-rw-2025-1",
        "statements/on-us-rw-2025",
        "transfers/us-rw-2025-transfer-1",
        "proceedings/case-us-rw-2025",
    }


def test_the_feed_of_an_official_has_offices_and_statements(client, two_deals):
    assert followed(client, "/officials/minister.atom") == {
        "officials/minister",
        "positions/minister-1",
        "statements/on-us-rw-2025",
    }


def test_the_feed_of_a_country_has_itself_and_the_agreements_to_which_it_is_a_party(client, two_deals):
    found = followed(client, "/countries/uganda.atom")
    assert {"countries/UGA", "agreements/us-ug-2025", "statements/on-us-ug-2025"} <= found
    assert not {place for place in found if "us-rw" in place}
    query = f"?edition={Edition.objects.count()}"
    answer = client.get(f"/countries/UGA.atom{query}")
    assert (answer.status_code, answer["Location"]) == (301, f"/countries/uganda.atom{query}")


def test_the_feed_of_a_withdrawn_record_says_in_words_that_it_ended(client):
    deal = make_agreement(receiver="UGA")
    edition = withdrawn(deal, reason="It was recorded twice.")
    answer = client.get("/agreements/us-ug-2025.atom")
    assert (answer.status_code, answer["Content-Type"]) == (410, "text/plain; charset=utf-8")
    told = answer.content.decode()
    assert f"“us-ug-2025” was withdrawn on {edition.made_at:%Y-%m-%d}, in edition {edition.number}." in told
    assert "Reason: It was recorded twice." in told
    assert deal.title in told
    assert atom.ids(atom.read(client, f"/agreements/us-ug-2025.atom?edition={edition.number - 1}"))
    # A country leaves by its name.
    withdrawn(make_country("VNM"))
    assert client.get("/countries/vietnam.atom").status_code == 410


def test_a_record_that_comes_back_has_its_feed_again(client):
    deal = make_agreement()
    withdrawn(deal)
    with publication.act() as act:
        act.publish(deal)
    kinds = [title.partition(":")[0] for title in atom.titles(atom.read(client, "/agreements/us-rw-2025.atom"))]
    assert kinds == ["Added", "Withdrawn", "Added"]


# --- What happened --------------------------------------------------------------------------------
def test_a_transition_says_what_stood_before_and_a_repeat_is_none(client):
    deal = make_agreement()
    source = make_source("gazette-9", url="https://gazette.example/9")
    for status, month in ((Status.TALKS, 5), (Status.SIGNED, 6), (Status.SIGNED, 7), (Status.OPERATING, 8)):
        make_status_change(deal, status=status, date=dt.date(2025, month, 1), sources=[source], note=f"Step {month}.")
    [signed] = atom.entries(atom.read(client, "/feeds/transitions/signed.atom"))
    assert atom.text(signed, "id") == "tag:testserver,2026:transitions/signed/us-rw-2025-2"
    assert atom.text(signed, "title") == "United States to Rwanda: signed (from in talks), 1 June 2025"
    assert "Before In talks After Signed , 1 June 2025 Step 6." in atom.words(signed)
    assert atom.link(signed, "alternate") == f"{settings.SITE_URL}/facts/status-changes/us-rw-2025-2/"
    assert atom.link(signed, "related") == f"{settings.SITE_URL}/agreements/us-rw-2025/"
    assert atom.link(signed, "via") == "https://gazette.example/9"
    [first] = atom.entries(atom.read(client, "/feeds/transitions/talks.atom"))
    assert "(first on record)" in atom.text(first, "title")
    assert atom.ids(atom.read(client, "/feeds/transitions.atom")) == [
        "transitions/operating/us-rw-2025-4",
        "transitions/signed/us-rw-2025-2",
        "transitions/talks/us-rw-2025-1",
    ]


def test_transitions_are_narrowed_as_the_list_of_agreements_and_by_their_own_dates(client):
    for receiver in ("RWA", "UGA"):
        deal = make_agreement(receiver=receiver)
        make_status_change(deal, status=Status.TALKS, date=dt.date(2024, 1, 1), precision=Precision.YEAR)
        make_status_change(deal, status=Status.SIGNED, date=dt.date(2025, 6, 4))
    for query, expected in {
        "receiver=RWA": {"us-rw-2025-1", "us-rw-2025-2"},
        "receiver=RWA&from=2025": {"us-rw-2025-2"},
        "agreement=us-ug-2025&to=2024-08": {"us-ug-2025-1"},
        "status=talks": set(),
        "changed=1&from=2025-07": set(),
    }.items():
        feed = atom.read(client, f"/feeds/transitions.atom?{query}")
        assert {place.rpartition("/")[2] for place in atom.ids(feed)} == expected, query


def test_a_later_correction_brings_a_transition_up_under_the_same_id(client):
    first = make_status_change(make_agreement(), status=Status.SIGNED)
    make_status_change(make_agreement(receiver="UGA"), status=Status.SIGNED)
    assert atom.ids(atom.read(client, "/feeds/transitions/signed.atom"))[-1] == "transitions/signed/us-rw-2025-1"
    changed(first, note="Corrected.")
    edition = changed(first, note="Corrected.", date=dt.date(2025, 1, 2))
    feed = atom.read(client, "/feeds/transitions/signed.atom")
    assert atom.ids(feed)[0] == "transitions/signed/us-rw-2025-1"
    assert atom.moment(atom.entries(feed)[0], "updated") == edition.made_at
    # What turns out to be another status is another event.
    changed(first, status=Status.AGREED)
    assert atom.ids(atom.read(client, "/feeds/transitions/agreed.atom")) == ["transitions/agreed/us-rw-2025-1"]
    withdrawn(first)
    assert atom.ids(atom.read(client, "/feeds/transitions/agreed.atom")) == []


def test_a_court_suspends_only_where_its_ruling_is_of_that_very_day(client):
    day = dt.date(2025, 5, 7)
    made: dict[str, Callable] = {
        "RWA": lambda deal: make_proceeding(agreements=[deal], decided=day, outcome=Outcome.BLOCKED, name="A v. State"),
        "UGA": lambda deal: make_proceeding(agreements=[deal], decided=day, outcome=Outcome.ALLOWED),
        "SLV": lambda deal: make_proceeding(agreements=[deal], decided=dt.date(2025, 5, 8), outcome=Outcome.BLOCKED),
        "NRU": lambda deal: make_proceeding(
            agreements=[deal], decided=day, outcome=Outcome.BLOCKED, state=State.WITHDRAWN
        ),
        "ESW": lambda deal: make_proceeding(agreements=[deal], decided=dt.date(2025, 5, 1), outcome=Outcome.BLOCKED),
    }
    for receiver, ruled in made.items():
        deal = make_agreement(receiver=receiver)
        make_status_change(deal, status=Status.OPERATING, date=dt.date(2025, 4, 1))
        month = {"date": dt.date(2025, 5, 1), "precision": Precision.MONTH}
        make_status_change(deal, status=Status.SUSPENDED, **(month if receiver == "ESW" else {"date": day}))
        ruled(deal)
    [entry] = atom.entries(atom.read(client, "/feeds/suspended-by-a-court.atom"))
    assert atom.text(entry, "id").endswith(":transitions/suspended/us-rw-2025-2")
    assert "A court blocked it that day: A v. State" in atom.words(entry)
    assert len(atom.links_of(entry, "via")) == 2
    # It is the same item in the feed of all suspensions.
    everywhere = atom.read(client, "/feeds/transitions/suspended.atom")
    assert len(atom.entries(everywhere)) == 5
    assert atom.words(atom.entry(everywhere, "transitions/suspended/us-rw-2025-2")) == atom.words(entry)


def test_denials_are_statements_that_say_it_is_not_so(client):
    make_statement(id="yes", stance=Stance.CONFIRMS)
    make_statement(id="no", stance=Stance.DENIES)
    make_statement(id="against", stance=Stance.OPPOSES)
    make_statement(id="later-no", stance=Stance.DENIES, agreements=[make_agreement(receiver="UGA")])
    assert atom.ids(atom.read(client, "/feeds/denials.atom")) == ["statements/later-no", "statements/no"]
    assert atom.ids(atom.read(client, "/feeds/denials.atom?receiver=UGA")) == ["statements/later-no"]
    assert len(atom.ids(atom.read(client, "/feeds/denials.atom?stance=confirms&sort=oldest"))) == 2


def test_the_denials_of_a_ministry_are_those_of_who_spoke_in_an_office_of_it(client):
    make_agreement()
    minister = make_official("minister")
    make_position(minister, body="Foreign Ministry", started="2024", ended="2025-03")
    make_position(minister, body="Opposition Party", started="2025-04")
    successor = make_official("successor")
    make_position(successor, body="Defence Ministry", started="2020", ended="2025-03")
    make_position(successor, body="Foreign Ministry", started="2025-04")
    namesake = make_official("namesake", country="UGA")
    make_position(namesake, body="Foreign Ministry", started="2020")
    colleague = make_official("spokesman", country="RWA")
    make_position(colleague, body="Foreign Ministry")
    for speaker in (minister, successor, namesake, colleague):
        for year, month in ((2025, 2), (2025, 5)):
            make_statement(speaker, id=f"{speaker.pk}-{month}", date=dt.date(year, month, 4), stance=Stance.DENIES)
    make_statement(successor, id="successor-confirms", date=dt.date(2025, 6, 1))

    def of(query: str) -> set[str]:
        return {
            place.removeprefix("statements/") for place in atom.ids(atom.read(client, f"/feeds/denials.atom?{query}"))
        }

    everyone = {"minister-2", "minister-5", "spokesman-2", "spokesman-5"}
    assert of("official=minister") == everyone | {"successor-5"}
    assert of("official=spokesman") == {"spokesman-2", "spokesman-5", "minister-2", "successor-5"}
    assert of("official=namesake") == {"namesake-2", "namesake-5"}
    assert of("official=successor&to=2025-03") == {"successor-2", "minister-2", "spokesman-2"}
    assert of("official=spokesman&official=namesake&from=2025-05") == {"spokesman-5", "successor-5", "namesake-5"}
    # Where no body is on record, it is the official alone.
    alone = make_official("alone", speaks_for=SpeaksFor.INDIVIDUAL)
    make_position(alone, body="")
    make_statement(alone, id="alone-1", stance=Stance.DENIES)
    assert of("official=alone") == {"alone-1"}
    assert "by the ministry of" in atom.text(atom.read(client, "/feeds/denials.atom?official=alone"), "title")


# --- The past -------------------------------------------------------------------------------------
def test_a_feed_of_the_past_stands_still_and_leads_on_to_its_edition(client):
    statement = make_statement(id="minister-1", stance=Stance.DENIES, summary="As it was said.")
    number = Edition.objects.count()
    addresses = ["/feeds/everything.atom", "/statements.atom?stance=denies", "/feeds/denials.atom", "/agreements.atom"]
    addresses += ["/agreements/us-rw-2025.atom", "/countries.atom", "/officials.atom", "/changes.atom"]
    live = {address: atom.read(client, address) for address in addresses}
    changed(statement, summary="As it was corrected.")
    changed(statement.official, name="Another name")
    make_transfer()
    for address, then in live.items():
        past = atom.read(client, address + ("&" if "?" in address else "?") + f"edition={number}")
        assert atom.ids(past) == atom.ids(then)
        assert atom.titles(past) == atom.titles(then)
        assert [atom.words(entry) for entry in atom.entries(past)] == [
            atom.words(entry) for entry in atom.entries(then)
        ]
        times = ("published", "updated")
        assert [[atom.text(e, t) for t in times] for e in atom.entries(past)] == [
            [atom.text(e, t) for t in times] for e in atom.entries(then)
        ]
        assert (atom.text(past, "id"), atom.text(past, "updated")) == (
            atom.text(then, "id"),
            atom.text(then, "updated"),
        )
        for link in [atom.link(past, "self"), atom.link(past, "alternate")]:
            assert f"edition={number}" in link
        for entry in atom.entries(past):
            inside = [each["href"] for each in atom.html(entry).select("a")]
            for href in [atom.link(entry, "alternate"), *inside]:
                assert "edition=" in href or not href.startswith(settings.SITE_URL), (address, href)


def test_a_feed_tells_what_was_true_on_a_day(client):
    make_statement(id="early", date=dt.date(2025, 5, 4), status_change=make_status_change(date=dt.date(2025, 5, 1)))
    make_statement(id="late", date=dt.date(2025, 9, 4))
    feed = atom.read(client, "/statements.atom?as_of=2025-06-01")
    assert atom.ids(feed) == ["statements/early"]
    assert atom.link(feed, "self") == f"{settings.SITE_URL}/statements.atom?as_of=2025-06-01"
    assert client.get("/agreements/us-rw-2025.atom?as_of=2025-04-01").status_code == 404


# --- Under whose name -----------------------------------------------------------------------------
def test_a_site_that_moves_keeps_its_ids_and_names_its_new_address(client, monkeypatch):
    make_agreement()
    before = client.get("/agreements.atom").content.decode()
    moments.kept.clear()
    with override_settings(SITE_URL="https://new.example"):
        after = client.get("/agreements.atom").content.decode()
    assert after == before.replace("http://testserver", "https://new.example")
    assert "tag:testserver,2026:agreements/us-rw-2025" in after
