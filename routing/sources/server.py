"""A server that answers in JSON over HTTP: asked within a bounded time, and never another one.

What is asked leads to doors. So it goes to the named server alone: no proxy of the environment is
used and no redirect followed, and no error or log repeats what was asked, nor text of an answer
that might.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic, sleep
from typing import Any
from urllib.parse import SplitResult, urlsplit

from routing.errors import ServerError
from routing.sources.exchange import Reply, Request, Silence, exchange

WORTH_ANOTHER_TRY = {429, 500, 502, 503, 504}
TOO_LARGE = {413, 414}
TRY_LATER = "try again later, or look into its log"

_DECIMALS = re.compile(r"-?\d+\.\d+")
_LONGEST_QUOTE = 160


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server is waited for.

    Parameters
    ----------
    request_s
        For one answer.
    matrix_s
        For a whole matrix, all its requests, tries and pauses taken together.
    tries
        How often a request is made that fails for a reason that may pass.
    pause_s
        Before the second try; each further pause is twice as long. A server that says itself how
        long to wait is heard, where there is time for it.
    """

    request_s: float = 20.0
    matrix_s: float = 120.0
    tries: int = 3
    pause_s: float = 0.5

    def __post_init__(self) -> None:
        if min(self.request_s, self.matrix_s, self.tries) <= 0 or self.pause_s < 0:
            raise ValueError(f"{self} would never ask: seconds and tries are above zero")


PATIENT = Patience()


@dataclass(frozen=True, slots=True)
class Answer:
    """A status below 500, and the JSON that came with it."""

    status: int
    content: Any

    @property
    def says(self) -> str:
        """The status in words: '400 Bad Request'."""
        return _status(self.status)


class Deadline:
    """When to stop waiting."""

    def __init__(self, seconds: float) -> None:
        self._ends = monotonic() + seconds

    @property
    def left_s(self) -> float:
        return self._ends - monotonic()


class Server:
    """One server of travel times.

    Parameters
    ----------
    kind
        What it is, for messages: 'OSRM'.
    url
        http://host:port, and the path under which it answers, if it has one.

    Raises
    ------
    ServerError
        Where the URL is none, or holds a password, a query or a fragment.
    """

    def __init__(self, kind: str, url: str, patience: Patience = PATIENT) -> None:
        self._url = _checked(kind, url)
        self._patience = patience
        self.name = f"{kind} at {self._url.scheme}://{self._url.netloc}"

    def ask(self, path: str, deadline: Deadline, body: Mapping[str, Any] | None = None) -> Answer:
        """Return the answer to a GET of `path`, or to a POST of `body`.

        Raises
        ------
        ServerError
            Where none comes in time, or none in JSON.
        """
        data = None if body is None else json.dumps(body).encode()
        request = Request(self._url, self._url.path.rstrip("/") + path, data)
        for tried in range(1, self._patience.tries + 1):
            reply = self._once(request, deadline)
            if isinstance(reply, Reply) and reply.status not in WORTH_ANOTHER_TRY:
                return self._read(reply)
            if isinstance(reply, Silence) and not reply.may_pass:
                break
            if tried < self._patience.tries:
                self._pause(reply, tried, deadline)
        advice = "see that it runs and is reachable" if isinstance(reply, Silence) else TRY_LATER
        raise self.error(f"{_told(reply)}, tried {tried} ×", advice)

    def error(self, what: str, advice: str = "") -> ServerError:
        """Return an error that names this server."""
        said = f"no travel times from {self.name}: it {what}"
        return ServerError(f"{said}; {advice}" if advice else said)

    def _once(self, request: Request, deadline: Deadline) -> Reply | Silence:
        left_s = deadline.left_s
        if left_s <= 0:
            raise self._too_late()
        return exchange(request, min(self._patience.request_s, left_s))

    def _pause(self, reply: Reply | Silence, tried: int, deadline: Deadline) -> None:
        pause_s = self._patience.pause_s * 2 ** (tried - 1)
        if isinstance(reply, Reply) and reply.retry_after_s is not None:
            pause_s = reply.retry_after_s
        if pause_s >= deadline.left_s:
            raise self._too_late(f"; last, it {_told(reply)}, and the next try would be too late")
        sleep(pause_s)

    def _too_late(self, also: str = "") -> ServerError:
        return self.error(
            f"gave no matrix within {self._patience.matrix_s:g} s{also}",
            "ask a faster server or fewer places",
        )

    def _read(self, reply: Reply) -> Answer:
        if 300 <= reply.status < 400:
            raise self.error(
                f"answered {_status(reply.status)}, which leads elsewhere and is not followed",
                "name the final URL",
            )
        if reply.status in TOO_LARGE:
            raise self.error(f"answered {_status(reply.status)}", "set a smaller block")
        try:
            content = json.loads(reply.body, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            content = None
        if content is None:
            raise self.error(f"answered {_status(reply.status)} without JSON", "is the URL right?")
        return Answer(reply.status, content)


def quoted(text: object) -> str:
    """Return a server's own words, short, in one line and without what could be a coordinate."""
    line = " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())
    return repr(_DECIMALS.sub("…", line)[:_LONGEST_QUOTE])


def _checked(kind: str, url: str) -> SplitResult:
    """Return the parts of `url`; errors do not repeat it, for it may hold a password."""
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or not re.fullmatch(r"[!-~]+", url):
        raise ServerError(f"the URL of {kind} should be as in http://127.0.0.1:5000")
    if parts.username is not None or parts.query or parts.fragment:
        raise ServerError(f"the URL of {kind} should have no user, password, query or fragment")
    return parts


def _told(reply: Reply | Silence) -> str:
    return reply.reason if isinstance(reply, Silence) else f"answered {_status(reply.status)}"


def _status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
