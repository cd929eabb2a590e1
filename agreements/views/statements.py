"""What was said: the list, and one statement with its permalink."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.charts.scale import date_words
from agreements.filters import StatementFilter
from agreements.models import Statement, StatementAgreement
from agreements.views import jsonld
from agreements.views.agreements import statements_with_facts
from agreements.views.base import Crumb, FilteredList, Question, RecordPage
from agreements.views.framing import WIDTH, offer, text_height
from agreements.views.timeline import Entry, Sources, office_of
from agreements.vocabulary import State


def with_agreements(queryset):
    """Fetches, beside a statement's own facts, the published agreements that it is about, in order."""
    links = StatementAgreement.objects.filter(agreement__state=State.PUBLISHED).select_related(
        "agreement__sender", "agreement__receiver"
    )
    return statements_with_facts(queryset).prefetch_related(Prefetch("agreement_links", links))


def entry_of(statement: Statement, sources: Sources) -> Entry:
    return Entry(
        "said",
        statement.pk,
        statement,
        statement.date,
        statement.precision,
        sources.of(statement),
        office=office_of(statement),
        address=statement.get_absolute_url(),
    )


class StatementList(FilteredList):
    model = Statement
    filterset_class = StatementFilter
    template_name = "statements/list.html"
    heading = gettext_lazy("Statements")
    lede = gettext_lazy("What officials and organisations said about agreements, each with its date and its source.")
    questions = (
        Question(gettext_lazy("What was denied?"), "stance=denies"),
        Question(gettext_lazy("What did courts say?"), "speaks_for=judiciary"),
        Question(gettext_lazy("Who declined to comment?"), "stance=declines-comment"),
        Question(gettext_lazy("What did civil society criticise?"), "speaks_for=civil-society&stance=criticises"),
    )

    def base_queryset(self):
        return with_agreements(super().base_queryset())

    def get_context_data(self, **kwargs):
        self.sources = Sources()
        return super().get_context_data(**kwargs) | {"sources": self.sources}

    def rows(self, records):
        return [entry_of(statement, self.sources) for statement in records]


class StatementPage(RecordPage):
    model = Statement
    template_name = "statements/detail.html"

    def base_queryset(self):
        return with_agreements(Statement.objects.published().select_related("status_change"))

    def cited_title(self):
        statement = self.object
        return f"{statement.official.name}, {date_words(statement.date, statement.precision)}"

    def main_entity(self, context):
        entry = context["entry"]
        sources = [mark.source for mark in entry.marks]
        return jsonld.statement(
            self.object, entry.office, about=context["about"], sources=sources, site=settings.SITE_URL
        )

    def page_description(self, context):
        return self.object.summary

    def near(self):
        speaker = self.asked().rsplit("-20", 1)[0]
        return list(Statement.objects.published().filter(official=speaker).order_by("-date", "pk")[:8])

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        statement, sources = self.object, Sources()
        entry = entry_of(statement, sources)
        change = statement.status_change
        about = [link.agreement for link in statement.agreement_links.all()]
        return context | {
            "entry": entry,
            "about": about,
            "last_checked": min((agreement.last_checked for agreement in about), default=None),
            "change": change if change is not None and change.state == State.PUBLISHED else None,
            "sources": sources,
            "offer": offer(self.request, self.cited_title(), height=text_height(statement, self.cited_title(), WIDTH)),
            "crumbs": [Crumb(_("Statements"), reverse("statements"))],
            "others": list(
                Statement.objects.published()
                .filter(official=statement.official_id)
                .exclude(pk=statement.pk)
                .order_by("-date", "pk")[:6]
            ),
        }
