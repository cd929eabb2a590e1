"""Statements at the desk."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agreements.admin.base import (
    CitingAdmin,
    JoinFormSet,
    RecordForm,
    SourcedFilter,
    citations,
    join_inline,
    next_id,
)
from agreements.dataset.rows import words_of
from agreements.models import Statement, StatementAgreement, StatementSource
from agreements.vocabulary import QUOTE_WORDS, Precision, State


class StatementForm(RecordForm):
    def clean_quote(self) -> str:
        quote = self.cleaned_data["quote"]
        if self.instance.state == State.PUBLISHED and words_of(quote) > QUOTE_WORDS:
            raise ValidationError(too_long(quote))
        return quote

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


def too_long(quote: str) -> str:
    """What to say of a quotation of more than QUOTE_WORDS words."""
    words = words_of(quote)
    return ngettext(
        "The quotation has %(words)d word; at most %(most)d may be published.",
        "The quotation has %(words)d words; at most %(most)d may be published.",
        words,
    ) % {"words": words, "most": QUOTE_WORDS}


class StatementAgreementFormSet(JoinFormSet):
    def clean(self) -> None:
        super().clean()
        change = self.instance.status_change
        kept = [form for form in self.forms if form not in self.deleted_forms and hasattr(form, "cleaned_data")]
        if change and all(form.cleaned_data.get("agreement") != change.agreement for form in kept):
            raise ValidationError(
                _("The status change %(change)s is one of %(agreement)s: list that agreement too.")
                % {"change": change.pk, "agreement": change.agreement_id}
            )


@admin.register(Statement)
class StatementAdmin(CitingAdmin):
    form = StatementForm
    inlines = [
        join_inline(StatementAgreement, "agreement", formset=StatementAgreementFormSet),
        citations(StatementSource),
    ]
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
            messages.warning(request, too_long(obj.quote))

    @admin.display(description=_("agreements"))
    def about(self, obj) -> str:
        return ", ".join(link.agreement_id for link in obj.agreement_links.all())
