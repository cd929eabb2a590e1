"""What the public pages share: today, lists that filter themselves from the address, records that may be withdrawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from agreements.charts.scale import date_words
from agreements.dataset.rows import TABLE_OF, Row
from agreements.filters import ListFilter, faults
from agreements.models import Record, Revision
from agreements.views.citing import cite, primary_of
from agreements.views.links import label_of_row
from agreements.vocabulary import ChangeKind


def today(request: HttpRequest) -> dt.date:
    """The day on which the page stands: the current day in UTC, or that of the edition asked for."""
    return request.asked.day


def withdrawal_of(table: str, id: str) -> Revision | None:
    """The revision by which a record was withdrawn; None where it is public or never was."""
    last = Revision.objects.filter(table=table, record=id).select_related("edition").order_by("-edition").first()
    return last if last is not None and last.kind == ChangeKind.WITHDRAWN else None


def last_row_of(gone: Revision) -> Row:
    """What the public last knew of a withdrawn record."""
    earlier = Revision.objects.filter(table=gone.table, record=gone.record, edition__lt=gone.edition_id)
    return earlier.order_by("-edition").first().row


@dataclass(frozen=True)
class RecordDates:
    """When a record became public, and when the public last saw it change: two editions."""

    added: Revision
    changed: Revision


def record_dates(record: Record) -> RecordDates | None:
    """In one query, however often the record was changed."""
    own = Revision.objects.filter(table=TABLE_OF[type(record)], record=record.pk)
    ends = [own.order_by("edition").values("pk")[:1], own.order_by("-edition").values("pk")[:1]]
    found = list(own.filter(Q(pk__in=ends[0]) | Q(pk__in=ends[1])).select_related("edition").order_by("edition"))
    return RecordDates(found[0], found[-1]) if found else None


def log_address(record: Record) -> str:
    """The edition log of what is about the record; empty where the log has no such filter."""
    names = {"agreements": "agreement", "countries": "country", "officials": "official"}
    name = names.get(TABLE_OF[type(record)])
    return f"{reverse('changes')}?{name}={record.pk}" if name else ""


@dataclass(frozen=True)
class Crumb:
    label: str
    address: str = ""


@dataclass(frozen=True)
class Choice:
    """One choice of a filter, as the form shows it."""

    value: str
    label: str
    chosen: bool
    count: int | None = None
    """How many entries the list would have with it; None where that is not counted."""


@dataclass(frozen=True)
class Question:
    """A question that one address of a list answers."""

    words: Any
    query: str


@dataclass(frozen=True)
class Group:
    """One filter of a list, as the form shows it."""

    name: str
    label: str
    choices: list[Choice] = field(default_factory=list)
    text: str = ""
    help: str = ""

    @property
    def chosen(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.chosen]


@dataclass(frozen=True)
class Chip:
    """One value that narrows the list, and the address of the list without it."""

    label: str
    value: str
    without: str


class FilteredList(ListView):
    """A public list: filtered, sorted and paged by its address alone."""

    filterset_class: ClassVar[type[ListFilter]]
    paginate_by = 50
    heading: ClassVar[Any]
    lede: ClassVar[Any] = ""
    questions: ClassVar[tuple[Question, ...]] = ()
    filterset: ListFilter

    def dispatch(self, request, *args, **kwargs):
        self.filterset = self.filterset_class(request.GET, queryset=self.base_queryset(), day=today(request))
        if not self.filterset.is_valid():
            return bad_request(request, faults(self.filterset))
        return super().dispatch(request, *args, **kwargs)

    def base_queryset(self):
        return self.model.objects.published()

    def get_queryset(self):
        return self.filterset.qs

    def rows(self, records: list) -> list:
        """What the template shows a row, from the records of one page."""
        return records

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        groups = list(self._groups())
        return context | {
            "heading": self.heading,
            "citations": cite(self.request, str(self.heading)),
            "lede": self.lede,
            "rows": self.rows(list(context["object_list"])),
            "groups": groups,
            "chips": list(self._chips(groups)),
            "sort": next((group for group in groups if group.name == "sort"), None),
            "has_dates": any(group.name == "from" for group in groups),
            "narrowed": self.filterset.narrows,
            "page_query": self.filterset.query,
            "phrases": ", ".join(self.filterset.phrases()),
            "questions": self.questions,
        }

    def _groups(self):
        shown, counts = self.filterset.shown_choices(), self.filterset.counts()
        for name, bound in self.filterset.form.fields.items():
            given = self.filterset.chosen.get(name, [])
            choices = [
                Choice(
                    str(value), str(label), str(value) in given, counts[name][str(value)] if name in counts else None
                )
                for value, label in getattr(bound, "choices", [])
                if value and (name not in shown or value in shown[name] or str(value) in given)
            ]
            if name == "sort" and not given:
                choices[0] = Choice(choices[0].value, choices[0].label, True)
            if choices or not hasattr(bound, "choices"):
                yield Group(name, str(bound.label), choices, "" if choices else " ".join(given))

    def _chips(self, groups: list[Group]):
        for group in groups:
            if group.name == "sort":
                continue
            values = [(c.value, c.label) for c in group.chosen] or ([(group.text, group.text)] if group.text else [])
            for value, label in values:
                left = {
                    name: [v for v in given if name != group.name or (v != value and group.choices)]
                    for name, given in self.filterset.chosen.items()
                }
                yield Chip(group.label, label, f"{self.request.path}{self._query(left, lead='?')}")

    def _query(self, values: dict[str, list[str]], lead: str = "") -> str:
        query = urlencode([(name, value) for name, given in values.items() for value in given])
        return f"{lead}{query}" if query else ""


class RecordPage(DetailView):
    """A public page of one record: 404 where it was never published, 410 with the reason where it was withdrawn."""

    pk_url_kwarg = "id"
    context_object_name = "record"

    def base_queryset(self):
        return self.model.objects.published()

    def get(self, request, *args, **kwargs):
        try:
            self.object = self.get_object(self.base_queryset())
        except Http404:
            gone = self.withdrawal()
            if gone is not None:
                return render(
                    request,
                    "410.html",
                    {"gone": gone, "label": label_of_row(gone.table, last_row_of(gone))},
                    status=410,
                )
            return not_found(request, asked=self.asked(), near=self.near(), sentence=self._too_early())
        return self.render_to_response(self.get_context_data(object=self.object))

    def asked(self) -> str:
        return str(next(iter(self.kwargs.values())))

    def _too_early(self) -> str:
        """Why nothing is here, where a day was asked for."""
        day = self.request.asked.as_of
        if day is None:
            return ""
        return _("Nothing is on record here for %(day)s. It may have begun later, or never have been published.") % {
            "day": date_words(day)
        }

    def withdrawal(self) -> Revision | None:
        """The revision that withdrew the record, unless it was published again since."""
        return withdrawal_of(TABLE_OF[self.model], self.asked())

    def get_context_data(self, **kwargs):
        record = self.object
        primary = primary_of(record) if hasattr(record, "citations") else None
        return super().get_context_data(**kwargs) | {
            "record_dates": record_dates(record),
            "log_address": log_address(record),
            "citations": cite(self.request, self.cited_title(), primary=primary),
        }

    def cited_title(self) -> str:
        return str(self.object)

    def near(self) -> list:
        """Published records that the reader may have meant."""
        return []


def bad_request(request: HttpRequest, wrong: list[str]) -> HttpResponse:
    """400: what was wrong with the address, and what was expected."""
    return render(request, "400.html", {"wrong": wrong}, status=400)


def not_found(request: HttpRequest, *, asked: str = "", near: list | None = None, sentence: str = "") -> HttpResponse:
    """404: what was looked for and what is near it, or a sentence in its place."""
    context = {"asked": asked or request.path, "near": near or [], "sentence": sentence}
    return render(request, "404.html", context, status=404)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return not_found(request)
