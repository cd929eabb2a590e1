"""What a sound file may not say: each fault with its line, column, value and what was expected."""

import pytest

from agreements.dataset import schema
from agreements.dataset.check import check, uncited_sources
from agreements.dataset.read import read
from agreements.vocabulary import CURRENCIES

MINISTER = "olivier-nduhungirehe"
SAID = "olivier-nduhungirehe-2025-05-04"
IDS = 'ids separated by ";", without spaces'
ID = "lower-case letters a to z and digits, joined by single hyphens"
ADDRESS = "an address with https:// or http:// and a host, without white space"
DATE = "a real date, YYYY-MM-DD"
INTEGER = "a whole number in digits, as in 1200"
NUMBER = "a decimal number with two decimals, more only where they are needed, as in 12.50"
PARTIAL = "a real day, month or year: YYYY-MM-DD, YYYY-MM or YYYY"
CODE = "a code of ISO 4217 for money in use, as in USD"


def faults_of(dataset, folder):
    """All faults as plain tuples: file, line, column, value, expected."""
    _entries, faults = check(read(dataset.write(folder)))
    return [(fault.file, fault.line, fault.column, fault.value, fault.expected) for fault in faults]


@pytest.mark.parametrize(
    ("table", "id", "column", "value", "expected"),
    [
        # Required, and text
        ("agreements", "us-rw-2025", "summary", "", "a value"),
        ("agreements", "us-rw-2025", "title", " \n", "a value"),
        ("agreements", "us-rw-2025", "people_covered", "  ", "nothing at all rather than white space"),
        ("agreements", "us-rw-2025", "sources", "", "a value"),
        ("statements", SAID, "sources", "", "a value"),
        ("countries", "RWA", "name", "R" * 201, "at most 200 characters, not 201"),
        ("agreements", "us-rw-2025", "title", "t" * 301, "at most 300 characters, not 301"),
        ("sources", "gazette-1", "publisher", "p" * 301, "at most 300 characters, not 301"),
        ("transfers", "us-rw-2025-transfer-1", "id", "t" * 201, "at most 200 characters, not 201"),
        ("statements", SAID, "quote", "word " * 41, "at most 40 words, not 41"),
        # Closed sets
        ("status_changes", "us-rw-2025-2", "status", "paused", None),
        ("statements", SAID, "stance", "Confirms", None),
        ("countries", "USA", "region", "America", None),
        ("officials", MINISTER, "speaks_for", "rebels", None),
        ("payments", "us-rw-2025-payment-1", "currency", "XTS", CODE),
        ("payments", "us-rw-2025-payment-1", "currency", "usd", CODE),
        ("payments", "us-rw-2025-payment-1", "currency", "", "a value"),
        # Patterns
        ("countries", "USA", "alpha2", "U1", "two capital letters"),
        ("transfers", "us-rw-2025-transfer-1", "id", "Transfer 1", ID),
        ("transfers", "us-rw-2025-transfer-1", "id", "transfer--1", ID),
        ("transfers", "us-rw-2025-transfer-1", "id", "transfer-1\n", ID),
        ("agreements", "us-rw-2025", "sources", "gazette-1; gazette-2", IDS),
        ("agreements", "us-rw-2025", "sources", "gazette-1;", IDS),
        (
            "transfers",
            "us-rw-2025-transfer-1",
            "nationalities",
            "USA,RWA",
            'alpha-3 codes separated by ";", without spaces',
        ),
        ("sources", "gazette-1", "language", "eng", "a code of ISO 639-1: two lower-case letters"),
        # Numbers
        ("agreements", "us-rw-2025", "cap", "-1", "at least 0"),
        ("agreements", "us-rw-2025", "cap", "2147483648", "at most 2147483647"),
        ("agreements", "us-rw-2025", "cap", "1,000", INTEGER),
        ("agreements", "us-rw-2025", "cap", "250.0", INTEGER),
        ("agreements", "us-rw-2025", "cap", "0250", INTEGER),
        ("agreements", "us-rw-2025", "cap", "+250", INTEGER),
        ("agreements", "us-rw-2025", "cap", "-0", INTEGER),
        ("agreements", "us-rw-2025", "cap", "٢٥٠", INTEGER),
        ("agreements", "us-rw-2025", "cap", "9" * 5000, INTEGER),
        ("payments", "us-rw-2025-payment-1", "amount", "-7500000", "at least 0"),
        ("payments", "us-rw-2025-payment-1", "amount", "9223372036854775808", "at most 9223372036854775807"),
        ("status_changes", "us-rw-2025-2", "step", "32768", "at most 32767"),
        ("status_changes", "us-rw-2025-1", "step", "0", "at least 1"),
        ("countries", "RWA", "lat", "90.01", "at most 90"),
        ("countries", "RWA", "lon", "-180.50", "at least -180"),
        ("countries", "RWA", "lat", "-2", NUMBER),
        ("countries", "RWA", "lat", "-2.000", NUMBER),
        ("countries", "RWA", "lat", "-0.00", NUMBER),
        ("countries", "RWA", "lat", "1e1", NUMBER),
        ("countries", "RWA", "lat", "nan", NUMBER),
        ("countries", "RWA", "lat", "inf", NUMBER),
        ("sources", "gazette-1", "title_is_description", "True", "true or false"),
        # Dates
        ("agreements", "us-rw-2025", "last_checked", "2025-02-29", DATE),
        ("agreements", "us-rw-2025", "last_checked", "20250228", DATE),
        ("agreements", "us-rw-2025", "last_checked", "28/02/2025", DATE),
        ("agreements", "us-rw-2025", "last_checked", "2025-02", DATE),
        ("agreements", "us-rw-2025", "last_checked", "0000-01-01", DATE),
        ("sources", "gazette-1", "published", "2025-W01-1", DATE),
        ("positions", f"{MINISTER}-1", "started", "2024-13", PARTIAL),
        ("positions", f"{MINISTER}-1", "started", "2024-02-30", PARTIAL),
        ("positions", f"{MINISTER}-1", "ended", "June 2024", PARTIAL),
        ("positions", f"{MINISTER}-1", "ended", "2024-00", PARTIAL),
        ("positions", f"{MINISTER}-1", "ended", "2024-05", "an end that is not before the start, 2024-06"),
        (
            "status_changes",
            "us-rw-2025-1",
            "date",
            "2025-05-02",
            "2025-05-01, the first day of the month, as the precision says",
        ),
        (
            "payments",
            "us-rw-2025-payment-1",
            "date",
            "2025-06-01",
            "2025-01-01, the first day of the year, as the precision says",
        ),
        # Addresses
        ("sources", "gazette-1", "url", "javascript:alert(1)", ADDRESS),
        ("sources", "gazette-1", "url", "https://", ADDRESS),
        ("sources", "gazette-1", "url", "https:///path", ADDRESS),
        ("sources", "gazette-1", "url", "https://gazette.example/a b", ADDRESS),
        ("sources", "gazette-1", "url", "https://gazette.example/\u00a0", ADDRESS),
        ("sources", "gazette-1", "url", "https://[gazette", ADDRESS),
        ("sources", "gazette-1", "url", "https://gazette.example:99999/", ADDRESS),
        ("sources", "gazette-1", "url", "ftp://gazette.example/1", ADDRESS),
        ("sources", "gazette-1", "archive_url", "data:text/html,x", ADDRESS),
        # Keys and references
        ("countries", "USA", "slug", "rwanda", "a value of its own: line 2 has this one"),
        ("countries", "USA", "name", "Rwanda", "a value of its own: line 2 has this one"),
        (
            "sources",
            "gazette-2",
            "url",
            "http://www.gazette.example/1/?utm_source=x#top",
            "an address of its own: line 2 has this one",
        ),
        ("status_changes", "us-rw-2025-1", "sources", "gazette-9", "an id in sources.csv"),
        ("officials", MINISTER, "country", "VNM", "an id in countries.csv"),
        ("assessments", "rwa-unhcr-2025", "country", "rwa", "three capital letters"),
        ("statements", SAID, "official", "somebody-else", "an id in officials.csv"),
        ("payments", "us-rw-2025-payment-2", "part_of", "us-rw-2025-payment-9", "an id in payments.csv"),
        (
            "payments",
            "us-rw-2025-payment-2",
            "part_of",
            "us-rw-2025-payment-2",
            "a payment that is not itself a part of this one",
        ),
        # Between cells
        ("payments", "us-rw-2025-payment-1", "date", "", "a value, since precision has one, or neither"),
        ("payments", "us-rw-2025-payment-1", "precision", "", "a value, since date has one, or neither"),
        ("transfers", "us-rw-2025-transfer-1", "people_low", "", "a value, since people_high has one, or neither"),
        ("transfers", "us-rw-2025-transfer-1", "people_high", "", "a value, since people_low has one, or neither"),
        ("transfers", "us-rw-2025-transfer-1", "people_low", "8", "at most people_high, which is 7"),
        ("status_changes", "us-rw-2025-2", "step", "3", "2, since the steps of us-rw-2025 count from 1 without gaps"),
        ("status_changes", "us-rw-2025-2", "step", "1", "a step of its own: line 2 is step 1 of us-rw-2025"),
        (
            "status_changes",
            "us-rw-2025-2",
            "date",
            "2025-04-30",
            "a period that does not end before step 1 begins, on 2025-05-01",
        ),
    ],
)
def test_one_wrong_cell_is_one_fault(dataset, folder, table, id, column, value, expected):
    """Where the expectation is None it is the schema's own set of words."""
    line = dataset.line(table, id)
    dataset.change(table, id, **{column: value})
    described = next(each for each in schema.TABLES[table].columns if each.name == column)
    expected = expected or f"one of {', '.join(described.enum)}"
    assert faults_of(dataset, folder) == [(f"{table}.csv", line, column, value, expected)]


