"""A day that runs is planned again: what is begun stays, what is near stays, few visits move.

Pure: a running day in, what a search is asked for; its answer in, a plan to be judged by the facts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.call import Call
from scheduler.check.locks import check_locks
from scheduler.drive import drive
from scheduler.plan import Itinerary, LeftOut, Plan, Reason, Stop, StopKind
from scheduler.problem import CrewShift, Lock, Problem
from scheduler.replan import known_plan
from scheduler.running import Running
from scheduler.running.freezing import FREEZE_S, frozen
from scheduler.running.limits import with_limits


@dataclass(frozen=True, slots=True)
class Terms:
    """How far a plan may be changed.

    Nothing moves that is set off for within `freeze_s` from now, and at most `most_moves` visits
    change hands or are dropped; None: as many as pay. `reserve` is in percent (scheduler/reserve);
    None keeps that of the published plan.
    """

    freeze_s: int = FREEZE_S
    most_moves: int | None = None
    price_per_move: int = 0
    reserve: int | None = None


@dataclass(frozen=True)
class Asked:
    """What a search is asked: the problem with what is frozen, a plan to begin with, locks.

    `given_up` are visits that cannot stay where they are, whoever wished it: their hours are
    missed, or their crew is gone or has no time for them any more. They count
    as no move. `loosened` are locks that hold no more.
    """

    found: Running
    problem: Problem
    first: Plan
    locks: tuple[Lock, ...]
    given_up: frozenset[str]
    loosened: tuple[Lock, ...]


def asked_anew(
    found: Running,
    terms: Terms,
    *,
    gone: Collection[str] = (),
    shut: Mapping[str, LeftOut] | None = None,
    locks: Sequence[Lock] = (),
) -> Asked:
    """Return what to search from a running day, `gone` crews aside and `shut` visits left out."""
    until_s = found.now_s + terms.freeze_s
    problem = _without(found.problem, shut or {})
    crews = tuple(
        crew
        for crew in (_crew(found, one, until_s, is_gone=one.id in gone) for one in problem.crews)
        if crew is not None
    )
    given_up = frozenset(_given_up(found, crews, gone))
    given_up |= frozenset(_too_much(problem, found, crews, given_up))
    first = _first(found.plan, crews, given_up, problem)
    begun = {stop.id for crew in crews for stop in crew.begun}
    known = known_plan(_ahead(first, begun), price_per_move=terms.price_per_move,
                       most_moves=terms.most_moves)  # fmt: skip
    asked = replace(problem, crews=crews, reference=known)
    kept = tuple(lock for lock in locks if _stands(lock, asked, first, begun))
    loosened = tuple(lock for lock in locks if lock not in kept and lock.visit_id not in begun)
    return Asked(found, asked, first, kept, given_up, loosened)


def _without(problem: Problem, shut: Mapping[str, LeftOut]) -> Problem:
    visits = tuple(visit for visit in problem.visits if visit.id not in shut)
    here = {visit.id for visit in problem.visits}
    refused = (*problem.refused, *(entry for id_, entry in shut.items() if id_ in here))
    return replace(problem, visits=visits, refused=refused)


def _crew(found: Running, crew: CrewShift, until_s: int, *, is_gone: bool) -> CrewShift | None:
    now = found.crews.get(crew.id)
    if is_gone:
        made = [stop for stop in crew.begun if stop.kind is StopKind.VISIT]
        return replace(crew, max_visits=len(made)) if made else None
    if now is None:
        return replace(crew, start_s=max(crew.start_s, until_s))
    return frozen(found.problem, now, until_s)


def _given_up(found: Running, crews: Sequence[CrewShift], gone: Collection[str]) -> Sequence[str]:
    begun = {stop.id for crew in crews for stop in crew.begun}
    missed = [one.stop.id for now in found.crews.values() for one in now.stops
              if one.state.is_lost]  # fmt: skip
    left = [stop.id for trip in found.plan.itineraries if trip.crew_id in gone
            for stop in trip.visits if stop.id not in begun]  # fmt: skip
    return [*missed, *left]


def _too_much(
    problem: Problem, found: Running, crews: Sequence[CrewShift], given_up: Collection[str]
) -> Iterator[str]:
    """Yield the visits that a late crew has no time for any more: of the least worth first."""
    for crew in crews:
        now = found.crews.get(crew.id)
        if now is None:
            continue
        begun = {stop.id for stop in crew.begun}
        ahead = [stop for stop in now.trip.visits if stop.id not in begun | set(given_up)]
        while ahead and drive(problem, crew, [_call(problem, stop) for stop in ahead]) is None:
            worth = [_worth(problem, stop) for stop in ahead]
            yield ahead.pop(worth.index(min(worth))).id


def _call(problem: Problem, stop: Stop) -> Call:
    return Call(problem.visit_by_id[stop.id], stop.option)


def _worth(problem: Problem, stop: Stop) -> tuple[bool, int]:
    visit = problem.visit_by_id[stop.id]
    return visit.is_required, visit.options[stop.option].value


def _first(
    plan: Plan, crews: Sequence[CrewShift], given_up: frozenset[str], problem: Problem
) -> Plan:
    """Return the plan as it runs without what is given up: that is left out until it is placed."""
    here = {crew.id for crew in crews}
    trips = tuple(
        replace(trip, stops=tuple(stop for stop in trip.stops if stop.id not in given_up))
        for trip in plan.itineraries
        if trip.crew_id in here
    )
    served = {stop.id for trip in trips for stop in trip.visits}
    told = {entry.visit_id: entry for entry in plan.left_out}
    refused = [entry for entry in problem.refused if entry.visit_id not in served]
    waiting = [
        told.get(visit.id) or LeftOut(visit.id, Reason.NEW, case_ids=visit.case_ids)
        for visit in problem.visits
        if visit.id not in served
    ]
    return Plan(trips, (*refused, *waiting))


def _ahead(plan: Plan, begun: Collection[str]) -> Plan:
    trips = tuple(
        replace(trip, stops=tuple(stop for stop in trip.stops if stop.id not in begun))
        for trip in plan.itineraries
    )
    return replace(plan, itineraries=trips)


def _stands(lock: Lock, problem: Problem, first: Plan, begun: Collection[str]) -> bool:
    """Whether a lock is still to be kept, and can be: the plan as it runs keeps it."""
    ids = {lock.visit_id} if lock.after is None else {lock.visit_id, lock.after}
    is_ahead = not ids & set(begun) and ids <= problem.visit_by_id.keys()
    is_here = lock.crew_id in problem.crew_by_id
    return is_ahead and is_here and not list(check_locks(first, [lock]))


def to_judge(asked: Asked, plan: Plan) -> tuple[Problem, Plan]:
    """Return what a search has found, for `check_plan`: begun is what really is, and no more.

    What was only frozen is judged like all else. An itinerary that nothing was added to or taken
    from goes on as it runs.
    """
    now = {trip.crew_id: trip for trip in asked.found.plan.itineraries}
    trips = tuple(_as_it_runs(trip, now.get(trip.crew_id)) for trip in plan.itineraries)
    changed = {trip.crew_id: trip for trip in trips if trip != now.get(trip.crew_id)}
    crews = tuple(_true_crew(asked, crew, changed.get(crew.id)) for crew in asked.problem.crews)
    return replace(asked.problem, crews=crews), replace(plan, itineraries=trips)


def _as_it_runs(trip: Itinerary, now: Itinerary | None) -> Itinerary:
    return now if now is not None and _same(trip.stops, now.stops) else trip


def _same(one: Sequence[Stop], other: Sequence[Stop]) -> bool:
    return [(stop.kind, stop.id, stop.option) for stop in one] == [
        (stop.kind, stop.id, stop.option) for stop in other
    ]


def _true_crew(asked: Asked, crew: CrewShift, trip: Itinerary | None) -> CrewShift:
    """Return a crew with what it has really begun, and the limits that it was planned by."""
    now = asked.found.crews.get(crew.id)
    if now is None:
        return crew
    true = with_limits(now.crew, crew)
    if trip is None:
        return true
    if not now.crew.begun:
        return replace(true, start_s=crew.start_s)
    is_frozen = len(crew.begun) > len(now.crew.begun)
    return replace(true, free_s=now.crew.free_s if is_frozen else crew.free_s)
