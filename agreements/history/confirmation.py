"""Who confirms it: what each side says of a status change, and which words contradict each other."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations
from typing import Any

from agreements.history.dates import Period, date_order
from agreements.vocabulary import Confirmation, Side, SpeaksFor, Stance, Status

SAME_REPORT_DAYS = 3
"""A report that is denied, and whose substance is confirmed so few days later, was true when it was denied."""


_OVER = (Status.REJECTED, Status.ENDED)
_BORNE_OUT = (Status.TALKS, Status.AGREED, Status.SIGNED, Status.IN_FORCE, Status.OPERATING)


@dataclass(frozen=True)
class Word:
    """What one side says of a status change, and the statement that says so (None where the side is silent).

    `other` is the statement of the very same date, as exactly known, that says the opposite; `remark` the latest one
    that opposes or criticises, and so says nothing of whether it is so. Neither changes the word.
    """

    side: Side
    confirmation: Confirmation
    statement: Any | None = None
    other: Any | None = None
    remark: Any | None = None

    @property
    def beside(self) -> list[Any]:
        """The statements that stand beside the one that counts."""
        return [each for each in (self.other, self.remark) if each is not None]


def side_of(official: Any, *, sender: str, receiver: str) -> Side:
    """From which side an official speaks; `sender` and `receiver` are alpha-3 codes."""
    if official.speaks_for == SpeaksFor.JUDICIARY:
        return Side.COURTS
    if official.speaks_for == SpeaksFor.GOVERNMENT and official.country_id == sender:
        return Side.SENDER
    if official.speaks_for == SpeaksFor.GOVERNMENT and official.country_id == receiver:
        return Side.RECEIVER
    return Side.OTHERS


def confirmation(statements: Iterable[Any], *, sender: str, receiver: str) -> dict[Side, Word]:
    """What each side says, from the statements tied to a status change (or to the changes of one run).

    The latest that confirms or denies wins, else the latest that declines to comment, else the side is silent.
    """
    said: dict[Side, list[Any]] = {side: [] for side in Side}
    for statement in sorted(statements, key=date_order):
        said[side_of(statement.official, sender=sender, receiver=receiver)].append(statement)
    return {side: _word(side, own) for side, own in said.items()}


def _word(side: Side, said: Sequence[Any]) -> Word:
    """The word of one side, from all that it said, in the order of dates."""
    answers = [statement for statement in said if Stance(statement.stance).says_it_is_so is not None]
    declined = [statement for statement in said if statement.stance == Stance.DECLINES]
    remarks = [statement for statement in said if statement not in answers and statement not in declined]
    remark = remarks[-1] if remarks else None
    if answers:
        *before, last = answers
        so = Stance(last.stance).says_it_is_so
        opposite = [
            each
            for each in before
            if Stance(each.stance).says_it_is_so is not so and Period.of(each) == Period.of(last)
        ]
        confirmation = Confirmation.CONFIRMS if so else Confirmation.DENIES
        return Word(side, confirmation, last, opposite[-1] if opposite else None, remark)
    if declined:
        return Word(side, Confirmation.DECLINES, declined[-1], remark=remark)
    return Word(side, Confirmation.SILENT, remark=remark)


@dataclass(frozen=True)
class Contradiction:
    """One statement says that it is so, another that it is not: of a party's government, or of one of each.

    `change` is the status change that both are tied to: that of the denial, where the confirmation is of the step
    after it (`later`). It is None where they are not tied to the same: such a pair is always doubtful. A doubtful
    one is a reason to look, not a sentence to print.
    """

    confirming: Any
    denying: Any
    confirming_side: Side
    denying_side: Side
    change: Any | None = None
    later: Any | None = None
    doubtful: bool = False

    @property
    def in_order(self) -> tuple[Any, Any]:
        """The two statements, the earlier one first."""
        first, second = sorted((self.confirming, self.denying), key=date_order)
        return first, second

    @property
    def latest(self) -> dt.date:
        return self.in_order[1].date

    @property
    def within_one_side(self) -> bool:
        return self.confirming_side == self.denying_side

    @property
    def by_one_speaker(self) -> bool:
        return self.confirming.official.id == self.denying.official.id


def contradictions(
    statements: Iterable[Any], changes: Iterable[Any], *, sender: str, receiver: str, doubtful: bool = False
) -> list[Contradiction]:
    """Who denies what another confirms, of the two governments or within one of them; the newest first.

    `statements` are those about one agreement, `changes` all of its status changes. What is printed must be fair, so:

    - Both statements are tied to the same status change, and neither is older than it. The stances are "confirms" and
      "denies": to speak for something, or to accept it on terms, says less than that it is so. A step to
      rejected or ended is left out: what is denied there may be the talks, or why they failed.
    - Or the denial is of a press report (status reported), and the confirmation, at most SAME_REPORT_DAYS days later,
      of the very next step: the report was right when it was denied. Longer apart, things may have moved on.
    - Between the governments the words must stand: none that the same side took back later, or contradicted on the
      same day. Within one government they are of different days, since words of one day may explain each other.
    - There is one contradiction a status change and pair of sides: that of the latest words.

    With `doubtful`, also what an editor should look at: parties one of which only supports or sets conditions, words
    older than the step, and, where no step has a contradiction, words that are not tied to the same step. A statement
    that is tied to the status change of another agreement says nothing of this one.
    """
    steps = sorted(changes, key=lambda change: (change.step, change.id))
    tied: dict[str | None, list[_Said]] = defaultdict(list)
    for statement in sorted(statements, key=date_order):
        side = side_of(statement.official, sender=sender, receiver=receiver)
        so = Stance(statement.stance).says_it_is_so
        if side in (Side.SENDER, Side.RECEIVER) and so is not None and statement.date is not None:
            tied[statement.status_change_id].append(_Said(statement, side, so, Period.of(statement)))
    found = [each for change in steps for each in _of_one_step(change, tied[change.id])]
    found += [
        each
        for change, later in pairwise(steps)
        if change.status == Status.REPORTED and later.status in _BORNE_OUT
        for each in _of_a_report(change, later, tied[change.id], tied[later.id])
    ]
    if doubtful and not any(not each.within_one_side for each in found):
        known = [*tied[None], *(said for change in steps for said in tied[change.id])]
        found += [
            Contradiction(yes.statement, no.statement, yes.side, no.side, doubtful=True)
            for yes, no in _between_parties(sorted(known, key=lambda said: date_order(said.statement)))
            # Two words on two different steps are no contradiction: things moved on between them.
            if None in (yes.statement.status_change_id, no.statement.status_change_id)
        ]
    kept = [each for each in found if doubtful or not each.doubtful]
    return sorted(kept, key=lambda each: [date_order(said) for said in reversed(each.in_order)], reverse=True)


@dataclass(frozen=True)
class _Said:
    """A word of a party on whether it is so."""

    statement: Any
    side: Side
    so: bool
    period: Period

    @property
    def plainly(self) -> bool:
        return self.statement.stance in (Stance.CONFIRMS, Stance.DENIES)

    def certainly_before(self, other: _Said) -> bool:
        return self.period.last < other.period.first

    def stands_among(self, words: Sequence[_Said]) -> bool:
        """Whether its side neither took it back later nor plainly said otherwise on the same day."""
        return not any(
            other.side == self.side
            and other.so != self.so
            and (self.certainly_before(other) or (other.plainly and not other.certainly_before(self)))
            for other in words
        )


def _of_one_step(change: Any, words: Sequence[_Said]) -> Iterator[Contradiction]:
    begun = Period.of(change).first
    for yes, no in [*_between_parties(words), *_within_one_side(words)]:
        fair = yes.plainly and min(yes.period.last, no.period.last) >= begun and change.status not in _OVER
        yield Contradiction(yes.statement, no.statement, yes.side, no.side, change, doubtful=not fair)


def _between_parties(words: Sequence[_Said]) -> Iterator[tuple[_Said, _Said]]:
    """The latest standing words of the two parties, one of which says yes and the other no; plain ones first."""
    standing = [word for word in words if word.stands_among(words)]
    for one, other in permutations((Side.SENDER, Side.RECEIVER)):
        yes = sorted((w for w in standing if w.so and w.side == one), key=lambda word: word.plainly)
        no = [word for word in standing if not word.so and word.side == other]
        if yes and no:
            yield yes[-1], no[-1]


def _within_one_side(words: Sequence[_Said]) -> Iterator[tuple[_Said, _Said]]:
    """The latest plain words of one party on different days, the nearest to each other where several are as late."""
    for side in (Side.SENDER, Side.RECEIVER):
        own = [word for word in words if word.side == side and word.plainly]
        pairs = [
            (yes, no)
            for yes in own
            for no in own
            if yes.so and not no.so and (yes.certainly_before(no) or no.certainly_before(yes))
        ]
        if pairs:
            yield max(
                pairs,
                key=lambda pair: sorted((date_order(word.statement) for word in pair), reverse=True),
            )


def _of_a_report(
    change: Any, later: Any, denials: Sequence[_Said], confirmations: Sequence[_Said]
) -> Iterator[Contradiction]:
    """The latest denial by each party of a press report whose substance is confirmed within days, as the next step."""
    begun = Period.of(change).first
    for side in (Side.SENDER, Side.RECEIVER):
        pairs = [
            (yes, no)
            for no in denials
            for yes in confirmations
            if no.side == side and not no.so and no.period.exact and no.period.first >= begun
            if yes.so and yes.plainly and yes.period.exact
            if (yes.side == side) <= (yes.period.first - no.period.first).days <= SAME_REPORT_DAYS
        ]
        # A government that confirms it itself contradicts itself, and no longer the other one.
        pairs = [pair for pair in pairs if pair[0].side == side] or pairs
        if pairs:
            yes, no = max(pairs, key=lambda pair: [date_order(word.statement) for word in reversed(pair)])
            yield Contradiction(yes.statement, no.statement, yes.side, no.side, change, later)
