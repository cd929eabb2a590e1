"""What a row of each table says when it is taken away: the dataset's columns, then what follows from the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements import history
from agreements.dataset.rows import LISTS, MODELS, ListColumn, Value, attribute_of, with_lists
from agreements.dataset.schema import TABLES, Column
from agreements.history import Period
from agreements.models import (
    Position,
    ProceedingAgreement,
    StatementAgreement,
    StatusChange,
    Transfer,
    TransferNationality,
)
from agreements.vocabulary import ActKind, Precision, SpeaksFor, State, Status, Term

Values = dict[str, Value]


def derived(
    name: str,
    kind: str,
    description: Promise,
    *,
    always: bool = False,
    terms: Iterable[str] = (),
    is_list: bool = False,
) -> Column:
    """A column that the dataset does not have; empty where nothing follows from the record, unless `always` there."""
    return Column(
        name=name,
        type=kind,
        description=description,
        required=always,
        unique=False,
        enum=tuple(terms),
        pattern="",
        minimum=None,
        maximum=None,
        refers_to="",
        is_list=is_list,
    )


_ADDRESS = derived("address", "string", _("Where the record stands on this site."), always=True)


@dataclass(frozen=True)
class Table:
    """One table as it is taken away.

    `own` are its columns in the dataset, `derived` what follows from a record; `prepare` fetches what rows need, in a
    number of queries that does not grow with them; `derive` gives the derived values of a record on a day.
    """

    name: str
    own: tuple[Column, ...]
    derived: tuple[Column, ...]
    prepare: Callable[[QuerySet], QuerySet]
    derive: Callable[[Any, dt.date], Values]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The dataset's columns first, `id` before all."""
        return self.own + self.derived

    def values(self, record: Any, *, day: dt.date) -> Values:
        """A prepared record's values by column, in the order of the columns.

        A value is text, int, float, bool, date, a tuple of texts for a list, or None for none.
        """
        return self.own_values(record) | self.derive(record, day)

    def own_values(self, record: Any) -> Values:
        return {name: value_of(record) for name, value_of in self._own_readers.items()}

    @cached_property
    def _own_readers(self) -> dict[str, Callable[[Any], Value]]:
        lists = {column.name: column for column in LISTS.get(self.name, ())}
        return {
            column.name: _reader_of_list(lists[column.name])
            if column.is_list
            else _reader(attribute_of(self.name, column))
            for column in self.own
        }


def _reader_of_list(column: ListColumn) -> Callable[[Any], Value]:
    return lambda record: tuple(column.ids(record))


def _reader(attribute: str) -> Callable[[Any], Value]:
    return lambda record: plain(getattr(record, attribute))


def plain(value: Any) -> Value:
    """A field's value as it is taken away: a word as text, nothing for an empty text."""
    if isinstance(value, Term):
        return str(value)
    return None if value == "" else value


def _absolute(address: str) -> str:
    return f"{settings.SITE_URL}{address}"


# --- What follows from a record, by table ---------------------------------------------------------


def _agreement_facts(agreements: QuerySet) -> QuerySet:
    return agreements.select_related("sender", "receiver").prefetch_related(
        Prefetch("status_changes", StatusChange.objects.published().order_by("step")),
        Prefetch("transfers", Transfer.objects.published()),
    )


def _of_agreement(agreement: Any, day: dt.date) -> Values:
    path = history.fold(agreement.status_changes.all(), today=day)
    people = history.people_moved(agreement.transfers.all())
    total, first = people.cumulative, path.changes[0] if path.changes else None
    return {
        "sender_name": agreement.sender.name,
        "receiver_name": agreement.receiver.name,
        "status": plain(path.current),
        "since": path.since.first if path.since else None,
        "since_precision": plain(path.since.precision) if path.since else None,
        "first_report": first.date if first else None,
        "first_report_precision": plain(first.precision) if first else None,
        "groups_moved": people.groups,
        "groups_without_count": people.uncounted,
        "moved_low": people.low if people.counted else None,
        "moved_high": people.high if people.counted else None,
        "total_low": total.people_low if total else None,
        "total_high": total.people_high if total else None,
        "text_secret": history.is_secret(path, agreement.text_public),
        "address": _absolute(agreement.get_absolute_url()),
    }


_AGREEMENT = (
    derived("sender_name", "string", _("Name of the sender."), always=True),
    derived("receiver_name", "string", _("Name of the receiver."), always=True),
    derived("status", "string", _("Where it stands: the last published status change."), terms=Status),
    derived("since", "date", _("First step of the unbroken run of that status.")),
    derived("since_precision", "string", _("How exactly that date is known."), terms=Precision),
    derived("first_report", "date", _("Date of the first step.")),
    derived("first_report_precision", "string", _("How exactly that date is known."), terms=Precision),
    derived("groups_moved", "integer", _("Single groups of people moved, counted or not."), always=True),
    derived("groups_without_count", "integer", _("How many of these groups nobody counted."), always=True),
    derived("moved_low", "integer", _("People in the counted groups, at least.")),
    derived("moved_high", "integer", _("People in the counted groups, at most.")),
    derived("total_low", "integer", _("The latest cumulative total, at least: beside the groups, never added.")),
    derived("total_high", "integer", _("The latest cumulative total, at most.")),
    derived("text_secret", "boolean", _("Whether it is in effect while its text is not public."), always=True),
    _ADDRESS,
)


def _statement_facts(statements: QuerySet) -> QuerySet:
    about = StatementAgreement.objects.filter(agreement__state=State.PUBLISHED).select_related("agreement")
    spoken = statements.filter(official__state=State.PUBLISHED).select_related("official")
    return spoken.prefetch_related(
        Prefetch("official__positions", Position.objects.published().order_by("pk")),
        Prefetch("agreement_links", about),
    )


