"""The chart of one negotiation: fetched when it is looked at, read by pointing, in light and dark, on any screen."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.browser.charts import draw_chart, mark_with, open_chart, shown_hover_text

STORY = "/agreements/us-rw-2025/"
PHONE = {"width": 360, "height": 640, "has_touch": True, "is_mobile": True}


def test_nothing_of_the_chart_is_fetched_before_its_box_comes_into_view(open_page, watch):
    page = open_page(STORY, **PHONE)
    page.wait_for_load_state("networkidle")
    assert watch.asked_for("plotly") == watch.asked_for("chart.json") == []
    assert page.locator(".js-plotly-plot").count() == 0
    draw_chart(page)
    page.mouse.wheel(0, 5000)
    page.mouse.wheel(0, -5000)
    page.wait_for_load_state("networkidle")
    assert len(watch.asked_for("plotly")) == 1
    assert watch.asked_for("chart.json") == [f"{STORY}chart.json"]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("path", "heading_below"), [("/", "#changes"), (STORY, "#timeline"), ("/countries/rwanda/", "#said")]
)
def test_nothing_jumps_while_a_chart_is_drawn(open_page, path, heading_below, width):
    page = open_page("/about/", width=width, height=640)
    page.context.add_init_script(
        """window.shifts = [];
        new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)))
          .observe({type: "layout-shift", buffered: true});"""
    )
    held = []
    page.route("**/plotly-*", lambda route: held.append(route))
    page.goto(path)
    open_chart(page)
    page.locator(".chart").first.scroll_into_view_if_needed()
    expect(page.locator("script[src*=plotly]")).to_have_count(1)
    # What a click opens moves what is below; what is drawn then must not.
    page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done((window.shifts = [])))))"
    )
    place = "heading => heading.getBoundingClientRect().top + scrollY"
    before = page.locator(heading_below).evaluate(place)
    held.pop().continue_()
    draw_chart(page)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.locator(heading_below).evaluate(place) == before
    assert page.evaluate("window.shifts") == []


def test_pointing_at_a_status_tells_its_note_date_and_source(open_page):
    page = open_page(STORY)
    draw_chart(page)
    mark = mark_with(page, "Operating · 16 August 2025")
    page.mouse.move(mark.x, mark.y)
    text = shown_hover_text(page)
    assert "Operating · 16 August 2025" in text
    assert "First group under the agreement, seven people." in text
    assert "Source: " in text
    assert "Associated Press" in text


def test_pointing_at_a_statement_tells_who_said_what_when_and_its_source(open_page):
    page = open_page(STORY)
    draw_chart(page)
    mark = mark_with(page, "Christian Rumu", "13 May 2025")
    page.mouse.move(mark.x, mark.y)
    text = shown_hover_text(page)
    assert "13 May 2025" in text
    assert "Criticises: “That is in contravention of the refugee convention" in text
    assert "Source: " in text


@pytest.mark.parametrize("words", ["Operating · 16 August 2025", "Christian Rumu"])
def test_a_tap_on_a_phone_shows_the_text_within_the_chart(open_page, words):
    page = open_page(STORY, **PHONE)
    draw_chart(page)
    mark = mark_with(page, words)
    page.touchscreen.tap(mark.x, mark.y)
    text = shown_hover_text(page)
    assert words in text
    assert "Source: " in text


def test_a_finger_on_the_chart_scrolls_the_page(open_page):
    page = open_page(STORY, **PHONE)
    draw_chart(page)
    page.locator(".chart").evaluate("box => box.scrollIntoView({block: 'center', behavior: 'instant'})")
    before = page.evaluate("scrollY")
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": 200, "y": 400}]})
    for y in range(380, 180, -20):
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": 200, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("before => scrollY > before + 50", arg=before)


def test_a_dotted_line_marks_today(open_page):
    days = {dt.datetime.now(dt.UTC).date()}
    page = open_page(STORY)
    draw_chart(page)
    days.add(dt.datetime.now(dt.UTC).date())
    expect(page.locator(".annotation-text", has_text="today")).to_be_visible()
    dotted = page.locator(".shapelayer path").evaluate_all(
        """paths => paths.filter((path) => !["", "none"].includes(path.style.strokeDasharray))
          .map((path) => path.getBoundingClientRect())
          .map(({left, width, height}) => ({x: left + width / 2, height}))"""
    )
    places = page.evaluate(
        """days => days.map((day) => {
          const drawn = document.querySelector(".js-plotly-plot"), {_size, xaxis} = drawn._fullLayout;
          return drawn.getBoundingClientRect().left + _size.l + xaxis.d2p(day);
        })""",
        [day.isoformat() for day in days],
    )
    assert len(dotted) == 1
    assert dotted[0]["height"] > 200
    assert any(abs(dotted[0]["x"] - place) < 1.5 for place in places)


def test_no_button_of_the_chart_sends_it_anywhere_and_the_picture_downloads(open_page):
    page = open_page(STORY)
    draw_chart(page)
    buttons = page.locator(".modebar-btn")
    titles = [button.get_attribute("data-title") for button in buttons.all()]
    assert titles == ["Download plot as a PNG", "Zoom", "Pan", "Zoom in", "Zoom out", "Reset axes"]
    with page.expect_download() as download:
        buttons.first.click()
    assert download.value.suggested_filename.endswith(".png")
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_the_chart_follows_the_colour_scheme(open_page):
    page = open_page(STORY, color_scheme="dark")
    draw_chart(page)
    chart = page.locator(".chart .main-svg").first
    operating = page.locator(".chart .scatterlayer path.js-line")
    strokes = "lines => lines.map((line) => getComputedStyle(line).stroke)"
    expect(chart).to_have_css("background-color", "rgb(20, 22, 26)")
    assert "rgb(214, 234, 255)" in operating.evaluate_all(strokes)
    page.emulate_media(color_scheme="light")
    expect(chart).to_have_css("background-color", "rgb(253, 252, 249)")
    assert "rgb(18, 58, 107)" in operating.evaluate_all(strokes)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_labels_of_amounts_do_not_run_into_each_other(open_page, width):
    page = open_page("/agreements/gb-rw-2022/", width=width)
    draw_chart(page)
    boxes = page.locator(".chart .textpoint text").evaluate_all(
        """texts => texts.filter((text) => text.textContent.trim()).map((text) => text.getBoundingClientRect())
          .map(({left, right, top, bottom}) => ({left, right, top, bottom}))"""
    )
    assert boxes
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            apart = one["right"] <= other["left"] or other["right"] <= one["left"]
            assert apart or one["bottom"] <= other["top"] or other["bottom"] <= one["top"]


def test_pointing_at_a_bar_of_a_country_tells_the_status_and_its_date(open_page):
    page = open_page("/countries/rwanda/")
    draw_chart(page)
    page.locator(".chart").evaluate("box => box.scrollIntoView({block: 'center', behavior: 'instant'})")
    bars = page.locator(".chart .barlayer .point path").evaluate_all(
        """paths => paths.map((path) => path.getBoundingClientRect())
          .map(({left, top, width, height}) => [left + width / 2, top + height / 2, width])"""
    )
    x, y, _width = max(bars, key=lambda bar: bar[2])
    page.mouse.move(x, y)
    text = shown_hover_text(page)
    assert text.startswith("from Israel (2013) Ended, 2 April 2018")
