"""Said versus happened: what follows from a negotiation's dated records, each finding with the rule that made it.

A finding is a rule, its figures and the records that it rests on. Where a record is missing, or the order of two is not
certain, it is not said. Putting it into words is left to who shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

from agreements.history.confirmation import contradictions, side_of
from agreements.history.counts import People, money_by_stage, people_moved
from agreements.history.dates import Days, Period, date_order
from agreements.history.path import Path, Segment, is_secret
from agreements.vocabulary import CountedBy, Counting, Instrument, Outcome, Precision, Rule, Side, Stage, Stance, Status

COMPLETE_WITHIN_DAYS = 730
"""How long an agreement may operate after the last group on record before its groups count as incomplete."""


@dataclass(frozen=True)
class Finding:
    """One computed sentence: its rule, the figures by name, and the records that it rests on, the first one leading."""

    rule: Rule
    figures: dict[str, Any]
    records: tuple[Any, ...]


@dataclass(frozen=True)
class Case:
    """All that is on record of one agreement; `agreement` has its columns, each row those of its table."""

    agreement: Any
    path: Path
    statements: Sequence[Any]
    transfers: Sequence[Any]
    payments: Sequence[Any]
    proceedings: Sequence[Any]
    as_of_a_day: bool

    @property
    def today(self) -> Period:
        return Period(self.path.today, self.path.today, Precision.DAY)

    def period(self, record: Any) -> Period:
        """The days that a record's date may mean, none of which lies in the future."""
        period = Period.of(record)
        return replace(period, last=max(period.first, min(period.last, self.path.today)))

    def until(self, earlier: Any, later: Any, *, certain: bool = False) -> Days | None:
        """The days between two records; None where the second is not the later one, or may not be where it must."""
        days = self.period(earlier).until(self.period(later))
        return days if (days.low if certain else days.high) >= 1 else None

    def happened(self, record: Any) -> bool:
        """Whether it certainly was by today. What is on record has happened, but maybe not by an earlier day."""
        return not self.as_of_a_day or (record.date is not None and Period.of(record).last <= self.path.today)

    @cached_property
    def attempt(self) -> tuple[Any, ...]:
        """The steps of the latest attempt at the agreement, with its end; what came before an earlier end is past."""
        return self.path.attempt

    def first(self, status: Status) -> Any | None:
        """The first step of the attempt that reached a status."""
        return next((change for change in self.attempt if change.status == status), None)

    @property
    def segments(self) -> list[Segment]:
        """The stretches of time of the attempt."""
        return [segment for segment in self.path.segments if segment.changes[0] in self.attempt]

    def in_attempt(self, record: Any) -> bool:
        """Whether a record is dated no earlier than the attempt; all are where there was but one."""
        if not self.attempt or self.attempt[0] is self.path.changes[0]:
            return True
        return record.date is not None and Period.of(record).first >= Period.of(self.attempt[0]).first

    @property
    def people(self) -> People:
        return people_moved(self.transfers)

    @property
    def groups(self) -> list[Any]:
        """The single groups, the first one first."""
        return [row for row in sorted(self.transfers, key=date_order) if row.counting == Counting.SINGLE]

    @property
    def nobody_moved(self) -> bool:
        return not self.transfers and self.path.first(Status.OPERATING) is None

    @property
    def wholly_counted(self) -> bool:
        """Whether the counts of the groups may stand for all the people that were moved."""
        people = self.people
        if not people.counted or people.uncounted or people.low == 0 or not all(map(self.happened, self.groups)):
            return False
        if any(row.counting == Counting.CUMULATIVE for row in self.transfers):
            return False
        operating = [segment for segment in self.path.segments if segment.status == Status.OPERATING]
        last = max(Period.of(row).last for row in self.groups)
        return not operating or (operating[-1].end - last).days <= COMPLETE_WITHIN_DAYS

    def side(self, statement: Any) -> Side:
        return side_of(statement.official, sender=self.agreement.sender_id, receiver=self.agreement.receiver_id)

    def of_parties(self) -> list[Any]:
        """What the two governments said, the first first."""
        own = [s for s in self.statements if s.date and self.side(s) in (Side.SENDER, Side.RECEIVER)]
        return sorted(own, key=date_order)


def findings(
    agreement: Any,
    path: Path,
    *,
    statements: Iterable[Any],
    transfers: Iterable[Any],
    payments: Iterable[Any],
    proceedings: Iterable[Any],
    as_of_a_day: bool = False,
) -> list[Finding]:
    """What follows from the records of one agreement, in the order of Rule; most rules give one finding or none.

    Durations are `Days`, ranges where a date is imprecise. Amounts are those of one payment, never summed. What stood
    before an end or a rejection that was not the last word is past: only the first report is looked for there.
    `as_of_a_day` says that the path's today is a day of the past, by which what is undated may not have been.
    """
    case = Case(agreement, path, list(statements), list(transfers), list(payments), list(proceedings), as_of_a_day)
    return [finding for rule in Rule for finding in _RULES[rule](case)]