def _of_statement(statement: Any, day: dt.date) -> Values:
    official = statement.official
    about = [(link.agreement.sender_id, link.agreement.receiver_id) for link in statement.agreement_links.all()]
    return said(statement, official=official, positions=official.positions.all(), about=about)


def said(statement: Any, *, official: Any, positions: Iterable[Any], about: Sequence[tuple[str, str]]) -> Values:
    """The derived values of a statement, which needs only an id and a date with its precision.

    `about` are sender and receiver of the agreements that it is about, in order.
    """
    office = history.office_on(positions, Period.of(statement))
    return {
        "official_name": official.name,
        "office": str(office) if office else None,
        "official_country": official.country_id,
        "speaks_for": plain(official.speaks_for),
        "senders": tuple(dict.fromkeys(sender for sender, _receiver in about)),
        "receivers": tuple(dict.fromkeys(receiver for _sender, receiver in about)),
        "address": _absolute(_statement_address() % statement.id),
    }


@cache
def _statement_address() -> str:
    """With %s for the id: a million addresses are not looked up one by one."""
    return reverse("statement", args=["ID"]).replace("ID", "%s")


_STATEMENT = (
    derived("official_name", "string", _("Who said it."), always=True),
    derived("office", "string", _("The office that the speaker held on the day, as far as known.")),
    derived("official_country", "string", _("Country that the speaker serves or comes from; alpha-3.")),
    derived("speaks_for", "string", _("For whom the speaker speaks."), terms=SpeaksFor),
    derived("senders", "string", _("Senders of the agreements that it is about; alpha-3."), is_list=True),
    derived("receivers", "string", _("Receivers of the agreements that it is about; alpha-3."), is_list=True),
    _ADDRESS,
)


def _official_facts(officials: QuerySet) -> QuerySet:
    return officials.prefetch_related(Prefetch("positions", Position.objects.published().order_by("pk")))


def _of_official(official: Any, day: dt.date) -> Values:
    office = history.office_now(official.positions.all(), day)
    return {
        "office": str(office) if office else None,
        "statement_count": official.statement_count,
        "latest_statement": official.latest_statement,
        "address": _absolute(official.get_absolute_url()),
    }


_OFFICIAL = (
    derived("office", "string", _("The office held on the day, else the last one that began.")),
    derived("statement_count", "integer", _("How many statements of theirs are on record."), always=True),
    derived("latest_statement", "date", _("First day of the date of the latest one.")),
    _ADDRESS,
)


def _of_country(country: Any, day: dt.date) -> Values:
    return {
        "sender_count": country.sender_count,
        "receiver_count": country.receiver_count,
        "address": _absolute(country.get_absolute_url()),
    }


_COUNTRY = (
    derived("sender_count", "integer", _("Agreements in which it sends."), always=True),
    derived("receiver_count", "integer", _("Agreements in which it receives."), always=True),
    _ADDRESS,
)


def _of_edition(edition: Any, day: dt.date) -> Values:
    return {
        "id": edition.number,
        "made_at": edition.made_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "kind": plain(edition.kind),
        "note": plain(edition.note),
        "added": edition.added,
        "changed": edition.changed,
        "withdrawn": edition.withdrawn,
        "address": _absolute(edition.get_absolute_url()),
    }


_EDITION = (
    derived("id", "integer", _("Number of the edition."), always=True),
    derived("made_at", "string", _("When it was made, in UTC."), always=True),
    derived("kind", "string", _("What kind of act made it."), always=True, terms=ActKind),
    derived("note", "string", _("What was done, as its editor says.")),
    derived("added", "integer", _("Records that became public."), always=True),
    derived("changed", "integer", _("Records that were corrected or brought up to date."), always=True),
    derived("withdrawn", "integer", _("Records that were taken out."), always=True),
    _ADDRESS,
)


def _as_it_is(records: QuerySet) -> QuerySet:
    return records


def _nothing(record: Any, day: dt.date) -> Values:
    return {}


def _transfer_facts(transfers: QuerySet) -> QuerySet:
    of = TransferNationality.objects.filter(country__state=State.PUBLISHED)
    return transfers.prefetch_related(Prefetch("nationality_links", of))


def _proceeding_facts(proceedings: QuerySet) -> QuerySet:
    about = ProceedingAgreement.objects.filter(agreement__state=State.PUBLISHED)
    return proceedings.prefetch_related(Prefetch("agreement_links", about))


_FACTS: dict[str, tuple[tuple[Column, ...], Callable[[QuerySet], QuerySet], Callable[[Any, dt.date], Values]]] = {
    "agreements": (_AGREEMENT, _agreement_facts, _of_agreement),
    "statements": (_STATEMENT, _statement_facts, _of_statement),
    "officials": (_OFFICIAL, _official_facts, _of_official),
    "countries": (_COUNTRY, _as_it_is, _of_country),
    "transfers": ((), _transfer_facts, _nothing),
    "proceedings": ((), _proceeding_facts, _nothing),
}


def _table(name: str) -> Table:
    columns, prepare, derive = _FACTS.get(name, ((), _as_it_is, _nothing))
    return Table(name, TABLES[name].columns, columns, lambda records: with_lists(prepare(records)), derive)


EXPORTS: dict[str, Table] = {name: _table(name) for name in MODELS} | {
    "editions": Table("editions", (), _EDITION, _as_it_is, _of_edition)
}
"""The tables by name: those of the dataset, and the edition log."""
