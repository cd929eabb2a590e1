"""What a program is told where there is no answer."""

import datetime as dt
from unittest import mock

import pytest
from django.test import RequestFactory
from ninja.errors import ValidationError

from agreements import editions, publication
from agreements.api import operations
from agreements.api.operations import api
from agreements.editions import Busy
from tests import factories
from tests.api.reading import ask, told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("end", "detail"),
    [
        ("agreements?status=x", "status: “x” is not known here. Expected one of: reported, talks, agreed, signed,"),
        ("payments?stage=paid&stage=x", "stage: “x” is not known here. Expected one of: requested, promised,"),
        ("countries?party=x", "party: “x” is not known here. Expected one of: yes, any."),
        ("statements?sort=x", "sort: “x” is not an order known here. Expected one of: recent, oldest, official."),
        ("transfers?source=x", "source: “x” is not known here. Expected the id of a source, as “sources” has it."),
        ("transfers?source=a%00b", "source: “a\0b” is not known here. Expected the id of a source"),
        ("assessments?from=2025-13", "from: “2025-13” is not a date. Expected YYYY, YYYY-MM or YYYY-MM-DD,"),
        ("proceedings?from=2025&to=2024", "to: It lies before “from”. Expected the later of the two."),
        ("sources?page=0", "page: Expected the number of a page, from 1 on."),
        ("sources?page=last", "page: Expected the number of a page, from 1 on."),
        ("sources?per_page=501", "per_page: Expected a whole number from 1 to 500."),
        ("sources?edition=x", "edition: “x” is no edition. Expected a whole number from 1 on."),
        ("sources/some-id?as_of=2999-01-01", "as_of: “2999-01-01” is yet to come, seen from there."),
    ],
)
def test_a_value_that_is_not_known_is_named_with_the_valid_ones(end, detail, client):
    factories.make_agreement()
    answer = told(client, end, 400)
    assert (answer["type"], answer["title"], answer["status"]) == ("about:blank", "Bad Request", 400)
    assert answer["detail"].startswith(detail)


def test_every_fault_is_told_at_once(client):
    detail = told(client, "agreements?status=x&kind=y&page=0", 400)["detail"]
    assert [name for name in ("status:", "kind:", "page:") if name in detail] == ["status:", "kind:", "page:"]


@pytest.mark.parametrize(
    ("end", "detail"),
    [
        ("agreements?page=2", "There is no page 2. The last is page 1."),
        ("agreements/us-rw-1999", "There is no “us-rw-1999” in agreements. What there is: http://testserver/api/v1/"),
        ("agreements/a%00b", "There is no “a\0b” in agreements."),
        ("editions/0", "There is no “0” in editions."),
        ("editions/99999999999999999999", "There is no “99999999999999999999” in editions."),
        ("editions/one", "There is no “one” in editions."),
        ("nothing", "There is nothing at “/api/v1/nothing”. Expected one of these tables: countries, agreements,"),
        ("agreements/us-rw-2025/more", "There is nothing at “/api/v1/agreements/us-rw-2025/more”."),
        ("agreements?edition=99", "There is no edition 99. The newest is edition"),
        ("agreements/us-rw-2025?as_of=1999-01-01", "There is no “us-rw-2025” in agreements for 1 January 1999."),
        ("/api/v2/agreements", "There is nothing at “/api/v2/agreements”."),
    ],
)
def test_what_is_not_there_is_told_with_what_is(end, detail, client):
    factories.make_agreement()
    answer = told(client, end, 404)
    assert (answer["title"], answer["status"]) == ("Not Found", 404)
    assert answer["detail"].startswith(detail)


def test_a_withdrawn_record_says_when_and_why(client):
    agreement = factories.make_agreement()
    with publication.act(note="", at=dt.datetime(2026, 2, 3, tzinfo=dt.UTC)) as act:
        act.withdraw([agreement], reason="It was recorded twice.")
    number = act.edition.number
    answer = told(client, "agreements/us-rw-2025", 410)
    assert answer["withdrawn_on"] == "2026-02-03"
    assert (answer["edition"], answer["reason"]) == (number, "It was recorded twice.")
    earlier = f"http://testserver/api/v1/agreements/us-rw-2025?edition={number - 1}"
    assert answer["detail"] == (
        f"“us-rw-2025” was withdrawn on 3 February 2026, in edition {number}. Reason: It was recorded twice. "
        f"Earlier editions show it as it stood: {earlier}"
    )
    assert told(client, earlier)["id"] == "us-rw-2025"


def test_an_edition_that_is_being_made_ready_is_asked_for_again(client):
    factories.make_agreement()
    with mock.patch.object(editions, "reading", side_effect=Busy):
        answer = ask(client, "agreements?edition=1", 503)
    assert (answer["Retry-After"], answer["Cache-Control"]) == ("5", "no-store")
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_other_method_is_answered(method, client):
    for address in ("/api/v1/", "/api/v1/agreements", "/api/v1/agreements/us-rw-2025", "/api/v1/openapi.json"):
        answer = client.generic(method, address)
        assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
        assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_an_address_with_a_slash_leads_to_the_one_without(client):
    factories.make_agreement()
    answer = client.get("/api/v1/agreements/?status=talks&edition=1")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/agreements?status=talks&edition=1")
    assert client.get("/api/v1/agreements/us-rw-2025/")["Location"] == "/api/v1/agreements/us-rw-2025"
    assert client.get("/api/v1")["Location"] == "/api/v1/"


def test_what_ninja_itself_refuses_is_told_in_the_same_form(rf: RequestFactory):
    answer = api.on_exception(rf.get("/"), ValidationError([{"loc": ("query", "size"), "msg": "Too large"}]))
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert b'"detail": "size: Too large."' in answer.content


def test_a_fault_of_ours_is_told_in_the_same_form_and_tells_nothing_more(client, caplog):
    client.raise_request_exception = False
    with mock.patch.object(operations, "index_content", side_effect=ZeroDivisionError("secret")):
        answer = client.get("/api/v1/")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert b"secret" not in answer.content
    assert "ZeroDivisionError" in caplog.text


# --- Other sites ----------------------------------------------------------------------------------


def test_the_pages_of_other_sites_may_read_every_answer(client):
    factories.make_agreement()
    for end in ("", "agreements", "agreements", "agreements/x", "agreements?status=x", "nothing", "openapi.json"):
        answer = client.get(f"/api/v1/{end}", headers={"Origin": "https://other.example"})
        assert answer["Access-Control-Allow-Origin"] == "*", end
        assert "ETag" in answer["Access-Control-Expose-Headers"], end
        assert not answer.cookies, end
    assert "Access-Control-Allow-Origin" not in client.get("/agreements/")


def test_a_browser_that_asks_before_is_told_what_it_may(client):
    answer = client.options(
        "/api/v1/agreements",
        headers={
            "Origin": "https://other.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer
    assert client.options("/agreements/").status_code == 405
