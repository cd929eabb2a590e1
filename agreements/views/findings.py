"""What the records of an agreement add up to: computed sentences in words, who confirms each step, who says what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agreements import history
from agreements.charts.scale import date_words
from agreements.history import Contradiction, Days, Finding, Word
from agreements.models import Agreement, Payment, Proceeding, Statement, StatusChange, Transfer
from agreements.templatetags.tracker import days, money_words, people_range
from agreements.views.timeline import Entry, SourceMark, Sources, office_of
from agreements.vocabulary import Confirmation, OfficialKind, Precision, Rule, Side, Stance, Status

SHOWN_AT_ONCE = 5
"""How many sentences stand at the top of a page; the rest open on demand."""
WORDS_OF_A_SIDE = 3
"""How many statements of one side are shown at once."""


@dataclass(frozen=True)
class Record:
    """A record that a sentence rests on: in a few words, with its place on the page (empty for the entry itself).

    `said` is what a statement says, in our words; empty for what is none.
    """

    words: str
    anchor: str
    marks: list[SourceMark]
    said: str = ""


@dataclass(frozen=True)
class Sentence:
    """A computed sentence, the rule that made it, the records that it rests on, and a source mark for each.

    `anchor` is its place on the page: the rule, numbered where the rule has more than one sentence there.
    """

    rule: Rule
    anchor: str
    words: str
    records: list[Record]

    @property
    def marks(self) -> list[SourceMark]:
        """The first source of each record, once."""
        first = [record.marks[0] for record in self.records if record.marks]
        return list({mark.number: mark for mark in first}.values())


@dataclass(frozen=True)
class Dispute:
    """A contradiction in a sentence, with the two statements and the steps that they are about, the earlier first."""

    heading: str
    words: str
    said: list[Entry]
    about: list[StatusChange]


@dataclass(frozen=True)
class Cell:
    """What one side says of a step: its word, and what it said besides."""

    word: Word
    name: str

    @property
    def glyph_of(self) -> Stance | None:
        return None if self.word.confirmation is Confirmation.SILENT else Stance(self.word.confirmation)

    @property
    def one_voice(self) -> bool:
        """Whether the side speaks as one, as a government does; of the others it must be said who spoke."""
        return self.word.side in (Side.SENDER, Side.RECEIVER)


@dataclass(frozen=True)
class StepWords:
    """A step and what each side says of it."""

    change: StatusChange
    cells: list[Cell]


@dataclass(frozen=True)
class Voice:
    """All that one side said, the newest first."""

    side: Side
    name: str
    entries: list[Entry]

    @property
    def first(self) -> list[Entry]:
        return self.entries[:WORDS_OF_A_SIDE]

    @property
    def rest(self) -> list[Entry]:
        return self.entries[WORDS_OF_A_SIDE:]


def side_name(side: Side, agreement: Agreement) -> str:
    """The party's name for its government; the label of the side for courts and others."""
    return {Side.SENDER: agreement.sender.name, Side.RECEIVER: agreement.receiver.name}.get(side, str(side.label))


def sentences(found: Iterable[Finding], agreement: Agreement, sources: Sources) -> list[Sentence]:
    """Findings in words, with the marks of their sources."""
    told: Counter[Rule] = Counter()
    listed = []
    for finding in found:
        told[finding.rule] += 1
        number = f"-{told[finding.rule]}" if told[finding.rule] > 1 else ""
        listed.append(
            Sentence(
                finding.rule,
                f"said-{finding.rule}{number}",
                capfirst(_WORDS[finding.rule](finding, agreement)),
                [_record(record, sources) for record in finding.records],
            )
        )
    return listed


def disputes(found: Iterable[Finding], agreement: Agreement, entries: Iterable[Entry]) -> list[Dispute]:
    """The contradictions among the findings, with the entries of the timeline that hold the two statements."""
    said = {entry.record.pk: entry for entry in entries if entry.kind == "said"}
    return [
        Dispute(
            _heading(finding.figures["contradiction"]),
            _contradiction(finding, agreement),
            [said[statement.pk] for statement in finding.records],
            [
                change
                for change in (finding.figures["contradiction"].change, finding.figures["contradiction"].later)
                if change is not None
            ],
        )
        for finding in found
        if finding.rule == Rule.CONTRADICTION
    ]


def steps_with_words(
    changes: Sequence[StatusChange], statements: Sequence[Statement], agreement: Agreement
) -> list[StepWords]:
    """Who confirms each step, the newest first; none at all where no statement is tied to any of them."""
    known = {change.pk for change in changes}
    if not any(statement.status_change_id in known for statement in statements):
        return []
    found = []
    for change in reversed(changes):
        words = history.confirmation(
            [statement for statement in statements if statement.status_change_id == change.pk],
            sender=agreement.sender_id,
            receiver=agreement.receiver_id,
        )
        found.append(StepWords(change, [Cell(word, side_name(side, agreement)) for side, word in words.items()]))
    return found


