"""Two negotiations ticked on a list and seen side by side, on any screen, with and without a script."""

import re

import pytest
from playwright.sync_api import expect

RWANDA = "/agreements/?receiver=RWA"
TWO = re.compile(r"/compare/\?a=us-rw-2025&a=gb-rw-2022$")
SIX = "/compare/?a=us-rw-2025&a=gb-rw-2022&a=us-sv-2025&a=us-ug-2025&a=it-al-2023&a=us-sz-2025"


def tick(page, id: str):
    return page.locator(f'[data-id="{id}"] input[name=a]')


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("script", [True, False])
def test_two_are_ticked_on_a_list_and_compared(open_page, width, script):
    page = open_page(RWANDA, width=width, java_script_enabled=script)
    tick(page, "us-rw-2025").check()
    tick(page, "gb-rw-2022").check()
    button = page.get_by_role("button", name="Compare")
    expect(button).to_be_in_viewport()
    button.click()
    expect(page).to_have_url(TWO)
    expect(page.get_by_role("heading", level=1)).to_have_text("2 negotiations side by side")
    expect(page.locator("svg.comparison:visible")).to_have_count(1)
    shown = page.locator("table.beside tbody tr", has_text="Where it stands").locator(".status").all_inner_texts()
    assert shown == ["Operating", "Ended"]
    # Both columns are in sight, whatever the screen.
    for cell in page.locator("table.beside tbody tr", has_text="Agreed limit").locator("td").all():
        assert cell.bounding_box()["x"] + cell.bounding_box()["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_bar_counts_what_is_ticked_and_keeps_it_while_the_list_is_refreshed(open_page):
    page = open_page("/agreements/?receiver=RWA&sender=USA")
    words = page.locator(".compare-bar [data-words]")
    expect(words).to_have_text("Tick two to six agreements to see them side by side.")
    tick(page, "us-rw-2025").check()
    expect(words).to_have_text("1 ticked")
    page.locator(".chips a", has_text="United States").click()
    expect(page.locator("[data-id]")).not_to_have_count(1)
    expect(tick(page, "us-rw-2025")).to_be_checked()
    page.locator(".questions a", has_text="Who is operating now?").click()
    tick(page, "us-sv-2025").check()
    page.locator(".questions a", has_text="Asylum cooperative agreements").click()
    expect(page.locator('[data-id="us-rw-2025"]')).to_have_count(0)
    expect(page.locator(".compare-bar [data-words]")).to_have_text("2 ticked")
    expect(page.locator("[data-id] input[name=a]:checked")).to_have_count(0)
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile("a=us-rw-2025"))
    expect(page).to_have_url(re.compile("a=us-sv-2025"))
    page.go_back()
    expect(page.locator(".compare-bar")).to_be_attached()


def test_one_alone_leads_to_the_picker_with_it_ticked(open_page):
    page = open_page(RWANDA, java_script_enabled=False)
    tick(page, "us-rw-2025").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("checkbox", name="United States – Rwanda, 2025 us-rw-2025")).to_be_checked()
    page.get_by_role("checkbox", name="United Kingdom – Rwanda, 2022 gb-rw-2022").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 negotiations side by side")


def test_one_is_added_and_another_taken_away(open_page):
    page = open_page("/compare/?a=us-rw-2025&a=gb-rw-2022", width=360, java_script_enabled=False)
    page.get_by_label("Add another").select_option("us-ug-2025")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 negotiations side by side")
    page.get_by_role("link", name="Take away United Kingdom – Rwanda, 2022").click()
    expect(page).to_have_url(re.compile(r"/compare/\?a=us-rw-2025&a=us-ug-2025$"))


def test_six_lines_can_be_told_apart_on_a_phone(open_page):
    page = open_page(SIX, width=360, java_script_enabled=False)
    letters = page.locator("svg.comparison.narrow text.letter")
    assert letters.all_text_contents() == list("ABCDEF")
    boxes = [letter.bounding_box() for letter in letters.all()]
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            beside = abs(one["x"] - other["x"]) >= 7
            assert beside or abs(one["y"] - other["y"]) >= 7


def test_pointing_at_a_step_tells_its_negotiation_date_and_source(open_page):
    page = open_page("/compare/?a=us-rw-2025&a=gb-rw-2022")
    page.locator(".chart").scroll_into_view_if_needed()
    expect(page.locator(".chart.drawn")).to_have_count(1)
    page.locator(".chart").evaluate("box => box.scrollIntoView({block: 'center', behavior: 'instant'})")
    x, y = page.evaluate(
        """() => {
          const drawn = document.querySelector(".js-plotly-plot"), {_size, xaxis, yaxis} = drawn._fullLayout;
          const targets = drawn._fullData.at(-1), box = drawn.getBoundingClientRect();
          const i = targets.text.findIndex((text) => text.includes("Operating · 16 August 2025"));
          return [box.left + _size.l + xaxis.d2p(targets.x[i]), box.top + _size.t + yaxis.d2p(targets.y[i])];
        }"""
    )
    page.mouse.move(x, y)
    told = page.locator(".hovertext")
    expect(told).to_contain_text("A: United States – Rwanda, 2025")
    expect(told).to_contain_text("Source: ")
