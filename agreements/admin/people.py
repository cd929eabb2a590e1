"""Officials and their positions at the desk."""

from django.contrib import admin
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from agreements.admin.base import RecordAdmin, RecordInline, changelist_link, links
from agreements.admin.forms import RecordForm, free_id, next_id
from agreements.models import Official, Position, Statement
from agreements.words import fold


class Tenure(RecordForm):
    """A position's dates: as much of them as is known, the first not after the last."""

    def clean(self) -> dict:
        data = super().clean()
        started, ended = data.get("started"), data.get("ended")
        known = min(len(started or ""), len(ended or ""))
        if known and started[:known] > ended[:known]:
            self.add_error("ended", _("A position does not end before it starts."))
        return data


class OfficialForm(RecordForm):
    def make_id(self, data: dict) -> str:
        """The name without accents, as in kristrun-frostadottir; "" for a name without a Latin letter."""
        stem = slugify(fold(data.get("name", "")))[:100].strip("-")
        return free_id(Official, stem) if stem else ""


class PositionForm(Tenure):
    def make_id(self, data: dict) -> str:
        return next_id(Position, data["official"].pk) if data.get("official") else ""


class PositionInline(RecordInline):
    model = Position
    form = Tenure
    fields = ["title", "body", "started", "ended", "state_badge"]


@admin.register(Official)
class OfficialAdmin(RecordAdmin):
    form = OfficialForm
    inlines = [PositionInline]
    list_display = ["name", "kind", "country", "speaks_for", "state_badge"]
    list_filter = ["state", "kind", "speaks_for", ("country", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["country"]
    search_fields = ["id", "name", "country__name", "country__slug", "positions__title", "positions__body"]
    ordering = ["id"]
    autocomplete_fields = ["country"]
    found_by = ("id", "name", "country__name")
    shown_when_stored = ("related_lists",)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"id": ["name"]}

    @admin.display(description=_("see also"))
    def related_lists(self, obj) -> str:
        return links(changelist_link(Statement, obj.statements.count(), official=obj.pk))


@admin.register(Position)
class PositionAdmin(RecordAdmin):
    form = PositionForm
    list_display = ["title", "body", "official", "started", "ended", "state_badge"]
    list_filter = ["state", "official__speaks_for", ("official__country", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["official"]
    search_fields = ["id", "title", "body", "official__name"]
    ordering = ["id"]
    autocomplete_fields = ["official"]
