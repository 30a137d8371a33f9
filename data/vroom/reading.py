"""A problem in VROOM's JSON, as visits, crews and a matrix of travel times.

Money is in seconds of travel: a plan costs what its crews travel and the worth of the jobs that it
leaves out. Second 0 is whatever the file counts from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.vroom.fields import FieldError, Fields, FieldsError, Json, NoJsonError
from data.vroom.jobs import JOB, read_visit, read_wish
from data.vroom.vehicles import VEHICLE, read_crew, read_steps
from data.vroom.ways import Ways
from data.vroom.worth import Wish, most_travel_s, worths
from routing.point import Point
from scheduler.plan import Plan
from scheduler.problem import CrewShift, Problem, Visit

ORIGIN = datetime(2026, 11, 23, tzinfo=UTC)  # a problem has no date; any midnight will do

MOST_MEETING_S = 7 * 86_400
"""Hours of all places of a job for two, while vehicles are at work: each ten minutes are tried."""


@dataclass(frozen=True)
class Instance:
    """A problem as it was told, and as an engine takes it.

    Ids of visits, crews and breaks are those of jobs, vehicles and breaks, as text; the options of
    a visit are the places of its job, in their order. `warm_start` holds the vehicles' `steps`.
    `points` are the rows of the matrix where coordinates were told and no matrices.
    """

    jobs: Mapping[str, Json]
    vehicles: Mapping[str, Json]
    problem: Problem
    warm_start: Plan | None
    profiles: tuple[str, ...]
    points: tuple[Point, ...]
    has_metres: bool


def read_file(file: Path, *, all_required: bool = False) -> Instance:
    """Read a problem; a matrix may be the name of a `.npy` file beside it.

    Raises
    ------
    FieldsError
        Where it is not understood, with all faults.
    OSError
        Where the file cannot be read.
    """
    told = parsed(file.read_bytes(), f"{file.name} ")
    return read(told, file.parent, all_required=all_required)


def parsed(problem: bytes, name: str = "") -> Any:
    """Return the JSON of a problem; NoJsonError where it is none, or nested without end."""
    try:
        return json.loads(problem)
    except RecursionError as error:
        fault = f"{name}is nested too deep; lists and objects of a problem are a few deep"
        raise NoJsonError([FieldError("", fault)]) from error
    except ValueError as error:
        raise NoJsonError([FieldError("", f"{name}is no JSON: {error}")]) from error


def read(told: object, folder: Path | None = None, *, all_required: bool = False) -> Instance:
    """Do what `read_file` does with JSON that is parsed; without `folder`, no `.npy` files."""
    errors: list[FieldError] = []
    root = Fields(told, ("jobs", "vehicles", "matrices"), errors)
    root.require("jobs", "vehicles")
    ways = Ways(root, folder)
    jobs = root.objects("jobs", JOB, "job")
    vehicles = root.objects("vehicles", VEHICLE, "vehicle")
    visits = [read_visit(job, ways, is_required=all_required) for job in jobs]
    crews = [read_crew(vehicle, ways) for vehicle in vehicles]
    wishes = [read_wish(job) for job in jobs]
    if "vehicles" in root and not vehicles:
        root.fault("vehicles", "has no vehicle")
    _refuse_doubles(jobs, [visit.id for visit in visits])
    _refuse_doubles(vehicles, [crew.id for crew in crews])
    _refuse_uneven(vehicles, "capacity", [crew.capacity for crew in crews], crews)
    _refuse_uneven(jobs, "delivery", [visit.load for visit in visits], crews)
    by_id: dict[str, Visit] = {visit.id: visit for visit in visits}
    taken: dict[str, list[str]] = {}
    trips = [trip for vehicle in vehicles if (trip := read_steps(vehicle, by_id, taken))]
    _refuse_endless_meetings(jobs, visits, crews)
    if errors:
        raise FieldsError(errors)
    problem = _problem(visits, wishes, crews, ways)
    return Instance(
        jobs={visit.id: job.told for visit, job in zip(visits, jobs, strict=True)},
        vehicles={crew.id: vehicle.told for crew, vehicle in zip(crews, vehicles, strict=True)},
        problem=problem,
        warm_start=Plan(tuple(trips), ()) if trips else None,
        profiles=ways.profiles,
        points=ways.points,
        has_metres=ways.has_metres,
    )


def _problem(
    visits: Sequence[Visit], wishes: Sequence[Wish], crews: Sequence[CrewShift], ways: Ways
) -> Problem:
    travel = ways.matrix()
    located = tuple(map(ways.located, crews))
    worth = worths(wishes, most_travel_s(len(visits), crews, travel))
    valued = (_valued(visit, value) for visit, value in zip(visits, worth, strict=True))
    return Problem(ORIGIN, tuple(valued), located, travel)


def _valued(visit: Visit, value: int) -> Visit:
    return replace(visit, options=tuple(replace(one, value=value) for one in visit.options))


def _refuse_endless_meetings(
    jobs: Sequence[Fields], visits: Sequence[Visit], crews: Sequence[CrewShift]
) -> None:
    """Note jobs for two that could be met at too many hours to try them."""
    first_s = min((crew.start_s for crew in crews), default=0)
    last_s = max((crew.latest_end_s for crew in crews), default=0)
    for job, visit in zip(jobs, visits, strict=True):
        spans = [span for option in visit.options for span in option.starts]
        open_s = sum(max(0, min(to_s, last_s) - max(from_s, first_s)) for from_s, to_s in spans)
        if visit.may_meet and open_s > MOST_MEETING_S:
            days = MOST_MEETING_S // 86_400
            fault = f"two may meet in {days} days in all: give time windows to job or vehicles"
            job.fault("crew", fault)


def _refuse_doubles(items: Sequence[Fields], ids: Sequence[str]) -> None:
    for i, item in enumerate(items):
        if "id" in item and ids[i] in ids[:i]:
            item.fault("id", f"{ids[i]} stands there twice")


def _refuse_uneven(
    items: Sequence[Fields],
    key: str,
    amounts: Sequence[tuple[int, ...]],
    crews: Sequence[CrewShift],
) -> None:
    """Note amounts that are of more or fewer kinds than the first vehicle's capacity."""
    kinds = len(crews[0].capacity) if crews else 0
    for item, amount in zip(items, amounts, strict=True):
        if (key in item or key == "capacity") and len(amount) != kinds:
            item.fault(key, f"{len(amount)} amounts, and the first vehicle's capacity has {kinds}")
