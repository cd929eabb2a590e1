"""The page of a country: by name, its agreements as bars through time, who spoke for it, what was found about it."""

from __future__ import annotations

import datetime as dt
import json

import plotly.graph_objects as go
import pytest

from agreements.models import Edition
from agreements.vocabulary import CountedBy, Counting, Outcome, Precision, SpeaksFor, Stance, State, Status, TextPublic
from tests.factories import (
    make_agreement,
    make_assessment,
    make_country,
    make_official,
    make_position,
    make_proceeding,
    make_source,
    make_statement,
    make_status_change,
    make_transfer,
)
from tests.views.reading import facts, faults, read, rows, text, words

pytestmark = pytest.mark.django_db


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


@pytest.mark.parametrize("query", ["", "?edition=1", "?as_of=2025-09-01&edition=1&q=a+b%26c"])
def test_the_address_by_code_leads_on_to_the_one_by_name_and_keeps_the_parameters(client, query):
    make_country("RWA")
    response = client.get(f"/countries/RWA/{query}")
    assert response.status_code == 301
    assert response["Location"] == f"/countries/rwanda/{query}"
    assert client.get("/countries/rwanda/").status_code == 200


def test_a_code_that_is_nearly_right_leads_to_what_is_near(client):
    make_country("RWA")
    make_country("UGA", state=State.DRAFT)
    for asked in ("rwa", "rw", "RW", "wand", "RWANDA"):
        page = read(client, f"/countries/{asked}/", 404)
        assert [link["href"] for link in page.select("h2 + ul a")] == ["/countries/rwanda/"], asked
    assert not read(client, "/countries/UGA/", 404).select("h2")
    assert not read(client, "/countries/uganda/", 404).select("h2")


def test_a_country_that_was_withdrawn_says_so(client):
    make_country("VNM", state=State.WITHDRAWN)
    page = read(client, "/countries/vietnam/", 410)
    assert "Reason: Made in error." in words(page)


def test_each_agreement_has_one_bar_on_the_side_where_the_country_stands(client):
    for sender, receiver, year in [("USA", "RWA", 2025), ("GBR", "RWA", 2022), ("RWA", "UGA", 2024)]:
        agreement = make_agreement(sender=sender, receiver=receiver, year=year)
        make_status_change(agreement, date=dt.date(year, 2, 1), precision=Precision.MONTH)
        make_status_change(agreement, date=dt.date(year, 6, 9), status=Status.SIGNED)
    make_agreement(receiver="RWA", year=2026, state=State.DRAFT)
    page = read(client, "/countries/rwanda/")
    assert "Receiver in 2 agreements. Sender in 1 agreement." in words(page)
    sides = {
        side: [(bar.a["href"], text(bar.a)) for bar in page.select(f"[aria-labelledby={side}] ol.bars > li")]
        for side in ("as-receiver", "as-sender")
    }
    assert sides == {
        "as-receiver": [
            ("/agreements/us-rw-2025/", "United States to Rwanda , 2025"),
            ("/agreements/gb-rw-2022/", "United Kingdom to Rwanda , 2022"),
        ],
        "as-sender": [("/agreements/rw-ug-2024/", "Rwanda to Uganda, 2024")],
    }
    bars = page.select("ol.bars svg.bar")
    assert len(bars) == 3
    assert bars[0]["aria-label"] == "In talks February 2025, Signed 9 June 2025"
    drawn = bars[0].select("g")
    assert [group["class"] for group in drawn] == [["status-talks"], ["status-signed"]]
    # Only the date that is known to its month has a band.
    assert [len(group.select("rect.band")) for group in drawn] == [1, 0]
    # All bars share one axis, which begins with the earliest.
    starts = [float(bar.select_one("rect.case")["x"].removesuffix("%")) for bar in bars]
    assert starts[1] == 0 < starts[2] < starts[0]
    assert "Signed since 9 June 2025" in text(page.select_one("ol.bars > li"))
    assert "from February 2022 to" in text(page.select_one("section p.sub"))
    assert faults(page) == []


