"""What people do here: find the story, follow a source, go by keyboard, print, read on a slow line."""

import re

from playwright.sync_api import expect

STORY = "/agreements/us-rw-2025/"


def test_a_newcomer_clicks_from_the_home_page_to_the_story_of_the_talks(open_page):
    page = open_page("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("agreements are operating")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Countries").click()
    page.get_by_role("link", name="Rwanda", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rwanda")
    page.get_by_role("link", name="United States to Rwanda, 2025").click()
    expect(page).to_have_url(re.compile(f"{STORY}$"))
    told = page.locator("li.entry", has_text="Foreign Minister Nduhungirehe confirms on Rwanda TV")
    expect(told).to_contain_text("4 May 2025")
    expect(told.locator("a.mark").first).to_be_visible()


def test_a_source_mark_leads_to_its_source(open_page):
    page = open_page(STORY)
    mark = page.locator("li.entry", has_text="We are in discussions with the United States").locator("a.mark").first
    number = mark.inner_text()
    mark.click()
    source = page.locator(f"#source-{number}")
    expect(source).to_be_in_viewport()
    source.locator("a").first.click()
    expect(page.get_by_role("heading", name="What rests on it")).to_be_visible()


def test_the_keyboard_skips_to_the_content(open_page):
    page = open_page("/agreements/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("nav.questions a").first).to_be_focused()


def test_the_keyboard_opens_a_filter_chooses_and_applies_it(open_page):
    page = open_page("/agreements/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    first, second = page.locator(".filters summary").nth(0), page.locator(".filters summary").nth(1)
    for _stop in range(12):
        page.keyboard.press("Tab")
        if first.evaluate("summary => summary === document.activeElement"):
            break
    expect(first).to_be_focused()
    assert first.evaluate("summary => getComputedStyle(summary).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator(".filters details[open]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".filters details[open]")).to_have_count(0)
    page.keyboard.press("Tab")
    expect(second).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    chosen = page.locator(".filters input:checked").get_attribute("value")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"[?&]sender={chosen}(&|$)"))


def test_paper_has_the_path_and_the_addresses_but_no_filters(open_page):
    page = open_page(STORY, width=718, height=600)
    page.emulate_media(media="print")
    expect(page.locator("svg.status-path:visible")).to_have_count(1)
    expect(page.locator("section.interactive")).to_be_hidden()
    expect(page.locator("nav[aria-label=Main]")).to_be_hidden()
    printed = page.locator(".refs .out").first.evaluate("link => getComputedStyle(link, '::after').content")
    assert "https://" in printed
    page.goto("/agreements/")
    expect(page.locator("form.filters")).to_be_hidden()
    expect(page.locator("svg.track").first).to_be_visible()


def test_the_story_takes_less_than_100_kb_before_its_chart_is_looked_at(open_page, watch):
    page = open_page("about:blank", width=360, height=640)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    sizes = []
    network.on("Network.loadingFinished", lambda finished: sizes.append(finished["encodedDataLength"]))
    page.goto(STORY, wait_until="networkidle")
    assert len(sizes) >= 4
    assert 10_000 < sum(sizes) < 100_000
    assert watch.asked_for("plotly-basic") == []
