"""What may be asked at all, and how patiently and politely it is."""

import contextlib
import datetime as dt
import socket
import ssl
import threading
import time
from concurrent.futures import CancelledError, ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.web import KNOWN_HOST, Answer, Fault, Guard, Patience, Web, is_public, resolve
from tests.sites import HERE, serving


@pytest.fixture
def site():
    with serving() as site:
        yield site


@pytest.fixture
def connected(monkeypatch):
    """The numeric addresses that a connection was tried to."""
    tried, connect = [], socket.create_connection

    def note(address, *args, **options):
        tried.append(address[0])
        return connect(address, *args, **options)

    monkeypatch.setattr(socket, "create_connection", note)
    return tried


class Time:
    """A clock that goes on by sleeping alone."""

    def __init__(self):
        self.now, self.slept = 0.0, []

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds

    def clock(self):
        return self.now


def make_web(guard, *, time=None, pause=0.0, silence=5.0):
    time = time or Time()
    return Web(
        agent="Tracker",
        pause=pause,
        guard=guard,
        patience=Patience(silence=silence),
        sleep=time.sleep,
        clock=time.clock,
    )


def unknown(host):
    if host == KNOWN_HOST:
        return ["8.8.8.8"]
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


# --- The guard ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"]
)
def test_an_address_of_the_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "198.18.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "fe80::1",
        "fe80::1%1",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "2001:db8::1",
        "3fff::1",
        "2001::7f00:1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::808:808",
        "2002:7f00:1::",
        "2002:a00:1::1",
    ],
)
def test_an_address_that_is_not_everybodys_is_never_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        ("file:///etc/passwd", "Only http and https are asked, not file."),
        ("ftp://one.test/", "Only http and https are asked, not ftp."),
        ("javascript:alert(1)", "Only http and https are asked, not javascript."),
        ("//one.test/", "Only http and https are asked, not an address without a scheme."),
        ("http:///page", "The address names no host."),
        ("http://user:pw@one.test/", "The address holds a user name or a password."),
        ("http://user@one.test/", "The address holds a user name or a password."),
        ("http://one.test:22/", "Only the ports of the web are asked, not 22."),
        ("https://one.test:8443/", "Only the ports of the web are asked, not 8443."),
        ("http://one.test:99999/", "Only the ports of the web are asked, not 99999."),
        ("http://one.test:http/", "http://one.test:http/ is not an address of the web."),
        ("http://１２７.0.0.1/", "http://１２７.0.0.1/ is not an address of the web."),
        ("http://127.0.0.1/", "The host is at 127.0.0.1, which is not public."),
        ("http://[::1]/", "The host is at ::1, which is not public."),
        ("http://[::ffff:10.0.0.1]/", "The host is at ::ffff:10.0.0.1, which is not public."),
        ("http://169.254.169.254/latest/meta-data/", "The host is at 169.254.169.254, which is not public."),
        ("https://localhost/", None),
        ("http://2130706433/", "The host is at 127.0.0.1, which is not public."),
        ("http://0x7f000001/", "The host is at 127.0.0.1, which is not public."),
        ("http://0177.0.0.1/", "http://0177.0.0.1/ is not an address of the web."),
        ("http://127.1/", "The host is at 127.0.0.1, which is not public."),
        ("http://0/", "The host is at 0.0.0.0, which is not public."),
    ],
)
def test_the_guard_as_it_is_by_default_refuses(address, detail, connected):
    answer = make_web(Guard()).ask(address)
    assert answer.fault == Fault.REFUSED
    assert answer.detail == detail or (detail is None and "not public" in answer.detail)
    assert answer.status is None
    assert not connected


def test_a_host_with_one_private_address_among_public_ones_is_refused(connected):
    answer = make_web(Guard(resolve=lambda host: ["8.8.8.8", "2606:4700::1111", "10.0.0.1"])).ask("https://one.test/")
    assert (answer.fault, answer.detail) == (Fault.REFUSED, "The host is at 10.0.0.1, which is not public.")
    assert not connected


def test_a_redirect_to_a_private_address_is_not_followed(site, connected):
    for number, target in enumerate(
        [
            site.url("/secret", "inside.test"),
            "http://10.0.0.1/",
            "file:///etc/passwd",
            "http://one.test:http/",
            "http://u:p@one.test/",
        ]
    ):
        answer = make_web(site.guard(inside_test=["10.0.0.1"])).ask(site.says(f"/{number}", 302, Location=target))
        assert (answer.fault, answer.status) == (Fault.REFUSED, 302), target
    assert set(connected) == {HERE}


