"""The state of play: how many agreements stand where, what changed last, what was said last."""

from __future__ import annotations

import datetime as dt

import plotly.graph_objects as go
import pytest
from django.utils import timezone

from agreements.vocabulary import CountedBy, Counting, Precision, Stance, State, Status, TextPublic
from tests.factories import make_agreement, make_official, make_statement, make_status_change, make_transfer
from tests.views.reading import faults, read, rows, text, words

pytestmark = pytest.mark.django_db


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


def test_an_empty_record_has_a_home_page(client):
    page = read(client, "/")
    assert text(page.h1) == "0 of 0 agreements are operating"
    assert faults(page) == []
    figure = go.Figure(client.get("/chart.json").json())
    assert len(figure.data) == 0


def test_each_number_is_the_number_of_rows_that_its_link_lists(client):
    path = [Status.OPERATING, Status.OPERATING, Status.TALKS, Status.REJECTED]
    for year, status in enumerate(path, start=2020):
        agreement = make_agreement(year=year)
        make_status_change(agreement, status=Status.REPORTED, date=dt.date(year, 1, 5))
        make_status_change(agreement, status=status, date=dt.date(year, 3, 5))
        make_status_change(agreement, status=Status.ENDED, date=dt.date(year, 4, 5), state=State.DRAFT)
    make_status_change(make_agreement(year=2030, state=State.DRAFT), status=Status.OPERATING)
    page = read(client, "/")
    assert text(page.h1) == "2 of 4 agreements are operating"
    standings = page.select("ul.standings li")
    assert [text(item.select_one(".status")) for item in standings] == [str(status.label) for status in Status]
    shown = {}
    for item in standings:
        shown[item.a["href"]] = int(text(item.select_one(".count")))
        assert len(rows(client, item.a["href"])) == shown[item.a["href"]]
    assert {address: number for address, number in shown.items() if number} == {
        "/agreements/?status=operating": 2,
        "/agreements/?status=talks": 1,
        "/agreements/?status=rejected": 1,
    }
    assert faults(page) == []


def test_the_table_has_the_numbers_of_each_years_end_and_of_today(client):
    agreement = make_agreement()
    year = timezone.now().year
    make_status_change(agreement, date=dt.date(year - 3, 6, 1), status=Status.TALKS)
    make_status_change(agreement, date=dt.date(year - 2, 12, 31), status=Status.SIGNED)
    make_status_change(agreement, date=dt.date(year - 1, 1, 1), status=Status.SUSPENDED, precision=Precision.YEAR)
    page = read(client, "/")
    heads = [text(cell) for cell in page.select("#at-year-ends thead th")][1:]
    table = {
        text(row.th): {head for head, cell in zip(heads, row.select("td"), strict=True) if text(cell) == "1"}
        for row in page.select("#at-year-ends tbody tr")
    }
    expected = {"today": {"Suspended"}, str(year - 1): {"Suspended"}, str(year - 2): {"Signed"}}
    expected[str(year - 3)] = {"In talks"}
    if timezone.now().date() == dt.date(year, 12, 31):
        table.pop(str(year), None)
    assert table == expected


def test_the_latest_changes_come_first_in_date_order_and_are_the_latest_eight(client):
    agreement = make_agreement()
    for step in range(1, 12):
        make_status_change(agreement, id=f"us-rw-2025-{step}", step=step, date=day("2025-05-04"), note=f"Step {step}.")
    make_status_change(agreement, step=12, date=day("2026-01-01"), note="xyzzy", state=State.DRAFT)
    make_status_change(make_agreement(receiver="UGA", state=State.DRAFT), date=day("2026-01-01"), note="xyzzy")
    page = read(client, "/")
    changes = page.select("section[aria-labelledby=changes] li.entry")
    links = [change.a["href"].partition("#")[2] for change in changes]
    assert links == [f"us-rw-2025-{step}" for step in range(11, 3, -1)]
    assert all(change.select("a.mark") for change in changes)
    assert "xyzzy" not in page.decode()


def test_the_latest_statements_come_first_and_are_dated_as_exactly_as_known(client):
    official = make_official()
    make_statement(official, id="in-2025", date=day("2025-01-01"), precision=Precision.YEAR)
    make_statement(official, id="new-year", date=day("2025-01-01"))
    make_statement(official, id="may", date=day("2025-05-01"), precision=Precision.MONTH)
    for number in range(4):
        make_statement(official, id=f"old-{number}", date=dt.date(2024, 1, 1 + number))
    make_statement(official, id="draft", date=day("2026-01-01"), quote="xyzzy", state=State.DRAFT)
    page = read(client, "/")
    entries = page.select("section[aria-labelledby=said] li.entry")
    assert [entry["id"] for entry in entries] == ["may", "new-year", "in-2025", "old-3", "old-2", "old-1"]
    assert text(entries[0].select_one(".when")) == "May 2025"
    assert text(entries[2].select_one(".when")) == "2025"
    assert "xyzzy" not in page.decode()
    assert faults(page) == []


