"""How the site counts: each rule with an example made from the records of the edition shown, and every word defined."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from agreements import history, vocabulary
from agreements.charts import lives
from agreements.models import (
    Agreement,
    Edition,
    Payment,
    Position,
    Revision,
    Source,
    Statement,
    StatusChange,
    Transfer,
)
from agreements.views.agreements import facts_of_agreements
from agreements.views.base import today
from agreements.views.citing import cite
from agreements.views.describing import Described
from agreements.views.timeline import Sources
from agreements.vocabulary import (
    ActKind,
    ChangeKind,
    Confirmation,
    Counting,
    Instrument,
    OfficialKind,
    Precision,
    Rule,
    SpeaksFor,
    Stage,
    Stance,
    State,
    Status,
    Term,
    TextPublic,
    Unknown,
)

TOTALS = 12
"""How many published totals are shown side by side."""
_COST_CANDIDATES = 8


@dataclass(frozen=True)
class Section:
    """One rule: the anchor by which figures lead to it, and its heading; its words are a template of that name."""

    anchor: str
    title: Any

    @property
    def template(self) -> str:
        return f"methodology/{self.anchor}.html"


SECTIONS = (
    Section("agreements", _("What an agreement is")),
    Section("status-rule", _("How a status, and “since”, are made")),
    Section("dates", _("Dates and durations")),
    Section("confirmation", _("Who confirms")),
    Section("contradictions", _("Contradictions")),
    Section("people", _("People moved")),
    Section("totals", _("Why published totals differ")),
    Section("money", _("Money, and what a person cost")),
    Section("secret", _("Secret texts")),
    Section("courts", _("Court cases")),
    Section("offices", _("Offices")),
    Section("sentences", _("Computed sentences")),
    Section("not-known", _("What is not known")),
    Section("editions", _("Editions and corrections")),
    Section("clocks", _("Two clocks")),
    Section("not-done", _("What this site does not do")),
)


@dataclass(frozen=True)
class TermSet:
    """A closed set of words, as the page lists it."""

    anchor: str
    title: Any
    terms: type[Term]

    @property
    def words(self) -> list[Term]:
        return list(self.terms)


SETS = (
    TermSet("status", _("Status: where a negotiation stands"), Status),
    TermSet("stance", _("Stance: how a statement stands towards it"), Stance),
    TermSet("confirmation", _("Confirmation: what a side says of a status change"), Confirmation),
    TermSet("side", _("Side: from where somebody speaks"), vocabulary.Side),
    TermSet("kind", _("Kind: what an agreement does"), vocabulary.Kind),
    TermSet("instrument", _("Instrument: on what paper it stands"), Instrument),
    TermSet("text", _("Text: whether it can be read"), TextPublic),
    TermSet("precision", _("Precision: how exactly a date is known"), Precision),
    TermSet("counting", _("Counting: how a head count may be used"), Counting),
    TermSet("counted-by", _("Counted by: who gives a head count"), vocabulary.CountedBy),
    TermSet("stage", _("Stage: how far money has come"), Stage),
    TermSet("outcome", _("Outcome: how a proceeding ended"), vocabulary.Outcome),
    TermSet("speaks-for", _("Speaks for: in what quality an official speaks"), SpeaksFor),
    TermSet("official", _("Official: what kind of speaker it is"), OfficialKind),
    TermSet("source", _("Source: what kind of document it is"), vocabulary.SourceKind),
    TermSet("region", _("Region: after the United Nations geoscheme"), vocabulary.Region),
    TermSet("change", _("Change: what an edition did to a record"), ChangeKind),
    TermSet("act", _("Act: what made an edition"), ActKind),
)
"""Every closed set that the public meets, but for the rules and the questions that have a section of their own."""


@dataclass(frozen=True)
class Step:
    """A status change of the example: whether it began a status or repeated it."""

    change: StatusChange
    repeats: bool


@dataclass(frozen=True)
class Examples:
    """Agreements of the edition shown on which the rules can be followed; None where no record serves."""

    path: Agreement | None
    people: Agreement | None
    words: Agreement | None
    money: Agreement | None
    cost: history.Finding | None


def _published(name: str, **more: Any) -> Q:
    return Q(**{f"{name}__state": State.PUBLISHED} | {f"{name}__{key}": value for key, value in more.items()})


def _first(queryset: Any) -> str | None:
    return queryset.values_list("pk", flat=True).first()


def examples(day: dt.date, *, as_of_a_day: bool) -> Examples:
    """The records that show each rule best, chosen by numbers and then by id, so that a page stands still."""
    agreements = Agreement.objects.published()
    before = _changes().filter(agreement=OuterRef("agreement"), step=OuterRef("step") - 1, status=OuterRef("status"))
    repeats = _changes().filter(Exists(before), agreement=OuterRef("pk"))
    path = _first(
        agreements.annotate(n=Count("status_changes", filter=_published("status_changes")), repeats=Exists(repeats))
        .filter(n__gt=0)
        .order_by("-repeats", "-n", "pk")
    )
    counted = _published("transfers", counting=Counting.SINGLE, people_low__isnull=False)
    people = _first(
        agreements.annotate(
            groups=Count("transfers", filter=counted),
            spread=Sum(F("transfers__people_high") - F("transfers__people_low"), filter=counted),
        )
        .filter(groups__gt=1)
        .order_by("-spread", "-groups", "pk")
    )
    tied = Statement.objects.published().filter(
        status_change__state=State.PUBLISHED,
        status_change__agreement__state=State.PUBLISHED,
        official__state=State.PUBLISHED,
    )
    words = (
        tied.order_by()
        .values("status_change__agreement")
        .annotate(no=Count("pk", filter=Q(stance=Stance.DENIES)), yes=Count("pk", filter=Q(stance=Stance.CONFIRMS)))
        .filter(no__gt=0, yes__gt=0)
        .order_by("-no", "-yes", "status_change__agreement")
        .values_list("status_change__agreement", flat=True)
        .first()
    )
    money = _first(
        agreements.annotate(stages=Count("payments__stage", filter=_published("payments"), distinct=True))
        .filter(stages__gt=1)
        .order_by("-stages", "pk")
    )
    paid = Payment.objects.published().filter(stage=Stage.PAID, part_of=None, agreement__state=State.PUBLISHED)
    candidates = list(paid.order_by("agreement").values_list("agreement", flat=True).distinct()[:_COST_CANDIDATES])
    chosen = {id for id in (path, people, words, money, *candidates) if id}
    found = {each.pk: each for each in facts_of_agreements(agreements.filter(pk__in=chosen))}
    costs = [cost for id in candidates if (cost := cost_of(found[id], day=day, as_of_a_day=as_of_a_day))]
    # A range shows more of the rule than one number does.
    costs.sort(key=lambda cost: cost.figures["low"] == cost.figures["high"])
    return Examples(
        path=found.get(path),
        people=found.get(people),
        words=found.get(words),
        money=found.get(money),
        cost=next(iter(costs), None),
    )


def cost_of(agreement: Agreement, *, day: dt.date, as_of_a_day: bool) -> history.Finding | None:
    """What a person cost under a fetched agreement; None where it cannot be said."""
    found = history.findings(
        agreement,
        history.fold(agreement.status_changes.all(), today=day),
        statements=[],
        transfers=agreement.transfers.all(),
        payments=agreement.payments.all(),
        proceedings=[],
        as_of_a_day=as_of_a_day,
    )
    return next((finding for finding in found if finding.rule is Rule.COST_A_PERSON), None)


def steps_of(path: history.Path) -> list[Step]:
    """Each step, and whether it only repeats the status before it."""
    begun = {change.id for change in path.transitions}
    return [Step(change, change.id not in begun) for change in path.changes]


def loudest_change(agreement: Agreement) -> tuple[StatusChange, list[history.Word]] | None:
    """The status change of a fetched agreement on which the most sides speak differently, and what each says of it."""
    best: tuple[int, int, Any, list[history.Word]] | None = None
    statements = [each for each in agreement.statements.all() if each.official.state == State.PUBLISHED]
    for change in sorted(agreement.status_changes.all(), key=history.date_order):
        words = list(
            history.confirmation(
                [each for each in statements if each.status_change_id == change.pk],
                sender=agreement.sender_id,
                receiver=agreement.receiver_id,
            ).values()
        )
        spoken = [word.confirmation for word in words if word.confirmation is not Confirmation.SILENT]
        if spoken and (best is None or (len(set(spoken)), len(spoken)) > best[:2]):
            best = (len(set(spoken)), len(spoken), change, words)
    return (best[2], best[3]) if best else None


@dataclass(frozen=True)
class Totals:
    """The cumulative counts of the year that has the most of them: none of them may be added to another."""

    year: int
    number: int
    low: int
    high: int
    largest: list[Transfer]


def totals() -> Totals | None:
    """None where no total is on record."""
    rows = (
        Transfer.objects.published()
        .filter(counting=Counting.CUMULATIVE, people_low__isnull=False, agreement__state=State.PUBLISHED)
        .order_by()
    )
    years = rows.annotate(year=ExtractYear("date")).values("year").annotate(n=Count("pk"))
    most = years.order_by("-n", "-year").first()
    if most is None:
        return None
    of_year = rows.filter(date__year=most["year"])
    ends = of_year.aggregate(low=Min("people_low"), high=Max("people_high"))
    shown = of_year.select_related("agreement__sender", "agreement__receiver").with_sources()
    return Totals(
        most["year"], most["n"], ends["low"], ends["high"], list(shown.order_by("-people_high", "pk")[:TOTALS])
    )


@dataclass(frozen=True)
class Share:
    """How many of something, out of how many."""

    label: Any
    number: int
    of: int


def _share(label: Any, records: Any, condition: Q) -> Share:
    counted = records.order_by().aggregate(of=Count("pk"), number=Count("pk", filter=condition))
    return Share(label, counted["number"], counted["of"])


def shares() -> list[Share]:
    """How much of the record is blank."""
    open_text = Q(text_public__in=[TextPublic.NO, TextPublic.UNKNOWN])
    transfers = Transfer.objects.published().filter(counting=Counting.SINGLE, agreement__state=State.PUBLISHED)
    positions = Position.objects.published().filter(official__state=State.PUBLISHED)
    agreements = Agreement.objects.published()
    return [
        _share(_("agreements whose text is not public, or not known to exist"), agreements, open_text),
        _share(_("agreements without a known limit to the number of people"), agreements, Q(cap=None)),
        _share(_("groups moved without a head count"), transfers, Q(people_low=None)),
        _share(_("status changes of which the day is not known"), _changes(), ~Q(precision=Precision.DAY)),
        _share(_("offices without a date"), positions, Q(started="", ended="")),
        _share(_("sources without a known day of publication"), Source.objects.published(), Q(published=None)),
    ]


def _changes():
    return StatusChange.objects.published().filter(agreement__state=State.PUBLISHED)


def secret_shares(agreements: Iterable[Agreement]) -> tuple[int, int]:
    """How many agreements are secret, and how many could be, of those fetched with their current status."""
    bound = [each for each in agreements if each.current_status and Status(each.current_status).can_be_secret]
    return sum(each.text_public == TextPublic.NO for each in bound), len(bound)


def groups_of(transfers: Sequence[Transfer]) -> list[Transfer]:
    """The rows that may be added up, the first one first."""
    return sorted((each for each in transfers if each.counting == Counting.SINGLE), key=history.date_order)


class Methodology(Described, TemplateView):
    template_name = "methodology.html"
    name = _("Methodology")

    def get_context_data(self, **kwargs):
        day = today(self.request)
        shown, sources = examples(day, as_of_a_day=self.request.asked.as_of is not None), Sources()
        path = history.fold(shown.path.status_changes.all(), today=day) if shown.path else None
        loudest = loudest_change(shown.words) if shown.words else None
        together = totals()
        secret, bound = secret_shares(Agreement.objects.published().with_current_status().only("text_public"))
        imprecise = (
            _changes().exclude(precision=Precision.DAY).select_related("agreement__sender", "agreement__receiver")
        )
        dated = imprecise.order_by("-date", "pk").first()
        revisions = Revision.objects.exclude(kind=ChangeKind.ADDED).order_by().values("kind").annotate(n=Count("pk"))
        corrected = {each["kind"]: each["n"] for each in revisions}
        return super().get_context_data(**kwargs) | {
            "citations": cite(self.request, str(_("Methodology"))),
            "sections": SECTIONS,
            "sets": SETS,
            "forms": [(status, lives.swatch(status)) for status in Status],
            "stances": list(Stance),
            "day": day,
            "examples": shown,
            "path": path,
            "steps": [(step, sources.of(step.change)) for step in steps_of(path)] if path else [],
            "precisions": _precisions(),
            "dated": dated,
            "dated_days": history.Period.of(dated).until(history.Period(day, day, Precision.DAY)) if dated else None,
            "loudest": loudest[0] if loudest else None,
            "loudest_words": [
                (word, sources.of(word.statement) if word.statement else []) for word in (loudest[1] if loudest else [])
            ],
            "groups": [(each, sources.of(each)) for each in groups_of(shown.people.transfers.all())]
            if shown.people
            else [],
            "people": history.people_moved(shown.people.transfers.all()) if shown.people else None,
            "totals": together,
            "total_rows": [(each, sources.of(each)) for each in together.largest] if together else [],
            "listed_money": history.money_by_stage(list(shown.money.payments.all())) if shown.money else [],
            "cost_marks": sources.of(shown.cost.records[0]) if shown.cost else [],
            "secret": secret,
            "bound": bound,
            "secret_statuses": [status for status in Status if status.can_be_secret],
            "contradiction": Rule.CONTRADICTION,
            "cost_rule": Rule.COST_A_PERSON,
            "rules": list(Rule),
            "questions": list(Unknown),
            "shares": shares(),
            "edition": self.request.asked.moment,
            "editions": Edition.objects.count(),
            "changed": corrected.get(ChangeKind.CHANGED, 0),
            "withdrawn": corrected.get(ChangeKind.WITHDRAWN, 0),
            "sources": sources,
        }


def _precisions() -> list[tuple[Precision, int]]:
    found = dict(_changes().order_by().values_list("precision").annotate(n=Count("pk")))
    return [(precision, found.get(precision, 0)) for precision in Precision]