def test_the_figure_has_a_row_for_each_agreement_with_a_step(client):
    for receiver, year in [("RWA", 2025), ("UGA", 2024)]:
        agreement = make_agreement(receiver=receiver, year=year)
        make_status_change(agreement, date=dt.date(year, 6, 9), note="A < b & c")
    make_agreement(receiver="SLV")
    raw = client.get("/countries/united-states/chart.json").json()
    figure = go.Figure(raw)
    assert list(figure.layout.yaxis.ticktext) == ["to Uganda (2024)", "to Rwanda (2025)"]
    [talks] = figure.data
    assert talks.base == ("2024-06-09", "2025-06-09")
    assert talks.hovertext[0] == "to Uganda (2024)<br>In talks, 9 June 2024<br>A &lt; b &amp; c"
    assert "<script" not in json.dumps(raw)


def test_an_id_at_the_desk_that_has_no_year_does_not_break_its_countries(client):
    make_status_change(make_agreement("special"))
    assert client.get("/countries/rwanda/chart.json").status_code == 200
    assert faults(read(client, "/countries/rwanda/")) == []


def test_an_agreement_without_a_step_is_listed_without_a_date(client):
    make_agreement()
    page = read(client, "/countries/rwanda/")
    [bar] = page.select("ol.bars > li")
    assert text(bar.select_one(".label > a")) == "United States to Rwanda"
    assert text(bar.select_one(".stands")) == "No status on record"
    assert not page.select("svg.bar")
    assert not page.select(".chart")
    assert client.get("/countries/rwanda/chart.json").status_code == 404
    assert faults(page) == []


def test_a_country_that_is_no_party_says_so(client):
    make_country("VNM")
    page = read(client, "/countries/vietnam/")
    assert "No agreement on record has it as a party." in words(page)
    assert faults(page) == []
    assert rows(client, "/countries/") == []


def test_who_spoke_for_it_and_what_was_found_are_there_with_sources_and_drafts_are_not(client):
    minister = make_official(name="A minister")
    make_position(minister, title="Foreign minister")
    make_statement(minister, id="older", date=day("2025-05-04"))
    make_statement(minister, id="newer", date=day("2025-08-01"), precision=Precision.MONTH)
    make_statement(minister, summary="xyzzy", state=State.DRAFT)
    make_official(name="xyzzy", state=State.DRAFT)
    make_assessment("finding", body="UNHCR", published=None, sources=[make_source(publisher="UNHCR itself")])
    make_assessment(body="xyzzy", state=State.DRAFT)
    page = read(client, "/countries/rwanda/")
    assert [entry["id"] for entry in page.select("ol.timeline > li")] == ["newer", "older"]
    assert "A minister Foreign minister · 2 statements" in text(page.select_one("ul.people"))
    finding = page.find(id="finding")
    assert "UNHCR, undated" in text(finding).replace(" ,", ",")
    assert finding.select("a.mark")
    assert "xyzzy" not in page.decode()
    assert faults(page) == []


def test_the_list_counts_published_agreements_on_either_side(client):
    for year in (2024, 2025):
        make_agreement(year=year)
    make_agreement(sender="RWA", receiver="UGA")
    make_agreement(year=2026, state=State.DRAFT)
    page = read(client, "/countries/")
    counted = {row["data-id"]: [text(cell) for cell in row.select("td.num")] for row in page.select("tr[data-id]")}
    assert counted == {"RWA": ["1", "2"], "UGA": ["–", "1"], "USA": ["2", "–"]}
    for row in page.select("tr[data-id]"):
        for link in row.select("td.num a"):
            assert len(rows(client, link["href"])) == int(text(link))


def test_a_region_narrows_the_list_to_its_countries(client):
    make_agreement()
    make_agreement(sender="AUS", receiver="NRU", year=2012)
    assert rows(client, "/countries/?region=Oceania") == ["AUS", "NRU"]
    assert rows(client, "/countries/?region=Oceania&region=Africa") == ["AUS", "NRU", "RWA"]


def test_people_moved_are_named_by_agreement_and_never_added(client):
    agreement = make_agreement()
    make_status_change(agreement)
    make_transfer(agreement, people_low=7, people_high=30, counted_by=CountedBy.PRESS)
    british = make_agreement(sender="GBR")
    make_transfer(british, people_low=1, people_high=1, counted_by=CountedBy.PRESS)
    make_transfer(british, people_low=4, people_high=4, counting=Counting.CUMULATIVE)
    make_transfer(make_agreement(sender="AUS"), people_low=None, people_high=None)
    make_transfer(make_agreement(sender="EUE"), people_low=9, people_high=9, counting=Counting.CUMULATIVE)
    page = read(client, "/countries/rwanda/")
    assert "1 person moved, beside a total of 4" in [text(tag) for tag in page.select("ol.bars .tag")]
    make_transfer(make_agreement(year=2026), people_low=9, people_high=9, state=State.DRAFT)
    moved = facts(read(client, "/countries/rwanda/"))["People moved to it"]
    assert moved.removeprefix("Under 4 agreements ").split("; ") == [
        "Australia: not counted",
        "European Union: a total only",
        "United Kingdom: 1, beside a total of 4",
        "United States (2025): 7–30",
    ]


