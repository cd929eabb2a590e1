"""What an address of the web answers: only public ones are asked, in turn, patiently, and no page is read."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache

import httpcore
import httpx

TRIES = 3
REDIRECTS = 5
BACKOFF = 2.0
LONGEST_WAIT = 60.0
"""Seconds: before the second try, doubled before each further one, and the most that a site may ask to wait."""

FOR_GOOD = {301, 308}
REDIRECTING = FOR_GOOD | {302, 303, 307}
NO_SUCH_NAME = {socket.EAI_NONAME, socket.EAI_NODATA}
KNOWN_HOST = "example.com"
"""A name that stands for good, by RFC 2606; it is looked up, never asked."""

UNICAST = ipaddress.ip_network("2000::/3")
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Reserved, which only later releases of Python know of.
RESERVED = ipaddress.ip_network("192.0.0.0/24"), ipaddress.ip_network("3fff::/20")


class Refused(Exception):
    """The address is not one that may be asked; the message is a sentence that says why."""


def resolve(host: str) -> list[str]:
    """The numeric addresses of a host, at least one; `socket.gaierror` where there is none."""
    # As bytes: for text, Python applies an older coding of names, which fails on what no name server was asked about.
    found = socket.getaddrinfo(host.encode("ascii"), None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether a numeric address, and the one that is wrapped in it, is anybody's on the internet to reach."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ipaddress.IPv4Address(ip.packed[-4:]) if ip in NAT64 else None)
        if wrapped:
            return is_public(str(wrapped))
        if ip not in UNICAST:
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in RESERVED)


@dataclass(frozen=True, kw_only=True)
class Guard:
    """Which addresses may be asked: http and https, without a password, on the web's ports, at public hosts."""

    resolve: Callable[[str], list[str]] = resolve
    is_public: Callable[[str], bool] = is_public
    ports: frozenset[int] = frozenset({80, 443})

    def check(self, url: httpx.URL) -> None:
        """Raises Refused for an address that must not be asked, whatever its host resolves to."""
        if url.scheme not in ("http", "https"):
            raise Refused(f"Only http and https are asked, not {url.scheme or 'an address without a scheme'}.")
        if not url.host:
            raise Refused("The address names no host.")
        if url.userinfo:
            raise Refused("The address holds a user name or a password.")
        if url.port is not None and url.port not in self.ports:
            raise Refused(f"Only the ports of the web are asked, not {url.port}.")

    def addresses(self, host: str) -> list[str]:
        """The numeric addresses of a host; raises Refused unless each of them is public."""
        addresses = self.resolve(host)
        for address in addresses:
            if not self.is_public(address):
                raise Refused(f"The host is at {address}, which is not public.")
        return addresses


class Fault(Enum):
    """Why an address gave no answer that counts."""

    REFUSED = auto()
    NO_SUCH_HOST = auto()
    NO_ANSWER = auto()
    NO_END = auto()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came of asking an address.

    `address` is the last that was asked or refused, `asked` the first, both in one spelling. `status` is the last HTTP
    status. `for_good` tells that there were redirects and all of them permanent. `detail` says the fault in a sentence.
    `wait` is how many seconds the site asks to be left alone.
    """

    asked: str
    address: str
    status: int | None = None
    for_good: bool = False
    fault: Fault | None = None
    detail: str = ""
    wait: float = 0.0

    @property
    def may_pass(self) -> bool:
        """Whether another try may end otherwise."""
        if self.fault:
            return self.fault in (Fault.NO_SUCH_HOST, Fault.NO_ANSWER)
        return self.status == 429 or (self.status is not None and self.status >= 500)


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How many seconds a connection, each silence, and a whole request may last."""

    connect: float = 10.0
    silence: float = 15.0
    whole: float = 30.0


