"""A crew of a plan: who goes, how long, with what load, and its stops in their order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask import request

from data.access import Role
from data.store.plan_rows import clock
from scheduler.errors import NotFoundError
from scheduler.ports import PlanRecord, PlanStatus
from web.auth.access import needs
from web.context import wired
from web.desk.foretelling import Morning, foretellings
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
    morning = foretellings().beside((city, on, record.version))
    return fragment(
        "crew", line.name, on, **told, ways=ways_of(record, crew),
        morning=morning, expected=expected_of(record, crew, morning),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expected:
    """When a crew is home in half and in nine of ten days, and what else is told of it."""

    half: datetime
    most: datetime
    p_overtime: float
    extra_visits: int


def expected_of(record: PlanRecord, crew: str, morning: Morning) -> Expected | None:
    """Return what the morning tells of a crew, None where nothing is told."""
    told = morning.told.of_crew(crew) if morning.told else None
    if told is None:
        return None
    at = clock(record.content.origin)
    return Expected(at(told.home_p50_s), at(told.home_p90_s), told.p_overtime, told.extra_visits)


def ways_of(record: PlanRecord, crew: str) -> list[WayIn]:
    """Return how a crew comes to its day on its phones; nobody drives by a draft."""
    if record.state is not PlanStatus.PUBLISHED:
        return []
    people = wired().desk.facts(record, seen_agencies()).collectors
    return [way for way in ways_in(record, people) if way.crew_id == crew]
