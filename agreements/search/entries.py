"""What a search knows of each public record: its names, what it is about, its text, and the facts that belong to it.

Everything is read from published records; what refers to a record that is not public leaves it out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from django.db.models import F, Prefetch, QuerySet

from agreements.models import (
    Agreement,
    Assessment,
    Country,
    Official,
    Payment,
    Position,
    Proceeding,
    Record,
    SearchEntry,
    Source,
    Statement,
    StatementAgreement,
    StatusChange,
    Transfer,
)
from agreements.search.names import ALSO_CALLED
from agreements.vocabulary import SearchKind, State
from agreements.words import APART, plain

LONGEST = 100_000
"""Characters of a text that are looked through: PostgreSQL indexes a megabyte of a record and refuses more."""

_JOINED = re.compile(r"[-‐‑–]")


def _entry(
    kind: SearchKind,
    record: Record,
    *,
    title: str,
    names: Iterable[str] = (),
    about: Iterable[str] = (),
    text: Iterable[str] = (),
    facts: Iterable[str] = (),
    date: object = None,
    shown: Iterable[str] | None = None,
) -> SearchEntry:
    text, facts = list(text), list(facts)
    return SearchEntry(
        kind=kind,
        record=record.pk,
        date=date,
        title=title,
        shown="\n".join(" ".join(each.split()) for each in (shown if shown is not None else [*text, *facts]) if each)[
            :LONGEST
        ],
        names="\n".join(dict.fromkeys(way for name in names for way in _ways_to_write(name))),
        about=_words(about),
        text=_words(text),
        facts=_words(facts),
    )


def _words(texts: Iterable[str]) -> str:
    return plain("\n".join(texts))[:LONGEST]


def _ways_to_write(name: str) -> Iterator[str]:
    """A name in plain words as it is, with each part of a word apart, and with the parts of compound words joined."""
    yield plain(name)
    if APART.search(name):
        yield plain(APART.sub(" ", name))
    if _JOINED.search(name):
        yield plain(_JOINED.sub("", name))


def names_of_country(country: Country) -> list[str]:
    """All names of a country, its codes and its name written in one word included."""
    return [
        country.name,
        *ALSO_CALLED.get(country.pk, ()),
        plain(country.name).replace(" ", ""),
        country.pk,
        country.alpha2,
    ]


def _called(country: Country | None) -> list[str]:
    """What a country is called where another record is about it: its codes left out, since they are words too."""
    if country is None or country.state != State.PUBLISHED:
        return []
    return [country.name, *ALSO_CALLED.get(country.pk, ())]


# --- By kind --------------------------------------------------------------------------------------


def _agreements(ids: list[str], using: str) -> Iterator[SearchEntry]:
    def own(model: type[Record], *order: object) -> QuerySet:
        return model.objects.using(using).published().order_by(*order, "pk")

    found = (
        Agreement.objects.using(using)
        .published()
        .filter(pk__in=ids)
        .select_related("sender", "receiver")
        .prefetch_related(
            Prefetch("status_changes", own(StatusChange, "step")),
            Prefetch("transfers", own(Transfer, "date")),
            Prefetch("payments", own(Payment, F("date").asc(nulls_last=True))),
            Prefetch("proceedings", own(Proceeding)),
        )
    )
    for agreement in found:
        changes = agreement.status_changes.all()
        yield _entry(
            SearchKind.AGREEMENT,
            agreement,
            title=agreement.title,
            # The parties in one line: whoever types the whole name of a country asks for the country.
            names=[agreement.title, agreement.pk, " ".join(_called(agreement.sender) + _called(agreement.receiver))],
            about=[str(agreement.get_kind_display()), str(agreement.get_instrument_display())],
            text=[agreement.summary, agreement.people_covered, agreement.money_note],
            facts=[
                *(change.note for change in changes),
                *(f"{case.name}. {case.court}. {case.summary}" for case in agreement.proceedings.all()),
                *(each.note for each in (*agreement.transfers.all(), *agreement.payments.all())),
            ],
            date=max((change.date for change in changes), default=None),
        )


def _countries(ids: list[str], using: str) -> Iterator[SearchEntry]:
    assessments = Prefetch("assessments", Assessment.objects.using(using).published().order_by("pk"))
    for country in Country.objects.using(using).published().filter(pk__in=ids).prefetch_related(assessments):
        found = [f"{each.body}: {each.title}. {each.summary}" for each in country.assessments.all()]
        yield _entry(
            SearchKind.COUNTRY,
            country,
            title=country.name,
            names=names_of_country(country),
            about=[country.subregion],
            facts=found,
        )


def _officials(ids: list[str], using: str) -> Iterator[SearchEntry]:
    positions = Prefetch("positions", Position.objects.using(using).published().order_by("-started", "pk"))
    found = Official.objects.using(using).published().filter(pk__in=ids).select_related("country")
    for official in found.prefetch_related(positions):
        held = [str(position) for position in official.positions.all()]
        yield _entry(
            SearchKind.OFFICIAL,
            official,
            title=official.name,
            names=[official.name],
            about=[*held, *_called(official.country)],
            shown=held,
        )


def _statements(ids: list[str], using: str) -> Iterator[SearchEntry]:
    links = StatementAgreement.objects.using(using).filter(agreement__state=State.PUBLISHED)
    found = (
        Statement.objects.using(using)
        .published()
        .filter(pk__in=ids, official__state=State.PUBLISHED)
        .select_related("official")
        .prefetch_related(Prefetch("agreement_links", links.select_related("agreement__sender", "agreement__receiver")))
    )
    for statement in found:
        agreements = [link.agreement for link in statement.agreement_links.all()]
        yield _entry(
            SearchKind.STATEMENT,
            statement,
            title=statement.official.name,
            about=[
                *_ways_to_write(statement.official.name),
                *(agreement.title for agreement in agreements),
                *(name for each in agreements for name in (*_called(each.sender), *_called(each.receiver))),
            ],
            text=[statement.quote, statement.summary, statement.venue],
            shown=[f"“{statement.quote}”" if statement.quote else "", statement.summary, statement.venue],
            date=statement.date,
        )


def _sources(ids: list[str], using: str) -> Iterator[SearchEntry]:
    for source in Source.objects.using(using).published().filter(pk__in=ids):
        yield _entry(
            SearchKind.SOURCE,
            source,
            title=source.title,
            names=[source.title],
            about=[source.publisher, str(source.get_kind_display())],
            shown=[],
            date=source.published,
        )


MAKERS: dict[SearchKind, tuple[type[Record], Callable[[list[str], str], Iterator[SearchEntry]]]] = {
    SearchKind.COUNTRY: (Country, _countries),
    SearchKind.SOURCE: (Source, _sources),
    SearchKind.OFFICIAL: (Official, _officials),
    SearchKind.AGREEMENT: (Agreement, _agreements),
    SearchKind.STATEMENT: (Statement, _statements),
}


def made(kind: SearchKind, ids: list[str], *, using: str) -> list[SearchEntry]:
    """The entries, unsaved, of those of the records that are public, in a constant number of queries."""
    return list(MAKERS[kind][1](ids, using))
