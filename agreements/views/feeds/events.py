"""Feeds of what happened: negotiations that came to a status, suspensions by a court, denials."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.charts.scale import date_words
from agreements.exports.atom import Entry, Link
from agreements.filters import DenialFilter, EventFilter
from agreements.models import Proceeding, ProceedingAgreement, Revision, StatusChange
from agreements.querysets import LONGEST_FIRST, in_period
from agreements.views.base import not_found
from agreements.views.feeds.base import (
    AtomFeed,
    Times,
    absolute,
    id_of,
    parties,
    source_links,
    sources_of,
    times_of,
    with_query,
)
from agreements.views.feeds.lists import statement_entry
from agreements.views.statements import with_agreements
from agreements.views.timeline import permanent_address
from agreements.vocabulary import Outcome, Precision, Stance, State, Status


def latest_first(records: QuerySet, table: str) -> QuerySet:
    """Those first that the public saw change last; of one edition, those of the latest date."""
    own = Revision.objects.filter(table=table, record=OuterRef("pk")).order_by("-edition")
    changed = records.annotate(changed_in=Subquery(own.values("edition")[:1]))
    return changed.order_by(F("changed_in").desc(nulls_last=True), "-date", LONGEST_FIRST.desc(), "-pk")


def steps_with_before() -> QuerySet[StatusChange]:
    """The public steps; `before` is the status of the step before, None for the first."""
    earlier = StatusChange.objects.published().filter(agreement=OuterRef("agreement"), step__lt=OuterRef("step"))
    return StatusChange.objects.published().annotate(before=Subquery(earlier.order_by("-step").values("status")[:1]))


def transitions() -> QuerySet[StatusChange]:
    """The steps at which a negotiation came to another status, as history.Path has them; a repeat is none."""
    return steps_with_before().filter(Q(before=None) | ~Q(before=F("status")))


def blocked_by_a_court(steps: QuerySet[StatusChange]) -> QuerySet[StatusChange]:
    """Those suspended on the very day on which a court blocked the agreement or a transfer, as Rule.SUSPENDED_AFTER."""
    rulings = ProceedingAgreement.objects.filter(
        agreement=OuterRef("agreement"),
        proceeding__state=State.PUBLISHED,
        proceeding__outcome=Outcome.BLOCKED,
        proceeding__decided=OuterRef("date"),
    )
    return steps.filter(Exists(rulings), status=Status.SUSPENDED, precision=Precision.DAY)


class Transitions(AtomFeed):
    """Every transition; the parameters of the list of agreements narrow it, and `from` and `to` their dates."""

    filterset_class = EventFilter
    title = gettext_lazy("every change of status")
    subtitle = gettext_lazy(
        "One item for each step at which a negotiation came to another status, with the status before and after, and "
        "the sources of the step. A step that repeats the status confirms it and is no item."
    )

    def page_address(self) -> str:
        return with_query(reverse("agreements"), self.query)

    def steps(self) -> QuerySet[StatusChange]:
        return transitions()

    def entries(self, start: int, stop: int) -> list[Entry]:
        steps = self.steps().filter(in_period(*self.filterset.period), agreement__in=self.filterset.agreements)
        steps = steps.select_related("agreement__sender", "agreement__receiver").with_sources()
        found = list(latest_first(steps, "status_changes")[start:stop])
        times, rulings = times_of(found), _rulings(found)
        return [self._of(step, times[step.pk], rulings.get((step.agreement_id, step.date), [])) for step in found]

    def _of(self, step: StatusChange, times: Times, rulings: list[Proceeding]) -> Entry:
        asked, agreement, status = self.request.asked, step.agreement, Status(step.status)
        before = Status(step.before) if step.before else None
        rulings = rulings if status is Status.SUSPENDED and step.precision == Precision.DAY else []
        sources = list(dict.fromkeys([*sources_of(step), *(each for case in rulings for each in sources_of(case))]))
        when = date_words(step.date, step.precision)
        came = _("from %(before)s") % {"before": before.in_sentence} if before else _("first on record")
        return Entry(
            id=id_of(f"transitions/{status}/{step.pk}"),
            title=f"{parties(agreement)}: {status.in_sentence} ({came}), {when}",
            address=absolute(permanent_address(step), asked),
            published=times.published,
            updated=times.updated,
            content=self.content(
                "transition",
                {"step": step, "before": before, "after": status, "rulings": rulings, "sources": sources},
            ),
            links=(
                Link("related", absolute(agreement.get_absolute_url(), asked), agreement.title),
                *source_links(sources),
            ),
            categories=((str(status), str(status.label)),),
        )


def _rulings(steps: list[StatusChange]) -> dict[tuple[str, dt.date], list[Proceeding]]:
    """By agreement and day, the rulings that blocked it or a transfer."""
    cases = Proceeding.objects.published().filter(outcome=Outcome.BLOCKED).with_sources()
    links = ProceedingAgreement.objects.filter(
        agreement__in=[step.agreement_id for step in steps],
        proceeding__state=State.PUBLISHED,
        proceeding__outcome=Outcome.BLOCKED,
        proceeding__decided__in=[step.date for step in steps],
    )
    found: dict[tuple[str, dt.date], list[Proceeding]] = defaultdict(list)
    for link in links.order_by("proceeding").prefetch_related(Prefetch("proceeding", cases)):
        found[link.agreement_id, link.proceeding.decided].append(link.proceeding)
    return found


class StatusTransitions(Transitions):
    """Any negotiation that came to one status."""

    @property
    def status(self) -> str:
        return self.kwargs["status"]

    def refusal(self) -> HttpResponse | None:
        if self.status in Status.values():
            return None
        told = _("There is no status “%(status)s”. Expected one of: %(valid)s.")
        return not_found(self.request, sentence=told % {"status": self.status, "valid": ", ".join(Status)})

    @property
    def title(self) -> Any:
        return _("negotiations that came to “%(status)s”") % {"status": Status(self.status).in_sentence}

    def page_address(self) -> str:
        return with_query(f"{reverse('agreements')}?status={self.status}", self.query)

    def steps(self) -> QuerySet[StatusChange]:
        return transitions().filter(status=self.status)


class CourtSuspensions(Transitions):
    """What a court stopped, as far as a ruling of that very day is on record."""

    title = gettext_lazy("suspensions by a court")
    subtitle = gettext_lazy(
        "One item for each suspension on the very day on which, as the record has it, a court blocked the agreement or "
        "a transfer. A court may stand behind other suspensions too: the feed of all suspensions has those."
    )

    def page_address(self) -> str:
        return with_query(f"{reverse('agreements')}?status={Status.SUSPENDED}", self.query)

    def steps(self) -> QuerySet[StatusChange]:
        return blocked_by_a_court(transitions())


class Denials(AtomFeed):
    """Denials, those first that became public or were corrected last; the parameters of the statements narrow it."""

    filterset_class = DenialFilter
    title = gettext_lazy("denials")
    subtitle = gettext_lazy(
        "One item for each statement that says it is not so. Asked for an official, it has those of the official and "
        "of anyone whose office on that day was in a ministry or body in which the official is known to have held one."
    )

    def page_address(self) -> str:
        return with_query(f"{reverse('statements')}?stance={Stance.DENIES}", self.query)

    def entries(self, start: int, stop: int) -> list[Entry]:
        said = latest_first(with_agreements(self.filterset.narrowed()), "statements")
        found = list(said[start:stop])
        times = times_of(found)
        return [statement_entry(self, statement, times[statement.pk]) for statement in found]
