"""Statements at the desk."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements import publication
from agreements.admin.base import CitingAdmin, SourcedFilter
from agreements.admin.forms import RecordForm, next_id
from agreements.dataset.rows import words_of
from agreements.models import Statement
from agreements.vocabulary import QUOTE_WORDS, Precision, State


class StatementForm(RecordForm):
    def clean_quote(self) -> str:
        quote = self.cleaned_data["quote"]
        if self.instance.state == State.PUBLISHED and words_of(quote) > QUOTE_WORDS:
            raise ValidationError(publication.too_long(quote))
        return quote

    def clean(self) -> dict:
        data = super().clean()
        change, about = data.get("status_change"), data.get("agreements") or []
        if change and change.agreement_id not in about:
            self.add_error(
                "agreements",
                _("The status change %(change)s is one of %(agreement)s: list that agreement too.")
                % {"change": change.pk, "agreement": change.agreement_id},
            )
        return data

    def make_id(self, data: dict) -> str:
        """The official's id and the date as far as it is known, as in marco-rubio-2025-04-30; a number if taken."""
        if not (data.get("official") and data.get("date") and data.get("precision")):
            return ""
        known = {Precision.YEAR: "%Y", Precision.MONTH: "%Y-%m", Precision.DAY: "%Y-%m-%d"}[data["precision"]]
        stem = f"{data['official'].pk}-{data['date'].strftime(known)}"
        if not Statement.objects.filter(pk=stem).exists():
            return stem
        # "b", as agreements have it: a number would read as a part of the date.
        return next_id(Statement, f"{stem}-b")


@admin.register(Statement)
class StatementAdmin(CitingAdmin):
    form = StatementForm
    list_display = ["id", "official", "when", "stance", "about", "source_count", "state_badge"]
    list_filter = [
        "state",
        SourcedFilter,
        "stance",
        "official__speaks_for",
        ("official__country", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["official"]
    date_hierarchy = "date"
    search_fields = ["id", "official__name", "agreements__id", "agreements__title", "quote", "summary", "venue"]
    ordering = ["-date", "id"]
    autocomplete_fields = ["official", "status_change"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("agreement_links")

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        if words_of(obj.quote) > QUOTE_WORDS:
            messages.warning(request, publication.too_long(obj.quote))

    @admin.display(description=_("agreements"))
    def about(self, obj) -> str:
        return ", ".join(link.agreement_id for link in obj.agreement_links.all())
