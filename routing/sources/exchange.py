"""One request over HTTP and its reply, within a time that no server can stretch."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import SplitResult

MOST_BYTES = 1 << 26
"""64 MB: many times what a block takes."""

HEADERS = {"Accept": "application/json", "User-Agent": "dayround", "Connection": "close"}


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """What is asked, without a repr: its path and body hold coordinates or an address."""

    server: SplitResult
    path: str
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    most_bytes: int = MOST_BYTES


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: status, body, and how long the server asks to wait."""

    status: int
    body: bytes
    retry_after_s: float | None


@dataclass(frozen=True, slots=True)
class Silence:
    """Why nothing came back, in words after the server's name; whether that may pass."""

    reason: str
    may_pass: bool = True


def exchange(request: Request, within_s: float) -> Reply | Silence:
    """Ask once and wait `within_s` at most.

    The timeout of a socket holds for each of its bytes, and none for looking up a name: so the
    talk has a thread of its own, which is hung up on when time is over.
    """
    call = _Call(request, within_s)
    Thread(target=call.talk, daemon=True).start()
    try:
        return call.said.get(timeout=within_s)
    except Empty:
        call.hang_up()
        return Silence(f"did not answer within {within_s:.3g} s")


class _Call:
    """One connection, from its own thread; what came of it lies in `said`."""

    def __init__(self, request: Request, within_s: float) -> None:
        self.said: SimpleQueue[Reply | Silence] = SimpleQueue()
        self._request = request
        # Whoever asked gives up first, and says for how long it was waited.
        self._connection = _connection(request.server, 2 * within_s)
        self._socket: socket.socket | None = None

    def talk(self) -> None:
        try:
            self.said.put(self._reply())
        except (OSError, HTTPException, UnicodeError) as error:
            self.said.put(_silence(error))
        finally:
            self._connection.close()

    def hang_up(self) -> None:
        with suppress(OSError):
            if self._socket:
                self._socket.shutdown(socket.SHUT_RDWR)

    def _reply(self) -> Reply | Silence:
        request, connection = self._request, self._connection
        connection.connect()
        self._socket = connection.sock
        headers = HEADERS | dict(request.headers)
        headers |= {"Content-Type": "application/json"} if request.body else {}
        connection.request("POST" if request.body else "GET", request.path, request.body, headers)
        with connection.getresponse() as response:
            body = response.read(request.most_bytes + 1)
            if len(body) > request.most_bytes:
                return Silence(f"answered more than {request.most_bytes >> 20} MB", may_pass=False)
            if response.length:  # read(n) does not tell of a body that was cut short
                return Silence("broke off in the middle of its answer")
            return Reply(response.status, body, _retry_after_s(response))


def _connection(server: SplitResult, timeout_s: float) -> HTTPConnection:
    host = server.hostname or ""
    if server.scheme == "https":
        context = ssl.create_default_context()
        return HTTPSConnection(host, server.port, timeout=timeout_s, context=context)
    return HTTPConnection(host, server.port, timeout=timeout_s)


def _silence(error: OSError | HTTPException | UnicodeError) -> Silence:
    """Return why nothing came; the text of an error may hold what was asked, so only its kind."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return Silence(f"shows a certificate that does not hold ({error.verify_message})", False)
    if isinstance(error, ssl.SSLError):
        return Silence("does not speak TLS as it should")
    if isinstance(error, socket.gaierror | UnicodeError):
        return Silence("has a name that cannot be looked up")
    if isinstance(error, TimeoutError):
        return Silence("did not answer in time")
    if isinstance(error, ConnectionRefusedError):
        return Silence("refused the connection")
    if isinstance(error, HTTPException) and not isinstance(error, OSError):
        return Silence("broke off, or does not speak HTTP")
    return Silence(f"broke off or is out of reach ({type(error).__name__})")


def _retry_after_s(response: HTTPResponse) -> float | None:
    """Return the seconds of Retry-After, which tells them or a date; None where neither is."""
    said = response.headers.get("Retry-After", "").strip()
    with suppress(ValueError, OverflowError):
        seconds = float(said) if said.isascii() and said.isdigit() else _until_s(said)
        return max(0.0, seconds)
    return None


def _until_s(date: str) -> float:
    when = parsedate_to_datetime(date)
    return (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
