"""What the API says: the index, one page of a list, one record; or why it says nothing."""

from __future__ import annotations

from math import ceil
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.api.parameters import PER_PAGE, Paging
from agreements.api.tables import SERVED, Row, Served
from agreements.charts.scale import date_words
from agreements.cite import SITE
from agreements.dataset.schema import DESCRIPTOR
from agreements.filters import faults_of
from agreements.models.editions import withdrawal_of

VERSION = "1.0.0"
"""Of the interface: the first number changes when a program written for it would break."""
LICENCE = DESCRIPTOR["licenses"][0]


class Refused(Exception):
    """Why there is no answer: a status, sentences for people, and members for programs."""

    def __init__(self, status: int, sentences: list[str], **more: object) -> None:
        super().__init__(status, *sentences)
        self.status, self.sentences, self.more = status, sentences, more


def absolute(path: str, **query: object) -> str:
    """An address of this site as others reach it; what is empty is left out."""
    given = urlencode({name: value for name, value in query.items() if value}, doseq=True)
    return f"{settings.SITE_URL}{path}{f'?{given}' if given else ''}"


def carried_by(request: HttpRequest) -> dict[str, object]:
    """The edition and the day that addresses in an answer carry on."""
    asked = request.asked
    return {"edition": asked.number if asked.by_edition else "", "as_of": asked.as_of or ""}


def _state(request: HttpRequest) -> Row:
    return {"edition": request.asked.number or None, "as_of": request.asked.as_of}


def index_content(request: HttpRequest) -> Row:
    """Each table, how many records its list has, and its address."""
    carried = carried_by(request)
    return _state(request) | {
        "title": SITE,
        "version": VERSION,
        "licence": LICENCE["path"],
        "documentation": absolute(reverse("api-docs"), **carried),
        "openapi": absolute(reverse("api-openapi"), **carried),
        "tables": [
            {
                "name": served.name,
                "title": served.title,
                "description": served.description,
                "count": served.filters.records().count(),
                "address": absolute(reverse(f"api:{served.name}"), **carried),
            }
            for served in SERVED.values()
        ],
    }


def list_content(request: HttpRequest, served: Served, *, asked: QueryDict) -> Row:
    """One page of a table's list, as the parameters ask for it. Refused where one is not understood."""
    # The filters read the parameters as they do for a page, and say what they expect.
    filters = served.filters(asked, queryset=served.records(), day=request.asked.day)
    paging = Paging(asked)
    sound = [filters.is_valid(), paging.is_valid()]
    if not all(sound):
        raise Refused(400, faults_of(filters.form) + faults_of(paging))
    page, per_page = paging.asked
    pages = max(1, ceil(filters.total / per_page))
    if page > pages:
        raise Refused(
            404, [_("There is no page %(page)s. The last is page %(pages)s.") % {"page": page, "pages": pages}]
        )

    def address_of(number: int) -> str | None:
        if not 1 <= number <= pages:
            return None
        path, length = reverse(f"api:{served.name}"), per_page if per_page != PER_PAGE else ""
        return absolute(path, **filters.chosen, per_page=length, page=number, **carried_by(request))

    return _state(request) | {
        "count": filters.total,
        "page": page,
        "pages": pages,
        "per_page": per_page,
        "next": address_of(page + 1),
        "previous": address_of(page - 1),
        "results": [
            served.row(record, day=request.asked.day) for record in filters.qs[(page - 1) * per_page : page * per_page]
        ],
    }


def record_content(request: HttpRequest, served: Served, id: str) -> Row:
    """One record. Refused where it was withdrawn, with when and why, and where it never was public."""
    record = served.record(id)
    if record is None:
        raise _withdrawn(served, id) or _unknown(request, served, id)
    return as_record(request, served.row(record, day=request.asked.day))


def as_record(request: HttpRequest, row: Row) -> Row:
    """A row of a list as it stands alone."""
    return row | _state(request)


def _withdrawn(served: Served, id: str) -> Refused | None:
    # PostgreSQL cannot even be asked for a NUL.
    gone = withdrawal_of(served.table.name, id) if "\0" not in id else None
    if gone is None:
        return None
    day, number = gone.edition.made_at.date(), gone.edition_id
    earlier = absolute(reverse(f"api:{served.name}-record", args=[id]), edition=number - 1)
    sentences = [
        _("“%(id)s” was withdrawn on %(day)s, in edition %(number)s.")
        % {"id": id, "day": date_words(day), "number": number},
        _("Reason: %(reason)s") % {"reason": gone.reason} if gone.reason else "",
        _("Earlier editions show it as it stood: %(address)s") % {"address": earlier},
    ]
    return Refused(410, [*filter(None, sentences)], withdrawn_on=day.isoformat(), edition=number, reason=gone.reason)


def _unknown(request: HttpRequest, served: Served, id: str) -> Refused:
    named = {"id": id, "table": served.name}
    if day := request.asked.as_of:
        told = _("There is no “%(id)s” in %(table)s for %(day)s. It may have begun later, or never been published.")
        named["day"] = date_words(day)
    else:
        told = _("There is no “%(id)s” in %(table)s.")
    there = absolute(reverse(f"api:{served.name}"), **carried_by(request))
    return Refused(404, [told % named, _("What there is: %(address)s") % {"address": there}])