def test_a_name_that_leads_elsewhere_the_second_time_is_not_followed_there(site, connected, monkeypatch):
    """The very address that was checked is connected to: the name is not looked up again in between."""
    looked_up, numeric = [], socket.getaddrinfo

    def rebinding(host, *args, **options):
        name = host.decode() if isinstance(host, bytes) else host
        if name != "rebinding.test":
            return numeric(host, *args, **options)
        looked_up.append(name)
        return numeric(HERE if len(looked_up) == 1 else "127.0.0.2", *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    guard = Guard(resolve=resolve, is_public=lambda address: address == HERE, ports=frozenset({site.port}))
    site.says("/page")
    assert make_web(guard).ask(site.url("/page", "rebinding.test")).status == 200
    assert looked_up == ["rebinding.test"]
    again = make_web(guard).ask(site.url("/page", "rebinding.test"))
    assert again.fault == Fault.REFUSED
    assert connected == [HERE]


def test_each_redirect_to_the_same_host_is_checked_anew(site, connected):
    found = iter([[HERE], ["10.0.0.1"]])
    guard = Guard(
        resolve=lambda host: next(found), is_public=lambda address: address == HERE, ports=frozenset({site.port})
    )
    answer = make_web(guard).ask(site.says("/page", 302, Location="/secret"))
    assert answer.fault == Fault.REFUSED
    assert site.asked == [("one.test", "/page")]
    assert connected == [HERE]


def test_a_proxy_of_the_environment_is_not_used(site, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://10.0.0.1:3128")
    assert make_web(site.guard()).ask(site.says("/page")).status == 200


@given(st.text() | st.from_regex(r"https?://[^/]*/.*") | st.from_regex(r"\w+:.*"))
def test_no_text_whatever_breaks_the_asking(text):
    answer = quiet.ask(text)
    assert answer.fault in (Fault.REFUSED, Fault.NO_SUCH_HOST)


quiet = make_web(Guard(resolve=unknown))


# --- One request ----------------------------------------------------------------------------------


def test_a_request_names_the_tracker_and_the_host(site):
    address = site.says("/a%20b?c=d")
    assert make_web(site.guard()).ask(address + "#part") == Answer(
        asked=address + "#part", address=address + "#part", status=200
    )
    assert site.asked == [("one.test", "/a%20b?c=d")]
    assert site.headers["Host"] == f"one.test:{site.port}"
    assert site.headers["User-Agent"] == "Tracker"
    assert "Cookie" not in site.headers


def test_a_host_in_another_script_is_asked_by_its_name_in_ascii(site):
    site.says("/caf%C3%A9")
    asked = []
    guard = Guard(
        resolve=lambda host: asked.append(host) or [HERE],
        is_public=lambda address: True,
        ports=frozenset({site.port}),
    )
    assert make_web(guard).ask(site.url("/café", "bücher.test")).status == 200
    assert asked == ["xn--bcher-kva.test"]
    assert site.asked == [("xn--bcher-kva.test", "/caf%C3%A9")]


def test_a_secure_connection_asks_for_the_host_by_name(site):
    """The server has no certificate to show, but learns which one was wanted."""
    wanted = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.sni_callback = lambda connection, name, _context: wanted.append(name)
    with socket.create_server((HERE, 0)) as listener, ThreadPoolExecutor(1) as pool:

        def shake_hands():
            for _try in range(3):
                connection, _address = listener.accept()
                with connection, contextlib.suppress(OSError):
                    context.wrap_socket(connection, server_side=True).close()

        done = pool.submit(shake_hands)
        port = listener.getsockname()[1]
        guard = Guard(resolve=lambda host: [HERE], is_public=lambda address: True, ports=frozenset({port}))
        answer = make_web(guard).ask(f"https://one.test:{port}/")
        done.result()
    assert wanted == ["one.test"] * 3
    assert answer.fault == Fault.NO_ANSWER
    assert answer.detail.startswith("No secure connection could be made (")


def test_a_page_is_not_read(site):
    cut_off = threading.Event()

    def write_for_ever(request):
        request.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while True:
                request.wfile.write(b"word " * 10_000)
        except ConnectionError:
            cut_off.set()
        return True

    assert make_web(site.guard()).ask(site.says("/endless", then=write_for_ever)).status == 200
    assert cut_off.wait(5)


def test_the_next_address_of_a_host_is_tried_where_one_does_not_connect(site, connected):
    guard = Guard(
        resolve=lambda host: ["127.0.0.2", HERE], is_public=lambda address: True, ports=frozenset({site.port})
    )
    assert make_web(guard).ask(site.says("/page")).status == 200
    assert connected == ["127.0.0.2", HERE]


def test_a_request_ends_however_slowly_bytes_still_come(site):
    def drip(request):
        with contextlib.suppress(ConnectionError):
            while not site.closing.wait(0.01):
                request.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return True

    web = Web(agent="Tracker", pause=0, guard=site.guard(), patience=Patience(whole=0.3), sleep=Time().sleep)
    answer = web.ask(site.says("/page", then=drip))
    assert (answer.fault, answer.detail) == (Fault.NO_ANSWER, "No answer came in time.")
    assert len(site.asked) == 3


# --- Redirects ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "for_good"),
    [
        ([301], True),
        ([308, 301], True),
        ([302], False),
        ([303], False),
        ([307], False),
        ([301, 302], False),
        ([301] * 5, True),
    ],
)
def test_redirects_are_followed_to_their_end(site, statuses, for_good):
    for number, status in enumerate(statuses):
        site.says(f"/{number}", status, Location=f"{number + 1}")
    end = site.says(f"/{len(statuses)}")
    answer = make_web(site.guard()).ask(site.url("/0"))
    assert answer == Answer(asked=site.url("/0"), address=end, status=200, for_good=for_good)


def test_too_many_redirects_are_no_answer(site):
    for number in range(7):
        site.says(f"/{number}", 301, Location=f"/{number + 1}")
    answer = make_web(site.guard()).ask(site.url("/0"))
    assert (answer.fault, answer.detail) == (Fault.NO_END, "It redirects more than 5 times.")
    assert len(site.asked) == 6


def test_a_circle_of_redirects_is_left_at_once(site):
    site.says("/0", 302, Location="/1")
    site.says("/1", 302, Location=site.url("/0"))
    answer = make_web(site.guard()).ask(site.url("/0"))
    assert (answer.fault, answer.detail, answer.status) == (Fault.NO_END, "It redirects in a circle.", 302)
    assert len(site.asked) == 2


def test_a_redirect_to_nowhere_is_an_answer_like_any_other(site):
    assert make_web(site.guard()).ask(site.says("/page", 302)).status == 302


# --- Patience -------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again_after_a_growing_pause(site, status):
    time = Time()
    site.says("/page", status)
    site.says("/page", status)
    assert make_web(site.guard(), time=time).ask(site.says("/page")).status == 200
    assert time.slept == [2, 4]


def test_three_tries_are_enough(site):
    time = Time()
    assert make_web(site.guard(), time=time).ask(site.says("/page", 503)).status == 503
    assert len(site.asked) == 3
    assert time.slept == [2, 4]


@pytest.mark.parametrize("status", [200, 204, 400, 401, 403, 404, 410, 451])
def test_what_will_not_pass_is_asked_once(site, status):
    time = Time()
    assert make_web(site.guard(), time=time).ask(site.says("/page", status)).status == status
    assert (len(site.asked), time.slept) == (1, [])


def test_a_site_may_ask_for_time(site):
    time = Time()
    site.says("/page", 503, Retry_After="7")
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=50)
    site.says("/page", 429, Retry_After=soon.strftime("%a, %d %b %Y %H:%M:%S GMT"))
    assert make_web(site.guard(), time=time).ask(site.says("/page")).status == 200
    assert time.slept[0] == 7
    assert 30 < time.slept[1] <= 50


