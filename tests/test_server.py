"""Files as the real server sends them: one that breaks off, and a reader who goes away."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
HOST = "127.0.0.1"


def database_url() -> str:
    """The address of the database that this test writes to, for another process."""
    name = connection.settings_dict["NAME"]
    return (
        f"sqlite:///{name}"
        if connection.vendor == "sqlite"
        else f"{os.environ['TEST_CLUSTER'].rpartition('/')[0]}/{name}"
    )


@contextmanager
def serving(ended: Path, **environment: str) -> Iterator[int]:
    """The site of tests/endless_site.py behind the real server; its port."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    gunicorn = [str(Path(sys.executable).with_name("gunicorn")), "--bind", f"{HOST}:{port}", "--log-level", "critical"]
    settings = {"DATABASE_URL": database_url(), "WEB_CONCURRENCY": "1", "TEST_ENDED": str(ended)} | environment
    with subprocess.Popen([*gunicorn, "tests.endless_site:application"], env=os.environ | settings) as server:
        try:
            _wait_until(lambda: _answers(port))
            yield port
        finally:
            server.terminate()


def _answers(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


def _wait_until(so) -> None:
    deadline = time.monotonic() + 60
    while not so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@contextmanager
def asking(port: int, where: str) -> Iterator[http.client.HTTPResponse]:
    with closing(http.client.HTTPConnection(HOST, port, timeout=60)) as reader:
        reader.request("GET", where)
        with reader.getresponse() as answer:
            yield answer


def test_a_file_that_breaks_off_cannot_be_taken_for_a_whole_one(transactional_db, tmp_path):
    factories.make_statement()
    with serving(tmp_path / "ended", TEST_BREAKS="1") as port:
        with asking(port, "/statements.csv") as answer:
            assert (answer.status, answer.getheader("Transfer-Encoding")) == (200, "chunked")
            with pytest.raises(http.client.IncompleteRead) as broken:
                answer.read()
        assert broken.value.partial.startswith(b"\xef\xbb\xbfid,")
        assert (tmp_path / "ended").exists()
        # A protocol that has no such sign is told nothing before all is there.
        with socket.create_connection((HOST, port), timeout=60) as older:
            older.sendall(f"GET /statements.csv HTTP/1.0\r\nHost: {HOST}\r\n\r\n".encode())
            with older.makefile("rb") as answer:
                assert answer.readline().split()[1] == b"500"


def test_a_reader_who_goes_away_ends_the_reading(transactional_db, tmp_path):
    factories.make_statement()
    ended = tmp_path / "ended"
    with serving(ended) as port:
        with asking(port, "/statements.csv") as answer:
            assert len(answer.read(100_000)) == 100_000
            assert not ended.exists()
        _wait_until(ended.exists)
        with asking(port, "/statements/") as answer:
            assert answer.status == 200


def test_an_older_protocol_is_told_the_length(client, transactional_db):
    factories.make_statement()
    answer = client.get("/statements.csv", SERVER_PROTOCOL="HTTP/1.0")
    content = answer.getvalue()
    assert int(answer["Content-Length"]) == len(content)
    assert content == client.get("/statements.csv").getvalue()
