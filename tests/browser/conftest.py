"""One server and one browser for all; each test has its own pages, and every page is watched."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from tests.browser.desk import Editors, copy_site, make_editor
from tests.browser.site import chromium, served

# Milliseconds: a machine that does much else at once is no fault of a page.
PATIENCE = 15_000


FOLDER = Path(os.environ["TEST_FOLDER"])
READERS = FOLDER / "browser"
DESK = FOLDER / f"desk-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the site that all readers share; nothing that is tested writes to it."""
    with served(READERS) as address:
        yield address


@pytest.fixture(scope="session")
def desk_site() -> Iterator[str]:
    """The address of a site that tests may write to, with the two-person rule; what one writes, the next finds."""
    copy_site(READERS, DESK)
    with served(DESK) as address:
        yield address


@pytest.fixture(scope="session")
def editors(desk_site: str) -> Editors:
    return Editors(
        make_editor(DESK, "ada", "editor"),
        make_editor(DESK, "bea", "editor"),
        make_editor(DESK, "cleo", "contributor"),
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with chromium() as started:
        yield started


@dataclass
class Watch:
    """What the pages of one test asked for, and what went wrong on them."""

    host: str
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    expected_status: int | None = None

    def asked_for(self, part: str) -> list[str]:
        return [path for path in self.asked if part in path]

    def over(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self._asked(request.url))
        context.on("requestfailed", lambda request: self._failed(request.url, request.failure))
        context.on("response", self._answered)
        context.on("console", lambda message: self._said(message.type, message.text))
        context.on("weberror", lambda error: self.faults.append(f"error on the page: {error.error}"))

    def _failed(self, url: str, failure: str | None) -> None:
        # A page that is left cuts off what it had asked for; what is refused or not found fails by other names.
        if failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {url} {failure}")

    def _asked(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme in ("data", "blob"):
            return
        self.asked.append(address.path)
        if address.netloc != self.host:
            self.faults.append(f"another host: {url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status != self.expected_status:
            self.faults.append(f"{response.status}: {response.url}")

    def _said(self, kind: str, text: str) -> None:
        expected = self.expected_status and f"status of {self.expected_status}" in text
        if kind in ("error", "warning") and not expected:
            self.faults.append(f"console: {text}")


@contextmanager
def watching(site: str) -> Iterator[Watch]:
    watch = Watch(urlsplit(site).netloc)
    yield watch
    assert watch.faults == []


@contextmanager
def opening(browser: Browser, site: str, watch: Watch) -> Iterator[Callable[..., Page]]:
    contexts = []

    def open_page(path: str, *, width: int = 1280, height: int = 800, **options) -> Page:
        options = {"reduced_motion": "reduce", "viewport": {"width": width, "height": height}} | options
        context = browser.new_context(base_url=site, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watch.over(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def watch(site: str) -> Iterator[Watch]:
    """Ends the test as failed on a console error (a breach of the content security policy is one), an error on a page,
    a request that failed, or one to another host."""
    with watching(site) as watch:
        yield watch


@pytest.fixture
def open_page(browser: Browser, site: str, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Opens an address in a browser of its own: `width`, `height` and Playwright's options of a context."""
    with opening(browser, site, watch) as open_page:
        yield open_page


@pytest.fixture
def desk_watch(desk_site: str) -> Iterator[Watch]:
    """As `watch`, at the desk."""
    with watching(desk_site) as watch:
        yield watch


@pytest.fixture
def open_desk(browser: Browser, desk_site: str, desk_watch: Watch) -> Iterator[Callable[..., Page]]:
    """As `open_page`, at the desk: each page in a browser of its own, in which nobody is signed in yet."""
    with opening(browser, desk_site, desk_watch) as open_page:
        yield open_page