@pytest.mark.parametrize(
    ("table", "id", "column", "value"),
    [
        ("agreements", "us-rw-2025", "cap", "0"),
        ("agreements", "us-rw-2025", "cap", "2147483647"),
        ("agreements", "us-rw-2025", "title", "t" * 300),
        ("agreements", "us-rw-2025", "title", '=HYPERLINK("https://x.example","Ω")'),
        ("statements", SAID, "quote", "word " * 40),
        ("statements", SAID, "status_change", ""),
        ("sources", "gazette-2", "url", ""),
        ("sources", "gazette-2", "url", "HTTPS://gazette.example/2".lower()),
        ("sources", "gazette-2", "archive_url", "https://web.archive.org/web/2025/https://gazette.example/2?a=b&c[]=d"),
        ("positions", f"{MINISTER}-1", "ended", "2024"),
        ("positions", f"{MINISTER}-1", "ended", "2024-06-01"),
        ("status_changes", "us-rw-2025-2", "date", "2025-05-01"),
        ("payments", "us-rw-2025-payment-1", "date", "9999-01-01"),
        ("countries", "RWA", "lat", "-1.9403"),
        ("countries", "RWA", "lat", "90.00"),
        ("transfers", "us-rw-2025-transfer-1", "people_low", "7"),
        ("transfers", "us-rw-2025-transfer-1", "nationalities", ""),
    ],
)
def test_what_is_allowed_is_no_fault(dataset, folder, table, id, column, value):
    assert faults_of(dataset.change(table, id, **{column: value}), folder) == []


