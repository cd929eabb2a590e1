"""What a page is about, in the words of schema.org, for programs that read pages: pure functions, no ORM.

Only what is so is said: an agreement is Legislation once a text was signed, and until then, or without a text, no more
than something intangible; its steps are events; what was said is a Quotation where the words are on record, else a
Claim. A node is a dictionary as JSON-LD has it. `site` is the address of the site without a slash at its end.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from agreements.cite import SITE
from agreements.history import Path
from agreements.vocabulary import Instrument, OfficialKind, Precision, SourceKind, SpeaksFor, Stance, Status

Node = dict[str, Any]

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_WRITTEN = frozenset({Instrument.TREATY, Instrument.AGREEMENT, Instrument.MEMORANDUM, Instrument.EXCHANGE_OF_NOTES})
"""Papers that are legal documents, enforceable or not."""
_SCRIPT_ENDS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def document(nodes: Iterable[Node]) -> SafeString:
    """The nodes as the content of a script element, which nothing in them can end."""
    graph = {"@context": "https://schema.org", "@graph": list(nodes)}
    text = json.dumps(graph, ensure_ascii=False, cls=DjangoJSONEncoder)
    return mark_safe(text.translate(_SCRIPT_ENDS))  # noqa: S308


def _filled(**values: Any) -> Node:
    """A node without what is empty; `type_` and `id_` stand for JSON-LD's own two keys."""
    named = {{"type_": "@type", "id_": "@id"}.get(key, key): value for key, value in values.items()}
    return {key: value for key, value in named.items() if value not in (None, "", [], {})}


def partial_date(day: dt.date | None, precision: str = Precision.DAY) -> str:
    """A date as exact as it is known, as ISO 8601 has it; empty where it is not known."""
    return day.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[precision]] if day else ""


# --- The site and its pages -----------------------------------------------------------------------


def publisher(site: str) -> Node:
    return {"@type": "Organization", "@id": f"{site}/#publisher", "name": SITE, "url": f"{site}/"}


def website(site: str) -> Node:
    """The site, and how it is searched."""
    return {
        "@type": "WebSite",
        "@id": f"{site}/#site",
        "name": SITE,
        "url": f"{site}/",
        "inLanguage": "en",
        "license": LICENCE,
        "publisher": publisher(site),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{site}/search/?q={{words}}"},
            "query-input": "required name=words",
        },
    }


def breadcrumbs(site: str, address: str, steps: Sequence[tuple[str, str]]) -> Node:
    """The way to a page: names and addresses from the top, the page last."""
    return {
        "@type": "BreadcrumbList",
        "@id": f"{address}#way",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": name,
                "item": {"@type": "WebPage", "@id": f"{site}{path}"},
            }
            for place, (name, path) in enumerate(steps, start=1)
        ],
    }


def page(
    kind: str,
    *,
    site: str,
    address: str,
    name: str,
    description: str = "",
    edition: int = 0,
    published: dt.datetime | None = None,
    modified: dt.datetime | None = None,
    main: Node | None = None,
    sources: Iterable[Node] = (),
    picture: str = "",
    way: bool = False,
) -> Node:
    """A page of the site: what it is called, which edition it shows, what it is about and what it rests on."""
    return _filled(
        type_=kind,
        id_=address,
        url=address,
        name=name,
        description=description,
        inLanguage="en",
        isPartOf={"@type": "WebSite", "@id": f"{site}/#site", "name": SITE, "url": f"{site}/"},
        publisher=publisher(site),
        license=LICENCE,
        version=edition or None,
        datePublished=published.isoformat(timespec="seconds") if published else "",
        dateModified=modified.isoformat(timespec="seconds") if modified else "",
        mainEntity=main,
        citation=list(sources),
        primaryImageOfPage={"@type": "ImageObject", "contentUrl": picture, "license": LICENCE} if picture else None,
        breadcrumb={"@type": "BreadcrumbList", "@id": f"{address}#way"} if way else None,
    )


# --- The record -----------------------------------------------------------------------------------


def country(record: Any, *, site: str) -> Node:
    """A party; the European Union and its like are areas with an administration, and no countries."""
    return {
        "@type": "AdministrativeArea" if record.pk == "EUE" else "Country",
        "@id": f"{site}{record.get_absolute_url()}#place",
        "name": record.name,
        "identifier": record.pk,
        "url": f"{site}{record.get_absolute_url()}",
    }


def official(record: Any, office: Any | None, *, site: str) -> Node:
    """Who spoke, with the office held then. The country served is no nationality, and is not said."""
    address = f"{site}{record.get_absolute_url()}"
    if record.kind == OfficialKind.PERSON:
        body = office.body if office else ""
        return _filled(
            type_="Person",
            id_=f"{address}#speaker",
            name=record.name,
            url=address,
            jobTitle=office.title if office else "",
            worksFor={"@type": "Organization", "name": body} if body else None,
        )
    kind = "GovernmentOrganization" if record.speaks_for == SpeaksFor.GOVERNMENT else "Organization"
    return {"@type": kind, "@id": f"{address}#speaker", "name": record.name, "url": address}