def voices(entries: Iterable[Entry], agreement: Agreement) -> list[Voice]:
    """Who says what, by side, newest stance first; a side that said nothing is left out."""
    said: dict[Side, list[Entry]] = {side: [] for side in Side}
    for entry in entries:
        if entry.kind == "said":
            side = history.side_of(entry.record.official, sender=agreement.sender_id, receiver=agreement.receiver_id)
            said[side].append(entry)
    return [
        Voice(side, side_name(side, agreement), sorted(own, key=history.date_order, reverse=True))
        for side, own in said.items()
        if own
    ]


# --- In words -------------------------------------------------------------------------------------


def length(value: Days) -> str:
    """A number of days; "at most" where it may be none at all."""
    if value.low < 1 <= value.high:
        return _("at most %(days)s") % {"days": days(Days(value.high, value.high))}
    return days(value)


def on_date(record: Any) -> str:
    """The date inside a sentence, with its preposition: "on 20 August 2025", "in October 2024"."""
    words = date_words(record.date, record.precision)
    return (
        _("on %(day)s") % {"day": words} if record.precision == Precision.DAY else _("in %(month)s") % {"month": words}
    )


def speaker(statement: Statement, side: Side, agreement: Agreement) -> str:
    """Who spoke, in what office, for which party."""
    # An office or an organisation says by its name what it is.
    office = office_of(statement) if statement.official.kind == OfficialKind.PERSON else None
    for_whom = side_name(side, agreement)
    if office is None:
        return _("%(name)s (%(country)s)") % {"name": statement.official.name, "country": for_whom}
    return _("%(name)s (%(office)s, %(country)s)") % {
        "name": statement.official.name,
        "office": office.title,
        "country": for_whom,
    }


def _heading(each: Contradiction) -> str:
    if each.by_one_speaker:
        return _("One speaker, two answers.")
    if each.within_one_side:
        return _("One government, two answers.")
    return _("The two governments contradict each other.")


def _of_one_day(*records: Any) -> bool:
    return len({record.date for record in records}) == 1 and all(r.precision == Precision.DAY for r in records)


def _contradiction(finding: Finding, agreement: Agreement) -> str:
    each: Contradiction = finding.figures["contradiction"]
    first, second = each.in_order
    sides = {each.confirming.pk: each.confirming_side, each.denying.pk: each.denying_side}
    figures = {
        "first": speaker(first, sides[first.pk], agreement),
        "second": speaker(second, sides[second.pk], agreement),
        "then": on_date(first),
        "later": _("on the same day") if _of_one_day(first, second) else on_date(second),
    }
    denied_first = first is each.denying
    if each.by_one_speaker:
        # Nobody else's words say what "it" is.
        figures["step"] = f"{each.change.status.in_sentence}, {date_words(each.change.date, each.change.precision)}"
        words = (
            _("%(first)s denied %(then)s and confirmed %(later)s the step “%(step)s”.")
            if denied_first
            else _("%(first)s confirmed %(then)s and denied %(later)s the step “%(step)s”.")
        )
    elif denied_first:
        words = _("%(first)s denied %(then)s what %(second)s confirmed %(later)s.")
    else:
        words = _("%(first)s confirmed %(then)s what %(second)s denied %(later)s.")
    return words % figures


def _denied_before(finding: Finding, agreement: Agreement) -> str:
    figures = finding.figures
    words = {
        Status.OPERATING: _("Denied by %(who)s %(days)s before the first transfer."),
        Status.SIGNED: _("Denied by %(who)s %(days)s before the signature."),
        Status.AGREED: _("Denied by %(who)s %(days)s before it was agreed in principle."),
        Status.TALKS: _("Denied by %(who)s %(days)s before talks were confirmed."),
    }[figures["status"]]
    return words % {"who": speaker(figures["denial"], figures["side"], agreement), "days": length(figures["days"])}


def _moved_before_signature(finding: Finding, agreement: Agreement) -> str:
    one = getattr(finding.records[0], "people_high", None) == 1
    words = (
        _("A first person was moved %(days)s before the signature.")
        if one
        else _("A first group was moved %(days)s before the signature.")
    )
    return words % {"days": length(finding.figures["days"])}


def _people(people: history.People) -> str:
    return ngettext("%(people)s person moved", "%(people)s people moved", people.high) % {
        "people": _to(people.low, people.high)
    }


def _to(low: int, high: int) -> str:
    return f"{low:,}" if low == high else _("%(low)s to %(high)s") % {"low": f"{low:,}", "high": f"{high:,}"}


