"""A logged-in client that keeps its connection, and how long each answer takes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from benchmarks.load import TOKEN


@dataclass(frozen=True)
class Answer:
    """What a server has answered, and after how many milliseconds it was read."""

    ms: float
    status: int
    headers: HTTPMessage
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Client:
    """A browser without a page: it asks one thing after the other."""

    url: str
    cookie: str
    token: str = field(default="")

    def __post_init__(self) -> None:
        self._connection = HTTPConnection(urlsplit(self.url).netloc, timeout=120)

    def get(self, path: str, *expected: int, **headers: str) -> Answer:
        """Ask for a page; RuntimeError where the answer is none of `expected`, 200 if untold."""
        return self._ask("GET", path, expected or (200,), None, headers)

    def take_token(self, path: str) -> None:
        """Open a page, and take the token that it lets its forms be sent with."""
        found = TOKEN.search(self.get(path).body.decode())
        assert found is not None, "every page holds its token"
        self.token = found[1]

    def post(self, path: str, told: object) -> Answer:
        """Send JSON; RuntimeError where it is not taken."""
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token}
        return self._ask("POST", path, (200,), json.dumps(told), headers)

    def close(self) -> None:
        self._connection.close()

    def _ask(
        self,
        method: str,
        path: str,
        expected: Sequence[int],
        body: str | None,
        headers: Mapping[str, str],
    ) -> Answer:
        began = perf_counter()
        all_headers = {"Cookie": self.cookie, "Accept": "application/json", **headers}
        self._connection.request(method, path, body, all_headers)
        answer = self._connection.getresponse()
        read = answer.read()
        if answer.status not in expected:
            raise RuntimeError(f"{method} {path} answers {answer.status}: {read[:200]!r}")
        return Answer(1000 * (perf_counter() - began), answer.status, answer.headers, read)
