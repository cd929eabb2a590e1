"""The steps of a record on its way to the public and back: each a page that shows what it will do before it does it."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements import editions, publication
from agreements.admin.forms import differences, label_of, stamp
from agreements.dataset.rows import MODELS, TABLE_OF, row_of
from agreements.dataset.schema import TABLES
from agreements.models import Edition, Proposal, Record
from agreements.publication import Inconsistent, Reason
from agreements.vocabulary import State


def change_address(table: str, id: str, column: str = "") -> str:
    """The form of a record, at a field of it."""
    opts = MODELS[table]._meta
    page = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[id])
    if column == "positions":
        return f"{page}#positions-group"
    if column == "step" and table == "agreements":
        return f"{page}#status_changes-group"
    # An id is shown and not typed.
    return f"{page}#id_{column}" if column not in ("", "id") else page


def linked(reasons: list[Reason]) -> list[tuple[str, str]]:
    """Each reason with the address of the field that it is about, empty where it is about none."""
    return [
        (str(reason), change_address(reason.table, reason.id, reason.column) if reason.table else "")
        for reason in reasons
    ]


def record_of(key: str) -> Record:
    """The record of a key such as statements/some-id. Http404 where there is none."""
    table, _slash, id = key.partition("/")
    # PostgreSQL cannot even be asked for a NUL.
    record = MODELS[table].objects.filter(pk=id).first() if table in MODELS and "\0" not in id else None
    if record is None:
        raise Http404(_("There is no record %(key)s.") % {"key": key})
    return record


def key_of(record: Record) -> str:
    return f"{TABLE_OF[type(record)]}/{record.pk}"


class Shown:
    """A record on a page of the workflow: what it is, what of it becomes public."""

    def __init__(self, record: Record, user) -> None:
        table = TABLE_OF[type(record)]
        self.record, self.key = record, key_of(record)
        self.kind = TABLES[table].title
        self.address = change_address(table, record.pk)
        before = publication.last_public_row(table, record.pk)
        self.is_new = not before
        self.changes = differences(table, before, row_of(record))
        self.objections = publication.objections_to(user, record)


class Workflow:
    """The pages, for one admin site."""

    def __init__(self, site: admin.AdminSite) -> None:
        self.site = site

    @property
    def urls(self) -> list[URLPattern]:
        pages: dict[str, Callable[[HttpRequest], HttpResponse]] = {
            "publish": self.publish,
            "withdraw": self.withdraw,
            "send_back": self.send_back,
            "decide": self.decide,
            "redact": self.redact,
        }
        return [
            path(f"{name.replace('_', '-')}/", self.site.admin_view(page), name=f"desk_{name}")
            for name, page in pages.items()
        ]

    def _page(self, request: HttpRequest, template: str, title: str, status: int = 200, **context) -> HttpResponse:
        request.current_app = self.site.name
        context = {**self.site.each_context(request), "title": title, **context}
        return TemplateResponse(request, f"admin/desk/{template}.html", context, status=status)

    def _asked(self, request: HttpRequest) -> list[Record]:
        keys = list(dict.fromkeys(request.GET.getlist("record")))
        if not keys:
            raise Http404(_("No record is named."))
        records = [record_of(key) for key in keys]
        for record in records:
            if not self.site.get_model_admin(type(record)).has_view_permission(request, record):
                raise PermissionDenied
        return records

    # --- Publish ---

    def publish(self, request: HttpRequest) -> HttpResponse:
        """Shows what will become public, with what has to go with it; publishes it in one act and edition."""
        if not publication.may_publish(request.user):
            raise PermissionDenied
        reasons: list[Reason] = []
        if request.method == "POST":
            answer = self._published(request)
            if isinstance(answer, HttpResponse):
                return answer
            reasons = answer
        records, offered = self._to_publish(request)
        if request.method == "POST":
            chosen = set(request.POST.getlist("with"))
        else:
            # What would be refused is shown, and not ticked: the rest can be published without it.
            chosen = {key_of(each) for each in offered if not publication.objections_to(request.user, each)}
            together = [*records, *(each for each in offered if key_of(each) in chosen)]
            reasons = publication.rehearse(lambda act: act.publish_all(together), by=request.user)
        return self._page(
            request,
            "publish",
            _("Publish"),
            status=400 if request.method == "POST" else 200,
            shown=[Shown(record, request.user) for record in records],
            offered=[(Shown(record, request.user), key_of(record) in chosen) for record in offered],
            reasons=linked(reasons),
            seen=stamp([*records, *offered]),
            note=request.POST.get("public_note", ""),
            default_note=_default_note(records),
        )

    def _published(self, request: HttpRequest) -> HttpResponse | list[Reason]:
        chosen = set(request.POST.getlist("with"))
        try:
            with publication.at_desk(by=request.user, note=_text(request, "public_note")) as act:
                records, offered = self._to_publish(request)
                if records:
                    _meet_change(request, [*records, *offered])
                    act.note = act.note or _default_note(records)
                    act.publish_all([*records, *(each for each in offered if key_of(each) in chosen)])
        except Inconsistent as wrong:
            return wrong.reasons
        messages.success(request, _now_public(act.added, act.edition))
        return HttpResponseRedirect(self._after(self._asked(request)))

    def _to_publish(self, request: HttpRequest) -> tuple[list[Record], list[Record]]:
        """What was asked for and is not public yet, and what has to go with it or well may."""
        records = [record for record in self._asked(request) if record.state != State.PUBLISHED]
        return records, publication.companions(records)

    def _after(self, records: list[Record]) -> str:
        return change_address(*key_of(records[0]).split("/")) if len(records) == 1 else reverse("admin:index")

    # --- Withdraw and send back ---

    def withdraw(self, request: HttpRequest) -> HttpResponse:
        """Takes a published record out of the public record, with a reason that its address will give."""
        if not publication.may_publish(request.user):
            raise PermissionDenied
        records = [record for record in self._asked(request) if record.state == State.PUBLISHED]
        reason = _text(request, "reason")
        reasons: list[Reason] = []
        if request.method == "POST" and records:
            if not reason:
                reasons = [Reason(_("Say why: the record's address will give this reason."))]
            else:
                try:
                    with publication.at_desk(by=request.user, note=reason) as act:
                        act.withdraw(records, reason=reason)
                except Inconsistent as wrong:
                    reasons = wrong.reasons
                else:
                    messages.success(request, _withdrawn(act.withdrawn, act.edition))
                    return HttpResponseRedirect(self._after(records))
        else:
            reasons = publication.rehearse(lambda act: act.withdraw(records, reason=_("Rehearsal")), by=request.user)
        return self._page(
            request,
            "withdraw",
            _("Withdraw"),
            status=400 if request.method == "POST" else 200,
            records=[(record, change_address(*key_of(record).split("/"))) for record in records],
            reasons=linked(reasons),
            reason=reason,
        )

    def send_back(self, request: HttpRequest) -> HttpResponse:
        """Gives a submitted record back to its author, as a draft, with an answer."""
        records = [record for record in self._asked(request) if record.state == State.IN_REVIEW]
        for record in records:
            if not (publication.may_publish(request.user) or record.author_id == request.user.pk):
                raise PermissionDenied
        if request.method == "POST" and records:
            publication.send_back(records, by=request.user, answer=_text(request, "answer"))
            messages.success(request, _("Back to draft: %(records)s.") % {"records": ", ".join(map(str, records))})
            return HttpResponseRedirect(self._after(records))
        return self._page(
            request,
            "send_back",
            _("Back to draft"),
            records=[(record, change_address(*key_of(record).split("/"))) for record in records],
        )

    # --- Proposed changes ---

    def decide(self, request: HttpRequest) -> HttpResponse:
        """Shows a proposed change beside the public record; accepts it, declines it or takes it back."""
        reasons: list[Reason] = []
        if request.method == "POST":
            answer = self._decided(request)
            if isinstance(answer, HttpResponse):
                return answer
            reasons = answer
        record, proposal = self._proposed(request)
        if proposal is None:
            messages.warning(request, _("No change of this record is waiting for a decision."))
            return HttpResponseRedirect(self._after([record]))
        offered = publication.companions([], [proposal])
        if request.method != "POST" and publication.may_publish(request.user):
            reasons = publication.rehearse(lambda act: _accept(act, proposal, offered), by=request.user)
        return self._page(
            request,
            "decide",
            _("Proposed change"),
            status=400 if request.method == "POST" else 200,
            record=record,
            address=change_address(*key_of(record).split("/")),
            proposal=proposal,
            changes=differences(proposal.table, row_of(record), publication.merge(proposal, record)[0]),
            offered=[Shown(each, request.user) for each in offered],
            reasons=linked(reasons),
            seen=stamp([record, *offered]),
            answer=request.POST.get("answer", ""),
            may_decide=publication.may_publish(request.user),
            may_take_back=publication.may_give_up(request.user, proposal),
        )

    def _proposed(self, request: HttpRequest) -> tuple[Record, Proposal | None]:
        (record,) = self._asked(request)[:1]
        return record, publication.open_proposal(record)

    def _decided(self, request: HttpRequest) -> HttpResponse | list[Reason]:
        record, proposal = self._proposed(request)
        if {"accept", "decline"} & request.POST.keys() and not publication.may_publish(request.user):
            raise PermissionDenied
        if proposal is None:
            return []
        answer = _text(request, "answer")
        try:
            if "accept" in request.POST:
                with publication.at_desk(by=request.user, note=proposal.note) as act:
                    offered = publication.companions([], [proposal])
                    _meet_change(request, [record, *offered])
                    _accept(act, proposal, offered)
                messages.success(request, _now_public([*act.added, *act.changed], act.edition))
            elif "decline" in request.POST:
                if not answer:
                    return [Reason(_("Say why: its author will read it."))]
                publication.decline(proposal, by=request.user, answer=answer)
                messages.success(request, _("Declined. The public record stays as it is."))
            elif "take_back" in request.POST:
                publication.take_back(proposal, by=request.user)
                messages.success(request, _("Taken back. The public record stays as it is."))
        except Inconsistent as wrong:
            return wrong.reasons
        return HttpResponseRedirect(self._after([record]))

    # --- Redact ---

    def redact(self, request: HttpRequest) -> HttpResponse:
        """Takes words out of every edition, for the sake of a person or by a court's order."""
        if not request.user.has_perm(publication.REDACT):
            raise PermissionDenied
        (record,) = self._asked(request)[:1]
        form = RedactionForm(request.POST or None, record=record)
        if request.method == "POST" and form.is_valid() and (done := form.redact()):
            editions.forget_files()
            messages.success(
                request, _("Redacted, in %(number)d places of past editions.") % {"number": done.revisions}
            )
            return HttpResponseRedirect(change_address(*key_of(record).split("/")))
        return self._page(
            request,
            "redact",
            _("Redact"),
            record=record,
            address=change_address(*key_of(record).split("/")),
            form=form,
        )


