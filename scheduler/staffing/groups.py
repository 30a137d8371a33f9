"""Replications that go by one plan, and a plan made anew for one of them during the day."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scheduler.plan import Itinerary, StopKind
from scheduler.problem import CrewShift, Problem
from scheduler.staffing.arrays import Ints
from scheduler.staffing.fates import Fate, Log
from scheduler.staffing.planned import PlannedDay, PlannedVisit, planned_day
from scheduler.staffing.policy import Moment, Policy
from scheduler.staffing.standing import Standing, first_standing
from scheduler.staffing.team import Team, team_of
from scheduler.staffing.world import World


@dataclass
class Part:
    """A crew in the replications of a group."""

    day: PlannedDay
    team: Team
    standing: Standing


@dataclass
class Group:
    """The replications at the positions `at`, and the crews on the road, by their ids."""

    at: Ints
    problem: Problem
    parts: dict[str, Part]


def split(group: Group) -> list[Group]:
    """Return a group for each replication."""
    return [_single(group, number) for number in range(len(group.at))]


def _single(group: Group, number: int) -> Group:
    chosen = np.zeros(len(group.at), bool)
    chosen[number] = True
    parts = {
        crew_id: Part(
            part.day,
            replace(
                part.team,
                present=part.team.present[:, chosen],
                late_s=part.team.late_s[chosen],
            ),
            part.standing.only(chosen),
        )
        for crew_id, part in group.parts.items()
    }
    return Group(group.at[chosen], group.problem, parts)


def planned_again(
    problem: Problem,
    world: World,
    policy: Policy,
    log: Log,
    group: Group,
    at_s: int,
    replication: int,
) -> Group:
    """Return a group of one replication with what the policy answers at the second `at_s`."""
    reps = np.array([replication])
    for crew in problem.crews:
        if crew.id not in group.parts:
            group.parts[crew.id] = _idle_part(problem, crew, world, reps, group.at)
    for part in group.parts.values():
        part.day = _ahead(part.day, log, int(group.at[0]))
    now = _problem_now(problem, group, log, at_s)
    ahead = {id: tuple(one.visit.id for one in p.day.visits) for id, p in group.parts.items()}
    plan = policy.replan(Moment(at_s, replication, now, ahead)) if policy.replan else None
    if plan is not None:
        trips = {trip.crew_id: trip for trip in plan.itineraries}
        for crew in now.crews:
            _give(group.parts[crew.id], now, crew, trips.get(crew.id))
        group.problem = now
    for part in group.parts.values():
        part.standing.is_halted[:] = False
    return group


def _idle_part(problem: Problem, crew: CrewShift, world: World, reps: Ints, at: Ints) -> Part:
    """Return a crew that had nothing to do."""
    day = planned_day(problem, Itinerary(crew.id, crew.start_s, crew.start_s, ()))
    team = team_of(problem, crew, world, reps)
    standing = first_standing(problem, day, team)
    standing.at = at
    return Part(day, team, standing)


def _ahead(day: PlannedDay, log: Log, position: int) -> PlannedDay:
    """Return what is still to come of a day, with the breaks that were put off."""
    pending: list[int] = []
    visits: list[PlannedVisit] = []
    for planned in day.visits:
        pending += planned.rests
        if log.cells(planned.row(day.crew)).fate[position] == Fate.NOT_ITS_DAY:
            visits.append(replace(planned, rests=tuple(pending)))
            pending = []
    return replace(day, visits=tuple(visits), rests=(*pending, *day.rests))


def _problem_now(problem: Problem, group: Group, log: Log, at_s: int) -> Problem:
    """Return the problem without who is absent or at home, and what those have done."""
    position = int(group.at[0])
    crews, gone = [], set[str]()
    for crew in problem.crews:
        part, begun = group.parts[crew.id], log.begun(crew.id, position)
        if part.standing.is_home[0] or not part.team.present.any():
            gone |= {stop.id for stop in begun if stop.kind is StopKind.VISIT}
            continue
        free_s = int(part.standing.ready_s[0])
        left_s = int(part.standing.left_s[0]) if begun else max(free_s, at_s)
        size = int(part.team.count[0])
        skills = frozenset(s for s in crew.skills if part.team.has(s)[0])
        crews.append(
            replace(
                crew,
                size=size,
                skills=skills,
                start_s=left_s,
                begun=(*crew.begun, *begun),
                free_s=max(free_s, at_s),
            )
        )
    visits = tuple(visit for visit in problem.visits if visit.id not in gone)
    return replace(problem, visits=visits, crews=tuple(crews))


def _give(part: Part, problem: Problem, crew: CrewShift, trip: Itinerary | None) -> None:
    """Give a crew its new order; one that is left out of the plan goes home."""
    if trip is None:
        part.day = replace(part.day, visits=(), rests=())
        return
    part.day = planned_day(problem, trip)
    if not crew.begun:
        part.standing.left_s = np.maximum(part.standing.left_s, trip.start_s)
        part.standing.ready_s = part.standing.left_s.copy()
