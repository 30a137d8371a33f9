"""The day as its open pages ask for it, again and again: 304 where nothing has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import jsonify, request
from werkzeug.wrappers import Response

from data.access import AgenciesOn, Role
from data.masking import masked
from data.store.drafts import DraftHead
from scheduler.editing.log import KeptEdit, redoable, undoable
from scheduler.ports import PlanStatus
from web.auth.access import current_user, needs
from web.context import wired
from web.desk.figures import day_figures
from web.desk.log_words import edits_told, label, notices_told
from web.desk.opened import OpenDrafts, open_drafts
from web.desk.room import desk, head_here
from web.desk.run_part import run_part
from web.desk.telling import day_told
from web.dispatch.board import Board
from web.dispatch.room import seen_agencies, zone
from web.dispatch.today import seen_board
from web.language import chosen_language
from web.slots.readying import look_ready

SEARCH = "X-Job"
"""The header that names the search for a better plan, while there is one: its way is shown."""

SOON = "X-Soon"
"""The header that says that something is being worked out anew: the page asks again at once."""

ALARMS = "X-Alarms"
"""The header that changes with the open alarms of the city: the page then asks for them."""

LAST = 20
"""How many edits are told."""


@desk.get("/<city>/<day:on>/desk.json")
@needs(Role.DISPATCHER)
def state(city: str, on: date) -> Response:
    """Return the whole day, of its newest plan or of `version`; NotFoundError without one.

    A page that asks again and again has the day opened beside: its answer then tells when each
    visit may be made, and what is dragged is quoted at once. How the published day runs is told
    with it, whichever version is shown.
    """
    head, drafts = head_here(city, on), open_drafts()
    which = (city, on, head.version)
    if "X-Poll" in request.headers and head.state is not PlanStatus.SUPERSEDED:
        drafts.keep_open(wired(), which, head.newest_event)
        look_ready(city, on)
    draft, run = drafts.ready(which), run_part(city, on, head.newest_event)
    tag = tag_of(head, drafts.stamp(which), run.digest)
    response = Response(status=304)
    if not request.if_none_match.contains_weak(tag):
        shown = seen_board(wired().store.plan(city, on, head.version))
        figures = day_figures(shown)
        told = day_told(shown, figures, zone().key, draft.problem if draft else None)
        response = jsonify({**told, **log_told(drafts, shown), "running": run.told})
    response.set_etag(tag, weak=True)
    if head.search is not None:
        response.headers[SEARCH] = str(head.search)
    if run.is_stale:
        response.headers[SOON] = "yes"
    response.headers[ALARMS] = wired().alarms.stamp(city)
    return response


def tag_of(head: DraftHead, stamp: int, run: str) -> str:
    """Return what changes with all that an answer tells, and to whom."""
    agencies = seen_agencies()
    seen = "all" if agencies is None else f"{sorted(agencies)} {day_of(agencies)}"
    about = (head.id, head.state, head.revision, head.newest_event, stamp, run)
    told = (*about, seen, current_user.name, chosen_language())
    return hashlib.sha256(repr(told).encode()).hexdigest()[:20]


def day_of(agencies: object) -> date | None:
    """Return as of which day agencies' cases are seen."""
    return agencies.on if isinstance(agencies, AgenciesOn) else None


def log_told(drafts: OpenDrafts, shown: Board) -> Mapping[str, Any]:
    """Return what was done by hand, what she may take back, and what was not carried over."""
    log, names = drafts.log(wired(), shown.record.id), names_in(shown)
    me, is_draft = current_user.name, shown.record.state is PlanStatus.DRAFT
    return {
        "undo": next_told(undoable(log, me) if is_draft else None, names),
        "redo": next_told(redoable(log, me) if is_draft else None, names),
        "edits": edits_told([one for one in log if not one.lapsed][-LAST:], names),
        "notices": notices_told(log, names),
    }


def next_told(one: KeptEdit | None, names: Mapping[str, str]) -> dict[str, str] | None:
    """Return what the next undo, or redo, is about."""
    return {"label": label(one, names)} if one else None


def names_in(shown: Board) -> Mapping[str, str]:
    """Return what visits and crews of a plan are called on the page."""
    stops = (stop for crew in shown.crews for stop in crew.stops)
    return {
        **shown.names,
        **{stop.id: masked(stop.borrower.name) for stop in stops if stop.borrower},
    }
