"""Where the marks of a drawn chart stand, and what appears when one is pointed at."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page, expect


@dataclass(frozen=True)
class Mark:
    """A mark of the status chart: its place in the window, and the text that it holds."""

    x: float
    y: float
    text: str


def open_chart(page: Page) -> None:
    """Opens the part of the page that holds the chart, where it is shut."""
    shut = page.locator("details.interactive:not([open]) > summary")
    if shut.count():
        shut.click()


def draw_chart(page: Page) -> None:
    """Brings each chart of a page into view, opened where it is shut, and waits until it stands."""
    if page.locator(".chart").count():
        open_chart(page)
    for chart in page.locator(".chart").all():
        chart.scroll_into_view_if_needed()
        expect(chart).to_contain_class("drawn")
        expect(chart.locator(".main-svg").first).to_be_visible()


def mark_with(page: Page, *words: str) -> Mark:
    """The mark of the status chart whose text has these words."""
    page.locator(".chart").evaluate("box => box.scrollIntoView({block: 'center', behavior: 'instant'})")
    marks = page.evaluate(
        """() => {
          const drawn = document.querySelector(".js-plotly-plot"), {_size, xaxis, yaxis} = drawn._fullLayout;
          const targets = drawn._fullData.at(-1), box = drawn.getBoundingClientRect();
          return targets.x.map((day, i) => [
            box.left + _size.l + xaxis.d2p(day), box.top + _size.t + yaxis.d2p(targets.y[i]), targets.text[i]]);
        }"""
    )
    found = [Mark(*mark) for mark in marks if all(word in mark[2].replace("<br>", " ") for word in words)]
    assert len(found) == 1, f"{len(found)} marks with {words} among {[text for _x, _y, text in marks]}"
    return found[0]


def shown_hover_text(page: Page) -> str:
    """The text of the box that appeared: drawn in a colour that can be seen, and inside of the chart."""
    expect(page.locator(".hovertext")).to_have_count(1)
    # All at one moment, since the box is drawn anew while a pointer moves.
    shown = page.wait_for_function(
        """() => {
          const box = document.querySelector(".hovertext"), lines = [...(box?.querySelectorAll("tspan.line") ?? [])];
          if (!lines.length) return null;
          const place = ({left, top, right, bottom}) => ({left, top, right, bottom});
          const {color, backgroundColor} = getComputedStyle(document.body);
          return {
            ink: color, paper: backgroundColor,
            inks: lines.map((line) => getComputedStyle(line).fill),
            fill: getComputedStyle(box.querySelector("path")).fill,
            text: lines.map((line) => line.textContent).join(" "),
            box: place(box.getBoundingClientRect()),
            chart: place(document.querySelector(".chart").getBoundingClientRect()),
          };
        }"""
    ).json_value()
    assert set(shown["inks"]) == {shown["ink"]}
    assert shown["fill"] == shown["paper"]
    box, chart = shown["box"], shown["chart"]
    assert chart["left"] - 1 <= box["left"] < box["right"] <= chart["right"] + 1
    assert chart["top"] - 1 <= box["top"] < box["bottom"] <= chart["bottom"] + 1
    return " ".join(shown["text"].split())
