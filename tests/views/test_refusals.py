"""What a program is told at an address that cannot be answered."""

import json

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("end", [".csv", ".xlsx", ".atom", ".ics", ".svg"])
def test_at_the_address_of_a_file_the_reason_is_plain_text(client, end):
    answer = client.get(f"/nothing-here{end}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert answer.content.decode() == f"There is nothing at “/nothing-here{end}”.\n"


def test_at_an_address_of_the_api_it_is_a_problem_as_the_standard_has_it(client):
    factories.make_agreement()
    answer = client.get("/api/v1/agreements?edition=0")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert json.loads(answer.content) == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "edition: “0” is no edition. Expected a whole number from 1 on.",
    }


def test_what_only_reads_takes_no_other_method(client):
    for address, kind, allowed in (
        ("/agreements.csv", "text/plain", "GET, HEAD"),
        ("/api/v1/agreements", "application/problem+json", "GET, HEAD, OPTIONS"),
    ):
        answer = client.post(address)
        assert (answer.status_code, answer["Allow"]) == (405, allowed)
        assert answer["Content-Type"].startswith(kind)
        assert "Expected GET or HEAD." in answer.content.decode()


@pytest.mark.parametrize("address", ["/nothing/", "/nothing.csv/", "/nothing"])
def test_at_the_address_of_a_page_a_person_is_told(client, address):
    answer = client.get(address, follow=True)
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")
