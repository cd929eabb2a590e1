"""What is not known of an agreement: the questions that its public record leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from agreements.history.confirmation import Word
from agreements.history.counts import people_moved
from agreements.history.path import Path
from agreements.vocabulary import Confirmation, Instrument, Precision, Side, Stage, Status, TextPublic, Unknown


def not_known(
    agreement: Any,
    path: Path,
    *,
    words: Mapping[Side, Word],
    transfers: Iterable[Any],
    payments: Iterable[Any],
) -> list[Unknown]:
    """The open questions, in the order of Unknown.

    `words` is who confirms where it stands now. What only an agreement can have (a text, a limit) is asked of what was
    at least once agreed, signed, in force or operating; how many were moved, of what operated or has a transfer.
    """
    transfers, payments = list(transfers), list(payments)
    people = people_moved(transfers)
    made = path.made
    silent = (Confirmation.SILENT, Confirmation.DECLINES)
    moved = path.first(Status.OPERATING) is not None or bool(transfers)
    stages = {payment.stage for payment in payments}
    dated = [*path.changes, *transfers, *payments]
    open_questions = {
        Unknown.CURRENT_SENDER: path.current is not None and words[Side.SENDER].confirmation in silent,
        Unknown.CURRENT_RECEIVER: path.current is not None and words[Side.RECEIVER].confirmation in silent,
        Unknown.TEXT: made and agreement.text_public != TextPublic.YES and agreement.instrument != Instrument.UNWRITTEN,
        Unknown.INSTRUMENT: agreement.instrument == Instrument.UNDISCLOSED,
        Unknown.COVERED: not agreement.people_covered,
        Unknown.LIMIT: made and agreement.cap is None,
        Unknown.MONEY: not payments and not agreement.money_note,
        Unknown.PAID: bool(stages & {Stage.PROMISED, Stage.OBLIGATED}) and Stage.PAID not in stages,
        Unknown.MOVED: bool(people.uncounted) or (moved and not people.counted and people.cumulative is None),
        Unknown.DATES: any(record.date is None or record.precision != Precision.DAY for record in dated),
    }
    return [question for question in Unknown if open_questions[question]]
