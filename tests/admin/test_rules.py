"""What the desk refuses, and in which words; what it makes of what an editor leaves out."""

import datetime as dt

import pytest

from agreements.models import (
    Agreement,
    Country,
    Official,
    Payment,
    Position,
    Source,
    Statement,
    StatusChange,
    Transfer,
)
from agreements.vocabulary import Precision, State
from tests.admin.desk import address, errors, read, send
from tests.factories import (
    make_agreement,
    make_country,
    make_official,
    make_payment,
    make_position,
    make_source,
    make_statement,
    make_status_change,
    make_transfer,
)

pytestmark = pytest.mark.usefixtures("one_person")

AGREEMENT = {
    "id": "us-rw-2025",
    "sender": "USA",
    "receiver": "RWA",
    "title": "United States–Rwanda",
    "kind": "third-country-removal",
    "instrument": "undisclosed",
    "summary": "Talks on taking people removed.",
    "text_public": "no",
    "last_checked": "2025-12-01",
}


@pytest.fixture
def parties(db):
    return [make_country(code) for code in ("USA", "RWA", "UGA")]


def refusals(desk, model, record, **values) -> list[str]:
    """What the change page (of `record`) or the add page (None) says to the values; nothing was stored."""
    history = model.history.count()
    path = address(model, "change", record.pk) if record else address(model, "add")
    status, page = send(desk, path, **values)
    assert status == 200, "the desk took it"
    assert model.history.count() == history
    return errors(page)


def test_an_agreement_with_a_status_change_and_a_source_is_added_as_a_draft(desk, parties, chief):
    source = make_source()
    status, page = send(
        desk,
        address(Agreement, "add"),
        **AGREEMENT,
        **{
            "status_changes-0-step": "1",
            "status_changes-0-date": "2025-05-01",
            "status_changes-0-precision": "month",
            "status_changes-0-status": "talks",
            "status_changes-0-note": "Talks confirmed.",
            "sources": [source.pk],
        },
    )
    assert (status, errors(page)) == (302, [])
    agreement = Agreement.objects.get(pk="us-rw-2025")
    change = agreement.status_changes.get()
    assert (agreement.state, change.state) == (State.DRAFT, State.DRAFT)
    assert (agreement.published_at, change.published_at, agreement.loaded_row) == (None, None, None)
    assert (change.pk, change.date, change.precision) == ("us-rw-2025-1", dt.date(2025, 5, 1), Precision.MONTH)
    assert [link.source for link in agreement.citations.all()] == [source]
    assert [version.history_user for version in [*agreement.history.all(), *change.history.all()]] == [chief, chief]


def test_an_agreement_leads_to_its_changes_sources_and_to_its_other_lists(desk):
    agreement = make_agreement()
    change = make_status_change(agreement, sources=[make_source(), make_source()])
    make_transfer(agreement)
    make_statement(agreements=[agreement])
    page = read(desk, address(Agreement, "change", agreement.pk))
    sources = page.select_one("#status_changes-0 .field-sources a")
    assert (sources.text, sources["href"].split("#")[0]) == ("2 sources", address(StatusChange, "change", change.pk))
    assert page.select_one("#status_changes-0 .inlinechangelink")["href"] == address(StatusChange, "change", change.pk)
    lists = {link.text: link for link in page.select(".field-related_lists a")}
    assert set(lists) == {"statements", "transfers", "payments", "proceedings"}
    for name, rows in {"statements": 1, "transfers": 1, "payments": 0}.items():
        assert len(read(desk, lists[name]["href"]).select("#result_list tbody tr")) == rows
        assert f"({rows})" in lists[name].parent.text
    assert read(desk, sources["href"].split("#")[0]).select_one("#id_sources")


def test_a_source_leads_to_what_rests_on_it(desk):
    source = make_source()
    make_payment(sources=[source])
    page = read(desk, address(Source, "change", source.pk))
    lists = {link.text: link for link in page.select(".field-cited_by a")}
    assert len(lists) == 7
    assert "(1)" in lists["payments"].parent.text
    assert len(read(desk, lists["payments"]["href"]).select("#result_list tbody tr")) == 1


