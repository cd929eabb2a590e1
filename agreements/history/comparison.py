"""Negotiations beside each other, each counted in days from its own first report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from agreements.history.dates import Days, Period
from agreements.history.path import Path
from agreements.vocabulary import Status

OVER = (Status.ENDED, Status.REJECTED)
"""Where a negotiation that stays there goes on no more: its line stops on the day that it came there."""


@dataclass(frozen=True)
class Stretch:
    """A stretch in one status: days after the first report, from `start` to `end`.

    `start` counts from the first days of both periods; `within` is when it may have begun, as far as the dates tell.
    `change` is the step that opened it.
    """

    status: Status
    start: int
    end: int
    within: Days
    change: Any

    @property
    def known(self) -> bool:
        """Whether the day on which it began is known, and so is that of the first report."""
        return self.within.exact and Period.of(self.change).exact


@dataclass(frozen=True)
class Course:
    """One negotiation in days after its first report; never without a stretch."""

    path: Path
    stretches: tuple[Stretch, ...]

    @property
    def length(self) -> int:
        """Days from the first report to today, or to the end of what is over."""
        return self.stretches[-1].end

    def days_to(self, status: Status) -> Days | None:
        """Days from the first report to the first step at a status; None where it was never reached."""
        return next((stretch.within for stretch in self.stretches if stretch.status is status), None)


def align(path: Path) -> Course | None:
    """A path counted from its first report; None where nothing is on record."""
    if not path.segments:
        return None
    zero, first = path.segments[0].start, path.first_report
    stretches = []
    for segment in path.segments:
        final = segment is path.segments[-1]
        end = segment.start if final and segment.status in OVER else segment.end
        stretches.append(
            Stretch(
                segment.status,
                (segment.start - zero).days,
                (end - zero).days,
                _days_between(first, Period.of(segment.changes[0])) if stretches else Days(0, 0),
                segment.changes[0],
            )
        )
    return Course(path, tuple(stretches))


def _days_between(first: Period, later: Period) -> Days:
    """As `Period.until`, but never below 0: a step counts from the first report, however its date is known."""
    days = first.until(later)
    return Days(max(days.low, 0), max(days.high, 0))


def reached(courses: Iterable[Course]) -> list[Status]:
    """The statuses that any of the negotiations reached, in the order of progress."""
    found = {stretch.status for course in courses for stretch in course.stretches}
    return [status for status in Status if status in found]
