"""What stands beside a choice is what the reader finds when choosing it: on made-up records, for every choice."""

from __future__ import annotations

import datetime as dt
from itertools import count
from random import Random
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from agreements import history
from agreements.filters import ChoicesFilter, ListFilter
from agreements.models import (
    Agreement,
    Country,
    Edition,
    Official,
    Revision,
    RevisionSubject,
    Statement,
    StatementAgreement,
    StatusChange,
)
from agreements.views.agreements import AgreementList
from agreements.views.base import FilteredList
from agreements.views.countries import CountryList
from agreements.views.log import EditionLog
from agreements.views.moments import kept
from agreements.views.officials import OfficialList
from agreements.views.statements import StatementList
from agreements.vocabulary import (
    ChangeKind,
    Confirmation,
    Instrument,
    Kind,
    OfficialKind,
    Precision,
    Region,
    Side,
    SpeaksFor,
    Stance,
    State,
    Status,
    TextPublic,
)
from tests.views.reading import all_rows, read

pytestmark = pytest.mark.django_db

TODAY = dt.date(2025, 12, 1)
LISTS: dict[str, type[FilteredList]] = {
    "/agreements/": AgreementList,
    "/statements/": StatementList,
    "/officials/": OfficialList,
    "/countries/": CountryList,
    "/changes/": EditionLog,
}
REGIONS = {
    "AUS": Region.OCEANIA,
    "GBR": Region.EUROPE,
    "NRU": Region.OCEANIA,
    "RWA": Region.AFRICA,
    "UGA": Region.AFRICA,
}
TYPED = {
    "q": ["said", "1", "land nothing"],
    "from": ["2025", "2025-06", "2025-06-02"],
    "to": ["2025-06-03", "2025-07"],
    "changed": ["3", "30"],
}
WORLDS = st.integers(0, 2**32).map(Random)
SEVERAL = settings(phases=[Phase.generate])
"""An example that fails is not made smaller: its number is enough to make it again."""
FEW = settings(SEVERAL, max_examples=max(10, settings().max_examples // 5))
"""Of each example every choice of every filter is tried."""


# --- A made-up record -----------------------------------------------------------------------------
def state(random: Random) -> State:
    return random.choice([State.PUBLISHED] * 5 + [State.DRAFT, State.WITHDRAWN])


def dated(random: Random) -> dict[str, object]:
    """Few days, so that they meet."""
    precision = random.choice([Precision.DAY, Precision.DAY, Precision.MONTH, Precision.YEAR])
    return {"date": precision.first_day(dt.date(2025, 6, random.randint(1, 4))), "precision": precision}


def make_world(random: Random) -> None:
    """Writes a few records of every table that lists ask, in bulk, with whatever relations the database allows."""
    moment = dt.datetime(2025, 11, 1, tzinfo=dt.UTC)
    times = {"published_at": moment, "withdrawn_at": moment}
    lands = [
        Country(
            id=id, alpha2=id[:2], slug=f"land-{id.lower()}", name=f"Land {id}", region=region, lat=1, lon=2,
            state=State.PUBLISHED, **times,
        )
        for id, region in REGIONS.items()
    ]  # fmt: skip
    Country.objects.bulk_create(lands)
    deals = []
    for number in range(random.randint(0, 7)):
        sender, receiver = random.sample(lands, 2)
        deals.append(
            Agreement(
                id=f"deal-{number}",
                sender=sender,
                receiver=receiver,
                title=f"Deal {number}",
                kind=random.choice([Kind.REMOVAL, Kind.DETENTION]),
                instrument=random.choice([Instrument.TREATY, Instrument.UNWRITTEN]),
                text_public=random.choice([TextPublic.YES, TextPublic.NO]),
                summary="x",
                last_checked=TODAY,
                state=state(random),
                **times,
            )
        )
    Agreement.objects.bulk_create(deals)
    changes = [
        StatusChange(
            id=f"{deal.id}-{step}",
            agreement=deal,
            step=step,
            status=random.choice([Status.TALKS, Status.SIGNED, Status.OPERATING]),
            note="x",
            state=state(random),
            **dated(random),
            **times,
        )
        for deal in deals
        for step in range(1, random.randint(1, 4))
    ]
    StatusChange.objects.bulk_create(changes)
    speakers = [
        Official(
            id=f"speaker-{number}",
            name=f"Speaker {number}",
            kind=random.choice([OfficialKind.PERSON, OfficialKind.ORGANISATION]),
            country=random.choice([*lands, None]),
            speaks_for=random.choice([SpeaksFor.GOVERNMENT, SpeaksFor.GOVERNMENT, SpeaksFor.JUDICIARY, ""]),
            state=state(random),
            **times,
        )
        for number in range(random.randint(0, 6))
    ]
    Official.objects.bulk_create(speakers)
    said, links = [], []
    for number in range(random.randint(0, 14) if speakers and deals else 0):
        about = random.sample(deals, random.randint(1, min(2, len(deals))))
        own = [change for change in changes if change.agreement in about]
        statement = Statement(
            id=f"said-{number}",
            official=random.choice(speakers),
            status_change=random.choice([*own, None]),
            stance=random.choice([*Stance, Stance.DENIES]),
            summary=f"said {number}",
            state=state(random),
            **dated(random),
            **times,
        )
        said.append(statement)
        links += [StatementAgreement(statement=statement, agreement=deal, position=n) for n, deal in enumerate(about)]
    Statement.objects.bulk_create(said)
    StatementAgreement.objects.bulk_create(links)
    make_log(random, [*deals, *speakers, *lands])


def make_log(random: Random, subjects: list[Agreement | Official | Country]) -> None:
    names = {Agreement: "agreement", Official: "official", Country: "country"}
    records = count(1)
    for number in range(1, random.randint(2, 5)):
        made_at = dt.datetime(2025, 12, 1, 12, tzinfo=dt.UTC) - dt.timedelta(days=random.choice([0, 2, 20, 45]))
        edition = Edition.objects.create(number=number, made_at=made_at, digest=f"{number}-{random.random()}")
        for _revision in range(random.randint(0, 4)):
            kind = random.choice(list(ChangeKind))
            row = None if kind == ChangeKind.WITHDRAWN else {"id": "x"}
            revision = Revision.objects.create(
                edition=edition, table="statements", record=f"r-{next(records)}", kind=kind, row=row
            )
            about = random.sample(subjects, min(random.randint(1, 3), len(subjects)))
            RevisionSubject.objects.bulk_create(
                RevisionSubject(revision=revision, subject=f"{names[type(subject)]}:{subject.pk}") for subject in about
            )


@pytest.fixture
def world():
    """Runs a test on one made-up record after another; nothing stays."""

    def on(random: Random, test) -> None:
        kept.clear()
        with transaction.atomic():
            make_world(random)
            test()
            transaction.set_rollback(True)

    return on


# --- Counts ---------------------------------------------------------------------------------------
def query_of(address: dict[str, list[str]]) -> str:
    return urlencode(address, doseq=True)


def asked(view: type[FilteredList], address: dict[str, list[str]]) -> ListFilter:
    filterset = view.filterset_class(QueryDict(query_of(address)), queryset=view().base_queryset(), day=TODAY)
    assert filterset.is_valid(), filterset.errors
    return filterset


def listed(view: type[FilteredList], address: dict[str, list[str]]) -> set[str]:
    rows = list(asked(view, address).qs.values_list("pk", flat=True))
    assert len(rows) == len(set(rows)), "a row is listed twice"
    return set(rows)


def some_address(random: Random, view: type[FilteredList]) -> dict[str, list[str]]:
    """An address with one filter or two, each with one value or two."""
    form, address = asked(view, {}).form, {}
    names = [name for name in form.fields if name != "sort"]
    for name in random.sample(names, min(random.randint(1, 2), len(names))):
        choices = [str(value) for value, _label in getattr(form.fields[name], "choices", ())]
        if choices:
            address[name] = random.sample(choices, min(random.randint(1, 2), len(choices)))
        elif name in TYPED:
            address[name] = [random.choice(TYPED[name])]
    return address


@pytest.mark.parametrize("path", LISTS)
def test_the_count_of_every_choice_is_the_number_of_rows_after_choosing_it(world, path):
    view = LISTS[path]

    @FEW
    @given(WORLDS)
    def agree(random: Random) -> None:
        def hold() -> None:
            address = some_address(random, view)
            now = listed(view, address)
            for name, choices in asked(view, address).tallies().items():
                chosen = address.get(name, [])
                for value, tally in choices.items():
                    alone = listed(view, address | {name: [value]})
                    after = listed(view, address | {name: [*chosen, value]}) if chosen else alone
                    beside = now if chosen else set()
                    expected = (len(alone), len(alone - beside), len(after))
                    assert (tally.own, tally.adds, tally.after) == expected, (address, name, value)

        world(random, hold)

    agree()


@pytest.mark.parametrize("path", LISTS)
def test_the_count_on_the_page_is_the_number_of_rows_of_the_page_that_it_leads_to(client: Client, world, path):
    view = LISTS[path]

    @settings(FEW, max_examples=8)
    @given(WORLDS)
    def agree(random: Random) -> None:
        def hold() -> None:
            address = some_address(random, view)
            page = read(client, f"{path}?{query_of(address)}")
            boxes = page.select("form.filters input[type=checkbox]")
            for box in random.sample(boxes, min(2, len(boxes))):
                name, value = box["name"], box["value"]
                shown = int(box.find_parent("label").data["value"])
                # What is chosen says what it brings itself; what is not, what the list has with it.
                values = [value] if box.has_attr("checked") else [*address.get(name, []), value]
                assert shown == len(all_rows(client, f"{path}?{query_of(address | {name: values})}"))

        world(random, hold)

    agree()


def test_every_filter_with_choices_is_counted():
    for view in LISTS.values():
        filters = view.filterset_class.base_filters
        counted = set(asked(view, {}).tallies())
        assert counted == {name for name, each in filters.items() if isinstance(each, ChoicesFilter)}
        assert set(filters) - counted <= {*TYPED, "sort"}


# --- Denied ---------------------------------------------------------------------------------------
def test_an_agreement_is_denied_by_the_side_of_which_its_page_says_so(world):
    """The filter asks the database what history.confirmation folds from the statements."""
    seen: set[bool] = set()

    @SEVERAL
    @given(WORLDS)
    def agree(random: Random) -> None:
        def hold() -> None:
            denied: dict[Side, set[str]] = {Side.SENDER: set(), Side.RECEIVER: set()}
            for change in StatusChange.objects.published().select_related("agreement"):
                deal = change.agreement
                said = Statement.objects.published().filter(official__state=State.PUBLISHED, status_change=change)
                words = history.confirmation(
                    said.select_related("official"), sender=deal.sender_id, receiver=deal.receiver_id
                )
                for side, ids in denied.items():
                    if words[side].confirmation == Confirmation.DENIES and deal.state == State.PUBLISHED:
                        ids.add(deal.pk)
            sender, receiver = denied.values()
            seen.update([bool(sender), bool(receiver - sender)])
            assert listed(AgreementList, {"denied": ["sender"]}) == sender
            assert listed(AgreementList, {"denied": ["receiver"]}) == receiver
            assert listed(AgreementList, {"denied": ["sender", "receiver"]}) == sender | receiver
            assert listed(AgreementList, {"denied": ["any"]}) == sender | receiver
            assert listed(AgreementList, {"denied": ["any", "sender"]}) == sender | receiver

        world(random, hold)

    agree()
    assert seen == {True, False}
