"""Vehicles of VROOM's JSON as crews, and their steps as itineraries to begin with."""

from __future__ import annotations

from collections.abc import Mapping

from data.vroom.fields import Fields, shown
from data.vroom.jobs import LARGEST_AMOUNT, LARGEST_ID, MOST_TOGETHER, read_skills
from data.vroom.ways import Ways
from scheduler.plan import Itinerary, Stop, StopKind
from scheduler.problem import CrewBreak, CrewShift, Visit

VEHICLE = (
    *("id", "description", "profile", "start", "start_index", "end", "end_index", "capacity"),
    *("skills", "time_window", "breaks", "max_tasks", "max_travel_time", "steps"),
)
BREAK = ("id", "description", "service", "time_windows")
STEP = ("type", "id", "place")

MOST_BREAKS = 6  # every set of them is tried at every stop


def read_crew(vehicle: Fields, ways: Ways) -> CrewShift:
    start_s, end_s = vehicle.span("time_window")
    return CrewShift(
        id=_id(vehicle),
        start_location=ways.end(vehicle, "start"),
        end_location=ways.end(vehicle, "end"),
        start_s=start_s,
        end_s=end_s,
        mode=ways.mode(vehicle),
        skills=read_skills(vehicle),
        breaks=_breaks(vehicle),
        max_visits=vehicle.whole("max_tasks") if "max_tasks" in vehicle else None,
        capacity=vehicle.wholes("capacity", most=LARGEST_AMOUNT),
        max_travel_s=vehicle.whole("max_travel_time") if "max_travel_time" in vehicle else None,
    )


def read_steps(
    vehicle: Fields, visits: Mapping[str, Visit], taken: dict[str, list[str]]
) -> Itinerary | None:
    """Return the jobs of a vehicle's steps in their order; None where there is none.

    `taken` are the vehicles in whose steps each job stands so far. Times are an engine's matter.
    """
    stops = []
    for step in vehicle.objects("steps", STEP):
        kind = step.told.get("type", "job")
        if kind == "job":
            job, place = _id(step), step.whole("place", 0)
            if job not in visits or place >= len(visits[job].options):
                step.fault("id", f"there is no job {job} with a place {place}")
            else:
                _take(step, visits[job], _id(vehicle), taken.setdefault(job, []))
            stops.append(Stop(StopKind.VISIT, job, 0, 0, 0, place))
        elif kind not in ("start", "break", "end"):
            step.fault("type", f"{shown(kind)} is none of start, job, break, end")
    return Itinerary(_id(vehicle), 0, 0, tuple(stops)) if stops else None


def _take(step: Fields, visit: Visit, vehicle: str, others: list[str]) -> None:
    """Note a job that is made already: two vehicles may meet at it, each once, if it asks so."""
    most = MOST_TOGETHER if visit.may_meet else 1
    if vehicle in others or len(others) >= most:
        step.fault("id", f"job {visit.id} stands in the steps of vehicle {others[-1]} already")
    others.append(vehicle)


def _breaks(vehicle: Fields) -> tuple[CrewBreak, ...]:
    told = vehicle.objects("breaks", BREAK)
    if len(told) > MOST_BREAKS:
        vehicle.fault("breaks", f"has {len(told)}; {MOST_BREAKS} are the most")
    rests = [_break(rest) for rest in told]
    for i, rest in enumerate(rests):
        if rest.id in [earlier.id for earlier in rests[:i]]:
            told[i].fault("id", f"{rest.id} stands there twice")
    return tuple(rests)


def _break(rest: Fields) -> CrewBreak:
    spans = rest.spans("time_windows")
    if len(spans) > 1:
        rest.fault("time_windows", "has several; a break has one")
    return CrewBreak(_id(rest), spans[0], rest.whole("service", 0))


def _id(item: Fields) -> str:
    return str(item.whole("id", most=LARGEST_ID))
