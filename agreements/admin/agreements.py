"""Agreements, status changes, transfers and payments at the desk."""

import re

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agreements.admin.base import (
    CitingAdmin,
    RecordInline,
    SourcedFilter,
    as_known,
    changelist_link,
    links,
    with_source_count,
)
from agreements.admin.entry import add_statement
from agreements.admin.forms import RecordForm, next_id
from agreements.admin.worklists import UncheckedFilter
from agreements.models import (
    Agreement,
    Payment,
    Proceeding,
    Statement,
    StatusChange,
    Transfer,
)
from agreements.vocabulary import Status


class AgreementForm(RecordForm):
    def clean(self) -> dict:
        data = super().clean()
        sender, receiver = data.get("sender"), data.get("receiver")
        public_id = data.get("id") or self.instance.pk
        if sender and receiver and sender != receiver and public_id:
            parties = f"{sender.alpha2}-{receiver.alpha2}".lower()
            if not re.fullmatch(rf"{parties}-\d{{4}}(-[b-z])?", public_id):
                self.add_error(
                    "id" if "id" in self.fields else None,
                    _("The id of this agreement is %(parties)s-YEAR, and -b for a second one of that year.")
                    % {"parties": parties},
                )
        return data


class OfAgreementForm(RecordForm):
    """A record of one agreement, named after it."""

    infix = ""

    def make_id(self, data: dict) -> str:
        agreement = data.get("agreement")
        return next_id(self._meta.model, f"{agreement.pk}{self.infix}") if agreement else ""


class TransferForm(OfAgreementForm):
    infix = "-transfer"


class PaymentForm(OfAgreementForm):
    infix = "-payment"

    def clean_part_of(self) -> Payment | None:
        """The constraint compares with the id, which the form of a stored record lacks; Django then passes over it."""
        whole = self.cleaned_data["part_of"]
        if whole and whole.pk == self.instance.pk:
            raise ValidationError(_("Not a part of itself."))
        return whole


class CurrentStatusFilter(admin.SimpleListFilter):
    """Where an agreement stands by its published status changes."""

    title = _("current status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [*Status.choices(), ("none", _("None published"))]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.filter(current_status=None)
        return queryset.filter(current_status=self.value()) if self.value() else queryset


class StatusChangeInline(RecordInline):
    model = StatusChange
    fields = ["step", "date", "precision", "status", "note", "sources", "state_badge"]
    readonly_fields = ["sources", "state_badge"]

    def get_queryset(self, request):
        return with_source_count(super().get_queryset(request))

    @admin.display(description=_("sources"))
    def sources(self, obj) -> str:
        """An inline cannot hold another: the sources of a status change are kept on its own page."""
        if obj._state.adding:
            return _("After saving")
        count = getattr(obj, "source_count", 0)
        text = ngettext("%d source", "%d sources", count) % count
        page = reverse("admin:agreements_statuschange_change", args=[obj.pk])
        return format_html('<a href="{}#id_sources">{}</a>', page, text)


@admin.register(Agreement)
class AgreementAdmin(CitingAdmin):
    form = AgreementForm
    inlines = [StatusChangeInline]
    found_by = ("id", "title", "sender__name", "receiver__name")
    list_display = ["title", "id", "state_badge", "current_status", "since", "source_count", "last_checked"]
    list_filter = [
        "state",
        CurrentStatusFilter,
        "kind",
        "instrument",
        "text_public",
        SourcedFilter,
        UncheckedFilter,
        ("sender", admin.RelatedOnlyFieldListFilter),
        ("receiver", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["id", "title", "sender__name", "sender__slug", "receiver__name", "receiver__slug", "summary"]
    ordering = ["id"]
    autocomplete_fields = ["sender", "receiver"]
    shown_when_stored = ("related_lists",)

    def get_queryset(self, request):
        return super().get_queryset(request).with_current_status()

    def workflow(self, request, obj) -> list[tuple[str, str, str]]:
        return [
            *super().workflow(request, obj),
            *add_statement(request, obj, _("Add a statement"), agreements=obj.pk),
        ]

    @admin.display(description=_("current status"), ordering="current_status")
    def current_status(self, obj) -> object:
        return obj.current_status.label if obj.current_status else None

    @admin.display(description=_("since"), ordering="since")
    def since(self, obj) -> str | None:
        return as_known(obj.since, obj.since_precision)

    @admin.display(description=_("see also"))
    def related_lists(self, obj) -> str:
        return links(
            changelist_link(Statement, obj.statements.count(), agreements=obj.pk),
            changelist_link(Transfer, obj.transfers.count(), agreement=obj.pk),
            changelist_link(Payment, obj.payments.count(), agreement=obj.pk),
            changelist_link(Proceeding, obj.proceedings.count(), agreements=obj.pk),
        )


@admin.register(StatusChange)
class StatusChangeAdmin(CitingAdmin):
    form = OfAgreementForm
    list_display = ["id", "agreement", "step", "status", "when", "source_count", "state_badge"]
    list_filter = ["state", SourcedFilter, "status", "precision"]
    list_select_related = ["agreement"]
    date_hierarchy = "date"
    search_fields = ["id", "agreement__id", "agreement__title", "note"]
    ordering = ["agreement", "step", "id"]
    autocomplete_fields = ["agreement"]

    def get_search_results(self, request, queryset, search_term):
        """Where the form that asks names agreements, `about`, those of others are left out."""
        found, doubled = super().get_search_results(request, queryset, search_term)
        about = request.GET.getlist("about")
        return (found.filter(agreement__in=about) if about else found), doubled


@admin.register(Transfer)
class TransferAdmin(CitingAdmin):
    form = TransferForm
    list_display = [
        "id",
        "agreement",
        "when",
        "people_low",
        "people_high",
        "counting",
        "counted_by",
        "source_count",
        "state_badge",
    ]
    list_filter = ["state", SourcedFilter, "counting", "counted_by", "precision"]
    list_select_related = ["agreement"]
    date_hierarchy = "date"
    search_fields = ["id", "agreement__id", "agreement__title", "note"]
    ordering = ["-date", "id"]
    autocomplete_fields = ["agreement"]


@admin.register(Payment)
class PaymentAdmin(CitingAdmin):
    form = PaymentForm
    list_display = [
        "id",
        "agreement",
        "when",
        "amount",
        "currency",
        "stage",
        "part_of",
        "source_count",
        "state_badge",
    ]
    list_filter = ["state", SourcedFilter, "stage", ("currency", admin.AllValuesFieldListFilter)]
    list_select_related = ["agreement", "part_of"]
    date_hierarchy = "date"
    search_fields = ["id", "agreement__id", "agreement__title", "note"]
    ordering = ["-date", "id"]
    autocomplete_fields = ["agreement", "part_of"]
