"""A site on this machine that answers as it is told, and a guard that lets it, and nothing else, be asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from agreements.web import Guard, resolve

HERE = "127.0.0.1"


class Site:
    """`asked` are Host header (without port) and path of each request, `headers` those of the last."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: list[tuple[str, str]] = []
        self.headers: dict[str, str] = {}
        self.closing = threading.Event()
        self._answers: dict[str, list[tuple[int, dict[str, str], Callable]]] = {}

    def says(self, path: str, status: int = 200, *, then: Callable = lambda request: None, **headers: str) -> str:
        """Adds an answer at a path, the last of them for ever; returns the path's address at one.test.

        `then` is done first, with the request; where it returns True, it was the answer.
        """
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._answers.setdefault(path, []).append((status, named, then))
        return self.url(path)

    def url(self, path: str, host: str = "one.test") -> str:
        return f"http://{host}:{self.port}{path}"

    def guard(self, **others: list[str]) -> Guard:
        """Every name under .test is this site's, but for those whose addresses are given, with _ for the dot."""
        names = {name.replace("_", "."): addresses for name, addresses in others.items()}
        return Guard(
            resolve=lambda host: names.get(host) or ([HERE] if host.endswith(".test") else resolve(host)),
            is_public=lambda address: address == HERE,
            ports=frozenset({self.port}),
        )

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append((request.headers["Host"].split(":")[0], request.path))
        self.headers = dict(request.headers)
        answers = self._answers.get(request.path, [(404, {}, lambda request: None)])
        status, headers, then = answers.pop(0) if len(answers) > 1 else answers[0]
        if then(request) is True:
            return
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()


@contextmanager
def serving() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.answer(self)

        def log_message(self, *args: object) -> None:
            """What a test wants to know is in `asked`."""

    class Server(ThreadingHTTPServer):
        daemon_threads = False

    with Server((HERE, 0), Handler) as server:
        site = Site(server.server_port)
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        try:
            yield site
        finally:
            site.closing.set()
            server.shutdown()
            thread.join()
