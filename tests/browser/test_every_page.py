"""Held on every kind of page: what axe finds, what scrolls sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.charts import draw_chart

PAGES = {
    "home": "/",
    "list": "/agreements/",
    "filtered list": "/agreements/?receiver=RWA&sender=GBR&sender=USA",
    "empty list": "/agreements/?q=nothing+fits+this",
    "agreement": "/agreements/us-rw-2025/#yolande-makolo-2025-08-28",
    "agreement with totals": "/agreements/gb-rw-2022/",
    "agreement with a contradiction": "/agreements/us-ug-2025/",
    "not known": "/not-known/",
    "comparison": "/compare/?a=us-rw-2025&a=gb-rw-2022&a=us-sv-2025&a=us-ug-2025&a=it-al-2023&a=us-sz-2025",
    "picker": "/compare/?a=us-rw-2025",
    "countries": "/countries/",
    "country": "/countries/rwanda/",
    "officials": "/officials/",
    "official": "/officials/yolande-makolo/",
    "statements": "/statements/",
    "statement": "/statements/olivier-nduhungirehe-2025-05-04/",
    "search": "/search/?q=rwanda",
    "search for nothing": "/search/",
    "search without results": "/search/?q=qqqqqqqq",
    "source": "/sources/reuters-20250505-rwanda-talks/",
    "methodology": "/methodology/",
    "feeds": "/feeds/",
    "fact": "/facts/status-changes/us-rw-2025-3/",
    "edition log": "/changes/",
    "edition": "/changes/1/",
    "data": "/data/",
    "dictionary": "/data/dictionary/",
    "api": "/api/v1/docs",
    "past agreement": "/agreements/us-rw-2025/?edition=1&as_of=2025-09-01",
    "about": "/about/",
    "not found": "/agreements/us-rw-1999/",
    "bad address": "/agreements/?status=unheard-of",
    "bad comparison": "/compare/?a=us-rw-2025&a=unheard-of",
    "desk": "/admin/login/",
}
STATUS = {"not found": 404, "bad address": 400, "bad comparison": 400}
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ALL_RULES = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": AA}}
CONTRAST = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}
# Two of the four pairs of width and scheme show each width and each scheme once; here the other two are looked at too.
IN_ALL_COLOURS = ("home", "filtered list", "agreement", "comparison")


@pytest.fixture(params=PAGES)
def kind_of_page(request, watch) -> str:
    watch.expected_status = STATUS.get(request.param)
    return request.param


def look_closely(page) -> None:
    """Opens what can be opened, so that it is looked at too."""
    if page.locator(".filters details").count():
        page.locator(".filters summary").first.click()
    # All at once: an edition has a hundred of them on a page.
    page.evaluate(
        """document.querySelectorAll(".sentences details, details:is(.as-list, .answer, .fields)")
        .forEach((each) => (each.open = true))"""
    )
    draw_chart(page)


def violations(page, options) -> list[str]:
    found = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {each['help']}: {[node['html'] for node in each['nodes']][:3]}" for each in found]


def check(page, kind_of_page: str, *, other_scheme: str) -> None:
    look_closely(page)
    assert violations(page, ALL_RULES) == []
    if kind_of_page in IN_ALL_COLOURS:
        page.emulate_media(color_scheme=other_scheme)
        assert violations(page, CONTRAST) == []


def test_axe_finds_nothing_wrong_on_a_wide_screen(open_page, kind_of_page):
    check(open_page(PAGES[kind_of_page], color_scheme="light"), kind_of_page, other_scheme="dark")


def test_on_a_phone_axe_finds_nothing_wrong_and_nothing_scrolls_sideways(open_page, kind_of_page):
    page = open_page(PAGES[kind_of_page], width=360, height=740, color_scheme="dark")
    check(page, kind_of_page, other_scheme="light")
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 740})
        # A drawn chart takes a moment to follow.
        page.wait_for_function("() => innerWidth >= document.documentElement.scrollWidth")
