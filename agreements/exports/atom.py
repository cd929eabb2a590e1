"""Atom documents (RFC 4287), in pages by RFC 5005: Django's generator, with what those two ask for beyond it."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

MEDIA_TYPE = "application/atom+xml"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
MINTED = "2026"
"""The year in every id, as RFC 4151 asks for. It never changes, or all ids would."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Link:
    """Where an entry or a feed leads to; `href` is absolute."""

    rel: str
    href: str
    title: str = ""
    type: str = ""


@dataclass(frozen=True)
class Entry:
    """One item: `id` is absolute and permanent, `content` HTML, `categories` are terms with their labels."""

    id: str
    title: str
    address: str
    published: dt.datetime
    updated: dt.datetime
    content: str
    links: tuple[Link, ...] = ()
    categories: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Feed:
    """A document: `address` is its own, `page` that of the page which shows the same, `links` are its other pages."""

    id: str
    title: str
    subtitle: str
    address: str
    page: str
    updated: dt.datetime
    author: str
    author_email: str
    author_address: str
    rights: str
    language: str = "en"
    links: tuple[Link, ...] = ()
    entries: tuple[Entry, ...] = ()


def permanent_id(authority: str, place: str) -> str:
    """A tag URI (RFC 4151): the same for ever, whatever becomes of the address, the title or the order."""
    return f"tag:{authority},{MINTED}:{quote(place, safe='/?&=,:;+-._~%')}"


def written(feed: Feed) -> bytes:
    """The document, the same bytes for the same feed."""
    document = _Atom(
        title=_plain(feed.title),
        link=feed.page,
        description=None,
        language=feed.language,
        author_name=_plain(feed.author),
        author_email=feed.author_email or None,
        author_link=feed.author_address,
        subtitle=_plain(feed.subtitle),
        feed_url=feed.address,
        feed_copyright=_plain(feed.rights),
        feed_guid=feed.id,
        updated=feed.updated,
        links=(*feed.links, Link("license", LICENCE)),
    )
    for entry in feed.entries:
        document.add_item(
            title=_plain(entry.title),
            link=entry.address,
            description=None,
            pubdate=entry.published,
            updateddate=entry.updated,
            unique_id=entry.id,
            content=_plain(entry.content),
            terms=entry.categories,
            links=entry.links,
        )
    text = io.StringIO()
    document.write(text, "utf-8")
    return text.getvalue().encode()


def _plain(text: str) -> str:
    """Without what XML cannot hold, such as a control character that somebody pasted into a note."""
    return _NOT_XML.sub("\ufffd", text)


class _Atom(Atom1Feed):
    def latest_post_date(self) -> dt.datetime:
        """Django takes the present moment where there is no entry; the same feed would then never be the same."""
        return self.feed["updated"]

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        _add_links(handler, self.feed["links"])

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for term, label in item["terms"]:
            handler.addQuickElement("category", None, {"term": _plain(term), "label": _plain(label)})
        _add_links(handler, item["links"])
        handler.addQuickElement("content", item["content"], {"type": "html"})


def _add_links(handler: SimplerXMLGenerator, links: Iterable[Link]) -> None:
    for link in links:
        named = {"title": _plain(link.title), "type": link.type}
        values = {name: value for name, value in named.items() if value}
        handler.addQuickElement("link", None, {"rel": link.rel, "href": iri_to_uri(link.href), **values})
