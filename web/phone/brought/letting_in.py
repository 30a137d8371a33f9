"""Letting a phone bring records of a day: what it seals for, and what it brings them with."""

from __future__ import annotations

import base64
from datetime import date

from flask import jsonify
from werkzeug.wrappers import Response

from data.access import Role
from web.auth.access import by, current_user, needs
from web.context import wired
from web.phone.room import needed_day, phone


@phone.post("/my/<day:on>/device")
@needs(Role.COLLECTOR)
def let_in(on: date) -> Response:
    """Make this phone known for a day of hers; what it is told is told only now.

    The secret lets it bring records until 14 days after the day, and reads nothing.
    """
    day, home = needed_day(on), wired()
    link = current_user.link
    made = home.devices.add(
        day.city.name, on, day.collector_id, day.round.ends_at, by(), link.id if link else None
    )
    sealing = home.sealing
    return jsonify(
        device=made.device.id,
        secret=made.secret,
        until=made.device.deposits_until.isoformat(),
        kid=sealing.id,
        public_key=base64.b64encode(sealing.public).decode(),
    )
