"""Where a crew is, and what it has done so far, by replication."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from scheduler.beginning import beginning_of
from scheduler.problem import Problem
from scheduler.staffing.arrays import Bools, Ints
from scheduler.staffing.planned import PlannedDay
from scheduler.staffing.team import Team


@dataclass
class Standing:
    """A crew in n replications; every array has the shape [n].

    Parameters
    ----------
    at
        The positions of these replications among all that are driven.
    here, ready_s
        The location of the matrix where the crew is, and when it can leave it.
    left_s, travel_s, unpaid_s, taken
        When it left home, how long it was on the road and in breaks that are not paid, and which
        breaks it has had.
    is_out, is_halted, is_home
        Whether it has gone anywhere; waits for a new plan; has ended its day.
    """

    at: Ints
    here: Ints
    ready_s: Ints
    left_s: Ints
    travel_s: Ints
    unpaid_s: Ints
    taken: Ints
    is_out: Bools
    is_halted: Bools
    is_home: Bools

    def only(self, chosen: Bools) -> Standing:
        """Return some of the replications."""
        return Standing(*(getattr(self, one.name)[chosen] for one in fields(self)))


def first_standing(problem: Problem, day: PlannedDay, team: Team) -> Standing:
    """Return how a crew begins: as planned, or when the last of those who come is there.

    A crew that has begun already goes on; where nobody comes the day has ended.
    """
    size = len(team.late_s)
    crew, beginning = day.crew, beginning_of(problem, day.crew)
    left_s = np.maximum(day.start_s, crew.start_s + team.late_s)
    ready_s = left_s.copy()
    if crew.begun:
        left_s = np.full(size, crew.start_s)
        ready_s = np.full(size, beginning.ready_s)

    def all_of(number: int) -> Ints:
        return np.full(size, number, np.int64)

    return Standing(
        at=np.arange(size),
        here=all_of(beginning.location),
        ready_s=ready_s,
        left_s=left_s,
        travel_s=all_of(beginning.travel_s),
        unpaid_s=all_of(beginning.ready_s - crew.start_s - beginning.working_s),
        taken=all_of(beginning.taken),
        is_out=np.full(size, bool(crew.begun)),
        is_halted=np.zeros(size, bool),
        is_home=team.count == 0,
    )
