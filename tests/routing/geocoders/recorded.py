"""Exchanges with map services, as their documentation shows them, played by a server of our own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from routing.extent import Box
from routing.geocoders.services import SERVICES, Access
from tests.routing.little_server import Answering, LittleServer, Told, serving

FOLDER = Path(__file__).parent / "exchanges"
KEY, SECRET = "the-key", "the-secret"
EARTH = Box(-180, -90, 180, 90)


@cache
def exchanges(service: str) -> dict[str, Any]:
    """Return a service's exchanges by their names."""
    read: dict[str, Any] = json.loads((FOLDER / f"{service}.json").read_text(encoding="utf-8"))
    return read


def always(answer: object, status: int = 200) -> Answering:
    """Answer so, whatever is asked."""
    return lambda path, body: Told(status, answer)  # noqa: ARG005


@contextmanager
def playing(service: str, name: str) -> Iterator[LittleServer]:
    """Serve one exchange."""
    told = exchanges(service)[name]
    with serving(always(told["answer"], told["status"])) as server:
        yield server


def geocoder(service: str, url: str, city: str = "", secret: str = "", box: Box = EARTH) -> Any:
    """Return a service's geocoder that asks a server at `url`."""
    return SERVICES[service].make(Access(city, box, KEY, secret, url))


def asked_of(server: LittleServer) -> dict[str, str]:
    """Return the parameters of the last question."""
    return dict(parse_qsl(urlsplit(server.asked[-1]).query))
