"""A server on this machine that answers what a test tells it to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from routing.point import Point
from routing.sources.server import Patience
from tests.routing.little_town import at

HASTY = Patience(request_s=5, matrix_s=10, tries=2, pause_s=0)
"""No pause between tries."""

A, B, C = at(0), at(1), at(0, 1)
SEA = Point(1.0, 1.0)


@dataclass(frozen=True)
class Told:
    """A status, a body (JSON unless it is text), and headers."""

    status: int
    content: Any
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        text = self.content if isinstance(self.content, str) else json.dumps(self.content)
        return text.encode()


Answering = Callable[[str, Any], Told | Callable[[BaseHTTPRequestHandler, Event], None]]
"""From a path and a body's JSON to an answer, or to what writes one itself."""


@dataclass
class LittleServer:
    url: str
    asked: list[str]


@contextmanager
def serving(answering: Answering) -> Iterator[LittleServer]:
    """Serve on a free port; what hangs is let go at the end."""
    asked: list[str] = []
    over = Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            length = int(self.headers.get("Content-Length", 0))
            answer = answering(self.path, json.loads(self.rfile.read(length) or b"null"))
            if not isinstance(answer, Told):
                answer(self, over)
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield LittleServer(f"http://127.0.0.1:{server.server_port}", asked)
    finally:
        over.set()
        server.shutdown()
        server.server_close()


def write_head(handler: BaseHTTPRequestHandler, length: int) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(length))
    handler.end_headers()


def hang(handler: BaseHTTPRequestHandler, over: Event) -> None:
    """Say nothing until the test is over."""
    over.wait(30)


def drip(handler: BaseHTTPRequestHandler, over: Event) -> None:
    """Send a byte now and then, always before a socket's timeout."""
    write_head(handler, 10_000)
    while not over.wait(0.02):
        try:
            handler.wfile.write(b" ")
        except OSError:
            return


def half(handler: BaseHTTPRequestHandler, over: Event) -> None:
    """Break off in the middle."""
    write_head(handler, 100)
    handler.wfile.write(b'{"code":')


def close(handler: BaseHTTPRequestHandler, over: Event) -> None:
    """Close the connection without a word."""


def gibber(handler: BaseHTTPRequestHandler, over: Event) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")