def test_the_figure_counts_each_negotiation_once_at_each_months_end(client):
    year = timezone.now().year - 1
    for receiver in ("RWA", "UGA"):
        agreement = make_agreement(receiver=receiver)
        make_status_change(agreement, status=Status.TALKS, date=dt.date(year, 1, 15))
        make_status_change(agreement, status=Status.SIGNED, date=dt.date(year, 3, 1))
    figure = go.Figure(client.get("/chart.json").json())
    numbers = {trace.name: dict(zip(trace.x, trace.y, strict=True)) for trace in figure.data}
    assert set(numbers) == {"In talks", "Signed"}
    assert (numbers["In talks"][f"{year}-01-31"], numbers["Signed"][f"{year}-01-31"]) == (2, 0)
    assert (numbers["In talks"][f"{year}-03-31"], numbers["Signed"][f"{year}-03-31"]) == (0, 2)
    assert list(numbers["Signed"])[-1] == timezone.now().date().isoformat()


def table(page, id: str) -> list[list[str]]:
    """The cells of a table's body, row by row."""
    return [[text(cell) for cell in row.select("th, td")] for row in page.select(f"#{id} tbody tr")]


def test_the_map_marks_each_party_at_its_point_and_joins_who_sends_to_whom(client):
    for receiver, status in (("RWA", Status.OPERATING), ("UGA", Status.TALKS), ("NRU", Status.REJECTED)):
        make_status_change(make_agreement(receiver=receiver), status=status)
    make_status_change(make_agreement(sender="GBR", receiver="RWA"), status=Status.ENDED)
    make_status_change(make_agreement(receiver="VNM", state=State.DRAFT))
    figure = go.Figure(client.get("/map.json").json())
    thin, strong, receivers, senders = figure.data
    assert list(strong.lat) == [38.0, -2.0, None]
    assert len(thin.lat) == 9
    assert list(zip(receivers.lat, receivers.lon, strict=True)) == [(-0.53, 166.92), (-2.0, 30.0), (1.0, 32.0)]
    assert list(receivers.customdata) == ["/countries/nauru/", "/countries/rwanda/", "/countries/uganda/"]
    assert receivers.text[1] == "Rwanda<br>As receiver: operating 1, ended 1"
    assert senders.text[1] == "United States<br>As sender: in talks 1, operating 1, rejected 1"
    assert senders.marker.size[1] > senders.marker.size[0]


def test_each_country_of_the_map_is_in_its_table_and_in_the_choice_above(client):
    for receiver, status in (("RWA", Status.OPERATING), ("UGA", Status.TALKS)):
        make_status_change(make_agreement(receiver=receiver), status=status)
    page = read(client, "/")
    rows_ = page.select("#parties tbody tr")
    assert [[text(cell) for cell in row.select("th, td")] for row in rows_] == [
        ["Rwanda", "0", "1", "1"],
        ["Uganda", "0", "1", "0"],
        ["United States", "2", "0", "1"],
    ]
    assert [row.a["href"] for row in rows_] == ["/countries/rwanda/", "/countries/uganda/", "/countries/united-states/"]
    assert [choice["value"] for choice in page.select("form.find option")] == ["", "RWA", "UGA", "USA"]
    form = page.select_one("form.find")
    assert len(rows(client, f"{form['action']}?{form.select_one('select')['name']}=UGA")) == 1
    assert page.select_one(".chart.map")["data-figure"] == "/map.json"
    assert faults(page) == []


def test_on_a_past_page_a_mark_of_the_map_leads_to_the_past(client):
    make_status_change(make_agreement())
    newest = read(client, "/changes/").select_one("[data-id]")["data-id"]
    figure = client.get(f"/map.json?edition={newest}").json()
    assert [trace["customdata"] for trace in figure["data"] if "customdata" in trace] == [
        [f"/countries/rwanda/?edition={newest}"],
        [f"/countries/united-states/?edition={newest}"],
    ]
    page = read(client, f"/?edition={newest}")
    assert page.select_one("input[name=edition][form=find]")["value"] == newest


