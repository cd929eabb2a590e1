"""The history of a record: who changed what when, from which version to which, and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.admin.forms import differences, names_in
from agreements.dataset.rows import LISTS, TABLE_OF, Row, row_of
from agreements.models import Proposal, Record, Revision
from agreements.vocabulary import ProposalState, State

PER_PAGE = 25


@dataclass(frozen=True)
class Step:
    """One version beside the one before it."""

    number: int
    version: object
    what: str
    changes: list[tuple[str, str, str]]
    address: str
    """Where the form of the record opens with this version; empty for the newest, and for who may not go back."""


def rows_of_versions(record: Record, versions: Iterable) -> dict[int, Row]:
    """The dataset row of each version, by its key.

    A version that a load made knows no lists of its own: it has those of the edition of that time.
    """
    table = TABLE_OF[type(record)]
    known = Revision.objects.filter(table=table, record=record.pk, row__isnull=False).order_by("edition")
    editions = list(known.values_list("edition__made_at", "row"))
    columns = [field.attname for field in record._meta.concrete_fields if field.name != "loaded_row"]
    rows = {}
    for version in versions:
        lists = version.lists
        if lists is None:
            before = [row for made_at, row in editions if made_at <= version.history_date]
            lists = {column.name: column.of(before[-1]) if before else [] for column in LISTS[table]}
        then = type(record)(**{name: getattr(version, name) for name in columns})
        rows[version.pk] = row_of(then, lists=lists)
    return rows


class VersionPages:
    """For an admin of records: the page of their versions, and the form that opens with an old one."""

    def asked_row(self, request, obj) -> Row | None:
        """The row of the version that the address asks to go back to."""
        number = request.GET.get("version", "")
        version = obj.history.filter(pk=number).first() if obj and number.isdecimal() else None
        return rows_of_versions(obj, [version])[version.pk] if version else None

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        versions = obj.history.select_related("history_user").order_by("-history_date", "-history_id")
        pages = Paginator(versions, PER_PAGE)
        page = pages.get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(record)s") % {"record": obj},
            "opts": self.opts,
            "object": obj,
            "page_obj": page,
            "steps": self._steps(request, obj, page, pages.count),
            "proposals": self._proposals(obj),
            "preserved_filters": self.get_preserved_filters(request),
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/record_history.html", context)

    def _steps(self, request, obj, page, count: int) -> list[Step]:
        # One more than is shown, so that the oldest of the page has one before it.
        shown = list(page.paginator.object_list[page.start_index() - 1 : page.end_index() + 1]) if count else []
        rows = rows_of_versions(obj, shown)
        names = names_in(TABLE_OF[type(obj)], rows.values())
        may_go_back = self.has_change_permission(request, obj)
        steps = []
        for place, version in enumerate(shown[: len(page.object_list)]):
            before = shown[place + 1] if place + 1 < len(shown) else None
            number = count - (page.start_index() - 1) - place
            changes = self._changes(obj, rows, names, before, version)
            address = ""
            if may_go_back and number < count:
                change = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
                address = f"{change}?version={version.pk}"
            steps.append(Step(number, version, _what(before, version, changes), changes, address))
        return steps

    @staticmethod
    def _changes(obj, rows, names, before, version) -> list[tuple[str, str, str]]:
        if before is None:
            return []
        changes = differences(TABLE_OF[type(obj)], rows[before.pk], rows[version.pk], names)
        if before.internal_note != version.internal_note:
            changes.append((_("Internal note"), before.internal_note, version.internal_note))
        return changes

    @staticmethod
    def _proposals(obj) -> list[dict]:
        table = TABLE_OF[type(obj)]
        found = Proposal.objects.filter(table=table, record=obj.pk).select_related("author", "decided_by")
        names = names_in(table, (row for proposal in found for row in (proposal.before, proposal.row)))
        return [
            {
                "proposal": proposal,
                "changes": differences(table, proposal.before, proposal.row, names),
                "decide": reverse("admin:desk_decide", query={"record": f"{proposal.table}/{proposal.record}"})
                if proposal.state == ProposalState.OPEN
                else "",
            }
            for proposal in found
        ]


def _what(before, version, changes) -> str:
    """What made a version, in a word or two."""
    if before is None:
        return _("Made")
    state = State(version.state)
    if before.state == version.state:
        return _("Changed") if changes else _("Saved")
    if state == State.DRAFT:
        return _("Given back")
    return {
        State.IN_REVIEW: _("Handed in"),
        State.PUBLISHED: _("Published"),
        State.WITHDRAWN: _("Withdrawn"),
    }[state]
