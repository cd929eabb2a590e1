"""Sources, proceedings and assessments at the desk."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.admin.base import CitingAdmin, RecordAdmin, SourcedFilter, changelist_link, links
from agreements.admin.forms import RecordForm
from agreements.models import Assessment, Citation, Proceeding, Source
from agreements.models.fields import url_key
from agreements.vocabulary import State


class SourceForm(RecordForm):
    def clean_url(self) -> str:
        """Refuses an address that another source has: the key is worked out on saving, too late for its constraint."""
        url = self.cleaned_data["url"]
        key = url_key(url)
        others = Source.objects.exclude(pk=self.instance.pk).exclude(state=State.WITHDRAWN)
        double = others.filter(url_key=key).first() if key and self.instance.state != State.WITHDRAWN else None
        if double:
            raise ValidationError(_("Another source has this address already: %(id)s.") % {"id": double.pk})
        return url


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    form = SourceForm
    list_display = ["title", "publisher", "published", "kind", "state_badge"]
    list_filter = ["state", "kind", ("archive_url", admin.EmptyFieldListFilter), "language"]
    date_hierarchy = "published"
    search_fields = ["id", "title", "publisher", "url"]
    found_by = ("title", "publisher")
    ordering = ["-published", "id"]
    single_line = ("title",)
    web_addresses = ("url", "archive_url")
    shown_when_stored = ("cited_by",)

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
