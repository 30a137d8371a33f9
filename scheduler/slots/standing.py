"""What a visit is put into: the day's plan, or, where it has none, its appointments alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from routing.travel import TravelTimes
from scheduler.check.locks import check_locks
from scheduler.day import Day
from scheduler.draft import Draft
from scheduler.engines.greedy import GreedyEngine
from scheduler.kept import Reread
from scheduler.locks import LockError, apply_locks, fitting
from scheduler.model import Window
from scheduler.plan import Plan, Stop
from scheduler.ports import PlanRecord
from scheduler.problem import Lock, Problem, Visit
from scheduler.replan import frozen
from scheduler.rules import RuleSet
from scheduler.running.freezing import FREEZE_S
from scheduler.running.freezing import frozen as near
from scheduler.running.service import running
from scheduler.running.told import made_visits
from scheduler.slots.others import Others, with_her
from scheduler.slots.slot import Asked
from scheduler.timesheet import travelled_s


@dataclass(frozen=True, slots=True)
class Standing:
    """A day as it stands without her: `plan` is of `problem`, which has her visit if she may go.

    `driven_s` is what each crew that has something to do drives; `locks` are those of the day's
    draft that its plan keeps.
    """

    visit_id: str
    problem: Problem
    plan: Plan
    driven_s: Mapping[str, int]
    locks: tuple[Lock, ...] = ()


def with_appointment(day: Day, asked: Asked, hours: Window | None = None) -> Day:
    """Return the day as if she had agreed to `hours` of it for the cases, by default all of it.

    That she was spoken with counts by the rules that ask for contacts, and by those that cap them.
    """
    agreed = hours or whole_day(day)
    hers = day.dossier_of(asked.borrower_id)
    heard = replace(hers, contacts=(*hers.contacts, asked.spoken))
    cases = [
        replace(case, appointment=agreed) if case.id in asked.case_ids else case
        for case in day.cases
    ]
    return replace(day, cases=cases, dossiers={**day.dossiers, asked.borrower_id: heard})


def whole_day(day: Day) -> Window:
    """Return the day from midnight to midnight."""
    midnight = datetime.combine(day.on, time(), day.zone)
    return Window(midnight, datetime.combine(day.on + timedelta(days=1), time(), day.zone))


def standing(
    asked: Asked, hers: Day, others: Others, rules: RuleSet, times: TravelTimes
) -> Standing:
    """Return how a day stands for her: what is begun stays, and no crew leaves before now.

    `hers` has her alone, with an appointment on that day. Without a plan the crews keep the
    appointments of the others.
    """
    whole = with_her(others, hers, rules, times)
    now_s = whole.second(asked.now)
    if others.told and now_s > 0:
        problem, plan = _as_it_runs(others.kept(whole, rules), asked.now)
    else:
        problem, plan = frozen(whole, others.plan, max(0, now_s)), others.plan
    if others.record is None:
        plan = _appointments(problem, asked.borrower_id)
    locks = held_locks(problem, plan, others.record) if others.record else ()
    driven_s = _driven_s(drafted(problem, plan, locks=locks))
    return Standing(asked.borrower_id, problem, plan, driven_s, locks)


def held_locks(problem: Problem, plan: Plan, record: PlanRecord) -> tuple[Lock, ...]:
    """Return the locks of a draft that a plan keeps and that can hold by the facts of now.

    What a lock asked for that is broken already would take the visit out of the plan.
    """
    made = plan.served & problem.visit_by_id.keys()
    locks = [one for one in record.content.locks if {one.visit_id, one.after} <= made | {None}]
    kept = [lock for lock in locks if not any(check_locks(plan, [lock]))]
    try:
        apply_locks(problem, kept)
    except LockError:
        return fitting(problem, kept)[0]
    return tuple(kept)


def _as_it_runs(kept: Reread, now: datetime) -> tuple[Problem, Plan]:
    """Return a running day by what its crews have told: what is near stays as it is."""
    found = running(kept, now)
    crews = (
        near(found.problem, found.crews[crew.id], found.now_s + FREEZE_S)
        if crew.id in found.crews
        else crew
        for crew in found.problem.crews
    )
    return replace(found.problem, crews=tuple(crews)), found.plan


def _appointments(problem: Problem, borrower_id: str) -> Plan:
    visits = tuple(visit for visit in problem.visits if visit.id != borrower_id)
    if not visits:
        return Plan((), ())
    found = GreedyEngine(improves=False).solve(replace(problem, visits=visits), lambda: 0.0)
    return Plan(found.plan.itineraries, ())


def drafted(
    problem: Problem, plan: Plan, more: Sequence[Visit] = (), locks: Sequence[Lock] = ()
) -> Draft:
    """Return the plan as a draft that could make some visits `more`, and has no others left out.

    `locks` are of visits that the plan makes, and hold.
    """
    served = plan.served
    visits = (*(visit for visit in problem.visits if visit.id in served), *more)
    return Draft.of(apply_locks(replace(problem, visits=visits), locks), plan)


def _driven_s(draft: Draft) -> dict[str, int]:
    """Return what each crew drives, as its stops stand driven anew."""
    crews = draft.table.problem.crew_by_id
    return {day.crew_id: travelled_s(crews[day.crew_id], day) for day in draft.itineraries()}


def stop_of(record: PlanRecord, borrower_id: str) -> Stop | None:
    """Return the stop that a plan has with her, None where it does not visit her."""
    trips = record.content.plan.itineraries
    return next((stop for trip in trips for stop in trip.visits if stop.id == borrower_id), None)


def is_begun(others: Others, planned: Stop, now_s: int) -> bool:
    """Whether a crew has been at a stop, or by the plan is on its way to it by now."""
    assert others.record is not None
    made = made_visits(others.record.content, others.told)
    is_made = planned.id in {one.visit_id for one in made}
    return is_made or _leaves_at_s(others.record, planned) < now_s


def _leaves_at_s(record: PlanRecord, planned: Stop) -> int:
    trip = next(trip for trip in record.content.plan.itineraries if planned in trip.stops)
    at = trip.stops.index(planned)
    return trip.stops[at - 1].end_s if at else trip.start_s
