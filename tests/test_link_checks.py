"""What the check of the sources' addresses records, whom it asks first, and that it changes no record."""

import datetime as dt
import io
import re
import socket
import threading
from functools import partial

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from agreements.link_checks import WrongOption, check, dead, moved
from agreements.management.commands import check_links
from agreements.models import Edition, LinkCheck, Source
from agreements.vocabulary import LinkState, State
from agreements.web import Guard, Patience, Web
from tests.factories import make_source, make_statement
from tests.sites import HERE, serving

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def site():
    with serving() as site:
        yield site


def at(site):
    """Asks the site at once, however often and whatever pause there should be."""
    return partial(Web, guard=site.guard(), sleep=lambda seconds: None)


def run(site, *, now=NOON, **options):
    return check(web=at(site), now=lambda: now, **options)


def make_check(source, *, url=None, state=LinkState.WORKS, checked_at=NOON, failing_since=None):
    return LinkCheck.objects.create(
        source=source, url=url or source.url, state=state, checked_at=checked_at, failing_since=failing_since
    )


def asked(site):
    return [path for _host, path in site.asked]


# --- What is recorded -----------------------------------------------------------------------------


def test_a_document_that_is_there_works(site):
    source = make_source(url=site.says("/page"))
    [found] = run(site)
    assert LinkCheck.objects.values().get() == {
        "id": found.pk,
        "source_id": source.pk,
        "url": site.url("/page"),
        "state": LinkState.WORKS,
        "status": 200,
        "location": "",
        "detail": "",
        "checked_at": NOON,
        "failing_since": None,
    }


def test_a_document_that_moved_for_good_has_its_new_address(site):
    make_source(url=site.says("/old", 301, Location="/older"))
    site.says("/older", 308, Location=site.url("/new?a=b", "two.test"))
    site.says("/new?a=b")
    [found] = run(site)
    new = site.url("/new?a=b", "two.test")
    assert (found.state, found.status, found.location) == (LinkState.MOVED, 200, new)
    assert found.detail == f"It redirects to {new}. Readers are sent there for good."
    assert found.failing_since is None


@pytest.mark.parametrize("status", [301, 308])
@pytest.mark.parametrize("path", ["/page/", "/page?utm_source=feed", "/page#top"])
def test_another_spelling_of_the_address_is_no_move(site, status, path):
    make_source(url=site.says("/page", status, Location=site.url(path, "www.one.test")))
    site.says("/page")
    site.says(path)
    [found] = run(site)
    assert (found.state, found.location, found.detail) == (LinkState.WORKS, "", "")


@pytest.mark.parametrize("statuses", [[302], [303], [307], [301, 302], [307, 308]])
def test_a_redirect_for_the_time_being_works(site, statuses):
    for number, status in enumerate(statuses):
        site.says(f"/{number}", status, Location=f"/{number + 1}")
    site.says(f"/{len(statuses)}")
    make_source(url=site.url("/0"))
    [found] = run(site)
    assert (found.state, found.location) == (LinkState.WORKS, "")


@pytest.mark.parametrize(
    ("status", "state", "detail"),
    [
        (404, LinkState.DEAD, "The document is gone (404 Not Found)."),
        (410, LinkState.DEAD, "The document is gone (410 Gone)."),
        (401, LinkState.UNCLEAR, "The site answers 401 Unauthorized."),
        (403, LinkState.UNCLEAR, "The site answers 403 Forbidden."),
        (429, LinkState.UNCLEAR, "The site answers 429 Too Many Requests."),
        (451, LinkState.UNCLEAR, "The site answers 451 Unavailable For Legal Reasons."),
        (500, LinkState.UNCLEAR, "The site answers 500 Internal Server Error."),
        (302, LinkState.UNCLEAR, "The site answers 302 Found."),
        (999, LinkState.UNCLEAR, "The site answers 999."),
    ],
)
def test_a_document_that_does_not_come_fails(site, status, state, detail):
    make_source(url=site.says("/page", status))
    [found] = run(site)
    assert (found.state, found.status, found.detail, found.failing_since) == (state, status, detail, NOON)


