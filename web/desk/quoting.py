"""What each place of the day says while a visit is dragged: its price, or what forbids it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from flask import abort, jsonify, request
from werkzeug.wrappers import Response

from data.access import Role
from scheduler.drafts.opened import OpenDraft
from scheduler.editing.obstacles import Obstacle
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
    return jsonify(
        {
            "visit": visit_id,
            "revision": draft.record.revision,
            "quotes": list(quotes_told(found, draft)),
        }
    )


def quotes_told(quotes: Iterable[Quote], draft: OpenDraft) -> Iterator[dict[str, Any]]:
    """Yield quotes as the page takes them; sums are in thousandths, times of the plan's clock.

    What forbids one gap mostly forbids all gaps of its crew: it is put into words once.
    """
    told: dict[Obstacle, dict[str, Any]] = {}
    for quote in quotes:
        where = {"crew_id": quote.crew_id, "before": quote.before}
        no = quote.forbidden
        if no is None:
            yield {**where, **allowed_told(quote)}
            continue
        if no not in told:
            told[no] = obstacle_told(no, draft)
        yield {**where, "forbidden": told[no]}


def allowed_told(quote: Quote) -> dict[str, Any]:
    """Return what a gap costs that takes the visit."""
    return {
        "price": quote.price,
        "driving_s": quote.driving_s,
        "working_s": quote.working_s,
        "start_s": quote.start_s,
        "place_id": quote.place_id,
        "partner_id": quote.partner_id,
        "forbidden": None,
    }
