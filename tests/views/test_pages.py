"""Every page of the shipped dataset: sound, sourced, and telling the story that the data holds."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
import os
import re
from collections import Counter
from pathlib import Path

import plotly.graph_objects as go
import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.db.models import Count, Q

from agreements.charts.scale import date_words
from agreements.history import date_order
from agreements.models import (
    Agreement,
    Assessment,
    Country,
    Official,
    Payment,
    Proceeding,
    Source,
    Statement,
    StatusChange,
    Transfer,
)
from agreements.vocabulary import Counting, Status
from tests.views.reading import all_rows, facts, faults, parse, read, rows, sources_of, text, timeline, words

pytestmark = pytest.mark.django_db


def table(name: str) -> list[dict[str, str]]:
    """The rows of a file of the shipped data, read past the code under test."""
    with (settings.BASE_DIR / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parties() -> list[Country]:
    return list(Country.objects.filter(Q(as_sender__isnull=False) | Q(as_receiver__isnull=False)).distinct())


# --- Every page -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("model", "part"),
    # Sources are by far the most, and go in two halves that two processes may share.
    [(Agreement, 0), (Country, 0), (Official, 0), (Statement, 0), (Source, 1), (Source, 2)],
    ids=["agreements", "countries", "officials", "statements", "sources, even", "sources, odd"],
)
def test_every_page_of_a_record_keeps_the_rules(shipped, model, part):
    records = parties() if model is Country else list(model.objects.all())
    if part:
        records = records[part - 1 :: 2]
    assert len(records) > 50
    if os.environ.get("TEST_LONG") != "1":
        # Pages of a kind are much alike: a sample of them is read, the more so on the second engine, and all by
        # `make test-long`.
        each = {Official: 2, Statement: 2, Source: 4}.get(model, 1)
        records = records[:: max(each, 4) if connection.vendor == "postgresql" else each]
    broken = {}
    for record in records:
        page = read(shipped, record.get_absolute_url())
        if found := faults(page):
            broken[record.pk] = found
        if model is Agreement:
            ids = {tag["id"] for tag in page.find_all(id=True)}
            missing = facts_of(record) - ids
            assert not missing, f"{record.pk}: these facts have no place on the page: {missing}"
    assert broken == {}


def facts_of(agreement: Agreement) -> set[str]:
    """The ids of all that happened in a negotiation."""
    related = ("status_changes", "statements", "transfers", "payments", "proceedings")
    return {id for name in related for id in getattr(agreement, name).values_list("pk", flat=True)}


LISTS = {
    "/agreements/": "agreements",
    "/statements/": "statements",
    "/officials/": "officials",
}


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/methodology/",
        "/about/",
        "/not-known/",
        "/countries/",
        *LISTS,
        "/statements/?page=2&q=the",
        "/agreements/?q=nil",
    ],
)
def test_every_other_page_keeps_the_rules(shipped, address):
    assert faults(read(shipped, address)) == []


def test_pages_that_help_keep_the_rules_too(shipped):
    for address, status in [("/agreements/us-rw-2024/", 404), ("/no/such/page", 404), ("/agreements/?status=x", 400)]:
        assert faults(read(shipped, address, status)) == []


@pytest.mark.parametrize(("address", "name"), LISTS.items())
def test_a_list_holds_every_record_once(shipped, address, name):
    assert Counter(all_rows(shipped, address)) == Counter(row["id"] for row in table(name))


def test_the_list_of_countries_holds_every_party_once(shipped):
    involved = {row[side] for row in table("agreements") for side in ("sender", "receiver")}
    assert Counter(all_rows(shipped, "/countries/")) == Counter(involved)


def test_a_link_within_the_site_leads_to_a_page_that_there_is(shipped):
    records = [*Agreement.objects.all(), *Country.objects.all(), *Official.objects.all()]
    records += [*Statement.objects.all(), *Source.objects.all()]
    known = {record.get_absolute_url() for record in records}
    followed = set()
    for address in ["/", "/agreements/us-rw-2025/", "/countries/rwanda/", "/countries/", "/officials/", "/statements/"]:
        followed |= {link["href"].split("#")[0] for link in read(shipped, address).select("a[href^='/']")}
    assert len(followed & known) > 100
    others = sorted(followed - known)
    assert "/methodology/" in others
    wrong = {}
    for address in others[::7]:
        answer = shipped.get(address)
        # A file is let go when it is read to its end.
        if not answer.getvalue() or answer.status_code != 200:
            wrong[address] = answer.status_code
    assert wrong == {}


# --- One story ------------------------------------------------------------------------------------
@pytest.fixture
def rwanda(shipped):
    return read(shipped, "/agreements/us-rw-2025/")


def told(page, id: str) -> str:
    """The words of one entry of the timeline."""
    [entry] = [entry for entry in page.select("ol.timeline > li") if entry["id"] == id]
    return text(entry)


def test_the_talks_of_may_2025_are_confirmed_by_rwandas_foreign_minister_on_television(rwanda):
    entry = rwanda.find(id="olivier-nduhungirehe-2025-05-04")
    assert entry.time["datetime"] == "2025-05-04"
    assert text(entry.time) == "4 May 2025"
    said = text(entry)
    for part in [
        "Olivier Nduhungirehe",
        "oreign",
        "confirms",
        "We are in discussions with the United States",
        "Rwanda TV",
    ]:
        assert part in said
    assert text(entry.q) == "We are in discussions with the United States"
    first, *_ = sources_of(entry, rwanda)
    assert "Reuters" in first
    assert "5 May 2025" in first


def computed(page, rule: str) -> str:
    """The words of the sentence that a rule made, without its marks."""
    [sentence] = page.select(f"li.sentence[data-rule={rule}] > p")
    for mark in sentence.select("a.mark, a.permalink"):
        mark.extract()
    return text(sentence)


def test_the_one_payment_and_the_people_moved_give_a_cost_a_person_as_a_range(rwanda):
    said = computed(rwanda, "cost-a-person")
    assert said == "US$7.5 million paid, 8 to 31 people moved: about US$242,000 to US$938,000 a person."


@pytest.mark.parametrize("agreement", ["us-ug-2025", "nl-ug-2024", "us-gt-2025-b", "us-hn-2025"])
def test_where_one_denies_what_another_confirms_a_sentence_says_so(shipped, agreement):
    page = read(shipped, f"/agreements/{agreement}/")
    assert len(page.select(".dispute")) == 1
    if agreement == "us-ug-2025":
        said = computed(page, "contradiction")
        assert said.startswith(
            "Henry Okello Oryem (State minister for foreign affairs, Uganda) denied on 20 August 2025"
        )
        assert "what Vincent Bagiire Waiswa (Permanent secretary, Uganda) confirmed on 21 August 2025." in said


@pytest.mark.parametrize(
    "agreement",
    ["gb-xk-2025", "il-rw-2013", "us-ag-2026", "us-hn-2025-b", "us-lc-2026", "us-mx-2025", "us-ss-2025", "us-sv-2025"],
)
def test_where_a_denial_is_of_something_else_nobody_is_accused(shipped, agreement):
    page = read(shipped, f"/agreements/{agreement}/")
    assert page.select(".voice .stance-denies")
    assert not page.select(".dispute, li.sentence[data-rule=contradiction]")


def test_the_state_department_declines_to_give_details(rwanda):
    said = told(rwanda, "us-state-department-spokesperson-2025-05-05")
    assert "declines to comment" in said
    assert "does not publicly discuss the details" in said
    assert said.startswith("5 May 2025")
    assert told(rwanda, "us-state-department-spokesperson-2025-05").startswith("May 2025")


def test_the_remarks_at_the_cabinet_meeting_of_30_april_come_before(rwanda):
    said = told(rwanda, "marco-rubio-2025-04-30")
    assert "Marco Rubio" in said
    assert "Cabinet meeting, White House" in said
    assert "Secretary of state, US Department of State" in said
    order = [entry["id"] for entry in timeline(rwanda)]
    story = [
        "us-rw-2025-1",
        "marco-rubio-2025-04-30",
        "us-rw-2025-2",
        "olivier-nduhungirehe-2025-05-04",
        "us-rw-2025-3",
        "us-state-department-spokesperson-2025-05-05",
        "us-rw-2025-4",
        "yolande-makolo-2025-08-04",
        "us-rw-2025-transfer-3",
        "us-rw-2025-6",
        "yolande-makolo-2025-08-28",
    ]
    assert sorted(story, key=order.index) == story


def test_every_entry_of_the_story_leads_to_its_sources_with_publisher_and_date(rwanda):
    entries = rwanda.select("ol.timeline > li")
    assert len(entries) > 30
    for entry in entries:
        found = sources_of(entry, rwanda)
        assert found
        for source in found:
            assert re.search(r"\b(19|20)\d\d\b|undated", source), source


def test_what_followed_was_signed_and_then_worked(rwanda):
    assert "Signed" in told(rwanda, "us-rw-2025-4")
    assert told(rwanda, "us-rw-2025-4").startswith("June 2025")
    assert "Operating" in told(rwanda, "us-rw-2025-6")
    stand = text(rwanda.select_one("p.stand"))
    assert stand.startswith("Operating since 16 August 2025")
    assert "Rwanda confirms" in stand


def test_the_first_screen_has_the_key_facts(rwanda):
    found = facts(rwanda)
    assert text(rwanda.h1) == "United States to Rwanda"
    assert found["People moved"].startswith("8–31 2 groups")
    assert found["Agreed limit"].startswith("250 ")
    assert found["Money"].startswith("US$7.5 million paid; US$7.5 million promised")
    assert re.match(r"Not public [Oo]perating for [\d,]+ days$", found["Text"])
    assert found["Last checked"] == date_words(Agreement.objects.get(pk="us-rw-2025").last_checked)


def test_payments_without_a_date_stand_in_a_group_of_their_own(rwanda):
    dated, undated = rwanda.select("ol.timeline")
    assert {entry["id"] for entry in undated.select(":scope > li")} == {"us-rw-2025-payment-2", "us-rw-2025-payment-3"}
    assert {text(entry.select_one(".when")) for entry in undated.select(":scope > li")} == {"undated"}
    assert text(undated.find_previous("h3")) == "Undated"
    assert not dated.select(".when .undated")


def test_the_british_scheme_is_shown_from_memorandum_to_end(shipped):
    page = read(shipped, "/agreements/gb-rw-2022/")
    assert text(page.h1) == "United Kingdom to Rwanda"
    assert text(page.select_one("p.stand")).startswith("Ended since 6 July 2024")
    assert facts(page)["On what paper"] == "Memorandum Safe third country"
    steps = [text(entry) for entry in timeline(page) if "entry-status" in entry["class"]]
    statuses = [re.search(r"(Signed|Suspended|Operating|Ended)\.", step)[1] for step in steps]
    assert statuses == ["Signed", "Suspended", "Suspended", "Suspended", "Suspended", "Operating", "Ended"]
    assert steps[0].startswith("14 April 2022")
    assert "Supreme Court" in steps[4]
    rulings = {entry["id"] for entry in timeline(page) if "entry-court" in entry["class"]}
    assert {"uksc-2023-42-aaa", "ewca-2023-745-aaa", "ewhc-2022-3230-aaa", "echr-nsk-v-uk-28774-22"} <= rulings
    assert facts(page)["People moved"].startswith("1 1 group")
    assert "a total of 4" in facts(page)["People moved"]


def test_a_cumulative_count_stands_beside_the_timeline_and_not_in_it(shipped):
    page = read(shipped, "/agreements/gb-rw-2022/")
    assert page.select_one("aside #gb-rw-2022-transfer-2 a.mark")
    assert not page.select("ol.timeline #gb-rw-2022-transfer-2")
    assert page.select("ol.timeline > #gb-rw-2022-transfer-1")


def test_every_timeline_is_in_date_order_and_no_date_is_more_exact_than_it_is_known(shipped):
    written = {}
    for model in (StatusChange, Statement, Transfer, Payment):
        written |= {record.pk: record for record in model.objects.all()}
    cases = {record.pk: record for record in Proceeding.objects.all()}
    for agreement in Agreement.objects.annotate(told=Count("statements")).order_by("-told")[:25]:
        page = read(shipped, agreement.get_absolute_url())
        days, order = [], []
        for entry in timeline(page):
            when = text(entry.select_one(".when"))
            record = written.get(entry["id"])
            if record is None:
                case = cases[entry["id"].removesuffix("-filed")]
                day = case.filed if "entry-filed" in entry["class"] else case.decided
                assert when == date_words(day)
            else:
                day = record.date
                assert (
                    when
                    == {"day": f"{day.day} {day:%B %Y}", "month": f"{day:%B %Y}", "year": f"{day.year}"}[
                        record.precision
                    ]
                )
                assert entry.time["datetime"] == str(day)[: {"day": 10, "month": 7, "year": 4}[record.precision]]
                assert getattr(record, "counting", None) != Counting.CUMULATIVE
                order.append(record)
            days.append(day)
        assert days == sorted(days)
        assert [record.pk for record in order] == [record.pk for record in sorted(order, key=date_order)]


# --- The home page --------------------------------------------------------------------------------
def current_statuses() -> Counter:
    last = {}
    for row in sorted(table("status_changes"), key=lambda row: int(row["step"])):
        last[row["agreement"]] = row["status"]
    return Counter(last.values())


def test_the_home_page_says_how_many_agreements_are_operating_and_each_number_leads_to_as_many_rows(shipped):
    page = read(shipped, "/")
    counted = current_statuses()
    assert text(page.h1) == f"{counted['operating']} of {len(table('agreements'))} agreements are operating"
    shown = {}
    for item in page.select("ul.standings li"):
        link = item.a
        assert link["href"].startswith("/agreements/?status=")
        status = link["href"].partition("=")[2]
        shown[status] = int(text(link.select_one(".count")))
        assert len(all_rows(shipped, link["href"])) == shown[status]
        assert str(Status(status).label) in text(link)
    assert list(shown) == Status.values()
    assert shown == {status: counted[status] for status in Status.values()}


def test_the_numbers_of_today_in_the_home_pages_table_are_those_above_it(shipped):
    page = read(shipped, "/")
    heads = [text(cell) for cell in page.select("#at-year-ends thead th")][1:]
    today = page.select_one("#at-year-ends tbody tr")
    assert text(today.th) == "today"
    numbers = dict(zip(heads, [int(text(cell)) for cell in today.select("td")], strict=True))
    assert numbers == {str(status.label): current_statuses()[status] for status in Status}


# --- Countries ------------------------------------------------------------------------------------
def test_a_country_has_a_bar_for_each_of_its_agreements(shipped):
    involved = table("agreements")
    for code, slug in [("RWA", "rwanda"), ("USA", "united-states"), ("GBR", "united-kingdom")]:
        page = read(shipped, f"/countries/{slug}/")
        for side, heading in (("receiver", "as-receiver"), ("sender", "as-sender")):
            expected = sorted(row["id"] for row in involved if row[side] == code)
            bars = page.select(f"section[aria-labelledby={heading}] ol.bars > li")
            assert sorted(bar.a["href"].split("/")[2] for bar in bars) == expected
            assert all(len(bar.select("svg.bar[role=img]")) == 1 for bar in bars)


def test_the_countries_of_a_region_are_those_of_the_data(shipped):
    involved = {row[side] for row in table("agreements") for side in ("sender", "receiver")}
    for region in ("Africa", "Oceania"):
        expected = {row["id"] for row in table("countries") if row["region"] == region and row["id"] in involved}
        assert set(rows(shipped, f"/countries/?region={region}")) == expected


# --- Figures --------------------------------------------------------------------------------------
def figure(client, address: str) -> tuple[go.Figure, dict]:
    """A chart's figure; plotly's own classes refuse what they do not know."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/json"
    raw = json.loads(response.content)
    return go.Figure(raw), raw