def test_every_currency_of_the_vocabulary_has_the_form_that_the_schema_asks_for():
    column = next(column for column in schema.TABLES["payments"].columns if column.name == "currency")
    assert column.pattern == "^[A-Z]{3}$"
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in CURRENCIES)


@pytest.mark.parametrize("table", schema.TABLES)
def test_an_id_that_is_there_twice_is_a_fault_that_names_the_first_line(dataset, folder, table):
    id = dataset.rows[table][0]["id"]
    dataset.add(table, like=id)
    line = len(dataset.rows[table]) + 1
    faults = faults_of(dataset, folder)
    assert (f"{table}.csv", line, "id", id, "an id of its own: line 2 has this one") in faults
    assert all(fault[:2] == (f"{table}.csv", line) for fault in faults)


def test_two_sources_without_an_address_are_not_the_same(dataset, folder):
    dataset.change("sources", "gazette-1", url="").change("sources", "gazette-2", url="")
    assert faults_of(dataset, folder) == []


def test_a_sender_that_is_also_the_receiver_is_a_fault(dataset, folder):
    dataset.change("agreements", "us-rw-2025", receiver="USA")
    assert faults_of(dataset, folder) == [
        ("agreements.csv", 2, "receiver", "USA", "another party than the sender"),
    ]


def test_an_agreements_id_must_agree_with_its_parties(dataset, folder):
    dataset.change("countries", "RWA", alpha2="RR")
    assert faults_of(dataset, folder) == [
        ("agreements.csv", 2, "id", "us-rw-2025", "an id that begins with us-rr-, as its sender and receiver do")
    ]