def test_a_source_can_be_taken_away_and_a_new_one_goes_to_the_end(desk):
    first, second, third = (make_source() for _ in range(3))
    transfer = make_transfer(sources=[first, second], nationalities=["VNM"])
    status, page = send(
        desk,
        address(Transfer, "change", transfer.pk),
        sources=[second.pk, third.pk],
        nationalities=["VNM", "RWA"],
    )
    assert (status, errors(page)) == (302, [])
    assert [(link.source, link.position) for link in transfer.citations.all()] == [(second, 0), (third, 1)]
    assert [link.country_id for link in transfer.nationality_links.all()] == ["VNM", "RWA"]


def test_a_list_is_shown_and_kept_in_the_order_in_which_it_was_chosen(desk):
    sources = [make_source(id).pk for id in ("a", "b", "c")]
    change = make_status_change(sources=[make_source("d")])
    send(desk, address(StatusChange, "change", change.pk), sources=["c", "a", "b"])
    assert [link.source_id for link in change.citations.all()] == ["c", "a", "b"]
    page = read(desk, address(StatusChange, "change", change.pk))
    assert [option["value"] for option in page.select("#id_sources option[selected]")] == ["c", "a", "b"]
    assert sorted(sources) == ["a", "b", "c"]


def test_a_source_is_cited_once(desk):
    first, second = make_source(), make_source()
    change = make_status_change(sources=[first])
    send(desk, address(StatusChange, "change", change.pk), sources=[second.pk, first.pk, second.pk])
    assert [link.source for link in change.citations.all()] == [second, first]


def test_a_new_status_change_in_an_agreement_takes_the_next_free_number(desk):
    agreement = make_agreement()
    make_status_change(agreement, id="us-rw-2025-7")
    path = address(Agreement, "change", agreement.pk)
    row = {"step": "2", "date": "2025-06-01", "precision": "day", "status": "agreed", "note": "Announced."}
    total = {"status_changes-TOTAL_FORMS": "2"}
    status, page = send(desk, path, **total, **{f"status_changes-1-{name}": value for name, value in row.items()})
    assert (status, errors(page)) == (302, [])
    assert agreement.status_changes.get(step=2).pk == "us-rw-2025-8"


def test_a_status_change_edited_in_its_agreement_keeps_its_state(desk, chief):
    change = make_status_change()
    path = address(Agreement, "change", change.agreement_id)
    status, _page = send(desk, path, **{"status_changes-0-note": "Confirmed on television."})
    assert status == 302
    change.refresh_from_db()
    assert (change.note, change.state) == ("Confirmed on television.", State.PUBLISHED)
    assert change.history.first().history_user == chief


def test_a_position_is_added_with_its_official(desk, parties):
    status, page = send(
        desk,
        address(Official, "add"),
        **{
            "id": "marco-rubio",
            "name": "Marco Rubio",
            "kind": "person",
            "country": "USA",
            "speaks_for": "government",
            "positions-0-title": "Secretary of State",
            "positions-0-started": "2025-01-21",
        },
    )
    assert (status, errors(page)) == (302, [])
    assert [p.pk for p in Official.objects.get(pk="marco-rubio").positions.all()] == ["marco-rubio-1"]


@pytest.mark.parametrize(
    ("precision", "date", "ids"),
    [
        ("day", "2025-04-30", ["rubio-2025-04-30", "rubio-2025-04-30-b-1"]),
        ("month", "2025-04-01", ["rubio-2025-04", "rubio-2025-04-b-1"]),
        ("year", "2025-01-01", ["rubio-2025", "rubio-2025-b-1"]),
    ],
)
def test_a_statement_without_an_id_is_named_after_official_and_date(desk, precision, date, ids):
    official = make_official("rubio")
    for _round in range(2):
        status, page = send(
            desk,
            address(Statement, "add"),
            official=official.pk,
            date=date,
            precision=precision,
            stance="confirms",
            summary="Looking for countries.",
            is_another="on",
        )
        assert (status, errors(page)) == (302, [])
    assert sorted(Statement.objects.values_list("pk", flat=True)) == sorted(ids)


