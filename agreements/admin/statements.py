"""Statements at the desk."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import path, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agreements import publication
from agreements.admin import entry
from agreements.admin.base import CitingAdmin, SourcedFilter, as_known, text_rows
from agreements.admin.forms import RecordForm, next_id
from agreements.admin.worklists import TiedFilter
from agreements.dataset.rows import LISTS, words_of
from agreements.models import Official, Position, Record, Source, Statement
from agreements.vocabulary import QUOTE_WORDS, Precision, State
from agreements.words import fold


class StatementForm(RecordForm):
    """The form of a statement, with parts in which a new source, official or position is made with it."""

    part_forms: dict[str, type[entry.Part]] = {}
    """The parts that the user may fill in, by the prefix of their fields."""
    is_another = forms.BooleanField(required=False, label=_("It is another statement"))

    def __init__(self, data: QueryDict | None = None, *args: object, **kwargs: object) -> None:
        self.known = None
        if data and "source" in self.part_forms:
            self.known = entry.source_at(data.get("source-url", "").strip())
        if self.known:
            data = _with_source(data, self.known)
        super().__init__(data, *args, **kwargs)
        self.parts = {
            name: part(
                data,
                prefix=self.add_prefix(name),
                carried={} if self.is_bound else entry.carried_to(name, self.initial),
            )
            for name, part in self.part_forms.items()
        }
        self.filled = {name: part for name, part in self.parts.items() if part.has_changed()}
        self.doubles: list[Statement] = []
        if "official" in self.parts:
            self.fields["official"].required = "official" not in self.filled
            # Who was chosen can be taken out again, for a new one.
            self.fields["official"].widget.widget.is_required = False
        if self.instance._state.adding:
            language = self.fields["language"]
            language.help_text = format_lazy("{} {}", language.help_text, _("Left empty, it is that of the source."))

    def clean_quote(self) -> str:
        quote = self.cleaned_data["quote"]
        if self.instance.state == State.PUBLISHED and words_of(quote) > QUOTE_WORDS:
            raise ValidationError(publication.too_long(quote))
        return quote

    def clean(self) -> dict:
        self._check_parts()
        data = super().clean()
        change, about = data.get("status_change"), data.get("agreements") or []
        if change and change.agreement_id not in about:
            self.add_error(
                "agreements",
                _("The status change %(change)s is one of %(agreement)s: list that agreement too.")
                % {"change": change.pk, "agreement": change.agreement_id},
            )
        if self.instance._state.adding and data.get("quote") and not data.get("language"):
            data["language"] = self._language_of_source(data)
        self._look_for_doubles(data)
        return data

    def _check_parts(self) -> None:
        if self.known:
            text = _("%(known)s It is chosen here now, in place of a new source. Nothing is saved yet.")
            self.add_error("sources", text % {"known": entry.recognised(self.known)})
        if "official" in self.filled and self.cleaned_data.get("official"):
            self.add_error("official", _("Choose an official here or make a new one below, not both."))
        for part in self.filled.values():
            if not part.is_valid():
                self.add_error(None, _("%(part)s: nothing is saved before this is complete.") % {"part": part.title})

    def _language_of_source(self, data: dict) -> str:
        if "source" in self.filled:
            return self.filled["source"].cleaned_data.get("language", "")
        first = Source.objects.filter(pk__in=(data.get("sources") or [])[:1]).first()
        return first.language if first else ""

    def _look_for_doubles(self, data: dict) -> None:
        """A statement that may be recorded already is saved once an editor said that it is another."""
        told_by = {"official", "date", "precision", "quote", "summary"}
        is_new = self.instance._state.adding or (
            self.instance.state in (State.DRAFT, State.IN_REVIEW) and told_by & set(self.changed_data)
        )
        if not (is_new and data.get("official") and data.get("date") and data.get("precision")):
            return
        said = entry.Said.of(data["date"], data["precision"], data.get("quote", ""), data.get("summary", ""))
        self.doubles = entry.doubles_of(data["official"], said, but=self.instance.pk)
        if self.doubles and not data.get("is_another"):
            self.add_error(None, _("This statement may be recorded already. Nothing is saved yet."))

    def make_id(self, data: dict) -> str:
        """The official's id and the date as far as it is known, as in marco-rubio-2025-04-30; a number if taken."""
        official = self._official(data)
        if not (official and data.get("date") and data.get("precision")):
            return ""
        known = {Precision.YEAR: "%Y", Precision.MONTH: "%Y-%m", Precision.DAY: "%Y-%m-%d"}[data["precision"]]
        stem = f"{official}-{data['date'].strftime(known)}"
        if not Statement.objects.filter(pk=stem).exists():
            return stem
        # "b", as agreements have it: a number would read as a part of the date.
        return next_id(Statement, f"{stem}-b")

    def _official(self, data: dict) -> str:
        """The id of the official chosen, or of the new one; "" for neither."""
        if self.instance._state.adding and self.instance.official_id:
            return self.instance.official_id
        part = self.filled.get("official")
        if part:
            return part.make_id(part.cleaned_data) if part.is_valid() else ""
        return data["official"].pk if data.get("official") else ""

    def new_records(self, *, officials: dict[str, Official] | None = None) -> list[tuple[Record, RecordForm]]:
        """The records made in the parts, each after those that it refers to and with the form that says the rest of it,
        tied to the statement; asked for once, when the form is found valid.

        `officials` are those that other forms of the same act made, by folded name: nobody is made twice.
        """
        made, officials = [], {} if officials is None else officials
        if part := self.filled.get("official"):
            name = fold(part.cleaned_data["name"])
            if name not in officials:
                officials[name] = part.named()
                made.append((part.instance, part))
            self.instance.official = officials[name]
        if part := self.filled.get("position"):
            part.instance.official = self.instance.official
            part.instance.pk = next_id(Position, self.instance.official_id)
            made.append((part.instance, part))
        if part := self.filled.get("source"):
            self.cleaned_data["sources"].append(part.named().pk)
            made.append((part.instance, part))
        return made


