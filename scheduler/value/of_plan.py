"""What the visits of a plan are expected to be worth together, and how many meet somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from scheduler.availability import PRIORS, failed_hours
from scheduler.day import Day
from scheduler.grouped import Grouped
from scheduler.model import PastVisit, PlaceKind
from scheduler.value.of_day import value_on
from scheduler.value.visit import ASSIGNED


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit as a plan has it: for which cases, at what kind of place, and when it begins."""

    case_ids: tuple[str, ...]
    place_kind: PlaceKind
    starts: datetime


@dataclass(frozen=True, slots=True)
class PlanWorth:
    """`met` is how many visits are expected to meet somebody, `value` their worth in money.

    Both rest on the house's assumptions; the value is the sum of the terms that the search weighs,
    in the currency of the book, without what driving and overtime cost. What it weighs more because
    the lender has assigned cases is told apart, as `assigned`: it orders visits, and is no money.
    """

    met: float
    value: Decimal
    assigned: Decimal


def plan_worth(day: Day, visits: Iterable[PlannedVisit], *, is_working: bool) -> PlanWorth:
    """Return what visits are worth by the facts of a day; cases closed since then come to nothing.

    Parameters
    ----------
    day
        The facts, of all cases that the visits are for.
    visits
        Those to be made.
    is_working
        Whether people work on the day: it says when they are at home.
    """
    cases = {case.id: case for case in day.cases}
    past: Grouped[PastVisit] = Grouped(day.past)
    met, value, assigned = 0.0, Decimal(0), Decimal(0)
    for visit in visits:
        hers = [cases[id] for id in visit.case_ids if id in cases]
        earlier = past.of_id(hers[0].borrower_id) if hers else ()
        chance = _chance(day, visit, earlier, is_working=is_working)
        met += chance
        for term in value_on(day, hers, chance, earlier).terms if hers else ():
            if term.name == ASSIGNED:
                assigned += term.amount
            else:
                value += term.amount
    return PlanWorth(met, value, assigned)


def _chance(day: Day, visit: PlannedVisit, past: Iterable[PastVisit], *, is_working: bool) -> float:
    hour = visit.starts.astimezone(day.zone).hour
    failed = failed_hours(past, visit.place_kind, day.zone)
    return PRIORS.p_met(visit.place_kind, is_working, hour, failed)
