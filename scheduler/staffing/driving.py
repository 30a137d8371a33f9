"""Drives the itineraries of a plan through days as they truly come, many replications at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from scheduler.drive import NEVER
from scheduler.plan import Itinerary, Plan
from scheduler.problem import Problem
from scheduler.staffing.arrays import Ints
from scheduler.staffing.crew_day import CrewDay
from scheduler.staffing.fates import Fate, Log
from scheduler.staffing.groups import Group, Part, planned_again, split
from scheduler.staffing.meeting import drive_together
from scheduler.staffing.planned import planned_day
from scheduler.staffing.policy import Policy
from scheduler.staffing.results import Drive, results_of
from scheduler.staffing.standing import first_standing
from scheduler.staffing.team import team_of
from scheduler.staffing.world import World

GO_ON = Policy()


def drive_plan(
    problem: Problem,
    plan: Plan,
    world: World,
    reps: Sequence[int] | Ints,
    policy: Policy = GO_ON,
) -> Drive:
    """Return what becomes of a plan in replications of one day.

    Parameters
    ----------
    problem, plan
        A plan that `check_plan` has no fault to find with; stops that were begun are facts.
    world
        The truth of this day: `Certain`, what the planner believes (believed.py), or a made-up
        town's.
    reps
        Numbers of the replications. The same number is the same luck, alone or among others.
    policy
        What crews do when the day does not go as planned.

    Returns
    -------
    Drive
        With arrays [row, replication] and [crew, replication] in the order of `reps`.
    """
    run = _Run(problem, world, np.asarray(reps, np.int64), policy)
    run.begin(plan.itineraries)
    for at_s in sorted(policy.moments_s) if policy.replan else ():
        run.drive(at_s)
        run.plan_again(at_s)
    run.drive(NEVER)
    return results_of(problem, plan, run.reps, run.log, run.groups)


@dataclass
class _Run:
    problem: Problem
    world: World
    reps: Ints
    policy: Policy
    log: Log = field(init=False)
    groups: list[Group] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.log = Log(len(self.reps))

    def begin(self, trips: Iterable[Itinerary]) -> None:
        """Let each crew that has an itinerary begin by it, in all replications alike."""
        parts = {}
        for trip in trips:
            day = planned_day(self.problem, trip)
            team = team_of(self.problem, day.crew, self.world, self.reps)
            standing = first_standing(self.problem, day, team)
            parts[trip.crew_id] = Part(day, team, standing)
            for planned in day.visits:
                self.log.tell(planned.row(day.crew), standing.at[standing.is_home], Fate.NOBODY)
        self.groups = [Group(np.arange(len(self.reps)), self.problem, parts)]

    def drive(self, until_s: int) -> None:
        """Drive all crews on; who is at a door or in a break at `until_s` ends that first."""
        for group in self.groups:
            reps, log = self.reps[group.at], self.log
            setting = group.problem, self.world, self.policy
            days = [
                CrewDay(*setting, part.day, part.team, part.standing, reps, log, until_s)
                for part in group.parts.values()
            ]
            drive_together(days, self.policy.patience_s)

    def plan_again(self, at_s: int) -> None:
        """Ask the policy for a new plan, in each replication by itself."""
        singles = [single for group in self.groups for single in split(group)]
        setting = self.problem, self.world, self.policy, self.log
        self.groups = [
            planned_again(*setting, single, at_s, int(self.reps[single.at[0]]))
            for single in singles
        ]
