"""Whether a crew goes on to its next visit: by what it expects, for it knows no truth.

A crew that is in time by its plan goes without asking. One that is late looks at the matrix, the
hours of the visit, its breaks and the way home.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.drive import NEVER
from scheduler.problem import CrewShift, Problem
from scheduler.staffing.arrays import Bools, Ints
from scheduler.staffing.fates import Fate
from scheduler.staffing.planned import PlannedDay, PlannedVisit
from scheduler.staffing.policy import Policy, WhenLate
from scheduler.staffing.standing import Standing
from scheduler.staffing.world import planned_leg_s

NOTHING = 0
"""Nothing speaks against going."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a crew expects of a visit, by the planner's own times; `NEVER` where it cannot be."""

    leg_s: Ints
    arrival_s: Ints
    start_s: Ints
    end_s: Ints


def outlook(
    problem: Problem, crew: CrewShift, planned: PlannedVisit, here: Ints, ready_s: Ints
) -> Outlook:
    """Return what a crew expects that goes to a visit now."""
    way = planned.way
    leg_s = planned_leg_s(problem, crew, here, way.location, ready_s)
    arrival_s = ready_s + leg_s
    agreed_s = planned.stop.start_s if planned.is_met else 0
    start_s = planned.start_s(np.maximum(arrival_s, agreed_s))
    lasts_s = way.service_s + way.setup_s * (here != way.location)
    return Outlook(leg_s, arrival_s, start_s, start_s + lasts_s)


def objections(
    problem: Problem,
    day: PlannedDay,
    number: int,
    standing: Standing,
    can_make: Bools,
    policy: Policy,
) -> Ints:
    """Return the `Fate` that keeps a crew from the visit of that number, or `NOTHING`."""
    planned, crew = day.visits[number], day.crew
    look = outlook(problem, crew, planned, standing.here, standing.ready_s)
    against = np.full(len(standing.at), NOTHING, np.int64)
    late = _is_late(crew, planned, standing, look)
    if late.any():
        if policy.late is WhenLate.MUSTS_FIRST and not _is_kept(planned):
            musts = [one for one in day.visits[number + 1 :] if _is_kept(one)]
            against[late & _misses_for(problem, crew, standing, look, planned, musts)] = (
                Fate.FOR_A_MUST
            )
        against[late & ~_is_home_in_time(problem, crew, standing, look, planned)] = Fate.NO_TIME
    against[look.start_s >= NEVER] = Fate.HOURS_OVER
    against[look.arrival_s >= NEVER] = Fate.NO_ROAD
    against[~can_make] = Fate.SHORT_HANDED
    return against


def _is_kept(planned: PlannedVisit) -> bool:
    """Whether others are given up for it: it must be made, or another crew comes for it."""
    return planned.visit.is_required or planned.is_met


def _is_late(crew: CrewShift, planned: PlannedVisit, standing: Standing, look: Outlook) -> Bools:
    """Whether a crew would be there later than planned, or has had less of its breaks."""
    late: Bools = look.arrival_s > planned.stop.arrival_s
    late = late | ((planned.taken & ~standing.taken) != 0)
    if crew.max_travel_s is not None:
        late = late | (standing.travel_s + look.leg_s > planned.travel_s)
    return late


def _is_home_in_time(
    problem: Problem, crew: CrewShift, standing: Standing, look: Outlook, planned: PlannedVisit
) -> Bools:
    """Whether a crew could be home in time, its breaks taken, if it made this visit alone."""
    end_s, unpaid_s = np.minimum(look.end_s, NEVER), standing.unpaid_s
    for bit, rest in sorted(enumerate(crew.breaks), key=lambda one: one[1].starts):
        is_ahead = (standing.taken >> bit & 1) == 0
        rested_s = np.maximum(end_s, rest.starts[0]) + rest.duration_s
        end_s = np.where(is_ahead, rested_s, end_s)
        if not rest.is_paid:
            unpaid_s = unpaid_s + is_ahead * rest.duration_s
    here = np.full(len(end_s), planned.way.location)
    home_s = planned_leg_s(problem, crew, here, crew.end_location, end_s)
    in_time: Bools = end_s + home_s <= crew.latest_end_s
    if crew.max_travel_s is not None:
        in_time &= standing.travel_s + look.leg_s + home_s <= crew.max_travel_s
    if crew.max_working_s is not None:
        in_time &= end_s + home_s - standing.left_s - unpaid_s <= crew.max_working_s
    return in_time


def _misses_for(
    problem: Problem,
    crew: CrewShift,
    standing: Standing,
    look: Outlook,
    planned: PlannedVisit,
    musts: Sequence[PlannedVisit],
) -> Bools:
    """Whether going there misses what must be kept later on, and passing over it does not."""
    if not musts:
        return np.zeros(len(standing.at), bool)
    there = np.full(len(standing.at), planned.way.location)
    after_it = _keeps(problem, crew, musts, there, np.minimum(look.end_s, NEVER))
    return ~after_it & _keeps(problem, crew, musts, standing.here, standing.ready_s)


def _keeps(
    problem: Problem, crew: CrewShift, musts: Sequence[PlannedVisit], here: Ints, ready_s: Ints
) -> Bools:
    """Whether a crew can still make all of `musts`, in their order, and be home in time."""
    for planned in musts:
        ready_s = np.minimum(outlook(problem, crew, planned, here, ready_s).end_s, NEVER)
        here = np.full(len(here), planned.way.location)
    home_s = planned_leg_s(problem, crew, here, crew.end_location, ready_s)
    kept: Bools = ready_s + home_s <= crew.latest_end_s
    return kept
