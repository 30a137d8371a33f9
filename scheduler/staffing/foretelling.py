"""What the morning can tell of a kept plan, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.drafts.opened import known_part
from scheduler.forecast.deciding import SpreadsNow
from scheduler.kept import Reread
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.staffing.told import CrewTold, Told, told_of

LOW = 0.8
"""A visit that begins on time in fewer than four of five days is pointed out."""


@dataclass(frozen=True)
class Foretelling:
    """What is to be expected of a plan, by spreads that were learned or are assumed.

    `musts` are the planned visits that come before any sum of money: appointments, promises due.
    """

    told: Told
    by: SpreadsNow
    musts: frozenset[str] = frozenset()

    def is_low(self, visit_id: str) -> bool:
        """Whether a visit is too seldom on time to be passed over."""
        return self.told.on_time.get(visit_id, 1.0) < LOW

    def of_crew(self, crew_id: str) -> CrewTold | None:
        """Return what is told of a crew's day; None for one that goes nowhere."""
        return self.told.crews.get(crew_id)


def foretell(problem: Problem, plan: Plan, by: SpreadsNow) -> Foretelling:
    """Drive a plan through days as they may come; what its problem knows no more is passed by."""
    trips = known_part(problem, plan).itineraries
    known = Plan(tuple(trip for trip in trips if trip.stops), plan.left_out)
    day = problem.origin.date().toordinal()
    told = told_of(problem, known, day=day, spreads=by.spreads)
    musts = frozenset(id for id in told.on_time if problem.visit_by_id[id].is_required)
    return Foretelling(told, by, musts)


def foretell_kept(kept: Reread, by: SpreadsNow) -> Foretelling | None:
    """Foretell a kept plan; None once crews have told of its day: its own times tell more then."""
    return None if kept.told else foretell(kept.problem, kept.plan, by)
