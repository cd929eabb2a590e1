"""The interactive charts' figures, each at an address of its own, fetched when its box comes into view."""

from __future__ import annotations

from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from agreements import history
from agreements.charts import figures
from agreements.charts.figures import Lane, Mark
from agreements.charts.scale import date_words
from agreements.history import Period
from agreements.models import Agreement, Country, StatusChange
from agreements.templatetags.tracker import money_words, people_range
from agreements.views.agreements import facts_of_agreements
from agreements.views.base import today
from agreements.views.timeline import office_of
from agreements.vocabulary import Counting, Outcome, Precision, Side, Stage, Stance, State, Status


def _answer(figure: str) -> HttpResponse:
    return HttpResponse(figure, content_type="application/json")


def _sources_line(record) -> str:
    """The record's sources, as the last line of a hover text."""
    named = [
        f"{citation.source.publisher}, {date_words(citation.source.published)}"
        if citation.source.published
        else f"{citation.source.publisher}, {_('undated')}"
        for citation in record.citations.all()
    ]
    return _("Source: %(sources)s") % {"sources": "; ".join(named)} if named else ""


def change_text(change) -> str:
    """What a status change tells on hover, from one whose citations were fetched."""
    return figures.wrapped(
        f"{Status(change.status).label} · {date_words(change.date, change.precision)}",
        change.note,
        _sources_line(change),
    )


def _said_mark(statement) -> Mark:
    office = office_of(statement)
    who = f"{statement.official.name}, {office.title}" if office else statement.official.name
    words = f"“{statement.quote}”" if statement.quote else statement.summary
    return Mark(
        Period.of(statement),
        figures.wrapped(
            f"{who} · {date_words(statement.date, statement.precision)}",
            f"{Stance(statement.stance).label}: {words}",
            _sources_line(statement),
        ),
        stance=Stance(statement.stance),
    )


def agreement_chart(request: HttpRequest, id: str) -> HttpResponse:
    agreement = get_object_or_404(facts_of_agreements(Agreement.objects.published()), pk=id)
    path = history.fold(agreement.status_changes.all(), today=today(request))
    if not path.changes:
        raise Http404
    parties = {"sender": agreement.sender_id, "receiver": agreement.receiver_id}
    by_side: dict[Side, list[Mark]] = {side: [] for side in Side}
    for statement in sorted(agreement.statements.all(), key=history.date_order):
        by_side[history.side_of(statement.official, **parties)].append(_said_mark(statement))
    names = {"sender": agreement.sender.name, "receiver": agreement.receiver.name}
    said = [Lane(figures.side_label(side, **names), tuple(marks)) for side, marks in by_side.items()]
    moved = [
        Mark(
            Period.of(transfer),
            figures.wrapped(
                f"{people_range(transfer.people_low, transfer.people_high)} · "
                f"{date_words(transfer.date, transfer.precision)}",
                transfer.note,
                _sources_line(transfer),
            ),
            label=people_range(transfer.people_low, transfer.people_high) if transfer.people_low is not None else "?",
        )
        for transfer in agreement.transfers.all()
        if transfer.counting == Counting.SINGLE
    ]
    money = [
        Mark(
            Period.of(payment),
            figures.wrapped(
                f"{money_words(payment.amount, payment.currency)} {Stage(payment.stage).label} · "
                f"{date_words(payment.date, payment.precision)}",
                payment.note,
                _sources_line(payment),
            ),
            label=money_words(payment.amount, payment.currency),
        )
        for payment in agreement.payments.all()
        if payment.date
    ]
    courts = [
        Mark(
            Period(day, day, Precision.DAY),
            figures.wrapped(
                f"{word} · {date_words(day)}", proceeding.name, proceeding.court, _sources_line(proceeding)
            ),
        )
        for proceeding in agreement.proceedings.all()
        for day, word in (
            (proceeding.filed, _("Filed")),
            (proceeding.decided, _("Ruling: %(outcome)s") % {"outcome": Outcome(proceeding.outcome).label}),
        )
        if day
    ]
    happened = [
        Lane(_("People moved"), tuple(moved)),
        Lane(_("Money"), tuple(money)),
        Lane(_("In court"), tuple(courts)),
    ]
    texts = {change.id: change_text(change) for change in path.changes}
    return _answer(figures.status_chart(path, change_texts=texts, said=said, happened=happened))


def paths_of(agreements, *, day) -> list[tuple[Agreement, history.Path]]:
    """Agreements with their paths, those with a published status change only, earliest first report first."""
    changes = Prefetch("status_changes", StatusChange.objects.published())
    fetched = agreements.select_related("sender", "receiver").prefetch_related(changes)
    folded = [(each, history.fold(each.status_changes.all(), today=day)) for each in fetched]
    return sorted(
        ((each, path) for each, path in folded if path.changes),
        key=lambda pair: (pair[1].first_report.first, pair[0].pk),
    )


def _row_label(agreement: Agreement, country: Country, path: history.Path) -> str:
    """The other party and the year, as short as a row of a phone needs it."""
    year = path.first_report.first.year
    if agreement.sender_id == country.pk:
        return _("to %(other)s (%(year)s)") % {"other": agreement.receiver.name, "year": year}
    return _("from %(other)s (%(year)s)") % {"other": agreement.sender.name, "year": year}


def country_chart(request: HttpRequest, slug: str) -> HttpResponse:
    country = get_object_or_404(Country, slug=slug, state=State.PUBLISHED)
    involved = Agreement.objects.published().filter(Q(sender=country) | Q(receiver=country))
    rows = [(_row_label(each, country, path), path) for each, path in paths_of(involved, day=today(request))]
    if not rows:
        raise Http404
    return _answer(figures.country_bars(rows))


def home_chart(request: HttpRequest) -> HttpResponse:
    day = today(request)
    paths = [path for _each, path in paths_of(Agreement.objects.published(), day=day)]
    days = history.month_ends(min(path.first_report.first for path in paths), day) if paths else []
    return _answer(figures.status_stack(paths, days=days))
