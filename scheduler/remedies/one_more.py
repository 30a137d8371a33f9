"""One crew more on the road, like one that is: whom of the left out it would visit.

Nobody need exist who could go: it says what another crew would be worth, and is nothing to press.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.check import check_plan
from scheduler.cost import cost
from scheduler.day import Day
from scheduler.engines.search.engine import SearchEngine
from scheduler.engines.stop_rules import Iterations
from scheduler.locks import LockError
from scheduler.model import OwnerPolicy
from scheduler.options import fits
from scheduler.plan import Itinerary, LeftOut, Plan, Reason
from scheduler.problem import CrewShift, Lock, Problem, Visit, VisitOption
from scheduler.remedies.crew_day import OnTrial

MOST_LIKE = 3
"""Crews that differ in what they can do, where and when, of which each would be one more."""

SLICES = 2
"""Of search for the day of one crew: somebody waits for the answer."""

MORE = " + 1"
"""Behind the id of a crew, and of its members: those who would be one more."""


@dataclass(frozen=True, slots=True)
class OneMore:
    """A crew like the crew `like`, and what its day would be; `cost` is what the plan's changes by.

    `problem` is the one that it was tried in: that crew, and all whom the plan leaves out.
    """

    problem: Problem
    like: str
    visit_id: str
    itinerary: Itinerary
    cost: int


def one_more(
    problem: Problem,
    plan: Plan,
    visit_id: str,
    locks: Sequence[Lock] = (),
    *,
    on_trial: OnTrial | None = None,
) -> OneMore | None:
    """Return the crew more that gains most and visits `visit_id`, None where none would help.

    Its day was searched among all whom the plan leaves out, driven and found without fault. What
    is locked to a crew waits for that crew.
    """
    locked = {lock.visit_id for lock in locks}
    if visit_id in locked:
        return None
    refused = {entry.visit_id for entry in problem.refused}
    waiting = [one for one in problem.visits if one.id not in plan.served | refused | locked]
    found: list[OneMore] = []
    for crew in _unlike(problem.crews):
        if on_trial:
            on_trial()
        found += _tried(problem, crew, waiting, visit_id)
    return min(found, key=lambda one: one.cost, default=None)


def _unlike(crews: Iterable[CrewShift]) -> list[CrewShift]:
    """Return a few crews that differ, those who are free for longest first."""
    ordered = sorted(crews, key=lambda crew: (_free_s(crew) - crew.end_s, crew.id))
    kinds = {
        (crew.size, crew.skills, crew.start_location, crew.mode): crew for crew in ordered[::-1]
    }
    return sorted(kinds.values(), key=ordered.index)[:MOST_LIKE]


def _free_s(crew: CrewShift) -> int:
    """Return from when on a crew like one that may be on the road by now could set off."""
    return max(crew.start_s, crew.free_s, *(stop.end_s for stop in crew.begun), 0)


def _tried(
    problem: Problem, crew: CrewShift, waiting: Sequence[Visit], visit_id: str
) -> Iterator[OneMore]:
    """Yield the day of a crew like `crew`, where it works."""
    small = _with_one_more(problem, crew, waiting)
    if visit_id not in small.visit_by_id:
        return
    held = [Lock(visit_id, small.crews[0].id)]
    try:
        plan = SearchEngine().solve(small, Iterations(SLICES), locks=held).plan
    except LockError:
        return
    if visit_id not in plan.served or check_plan(small, plan, held):
        return
    left = tuple(LeftOut(one.id, Reason.CREWS_FULL) for one in small.visits)
    more = cost(small, plan).total - cost(small, Plan((), left)).total
    yield OneMore(small, crew.id, visit_id, plan.itineraries[0], more)


def _with_one_more(problem: Problem, like: CrewShift, waiting: Sequence[Visit]) -> Problem:
    """Return the problem of one crew more, and of those who wait and whom it may visit."""
    start_s = _free_s(like)
    breaks = tuple(one for one in like.breaks if one.starts[1] >= start_s)
    crew = replace(like, id=like.id + MORE, begun=(), free_s=0, start_s=start_s, breaks=breaks)
    owned = _owned(problem.day)
    visits = (_for(crew, like.id, one) for one in waiting if not owned & set(one.case_ids))
    able = tuple(one for one in visits if fits(one, crew) and crew.size >= one.crew_size)
    day = problem.day and _with_members(problem.day, like.id)
    return replace(problem, visits=able, crews=(crew,), refused=(), reference=None, day=day)


def _owned(day: Day | None) -> set[str]:
    """Return the cases to which their owners alone go: whoever would be one more is none."""
    if day is None or day.city.owner_policy is not OwnerPolicy.FIXED:
        return set()
    return {case.id for case in day.cases if case.owner}


def _for(crew: CrewShift, like: str, visit: Visit) -> Visit:
    """Return a visit that a crew may make as the one that it is like may."""
    options = tuple(_option_for(crew, like, option) for option in visit.options)
    allowed = _also(visit.allowed_crews, crew.id, like)
    prices = {crew.id: max(visit.crew_prices.values())} if visit.crew_prices else {}
    return replace(visit, options=options, allowed_crews=allowed, crew_prices=prices)


def _option_for(crew: CrewShift, like: str, option: VisitOption) -> VisitOption:
    return replace(option, crews=_also(option.crews, crew.id, like))


def _also(crews: frozenset[str] | None, new: str, like: str) -> frozenset[str] | None:
    return crews | {new} if crews is not None and like in crews else crews


def _with_members(day: Day, like: str) -> Day:
    """Return the facts of a day on which others like a crew's members work as these do."""
    crew = next((one for one in day.crews if one.id == like), None)
    if crew is None:
        return day
    new = {member: member + MORE for member in crew.members}
    people = [replace(one, id=new[one.id]) for one in day.collectors if one.id in new]
    shifts = [
        replace(one, collector_id=new[one.collector_id])
        for one in day.shifts
        if one.collector_id in new
    ]
    return replace(
        day,
        crews=[*day.crews, replace(crew, id=like + MORE, members=tuple(new.values()))],
        collectors=[*day.collectors, *people],
        shifts=[*day.shifts, *shifts],
    )