@pytest.mark.parametrize("words", ["soon", "-1", "Mon, 01 Jan 2024 00:00:00 GMT", "Mon, 99 Jan 2024 00:00:00 GMT"])
def test_a_time_that_cannot_be_read_or_is_past_changes_nothing(site, words):
    time = Time()
    make_web(site.guard(), time=time).ask(site.says("/page", 503, Retry_After=words))
    assert time.slept == [2, 4]


@pytest.mark.parametrize("words", ["61", "9" * 400, "Wed, 01 Jan 2200 00:00:00 GMT"])
def test_a_site_that_asks_for_long_is_left_alone(site, words):
    time = Time()
    assert make_web(site.guard(), time=time).ask(site.says("/page", 429, Retry_After=words)).status == 429
    assert (len(site.asked), time.slept) == (1, [])


def test_silence_is_no_answer(site):
    address = site.says("/page", then=lambda request: site.closing.wait(5))
    answer = make_web(site.guard(), silence=0.2).ask(address)
    assert (answer.fault, answer.detail, answer.status) == (Fault.NO_ANSWER, "No answer came in time.", None)
    assert len(site.asked) == 3


def test_a_closed_port_is_no_answer(site, connected):
    with socket.create_server((HERE, 0)) as listener:
        port = listener.getsockname()[1]
    guard = Guard(resolve=lambda host: [HERE], is_public=lambda address: True, ports=frozenset({port}))
    answer = make_web(guard).ask(f"http://one.test:{port}/")
    assert (answer.fault, answer.detail) == (Fault.NO_ANSWER, "The connection failed (Connection refused).")
    assert len(connected) == 3


