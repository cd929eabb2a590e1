"""Which state of the record a request asks for, and what may be kept of its answer.

A public answer is a pure function of the edition, the address, the build and the UTC day. So one look-up tells whether
a reader's copy or the one kept here is still right; nothing is ever purged.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseNotModified,
    QueryDict,
)
from django.middleware.gzip import re_accepts_gzip
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements import editions
from agreements.editions import Busy, Moment, Overtaken
from agreements.refusals import EMBEDS, plain, refused
from agreements.views.lasting import Reading
from agreements.views.parameters import KNOWN

LIVE = "public, max-age=0, s-maxage=30, stale-while-revalidate=300, stale-if-error=86400"
"""For the record as it stands: a browser asks each time, a shared cache may answer for half a minute."""
PAST = "public, max-age=86400"
"""For past editions: a day and no more, since a redaction must reach them."""
KEPT_BYTES = 32 * 1024 * 1024
"""What each process keeps of whole pages, at most."""


@dataclass(frozen=True)
class Asked:
    """The state of the record that a page shows.

    `past` is set where an edition or a day was asked for; `moment` is None before the first edition. `later` is the
    newest edition where a past page tells whether what it shows was corrected since, None elsewhere.
    """

    moment: Moment | None
    past: bool
    by_edition: bool
    day: dt.date
    later: Moment | None = None

    @property
    def number(self) -> int:
        return self.moment.number if self.moment else 0

    @property
    def as_of(self) -> dt.date | None:
        return self.moment.as_of if self.moment else None

    @property
    def carried(self) -> str:
        """What links on the page carry on, as the end of an address."""
        values = {}
        if self.by_edition:
            values["edition"] = str(self.number)
        if self.as_of:
            values["as_of"] = self.as_of.isoformat()
        return urlencode(values)


class Malformed(ValueError):
    """A parameter that says no edition or day; its text says what was expected."""


class NoSuchEdition(LookupError):
    """An edition that was never made; its text names the newest."""


def asked_of(given: QueryDict, *, ahead: bool = False) -> Asked:
    """Reads `edition` and `as_of` from the parameters of an address, in one query where they name no past edition.

    `ahead`: a past page there tells what became of it since.
    """
    newest = editions.newest()
    number, day = given.get("edition", ""), given.get("as_of", "")
    as_of = _day(day) if day else None
    if not (number or as_of):
        return Asked(newest, past=False, by_edition=False, day=timezone.now().date())
    if number and not re.fullmatch(r"[1-9][0-9]{0,8}", number):
        raise Malformed(_("edition: “%(value)s” is no edition. Expected a whole number from 1 on.") % {"value": number})
    if newest is None:
        raise NoSuchEdition(_("There is no edition yet."))
    found = editions.moment(int(number) if number else newest.number, as_of=as_of)
    if found is None:
        raise NoSuchEdition(
            _("There is no edition %(number)s. The newest is edition %(newest)s.")
            % {"number": number, "newest": newest.number}
        )
    stands = found.made_at.astimezone(dt.UTC).date() if number else timezone.now().date()
    if as_of and as_of > stands:
        raise Malformed(
            _("as_of: “%(value)s” is yet to come, seen from there. Expected a day up to %(last)s.")
            % {"value": day, "last": stands.isoformat()}
        )
    if not number:
        # As known now: the day on which the page stands is the one asked for, however the editions lie.
        return Asked(found, past=True, by_edition=False, day=as_of)
    return Asked(found, past=True, by_edition=True, day=found.day, later=newest if ahead else None)


def _day(text: str) -> dt.date:
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Malformed(
            _("as_of: “%(value)s” is no day. Expected YYYY-MM-DD, such as 2025-09-01.") % {"value": text}
        ) from error


# --- What is kept ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """A whole answer as it was sent."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def answer(self) -> HttpResponse:
        response = HttpResponse(self.body, status=self.status)
        for name, value in self.headers:
            response[name] = value
        return response


