"""What is not known: every agreement with the questions that its record leaves open, the emptiest or stalest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.core.paginator import InvalidPage, Paginator
from django.db.models import Prefetch
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from agreements import history
from agreements.models import Agreement, Payment, Statement, StatusChange, Transfer
from agreements.views.base import bad_request, today
from agreements.views.citing import cite
from agreements.views.describing import Described
from agreements.vocabulary import State, Status, Unknown


@dataclass(frozen=True)
class Row:
    """One agreement, where it stands, and which questions are open."""

    agreement: Agreement
    status: Status | None
    open: frozenset[Unknown]

    @property
    def cells(self) -> list[tuple[Unknown, bool]]:
        """Every question, and whether it is open here."""
        return [(question, question in self.open) for question in Unknown]


@dataclass(frozen=True)
class Order:
    """One order of the table, and the address of the table in it."""

    name: str
    label: str
    address: str
    chosen: bool


class NotKnown(Described, TemplateView):
    template_name = "not_known.html"
    page_type = "CollectionPage"
    name = gettext_lazy("What is not known")
    paginate_by = 100
    orders: ClassVar = {
        "emptiest": gettext_lazy("Most open questions first"),
        "stalest": gettext_lazy("Longest unchecked first"),
    }

    def get(self, request, *args, **kwargs):
        wrong = [value for value in request.GET.getlist("sort") if value and value not in self.orders]
        if wrong:
            sentence = _("“sort” is “%(value)s”: expected one of %(valid)s.")
            return bad_request(
                request, [sentence % {"value": value, "valid": ", ".join(self.orders)} for value in wrong]
            )
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        sort = self.request.GET.get("sort") or "emptiest"
        rows = [self._row(agreement) for agreement in what_is_asked_of(Agreement.objects.published())]
        rows.sort(key=_SORTING[sort])
        try:
            page = Paginator(rows, self.paginate_by).page(self.request.GET.get("page") or 1)
        except InvalidPage as error:
            raise Http404 from error
        return super().get_context_data(**kwargs) | {
            "citations": cite(self.request, str(_("What is not known"))),
            "page_obj": page,
            "canonical_query": f"page={page.number}" if page.number > 1 else "",
            "paginator": page.paginator,
            "rows": page.object_list,
            "questions": [(question, sum(question in row.open for row in rows)) for question in Unknown],
            "orders": [
                Order(name, str(label), f"{self.request.path}?sort={name}", name == sort)
                for name, label in self.orders.items()
            ],
            "sort": sort,
        }

    def _row(self, agreement: Agreement) -> Row:
        path = history.fold(agreement.status_changes.all(), today=today(self.request))
        run = {change.pk for change in path.current_run}
        words = history.confirmation(
            [statement for statement in agreement.statements.all() if statement.status_change_id in run],
            sender=agreement.sender_id,
            receiver=agreement.receiver_id,
        )
        found = history.not_known(
            agreement, path, words=words, transfers=agreement.transfers.all(), payments=agreement.payments.all()
        )
        return Row(agreement, path.current, frozenset(found))


_SORTING = {
    "emptiest": lambda row: (-len(row.open), row.agreement.last_checked, row.agreement.pk),
    "stalest": lambda row: (row.agreement.last_checked, -len(row.open), row.agreement.pk),
}


def what_is_asked_of(queryset):
    """Fetches what the open questions are found in, in a constant number of queries."""
    statements = Statement.objects.published().filter(official__state=State.PUBLISHED).select_related("official")
    return queryset.select_related("sender", "receiver").prefetch_related(
        Prefetch("status_changes", StatusChange.objects.published()),
        Prefetch("statements", statements),
        Prefetch("transfers", Transfer.objects.published()),
        Prefetch("payments", Payment.objects.published()),
    )