def strings(value: object, key: str = ""):
    """All text of a figure with the property that holds it."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from strings(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each, key)


def assert_plain(raw: dict) -> None:
    """No tag in any text but the line break; a template has only the one that hides the trace's name."""
    for key, written in strings(raw):
        if key == "hovertemplate":
            written = written.removesuffix("<extra></extra>")
        assert "<" not in written.replace("<br>", ""), (key, written)


def test_the_status_points_of_every_agreements_figure_are_its_published_steps(shipped):
    steps: dict[str, list[dict]] = {}
    for row in sorted(table("status_changes"), key=lambda row: int(row["step"])):
        steps.setdefault(row["agreement"], []).append(row)
    assert len(steps) == len(table("agreements"))
    for id, published in steps.items():
        drawn, raw = figure(shipped, f"/agreements/{id}/chart.json")
        assert_plain(raw)
        axis = dict(zip(drawn.layout.yaxis.tickvals, drawn.layout.yaxis.ticktext, strict=True))
        [targets] = [trace for trace in drawn.data if trace.hovertemplate]
        glyphs = {(shape["xanchor"], shape["yanchor"]) for shape in raw["layout"]["shapes"] if shape["type"] == "path"}
        heights = {str(Status(label).label): Status(label) for label in Status}
        texts = {
            (x, heights[axis[y]]): text
            for x, y, text in zip(targets.x, targets.y, targets.text, strict=True)
            if axis[y] in heights
        }
        for step in published:
            status = Status(step["status"])
            assert any(x == step["date"] and axis[y] == status.label for x, y in glyphs), id
            day = date_words(dt.date.fromisoformat(step["date"]), step["precision"])
            text = texts[step["date"], status]
            assert f"{status.label} · {day}" in text.split("<br>"), id
            assert plain(step["note"]) in plain(html_words(text))
        assert set(texts) == {(step["date"], Status(step["status"])) for step in published}
        assert all("Source: " in html_words(hover) for hover in targets.text)