def test_an_agreements_id_in_another_form_is_a_fault_and_leaves_no_other(dataset, folder):
    dataset.add("agreements", like="us-rw-2025", id="rwanda-deal", title="Another")
    assert faults_of(dataset, folder) == [
        ("agreements.csv", 3, "id", "rwanda-deal", "sender, receiver and year, as in us-rw-2025 or us-rw-2025-b")
    ]


def test_two_agreements_of_one_title_are_a_fault(dataset, folder):
    dataset.add("agreements", like="us-rw-2025", id="us-rw-2025-b")
    assert faults_of(dataset, folder) == [
        ("agreements.csv", 3, "title", "US–Rwanda", "a value of its own: line 2 has this one")
    ]


def test_each_broken_reference_of_a_list_is_a_fault_of_its_own(dataset, folder):
    dataset.change("statements", SAID, agreements="us-rw-2025;us-ug-2025;us-sz-2025")
    assert faults_of(dataset, folder) == [
        ("statements.csv", 2, "agreements", "us-ug-2025", "an id in agreements.csv"),
        ("statements.csv", 2, "agreements", "us-sz-2025", "an id in agreements.csv"),
    ]


def test_an_id_that_is_there_twice_in_a_list_is_one_fault(dataset, folder):
    dataset.change("agreements", "us-rw-2025", sources="gazette-1;gazette-2;gazette-1;gazette-1")
    assert faults_of(dataset, folder) == [
        ("agreements.csv", 2, "sources", "gazette-1", "each id once in a list"),
    ]


def test_a_statement_is_tied_to_a_change_of_an_agreement_that_it_is_about(dataset, folder):
    dataset.add("agreements", like="us-rw-2025", id="us-rw-2025-b", title="Another")
    dataset.change("statements", SAID, agreements="us-rw-2025-b")
    assert faults_of(dataset, folder) == [
        ("statements.csv", 2, "status_change", "us-rw-2025-2", "a status change of us-rw-2025-b, not of us-rw-2025")
    ]


def test_steps_that_do_not_begin_with_one_are_a_fault(dataset, folder):
    dataset.change("status_changes", "us-rw-2025-1", step="2").change("status_changes", "us-rw-2025-2", step="3")
    assert faults_of(dataset, folder) == [
        ("status_changes.csv", 2, "step", "2", "1, since the steps of us-rw-2025 count from 1 without gaps")
    ]


def test_a_step_may_be_less_exact_than_the_one_before_it_as_long_as_it_does_not_end_first(dataset, folder):
    dataset.change("status_changes", "us-rw-2025-2", date="2025-01-01", precision="year")
    assert faults_of(dataset, folder) == []
    dataset.change("status_changes", "us-rw-2025-2", date="2025-04-01", precision="month")
    assert faults_of(dataset, folder) == [
        (
            "status_changes.csv",
            3,
            "date",
            "2025-04-01",
            "a period that does not end before step 1 begins, on 2025-05-01",
        )
    ]


def test_the_last_month_that_a_date_can_hold_is_no_crash(dataset, folder):
    dataset.change("status_changes", "us-rw-2025-2", date="9999-12-01", precision="month")
    assert faults_of(dataset, folder) == []


def test_every_payment_on_a_circle_is_a_fault_and_one_that_leads_to_it_is_not(dataset, folder):
    first, second, third = (f"us-rw-2025-payment-{number}" for number in (1, 2, 3))
    dataset.change("payments", first, part_of=second)
    dataset.add("payments", like=second, id=third, part_of=first)
    expected = "a payment that is not itself a part of this one"
    assert faults_of(dataset, folder) == [
        ("payments.csv", 2, "part_of", second, expected),
        ("payments.csv", 3, "part_of", first, expected),
    ]


def test_a_source_that_nothing_cites_is_a_warning_and_no_fault(dataset, folder):
    dataset.add("sources", like="gazette-2", id="gazette-3", url="https://gazette.example/3")
    entries, faults = check(read(dataset.write(folder)))
    assert faults == []
    (warning,) = uncited_sources(entries)
    assert (warning.file, warning.line, warning.column, warning.value) == ("sources.csv", 4, "id", "gazette-3")


def test_many_faults_are_all_listed(dataset, folder):
    for number in range(500):
        dataset.add("assessments", like="rwa-unhcr-2025", id=f"rwa-{number}", country="XXX")
    assert len(faults_of(dataset, folder)) == 500