class Web:
    """Asks addresses, from any thread: a host gets one request at a time, and a pause between two.

    Nothing is kept between two requests, neither cookies nor connections. `sleep` and `clock` stand in for time.
    """

    def __init__(
        self,
        *,
        agent: str,
        pause: float = 1.0,
        guard: Guard | None = None,
        patience: Patience | None = None,
        sleep: Callable[[float], object] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._agent = agent
        self._guard = guard or Guard()
        self._patience = patience or Patience()
        self._stopped = threading.Event()
        self._sleep = sleep or self._stopped.wait
        self._clock = clock
        self._turns = _Turns(pause, self._rest, clock)
        self._tls = _trusted()

    def stop(self) -> None:
        """Ends all waiting: who waits, or would, gets CancelledError."""
        self._stopped.set()

    def ask(self, address: str) -> Answer:
        """What the address answers in the end: redirects are followed, and what may pass is tried again."""
        for tried in range(1, TRIES + 1):
            answer = self._follow(address)
            wait = max(answer.wait, BACKOFF * 2 ** (tried - 1))
            # A site that asks for more time than a run has is left alone until another run.
            if tried == TRIES or not answer.may_pass or wait > LONGEST_WAIT:
                break
            self._rest(wait)
        return answer

    def _follow(self, address: str) -> Answer:
        visited: list[httpx.URL] = []
        statuses: list[int] = []
        headers = httpx.Headers()

        def answer(fault: Fault | None = None, detail: str = "") -> Answer:
            passed = statuses[: len(visited) - 1]
            return Answer(
                asked=str(visited[0]) if visited else address,
                address=str(visited[-1]) if visited else address,
                status=statuses[-1] if statuses else None,
                for_good=bool(passed) and FOR_GOOD.issuperset(passed),
                fault=fault,
                detail=detail,
                wait=_wait(headers),
            )

        target = address
        try:
            while len(visited) <= REDIRECTS:
                url = _joined(visited[-1] if visited else None, target)
                if url in visited:
                    return answer(Fault.NO_END, "It redirects in a circle.")
                visited.append(url)
                self._guard.check(url)
                with self._turns.at(url.host):
                    status, headers = self._get(url)
                statuses.append(status)
                if status not in REDIRECTING or "location" not in headers:
                    return answer()
                target = headers["location"]
        except Refused as refused:
            return answer(Fault.REFUSED, str(refused))
        except socket.gaierror as error:
            if error.errno in NO_SUCH_NAME and self._finds_names():
                return answer(Fault.NO_SUCH_HOST, "There is no host of that name.")
            return answer(Fault.NO_ANSWER, "The name of the host could not be looked up.")
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            return answer(Fault.NO_ANSWER, _sentence(error))
        return answer(Fault.NO_END, f"It redirects more than {REDIRECTS} times.")

    def _get(self, url: httpx.URL) -> tuple[int, httpx.Headers]:
        """Status and headers. The page is not read: leaving the block cuts the connection."""
        network = _Network(self._guard, self._clock() + self._patience.whole, self._clock)
        silence = self._patience.silence
        with (
            httpcore.ConnectionPool(ssl_context=self._tls, network_backend=network) as pool,
            pool.stream(
                "GET",
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=[(b"Host", url.netloc), (b"User-Agent", self._agent.encode("ascii", "replace")), ACCEPT],
                extensions={"timeout": {"connect": self._patience.connect, "read": silence, "write": silence}},
            ) as response,
        ):
            return response.status, httpx.Headers(response.headers)

    def _finds_names(self) -> bool:
        """Where no name at all is found, as without a network, the fault is on this side and no site is gone."""
        try:
            return bool(self._guard.resolve(KNOWN_HOST))
        except socket.gaierror:
            return False

    def _rest(self, seconds: float) -> None:
        self._sleep(seconds)
        if self._stopped.is_set():
            raise CancelledError


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities that certificates are held against: slow to read, and never changed."""
    return httpcore.default_ssl_context()


ACCEPT = b"Accept", b"text/html,application/pdf;q=0.9,*/*;q=0.8"


class _Network(httpcore.SyncBackend):
    """Connects to numeric addresses that the guard let pass, nowhere else, and keeps to the end of the request.

    Every connection is made here, so that no redirect gets around the guard; and no name is resolved again between the
    check and the connection, so that it cannot lead elsewhere by then.
    """

    def __init__(self, guard: Guard, ends: float, clock: Callable[[], float]) -> None:
        self._guard, self._ends, self._clock = guard, ends, clock

    def left(self, timeout: float | None) -> float:
        left = self._ends - self._clock()
        if left <= 0:
            raise httpcore.TimeoutException
        return left if timeout is None else min(timeout, left)

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None) -> httpcore.NetworkStream:
        *others, last = self._guard.addresses(host)
        for address in others:
            try:
                return self._connect(address, port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(last, port, timeout)

    def _connect(self, address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        return _Stream(super().connect_tcp(address, port, self.left(timeout)), self.left)


class _Stream(httpcore.NetworkStream):
    """A connection that gives up at the end of the request, however slowly bytes still come."""

    def __init__(self, stream: httpcore.NetworkStream, left: Callable[[float | None], float]) -> None:
        self._stream, self._left = stream, left

    def read(self, max_bytes, timeout=None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer, timeout=None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context, server_hostname=None, timeout=None) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._left(timeout)), self._left)

    def get_extra_info(self, info):
        return self._stream.get_extra_info(info)


@dataclass
class _Turn:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = float("-inf")


class _Turns:
    """Lets one at a time to a host, and the next after a pause; `www` is no host of its own."""

    def __init__(self, pause: float, rest: Callable[[float], None], clock: Callable[[], float]) -> None:
        self._pause, self._rest, self._clock = pause, rest, clock
        self._lock = threading.Lock()
        self._turns: dict[str, _Turn] = {}

    @contextmanager
    def at(self, host: str) -> Iterator[None]:
        with self._lock:
            turn = self._turns.setdefault(host.removeprefix("www."), _Turn())
        with turn.lock:
            wait = turn.free_at - self._clock()
            if wait > 0:
                self._rest(wait)
            try:
                yield
            finally:
                turn.free_at = self._clock() + self._pause


def _joined(base: httpx.URL | None, target: str) -> httpx.URL:
    try:
        return base.join(target) if base else httpx.URL(target)
    except (httpx.InvalidURL, ValueError):
        raise Refused(f"{target} is not an address of the web.") from None


def _wait(headers: httpx.Headers) -> float:
    """Seconds of a Retry-After, which is a number or a date; 0 without one that can be read."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        until = dt.datetime.strptime(value, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=dt.UTC)
    except ValueError:
        return 0.0
    return (until - dt.datetime.now(dt.UTC)).total_seconds()


def _sentence(error: Exception) -> str:
    cause = error.args[0] if error.args else None
    if isinstance(error, httpcore.TimeoutException):
        return "No answer came in time."
    if isinstance(error, httpcore.ProtocolError):
        return "What it answers is not HTTP."
    if isinstance(cause, ssl.SSLError):
        why = getattr(cause, "verify_message", "") or (cause.reason or "").replace("_", " ").lower()
        return f"No secure connection could be made ({why})."
    return f"The connection failed ({getattr(cause, 'strerror', None) or 'cut off'})."
