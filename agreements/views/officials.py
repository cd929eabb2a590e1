"""Officials and organisations that spoke."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements import history
from agreements.charts import lives
from agreements.filters import OfficialFilter
from agreements.history import Path, partial_period
from agreements.models import Agreement, Official, Position, Statement, StatusChange
from agreements.views import jsonld
from agreements.views.base import Crumb, FilteredList, Question, RecordPage, today
from agreements.views.spoken import spoken
from agreements.views.statements import with_agreements
from agreements.views.timeline import Sources, entries, office_now
from agreements.vocabulary import Stance


def _officials():
    positions = Prefetch("positions", Position.objects.published().order_by("pk"))
    return OfficialFilter.records().select_related("country").prefetch_related(positions)


class OfficialList(FilteredList):
    model = Official
    filterset_class = OfficialFilter
    template_name = "officials/list.html"
    heading = gettext_lazy("Officials")
    lede = gettext_lazy("People in public roles, offices and organisations that made a statement about an agreement.")
    questions = (
        Question(gettext_lazy("Who spoke most?"), "sort=statements"),
        Question(gettext_lazy("Who spoke last?"), "sort=recent"),
        Question(gettext_lazy("Which judges and courts spoke?"), "speaks_for=judiciary"),
        Question(gettext_lazy("Which organisations spoke?"), "kind=organisation"),
    )

    def base_queryset(self):
        return _officials()

    def rows(self, records):
        said = Statement.objects.published().filter(official__in=[official.pk for official in records]).order_by()
        counted: dict[str, Counter[Stance]] = {official.pk: Counter() for official in records}
        for official, stance, number in said.values_list("official", "stance").annotate(n=Count("pk")):
            counted[official][Stance(stance)] = number
        return [
            (
                official,
                office_now(official, today(self.request)),
                [(stance, counted[official.pk][stance]) for stance in Stance if counted[official.pk][stance]],
            )
            for official in records
        ]


@dataclass(frozen=True)
class Held:
    """An office that somebody held: when, in words, and as a span on the axis that all offices share."""

    position: Position
    when: str
    picture: str


def held_offices(positions: Iterable[Position], *, day: dt.date) -> tuple[list[Held], str]:
    """The offices, latest known start first, and the labels of their axis; no labels where no office has a date."""
    ordered = sorted(positions, key=lambda position: (position.started, position.pk), reverse=True)
    periods = [(each, partial_period(each.started), partial_period(each.ended)) for each in ordered]
    known = [period.first for _each, *ends in periods for period in ends if period is not None]
    if not known:
        return [Held(each, lives.span_words(None, None), "") for each in ordered], ""
    axis = lives.axis_of([min(known)], day)
    held = [
        Held(each, lives.span_words(started, ended), lives.span(started, ended, axis=axis))
        for each, started, ended in periods
    ]
    return held, lives.ticks(axis)


@dataclass(frozen=True)
class SpokenOn:
    """An agreement on which somebody spoke: how often, the latest statement, and where the agreement stands."""

    agreement: Agreement
    path: Path
    number: int
    latest: Statement


def spoken_on(statements: Sequence[Statement], *, day: dt.date) -> list[SpokenOn]:
    """The agreements that fetched statements are about, the one spoken on last first."""
    about: dict[str, list[Statement]] = {}
    for statement in sorted(statements, key=history.date_order):
        for link in statement.agreement_links.all():
            about.setdefault(link.agreement_id, []).append(statement)
    changes = Prefetch("status_changes", StatusChange.objects.published())
    found = Agreement.objects.published().filter(pk__in=about).select_related("sender", "receiver")
    listed = [
        SpokenOn(each, history.fold(each.status_changes.all(), today=day), len(about[each.pk]), about[each.pk][-1])
        for each in found.prefetch_related(changes).order_by("pk")
    ]
    return sorted(listed, key=lambda each: history.date_order(each.latest), reverse=True)


class OfficialPage(RecordPage):
    model = Official
    template_name = "officials/detail.html"
    page_type = "ProfilePage"

    def base_queryset(self):
        return _officials()

    def main_entity(self, context):
        return jsonld.official(self.object, office_now(self.object, today(self.request)), site=settings.SITE_URL)

    def near(self):
        words = Q()
        for word in self.asked().split("-"):
            words |= Q(pk__contains=word) if len(word) > 3 else Q()
        return list(Official.objects.published().filter(words).order_by("pk")[:8]) if words else []

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        official, day = self.object, today(self.request)
        sources = Sources()
        statements = list(with_agreements(Statement.objects.published().filter(official=official)))
        positions, axis = held_offices(official.positions.all(), day=day)
        crumbs = [Crumb(_("Officials"), reverse("officials"))]
        if official.country is not None:
            crumbs.append(Crumb(official.country.name, official.country.get_absolute_url()))
        return context | {
            "positions": positions,
            "positions_axis": axis,
            "spoken": spoken(history.stances_over_time(statements, today=day)),
            "spoken_on": spoken_on(statements, day=day),
            "said": entries(statements=statements, sources=sources, newest_first=True),
            "sources": sources,
            "crumbs": crumbs,
        }
