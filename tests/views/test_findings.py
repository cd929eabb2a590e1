"""What the page of a negotiation says of its records: computed sentences, who confirms each step, who says what."""

from __future__ import annotations

import datetime as dt

import pytest

from agreements.vocabulary import Counting, Outcome, Precision, Rule, SpeaksFor, Stage, Stance, State, Status
from tests.factories import (
    make_agreement,
    make_official,
    make_payment,
    make_position,
    make_proceeding,
    make_source,
    make_statement,
    make_status_change,
    make_transfer,
)
from tests.views.reading import faults, read, sources_of, text, words

pytestmark = pytest.mark.django_db

PAGE = "/agreements/us-rw-2025/"
NEW_YEAR = f"{PAGE}?as_of=2026-01-01"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """Pages of the past leave their files where no other test looks."""
    settings.VAR_DIR = tmp_path


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


def sentences(client, address: str = PAGE) -> dict[str, str]:
    """The computed sentences of a page, by rule."""
    page = read(client, address)
    found = {}
    for each in page.select("li.sentence"):
        for mark in each.select("a.mark, a.permalink"):
            mark.extract()
        found[each["data-rule"]] = text(each.p)
    return found


def step(written: str, status: str, **more):
    precision = Precision.DAY if len(written) == 10 else Precision.MONTH
    return make_status_change(date=day(f"{written}-01"[:10]), precision=precision, status=status, **more)


@pytest.fixture
def minister():
    minister = make_official("minister", name="A. Minister")
    make_position(minister, title="Foreign minister")
    return minister


# --- Sentences ------------------------------------------------------------------------------------
def test_of_a_bare_record_nothing_is_computed(client):
    step("2025-05-04", Status.TALKS)
    page = read(client, PAGE)
    assert not page.select("#sentences, .sentence, #voices, #confirmation")
    assert faults(page) == []


def test_durations_are_said_as_ranges_where_a_date_is_imprecise(client):
    step("2025-04-22", Status.REPORTED)
    step("2025-06", Status.SIGNED)
    step("2025-08-16", Status.OPERATING)
    assert sentences(client) == {
        "signature-to-transfer": "47 to 76 days from the signature to the first transfer under it.",
        "report-to-signature": "40 to 69 days from the first report to the signature.",
    }


def test_of_dates_that_may_be_the_same_day_at_most_is_said(client):
    step("2025-03", Status.SIGNED)
    step("2025-03-02", Status.OPERATING)
    assert sentences(client)["signature-to-transfer"].startswith("At most 1 day from the signature")


def test_one_day_is_one_day(client):
    step("2025-06-01", Status.AGREED)
    step("2025-06-02", Status.SIGNED)
    assert sentences(client)["report-to-signature"] == "1 day from the first report to the signature."


def test_the_cost_of_a_person_is_a_range_from_one_named_payment(client):
    step("2025-08-16", Status.OPERATING)
    make_transfer(people_low=1, people_high=1, date=day("2025-04-01"))
    make_transfer(people_low=7, people_high=30)
    make_payment(amount=7_500_000, stage=Stage.PAID, date=None)
    make_payment(amount=9_000_000, stage=Stage.PROMISED)
    expected = "US$7.5 million paid, 8 to 31 people moved: about US$242,000 to US$938,000 a person."
    assert sentences(client)["cost-a-person"] == expected


def test_a_total_beside_the_groups_leaves_the_cost_and_the_limit_unsaid(client):
    make_agreement(cap=250)
    step("2025-08-01", Status.OPERATING)
    make_transfer(people_low=7, people_high=30)
    make_payment(stage=Stage.PAID)
    assert sentences(client)["limit-and-moved"] == "7 to 30 people moved, of an agreed limit of 250."
    make_transfer(people_low=100, people_high=100, counting=Counting.CUMULATIVE)
    assert not {"limit-and-moved", "cost-a-person"} & set(sentences(client))


def test_a_denial_is_named_with_its_speaker_and_his_office(client, minister):
    change = step("2025-08-01", Status.TALKS)
    step("2025-08-16", Status.OPERATING)
    make_statement(minister, id="no", status_change=change, stance=Stance.DENIES, date=day("2025-08-04"))
    expected = "Denied by A. Minister (Foreign minister, Rwanda) 12 days before the first transfer."
    assert sentences(client)["denied-before"] == expected


