"""Sources, proceedings and assessments at the desk."""

import re

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements import link_checks, publication
from agreements.admin.base import CitingAdmin, RecordAdmin, SourcedFilter, changelist_link, links
from agreements.admin.entry import add_statement
from agreements.admin.forms import RecordForm, free_id
from agreements.admin.worklists import LinkFilter
from agreements.dataset.rows import Row, row_of
from agreements.models import Assessment, Citation, Proceeding, Source
from agreements.models.evidence import WEB_ADDRESS
from agreements.models.fields import url_key
from agreements.vocabulary import State
from agreements.words import fold

NAME_IN_ID = 24
"""How many letters of the publisher's name the id of a source takes, in whole words."""


class SourceForm(RecordForm):
    def make_id(self, data: dict) -> str:
        """The publisher and the date, as in texastribune-20190726; "undated" where there is none."""
        if not data.get("publisher"):
            return ""
        date = data["published"].strftime("%Y%m%d") if data.get("published") else "undated"
        return free_id(Source, f"{_short(data['publisher']) or _site(data.get('url', '')) or 'source'}-{date}")

    def clean_url(self) -> str:
        """Refuses an address that another source has: the key is worked out on saving, too late for its constraint."""
        url = self.cleaned_data["url"]
        if url:
            WEB_ADDRESS(url)
        key = url_key(url)
        others = Source.objects.exclude(pk=self.instance.pk).exclude(state=State.WITHDRAWN)
        double = others.filter(url_key=key).first() if key and self.instance.state != State.WITHDRAWN else None
        if double:
            raise ValidationError(_("Another source has this address already: %(id)s.") % {"id": double.pk})
        return url


def _short(publisher: str) -> str:
    """The name in a word, as in washingtonpost; what stands in brackets, say another site, is not of it."""
    words = re.findall("[a-z0-9]+", fold(publisher.split("(")[0]).replace("'", ""))
    if words[:1] == ["the"]:
        del words[0]
    short = ""
    for word in words:
        if short and len(short + word) > NAME_IN_ID:
            break
        short += word[:NAME_IN_ID]
    return short


def _site(url: str) -> str:
    """The name of the site without what stands around it: gazette for https://www.gazette.example/a."""
    parts = (url_key(url) or "").split("/")[0].split(".")
    return re.sub("[^a-z0-9]", "", parts[-2] if len(parts) > 1 else "")


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    form = SourceForm
    list_display = ["title", "publisher", "published", "kind", "state_badge"]
    list_filter = ["state", "kind", ("archive_url", admin.EmptyFieldListFilter), LinkFilter, "language"]
    date_hierarchy = "published"
    search_fields = ["id", "title", "publisher", "url"]
    found_by = ("title", "publisher")
    ordering = ["-published", "id"]
    single_line = ("title",)
    web_addresses = ("url", "archive_url")
    shown_when_stored = ("cited_by",)

    def workflow(self, request, obj) -> list[tuple[str, str, str]]:
        return [
            *super().workflow(request, obj),
            *add_statement(request, obj, _("Add a statement from this source"), sources=obj.pk),
        ]

    def asked_row(self, request, obj) -> Row | None:
        """The list of moved links leads here with the new address filled in."""
        moved = link_checks.moved().filter(source=obj).first() if obj and "moved" in request.GET else None
        if not moved:
            return super().asked_row(request, obj)
        proposal = publication.open_proposal(obj)
        return (proposal.row if proposal else row_of(obj)) | {"url": moved.location}

    @admin.display(description=_("cited by"))
    def cited_by(self, obj) -> str:
        tables = [table for table in Citation.__subclasses__() if not table._meta.abstract]
        return links(
            *(
                changelist_link(
                    table._meta.get_field("record").related_model,
                    table.objects.filter(source=obj).count(),
                    citations__source=obj.pk,
                )
                for table in tables
            )
        )


@admin.register(Proceeding)
class ProceedingAdmin(CitingAdmin):
    list_display = ["name", "court", "filed", "decided", "outcome", "source_count", "state_badge"]
    list_filter = ["state", SourcedFilter, "outcome"]
    date_hierarchy = "decided"
    search_fields = ["id", "name", "court", "agreements__id", "agreements__title", "summary"]
    ordering = ["-decided", "id"]
    single_line = ("name", "court")


@admin.register(Assessment)
class AssessmentAdmin(CitingAdmin):
    list_display = ["title", "body", "country", "published", "source_count", "state_badge"]
    list_filter = ["state", SourcedFilter, ("country", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["country"]
    date_hierarchy = "published"
    search_fields = ["id", "title", "body", "country__name", "country__slug", "summary"]
    ordering = ["-published", "id"]
    autocomplete_fields = ["country"]
    single_line = ("title",)
