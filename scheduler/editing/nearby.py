"""The crews that an urgent visit may concern: a problem of theirs alone, and its plan put back.

A search among a handful of crews is done in a blink; all others keep what they have, to the second.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from math import inf

from scheduler.cost import crews_of
from scheduler.editing.edits import Sheet
from scheduler.editing.giving import Giving
from scheduler.editing.obstacles import Ground
from scheduler.editing.passing import detours_s, doors_of, way_of
from scheduler.editing.quotes import Quote
from scheduler.plan import Itinerary, Plan
from scheduler.problem import CrewShift, Problem

CREWS = 6
"""So many crews are searched beside the one with the best gap: more find little that is better."""

MADE = frozenset({Ground.DAY, Ground.HERS, Ground.CREW})
"""Where room could be made: a crew fails by time alone, or has visits enough already."""


def nearby(
    problem: Problem, sheet: Sheet, visit_id: str, quotes: Sequence[Quote], most: int = CREWS
) -> frozenset[str]:
    """Return the crews of which one may make a visit, and between which others may change hands.

    They are those with the cheapest gaps, and those that pass by the nearest, full or not; where
    there is no gap, those to whom it costs least to make it instead of another. With them goes
    whoever meets one of them at a door.
    """
    price, askable = _prices(quotes), askable_crews(problem, sheet, quotes)
    if not price:
        givers = Giving(problem, sheet, visit_id)
        return with_partners(sheet, in_order(givers.price, askable)[: most + 1])
    cheap = in_order(lambda crew: price[crew.id], [c for c in askable if c.id in price])
    near = in_order(partial(_detour_s, problem, sheet, visit_id), askable)
    chosen = dict.fromkeys([*cheap[: most // 2 + 1], *near])
    return with_partners(sheet, list(chosen)[: most + 1])


def in_order(told: Callable[[CrewShift], float], crews: Iterable[CrewShift]) -> list[str]:
    """Return crews by what is told of each, the least first; the same for the same."""
    return [id for _, id in sorted((told(crew), crew.id) for crew in crews)]


def with_partners(sheet: Sheet, crew_ids: Iterable[str]) -> frozenset[str]:
    """Return crews with all who meet them: half of a meeting cannot be planned."""
    meetings = [crews for crews in crews_of(sheet.plan).values() if len(crews) > 1]
    found = set(crew_ids)
    while more := {id for crews in meetings if crews & found for id in crews} - found:
        found |= more
    return frozenset(found)


def part_of(problem: Problem, sheet: Sheet, crew_ids: Collection[str]) -> tuple[Problem, Sheet]:
    """Return the day of some crews, with the visits that they make, and no others left out."""
    trips = tuple(trip for trip in sheet.plan.itineraries if trip.crew_id in crew_ids)
    plan = Plan(trips, ())
    served = plan.served
    small = replace(
        problem,
        visits=tuple(visit for visit in problem.visits if visit.id in served),
        crews=tuple(crew for crew in problem.crews if crew.id in crew_ids),
        refused=(),
    )
    locks = tuple(lock for lock in sheet.locks if lock.visit_id in served)
    return small, Sheet(plan, sheet.crews, locks)


def put_back(whole: Plan, crew_ids: Collection[str], found: Plan) -> Plan:
    """Return the whole plan with what was found for some crews.

    Who makes the same visits makes them when and as she did: another order spares a little
    driving, and is another hour for everybody who waits.
    Visits that nobody makes now are left out as `found` says, the others as they were.
    """
    known = {trip.crew_id: trip for trip in whole.itineraries}
    new = {trip.crew_id: trip for trip in found.itineraries}
    met = {id for id, crews in crews_of(found).items() if len(crews) > 1}
    changed = {id: trip for id, trip in new.items() if not _is_same(known.get(id), trip, met)}
    stay = {id: trip for id, trip in known.items() if id not in crew_ids or id in new}
    trips = tuple(trip for trip in {**stay, **changed}.values() if trip.stops)
    served = Plan(trips, ()).served
    still = [entry for entry in whole.left_out if entry.visit_id not in served]
    there = {entry.visit_id for entry in still}
    dropped = (e for e in found.left_out if e.visit_id not in there | served)
    return Plan(trips, (*still, *dropped))


def _is_same(before: Itinerary | None, after: Itinerary, met: Collection[str]) -> bool:
    """Whether a crew makes the same visits; where it meets another, in the same order too."""
    was, now = _order(before) if before else [], _order(after)
    if any(id in met for id, _ in now):
        return was == now
    return {id for id, _ in was} == {id for id, _ in now}


def _order(trip: Itinerary) -> list[tuple[str, int]]:
    return [(stop.id, stop.option) for stop in trip.visits]


def _prices(quotes: Iterable[Quote]) -> Mapping[str, int]:
    """Return the price of the cheapest gap by crew, of those that have one."""
    prices: dict[str, int] = {}
    for quote in quotes:
        if quote.is_allowed:
            crews = (quote.crew_id, quote.partner_id) if quote.partner_id else (quote.crew_id,)
            for crew in crews:
                prices[crew] = min(prices.get(crew, quote.price), quote.price)
    return prices


def askable_crews(problem: Problem, sheet: Sheet, quotes: Iterable[Quote]) -> list[CrewShift]:
    """Return the crews for whom room could be made, and of whom all is known."""
    trips = {trip.crew_id: trip for trip in sheet.plan.itineraries}
    able = {quote.crew_id for quote in quotes if _may_be_asked(quote)}
    return [c for c in problem.crews if c.id in able and _is_whole(problem, trips.get(c.id))]


def _may_be_asked(quote: Quote) -> bool:
    return quote.forbidden is None or quote.forbidden.ground in MADE


def _is_whole(problem: Problem, trip: Itinerary | None) -> bool:
    """Whether all that a crew has can still be made by the facts of now."""
    return trip is None or all(map(problem.knows, trip.visits))


def _detour_s(problem: Problem, sheet: Sheet, visit_id: str, crew: CrewShift) -> float:
    """Return the least way round to a visit for a crew."""
    trip = next((trip for trip in sheet.plan.itineraries if trip.crew_id == crew.id), None)
    gaps = detours_s(problem, crew, way_of(problem, crew, trip), doors_of(problem, visit_id))
    return min(gaps, default=inf)
