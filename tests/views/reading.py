"""A page as its reader meets it: fetched, parsed, and held to the rules that every page keeps."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from django.test import Client
from lxml import html

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CONTROLS = ("input", "select", "textarea")
DATA_SCRIPTS = ("application/json", "application/ld+json")


def read(client: Client, address: str, status: int = 200) -> BeautifulSoup:
    """The parsed page; fails where the answer has another status."""
    response = client.get(address)
    assert response.status_code == status, f"{address}: {response.status_code}"
    return parse(response.content)


def parse(content: bytes) -> BeautifulSoup:
    # Told the encoding, it need not guess.
    return BeautifulSoup(content, "html.parser", from_encoding="utf-8")


def text(tag: Tag | None) -> str:
    """The words of an element with single spaces between them."""
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def words(page: BeautifulSoup) -> str:
    """All words of a page's main part."""
    return text(page.main)


def row_ids(page: BeautifulSoup) -> list[str]:
    """The public ids of a list's rows, in order."""
    return [row["data-id"] for row in page.select("[data-id]")]


def rows(client: Client, address: str) -> list[str]:
    return _looked_up(client, address).xpath("//@data-id")


def all_rows(client: Client, address: str) -> list[str]:
    """The rows of every page of a list."""
    found: list[str] = []
    following: str | None = address
    while following:
        page = _looked_up(client, following)
        found += page.xpath("//@data-id")
        following = next(iter(page.xpath("//nav[contains(@class, 'pages')]//a[@rel='next']/@href")), None)
    return found


def _looked_up(client: Client, address: str) -> html.HtmlElement:
    """A page of which little is asked, and that often: a parser in C takes a small part of the time."""
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return html.document_fromstring(response.text)


def timeline(page: BeautifulSoup) -> list[Tag]:
    """The dated entries of a page's first timeline."""
    return page.select_one("ol.timeline").select(":scope > li")


def facts(page: BeautifulSoup) -> dict[str, str]:
    """The key facts of a page: label to answer, the scope underneath included, without the link to the rule."""
    labels = (fact.dt.find(string=True, recursive=False) for fact in page.select("dl.facts > div"))
    return {label.strip(): text(fact.dd) for label, fact in zip(labels, page.select("dl.facts > div"), strict=True)}


def sources_of(entry: Tag, page: BeautifulSoup) -> list[str]:
    """What the numbered marks of an entry lead to: the words of each source in the page's list."""
    return [text(page.find(id=mark["href"].removeprefix("#"))) for mark in entry.select("a.mark")]


def faults(page: BeautifulSoup) -> list[str]:
    """Where a page breaks a rule that every page keeps."""
    return [*_whole(page), *_elements(page), *_headings(page), *_links(page), *_marks(page)]


def _whole(page: BeautifulSoup) -> Iterator[str]:
    if not page.html.get("lang"):
        yield "the page does not name its language"
    if not page.title or not page.title.get_text(strip=True):
        yield "the page has no title"
    if len(page.find_all("main")) != 1:
        yield "the page has not one main part"
    for id, number in Counter(tag["id"] for tag in page.find_all(id=True)).items():
        if number > 1:
            yield f"the id {id!r} is given {number} times"


def _elements(page: BeautifulSoup) -> Iterator[str]:
    labelled = {label["for"] for label in page.find_all("label", attrs={"for": True})}
    for tag in page.find_all(True):
        if tag.has_attr("style"):
            yield f"<{tag.name}> has a style of its own"
        for attribute in tag.attrs:
            if attribute.startswith("on"):
                yield f"<{tag.name}> has an inline handler {attribute}"
        if tag.name == "style":
            yield "the page has a <style>"
        if tag.name == "script" and not tag.get("src") and tag.get("type") not in DATA_SCRIPTS:
            yield "the page has an inline script"
        if tag.name == "img" and not tag.has_attr("alt"):
            yield f"<img src={tag.get('src')}> has no alternative text"
        if tag.name == "svg" and tag.get("aria-hidden") != "true" and not _svg_speaks(tag):
            yield "an <svg> neither speaks nor is silent"
        if (
            tag.name in CONTROLS
            and tag.get("type") not in ("hidden", "submit")
            and not (tag.get("aria-label") or tag.get("id") in labelled or (tag.find_parent("label")))
        ):
            yield f"<{tag.name} name={tag.get('name')}> has no label"
        if tag.name == "button" and not (tag.get_text(strip=True) or tag.get("aria-label")):
            yield "a <button> says nothing"


def _svg_speaks(svg: Tag) -> bool:
    return svg.get("role") == "img" and bool(svg.get("aria-label", "").strip())


def _headings(page: BeautifulSoup) -> Iterator[str]:
    headings = page.find_all(HEADINGS)
    levels = [int(heading.name[1]) for heading in headings]
    if levels.count(1) != 1:
        yield f"the page has {levels.count(1)} h1"
    if levels[:1] != [1]:
        yield "the first heading is not the h1"
    for before, after in itertools.pairwise(levels):
        if after > before + 1:
            yield f"h{after} follows h{before}"
    for heading in headings:
        if not heading.get_text(strip=True):
            yield f"an {heading.name} is empty"


def _links(page: BeautifulSoup) -> Iterator[str]:
    ids = {tag["id"] for tag in page.find_all(id=True)}
    for link in page.find_all("a"):
        address = link.get("href", "")
        if not address:
            yield f"the link {text(link)!r} leads nowhere"
        if address.startswith("#") and address[1:] not in ids:
            yield f"{address} has no target"
        if address.lower().startswith(("javascript:", "data:")):
            yield f"the link {address[:40]!r} runs code"
        if not (link.get_text(strip=True) or link.get("aria-label")):
            yield f"the link to {address} says nothing"
    for attribute in ("aria-labelledby", "aria-describedby", "for"):
        for tag in page.find_all(attrs={attribute: True}):
            for id in tag[attribute].split():
                if id not in ids:
                    yield f"{attribute}={id!r} has no target"


def _marks(page: BeautifulSoup) -> Iterator[str]:
    for entry in page.select("ol.timeline > li"):
        marks = entry.select("a.mark")
        if not marks:
            yield f"the entry {entry.get('id') or entry.get('data-id') or text(entry)[:40]!r} has no source"
        for mark in marks:
            listed = page.find(id=mark["href"].removeprefix("#"))
            if listed is None or listed.get("value") != text(mark):
                yield f"mark {text(mark)} does not lead to the source of its number"
    for listed in page.select("ol.refs > li"):
        publisher = listed.select_one("span.soft")
        if not listed.a.get("href", "").startswith("/sources/") or not text(listed.a):
            yield f"{listed.get('id')} does not lead to its source's own page"
        if not text(publisher).split(",")[0] or not publisher.select("time, .undated"):
            yield f"{listed.get('id')} has no publisher, or neither a date nor the word undated"
