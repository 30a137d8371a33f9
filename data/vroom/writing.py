"""A plan as a solution in VROOM's JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from data.vroom.fields import Json
from data.vroom.reading import Instance
from scheduler.plan import Itinerary, LeftOut, Plan, Reason, Stop, StopKind
from scheduler.problem import CrewShift

Written = dict[str, Any]

ADDED_UP = ("cost", "setup", "service", "duration", "waiting_time", "priority")
"""What the summary tells of all routes together."""

IN_MONEY = (Reason.NOT_WORTH, Reason.NOT_CHOSEN)
"""Reasons whose words tell of money, which a problem in seconds has not."""


def solution_of(
    instance: Instance, plan: Plan, times_s: Mapping[str, float], dropped: Sequence[str] = ()
) -> Written:
    """Return `plan` as a solution; `times_s` tells what was computed for how long.

    A route costs the seconds that it travels, its `duration`. Beyond VROOM's own keys a step has
    the `place` that was chosen of its job's; a job left out has the `reason`, its `detail` in
    words, and whether it was `required`. Where a vehicle's `steps` could not all be driven,
    `dropped` has the jobs that were taken out of them.
    """
    routes = [_route(instance, trip) for trip in plan.itineraries]
    left_out = [_left_out(instance, entry) for entry in plan.left_out]
    summary: Written = {"routes": len(routes), "unassigned": len(left_out)}
    keys = (*ADDED_UP, "distance") if instance.has_metres else ADDED_UP
    summary |= {key: sum(route[key] for route in routes) for key in keys}
    if kinds := len(instance.problem.crews[0].capacity):
        summary["delivery"] = [sum(route["delivery"][i] for route in routes) for i in range(kinds)]
    summary["violations"] = []
    summary["computing_times"] = {name: round(1000 * s) for name, s in times_s.items()}
    solution: Written = {"code": 0, "summary": summary, "unassigned": left_out, "routes": routes}
    if dropped:
        solution["dropped"] = [instance.jobs[visit_id]["id"] for visit_id in dropped]
    return solution


def _route(instance: Instance, trip: Itinerary) -> Written:
    crew, vehicle = instance.problem.crew_by_id[trip.crew_id], instance.vehicles[trip.crew_id]
    steps = _steps(instance, crew, trip)
    jobs = [instance.jobs[stop.id] for stop in trip.visits]
    told: Written = {"vehicle": vehicle["id"], "cost": steps[-1]["duration"]}
    told |= {key: sum(step[key] for step in steps) for key in ("setup", "service", "waiting_time")}
    told |= {key: steps[-1][key] for key in ("duration", "distance") if key in steps[-1]}
    told["priority"] = sum(job.get("priority", 0) for job in jobs)
    if crew.capacity:
        told["delivery"] = steps[0]["load"]
    return told | _description(vehicle) | {"steps": steps, "violations": []}


def _steps(instance: Instance, crew: CrewShift, trip: Itinerary) -> list[Written]:
    """Return the steps, each with what was travelled until then and what is still loaded."""
    steps = [
        _end(instance, crew, "start", trip.start_s),
        *(_step(instance, crew, stop) for stop in trip.stops),
        _end(instance, crew, "end", trip.end_s),
    ]
    matrices = {"duration": instance.problem.travel.seconds}
    if instance.has_metres:
        matrices["distance"] = instance.problem.travel.metres
    rows = list(_rows(instance, crew, trip))
    for key, matrix in matrices.items():
        legs = (int(matrix[crew.mode, 0, i, j]) for i, j in pairwise(rows))
        for step, so_far in zip(steps, accumulate(legs, initial=0), strict=True):
            step[key] = so_far
    if crew.capacity:
        for step, load in zip(steps, _loads(instance, crew, trip), strict=True):
            step["load"] = load
    return steps


def _rows(instance: Instance, crew: CrewShift, trip: Itinerary) -> Iterator[int]:
    """Yield the rows of the matrix at which a crew is, step by step."""
    here = crew.start_location
    yield here
    for stop in trip.stops:
        if stop.kind is StopKind.VISIT:
            here = instance.problem.visit_by_id[stop.id].options[stop.option].location
        yield here
    yield crew.end_location


def _loads(instance: Instance, crew: CrewShift, trip: Itinerary) -> list[list[int]]:
    """Return what is loaded after each step: at the start all of it, at the end nothing."""
    taken = np.zeros((len(trip.stops) + 2, len(crew.capacity)), np.int64)
    for row, stop in zip(taken[1:], trip.stops, strict=False):
        if stop.kind is StopKind.VISIT:
            row[:] = instance.problem.visit_by_id[stop.id].load or 0
    loads: list[list[int]] = (taken.sum(axis=0) - taken.cumsum(axis=0)).tolist()
    return loads


def _step(instance: Instance, crew: CrewShift, stop: Stop) -> Written:
    times = {"arrival": stop.arrival_s, "waiting_time": stop.start_s - stop.arrival_s}
    lasts_s = stop.end_s - stop.start_s
    if stop.kind is StopKind.BREAK:
        breaks = instance.vehicles[crew.id]["breaks"]
        rest = next(rest for rest in breaks if str(rest["id"]) == stop.id)
        own = {"type": "break", "id": rest["id"], "setup": 0, "service": lasts_s}
        return own | times | _description(rest) | {"violations": []}
    job, option = instance.jobs[stop.id], instance.problem.visit_by_id[stop.id].options[stop.option]
    own = {"type": "job", "id": job["id"], "place": stop.option}
    own |= {"setup": lasts_s - option.service_s, "service": option.service_s}
    where = _place(instance, stop.id, stop.option)
    return own | times | where | _description(job) | {"violations": []}


def _end(instance: Instance, crew: CrewShift, kind: str, arrival_s: int) -> Written:
    """Return the step at which a vehicle starts or ends."""
    vehicle = instance.vehicles[crew.id]
    told: Written = {"type": kind, "arrival": arrival_s}
    told |= dict.fromkeys(("setup", "service", "waiting_time"), 0)
    if kind in vehicle or f"{kind}_index" in vehicle:
        row = crew.start_location if kind == "start" else crew.end_location
        told |= _where(vehicle, row, kind)
    return told | {"violations": []}


def _left_out(instance: Instance, entry: LeftOut) -> Written:
    job = instance.jobs[entry.visit_id]
    told: Written = {"id": job["id"], "type": "job", "reason": str(entry.reason)}
    if entry.reason not in IN_MONEY:
        told["detail"] = entry.detail
    if instance.problem.visit_by_id[entry.visit_id].is_required:
        told["required"] = True
    return told | _place(instance, entry.visit_id, 0) | _description(job)


def _place(instance: Instance, job_id: str, number: int) -> Written:
    job, visit = instance.jobs[job_id], instance.problem.visit_by_id[job_id]
    told = job["places"][number] if "places" in job else job
    return _where(told, visit.options[number].location)


def _where(told: Json, row: int, point: str = "location") -> Written:
    where: Written = {"location": told[point]} if point in told else {}
    return where | {"location_index": row}


def _description(told: Json) -> Written:
    return {"description": told["description"]} if "description" in told else {}
