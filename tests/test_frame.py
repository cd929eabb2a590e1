"""The frame: settings, Makefile, programs for it, images, and what the operator asks of the site."""

import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from agreements.roles import ROLES, permissions_of
from tools import browser_code, demo_environment, serve, system_packages

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {"SECRET_KEY": "long, random, and for these tests only: 0123456789", "ALLOWED_HOSTS": "tracker.example"}


def run_python(
    *arguments: str, environment: dict[str, str], env_file: str | Path = ""
) -> subprocess.CompletedProcess[str]:
    """Python in a process of its own, which knows nothing but `environment` and `env_file`."""
    alone = {"PATH": os.environ["PATH"], "VAR_DIR": os.environ["VAR_DIR"], "ENV_FILE": str(env_file)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=alone | environment, capture_output=True, text=True, check=False
    )


def read_settings(*names: str, environment: dict[str, str], env_file: str | Path = "") -> list:
    program = f"import json; from tracker import settings as s; print(json.dumps([getattr(s, n) for n in {names!r}]))"
    done = run_python("-c", program, environment=environment, env_file=env_file)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# --- Settings -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"ALLOWED_HOSTS": "tracker.example"}, "SECRET_KEY"),
        ({"SECRET_KEY": "x" * 50}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS"),
        (PRODUCTION | {"DATABASE_URL": "mysql://root:hunter2@host/name"}, "DATABASE_URL"),
        (PRODUCTION | {"SITE_URL": "tracker.example"}, "SITE_URL"),
        (PRODUCTION | {"SITE_URL": "https://tracker.example/path"}, "SITE_URL"),
        (PRODUCTION | {"FEED_AUTHORITY": "https://tracker.example"}, "FEED_AUTHORITY"),
        (PRODUCTION | {"ADMIN_PATH": "/"}, "ADMIN_PATH"),
        (PRODUCTION | {"TWO_PERSON_RULE": "ture"}, "TWO_PERSON_RULE"),
        (PRODUCTION | {"DEBUG": "maybe"}, "DEBUG"),
    ],
)
def test_a_setting_that_is_missing_or_wrong_stops_the_start_with_one_clear_line(environment, named):
    done = run_python("manage.py", "check", environment=environment)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(f"tracker: {named} ")
    assert "hunter2" not in done.stderr


def test_debug_works_with_nothing_else_set():
    done = run_python("manage.py", "check", environment={"DEBUG": "1"})
    assert done.returncode == 0, done.stderr


def test_what_is_not_said_is_strict():
    names = ["DEBUG", "TWO_PERSON_RULE", "REQUIRE_TOTP", "SITE_URL", "SECURE_PROXY_SSL_HEADER", "SESSION_COOKIE_SECURE"]
    assert read_settings(*names, environment=PRODUCTION) == [False, True, True, "https://tracker.example", None, True]


@pytest.mark.parametrize(("address", "secure"), [("https://tracker.example", True), ("http://127.0.0.1:8000", False)])
def test_cookies_and_redirects_follow_the_scheme_of_the_sites_address(address, secure):
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"]
    values = read_settings(*names, environment=PRODUCTION | {"SITE_URL": address})
    assert [bool(value) for value in values] == [secure] * 4


@pytest.mark.parametrize(
    ("environment", "authority"),
    [
        ({}, "tracker.example"),
        ({"SITE_URL": "http://127.0.0.1:8000"}, "127.0.0.1"),
        ({"SITE_URL": "http://[::1]:8000"}, "--1"),
        ({"SITE_URL": "https://flüchtlinge.example"}, "xn--flchtlinge-beb.example"),
        ({"SITE_URL": "https://new.example", "FEED_AUTHORITY": "old.example"}, "old.example"),
    ],
)
def test_the_ids_of_feeds_are_under_the_sites_name_or_the_one_it_began_with(environment, authority):
    assert read_settings("FEED_AUTHORITY", environment=PRODUCTION | environment) == [authority]


def test_the_environment_beats_the_env_file(tmp_path):
    env_file = tmp_path / "environment"
    env_file.write_text("SECRET_KEY=of the file\nALLOWED_HOSTS=file.example\nCONTACT_EMAIL=file@tracker.example\n")
    values = read_settings(
        "SECRET_KEY", "ALLOWED_HOSTS", "CONTACT_EMAIL", environment={"ALLOWED_HOSTS": "one,two"}, env_file=env_file
    )
    assert values == ["of the file", ["one", "two"], "file@tracker.example"]


