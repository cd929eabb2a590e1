"""The search: what was found, grouped by kind, with the words marked; and suggestions while a reader types."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from agreements.filters import ChoicesField
from agreements.models import Agreement, Country, Official, Position, Source, Statement
from agreements.search import MOST, Group, Hit, Results, search, suggest
from agreements.views.agreements import rows_of, with_row_facts
from agreements.views.base import bad_request, not_found, today
from agreements.views.citing import cite
from agreements.views.countries import RECEIVES, SENDS
from agreements.views.moments import carried
from agreements.views.statements import with_agreements
from agreements.views.timeline import office_now, office_of
from agreements.vocabulary import SearchKind

FEW = 5
"""Hits of a kind where all kinds are shown."""
PAGE = 20
"""Hits on a page of one kind."""

EXAMPLES = (
    (gettext_lazy("A name, however it is spelt"), ("Nduhungirehe", "Arevalo", "Turkiye")),
    (gettext_lazy("Several words: all of them must be there"), ("Rwanda arbitration", "Nauru High Court")),
    (gettext_lazy("A phrase in quotation marks"), ('"return hub"', '"dead and buried"')),
    (gettext_lazy("A minus before what you do not want"), ("Uganda -Israel", "Kosovo -Denmark")),
    (gettext_lazy("The id of a record"), ("us-rw-2025",)),
)


class AskedForm(forms.Form):
    """What the address may ask for."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=200)
    kind = ChoicesField(label=gettext_lazy("Kind"), required=False, choices=SearchKind.choices())


@dataclass(frozen=True)
class Row:
    """A hit with its record, and what a row of its kind shows besides."""

    hit: Hit
    record: Any
    more: Any = None

    @property
    def language(self) -> str:
        """That of the extract, where it is a quotation; empty where it is ours."""
        words = "".join(segment.text for segment in self.hit.extract).strip("… “”")
        return self.record.language if words and words in getattr(self.record, "quote", "") else ""


@dataclass(frozen=True)
class ShownGroup:
    """The hits of a kind as the page shows them; `all_address` is empty where these are all."""

    kind: SearchKind
    count: str
    rows: list[Row]
    all_address: str


@dataclass(frozen=True)
class KindChoice:
    """A kind as a filter: None is all of them."""

    label: str
    count: str
    address: str
    chosen: bool


