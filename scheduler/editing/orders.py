"""What each edit asks of the crews that it touches: which visits, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.call import Call
from scheduler.check import Fault
from scheduler.drive import calls_of
from scheduler.editing.edits import Sheet
from scheduler.editing.obstacles import ForbiddenEditError, GoneError, Ground, Obstacle
from scheduler.plan import Itinerary, StopKind
from scheduler.problem import Lock, Problem

Calls = tuple[Call, ...]


@dataclass(frozen=True)
class Orders:
    """The calls of the touched crews after what they have begun, and the locks that hold then.

    `taken_off` are the visits that a person left out.
    """

    calls: Mapping[str, Calls]
    locks: tuple[Lock, ...]
    taken_off: tuple[str, ...] = ()


def calls_by_crew(problem: Problem, sheet: Sheet, crew_ids: Iterable[str]) -> dict[str, Calls]:
    """Return what each of some crews still has to do, in order.

    Raises
    ------
    ForbiddenEditError
        Where a visit that one of them has is none of the problem's any more.
    """
    trips = {trip.crew_id: trip for trip in sheet.plan.itineraries}
    return {id_: calls_in(problem, trips[id_]) if id_ in trips else () for id_ in crew_ids}


def calls_in(problem: Problem, trip: Itinerary) -> Calls:
    """Return what a crew still has to do in `trip`."""
    if trip.crew_id not in problem.crew_by_id:
        text = "is not on the road any more"
        raise ForbiddenEditError([Obstacle(Fault.UNKNOWN_CREW, trip.crew_id, text, Ground.DAY)])
    if gone := [stop.id for stop in trip.visits if not problem.knows(stop)]:
        text = "is planned and may not be made any more: take it off first"
        faults = [Obstacle(Fault.UNKNOWN_VISIT, id_, text, Ground.DAY) for id_ in gone]
        raise ForbiddenEditError(faults)
    return calls_of(problem, trip)


def crews_at(sheet: Sheet, visit_id: str) -> list[str]:
    """Return the crews that go to a visit, in the order of the plan."""
    trips = sheet.plan.itineraries
    return [trip.crew_id for trip in trips if any(s.id == visit_id for s in trip.visits)]


def without(calls: Sequence[Call], visit_id: str) -> Calls:
    return tuple(call for call in calls if call.visit.id != visit_id)


def position(problem: Problem, crew_id: str, calls: Sequence[Call], before: str | None) -> int:
    """Return where among `calls` somebody goes who comes before the visit `before`.

    Raises
    ------
    GoneError
        Where the crew does not go there, any more or yet.
    """
    if before is None:
        return len(calls)
    ids = [call.visit.id for call in calls]
    if before in ids:
        return ids.index(before)
    if before in begun_by(problem, crew_id):
        text = f"crew {crew_id} has begun it: nothing can come before it"
        raise ForbiddenEditError([Obstacle(Fault.BEGUN_CHANGED, before, text, Ground.DAY)])
    raise GoneError(
        f"visit {before} no longer stands in the day of crew {crew_id}: look at it again"
    )


def begun_by(problem: Problem, crew_id: str) -> set[str]:
    """Return the visits that a crew has begun."""
    begun = problem.crew_by_id[crew_id].begun
    return {stop.id for stop in begun if stop.kind is StopKind.VISIT}


def refuse_begun(problem: Problem, visit_id: str) -> None:
    """Raise ForbiddenEditError where some crew has begun a visit."""
    for crew in problem.crews:
        if visit_id in begun_by(problem, crew.id):
            text = f"crew {crew.id} has begun it: it stays as it is"
            raise ForbiddenEditError([Obstacle(Fault.BEGUN_CHANGED, visit_id, text, Ground.DAY)])
