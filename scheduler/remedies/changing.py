"""A problem as a remedy would make it, and the plan that then stands.

On a lender's day the facts change with the numbers, so that `check_plan` judges both: her hours,
the shifts of those who work longer, who stands in for the owner of the case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from scheduler.day import Day
from scheduler.model import Crew, OwnerPolicy, Shift, Window
from scheduler.plan import LeftOut, Plan, Reason
from scheduler.problem import CrewShift, Problem, Visit
from scheduler.remedies.hours import widened
from scheduler.remedies.remedy import Change, Edge, Kind, Remedy
from scheduler.windows import later


def changed(problem: Problem, change: Change) -> Problem:
    """Return `problem` as `change` makes it."""
    match change.kind:
        case Kind.WINDOW:
            return widened(problem, change)
        case Kind.SHIFT:
            return _lengthened(problem, change)
        case Kind.VISITS:
            return _one_more_visit(problem, change.crew_id)
        case Kind.CREW:
            return _let_go(problem, change)
        case _:
            return problem


def remedied(plan: Plan, remedy: Remedy) -> Plan:
    """Return `plan` after `remedy`; it is one of the problem that `changed` returns."""
    given_up = remedy.change.given_up
    others = [trip for trip in plan.itineraries if trip.crew_id != remedy.crew_id]
    still = [entry for entry in plan.left_out if entry.visit_id != remedy.change.visit_id]
    return Plan((*others, remedy.itinerary), (*still, *_given_up(given_up, remedy.change.visit_id)))


def _given_up(visit_ids: Iterable[str], visit_id: str) -> Iterable[LeftOut]:
    detail = f"It was given up for visit {visit_id}."
    return (LeftOut(given_up, Reason.CREWS_FULL, detail) for given_up in visit_ids)


def _lengthened(problem: Problem, change: Change) -> Problem:
    """Let a crew begin earlier, or be back later: at the price of overtime."""
    seconds, longer = change.seconds, timedelta(seconds=change.seconds)
    if change.edge is Edge.END:
        return _with_crew(
            problem,
            change.crew_id,
            lambda crew: replace(crew, max_overtime_s=crew.max_overtime_s + seconds),
            lambda crew: replace(crew, max_overtime=crew.max_overtime + longer),
            lambda shift: replace(shift, max_overtime=shift.max_overtime + longer),
        )
    return _with_crew(
        problem,
        change.crew_id,
        lambda crew: replace(crew, start_s=crew.start_s - seconds),
        lambda crew: replace(crew, window=_from_earlier(crew.window, longer)),
        lambda shift: replace(shift, window=_from_earlier(shift.window, longer)),
    )


def _from_earlier(window: Window, by: timedelta) -> Window:
    return Window(later(window.start, -by), window.end)


def _one_more_visit(problem: Problem, crew_id: str) -> Problem:
    most = problem.crew_by_id[crew_id].max_visits
    if most is None:
        return problem
    most += 1
    return _with_crew(
        problem,
        crew_id,
        lambda crew: replace(crew, max_visits=most),
        lambda crew: replace(crew, max_visits=most),
    )


def _with_crew(
    problem: Problem,
    crew_id: str,
    of_numbers: Callable[[CrewShift], CrewShift],
    of_crew: Callable[[Crew], Crew],
    of_shift: Callable[[Shift], Shift] = lambda shift: shift,
) -> Problem:
    """Return the problem with one crew changed, and the shifts of those in it."""
    crews = tuple(of_numbers(crew) if crew.id == crew_id else crew for crew in problem.crews)
    day = problem.day
    if day is None:
        return replace(problem, crews=crews)
    members = {member for crew in day.crews if crew.id == crew_id for member in crew.members}
    day = replace(
        day,
        crews=[of_crew(crew) if crew.id == crew_id else crew for crew in day.crews],
        shifts=[of_shift(one) if one.collector_id in members else one for one in day.shifts],
    )
    return replace(problem, crews=crews, day=day)


def _let_go(problem: Problem, change: Change) -> Problem:
    """Let a crew make the visit; on a lender's day one of its members stands in for the owner."""
    visit = problem.visit_by_id[change.visit_id]
    allowed = (visit.allowed_crews or frozenset()) | {change.crew_id}
    visits = tuple(
        replace(one, allowed_crews=allowed) if one is visit else one for one in problem.visits
    )
    day = problem.day and _handed_over(problem.day, visit, change.crew_id)
    return replace(problem, visits=visits, day=day)


def _handed_over(day: Day, visit: Visit, crew_id: str) -> Day:
    """Let one of the crew stand in for the owner on this day: whoever may go still may."""
    if day.city.owner_policy is not OwnerPolicy.FIXED:
        return day
    members = next((crew.members for crew in day.crews if crew.id == crew_id), ())
    new = frozenset(members[:1])
    standing = {id: day.stand_ins.get(id, frozenset()) | new for id in visit.case_ids}
    return replace(day, stand_ins={**day.stand_ins, **standing})
