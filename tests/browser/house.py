"""One server for a session of tests: behind its door is the world of the test that runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.serving import make_server

from tests.web.pages import World


@dataclass
class House:
    """Answers for a world; between tests, who still asks is told that nobody is there."""

    address: str = ""
    world: World | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self.world is None:
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return []
        return self.world.app(environ, start_response)


@contextmanager
def serving() -> Iterator[House]:
    """Serve a house, empty at first."""
    house = House()
    server = make_server("127.0.0.1", 0, house, threaded=True)
    house.address = f"http://127.0.0.1:{server.server_port}"
    # The end waits for a beat of the server's.
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield house
    server.shutdown()
    server.server_close()