@pytest.mark.parametrize(
    ("model", "values", "made"),
    [
        (StatusChange, {"step": "1", "date": "2025-05-04", "status": "talks", "note": "n"}, "us-rw-2025-1"),
        (Transfer, {"date": "2025-08-01", "counted_by": "press", "note": "n"}, "us-rw-2025-transfer-1"),
        (Payment, {"amount": "5", "currency": "USD", "stage": "paid", "note": "n"}, "us-rw-2025-payment-1"),
    ],
)
def test_what_belongs_to_an_agreement_is_named_after_it(desk, model, values, made):
    make_agreement()
    status, page = send(desk, address(model, "add"), agreement="us-rw-2025", **values)
    assert (status, errors(page)) == (302, [])
    assert model.objects.get().pk == made


def test_an_id_that_is_typed_is_kept_and_must_be_well_formed_and_free(desk):
    agreement = make_agreement()
    values = {"agreement": agreement.pk, "step": "1", "date": "2025-05-04", "status": "talks", "note": "n"}
    assert "Use lower-case letters" in refusals(desk, StatusChange, None, id="Us Rw", **values)[0]
    assert send(desk, address(StatusChange, "add"), id="us-rw-2025-9", **values)[0] == 302
    assert refusals(desk, StatusChange, None, id="us-rw-2025-9", **values) == [
        "Status change with this Public id already exists."
    ]


def test_an_id_cannot_be_changed_afterwards(desk):
    source = make_source("gazette-2025")
    send(desk, address(Source, "change", source.pk), id="another")
    assert [s.pk for s in Source.objects.all()] == ["gazette-2025"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"receiver": "USA"}, "Sender and receiver are two different parties."),
        ({"id": "us-ug-2025"}, "The id of this agreement is us-rw-YEAR, and -b for a second one of that year."),
        ({"id": "us-rw-25"}, "The id of this agreement is us-rw-YEAR, and -b for a second one of that year."),
        ({"id": "us-rw-2025-2"}, "The id of this agreement is us-rw-YEAR, and -b for a second one of that year."),
        ({"cap": "-1"}, "Ensure this value is greater than or equal to 0."),
        ({"sender": ""}, "This field is required."),
        ({"sender": "XXX"}, "Select a valid choice. That choice is not one of the available choices."),
        ({"kind": "holiday"}, "Select a valid choice. holiday is not one of the available choices."),
    ],
)
def test_a_faulty_agreement_is_refused_in_words(desk, parties, values, said):
    assert refusals(desk, Agreement, None, **{**AGREEMENT, **values}) == [said]


def test_an_agreement_may_be_the_second_of_its_year(desk, parties):
    assert send(desk, address(Agreement, "add"), **{**AGREEMENT, "id": "us-rw-2025-b"})[0] == 302


def test_the_parties_of_an_agreement_cannot_leave_its_id_behind(desk, parties):
    agreement = make_agreement()
    said = refusals(desk, Agreement, agreement, receiver="UGA")
    assert said == ["The id of this agreement is us-ug-YEAR, and -b for a second one of that year."]


@pytest.mark.parametrize("make", [make_status_change, make_statement, make_transfer, make_payment])
@pytest.mark.parametrize(
    ("precision", "date", "first"), [("month", "2025-05-04", "2025-05-01"), ("year", "2025-05-01", "2025-01-01")]
)
def test_a_month_or_a_year_is_given_as_its_first_day(desk, make, precision, date, first):
    record = make()
    path = type(record)
    assert refusals(desk, path, record, date=date, precision=precision) == [
        f"A date known to the {precision} is given as the first day of the period: {first}."
    ]
    assert send(desk, address(path, "change", record.pk), date=first, precision=precision)[0] == 302


