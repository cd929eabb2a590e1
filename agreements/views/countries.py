"""Countries that are a party, and the page of one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, F, Max, Prefetch, Q
from django.http import HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agreements import history
from agreements.charts import figures, lives
from agreements.charts.scale import TimeScale, date_words
from agreements.filters import CountryFilter
from agreements.models import (
    Agreement,
    Assessment,
    Country,
    Official,
    Position,
    Proceeding,
    Revision,
    Statement,
    Transfer,
)
from agreements.templatetags.tracker import people_range
from agreements.views import jsonld
from agreements.views.agreements import Fact, Row, people_fact, rows_of, with_row_facts
from agreements.views.base import Crumb, FilteredList, Question, RecordPage, today, withdrawal_of
from agreements.views.spoken import spoken, statements_address, words_of
from agreements.views.timeline import Sources, office_now
from agreements.vocabulary import Outcome, Precision, SpeaksFor, State, Status

SENDS = Q(as_sender__state=State.PUBLISHED)
RECEIVES = Q(as_receiver__state=State.PUBLISHED)

GROUPED_FROM = 13
"""From so many bars on, each status has a heading of its own."""

NAMED = 4
"""Up to so many agreements are named with their numbers where people moved are told in a few words."""


class CountryList(FilteredList):
    model = Country
    filterset_class = CountryFilter
    template_name = "countries/list.html"
    paginate_by = 100
    heading = gettext_lazy("Countries")
    lede = gettext_lazy("The states, territories and unions that are a party to an agreement or to the attempt at one.")
    questions = (
        Question(gettext_lazy("Who sends most?"), "sort=sender"),
        Question(gettext_lazy("Who receives most?"), "sort=receiver"),
        Question(gettext_lazy("Which African countries are a party?"), "region=Africa"),
    )

    def rows(self, records):
        shown = [country.pk for country in records]
        stand: dict[str, list[Status]] = {id: [] for id in shown}
        found = Agreement.objects.published().filter(Q(sender__in=shown) | Q(receiver__in=shown)).with_current_status()
        for sender, receiver, status in found.values_list("sender", "receiver", "current_status"):
            for party in (sender, receiver):
                if status and party in stand:
                    stand[party].append(Status(status))
        return [(country, standings(stand[country.pk])) for country in records]


def furthest_first(status: Status | None) -> int:
    """Sorting key: what operates first, then down the chart; nothing on record last."""
    return -status.height if status else 1


def standings(statuses: Iterable[Status]) -> list[tuple[Status, int]]:
    """How many stand where, the furthest status first."""
    return sorted(Counter(statuses).items(), key=lambda pair: furthest_first(pair[0]))


@dataclass(frozen=True)
class Bar:
    """One agreement on the page of a party: its row and its picture on the axis that all bars share."""

    row: Row
    picture: str


@dataclass(frozen=True)
class Group:
    """Bars under one heading: a status, or none where all stand together."""

    status: Status | None
    bars: list[Bar]


@dataclass(frozen=True)
class Side:
    """What a country is a party to on one side: as sender or as receiver."""

    name: str
    title: str
    anchor: str
    agreements: list[Agreement]
    facts: list[Fact]
    standings: list[tuple[Status, int]]
    groups: list[Group]
    people: list[tuple[Row, Fact, Transfer | None]]
    """By agreement: the range with its scope, and the cumulative total that stands beside it."""


def _groups(rows: Sequence[Row], axis: TimeScale) -> list[Group]:
    """The agreements furthest first, those that reached their status last before others."""
    newest = sorted(
        rows, key=lambda row: (row.since.first if row.since else dt.date.min, row.agreement.pk), reverse=True
    )
    ordered = sorted(newest, key=lambda row: furthest_first(row.status))
    bars = [Bar(row, lives.bar(row.path, axis=axis)) for row in ordered]
    if len(bars) < GROUPED_FROM:
        return [Group(None, bars)]
    statuses = dict.fromkeys(bar.row.status for bar in bars)
    return [Group(status, [bar for bar in bars if bar.row.status == status]) for status in statuses]


def _side(name: str, rows: Sequence[Row], proceedings: Sequence[Proceeding], axis: TimeScale) -> Side:
    """One side of a country; `proceedings` are those that bear on its agreements."""
    receiving = name == "receiver"
    moved = [row for row in rows if row.people.groups or row.people.cumulative is not None]
    return Side(
        name=name,
        title=_("As receiver") if receiving else _("As sender"),
        anchor=f"as-{name}",
        agreements=[row.agreement for row in rows],
        facts=[
            _people_of(moved, name=name),
            _secret_of(rows),
            _cases_of(proceedings),
        ],
        standings=standings(row.status for row in rows if row.status),
        groups=_groups(rows, axis),
        people=[(row, people_fact(row.people), row.people.cumulative) for row in moved],
    )


def _people_of(moved: Sequence[Row], *, name: str) -> Fact:
    """People moved on one side: never as a sum over agreements, since their scopes differ."""
    label = _("People moved to it") if name == "receiver" else _("People it sent")
    if not moved:
        return Fact(label, _("None on record"), rule="people")
    under = ngettext("Under %(n)s agreement", "Under %(n)s agreements", len(moved)) % {"n": len(moved)}
    scope = [_("side by side below, each with its scope; no sum, since who counted and what was counted differ")]
    if len(moved) <= NAMED:
        other = "sender" if name == "receiver" else "receiver"
        scope = [f"{_other_party(row, other)}: {_counted(row.people)}" for row in moved]
    return Fact(label, under, "; ".join(scope), rule="people")


def _other_party(row: Row, side: str) -> str:
    """The party on the other side, and the year of the first report, since a pair may have several agreements."""
    name = getattr(row.agreement, side).name
    return f"{name} ({row.path.first_report.first.year})" if row.path.changes else name


def _counted(people: history.People) -> str:
    """The range of the counted groups, and the total that stands beside it."""
    if not people.counted:
        return _("not counted") if people.groups else _("a total only")
    counted = people_range(people.low, people.high)
    if people.cumulative is None:
        return counted
    total = people_range(people.cumulative.people_low, people.cumulative.people_high)
    return _("%(people)s, beside a total of %(total)s") % {"people": counted, "total": total}


def _secret_of(rows: Sequence[Row]) -> Fact:
    secret = sum(row.secret for row in rows)
    bound = sum(row.status is not None and row.status.can_be_secret for row in rows)
    scope = ngettext(
        "of %(n)s signed, in force, operating or suspended", "of %(n)s signed, in force, operating or suspended", bound
    ) % {"n": bound}
    return Fact(_("Secret texts"), secret, scope, rule="secret")


def _cases_of(proceedings: Sequence[Proceeding]) -> Fact:
    """How many court cases bear on its agreements, and how they ended."""
    counted = Counter(Outcome(case.outcome) for case in proceedings)
    scope = [f"{counted[outcome]} {outcome.in_sentence}" for outcome in Outcome if counted[outcome]]
    return Fact(_("Court cases"), len(proceedings), ", ".join(scope), rule="courts")


class CountryPage(RecordPage):
    model = Country
    template_name = "countries/detail.html"
    slug_field = "slug"

    def base_queryset(self):
        assessments = Assessment.objects.published().with_sources().order_by(F("published").desc(nulls_last=True), "pk")
        officials = (
            Official.objects.published()
            .annotate(
                statement_count=Count("statements", filter=Q(statements__state=State.PUBLISHED)),
                latest_statement=Max("statements__date", filter=Q(statements__state=State.PUBLISHED)),
            )
            .prefetch_related(Prefetch("positions", Position.objects.published().order_by("pk")))
            .order_by("-statement_count", "pk")
        )
        return Country.objects.published().prefetch_related(
            Prefetch("assessments", assessments), Prefetch("officials", officials)
        )

    def get(self, request, *args, **kwargs):
        by_code = Country.objects.published().filter(pk=self.asked()).first()
        if by_code is not None:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(by_code.get_absolute_url() + (f"?{query}" if query else ""))
        return super().get(request, *args, **kwargs)

    def withdrawal(self):
        known = Revision.objects.filter(table="countries", row__slug=self.asked()).order_by("-edition").first()
        return withdrawal_of("countries", known.record if known else self.asked())

    def near(self):
        asked = self.asked().lower()
        found = Country.objects.published().filter(
            Q(slug__contains=asked) | Q(alpha2=asked.upper()) | Q(pk=asked.upper())
        )
        return list(found.order_by("slug")[:8])

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        country, day = self.object, today(self.request)
        involved = Agreement.objects.published().filter(Q(sender=country) | Q(receiver=country))
        proceedings = Proceeding.objects.published().order_by("pk")
        fetched = with_row_facts(involved).prefetch_related(Prefetch("proceedings", proceedings)).order_by("pk")
        rows = rows_of(list(fetched), day=day)
        starts = [row.path.first_report.first for row in rows if row.path.changes]
        axis = lives.axis_of(starts, day)
        sides = []
        for name in ("receiver", "sender"):
            own = [row for row in rows if getattr(row.agreement, f"{name}_id") == country.pk]
            cases = {case.pk: case for row in own for case in row.agreement.proceedings.all()}
            if own:
                sides.append(_side(name, own, list(cases.values()), axis))
        sources = Sources()
        statements = Statement.objects.published().filter(official__state=State.PUBLISHED)
        by_it = Q(official__country=country, official__speaks_for=SpeaksFor.GOVERNMENT)
        by_it_words = list(statements.filter(by_it).only("date", "precision", "stance"))
        on_it = statements.filter(pk__in=Statement.objects.filter(agreements__in=involved).values("pk"))
        government = [
            official
            for official in country.officials.all()
            if official.speaks_for == SpeaksFor.GOVERNMENT and official.statement_count
        ]
        said = words_of(statements.filter(by_it), sources, statements_address(official=[o.pk for o in government]))
        others = words_of(on_it.exclude(by_it), sources, statements_address(country=[country.pk]))
        tally = history.stances_over_time(by_it_words, today=day)
        return context | {
            "sides": sides,
            "axis": lives.ticks(axis),
            "axis_first": date_words(axis.first, Precision.MONTH),
            "earlier": sum(start < axis.first for start in starts),
            "has_bars": bool(starts),
            "forms": [
                (status, lives.swatch(status))
                for status in Status
                if any(segment.status is status for row in rows for segment in row.path.segments)
            ],
            "day": day,
            "assessments": [(assessment, sources.of(assessment)) for assessment in country.assessments.all()],
            "officials": [(official, office_now(official, day)) for official in country.officials.all()],
            "said": said,
            "others": others,
            "on_it": on_it.count(),
            "spoken": spoken(tally),
            "sources": sources,
            "chart_address": reverse("country-chart", args=[country.slug]) if starts else "",
            "chart_height": figures.country_bars_height(len(starts)),
            "crumbs": [Crumb(_("Countries"), reverse("countries")), Crumb(country.get_region_display())],
        }

    def main_entity(self, context):
        return jsonld.country(self.object, site=settings.SITE_URL)
