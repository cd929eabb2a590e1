"""The page that explains the API: made from its description, its examples asked for."""

import json

import pytest

from agreements.api.tables import SERVED
from tests.api.reading import told
from tests.views.reading import faults, read, text

pytestmark = pytest.mark.django_db
PAGE = "/api/v1/docs"


@pytest.fixture(scope="module")
def page(shipped):
    return read(shipped, PAGE)


def test_it_is_a_sound_page_that_the_page_of_data_leads_to(shipped, page):
    assert faults(page) == []
    data = read(shipped, "/data/")
    assert {"/api/v1/docs", "/api/v1/openapi.json"} <= {link["href"] for link in data.select("main a")}


def test_it_takes_nothing_from_elsewhere(page):
    taken = [tag.get("src") or tag.get("href") for tag in page.select("script, link[rel=stylesheet], img, iframe")]
    assert taken
    assert all(address.startswith("/static/") for address in taken)


def test_each_address_stands_there_with_its_parameters(shipped, page):
    described = told(shipped, "openapi.json")
    for name, served in SERVED.items():
        section = page.select_one(f"section[aria-labelledby={name}]")
        assert text(section.h2) == served.title
        shown = [text(each) for each in section.select(":scope > p > code")]
        assert f"/api/v1/{name}" in shown
        assert f"/api/v1/{name}/{{id}}" in shown
        listed = section.select_one("dl.columns")
        names = [text(each) for each in listed.select(":scope > div > dt > code")]
        own = [each["name"] for each in described["paths"][f"/api/v1/{name}"]["get"]["parameters"]]
        assert [*names, "page", "per_page", "edition", "as_of"] == own
        fields = [text(each) for each in section.select("details.fields dl.columns > div > dt > code")]
        assert fields == list(described["components"]["schemas"][served.model.__name__]["properties"])


def test_every_example_on_it_is_what_is_answered(shipped, page):
    examples = page.select("p.asked")
    assert len(examples) == 1 + 2 * len(SERVED)
    for asked in examples:
        answer = asked.find_next_sibling("details")
        assert json.loads(answer.pre.get_text()) == told(shipped, asked.a["href"])
        assert text(asked) == f"GET {asked.a['href']}"


def test_every_question_on_it_has_an_answer(shipped, page):
    addresses = [link["href"] for link in page.select("h2#start ~ dl.columns")[0].select("a")]
    assert len(addresses) >= 4
    counts = {address: told(shipped, address)["count"] for address in addresses}
    assert all(count for address, count in counts.items() if "editions" not in address), counts


def test_at_an_edition_its_examples_are_of_that_edition(shipped):
    page = read(shipped, f"{PAGE}?edition=1")
    for asked in page.select("p.asked"):
        assert asked.a["href"].endswith("edition=1")
    assert "edition 1" in text(page.select_one(".banner"))
