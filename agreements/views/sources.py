"""One source, and every published record that rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.cite import Primary
from agreements.models import (
    Agreement,
    Assessment,
    Citation,
    Payment,
    Proceeding,
    Source,
    Statement,
    StatusChange,
    Transfer,
)
from agreements.views import jsonld
from agreements.views.base import Crumb, RecordPage
from agreements.views.citing import cite
from agreements.vocabulary import State


@dataclass(frozen=True)
class Resting:
    """One record that rests on the source."""

    table: str
    label: str
    detail: str
    record: Any
    address: str


def _resting(record: Any) -> Resting:
    table = str(record._meta.verbose_name)
    match record:
        case Agreement():
            return Resting(table, record.title, "", record, record.get_absolute_url())
        case Statement():
            words = f"“{record.quote}”" if record.quote else record.summary
            return Resting(table, record.official.name, words, record, record.get_absolute_url())
        case Proceeding():
            return Resting(table, record.name, record.court, record, _first_agreement(record))
        case Assessment():
            return Resting(
                table, str(record), record.summary, record, record.country.get_absolute_url() + "#assessments"
            )
        case StatusChange() | Transfer() | Payment():
            label = record.get_status_display() if isinstance(record, StatusChange) else record.agreement.title
            return Resting(table, str(label), record.note, record, record.get_absolute_url())
    raise TypeError(f"{record!r} does not cite sources")


def _first_agreement(proceeding: Proceeding) -> str:
    links = [link for link in proceeding.agreement_links.all() if link.agreement.state == State.PUBLISHED]
    return f"{links[0].agreement.get_absolute_url()}#{proceeding.pk}" if links else ""


# What the line of a record names: where that is not public, neither is the line.
_REFERS_TO = {
    Statement: ("official",),
    Assessment: ("country",),
    StatusChange: ("agreement",),
    Transfer: ("agreement",),
    Payment: ("agreement",),
}


def resting_on(source: Source) -> list[Resting]:
    """Every published record that cites the source, a constant number of queries."""
    found: list[Resting] = []
    for citation in Citation.__subclasses__():
        model = citation._meta.get_field("record").related_model
        referred = _REFERS_TO.get(model, ())
        records = model.objects.published().filter(
            citations__source=source, **{f"{name}__state": State.PUBLISHED for name in referred}
        )
        records = records.select_related(*referred)
        if model is Proceeding:
            records = records.prefetch_related("agreement_links__agreement")
        found += [_resting(record) for record in records.order_by("pk")]
    return found


class SourcePage(RecordPage):
    model = Source
    template_name = "sources/detail.html"

    def main_entity(self, context):
        return jsonld.source(self.object, site=settings.SITE_URL)

    def near(self):
        return list(
            Source.objects.published().filter(pk__startswith=self.asked().split("-")[0] + "-").order_by("pk")[:8]
        )

    def get_context_data(self, **kwargs):
        source = self.object
        own = Primary(source.publisher, source.title, source.published, source.archive_url or source.url)
        return super().get_context_data(**kwargs) | {
            "citations": cite(self.request, source.title, primary=own),
            "resting": resting_on(self.object),
            "crumbs": [Crumb(_("Statements"), reverse("statements")), Crumb(_("Sources"))],
        }
