"""Negotiations side by side: the lines of their courses, and a table of the same facts of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from agreements import history
from agreements.charts import compare, figures, svg
from agreements.charts.compare import Line
from agreements.charts.palette import INKS, Ink
from agreements.charts.scale import date_words
from agreements.history import Course, Path
from agreements.models import Agreement, Revision
from agreements.models.fields import PUBLIC_ID
from agreements.templatetags.tracker import days, money_words, status_word, when
from agreements.views.agreements import facts_of_agreements, people_fact, stand_words, text_fact
from agreements.views.base import Crumb, bad_request, today, withdrawal_of
from agreements.views.charts import change_text
from agreements.views.citing import cite
from agreements.vocabulary import Stage, Stance, State, Status

LEAST, MOST = 2, len(INKS)
"""How many negotiations can be compared."""


@dataclass(frozen=True)
class Column:
    """One negotiation of the comparison; `course` is None where no status is on record."""

    agreement: Agreement
    ink: Ink
    path: Path
    course: Course | None
    statements: list[Any] = field(default_factory=list)

    @property
    def name(self) -> str:
        return name_of(self.agreement)

    @property
    def sample(self) -> SafeString:
        return compare.sample(self.ink)

    @property
    def line(self) -> Line | None:
        return Line(self.name, self.ink, self.course) if self.course else None


@dataclass(frozen=True)
class Cell:
    """An answer, what makes it a link, and its scope underneath."""

    value: Any = ""
    scope: Any = ""
    address: str = ""


@dataclass(frozen=True)
class FactRow:
    """One fact of each negotiation, in the order of the columns."""

    label: str
    cells: list[Cell]


def name_of(agreement: Agreement) -> str:
    """The parties and the year, as short as a legend needs it: two agreements of the same parties differ by it."""
    year = agreement.pk.removeprefix(f"{agreement.sender.alpha2}-{agreement.receiver.alpha2}-".lower())
    return f"{agreement.sender.name} – {agreement.receiver.name}, {year}"


class Wanted:
    """The agreements that an address asks to compare, in the order given, and what is wrong with it."""

    def __init__(self, request: HttpRequest) -> None:
        self.ids = list(dict.fromkeys(id for id in request.GET.getlist("a") if id))
        self.day = today(request)
        self.as_of = request.asked.as_of

    @cached_property
    def columns(self) -> list[Column]:
        """Those that are published; at most MOST."""
        fetched = facts_of_agreements(Agreement.objects.published().filter(pk__in=self.known[:MOST]))
        by_id = {agreement.pk: agreement for agreement in fetched}
        columns = []
        for id, ink in zip((id for id in self.known[:MOST] if id in by_id), INKS, strict=False):
            path = history.fold(by_id[id].status_changes.all(), today=self.day)
            statements = [each for each in by_id[id].statements.all() if each.official.state == State.PUBLISHED]
            columns.append(Column(by_id[id], ink, path, history.align(path), statements))
        return columns

    @cached_property
    def choices(self) -> list[Agreement]:
        """All that can be compared, in the order of their parties."""
        by_parties = ("sender__slug", "receiver__slug", "pk")
        return list(Agreement.objects.published().select_related("sender", "receiver").order_by(*by_parties))

    @cached_property
    def _published(self) -> set[str]:
        return {each.pk for each in self.choices}

    @cached_property
    def known(self) -> list[str]:
        return [id for id in self.ids if id in self._published]

    @cached_property
    def withdrawn(self) -> list[Revision]:
        """The revisions by which what was asked for was withdrawn; of few ids only, since each is asked for alone."""
        missing = [id for id in self.ids if id not in self._published and PUBLIC_ID.regex.search(id)][:MOST]
        return [gone for id in missing if (gone := withdrawal_of("agreements", id))]

    @property
    def wrong(self) -> list[str]:
        """What was wrong with the address and what was expected; empty where it can be answered."""
        gone = {revision.record for revision in self.withdrawn}
        unknown = [id for id in self.ids if id not in self._published and id not in gone]
        found = []
        if unknown:
            few = ", ".join(f"“{id}”" for id in unknown[:MOST])
            found.append(
                _("a: %(values)s: not known here. Expected ids of agreements, such as those listed.") % {"values": few}
            )
            if self.as_of:
                found.append(_("It may have begun later than %(day)s.") % {"day": date_words(self.as_of)})
        if len(self.known) > MOST:
            found.append(
                _("a: %(given)s agreements are too many to compare. Expected %(least)s to %(most)s.")
                % {"given": len(self.known), "least": LEAST, "most": MOST}
            )
        return found


class Compare(TemplateView):
    template_name = "compare.html"

    def get(self, request, *args, **kwargs):
        wanted = Wanted(request)
        wrong = wanted.wrong
        compared = [] if wrong or len(wanted.known) < LEAST else wanted.columns
        return self.render_to_response(
            self.get_context_data(wanted=wanted, wrong=wrong, columns=compared), status=400 if wrong else 200
        )

    def get_context_data(self, *, wanted: Wanted, wrong: list[str], columns: list[Column], **kwargs):
        context = super().get_context_data(**kwargs) | {
            "wrong": wrong,
            "withdrawn": wanted.withdrawn,
            "ids": wanted.known,
            "choices": [(each.pk, name_of(each), each.pk in wanted.known) for each in wanted.choices],
            "least": LEAST,
            "most": MOST,
            "crumbs": [Crumb(_("Agreements"), reverse("agreements"))],
        }
        if not columns:
            return context
        ids = [column.agreement.pk for column in columns]
        lines = [column.line for column in columns if column.line]
        title = _("Compared: %(names)s") % {"names": "; ".join(column.name for column in columns)}
        return context | {
            "columns": [
                (column, address_of([id for id in ids if id != column.agreement.pk]) if len(ids) > LEAST else "")
                for column in columns
            ],
            "rows": list(fact_rows(columns)),
            "others": [] if len(ids) >= MOST else [choice for choice in context["choices"] if not choice[2]],
            "ids": ids,
            "canonical_query": query_of(ids),
            "citations": cite(self.request, title),
            "lines_wide": compare.comparison(lines),
            "lines_narrow": compare.comparison(lines, width=344, narrow=True),
            "chart_address": f"{reverse('compare-chart')}?{query_of(ids)}" if lines else "",
            "chart_height": figures.comparison_height(lines),
        }


def query_of(ids: Iterable[str]) -> str:
    return urlencode([("a", id) for id in ids])


def address_of(ids: Iterable[str]) -> str:
    """Where these agreements are compared."""
    return f"{reverse('compare')}?{query_of(ids)}"


def compare_chart(request: HttpRequest) -> HttpResponse:
    wanted = Wanted(request)
    wrong = wanted.wrong
    if not wrong and len(wanted.known) < LEAST:
        wrong = [_("a: Expected the ids of %(least)s to %(most)s agreements.") % {"least": LEAST, "most": MOST}]
    if wrong:
        valid = ", ".join(sorted(each.pk for each in wanted.choices))
        return bad_request(request, [*wrong, _("The ids of agreements are: %(valid)s.") % {"valid": valid}])
    columns = wanted.columns
    texts = {change.id: _change_text(column, change) for column in columns for change in column.path.changes}
    figure = figures.comparison([column.line for column in columns if column.line], change_texts=texts)
    return HttpResponse(figure, content_type="application/json")


def _change_text(column: Column, change: Any) -> str:
    return f"{figures.wrapped(f'{column.ink.letter}: {column.name}')}<br>{change_text(change)}"


# --- The table ------------------------------------------------------------------------------------


def fact_rows(columns: list[Column]) -> Iterable[FactRow]:
    """The same facts of each negotiation. What none of them has is left out of what differs from deal to deal."""

    def row(label: str, cell: Callable[[Column], Cell]) -> FactRow:
        return FactRow(label, [cell(column) for column in columns])

    yield row(_("Where it stands"), _stands)
    yield row(_("First report"), _first_report)
    for status in history.reached(column.course for column in columns if column.course):
        if any(column.course and _later(column.course, status) for column in columns):
            label = _("Days until: %(status)s") % {"status": status.in_sentence}
            yield row(label, lambda column, status=status: _days_to(column, status))
    yield row(_("Who confirms where it stands"), _confirmed)
    yield row(_("People moved"), _people)
    yield row(_("Agreed limit"), _cap)
    for stage in reversed(Stage):
        cells = row(
            _("Money, %(stage)s") % {"stage": stage.in_sentence}, lambda column, stage=stage: _money(column, stage)
        )
        if any(cell.address for cell in cells.cells):
            yield cells
    yield row(_("Text"), _text)
    yield row(_("On what paper"), lambda column: Cell(column.agreement.get_instrument_display()))
    yield row(_("Kind"), lambda column: Cell(column.agreement.get_kind_display()))
    yield row(_("Statements by stance"), _said)
    yield row(_("Cases in court"), lambda column: Cell(f"{len(column.agreement.proceedings.all()):,}"))
    yield row(_("Last checked"), lambda column: Cell(when(column.agreement.last_checked)))


def _stands(column: Column) -> Cell:
    if column.path.since is None:
        return Cell(status_word(None))
    scope = format_html("{} {}, {}", _("since"), when(column.path.since), days(column.path.days_in_status))
    return Cell(status_word(column.path.current), scope)


def _first_report(column: Column) -> Cell:
    if not column.path.changes:
        return Cell(_("None on record"))
    first = column.path.changes[0]
    return Cell(when(first), Status(first.status).in_sentence, first.get_absolute_url())


def _later(course: Course, status: Status) -> bool:
    """Whether a status was reached after the first report, and not with it."""
    return any(stretch.status is status for stretch in course.stretches[1:])


def _days_to(column: Column, status: Status) -> Cell:
    reached = column.path.first(status)
    if reached is None:
        return Cell(_("not reached"))
    if reached is column.path.changes[0]:
        return Cell(_("from the start"), "", reached.get_absolute_url())
    return Cell(
        days(column.course.days_to(status)), date_words(reached.date, reached.precision), reached.get_absolute_url()
    )


def _confirmed(column: Column) -> Cell:
    agreement = column.agreement
    run = {change.id for change in column.path.current_run}
    words = history.confirmation(
        [each for each in column.statements if each.status_change_id in run],
        sender=agreement.sender_id,
        receiver=agreement.receiver_id,
    )
    said = stand_words(words, sender=agreement.sender.name, receiver=agreement.receiver.name)
    return Cell(format_html_join("; ", "{}", ((each,) for each in said)))


def _people(column: Column) -> Cell:
    fact = people_fact(history.people_moved(column.agreement.transfers.all()))
    return Cell(fact.value, fact.scope)


def _cap(column: Column) -> Cell:
    cap = column.agreement.cap
    return Cell(_("None known") if cap is None else f"{cap:,}")


def _money(column: Column, stage: Stage) -> Cell:
    """The amounts at a stage, each a line: never summed."""
    listed = next(
        (money for money in history.money_by_stage(column.agreement.payments.all()) if money.stage is stage), None
    )
    if listed is None:
        return Cell(_("None on record"))
    rest = [payment for payment in listed.payments if payment not in listed.largest]
    scope = [_("as a part")] if listed.parts else []
    if rest:
        more = ", ".join(money_words(each.amount, each.currency) for each in rest)
        scope.append(
            ngettext(
                "and one more amount, not added: %(more)s", "and %(n)s more amounts, not added: %(more)s", len(rest)
            )
            % {"n": len(rest), "more": more}
        )
    shown = _(" and ").join(money_words(each.amount, each.currency) for each in listed.largest)
    return Cell(shown, "; ".join(scope), listed.largest[0].get_absolute_url())


def _text(column: Column) -> Cell:
    fact = text_fact(column.agreement, column.path)
    return Cell(fact.value, fact.scope)


def _said(column: Column) -> Cell:
    counts = Counter(each.stance for each in column.statements)
    if not counts:
        return Cell(_("None on record"))
    address = f"{reverse('statements')}?agreement={column.agreement.pk}"
    total = len(column.statements)
    scope = format_html_join(
        " ",
        '<span class="said">{}{} {}</span>',
        ((svg.glyph(stance), stance.label, counts[stance]) for stance in Stance if counts[stance]),
    )
    return Cell(ngettext("%(n)s statement", "%(n)s statements", total) % {"n": total}, scope, address)
