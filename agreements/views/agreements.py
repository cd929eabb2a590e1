"""Agreements: the list with its status tracks, and the page of one negotiation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agreements import history
from agreements.charts import figures, svg
from agreements.charts.scale import date_words
from agreements.filters import AgreementFilter
from agreements.history import Path, Period, Word
from agreements.models import (
    Agreement,
    Assessment,
    Payment,
    Position,
    Proceeding,
    Statement,
    StatusChange,
    Transfer,
    TransferNationality,
)
from agreements.templatetags.tracker import money_words, people_range
from agreements.views import findings, jsonld
from agreements.views.base import Crumb, FilteredList, Question, RecordPage, today
from agreements.views.framing import WIDTH, chart_height, offer
from agreements.views.links import fact_address
from agreements.views.pictures import shared_picture
from agreements.views.timeline import Sources, entries
from agreements.vocabulary import Confirmation, CountedBy, Counting, Kind, Side, Stance, State, Status, TextPublic

SECRET = "text_public=no&" + "&".join(f"status={status}" for status in Status if status.can_be_secret)
"""The parameters of the list of agreements whose text is secret."""


@dataclass(frozen=True)
class Row:
    """One agreement in a list."""

    agreement: Agreement
    path: Path
    people: history.People

    @property
    def track(self) -> str:
        return svg.track(self.path)

    @property
    def status(self) -> Status | None:
        return self.path.current

    @property
    def since(self) -> Period | None:
        return self.path.since

    @property
    def people_words(self) -> str:
        """The range of the counted groups, the total beside it, how many are not counted; empty where none is."""
        if not self.people.counted:
            return ""
        counted = ngettext("%(people)s person moved", "%(people)s people moved", self.people.high) % {
            "people": people_range(self.people.low, self.people.high)
        }
        if self.people.cumulative is not None:
            total = self.people.cumulative
            counted += _(", beside a total of %(total)s") % {"total": people_range(total.people_low, total.people_high)}
        if not self.people.uncounted:
            return counted
        return counted + ngettext(", %(n)s group not counted", ", %(n)s groups not counted", self.people.uncounted) % {
            "n": self.people.uncounted
        }

    @property
    def secret(self) -> bool:
        return history.is_secret(self.path, self.agreement.text_public)


def with_row_facts(queryset):
    """Fetches what a row of a list shows, in a constant number of queries."""
    return queryset.select_related("sender", "receiver").prefetch_related(
        Prefetch("status_changes", StatusChange.objects.published().order_by("step")),
        Prefetch("transfers", Transfer.objects.published()),
    )


def rows_of(agreements: list[Agreement], *, day: dt.date) -> list[Row]:
    return [
        Row(each, history.fold(each.status_changes.all(), today=day), history.people_moved(each.transfers.all()))
        for each in agreements
    ]


class AgreementList(FilteredList):
    model = Agreement
    filterset_class = AgreementFilter
    template_name = "agreements/list.html"
    heading = gettext_lazy("Agreements")
    lede = gettext_lazy(
        "Every agreement, and every attempt at one, by which one state sends people who are not its nationals to a "
        "state that is not theirs."
    )
    questions = (
        Question(gettext_lazy("Who is operating now?"), "status=operating"),
        Question(gettext_lazy("Denied by one side"), "denied=any"),
        Question(gettext_lazy("Asylum cooperative agreements"), "kind=safe-third-country&sender=USA"),
        Question(gettext_lazy("Changed in the last 30 days"), "changed=30"),
        Question(gettext_lazy("Deals whose text is secret"), SECRET),
    )

    def base_queryset(self):
        return with_row_facts(super().base_queryset())

    def rows(self, records):
        return rows_of(records, day=today(self.request))


@dataclass(frozen=True)
class Fact:
    """One key fact: what it is about, the answer, and its scope underneath."""

    label: str
    value: Any
    scope: str = ""
    rule: str = ""
    """The anchor of its rule on the methodology page; empty where the label says enough."""


def agreement_facts(
    agreement: Agreement, path: Path, people: history.People, payments: list[Payment], day: dt.date
) -> list[Fact]:
    """The first screen's answers."""
    return [
        people_fact(people),
        Fact(
            _("Agreed limit"),
            f"{agreement.cap:,}" if agreement.cap is not None else _("None known"),
            _("people, as named in the deal") if agreement.cap is not None else "",
        ),
        _money_fact(payments),
        text_fact(agreement, path),
        Fact(
            _("On what paper"),
            agreement.get_instrument_display(),
            agreement.get_kind_display(),
        ),
        Fact(_("Last checked"), date_words(agreement.last_checked)),
    ]


