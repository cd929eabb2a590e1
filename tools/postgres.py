"""A PostgreSQL cluster to throw away: on a socket in a temporary folder, never on a port, gone when it is closed."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

SUPERUSER = "postgres"

# Nothing in it outlives the run, so it need not survive a power cut.
SPEED = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# What a test writes is never committed: whoever counts it finds nothing, and every query is planned for empty tables.
SPEED |= {"autovacuum": "off", "jit": "off"}


class PostgresMissing(RuntimeError):
    """The server's programs are not installed."""


def bin_dir() -> Path:
    """The folder of the newest server programs of this machine."""
    found = []
    if pg_config := shutil.which("pg_config"):
        found.append(Path(subprocess.run([pg_config, "--bindir"], capture_output=True, text=True).stdout.strip()))
    by_version = (path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit())
    found += sorted(by_version, key=lambda path: int(path.parent.name), reverse=True)
    # pg_config comes with the client's headers too: only a folder that holds the server counts.
    for folder in found:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    raise PostgresMissing("PostgreSQL's server programs (initdb, postgres) were not found")


class Cluster:
    """Made by `start`, removed by `stop`; `url` is its DATABASE_URL and is known before it starts."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tracker-pg-"))
        self.url = f"postgres://{SUPERUSER}@/{self.folder}/tracker"
        self._server: subprocess.Popen | None = None

    def start(self) -> None:
        programs = bin_dir()
        # The server refuses root, and looks at the owner of its folder.
        if os.geteuid() == 0:
            shutil.chown(self.folder, SUPERUSER)
        initdb = [str(programs / "initdb"), "--pgdata", str(self.folder / "data"), "--username", SUPERUSER]
        initdb += ["--auth", "trust", "--encoding", "UTF8", "--no-sync", "--no-instructions", *_collation(programs)]
        self._run(initdb)
        options = SPEED | {"listen_addresses": "", "unix_socket_directories": str(self.folder)}
        server = [str(programs / "postgres"), "-D", str(self.folder / "data")]
        server += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("wb") as log:
            self._server = subprocess.Popen(
                self._as_server(server), stdout=log, stderr=log, cwd="/", start_new_session=True
            )
        self._wait_until_ready(programs)
        self._run([str(programs / "createdb"), "-h", str(self.folder), "-U", SUPERUSER, "tracker"])

    def stop(self) -> None:
        if self._server is not None:
            pid_file = self.folder / "data" / "postmaster.pid"
            if pid_file.exists():
                # "Immediate": what it would tidy up is removed with the folder.
                self._run([str(bin_dir() / "pg_ctl"), "stop", "-D", str(self.folder / "data"), "-m", "immediate"])
            self._server.wait(timeout=30)
            self._server = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "Cluster":
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _as_server(self, command: list[str]) -> list[str]:
        return ["runuser", "-u", SUPERUSER, "--", *command] if os.geteuid() == 0 else command

    def _run(self, command: list[str]) -> None:
        done = subprocess.run(self._as_server(command), capture_output=True, text=True, cwd="/")
        if done.returncode:
            raise RuntimeError(f"{Path(command[0]).name} failed: {done.stdout}{done.stderr}")

    def _wait_until_ready(self, programs: Path, seconds: float = 30) -> None:
        question = [str(programs / "pg_isready"), "-q", "-h", str(self.folder)]
        deadline = time.monotonic() + seconds
        while subprocess.run(question, capture_output=True).returncode:
            if self._server is None or self._server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {(self.folder / 'log').read_text(errors='replace')}")
            time.sleep(0.02)


def _collation(programs: Path) -> list[str]:
    """A collation unlike SQLite's, so that a test fails where an order is left to the database."""
    version = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True).stdout
    major = int(version.rsplit("PostgreSQL)", 1)[-1].split()[0].split(".")[0])
    return ["--locale-provider=icu", "--icu-locale=en-US", "--locale=C.UTF-8"] if major >= 15 else ["--locale=C.UTF-8"]