def test_people_are_counted_by_month_as_ranges_and_what_is_dated_to_a_year_stands_apart(client):
    us, uk = make_agreement(), make_agreement(sender="GBR")
    year = timezone.now().year - 1
    make_transfer(us, date=dt.date(year, 8, 16), people_low=7, people_high=30)
    make_transfer(
        uk, date=dt.date(year, 8, 1), precision=Precision.MONTH, people_low=1, people_high=1, counted_by=CountedBy.PRESS
    )
    make_transfer(us, date=dt.date(year, 9, 2), people_low=None, people_high=None)
    make_transfer(us, date=dt.date(year, 1, 1), precision=Precision.YEAR, people_low=12, people_high=12)
    make_transfer(us, date=dt.date(year, 8, 30), people_low=900, people_high=900, counting=Counting.CUMULATIVE)
    make_transfer(us, date=dt.date(year, 8, 30), people_low=77, people_high=77, state=State.DRAFT)
    make_transfer(us, date=dt.date(1999, 3, 4), people_low=5, people_high=5)
    page = read(client, "/")
    assert table(page, "by-month") == [
        [f"September {year}", "–", "1", "1", "", "United States – Rwanda"],
        [f"August {year}", "8–31", "2", "–", "receiver, press", "United Kingdom – Rwanda ; United States – Rwanda"],
        ["March 1999", "5", "1", "–", "receiver", "United States – Rwanda"],
        ["Known only to the year, and in no month above"],
        [str(year), "12", "1", "–", "receiver", "United States – Rwanda"],
    ]
    said = text(page.select_one("section[aria-labelledby=people] .sub"))
    assert said.startswith("2 counted groups, by receiver, press, since")
    assert "1 more group was not counted" in said
    assert faults(page) == []


def test_the_longest_secret_comes_first_and_its_list_has_them_all(client):
    paths = [
        (2020, [(Status.SIGNED, "2020-03-01"), (Status.OPERATING, "2024-03-01")], TextPublic.NO),
        (2021, [(Status.OPERATING, "2021-03-01")], TextPublic.NO),
        (2019, [(Status.OPERATING, "2019-03-01")], TextPublic.YES),
        (2018, [(Status.TALKS, "2018-03-01")], TextPublic.NO),
        (2017, [(Status.SIGNED, "2017-03-01"), (Status.REJECTED, "2018-03-01")], TextPublic.NO),
    ]
    for year, steps, text_public in paths:
        agreement = make_agreement(year=year, text_public=text_public)
        for status, date in steps:
            make_status_change(agreement, status=status, date=day(date))
    section = read(client, "/").select_one("section[aria-labelledby=secret]")
    assert [item.a["href"] for item in section.select("li")] == ["/agreements/us-rw-2020/", "/agreements/us-rw-2021/"]
    assert text(section.select_one("li .soft")).endswith("since 1 March 2020")
    link = section.select("a")[-1]
    assert text(link) == "All 2 agreements whose text is secret"
    assert sorted(rows(client, link["href"])) == ["us-rw-2020", "us-rw-2021"]


def test_the_most_contradicted_comes_first_with_its_newest_words(client):
    ours, theirs = make_official("ours", name="Ada", country="USA"), make_official("theirs", name="Bo", country="RWA")
    make_agreement(receiver="NRU")
    for year, steps in ((2024, 1), (2025, 2)):
        agreement = make_agreement(year=year)
        for step in range(1, steps + 1):
            change = make_status_change(agreement, date=dt.date(year, step, 1))
            make_statement(ours, status_change=change, date=dt.date(year, step, 2))
            make_statement(
                theirs, id=f"no-{year}-{step}", status_change=change, date=dt.date(year, step, 3), stance=Stance.DENIES
            )
    make_statement(theirs, date=day("2026-01-01"), stance=Stance.DENIES, state=State.DRAFT)
    section = read(client, "/").select_one("section[aria-labelledby=contradicted]")
    items = section.select("li")
    assert [item.a["href"] for item in items] == ["/agreements/us-rw-2025/", "/agreements/us-rw-2024/"]
    assert [text(item.select_one(".soft")) for item in items] == ["2 contradictions", "1 contradiction"]
    assert [text(each) for each in items[0].select(".versus")] == [
        "Ada confirms, 2 February 2025",
        "Bo denies, 3 February 2025",
    ]
    assert items[0].select(".versus a")[1]["href"] == "/statements/no-2025-2/"


def test_the_newest_are_those_first_reported_last(client):
    for year in range(2018, 2025):
        make_status_change(make_agreement(year=year), date=dt.date(year, 1, 5))
    make_agreement(year=2030)
    section = read(client, "/").select_one("section[aria-labelledby=newest]")
    assert [item.a["href"] for item in section.select("li")] == [
        f"/agreements/us-rw-{year}/" for year in (2024, 2023, 2022, 2021, 2020)
    ]


def test_about_counts_what_is_published(client):
    make_status_change()
    make_statement()
    make_statement(state=State.DRAFT)
    found = words(read(client, "/about/"))
    for sentence in ["1 agreements", "1 statements", "2 officials", "2 countries and territories"]:
        assert sentence in found
    assert "corrections@tracker.example" in found
