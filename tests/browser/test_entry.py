"""Fast entry as an editor does it: from signing in to handing in, hands on the keyboard; and where no script runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Editor, Editors, sign_in
from tests.browser.test_every_page import ALL_RULES, violations

MOST = 25
"""Fields typed into and buttons, links and options chosen, for a statement with a new source, signing in included."""
ADD = "/admin/agreements/statement/add/"


class Hands:
    """A keyboard that counts: a field typed into is one, a button, link or option chosen is one, moving is none."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.done: list[str] = []

    def begin_at(self, what: str) -> None:
        """Waits for the page to put the focus where a selector finds it."""
        expect(self.page.locator(what)).to_be_focused()

    def go_to(self, what: str, *, within: int) -> None:
        """Tabs to the first element that a selector finds; a failure where it takes more stops than that."""
        passed = []
        for _stop in range(within + 1):
            if self.page.evaluate("what => document.activeElement.matches(what)", what):
                return
            passed.append(self.page.evaluate("document.activeElement.outerHTML.slice(0, 90)"))
            self.page.keyboard.press("Tab")
        raise AssertionError("\n".join([f"{what} is not within {within} stops:", *passed]))

    def type(self, words: str) -> None:
        self.done.append(f"types {words!r}")
        self.page.keyboard.type(words)

    def press(self, key: str, what: str) -> None:
        self.done.append(f"{key}: {what}")
        self.page.keyboard.press(key)

    def choose(self, typed: str, label: str) -> None:
        """Finds a record by typing where the focus is, and takes the first that is found."""
        self.type(typed)
        first = self.page.locator(".select2-results__option--highlighted")
        expect(first).to_contain_text(label)
        expect(self.page.locator(".select2-results__option.loading-results")).to_have_count(0)
        self.press("Enter", label)
        expect(self.page.locator(".select2-results")).to_have_count(0)


@pytest.fixture
def signed_in(open_desk: Callable[..., Page], editors: Editors) -> Callable[..., Page]:
    """Opens an address of the desk for an editor who is signed in."""

    def open_signed_in(path: str, editor: Editor = editors.one, **options) -> Page:
        page = open_desk("about:blank", **options)
        sign_in(page, editor)
        page.goto(path)
        return page

    return open_signed_in


def found_by_typing(field: str) -> str:
    """What has the focus where a field finds records by typing."""
    return f"#id_{field} ~ .select2 :is(.select2-selection--single, .select2-search__field)"