def test_a_month_is_given_as_its_first_day_in_a_row_of_an_agreement_too(desk):
    change = make_status_change()
    said = refusals(desk, Agreement, change.agreement, **{"status_changes-0-precision": "month"})
    assert said == ["A date known to the month is given as the first day of the period: 2025-05-01."]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"people_low": "9", "people_high": "7"}, "The lower count is not above the higher one."),
        ({"people_low": "9", "people_high": ""}, "Give both ends of the range, or neither."),
        ({"people_low": "-2"}, "Ensure this value is greater than or equal to 0."),
    ],
)
def test_a_faulty_head_count_is_refused_in_words(desk, values, said):
    assert said in refusals(desk, Transfer, make_transfer(), **values)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"date": ""}, "Give a date and its precision, or neither."),
        ({"precision": ""}, "Give a date and its precision, or neither."),
        ({"amount": "-5"}, "Ensure this value is greater than or equal to 0."),
        ({"amount": ""}, "This field is required."),
        ({"currency": ""}, "This field is required."),
        ({"currency": "XXX"}, "Select a valid choice. XXX is not one of the available choices."),
        ({"part_of": "us-rw-2025-payment-1"}, "Not a part of itself."),
    ],
)
def test_a_faulty_payment_is_refused_in_words(desk, values, said):
    assert said in refusals(desk, Payment, make_payment(), **values)


def test_a_payment_needs_no_date(desk):
    payment = make_payment()
    assert send(desk, address(Payment, "change", payment.pk), date="", precision="")[0] == 302


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"step": "0"}, "Ensure this value is greater than or equal to 1."),
        ({"status": "signd"}, "Select a valid choice. signd is not one of the available choices."),
        ({"date": "2025-02-30"}, "Enter a valid date."),
    ],
)
def test_a_faulty_status_change_is_refused_in_words(desk, values, said):
    assert said in refusals(desk, StatusChange, make_status_change(), **values)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"lat": "91"}, "A latitude lies between -90 and 90."),
        ({"lon": "-181"}, "A longitude lies between -180 and 180."),
        ({"alpha2": "rw"}, "Use two capital letters."),
        ({"alpha2": "UG"}, "Country with this Alpha-2 code already exists."),
        ({"slug": "uganda"}, "Country with this Name in addresses already exists."),
    ],
)
def test_a_faulty_country_is_refused_in_words(desk, parties, values, said):
    assert refusals(desk, Country, parties[1], **values) == [said]


@pytest.mark.parametrize(
    "url",
    ["https://gazette.example/story", "http://www.gazette.example/story/?utm_source=feed#top"],
)
def test_a_source_that_is_there_already_is_named_by_its_address(desk, url):
    make_source("gazette-story", url="https://gazette.example/story")
    values = {"id": "again", "title": "A report", "language": "en", "publisher": "The Gazette", "kind": "news"}
    assert refusals(desk, Source, None, url=url, **values) == [
        "Another source has this address already: gazette-story."
    ]


def test_the_address_of_a_withdrawn_source_is_free(desk):
    make_source("gazette-story", url="https://gazette.example/story", state=State.WITHDRAWN)
    values = {"id": "again", "title": "A report", "language": "en", "publisher": "The Gazette", "kind": "news"}
    status, page = send(desk, address(Source, "add"), url="https://gazette.example/story", **values)
    assert (status, errors(page)) == (302, [])


def test_two_sources_without_an_address_are_no_doubles(desk):
    source, _other = make_source(url=""), make_source(url="")
    assert send(desk, address(Source, "change", source.pk), title="Another title")[0] == 302


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://gazette.example/x", "gazette"])
def test_a_source_has_a_web_address(desk, url):
    for field in ("url", "archive_url"):
        said = refusals(desk, Source, make_source(), **{field: url})
        assert said == ["Expected an address that begins with https:// or http://."]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"started": "March 2025"}, "Use YYYY, YYYY-MM or YYYY-MM-DD."),
        ({"started": "2025-13"}, "“2025-13” is not a date of the calendar."),
        ({"started": "2021-02-30"}, "“2021-02-30” is not a date of the calendar."),
        ({"started": "2025-03", "ended": "2024"}, "A position does not end before it starts."),
        ({"started": "2025-03-02", "ended": "2025-03-01"}, "A position does not end before it starts."),
    ],
)
def test_a_faulty_position_is_refused_in_words(desk, values, said):
    position = make_position()
    assert refusals(desk, Position, position, **values) == [said]
    inline = {f"positions-0-{name}": value for name, value in values.items()}
    assert refusals(desk, Official, position.official, **inline) == [said]


def test_a_position_may_end_in_the_year_that_it_started(desk):
    position = make_position()
    assert send(desk, address(Position, "change", position.pk), started="2025-03", ended="2025")[0] == 302


