"""Methodology, about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from agreements import vocabulary
from agreements.models import Agreement, Country, Official, Source, Statement
from agreements.views.citing import cite


class Methodology(TemplateView):
    template_name = "methodology.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"citations": cite(self.request, str(_("Methodology")))}

    extra_context = {
        "sets": [
            (_("Kind: what an agreement does"), "kind", list(vocabulary.Kind)),
            (_("Instrument: on what paper it stands"), "instrument", list(vocabulary.Instrument)),
            (_("Status: where the negotiation stands"), "status", list(vocabulary.Status)),
            (_("Stance: how a statement stands towards it"), "stance", list(vocabulary.Stance)),
            (_("Side: from where somebody speaks"), "side", list(vocabulary.Side)),
            (_("Confirmation: what a side says of a status change"), "confirmation", list(vocabulary.Confirmation)),
            (_("Precision: how exactly a date is known"), "precision", list(vocabulary.Precision)),
            (_("Counting: how a head count may be used"), "counting", list(vocabulary.Counting)),
            (_("Counted by: who gives a head count"), "counted-by", list(vocabulary.CountedBy)),
            (_("Stage: how far money has come"), "stage", list(vocabulary.Stage)),
            (_("Outcome: how a proceeding ended"), "outcome", list(vocabulary.Outcome)),
            (_("Text: whether it can be read"), "text", list(vocabulary.TextPublic)),
        ]
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
