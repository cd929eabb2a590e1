"""A file is read wholly from the edition that it names, and a body that breaks off is no whole file."""

from __future__ import annotations

import csv
import io
import threading

import pytest
from django.db import connection, connections

from agreements import editions, publication
from agreements.exports import csv_file, rows
from agreements.models import Agreement, Official, Statement
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _in_small_pieces(monkeypatch) -> None:
    """So that a few rows are read in several steps."""
    monkeypatch.setattr(rows, "BATCH", 2)
    monkeypatch.setattr(csv_file, "ROWS", 1)


@pytest.fixture
def statements(transactional_db) -> None:
    minister = factories.make_official("minister", name="A")
    for number in range(6):
        factories.make_statement(minister, id=f"said-{number}", summary="As it was.")


def elsewhere(act) -> None:
    """Does something as another process would: on a connection of its own."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            act()
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=20)
    assert not thread.is_alive(), "it waits for the reader"
    if failed:
        raise failed[0]


def correct_everything() -> None:
    with publication.act(note="Corrected.") as act:
        for statement in Statement.objects.all():
            statement.summary = "As it is now."
            act.publish(statement)
        minister = Official.objects.get()
        minister.name = "B"
        act.publish(minister)


def read(pieces) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(pieces).decode("utf-8-sig"), newline="")))


def test_what_is_published_while_a_live_file_is_sent_is_not_in_it_and_does_not_wait(client, statements):
    before = editions.newest()
    answer = client.get("/statements.csv?sort=official")
    pieces = iter(answer.streaming_content)
    first = next(pieces)
    elsewhere(correct_everything)
    found = read([first, *pieces])
    assert [row["summary"] for row in found] == ["As it was."] * 6
    assert {row["official_name"] for row in found} == {"A"}
    assert f"edition-{before.number}.csv" in answer["Content-Disposition"]
    now = client.get("/statements.csv?sort=official")
    assert {(row["summary"], row["official_name"]) for row in read(now.streaming_content)} == {("As it is now.", "B")}
    assert now["ETag"] != answer["ETag"]
    past = client.get(f"/statements.csv?sort=official&edition={before.number}")
    assert [row["summary"] for row in read(past.streaming_content)] == ["As it was."] * 6


@pytest.mark.parametrize("end", [".csv", ".xlsx"])
def test_a_file_that_an_act_overtakes_before_its_first_byte_is_that_of_the_next_edition(
    client, statements, monkeypatch, end
):
    standing, late = editions.standing, []

    def overtaken(asked):
        if not late:
            late.append(asked)
            elsewhere(correct_everything)
        return standing(asked)

    monkeypatch.setattr(editions, "standing", overtaken)
    answer = client.get(f"/statements{end}")
    content = answer.getvalue()
    assert f"edition-{late[0].number + 1}{end}" in answer["Content-Disposition"]
    if end == ".csv":
        assert [row["summary"] for row in read([content])] == ["As it is now."] * 6
    tag = answer["ETag"]
    assert client.get(f"/statements{end}", headers={"if-none-match": tag}).status_code == 304


def test_while_a_past_file_is_sent_its_thread_reads_the_present(client, statements):
    number = editions.newest().number
    correct_everything()
    answer = client.get(f"/statements.csv?edition={number}&sort=official")
    pieces = iter(answer.streaming_content)
    first = next(pieces)
    assert {each.summary for each in Statement.objects.all()} == {"As it is now."}
    assert client.get("/statements/").status_code == 200
    assert {row["summary"] for row in read([first, *pieces])} == {"As it was."}


@pytest.mark.parametrize("packed", [False, True])
def test_a_reader_who_goes_away_leaves_no_transaction_behind(client, statements, packed):
    answer = client.get("/statements.csv", headers={"accept-encoding": "gzip"} if packed else {})
    next(iter(answer.streaming_content))
    assert connection.in_atomic_block
    answer.close()
    assert not connection.in_atomic_block
    correct_everything()


def test_a_reader_who_goes_away_from_a_past_file_leaves_it_closed(client, statements, monkeypatch):
    make, made = editions._connection, []

    def remembered(name: str):
        made.append(make(name))
        return made[-1]

    client.get("/statements.csv?edition=8").getvalue()
    monkeypatch.setattr(editions, "_connection", remembered)
    answer = client.get("/statements.csv?edition=8")
    next(iter(answer.streaming_content))
    [opened] = made
    assert opened.connection is not None
    answer.close()
    assert opened.connection is None
    assert Statement.objects.db == "default"


def test_whatever_becomes_of_a_view_its_connection_is_given_back(client, statements, monkeypatch):
    def fails(*_arguments: object) -> None:
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr("agreements.views.files.rows_of", fails)
    client.raise_request_exception = False
    assert client.get("/statements.csv").status_code == 500
    assert not connection.in_atomic_block
    assert client.get("/statements.csv?sort=nonsense").status_code == 400
    assert not connection.in_atomic_block


def test_a_reader_takes_no_lock_and_stays_in_its_edition(client, statements):
    with editions.standing(editions.newest()):
        assert Agreement.objects.count() == 1
        elsewhere(correct_everything)
        assert {each.summary for each in Statement.objects.all()} == {"As it was."}
    assert {each.summary for each in Statement.objects.all()} == {"As it is now."}
    with pytest.raises(editions.Overtaken), editions.standing(editions.moment(1)):
        pass
    assert not connection.in_atomic_block