def test_a_long_quotation_may_stand_in_a_draft_under_a_warning(desk):
    statement = make_statement(state=State.DRAFT)
    path = address(Statement, "change", statement.pk)
    assert send(desk, path, quote=" ".join(["word"] * 41))[0] == 302
    warnings = [item.text.strip() for item in read(desk, path).select(".messagelist .warning")]
    assert warnings == ["The quotation has 41 words; at most 40 may be published."]


def test_a_long_quotation_is_refused_in_what_is_published(desk):
    statement = make_statement()
    said = refusals(desk, Statement, statement, quote=" ".join(["word"] * 41))
    assert said == ["The quotation has 41 words; at most 40 may be published."]
    assert send(desk, address(Statement, "change", statement.pk), quote=" ".join(["word"] * 40))[0] == 302


def test_a_statement_lists_the_agreement_of_its_status_change(desk):
    change = make_status_change(make_agreement(receiver="UGA"))
    statement = make_statement(agreements=[make_agreement()])
    said = refusals(desk, Statement, statement, status_change=change.pk)
    assert said == ["The status change us-ug-2025-1 is one of us-ug-2025: list that agreement too."]
    about = ["us-rw-2025", "us-ug-2025"]
    status, page = send(desk, address(Statement, "change", statement.pk), status_change=change.pk, agreements=about)
    assert (status, errors(page)) == (302, [])
    assert [link.agreement_id for link in statement.agreement_links.all()] == ["us-rw-2025", "us-ug-2025"]


def test_a_list_says_where_each_agreement_stands_and_since_when_as_exactly_as_is_known(desk):
    agreement = make_agreement()
    make_status_change(agreement, status="talks", date=dt.date(2025, 5, 1), precision=Precision.MONTH)
    make_status_change(agreement, status="signed", date=dt.date(2025, 8, 5), state=State.DRAFT)
    make_agreement(receiver="UGA")
    rows = {row.a.text: row for row in read(desk, address(Agreement, "changelist")).select("#result_list tbody tr")}
    row = rows[agreement.title]
    assert [row.select_one(f".field-{name}").text for name in ("current_status", "since")] == ["In talks", "May 2025"]
    for value, shown in {"talks": 1, "signed": 0, "none": 1}.items():
        page = read(desk, address(Agreement, "changelist"), status=value)
        assert len(page.select("#result_list tbody tr")) == shown


def test_a_list_can_be_narrowed_to_what_has_no_source(desk):
    make_statement(id="sourced")
    make_statement(id="unsourced", sources=[])
    for value, found in {"yes": "sourced", "no": "unsourced"}.items():
        page = read(desk, address(Statement, "changelist"), sourced=value)
        assert [row.a.text for row in page.select("#result_list tbody tr")] == [found]


def test_a_list_shows_a_date_no_more_exactly_than_it_is_known(desk):
    make_statement(date=dt.date(2025, 5, 1), precision=Precision.MONTH)
    make_statement(date=dt.date(2025, 1, 1), precision=Precision.YEAR)
    make_statement(date=dt.date(2025, 5, 4))
    page = read(desk, address(Statement, "changelist"))
    assert [cell.text for cell in page.select("#result_list .field-when")] == ["4 May 2025", "May 2025", "2025"]


@pytest.mark.parametrize(
    ("model", "field", "term", "found"),
    [
        (Agreement, "receiver", "turkiye", ["TUR"]),
        (Statement, "official", "nduhung", ["olivier-nduhungirehe"]),
        (Agreement, "receiver", "Turkiye", ["TUR"]),
        (Agreement, "receiver", "TÜRK", ["TUR"]),
        (Statement, "official", "Ndühung oliv", ["olivier-nduhungirehe"]),
        (Official, "country", "TUR", ["TUR"]),
    ],
)
def test_autocomplete_finds_by_id_and_whatever_the_accents(desk, model, field, term, found):
    make_country("TUR", alpha2="TR", slug="tr", name="Türkiye")
    make_official("olivier-nduhungirehe", name="Olivier Nduhungirehe", country=None)
    query = {"app_label": "agreements", "model_name": model._meta.model_name, "field_name": field, "term": term}
    assert [row["id"] for row in desk.get("/admin/autocomplete/", query).json()["results"]] == found