class Pages:
    """The pages last asked for, up to a number of bytes; safe to share between threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.held = 0
        self._pages: OrderedDict[tuple, Page] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple) -> Page | None:
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def put(self, key: tuple, page: Page) -> None:
        if len(page.body) > self.most // 8:
            return
        with self._lock:
            self.held += len(page.body) - (len(self._pages[key].body) if key in self._pages else 0)
            self._pages[key] = page
            while self.held > self.most:
                _key, dropped = self._pages.popitem(last=False)
                self.held -= len(dropped.body)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self.held = 0


kept = Pages(KEPT_BYTES)


_MADE_OF = (
    ("agreements", "*.py"),
    ("agreements", "*.json"),
    ("tracker", "*.py"),
    ("templates", "*.html"),
    ("locale", "*.mo"),
)


@cache
def build() -> str:
    """Tells this version of the program from any other: a digest of all that pages are made of."""
    digest = hashlib.sha256()
    for folder, pattern in _MADE_OF:
        for path in sorted((settings.BASE_DIR / folder).rglob(pattern)):
            digest.update(path.read_bytes())
    for path in (settings.BASE_DIR / "requirements.txt", Path(settings.STATIC_ROOT) / "staticfiles.json"):
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()[:16]


def address_of(request: HttpRequest) -> str:
    """The address with the parameters that mean something, in the order given."""
    known = [(name, value) for name, values in request.GET.lists() if name in KNOWN for value in values]
    return f"{request.path}?{urlencode(known)}"


def now_address(request: HttpRequest) -> str:
    """The address of the same page as it stands now."""
    known = [
        (name, value)
        for name, values in request.GET.lists()
        if name in KNOWN - {"edition", "as_of", "page"}
        for value in values
    ]
    return f"{request.path}?{urlencode(known)}" if known else request.path


def tag_of(asked: Asked, address: str) -> str:
    """The ETag: of the edition, the address, the build and the day on which the page stands.

    Of the newest edition, too, where a past page tells what became of it since.
    """
    digest = asked.moment.digest if asked.moment else ""
    later = asked.later.digest if asked.later else ""
    told = [settings.SITE_URL, settings.CONTACT_EMAIL, settings.FEED_AUTHORITY]
    content = "\n".join([digest, later, address, build(), asked.day.isoformat(), asked.carried, *told])
    return f'W/"{hashlib.sha256(content.encode()).hexdigest()[:32]}"'


# --- The way of a request -------------------------------------------------------------------------

_LINK = re.compile(rb'(?<!data-now )\b(href|action|data-figure)="(/[^"]*)"')
_APART = ("/static/", "/healthz", "/readyz")
_STEADY = frozenset({".csv", ".xlsx"})
"""Endings of answers that may take long to make and to send, and that no act of publishing may overtake."""


class PublicPages:
    """Middleware: reads the edition asked for, answers from what is kept where that is still right."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.apart = (*_APART, f"/{settings.ADMIN_PATH}")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from agreements.views.base import bad_request, not_found

        if request.path.startswith(self.apart):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return _not_allowed(request)
        try:
            request.asked = asked = asked_of(request.GET, ahead=request.path.startswith(EMBEDS))
        except TooManyFieldsSent:
            return _too_many(request)
        except Malformed as wrong:
            return bad_request(request, [str(wrong)])
        except NoSuchEdition as wrong:
            return not_found(request, sentence=str(wrong))
        if asked.moment is None:
            return self._public(request)
        tag = tag_of(asked, address_of(request))
        if tag in [each.strip() for each in request.headers.get("If-None-Match", "").split(",")]:
            return self._with_headers(HttpResponseNotModified(), asked, tag)
        packed = bool(re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")))
        page = kept.get((tag, packed))
        if page is not None:
            return page.answer()
        return self._made(request, asked, tag, packed)

    def _made(self, request: HttpRequest, asked: Asked, tag: str, packed: bool) -> HttpResponse:
        steady = PurePosixPath(request.path).suffix in _STEADY
        try:
            if asked.past:
                reading = Reading(editions.reading(asked.moment))
            else:
                reading = Reading(editions.standing(asked.moment) if steady else nullcontext())
        except Busy:
            return later(request)
        except Overtaken:
            return self(request)
        told_of = asked.later or (None if asked.past or steady else asked.moment)
        with reading:
            response = reading.run(self._public, request)
            if told_of and editions.newest() != told_of:
                # The next edition was made meanwhile: the page may show some of it under the number of the last.
                if response.streaming:
                    response.close()
                return self(request)
            if response.streaming and request.method == "HEAD":
                response.streaming_content = ()
            elif response.streaming and not isinstance(response, FileResponse):
                reading.last_as_long_as(response)
        if response.status_code not in (200, 301, 410):
            return response
        response = self._with_headers(response, asked, tag)
        if response.status_code == 200 and not response.streaming:
            headers = tuple((name, value) for name, value in response.items())
            kept.put((tag, packed), Page(response.status_code, headers, response.content))
        return response

    def _public(self, request: HttpRequest) -> HttpResponse:
        """The answer, without a word on cookies: a reader's broken cookie would otherwise be answered by another."""
        response = self.get_response(request)
        response.cookies.clear()
        response["Vary"] = "Accept-Encoding"
        return response

    @staticmethod
    def _with_headers(response: HttpResponse, asked: Asked, tag: str) -> HttpResponse:
        response["ETag"] = tag
        response["Cache-Control"] = PAST if asked.by_edition and not asked.later else LIVE
        response["Vary"] = "Accept-Encoding"
        return response


class CarryOn:
    """Middleware: on a past page, every link of ours leads on to the same state of the record.

    Views and templates write the addresses that they always write. A link marked `data-now` leads to the present.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        asked = getattr(request, "asked", None)
        if asked is None or not asked.past:
            return response
        location = response.get("Location", "")
        if location.startswith("/") and not {"edition", "as_of"} & parse_qs(urlsplit(location).query).keys():
            response["Location"] = carried(location, asked.carried)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            more = asked.carried.replace("&", "&amp;")
            response.content = _LINK.sub(lambda found: _carried_link(found, more), response.content)
            if "Content-Length" in response:
                response["Content-Length"] = str(len(response.content))
        return response


def carried(address: str, more: str) -> str:
    """An address with something more after its question mark, before its fragment."""
    path, mark, fragment = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{more}{mark}{fragment}"


def _carried_link(found: re.Match[bytes], more: str) -> bytes:
    name, address = found[1].decode(), found[2].decode()
    if address.startswith(("/static/", f"/{settings.ADMIN_PATH}")) or "edition=" in address:
        return found[0]
    path, mark, fragment = address.partition("#")
    return f'{name}="{path}{"&amp;" if "?" in path else "?"}{more}{mark}{fragment}"'.encode()


def _not_allowed(request: HttpRequest) -> HttpResponse:
    allowed = ["GET", "HEAD"]
    sentence = _("This address can be read, and nothing else. Expected GET or HEAD.")
    response = refused(request, 405, [sentence]) or HttpResponseNotAllowed(allowed)
    response["Allow"] = ", ".join(allowed)
    return response


def _too_many(request: HttpRequest) -> HttpResponse:
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    told = [_("This address has too many parameters. Expected fewer than %(most)s.") % {"most": most}]
    return refused(request, 400, told) or plain(400, told)


def later(request: HttpRequest) -> HttpResponse:
    told = [_("This edition is being made ready. Please ask again in a few seconds.")]
    response = refused(request, 503, told) or plain(503, told)
    response["Retry-After"] = "5"
    response["Cache-Control"] = "no-store"
    return response
