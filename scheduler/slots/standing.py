"""What a visit is put into: the day's plan, or, where it has none, its appointments alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from routing.travel import TravelTimes
from scheduler.build import build_problem
from scheduler.day import Day
from scheduler.draft import Draft
from scheduler.engines.greedy import GreedyEngine
from scheduler.kept import reread
from scheduler.locks import apply_locks
from scheduler.model import Window
from scheduler.plan import Itinerary, Plan, Stop
from scheduler.ports import PlanRecord
from scheduler.problem import Problem, Visit
from scheduler.replan import frozen
from scheduler.rules import RuleSet
from scheduler.slots.slot import Asked
from scheduler.timesheet import travelled_s


@dataclass(frozen=True, slots=True)
class Standing:
    """A day as it stands without her: `plan` is of `problem`, which has her visit if she may go.

    `driven_s` is what each crew that has something to do drives. `planned` is the stop that the
    day's plan has with her already, `is_begun` whether its crew is on its way to her or has been
    there.
    """

    visit_id: str
    problem: Problem
    plan: Plan
    driven_s: Mapping[str, int]
    planned: Stop | None = None
    is_begun: bool = False


def with_appointment(day: Day, asked: Asked, hours: Window | None = None) -> Day:
    """Return the day as if she had agreed to `hours` of it for the cases, by default all of it."""
    agreed = hours or whole_day(day)
    cases = [
        replace(case, appointment=agreed) if case.id in asked.case_ids else case
        for case in day.cases
    ]
    return replace(day, cases=cases)


def whole_day(day: Day) -> Window:
    """Return the day from midnight to midnight."""
    midnight = datetime.combine(day.on, time(), day.zone)
    return Window(midnight, datetime.combine(day.on + timedelta(days=1), time(), day.zone))


def planned_standing(
    asked: Asked, day: Day, rules: RuleSet, times: TravelTimes, record: PlanRecord
) -> Standing:
    """Return how a day stands by its plan; what is begun stays where it is."""
    sent_elsewhere = _without(record, asked.borrower_id)
    kept = reread(sent_elsewhere, with_appointment(day, asked), rules, times, [asked.borrower_id])
    at_s = kept.problem.second(asked.now)
    problem = frozen(kept.problem, kept.plan, max(0, at_s))
    planned = _stop_of(record, asked.borrower_id)
    is_begun = planned is not None and _leaving_s(record, planned) < at_s
    draft = without_others(problem, kept.plan)
    driven = _driven_s(draft)
    return Standing(asked.borrower_id, problem, kept.plan, driven, planned, is_begun)


def bare_standing(asked: Asked, day: Day, rules: RuleSet, times: TravelTimes) -> Standing:
    """Return how a day stands that has no plan: its crews keep the appointments of others."""
    whole = build_problem(with_appointment(day, asked), rules, times)
    problem = frozen(whole, Plan((), ()), max(0, whole.second(asked.now)))
    others = tuple(v for v in problem.visits if v.is_required and v.id != asked.borrower_id)
    skeleton = replace(problem, visits=others)
    found = GreedyEngine(improves=False).solve(skeleton, lambda: 0.0)
    plan = Plan(found.plan.itineraries, ())
    return Standing(asked.borrower_id, problem, plan, _driven_s(without_others(problem, plan)))


def without_others(problem: Problem, plan: Plan, more: Sequence[Visit] = ()) -> Draft:
    """Return the plan as a draft that could make some visits `more`, and has no others left out."""
    served = plan.served
    visits = (*(visit for visit in problem.visits if visit.id in served), *more)
    return Draft.of(apply_locks(replace(problem, visits=visits), ()), plan)


def _driven_s(draft: Draft) -> dict[str, int]:
    """Return what each crew drives, as its stops stand driven anew."""
    days = draft.itineraries()
    return {
        day.crew_id: travelled_s(draft.table.problem.crew_by_id[day.crew_id], day) for day in days
    }


def _without(record: PlanRecord, borrower_id: str) -> PlanRecord:
    """Return a kept plan as if it did not visit her: the others keep their times, or come early.

    Which agency goes to her is then not settled by it either.
    """
    plan = record.content.plan
    trips = tuple(_trip_without(trip, borrower_id) for trip in plan.itineraries)
    targets = {
        id: target
        for id, target in record.content.targets.items()
        if target.borrower_id != borrower_id
    }
    changed = replace(plan, itineraries=tuple(trip for trip in trips if trip.stops))
    return replace(record, content=replace(record.content, plan=changed, targets=targets))


def _trip_without(trip: Itinerary, borrower_id: str) -> Itinerary:
    left = tuple(stop for stop in trip.stops if stop.id != borrower_id)
    return trip if len(left) == len(trip.stops) else replace(trip, stops=left)


def _stop_of(record: PlanRecord, borrower_id: str) -> Stop | None:
    trips = record.content.plan.itineraries
    return next((s for trip in trips for s in trip.visits if s.id == borrower_id), None)


def _leaving_s(record: PlanRecord, planned: Stop) -> int:
    """Return when the crew leaves for a stop."""
    for trip in record.content.plan.itineraries:
        if planned in trip.stops:
            at = trip.stops.index(planned)
            return trip.stops[at - 1].end_s if at else trip.start_s
    return planned.arrival_s
