"""How geopy's geocoders reach their services: bounded, and without a word of what was asked.

geopy's own adapters follow redirects, take a proxy from the environment, read an answer of any
length, and put what was asked into logs and errors. An address shall go to the named service alone.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import (
    GeocoderParseError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)

from routing.sources.exchange import Reply, Request, Silence, exchange

MOST_BYTES = 1 << 22
"""4 MB: many times what an address's answer takes."""

TOO_MANY = 429


class PrivateAdapter(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """Asks one server over HTTP, whose every answer and silence is an error of geopy's."""

    def __init__(self, *, proxies: object = None, ssl_context: object = None) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        logging.getLogger("geopy").addFilter(_nothing)  # it logs the URL, with the address in it

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            return json.loads(text, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise GeocoderParseError("answered without JSON") from None

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        said = exchange(Request(parts, path, headers=headers, most_bytes=MOST_BYTES), timeout)
        if isinstance(said, Silence):
            raise _of_silence(said)
        if said.status >= 300:
            raise _of_status(said)
        try:
            return said.body.decode()
        except UnicodeDecodeError:
            raise GeocoderParseError("answered what is no UTF-8 text") from None


def _of_silence(silence: Silence) -> Exception:
    kind = GeocoderUnavailable
    if not silence.may_pass:
        kind = GeocoderServiceError
    elif silence.reason.startswith("did not answer"):
        kind = GeocoderTimedOut
    error: Exception = kind(silence.reason)
    return error


def _of_status(reply: Reply) -> Exception:
    """Return the error that a status means; its body is not told, for it may hold the question."""
    said, wait_s = f"answered {reply.status}", reply.retry_after_s
    error: Exception
    if reply.status < 400:
        error = GeocoderServiceError(f"{said}, which leads elsewhere and is not followed")
    elif reply.status == TOO_MANY or (reply.status >= 500 and wait_s is not None):
        error = GeocoderRateLimited(said, retry_after=None if wait_s is None else math.ceil(wait_s))
    elif reply.status >= 500:
        error = GeocoderUnavailable(said)
    else:
        error = AdapterHTTPError(said, status_code=reply.status, headers={}, text=None)
    return error


def _nothing(_: logging.LogRecord) -> bool:
    return False


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
