"""The map of the home page: drawn when it is seen, from this site alone, and leading on."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.site import ROOT

PHONE = {"width": 360, "height": 640, "has_touch": True, "is_mobile": True}
HAS_LAND = (Path(ROOT) / "var/static/vendor/world_110m.json").exists()
"""Without npm there are no coastlines to be had."""


def draw_map(page) -> None:
    page.locator(".chart.map").evaluate("box => box.scrollIntoView({block: 'center', behavior: 'instant'})")
    expect(page.locator(".chart.map.drawn")).to_have_count(1)


def mark_of(page, address: str) -> tuple[float, float]:
    """The middle of the mark that leads to an address."""
    return page.evaluate(
        """address => {
          const drawn = document.querySelector(".map .js-plotly-plot");
          for (const trace of drawn.querySelectorAll(".scattergeo")) {
            for (const point of trace.querySelectorAll("path.point")) {
              const data = point.__data__;
              if (data.data !== address) continue;
              const {left, top, width, height} = point.getBoundingClientRect();
              return [left + width / 2, top + height / 2];
            }
          }
        }""",
        address,
    )


def test_nothing_of_the_map_is_fetched_before_it_is_seen_and_then_from_this_site_alone(open_page, watch):
    page = open_page("/", **PHONE)
    page.wait_for_load_state("networkidle")
    assert watch.asked_for("plotly") == watch.asked_for("map.json") == watch.asked_for("world_110m") == []
    draw_map(page)
    page.wait_for_load_state("networkidle")
    assert watch.asked_for("map.json") == ["/map.json"]
    assert len(watch.asked_for("plotly-geo")) == 1
    land = watch.asked_for("world_110m")
    assert [re.sub(r"\.[0-9a-f]{12}\.", ".", path) for path in land] == ["/static/vendor/world_110m.json"] * HAS_LAND
    assert page.locator(".map .layer.coastlines path").count() == HAS_LAND


def test_a_page_whose_site_has_no_coastlines_has_its_map_all_the_same(open_page, watch):
    page = open_page("about:blank")
    page.route("**/", lambda route: without_land(route))
    page.goto("/")
    draw_map(page)
    assert page.locator(".map .scattergeo path.point").count() > 50
    assert watch.asked_for("world_110m") == []


def without_land(route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub(r' data-land="[^"]*"', "", answer.text()))


def test_pointing_at_a_country_tells_its_agreements_and_a_click_leads_to_its_page(open_page):
    page = open_page("/")
    draw_map(page)
    x, y = mark_of(page, "/countries/rwanda/")
    page.mouse.move(x, y)
    told = page.locator(".map .hovertext")
    expect(told).to_contain_text("Rwanda")
    expect(told).to_contain_text("As receiver: ")
    page.mouse.click(x, y)
    expect(page.get_by_role("heading", level=1)).to_have_text("Rwanda")


def test_a_finger_first_reads_and_then_leads_on(open_page):
    page = open_page("/", **PHONE)
    draw_map(page)
    x, y = mark_of(page, "/countries/australia/")
    page.touchscreen.tap(x, y)
    expect(page.locator(".map .hovertext")).to_contain_text("As sender: ")
    expect(page).to_have_url(re.compile(r"/$"))
    page.touchscreen.tap(x, y)
    expect(page).to_have_url(re.compile("/countries/australia/$"))


@pytest.mark.parametrize("script", [True, False])
def test_the_table_of_the_map_leads_to_each_country(open_page, script):
    page = open_page("/", width=360, java_script_enabled=script)
    page.get_by_text("countries and territories of the map, as a table").click()
    row = page.locator("#parties tr", has_text="Nauru")
    assert int(row.locator("td").nth(1).inner_text()) > 0
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nauru")


def test_without_a_script_the_marks_and_arcs_are_there(open_page, watch):
    page = open_page("/", java_script_enabled=False)
    expect(page.locator("svg.world.wide")).to_be_visible()
    assert page.locator("svg.world.wide circle").count() > 50
    assert page.locator("svg.world.wide rect").count() > 5
    assert watch.asked_for(".js") == []


def test_a_reader_finds_what_concerns_a_country_from_the_first_screen_of_a_phone(open_page):
    page = open_page("/", width=360, height=640, java_script_enabled=False)
    choice = page.get_by_label("What concerns")
    expect(choice).to_be_in_viewport()
    choice.select_option(label="Rwanda")
    page.locator("form.find").get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"/agreements/\?country=RWA$"))
    assert page.locator("[data-id]").count() > 3


def test_the_map_follows_the_colour_scheme(open_page):
    page = open_page("/", color_scheme="dark")
    draw_map(page)
    paper = page.locator(".map .main-svg").first
    expect(paper).to_have_css("background-color", "rgb(20, 22, 26)")
    page.emulate_media(color_scheme="light")
    expect(paper).to_have_css("background-color", "rgb(253, 252, 249)")
