"""A crew of a plan: who goes, how long, with what load, and its stops in their order."""

from __future__ import annotations

from datetime import date

from flask import request

from data.access import Role
from scheduler.errors import NotFoundError
from scheduler.ports import PlanRecord, PlanStatus
from web.auth.access import needs
from web.context import wired
from web.desk.fragments import fragment
from web.desk.room import desk
from web.dispatch.room import seen_agencies
from web.dispatch.today import seen_board
from web.dispatch.ways_in import WayIn, ways_in


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
    told = {"crew": line, "formed": formed, "record": record, "locks": locks}
    return fragment("crew", line.name, on, **told, ways=ways_of(record, crew))


def ways_of(record: PlanRecord, crew: str) -> list[WayIn]:
    """Return how a crew comes to its day on its phones; nobody drives by a draft."""
    if record.state is not PlanStatus.PUBLISHED:
        return []
    people = wired().desk.facts(record, seen_agencies()).collectors
    return [way for way in ways_in(record, people) if way.crew_id == crew]