@pytest.mark.parametrize("more", [{"counted_by": CountedBy.NGO}, {"counting": Counting.CUMULATIVE}])
def test_counts_of_different_scope_stand_side_by_side_and_are_never_added(client, more):
    make_transfer(make_agreement(year=2024), people_low=7, people_high=30, counted_by=CountedBy.PRESS)
    make_transfer(make_agreement(year=2025), **({"people_low": 500, "people_high": 500, "note": "In all <i>."} | more))
    page = read(client, "/countries/rwanda/")
    moved = facts(page)["People moved to it"]
    assert moved.startswith("Under 2 agreements")
    assert not any(number in moved for number in ("507", "530"))
    cells = [text(row.select("td")[0]) for row in page.select("table.people-moved tbody tr")]
    assert cells == ["7–30", "None on record" if "counting" in more else "500"]
    if "counting" in more:
        last = page.select("table.people-moved tbody tr")[1]
        assert "a total of 500" in text(last)
        assert "In all <i>." in text(last)
        assert last.select("a")[-1]["href"].startswith("/facts/transfers/")
    assert faults(page) == []


def test_secret_texts_and_court_cases_are_counted_with_their_scope(client):
    secret = make_agreement(year=2024, text_public=TextPublic.NO)
    make_status_change(secret, status=Status.SIGNED)
    make_status_change(make_agreement(year=2025, text_public=TextPublic.NO), status=Status.TALKS)
    make_status_change(make_agreement(year=2026, text_public=TextPublic.YES), status=Status.OPERATING)
    both = [secret, make_agreement(year=2023)]
    make_proceeding(agreements=both, outcome=Outcome.BLOCKED, decided=day("2025-07-01"))
    make_proceeding(agreements=both)
    make_proceeding(agreements=both, state=State.DRAFT)
    found = facts(read(client, "/countries/rwanda/"))
    assert found["Secret texts"] == "1 of 2 signed, in force, operating or suspended"
    assert found["Court cases"] == "2 1 pending, 1 blocked"
    assert found["People moved to it"] == "None on record"


def test_every_figure_leads_to_its_rule(client):
    make_status_change()
    rules = [link["href"] for link in read(client, "/countries/rwanda/").select("dl.facts a.rule")]
    assert rules == ["/methodology/#people", "/methodology/#secret", "/methodology/#courts"]
    methodology = read(client, "/methodology/")
    assert all(methodology.find(id=rule.partition("#")[2]) for rule in rules)


def test_many_agreements_are_grouped_by_status_furthest_first(client):
    for year in range(2010, 2024):
        status = (Status.REJECTED, Status.OPERATING, Status.TALKS)[year % 3]
        make_status_change(make_agreement(year=year), status=status, date=dt.date(year, 2, 1))
    page = read(client, "/countries/rwanda/")
    headings = [text(heading) for heading in page.select("section[aria-labelledby=as-receiver] h3")]
    assert headings == ["Operating 5", "In talks 4", "Rejected 5"]
    assert [len(bars.select("li")) for bars in page.select("ol.bars")] == [5, 4, 5]
    stand = {text(link): link["href"] for link in page.select("ul.numbers.spaced a")}
    assert list(stand) == ["5 operating", "4 in talks", "5 rejected"]
    for words_of_it, address in stand.items():
        assert len(rows(client, address)) == int(words_of_it.split()[0])
    assert faults(page) == []


