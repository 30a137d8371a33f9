"""The judge of plans: independent of every engine, and of the way plans are driven and costed.

It verifies a plan from the numbers of its problem alone and, for a lender's day, asks every rule
again with the actual instants and the collectors who really come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.check.begun import check_begun
from scheduler.check.doors import check_doors
from scheduler.check.facts import check_facts
from scheduler.check.faults import Fault, kinds, rule_kind
from scheduler.check.fitness import check_fitness
from scheduler.check.lists import check_lists
from scheduler.check.locks import check_locks
from scheduler.check.meetings import meetings
from scheduler.check.moves import check_moves
from scheduler.check.roster import check_roster
from scheduler.check.trips import check_trip
from scheduler.plan import Plan, Violation
from scheduler.problem import Lock, Problem

__all__ = ["Fault", "check_plan", "kinds", "rule_kind"]


def check_plan(problem: Problem, plan: Plan, locks: Sequence[Lock] = ()) -> list[Violation]:
    """Return every violation of `plan`, all at once; an empty list means that it holds.

    A visit that is left out is no violation, even a required one: whether it was worth it is the
    cost's matter. A lock that is not kept is.
    """
    return list(_violations(problem, plan, locks))


def _violations(problem: Problem, plan: Plan, locks: Sequence[Lock]) -> Iterator[Violation]:
    yield from check_lists(problem, plan)
    yield from check_begun(problem, plan)
    yield from check_doors(problem, plan)
    for trip in plan.itineraries:
        crew = problem.crew_by_id.get(trip.crew_id)
        if crew is not None:
            yield from check_trip(problem, crew, trip)
            yield from check_fitness(problem, crew, trip)
    yield from check_locks(plan, locks)
    yield from check_moves(problem, plan)
    if problem.day is not None:
        yield from check_roster(problem, problem.day, plan)
        facts = {(crew.id, stop) for crew in problem.crews for stop in crew.begun}
        met = [
            one
            for one in meetings(problem, problem.day, plan)
            if not any((crew.id, one.stop) in facts for crew in one.crews)
        ]
        yield from check_facts(problem.day, problem.rules, met)
