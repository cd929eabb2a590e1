"""The world the tests run in, made before Django's settings are read: a pytest plugin, named in pyproject.toml.

Nothing of the developer's own reaches a test: neither `.env`, nor exported variables, nor the database.
`TEST_DATABASE` chooses the engine: `sqlite` (the default) or `postgres`, a cluster made for this run and then removed.
"""

import gc
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import pytest

from tools.postgres import Cluster, PostgresMissing

# A worker of pytest-xdist inherits the environment that its controller made, and keeps its files beside the others'.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
TEST_DATABASE = os.environ.get("TEST_DATABASE", "sqlite")
if TEST_DATABASE not in ("sqlite", "postgres"):
    sys.exit(f"TEST_DATABASE is {TEST_DATABASE!r}: expected sqlite or postgres")

if WORKER:
    FOLDER = Path(os.environ["TEST_FOLDER"])
else:
    FOLDER = Path(tempfile.mkdtemp(prefix="tracker-tests-"))
    os.environ["TEST_FOLDER"] = str(FOLDER)

CLUSTER = Cluster() if TEST_DATABASE == "postgres" and not WORKER else None
if CLUSTER:
    os.environ["TEST_CLUSTER"] = CLUSTER.url

VAR_DIR = FOLDER / (WORKER or "main")

os.environ.update(
    ENV_FILE="",
    DEBUG="0",
    SECRET_KEY="a key that only the tests use, long enough for the deployment checks",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    SITE_URL="http://testserver",
    DATABASE_URL=os.environ["TEST_CLUSTER"] if TEST_DATABASE == "postgres" else f"sqlite:///{VAR_DIR}/tracker.sqlite3",
    VAR_DIR=str(VAR_DIR),
    ADMIN_PATH="admin/",
    TWO_PERSON_RULE="1",
    REQUIRE_TOTP="0",
    FEED_AUTHORITY="",
    CONTACT_EMAIL="corrections@tracker.example",
    BEHIND_PROXY="0",
    # Playwright's synchronous interface keeps an event loop in the thread of the test, which Django takes for an
    # asynchronous caller.
    DJANGO_ALLOW_ASYNC_UNSAFE="1",
)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart() -> None:
    if WORKER:
        return
    # A build that is called off is told so by this signal, and tidies up like one stopped by Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if CLUSTER:
        try:
            CLUSTER.start()
        except PostgresMissing as missing:
            pytest.exit(f"{missing}: `make test` installs them", returncode=1)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was imported stays to the end: to look through it for garbage again and again took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    if CLUSTER:
        CLUSTER.stop()
    if not WORKER:
        shutil.rmtree(FOLDER, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A test that was skipped has not passed: the run fails."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not WORKER and reporter and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_report_header() -> str:
    return f"database: {TEST_DATABASE}"
