"""What each place of the day says while a visit is dragged: its price, or what forbids it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, jsonify, request
from werkzeug.wrappers import Response

from data.access import Role
from scheduler.editing.quotes import Quote
from web.auth.access import needs
from web.desk.opened import open_drafts, opened
from web.desk.refusing import obstacle_told
from web.desk.room import desk, version_here
from web.desk.sight import seen_crews, seen_visits


@desk.get("/<city>/<day:on>/desk/quotes")
@needs(Role.DISPATCHER)
def quotes(city: str, on: date) -> Response:
    """Quote every gap of each crew for `visit`; `revision` says what the answer is about."""
    version, visit_id = version_here(city, on), request.args.get("visit", "")
    draft = opened(city, on, version)
    if not seen_visits(draft, [visit_id]):
        abort(404)
    crews, quoter = seen_crews(draft), open_drafts().quoter((city, on, version), draft)
    found = [quote for quote in quoter.quotes(visit_id) if quote.crew_id in crews]
    told = {"visit": visit_id, "revision": draft.record.revision}
    return jsonify({**told, "quotes": [quote_told(one) for one in found]})


def quote_told(quote: Quote) -> dict[str, Any]:
    """Return a quote as the page takes it; sums are in thousandths, times of the plan's clock."""
    where = {"crew_id": quote.crew_id, "before": quote.before}
    if quote.forbidden:
        return {**where, "forbidden": obstacle_told(quote.forbidden)}
    return {
        **where,
        "price": quote.price,
        "driving_s": quote.driving_s,
        "working_s": quote.working_s,
        "start_s": quote.start_s,
        "place_id": quote.place_id,
        "partner_id": quote.partner_id,
        "forbidden": None,
    }
