"""About."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from agreements.models import Agreement, Country, Official, Source, Statement
from agreements.views.citing import cite
from agreements.views.describing import Described


class About(Described, TemplateView):
    template_name = "about.html"
    page_type = "AboutPage"
    name = _("About")

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
