"""What every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.template.base import Template
from django.test import Client
from django.test.utils import _TestState, override_settings
from pytest_django.live_server_helper import LiveServer
from whitenoise.middleware import WhiteNoiseMiddleware

from agreements.dataset.load import load
from agreements.views.moments import kept
from tests.database import once

hypothesis.settings.register_profile(
    "quick", derandomize=True, max_examples=50, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile("long", hypothesis.settings.get_profile("quick"), max_examples=2000)
hypothesis.settings.load_profile("long" if os.environ.get("TEST_LONG") == "1" else "quick")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite is tested as it is run: a file with a write-ahead log, since one in memory locks differently."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(Path(settings.VAR_DIR) / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def _easy_passwords() -> Iterator[None]:
    """A slow hash and a lock-out protect people; here the one takes time, the other falls upon who uses no browser."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"], AXES_ENABLED=False):
        yield


@pytest.fixture(scope="session", autouse=True)
def _pages_made_as_for_readers(django_test_environment: None) -> Iterator[None]:
    """Django copies the context of each template for tests that ask for it. None does, and it takes a tenth longer."""
    watching, Template._render = Template._render, _TestState.saved_data.template_render
    yield
    Template._render = watching


@pytest.fixture(scope="session", autouse=True)
def _static_files_found_once() -> Iterator[None]:
    """Each test client makes the site anew; the collected files are the same all along, and many."""
    find, found = WhiteNoiseMiddleware.update_files_dictionary, {}

    def find_once(self: WhiteNoiseMiddleware, root: str, prefix: str) -> None:
        if (root, prefix) not in found:
            find(self, root, prefix)
            found[root, prefix] = dict(self.files)
        self.files.update(found[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "update_files_dictionary", find_once)
        yield


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """The site on a port of its own; static files come as in production: from WhiteNoise, by their hashed names."""
    server = LiveServer("127.0.0.1", start=False)
    server.thread.static_handler = lambda media: media.application
    server.start()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _no_page_kept(request: pytest.FixtureRequest) -> None:
    """What one test's pages were is not another's to be given, unless both read the shipped data."""
    if "shipped" not in request.fixturenames:
        kept.clear()


def load_shipped() -> None:
    load(settings.BASE_DIR / "data")


@pytest.fixture(scope="module")
def shipped(django_db_setup: None, django_db_blocker) -> Iterator[Client]:
    """A reader before the shipped data: loaded once for the whole module, taken back after it.

    Each test of the module runs inside the transaction that holds the data, so no other module ever sees it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        once(load_shipped)
        # Else PostgreSQL looks up every reference of the data at the end of each test.
        connection.check_constraints()
        kept.clear()
        yield Client()
        transaction.set_rollback(True)
