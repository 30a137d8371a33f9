"""The way between phones and the server, which can be bad."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from random import Random
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from tests.web.pages import World


@dataclass
class Wire:
    """What lies between phones and the server: it may lose answers, or swallow what is sent.

    `sent` has each envelope once, by its key, with the secret of its phone.
    """

    server: WSGIApplication
    chance: Random = field(default_factory=lambda: Random(0))
    losing: float = 0.0
    is_swallowing: bool = False
    sent: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/my/records":
            return self.server(environ, start_response)
        self._note(environ)
        if self.is_swallowing:
            raise ConnectionAbortedError("nothing arrives")
        answer = self.server(environ, start_response)
        if self.chance.random() < self.losing:
            raise ConnectionAbortedError("the server has it, and the phone does not hear of it")
        return answer

    def _note(self, environ: WSGIEnvironment) -> None:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ["wsgi.input"] = BytesIO(body)
        secret = environ["HTTP_AUTHORIZATION"]
        self.sent |= {one["key"]: (secret, one) for one in json.loads(body)["envelopes"]}

    def replay(self, world: World, keys: Iterable[str]) -> None:
        """Send records once more, one at a time, as anybody could who has listened."""
        client = world.app.test_client()
        for key in keys:
            secret, envelope = self.sent[key]
            sent, headers = {"envelopes": [envelope]}, {"Authorization": secret}
            assert client.post("/my/records", json=sent, headers=headers).status_code == 200