def people_fact(people: history.People) -> Fact:
    """People moved, with the scope of the number: how many groups, who counted, what stands beside it."""
    beside = ""
    if people.cumulative is not None:
        total = people.cumulative
        beside = _("beside it, a total of %(total)s (%(period)s, counted by: %(who)s), never added") % {
            "total": people_range(total.people_low, total.people_high),
            "period": date_words(total.date, total.precision),
            "who": CountedBy(total.counted_by).in_sentence,
        }
    if not people.groups:
        return Fact(_("People moved"), _("None on record"), beside, rule="people")
    scope = [ngettext("%(n)s group", "%(n)s groups", people.groups) % {"n": people.groups}]
    if people.counted_by:
        who = ", ".join(CountedBy(who).in_sentence for who in people.counted_by)
        scope.append(_("counted by: %(who)s") % {"who": who})
    if people.uncounted:
        scope.append(
            ngettext("%(n)s group without a count", "%(n)s groups without a count", people.uncounted)
            % {"n": people.uncounted}
        )
    if beside:
        scope.append(beside)
    value = people_range(people.low, people.high) if people.counted else _("Not counted")
    return Fact(_("People moved"), value, "; ".join(scope), rule="people")


def _money_fact(payments: list[Payment]) -> Fact:
    listed = history.money_by_stage(payments)
    if not listed:
        return Fact(_("Money"), _("None on record"), rule="money")
    first, *rest = listed
    scope = [_stage_words(first)]
    scope += [f"{_largest_words(each)} {_stage_words(each)}" for each in rest]
    return Fact(_("Money"), _largest_words(first), "; ".join(scope), rule="money")


def _largest_words(listed: history.Money) -> str:
    """The largest amount at a stage, or that of each currency."""
    return _(" and ").join(money_words(payment.amount, payment.currency) for payment in listed.largest)


def _stage_words(listed: history.Money) -> str:
    stage = listed.stage.in_sentence
    if listed.parts:
        stage = _("%(stage)s as a part") % {"stage": stage}
    more = len(listed.payments) - len(listed.largest)
    if not more:
        return stage
    return ngettext("%(stage)s, and %(n)s more amount", "%(stage)s, and %(n)s more amounts", more) % {
        "stage": stage,
        "n": more,
    }


def text_fact(agreement: Agreement, path: Path) -> Fact:
    scope = ""
    if agreement.text_public in (TextPublic.NO, TextPublic.UNKNOWN) and path.current and path.current.can_be_secret:
        scope = _("%(status)s for %(days)s") % {
            "status": path.current.label,
            "days": findings.length(path.days_in_status),
        }
    return Fact(_("Text"), agreement.get_text_public_display(), scope, rule="secret")


def stand_words(words: dict[Side, Word], *, sender: str, receiver: str) -> list[str]:
    """Who confirms where it stands, in a few words a party."""
    plain = {
        Confirmation.CONFIRMS: _("%(name)s confirms"),
        Confirmation.DENIES: _("%(name)s denies"),
        Confirmation.DECLINES: _("%(name)s declines to comment"),
        Confirmation.SILENT: _("%(name)s is silent (nothing on record)"),
    }
    and_the_opposite = {
        Confirmation.CONFIRMS: _("%(name)s confirms and, of the same date, denies"),
        Confirmation.DENIES: _("%(name)s denies and, of the same date, confirms"),
    }
    and_a_remark = {
        Stance.OPPOSES: _("%(name)s opposes it, and is silent on whether it is so"),
        Stance.CRITICISES: _("%(name)s criticises it, and is silent on whether it is so"),
    }
    said = []
    for side, name in ((Side.SENDER, sender), (Side.RECEIVER, receiver)):
        word = words[side]
        if word.confirmation is Confirmation.SILENT and word.remark:
            form = and_a_remark[word.remark.stance]
        else:
            form = (and_the_opposite if word.other else plain)[word.confirmation]
        said.append(form % {"name": name})
    return said


