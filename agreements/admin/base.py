"""What the pages of the desk share: a record's form and guarded columns, join rows in order, small list helpers."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from agreements import publication
from agreements.models import Record
from agreements.vocabulary import Precision, State

admin.site.site_header = _("Third Country Tracker: the editors’ desk")
admin.site.site_title = _("Third Country Tracker")
admin.site.index_title = _("The record")

GUARDED = ("state", "published_at", "withdrawn_at", "withdrawal_reason", "created_at", "loaded_row")
"""Columns that no form of the desk writes."""

LINE = 300
"""The `max_length` of names and titles: a line as wide as the page."""


def text_rows(rows: int) -> dict:
    """`formfield_overrides` for texts of some lines."""
    return {models.TextField: {"widget": forms.Textarea(attrs={"rows": rows, "cols": 40, "class": "vLargeTextField"})}}


def store(record: Record) -> None:
    """Writes a record as a form left it, but for the guarded columns: these stay as they are in the database.

    A form may rest on an old version (a revert) or on a row that was published meanwhile; neither may move its state.
    """
    if record._state.adding:
        # A plain save would overwrite a colleague's record that took the same id a moment ago.
        record.save(force_insert=True)
        return
    record.refresh_from_db(fields=GUARDED)
    concrete = (field for field in record._meta.concrete_fields if not field.primary_key)
    record.save(update_fields=[field.name for field in concrete if field.name not in GUARDED])


def next_id(model: type[Record], stem: str) -> str:
    """The first id `stem-N` after all in use, N from 1; gaps are not filled, since an id is never given twice."""
    ids = model._default_manager.filter(pk__startswith=f"{stem}-").values_list("pk", flat=True)
    numbers = [pk.removeprefix(f"{stem}-") for pk in ids]
    return f"{stem}-{max((int(number) for number in numbers if number.isdecimal()), default=0) + 1}"


class RecordForm(forms.ModelForm):
    """A record's form, with the rules that no constraint of the database can put well."""

    refused: tuple[str, ...] = ()
    """Why the public record would contradict itself if this were saved, once that was tried."""
    make_id = None
    """Where a form can name its record: a method from cleaned data to a public id, "" where a part is missing."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.make_id and "id" in self.fields:
            field = self.fields["id"]
            field.required = False
            field.help_text = format_lazy("{} {}", field.help_text, _("Left empty, it is made from the fields below."))

    def clean(self) -> dict:
        data = super().clean()
        for reason in self.refused:
            self.add_error(None, reason)
        date, precision = data.get("date"), data.get("precision")
        if date and precision and not Precision(precision).begins(date):
            self.add_error(
                "date",
                _("A date known to the %(precision)s is given as the first day of the period: %(first)s.")
                % {"precision": Precision(precision).label.lower(), "first": Precision(precision).first_day(date)},
            )
        if self.make_id and "id" in self.fields and not data.get("id") and "id" not in self.errors:
            data["id"] = self.make_id(data)
            if not data["id"]:
                self.add_error("id", self.fields["id"].error_messages["required"])
        return data


class RecordAdmin(SimpleHistoryAdmin):
    """A table of records. Never deletes, never moves a state; the public id is typed once."""

    form = RecordForm
    list_per_page = 50
    formfield_overrides = text_rows(6)
    object_history_list_template = "admin/record_history_list.html"
    single_line: tuple[str, ...] = ()
    """Text columns without a limit in the database that hold one line."""
    web_addresses: tuple[str, ...] = ()
    shown_when_stored: tuple[str, ...] = ()
    """Worked-out fields of the change page that mean nothing before the record exists."""

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def get_readonly_fields(self, request, obj=None):
        fields = [*super().get_readonly_fields(request, obj), "state_badge", *self._desk_times(obj)]
        return [*fields, *self.shown_when_stored, "id"] if obj else fields

    def get_fieldsets(self, request, obj=None):
        own = [field.name for field in self.opts.fields if field.editable and field.name not in ("id", "internal_note")]
        seen_at_once = ["internal_note"] if obj and obj.internal_note else []
        desk = [name for name in ("internal_note", *self._desk_times(obj)) if name not in seen_at_once]
        return [
            (None, {"fields": [("id", "state_badge"), *own, *(self.shown_when_stored if obj else ()), *seen_at_once]}),
            (_("Desk"), {"fields": desk, "classes": ["collapse"]}),
        ]

    @staticmethod
    def _desk_times(obj) -> list[str]:
        if obj is None:
            return []
        withdrawn = ["withdrawn_at", "withdrawal_reason"] if obj.state == State.WITHDRAWN else []
        return ["published_at", *withdrawn, "created_at", "updated_at"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.single_line or db_field.max_length == LINE:
            kwargs["widget"] = admin.widgets.AdminTextInputWidget(attrs={"class": "vLargeTextField"})
        elif db_field.name in self.web_addresses:
            kwargs["widget"] = admin.widgets.AdminURLFieldWidget(attrs={"class": "vLargeTextField"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_view_on_site_url(self, obj=None):
        """Only what was ever published has a page."""
        if obj is None or obj.state not in (State.PUBLISHED, State.WITHDRAWN):
            return None
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"refused": getattr(request, "refused", ())})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A save is one act of publishing: with all its inline rows it makes one edition, or none of it happens."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with publication.act(note=str(_("Corrected at the desk."))) as request.publishing:
                return super().changeform_view(request, object_id, form_url, extra_context)
        except publication.Inconsistent as wrong:
            # Undone by now; asked once more, the form says why and keeps every word that was typed.
            request.refused = wrong.reasons
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change) -> None:
        obj._history_user = request.user
        store(obj)
        request.publishing.corrected(obj)

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        request.publishing.corrected(form.instance)

    def save_formset(self, request, form, formset, change) -> None:
        if not issubclass(formset.model, Record):
            super().save_formset(request, form, formset, change)
            return
        for record in formset.save(commit=False):
            if record._state.adding:
                record.pk = next_id(formset.model, formset.instance.pk)
            record._history_user = request.user
            store(record)
            request.publishing.corrected(record)
        formset.save_m2m()

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if request.method != "POST":
            return super().history_form_view(request, object_id, version_id, extra_context)
        # simple-history hides the button from those who may not revert, and would still obey their POST.
        if self.revert_disabled(request):
            raise PermissionDenied
        try:
            with publication.act(note=str(_("Corrected at the desk."))) as request.publishing:
                return super().history_form_view(request, object_id, version_id, extra_context)
        except publication.Inconsistent as wrong:
            self.message_user(request, "; ".join(wrong.reasons), messages.ERROR)
            return HttpResponseRedirect(request.path)

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, obj) -> str:
        state = State(obj.state)
        return format_html('<span class="badge badge-{}">{}</span>', state.value, state.label)

    @admin.display(description=_("date"), ordering="date")
    def when(self, obj) -> str | None:
        return as_known(obj.date, obj.precision)


class CitingAdmin(RecordAdmin):
    """A table whose records rest on sources."""

    def get_queryset(self, request):
        return with_source_count(super().get_queryset(request))

    def lookup_allowed(self, lookup, value, request) -> bool:
        # A source's page leads to what rests on it.
        return lookup == "citations__source" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("sources"), ordering="source_count")
    def source_count(self, obj) -> int:
        return obj.source_count


def as_known(date: dt.date | None, precision: str | None) -> str | None:
    """A date as exactly as it is known and no more: "4 May 2025", "May 2025", "2025"; None for none."""
    if date is None:
        return None
    formats = {Precision.YEAR: "Y", Precision.MONTH: "YEAR_MONTH_FORMAT"}
    return date_format(date, formats.get(precision, "DATE_FORMAT"))


def with_source_count(records: models.QuerySet) -> models.QuerySet:
    """Adds `source_count`; a subquery, so that it multiplies no other join."""
    links = records.model._meta.get_field("citations").related_model.objects.filter(record=OuterRef("pk")).order_by()
    counts = links.values("record").annotate(n=Count("pk")).values("n")
    return records.annotate(source_count=Coalesce(Subquery(counts), 0))


class SourcedFilter(admin.SimpleListFilter):
    """Whether a record cites any source."""

    title = _("sources")
    parameter_name = "sourced"

    def lookups(self, request, model_admin):
        return [("yes", _("With a source")), ("no", _("Without a source"))]

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        links = queryset.model._meta.get_field("citations").related_model.objects.filter(record=OuterRef("pk"))
        return queryset.filter(Exists(links) if self.value() == "yes" else ~Exists(links))


class JoinForm(forms.ModelForm):
    """A row of a join table; without a position it goes to the end."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        position = self.fields["position"]
        position.required = False
        position.help_text = _("Order in the list; left empty, the row goes to the end.")
        if self.instance._state.adding:
            position.initial = None
            self.initial.pop("position", None)


