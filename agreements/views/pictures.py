"""Pictures of an agreement as files: its chart as an SVG that stands alone, and what a shared link shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from agreements import history
from agreements.charts import standalone
from agreements.charts.palette import LIGHT, PAPERS
from agreements.charts.scale import date_words
from agreements.charts.standalone import Caption
from agreements.charts.svg import path_words
from agreements.history import Path
from agreements.models import Agreement, StatusChange
from agreements.views.base import RecordPage, bad_request, today
from agreements.views.citing import edition_address


def wrong_theme(request: HttpRequest) -> list[str]:
    """What is wrong with the theme that the address asks for, as a sentence; nothing where none is."""
    theme = request.GET.get("theme", "")
    if not theme or theme in PAPERS:
        return []
    told = _("theme: “%(value)s” is unknown. Expected one of: %(valid)s.")
    return [told % {"value": theme, "valid": ", ".join(PAPERS)}]


@dataclass(frozen=True)
class Picture:
    """The picture that a shared link shows: its whole address, its size in pixels, and what it says in words."""

    address: str
    words: str
    width: int = standalone.SHARE_WIDTH
    height: int = standalone.SHARE_HEIGHT


def shared_picture(request: HttpRequest, agreement: Agreement, path: Path) -> Picture:
    """That of an agreement, at the edition and the day that the page shows where they were asked for."""
    file = reverse("agreement-share", args=[agreement.pk])
    address = edition_address(request, file) if request.asked.past else f"{settings.SITE_URL}{file}"
    return Picture(address, f"{agreement.title}: {path_words(path)}")


class Charted(RecordPage):
    """An agreement with what its chart needs."""

    model = Agreement

    def base_queryset(self):
        changes = Prefetch("status_changes", StatusChange.objects.published().order_by("step"))
        found = Agreement.objects.published().select_related("sender", "receiver").with_sources()
        return found.prefetch_related(changes)

    @cached_property
    def path(self) -> Path:
        return history.fold(self.object.status_changes.all(), today=today(self.request))

    @property
    def caption(self) -> Caption:
        agreement, asked, since = self.object, self.request.asked, self.path.since
        credit = _("As of %(day)s, edition %(number)s. Third Country Tracker, CC BY 4.0.")
        return Caption(
            parties=_("%(sender)s to %(receiver)s") % {"sender": agreement.sender, "receiver": agreement.receiver},
            title=agreement.title,
            since=_("since %(date)s") % {"date": date_words(since.first, since.precision)} if since else "",
            credit=credit % {"day": date_words(asked.day), "number": asked.number},
            address=edition_address(self.request, agreement.get_absolute_url()),
        )


class ChartFile(Charted):
    """The chart as an SVG file, `theme` light or dark."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wrong = wrong_theme(request)
        return bad_request(request, wrong) if wrong else super().dispatch(request, *args, **kwargs)

    def answer(self):
        paper = PAPERS[self.request.GET.get("theme") or LIGHT.name]
        drawing = standalone.chart(self.path, self.caption, paper=paper)
        response = HttpResponse(drawing, content_type="image/svg+xml")
        response["Content-Disposition"] = f'inline; filename="{self.object.pk}.svg"'
        return response


class SharePicture(Charted):
    """What those show who were given a link to the agreement."""

    def answer(self):
        return HttpResponse(standalone.png(standalone.share(self.path, self.caption)), content_type="image/png")
