"""What the pages of the desk share: a record's form, saved in one act of an editor, and small list helpers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django import forms
from django.contrib import admin, messages
from django.contrib.messages.storage import default_storage
from django.db import models
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agreements import publication
from agreements.admin.conflicts import last_save, revived
from agreements.admin.forms import PublicNoteField, RecordForm, differences, list_field, next_id, stamp
from agreements.admin.versions import VersionPages
from agreements.dataset.rows import LISTS, TABLE_OF, row_of
from agreements.models import Record
from agreements.vocabulary import Precision, State
from agreements.words import holds

admin.site.site_header = _("Third Country Tracker: the editors’ desk")
admin.site.site_title = _("Third Country Tracker")
admin.site.index_title = _("The record")

LINE = 300
"""The `max_length` of names and titles: a line as wide as the page."""


def text_rows(rows: int) -> dict:
    """`formfield_overrides` for texts of some lines."""
    return {models.TextField: {"widget": forms.Textarea(attrs={"rows": rows, "cols": 40, "class": "vLargeTextField"})}}


class RecordAdmin(VersionPages, admin.ModelAdmin):
    """A table of records. Its forms write through publication; the public id is typed once."""

    class Media:
        js = [forms.Script("js/desk.js", type="module")]

    form = RecordForm
    list_per_page = 50
    formfield_overrides = text_rows(6)
    change_form_template = "admin/record_form.html"
    actions = ["hand_in", "publish"]
    single_line: tuple[str, ...] = ()
    """Text columns without a limit in the database that hold one line."""
    web_addresses: tuple[str, ...] = ()
    shown_when_stored: tuple[str, ...] = ()
    """Worked-out fields of the change page that mean nothing before the record exists."""
    found_by: tuple[str, ...] = ()
    """Columns that a search finds whatever the accents; for tables of some thousand rows."""

    # --- Who may ---

    def has_change_permission(self, request, obj=None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or publication.may_change(request.user, obj))

    def has_delete_permission(self, request, obj=None) -> bool:
        """Only what never was public can be deleted, and only from its own page."""
        return (
            obj is not None
            and super().has_delete_permission(request, obj)
            and publication.may_discard(request.user, obj)
        )

    # --- The form ---

    def get_readonly_fields(self, request, obj=None):
        fields = [*super().get_readonly_fields(request, obj), "state_badge", *self._desk_times(obj)]
        return [*fields, *self.shown_when_stored, "id"] if obj else fields

    def get_fieldsets(self, request, obj=None):
        own = [field.name for field in self.opts.fields if field.editable and field.name not in ("id", "internal_note")]
        lists = [column.name for column in LISTS[TABLE_OF[self.model]]]
        seen_at_once = ["internal_note"] if obj and obj.internal_note else []
        desk = [name for name in ("internal_note", *self._desk_times(obj)) if name not in seen_at_once]
        note = ["public_note"] if obj and obj.state == State.PUBLISHED else []
        stored = self.shown_when_stored if obj else ()
        return [
            (None, {"fields": [("id", "state_badge"), *own, *lists, *note, *stored, *seen_at_once]}),
            (_("Desk"), {"fields": desk, "classes": ["collapse"]}),
        ]

    @staticmethod
    def _desk_times(obj) -> list[str]:
        if obj is None:
            return []
        withdrawn = ["withdrawn_at", "withdrawal_reason"] if obj.state == State.WITHDRAWN else []
        return ["author", "published_at", *withdrawn, "created_at", "updated_at"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.single_line or db_field.max_length == LINE:
            kwargs["widget"] = admin.widgets.AdminTextInputWidget(attrs={"class": "vLargeTextField"})
        elif db_field.name in self.web_addresses:
            kwargs["widget"] = admin.widgets.AdminURLFieldWidget(attrs={"class": "vLargeTextField"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        table = TABLE_OF[self.model]
        added = {column.name: list_field(column, self.admin_site) for column in LISTS[table]}
        if obj and obj.state == State.PUBLISHED:
            added["public_note"] = PublicNoteField()
        kwargs["form"] = type(self.form.__name__, (self.form,), added)
        form = super().get_form(request, obj, change=change, **kwargs)
        values = {"refused": getattr(request, "refused", ()), "opened": self.asked_row(request, obj)}
        return type(form.__name__, (form,), values)

    def get_view_on_site_url(self, obj=None):
        """Only what was ever published has a page."""
        if obj is None or obj.state not in (State.PUBLISHED, State.WITHDRAWN):
            return None
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    # --- Saving ---

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A save is one act of an editor: with all its inline rows it makes one edition, or none of it happens."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if "_refill" in request.POST:
            request.refused = (_("Nothing is saved yet: this is what you had typed. Please check it and save again."),)
            return super().changeform_view(request, object_id, form_url, extra_context)
        if object_id and self.get_object(request, object_id) is None and self.has_add_permission(request):
            return self._filled_add_form(request, object_id, extra_context)
        try:
            note = request.POST.get("public_note", "").replace("\r\n", "\n").strip()
            with publication.at_desk(by=request.user, note=note) as request.act:
                self._meet_conflict(request, object_id)
                answer = super().changeform_view(request, object_id, form_url, extra_context)
        except publication.Inconsistent as wrong:
            # Undone by now; asked once more, the form says why and keeps every word that was typed.
            request.refused = wrong.reasons
            _forget_messages(request)
            return super().changeform_view(request, object_id, form_url, extra_context)
        if request.act.proposed:
            _forget_messages(request)
            self.message_user(
                request,
                ngettext(
                    "The change is kept as a proposal: it becomes public when another editor accepts it.",
                    "The %(count)d changes are kept as proposals: they become public when another editor accepts them.",
                    len(request.act.proposed),
                )
                % {"count": len(request.act.proposed)},
                messages.INFO,
            )
        return answer

    def _filled_add_form(self, request, object_id, extra_context):
        """The form of a record that another discarded meanwhile, as that of a new one."""
        self._revive_rows(request, object_id)
        request.POST = request.POST.copy()
        request.POST["id"] = object_id
        request.refused = (_("This record was discarded while you wrote. Saved now, it is a new draft."),)
        add = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        return super().changeform_view(request, None, add, extra_context)

    def _meet_conflict(self, request, object_id) -> None:
        """Where the record was saved by another since the form was opened, nothing is saved before both were seen."""
        opened = request.POST.get("opened_on")
        obj = self.get_object(request, object_id) if object_id and opened else None
        now = stamp(self.with_inline_records(obj)) if obj else opened
        if opened != now:
            request.POST = request.POST.copy()
            request.POST["opened_on"] = now
            self._revive_rows(request, object_id)
            request.conflict = last_save(self.with_inline_records(obj))
            request.refused = [
                _("Another editor saved this record while you wrote. Nothing of yours is saved yet; nothing is lost.")
            ]

    def _revive_rows(self, request, object_id) -> None:
        for relation in self._inline_relations():
            there = relation.related_model._default_manager.filter(**{relation.field.name: object_id})
            ids = set(there.values_list("pk", flat=True))
            request.POST = revived(request.POST, relation.get_accessor_name(), ids)

    def _inline_relations(self) -> Iterator[models.ManyToOneRel]:
        for inline in self.inlines:
            yield next(field.remote_field for field in inline.model._meta.fields if field.related_model is self.model)

    def with_inline_records(self, obj: Record) -> Iterator[Record]:
        """The record, and the records that its page edits with it."""
        yield obj
        for relation in self._inline_relations():
            yield from relation.related_model._default_manager.filter(**{relation.field.name: obj.pk}).order_by("pk")

    def save_model(self, request, obj, form, change) -> None:
        request.act.keep(obj, form.row(), internal_note=form.cleaned_data.get("internal_note", obj.internal_note))

    def save_related(self, request, form, formsets, change) -> None:
        """The record's own lists were saved with it."""
        for formset in formsets:
            self.save_formset(request, form, formset, change=change)

    def save_formset(self, request, form, formset, change) -> None:
        formset.save(commit=False)
        for row in formset.forms:
            if row.has_changed():
                record = row.instance
                if record._state.adding:
                    record.pk = next_id(formset.model, formset.instance.pk)
                request.act.keep(record, row.row(), internal_note=record.internal_note)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        context["opened_on"] = (
            form.data.get("opened_on") or stamp(self.with_inline_records(self.get_object(request, obj.pk)))
            if obj
            else ""
        )
        if obj:
            context["workflow"] = self.workflow(request, obj)
            context["answer"] = self._answer(obj)
            context["proposal"] = form.proposal
            context["proposed"] = form.proposal and differences(form.table, form.public, form.standing)
        context["can_hand_in"] = obj is None or publication.may_submit(request.user, obj)
        context["can_publish"] = publication.applies_at_once(request.user) and (
            obj is None or obj.state != State.PUBLISHED
        )
        context["proposes"] = bool(
            obj and obj.state == State.PUBLISHED and not publication.applies_at_once(request.user)
        )
        if conflict := getattr(request, "conflict", None):
            context["conflict"] = conflict
            context["both"] = list(self._both_versions(request, context, obj))
        return super().render_change_form(request, context, add, change, form_url, obj)

    @staticmethod
    def _answer(obj):
        """The version in which a draft was given back with an answer, until it is changed again."""
        newest = obj.history.first() if obj.state == State.DRAFT else None
        return newest if newest and newest.history_change_reason else None

    def _both_versions(self, request, context, obj) -> Iterator[tuple[str, str, str]]:
        """Label, the cell as it is saved now and the cell as typed, wherever these differ."""
        forms_shown = [context["adminform"].form]
        for formset in context["inline_admin_formsets"]:
            forms_shown += [form for form in formset.formset.forms if form.instance.pk]
        for form in forms_shown:
            if not hasattr(form, "cleaned_data"):
                continue
            for label, theirs, mine in differences(form.table, form.standing, form.row()):
                yield (label if form.instance.pk == obj.pk else f"{form.instance.pk}: {label}"), theirs, mine
        # Rows that the other added are in no form.
        seen = {form.instance.pk for form in forms_shown}
        for added in self.with_inline_records(obj):
            if added.pk not in seen:
                for label, theirs, _mine in differences(TABLE_OF[type(added)], row_of(added), {}):
                    yield f"{added.pk}: {label}", theirs, ""

    # --- What can be done with it ---

    def workflow(self, request, obj) -> list[tuple[str, str, str]]:
        """What this user may do next with the record as it stands: name, label, address; or why he may not, without
        an address."""
        table, user = TABLE_OF[self.model], request.user
        editor = publication.may_publish(user)

        def step(name: str, label: object) -> tuple[str, str, str]:
            return name, str(label), reverse(f"admin:desk_{name}", query={"record": f"{table}/{obj.pk}"})

        steps = []
        if obj.state == State.IN_REVIEW and (editor or obj.author_id == user.pk):
            label = _("Take back") if obj.author_id == user.pk else _("Send back…")
            steps.append(step("send_back", label))
        if obj.state != State.PUBLISHED and editor:
            reasons = publication.objections_to(user, obj)
            label = _("Publish again…") if obj.state == State.WITHDRAWN else _("Publish…")
            steps.append(("reason", str(reasons[0]), "") if reasons else step("publish", label))
        if obj.state == State.PUBLISHED and publication.open_proposal(obj):
            steps.append(step("decide", _("Decide on the proposal…")))
        if obj.state == State.PUBLISHED and editor:
            steps.append(step("withdraw", _("Withdraw…")))
        if obj.state != State.WITHDRAWN:
            steps.append(("preview", str(_("Preview")), preview_of(obj)))
        if user.has_perm(publication.REDACT) and obj.published_at:
            steps.append(step("redact", _("Redact…")))
        return steps

    def response_add(self, request, obj, post_url_continue=None):
        return self._next_step(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._next_step(request, obj) or super().response_change(request, obj)

    def _next_step(self, request, obj):
        """Where a button asked for more than saving: to hand in, to the page that publishes, to a preview."""
        # What was made in the same form and would not go with the record by itself.
        along = getattr(request, "along", [])
        if "_submit" in request.POST:
            submitted = publication.submit([self.get_object(request, obj.pk), *along], by=request.user)
            self.message_user(request, handed_in(submitted), messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:index"))
        if "_publish" in request.POST:
            keys = [f"{TABLE_OF[type(each)]}/{each.pk}" for each in (obj, *along)]
            return HttpResponseRedirect(reverse("admin:desk_publish", query={"record": keys}))
        return HttpResponseRedirect(preview_of(obj)) if "_preview" in request.POST else None

    @admin.action(description=_("Hand in for review"), permissions=["change"])
    def hand_in(self, request, queryset):
        own = [record for record in queryset if publication.may_submit(request.user, record)]
        submitted = publication.submit(own, by=request.user)
        self.message_user(request, handed_in(submitted), messages.SUCCESS if submitted else messages.WARNING)

    @admin.action(description=_("Publish… (shows first what becomes public)"), permissions=["publish"])
    def publish(self, request, queryset):
        table = TABLE_OF[self.model]
        chosen = [f"{table}/{pk}" for pk in queryset.exclude(state=State.PUBLISHED).values_list("pk", flat=True)]
        if not chosen:
            self.message_user(request, _("All of these are published already."), messages.WARNING)
            return None
        return HttpResponseRedirect(reverse("admin:desk_publish", query={"record": chosen}))

    def has_publish_permission(self, request) -> bool:
        return publication.may_publish(request.user)

    # --- Lists ---

    def get_search_results(self, request, queryset, search_term):
        found, doubled = super().get_search_results(request, queryset, search_term)
        if not (search_term and self.found_by):
            return found, doubled
        names = queryset.order_by().values_list("pk", *self.found_by)
        like = [pk for pk, *texts in names if holds(" ".join(map(str, texts)), search_term)]
        return queryset.filter(pk__in=[*like, *found.values_list("pk", flat=True)]), False

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, obj) -> str:
        state = State(obj.state)
        return format_html('<span class="badge badge-{}">{}</span>', state.value, state.label)

    @admin.display(description=_("date"), ordering="date")
    def when(self, obj) -> str | None:
        return as_known(obj.date, obj.precision)


def _forget_messages(request) -> None:
    """Takes back what was said of a save that did not come to pass, or not as a save."""
    request._messages = default_storage(request)


def preview_of(record: Record) -> str:
    """Where the public pages are shown with this record in them."""
    return reverse("preview", query={"record": f"{TABLE_OF[type(record)]}/{record.pk}"})


def handed_in(records: list[Record]) -> str:
    """What to say of drafts that were just submitted."""
    if not records:
        return str(_("None of these is a draft of yours that could be handed in."))
    return str(_("Handed in for review: %(records)s.") % {"records": ", ".join(str(record) for record in records)})


class CitingAdmin(RecordAdmin):
    """A table whose records rest on sources."""

    def get_queryset(self, request):
        return with_source_count(super().get_queryset(request))

    def lookup_allowed(self, lookup, value, request) -> bool:
        # A source's page leads to what rests on it.
        return lookup == "citations__source" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("sources"))
    def sources(self, obj) -> str:
        """The list as it is shown to who may not change it."""
        return format_html_join(
            mark_safe("<br>"),
            '<a href="{}">{}</a>',
            (
                (reverse("admin:agreements_source_change", args=[link.source_id]), link.source)
                for link in obj.citations.select_related("source")
            ),
        )

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


class RecordInline(admin.TabularInline):
    """Records edited under another one. Their ids are made from its id and a number; they are not deleted here."""

    form = RecordForm

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