def _cost_a_person(finding: Finding, agreement: Agreement) -> str:
    figures = finding.figures
    payment = figures["payment"]
    low, high = (money_words(figures[end], payment.currency) for end in ("low", "high"))
    each = low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
    return _("%(money)s paid, %(people)s: about %(each)s a person.") % {
        "money": money_words(payment.amount, payment.currency),
        "people": _people(figures["people"]),
        "each": each,
    }


def _limit_and_moved(finding: Finding, agreement: Agreement) -> str:
    return _("%(people)s, of an agreed limit of %(limit)s.") % {
        "people": _people(finding.figures["people"]),
        "limit": f"{finding.figures['limit']:,}",
    }


def _without_text(finding: Finding, agreement: Agreement) -> str:
    words = (
        _("%(status)s for %(days)s, with nothing in writing known.")
        if finding.figures["unwritten"]
        else _("%(status)s for %(days)s without a public text.")
    )
    return words % {"status": finding.figures["status"].label, "days": length(finding.figures["days"])}


def _suspended_after(finding: Finding, agreement: Agreement) -> str:
    figures = finding.figures
    words = (
        _("Suspended after %(days)s of operation")
        if figures["operating"]
        else _("Suspended %(days)s after the signature")
    ) % {"days": length(figures["days"])}
    if not figures["rulings"]:
        return _("%(what)s.") % {"what": words}
    court = figures["rulings"][0].court
    return _("%(what)s, on the day on which a court blocked it (%(court)s).") % {"what": words, "court": court}


def _promised_unpaid(finding: Finding, agreement: Agreement) -> str:
    payment = finding.figures["payment"]
    return _("%(money)s %(stage)s %(days)s ago, and no payment on record.") % {
        "money": money_words(payment.amount, payment.currency),
        "stage": payment.stage.in_sentence,
        "days": length(finding.figures["days"]),
    }


def _signature_confirmed(finding: Finding, agreement: Agreement) -> str:
    return _("%(days)s from the signature to the first confirmation by a party on record (%(party)s).") % {
        "days": length(finding.figures["days"]),
        "party": side_name(finding.figures["side"], agreement),
    }


def _in_days(finding: Finding, agreement: Agreement) -> str:
    return _DAYS[finding.rule] % {"days": length(finding.figures["days"])}


_DAYS = {
    Rule.SIGNED_WITHOUT_TRANSFER: gettext_lazy("%(days)s since the signature, and no transfer on record."),
    Rule.ENDED_WITHOUT_TRANSFER: gettext_lazy("Ended %(days)s after the signature, with no transfer on record."),
    Rule.TRANSFER_CONFIRMED: gettext_lazy(
        "%(days)s from the first transfer to the receiver's first confirmation of it on record."
    ),
    Rule.SIGNATURE_TO_TRANSFER: gettext_lazy("%(days)s from the signature to the first transfer under it."),
    Rule.REPORT_TO_SIGNATURE: gettext_lazy("%(days)s from the first report to the signature."),
}
_WORDS = dict.fromkeys(_DAYS, _in_days) | {
    Rule.CONTRADICTION: _contradiction,
    Rule.DENIED_BEFORE: _denied_before,
    Rule.MOVED_BEFORE_SIGNATURE: _moved_before_signature,
    Rule.COST_A_PERSON: _cost_a_person,
    Rule.LIMIT_AND_MOVED: _limit_and_moved,
    Rule.WITHOUT_TEXT: _without_text,
    Rule.SUSPENDED_AFTER: _suspended_after,
    Rule.SIGNATURE_CONFIRMED: _signature_confirmed,
    Rule.PROMISED_UNPAID: _promised_unpaid,
}


def _record(record: Any, sources: Sources) -> Record:
    anchor = "" if isinstance(record, Agreement) else record.pk
    said = record.summary if isinstance(record, Statement) else ""
    return Record(_words_of(record), anchor, sources.of(record), said)


def _words_of(record: Any) -> str:
    """A record in a few words, with its date."""
    match record:
        case Agreement():
            return _("The entry itself, last checked %(day)s") % {"day": date_words(record.last_checked)}
        case Proceeding():
            return _("Ruling: %(name)s, %(day)s") % {"name": record.name, "day": date_words(record.decided)}
        case Statement():
            what = _("%(name)s %(stance)s") % {"name": record.official.name, "stance": record.stance.in_sentence}
        case StatusChange():
            what = str(Status(record.status).label)
        case Transfer():
            what = _("People moved: %(people)s") % {"people": people_range(record.people_low, record.people_high)}
        case Payment():
            what = f"{money_words(record.amount, record.currency)} {record.stage.in_sentence}"
        case _:
            raise TypeError(f"a sentence cannot rest on {record!r}")
    day = date_words(record.date, record.precision) if record.date else _("undated")
    return f"{what}, {day}"
