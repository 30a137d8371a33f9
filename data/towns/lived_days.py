"""What made-up days are truly like: roads slower than they say, and visits as long as they last.

A planner is told none of it but by what phones tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from scheduler.forecast import HOUSE_SPREADS, Lognormal
from scheduler.plan import Itinerary, Stop, StopKind
from scheduler.problem import CrewShift, Problem
from scheduler.windows import merge_spans

SLOWER = ((0, 1.35), (9 * 3600, 1.15), (17 * 3600, 1.4), (19 * 3600, 1.1))
"""From which second of the day on ways take how many times as long as roads say."""

LEG, DAY = 0.18, 0.08
"""Spreads of ways, and of whole days."""

LEAST_S = 60


@dataclass(frozen=True, slots=True)
class Stood:
    """A visit as it truly was, in seconds of the plan's clock."""

    stop: Stop
    arrived_s: int
    left_s: int


def lived(
    problem: Problem, trip: Itinerary, rng: Random, meets: Callable[[Stop, int], bool]
) -> Iterator[Stood]:
    """Yield the visits of a crew's day as they truly were, in the order of its plan.

    `meets` is asked at each door, told when service begins, whether somebody is met. Nobody goes
    in before hours that suit: a crew that is early waits.
    """
    crew = problem.crew_by_id[trip.crew_id]
    here, free_s, whole = crew.start_location, trip.start_s, rng.lognormvariate(0, DAY)
    for stop in trip.stops:
        if stop.kind is StopKind.BREAK:
            free_s = max(free_s, stop.start_s) + stop.end_s - stop.start_s
            continue
        there = problem.visit_by_id[stop.id].options[stop.option].location
        luck = whole * rng.lognormvariate(0, LEG)
        at_s = free_s + _way_s(problem, crew, here, there, free_s, luck)
        at_s = _opens_s(problem, stop, at_s)
        usual = HOUSE_SPREADS.met if meets(stop, at_s) else HOUSE_SPREADS.not_met
        here, free_s = there, at_s + _lasts_s(usual, rng)
        yield Stood(stop, at_s, free_s)


def _way_s(
    problem: Problem, crew: CrewShift, here: int, there: int, leave_s: int, luck: float
) -> int:
    told_s = problem.arrival_s(crew, here, there, leave_s) - leave_s
    slower = next(pace for from_s, pace in reversed(SLOWER) if from_s <= leave_s)
    return round(told_s * slower * luck)


def _opens_s(problem: Problem, stop: Stop, at_s: int) -> int:
    """Return when service may begin for who stands at a door; who comes too late begins at once."""
    options = problem.visit_by_id[stop.id].options
    spans = merge_spans(
        span for one in options if one.place_id == stop.place_id for span in one.starts
    )
    return next((max(at_s, first_s) for first_s, last_s in spans if at_s <= last_s), at_s)


def _lasts_s(usual: Lognormal, rng: Random) -> int:
    lasted_s = usual.median_s * rng.lognormvariate(0, usual.sigma)
    return max(LEAST_S, round(lasted_s))
