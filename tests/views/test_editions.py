"""Any page as it stood at any edition, what may be kept of it, and what a reader is told when it cannot be had."""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

from agreements import editions, publication
from agreements.dataset.load import load
from agreements.models import Agreement, Edition, Official, Revision
from agreements.views import agreements as agreements_view
from agreements.views import log, moments
from agreements.views.files import LISTS
from tests.database import once
from tests.dataset.packages import Dataset

DAYS = [dt.datetime(2026, 1, 10, 9, tzinfo=dt.UTC), dt.datetime(2026, 2, 10, 9, tzinfo=dt.UTC)]
DAYS.append(dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC))


def versions() -> list[Dataset]:
    """Three versions of one dataset: records are renamed, corrected, added and withdrawn on the way."""
    first = Dataset()
    second = first.copy()
    second.change("officials", "olivier-nduhungirehe", name="Olivier J. P. Nduhungirehe")
    second.change("sources", "gazette-1", title="First report, corrected")
    second.change("agreements", "us-rw-2025", cap="300", summary="A deal, corrected.")
    second.add("status_changes", "us-rw-2025-2", id="us-rw-2025-3", step="3", date="2025-08-16", status="operating")
    second.add("countries", "RWA", id="UGA", alpha2="UG", slug="uganda", name="Uganda")
    second.add(
        "agreements", "us-rw-2025", id="us-ug-2025", receiver="UGA", title="US–Uganda", summary="Another arrangement."
    )
    second.add("status_changes", "us-rw-2025-1", id="us-ug-2025-1", agreement="us-ug-2025", step="1")
    third = second.copy()
    third.drop("statements", "olivier-nduhungirehe-2025-05-04")
    third.drop("transfers", "us-rw-2025-transfer-1")
    third.change("countries", "UGA", name="Republic of Uganda")
    third.change("status_changes", "us-rw-2025-2", date="2025-05-05", note="Confirmed a day later.")
    return [first, second, third]


def ids_ever() -> dict[str, set[str]]:
    """Every id that any edition held, by table."""
    ids: dict[str, set[str]] = {}
    for table, record in Revision.objects.values_list("table", "record").distinct():
        ids.setdefault(table, set()).add(record)
    return ids


def public_addresses() -> list[str]:
    """Every public page for every record that was ever public."""
    ids = ids_ever()
    slugs = {r.row["slug"] for r in Revision.objects.filter(table="countries", row__isnull=False)}
    found = ["/", "/agreements/", "/countries/", "/officials/", "/statements/", "/methodology/", "/about/", "/changes/"]
    found += [
        "/data/",
        "/data/dictionary/",
        "/agreements/?country=USA&sort=sender",
        "/statements/?from=2025-05",
        "/changes/?kind=changed",
    ]
    found += ["/not-known/", "/not-known/?sort=stalest", "/compare/", "/compare/?a=us-rw-2025&a=us-ug-2025"]
    found += ["/feeds/", "/search/", "/search/?q=rwanda", "/search/?q=nduhungireke"]
    found += [f"/agreements/{id}/" for id in ids["agreements"]]
    found += [f"/countries/{slug}/" for slug in slugs]
    found += [f"/officials/{id}/" for id in ids["officials"]]
    found += [f"/statements/{id}/" for id in ids["statements"]]
    found += [f"/sources/{id}/" for id in ids["sources"]]
    found += [f"/embed/agreements/{id}/" for id in ids["agreements"]]
    found += [f"/embed/statements/{id}/" for id in ids["statements"]]
    for table in ("status_changes", "transfers", "payments", "proceedings", "assessments"):
        found += [f"{of}/facts/{table.replace('_', '-')}/{id}/" for id in ids[table] for of in ("", "/embed")]
    found += [f"/changes/{edition.number}/" for edition in Edition.objects.all()]
    return sorted(found)


def with_edition(address: str, number: int) -> str:
    return f"{address}{'&' if '?' in address else '?'}edition={number}"


