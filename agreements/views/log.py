"""The edition log: what each act of publishing added, changed and withdrew, field by field."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from agreements.dataset.rows import MODELS, Row
from agreements.dataset.schema import TABLES
from agreements.filters import EditionFilter, faults
from agreements.models import Edition, Revision
from agreements.views.base import Crumb, FilteredList, Question, bad_request, no_such_edition
from agreements.views.citing import cite
from agreements.views.links import address_of_row, label_of_row
from agreements.vocabulary import ChangeKind

MOST_WORDS = 3000
"""Pieces of two texts, spaces counted, up to which the words that differ are marked."""


@dataclass(frozen=True)
class Piece:
    """Some words of a text: as they were, taken out, or put in."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Field:
    """One column of a change, before and after, with the words marked that differ."""

    name: str
    before: list[Piece]
    after: list[Piece]


@dataclass(frozen=True)
class Change:
    """What an edition did to one record."""

    revision: Revision
    label: str
    address: str
    fields: list[Field]
    pages: list[tuple[str, str]]

    @property
    def table(self) -> str:
        return str(MODELS[self.revision.table]._meta.verbose_name)


def marked(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, word by word: what only one of them has is marked."""
    old, new = (re.findall(r"\s+|[^\s;]+|;", text) for text in (before, after))
    was: list[Piece] = []
    now: list[Piece] = []
    if len(old) + len(new) > MOST_WORDS:
        # Comparing takes time by the square of the length: two long texts are shown whole.
        return [Piece(before, "del")], [Piece(after, "ins")]
    for kind, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            was.append(Piece("".join(old[a:b])))
            now.append(Piece("".join(new[c:d])))
            continue
        if b > a:
            was.append(Piece("".join(old[a:b]), "del"))
        if d > c:
            now.append(Piece("".join(new[c:d]), "ins"))
    return was, now


def fields_of(table: str, before: Row | None, after: Row | None) -> list[Field]:
    """The columns that differ, in the dataset's order; all that are not empty where the record is new or gone."""
    fields = []
    for column in TABLES[table].column_names:
        old, new = (before or {}).get(column, ""), (after or {}).get(column, "")
        if old == new:
            continue
        if before is None or after is None:
            fields.append(Field(column, [Piece(old)] if old else [], [Piece(new)] if new else []))
        else:
            fields.append(Field(column, *marked(old, new)))
    return fields


def pages_of(table: str, row: Row) -> list[tuple[str, str]]:
    """The pages on which a record stands itself, each with its address."""
    pages = [(label_of_row(table, row), address_of_row(table, row))]
    for column in TABLES[table].columns:
        if column.refers_to in ("agreements", "countries", "officials") and row[column.name]:
            ids = row[column.name].split(";") if column.is_list else [row[column.name]]
            pages += [(id, address_of_row(column.refers_to, {"id": id, "slug": id})) for id in ids]
    if table == "officials":
        pages.append((_("every statement of theirs"), f"{reverse('statements')}?official={row['id']}"))
    if table == "countries":
        pages.append((_("every agreement with it"), f"{reverse('agreements')}?country={row['id']}"))
    return [page for page in dict.fromkeys(pages) if page[1]]


def with_row_before(revisions):
    """Adds `before`, the row that the public knew until then (None where it knew none)."""
    earlier = Revision.objects.filter(
        table=OuterRef("table"), record=OuterRef("record"), edition__lt=OuterRef("edition")
    ).order_by("-edition")
    return revisions.annotate(before=Subquery(earlier.values("row")[:1]))


def change_of(revision: Revision) -> Change:
    row = revision.row or revision.before
    before = revision.before if revision.kind != ChangeKind.ADDED else None
    return Change(
        revision,
        label_of_row(revision.table, row),
        address_of_row(revision.table, row),
        fields_of(revision.table, before, revision.row),
        pages_of(revision.table, row),
    )


class EditionLog(FilteredList):
    model = Edition
    filterset_class = EditionFilter
    template_name = "changes/list.html"
    heading = gettext_lazy("Changes")
    lede = gettext_lazy(
        "Each act of publishing makes a numbered edition of the whole record. Every correction is here, with what "
        "stood before; any page can be seen as it stood at any edition."
    )

    questions = (
        Question(gettext_lazy("What became public?"), "kind=added"),
        Question(gettext_lazy("What was corrected?"), "kind=changed"),
        Question(gettext_lazy("What was withdrawn?"), "kind=withdrawn"),
    )


class EditionPage(ListView):
    template_name = "changes/detail.html"
    paginate_by = 100
    edition: Edition

    def get(self, request, *args, **kwargs):
        number = self.kwargs["number"]
        found = EditionFilter.records().filter(number=number).first()
        if found is None:
            return no_such_edition(request, number)
        self.edition = found
        self.filterset = EditionFilter(request.GET, queryset=Edition.objects.all())
        if not self.filterset.is_valid():
            return bad_request(request, faults(self.filterset))
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        return with_row_before(self.filterset.changes().filter(edition=self.edition).order_by("table", "record"))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        number = self.edition.number
        return context | {
            "edition": self.edition,
            "citations": cite(self.request, str(self.edition)),
            "changes": [change_of(revision) for revision in context["object_list"]],
            "page_query": self.filterset.query,
            "canonical_query": f"page={context['page_obj'].number}" if context["page_obj"].number > 1 else "",
            "narrowed": self.filterset.narrows,
            "earlier": number - 1 if number > 1 else None,
            "crumbs": [Crumb(_("Changes"), reverse("changes"))],
        }
