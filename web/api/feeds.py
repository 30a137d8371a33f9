"""POST /api/v1/cities/CITY/contacts and /payments: what a lender's systems tell, docs/feeds.md."""

from __future__ import annotations

import json
from functools import wraps
from http import HTTPStatus
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import abort, g, request
from werkzeug.wrappers import Response

from scheduler.errors import NotFoundError
from scheduler.ports import BookChange, By
from web.api.answers import CALLERS_FAULT, fault, said
from web.api.callers import is_foreign_page
from web.api.feed_rows import Reader
from web.api.openapi import document
from web.api.pages import api, as_response
from web.auth.access import DOOR, View, public
from web.context import now, wired
from web.security import is_secure_context

MOST_BYTES = 48 << 20
MOST_ROWS = 100_000


def for_feeds(view: View) -> View:
    """Let in a program whose token opens the feeds of the address's city, and nobody else."""

    @wraps(view)
    def guarded(city: str) -> Any:
        if not is_secure_context(request):
            abort(403, "over plain http others can read what is sent: use the https address")
        if is_foreign_page():
            abort(403, "pages of other sites may not call: call from a program")
        told = request.authorization
        secret = told.token if told is not None and told.type == "bearer" else None
        g.caller = wired().tokens.holder(secret, now(), feeds=city) if secret else None
        if g.caller is None:
            abort(401, "no token of this city's feeds: dayround token add NAME --feeds CITY")
        return view(city)

    setattr(guarded, DOOR, ())
    return cast(View, guarded)


@api.post("/v1/cities/<city>/contacts")
@for_feeds
def contacts(city: str) -> Response:
    """Take contacts in: {"contacts": […]}."""
    reader = reader_of(city)
    told = body("contacts")
    found = reader.contacts(told.get("contacts"))
    try:
        with wired().store.writing(caller()) as writer:
            change = writer.add_contacts(city, found)
    except NotFoundError as error:
        abort(HTTPStatus.CONFLICT, f"nothing was taken: {error}")
    return answer(reader, change)


@api.post("/v1/cities/<city>/payments")
@for_feeds
def payments(city: str) -> Response:
    """Take payments and balances in: {"payments": […], "balances": […]}."""
    reader = reader_of(city)
    told = body("payments", "balances")
    paid = reader.payments(told.get("payments", []))
    left = reader.balances(told.get("balances", []))
    with wired().store.writing(caller()) as writer:
        change = writer.add_payments(city, paid, left)
    return answer(reader, change)


@api.get("/v1/openapi.json")
@public
def openapi() -> Response:
    """Describe the API to programs that make clients of it."""
    return as_response(said(HTTPStatus.OK, document()))


def reader_of(city: str) -> Reader:
    """Return what reads the rows of this request."""
    zone = ZoneInfo(wired().store.city(city).zone)
    return Reader(wired().store.borrowers_by_case(city), now(), zone)


def caller() -> By:
    """Return whom the events name: the token's program."""
    return wired().ports.by(f"token {g.caller}")


def body(*lists: str) -> dict[str, Any]:
    """Return the request's object with these lists; end the request where it is none."""
    request.max_content_length = MOST_BYTES
    if request.mimetype != "application/json" or "Content-Encoding" in request.headers:
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send JSON as application/json, not compressed")
    try:
        told = json.loads(request.get_data(cache=False))
    except (ValueError, RecursionError):
        abort(HTTPStatus.BAD_REQUEST, "the body is no JSON")
    if not isinstance(told, dict) or not told or set(told) - set(lists):
        abort(HTTPStatus.BAD_REQUEST, f"send an object with {' and '.join(lists)}")
    if sum(len(rows) for rows in told.values() if isinstance(rows, list)) > MOST_ROWS:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"send at most {MOST_ROWS:,} rows at once")
    return told


def answer(reader: Reader, change: BookChange) -> Response:
    """Answer how many rows were taken; 422 names each that was not, and the others are in."""
    for key in change.clashing:
        where = reader.pointer_of.get(key, "")
        reader.faults.add(f"{where}/key", "the book holds something else under this key")
    for no in change.refused:
        reader.faults.add(f"{reader.pointer_of.get(no.key, '')}/{no.field}", no.problem)
    counts = {"new": len(change.new), "unchanged": len(change.unchanged)}
    if errors := reader.faults.errors:
        told = f"{len(errors)} faults; their rows are not taken, the others are"
        return as_response(
            fault(HTTPStatus.UNPROCESSABLE_ENTITY, told, CALLERS_FAULT, errors=errors, **counts)
        )
    return as_response(said(HTTPStatus.OK, counts))