def test_a_document_that_is_gone_from_where_it_moved_is_dead(site):
    make_source(url=site.says("/old", 301, Location="/new"))
    [found] = run(site)
    assert (found.state, found.status, found.location) == (LinkState.DEAD, 404, "")
    assert found.detail == f"It redirects to {site.url('/new')}. The document is gone (404 Not Found)."


@pytest.mark.parametrize("status", [301, 302])
@pytest.mark.parametrize("path", ["/2025/05/report", "/?p=123"])
@pytest.mark.parametrize("host", ["one.test", "two.test"])
def test_a_front_page_in_place_of_the_document_is_death(site, status, path, host):
    make_source(url=site.says(path, status, Location=site.url("/", host)))
    site.says("/")
    [found] = run(site)
    assert (found.state, found.status, found.failing_since) == (LinkState.DEAD, 200, NOON)
    assert found.detail == (
        f"It redirects to {site.url('/', host)}. That is a front page: the document itself is gone."
    )


def test_a_source_that_is_a_front_page_may_move_to_another(site):
    make_source(url=site.says("/", 301, Location=site.url("/home", "two.test")))
    site.says("/home", 301, Location="/2")
    site.says("/2")
    [found] = run(site)
    assert found.state == LinkState.MOVED


def test_a_site_that_is_gone_is_dead_and_one_that_is_silent_is_not(site):
    def resolve(host):
        if host == "gone.test":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [HERE]

    make_source("gone", url="https://gone.test/page")
    make_source("silent", url=site.says("/silent", then=lambda request: site.closing.wait(5)))
    guard = Guard(resolve=resolve, is_public=lambda address: True, ports=frozenset({443, site.port}))
    web = partial(Web, guard=guard, patience=Patience(silence=0.2), sleep=lambda seconds: None)
    found = {each.source_id: each for each in check(web=web, now=lambda: NOON)}
    assert (found["gone"].state, found["gone"].detail) == (LinkState.DEAD, "There is no host of that name.")
    assert (found["silent"].state, found["silent"].detail) == (LinkState.UNCLEAR, "No answer came in time.")
    assert {each.status for each in found.values()} == {None}


def test_what_the_guard_refuses_is_not_asked(site):
    make_source("inside", url="http://169.254.169.254/latest/")
    make_source("led-inside", url=site.says("/page", 301, Location="http://10.0.0.1/"))
    found = {each.source_id: each for each in run(site)}
    assert {each.state for each in found.values()} == {LinkState.FORBIDDEN}
    assert found["inside"].status is None
    assert found["led-inside"].status == 301
    assert found["led-inside"].detail == (
        "It redirects to http://10.0.0.1/. The host is at 10.0.0.1, which is not public."
    )
    assert {each.failing_since for each in found.values()} == {None}


def test_a_failure_keeps_its_first_day_until_the_document_is_back(site):
    for status in (404, 503, 503, 503, 410, 200, 404):
        site.says("/page", status)
    make_source(url=site.url("/page"))
    since = [run(site, now=NOON + days * DAY, older_than=0)[0].failing_since for days in range(5)]
    assert since == [NOON, NOON, NOON, None, NOON + 4 * DAY]
    assert LinkCheck.objects.count() == 1


def test_a_corrected_address_fails_from_its_own_first_failure_on(site):
    source = make_source(url=site.url("/gone"))
    run(site)
    Source.objects.filter(pk=source.pk).update(url=site.url("/gone-too"), url_key="elsewhere")
    [found] = run(site, now=NOON + DAY)
    assert (found.url, found.failing_since) == (site.url("/gone-too"), NOON + DAY)


