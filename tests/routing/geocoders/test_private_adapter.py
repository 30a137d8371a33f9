"""A server that misbehaves: bounded, never followed elsewhere, and nothing asked is repeated."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from threading import Event
from typing import Any

import pytest
from geopy.exc import (
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)

from routing.geocoders.private_adapter import MOST_BYTES
from tests.routing import little_server
from tests.routing.geocoders.recorded import KEY, always, geocoder
from tests.routing.little_server import Told, serving, write_head

SECRET_PLACE = "某某路七十八弄"


def asked(answer: Any, service: str = "nominatim", timeout: float = 5.0) -> Any:
    with serving(lambda path, body: answer) as server:  # noqa: ARG005
        return geocoder(service, server.url).geocode(SECRET_PLACE, timeout=timeout)


def huge(handler: BaseHTTPRequestHandler, over: Event) -> None:
    write_head(handler, 2 * MOST_BYTES)
    handler.wfile.write(b" " * 2 * MOST_BYTES)


def other_content_type(body: bytes, kind: str) -> Callable[[BaseHTTPRequestHandler, Event], None]:
    def answer(handler: BaseHTTPRequestHandler, over: Event) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Told(500, "oops " + SECRET_PLACE), GeocoderUnavailable),
        (Told(503, ""), GeocoderUnavailable),
        (Told(400, SECRET_PLACE), GeocoderQueryError),
        (Told(403, SECRET_PLACE), GeocoderInsufficientPrivileges),
        (Told(404, SECRET_PLACE), GeocoderServiceError),
        (Told(302, "", {"Location": "http://127.0.0.1:1/"}), GeocoderServiceError),
        (Told(200, f"<h1>{SECRET_PLACE}</h1>"), GeocoderParseError),
        (Told(200, "[NaN]"), GeocoderParseError),
        (Told(200, "[" * 100_000), GeocoderParseError),
        (other_content_type(b"\xff\xfe", "application/json"), GeocoderParseError),
        (other_content_type(b"<html>log in</html>", "text/html"), GeocoderParseError),
        (huge, GeocoderServiceError),
        (little_server.half, GeocoderUnavailable),
        (little_server.close, GeocoderUnavailable),
        (little_server.gibber, GeocoderUnavailable),
    ],
)
@pytest.mark.parametrize("service", ["nominatim", "amap"])
def test_who_misbehaves_is_told_without_what_was_asked(
    service: str, answer: Any, kind: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(kind) as caught:
        asked(answer, service)
    shown = f"{caught.value!r} {caught.value.__cause__!r} {caplog.text}"
    for hidden in (SECRET_PLACE, "%E6%9F%90", KEY):
        assert hidden not in shown


@pytest.mark.parametrize("answer", [little_server.hang, little_server.drip])
def test_one_answer_is_waited_for_a_bounded_time(answer: Any) -> None:
    with pytest.raises(GeocoderTimedOut):
        asked(answer, timeout=0.2)


def test_valid_json_is_read_whatever_it_is_called() -> None:
    assert asked(other_content_type(b"[]", "text/javascript; charset=gbk")) is None


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(("said", "wait_s"), [("7", 7), ("Mon, 01 Jan 2001 00:00:00 GMT", 0)])
def test_how_long_to_wait_is_heard(status: int, said: str, wait_s: int) -> None:
    with pytest.raises(GeocoderRateLimited) as caught:
        asked(Told(status, "", {"Retry-After": said}))
    assert caught.value.retry_after == wait_s


def test_too_often_may_be_said_without_a_time() -> None:
    with pytest.raises(GeocoderRateLimited) as caught:
        asked(Told(429, ""))
    assert caught.value.retry_after is None


def test_a_redirect_is_never_followed() -> None:
    with serving(always([])) as other:
        leads = Told(301, "", {"Location": f"{other.url}/search"})
        with pytest.raises(GeocoderServiceError, match="leads elsewhere and is not followed"):
            asked(leads)
        assert other.asked == []


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(always([])) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("http_proxy", proxy.url)
        assert asked(Told(200, [])) is None
        assert proxy.asked == []
