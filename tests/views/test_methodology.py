"""How the site counts: every word defined, every rule with an example that the records of the edition give."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from agreements import vocabulary
from agreements.models import Edition
from agreements.views.methodology import SECTIONS, SETS
from agreements.vocabulary import (
    CountedBy,
    Counting,
    Precision,
    Rule,
    Stage,
    Stance,
    Status,
    Term,
    TextPublic,
    Unknown,
)
from tests.factories import (
    make_agreement,
    make_official,
    make_payment,
    make_statement,
    make_status_change,
    make_transfer,
)
from tests.views.reading import faults, read, row_ids, text, words

pytestmark = pytest.mark.django_db

ELSEWHERE = {vocabulary.State, vocabulary.ProposalState, vocabulary.LinkState, vocabulary.SearchKind}
"""Sets that only the desk meets, and the kinds of what a search finds."""


def section(page, anchor):
    return page.select_one(f"section[aria-labelledby={anchor}]")


def example(page, anchor) -> str:
    """The words of the boxes under a rule, without the spaces that tags leave before a sign."""
    said = " ".join(text(box) for box in section(page, anchor).select(".example"))
    return re.sub(r" ([.,:])", r"\1", said)


def test_every_public_closed_set_is_defined_word_by_word(client):
    shown = {each.terms for each in SETS} | {Rule, Unknown}
    known = {each for each in vars(vocabulary).values() if isinstance(each, type) and issubclass(each, Term)}
    assert shown | ELSEWHERE == known - {Term}
    page = read(client, "/methodology/")
    said = words(page)
    for terms in shown:
        for term in terms:
            assert str(term.label) in said
            assert " ".join(str(term.definition).split()) in said
    assert faults(page) == []


def test_each_rule_has_an_address_and_a_line_in_the_contents(client):
    page = read(client, "/methodology/")
    contents = [link["href"] for link in page.select("nav.contents a")]
    assert contents == [f"#{each.anchor}" for each in SECTIONS] + [f"#set-{each.anchor}" for each in SETS]
    for address in contents:
        heading = page.find(id=address[1:])
        assert heading.name == "h2"
        assert heading.select_one("a.permalink")["href"] == address
    for rule in Rule:
        assert page.find(id=f"rule-{rule}")


def test_each_status_has_its_glyph_its_form_and_its_height(client):
    page = read(client, "/methodology/")
    rows = [page.find(id=f"status-{status}") for status in Status]
    assert [int(text(row.select_one("td.num"))) for row in rows] == [status.height for status in Status]
    assert all(row.select_one("svg.glyph") and row.select_one("svg.swatch") for row in rows)
    secret = [text(row.select("td")[-1]) == "yes" for row in rows]
    assert secret == [status.can_be_secret for status in Status]


def test_each_stance_says_whether_it_confirms(client):
    page = read(client, "/methodology/")
    said = {stance: text(page.find(id=f"stance-{stance}").select("td")[-1]) for stance in Stance}
    assert {stance for stance in Stance if said[stance] == "says that it is so"} == {
        Stance.CONFIRMS,
        Stance.SUPPORTS,
        Stance.CONDITIONS,
    }
    assert said[Stance.DENIES] == "says that it is not so"
    assert said[Stance.OPPOSES] == "says nothing of it"


def test_without_records_the_rules_stand_without_examples(client):
    page = read(client, "/methodology/")
    assert faults(page) == []
    for anchor in ("status-rule", "confirmation", "people", "totals", "money"):
        assert not section(page, anchor).select(".example"), anchor


def test_the_status_of_the_example_is_made_from_its_steps(client):
    agreement = make_agreement(title="A <b>deal")
    make_status_change(agreement, date=dt.date(2025, 5, 1), precision=Precision.MONTH)
    make_status_change(agreement, date=dt.date(2025, 8, 4), status=Status.SIGNED)
    make_status_change(agreement, date=dt.date(2025, 9, 4), status=Status.SIGNED)
    longer = make_agreement(year=2020)
    for step in range(1, 5):
        make_status_change(longer, date=dt.date(2020, step, 1), status=list(Status)[step])
    said = example(read(client, "/methodology/?as_of=2025-10-04"), "status-rule")
    # It shows a repeat, though another agreement has more steps.
    assert "A <b>deal: 3 steps." in said
    assert "May 2025: in talks" in said
    assert "4 September 2025: signed (repeats the status: no new count)" in said
    assert "Signed since 4 August 2025, which on 4 October 2025 makes 61 days" in said


def test_a_duration_from_an_imprecise_date_is_a_range(client):
    make_status_change(date=dt.date(2025, 5, 1), precision=Precision.MONTH)
    said = example(read(client, "/methodology/?as_of=2025-06-10"), "dates")
    assert "day 0, month 1, year 0" in said
    assert "May 2025. To 10 June 2025 that is 10 to 40 days" in said


def test_people_of_the_example_are_added_as_a_range_and_its_totals_are_not(client):
    for low, high in ((7, 30), (1, 1)):
        make_transfer(people_low=low, people_high=high)
    make_transfer(people_low=None, people_high=None)
    make_transfer(people_low=500, people_high=500, counting=Counting.CUMULATIVE)
    said = example(read(client, "/methodology/"), "people")
    assert said.endswith("highest with highest: 8–31, beside 1 group without a count.")
    assert "500" not in said


def test_totals_of_one_year_stand_side_by_side_and_their_ends_come_from_the_records(client):
    for number, low, high in ((1, 245, 252), (2, 11886, 11886)):
        make_transfer(
            date=dt.date(2025, number, 1),
            people_low=low,
            people_high=high,
            counting=Counting.CUMULATIVE,
            counted_by=CountedBy.NGO,
            note=f"Scope {number}.",
        )
    make_transfer(date=dt.date(2024, 1, 1), people_low=9, people_high=9, counting=Counting.CUMULATIVE)
    page = read(client, "/methodology/")
    said = example(page, "totals")
    assert "2 totals dated 2025" in said
    assert "They run from 245 to 11,886" in said
    table = [text(row) for row in section(page, "totals").select("tbody tr")]
    assert [row.partition("Scope ")[2][0] for row in table] == ["2", "1"]
    assert "12,1" not in said
    assert all(row.select("a.mark") for row in section(page, "totals").select("tbody tr"))


def test_the_example_of_who_confirms_names_each_side_and_links_to_what_was_said(client):
    change = make_status_change()
    make_statement(make_official("yes"), id="yes-1", status_change=change, stance=Stance.CONFIRMS)
    make_statement(make_official("no", country="USA"), id="no-1", status_change=change, stance=Stance.DENIES)
    page = read(client, "/methodology/")
    listed = [text(item) for item in section(page, "confirmation").select(".example li")]
    assert listed[0].startswith("Sender denies: Olivier Nduhungirehe , 4 May 2025")
    assert listed[1].startswith("Receiver confirms")
    assert listed[2:] == ["Courts silent", "Others silent"]


@pytest.mark.parametrize("date", [None, dt.date(2025, 8, 20)], ids=["undated", "dated"])
def test_as_of_a_day_no_cost_is_shown_of_a_payment_that_may_have_come_later(client, settings, tmp_path, date):
    settings.VAR_DIR = tmp_path
    make_status_change(status=Status.OPERATING, date=dt.date(2025, 8, 1))
    make_transfer(people_low=8, people_high=31)
    make_payment(amount=7_500_000, stage=Stage.PAID, date=date)
    for address in ("/methodology/?as_of=2025-09-01", "/agreements/us-rw-2025/?as_of=2025-09-01"):
        assert ("a person." in text(read(client, address).main)) == (date is not None)
        assert "a person." in text(read(client, address.partition("?")[0]).main)


def test_what_a_person_cost_is_one_payment_over_the_range_of_people(client):
    make_status_change(status=Status.OPERATING, date=dt.date(2025, 8, 1))
    make_transfer(people_low=8, people_high=31)
    make_payment(amount=7_500_000, stage=Stage.PAID)
    make_payment(amount=9_000_000, stage=Stage.PROMISED)
    said = example(read(client, "/methodology/"), "money")
    assert "Paid: US$7.5 million Promised: US$9 million" in said
    assert "8–31 people moved: USD 242,000 to 938,000 a person" in said


def test_the_number_of_secret_texts_leads_to_as_many_rows(client):
    make_status_change(make_agreement(year=2024, text_public=TextPublic.NO), status=Status.SIGNED)
    make_status_change(make_agreement(year=2025, text_public=TextPublic.NO), status=Status.TALKS)
    make_status_change(make_agreement(year=2026, text_public=TextPublic.YES), status=Status.OPERATING)
    page = read(client, "/methodology/")
    box = section(page, "secret").select_one(".example")
    assert "1 agreement of 2 at one of these statuses" in text(box)
    assert len(row_ids(read(client, box.a["href"]))) == 1


def test_what_is_blank_is_counted(client):
    make_agreement(cap=None, text_public=TextPublic.UNKNOWN)
    make_agreement(sender="GBR", cap=5, text_public=TextPublic.YES)
    said = example(read(client, "/methodology/"), "not-known")
    assert "1 of 2: agreements without a known limit" in said
    assert "1 of 2: agreements whose text is not public" in said


def test_a_past_edition_has_its_own_examples(client):
    make_transfer(people_low=7, people_high=7)
    make_transfer(people_low=1, people_high=2)
    edition = Edition.objects.order_by("-number").first().number
    make_transfer(people_low=100, people_high=200)
    assert "108–209" in example(read(client, "/methodology/"), "people")
    page = read(client, f"/methodology/?edition={edition}")
    assert "8–9" in example(page, "people")
    assert f"This page shows edition {edition}," in example(page, "editions")
    assert all("edition=" in link["href"] for link in section(page, "people").select(".example a[href^='/agreements']"))