def source(record: Any, *, site: str) -> Node:
    """A document that the record rests on; `name` is its own title, and no description of ours."""
    address = f"{site}{record.get_absolute_url()}"
    titled = {"description" if record.title_is_description else "name": record.title}
    return _filled(
        type_="NewsArticle" if record.kind == SourceKind.NEWS else "CreativeWork",
        id_=f"{address}#document",
        **titled,
        url=record.url,
        archivedAt=record.archive_url,
        inLanguage=record.language,
        datePublished=partial_date(record.published),
        publisher={"@type": "Organization", "name": record.publisher},
    )


def agreement(record: Any, path: Path, *, site: str, addresses: dict[str, str]) -> Node:
    """An agreement with its steps; `addresses` are those of its status changes by id."""
    address = f"{site}{record.get_absolute_url()}"
    parties = [country(record.sender, site=site), country(record.receiver, site=site)]
    steps = [
        _filled(
            type_="Event",
            id_=f"{site}{addresses[change.pk]}#event",
            name=f"{Status(change.status).label}: {record.title}",
            description=change.note,
            startDate=partial_date(change.date, change.precision),
            url=f"{site}{addresses[change.pk]}",
        )
        for change in path.changes
    ]
    named = {"id_": f"{address}#agreement", "name": record.title, "url": address}
    signed = path.first(Status.SIGNED) or path.first(Status.IN_FORCE)
    if record.instrument not in _WRITTEN or signed is None:
        return _filled(type_="Intangible", **named, identifier=record.pk, subjectOf=steps)
    force = {Status.IN_FORCE: "InForce", Status.ENDED: "NotInForce"}.get(path.current, "")
    first_signed = path.first(Status.SIGNED)
    return _filled(
        type_="Legislation",
        **named,
        identifier=record.pk,
        legislationType=str(Instrument(record.instrument).label),
        legislationDate=partial_date(first_signed.date, first_signed.precision) if first_signed else "",
        legislationLegalForce=f"https://schema.org/{force}" if force else "",
        legislationJurisdiction=parties,
        subjectOf=steps,
    )


def named_agreement(record: Any, *, site: str) -> Node:
    """An agreement that another node is about: its name, and where all of it is."""
    address = f"{site}{record.get_absolute_url()}"
    return {"@type": "Thing", "@id": f"{address}#agreement", "name": record.title, "url": address}


def statement(record: Any, office: Any | None, *, about: Sequence[Any], sources: Sequence[Any], site: str) -> Node:
    """What was said: the words where they are on record, else what was claimed, in words of ours."""
    address = f"{site}{record.get_absolute_url()}"
    found = [source(each, site=site) for each in sources]
    said = {
        "id_": f"{address}#statement",
        "url": address,
        "abstract": record.summary,
        "dateCreated": partial_date(record.date, record.precision),
        "author": official(record.official, office, site=site),
        "about": [named_agreement(each, site=site) for each in about],
        "keywords": str(Stance(record.stance).label),
        "citation": found,
    }
    if record.quote:
        return _filled(type_="Quotation", **said, text=record.quote, inLanguage=record.language or "en")
    return _filled(type_="Claim", **said, appearance=found)


def event(
    name: str,
    *,
    address: str,
    told: str,
    started: str,
    ended: str = "",
    about: Sequence[Any],
    sources: Sequence[Any],
    site: str,
) -> Node:
    """A step, a transfer or a court case; its days are as exact as they are known, and empty where they are not."""
    return _filled(
        type_="Event",
        id_=f"{address}#event",
        name=name,
        description=told,
        startDate=started,
        endDate=ended,
        url=address,
        about=[named_agreement(each, site=site) for each in about],
        subjectOf=[source(each, site=site) for each in sources],
    )


def assessment(record: Any, *, address: str, sources: Sequence[Any], site: str) -> Node:
    """What a body found on human rights in a country."""
    return _filled(
        type_="Report",
        id_=f"{address}#report",
        name=record.title,
        abstract=record.summary,
        author={"@type": "Organization", "name": record.body},
        datePublished=partial_date(record.published),
        about=country(record.country, site=site),
        citation=[source(each, site=site) for each in sources],
    )


# --- The data -------------------------------------------------------------------------------------


def download(*, url: str, name: str, form: str, description: str = "") -> Node:
    return _filled(type_="DataDownload", contentUrl=url, name=name, encodingFormat=form, description=description)


def dataset(
    *, site: str, edition: int, made_at: dt.datetime, downloads: Sequence[Node], since: dt.date | None = None
) -> Node:
    """The dataset at an edition, with what can be downloaded of it; `since` is the day of the first fact."""
    return _filled(
        type_="Dataset",
        id_=f"{site}/data/#dataset",
        name=_("Third Country Tracker: agreements to send people to third countries"),
        description=_(
            "Every agreement, and every attempt at one, by which one state sends people who are not its nationals to a "
            "state that is not theirs: the steps of each negotiation, what officials said, head counts of transfers, "
            "payments, court proceedings and human rights findings, each with its sources."
        ),
        url=f"{site}/data/",
        license=LICENCE,
        creator=publisher(site),
        publisher=publisher(site),
        isAccessibleForFree=True,
        inLanguage="en",
        version=edition,
        dateModified=made_at.isoformat(timespec="seconds"),
        temporalCoverage=f"{since.isoformat()}/.." if since else "",
        keywords=[
            _("third-country removal"),
            _("safe third country"),
            _("offshore processing"),
            _("return hub"),
            _("deportation"),
            _("asylum"),
            _("migration agreements"),
        ],
        distribution=list(downloads),
    )
