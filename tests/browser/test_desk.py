"""Two editors and a statement: one enters it with all that is new in it, the other reviews it, and it is public."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.desk import pictured, sign_in
from tests.browser.test_entry import ADD, Hands, found_by_typing

ID = "xavier-yilmaz-2025-06-19"
QUOTE = "Nothing has been asked of us"


def entered_by_keyboard(page: Page) -> None:
    hands = Hands(page)
    hands.go_to(f'a[href="{ADD}"]', within=60)
    hands.press("Enter", "add a statement")
    hands.begin_at(found_by_typing("agreements"))
    hands.choose("rwanda 2025", "United States–Rwanda")
    hands.go_to("[name=date]", within=8)
    hands.type("2025-06-19")
    hands.go_to("[name=stance]", within=4)
    hands.type("Den")
    hands.go_to("[name=quote]", within=1)
    hands.type(QUOTE)
    hands.go_to("[name=summary]", within=2)
    hands.type("Yilmaz denied that there had been a request.")
    hands.go_to("summary:has(#source-0-0-heading)", within=8)
    hands.press("Enter", "a new source")
    for name, words in {
        "url": "https://desk-test.example/no-request",
        "title": "No request, says spokesman",
        "publisher": "The Desk Test",
        "published": "2025-06-20",
        "kind": "News",
        "language": "en",
    }.items():
        hands.go_to(f"[name=source-{name}]", within=6)
        hands.type(words)
    hands.go_to("summary:has(#official-0-0-heading)", within=6)
    hands.press("Enter", "a new official")
    hands.go_to("[name=official-name]", within=1)
    hands.type("Xavier Yilmaz")
    hands.go_to("[name=official-kind]", within=2)
    hands.type("Person")
    hands.go_to(found_by_typing("official-country"), within=3)
    hands.choose("Turkiye", "Türkiye")
    hands.go_to("summary:has(#position-0-0-heading)", within=8)
    hands.press("Enter", "a new position")
    hands.go_to("[name=position-title]", within=1)
    hands.type("Spokesman")
    pictured(page, "desk-statement")
    hands.press("Control+Enter", "hand in")
    expect(page.locator(".messagelist")).to_contain_text(f"Handed in for review: {ID}")


def test_what_one_editor_enters_another_reviews_and_publishes(open_desk, editors):
    author = open_desk("about:blank")
    sign_in(author, editors.one)
    entered_by_keyboard(author)

    # Its author is told beforehand that it takes another.
    author.goto(f"/admin/agreements/statement/{ID}/change/")
    expect(author.locator("#why-not-publish")).to_contain_text("another editor than its author publishes it")

    reader = open_desk("about:blank")
    sign_in(reader, editors.other)
    pictured(reader, "desk-home")
    row = reader.locator(f'[data-key="statements/{ID}"]')
    expect(row).to_have_count(1)
    reader.goto("/admin/work/review/")
    row = reader.locator(f'[data-key="statements/{ID}"]').first
    row.get_by_role("link", name="Preview").first.click()
    expect(reader.locator(".banner")).to_contain_text("Preview")
    expect(reader.locator("main")).to_contain_text(QUOTE)
    reader.go_back()
    row.get_by_role("link", name="Publish…").first.click()
    expect(reader.locator("input[name=with]:checked")).to_have_count(3)
    expect(reader.locator("#reasons")).to_have_count(0)
    pictured(reader, "desk-publish")
    reader.get_by_role("button", name="Publish").click()
    expect(reader.locator(".messagelist")).to_contain_text("4 records are public now")
    edition = re.search(r"in edition (\d+)", reader.locator(".messagelist").inner_text())[1]

    public = open_desk(f"/statements/{ID}/")
    expect(public.locator("main")).to_contain_text(QUOTE)
    expect(public.locator("main")).to_contain_text("Xavier Yilmaz")
    expect(public.locator("main")).to_contain_text("Spokesman")
    expect(public.locator("main")).to_contain_text("No request, says spokesman")
    public.goto("/agreements/us-rw-2025/")
    expect(public.locator(f"#{ID}")).to_contain_text(QUOTE)
    public.goto(f"/changes/{edition}/")
    expect(public.locator("main")).to_contain_text(ID)
    for editor in (editors.one, editors.other):
        expect(public.locator("body")).not_to_contain_text(editor.name)

    corrected(author, reader)


def corrected(author: Page, reader: Page) -> None:
    """A correction of it waits beside it until the other accepts it; its history tells both."""
    author.goto(f"/admin/agreements/statement/{ID}/change/")
    author.get_by_label("Summary").fill("Yilmaz denied that his government had been asked.")
    author.get_by_label("Public note").fill("Says who would have been asked.")
    author.get_by_role("button", name="Save", exact=True).click()
    expect(author.locator(".messagelist")).to_contain_text("kept as a proposal")
    reader.goto(f"/statements/{ID}/")
    expect(reader.locator("main")).to_contain_text("there had been a request")
    reader.goto(f"/admin/decide/?record=statements/{ID}")
    pictured(reader, "desk-proposal")
    reader.get_by_role("button", name="Accept and publish").click()
    reader.goto(f"/statements/{ID}/")
    expect(reader.locator("main")).to_contain_text("his government had been asked")
    reader.goto(f"/admin/agreements/statement/{ID}/history/")
    expect(reader.locator("#proposals")).to_contain_text("Accepted")
    pictured(reader, "desk-history")