class AgreementPage(RecordPage):
    model = Agreement
    template_name = "agreements/detail.html"

    def base_queryset(self):
        return facts_of_agreements(Agreement.objects.published())

    def near(self):
        parties = "-".join(self.asked().split("-")[:2])
        found = Agreement.objects.published().filter(Q(pk__startswith=parties + "-"))
        return list(found.order_by("pk")[:8])

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        agreement, day = self.object, today(self.request)
        path = history.fold(agreement.status_changes.all(), today=day)
        sources = Sources()
        own_marks = sources.of(agreement)
        transfers = list(agreement.transfers.all())
        payments = list(agreement.payments.all())
        proceedings = list(agreement.proceedings.all())
        statements = [s for s in agreement.statements.all() if s.official.state == State.PUBLISHED]
        found = history.findings(
            agreement,
            path,
            statements=statements,
            transfers=transfers,
            payments=payments,
            proceedings=proceedings,
            as_of_a_day=self.request.asked.as_of is not None,
        )
        sentences = findings.sentences(found, agreement, sources)
        timeline = entries(
            changes=path.changes,
            statements=statements,
            transfers=[t for t in transfers if t.counting == Counting.SINGLE],
            payments=payments,
            proceedings=proceedings,
            sources=sources,
        )
        totals = entries(transfers=[t for t in transfers if t.counting == Counting.CUMULATIVE], sources=sources)
        assessments = list(agreement.receiver.assessments.all())
        run = {change.id for change in path.current_run}
        words = history.confirmation(
            [s for s in statements if s.status_change_id in run],
            sender=agreement.sender_id,
            receiver=agreement.receiver_id,
        )
        people = history.people_moved(transfers)
        return context | {
            "path": path,
            "last_checked": agreement.last_checked,
            "status": path.current,
            "since": path.since,
            "own_marks": own_marks,
            "facts": agreement_facts(agreement, path, people, payments, day),
            "stand": stand_words(words, sender=agreement.sender.name, receiver=agreement.receiver.name),
            "words": [(word, findings.side_name(word.side, agreement)) for word in words.values()],
            "sentences": sentences[: findings.SHOWN_AT_ONCE],
            "more_sentences": sentences[findings.SHOWN_AT_ONCE :],
            "disputes": findings.disputes(found, agreement, timeline),
            "steps_with_words": findings.steps_with_words(path.changes, statements, agreement),
            "voices": findings.voices(timeline, agreement),
            "not_known": history.not_known(agreement, path, words=words, transfers=transfers, payments=payments),
            "dated": [entry for entry in timeline if entry.date],
            "undated": [entry for entry in timeline if not entry.date],
            "totals": totals,
            "assessments": [(assessment, sources.of(assessment)) for assessment in assessments],
            "sources": sources,
            "path_wide": svg.status_path(path),
            "path_narrow": svg.status_path(path, width=344, narrow=True),
            "chart_height": figures.status_chart_height(
                levels=len(svg.levels_of(path)),
                said=len(
                    {
                        history.side_of(s.official, sender=agreement.sender_id, receiver=agreement.receiver_id)
                        for s in statements
                    }
                ),
                happened=len(
                    {"court" if e.kind == "filed" else e.kind for e in timeline if e.date} & {"moved", "money", "court"}
                ),
            ),
            "chart_address": reverse("agreement-chart", args=[agreement.pk]),
            "picture": shared_picture(self.request, agreement, path),
            "picture_file": (picture := reverse("agreement-svg", args=[agreement.pk])),
            "offer": offer(
                self.request, agreement.title, height=chart_height(path, agreement.title, WIDTH), picture=picture
            ),
            "stances": sorted({s.stance for s in statements}, key=lambda stance: stance.order),
            "crumbs": [
                Crumb(_("Agreements"), reverse("agreements")),
                Crumb(
                    Kind(agreement.kind).label,
                    f"{reverse('agreements')}?kind={agreement.kind}",
                ),
            ],
        }

    def page_description(self, context):
        return self.object.summary

    def page_sources(self, context):
        return context["own_marks"]

    def main_entity(self, context):
        path = context["path"]
        addresses = {change.pk: fact_address("status_changes", change.pk) for change in path.changes}
        return jsonld.agreement(self.object, path, site=settings.SITE_URL, addresses=addresses)


def statements_with_facts(queryset):
    """Fetches what a statement shows: its speaker, the offices held, its sources."""
    return (
        queryset.filter(official__state=State.PUBLISHED)
        .select_related("official__country")
        .prefetch_related(Prefetch("official__positions", Position.objects.published().order_by("pk")))
        .with_sources()
    )


def with_nationalities(transfers):
    """Fetches the nationalities of transfers, in order."""
    links = TransferNationality.objects.filter(country__state=State.PUBLISHED).select_related("country")
    return transfers.prefetch_related(Prefetch("nationality_links", links))


def facts_of_agreements(queryset):
    """Fetches all that the page of an agreement shows, in a constant number of queries."""
    return (
        queryset.select_related("sender", "receiver")
        .with_sources()
        .prefetch_related(
            Prefetch("status_changes", StatusChange.objects.published().with_sources()),
            Prefetch("statements", statements_with_facts(Statement.objects.published())),
            Prefetch("transfers", with_nationalities(Transfer.objects.published().with_sources())),
            Prefetch("payments", Payment.objects.published().with_sources()),
            Prefetch("proceedings", Proceeding.objects.published().with_sources()),
            Prefetch(
                "receiver__assessments",
                Assessment.objects.published().with_sources().order_by(F("published").desc(nulls_last=True), "pk"),
            ),
        )
    )
