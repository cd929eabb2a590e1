"""Officials and organisations that spoke."""

from __future__ import annotations

from django.db.models import Count, Max, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.filters import OfficialFilter
from agreements.history import partial_period
from agreements.models import Official, Position, Statement
from agreements.views.base import Crumb, FilteredList, Question, RecordPage, today
from agreements.views.statements import with_agreements
from agreements.views.timeline import Sources, entries, office_now
from agreements.vocabulary import State

_PUBLISHED = Q(statements__state=State.PUBLISHED)


def _officials():
    return (
        Official.objects.published()
        .select_related("country")
        .prefetch_related(Prefetch("positions", Position.objects.published().order_by("pk")))
        .annotate(
            statement_count=Count("statements", filter=_PUBLISHED),
            latest_statement=Max("statements__date", filter=_PUBLISHED),
        )
    )


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
        return [(official, office_now(official, today(self.request))) for official in records]


class OfficialPage(RecordPage):
    model = Official
    template_name = "officials/detail.html"

    def base_queryset(self):
        return _officials()

    def near(self):
        words = Q()
        for word in self.asked().split("-"):
            words |= Q(pk__contains=word) if len(word) > 3 else Q()
        return list(Official.objects.published().filter(words).order_by("pk")[:8]) if words else []

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        official = self.object
        sources = Sources()
        said = entries(
            statements=with_agreements(Statement.objects.published().filter(official=official)),
            sources=sources,
            newest_first=True,
        )
        positions = [
            (position, partial_period(position.started), partial_period(position.ended))
            for position in sorted(official.positions.all(), key=lambda p: (p.started, p.pk), reverse=True)
        ]
        crumbs = [Crumb(_("Officials"), reverse("officials"))]
        if official.country is not None:
            crumbs.append(Crumb(official.country.name, official.country.get_absolute_url()))
        return context | {
            "positions": positions,
            "said": said,
            "sources": sources,
            "crumbs": crumbs,
        }
