"""What somebody said, on the page of a country or an official: by stance over time, and the newest of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.charts import lives
from agreements.history import Tally
from agreements.models import Statement
from agreements.views.statements import with_agreements
from agreements.views.timeline import Entry, Sources, entries
from agreements.vocabulary import Stance

NEWEST = 8
"""Statements that a page shows of each kind; the filtered list has the others."""


@dataclass(frozen=True)
class Words:
    """Some statements: how many there are, the newest, and the address of the list that has all of them."""

    number: int
    entries: list[Entry]
    address: str


def words_of(statements: Iterable[Statement], sources: Sources, address: str) -> Words:
    """In a constant number of queries, however many statements there are."""
    newest = with_agreements(statements.in_date_order().reverse())[:NEWEST]
    return Words(statements.count(), entries(statements=newest, sources=sources, newest_first=True), address)


def statements_address(**values: list[str]) -> str:
    """The list of statements, narrowed."""
    return f"{reverse('statements')}?{urlencode(values, doseq=True)}"


@dataclass(frozen=True)
class Spoken:
    """Statements by stance over time: a picture a stance on one axis, and the same numbers as a table."""

    unit: str
    axis: str
    lanes: list[tuple[Stance, int, str]]
    stances: list[Stance]
    table: list[tuple[str, list[int]]]
    has_vague: bool
    """Whether something is dated less exactly than a column."""


def spoken(tally: Tally | None) -> Spoken | None:
    """What the page shows of a tally, the newest first in the table; None where nothing was said."""
    if tally is None:
        return None
    axis = lives.tally_axis(tally)
    counted: dict[tuple, Counter[Stance]] = {}
    for said in tally.columns:
        counted.setdefault((said.first, True, lives.column_words(tally, said)), Counter())[said.stance] = said.number
    for said in tally.vague:
        counted.setdefault((said.first, False, lives.vague_words(said)), Counter())[said.stance] = said.number
    totals = sum(counted.values(), Counter())
    return Spoken(
        unit={1: _("by month"), 3: _("by quarter"), 12: _("by year")}[tally.months],
        axis=lives.ticks(axis),
        lanes=[(stance, totals[stance], lives.lane(tally, stance, axis=axis)) for stance in tally.stances],
        stances=tally.stances,
        table=[
            (label, [numbers[stance] for stance in tally.stances])
            for (_first, _exact, label), numbers in sorted(counted.items(), key=lambda item: item[0], reverse=True)
        ],
        has_vague=bool(tally.vague),
    )
