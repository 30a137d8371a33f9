"""Where phones bring what they have recorded: kept at once, and told so for each by its key."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import abort, current_app, jsonify, request
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from data.store.field.devices import Device
from data.store.field.inbox import Envelope, Receipt
from web.auth.access import public
from web.context import now, wired
from web.phone.brought.taker import TAKER
from web.phone.room import phone

MOST_AT_ONCE = 100
LONGEST_KEY = 64
LONGEST_SEALED = 4 << 20
"""Characters of one record in base64; a photograph that the page has made smaller has a tenth."""


@phone.post("/my/records")
@public
def bring() -> Response:
    """Keep what a phone brings; it may forget each record that the answer names.

    JSON `{"envelopes": [{"key", "kid", "sealed"}]}`, at most 100. The answer is
    `{"receipts": [{"key", "state", "told"}]}`; 401 where the phone may not bring any more, 400
    where an envelope is none.
    """
    request.get_data()  # a slow network is waited for before it is anybody's turn
    home = wired()
    receipts = home.inbox.keep(brought, home.sealing, now())
    current_app.extensions[TAKER].wake()
    return jsonify(receipts=[told(one) for one in receipts])


@phone.post("/my/receipts")
@public
def receipts() -> Response:
    """Tell how far the book has come with records of a phone: `{"keys": […]}`, at most 100.

    Who has called for help asks again and again: `seen` is when somebody at the desk saw it.
    """
    device = bringing_device()
    keys = [key for key in sent_list("keys") if isinstance(key, str)]
    return jsonify(receipts=[told(one) for one in wired().inbox.receipts(device, keys)])


@phone.record_once
def exempt(state: BlueprintSetupState) -> None:
    """Let phones in without the token of our forms: no browser sends their secret by itself."""
    for view in (bring, receipts):
        state.app.extensions["csrf"].exempt(view)


def bringing_device() -> Device:
    """Return the phone that asks, by the secret that it brings with."""
    sent = request.authorization
    secret = sent.token if sent is not None and sent.type == "bearer" else None
    found = wired().devices.of_secret(secret, now()) if secret else None
    if found is None:
        abort(HTTPStatus.UNAUTHORIZED, "this phone may bring nothing: let it in again")
    return found


def brought() -> tuple[Device, list[Envelope]]:
    """Return the phone that asks, and the records that it sends."""
    return bringing_device(), [envelope(one) for one in sent_list("envelopes")]


def sent_list(name: str) -> list[Any]:
    """Return the list of what is sent."""
    sent = request.get_json(silent=True)
    items = sent.get(name) if isinstance(sent, Mapping) else None
    if not isinstance(items, list) or not 0 < len(items) <= MOST_AT_ONCE:
        abort(HTTPStatus.BAD_REQUEST, f"send 1 to {MOST_AT_ONCE} {name} as JSON")
    return items


def envelope(sent: Any) -> Envelope:
    """Return one record as it was sent."""
    parts = sent if isinstance(sent, Mapping) else {}
    key, kid, text = (str(parts.get(name) or "") for name in ("key", "kid", "sealed"))
    if not (8 <= len(key) <= LONGEST_KEY and kid and 0 < len(text) <= LONGEST_SEALED):
        abort(HTTPStatus.BAD_REQUEST, "an envelope has a key, a kid and what is sealed")
    try:
        sealed = base64.b64decode(text, validate=True)
    except binascii.Error:
        abort(HTTPStatus.BAD_REQUEST, f"what is sealed in {key!r} is no base64")
    return Envelope(key, kid[:LONGEST_KEY], sealed, text)


def told(receipt: Receipt) -> dict[str, Any]:
    """Return what a phone is told of a record of its own."""
    if receipt.is_foreign:
        return {"key": receipt.key, "state": "foreign"}
    instants = {"seen": receipt.seen_at, "closed": receipt.closed_at}
    by_desk = {name: at.isoformat() for name, at in instants.items() if at is not None}
    return {"key": receipt.key, "state": receipt.state, "told": receipt.told, **by_desk}
