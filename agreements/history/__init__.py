"""A negotiation's path folded from its dated facts, and what follows from it: pure functions, no ORM, no request.

The functions take records of any kind that have the attributes of the dataset's columns (`date`, `precision`, `step`,
`status`, `id`, …), published ones only, in any order. "Today" is always given.
"""

from agreements.history.comparison import Course, Stretch, align, reached
from agreements.history.confirmation import Contradiction, Word, confirmation, contradictions, side_of
from agreements.history.counts import (
    ByMonth,
    Money,
    Moved,
    People,
    money_by_stage,
    people_by_month,
    people_moved,
)
from agreements.history.dates import Dated, Days, Period, date_order, month_ends, partial_period
from agreements.history.offices import office_now, office_on
from agreements.history.path import Path, Segment, bound_since, fold, is_secret, statuses_over_time
from agreements.history.said import Said, Tally, stances_over_time
from agreements.history.sentences import Finding, findings
from agreements.history.unknown import not_known

__all__ = [
    "ByMonth",
    "Contradiction",
    "Course",
    "Dated",
    "Days",
    "Finding",
    "Money",
    "Moved",
    "Path",
    "People",
    "Period",
    "Said",
    "Segment",
    "Stretch",
    "Tally",
    "Word",
    "align",
    "bound_since",
    "confirmation",
    "contradictions",
    "date_order",
    "findings",
    "fold",
    "is_secret",
    "money_by_stage",
    "month_ends",
    "not_known",
    "office_now",
    "office_on",
    "partial_period",
    "people_by_month",
    "people_moved",
    "reached",
    "side_of",
    "stances_over_time",
    "statuses_over_time",
]
