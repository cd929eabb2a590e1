"""Records for tests: `make_*` helpers with explicit defaults, each published through publication.py and sourced.

`state` may be any other State: a draft or a record in review is saved as such, a withdrawn one was published first.
A country is a Country or its alpha-3 code; a code is made where it does not exist yet. What needs an agreement and is
given none takes us-rw-2025, made where it does not exist yet. `sources=[]` cites nothing. Each record that is published
makes an edition, unless it contradicts the public record, say by a step out of order: then it is only in the database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from itertools import count

from django.contrib.auth.models import User
from django.utils import timezone

from agreements import publication, roles
from agreements.models import (
    Agreement,
    Assessment,
    Country,
    Official,
    Payment,
    Position,
    Proceeding,
    Record,
    Source,
    Statement,
    StatusChange,
    Transfer,
)
from agreements.publication.desk import keep_lists
from agreements.vocabulary import (
    CountedBy,
    Counting,
    Instrument,
    Kind,
    OfficialKind,
    Outcome,
    Precision,
    Region,
    SourceKind,
    SpeaksFor,
    Stage,
    Stance,
    State,
    Status,
    TextPublic,
)

COUNTRIES = {
    "AUS": ("AU", "Australia", Region.OCEANIA, "Australia and New Zealand", -25.0, 134.0),
    "ESW": ("SZ", "Eswatini", Region.AFRICA, "Southern Africa", -26.5, 31.5),
    "EUE": ("EU", "European Union", Region.EUROPE, "Europe", 50.85, 4.35),
    "GBR": ("GB", "United Kingdom", Region.EUROPE, "Northern Europe", 54.0, -2.0),
    "NRU": ("NR", "Nauru", Region.OCEANIA, "Micronesia", -0.53, 166.92),
    "RWA": ("RW", "Rwanda", Region.AFRICA, "Eastern Africa", -2.0, 30.0),
    "SLV": ("SV", "El Salvador", Region.AMERICAS, "Central America", 13.83, -88.92),
    "UGA": ("UG", "Uganda", Region.AFRICA, "Eastern Africa", 1.0, 32.0),
    "USA": ("US", "United States", Region.AMERICAS, "Northern America", 38.0, -97.0),
    "VNM": ("VN", "Vietnam", Region.ASIA, "South-eastern Asia", 16.17, 107.83),
}

_numbers = count(1)
_common: ContextVar[publication.Act | None] = ContextVar("the act that publishes what is made together", default=None)


@contextmanager
def together() -> Iterator[None]:
    """All records made within are published by one act, in one edition: many cost little more than one.

    They may be published or drafts, and what is published refers to nothing else; none is withdrawn.
    """
    with publication.act() as act:
        token = _common.set(act)
        try:
            yield
        finally:
            _common.reset(token)


def make_country(
    id: str = "RWA",
    *,
    alpha2: str = "",
    slug: str = "",
    name: str = "",
    region: str = "",
    subregion: str = "",
    lat: float | None = None,
    lon: float | None = None,
    state: State = State.PUBLISHED,
) -> Country:
    known = COUNTRIES.get(id, (id[:2], f"Land {id}", Region.AFRICA, "Eastern Africa", 1.0, 2.0))
    country = Country(
        id=id,
        alpha2=alpha2 or known[0],
        slug=slug or (name or known[1]).lower().replace(" ", "-"),
        name=name or known[1],
        region=region or known[2],
        subregion=subregion or known[3],
        lat=known[4] if lat is None else lat,
        lon=known[5] if lon is None else lon,
    )
    return _keep(country, state=state)


def make_source(
    id: str = "",
    *,
    url: str | None = None,
    archive_url: str = "",
    title: str = "A report",
    title_is_description: bool = False,
    language: str = "en",
    publisher: str = "The Gazette",
    published: dt.date | None = dt.date(2025, 5, 5),
    kind: str = SourceKind.NEWS,
    state: State = State.PUBLISHED,
) -> Source:
    """`url=None` is an address of its own; `url=""` is none at all."""
    id = id or f"source-{next(_numbers)}"
    source = Source(
        id=id,
        url=f"https://gazette.example/{id}" if url is None else url,
        archive_url=archive_url,
        title=title,
        title_is_description=title_is_description,
        language=language,
        publisher=publisher,
        published=published,
        kind=kind,
    )
    return _keep(source, state=state)


def make_agreement(
    id: str = "",
    *,
    sender: Country | str = "USA",
    receiver: Country | str = "RWA",
    year: int = 2025,
    title: str = "",
    kind: str = Kind.REMOVAL,
    instrument: str = Instrument.AGREEMENT,
    summary: str = "What it is and what became of it.",
    people_covered: str = "",
    cap: int | None = None,
    text_public: str = TextPublic.UNKNOWN,
    money_note: str = "",
    last_checked: dt.date = dt.date(2025, 12, 1),
    sources: Sequence[Source] | None = None,
    state: State = State.PUBLISHED,
) -> Agreement:
    """`id` is that of the parties and the `year`, as in us-rw-2025, unless given."""
    sender, receiver = _country(sender), _country(receiver)
    id = id or f"{sender.alpha2}-{receiver.alpha2}-{year}".lower()
    agreement = Agreement(
        id=id,
        sender=sender,
        receiver=receiver,
        title=title or f"{sender.name}–{receiver.name} ({id})",
        kind=kind,
        instrument=instrument,
        summary=summary,
        people_covered=people_covered,
        cap=cap,
        text_public=text_public,
        money_note=money_note,
        last_checked=last_checked,
    )
    return _keep(agreement, state=state, sources=_or_one(sources))


def make_status_change(
    agreement: Agreement | None = None,
    *,
    id: str = "",
    step: int | None = None,
    date: dt.date = dt.date(2025, 5, 4),
    precision: str = Precision.DAY,
    status: str = Status.TALKS,
    note: str = "What happened.",
    sources: Sequence[Source] | None = None,
    state: State = State.PUBLISHED,
) -> StatusChange:
    """`step` is the next of the agreement, unless given."""
    agreement = agreement or _usual_agreement()
    step = step or agreement.status_changes.count() + 1
    change = StatusChange(
        id=id or f"{agreement.pk}-{agreement.status_changes.count() + 1}",
        agreement=agreement,
        step=step,
        date=date,
        precision=precision,
        status=status,
        note=note,
    )
    return _keep(change, state=state, sources=_or_one(sources))


def make_official(
    id: str = "",
    *,
    name: str = "Olivier Nduhungirehe",
    kind: str = OfficialKind.PERSON,
    country: Country | str | None = "RWA",
    speaks_for: str = SpeaksFor.GOVERNMENT,
    state: State = State.PUBLISHED,
) -> Official:
    official = Official(
        id=id or f"official-{next(_numbers)}",
        name=name,
        kind=kind,
        country=_country(country) if country else None,
        speaks_for=speaks_for,
    )
    return _keep(official, state=state)


def make_position(
    official: Official | None = None,
    *,
    id: str = "",
    title: str = "Foreign minister",
    body: str = "",
    started: str = "",
    ended: str = "",
    state: State = State.PUBLISHED,
) -> Position:
    official = official or make_official()
    position = Position(
        id=id or f"{official.pk}-{official.positions.count() + 1}",
        official=official,
        title=title,
        body=body,
        started=started,
        ended=ended,
    )
    return _keep(position, state=state)


def make_statement(
    official: Official | None = None,
    *,
    id: str = "",
    agreements: Sequence[Agreement] | None = None,
    status_change: StatusChange | None = None,
    date: dt.date = dt.date(2025, 5, 4),
    precision: str = Precision.DAY,
    stance: str = Stance.CONFIRMS,
    quote: str = "We are in discussions with the United States",
    language: str = "en",
    summary: str = "What was said.",
    venue: str = "",
    sources: Sequence[Source] | None = None,
    state: State = State.PUBLISHED,
) -> Statement:
    """Where no `agreements` are given it is about that of the status change, or else about us-rw-2025."""
    if agreements is None:
        agreements = [status_change.agreement if status_change else _usual_agreement()]
    statement = Statement(
        id=id or f"statement-{next(_numbers)}",
        official=official or make_official(),
        status_change=status_change,
        date=date,
        precision=precision,
        stance=stance,
        quote=quote,
        language=language,
        summary=summary,
        venue=venue,
    )
    return _keep(statement, state=state, sources=_or_one(sources), agreements=agreements)


def make_transfer(
    agreement: Agreement | None = None,
    *,
    id: str = "",
    date: dt.date = dt.date(2025, 8, 1),
    precision: str = Precision.DAY,
    people_low: int | None = 7,
    people_high: int | None = 7,
    counted_by: str = CountedBy.RECEIVER,
    counting: str = Counting.SINGLE,
    nationalities: Sequence[Country | str] = (),
    note: str = "One flight.",
    sources: Sequence[Source] | None = None,
    state: State = State.PUBLISHED,
) -> Transfer:
    agreement = agreement or _usual_agreement()
    transfer = Transfer(
        id=id or f"{agreement.pk}-transfer-{agreement.transfers.count() + 1}",
        agreement=agreement,
        date=date,
        precision=precision,
        people_low=people_low,
        people_high=people_high,
        counted_by=counted_by,
        counting=counting,
        note=note,
    )
    countries = [_country(country) for country in nationalities]
    return _keep(transfer, state=state, sources=_or_one(sources), nationalities=countries)


def make_payment(
    agreement: Agreement | None = None,
    *,
    id: str = "",
    date: dt.date | None = dt.date(2025, 6, 1),
    precision: str = Precision.DAY,
    amount: int = 7_500_000,
    currency: str = "USD",
    stage: str = Stage.PROMISED,
    part_of: Payment | None = None,
    note: str = "A grant.",
    sources: Sequence[Source] | None = None,
    state: State = State.PUBLISHED,
) -> Payment:
    """Without a `date` it has no precision either."""
    agreement = agreement or _usual_agreement()
    payment = Payment(
        id=id or f"{agreement.pk}-payment-{agreement.payments.count() + 1}",
        agreement=agreement,
        date=date,
        precision=precision if date else "",
        amount=amount,
        currency=currency,
        stage=stage,
        part_of=part_of,
        note=note,
    )
    return _keep(payment, state=state, sources=_or_one(sources))


def make_proceeding(
    id: str = "",
    *,
    agreements: Sequence[Agreement] | None = None,
    name: str = "A and others v. Minister",
    court: str = "High Court",
    filed: dt.date | None = dt.date(2025, 6, 2),
    decided: dt.date | None = None,
    outcome: str = Outcome.PENDING,
    summary: str = "What the case is about.",
    sources: Sequence[Source] | None = None,
    state: State = State.PUBLISHED,
) -> Proceeding:
    proceeding = Proceeding(
        id=id or f"case-{next(_numbers)}",
        name=name,
        court=court,
        filed=filed,
        decided=decided,
        outcome=outcome,
        summary=summary,
    )
    agreements = [_usual_agreement()] if agreements is None else agreements
    return _keep(proceeding, state=state, sources=_or_one(sources), agreements=agreements)


def make_assessment(
    id: str = "",
    *,
    country: Country | str = "RWA",
    body: str = "UNHCR",
    title: str = "Observations",
    published: dt.date | None = dt.date(2025, 6, 3),
    summary: str = "What was found.",
    sources: Sequence[Source] | None = None,
    state: State = State.PUBLISHED,
) -> Assessment:
    assessment = Assessment(
        id=id or f"assessment-{next(_numbers)}",
        country=_country(country),
        body=body,
        title=title,
        published=published,
        summary=summary,
    )
    return _keep(assessment, state=state, sources=_or_one(sources))


def _country(country: Country | str) -> Country:
    if isinstance(country, Country):
        return country
    return Country.objects.filter(pk=country).first() or make_country(country)


def _usual_agreement() -> Agreement:
    return Agreement.objects.filter(pk="us-rw-2025").first() or make_agreement()


def _or_one(sources: Sequence[Source] | None) -> Sequence[Source]:
    return [make_source()] if sources is None else sources


def _keep(
    record: Record,
    *,
    state: State,
    sources: Sequence[Source] = (),
    agreements: Sequence[Agreement] = (),
    nationalities: Sequence[Country] = (),
):
    links = [
        *(("citations", {"source": source}, position) for position, source in enumerate(sources)),
        *(("agreement_links", {"agreement": agreement}, position) for position, agreement in enumerate(agreements)),
        *(("nationality_links", {"country": country}, position) for position, country in enumerate(nationalities)),
    ]
    try:
        with nullcontext(act) if (act := _common.get()) else publication.act() as act:
            if state in (State.PUBLISHED, State.WITHDRAWN):
                act.publish(record)
                _link(record, links)
            else:
                record.state = state
                record.save()
                _link(record, links)
                keep_lists(record)
    except publication.Inconsistent:
        # What no act of publishing may do, such as to refer to a draft, is done behind its back: no edition knows it.
        record.state, record.published_at = State.PUBLISHED, timezone.now()
        record.save(force_insert=True)
        _link(record, links)
    if state == State.WITHDRAWN:
        with publication.act() as act:
            act.withdraw([record], reason="Made in error.")
    return record


def _link(record: Record, links: Sequence[tuple[str, dict[str, Record], int]]) -> None:
    for accessor, target, position in links:
        getattr(record, accessor).create(**target, position=position)


def make_editor(name: str = "ada", role: str = "editor", **values: object) -> User:
    """An account of the desk, in the group of its role; `password` may be among the values."""
    user = User.objects.create_user(name, **values)
    roles.give(user, role)
    return user


def written(record: Record, *, by: User | None, submitted: bool = False) -> Record:
    """A draft as one that this user wrote, and handed in."""
    type(record).objects.filter(pk=record.pk).update(author=by)
    if submitted:
        publication.submit([record], by=by)
    record.refresh_from_db()
    return record
