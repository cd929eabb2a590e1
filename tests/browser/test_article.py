"""From a pasted article to drafts, as an editor does it, on a site that lacks what the article reports."""

from __future__ import annotations

import csv
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import FOLDER, READERS, opening, watching
from tests.browser.desk import Editor, copy_site, make_editor, pictured, sign_in
from tests.browser.site import ROOT, run, served
from tests.browser.test_every_page import ALL_RULES, violations

ARTICLE = (ROOT / "tests/articles/01-rwanda-talks-may-2025.txt").read_text()
MOST_SECONDS = 60
# Styles that import others: axe would ask for these from where the page stands.
RULES = {**ALL_RULES, "preload": False}
REPORTED = ("2025-04-30", "2025-05-05")
"""The days between which the statements lie that the article reports."""
SPEAKERS = {"olivier-nduhungirehe": "2025-05-04", "marco-rubio": "2025-04-30"}


def dataset_without_the_statements(folder: Path) -> Path:
    """The shipped dataset as it was before anybody entered what the article reports."""
    shutil.copytree(ROOT / "data", folder)
    path = folder / "statements.csv"
    with path.open(newline="") as file:
        reader = csv.DictReader(file)
        rows, columns = list(reader), reader.fieldnames
    first, last = REPORTED
    kept = [row for row in rows if not (row["official"] in SPEAKERS and first <= row["date"] <= last)]
    assert len(kept) < len(rows)
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
    return folder


@pytest.fixture(scope="module")
def earlier_site() -> Iterator[tuple[str, Editor]]:
    folder = FOLDER / f"article-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    copy_site(READERS, folder)
    run(folder, "load_dataset", str(dataset_without_the_statements(folder / "dataset")))
    editor = make_editor(folder, "ada", "editor")
    with served(folder) as address:
        yield address, editor


@pytest.fixture
def open_earlier(browser: Browser, earlier_site: tuple[str, Editor]) -> Iterator[Callable[..., Page]]:
    """Opens an address of that site for its editor, who is signed in."""
    address, editor = earlier_site
    with watching(address) as watch, opening(browser, address, watch) as open_page:

        def open_signed_in(path: str, *, refused: bool = False, **options) -> Page:
            watch.expected_status = 400 if refused else None
            page = open_page("about:blank", **options)
            sign_in(page, editor)
            page.goto(path)
            return page

        yield open_signed_in


def read_article(page: Page) -> None:
    page.get_by_label("The article").fill(ARTICLE)
    page.get_by_label("Its address").fill("https://gazette.example/rwanda-talks")
    page.get_by_label("Published on").fill("2025-05-06")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".article-text mark").first).to_be_visible()


def test_the_article_on_the_rwanda_talks_has_its_drafts_within_a_minute(open_earlier):
    page = open_earlier("/admin/")
    began = time.monotonic()
    page.get_by_role("link", name="Read an article").click()
    read_article(page)
    pictured(page, "desk-article", whole=False)
    ticked = page.locator(".proposal:has(.choose :checked)")
    quotes = ticked.locator("blockquote").all_inner_texts()
    assert "“We are in discussions with the United States”" in quotes
    page.locator("[name=source-publisher]").fill("The Gazette")
    page.locator("[name=source-kind]").select_option("news")
    page.locator("[name=source-language]").fill("en")
    page.get_by_role("button", name="Make drafts and hand them in").click()
    expect(page.locator(".messagelist")).to_contain_text(f"{len(quotes)} drafts wait for review")
    assert time.monotonic() - began < MOST_SECONDS

    drafts = page.locator(".messagelist a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    found = {}
    for draft in drafts:
        page.goto(draft)
        expect(page.locator(".badge").first).to_have_text("In review")
        expect(page.locator("[name=sources] option:checked")).to_have_text(
            ["The Gazette: Rwanda confirms talks with Washington on taking in deported migrants"]
        )
        expect(page.locator("[name=agreements] option:checked")).to_have_text(
            ["United States–Rwanda: transfer of third-country nationals (2025)"]
        )
        official = page.locator("[name=official]").input_value()
        assert page.locator("[name=date]").input_value() == "/".join(reversed(SPEAKERS[official].split("-")))
        found[f"“{page.locator('[name=quote]').input_value()}”"] = official
    assert sorted(found) == sorted(quotes)
    assert set(found.values()) == set(SPEAKERS)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_the_page_of_proposals_holds_before_axe_and_does_not_scroll_sideways(open_earlier, width, scheme):
    # Axe copies elements, styles of the admin's own scripts included, which the policy takes for styles in the page.
    page = open_earlier("/admin/article/", width=width, color_scheme=scheme, bypass_csp=True)
    assert violations(page, RULES) == []
    read_article(page)
    for summary in page.locator(".proposal summary").all()[:3]:
        summary.press("Enter")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert violations(page, RULES) == []


def test_without_a_script_the_drafts_are_made_all_the_same(open_earlier):
    page = open_earlier("/admin/article/", java_script_enabled=False, refused=True)
    page.get_by_label("The article").fill("“We take nobody at all, from anywhere,” said Ève Ndoli on 4 May 2025.")
    page.get_by_role("button", name="Read it").click()
    page.locator(".choose input").check()
    page.locator(".proposal summary").first.press("Enter")
    assert page.locator("[name=p1-official-name]").input_value() == "Ève Ndoli"
    page.locator("[name=source-title]").fill("Nobody")
    page.get_by_role("button", name="Make drafts and hand them in").click()
    expect(page.locator("#reasons")).to_contain_text("Nothing was made yet")
    expect(page.locator("[name=p1-official-name]")).to_have_value("Ève Ndoli")
