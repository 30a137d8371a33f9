"""What the visits of a plan are expected to be worth together, and how many meet somebody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from scheduler.availability import Asked, failed_hours, segment_of, slot_of, stated_spans
from scheduler.availability.stated import second_of
from scheduler.calendar import DayKind
from scheduler.day import Day
from scheduler.grouped import Grouped
from scheduler.model import Case, PastVisit, Place, PlaceKind
from scheduler.value.of_day import value_on
from scheduler.value.visit import ASSIGNED


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit as a plan has it: for which cases, at what kind of place, and when it begins.

    `place_id` says which place it is, '' where her own hours there are not to be heeded.
    """

    case_ids: tuple[str, ...]
    place_kind: PlaceKind
    starts: datetime
    place_id: str = ""


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


def plan_worth(day: Day, visits: Iterable[PlannedVisit], *, kind: DayKind) -> PlanWorth:
    """Return what visits are worth by the facts of a day; cases closed since then come to nothing.

    Parameters
    ----------
    day
        The facts, of all cases that the visits are for.
    visits
        Those to be made.
    kind
        What kind of day it is: it says when people are at home.
    """
    cases = {case.id: case for case in day.cases}
    past: Grouped[PastVisit] = Grouped(day.past)
    places = {place.id: place for place in day.places}
    met, value, assigned = 0.0, Decimal(0), Decimal(0)
    for visit in visits:
        hers = [cases[id] for id in visit.case_ids if id in cases]
        earlier = past.of_id(hers[0].borrower_id) if hers else ()
        chance = _chance(day, visit, places.get(visit.place_id), hers, earlier, kind)
        met += chance
        for term in value_on(day, hers, chance, earlier).terms if hers else ():
            if term.name == ASSIGNED:
                assigned += term.amount
            else:
                value += term.amount
    return PlanWorth(met, value, assigned)


def _chance(
    day: Day,
    visit: PlannedVisit,
    place: Place | None,
    hers: Sequence[Case],
    past: Iterable[PastVisit],
    kind: DayKind,
) -> float:
    asked = Asked(
        visit.place_kind,
        kind,
        hers[0].borrower_id if hers else "",
        segment_of(hers),
        failed_hours=tuple(failed_hours(past, visit.place_kind, day.zone)),
        stated=stated_spans(hers, place, day.on, day.zone) if place else (),
    )
    return day.odds.curve(asked)[slot_of(second_of(visit.starts.astimezone(day.zone)))]