def test_what_the_record_counts_is_said_in_its_own_words(client):
    make_agreement(text_public="no")
    step("2025-01-01", Status.SIGNED)
    make_payment(date=day("2025-12-22"), amount=2_000_000, stage=Stage.OBLIGATED)
    assert sentences(client, NEW_YEAR) == {
        "without-text": "Signed for 365 days without a public text.",
        "signed-without-transfer": "365 days since the signature, and no transfer on record.",
        "promised-unpaid": "US$2 million obligated 10 days ago, and no payment on record.",
    }


def test_a_court_is_named_where_it_blocked_the_agreement_on_the_day_of_its_suspension(client):
    step("2025-06-01", Status.OPERATING)
    step("2025-06-03", Status.SUSPENDED)
    make_proceeding(court="High Court", decided=day("2025-06-03"), outcome=Outcome.BLOCKED)
    expected = "Suspended after 2 days of operation, on the day on which a court blocked it (High Court)."
    assert sentences(client)["suspended-after"] == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("moved-before-signature", "A first person was moved 31 days before the signature."),
        ("signature-confirmed", "2 days from the signature to the first confirmation by a party on record (Rwanda)."),
        ("ended-without-transfer", "Ended 30 days after the signature, with no transfer on record."),
        ("transfer-confirmed", "9 days from the first transfer to the receiver's first confirmation of it on record."),
    ],
)
def test_other_durations_are_said_of_their_records(client, minister, rule, expected):
    first = step("2025-06-01", Status.OPERATING if rule == "transfer-confirmed" else Status.SIGNED)
    if rule == "moved-before-signature":
        make_transfer(people_low=1, people_high=1, date=day("2025-05-01"))
    if rule == "ended-without-transfer":
        step("2025-07-01", Status.ENDED)
    if rule.endswith("confirmed"):
        said_on = {"signature-confirmed": "2025-06-03", "transfer-confirmed": "2025-06-10"}[rule]
        make_statement(minister, status_change=first, date=day(said_on))
    assert sentences(client)[rule] == expected


def test_each_sentence_says_by_which_rule_it_was_made_and_on_which_records_it_rests(client):
    report, paper = make_source("report"), make_source("paper")
    step("2025-04-22", Status.REPORTED, id="first", sources=[report])
    step("2025-06-01", Status.SIGNED, id="second", sources=[paper, report])
    page = read(client, PAGE)
    sentence = page.select_one("li.sentence[data-rule=report-to-signature]")
    rule = sentence.select_one("details.rule")
    assert str(Rule.REPORT_TO_SIGNATURE.definition) in text(rule)
    assert rule.p.a["href"] == "/methodology/#rule-report-to-signature"
    assert [(link["href"], text(link)) for link in rule.select("li > a:not(.mark)")] == [
        ("#first", "Reported, 22 April 2025"),
        ("#second", "Signed, 1 June 2025"),
    ]
    # Beside the sentence one source a record, each record with all of its own below.
    assert len(sources_of(sentence.p, page)) == 2
    assert [len(item.select("a.mark")) for item in rule.select("li")] == [1, 2]
    assert faults(page) == []


def test_the_most_telling_sentences_stand_at_once_and_the_rest_on_demand(client, minister):
    make_agreement(text_public="no", cap=250)
    step("2025-04-22", Status.REPORTED)
    signed = step("2025-06-01", Status.SIGNED)
    make_statement(minister, status_change=signed, date=day("2025-06-03"))
    step("2025-08-16", Status.OPERATING)
    make_transfer(date=day("2025-05-01"))
    make_payment(stage=Stage.PAID)
    page = read(client, PAGE)
    shown = [each["data-rule"] for each in page.select("#sentences ~ ul > li.sentence")]
    more = [each["data-rule"] for each in page.select("details.more li.sentence")]
    assert len(shown) == 5
    assert [*shown, *more] == [rule for rule in Rule if rule in {*shown, *more}]
    assert text(page.select_one(".sentences .more > summary")) == "2 more"


def test_what_is_not_public_makes_no_sentence(client, minister):
    change = step("2025-08-01", Status.TALKS)
    step("2025-08-16", Status.OPERATING)
    make_statement(minister, status_change=change, stance=Stance.DENIES, date=day("2025-08-04"), state=State.DRAFT)
    make_payment(stage=Stage.PAID, state=State.DRAFT)
    make_transfer(state=State.DRAFT)
    assert sentences(client) == {}


def test_a_page_of_the_past_counts_to_its_own_day(client):
    make_agreement(text_public="no")
    step("2025-01-01", Status.SIGNED)
    found = sentences(client, f"{PAGE}?as_of=2025-01-11")
    assert found["without-text"] == "Signed for 10 days without a public text."