def test_both_databases_are_taken_from_an_address():
    [databases] = read_settings("DATABASES", environment=PRODUCTION | {"DATABASE_URL": "sqlite:////tmp/a.sqlite3"})
    assert databases["default"]["NAME"] == "/tmp/a.sqlite3"
    assert "journal_mode=WAL" in databases["default"]["OPTIONS"]["init_command"]
    environment = PRODUCTION | {"DATABASE_URL": "postgres://someone:p%40ss@db.example:5433/tracker?sslmode=require"}
    [databases] = read_settings("DATABASES", environment=environment)
    found = {key: databases["default"][key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert found == {"NAME": "tracker", "USER": "someone", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": 5433}
    assert databases["default"]["OPTIONS"]["sslmode"] == "require"
    assert "pool" in databases["default"]["OPTIONS"]


def test_the_operators_manual_names_every_variable():
    asked = re.findall(r'(?:env\.\w+|_switch|os\.environ\.get)\(\s*"([A-Z_]+)"', source("tracker/settings.py"))
    asked += re.findall(r'os\.environ\.get\("([A-Z_]+)"', source("gunicorn.conf.py"))
    assert len(asked) > 10
    described = re.findall(r"^\| `([A-Z_]+)` \|", source("docs/operating.md"), re.MULTILINE)
    assert sorted(asked) == sorted(described)


# --- Makefile -------------------------------------------------------------------------------------
def source(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def make(*arguments: str) -> str:
    # Alone, even where `make test` runs this.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def test_make_alone_lists_each_target_on_a_line_and_the_manual_names_each():
    listed = [line.split()[1] for line in make().splitlines()]
    assert {"help", "run", "test", "test-long", "lint", "lock", "bench", "clean"} <= set(listed)
    for target in listed:
        assert f"`make {target}`" in source("docs/operating.md")


def test_make_run_installs_nothing_that_only_tests_need():
    steps = make("--always-make", "--dry-run", "run")
    assert "-r requirements.txt" in steps
    assert "requirements-dev" not in steps
    assert "pytest" not in source("requirements.txt")


def test_no_registry_is_written_down():
    for path in ["Makefile", "requirements.txt", "requirements-dev.txt", ".npmrc", "package-lock.json", ".ci/run"]:
        assert not re.search(r"https?://|index-url", source(path)), path


def test_the_nightly_build_runs_lint_and_tests_and_nothing_else():
    commands = [line for line in source(".ci/run").splitlines() if not re.match(r"#|set |cd |$", line)]
    assert commands == ["make lint", "make test"]
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_a_skipped_test_fails_the_run(tmp_path):
    (tmp_path / "test_skips.py").write_text("import pytest\ndef test_it():\n    pytest.skip('no reason')\n")
    command = ["-m", "pytest", "-c", "pyproject.toml", "--rootdir", str(ROOT), str(tmp_path)]
    done = run_python(*command, environment={})
    assert "1 skipped" in done.stdout
    assert done.returncode == 1


# --- The programs behind it -----------------------------------------------------------------------
def test_the_demos_environment_is_private_random_and_never_overwritten(tmp_path):
    written = []
    for name in ("one", "two"):
        done = run_python("-m", "tools.demo_environment", str(tmp_path / name), "8123", environment={})
        assert done.returncode == 0, done.stderr
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
        written.append(dict(re.findall(r"^(\w+)=(.*)$", (tmp_path / name).read_text(), re.MULTILINE)))
    keys = {values.pop("SECRET_KEY") for values in written}
    assert len(keys) == 2
    assert min(map(len, keys)) >= 50
    assert written[0] == {
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "SITE_URL": "http://127.0.0.1:8123",
        "TWO_PERSON_RULE": "0",
        "REQUIRE_TOTP": "0",
    }
    again = run_python("-m", "tools.demo_environment", str(tmp_path / "one"), "8123", environment={})
    assert again.returncode != 0


def test_the_demos_environment_is_enough_to_start(tmp_path):
    file = tmp_path / "environment"
    file.write_text(demo_environment.TEMPLATE.format(key="k" * 50, port=8000))
    assert read_settings(
        "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "TWO_PERSON_RULE", environment={}, env_file=file
    ) == [
        ["localhost", "127.0.0.1", "[::1]"],
        False,
        False,
    ]


def test_a_port_in_use_is_refused_with_the_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"Port {port} cannot be used .*make run PORT={port + 1}"):
            serve.refuse_a_port_in_use(port)


class FakeDebian:
    """A machine without PostgreSQL and Chromium, on which apt-get brings both."""

    def __init__(self) -> None:
        self.installed = False
        self.calls: list[list[str]] = []

    def missing(self) -> list[str]:
        return [] if self.installed else ["chromium", "postgresql"]

    def run(self, command: list[str], **_: object) -> None:
        self.calls.append(command)
        self.installed = "install" in command


@pytest.fixture
def debian(monkeypatch: pytest.MonkeyPatch) -> FakeDebian:
    machine = FakeDebian()
    monkeypatch.setattr(system_packages, "missing_for_tests", machine.missing)
    monkeypatch.setattr(system_packages.subprocess, "run", machine.run)
    return machine


def test_missing_programs_are_installed_where_that_is_allowed_and_said(debian, monkeypatch, capsys):
    monkeypatch.setattr(system_packages, "may_install", lambda: True)
    system_packages.see_to_tests()
    assert [call[:2] for call in debian.calls] == [["apt-get", "update"], ["apt-get", "install"]]
    assert debian.calls[1][-2:] == ["chromium", "postgresql"]
    assert "chromium postgresql" in capsys.readouterr().out
    system_packages.see_to_tests()
    assert len(debian.calls) == 2


def test_missing_programs_are_named_where_they_cannot_be_installed(debian, monkeypatch):
    monkeypatch.setattr(system_packages, "may_install", lambda: False)
    with pytest.raises(SystemExit, match="chromium postgresql"):
        system_packages.see_to_tests()
    assert debian.calls == []


def test_a_machine_without_the_programs_is_told_from_one_with_them(monkeypatch):
    assert system_packages.missing_for_tests() == []
    monkeypatch.setattr(shutil, "which", lambda program: None)
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter([]))
    assert system_packages.missing_for_tests() == ["chromium", "fonts-dejavu-core", "postgresql"]


def version_of_plotly(file: Path) -> str:
    return re.search(r"plotly\.js (?:\(\w+ - minified\) )?v([\d.]+)", file.read_text(encoding="utf-8")[:400])[1]


PLOTLY = {"plotly-basic.min.js": "plotly.js-basic-dist-min", "plotly-geo.min.js": "plotly.js-geo-dist-min"}


@pytest.mark.parametrize("name", PLOTLY)
def test_charts_are_checked_by_the_version_of_plotly_that_draws_them(monkeypatch, name):
    wanted = json.loads(source("package.json"))["dependencies"][PLOTLY[name]]
    assert version_of_plotly(browser_code.VENDOR / name) == wanted
    monkeypatch.setattr(shutil, "which", lambda program: None)
    assert version_of_plotly(browser_code.files()[name]) == wanted


def test_without_npm_every_script_is_there_and_only_the_coastlines_are_missing(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda program: None)
    assert set(browser_code.FROM_NPM) - set(browser_code.files()) == {"world_110m.json"}


def test_the_image_has_the_same_browser_code():
    assert re.findall(r"/browser/node_modules/(\S+)", source("Dockerfile")) == [
        browser_code.FROM_NPM[name] for name in ("plotly-basic.min.js", "plotly-geo.min.js", "world_110m.json")
    ]


# --- Images ---------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load(source("docker-compose.yml"))


def test_the_database_has_a_volume_and_no_port_outside(compose):
    database = compose["services"]["db"]
    assert re.fullmatch(r"postgres:(1[4-9]|[2-9]\d)", database["image"])
    assert "ports" not in database
    assert "network_mode" not in database
    [volume] = database["volumes"]
    assert volume.split(":")[0] in compose["volumes"]


def test_no_secret_has_a_default(compose):
    for service in compose["services"].values():
        for name, value in service["environment"].items():
            if re.search("PASSWORD|SECRET", name):
                assert re.fullmatch(r"\$\{(POSTGRES_PASSWORD|SECRET_KEY):\?[^}]+\}", value), name
    assert "POSTGRES_HOST_AUTH_METHOD" not in source("docker-compose.yml")
    assert not re.search(r"://[^/\s]*:[^/\s]*@", source("docker-compose.yml"))
    assert "SECRET_KEY" not in source("Dockerfile")


def test_the_site_waits_for_a_healthy_migrated_database_and_says_that_it_is_well(compose):
    services = compose["services"]
    assert {name for name, service in services.items() if service.get("healthcheck", {}).get("test")} == {"db", "web"}
    assert "pg_isready" in services["db"]["healthcheck"]["test"]
    assert "http://127.0.0.1:8000/readyz" in services["web"]["healthcheck"]["test"][-1]
    assert services["web"]["depends_on"] == {
        "db": {"condition": "service_healthy"},
        "prepare": {"condition": "service_completed_successfully"},
    }
    assert services["prepare"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    assert "manage.py migrate" in services["prepare"]["command"]


def test_the_site_is_published_to_this_machine_only_and_kept_by_a_real_server(compose):
    [port] = compose["services"]["web"]["ports"]
    assert port.startswith("127.0.0.1:")
    assert "command" not in compose["services"]["web"]
    assert re.search(r'^CMD \["gunicorn"', source("Dockerfile"), re.MULTILINE)
    assert re.findall(r"^USER (\w+)$", source("Dockerfile"), re.MULTILINE) == ["tracker"]


def test_what_compose_sets_is_what_the_settings_read(compose):
    described = re.findall(r"^\| `([A-Z_]+)` \|", source("docs/operating.md"), re.MULTILINE)
    assert set(compose["services"]["web"]["environment"]) <= {*described, "PGPASSWORD"}


def test_secrets_data_and_history_stay_out_of_the_image():
    assert {".env", "var", ".git", ".venv", "node_modules"} <= set(source(".dockerignore").splitlines())


# --- An account -----------------------------------------------------------------------------------
def create_editor(*arguments: str) -> str:
    out = StringIO()
    call_command("create_editor", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_an_account_is_made_with_its_role_and_a_password_that_is_printed(role):
    password = re.search(r"^password: (\S+)$", create_editor("ada", "--role", role), re.MULTILINE)[1]
    user = authenticate(username="ada", password=password)
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert [group.name for group in user.groups.all()] == [role]
    assert user.get_all_permissions() == permissions_of(role)
    assert len(password) >= 20


@pytest.mark.django_db
def test_two_accounts_have_two_passwords_and_editor_is_the_role_unless_said():
    passwords = {re.search(r"password: (\S+)", create_editor(name))[1] for name in ("ada", "bob")}
    assert len(passwords) == 2
    assert {g.name for u in get_user_model().objects.all() for g in u.groups.all()} == {"editor"}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "why"), [("ada", "already exists"), ("a b", "valid username"), ("", "blank")])
def test_a_name_that_cannot_be_had_is_refused_with_one_line(name, why):
    create_editor("ada")
    with pytest.raises(CommandError, match=why) as refused:
        create_editor(name)
    assert len(str(refused.value).splitlines()) == 1
    assert get_user_model().objects.count() == 1


# --- Is it well? ----------------------------------------------------------------------------------
def assert_plain_and_never_kept(response) -> None:
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in response.headers["Cache-Control"]
    assert len(response.text.splitlines()) == 1


def test_the_process_lives_and_asks_no_database_and_no_host(client):
    # Without the django_db mark any query fails the test.
    response = client.get("/healthz", headers={"host": "10.1.2.3:8000"})
    assert response.status_code == 200
    assert_plain_and_never_kept(response)


@pytest.mark.django_db
def test_the_site_is_ready_with_a_migrated_database(client):
    response = client.get("/readyz", headers={"host": "10.1.2.3:8000"})
    assert (response.status_code, response.text) == (200, "ok\n")
    assert_plain_and_never_kept(response)


@pytest.mark.django_db
def test_the_site_is_not_ready_while_a_migration_is_missing(client):
    MigrationRecorder.Migration.objects.filter(app="agreements").latest("pk").delete()
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (503, "the database is not migrated\n")
    assert_plain_and_never_kept(response)


READYZ = """
import django; django.setup()
from django.test import Client
response = Client().get("/readyz")
print(response.status_code, response.text)
"""


@pytest.mark.parametrize(
    "address", ["sqlite:////no/such/folder/tracker.sqlite3", "postgres://ada:hunter2@/%2Fno%2Fsuch%2Ffolder/tracker"]
)
def test_the_site_is_not_ready_while_the_database_is_away(address):
    environment = PRODUCTION | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tracker.settings"}
    done = run_python("-c", READYZ, environment=environment)
    assert done.stdout.strip() == "503 the database cannot be reached"


@pytest.fixture(scope="module")
def production() -> Iterator[str]:
    """The site as an operator runs it behind a proxy: gunicorn, TLS in front. Gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    environment = PRODUCTION | {"BEHIND_PROXY": "1", "ENV_FILE": "", "PATH": os.environ["PATH"]}
    environment |= {"VAR_DIR": os.environ["VAR_DIR"], "DATABASE_URL": os.environ["DATABASE_URL"]}
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--bind", address], cwd=ROOT, env=environment, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and server.poll() is None:
        try:
            ask(address, "/healthz")
            break
        except OSError:
            time.sleep(0.05)
    yield address
    server.terminate()
    server.communicate(timeout=20)


class Unredirected(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def ask(address: str, path: str, **headers: str):
    request = urllib.request.Request(f"http://{address}{path}", headers=headers)
    try:
        return urllib.request.build_opener(Unredirected).open(request, timeout=10)
    except urllib.error.HTTPError as response:
        return response


def test_in_production_a_probe_needs_neither_name_nor_tls_and_a_visitor_needs_both(production):
    with ask(production, "/healthz") as probe:
        assert probe.status == 200
    with ask(production, "/admin/login/") as nameless:
        assert nameless.status == 400
    with ask(production, "/admin/login/", Host="tracker.example") as plain:
        assert (plain.status, plain.headers["Location"]) == (301, "https://tracker.example/admin/login/")
    secure = {"Host": "tracker.example", "X-Forwarded-Proto": "https"}
    with ask(production, "/admin/login/", **secure) as visit:
        assert visit.status == 200
        assert visit.headers["Strict-Transport-Security"]
        assert "Secure" in visit.headers["Set-Cookie"]
        page = visit.read().decode()
    stylesheet = re.search(r'href="(/static/admin/css/base\.[0-9a-f]{12}\.css)"', page)[1]
    with ask(production, stylesheet, **secure) as static:
        assert static.status == 200
        assert "immutable" in static.headers["Cache-Control"]


@pytest.mark.django_db
def test_the_desk_takes_a_form_under_each_name_of_this_machine_on_any_port():
    create_editor("ada")
    for host in ("127.0.0.1:9123", "localhost:9123"):
        client = Client(enforce_csrf_checks=True, headers={"host": host})
        client.get("/admin/login/")
        form = {"username": "ada", "password": "wrong", "csrfmiddlewaretoken": client.cookies["csrftoken"].value}
        response = client.post("/admin/login/", form, headers={"origin": f"http://{host}"})
        assert response.status_code == 200
        strange = client.post("/admin/login/", form, headers={"origin": "http://elsewhere.example"})
        assert strange.status_code == 403


def test_the_package_that_carries_plotly_is_one_that_make_run_installs():
    assert find_spec("plotly")
    assert re.search(r"^plotly==", source("requirements.txt"), re.MULTILINE)


def test_a_get_with_an_odd_charset_is_answered_as_any_other(monkeypatch):
    from tracker import wsgi

    seen = []
    monkeypatch.setattr(wsgi, "_django", lambda environ, start_response: seen.append(environ) or [b""])
    wsgi.application({"REQUEST_METHOD": "GET", "CONTENT_TYPE": "text/plain; charset=undefined"}, lambda *_args: None)
    wsgi.application({"REQUEST_METHOD": "POST", "CONTENT_TYPE": "text/plain"}, lambda *_args: None)
    assert [environ.get("CONTENT_TYPE") for environ in seen] == [None, "text/plain"]