def main_of(answer) -> str:
    found = re.search("<main.*</main>", answer.content.decode(), re.DOTALL)
    return found[0] if found else ""


def without_edition(text: str, number: int) -> str:
    """A page's text once `edition=N` is taken from its addresses."""
    return re.sub(rf"(?:\?edition={number}(?=[\"#])|&amp;edition={number}\b)", "", text)


def load_versions() -> None:
    with TemporaryDirectory() as folder:
        for number, (dataset, at) in enumerate(zip(versions(), DAYS, strict=True), start=1):
            load(dataset.write(Path(folder) / str(number)), note=f"Version {number}", at=at)


@pytest.fixture
def three(monkeypatch):
    """Three editions, each loaded on its day; it is forty days after the last."""
    once(load_versions)
    monkeypatch.setattr(moments.timezone, "now", lambda: DAYS[-1] + dt.timedelta(days=40))


served_then: dict[int, dict[str, tuple[int, str]]] = {}


@pytest.fixture
def served(client, tmp_path, monkeypatch):
    """The same, and what every address answered on each day; the first test to ask for it asks the addresses."""
    if served_then:
        once(load_versions)
    else:
        for number, (dataset, at) in enumerate(zip(versions(), DAYS, strict=True), start=1):
            load(dataset.write(tmp_path / str(number)), note=f"Version {number}", at=at)
            monkeypatch.setattr(moments.timezone, "now", lambda at=at: at)
            served_then[number] = {
                address: (answer.status_code, main_of(answer))
                for address in public_addresses()
                for answer in [client.get(address)]
            }
    monkeypatch.setattr(moments.timezone, "now", lambda: DAYS[-1] + dt.timedelta(days=40))
    return served_then


def differences(client, served) -> list[str]:
    found = []
    for number, answers in served.items():
        for address, (status, main) in answers.items():
            answer = client.get(with_edition(address, number))
            if (answer.status_code, without_edition(main_of(answer), number)) != (
                status,
                without_edition(main, number),
            ):
                found.append(f"{address} at edition {number}: {status}, {answer.status_code}")
    return found


@pytest.mark.django_db
def test_every_page_comes_back_as_it_was_served_at_each_edition(client, served):
    assert [len(answers) > 25 for answers in served.values()] == [True] * 3
    assert not differences(client, served)


@pytest.mark.django_db
def test_later_corrections_and_withdrawals_leave_past_editions_as_they_were(client, served):
    with publication.act(note="Corrected again.", at=DAYS[-1] + dt.timedelta(days=1)) as act:
        official = Official.objects.get()
        official.name = "Somebody else"
        act.publish(official)
        agreement = Agreement.objects.get(pk="us-ug-2025")
        act.withdraw([*agreement.status_changes.all(), agreement], reason="Not an agreement after all.")
    assert not differences(client, served)
    assert client.get("/agreements/us-ug-2025/").status_code == 410
    assert client.get("/agreements/us-ug-2025/?edition=2").status_code == 200


@pytest.mark.django_db
def test_a_file_of_a_list_comes_back_byte_for_byte_as_it_was_taken_at_each_edition(client, tmp_path, monkeypatch):
    addresses = [f"/{name}.csv" for name in LISTS] + ["/statements.xlsx?stance=confirms", "/agreements/us-rw-2025.xlsx"]
    taken = {}
    for number, (dataset, at) in enumerate(zip(versions(), DAYS, strict=True), start=1):
        dataset.write(tmp_path / str(number))
        load(tmp_path / str(number), note=f"Version {number}", at=at)
        monkeypatch.setattr(moments.timezone, "now", lambda at=at: at)
        taken |= {(address, number): client.get(address).getvalue() for address in addresses}
    assert len(set(taken.values())) > 2 * len(addresses)
    monkeypatch.setattr(moments.timezone, "now", lambda: DAYS[-1] + dt.timedelta(days=40))
    for (address, number), content in taken.items():
        assert client.get(with_edition(address, number)).getvalue() == content, (address, number)


