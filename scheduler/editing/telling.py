"""Violations of an edited plan as a dispatcher is told them: what is late, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduler.check import Fault
from scheduler.editing.obstacles import RULE, Obstacle, ground_of, in_order
from scheduler.plan import Itinerary, Plan, Violation
from scheduler.problem import Problem
from scheduler.timesheet import travelled_s, worked_s


def told(problem: Problem, plan: Plan, violations: Sequence[Violation]) -> list[Obstacle]:
    """Return violations of `plan` in a dispatcher's words, the law's first.

    Whoever comes too late does so by somebody's word: a rule's where one refuses that hour, else
    the borrower's.
    """
    found = [obstacle(problem, plan, violation) for violation in violations]
    return in_order(_by_whose_word(one, found) for one in found)


def _by_whose_word(one: Obstacle, found: Sequence[Obstacle]) -> Obstacle:
    if one.kind != Fault.WINDOW_MISSED:
        return one
    hours = [other for other in found if other.id == one.id and other.rule]
    no = min(hours, key=lambda other: not other.is_law, default=one)
    return replace(one, ground=no.ground, rule=no.rule, source=no.source)


def obstacle(problem: Problem, plan: Plan, violation: Violation) -> Obstacle:
    """Return one violation of `plan` in a dispatcher's words."""
    late_s = _late_s(problem, plan, violation)
    return Obstacle(
        kind=violation.kind,
        id=violation.id,
        text=words(violation, late_s),
        ground=ground_of(violation),
        rule=violation.kind.removeprefix(RULE) if violation.kind.startswith(RULE) else "",
        source=violation.source,
        late_s=late_s,
    )


def words(violation: Violation, late_s: int) -> str:
    """Say a violation, times as minutes late."""
    minutes = -(-late_s // 60)
    match violation.kind:
        case Fault.WINDOW_MISSED if late_s:
            return f"would begin {minutes} min too late"
        case Fault.WINDOW_MISSED:
            return "would begin outside its hours"
        case Fault.OVERTIME:
            return f"would be back {minutes} min after the latest end"
        case Fault.TRAVELS_TOO_LONG:
            return f"would travel {minutes} min longer than it may"
        case Fault.WORKS_TOO_LONG:
            return f"would work {minutes} min longer than it may"
        case Fault.BREAK_MOVED | Fault.BREAK_DROPPED:
            return "would not be taken in its hours"
        case Fault.LOCK_TIME:
            return "would not begin at the time that is locked"
        case Fault.MEETS_APART if late_s:
            return f"would keep the crew that comes there too waiting {minutes} min"
        case _:
            return violation.text


def late_start_s(problem: Problem, visit_id: str, option: int, start_s: int) -> int:
    """Return how long after the last start allowed at a place a visit would begin; 0 if in time."""
    visit = problem.visit_by_id[visit_id]
    here = visit.options[option].location
    lasts = [way.starts[-1][1] for way in visit.options if way.location == here and way.starts]
    return max(0, start_s - max(lasts, default=start_s))


def _late_s(problem: Problem, plan: Plan, violation: Violation) -> int:
    match violation.kind:
        case Fault.WINDOW_MISSED:
            stops = [s for trip in plan.itineraries for s in trip.visits if s.id == violation.id]
            late = (late_start_s(problem, s.id, s.option, s.start_s) for s in stops)
            return max(late, default=0)
        case Fault.OVERTIME:
            return _trip(plan, violation.id).end_s - problem.crew_by_id[violation.id].latest_end_s
        case Fault.TRAVELS_TOO_LONG:
            return _travelled_s(problem, plan, violation.id)
        case Fault.WORKS_TOO_LONG:
            return _worked_s(problem, plan, violation.id)
        case _:
            return 0


def _travelled_s(problem: Problem, plan: Plan, crew_id: str) -> int:
    crew = problem.crew_by_id[crew_id]
    return travelled_s(crew, _trip(plan, crew_id)) - (crew.max_travel_s or 0)


def _worked_s(problem: Problem, plan: Plan, crew_id: str) -> int:
    crew = problem.crew_by_id[crew_id]
    return worked_s(crew, _trip(plan, crew_id)) - (crew.max_working_s or 0)


def _trip(plan: Plan, crew_id: str) -> Itinerary:
    return next(trip for trip in plan.itineraries if trip.crew_id == crew_id)
