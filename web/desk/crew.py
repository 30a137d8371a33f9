"""A crew of a plan: who goes, how long, with what load, and its stops in their order."""

from __future__ import annotations

from datetime import date

from flask import request

from data.access import Role
from scheduler.errors import NotFoundError
from web.auth.access import needs
from web.context import wired
from web.desk.fragments import fragment
from web.desk.room import desk
from web.dispatch.today import seen_board


@desk.get("/<city>/<day:on>/desk/crew/<path:crew>")
@needs(Role.DISPATCHER)
def crew(city: str, on: date, crew: str) -> str:
    """Show a crew with its members, shift, skills, load and stops."""
    record = wired().store.plan(city, on, request.args.get("version", type=int))
    line = next((one for one in seen_board(record).crews if one.id == crew), None)
    if line is None:
        raise NotFoundError(f"version {record.version} of {on} has no crew {crew!r} to be seen")
    formed = next(one for one in record.content.crews if one.id == crew)
    locks = {lock.visit_id for lock in record.content.locks}
    return fragment("crew", line.name, on, crew=line, formed=formed, record=record, locks=locks)
