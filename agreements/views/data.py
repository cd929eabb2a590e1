"""The record taken away as a whole: what there is to download, and the dictionary of its columns."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Min
from django.http import FileResponse, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from agreements import editions
from agreements.cite import SITE
from agreements.dataset import schema
from agreements.dataset.rows import MODELS
from agreements.dataset.schema import TABLES, Table
from agreements.exports import sqlite_file
from agreements.exports.dictionary import dictionary
from agreements.filters import (
    AgreementFilter,
    CountryFilter,
    EditionFilter,
    ListFilter,
    OfficialFilter,
    StatementFilter,
)
from agreements.models import Edition, Revision, StatusChange
from agreements.views import jsonld
from agreements.views.base import Crumb, no_such_edition, not_found
from agreements.views.citing import cite
from agreements.views.describing import Described
from agreements.views.jsonld import Node
from agreements.views.log import with_row_before
from agreements.vocabulary import ChangeKind

NAME = "third-country-tracker"
LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Part:
    """One table on the page of downloads, and the address of its file."""

    table: Table
    rows: int
    file: str


@dataclass(frozen=True)
class Listed:
    """One list of the site, which any part of it can be taken from."""

    name: str
    page: str
    rows: int

    @property
    def files(self) -> list[str]:
        """Its addresses as CSV, as a workbook, as a feed."""
        return [f"{self.page.rstrip('/')}{ending}" for ending in (".csv", ".xlsx", ".atom")]


@dataclass(frozen=True)
class Example:
    """A few lines that fetch data, in one language."""

    language: str
    code: str


LISTS: dict[str, tuple[Promise, type[ListFilter]]] = {
    "agreements": (gettext_lazy("Agreements"), AgreementFilter),
    "statements": (gettext_lazy("Statements"), StatementFilter),
    "officials": (gettext_lazy("Officials"), OfficialFilter),
    "countries": (gettext_lazy("Countries that are a party"), CountryFilter),
    "changes": (gettext_lazy("Edition log"), EditionFilter),
}
"""The lists of the site by the name of their address."""


def examples() -> list[Example]:
    """What a reader may copy; each names this site's own address."""
    return [
        Example(language, render_to_string(f"data/examples/{file}", {"site": settings.SITE_URL}).strip())
        for language, file in (("Python", "python.txt"), ("R", "r.txt"), (_("Spreadsheet"), "spreadsheet.txt"))
    ]


def downloads(number: int, parts: Iterable[Part] = ()) -> list[Node]:
    """What can be downloaded of an edition, for programs: the dataset whole, and those parts of it."""
    site = settings.SITE_URL
    package = f"{site}{reverse('edition-zip', args=[number])}"
    database = f"{site}{reverse('edition-sqlite', args=[number])}"
    return [
        jsonld.download(url=package, name=str(_("Data package (zip)")), form="application/zip"),
        jsonld.download(url=database, name=str(_("SQLite file")), form="application/vnd.sqlite3"),
        *(
            jsonld.download(
                url=f"{site}{part.file}", name=part.table.file, form="text/csv", description=part.table.description
            )
            for part in parts
        ),
    ]


class Data(Described, TemplateView):
    template_name = "data/index.html"
    name = gettext_lazy("Data")

    def main_entity(self, context):
        edition = context["edition"]
        if edition is None:
            return None
        since = StatusChange.objects.published().aggregate(first=Min("date"))["first"]
        return jsonld.dataset(
            site=settings.SITE_URL,
            edition=edition.number,
            made_at=edition.made_at,
            downloads=downloads(edition.number, context["parts"]),
            since=since,
        )

    def get_context_data(self, **kwargs):
        number = self.request.asked.number
        parts = [
            Part(
                table,
                MODELS[table.name].objects.published().count(),
                reverse("edition-file", args=[number, table.file]) if number else "",
            )
            for table in TABLES.values()
        ]
        newest = EditionFilter.records().order_by("-number")
        return super().get_context_data(**kwargs) | {
            "citations": cite(self.request, _("Data")),
            "edition": Edition.objects.filter(number=number).first(),
            "parts": parts,
            "rows": sum(part.rows for part in parts),
            "lists": [
                Listed(str(name), reverse(address), filters.records().count())
                for address, (name, filters) in LISTS.items()
            ],
            "editions": list(newest[:20]),
            "examples": examples(),
        }


