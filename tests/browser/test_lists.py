"""Filters as people work them: on a phone, with the keyboard, with and without a script, back and forward."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_every_page import ALL_RULES, violations

PHONE = {"width": 360, "height": 740}
WITH_AND_WITHOUT_A_SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


def found(page: Page):
    return page.locator("#found")


def choose(page: Page, summary: str, *choices: str) -> None:
    """Ticks boxes one after another, as a reader does who waits for each answer."""
    panel = page.locator("details", has=page.locator("summary", has_text=re.compile(f"^{summary}( |$)")))
    if panel.get_attribute("open") is None:
        panel.locator("summary").click()
    for choice in choices:
        panel.get_by_role("checkbox", name=re.compile(f"^{choice} ")).check()
        expect(page.locator("#listing")).not_to_have_attribute("aria-busy", "true")


def show(page: Page) -> None:
    page.get_by_role("button", name="Show").click()


def ticked(page: Page) -> set[tuple[str, str]]:
    boxes = page.locator("#filters :checked:not(option)")
    return {tuple(pair) for pair in boxes.evaluate_all("boxes => boxes.map(box => [box.name, box.value])")}


def asks(page: Page) -> set[tuple[str, str]]:
    """What the address asks for."""
    return {pair for pair in parse_qsl(urlsplit(page.url).query) if pair != ("sort", "recent")}


def in_step(page: Page, sentence: str) -> None:
    """The line above the list says so; the ticks, the count and the list in other formats are those of the address."""
    expect(found(page)).to_have_text(sentence)
    for links in (
        page.locator(".formats a"),
        page.locator("head link[rel=alternate][href*='.csv'], head link[href*='.xlsx']"),
    ):
        hrefs = links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert len(hrefs) >= 2
        assert {frozenset(parse_qsl(urlsplit(href).query)) for href in hrefs} == {frozenset(asks(page))}
    assert ticked(page) == asks(page)
    assert page.locator("[data-id]").count() == min(int(sentence.split()[0]), 50)


def nothing_scrolls_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@WITH_AND_WITHOUT_A_SCRIPT
def test_on_a_phone_a_reader_filters_by_country_takes_it_away_and_goes_back_and_forward(open_page, script):
    page = open_page("/agreements/", **PHONE, java_script_enabled=script)
    everything = found(page).inner_text()
    assert re.fullmatch(r"\d+ agreements", everything)
    choose(page, "Country", "Rwanda")
    nothing_scrolls_sideways(page)
    show(page)
    expect(found(page)).to_contain_text(": sender or receiver Rwanda")
    expect(found(page)).to_be_in_viewport()
    rwanda = found(page).inner_text()
    in_step(page, rwanda)
    assert asks(page) == {("country", "RWA")}
    choose(page, "Where it stands", "Operating", "Ended")
    show(page)
    expect(found(page)).to_contain_text("Rwanda, operating or ended")
    narrow = found(page).inner_text()
    in_step(page, narrow)
    nothing_scrolls_sideways(page)

    page.get_by_role("link", name=re.compile("Country: Rwanda")).click()
    expect(found(page)).not_to_contain_text("Rwanda")
    without = found(page).inner_text()
    assert asks(page) == {("status", "operating"), ("status", "ended")}
    in_step(page, without)

    page.go_back()
    in_step(page, narrow)
    page.go_back()
    if script:
        # Each tick was a list of its own.
        expect(found(page)).to_contain_text("Rwanda, operating")
        page.go_back()
    in_step(page, rwanda)
    page.go_back()
    in_step(page, everything)
    page.go_forward()
    in_step(page, rwanda)


def test_a_tick_refreshes_the_list_at_once_and_leaves_the_reader_where_she_was(open_page, watch):
    page = open_page("/agreements/", **PHONE)
    choose(page, "Receiver", "Uganda")
    expect(found(page)).to_contain_text(": receiver Uganda")
    panel = page.locator("#group-receiver")
    assert panel.get_attribute("open") is not None
    box = panel.get_by_role("checkbox", name=re.compile("^Uganda "))
    expect(box).to_be_focused()
    place = panel.locator("fieldset").evaluate("panel => panel.scrollTop")
    assert place > 0
    # What the others would add is counted anew.
    added = panel.locator("label", has_text="Rwanda").locator("data").inner_text()
    expect(panel.locator("label", has_text="Rwanda")).to_contain_text(" in all)")
    panel.get_by_role("checkbox", name=re.compile("^Rwanda ")).check()
    expect(found(page)).to_contain_text("receiver Rwanda or Uganda")
    assert found(page).inner_text().split()[0] == re.search(r"(\d+) in all", added)[1]
    assert page.title().startswith("Agreements: receiver Rwanda or Uganda")
    # One page was loaded; the rest came into it.
    assert page.evaluate("performance.getEntriesByType('navigation').length") == 1
    assert len(watch.asked_for("/agreements/")) == 3


def test_a_long_list_of_choices_is_searched_by_name(open_page):
    page = open_page("/statements/", **PHONE)
    page.locator("summary", has_text="Official").click()
    finder = page.locator("#group-official").get_by_role("searchbox", name="Find in this list")
    finder.fill("nduhungirehe")
    boxes = page.locator("#group-official label:visible")
    expect(boxes).to_have_count(1)
    finder.press("Enter")
    boxes.get_by_role("checkbox").check()
    expect(found(page)).to_contain_text(": by Olivier Nduhungirehe")
    assert asks(page) == {("official", "olivier-nduhungirehe")}
    finder.fill("MAKOLO")
    # What is chosen stays in sight.
    expect(boxes).to_have_count(2)


def test_going_on_to_an_agreement_and_back_finds_the_list_as_it_was_left(open_page):
    page = open_page("/agreements/")
    choose(page, "Sender", "United Kingdom")
    expect(found(page)).to_contain_text(": sender United Kingdom")
    left = found(page).inner_text()
    page.locator("[data-id] a").first.click()
    expect(page.locator("#found")).to_have_count(0)
    page.go_back()
    in_step(page, left)
    page.go_back()
    expect(found(page)).to_have_text(re.compile(r"^\d+ agreements$"))
    in_step(page, found(page).inner_text())


def test_of_ticks_in_quick_succession_the_last_answer_counts(open_page):
    page = open_page("/agreements/")
    held = []
    page.route("**/agreements/?*", lambda route: held.append(route) if not held else route.continue_())
    page.locator("summary", has_text="Where it stands").click()
    page.get_by_role("checkbox", name=re.compile("^Signed ")).check()
    page.get_by_role("checkbox", name=re.compile("^Operating ")).check()
    expect(found(page)).to_contain_text(": signed or operating")
    after = found(page).inner_text()
    in_step(page, after)
    expect(page.locator("#listing")).not_to_have_attribute("aria-busy", "true")
    page.unroute_all(behavior="ignoreErrors")
    page.go_back()
    expect(found(page)).to_have_text(re.compile(r"^\d+ agreements$"))
    assert ticked(page) == set()


def test_what_is_typed_while_the_list_is_refreshed_is_kept(open_page):
    page = open_page("/agreements/")
    held = []
    page.route("**/agreements/?*", lambda route: held.append(route))
    page.locator("summary", has_text="Where it stands").click()
    page.get_by_role("checkbox", name=re.compile("^Operating ")).check()
    page.locator("#f-q").press_sequentially("rwan")
    held[0].continue_()
    expect(found(page)).to_contain_text(": operating")
    expect(page.locator("#f-q")).to_have_value("rwan")
    expect(page.locator("#f-q")).to_be_focused()
    page.unroute_all()
    page.keyboard.type("da")
    page.keyboard.press("Enter")
    expect(found(page)).to_contain_text(": operating, with the words “rwanda”")


def test_words_are_searched_by_enter_and_all_filters_are_taken_away_by_one_link(open_page):
    page = open_page("/agreements/")
    words = page.locator("#f-q")
    words.fill("rwanda")
    words.press("Enter")
    expect(found(page)).to_contain_text("with the words “rwanda”")
    expect(words).to_be_focused()
    assert asks(page) == {("q", "rwanda")}
    page.locator("#f-sort").select_option("since")
    expect(page).to_have_url(re.compile("sort=since"))
    page.get_by_role("link", name="Take all filters away").click()
    expect(found(page)).to_have_text(re.compile(r"^\d+ agreements$"))
    expect(words).to_have_value("")
    assert urlsplit(page.url).query == ""


def test_what_is_wrong_with_an_address_is_explained_by_a_page_of_its_own(open_page, watch):
    watch.expected_status = 400
    page = open_page("/agreements/")
    page.locator("summary", has_text="When").click()
    page.get_by_label("From").fill("yesterday")
    page.get_by_label("From").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("something we do not understand")
    page.go_back()
    expect(found(page)).to_have_text(re.compile(r"^\d+ agreements$"))


@WITH_AND_WITHOUT_A_SCRIPT
def test_a_question_is_one_link_and_the_list_goes_on_over_pages(open_page, script):
    page = open_page("/statements/", java_script_enabled=script)
    page.get_by_role("link", name="Next").click()
    expect(page).to_have_url(re.compile("page=2"))
    expect(page.locator(".pages")).to_contain_text("Page 2 of")
    if script:
        expect(found(page)).to_be_focused()
    page.get_by_role("link", name="What was denied?").click()
    expect(found(page)).to_contain_text("the speaker denies")
    expect(page.locator("nav.questions [aria-current]")).to_have_text("What was denied?")
    in_step(page, found(page).inner_text())
    page.go_back()
    expect(page.locator(".pages")).to_contain_text("Page 2 of")
    expect(page.locator("nav.questions [aria-current]")).to_have_count(0)


@WITH_AND_WITHOUT_A_SCRIPT
def test_on_a_past_page_the_filters_stay_in_its_edition(open_page, script):
    page = open_page("/agreements/?edition=1&as_of=2025-09-01", java_script_enabled=script)
    choose(page, "Sender", "United States")
    show(page)
    expect(found(page)).to_contain_text(": sender United States")
    assert asks(page) == {("edition", "1"), ("as_of", "2025-09-01"), ("sender", "USA")}
    page.locator(".chips a").click()
    expect(found(page)).to_have_text(re.compile(r"^\d+ agreements$"))
    assert asks(page) == {("edition", "1"), ("as_of", "2025-09-01")}


def test_the_keyboard_alone_chooses_takes_away_and_leaves_a_panel(open_page):
    page = open_page("/agreements/")
    page.locator("#group-status summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(found(page)).to_contain_text(": reported")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(found(page)).to_contain_text(": reported or in talks")
    page.keyboard.press("Escape")
    expect(page.locator("#group-status summary")).to_be_focused()
    assert page.locator("details[name=filters][open]").count() == 0
    page.locator(".chips a").first.focus()
    page.keyboard.press("Enter")
    expect(found(page)).to_have_text(re.compile(r"^\d+ agreements: in talks$"))
    # The link is gone: the reader goes on from the line above the list.
    expect(found(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".chips a")).to_be_focused()


@pytest.mark.parametrize("panel", ["receiver", "status", "times"])
def test_axe_finds_nothing_wrong_with_an_open_panel_after_a_refresh(open_page, panel):
    page = open_page("/agreements/?denied=any", **PHONE, color_scheme="dark")
    page.locator(f"#group-{panel} summary").click()
    if panel == "times":
        page.get_by_label("From").fill("2025")
        page.get_by_label("From").press("Enter")
        expect(found(page)).to_contain_text("with a step from 2025 on")
    else:
        page.locator(f"#group-{panel} label:not(.idle) input").first.check()
        expect(page.locator(f"#group-{panel} .badge")).to_be_visible()
    assert violations(page, ALL_RULES) == []
    nothing_scrolls_sideways(page)
    page.emulate_media(color_scheme="light")
    assert violations(page, ALL_RULES) == []