@pytest.mark.django_db
def test_a_renamed_official_keeps_the_old_name_in_the_old_edition(client, three):
    for address in ("/agreements/us-rw-2025/", "/officials/olivier-nduhungirehe/", "/statements/?q=Olivier"):
        old = client.get(with_edition(address, 1)).content.decode()
        assert "Olivier Nduhungirehe" in old
        assert "J. P." not in old
    assert "Olivier J. P. Nduhungirehe" in client.get(with_edition("/agreements/us-rw-2025/", 2)).content.decode()


@pytest.mark.django_db
def test_a_past_page_stands_under_a_banner_that_leads_to_the_present(client, three):
    page = BeautifulSoup(client.get("/agreements/?country=USA&edition=2&unknown=x").text, "html.parser")
    banner = page.select_one(".banner")
    assert "edition 2" in banner.text
    assert "10 February 2026" in banner.text
    assert banner.a["href"] == "/agreements/?country=USA"
    assert not BeautifulSoup(client.get("/agreements/").text, "html.parser").select(".banner")


@pytest.mark.django_db
def test_links_and_forms_of_a_past_page_carry_the_edition_on(client, three):
    page = BeautifulSoup(client.get("/agreements/?edition=1&as_of=2025-06-01").text, "html.parser")
    own = [a["href"] for a in page.select("main a[href^='/'], nav a[href^='/'], footer a[href^='/']")]
    assert own
    assert all("edition=1" in href and "as_of=2025-06-01" in href for href in own)
    carried = {field["name"]: field["value"] for field in page.select("input[type=hidden][form=filters]")}
    assert carried == {"edition": "1", "as_of": "2025-06-01"}
    assert page.select_one("form#filters")
    chart = BeautifulSoup(client.get("/agreements/us-rw-2025/?edition=1").text, "html.parser").select_one(".chart")
    assert chart["data-figure"] == "/agreements/us-rw-2025/chart.json?edition=1"


@pytest.mark.django_db
def test_a_redirect_carries_the_edition_on(client, three):
    assert client.get("/countries/RWA/?edition=1")["Location"] == "/countries/rwanda/?edition=1"


