"""What a page looks like on another site: the answer to a program that was given its address (oEmbed 1.0)."""

from __future__ import annotations

import copy
import json
import re
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from agreements import editions
from agreements.charts.standalone import SHARE_HEIGHT, SHARE_WIDTH
from agreements.cite import SITE
from agreements.editions import Busy
from agreements.refusals import plain
from agreements.views.embeds import EMBEDS_BY_PAGE, Embed
from agreements.views.framing import EMBED_OF, WIDTH, Frame
from agreements.views.moments import Asked, Malformed, NoSuchEdition, asked_of, later

FORMATS = {"json": "application/json", "xml": "text/xml; charset=utf-8"}
LIVE, FROZEN = 3600, 86400
"""Seconds for which the answer may be kept: a frozen embed changes only where words are redacted."""


class Unknown(LookupError):
    """An address that has no embed here."""


def oembed(request: HttpRequest) -> HttpResponse:
    """`url` is the address of a page; an edition and a day in it freeze the embed. 404 where it has none."""
    wrong = [*_missing(request), *_wrong_size(request, "maxwidth"), *_wrong_size(request, "maxheight")]
    if wrong:
        return plain(400, wrong)
    form = request.GET.get("format") or "json"
    if form not in FORMATS:
        told = _("format: “%(value)s” is not made here. Expected one of: %(valid)s.")
        return plain(501, [told % {"value": form, "valid": ", ".join(FORMATS)}])
    try:
        answer = _answer(request, request.GET["url"])
    except (Unknown, Http404, Malformed, NoSuchEdition):
        return plain(404, [_("There is no embed for “%(url)s”.") % {"url": request.GET["url"]}])
    except Busy:
        return later(request)
    response = HttpResponse(_xml(answer) if form == "xml" else json.dumps(answer), content_type=FORMATS[form])
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _missing(request: HttpRequest) -> list[str]:
    return [] if request.GET.get("url") else [_("url: Expected the address of a page of this site.")]


def _wrong_size(request: HttpRequest, name: str) -> list[str]:
    value = request.GET.get(name, "")
    if not value or re.fullmatch(r"[1-9][0-9]{0,4}", value):
        return []
    return [_("%(name)s: “%(value)s” is no size. Expected a whole number of pixels.") % {"name": name, "value": value}]


def _answer(request: HttpRequest, url: str) -> dict[str, Any]:
    try:
        target = urlsplit(url)
        found = resolve(unquote(target.path))
    except (ValueError, Resolver404) as error:
        raise Unknown(url) from error
    ours = urlsplit(settings.SITE_URL).netloc.lower()
    if target.scheme not in ("http", "https") or target.netloc.lower() != ours or found.url_name not in EMBED_OF:
        raise Unknown(url)
    asked = request.asked if request.asked.past else asked_of(QueryDict(target.query))
    inner = copy.copy(request)
    inner.asked = asked
    page = EMBEDS_BY_PAGE[found.url_name]()
    page.setup(inner, **found.kwargs)
    most = int(request.GET.get("maxwidth") or WIDTH)
    width = min(most, WIDTH)
    if asked.past:
        with editions.reading(asked.moment):
            title, height = _fetched(page, width)
    else:
        title, height = _fetched(page, width)
    tallest = int(request.GET.get("maxheight") or height)
    address = _address(reverse(EMBED_OF[found.url_name], kwargs=found.kwargs), asked)
    frame = Frame(address, title, width, min(height, tallest))
    answer = {
        "version": "1.0",
        "type": "rich",
        "provider_name": SITE,
        "provider_url": f"{settings.SITE_URL}/",
        "title": title,
        "width": frame.width,
        "height": frame.height,
        "html": frame.html(),
        "cache_age": FROZEN if asked.by_edition else LIVE,
    }
    fits = int(request.GET.get("maxwidth") or SHARE_WIDTH) >= SHARE_WIDTH
    fits = fits and int(request.GET.get("maxheight") or SHARE_HEIGHT) >= SHARE_HEIGHT
    if found.url_name == "agreement" and fits:
        picture = _address(reverse("agreement-share", kwargs=found.kwargs), asked)
        answer |= {"thumbnail_url": picture, "thumbnail_width": SHARE_WIDTH, "thumbnail_height": SHARE_HEIGHT}
    return answer


def _fetched(page: Embed, width: int) -> tuple[str, int]:
    page.object = page.get_object(page.base_queryset())
    return page.size_at(width)


def _address(path: str, asked: Asked) -> str:
    address = f"{settings.SITE_URL}{path}"
    return f"{address}?{asked.carried}" if asked.past else address


def _xml(answer: dict[str, Any]) -> str:
    parts = "".join(f"<{name}>{escape(value)}</{name}>\n" for name, value in answer.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>\n{parts}</oembed>\n'
