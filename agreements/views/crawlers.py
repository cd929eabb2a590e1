"""For programs that go through the whole site: which addresses there are, since when each is as it is, what to leave.

Addresses are those of SITE_URL, whatever name the request called.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape

from agreements.models import Agreement, Country, Official, Revision, RevisionSubject, Source, Statement
from agreements.vocabulary import State

PART = 5_000
"""Addresses in one part of the site map: the protocol allows 50,000, but a part is made in one go."""
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

ROBOTS = """\
# Every record has one address, and the site map has them all. What is closed is the same again: filters combined,
# searches, comparisons, whole files. A page of a past edition may be read; it asks to be followed no further.
User-agent: *
Disallow: /*?*&
Disallow: /*?sort=
Disallow: /search/
Disallow: /compare/?
Disallow: /oembed
Disallow: /api/
Allow: /api/v1/docs
Disallow: /data/editions/
Disallow: /*.csv
Disallow: /*.xlsx

Sitemap: {site}/sitemap.xml
"""


def robots(request: HttpRequest) -> HttpResponse:
    """What a crawler may leave. The editors' desk is not named: its path may be a secret."""
    return HttpResponse(ROBOTS.format(site=settings.SITE_URL), content_type="text/plain; charset=utf-8")


@dataclass(frozen=True)
class Section:
    """One kind of page: its published records, the name of its address, what of a record the address holds.

    `changed` finds the moment at which the public last saw something of a record change.
    """

    records: Callable[[], QuerySet]
    address: str
    changed: Subquery
    key: str = "pk"

    @property
    def parts(self) -> int:
        return max(-(-self.records().count() // PART), 1)

    def part(self, number: int) -> Iterator[tuple[str, dt.datetime | None]]:
        """The addresses of one part, counted from 1, each with its moment."""
        found = self.records().order_by("pk").annotate(changed=self.changed).values_list(self.key, "changed")
        for key, changed in found[(number - 1) * PART : number * PART]:
            yield reverse(self.address, args=[key]), changed


def _last_about(kind: str) -> Subquery:
    """When something about an agreement, a country or an official changed last. Later editions have later revisions."""
    about = RevisionSubject.objects.filter(subject=Concat(Value(f"{kind}:"), OuterRef("pk")))
    return Subquery(about.order_by("-revision").values("revision__edition__made_at")[:1])


def _last_of(table: str) -> Subquery:
    """When a record itself changed last."""
    own = Revision.objects.filter(table=table, record=OuterRef("pk"))
    return Subquery(own.order_by("-edition").values("edition__made_at")[:1])


def _parties() -> QuerySet:
    party = Q(pk__in=Agreement.objects.published().values("sender"))
    party |= Q(pk__in=Agreement.objects.published().values("receiver"))
    return Country.objects.published().filter(party)


SECTIONS = {
    "agreements": Section(Agreement.objects.published, "agreement", _last_about("agreement")),
    "countries": Section(_parties, "country", _last_about("country"), key="slug"),
    "officials": Section(Official.objects.published, "official", _last_about("official")),
    "statements": Section(
        lambda: Statement.objects.published().filter(official__state=State.PUBLISHED),
        "statement",
        _last_of("statements"),
    ),
    "sources": Section(Source.objects.published, "source", _last_of("sources")),
}
PAGES = (
    "home",
    "agreements",
    "countries",
    "officials",
    "statements",
    "changes",
    "not-known",
    "data",
    "dictionary",
    "feeds",
)
STILL = ("methodology", "about", "api-docs")
"""Pages that change with the record, and pages that change with the program."""


def sitemap(request: HttpRequest) -> HttpResponse:
    """The parts of the site map."""
    parts = [("pages", 1), *((name, n) for name, each in SECTIONS.items() for n in range(1, each.parts + 1))]
    listed = (reverse("sitemap-part", args=[name, number]) for name, number in parts)
    return _xml("sitemapindex", "sitemap", ((address, None) for address in listed))


def sitemap_part(request: HttpRequest, section: str, number: int) -> HttpResponse:
    """Some addresses of one kind; 404 where there is no such part."""
    if section == "pages" and number == 1:
        made_at = request.asked.moment.made_at if request.asked.moment else None
        found = [*((reverse(name), made_at) for name in PAGES), *((reverse(name), None) for name in STILL)]
        return _xml("urlset", "url", found)
    if section not in SECTIONS or number > SECTIONS[section].parts:
        raise Http404
    return _xml("urlset", "url", SECTIONS[section].part(number))


def _xml(whole: str, each: str, found: Iterable[tuple[str, dt.datetime | None]]) -> HttpResponse:
    """The addresses as the protocol of site maps has them."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{whole} xmlns="{_SPACE}">']
    for path, changed in found:
        last = f"<lastmod>{changed.astimezone(dt.UTC).isoformat(timespec='seconds')}</lastmod>" if changed else ""
        lines.append(f"<{each}><loc>{escape(settings.SITE_URL + path)}</loc>{last}</{each}>")
    return HttpResponse("\n".join([*lines, f"</{whole}>", ""]), content_type="application/xml; charset=utf-8")
