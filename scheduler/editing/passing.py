"""What crews pass by: their way from door to door, and how far round another door is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from scheduler.plan import Itinerary, Stop
from scheduler.problem import CrewShift, Problem


def doors_of(problem: Problem, visit_id: str) -> set[int]:
    """Return where a visit can be made."""
    return {option.location for option in problem.visit_by_id[visit_id].options}


def way_of(problem: Problem, crew: CrewShift, trip: Itinerary | None) -> list[int]:
    """Return where a crew comes by, from where it starts or has been last on."""
    stops = to_come(crew, trip)
    start = crew.start_location
    if trip and len(stops) < len(trip.visits):
        start = _spot(problem, trip.visits[len(trip.visits) - len(stops) - 1])
    return [start, *(_spot(problem, stop) for stop in stops), crew.end_location]


def to_come(crew: CrewShift, trip: Itinerary | None) -> tuple[Stop, ...]:
    """Return the visits of a crew that it has not begun."""
    begun = {stop.id for stop in crew.begun}
    return tuple(stop for stop in trip.visits if stop.id not in begun) if trip else ()


def detours_s(
    problem: Problem, crew: CrewShift, way: Sequence[int], doors: Iterable[int]
) -> list[int]:
    """Return how much longer each gap of a way gets by the nearest of `doors`, in seconds."""
    ways = problem.ways(crew)[0]
    doors = tuple(doors)
    return [
        min(int(ways[here, door]) + int(ways[door, there]) for door in doors)
        - int(ways[here, there])
        for here, there in pairwise(way)
    ]


def under_way_s(problem: Problem, crew: CrewShift, way: Sequence[int]) -> int:
    """Return how long a way takes, its stops apart."""
    ways = problem.ways(crew)[0]
    return sum(int(ways[here, there]) for here, there in pairwise(way))


def _spot(problem: Problem, stop: Stop) -> int:
    return problem.visit_by_id[stop.id].options[stop.option].location
