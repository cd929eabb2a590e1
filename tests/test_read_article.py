"""`manage.py read_article`: JSON or a listing of what an article says, whatever is on record."""

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command

from agreements.known import known
from agreements.vocabulary import State
from tests import factories

TEXT = (
    "Rwanda confirms talks\n"
    "“We are in talks with the United States,” Foreign Minister Olivier Habimanuro told state television on Sunday.\n"
    "He said that they were at an early stage.\n"
)


@pytest.fixture
def article(tmp_path):
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture
def read(capsys):
    """What the command prints."""

    def run(*arguments):
        call_command("read_article", *map(str, arguments))
        return capsys.readouterr().out

    return run


def test_json_has_exactly_the_fields_that_are_promised(article, read, db):
    told = json.loads(read(article, "--json", "--published", "2025-05-06", "--url", "https://gazette.example/1"))
    assert list(told) == ["source", "parties", "statements"]
    assert told["source"] == {
        "title": "Rwanda confirms talks",
        "publisher": "",
        "published": "2025-05-06",
        "url": "https://gazette.example/1",
        "language": "",
    }
    quoted, reported = told["statements"]
    assert quoted == {
        "speaker": "Olivier Habimanuro",
        "role": "Foreign Minister",
        "quote": "We are in talks with the United States",
        "indirect": False,
        "summary": "",
        "date": "2025-05-04",
        "precision": "day",
        "date_words": "on Sunday",
        "stance": "confirms",
        "agreements": [],
        "status_change": "",
        "language": "en",
        "countries": ["USA"],
        "confidence": 0.95,
        "rule": "speaker-after",
        "start": TEXT.index("“"),
        "end": TEXT.index("”") + 1,
    }
    assert (reported["indirect"], reported["quote"]) == (True, "")
    assert reported["summary"] == "He said that they were at an early stage."
    assert list(reported) == list(quoted)


def test_what_is_on_record_is_known_drafts_too(article, read, db):
    for code in ("USA", "RWA"):
        factories.make_country(code)
    agreement = factories.make_agreement("us-rw-2025", state=State.DRAFT)
    factories.make_status_change(
        agreement, id="us-rw-2025-1", status="talks", date=dt.date(2025, 5, 4), state=State.DRAFT
    )
    told = json.loads(read(article, "--json", "--published", "2025-05-06"))
    assert told["parties"] == {"sender": "USA", "receiver": "RWA"}
    assert told["statements"][0]["agreements"] == ["us-rw-2025"]
    assert told["statements"][0]["status_change"] == "us-rw-2025-1"


def test_without_json_it_can_be_read(article, read, db):
    shown = read(article, "--published", "2025-05-06")
    assert "Olivier Habimanuro, Foreign Minister" in shown
    assert "“We are in talks with the United States”" in shown
    assert "2025-05-04 (day)" in shown


def test_an_article_without_statements_says_so(tmp_path, read, db):
    file = tmp_path / "empty.txt"
    file.write_text("The sun was out.")
    assert "No statement found." in read(file)
    assert json.loads(read(file, "--json"))["statements"] == []


@pytest.mark.parametrize("content", [b"", b" \n", b"%PDF-1.7\x00", b"a" * 200_001])
def test_what_is_no_article_is_refused(tmp_path, content, db):
    file = tmp_path / "article"
    file.write_bytes(content)
    with pytest.raises(CommandError) as refusal:
        call_command("read_article", str(file), "--json")
    assert refusal.value.returncode == 1
    assert str(file) in str(refusal.value)


def test_a_file_that_is_not_there_and_a_day_that_is_none_are_refused(tmp_path, article, db):
    with pytest.raises(CommandError):
        call_command("read_article", str(tmp_path / "none"))
    with pytest.raises(CommandError, match="YYYY-MM-DD"):
        call_command("read_article", str(article), "--published", "yesterday")


def test_what_the_tracker_knows_takes_six_queries_whatever_its_size(db, django_assert_num_queries):
    official = factories.make_official()
    factories.make_position(official)
    factories.make_statement(official, status_change=factories.make_status_change(), quote="We talk to them all")
    with django_assert_num_queries(6):
        told = known()
    assert [each.id for each in told.officials] == [official.id]
    assert told.officials[0].offices
    assert told.agreements[0].changes
    assert [each.quote for each in told.statements] == ["We talk to them all"]


def test_what_is_withdrawn_is_not_known(db):
    factories.make_official(state=State.WITHDRAWN)
    assert known().officials == ()
