"""The search as a reader meets it: type, choose, open; by mouse, by keyboard, on a phone, and where no script runs."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.test_every_page import ALL_RULES, violations


def suggestions(page: Page):
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def test_a_reader_searches_and_opens_a_result(open_page):
    page = open_page("/")
    box = page.get_by_role("search").get_by_role("combobox")
    box.fill("Nduhungireke")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=Nduhungireke$"))
    expect(page.locator(".corrected")).to_contain_text("Showing results for nduhungirehe")
    page.locator(".hit").get_by_role("link", name="Olivier Nduhungirehe", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Olivier Nduhungirehe")


def test_without_a_script_a_reader_on_a_phone_searches_narrows_to_a_kind_and_opens_a_result(open_page, watch):
    page = open_page("/about/", java_script_enabled=False, width=360)
    box = page.get_by_role("searchbox")
    box.fill("rwanda arbitration")
    page.get_by_role("search").get_by_role("button").click()
    expect(page).to_have_url(re.compile(r"/search/\?q=rwanda\+arbitration$"))
    page.get_by_role("navigation", name="Kinds of results").get_by_role("link", name=re.compile("Statements")).click()
    page.get_by_role("link", name=re.compile("Michael Butera")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Michael Butera")
    assert watch.asked_for(".js") == []


def test_suggestions_are_chosen_by_keyboard(open_page):
    page = open_page("/agreements/")
    box = page.get_by_role("search").get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("rwan")
    expect(suggestions(page).first).to_contain_text("Rwanda")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    first = suggestions(page).first
    expect(first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    box.press("ArrowUp")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    box.press("ArrowUp")
    expect(suggestions(page).last).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(suggestions(page)).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_be_focused()
    box.press_sequentially("d")
    expect(suggestions(page).first).to_be_visible()
    box.press("ArrowDown")
    expect(suggestions(page).first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/countries/rwanda/$"))


def test_a_suggestion_is_chosen_by_a_click_and_leaving_the_box_closes_them(open_page):
    page = open_page("/")
    box = page.get_by_role("search").get_by_role("combobox")
    box.fill("kagame")
    expect(suggestions(page).first).to_contain_text("Paul Kagame Official")
    page.get_by_role("heading", level=1).click()
    expect(suggestions(page)).to_have_count(0)
    box.fill("kagam")
    suggestions(page).first.click()
    expect(page).to_have_url(re.compile(r"/officials/paul-kagame/$"))


def test_suggestions_move_nothing_and_break_no_rule(open_page):
    for width, scheme in ((1280, "light"), (360, "dark")):
        page = open_page("/", width=width, color_scheme=scheme)
        place = page.get_by_role("heading", level=1).bounding_box()
        page.get_by_role("search").get_by_role("combobox").fill("united states rwanda")
        expect(suggestions(page).first).to_be_visible()
        assert page.get_by_role("heading", level=1).bounding_box() == place
        assert page.evaluate("innerWidth >= document.documentElement.scrollWidth")
        page.keyboard.press("ArrowDown")
        assert violations(page, ALL_RULES) == []


def test_a_past_edition_is_searched_and_suggested_from(open_page):
    page = open_page("/agreements/?edition=1")
    box = page.get_by_role("search").get_by_role("combobox")
    box.fill("kagame")
    expect(suggestions(page).first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/officials/paul-kagame/\?edition=1$"))
    box.fill("kagame")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=kagame&edition=1$"))
    expect(page.locator(".banner")).to_contain_text("edition 1")


def test_back_leads_to_the_results_again(open_page):
    page = open_page("/search/?q=rwanda")
    page.get_by_role("navigation", name="Kinds of results").get_by_role("link", name=re.compile("Sources")).click()
    expect(page.locator(".found-kind")).to_have_count(1)
    page.go_back()
    expect(page.locator(".found-kind")).to_have_count(5)
    expect(page.get_by_role("search").get_by_role("combobox")).to_have_value("rwanda")