def test_a_statement_with_a_new_source_is_handed_in_by_keyboard_in_at_most_25_steps(
    open_desk, editors, record_property
):
    page = open_desk("/admin/")
    hands = Hands(page)
    hands.go_to("[name=username]", within=3)
    hands.type(editors.one.name)
    hands.go_to("[name=password]", within=1)
    hands.type(editors.one.password)
    hands.press("Enter", "sign in")
    expect(page.locator("#user-tools")).to_contain_text(editors.one.name)

    hands.go_to(f'a[href="{ADD}"]', within=60)
    hands.press("Enter", "add a statement")
    expect(page).to_have_url(f"{page.url.split('/admin/')[0]}{ADD}")
    hands.begin_at(found_by_typing("agreements"))
    hands.choose("rwanda 2025", "United States–Rwanda")
    hands.go_to(found_by_typing("official"), within=3)
    hands.choose("nduhung", "Olivier Nduhungirehe")
    hands.go_to("[name=date]", within=4)
    hands.type("2025-06-17")
    hands.go_to("[name=stance]", within=4)
    hands.type("Conf")
    hands.go_to("[name=quote]", within=1)
    hands.type("We have not signed anything so far")
    hands.go_to("[name=summary]", within=2)
    hands.type("Nduhungirehe said that nothing had been signed.")
    hands.go_to("[name=venue]", within=1)
    hands.type("Press conference in Kigali")
    hands.go_to("summary:has(#source-0-0-heading)", within=6)
    hands.press("Enter", "a new source")
    hands.go_to("[name=source-url]", within=1)
    hands.type("https://www.haaretz.com/kigali-talks?utm_source=feed")
    hands.go_to("[name=source-title]", within=1)
    hands.type("Kigali: nothing signed")
    hands.go_to("[name=source-publisher]", within=1)
    hands.type("Haaretz")
    hands.go_to("[name=source-published]", within=1)
    expect(page.locator("[name=source-kind]")).to_have_value("news")
    expect(page.locator("[name=source-language]")).to_have_value("en")
    hands.type("2025-06-18")
    hands.press("Control+Enter", "hand in")

    expect(page.locator(".messagelist")).to_contain_text("Handed in for review: olivier-nduhungirehe-2025-06-17")
    record_property("steps", len(hands.done))
    print(f"{len(hands.done)} steps:", *hands.done, sep="\n  ")  # noqa: T201
    assert len(hands.done) <= MOST

    page.goto("/admin/agreements/statement/olivier-nduhungirehe-2025-06-17/change/")
    expect(page.locator(".badge")).to_have_text("In review")
    assert {
        name: page.locator(f"[name={name}]").input_value() for name in ("date", "precision", "stance", "quote")
    } == {
        "date": "17/06/2025",
        "precision": "day",
        "stance": "confirms",
        "quote": "We have not signed anything so far",
    }
    assert {name: page.locator(f"[name={name}]").input_value() for name in ("language", "summary", "venue")} == {
        "language": "en",
        "summary": "Nduhungirehe said that nothing had been signed.",
        "venue": "Press conference in Kigali",
    }
    chosen = {name: page.locator(f"[name={name}] option:checked") for name in ("agreements", "official", "sources")}
    expect(chosen["agreements"]).to_have_text(["United States–Rwanda: transfer of third-country nationals (2025)"])
    expect(chosen["official"]).to_have_text(["Olivier Nduhungirehe"])
    expect(chosen["sources"]).to_have_text(["Haaretz: Kigali: nothing signed"])
    page.goto("/admin/agreements/source/haaretz-20250618/change/")
    expect(page.locator(".badge")).to_have_text("In review")
    assert {
        name: page.locator(f"[name={name}]").input_value() for name in ("kind", "language", "published", "url")
    } == {
        "kind": "news",
        "language": "en",
        "published": "18/06/2025",
        "url": "https://www.haaretz.com/kigali-talks?utm_source=feed",
    }


def test_a_source_that_is_known_is_offered_and_taken_by_keyboard(signed_in):
    page = signed_in(ADD)
    hands = Hands(page)
    hands.go_to("summary:has(#source-0-0-heading)", within=30)
    page.keyboard.press("Enter")
    hands.go_to("[name=source-url]", within=1)
    hands.type(
        "https://www.scmp.com/news/world/europe/article/1933562/greece-deports-mostly-pakistanis-first-wave-migrants-eu-turkey?utm_source=feed"
    )
    page.keyboard.press("Tab")
    expect(page.locator("#known-source")).to_contain_text("This is known: Greece deports mostly Pakistanis")
    page.keyboard.press("Shift+Tab")
    hands.go_to("#known-source button", within=1)
    page.keyboard.press("Enter")
    expect(page.locator("[name=sources] option:checked")).to_have_count(1)
    expect(page.locator("[name=source-url]")).to_be_hidden()
    assert (
        page.locator("[name^=source-]").evaluate_all(
            "fields => fields.filter((f) => f.value && !f.matches(':not(:checked)[type=checkbox]')).length"
        )
        == 0
    )
    hands.begin_at(found_by_typing("sources"))


def test_keys_in_a_field_that_finds_by_typing_do_not_send_the_form(signed_in):
    page = signed_in(ADD)
    hands = Hands(page)
    for field in ("agreements", "official"):
        hands.go_to(found_by_typing(field), within=4)
        for key in ("Enter", "Escape", "Enter", "Enter"):
            page.keyboard.press(key)
        page.keyboard.press("Escape")
    expect(page.locator(".errornote")).to_have_count(0)
    expect(page).to_have_url(f"{page.url.split('/admin/')[0]}{ADD}")