class Dictionary(Described, TemplateView):
    template_name = "data/dictionary.html"
    name = gettext_lazy("Data dictionary")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "citations": cite(self.request, _("Data dictionary")),
            "sections": dictionary(),
            "crumbs": [Crumb(_("Data"), reverse("data"))],
        }


# --- Files of an edition --------------------------------------------------------------------------


def of_edition(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view its edition, or tells the reader that there is none of that number."""

    @wraps(view)
    def answer(request: HttpRequest, number: int, **kwargs: str) -> HttpResponse:
        edition = Edition.objects.filter(number=number).first()
        return view(request, edition, **kwargs) if edition else no_such_edition(request, number)

    return answer


def _named(request: HttpRequest, edition: Edition, ending: str) -> str:
    """The name of a file that is taken away: it tells the edition, and the day where one was asked for."""
    day = f"-as-of-{request.asked.as_of.isoformat()}" if request.asked.as_of else ""
    return f"{NAME}-edition-{edition.number}{day}{ending}"


@of_edition
def edition_zip(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The whole dataset of an edition, the same bytes whenever asked."""
    files = editions.package_of(edition.number, as_of=request.asked.as_of)
    packed = io.BytesIO()
    # Stored, not deflated: a compressor may write other bytes in its next version.
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        moment = edition.made_at.astimezone(dt.UTC)
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=(max(moment.year, 1980), *moment.timetuple()[1:6]))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    response = HttpResponse(packed.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{_named(request, edition, ".zip")}"'
    return response


@of_edition
def edition_file(request: HttpRequest, edition: Edition, name: str) -> HttpResponse:
    """One file of that dataset, just as it stands in the zip."""
    names = [schema.DESCRIPTOR_FILE, *(table.file for table in TABLES.values())]
    if name not in names:
        told = _("An edition has no file of that name. Expected one of: %(names)s.") % {"names": ", ".join(names)}
        return not_found(request, sentence=told)
    content = editions.file_of(edition.number, name, as_of=request.asked.as_of)
    kind = "application/json" if name == schema.DESCRIPTOR_FILE else "text/csv; charset=utf-8"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@of_edition
def edition_sqlite(request: HttpRequest, edition: Edition) -> FileResponse:
    """The same dataset as one SQLite file."""
    number, as_of = edition.number, request.asked.as_of
    made = edition.made_at.astimezone(dt.UTC)
    about = {
        "title": SITE,
        "edition": str(number),
        "made_at": made.isoformat(timespec="seconds"),
        "as_of": as_of.isoformat() if as_of else "",
        "address": f"{settings.SITE_URL}/data/?edition={number}",
        "licence": LICENCE,
        "citation": f"{SITE}, edition {number}, {made:%Y-%m-%d}, {settings.SITE_URL}/?edition={number}",
    }
    with tempfile.TemporaryDirectory(prefix="tracker-sqlite-") as folder:
        path = Path(folder) / "edition.sqlite3"
        sqlite_file.write(path, editions.dataset_of(number, as_of=as_of), about=about)
        # Once open, the file may lose its name: its content lasts until the answer is sent.
        opened = path.open("rb")
    return FileResponse(
        opened,
        as_attachment=True,
        filename=_named(request, edition, ".sqlite3"),
        content_type="application/vnd.sqlite3",
    )


@of_edition
def edition_changes(request: HttpRequest, edition: Edition) -> HttpResponse:
    """What an edition changed, one line a column that differs, removals included."""
    number = edition.number
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["edition", "table", "id", "change", "column", "before", "after", "reason"])
    for revision, field in _differences(number):
        writer.writerow([number, revision.table, revision.record, revision.kind, *field, revision.reason])
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="edition-{number}-changes.csv"'
    return response


def _differences(number: int) -> Iterator[tuple[Any, list[str]]]:
    for revision in with_row_before(Revision.objects.filter(edition=number).order_by("table", "record")):
        before = (revision.before if revision.kind != ChangeKind.ADDED else None) or {}
        after = revision.row or {}
        for column in TABLES[revision.table].column_names:
            if before.get(column, "") != after.get(column, ""):
                yield revision, [column, before.get(column, ""), after.get(column, "")]
