"""The permanent address of one fact: what it says, on which sources it rests, how to cite it, how it was corrected."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.dataset.rows import MODELS, row_of
from agreements.models import Agreement, Country
from agreements.views.agreements import with_nationalities
from agreements.views.base import Crumb, RecordPage
from agreements.views.citing import cite, primary_of
from agreements.views.links import FACTS, label_of_row
from agreements.views.timeline import Sources, entries
from agreements.vocabulary import State

_ENTRIES = {"status_changes": "changes", "transfers": "transfers", "payments": "payments", "proceedings": "proceedings"}


class FactPage(RecordPage):
    template_name = "facts/detail.html"

    @property
    def table(self) -> str:
        return self.kwargs["table"].replace("-", "_")

    @property
    def model(self):
        return MODELS[self.table]

    def dispatch(self, request, *args, **kwargs):
        if self.table not in FACTS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def asked(self) -> str:
        return self.kwargs["id"]

    def base_queryset(self):
        records = self.model.objects.published().with_sources()
        if self.table == "assessments":
            return records.filter(country__state=State.PUBLISHED).select_related("country")
        if self.table == "proceedings":
            agreements = Agreement.objects.published().select_related("sender", "receiver").order_by("pk")
            return records.prefetch_related(Prefetch("agreements", agreements))
        if self.table == "transfers":
            records = with_nationalities(records)
        records = records.filter(agreement__state=State.PUBLISHED)
        return records.select_related("agreement__sender", "agreement__receiver")

    def get_context_data(self, **kwargs):
        record, sources = self.object, Sources()
        about: list[Agreement | Country]
        if self.table == "assessments":
            about, listed = [record.country], []
            sources.of(record)
        else:
            about = list(record.agreements.all()) if self.table == "proceedings" else [record.agreement]
            listed = entries(**{_ENTRIES[self.table]: [record]}, sources=sources)
        title = label_of_row(self.table, row_of(self.model.objects.get(pk=record.pk)))
        return super().get_context_data(**kwargs) | {
            "heading": str(self.model._meta.verbose_name),
            "title": title,
            "citations": cite(self.request, title, primary=primary_of(record)),
            "entries": listed,
            "about": [(each, f"{each.get_absolute_url()}#{record.pk}") for each in about],
            "sources": sources,
            "crumbs": [Crumb(_("Agreements"), reverse("agreements")), Crumb(str(about[0]), about[0].get_absolute_url())]
            if about
            else [],
        }
