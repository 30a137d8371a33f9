"""The use case of a collector who is gone for the rest of a day: what can be done, by its cost."""

from __future__ import annotations

from collections.abc import Iterator

from routing.point import Point
from scheduler.drafts.opened import OpenDraft, loosened, now_in, problem_with
from scheduler.editing.sick import Choice, Wanted, choices
from scheduler.engines.stop_rules import Iterations
from scheduler.service import Ports, meetings_by, travel_times

ITERATIONS = 2
"""Slices of search for who takes over, of each choice: somebody waits for the answer."""


def choices_for(
    ports: Ports, at: OpenDraft, collector_id: str, wanted: Wanted | None = None
) -> list[Choice]:
    """Return what can become of a collector's crew once she is gone, the cheapest first.

    Raises
    ------
    GoneError
        Where she is in no crew of the day.
    """
    stands = loosened(at, collector_id)
    times = travel_times(ports, at.day.city, at.day.on)
    return choices(
        stands.problem,
        stands.sheet,
        collector_id,
        lambda crews: problem_with(ports, at, tuple(crews)),
        meetings_by(times, at.day, _points(at)),
        lambda: Iterations(ITERATIONS),
        now_s=now_in(at),
        wanted=wanted,
    )


def _points(at: OpenDraft) -> Iterator[Point]:
    """Yield where crews meet, part, or stand by now."""
    for crew in at.record.content.crews:
        yield from (crew.start, crew.end)
    points = {place.id: place.point for place in at.day.places}
    for shift in at.problem.crews:
        for stop in shift.begun:
            if point := points.get(stop.place_id):
                yield point
