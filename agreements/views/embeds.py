"""The chart of an agreement, a statement or a fact for another site's page: small, without a script, frozen if asked.

A frozen embed shows an edition, and says whether what it shows was corrected since.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from agreements import editions
from agreements.charts import svg
from agreements.dataset.rows import TABLE_OF
from agreements.models import Record
from agreements.refusals import EMBEDS
from agreements.views.base import RecordPage, bad_request
from agreements.views.facts import FactPage
from agreements.views.framing import chart_height, text_height
from agreements.views.pictures import Charted, wrong_theme
from agreements.views.statements import StatementPage


class Embed(RecordPage):
    """A record in a frame: light or dark, with where it is from and, where it is frozen, what became of it."""

    page_type = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wrong = wrong_theme(request)
        return bad_request(request, wrong) if wrong else super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        asked = self.request.asked
        shown = [(TABLE_OF[type(record)], record.pk) for record in self.shown(context)]
        return context | {
            "theme": self.request.GET.get("theme", ""),
            "page": self.request.path.removeprefix(EMBEDS.rstrip("/")),
            "correction": editions.corrected_since(asked.moment, asked.later, shown) if asked.later else None,
        }

    def shown(self, context: dict[str, Any]) -> Iterable[Record]:
        """The records that can be read here, the one that it is about first."""
        raise NotImplementedError

    def size_at(self, width: int) -> tuple[str, int]:
        """What the record is called, and the pixels that it takes down at a width, once it was fetched."""
        title = self.cited_title()
        return title, text_height(self.object, title, width)


class AgreementEmbed(Embed, Charted):
    template_name = "embed/agreement.html"

    def get_context_data(self, **kwargs):
        path = self.path
        return super().get_context_data(**kwargs) | {
            "status": path.current,
            "since": path.since,
            "path_wide": svg.status_path(path, width=620),
            "path_narrow": svg.status_path(path, width=300, narrow=True),
            "path_small": svg.track(path),
        }

    def size_at(self, width):
        return self.object.title, chart_height(self.path, self.object.title, width)

    def shown(self, context):
        agreement = self.object
        return [agreement, agreement.sender, agreement.receiver, *agreement.status_changes.all()]


class StatementEmbed(Embed, StatementPage):
    template_name = "embed/statement.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"about_pages": [(each, each.get_absolute_url()) for each in context["about"]]}

    def shown(self, context):
        statement, entry = self.object, context["entry"]
        office = [entry.office] if entry.office else []
        return [statement, statement.official, *office, *context["about"], *sources_of(context)]


class FactEmbed(Embed, FactPage):
    template_name = "embed/fact.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"about_pages": context["about"]}

    def shown(self, context):
        fact = self.object
        nationalities = [link.country for link in fact.nationality_links.all()] if self.table == "transfers" else []
        return [fact, *(page for page, _address in context["about"]), *nationalities, *sources_of(context)]


def sources_of(context: dict[str, Any]) -> list[Record]:
    return [mark.source for mark in context["sources"].listed]


EMBEDS_BY_PAGE: dict[str, type[Embed]] = {"agreement": AgreementEmbed, "statement": StatementEmbed, "fact": FactEmbed}
"""The embeds by the names of the addresses of their pages."""
