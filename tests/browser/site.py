"""The site as people meet it: gunicorn on the shipped dataset, without DEBUG, with the collected static files."""

from __future__ import annotations

import fcntl
import filecmp
import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tools.browser_code import FROM_NPM

ROOT = Path(__file__).resolve().parents[2]
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)


def refuse_stale_static_files() -> None:
    """What is served must be what is in the tree: the server takes what was collected last."""
    for source in sorted((ROOT / "static").rglob("*")):
        collected = ROOT / "var" / "static" / source.relative_to(ROOT / "static")
        if source.is_file() and not (collected.is_file() and filecmp.cmp(source, collected, shallow=False)):
            raise RuntimeError(f"{source.relative_to(ROOT)} is not collected: run `make collect`")
    for name in FROM_NPM:
        # Without npm there are no coastlines, and the map does without.
        if name.endswith(".js") and not (ROOT / "var" / "static" / "vendor" / name).is_file():
            raise RuntimeError(f"{name} is not collected: run `make collect`")


def environment(folder: Path) -> dict[str, str]:
    """What a process of the site in this folder finds around it."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "ENV_FILE": "",
        "DEBUG": "0",
        "SECRET_KEY": "a key that only the browser tests use, long enough for the deployment checks",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
        "VAR_DIR": str(folder),
        "ADMIN_PATH": "admin/",
        "REQUIRE_TOTP": "0",
        "CONTACT_EMAIL": "corrections@tracker.example",
        "BEHIND_PROXY": "0",
        "WEB_CONCURRENCY": "1",
        "SITE_URL": "http://127.0.0.1",
    }


def run(folder: Path, *command: str) -> str:
    """What a command of manage.py prints, run on the site in this folder."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment(folder),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def fill_database(folder: Path) -> None:
    """Makes the database of the folder once, whoever of the workers comes first."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / "filled").exists():
            return
        run(folder, "migrate", "--verbosity", "0")
        run(folder, "load_dataset", "data")
        (folder / "filled").touch()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the site, from its first answer until the block ends; its errors end the block with one."""
    refuse_stale_static_files()
    fill_database(folder)
    # The server inherits the open socket, so that no other process can take its port before it starts.
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)
        address = "http://{}:{}".format(*listening.getsockname())
        number = listening.fileno()
        log = folder / f"server-{listening.getsockname()[1]}.log"
        with log.open("w") as out:
            server = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--bind", f"fd://{number}", "--log-level", "warning"],
                cwd=ROOT,
                env=environment(folder) | {"SITE_URL": address},
                pass_fds=[number],
                stdout=out,
                stderr=subprocess.STDOUT,
            )
    try:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=30) as answer:
                assert answer.status == 200
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            raise RuntimeError(f"the site did not start:\n{log.read_text()}") from error
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
    assert "Traceback" not in log.read_text(), log.read_text()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's own browser; without it nothing here can be tested, and that is an error."""
    program = shutil.which("chromium")
    if not program:
        raise RuntimeError("chromium is missing: `make test` installs it, or says which package to install")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()
