"""Pictures that stand alone, without a database: they carry their colours and their words with them."""

from __future__ import annotations

import csv
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from agreements.charts import standalone, svg
from agreements.charts.palette import DARK, LIGHT
from agreements.charts.standalone import Caption
from agreements.vocabulary import Precision, Status
from tests.test_history import make_path

ROOT = Path(__file__).parent.parent
SVG = "{http://www.w3.org/2000/svg}"
CAPTION = Caption(
    parties="United States to Rwanda",
    title="United States–Rwanda: <transfer> & more",
    since="since 16 August 2025",
    credit="As of 1 January 2026, edition 3. Third Country Tracker, CC BY 4.0.",
    address="https://tracker.example/agreements/us-rw-2025/?edition=3",
)


def every_status():
    steps = [(f"2025-{place:02}-01", status, Precision.MONTH) for place, status in enumerate(Status, start=1)]
    return make_path(*steps)


def words_of(drawing: str) -> list[str]:
    return ["".join(text.itertext()) for text in ET.fromstring(drawing).iter(f"{SVG}text")]


@pytest.mark.parametrize("paper", [LIGHT, DARK], ids=lambda paper: paper.name)
def test_a_chart_that_stands_alone_asks_no_style_sheet(paper):
    drawing = standalone.chart(every_status(), CAPTION, paper=paper)
    root = ET.fromstring(drawing)
    assert root.tag == f"{SVG}svg"
    for element in root.iter():
        assert "class" not in element.attrib
        assert "style" not in element.attrib
        assert element.tag not in (f"{SVG}style", f"{SVG}script", f"{SVG}image", f"{SVG}a")
    used = set(re.findall(r"#[0-9a-f]{6}", drawing))
    assert {paper.of(status) for status in Status} <= used
    assert used <= {paper.of(status) for status in Status} | {paper.paper, paper.ink, paper.soft, paper.rule}


def test_a_chart_that_stands_alone_says_what_it_shows_as_of_when_and_whose_it_is():
    drawing = standalone.chart(every_status(), CAPTION)
    root = ET.fromstring(drawing)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title.text == CAPTION.title
    assert "Reported January 2025" in description.text
    assert CAPTION.credit in description.text
    assert root.get("aria-labelledby").split() == [title.get("id"), description.get("id")]
    words = words_of(drawing)
    assert {CAPTION.title, CAPTION.credit, CAPTION.address} <= set(words)
    assert "Rejected since 16 August 2025" in words


def test_every_part_of_every_status_is_inked():
    inked = standalone.inked(svg.status_path(every_status()), LIGHT)
    painted = list(ET.fromstring(inked).iter("path"))
    assert painted
    assert all({"fill", "stroke"} & each.attrib.keys() for each in painted)


def test_a_part_that_no_one_knows_how_to_ink_is_an_error():
    with pytest.raises(LookupError):
        standalone.inked('<svg><path class="unheard-of" d="M0 0"/></svg>', LIGHT)


def test_a_negotiation_without_a_step_is_drawn_in_words():
    nothing = make_path()
    assert "No status on record" in words_of(standalone.chart(nothing, CAPTION))
    assert "No status on record" in words_of(standalone.share(nothing, CAPTION))


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def test_a_share_picture_is_of_the_size_that_is_asked_for_and_the_same_each_time():
    pictures = {standalone.png(standalone.share(every_status(), CAPTION)) for _again in range(2)}
    [picture] = pictures
    assert size_of(picture) == (standalone.SHARE_WIDTH, standalone.SHARE_HEIGHT) == (1200, 630)


def test_long_names_and_titles_stay_on_the_share_picture():
    long = Caption("Bosnia and Herzegovina to Democratic Republic of the Congo", "word " * 80, "", "", "")
    drawing = standalone.share(every_status(), long)
    lines = list(ET.fromstring(drawing).iter(f"{SVG}text"))
    parties = next(text for text in lines if text.text == long.parties)
    assert len(long.parties) * float(parties.get("font-size")) * 0.5 < 1080
    title = [text.text for text in lines if text.text and text.text.startswith("word")]
    assert len(title) == 2
    assert title[-1].endswith("…")


def shipped_letters() -> str:
    """Every letter of the names and titles of the shipped data."""
    letters = set()
    for file, column in (("agreements.csv", "title"), ("countries.csv", "name")):
        with (ROOT / "data" / file).open(newline="") as lines:
            letters |= {letter for row in csv.DictReader(lines) for letter in row[column]}
    return "".join(sorted(letters - {" "}))


def test_the_fonts_have_every_letter_of_the_record_and_those_of_its_languages():
    def drawn(letter: str, family: str) -> bytes:
        return standalone.png(
            '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30">'
            f'<text x="4" y="22" font-size="20" font-family="{family}">{letter}</text></svg>'
        )

    for family in (standalone.SERIF, standalone.SANS):
        missing = {drawn("\ue000", family), drawn(" ", family)}
        letters = shipped_letters() + "ãçéñöøőşțžŁẸĩ’“”–€£"
        assert [letter for letter in letters if drawn(escaped(letter), family) in missing] == []


def escaped(letter: str) -> str:
    return {"&": "&amp;", "<": "&lt;"}.get(letter, letter)


# --- The style sheets of embeds -------------------------------------------------------------------


def rules(css: str) -> dict[str, str]:
    """Selector to declarations, of a style sheet without its comments; the last one counts."""
    return {
        selector.strip(): " ".join(body.split())
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", css, flags=re.S))
    }


def variables(css: str) -> dict[str, str]:
    return dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6});", css))


def test_an_embed_has_the_colours_of_the_site_on_light_and_on_dark_paper():
    light, dark = (ROOT / "static/css/site.css").read_text().split("@media (prefers-color-scheme: dark)", 1)
    for name, site in (("embed.css", light), ("embed-dark.css", dark.split("\n}\n")[0])):
        own = variables((ROOT / "static/css" / name).read_text())
        own.pop("--alert")
        assert own.items() <= variables(site).items(), name
    both = [variables((ROOT / "static/css" / name).read_text()).keys() for name in ("embed.css", "embed-dark.css")]
    assert both[0] == both[1]


@pytest.mark.parametrize(
    "part", ["path.ring", "path.fill", "path.line", ".grid", ".run", ".track .run", ".riser", ".span"]
)
def test_an_embed_draws_a_part_as_the_site_does(part):
    site, embed = (rules((ROOT / "static/css" / name).read_text()) for name in ("site.css", "embed.css"))
    assert embed[part] == site[part]