def test_nothing_but_checks_is_written(site):
    for number, status in enumerate((200, 301, 404, 503)):
        make_statement(sources=[make_source(url=site.says(f"/{number}", status, Location="/new"))])
    make_source(url=site.says("/draft"), state=State.DRAFT)
    site.says("/new")

    def rows():
        return {
            model.__name__: list(model._base_manager.order_by("pk").values())
            for model in apps.get_models()
            if model is not LinkCheck
        }

    before = rows()
    assert before[Edition.__name__]
    assert before["HistoricalSource"]
    assert len(run(site)) == Source.objects.count()
    assert rows() == before


def test_the_threads_that_ask_open_no_database(site):
    opened = []
    guard = site.guard()

    def resolve(host):
        opened.append((threading.current_thread() is threading.main_thread(), connection.connection is not None))
        return guard.resolve(host)

    for number in range(3):
        make_source(url=site.url(site.says(f"/{number}") and f"/{number}", f"host-{number}.test"))
    looking = Guard(resolve=resolve, is_public=guard.is_public, ports=guard.ports)
    check(web=partial(Web, guard=looking), now=lambda: NOON)
    assert opened == [(False, False)] * 3


def test_an_interrupt_leaves_what_was_recorded(site):
    for number in range(5):
        make_source(url=site.says(f"/{number}"))

    def interrupt(stage, done, total):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(site, progress=interrupt)
    assert LinkCheck.objects.count() == 2
    assert len(site.asked) == 2
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("check-links")]


def test_a_source_that_is_deleted_while_it_is_asked_is_passed_over(site):
    sources = [make_source(url=site.says(f"/{number}"), state=State.DRAFT) for number in range(2)]
    found = run(site, progress=lambda stage, done, total: sources[1].delete() if done == 1 else None)
    assert [each.source_id for each in found] == [sources[0].pk]


# --- Whom it asks ---------------------------------------------------------------------------------


def test_those_never_asked_come_first_then_those_asked_longest_ago(site):
    sources = {name: make_source(name, url=site.says(f"/{name}")) for name in ("a", "b", "c", "d", "e")}
    make_check(sources["a"], checked_at=NOON - 31 * DAY)
    make_check(sources["b"], checked_at=NOON - 90 * DAY)
    make_check(sources["c"], checked_at=NOON - 29 * DAY)
    make_check(sources["d"], checked_at=NOON - DAY, url="https://gazette.example/before-it-was-corrected")
    assert len(run(site, limit=3)) == 3
    assert asked(site) == ["/d", "/e", "/b"]
    run(site)
    assert asked(site)[3:] == ["/a"]
    assert run(site) == []
    run(site, older_than=0, limit=2)
    assert asked(site)[4:] == ["/c", "/a"]


def test_a_source_that_is_withdrawn_or_has_no_address_is_not_asked(site):
    make_source(url=site.says("/withdrawn"), state=State.WITHDRAWN)
    make_source(url="")
    make_source(url=site.says("/draft"), state=State.DRAFT)
    assert [each.status for each in run(site)] == [200]
    assert asked(site) == ["/draft"]


def test_a_source_may_be_named_and_is_asked_whenever_it_was_before(site):
    for name in ("a", "b", "c"):
        make_check(make_source(name, url=site.says(f"/{name}")))
    run(site, only=["c", "a"])
    assert sorted(asked(site)) == ["/a", "/c"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"limit": 0}, "--limit is 0: expected a whole number from 1 on."),
        ({"older_than": -1}, "--older-than is -1: expected a whole number of days from 0 to 36500."),
        ({"older_than": 10**9}, "--older-than is 1000000000: expected a whole number of days from 0 to 36500."),
        ({"host_pause": -0.5}, "--host-pause is -0.5: expected a number of seconds from 0 to 3600."),
        ({"host_pause": float("nan")}, "--host-pause is nan: expected a number of seconds from 0 to 3600."),
        (
            {"only": ["here", "unknown", "withdrawn", "nowhere"]},
            (
                "--source is nowhere, unknown, withdrawn: expected the id of a source that has an address and is not"
                " withdrawn."
            ),
        ),
    ],
)
def test_a_wrong_option_is_told_before_anything_is_asked(site, options, message):
    make_source("here", url=site.url("/"))
    make_source("nowhere", url="")
    make_source("withdrawn", state=State.WITHDRAWN)
    with pytest.raises(WrongOption, match=re.escape(message)):
        run(site, **options)
    assert not site.asked


