"""Letting a phone bring records of a day: what it seals for, and what it brings them with."""

from __future__ import annotations

import base64
from datetime import date

from flask import jsonify, request
from werkzeug.wrappers import Response

from data.access import Role
from web.auth.access import by, current_user, needs
from web.context import wired
from web.phone.room import MyDay, needed_day, phone


@phone.post("/my/<day:on>/device")
@needs(Role.COLLECTOR)
def let_in(on: date) -> Response:
    """Make this phone known for a day of hers; what it is told is told only now.

    The secret lets it bring records until 14 days after the day, and reads nothing. A phone whose
    browser has deleted everything names in `before` what it had been known by: `brought` is how
    many records the book has from it.
    """
    day, home = needed_day(on), wired()
    link = current_user.link
    made = home.devices.add(
        day.city.name, on, day.collector_id, day.round.ends_at, by(), link.id if link else None
    )
    sealing = home.sealing
    return jsonify(
        device=made.device.id,
        brought=brought_before(day, request.form.get("before", "")),
        secret=made.secret,
        until=made.device.deposits_until.isoformat(),
        kid=sealing.id,
        public_key=base64.b64encode(sealing.public).decode(),
    )


def brought_before(day: MyDay, id: str) -> int:
    """Return how many records the book has from a phone of her day, 0 where it is not hers."""
    found = wired().devices.by_id([id]).get(id)
    if found is None or (found.city, found.on) != (day.city.name, day.on):
        return 0
    return wired().inbox.count_of(id) if found.collector_id == day.collector_id else 0