def test_enter_in_a_field_saves_no_half_and_the_focus_goes_to_the_first_error(signed_in):
    page = signed_in(f"{ADD}?agreements=us-rw-2025&official=olivier-nduhungirehe")
    hands = Hands(page)
    hands.begin_at("[name=date]")
    page.keyboard.type("soon")
    page.keyboard.press("Enter")
    expect(page.locator(".errornote")).to_be_visible()
    hands.begin_at("[name=date]")
    expect(page.locator("[name=date]")).to_have_value("soon")


def test_what_is_chosen_again_goes_to_the_end(signed_in):
    page = signed_in(f"{ADD}?agreements=us-rw-2025&agreements=gb-rw-2022")
    hands = Hands(page)
    page.locator(found_by_typing("agreements")).focus()
    # Backspace turns the last one chosen back into words, which a second one deletes.
    for _agreement in range(2):
        page.keyboard.press("Backspace")
        page.keyboard.press("Control+a")
        page.keyboard.press("Backspace")
    expect(page.locator("[name=agreements] option:checked")).to_have_count(0)
    hands.choose("gb-rw-2022", "UK–Rwanda Migration")
    hands.choose("rwanda 2025", "United States–Rwanda")
    chosen = page.locator("[name=agreements] option:checked")
    assert chosen.evaluate_all("options => options.map((option) => option.value)") == ["gb-rw-2022", "us-rw-2025"]


@pytest.mark.parametrize("opened", [True, False])
def test_a_field_that_finds_one_record_takes_every_letter_whether_enter_opened_it_or_not(signed_in, opened):
    page = signed_in(f"{ADD}?agreements=us-rw-2025")
    hands = Hands(page)
    hands.begin_at(found_by_typing("official"))
    if opened:
        page.keyboard.press("Enter")
    hands.choose("nduhung", "Olivier Nduhungirehe")
    expect(page.locator("[name=official]")).to_have_value("olivier-nduhungirehe")


def test_the_steps_offered_are_those_of_the_agreement(signed_in):
    page = signed_in(f"{ADD}?agreements=gb-rw-2022")
    hands = Hands(page)
    hands.go_to(found_by_typing("status_change"), within=30)
    page.keyboard.press("Enter")
    offered = page.locator(".select2-results__option[role=option]")
    expect(offered.first).to_contain_text("gb-rw-2022")
    assert all(text.startswith("gb-rw-2022") for text in offered.all_inner_texts())


def test_without_a_script_the_form_takes_a_statement_with_all_that_is_new(open_desk, editors):
    page = open_desk("about:blank", java_script_enabled=False)
    sign_in(page, editors.contributor)
    page.goto("/admin/agreements/agreement/us-rw-2025/change/")
    page.get_by_role("link", name="Add a statement").click()
    for part in ("source", "official", "position"):
        page.locator(f"summary:has(#{part}-0-0-heading)").press("Enter")
    page.get_by_label("Date:", exact=True).fill("2025-06-20")
    page.get_by_label("Stance:").select_option("Denies")
    page.get_by_label("Summary:").fill("She denied it.")
    values = {
        "source-url": "http://scmp.com/news/world/europe/article/1933562/greece-deports-mostly-pakistanis-first-wave-migrants-eu-turkey/",
        "source-title": "Denied",
        "source-publisher": "Haaretz",
        "official-name": "Ève Ndoli",
        "position-title": "Minister",
    }
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="Save and hand in for review").click()
    expect(page.locator(".field-sources .errorlist")).to_contain_text("This is known: Greece deports mostly Pakistanis")
    expect(page.locator("[name=official-name]")).to_have_value("Ève Ndoli")
    page.get_by_role("button", name="Save and hand in for review").click()
    expect(page.locator(".messagelist")).to_contain_text("eve-ndoli-2025-06-20")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_with_all_its_parts_and_errors_holds_before_axe_and_does_not_scroll_sideways(signed_in, width, scheme):
    # Axe copies elements, styles of the admin's own scripts included, which the policy takes for styles in the page.
    options = {"width": width, "color_scheme": scheme, "bypass_csp": True}
    page = signed_in(f"{ADD}?source-url=https://haaretz.com/x", **options)
    for part in ("official", "position"):
        page.locator(f"summary:has(#{part}-0-0-heading)").press("Enter")
    page.locator("[name=position-body]").fill("Ministry")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".errornote")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert violations(page, ALL_RULES) == []