class RedactionForm(forms.Form):
    """Which words, of which field."""

    def __init__(self, *args, record: Record, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.record, self.table = record, TABLE_OF[type(record)]
        columns = [name for name in TABLES[self.table].column_names if publication.is_free_text(self.table, name)]
        self.fields["column"] = forms.ChoiceField(
            label=_("Field"), choices=[(name, label_of(self.table, name)) for name in columns]
        )
        self.fields["words"] = forms.CharField(
            label=_("Words"),
            required=False,
            help_text=_("Just as they stand there. Left empty, the whole text of the field goes."),
        )
        self.fields["sure"] = forms.BooleanField(label=_("This cannot be undone, and I am sure."))

    def redact(self) -> publication.Redaction | None:
        """Does it; None, with the reason as an error of the form, where it cannot be done."""
        try:
            return publication.redact(
                self.table, self.record.pk, self.cleaned_data["column"], words=self.cleaned_data["words"]
            )
        except (LookupError, ValueError) as wrong:
            self.add_error(None, str(wrong))
            return None


def _accept(act: publication.DeskAct, proposal: Proposal, offered: list[Record]) -> None:
    act.publish_all(offered)
    act.accept([proposal])


def _text(request: HttpRequest, name: str) -> str:
    """What was typed, with ends of lines as the record has them."""
    return request.POST.get(name, "").replace("\r\n", "\n").strip()


def _meet_change(request: HttpRequest, records: list[Record]) -> None:
    """Within an act: nobody makes public what became of records after the page was drawn that he judges them by."""
    if request.POST.get("seen") != stamp([record_of(key_of(record)) for record in records]):
        text = _("This was changed since you opened the page: please look through it again.")
        raise Inconsistent([Reason(text)])


def _default_note(records: list[Record]) -> str:
    """What the log says where the editor says nothing: how many of which table were added."""
    tables = [TABLE_OF[type(record)] for record in records]
    counted = {table: tables.count(table) for table in MODELS if table in tables}
    names = [f"{count} {_table_name(table, count)}" for table, count in counted.items()]
    return _("Added: %(what)s.") % {"what": ", ".join(names)}


def _table_name(table: str, count: int) -> str:
    opts = MODELS[table]._meta
    return str(opts.verbose_name if count == 1 else opts.verbose_name_plural)


def _withdrawn(records: list[Record], edition: Edition | None) -> str:
    if edition is None:
        return _("The public sees no difference: no edition was made.")
    text = _("Withdrawn: %(records)s. Edition %(number)s says so.")
    return text % {"records": ", ".join(map(str, records)), "number": edition.number}


def _now_public(records: list[Record], edition: Edition | None) -> str:
    if edition is None:
        return _("The public sees no difference: no edition was made.")
    return ngettext(
        "%(count)d record is public now, in edition %(number)s.",
        "%(count)d records are public now, in edition %(number)s.",
        len(records),
    ) % {"count": len(records), "number": edition.number}