# --- What the desk asks ---------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "listed"), [(LinkState.DEAD, dead), (LinkState.MOVED, moved)])
def test_the_desk_lists_what_still_stands(state, listed):
    """Not what works, not a withdrawn source, not an address that was corrected since."""
    later = make_check(make_source("a"), state=state, checked_at=NOON, failing_since=NOON)
    sooner = make_check(make_source("b"), state=state, checked_at=NOON - DAY, failing_since=NOON - DAY)
    make_check(make_source("c", state=State.WITHDRAWN), state=state)
    make_check(make_source("d"), state=state, url="https://gazette.example/old")
    for other in set(LinkState) - {state}:
        make_check(make_source(), state=other)
    assert list(listed()) == [sooner, later]


# --- The command ----------------------------------------------------------------------------------


@pytest.fixture
def command(site, monkeypatch):
    """Runs the command against the site and returns its lines."""
    monkeypatch.setattr(check_links, "check", partial(check, web=at(site), now=lambda: NOON))

    def run(*arguments, out=None):
        out = out or io.StringIO()
        call_command("check_links", *map(str, arguments), stdout=out)
        return out.getvalue().splitlines()

    return run


def test_the_command_lists_the_dead_and_counts_the_rest(site, command):
    make_source("fine", url=site.says("/fine"))
    make_source("lost", url=site.url("/lost"))
    make_source("long-lost", url=site.url("/long-lost"))
    make_check(
        Source.objects.get(pk="long-lost"),
        state=LinkState.DEAD,
        checked_at=NOON - 40 * DAY,
        failing_since=NOON - 40 * DAY,
    )
    make_source("inside", url="http://10.0.0.1/")
    lines = command()
    assert lines[0] == "Asking addresses: 4"
    assert lines[1:-1] == [
        f"Dead since 2026-02-01: lost {site.url('/lost')}",
        f"Dead since 2025-12-23: long-lost {site.url('/long-lost')}",
    ]
    assert lines[-1] == "4 addresses: 1 works, 0 moved, 2 dead, 0 unclear, 1 not asked."
    assert command() == ["0 addresses: 0 works, 0 moved, 0 dead, 0 unclear, 0 not asked."]


def test_the_command_hands_its_options_on(site, command):
    for name in ("a", "b", "c"):
        make_source(name, url=site.says(f"/{name}"))
    command("--limit", 1)
    assert asked(site) == ["/a"]
    command("--source", "a", "--source", "c", "--host-pause", "0")
    assert sorted(asked(site)) == ["/a", "/a", "/c"]
    command("--older-than", 0, "--limit", 1)
    assert asked(site)[3:] == ["/b"]


def test_a_terminal_gets_a_bar_and_the_same_last_line(site, command):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    make_source(url=site.says("/page"))
    lines = command(out=Terminal())
    assert any("Asking addresses" in line and "1/1" in line for line in lines)
    assert lines[-1].endswith("1 addresses: 1 works, 0 moved, 0 dead, 0 unclear, 0 not asked.")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--limit", "0"], "--limit is 0: expected a whole number from 1 on."),
        (["--limit", "few"], "argument --limit: invalid int value: 'few'"),
        (["--source", "nobody"], "--source is nobody: expected the id of a source"),
    ],
)
def test_the_command_says_what_it_expected(command, arguments, message):
    with pytest.raises(CommandError, match=re.escape(message)):
        command(*arguments)


def test_an_interrupted_command_says_so_and_ends_like_one(command, monkeypatch):
    def interrupted(**options):
        raise KeyboardInterrupt

    monkeypatch.setattr(check_links, "check", interrupted)
    with pytest.raises(CommandError, match="Interrupted: what was answered until then is recorded") as caught:
        command()
    assert caught.value.returncode == 130
