"""Pages of this site on another site's page: what may stand in a frame, how it fits, how its code is copied."""

import json
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_every_page import ALL_RULES, violations
from tests.sites import serving

AGREEMENT = "/embed/agreements/us-rw-2025/"
EMBEDS = [
    AGREEMENT,
    "/embed/agreements/gb-rw-2022/?edition=1",
    "/embed/statements/olivier-nduhungirehe-2025-05-04/",
    "/embed/facts/transfers/us-rw-2025-transfer-1/?edition=1",
]


def says(frames: str):
    """Answers a request with a page."""

    def answer(request) -> bool:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.end_headers()
        request.wfile.write(frames.encode())
        return True

    return answer


def test_an_embed_stands_in_the_page_of_another_site_and_a_page_of_ours_does_not(browser, site):
    frames = f'<iframe id="embed" src="{site}{AGREEMENT}"></iframe><iframe id="page" src="{site}/agreements/"></iframe>'
    context, told = browser.new_context(), []
    page = context.new_page()
    page.on("console", lambda message: told.append(message.text))
    with serving() as newspaper:
        newspaper.says("/", then=says(frames))
        address = newspaper.url("/", host="localhost")
        page.goto(address)
        embed = page.frame_locator("#embed")
        expect(embed.locator("h1")).to_contain_text("United States–Rwanda")
        expect(embed.locator("svg.status-path:visible")).to_have_count(1)
        expect(page.frame_locator("#page").locator("main")).to_have_count(0)
        assert len([text for text in told if "frame-ancestors" in text and site in text]) == 1
        assert context.cookies() == []
        with context.expect_page() as opened:
            embed.locator("h1 a").click()
        opened.value.wait_for_url("**/agreements/us-rw-2025/")
        assert page.url == address
    context.close()


@pytest.mark.parametrize("address", EMBEDS)
def test_an_embed_fits_from_200_to_900_pixels_and_axe_finds_nothing_wrong(open_page, address):
    page = open_page(address, width=320, height=300, color_scheme="dark")
    assert violations(page, ALL_RULES) == []
    for width in (200, 299, 300, 320, 559, 560, 640, 900):
        page.set_viewport_size({"width": width, "height": 300})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.emulate_media(color_scheme="light")
    assert violations(page, ALL_RULES) == []


@pytest.mark.parametrize("width", [200, 320, 640])
def test_the_height_that_a_program_is_told_is_enough_and_not_far_too_much(open_page, site, width):
    page = open_page(AGREEMENT, width=width)
    for address in EMBEDS:
        shown = site + address.replace("/embed", "")
        with urllib.request.urlopen(f"{site}/oembed?url={shown}&maxwidth={width}") as answer:
            told = json.load(answer)
        page.set_viewport_size({"width": told["width"], "height": 100})
        page.goto(address)
        needed = page.evaluate("document.documentElement.scrollHeight")
        assert needed <= told["height"] <= 1.6 * needed, address


def test_the_theme_that_is_asked_for_beats_the_scheme_of_the_reader(open_page):
    def paper(address: str, scheme: str) -> str:
        page = open_page(address, color_scheme=scheme)
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    light, dark = paper(AGREEMENT, "light"), paper(AGREEMENT, "dark")
    assert light != dark
    assert paper(f"{AGREEMENT}?theme=light", "dark") == light
    assert paper(f"{AGREEMENT}?theme=dark", "light") == dark


def test_the_code_of_an_embed_is_copied_by_a_button(open_page):
    page = open_page("/agreements/us-rw-2025/", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#embed summary").click()
    button = page.locator("#embed button.copy").first
    expect(button).to_have_accessible_name("Copy: As it stands, kept up to date")
    button.click()
    expect(button).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("<iframe src=")
    assert copied == page.locator("#embed pre").first.text_content()
    expect(button).to_have_text("Copy")
    assert Axe().run(page, "#embed", options=ALL_RULES).response["violations"] == []