class JoinFormSet(forms.BaseInlineFormSet):
    """The rows of a join table under one record, in their order, each reference once."""

    reference = ""

    def save(self, commit=True):
        kept = [form.instance for form in self.forms if form.has_changed() or form.instance.pk]
        following = max((row.position for row in kept if row.position is not None), default=-1) + 1
        for position, row in enumerate((row for row in kept if row.position is None), start=following):
            row.position = position
        return super().save(commit)

    def get_unique_error_message(self, unique_check) -> str:
        return _("Each may be listed once: please remove the one given twice.")


class JoinInline(admin.TabularInline):
    form = JoinForm
    formset = JoinFormSet
    extra = 1


def join_inline(model: type[models.Model], reference: str, **attributes: object) -> type[JoinInline]:
    """An inline for the join table `model`: the column `reference`, found by autocomplete, and its position."""
    attributes = {
        "model": model,
        "fields": [reference, "position"],
        "autocomplete_fields": [reference],
        "__module__": __name__,
        **attributes,
    }
    return type(f"{model.__name__}Inline", (JoinInline,), attributes)


def citations(model: type[models.Model]) -> type[JoinInline]:
    """An inline for the sources of a record; one for each of the tables that cite."""
    return join_inline(model, "source")


class RecordInline(admin.TabularInline):
    """Records edited under another one. Their ids are made from its id and a number; they are never deleted."""

    extra = 0
    can_delete = False
    show_change_link = True
    # Named as left out, not only unlisted: the stock template then adds the hidden id that tells the rows apart.
    exclude = ["id"]
    formfield_overrides = text_rows(3)
    readonly_fields = ["state_badge"]
    state_badge = RecordAdmin.state_badge
    get_view_on_site_url = RecordAdmin.get_view_on_site_url

    def get_extra(self, request, obj=None, **kwargs) -> int:
        return self.extra if obj else 1


def changelist_link(model: type[models.Model], count: int, **filters: str) -> tuple[str, object, int]:
    """Address, name and count of the rows of `model` that the filters leave, for `links`."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", query=filters)
    return address, model._meta.verbose_name_plural, count


def links(*targets: tuple[str, object, int]) -> str:
    """A list of links to other lists of the desk, each with its number of rows."""
    return format_html(
        '<ul class="desk-links">{}</ul>', format_html_join("", '<li><a href="{}">{}</a> ({})</li>', targets)
    )
