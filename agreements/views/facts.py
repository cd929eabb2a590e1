"""The permanent address of one fact: what it says, on which sources it rests, how to cite it, how it was corrected."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.charts.scale import date_words
from agreements.dataset.rows import MODELS
from agreements.models import Agreement, Assessment, Country, Payment, Proceeding, Record, StatusChange, Transfer
from agreements.templatetags.tracker import money_words, people_range
from agreements.views import jsonld
from agreements.views.agreements import with_nationalities
from agreements.views.base import Crumb, RecordPage
from agreements.views.framing import WIDTH, offer, text_height
from agreements.views.links import FACTS
from agreements.views.timeline import Sources, entries
from agreements.vocabulary import Outcome, Stage, State, Status

_ENTRIES = {"status_changes": "changes", "transfers": "transfers", "payments": "payments", "proceedings": "proceedings"}


class FactPage(RecordPage):
    template_name = "facts/detail.html"

    @property
    def table(self) -> str:
        return self.kwargs["table"].replace("-", "_")

    @property
    def model(self):
        return MODELS[self.table]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if self.table not in FACTS or "_" in kwargs["table"]:
            raise Http404

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

    def cited_title(self):
        return _title(self.object)

    def get_context_data(self, **kwargs):
        record, sources = self.object, Sources()
        own = {} if self.table == "assessments" else {_ENTRIES[self.table]: [record]}
        listed = entries(**own, sources=sources)
        title, about = self.cited_title(), _about(record)
        top = (
            Crumb(_("Countries"), reverse("countries"))
            if self.table == "assessments"
            else Crumb(_("Agreements"), reverse("agreements"))
        )
        return super().get_context_data(**kwargs) | {
            "heading": str(self.model._meta.verbose_name),
            "title": title,
            "entries": listed,
            "offer": offer(self.request, title, height=text_height(record, title, WIDTH)),
            "assessment": record if self.table == "assessments" else None,
            "marks": sources.of(record),
            "about": [(each, f"{each.get_absolute_url()}#{record.pk}") for each in about],
            "last_checked": min((each.last_checked for each in about if isinstance(each, Agreement)), default=None),
            "sources": sources,
            "crumbs": [top, *(Crumb(str(each), each.get_absolute_url()) for each in about[:1])],
        }

    def page_sources(self, context):
        return context["sources"].listed

    def main_entity(self, context):
        record, site = self.object, settings.SITE_URL
        address, sources = f"{site}{self.request.path}", [mark.source for mark in context["sources"].listed]
        match record:
            case Assessment():
                return jsonld.assessment(record, address=address, sources=sources, site=site)
            case Proceeding():
                told, started = record.summary, jsonld.partial_date(record.filed)
                ended = "" if record.outcome == Outcome.PENDING else jsonld.partial_date(record.decided)
            case StatusChange() | Transfer():
                told, started, ended = record.note, jsonld.partial_date(record.date, record.precision), ""
            case _:
                # Money that was asked for or promised is no event, and no other type fits every stage of it.
                return None
        about = [page for page, _address in context["about"]]
        return jsonld.event(
            context["title"],
            address=address,
            told=told,
            started=started,
            ended=ended,
            about=about,
            sources=sources,
            site=site,
        )


def _about(record: Record) -> list[Agreement | Country]:
    """The pages on which the fact stands."""
    match record:
        case Assessment():
            return [record.country]
        case Proceeding():
            return list(record.agreements.all())
        case _:
            return [record.agreement]


def _title(record: Record) -> str:
    """The fact in a few words, as a citation names it."""
    match record:
        case Assessment():
            return f"{record.country.name}: {record.body}, {record.title}"
        case Proceeding():
            return record.name
        case StatusChange():
            what = Status(record.status).label
        case Transfer():
            people = people_range(record.people_low, record.people_high)
            what = ngettext("%(people)s person moved", "%(people)s people moved", record.people_high or 2) % {
                "people": people
            }
        case Payment():
            what = f"{money_words(record.amount, record.currency)} {Stage(record.stage).in_sentence}"
        case _:
            raise TypeError(f"{record!r} has no address of its own")
    dated = f", {date_words(record.date, record.precision)}" if record.date else ""
    return f"{record.agreement.title}: {what}{dated}"