def html_words(written: str) -> str:
    return " ".join(
        written.replace("<br>", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").split()
    )


def plain(written: str) -> str:
    """Without white space, since a line may break within a word that has a hyphen."""
    return re.sub(r"\s", "", written)


def test_statements_and_events_stand_in_the_figure_with_what_was_said_and_who_says_so(shipped):
    drawn, _raw = figure(shipped, "/agreements/us-rw-2025/chart.json")
    [targets] = [trace for trace in drawn.data if trace.hovertemplate]
    axis = dict(zip(drawn.layout.yaxis.tickvals, drawn.layout.yaxis.ticktext, strict=True))
    hovers = {
        html_words(each): axis[y]
        for hover, y in zip(targets.text, targets.y, strict=True)
        for each in hover.split("<br><br>")
    }
    [minister] = [hover for hover in hovers if "We are in discussions with the United States" in hover]
    assert hovers[minister] == "Rwanda"
    assert re.match(r"Olivier Nduhungirehe, .* · 4 May 2025 Confirms: “We are in", minister)
    assert "Source: Reuters" in minister
    [group] = [hover for hover in hovers if hover.startswith("7–30 · 16 August 2025")]
    assert hovers[group] == "People moved"
    published = Statement.objects.filter(agreements="us-rw-2025").count()
    assert sum(lane in ("Rwanda", "United States", "Others", "Courts") for lane in hovers.values()) == published


def test_a_cumulative_count_is_no_event_in_the_figure(shipped):
    drawn, _raw = figure(shipped, "/agreements/gb-rw-2022/chart.json")
    [targets] = [trace for trace in drawn.data if trace.hovertemplate]
    heads = [hover.split("<br>")[0] for hover in targets.text]
    assert [head for head in heads if re.match(r"[\d,–]+ · ", head)] == ["1 · 29 April 2024"]


def test_the_figures_of_every_country_have_a_row_for_each_agreement(shipped):
    for country in parties():
        drawn, raw = figure(shipped, f"/countries/{country.slug}/chart.json")
        assert_plain(raw)
        involved = country.as_sender.count() + country.as_receiver.count()
        assert len(drawn.layout.yaxis.ticktext) == involved
        assert {row for trace in drawn.data for row in trace.y} == set(range(involved))


def test_the_figure_of_the_home_page_ends_with_todays_numbers(shipped):
    drawn, raw = figure(shipped, "/chart.json")
    assert_plain(raw)
    counted = current_statuses()
    assert {trace.name: trace.y[-1] for trace in drawn.data if trace.y[-1]} == {
        str(status.label): counted[status] for status in Status if counted[status]
    }
    assert len({len(trace.x) for trace in drawn.data}) == 1


def test_the_drawing_module_sends_nothing_to_anybodys_cloud():
    script = (Path(settings.BASE_DIR) / "static/js/charts.js").read_text(encoding="utf-8")
    assert re.search(r"showSendToCloud:\s*false", script)
    assert not re.search(r"https?://", script)


# --- Weight ---------------------------------------------------------------------------------------
def test_the_heaviest_agreement_page_without_its_chart_bundle_is_under_100_kilobytes(shipped):
    heaviest = Agreement.objects.annotate(told=Count("statements")).order_by("-told", "pk").first()
    response = shipped.get(heaviest.get_absolute_url(), headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    page = parse(gzip.decompress(response.content))
    needed = [link["href"] for link in page.select("link[rel=stylesheet], link[rel=icon]")]
    needed += [script["src"] for script in page.select("script[src]")]
    needed += [image["src"] for image in page.select("img[src]")]
    assert len(needed) >= 4
    weight = len(response.content)
    for address in needed:
        assert address.startswith("/static/"), "it comes from our own address"
        assert "plotly" not in address
        weight += len(gzip.compress(Path(staticfiles_storage.path(address.removeprefix("/static/"))).read_bytes()))
    assert weight < 100_000


def test_findings_on_the_receiver_are_on_the_page_and_their_country_has_them_too(shipped):
    finding = Assessment.objects.filter(country="RWA").first()
    assert read(shipped, "/agreements/us-rw-2025/").find(id=finding.pk)
    assert read(shipped, "/countries/rwanda/").find(id=finding.pk)
    assert finding.body in words(read(shipped, "/countries/rwanda/"))
