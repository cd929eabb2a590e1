"""A negotiation's path folded from its dated facts, and what follows from it: pure functions, no ORM, no request.

The functions take records of any kind that have the attributes of the dataset's columns (`date`, `precision`, `step`,
`status`, `id`, …), published ones only, in any order. "Today" is always given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from agreements.vocabulary import (
    Confirmation,
    Counting,
    Precision,
    Side,
    SpeaksFor,
    Stage,
    Stance,
    Status,
    TextPublic,
)


class Dated(Protocol):
    """A record with a public id, a date (or None) and its precision (or an empty text)."""

    id: str
    date: dt.date | None
    precision: str


@dataclass(frozen=True, order=True)
class Days:
    """A number of days between two dates, as a range where one of them is imprecise."""

    low: int
    high: int

    @property
    def exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Period:
    """The days that a date may mean, from `first` to `last`, both included."""

    first: dt.date
    last: dt.date
    precision: Precision

    @classmethod
    def of(cls, record: Dated) -> Period | None:
        """The period of a dated record; None where it has no date."""
        if record.date is None:
            return None
        precision = Precision(record.precision or Precision.DAY)
        return cls(record.date, precision.last_day(precision.first_day(record.date)), precision)

    @property
    def exact(self) -> bool:
        return self.precision is Precision.DAY

    def until(self, later: Period) -> Days:
        """Days from this period to a later one; never below 0 at its low end where the two overlap."""
        low = (later.first - self.last).days
        high = (later.last - self.first).days
        return Days(max(low, 0), high) if high >= 0 else Days(low, high)


_LAST = dt.date.max


def date_order(record: Dated) -> tuple:
    """Sorting key: first day, longer period first, then step, then id; undated records last."""
    precision = Precision(record.precision or Precision.DAY)
    return (record.date or _LAST, -precision.order, getattr(record, "step", 0) or 0, record.id)


@dataclass(frozen=True)
class Segment:
    """A stretch of time in one status: from `start` to `end` (the next change, or today), opened by `changes[0]`."""

    status: Status
    start: dt.date
    end: dt.date
    changes: tuple[Any, ...]


@dataclass(frozen=True)
class Path:
    """Where a negotiation stood, step by step."""

    changes: tuple[Any, ...]
    segments: tuple[Segment, ...]
    today: dt.date

    @property
    def current(self) -> Status | None:
        """The status of the last step; None where nothing is on record."""
        return Status(self.changes[-1].status) if self.changes else None

    @property
    def current_run(self) -> tuple[Any, ...]:
        """The unbroken run of steps at the current status, oldest first."""
        run: list[Any] = []
        for change in reversed(self.changes):
            if change.status != self.current:
                break
            run.insert(0, change)
        return tuple(run)

    @property
    def since(self) -> Period | None:
        """The period of the first step of the current run."""
        return Period.of(self.current_run[0]) if self.changes else None

    @property
    def first_report(self) -> Period | None:
        return Period.of(self.changes[0]) if self.changes else None

    @property
    def days_in_status(self) -> Days | None:
        """Days since the current status began, as of today."""
        if self.since is None:
            return None
        return self.since.until(Period(self.today, self.today, Precision.DAY))

    def first(self, status: Status) -> Any | None:
        """The first step that reached a status."""
        return next((change for change in self.changes if change.status == status), None)

    def status_on(self, day: dt.date) -> Status | None:
        """The status on a day: that of the last step whose period had begun."""
        begun = [change for change in self.changes if change.date <= day]
        return Status(begun[-1].status) if begun else None

    @property
    def transitions(self) -> tuple[Any, ...]:
        """The steps that changed the status; a repeat confirms and is left out."""
        return tuple(
            change
            for before, change in zip((None, *self.changes), self.changes, strict=False)
            if before is None or before.status != change.status
        )


def fold(changes: Iterable[Any], *, today: dt.date) -> Path:
    """The path of one negotiation from its published status changes, ordered by `step`.

    Segments never overlap nor run backwards: a step known only to its month starts no earlier than the step before it.
    """
    ordered = sorted(changes, key=lambda change: (change.step, change.id))
    segments: list[Segment] = []
    for change in ordered:
        start = max(change.date, segments[-1].start) if segments else change.date
        if segments and segments[-1].status == change.status:
            last = segments[-1]
            segments[-1] = Segment(last.status, last.start, last.end, (*last.changes, change))
            continue
        if segments:
            last = segments[-1]
            segments[-1] = Segment(last.status, last.start, start, last.changes)
        segments.append(Segment(Status(change.status), start, max(today, start), (change,)))
    return Path(tuple(ordered), tuple(segments), today)


# --- Who confirms it ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Word:
    """What one side says of a status change, and the statement that says so (None where it is silent)."""

    side: Side
    confirmation: Confirmation
    statement: Any | None = None


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
    words = {side: Word(side, Confirmation.SILENT) for side in Side}
    for statement in sorted(statements, key=date_order):
        side = side_of(statement.official, sender=sender, receiver=receiver)
        so = Stance(statement.stance).says_it_is_so
        if so is not None:
            words[side] = Word(side, Confirmation.CONFIRMS if so else Confirmation.DENIES, statement)
        elif statement.stance == Stance.DECLINES and words[side].confirmation in (
            Confirmation.SILENT,
            Confirmation.DECLINES,
        ):
            words[side] = Word(side, Confirmation.DECLINES, statement)
    return words


# --- People and money -----------------------------------------------------------------------------


@dataclass(frozen=True)
class People:
    """People moved: the range of the single groups with a count, how many have none, and the latest total beside."""

    low: int
    high: int
    groups: int
    uncounted: int
    counted_by: tuple[str, ...]
    cumulative: Any | None

    @property
    def counted(self) -> int:
        return self.groups - self.uncounted


def people_moved(transfers: Iterable[Any]) -> People:
    """The single rows as one range; a cumulative row is only ever shown beside it, never summed."""
    ordered = sorted(transfers, key=date_order)
    single = [row for row in ordered if row.counting == Counting.SINGLE]
    counted = [row for row in single if row.people_low is not None]
    totals = [row for row in ordered if row.counting == Counting.CUMULATIVE and row.people_low is not None]
    return People(
        low=sum(row.people_low for row in counted),
        high=sum(row.people_high for row in counted),
        groups=len(single),
        uncounted=len(single) - len(counted),
        counted_by=tuple(dict.fromkeys(row.counted_by for row in counted)),
        cumulative=totals[-1] if totals else None,
    )


@dataclass(frozen=True)
class Money:
    """The payments at one stage, by currency and the largest first: listed, never summed nor converted.

    `parts` says that each of them is part of another payment, since no whole amount is known at the stage.
    """

    stage: Stage
    payments: tuple[Any, ...]
    parts: bool = False

    @property
    def largest(self) -> Any:
        return self.payments[0]


def money_by_stage(payments: Sequence[Any]) -> list[Money]:
    """Payments by stage: whole amounts first, the furthest stage first; then stages known in parts alone.

    A part of a payment is left out where its stage has a whole amount, and a stage without a payment altogether.
    """
    whole, parts = [], []
    for stage in reversed(Stage):
        at_stage = sorted((p for p in payments if p.stage == stage), key=lambda p: (p.currency, -p.amount, p.id))
        complete = tuple(p for p in at_stage if p.part_of_id is None)
        if complete:
            whole.append(Money(stage, complete))
        elif at_stage:
            parts.append(Money(stage, tuple(at_stage), parts=True))
    return whole + parts


# --- What follows ---------------------------------------------------------------------------------


def is_secret(path: Path, text_public: str) -> bool:
    """Whether people are bound by a text that nobody may read."""
    return text_public == TextPublic.NO and path.current is not None and path.current.can_be_secret


def statuses_over_time(paths: Sequence[Path], *, days: Sequence[dt.date]) -> dict[Status, list[int]]:
    """How many negotiations stood at each status on each of the days, in the order of the days."""
    counts = {status: [0] * len(days) for status in Status}
    for path in paths:
        for place, day in enumerate(days):
            status = path.status_on(day)
            if status is not None:
                counts[status][place] += 1
    return counts


def month_ends(first: dt.date, today: dt.date) -> list[dt.date]:
    """The last day of each month from that of `first` on, and today in place of the last one."""
    days = []
    month = first.replace(day=1)
    while (end := Precision.MONTH.last_day(month)) < today:
        days.append(end)
        month = end + dt.timedelta(days=1)
    return [*days, today]


# --- Offices --------------------------------------------------------------------------------------


def partial_period(text: str) -> Period | None:
    """The period of YYYY, YYYY-MM or YYYY-MM-DD; None for an empty text; ValueError for another."""
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    precision = (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(parts) - 1]
    first = dt.date(*[*parts, 1, 1][:3])
    return Period(first, precision.last_day(first), precision)


def office_on(positions: Iterable[Any], period: Period) -> Any | None:
    """The position that an official held in a period; None where no position fits.

    An empty end is open. Of several that fit, the one with the latest known start; an undated one only if no dated one
    fits.
    """

    def fits(position: Any) -> bool:
        started, ended = partial_period(position.started), partial_period(position.ended)
        return (started is None or started.first <= period.last) and (ended is None or ended.last >= period.first)

    fitting = sorted((position for position in positions if fits(position)), key=lambda position: position.id)
    dated = [position for position in fitting if position.started or position.ended]
    if dated:
        return max(dated, key=lambda position: position.started)
    return fitting[0] if fitting else None