@pytest.mark.django_db
def test_days_are_counted_to_the_day_of_the_edition(client, three):
    assert "Operating for 178 days" in client.get("/agreements/us-rw-2025/?edition=2").content.decode()
    assert "Operating for 246 days" in client.get("/agreements/us-rw-2025/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("edition=4", 404, "The newest is edition 3"),
        ("edition=0", 400, "Expected a whole number from 1 on"),
        ("edition=two", 400, "Expected a whole number from 1 on"),
        ("edition=-1", 400, "Expected a whole number from 1 on"),
        ("as_of=2025", 400, "Expected YYYY-MM-DD"),
        ("as_of=2025-02-30", 400, "Expected YYYY-MM-DD"),
        ("edition=1&as_of=yesterday", 400, "Expected YYYY-MM-DD"),
        ("edition=1&as_of=2026-01-11", 400, "Expected a day up to 2026-01-10"),
        ("as_of=9999-12-31", 400, "Expected a day up to 2026-04-19"),
    ],
)
def test_an_edition_or_day_that_cannot_be_is_explained(client, three, query, status, said):
    for address in ("/", "/agreements/us-rw-2025/", "/agreements/us-rw-2025/chart.json"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == status
        assert said in answer.content.decode()


@pytest.mark.django_db
def test_as_of_shows_what_was_true_on_that_day(client, three):
    page = BeautifulSoup(client.get("/agreements/us-rw-2025/?as_of=2025-05-05").text, "html.parser")
    assert [entry["id"] for entry in page.select(".entry-status")] == ["us-rw-2025-1", "us-rw-2025-2"]
    assert not page.select(".entry-moved")
    assert client.get("/agreements/?as_of=2025-04-30").content.decode().count("data-id") == 0


@pytest.mark.django_db
def test_both_clocks_work_together(client, three):
    """Edition 3 says that talks were confirmed on 5 May; until then the site had said 4 May."""
    before = client.get("/agreements/us-rw-2025/?as_of=2025-05-04&edition=2").content.decode()
    after = client.get("/agreements/us-rw-2025/?as_of=2025-05-04&edition=3").content.decode()
    assert "Confirmed on television." in before
    assert "Confirmed" not in BeautifulSoup(after, "html.parser").main.text


# --- What may be kept -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_live_page_is_answered_by_304_after_one_query(client, three):
    tag = client.get("/agreements/us-rw-2025/")["ETag"]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get("/agreements/us-rw-2025/", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content, len(queries)) == (304, b"", 1)
    assert answer["Cache-Control"] == moments.LIVE


@pytest.mark.django_db
def test_a_live_page_that_was_asked_for_before_costs_one_query(client, three):
    first = client.get("/agreements/us-rw-2025/")
    with CaptureQueriesContext(connection) as queries:
        again = client.get("/agreements/us-rw-2025/?unknown=1")
    assert len(queries) == 1
    assert again.content == first.content
    assert again.headers == first.headers


@pytest.mark.django_db
def test_the_next_edition_makes_every_live_page_anew(client, three):
    before = client.get("/agreements/us-rw-2025/")
    with publication.act(note="Corrected.") as act:
        agreement = Agreement.objects.get(pk="us-rw-2025")
        agreement.summary = "Corrected once more."
        act.publish(agreement)
    after = client.get("/agreements/us-rw-2025/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "Corrected once more." in after.content.decode()


@pytest.mark.django_db
def test_the_tag_differs_by_edition_address_build_and_day(client, three, monkeypatch):
    tags = [client.get("/agreements/")["ETag"], client.get("/agreements/?sort=sender")["ETag"]]
    tags.append(client.get("/agreements/?edition=3")["ETag"])
    tags.append(client.get("/agreements/?edition=2")["ETag"])
    monkeypatch.setattr(moments, "build", lambda: "another build")
    tags.append(client.get("/agreements/")["ETag"])
    monkeypatch.setattr(moments.timezone, "now", lambda: DAYS[-1] + dt.timedelta(days=41))
    tags.append(client.get("/agreements/")["ETag"])
    assert len(set(tags)) == len(tags)


@pytest.mark.django_db
def test_shared_caches_may_keep_a_live_page_shortly_and_a_past_one_for_a_day(client, three):
    live, past = client.get("/"), client.get("/?edition=1")
    assert "stale-while-revalidate" in live["Cache-Control"]
    assert "stale-if-error" in live["Cache-Control"]
    assert "max-age=86400" in past["Cache-Control"]
    assert live["Vary"] == past["Vary"] == "Accept-Encoding"
    assert not live.cookies
    assert not past.cookies


@pytest.mark.django_db
def test_a_page_is_kept_apart_for_readers_who_cannot_unpack_it(client, three):
    packed = client.get("/agreements/us-rw-2025/", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/agreements/us-rw-2025/")
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert plain.content.startswith(b"<!doctype html>")


def test_what_a_process_keeps_is_bounded_and_the_page_unused_for_longest_goes_first():
    pages = moments.Pages(most=8_000)
    for number in range(20):
        pages.put((number,), moments.Page(200, (), bytes(800)))
        pages.get((0,))
    assert pages.held <= 8_000
    assert pages.get((0,)) is not None
    assert pages.get((1,)) is None
    pages.put(("large",), moments.Page(200, (), bytes(4_000)))
    assert pages.get(("large",)) is None


@pytest.mark.django_db
def test_an_edition_that_another_process_is_building_is_asked_for_again_later(client, three, monkeypatch):
    def busy(asked):
        raise editions.Busy

    monkeypatch.setattr(editions, "reading", busy)
    answer = client.get("/?edition=1")
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")


# --- The log and the data -------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_log_lists_editions_newest_first_with_their_notes(client, three):
    page = BeautifulSoup(client.get("/changes/").text, "html.parser")
    assert [row["data-id"] for row in page.select("[data-id]")] == ["3", "2", "1"]
    assert "Version 2" in page.select("[data-id]")[1].text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country=UGA", ["3", "2"]),
        ("agreement=us-rw-2025", ["3", "2", "1"]),
        ("official=olivier-nduhungirehe", ["3", "2", "1"]),
        ("kind=withdrawn", ["3"]),
        ("kind=added&country=UGA", ["2"]),
        ("kind=withdrawn&agreement=us-ug-2025", []),
    ],
)
def test_the_log_is_narrowed_by_country_agreement_official_and_kind(client, three, query, expected):
    page = BeautifulSoup(client.get(f"/changes/?{query}").text, "html.parser")
    assert [row["data-id"] for row in page.select("[data-id]")] == expected


@pytest.mark.django_db
def test_an_edition_shows_before_and_after_with_the_words_marked(client, three):
    page = BeautifulSoup(client.get("/changes/2/").text, "html.parser")
    change = page.select_one("#agreements-us-rw-2025")
    cells = {row.th.text: row.select("td") for row in change.select("tbody tr")}
    assert set(cells) == {"cap", "summary"}
    before, after = cells["summary"]
    assert before.text == "A deal."
    assert after.text == "A deal, corrected."
    assert "".join(ins.text for ins in after.select("ins")) == "deal, corrected."
    assert [a["href"] for a in change.select("p.small a")] == [
        "/agreements/us-rw-2025/",
        "/countries/USA/",
        "/countries/RWA/",
    ]


@pytest.mark.django_db
def test_a_withdrawal_is_in_the_log_with_its_reason_and_what_it_was(client, three):
    change = BeautifulSoup(client.get("/changes/3/").text, "html.parser").select_one(
        "#statements-olivier-nduhungirehe-2025-05-04"
    )
    assert "Version 3" in change.text
    assert "We are in discussions" in change.text
    gone = client.get("/statements/olivier-nduhungirehe-2025-05-04/")
    assert gone.status_code == 410
    text = BeautifulSoup(gone.text, "html.parser").main.text
    assert "olivier-nduhungirehe, 2025-05-04: Confirms" in text
    assert "10 March 2026" in text
    assert "Version 3" in text


@pytest.mark.django_db
def test_a_page_says_when_its_record_was_added_changed_and_checked(client, three):
    text = BeautifulSoup(client.get("/agreements/us-rw-2025/").text, "html.parser").aside.get_text(" ", strip=True)
    assert "Added 10 January 2026 , edition 1" in text
    assert "Last changed 10 February 2026 , edition 2" in text
    assert "Last checked 1 December 2025" in text


@pytest.mark.django_db
def test_an_edition_downloads_as_the_same_bytes_whenever_asked(client, three, tmp_path):
    before = {number: client.get(f"/data/editions/{number}.zip").content for number in (1, 2, 3)}
    with publication.act(note="Later.") as act:
        official = Official.objects.get()
        official.name = "Somebody else"
        act.publish(official)
    moments.kept.clear()
    assert {number: client.get(f"/data/editions/{number}.zip").content for number in (1, 2, 3)} == before
    for number in (1, 2, 3):
        archive = zipfile.ZipFile(io.BytesIO(before[number]))
        for path in versions()[number - 1].write(tmp_path / str(number)).iterdir():
            lines = [content.splitlines() for content in (archive.read(path.name), path.read_bytes())]
            assert sorted(lines[0]) == sorted(lines[1]), (number, path.name)
        readme = archive.read("README.md").decode()
        assert f"edition {number}" in readme
        assert f"/data/editions/{number}/changes.csv" in readme
        assert "CC BY 4.0" in readme
        assert "| statements.csv |" in readme


@pytest.mark.django_db
def test_the_changes_of_an_edition_as_csv_include_removals(client, three):
    lines = client.get("/data/editions/3/changes.csv").content.decode().splitlines()
    assert lines[0] == "edition,table,id,change,column,before,after,reason"
    assert "3,statements,olivier-nduhungirehe-2025-05-04,withdrawn,venue,Rwanda TV,,Version 3" in lines
    assert "3,status_changes,us-rw-2025-2,changed,date,2025-05-04,2025-05-05," in lines


@pytest.mark.django_db
def test_an_unknown_edition_has_no_data(client, three):
    for address in ("/changes/9/", "/data/editions/9.zip", "/data/editions/9/changes.csv"):
        assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_a_redaction_reaches_every_page_of_every_edition_and_leaves_the_rest(client, three):
    files = [f"/data/editions/{n}{end}" for n in (1, 2, 3) for end in (".zip", ".sqlite3", "/agreements.csv")]
    files += [
        "/feeds/everything.atom",
        "/agreements/us-rw-2025.atom",
        "/agreements.atom",
        "/calendar.ics",
        "/agreements.csv",
    ]
    addresses = [*public_addresses(), *files]
    before = {
        (address, n): main_of(client.get(with_edition(address, n))) for address in public_addresses() for n in (1, 2, 3)
    }
    publication.redact("agreements", "us-rw-2025", "summary", words="deal", at=DAYS[-1] + dt.timedelta(days=2))
    for number in (1, 2, 3):
        for address in addresses:
            assert b"A deal" not in client.get(with_edition(address, number)).getvalue(), (address, number)
        archive = zipfile.ZipFile(io.BytesIO(client.get(f"/data/editions/{number}.zip").content))
        assert b"A redacted on 2026-03-12" in archive.read("agreements.csv")
    for (address, number), text in before.items():
        after = main_of(client.get(with_edition(address, number)))
        expected = text.replace("A deal", "A redacted on 2026-03-12")
        if address.startswith("/changes/"):
            # Which words of a difference are marked depends on the words; what it says does not.
            after, expected = (BeautifulSoup(each, "html.parser").text for each in (after, text))
            expected = expected.replace("A deal", "A redacted on 2026-03-12")
        assert after == expected, (address, number)
    log = BeautifulSoup(client.get("/changes/4/").text, "html.parser").main.text
    assert "Redaction" in log
    assert "agreements/us-rw-2025" in log


@pytest.mark.django_db
def test_before_the_first_edition_there_is_nothing_to_take_but_the_page_says_how(client):
    page = BeautifulSoup(client.get("/data/").text, "html.parser")
    assert page.select_one("#everything") is None
    assert [each.text for each in page.select("#examples ~ h3")] == ["Python", "R", "Spreadsheet"]


# --- Citations ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_page_is_cited_in_five_styles_with_its_edition_and_its_primary_source(client, three):
    page = BeautifulSoup(client.get("/agreements/us-rw-2025/?edition=2").text, "html.parser")
    styles = {dt_.text: dt_.find_next("pre").text for dt_ in page.select("#cite dt")}
    assert set(styles) == {"APA", "MLA", "Chicago", "BibTeX", "Wikipedia"}
    for text in styles.values():
        assert "Third Country Tracker" in text
        assert "http://testserver/agreements/us-rw-2025/?edition=2" in text
        assert "First report, corrected" in text
        assert "The Gazette" in text


@pytest.mark.django_db
def test_every_fact_has_an_address_of_its_own_with_its_citation(client, three):
    for table in ("status_changes", "transfers", "payments", "proceedings", "assessments"):
        for record in Revision.objects.filter(edition=1, table=table).values_list("record", flat=True):
            answer = client.get(f"/facts/{table.replace('_', '-')}/{record}/?edition=1")
            page = BeautifulSoup(answer.text, "html.parser")
            assert answer.status_code == 200
            assert len(page.select("#cite pre")) == 5
            assert page.select(".refs li")
    assert client.get("/facts/no-such-table/x/").status_code == 404


def test_every_public_pattern_is_walked_or_is_data():
    found = get_resolver("agreements.views.urls").url_patterns
    names = {pattern.name for pattern in found if isinstance(pattern, URLPattern)}
    data = {"home-chart", "home-map", "agreement-chart", "country-chart", "compare-chart", "suggestions"}
    data |= {"edition-zip", "edition-sqlite", "edition-file", "edition-changes", "agreement-xlsx"}
    data |= {f"{name}-{kind}" for name in LISTS for kind in ("csv", "xlsx")}
    data |= {"agreement-svg", "agreement-share", "oembed", "robots", "sitemap", "sitemap-part"}
    data |= {"everything-feed", "corrections-feed", "transitions-feed", "transition-feed", "court-feed", "denials-feed"}
    data |= {f"{each}-feed" for each in ("agreements", "countries", "officials", "statements", "changes")}
    data |= {"agreement-feed", "country-feed", "official-feed", "calendar"}
    pages = {"home", "agreements", "agreement", "countries", "country", "officials", "official", "statements"}
    pages |= {"statement", "source", "fact", "changes", "edition", "data", "methodology", "about", "compare"}
    pages |= {"not-known", "search", "dictionary", "feeds"}
    pages |= {"api-docs", "embed-agreement", "embed-statement", "embed-fact"}
    assert names == data | pages


@pytest.mark.django_db
def test_a_page_that_an_act_overtakes_is_made_anew_and_cites_what_it_shows(client, three, monkeypatch):
    shown = agreements_view.AgreementPage.get_context_data
    late = []

    def overtaken(self, **kwargs):
        context = shown(self, **kwargs)
        if not late:
            late.append(True)
            with publication.act(note="Meanwhile.") as act:
                agreement = Agreement.objects.get(pk="us-rw-2025")
                agreement.summary = "Corrected meanwhile."
                act.publish(agreement)
        return context

    monkeypatch.setattr(agreements_view.AgreementPage, "get_context_data", overtaken)
    page = BeautifulSoup(client.get("/agreements/us-rw-2025/").text, "html.parser")
    assert "Corrected meanwhile." in page.text
    assert "edition=4" in page.select_one("#cite pre").text


@pytest.mark.django_db
def test_days_between_which_nothing_happened_share_one_file(client, three):
    editions.forget_files()
    for day in ("2025-05-06", "2025-05-20", "2025-05-31"):
        assert client.get(f"/agreements/us-rw-2025/?as_of={day}").status_code == 200
    assert len(list(editions.folder().glob("*-2025-*.sqlite3"))) == 1


@pytest.mark.django_db
def test_an_address_with_thousands_of_parameters_is_refused_in_words(client, three):
    answer = client.get("/agreements/?" + "&".join(f"a{n}=1" for n in range(1100)))
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert "fewer than 1000" in answer.content.decode()


@pytest.mark.django_db
def test_the_filter_of_the_log_goes_on_into_an_edition(client, three):
    page = BeautifulSoup(client.get("/changes/?country=UGA&kind=added").text, "html.parser")
    [link] = [a["href"] for a in page.select("[data-id] a")]
    assert link == "/changes/2/?kind=added&country=UGA"
    edition = BeautifulSoup(client.get(link).text, "html.parser")
    assert {item["id"] for item in edition.select(".changes > li")} == {
        "countries-UGA",
        "agreements-us-ug-2025",
        "status_changes-us-ug-2025-1",
    }
    assert client.get("/changes/2/?kind=nonsense").status_code == 400


@pytest.mark.parametrize("length", [10, 4_000])
def test_marking_the_words_that_differ_never_takes_long(length):
    before, after = (" ".join(f"{word}{n}" for n in range(length)) for word in ("a", "b"))
    was, now = log.marked(before, after)
    assert "".join(piece.text for piece in was) == before
    assert "".join(piece.text for piece in now) == after