def _contradiction(case: Case) -> Iterator[Finding]:
    own = case.agreement
    for each in contradictions(case.statements, case.path.changes, sender=own.sender_id, receiver=own.receiver_id):
        yield Finding(Rule.CONTRADICTION, {"contradiction": each}, each.in_order)


def _denied_before(case: Case) -> Iterator[Finding]:
    steps = {change.id: change for change in case.attempt}
    # Who denies something of an agreement that has ended denies an account of its end.
    denials = [
        statement
        for statement in case.of_parties()
        if statement.stance == Stance.DENIES
        and statement.status_change_id in steps
        and steps[statement.status_change_id].status != Status.ENDED
    ]
    for status in (Status.OPERATING, Status.SIGNED, Status.AGREED, Status.TALKS):
        reached = case.first(status)
        earlier = [
            denial
            for denial in denials
            if reached and case.until(denial, reached, certain=True) and not _taken_back(case, denial, reached)
        ]
        if earlier:
            days = case.until(earlier[-1], reached, certain=True)
            figures = {"days": days, "status": status, "side": case.side(earlier[-1]), "denial": earlier[-1]}
            yield Finding(Rule.DENIED_BEFORE, figures, (earlier[-1], reached))
            return


def _taken_back(case: Case, denial: Any, reached: Any) -> bool:
    """Whether the side that denied may have said that it is so before a step was reached."""
    return any(
        Stance(word.stance).says_it_is_so
        and case.side(word) == case.side(denial)
        and Period.of(word).last >= Period.of(denial).first
        and Period.of(word).first < Period.of(reached).last
        for word in case.of_parties()
    )


def _moved_before_signature(case: Case) -> Iterator[Finding]:
    signed, operating = case.first(Status.SIGNED), case.first(Status.OPERATING)
    moved = [*filter(case.in_attempt, case.groups)][:1] + ([operating] if operating else [])
    if signed and moved:
        first = min(moved, key=lambda record: Period.of(record).last)
        if days := case.until(first, signed, certain=True):
            yield Finding(Rule.MOVED_BEFORE_SIGNATURE, {"days": days}, (first, signed))


def _cost_a_person(case: Case) -> Iterator[Finding]:
    paid = [payment for payment in case.payments if payment.stage == Stage.PAID]
    if len(paid) != 1 or paid[0].part_of_id is not None or not case.happened(paid[0]) or not case.wholly_counted:
        return
    people = case.people
    figures = {
        "payment": paid[0],
        "people": people,
        "low": _three_figures(paid[0].amount / people.high),
        "high": _three_figures(paid[0].amount / people.low),
    }
    if figures["low"] >= 1:
        yield Finding(Rule.COST_A_PERSON, figures, (paid[0], *case.groups))


def _three_figures(value: float) -> int:
    """Rounded to three figures, and to a whole number below 100."""
    return int(round(value, min(0, 3 - len(str(int(value))))))


def _limit_and_moved(case: Case) -> Iterator[Finding]:
    if case.agreement.cap and case.path.made and case.wholly_counted:
        figures = {"people": case.people, "limit": case.agreement.cap}
        yield Finding(Rule.LIMIT_AND_MOVED, figures, (*case.groups, case.agreement))


def _without_text(case: Case) -> Iterator[Finding]:
    if is_secret(case.path, case.agreement.text_public):
        days = case.path.days_in_status
        if days.high >= 1:
            unwritten = case.agreement.instrument == Instrument.UNWRITTEN
            figures = {"days": days, "status": case.path.current, "unwritten": unwritten}
            yield Finding(Rule.WITHOUT_TEXT, figures, (case.path.current_run[0], case.agreement))


def _signed_without_transfer(case: Case) -> Iterator[Finding]:
    signed = case.first(Status.SIGNED)
    if signed and case.nobody_moved and case.path.current in (Status.SIGNED, Status.IN_FORCE):
        days = case.period(signed).until(case.today)
        if days.high >= 1:
            yield Finding(Rule.SIGNED_WITHOUT_TRANSFER, {"days": days}, (signed,))


def _ended_without_transfer(case: Case) -> Iterator[Finding]:
    signed = case.first(Status.SIGNED)
    if signed and case.nobody_moved and case.path.current == Status.ENDED:
        ended = case.path.current_run[0]
        if days := case.until(signed, ended):
            yield Finding(Rule.ENDED_WITHOUT_TRANSFER, {"days": days}, (signed, ended))


