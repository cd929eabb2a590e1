"""The office that an official held on a day, or holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from agreements.history.dates import Period, partial_period
from agreements.vocabulary import Precision


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


def office_now(positions: Sequence[Any], day: dt.date) -> Any | None:
    """The position held on a day, else the one that began last; None where there is none."""
    held = office_on(positions, Period(day, day, Precision.DAY))
    return held or max(positions, key=lambda position: (position.started, position.id), default=None)