def test_what_is_not_http_or_not_tls_is_no_answer(site):
    web = make_web(site.guard())
    noise = site.says("/noise", then=lambda request: request.wfile.write(b"* OK IMAP4 ready\r\n"))
    assert (web.ask(noise).fault, web.ask(noise).detail) == (Fault.NO_ANSWER, "What it answers is not HTTP.")
    secure = web.ask(site.url("/page").replace("http:", "https:"))
    assert secure.fault == Fault.NO_ANSWER
    assert secure.detail.startswith("No secure connection could be made (")


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (socket.EAI_NONAME, Fault.NO_SUCH_HOST),
        (socket.EAI_NODATA, Fault.NO_SUCH_HOST),
        (socket.EAI_AGAIN, Fault.NO_ANSWER),
        (socket.EAI_FAIL, Fault.NO_ANSWER),
    ],
)
def test_only_a_name_that_does_not_exist_is_no_host(code, fault):
    looked_up = []

    def resolve(host):
        if host == KNOWN_HOST:
            return ["8.8.8.8"]
        looked_up.append(host)
        raise socket.gaierror(code, "as the resolver says")

    assert make_web(Guard(resolve=resolve)).ask("https://gone.test/").fault == fault
    assert looked_up == ["gone.test"] * 3


def test_no_site_is_gone_for_a_machine_that_finds_no_name_at_all():
    def resolve(host):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    answer = make_web(Guard(resolve=resolve)).ask("https://one.test/")
    assert (answer.fault, answer.detail) == (Fault.NO_ANSWER, "The name of the host could not be looked up.")


# --- In turn --------------------------------------------------------------------------------------


def test_there_is_a_pause_between_two_requests_to_a_host(site):
    time = Time()
    web = make_web(site.guard(), time=time, pause=1.5)
    site.says("/old", 301, Location=site.url("/page", "www.one.test"))
    site.says("/page")
    web.ask(site.url("/old"))
    assert time.slept == [1.5]
    web.ask(site.url("/page", "two.test"))
    assert time.slept == [1.5]
    web.ask(site.url("/page", "two.test"))
    assert time.slept == [1.5, 1.5]
    time.now += 60
    web.ask(site.url("/page", "two.test"))
    assert time.slept == [1.5, 1.5]


def test_a_host_gets_one_request_at_a_time_and_two_hosts_get_one_each(site):
    under_way, most = [], []
    both = threading.Barrier(2, timeout=5)

    def note(request):
        host = request.headers["Host"]
        under_way.append(host)
        most.append(under_way.count(host))
        both.wait()
        time.sleep(0.01)
        under_way.remove(host)

    site.says("/page", then=note)
    web = make_web(site.guard())
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(web.ask, [site.url("/page", host) for host in ("one.test", "two.test")] * 3))
    assert [answer.status for answer in answers] == [200] * 6
    assert most == [1] * 6


def test_who_waits_is_woken_by_the_stop(site):
    web = Web(agent="Tracker", guard=site.guard())
    asked = threading.Event()
    address = site.says("/page", 503, then=lambda request: asked.set(), Retry_After="60")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(web.ask, address)
        assert asked.wait(5)
        web.stop()
        with pytest.raises(CancelledError):
            waiting.result(5)
    assert len(site.asked) == 1
