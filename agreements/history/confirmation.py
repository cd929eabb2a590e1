"""Who confirms it: what each side says of a status change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from agreements.history.dates import date_order
from agreements.vocabulary import Confirmation, Side, SpeaksFor, Stance


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
