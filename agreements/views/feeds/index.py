"""The page of all that can be followed, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from agreements.views.citing import cite
from agreements.views.data import LISTS
from agreements.views.feeds.events import blocked_by_a_court, transitions
from agreements.vocabulary import Status


@dataclass(frozen=True)
class ToStatus:
    """The feed of one status, and how many items it has."""

    status: Status
    address: str
    number: int


class Feeds(TemplateView):
    template_name = "feeds/index.html"

    def get_context_data(self, **kwargs):
        counted = dict(transitions().order_by().values_list("status").annotate(n=Count("pk")))
        return super().get_context_data(**kwargs) | {
            "citations": cite(self.request, _("Feeds and calendar")),
            "site": settings.SITE_URL,
            "transitions": [
                ToStatus(status, reverse("transition-feed", args=[status]), counted.get(status, 0)) for status in Status
            ],
            "all": sum(counted.values()),
            "lists": [(name, reverse(f"{address}-feed")) for address, (name, _filters) in LISTS.items()],
            "by_a_court": blocked_by_a_court(transitions()).count(),
        }
