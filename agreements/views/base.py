"""What the public pages share: today, lists that filter themselves from the address, records that may be withdrawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from agreements.filters import ListFilter, faults
from agreements.vocabulary import State


def today(request: HttpRequest) -> dt.date:
    """The day on which the page stands: the current day in UTC."""
    return timezone.now().date()


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
    filterset: ListFilter

    def dispatch(self, request, *args, **kwargs):
        self.filterset = self.filterset_class(request.GET, queryset=self.base_queryset())
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
            "lede": self.lede,
            "rows": self.rows(list(context["object_list"])),
            "groups": groups,
            "chips": list(self._chips(groups)),
            "sort": next((group for group in groups if group.name == "sort"), None),
            "has_dates": any(group.name == "from" for group in groups),
            "narrowed": self.filterset.narrows,
            "page_query": self._query(self.filterset.chosen),
        }

    def _groups(self):
        shown = self.filterset.shown_choices()
        for name, bound in self.filterset.form.fields.items():
            given = self.filterset.chosen.get(name, [])
            choices = [
                Choice(str(value), str(label), str(value) in given)
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
            gone = self.lookup(self.model.objects.filter(state=State.WITHDRAWN))
            if gone is not None:
                return render(request, "410.html", {"record": gone}, status=410)
            return not_found(request, asked=self.asked(), near=self.near())
        return self.render_to_response(self.get_context_data(object=self.object))

    def asked(self) -> str:
        return str(next(iter(self.kwargs.values())))

    def lookup(self, queryset):
        return queryset.filter(pk=self.asked()).first()

    def near(self) -> list:
        """Published records that the reader may have meant."""
        return []


def bad_request(request: HttpRequest, wrong: list[str]) -> HttpResponse:
    """400: what was wrong with the address, and what was expected."""
    return render(request, "400.html", {"wrong": wrong}, status=400)


def not_found(request: HttpRequest, *, asked: str = "", near: list | None = None) -> HttpResponse:
    """404: what was looked for and what is near it."""
    return render(request, "404.html", {"asked": asked or request.path, "near": near or []}, status=404)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return not_found(request)


def page_title(*parts: object) -> str:
    return " · ".join([*(str(part) for part in parts), _("Third Country Tracker")])