def _suspended_after(case: Case) -> Iterator[Finding]:
    runs = case.segments
    stopped = [(before, after) for before, after in pairwise(runs) if after.status == Status.SUSPENDED]
    for begun in ((Status.OPERATING,), (Status.SIGNED, Status.IN_FORCE)):
        found = [(before, after.changes[0]) for before, after in stopped if before.status in begun]
        if found:
            before, suspended = found[0]
            operating = before.status == Status.OPERATING
            start = before.changes[0] if operating else case.first(Status.SIGNED) or before.changes[0]
            if days := case.until(start, suspended):
                rulings = tuple(
                    each
                    for each in case.proceedings
                    if each.outcome == Outcome.BLOCKED and Period.of(suspended).exact
                    if each.decided == suspended.date
                )
                figures = {"days": days, "operating": operating, "rulings": rulings}
                yield Finding(Rule.SUSPENDED_AFTER, figures, (start, suspended, *rulings))
            return


def _first_word(case: Case, *, after: Any, tied: set[str], sides: set[Side]) -> tuple[Days, Any] | None:
    """The first word of these sides that a step is so, and how long after it; None where it is not certainly the first.

    A word tied to the step and not certainly later said it before; one on the agreement that is tied to no step, or to
    another one from that day on, may have.
    """
    words = [
        statement
        for statement in case.of_parties()
        if case.side(statement) in sides
        and Stance(statement.stance).says_it_is_so
        and (statement.status_change_id in tied or Period.of(statement).last >= Period.of(after).first)
    ]
    if words and words[0].status_change_id in tied and (days := case.until(after, words[0], certain=True)):
        return days, words[0]
    return None


def _transfer_confirmed(case: Case) -> Iterator[Finding]:
    first = case.first(Status.OPERATING)
    word = first and _first_word(case, after=first, tied={first.id}, sides={Side.RECEIVER})
    # Who gives a total of the people received has confirmed it by then.
    told = [
        row for row in case.transfers if row.counting == Counting.CUMULATIVE and row.counted_by == CountedBy.RECEIVER
    ]
    if word and not any(Period.of(row).first <= Period.of(word[1]).last for row in told):
        yield Finding(Rule.TRANSFER_CONFIRMED, {"days": word[0], "word": word[1]}, (first, word[1]))


def _signature_confirmed(case: Case) -> Iterator[Finding]:
    signed = case.first(Status.SIGNED)
    if signed is None:
        return
    run = next(segment for segment in case.path.segments if signed in segment.changes)
    tied = {change.id for change in run.changes}
    if word := _first_word(case, after=signed, tied=tied, sides={Side.SENDER, Side.RECEIVER}):
        figures = {"days": word[0], "word": word[1], "side": case.side(word[1])}
        yield Finding(Rule.SIGNATURE_CONFIRMED, figures, (signed, word[1]))


def _signature_to_transfer(case: Case) -> Iterator[Finding]:
    signed, operating = case.first(Status.SIGNED), case.first(Status.OPERATING)
    if signed and operating and signed.step < operating.step and (days := case.until(signed, operating)):
        yield Finding(Rule.SIGNATURE_TO_TRANSFER, {"days": days}, (signed, operating))


def _report_to_signature(case: Case) -> Iterator[Finding]:
    # The first report is that of the agreement, whatever came to an end between it and the first signature.
    signed = case.path.first(Status.SIGNED)
    first = case.path.changes[0] if case.path.changes else None
    before = (Status.REPORTED, Status.TALKS, Status.AGREED)
    if signed and first.status in before and (days := case.until(first, signed)):
        yield Finding(Rule.REPORT_TO_SIGNATURE, {"days": days}, (first, signed))


def _promised_unpaid(case: Case) -> Iterator[Finding]:
    over = case.path.current in (None, Status.ENDED, Status.REJECTED)
    if over or case.agreement.money_note or any(payment.stage == Stage.PAID for payment in case.payments):
        return
    for listed in money_by_stage([payment for payment in case.payments if payment.date]):
        if listed.stage in (Stage.PROMISED, Stage.OBLIGATED) and not listed.parts:
            for payment in listed.largest:
                days = case.period(payment).until(case.today)
                if days.high >= 1:
                    yield Finding(Rule.PROMISED_UNPAID, {"payment": payment, "days": days}, (payment,))
            return


_RULES: dict[Rule, Callable[[Case], Iterator[Finding]]] = {
    Rule.CONTRADICTION: _contradiction,
    Rule.DENIED_BEFORE: _denied_before,
    Rule.MOVED_BEFORE_SIGNATURE: _moved_before_signature,
    Rule.COST_A_PERSON: _cost_a_person,
    Rule.LIMIT_AND_MOVED: _limit_and_moved,
    Rule.WITHOUT_TEXT: _without_text,
    Rule.SIGNED_WITHOUT_TRANSFER: _signed_without_transfer,
    Rule.ENDED_WITHOUT_TRANSFER: _ended_without_transfer,
    Rule.SUSPENDED_AFTER: _suspended_after,
    Rule.TRANSFER_CONFIRMED: _transfer_confirmed,
    Rule.SIGNATURE_CONFIRMED: _signature_confirmed,
    Rule.SIGNATURE_TO_TRANSFER: _signature_to_transfer,
    Rule.REPORT_TO_SIGNATURE: _report_to_signature,
    Rule.PROMISED_UNPAID: _promised_unpaid,
}
