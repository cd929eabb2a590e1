"""Pages in a frame on another site's page: who may show one, under which address and in which size."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from agreements.charts import svg
from agreements.history import Path
from agreements.models import Record
from agreements.refusals import EMBEDS
from agreements.views.citing import edition_address

EMBED_OF = {"agreement": "embed-agreement", "statement": "embed-statement", "fact": "embed-fact"}
"""Pages that have an embed, by the names of their addresses; both take the same arguments."""
WIDTH = 640
"""Pixels of an embed, unless less is asked for."""


def framing(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: an embed may be framed by everybody and runs nothing; every other page stays as the settings say.

    The address alone decides, so that an answer from what is kept, a 304 and a refusal say the same.
    """
    embedded = csp_replace({"frame-ancestors": ["*"], "script-src": [NONE], "connect-src": [NONE]})(get_response)

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(EMBEDS):
            return get_response(request)
        response = embedded(request)
        del response["X-Frame-Options"]
        return response

    return answer


@dataclass(frozen=True)
class Frame:
    """An embed on another site's page: its whole address, what a screen reader calls it, its size in pixels."""

    address: str
    title: str
    width: int
    height: int

    def html(self, width: str = "") -> str:
        """The code that shows it, as text; `width` in place of the pixels, as in 100%."""
        return (
            f'<iframe src="{escape(self.address)}" title="{escape(self.title)}" width="{width or self.width}" '
            f'height="{self.height}" loading="lazy" style="border:0;max-width:100%"></iframe>'
        )


def chart_height(path: Path, title: str, width: int) -> int:
    """Pixels that the embed of an agreement takes down at a width, rather more than less; embed.css has the widths."""
    room = width - _SIDES
    if not path.segments:
        picture = 0.0
    elif width >= 560:
        picture = svg.status_path_height(path) * min(room, 760) / 620
    elif width >= 300:
        picture = svg.status_path_height(path) * min(room, 420) / 300
    else:
        picture = 40 * room / 168
    return _ends(title, room) + _lines(36, 15, room) * 23 + math.ceil(picture) + 30


def text_height(record: Record, title: str, width: int) -> int:
    """Pixels that the embed of a fact or a statement takes down at a width, rather more than less."""
    room = width - _SIDES
    said = sum(len(str(getattr(record, name, ""))) for name in ("quote", "summary", "note", "name", "court"))
    sources = (f"{each.source.title} {each.source.publisher}, 30 September 2025" for each in record.citations.all())
    below = _lines(80, 13, room) + sum(_lines(len(source), 13, room - 18) for source in sources)
    return _ends(title, room) + _lines(60, 15, room) * 23 + _lines(said, 16, room) * 25 + below * 20 + 30


_SIDES = 32
"""Pixels left free beside what is written."""


def _ends(title: str, room: int) -> int:
    """What stands above and below: the title, and where it is from and what became of it."""
    return 60 + _lines(len(title), 19, room) * 25 + (_lines(80, 13, room) + _lines(56, 13, room)) * 20


def _lines(letters: int, size: int, room: int) -> int:
    """How many lines so many letters take, in the widest of the fonts that a reader may have."""
    return math.ceil(letters * size * 0.6 / max(room, 40))


@dataclass(frozen=True)
class Copied:
    """Something to be copied: what it is, and its text."""

    label: str
    text: str


@dataclass(frozen=True)
class Offer:
    """What is said to those who would show a page elsewhere: what to copy, and where a program asks for the page."""

    copied: list[Copied]
    oembed: str
    title: str


def offer(request: HttpRequest, title: str, *, height: int, picture: str = "") -> Offer | None:
    """What the page offers to those who would show it elsewhere; nothing before the first edition, or in an embed.

    `picture` is the path of a picture of it that stands alone, if there is one.
    """
    found = request.resolver_match
    if request.asked.moment is None or found.url_name not in EMBED_OF:
        return None
    path = reverse(EMBED_OF[found.url_name], kwargs=found.kwargs)
    live = Frame(f"{settings.SITE_URL}{path}", title, WIDTH, height)
    frozen = Frame(edition_address(request, path), title, WIDTH, height)
    number = request.asked.number
    copied = [
        Copied(_("As it stands, kept up to date"), live.html(width="100%")),
        Copied(_("As it stood at edition %(number)s, for good") % {"number": number}, frozen.html(width="100%")),
        Copied(_("For editing systems (oEmbed)"), oembed_address(f"{settings.SITE_URL}{request.path}")),
    ]
    if picture:
        copied.append(Copied(_("The picture alone, as an SVG file"), edition_address(request, picture)))
    shown = edition_address(request, request.path) if request.asked.past else f"{settings.SITE_URL}{request.path}"
    return Offer(copied, oembed_address(shown), title)


def oembed_address(page: str) -> str:
    """Where a program that was given the address of a page asks for its embed."""
    return f"{settings.SITE_URL}{reverse('oembed')}?{urlencode({'url': page, 'format': 'json'})}"