def test_what_the_government_says_and_what_others_say_are_kept_apart_and_bounded(client):
    agreement = make_agreement()
    minister, judge = make_official("minister"), make_official("judge", speaks_for=SpeaksFor.JUDICIARY)
    body = make_official("body", country=None, speaks_for=SpeaksFor.INTERNATIONAL)
    for number in range(1, 11):
        make_statement(minister, id=f"own-{number:02}", agreements=[agreement], date=dt.date(2025, 5, number))
        speaker = judge if number % 2 else body
        make_statement(speaker, id=f"of-{number:02}", agreements=[agreement], date=dt.date(2025, 6, number))
    make_statement(body, id="elsewhere", agreements=[make_agreement(receiver="UGA")])
    make_statement(make_official("draft", state=State.DRAFT), id="unseen", agreements=[agreement])
    page = read(client, "/countries/rwanda/")
    said, others = (page.select_one(f"section[aria-labelledby={anchor}]") for anchor in ("said", "others"))
    assert [entry["id"] for entry in said.select("li.entry")] == [f"own-{n:02}" for n in range(10, 2, -1)]
    assert [entry["id"] for entry in others.select("li.entry")] == [f"of-{n:02}" for n in range(10, 2, -1)]
    own, all_of_them = said.select("p a")[-1], others.select("p a")[-1]
    assert text(own) == "All 10 statements by its government"
    assert len(rows(client, own["href"])) == 10
    assert text(all_of_them) == "All 20 statements on its agreements, its own included"
    assert set(rows(client, all_of_them["href"])) >= {"of-01", "own-01"}
    assert others.select_one("span.about a")["href"] == "/agreements/us-rw-2025/"
    assert faults(page) == []


def test_the_governments_statements_stand_by_stance_over_time_never_finer_than_their_date(client):
    minister = make_official("minister")
    make_statement(minister, date=day("2025-05-04"), stance=Stance.DENIES)
    make_statement(minister, date=day("2025-05-01"), precision=Precision.MONTH, stance=Stance.DENIES)
    make_statement(minister, date=day("2025-01-01"), precision=Precision.YEAR, stance=Stance.CONFIRMS)
    page = read(client, "/countries/rwanda/")
    labels = [text(label) for label in page.select(".lane-row .label")]
    lanes = dict(zip(labels, page.select("svg.lane"), strict=True))
    assert {label: svg["aria-label"] for label, svg in lanes.items()} == {
        "Confirms 1": "Confirms. 2025, month not known: 1",
        "Denies 2": "Denies. May 2025: 2",
    }
    assert "only the year is known" in text(page.select_one("section[aria-labelledby=said] p.sub"))
    assert len(lanes["Confirms 1"].select("rect.band")) == 1
    assert not lanes["Confirms 1"].select("rect.column")
    table = page.select_one("section[aria-labelledby=said] table")
    assert [text(row) for row in table.select("tbody tr")] == ["May 2025 – 2", "2025, month not known 1 –"]


def test_a_past_edition_and_day_give_the_country_as_it_stood(client):
    change = make_status_change(date=day("2025-05-04"))
    edition = Edition.objects.order_by("-number").first().number
    make_statement(make_official("minister"), date=day("2025-05-05"))
    make_status_change(change.agreement, date=day("2025-08-16"), status=Status.OPERATING)
    assert "1 operating" in words(read(client, "/countries/rwanda/"))
    for query in (f"?edition={edition}", "?as_of=2025-05-04"):
        page = read(client, f"/countries/rwanda/{query}")
        assert "1 in talks" in words(page)
        assert not page.select("#said")
        assert query[1:] in page.select_one("ol.bars a")["href"]
        assert page.select_one("a.rule")["href"] == f"/methodology/{query}#people"


def test_names_with_markup_stay_text_in_bars_and_lanes(client):
    agreement = make_agreement(receiver=make_country("RWA", name="R<b>wanda", slug="rwanda"))
    make_status_change(agreement)
    make_statement(make_official(name="<img src=x>"), agreements=[agreement])
    page = read(client, "/countries/rwanda/")
    assert not page.select("main img, main h1 b")
    assert "R<b>wanda" in text(page.h1)
    assert faults(page) == []


def test_the_list_says_where_the_agreements_of_each_country_stand(client):
    make_status_change(make_agreement(year=2024), status=Status.OPERATING)
    make_status_change(make_agreement(year=2025), status=Status.REJECTED)
    make_status_change(make_agreement(sender="RWA", receiver="UGA"), status=Status.OPERATING)
    page = read(client, "/countries/")
    stand = {row["data-id"]: text(row.select_one("ul.numbers")) for row in page.select("tr[data-id]")}
    assert stand == {
        "RWA": "2 operating 1 rejected",
        "UGA": "1 operating",
        "USA": "1 operating 1 rejected",
    }
