"""Lists and agreements as files: filtered and sorted as on the page, with every row, for spreadsheets and programs."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from agreements.cite import SITE, Cited, citations
from agreements.dataset.schema import TABLES
from agreements.exports import csv_file, workbook
from agreements.exports.rows import rows_of
from agreements.exports.tables import EXPORTS, Values
from agreements.exports.workbook import About, DoesNotFit, Sheet
from agreements.filters import ListFilter, OfficialFilter, faults
from agreements.models import (
    Agreement,
    Assessment,
    Payment,
    Position,
    Proceeding,
    Source,
    Statement,
    StatusChange,
    Transfer,
)
from agreements.views.agreements import AgreementList
from agreements.views.base import FilteredList, RecordPage, bad_request, today
from agreements.views.countries import CountryList
from agreements.views.data import LICENCE, NAME
from agreements.views.log import EditionLog
from agreements.views.officials import OfficialList
from agreements.views.statements import StatementList
from agreements.vocabulary import State

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

LISTS: dict[str, tuple[type[FilteredList], str]] = {
    "agreements": (AgreementList, "agreements"),
    "statements": (StatementList, "statements"),
    "officials": (OfficialList, "officials"),
    "countries": (CountryList, "countries"),
    "changes": (EditionLog, "editions"),
}
"""By the name of their address, the lists that can be taken away: the page, and the table that its rows are of."""


class ListFile(View):
    """A list as a file: the rows of all its pages, in their order. What differs is how they are written."""

    name = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not self.filterset.is_valid():
            return bad_request(request, faults(self.filterset))
        return self.written()

    def written(self) -> HttpResponse:
        raise NotImplementedError

    @property
    def page(self) -> type[FilteredList]:
        return LISTS[self.name][0]

    @cached_property
    def table(self) -> Any:
        return EXPORTS[LISTS[self.name][1]]

    @cached_property
    def filterset(self) -> ListFilter:
        records = self.page(request=self.request).base_queryset()
        return self.page.filterset_class(self.request.GET, queryset=records, day=today(self.request))

    def rows(self) -> Iterator[Values]:
        return rows_of(self.table, self.filterset.qs, day=today(self.request))


class ListCsv(ListFile):
    """As CSV, sent while it is read."""

    def written(self) -> HttpResponse:
        name = file_name(self.request, self.name, ".csv")
        pieces = csv_file.pieces(self.table.columns, self.rows())
        if self.request.META.get("SERVER_PROTOCOL") == "HTTP/1.0":
            # It tells the end of a body by hanging up: half a file would look whole unless its length is told before.
            return _by_way_of_disk(name, CSV, lambda path: _join(pieces, path))
        response = StreamingHttpResponse(pieces, content_type=CSV)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class ListWorkbook(ListFile):
    """As an Excel workbook, made whole before it is sent."""

    def written(self) -> HttpResponse:
        in_csv = _("Expected a filter that leaves less, or the CSV file at %(address)s.") % {
            "address": _address(self.request, f"/{self.name}.csv", self.filterset.query)
        }
        total = self.filterset.total
        if total > workbook.MOST_ROWS:
            told = _("This list has %(n)s rows, and a sheet of Excel holds %(most)s.")
            return bad_request(
                self.request, [f"{told % {'n': f'{total:,}', 'most': f'{workbook.MOST_ROWS:,}'}} {in_csv}"]
            )
        heading, phrases = str(self.page.heading), ", ".join(self.filterset.phrases())
        title = f"{heading}: {phrases}" if phrases else heading
        sort = self.filterset.filters["sort"]
        [order] = self.filterset.chosen.get("sort", [sort.usual])
        about = _about(
            self.request,
            title,
            [
                (_("What it is"), str(self.page.lede)),
                (_("Filter"), phrases or _("None: every row of the list")),
                (_("Order"), str(sort.orders[order][0])),
                (_("Rows"), f"{total:,}"),
            ],
            _address(self.request, reverse(self.name), self.filterset.query),
        )
        sheet = Sheet(self.name, str(self.page.lede), self.table.columns, self.rows())
        try:
            return _workbook(file_name(self.request, self.name, ".xlsx"), about, [sheet])
        except DoesNotFit as wrong:
            return bad_request(self.request, [f"{wrong} {in_csv}"])


class AgreementWorkbook(RecordPage):
    """One negotiation with all that is on record about it, a sheet a table."""

    model = Agreement

    def answer(self) -> HttpResponse:
        agreement, request = self.object, self.request
        told = [(_("What it is"), _("Everything on record about one negotiation, with its sources."))]
        about = _about(request, agreement.title, told, _address(request, agreement.get_absolute_url()))
        sheets = [
            Sheet(name, TABLES[name].description, EXPORTS[name].columns, rows)
            for name, records in _about_agreement(agreement).items()
            for rows in [rows_of(EXPORTS[name], records, day=today(request))]
        ]
        try:
            return _workbook(file_name(request, agreement.pk, ".xlsx"), about, sheets)
        except DoesNotFit as wrong:
            page = _address(request, agreement.get_absolute_url())
            return bad_request(request, [f"{wrong} {_('Expected its page, %(address)s.') % {'address': page}}"])


def _about_agreement(agreement: Agreement) -> dict[str, QuerySet]:
    """By table, what is on record about an agreement, in the order of its page; at the end the sources of all of it."""
    statements = Statement.objects.published().filter(agreements=agreement, official__state=State.PUBLISHED)
    officials = OfficialFilter.records().filter(pk__in=statements.values("official"))
    cited = {
        "agreements": Agreement.objects.published().filter(pk=agreement.pk),
        "status_changes": StatusChange.objects.published().filter(agreement=agreement).order_by("step"),
        "statements": statements.in_date_order(),
        "transfers": Transfer.objects.published().filter(agreement=agreement).in_date_order(),
        "payments": Payment.objects.published().filter(agreement=agreement).in_date_order(),
        "proceedings": Proceeding.objects.published()
        .filter(agreements=agreement)
        .order_by(F("filed").asc(nulls_last=True), "pk"),
        "assessments": Assessment.objects.published()
        .filter(country=agreement.receiver_id)
        .order_by(F("published").desc(nulls_last=True), "pk"),
    }
    rests_on = Q()
    for records in cited.values():
        citations_of = records.model._meta.get_field("citations").related_model.objects
        rests_on |= Q(pk__in=citations_of.filter(record__in=records.order_by().values("pk")).values("source"))
    return cited | {
        "officials": officials.order_by("pk"),
        "positions": Position.objects.published().filter(official__in=statements.values("official")).order_by("pk"),
        "sources": Source.objects.published().filter(rests_on).order_by("pk"),
    }


def file_name(request: HttpRequest, what: str, ending: str) -> str:
    """The name of a file that is taken away: it tells what, the edition, and the day where one was asked for."""
    day = f"-as-of-{request.asked.as_of.isoformat()}" if request.asked.as_of else ""
    return f"{NAME}-{what}-edition-{request.asked.number}{day}{ending}"


def _address(request: HttpRequest, path: str, query: str = "") -> str:
    """The address of a page or file at the edition shown, to be given to others."""
    state = {"edition": request.asked.number} if request.asked.moment else {}
    if request.asked.as_of:
        state["as_of"] = request.asked.as_of.isoformat()
    parameters = "&".join(part for part in (query, urlencode(state)) if part)
    return f"{settings.SITE_URL}{path}?{parameters}" if parameters else f"{settings.SITE_URL}{path}"


def _about(request: HttpRequest, title: str, told: Sequence[tuple[str, str]], address: str) -> About:
    """What the first sheet of a workbook says."""
    asked = request.asked
    if asked.moment is None:
        return About(title, dt.datetime.combine(asked.day, dt.time(), dt.UTC), [*told, (_("Licence"), LICENCE)])
    made = asked.moment.made_at.astimezone(dt.UTC)
    [cited, *_others] = citations(Cited(title, address, asked.number, made.date(), asked.day))
    edition = _("%(number)s, made on %(day)s at %(time)s UTC") % {
        "number": asked.number,
        "day": made.date().isoformat(),
        "time": f"{made:%H:%M:%S}",
    }
    as_of = [(_("As of"), _("%(day)s: what was true then") % {"day": asked.as_of.isoformat()})] if asked.as_of else []
    return About(
        f"{SITE}: {title}",
        made,
        [
            *told,
            (_("Edition"), edition),
            *as_of,
            (_("Address"), address),
            (_("Licence"), LICENCE),
            (_("Cite as"), cited.text),
            (
                _("Dates"),
                _("Where the precision beside a date is month or year, the date is the first day of the period."),
            ),
            (
                _("Columns"),
                _("Below; their words at %(address)s") % {"address": _address(request, reverse("dictionary"))},
            ),
        ],
    )


def _workbook(name: str, about: About, sheets: Iterable[Sheet]) -> FileResponse:
    return _by_way_of_disk(name, XLSX, lambda path: workbook.write(path, about, sheets))


def _by_way_of_disk(name: str, kind: str, write: Callable[[Path], None]) -> FileResponse:
    """A file that is made whole before any of it is sent."""
    with tempfile.TemporaryDirectory(prefix="tracker-file-") as folder:
        path = Path(folder) / name
        write(path)
        # Once open, the file may lose its name: its content lasts until the answer is sent.
        opened = path.open("rb")
    return FileResponse(opened, as_attachment=True, filename=name, content_type=kind)


def _join(pieces: Iterable[bytes], path: Path) -> None:
    with path.open("wb") as file:
        file.writelines(pieces)