# --- Contradictions -------------------------------------------------------------------------------
def test_a_minister_who_denies_what_his_ministry_confirms_a_day_later_is_named_with_both_dates(client, minister):
    secretary = make_official("secretary", name="B. Secretary")
    report = step("2025-08-19", Status.REPORTED, id="report")
    agreed = step("2025-08-21", Status.AGREED, id="agreed")
    make_statement(minister, id="no", status_change=report, stance=Stance.DENIES, date=day("2025-08-20"))
    make_statement(secretary, id="yes", status_change=agreed, date=day("2025-08-21"), summary="It was concluded.")
    said = (
        "A. Minister (Foreign minister, Rwanda) denied on 20 August 2025 what B. Secretary (Rwanda) confirmed on "
        "21 August 2025."
    )
    assert sentences(client)["contradiction"] == said
    page = read(client, PAGE)
    dispute = page.select_one(".dispute")
    assert text(dispute.p).startswith(f"One government, two answers. {said}")
    assert [link["href"] for link in dispute.p.select("a")] == ["#report", "#agreed"]
    assert [item.a["href"] for item in dispute.select("li")] == ["#no", "#yes"]
    assert all(sources_of(item, page) for item in dispute.select("li"))
    assert "It was concluded." in text(dispute)
    assert faults(page) == []


@pytest.mark.parametrize(
    ("other", "date", "expected"),
    [
        ("USA", "2025-06-02", "A. Minister (Foreign minister, Rwanda) denied {} what An office (United States) {}."),
        (
            None,
            "2025-07-01",
            "A. Minister (Foreign minister, Rwanda) denied {} and {} the step “signed, 1 June 2025”.",
        ),
    ],
)
def test_governments_and_single_speakers_that_contradict_are_told_apart(client, minister, other, date, expected):
    signed = step("2025-06-01", Status.SIGNED)
    make_statement(minister, id="no", status_change=signed, stance=Stance.DENIES, date=day("2025-06-02"))
    speaker = make_official(name="An office", country=other, kind="office") if other else minister
    make_statement(speaker, id="yes", status_change=signed, date=day(date))
    then = "on the same day" if date == "2025-06-02" else "on 1 July 2025"
    assert sentences(client)["contradiction"] == expected.format("on 2 June 2025", f"confirmed {then}")


def test_each_sentence_has_an_address_of_its_own_on_the_page(client, minister):
    first = step("2025-06-01", Status.SIGNED)
    second = step("2025-07-01", Status.IN_FORCE)
    for number, change in enumerate((first, second), start=6):
        make_statement(minister, status_change=change, stance=Stance.DENIES, date=day(f"2025-0{number}-02"))
        make_statement(minister, status_change=change, date=day(f"2025-0{number}-03"))
    page = read(client, PAGE)
    listed = [each["id"] for each in page.select("li.sentence[data-rule=contradiction]")]
    assert listed == ["said-contradiction", "said-contradiction-2"]
    assert page.select_one("#said-contradiction-2 a.permalink")["href"] == "#said-contradiction-2"
    assert len(page.select(".dispute")) == 2
    assert faults(page) == []


def test_an_opposition_that_denies_makes_no_contradiction(client, minister):
    signed = step("2025-06-01", Status.SIGNED)
    make_statement(minister, status_change=signed, date=day("2025-06-02"))
    critic = make_official(name="A critic", speaks_for=SpeaksFor.OPPOSITION)
    make_statement(critic, status_change=signed, stance=Stance.DENIES, date=day("2025-06-03"))
    page = read(client, PAGE)
    assert not page.select(".dispute")
    assert "contradiction" not in sentences(client)


# --- Who confirms each step -----------------------------------------------------------------------
def grid(page) -> dict[str, list[str]]:
    """What each side says of each step, the newest step first."""
    return {
        row["data-step"]: [text(cell.select_one(".stance-word")) for cell in row.select("td")]
        for row in page.select("table.confirmation tbody tr")
    }