class Search(TemplateView):
    template_name = "search.html"

    def get(self, request, *args, **kwargs):
        form = AskedForm(request.GET)
        if not form.is_valid():
            return bad_request(request, faults_of(form))
        self.typed = form.cleaned_data["q"]
        self.kinds = [SearchKind(kind) for kind in dict.fromkeys(form.cleaned_data["kind"])]
        page = request.GET.get("page") or "1"
        if not (page.isascii() and page.isdigit() and 1 <= int(page[:6]) <= 1 + MOST // PAGE):
            return not_found(request, sentence=_("There is no such page of this search."))
        self.page = int(page)
        size = PAGE if self.kinds else FEW
        results = search(self.typed, kinds=self.kinds, limit=size, offset=(self.page - 1) * size)
        if self.page > 1 and (len(self.kinds) != 1 or not results.hits):
            return not_found(request, sentence=_("There is no such page of this search."))
        return self.render_to_response(self.get_context_data(results=results))

    def get_context_data(self, *, results: Results, **kwargs):
        shown = rows_by_kind(results.hits, day=today(self.request))
        return super().get_context_data(**kwargs) | {
            "citations": cite(self.request, str(_("Search"))),
            "typed": self.typed,
            "some_words": results.some_words,
            "found": bool(results.counts),
            "can_compare": bool(shown.get(SearchKind.AGREEMENT)),
            "groups": [
                ShownGroup(
                    group.kind,
                    counted(group),
                    shown[group.kind],
                    self.address(group.kind) if len(self.kinds) != 1 and group.count > len(group.hits) else "",
                )
                for group in results.groups
            ],
            "choices": list(self._choices(results)),
            "corrections": results.corrections,
            "pages": self._pages(results),
            "page": self.page,
            "examples": EXAMPLES,
        }

    def address(self, *kinds: SearchKind, page: int = 1) -> str:
        """The address of the same search in some kinds."""
        values = [("q", self.typed), *(("kind", str(kind)) for kind in kinds), *([("page", page)] if page > 1 else [])]
        return f"{reverse('search')}?{urlencode(values)}"

    def _choices(self, results: Results) -> Iterable[KindChoice]:
        total = sum(group.count for group in results.counts.values())
        more = any(group.or_more for group in results.counts.values())
        yield KindChoice(str(_("All kinds")), number(total, more), self.address(), not self.kinds)
        for kind in SearchKind:
            group = results.counts.get(kind, Group(kind, [], 0))
            if group.count or kind in self.kinds:
                yield KindChoice(
                    str(kind.label), number(group.count, group.or_more), self.address(kind), kind in self.kinds
                )

    def _pages(self, results: Results) -> dict[str, Any] | None:
        """The pages of a search in one kind, None where there is but one."""
        if len(self.kinds) != 1:
            return None
        group = results.counts.get(self.kinds[0])
        last = -(-group.count // PAGE) if group else 1
        if last < 2:
            return None
        return {
            "last": last,
            "previous": self.address(*self.kinds, page=self.page - 1) if self.page > 1 else "",
            "next": self.address(*self.kinds, page=self.page + 1) if self.page < last else "",
        }


def faults_of(form: forms.Form) -> list[str]:
    """What is wrong with the address, each as a sentence that names the parameter."""
    return [f"{name}: {message}" for name, messages in form.errors.items() for message in messages]


def number(count: int, or_more: bool) -> str:
    """A count, or that there are more than were looked at."""
    return _("more than %(n)s") % {"n": f"{count:,}"} if or_more else f"{count:,}"


def counted(group: Group) -> str:
    """How many were found, in words."""
    words = {
        SearchKind.AGREEMENT: ngettext("%(n)s agreement", "%(n)s agreements", group.count),
        SearchKind.COUNTRY: ngettext("%(n)s country", "%(n)s countries", group.count),
        SearchKind.OFFICIAL: ngettext("%(n)s official", "%(n)s officials", group.count),
        SearchKind.STATEMENT: ngettext("%(n)s statement", "%(n)s statements", group.count),
        SearchKind.SOURCE: ngettext("%(n)s source", "%(n)s sources", group.count),
    }[group.kind]
    return words % {"n": number(group.count, group.or_more)}


# --- The records of hits, each kind in a constant number of queries -------------------------------


def rows_by_kind(hits: Iterable[Hit], *, day) -> dict[SearchKind, list[Row]]:
    """The hits with their records, in their order."""
    ids: dict[SearchKind, list[str]] = {}
    ordered: dict[SearchKind, list[Hit]] = {}
    for hit in hits:
        ids.setdefault(hit.kind, []).append(hit.record)
        ordered.setdefault(hit.kind, []).append(hit)
    rows = {}
    for kind, own in ordered.items():
        found = RECORDS[kind](ids[kind], day)
        rows[kind] = [Row(hit, *found[hit.record]) for hit in own if hit.record in found]
    return rows


def _agreements(ids: list[str], day) -> dict[str, tuple]:
    found = with_row_facts(Agreement.objects.published().filter(pk__in=ids))
    return {row.agreement.pk: (row.agreement, row) for row in rows_of(list(found), day=day)}


def _countries(ids: list[str], _day) -> dict[str, tuple]:
    found = Country.objects.published().filter(pk__in=ids)
    found = found.annotate(
        sender_count=Count("as_sender", filter=SENDS, distinct=True),
        receiver_count=Count("as_receiver", filter=RECEIVES, distinct=True),
    )
    return {country.pk: (country,) for country in found}


def _officials(ids: list[str], day) -> dict[str, tuple]:
    positions = Prefetch("positions", Position.objects.published().order_by("pk"))
    found = Official.objects.published().filter(pk__in=ids).prefetch_related(positions)
    return {official.pk: (official, office_now(official, day)) for official in found}


def _statements(ids: list[str], _day) -> dict[str, tuple]:
    found = with_agreements(Statement.objects.published().filter(pk__in=ids))
    return {statement.pk: (statement, office_of(statement)) for statement in found}


def _sources(ids: list[str], _day) -> dict[str, tuple]:
    return {source.pk: (source,) for source in Source.objects.published().filter(pk__in=ids)}


RECORDS: dict[SearchKind, Callable[[list[str], Any], dict[str, tuple]]] = {
    SearchKind.AGREEMENT: _agreements,
    SearchKind.COUNTRY: _countries,
    SearchKind.OFFICIAL: _officials,
    SearchKind.STATEMENT: _statements,
    SearchKind.SOURCE: _sources,
}


# --- Suggestions ----------------------------------------------------------------------------------


def suggestions(request: HttpRequest) -> HttpResponse:
    """What a reader may be typing: `{"suggestions": [{"title", "kind", "address"}]}`, best first."""
    form = AskedForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"wrong": faults_of(form)}, status=400)
    hits = suggest(form.cleaned_data["q"])
    slugs = dict(Country.objects.published().filter(pk__in=_ids(hits, SearchKind.COUNTRY)).values_list("pk", "slug"))
    return JsonResponse(
        {
            "suggestions": [
                {
                    "title": "".join(segment.text for segment in hit.title),
                    "kind": str(hit.kind.one),
                    "address": _carried(request, reverse(str(hit.kind), args=[slugs.get(hit.record, hit.record)])),
                }
                for hit in hits
            ]
        }
    )


def _ids(hits: list[Hit], kind: SearchKind) -> list[str]:
    return [hit.record for hit in hits if hit.kind == kind]


def _carried(request: HttpRequest, address: str) -> str:
    return carried(address, request.asked.carried) if request.asked.past else address
