"""What was saved of an article: bytes or a page of the web in, the article's text and its source out."""

from __future__ import annotations

import datetime as dt
import re

import trafilatura
from django.utils.translation import gettext as _

from agreements.article.proposals import ArticleSource

LONGEST = 200_000
"""Bytes; more is no article."""

_TAG = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta)\b[^>]{0,2000}>", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html[^>]{0,500}\slang=[\"']?([A-Za-z]{2})\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{1,40})", re.IGNORECASE)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BEGINNING = 4000


class NotAnArticle(ValueError):
    """What was given cannot be read as an article; the message says why, in words for whoever gave it."""


def text_of(content: bytes) -> str:
    """The text of a file, whether UTF-8, UTF-16 with its mark, what a page says of itself, or Western European.

    Raises NotAnArticle where it is empty, longer than LONGEST bytes, or no text.
    """
    if len(content) > LONGEST:
        raise NotAnArticle(
            _("It is %(size)d kB long; an article may have %(longest)d kB.")
            % {"size": -(-len(content) // 1000), "longest": LONGEST // 1000}
        )
    if not content.strip():
        raise NotAnArticle(_("It is empty."))
    text = _decoded(content)
    if text is None or _BINARY.search(text):
        raise NotAnArticle(_("It is not text: give the article as plain text or as a saved web page."))
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise NotAnArticle(_("It is empty."))
    return text


def _decoded(content: bytes) -> str | None:
    named = _CHARSET.search(content[:_BEGINNING])
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    encodings = ["utf-16"] if wide else ["utf-8", *([named[1].decode("ascii")] if named else []), "cp1252"]
    if not wide and b"\x00" in content:
        return None
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return None


def is_html(content: str) -> bool:
    """Whether a text is a page of the web, told by its tags and not by its name."""
    head = content[:_BEGINNING].lstrip("\ufeff \t\r\n")
    return head.startswith("<") and _TAG.search(head) is not None


def article_of(content: str, url: str = "") -> tuple[str, ArticleSource]:
    """The article in a text or in a saved page, told apart by content, with its source.

    `url` is the address that is known of it; it wins over what a page says of itself. Raises NotAnArticle where a page
    holds no article.
    """
    if not is_html(content):
        return content, ArticleSource(url=url)
    text, source = from_html(content, url)
    if not text.strip():
        raise NotAnArticle(_("No article was found in the page: copy its text instead."))
    return text, source


def from_html(html: str, url: str = "") -> tuple[str, ArticleSource]:
    """The text of a page, a paragraph a line, and its source; an empty text where the page holds no article."""
    page = trafilatura.bare_extraction(
        html, url=url or None, with_metadata=True, include_comments=False, include_tables=True, favor_recall=True
    )
    if page is None:
        return "", ArticleSource(url=url)
    language = _LANGUAGE.search(html[:_BEGINNING])
    source = ArticleSource(
        title=page.title or "",
        publisher=page.sitename or page.hostname or "",
        published=_day(page.date),
        url=url or page.url or "",
        language=language[1].lower() if language else "",
    )
    return page.text or "", source


def _day(written: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written[:10]) if written else None
    except ValueError:
        return None