def _with_source(data: QueryDict, source: Source) -> QueryDict:
    """What was sent, with a source that is known in place of the part that would make it anew."""
    changed = data.copy()
    for name in data:
        if name.startswith("source-"):
            del changed[name]
    if source.pk not in changed.getlist("sources"):
        changed.appendlist("sources", source.pk)
    return changed


def shown_as_known(statements: Iterable[Statement]) -> list[tuple[Statement, str, str]]:
    """Statements on record, each with its date and the address of its form."""
    return [
        (each, as_known(each.date, each.precision), reverse("admin:agreements_statement_change", args=[each.pk]))
        for each in statements
    ]


@admin.register(Statement)
class StatementAdmin(CitingAdmin):
    form = StatementForm
    change_form_template = "admin/statement_form.html"
    list_display = ["id", "official", "when", "stance", "about", "source_count", "state_badge"]
    list_filter = [
        "state",
        SourcedFilter,
        TiedFilter,
        "stance",
        "official__speaks_for",
        ("official__country", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["official"]
    date_hierarchy = "date"
    search_fields = ["id", "official__name", "agreements__id", "agreements__title", "quote", "summary", "venue"]
    ordering = ["-date", "id"]
    autocomplete_fields = ["official", "status_change"]
    # A quotation is short, and a summary a sentence.
    formfield_overrides = text_rows(3)
    typing_order = (
        "agreements",
        "official",
        "date",
        "precision",
        "stance",
        "quote",
        "language",
        "summary",
        "venue",
        "status_change",
        "sources",
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("agreement_links")

    # --- The form ---

    def get_fieldsets(self, request, obj=None):
        """In the order in which an editor reads them off a report; the id, which is made by itself, at the end."""
        (_none, main), (desk, last) = super().get_fieldsets(request, obj)
        head, *rest = [name for name in main["fields"] if name not in self.typing_order]
        fields = [head, *self.typing_order, *rest] if obj else [*self.typing_order, *rest]
        return [(None, {"fields": fields}), (desk, last if obj else {**last, "fields": ["id", *last["fields"]]})]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form = type(form.__name__, (form,), {"part_forms": entry.parts_for(request, self.admin_site, obj)})
        for name in ("official", "sources"):
            # These are made in the form itself.
            if name in form.base_fields:
                form.base_fields[name].widget.can_add_related = False
        return form

    def get_changeform_initial_data(self, request):
        """The values that the address carries, lists as often as they have members."""
        initial = super().get_changeform_initial_data(request)
        lists = {column.name: ",".join(request.GET.getlist(column.name)) for column in LISTS["statements"]}
        return initial | {name: ids.split(",") for name, ids in lists.items() if ids}

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        if obj is None or self.has_change_permission(request, obj):
            context["parts"] = [part.shown(self.admin_site) for part in form.parts.values()]
            for part in context["parts"]:
                context["media"] += part.media
            context["publishers"] = sorted(Source.objects.order_by().values_list("publisher", flat=True).distinct())
            context["doubles"] = shown_as_known(form.doubles)
        return super().render_change_form(request, context, add, change, form_url, obj)

    # --- Saving ---

    def save_model(self, request, obj, form, change) -> None:
        made = form.new_records()
        for record, part in made:
            request.act.keep(record, part.row())
        if obj.state == State.PUBLISHED and publication.applies_at_once(request.user):
            # The statement is public with this save, and refers to nothing that is not.
            request.act.publish_all(record for record, _part in made)
        request.along = [record for record, _part in made if isinstance(record, Position)]
        super().save_model(request, obj, form, change)
        if words_of(obj.quote) > QUOTE_WORDS:
            messages.warning(request, publication.too_long(obj.quote))

    def response_add(self, request, obj, post_url_continue=None):
        return self._go_on(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request, obj):
        return self._go_on(request, obj, super().response_change(request, obj))

    @staticmethod
    def _go_on(request, obj, answer):
        """The next statement is likely from the same report."""
        if "_addanother" not in request.POST or IS_POPUP_VAR in request.POST:
            return answer
        return HttpResponseRedirect(entry.form_address(**entry.same_source(Statement.objects.get(pk=obj.pk))))

    def workflow(self, request, obj) -> list[tuple[str, str, str]]:
        label = _("Add another from the same source")
        return [
            *super().workflow(request, obj),
            *entry.add_statement(request, obj, label, **entry.same_source(obj)),
        ]

    # --- What the form asks while it is filled in ---

    def get_urls(self):
        asked = {"recognise-source": self.recognise_source, "propose": self.propose}
        own = [
            path(f"{name}/", self.admin_site.admin_view(view), name=f"agreements_statement_{name.replace('-', '_')}")
            for name, view in asked.items()
        ]
        return [*own, *super().get_urls()]

    def recognise_source(self, request: HttpRequest) -> JsonResponse:
        """The source that has the address `url`, as an option of the form and in a sentence; null where none has."""
        self._may_see_sources(request)
        source = entry.source_at(request.GET.get("url", "").strip())
        known = source and {"id": source.pk, "text": str(source), "says": entry.recognised(source)}
        return JsonResponse({"known": known})

    def propose(self, request: HttpRequest) -> JsonResponse:
        """What a source of `publisher`, or else from the site of `url`, usually is: kind and language, or {}."""
        self._may_see_sources(request)
        publisher, url = (request.GET.get(name, "").strip() for name in ("publisher", "url"))
        return JsonResponse(entry.proposed(publisher, url))

    def _may_see_sources(self, request: HttpRequest) -> None:
        if not request.user.has_perm("agreements.view_source"):
            raise PermissionDenied

    # --- Lists ---

    @admin.display(description=_("agreements"))
    def about(self, obj) -> str:
        return ", ".join(link.agreement_id for link in obj.agreement_links.all())
