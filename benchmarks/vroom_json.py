"""Problems and solutions in VROOM's JSON, with prizes, places and `.npy` matrices beside it.

Money is in seconds of travel, so that a plan's cost is the sum of the prizes that are lost and
the seconds that are driven. What field problems do not hold is refused, not passed over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from routing.travel import Mode, TravelMatrix
from scheduler.plan import Itinerary, Plan, StopKind
from scheduler.problem import CrewBreak, CrewShift, Problem, Span, Visit, VisitOption

ORIGIN = datetime(2026, 11, 23, tzinfo=UTC)  # seconds count from a midnight; any one will do
JOB = {"id", "service", "prize", "required", "places", "skills"}
VEHICLE = {"id", "start_index", "end_index", "time_window", "max_tasks", "skills", "breaks"}

Json = Mapping[str, Any]


def read_problem(file: Path) -> Problem:
    """Read a problem; each visit and crew has the id of its job or vehicle, as text.

    Raises
    ------
    ValueError
        Where the file asks for what is not understood here.
    """
    told = json.loads(file.read_text(encoding="utf-8"))
    refuse_unknown("job", told["jobs"], JOB)
    refuse_unknown("vehicle", told["vehicles"], VEHICLE)
    seconds = np.load(file.with_name(told["matrices"]["car"]["durations"]))[None, None]
    return Problem(
        origin=ORIGIN,
        visits=tuple(map(visit, told["jobs"])),
        crews=tuple(map(crew, told["vehicles"])),
        travel=TravelMatrix((Mode.CAR,), seconds, np.zeros_like(seconds)),
    )


def refuse_unknown(kind: str, items: list[Json], known: set[str]) -> None:
    for item in items:
        if strange := sorted(item.keys() - known):
            raise ValueError(f"{kind} {item['id']}: {', '.join(strange)} not understood here")


def visit(job: Json) -> Visit:
    """Return a job as a visit, each of its places as an option."""
    options = (
        VisitOption(
            place_id=str(number),
            location=place["location_index"],
            starts=spans(place["time_windows"]),
            service_s=job["service"],
            value=job.get("prize", 0),
        )
        for number, place in enumerate(job["places"])
    )
    return Visit(
        id=str(job["id"]),
        options=tuple(options),
        is_required=job.get("required", False),
        skills=skills(job),
    )


def crew(vehicle: Json) -> CrewShift:
    start_s, end_s = vehicle["time_window"]
    return CrewShift(
        id=str(vehicle["id"]),
        start_location=vehicle["start_index"],
        end_location=vehicle["end_index"],
        start_s=start_s,
        end_s=end_s,
        skills=skills(vehicle),
        breaks=tuple(map(rest, vehicle.get("breaks", ()))),
        max_visits=vehicle.get("max_tasks"),
    )


def rest(told: Json) -> CrewBreak:
    if len(told["time_windows"]) != 1:
        raise ValueError(f"break {told['id']}: give it one time window")
    return CrewBreak(str(told["id"]), spans(told["time_windows"])[0], told["service"])


def spans(windows: list[list[int]]) -> tuple[Span, ...]:
    return tuple((first_s, last_s) for first_s, last_s in windows)


def skills(item: Json) -> frozenset[str]:
    return frozenset(map(str, item.get("skills", ())))


def write_solution(plan: Plan, file: Path) -> None:
    """Write a plan as a solution: its routes with their arrivals, and the jobs left out."""
    solution = {
        "routes": [route(itinerary) for itinerary in plan.itineraries],
        "unassigned": [{"id": int(entry.visit_id)} for entry in plan.left_out],
    }
    file.write_text(json.dumps(solution), encoding="utf-8")


def route(itinerary: Itinerary) -> Json:
    steps: list[Json] = [{"type": "start", "arrival": itinerary.start_s}]
    for stop in itinerary.stops:
        step = {"id": int(stop.id), "arrival": stop.arrival_s}
        if stop.kind is StopKind.BREAK:
            steps.append({"type": "break"} | step)
        else:
            steps.append({"type": "job", "place": stop.option} | step)
    steps.append({"type": "end", "arrival": itinerary.end_s})
    return {"vehicle": int(itinerary.crew_id), "steps": steps}
