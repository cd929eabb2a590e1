"""What every feed shares: its parameters, its pages, its address, and how its items are written."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from agreements.cite import SITE
from agreements.dataset.rows import TABLE_OF
from agreements.exports.atom import MEDIA_TYPE, Entry, Feed, Link, permanent_id, written
from agreements.filters import ListFilter, faults
from agreements.models import Agreement, Record, Revision, RevisionSubject, Source
from agreements.views.base import bad_request, not_found
from agreements.views.moments import Asked, carried

_LINK = re.compile(r'\bhref="(/[^"]*)"')
_PAGE = re.compile(r"[1-9][0-9]{0,6}")
BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""When what is empty was made, before there is an edition."""


def absolute(address: str, asked: Asked) -> str:
    """An address of ours as it is read elsewhere; it leads on to the state of the record that was asked for."""
    if asked.past and "edition=" not in address:
        address = carried(address, asked.carried)
    return f"{settings.SITE_URL}{address}"


def with_absolute_links(content: str, asked: Asked) -> str:
    """HTML whose links, written as on a page, lead somewhere from wherever it is read."""
    return _LINK.sub(
        lambda found: f'href="{html.escape(absolute(html.unescape(found[1]), asked))}"',
        content,
    )


def with_query(address: str, query: str) -> str:
    """An address with parameters at its end, where there are any."""
    return carried(address, query) if query else address


def id_of(place: str) -> str:
    """The permanent id of what has a place here, such as statements/some-id."""
    return permanent_id(settings.FEED_AUTHORITY, place)


def source_links(sources: Iterable[Source]) -> tuple[Link, ...]:
    """The primary sources of an item; the archived copy where there is no other address."""
    found = {each.url or each.archive_url: str(each) for each in sources}
    return tuple(Link("via", address, title) for address, title in found.items() if address)


def sources_of(record: Record) -> list[Source]:
    """The sources of a record whose citations were fetched."""
    return [citation.source for citation in record.citations.all()]


def parties(agreement: Agreement) -> str:
    """Between whom an agreement is, in a few words."""
    return _("%(sender)s to %(receiver)s") % {"sender": agreement.sender.name, "receiver": agreement.receiver.name}


@dataclass(frozen=True)
class Times:
    """When a record became public, and when the public last saw it change."""

    published: dt.datetime
    updated: dt.datetime


def times_of(records: Iterable[Record]) -> dict[str, Times]:
    """By id, for records of one table, in one query: of their own rows alone."""
    keys = {each.pk: each for each in records}
    table = TABLE_OF[type(next(iter(keys.values())))] if keys else ""
    known = Revision.objects.filter(table=table, record__in=list(keys)).order_by().values_list("record")
    return _times(keys, known, "edition__made_at")


def times_about(records: Iterable[Record], kind: str) -> dict[str, Times]:
    """By id, in one query: of whatever is about the records, such as a step of an agreement."""
    keys = {f"{kind}:{each.pk}": each for each in records}
    known = RevisionSubject.objects.filter(subject__in=list(keys)).order_by().values_list("subject")
    return _times(keys, known, "revision__edition__made_at")


def _times(keys: dict[str, Record], known: QuerySet, made_at: str) -> dict[str, Times]:
    found = {key: Times(first, last) for key, first, last in known.annotate(first=Min(made_at), last=Max(made_at))}
    return {
        record.pk: found.get(key) or Times(record.published_at, record.published_at) for key, record in keys.items()
    }


class AtomFeed(View):
    """A feed at one address. A subclass says what it is about and gives its entries, from a place to another."""

    most = 100
    """Entries on a page."""
    title: Any = ""
    subtitle: Any = ""
    filterset_class: type[ListFilter]

    def entries(self, start: int, stop: int) -> list[Entry]:
        """Those from one place of the feed to another, in order; fewer where it ends."""
        raise NotImplementedError

    def page_address(self) -> str:
        """The address of the page that shows the same, or what comes nearest to it."""
        raise NotImplementedError

    def refusal(self) -> HttpResponse | None:
        """Why there is no such feed; None where there is one."""
        return None

    @cached_property
    def filterset(self) -> ListFilter:
        """What the address narrows the feed to."""
        day = self.request.asked.day
        return self.filterset_class(self.request.GET, queryset=self.filterset_class.records(), day=day)

    @property
    def query(self) -> str:
        """The parameters that this feed knows, as the end of its address, without the page."""
        return self.filterset.query

    def heading(self) -> str:
        phrases = ", ".join(self.filterset.phrases())
        return f"{self.title}: {phrases}" if phrases else str(self.title)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refusal = self.refusal()
        if refusal is not None:
            return refusal
        if not self.filterset.is_valid():
            return bad_request(request, faults(self.filterset))
        asked_for = request.GET.get("page") or "1"
        if not _PAGE.fullmatch(asked_for):
            return self._no_such_page(asked_for)
        number = int(asked_for)
        start = (number - 1) * self.most
        found = self.entries(start, start + self.most + 1)
        if not found and number > 1:
            return self._no_such_page(asked_for)
        shown, more = found[: self.most], len(found) > self.most
        return HttpResponse(written(self._feed(number, shown, more=more)), content_type=f"{MEDIA_TYPE}; charset=utf-8")

    def _no_such_page(self, number: str) -> HttpResponse:
        return not_found(self.request, sentence=_("This feed has no page %(number)s.") % {"number": number})

    def _feed(self, number: int, entries: list[Entry], *, more: bool) -> Feed:
        moment = self.request.asked.moment
        pages = {"first": 1 if number > 1 or more else None, "previous": number - 1 or None}
        pages["next"] = number + 1 if more else None
        links = tuple(Link(rel, self.address(to), type=MEDIA_TYPE) for rel, to in pages.items() if to)
        # An empty feed never changed: it stands as of the edition shown, and before the first, at the very beginning.
        updated = max((entry.updated for entry in entries), default=moment.made_at if moment else BEGINNING)
        return Feed(
            id=id_of(self.place()),
            title=f"{SITE}: {self.heading()}",
            subtitle=str(self.subtitle),
            address=self.address(number),
            page=absolute(self.page_address(), self.request.asked),
            updated=updated,
            author=SITE,
            author_email=settings.CONTACT_EMAIL,
            author_address=f"{settings.SITE_URL}/",
            rights=_("CC BY 4.0. Quotations and titles remain with their authors."),
            links=links,
            entries=tuple(entries),
        )

    def place(self) -> str:
        """What names the feed for ever: its path and what narrows it, in one order."""
        narrowed = sorted(
            (name, value) for name, values in self.filterset.chosen.items() if name != "sort" for value in values
        )
        return with_query(self.request.path.strip("/").removesuffix(".atom"), urlencode(narrowed))

    def address(self, number: int) -> str:
        """The full address of one page of the feed."""
        page = f"page={number}" if number > 1 else ""
        return absolute(with_query(with_query(self.request.path, self.query), page), self.request.asked)

    def content(self, template: str, context: dict[str, Any]) -> str:
        """An item in HTML, readable anywhere."""
        return with_absolute_links(render_to_string(f"feeds/{template}.html", context).strip(), self.request.asked)