def test_each_step_has_a_row_of_four_with_date_and_statement(client, minister):
    talks = step("2025-05-04", Status.TALKS, id="talks")
    signed = step("2025-06-01", Status.SIGNED, id="signed")
    office = make_official(name="An office", country="USA")
    judge = make_official(name="A judge", country="USA", speaks_for=SpeaksFor.JUDICIARY)
    member = make_official(name="A member", speaks_for=SpeaksFor.PARLIAMENT)
    make_statement(minister, id="yes", status_change=talks, date=day("2025-05-05"))
    make_statement(office, id="quiet", status_change=talks, stance=Stance.DECLINES)
    make_statement(judge, id="ruled", status_change=signed)
    make_statement(member, id="no", status_change=signed, stance=Stance.DENIES, date=day("2025-06-01"))
    make_statement(minister, id="untied", date=day("2025-06-02"), agreements=[talks.agreement])
    page = read(client, PAGE)
    assert [text(head) for head in page.select("table.confirmation thead th")] == [
        "Step",
        "United States sender",
        "Rwanda receiver",
        "Courts",
        "Others",
    ]
    assert grid(page) == {
        "signed": ["silent", "silent", "confirms", "denies"],
        "talks": ["declines to comment", "confirms", "silent", "silent"],
    }
    cells = page.select("tr[data-step=signed] td")
    assert [cell.a["href"] for cell in cells if cell.a] == ["#ruled", "#no"]
    assert "1 June 2025 A member" in text(cells[3])
    assert "A. Minister" not in text(page.select_one("tr[data-step=talks]"))


def test_what_a_side_said_besides_stands_in_its_cell_and_where_it_stands_now(client, minister):
    signed = step("2025-06-01", Status.SIGNED, id="signed")
    judge = make_official(name="A judge", country="USA", speaks_for=SpeaksFor.JUDICIARY)
    ministry = make_official(name="A ministry")
    office = make_official(name="An office", country="USA")
    make_statement(judge, id="opinion", status_change=signed, stance=Stance.OPPOSES, date=day("2025-06-02"))
    make_statement(office, id="regret", status_change=signed, stance=Stance.CRITICISES, date=day("2025-06-02"))
    make_statement(minister, id="a-no", status_change=signed, stance=Stance.DENIES, date=day("2025-06-03"))
    make_statement(ministry, id="b-yes", status_change=signed, date=day("2025-06-03"))
    page = read(client, PAGE)
    assert [text(cell).partition(" ")[2] for cell in page.select("tr[data-step=signed] td")][1:3] == [
        "confirms 3 June 2025 denies 3 June 2025",
        "silent opposes 2 June 2025 A judge",
    ]
    assert [[a["href"] for a in cell.select("a")] for cell in page.select("tr[data-step=signed] td")] == [
        ["#regret"],
        ["#b-yes", "#a-no"],
        ["#opinion"],
        [],
    ]
    assert [text(row.td) for row in page.select("table.words tr")] == [
        "silent ; criticises , 2 June 2025",
        "confirms , 3 June 2025 ; denies , 3 June 2025",
        "silent ; opposes , 2 June 2025",
        "silent (nothing on record)",
    ]
    assert text(page.select_one("p.stand .soft")) == (
        "United States criticises it, and is silent on whether it is so · Rwanda confirms and, of the same date, denies"
    )
    assert faults(page) == []


def test_where_no_statement_is_tied_to_a_step_there_is_no_row_of_silences(client, minister):
    change = step("2025-05-04", Status.TALKS)
    make_statement(minister, agreements=[change.agreement])
    page = read(client, PAGE)
    assert not page.select("table.confirmation")
    assert page.select("#voices")


# --- Who says what --------------------------------------------------------------------------------
def test_statements_stand_by_side_the_newest_first_and_the_older_on_demand(client, minister):
    change = step("2025-05-01", Status.TALKS)
    critic = make_official(name="A critic", speaks_for=SpeaksFor.CIVIL_SOCIETY)
    for number in range(1, 6):
        make_statement(minister, id=f"word-{number}", status_change=change, date=day(f"2025-05-0{number}"))
    make_statement(critic, id="criticism", agreements=[change.agreement], stance=Stance.CRITICISES)
    page = read(client, PAGE)
    sides = page.select(".voice")
    assert [side["data-side"] for side in sides] == ["receiver", "others"]
    assert text(sides[0].h3) == "Rwanda receiver, 5"
    assert [item.a["href"] for item in sides[0].select(":scope > ol > li")] == ["#word-5", "#word-4", "#word-3"]
    assert text(sides[0].summary).startswith("2 earlier")
    assert [item.a["href"] for item in sides[0].select("details li")] == ["#word-2", "#word-1"]
    assert "Criticises 4 May 2025 A critic" in text(sides[1])
    assert "Foreign minister" in words(page)
    assert faults(page) == []
