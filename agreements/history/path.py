"""Where a negotiation stood, step by step, and how many stood where."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from agreements.history.dates import Days, Period
from agreements.vocabulary import Precision, Status, TextPublic

_OVER = (Status.REJECTED, Status.ENDED)
_MADE = (Status.AGREED, Status.SIGNED, Status.IN_FORCE, Status.OPERATING)


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

    @property
    def made(self) -> bool:
        """Whether it was at least once agreed, signed, in force or operating."""
        return any(change.status in _MADE for change in self.changes)

    @property
    def attempt(self) -> tuple[Any, ...]:
        """The steps of the latest attempt at the agreement, with its end where it has one.

        It begins after the last end or rejection that was followed by other steps.
        """
        past = max(
            (
                place
                for place, (before, after) in enumerate(pairwise(self.changes), start=1)
                if before.status in _OVER and after.status not in _OVER
            ),
            default=0,
        )
        return self.changes[past:]

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


def is_secret(path: Path, text_public: str) -> bool:
    """Whether people are bound by a text that nobody may read."""
    return text_public == TextPublic.NO and path.current is not None and path.current.can_be_secret


def bound_since(path: Path) -> Period | None:
    """Since when the parties have been bound: the first step of the unbroken run of statuses at which a text binds.

    None where the current status binds nobody.
    """
    first = None
    for change in reversed(path.changes):
        if not Status(change.status).can_be_secret:
            break
        first = change
    return Period.of(first) if first is not None else None


def statuses_over_time(paths: Sequence[Path], *, days: Sequence[dt.date]) -> dict[Status, list[int]]:
    """How many negotiations stood at each status on each of the days, in the order of the days."""
    counts = {status: [0] * len(days) for status in Status}
    for path in paths:
        # Steps in the order of their days: one that a later step with no later day overtook is never the last.
        steps: list[tuple[dt.date, Status]] = []
        for change in path.changes:
            while steps and steps[-1][0] >= change.date:
                steps.pop()
            steps.append((change.date, Status(change.status)))
        begun = [date for date, _status in steps]
        for place, day in enumerate(days):
            if number := bisect_right(begun, day):
                counts[steps[number - 1][1]][place] += 1
    return counts
