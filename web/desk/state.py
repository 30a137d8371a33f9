"""The day as its open pages ask for it, again and again: 304 where nothing has changed."""

from __future__ import annotations

from datetime import date

from flask import jsonify, request
from werkzeug.wrappers import Response

from data.access import Role
from web.auth.access import needs
from web.context import wired
from web.desk.figures import day_figures
from web.desk.room import desk
from web.desk.telling import day_told
from web.dispatch.room import zone
from web.dispatch.today import seen_board


@desk.get("/<city>/<day:on>/desk.json")
@needs(Role.DISPATCHER)
def state(city: str, on: date) -> Response:
    """Return the whole day, of its newest plan or of `version`; NotFoundError without one."""
    shown = seen_board(wired().store.plan(city, on, request.args.get("version", type=int)))
    response = jsonify(day_told(shown, day_figures(shown, zone()), zone().key))
    response.add_etag(weak=True)
    return response.make_conditional(request)
