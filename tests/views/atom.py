"""A feed as its reader meets it: fetched, parsed, and held to RFC 4287 and to what no schema can say."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent.parent / "atom.rng"))


def read(client: Client, address: str) -> etree._Element:
    """The feed; fails where it breaks a rule."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.getvalue()[:300])
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(response.content)
    assert not [*faults(feed)], address
    return feed


def faults(feed: etree._Element) -> Iterator[str]:
    """Where a feed breaks a rule of Atom, or of this site."""
    if not SCHEMA.validate(feed):
        yield str(SCHEMA.error_log)
        return
    entries = feed.findall(f"{ATOM}entry")
    for element in [feed, *entries]:
        name = text(element, "id")
        alternates = Counter((link.get("type"), link.get("hreflang")) for link in links_of(element, "alternate"))
        if max(alternates.values(), default=0) != 1:
            yield f"{name} has several pages of one kind, or none"
        for address in [link.get("href") for link in element.findall(f"{ATOM}link")]:
            if not (urlsplit(address).scheme in ("http", "https") and urlsplit(address).netloc):
                yield f"{name} leads to {address}, which is not the address of a document"
        if not text(element, "title").strip():
            yield f"{name} has no title"
        if text(element, "id").split(":")[:2] != ["tag", f"{settings.FEED_AUTHORITY},2026"]:
            yield f"{name} is no id of ours"
    ids = [text(element, "id") for element in [feed, *entries]]
    yield from (f"{id} stands twice" for id, n in Counter(ids).items() if n > 1)
    if not feed.findall(f"{ATOM}author") or "CC BY 4.0" not in text(feed, "rights"):
        yield "it does not say by whom it is, and on what terms"
    if len(links_of(feed, "self")) != 1 or not link(feed, "self").startswith(f"{settings.SITE_URL}/"):
        yield "it does not say where it is"
    for entry in entries:
        if not moment(entry, "published") <= moment(entry, "updated") <= moment(feed, "updated"):
            yield f"{text(entry, 'id')} is of another time"
        yield from _of_content(entry)


def _of_content(entry: etree._Element) -> Iterator[str]:
    content = entry.find(f"{ATOM}content")
    words = html(entry)
    if content.get("type") != "html" or not words.get_text().strip():
        yield f"{text(entry, 'id')} says nothing"
    # Parsed as XML the tags must close as they were opened.
    etree.fromstring(f"<div>{content.text}</div>".replace("&nbsp;", " "))
    for link in words.select("[href], [src]"):
        if not urlsplit(link.get("href", "")).netloc:
            yield f"{text(entry, 'id')} has a link that leads nowhere from elsewhere: {link}"
    if words.select("script, style, svg, form, iframe, [class^=glyph], [style]"):
        yield f"{text(entry, 'id')} holds what readers take out"


def entries(feed: etree._Element) -> list[etree._Element]:
    return feed.findall(f"{ATOM}entry")


def ids(feed: etree._Element) -> list[str]:
    """The ids of the entries, in order, from their place on."""
    return [text(entry, "id").split(":", 2)[2] for entry in entries(feed)]


def titles(feed: etree._Element) -> list[str]:
    return [text(entry, "title") for entry in entries(feed)]


def entry(feed: etree._Element, place: str) -> etree._Element:
    """The entry whose id ends with a place."""
    [found] = [each for each in entries(feed) if text(each, "id").endswith(f":{place}")]
    return found


def html(entry: etree._Element) -> BeautifulSoup:
    return BeautifulSoup(entry.findtext(f"{ATOM}content"), "html.parser")


def words(entry: etree._Element) -> str:
    """What an entry says, with single spaces between the words."""
    return " ".join(html(entry).get_text(" ").split())


def text(element: etree._Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def moment(element: etree._Element, name: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text(element, name))


def links_of(element: etree._Element, rel: str) -> list[etree._Element]:
    return [link for link in element.findall(f"{ATOM}link") if link.get("rel") == rel]


def link(element: etree._Element, rel: str) -> str:
    """Where the one link of its kind leads; empty where there is none."""
    found = links_of(element, rel)
    assert len(found) < 2
    return found[0].get("href") if found else ""


def record_ids(client: Client, address: str) -> list[str]:
    """The records of every page of a list's feed, in order."""
    found: list[str] = []
    following = address
    while following:
        feed = read(client, following)
        found += [place.rpartition("/")[2] for place in ids(feed)]
        following = link(feed, "next").removeprefix(settings.SITE_URL)
    return found
