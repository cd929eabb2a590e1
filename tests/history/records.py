"""Made-up records for the pure functions: objects with the columns of the dataset, and no database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from itertools import count

from agreements.vocabulary import (
    CountedBy,
    Counting,
    Outcome,
    Precision,
    SpeaksFor,
    Stage,
    Stance,
    Status,
    TextPublic,
)

_numbers = count(1)


def _id(kind: str):
    return field(default_factory=lambda: f"{kind}-{next(_numbers)}")


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


@dataclass
class Agreement:
    id: str = "us-rw-2025"
    sender_id: str = "USA"
    receiver_id: str = "RWA"
    text_public: str = TextPublic.YES
    cap: int | None = 250
    people_covered: str = "People of any nationality"
    money_note: str = ""
    instrument: str = "treaty"
    last_checked: dt.date = dt.date(2025, 12, 1)


@dataclass
class Change:
    step: int
    date: dt.date
    status: Status
    precision: str = Precision.DAY
    id: str = _id("change")


@dataclass
class Speaker:
    country_id: str | None = "RWA"
    speaks_for: str = SpeaksFor.GOVERNMENT
    id: str = _id("speaker")


@dataclass
class Said:
    stance: Stance
    official: Speaker
    date: dt.date
    status_change_id: str | None = None
    precision: str = Precision.DAY
    id: str = _id("said")


@dataclass
class Moved:
    date: dt.date
    people_low: int | None = 7
    people_high: int | None = 7
    counting: str = Counting.SINGLE
    counted_by: str = CountedBy.RECEIVER
    precision: str = Precision.DAY
    id: str = _id("moved")


@dataclass
class Paid:
    amount: int
    stage: Stage = Stage.PAID
    date: dt.date | None = dt.date(2025, 6, 1)
    currency: str = "USD"
    part_of_id: str | None = None
    precision: str = Precision.DAY
    id: str = _id("paid")


@dataclass
class Case:
    filed: dt.date | None = None
    decided: dt.date | None = None
    outcome: str = Outcome.PENDING
    id: str = _id("case")


def steps(*written: str) -> list[Change]:
    """Status changes from "2025-05-04 talks" or "2025-05 talks", in the order of the steps."""
    found = []
    for number, each in enumerate(written, start=1):
        date, status = each.split()
        precision = {10: Precision.DAY, 7: Precision.MONTH, 4: Precision.YEAR}[len(date)]
        first = day(f"{date}-01-01"[:10] if precision is Precision.YEAR else f"{date}-01"[:10])
        found.append(Change(number, first, Status(status), precision, id=f"step-{number}"))
    return found
