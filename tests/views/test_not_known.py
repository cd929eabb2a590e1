"""What is not known, on each agreement and of all of them: which questions are open, the emptiest or stalest first."""

from __future__ import annotations

import datetime as dt

import pytest

from agreements.views.not_known import NotKnown
from agreements.vocabulary import Stance, State, Status, Unknown
from tests.factories import make_agreement, make_official, make_payment, make_statement, make_status_change
from tests.views.reading import faults, read, row_ids, rows, text, words

pytestmark = pytest.mark.django_db

TABLE = "/not-known/"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """Pages of the past leave their files where no other test looks."""
    settings.VAR_DIR = tmp_path


@pytest.fixture
def three():
    """A full record that was checked long ago, an empty one, and one between them."""
    full = make_agreement(
        receiver="RWA", people_covered="Anybody", cap=5, text_public="yes", last_checked=dt.date(2025, 1, 1)
    )
    change = make_status_change(full, status=Status.SIGNED)
    for country in ("RWA", "USA"):
        make_statement(make_official(country=country), status_change=change)
    make_payment(full, stage="paid")
    empty = make_agreement(receiver="UGA", last_checked=dt.date(2025, 3, 1))
    make_status_change(empty, status=Status.SIGNED)
    some = make_agreement(receiver="ESW", people_covered="Anybody", last_checked=dt.date(2025, 2, 1))
    make_status_change(some, status=Status.SIGNED)
    return full, empty, some


def open_questions(page, id: str) -> list[str]:
    """The heads of the columns that are marked in a row."""
    heads = [text(head) for head in page.select("table.unknowns thead th")][2:-1]
    cells = page.select(f"tr[data-id={id}] td.mid")
    assert len(heads) == len(cells) == len(Unknown)
    return [head for head, cell in zip(heads, cells, strict=True) if "not known" in text(cell)]


def test_the_emptiest_stands_first_with_what_is_missing_marked_in_its_column(client, three):
    page = read(client, TABLE)
    assert row_ids(page) == ["us-ug-2025", "us-sz-2025", "us-rw-2025"]
    assert open_questions(page, "us-rw-2025") == []
    assert open_questions(page, "us-ug-2025") == [
        *["The sender's word", "The receiver's word", "Text"],
        *["Whom it covers", "Agreed limit", "Money"],
    ]
    assert [text(row.td) for row in page.select("tbody tr")] == ["6", "5", "0"]
    assert "1 March 2025" in text(page.select_one("tr[data-id=us-ug-2025]"))
    assert page.select_one("tr[data-id=us-ug-2025] a")["href"] == "/agreements/us-ug-2025/#not-known"
    assert faults(page) == []


def test_the_stalest_stands_first_where_that_is_asked(client, three):
    page = read(client, f"{TABLE}?sort=stalest")
    assert row_ids(page) == ["us-rw-2025", "us-sz-2025", "us-ug-2025"]
    assert [link["href"] for link in page.select("nav.questions a")] == ["/not-known/?sort=emptiest"]


def test_an_order_that_there_is_not_is_answered_with_those_that_there_are(client):
    page = read(client, f"{TABLE}?sort=newest", 400)
    assert "expected one of emptiest, stalest" in words(page)


def test_every_question_says_what_it_asks_and_for_how_many_it_is_open(client, three):
    page = read(client, TABLE)
    asked = {term["id"]: text(term.find_next_sibling("dd")) for term in page.select("dl.terms dt")}
    assert list(asked) == [f"unknown-{question}" for question in Unknown]
    assert asked["unknown-covered"] == f"{Unknown.COVERED.definition} Open for 1 agreement."
    assert asked["unknown-money"].endswith("Open for 2 agreements.")


def test_a_long_table_has_pages_and_none_past_the_last(client, three, monkeypatch):
    monkeypatch.setattr(NotKnown, "paginate_by", 2)
    page = read(client, TABLE)
    assert row_ids(page) == ["us-ug-2025", "us-sz-2025"]
    assert page.select_one("nav.pages a[rel=next]")["href"] == "/not-known/?sort=emptiest&page=2"
    assert rows(client, f"{TABLE}?page=2") == ["us-rw-2025"]
    for past in ("3", "0", "x"):
        assert client.get(f"{TABLE}?page={past}").status_code == 404


def test_an_empty_record_says_so(client):
    page = read(client, TABLE)
    assert "No agreement is on record." in words(page)
    assert faults(page) == []


def test_a_draft_answers_no_question(client, three):
    _full, empty, _some = three
    change = empty.status_changes.get()
    make_statement(make_official(country="USA"), status_change=change, state=State.DRAFT)
    make_statement(make_official(country="USA", state=State.DRAFT), status_change=change)
    make_payment(empty, state=State.DRAFT)
    make_agreement(receiver="NRU", state=State.DRAFT)
    page = read(client, TABLE)
    assert len(row_ids(page)) == 3
    assert {"The sender's word", "Money"} <= set(open_questions(page, "us-ug-2025"))


def test_on_its_page_an_agreement_says_the_same_and_when_it_was_checked(client, three):
    page = read(client, "/agreements/us-ug-2025/")
    aside = page.find(id="not-known")
    listed = [text(item.b).rstrip(".") for item in aside.find_next_sibling("ul").select("li")]
    assert listed == open_questions(read(client, TABLE), "us-ug-2025")
    below = aside.find_next_sibling("p")
    assert "Last checked 1 March 2025" in text(below)
    assert below.a["href"] == TABLE
    assert "None of the questions" in text(read(client, "/agreements/us-rw-2025/").find(id="not-known").parent)


def test_who_declines_to_comment_leaves_the_question_open(client, three):
    _full, empty, _some = three
    make_statement(make_official(country="USA"), status_change=empty.status_changes.get(), stance=Stance.DECLINES)
    assert "The sender's word" in open_questions(read(client, TABLE), "us-ug-2025")


def test_a_table_of_the_past_is_that_of_its_day(client, three):
    page = read(client, f"{TABLE}?edition=1")
    assert len(row_ids(page)) < 3
    assert all("edition=1" in link["href"] for link in page.select("nav.questions a"))
