"""Countries that are a party, and the page of one."""

from __future__ import annotations

from django.db.models import Count, F, Max, Prefetch, Q
from django.http import HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.charts import figures, svg
from agreements.filters import CountryFilter
from agreements.models import Agreement, Assessment, Country, Official, Position, Revision, Statement
from agreements.views.agreements import rows_of, statements_with_facts, with_row_facts
from agreements.views.base import Crumb, FilteredList, RecordPage, today, withdrawal_of
from agreements.views.timeline import Sources, entries, office_now
from agreements.vocabulary import State

SENDS = Q(as_sender__state=State.PUBLISHED)
RECEIVES = Q(as_receiver__state=State.PUBLISHED)


class CountryList(FilteredList):
    model = Country
    filterset_class = CountryFilter
    template_name = "countries/list.html"
    paginate_by = 100
    heading = gettext_lazy("Countries")
    lede = gettext_lazy("The states, territories and unions that are a party to an agreement or to the attempt at one.")

    def base_queryset(self):
        return (
            Country.objects.published()
            .filter(
                Q(pk__in=Agreement.objects.published().values("sender"))
                | Q(pk__in=Agreement.objects.published().values("receiver"))
            )
            .annotate(
                sender_count=Count("as_sender", filter=SENDS, distinct=True),
                receiver_count=Count("as_receiver", filter=RECEIVES, distinct=True),
            )
        )


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
        involved = with_row_facts(Agreement.objects.published().filter(Q(sender=country) | Q(receiver=country)))
        rows = sorted(
            rows_of(list(involved), day=day),
            key=lambda row: (row.path.first_report.first if row.path.changes else day, row.agreement.pk),
            reverse=True,
        )
        starts = [row.path.first_report for row in rows if row.path.changes]
        earliest = min(starts, key=lambda period: period.first, default=None)
        first = earliest.first if earliest else day
        sources = Sources()
        assessments = [(assessment, sources.of(assessment)) for assessment in country.assessments.all()]
        statements = statements_with_facts(
            Statement.objects.published().filter(official__country=country).in_date_order().reverse()
        )[:20]
        said = entries(statements=statements, sources=sources, newest_first=True)
        return context | {
            "as_sender": [
                (row, svg.bar(row.path, first=first)) for row in rows if row.agreement.sender_id == country.pk
            ],
            "as_receiver": [
                (row, svg.bar(row.path, first=first)) for row in rows if row.agreement.receiver_id == country.pk
            ],
            "bars_from": earliest,
            "day": day,
            "assessments": assessments,
            "officials": [(official, office_now(official, day)) for official in country.officials.all()],
            "said": said,
            "sources": sources,
            "chart_address": reverse("country-chart", args=[country.slug]) if starts else "",
            "chart_height": figures.country_bars_height(len(starts)),
            "crumbs": [Crumb(_("Countries"), reverse("countries")), Crumb(country.get_region_display())],
        }
