"""What the public pages share: today, lists that filter themselves from the address, records that may be withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import defaults
from django.views.generic import DetailView, ListView

from agreements.charts.scale import date_words
from agreements.dataset.rows import TABLE_OF, Row
from agreements.filters import ListFilter, Tally, faults
from agreements.models import Record, Revision
from agreements.models.editions import withdrawal_of
from agreements.refusals import refused
from agreements.views import follow
from agreements.views.citing import cite, primary_of
from agreements.views.describing import Described
from agreements.views.formats import formats_of
from agreements.views.links import label_of_row


def today(request: HttpRequest) -> dt.date:
    """The day on which the page stands: the current day in UTC, or that of the edition asked for."""
    return request.asked.day


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


MOST_CHOICES = 250
"""Of a filter with more choices than a panel can hold, those are offered that bring the most entries."""


@dataclass(frozen=True)
class Choice:
    """One choice of a filter, as the form shows it."""

    value: str
    label: str
    chosen: bool
    tally: Tally
    beside: bool
    """Whether others are chosen in the same filter: it would then add to what is listed."""

    @property
    def count(self) -> int:
        """How many entries the list would have with it; for a chosen one, how many of those listed it brings."""
        return self.tally.own if self.chosen else self.tally.after

    @property
    def adds(self) -> int | None:
        """How many entries it would add; None where it is chosen or stands alone."""
        return self.tally.adds if self.beside and not self.chosen else None

    @property
    def idle(self) -> bool:
        """Whether it brings nothing with the other filters as they are."""
        return not self.tally.own


@dataclass(frozen=True)
class Group:
    """One filter of a list with its choices, as the form shows it."""

    name: str
    label: str
    choices: list[Choice]
    left_out: int = 0
    """How many more choices bring something, but less than those that are shown."""

    @property
    def chosen(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.chosen]


@dataclass(frozen=True)
class Typed:
    """One filter that takes typed text, as the form shows it."""

    name: str
    label: str
    text: str


@dataclass(frozen=True)
class Question:
    """A question that one address of a list answers; `query` is the end of that address."""

    words: Any
    query: str

    def answered_by(self, chosen: dict[str, list[str]]) -> bool:
        """Whether the list shows the answer."""
        asked = parse_qs(self.query)
        return asked.keys() == chosen.keys() and all(set(asked[name]) == set(chosen[name]) for name in asked)


@dataclass(frozen=True)
class Chip:
    """One value that narrows the list, and the address of the list without it."""

    label: str
    value: str
    without: str


class FilteredList(Described, ListView):
    """A public list: filtered, sorted and paged by its address alone."""

    page_type = "CollectionPage"
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
        return self.filterset_class.records()

    def get_queryset(self):
        return self.filterset.qs

    def rows(self, records: list) -> list:
        """What the template shows a row, from the records of one page."""
        return records

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        groups = list(self._groups())
        typed = {each.name: each for each in self._typed()}
        times = [typed[name] for name in ("from", "to", "changed") if name in typed]
        phrases = ", ".join(self.filterset.phrases())
        title = f"{self.heading}: {phrases}" if phrases else str(self.heading)
        return context | {
            "heading": self.heading,
            "title": title,
            "citations": cite(self.request, title),
            "follow": follow.of_list(self.request.resolver_match.url_name, title, self.filterset.query),
            "lede": self.lede,
            "rows": self.rows(list(context["object_list"])),
            "groups": groups,
            "words": typed.get("q"),
            "times": times,
            "times_chosen": sum(1 for each in times if each.text),
            "chips": list(self._chips(groups, typed.values())),
            "orders": self._orders(),
            "narrowed": self.filterset.narrows,
            "page_query": self.filterset.query,
            "formats": formats_of(self.request.path, self.filterset.query),
            "canonical_query": self._canonical_query(context["page_obj"]),
            "phrases": phrases,
            "questions": [(each, each.answered_by(self.filterset.chosen)) for each in self.questions],
        }

    def _groups(self) -> Iterator[Group]:
        for name, tallies in self.filterset.tallies().items():
            given = self.filterset.chosen.get(name, [])
            bound = self.filterset.form.fields[name]
            choices = [
                Choice(str(value), str(label), str(value) in given, tallies[str(value)], bool(given))
                for value, label in bound.choices
            ]
            left_out = 0
            if self.filterset.filters[name].sparse:
                choices = [choice for choice in choices if choice.chosen or not choice.idle]
                left_out = max(len(choices) - MOST_CHOICES, 0)
            if left_out:
                ranked = sorted(choices, key=lambda choice: (not choice.chosen, -choice.tally.own))
                shown = {choice.value for choice in ranked[:MOST_CHOICES]}
                choices = [choice for choice in choices if choice.value in shown]
            yield Group(name, str(bound.label), choices, left_out)

    def _typed(self) -> Iterator[Typed]:
        for name, bound in self.filterset.form.fields.items():
            if not hasattr(bound, "choices"):
                yield Typed(name, str(bound.label), "".join(self.filterset.chosen.get(name, [])))

    def _orders(self) -> list[tuple[str, Any, bool]]:
        """The orders of the list: value, label, and whether it is the one shown."""
        sort = self.filterset.filters["sort"]
        [shown] = self.filterset.chosen.get("sort", [sort.usual])
        return [(value, label, value == shown) for value, (label, _by) in sort.orders.items()]

    def _chips(self, groups: Iterable[Group], typed: Iterable[Typed]) -> Iterator[Chip]:
        chosen = self.filterset.chosen
        for group in groups:
            for choice in group.chosen:
                left = [value for value in chosen[group.name] if value != choice.value]
                yield Chip(group.label, choice.label, self._address(chosen | {group.name: left}))
        for each in typed:
            if each.text:
                yield Chip(each.label, each.text, self._address(chosen | {each.name: []}))

    def _canonical_query(self, page: Any) -> str:
        """What tells this list from others, in one order, however it is sorted."""
        chosen = {name: sorted(given) for name, given in sorted(self.filterset.chosen.items()) if name != "sort"}
        return urlencode(chosen | ({"page": page.number} if page and page.number > 1 else {}), doseq=True)

    def _address(self, values: dict[str, list[str]]) -> str:
        query = urlencode(values, doseq=True)
        return f"{self.request.path}?{query}" if query else self.request.path


class RecordPage(Described, DetailView):
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
                label = label_of_row(gone.table, last_row_of(gone))
                context = {"gone": gone, "label": label, "stray": True}
                return refused(request, 410, gone_words(gone, label)) or render(
                    request, "410.html", context, status=410
                )
            return not_found(request, asked=self.asked(), near=self.near(), sentence=self._too_early())
        return self.answer()

    def answer(self) -> HttpResponse:
        """What is sent of a record that was found."""
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
            "follow": follow.of_record(record),
            "citations": cite(self.request, self.cited_title(), primary=primary),
        }

    def cited_title(self) -> str:
        return str(self.object)

    def page_name(self, context):
        return self.cited_title()

    def near(self) -> list:
        """Published records that the reader may have meant."""
        return []


def gone_words(gone: Revision, label: str) -> list[str]:
    """That a record was withdrawn, when and why, in sentences."""
    withdrawn = _("“%(label)s” was part of the public record until it was withdrawn on %(day)s, in edition %(number)s.")
    told = [withdrawn % {"label": label, "day": date_words(gone.edition.made_at.date()), "number": gone.edition_id}]
    return [*told, _("Reason: %(reason)s") % {"reason": gone.reason}] if gone.reason else told


def bad_request(request: HttpRequest, wrong: list[str]) -> HttpResponse:
    """400: what was wrong with the address, and what was expected."""
    return refused(request, 400, wrong) or render(request, "400.html", {"wrong": wrong, "stray": True}, status=400)


def not_found(request: HttpRequest, *, asked: str = "", near: list | None = None, sentence: str = "") -> HttpResponse:
    """404: what was looked for and what is near it, or a sentence in its place."""
    asked = asked or request.path
    told = [sentence or _("There is nothing at “%(asked)s”.") % {"asked": asked}]
    context = {"asked": asked, "near": near or [], "sentence": sentence, "stray": True}
    return refused(request, 404, told) or render(request, "404.html", context, status=404)


def no_such_edition(request: HttpRequest, number: int) -> HttpResponse:
    """404: that an edition was never made, and which is the newest."""
    sentence = _("There is no edition %(number)s. The newest is edition %(newest)s.")
    return not_found(request, sentence=sentence % {"number": number, "newest": request.asked.number})


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return not_found(request)


def server_error(request: HttpRequest) -> HttpResponse:
    return refused(request, 500, [_("This is a fault of this site. It was noted.")]) or defaults.server_error(request)
