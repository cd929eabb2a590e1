"""Home, about."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from agreements import vocabulary
from agreements.charts import svg
from agreements.history import month_ends, statuses_over_time
from agreements.models import Agreement, Country, Official, Source, Statement, StatusChange
from agreements.views.base import today
from agreements.views.charts import paths_of
from agreements.views.citing import cite
from agreements.views.statements import entry_of, with_agreements
from agreements.views.timeline import Entry, Sources
from agreements.vocabulary import Status


@dataclass(frozen=True)
class Standing:
    """How many agreements stand at a status, and the list of them."""

    status: Status
    count: int
    address: str


class Home(TemplateView):
    template_name = "home.html"

    def get_context_data(self, **kwargs):
        day = today(self.request)
        paths = [path for _each, path in paths_of(Agreement.objects.published(), day=day)]
        current = [path.current for path in paths]
        days = month_ends(min((path.first_report.first for path in paths), default=day), day)
        sources = Sources()
        changes = (
            StatusChange.objects.published()
            .filter(agreement__state=vocabulary.State.PUBLISHED)
            .select_related("agreement__sender", "agreement__receiver")
            .with_sources()
            .in_date_order()
            .reverse()[:8]
        )
        statements = with_agreements(Statement.objects.published().in_date_order().reverse())[:6]
        counts = statuses_over_time(paths, days=days)
        year_ends = [place for place, each in enumerate(days) if each.month == 12 or each == day]
        return super().get_context_data(**kwargs) | {
            "citations": cite(self.request, str(_("Agreements by status"))),
            "total": len(paths),
            "operating": current.count(Status.OPERATING),
            "standings": [
                Standing(status, current.count(status), f"{reverse('agreements')}?status={status}") for status in Status
            ],
            "receivers": Agreement.objects.published().values("receiver").distinct().count(),
            "changes": [
                Entry("status", change.pk, change, change.date, change.precision, sources.of(change))
                for change in changes
            ],
            "statements": [entry_of(statement, sources) for statement in statements],
            "sources": sources,
            "stack_wide": svg.stack(paths, days=days),
            "stack_narrow": svg.stack(paths, days=days, width=344, narrow=True),
            "stack_legend": [status for status in svg.STACKING if any(counts[status])],
            "table_statuses": list(Status),
            "table": [
                (days[place].year if days[place] != day else day, [counts[status][place] for status in Status])
                for place in reversed(year_ends)
            ],
            "chart_address": reverse("home-chart"),
            "day": day,
        }


class About(TemplateView):
    template_name = "about.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "citations": cite(self.request, str(_("About"))),
            "counts": [
                (_("agreements"), Agreement.objects.published().count()),
                (_("statements"), Statement.objects.published().count()),
                (_("officials"), Official.objects.published().count()),
                (_("sources"), Source.objects.published().count()),
                (_("countries and territories"), Country.objects.published().count()),
            ],
        }
