"""What must never be false: the database itself refuses it, whoever writes and however."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError

from agreements import publication
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
from agreements.models.fields import TermField, url_key
from agreements.vocabulary import CURRENCIES, State, Status
from tests import factories
from tests.factories import (
    make_agreement,
    make_country,
    make_official,
    make_payment,
    make_proceeding,
    make_source,
    make_statement,
    make_status_change,
    make_transfer,
)

pytestmark = pytest.mark.django_db

TABLES = [
    Agreement,
    Assessment,
    Country,
    Official,
    Payment,
    Position,
    Proceeding,
    Source,
    Statement,
    StatusChange,
    Transfer,
]
TERM_FIELDS = [
    (table, field.name, field) for table in TABLES for field in table._meta.fields if isinstance(field, TermField)
]


def make(table: type[Record]) -> Record:
    """One published record of a table."""
    name = "status_change" if table is StatusChange else table.__name__.lower()
    return getattr(factories, f"make_{name}")()


@contextmanager
def refused() -> Iterator[None]:
    """What happens inside is turned down by the database."""
    with pytest.raises(IntegrityError), transaction.atomic():
        yield


def assert_refused(record: Record, **values: object) -> None:
    """Neither a bulk update nor a bulk creation, both of which skip validation, can make the record so."""
    table = type(record)
    with refused():
        table.objects.filter(pk=record.pk).update(**values)
    for name, value in (values | {"id": f"{record.pk}-2"}).items():
        setattr(record, name, value)
    with refused():
        table.objects.bulk_create([record])


def test_every_table_of_the_dataset_is_tested_here():
    assert set(TABLES) == set(Record.__subclasses__())


# --- Words of the vocabulary ----------------------------------------------------------------------
@pytest.mark.parametrize(("table", "name", "field"), TERM_FIELDS, ids=[f"{t.__name__}.{n}" for t, n, _ in TERM_FIELDS])
def test_a_word_that_is_not_in_the_vocabulary_is_refused(table, name, field):
    record = make(table)
    rows = table.objects.filter(pk=record.pk)
    for word in ["nonsense", field.terms.values()[0].upper() + "-", " ", *([] if field.blank else [""])]:
        with refused():
            rows.update(**{name: word})
    with refused():
        rows.update(**{name: None})
    for word in field.terms if name != "state" else [State.DRAFT, State.IN_REVIEW]:
        rows.update(**{name: word})
        assert getattr(table.objects.get(pk=record.pk), name) is word


def test_the_vocabulary_binds_every_closed_set_of_the_records():
    bound = {f"{table.__name__}.{name}" for table, name, _field in TERM_FIELDS if name != "state"}
    assert bound == {
        "Agreement.kind",
        "Agreement.instrument",
        "Agreement.text_public",
        "Country.region",
        "Official.kind",
        "Official.speaks_for",
        "Payment.precision",
        "Payment.stage",
        "Proceeding.outcome",
        "Source.kind",
        "Statement.precision",
        "Statement.stance",
        "StatusChange.precision",
        "StatusChange.status",
        "Transfer.precision",
        "Transfer.counted_by",
        "Transfer.counting",
    }


# --- Parties, people, money -----------------------------------------------------------------------
def test_an_agreement_of_a_country_with_itself_is_refused():
    agreement = make_agreement()
    assert_refused(agreement, receiver_id=agreement.sender_id)


@pytest.mark.parametrize(
    ("low", "high"), [(8, 7), (1, 0), (7, None), (None, 7), (0, None), (-1, 7), (-2, -1)], ids=lambda n: f"{n}"
)
def test_a_head_count_that_is_no_range_is_refused(low, high):
    assert_refused(make_transfer(), people_low=low, people_high=high)


@pytest.mark.parametrize(("low", "high"), [(None, None), (0, 0), (7, 7), (7, 30)])
def test_a_head_count_may_be_a_number_a_range_or_unknown(low, high):
    transfer = make_transfer(people_low=low, people_high=high)
    transfer.refresh_from_db()
    assert (transfer.people_low, transfer.people_high) == (low, high)


def test_a_limit_below_nobody_is_refused():
    assert_refused(make_agreement(), cap=-1)


def test_an_amount_below_nothing_is_refused():
    assert_refused(make_payment(), amount=-1)


@pytest.mark.parametrize("currency", ["", "usd", "XXX", "US", "DEM"])
def test_an_amount_without_a_currency_in_use_is_refused(currency):
    assert_refused(make_payment(), currency=currency)


def test_an_amount_has_a_currency_and_is_not_missing_itself():
    payment = make_payment()
    for missing in ({"currency": None}, {"amount": None}):
        with refused():
            Payment.objects.filter(pk=payment.pk).update(**missing)


def test_every_currency_of_the_list_is_taken():
    payment = make_payment()
    for currency in CURRENCIES:
        Payment.objects.filter(pk=payment.pk).update(currency=currency)


def test_amounts_beyond_four_bytes_are_taken():
    payment = make_payment(amount=5_000_000_000_000)
    assert Payment.objects.get(pk=payment.pk).amount == 5_000_000_000_000


def test_a_payment_that_is_part_of_itself_is_refused():
    payment = make_payment()
    with refused():
        Payment.objects.filter(pk=payment.pk).update(part_of=F("id"))


# --- Dates and steps ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "values",
    [
        {"date": dt.date(2025, 5, 1), "precision": ""},
        {"date": None, "precision": "day"},
        {"date": None, "precision": "month"},
        {"date": None, "precision": "year"},
    ],
    ids=lambda values: f"{values['date']} {values['precision']}",
)
def test_a_payment_has_a_date_and_its_precision_or_neither(values):
    assert_refused(make_payment(), **values)
    assert_refused(make_payment(date=None), **values)


@pytest.mark.parametrize("table", [StatusChange, Statement, Transfer])
def test_what_must_be_dated_is_refused_without_a_date_or_a_precision(table):
    record = make(table)
    for values in ({"date": None}, {"precision": ""}, {"precision": None}):
        with refused():
            table.objects.filter(pk=record.pk).update(**values)


@pytest.mark.parametrize("step", [0, -1, None])
def test_steps_are_counted_from_one(step):
    change = make_status_change()
    with refused():
        StatusChange.objects.filter(pk=change.pk).update(step=step)


# --- States ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("table", TABLES)
def test_published_without_a_time_of_publication_is_refused(table):
    record = make(table)
    with refused():
        table.objects.filter(pk=record.pk).update(published_at=None)
    table.objects.filter(pk=record.pk).update(state=State.DRAFT, published_at=None)
    with refused():
        table.objects.filter(pk=record.pk).update(state=State.PUBLISHED)


@pytest.mark.parametrize("table", TABLES)
def test_withdrawn_without_a_time_of_withdrawal_is_refused(table):
    record = make(table)
    with refused():
        table.objects.filter(pk=record.pk).update(state=State.WITHDRAWN)


# --- What is unique -------------------------------------------------------------------------------
@pytest.mark.parametrize("table", TABLES)
def test_a_public_id_is_given_once(table):
    record = make(table)
    if table is Country:
        record.alpha2, record.slug = "ZZ", "elsewhere"
    if table is Source:
        record.url = ""
    with refused():
        table.objects.bulk_create([record])


@pytest.mark.parametrize("same", ["alpha2", "slug", "id"])
def test_two_countries_share_no_code_and_no_name_in_addresses(same):
    make_country("RWA")
    other = Country(id="ZZZ", alpha2="ZZ", slug="elsewhere", region="Africa", lat=0, lon=0)
    other.state, other.published_at = State.PUBLISHED, dt.datetime(2025, 5, 5, tzinfo=dt.UTC)
    setattr(other, same, {"alpha2": "RW", "slug": "rwanda", "id": "RWA"}[same])
    with refused():
        Country.objects.bulk_create([other])


@pytest.mark.parametrize("place", [{"lat": 90.5}, {"lat": -91}, {"lon": 180.5}, {"lon": -181}], ids=str)
def test_a_country_lies_on_earth(place):
    make_country("RWA")
    with refused():
        Country.objects.filter(pk="RWA").update(**place)


ADDRESS = "https://gazette.example/2025/talks"


@pytest.mark.parametrize(
    "other",
    [
        ADDRESS,
        "http://gazette.example/2025/talks",
        "https://www.gazette.example/2025/talks",
        "HTTPS://WWW.Gazette.example/2025/talks",
        "https://gazette.example/2025/talks/",
        "https://gazette.example/2025/talks#paragraph-3",
        "https://gazette.example/2025/talks?utm_source=feed&utm_medium=rss",
        "http://www.gazette.example/2025/talks/?fbclid=abc&UTM_Campaign=x#top",
    ],
)
def test_two_sources_with_one_address_are_refused(other):
    make_source("first", url=ADDRESS)
    with refused():
        make_source("second", url=other)
    with refused():
        Source.objects.bulk_create([Source(id="third", url=other, kind="news", state=State.DRAFT)])


@pytest.mark.parametrize(
    "other",
    [
        "https://gazette.example/2025/Talks",
        "https://gazette.example/2025/talks/2",
        "https://gazette.example/2025/talks?page=2",
        "https://gazette.example/2025/talks?id=utm_source",
        "https://news.gazette.example/2025/talks",
        "https://gazette.example",
    ],
)
def test_addresses_that_differ_in_more_than_form_are_two(other):
    make_source("first", url=ADDRESS)
    make_source("second", url=other)


def test_an_address_with_a_query_is_compared_by_it():
    make_source("first", url="https://gazette.example/?id=1&utm_source=a")
    make_source("second", url="https://gazette.example/?id=2")
    with refused():
        make_source("third", url="http://gazette.example?id=1")


def test_any_number_of_sources_may_have_no_address():
    for number in range(3):
        make_source(f"paper-{number}", url="")
    assert Source.objects.filter(url_key=None).count() == 3
    assert url_key("") is None


def test_the_address_of_a_withdrawn_source_may_be_used_again_but_not_by_both():
    gone = make_source("gone", url=ADDRESS, state=State.WITHDRAWN)
    make_source("new", url="http://www.gazette.example/2025/talks/")
    with refused(), publication.act() as act:
        act.publish(gone)
    with refused():
        Source.objects.filter(pk="gone").update(state=State.PUBLISHED)


def test_the_address_of_a_draft_is_taken():
    make_source("draft", url=ADDRESS, state=State.DRAFT)
    with refused():
        make_source("second", url=ADDRESS)


def test_a_list_names_nothing_twice():
    source, agreement = make_source(), make_agreement()
    for record in (agreement, make_status_change(agreement), make_statement(), make_transfer(), make_payment()):
        record.citations.create(source=source, position=7)
        with refused():
            record.citations.create(source=source, position=8)
    with refused():
        make_statement(agreements=[agreement, agreement])
    with refused():
        make_proceeding(agreements=[agreement, agreement])
    with refused():
        make_transfer(nationalities=["UGA", "UGA"])


def test_what_others_rest_on_cannot_be_deleted():
    change = make_status_change()
    for record in (change.agreement, change.agreement.sender, change.citations.get().source):
        with pytest.raises(ProtectedError):
            record.delete()


def test_several_unpublished_steps_may_share_a_number():
    """A step's number is unique among published changes only, which publication.py sees to."""
    make_status_change(step=1)
    make_status_change(step=1, state=State.DRAFT, status=Status.SIGNED)
    assert StatusChange.objects.filter(step=1).count() == 2


# --- Order ----------------------------------------------------------------------------------------
# "B" and "_" are no public ids; they tell an order by bytes from that of a language.
IDS = ["a-b", "ab", "a1", "a-1", "a", "a-b-c", "a-10", "a-2", "b", "B", "a_b", "aa"]
IN_BYTES = sorted(IDS, key=lambda id: id.encode())


def test_ids_are_ordered_byte_by_byte_on_either_engine():
    for id in IDS:
        make_official(id, country=None)
    assert list(Official.objects.order_by("pk").values_list("pk", flat=True)) == IN_BYTES
    assert list(Official.objects.values_list("pk", flat=True)) == IN_BYTES
    assert list(Official.objects.filter(pk__gt="a-b").order_by("-pk").values_list("pk", flat=True)) == [
        id for id in reversed(IN_BYTES) if id > "a-b"
    ]


def test_references_are_ordered_as_the_ids_that_they_hold():
    for id in IDS:
        make_statement(make_official(id, country=None))
    assert list(Statement.objects.order_by("official_id").values_list("official", flat=True)) == IN_BYTES
