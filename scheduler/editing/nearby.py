"""The crews that an urgent visit may concern: a problem of theirs alone, and its plan put back.

A search among a handful of crews is done in a blink; all others keep what they have, to the second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from scheduler.cost import crews_of
from scheduler.editing.edits import Sheet
from scheduler.editing.obstacles import Ground
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

    They are those with the cheapest gaps, and those that pass by the nearest, full or not; with
    whoever meets one of them at a door.
    """
    price, detour_s = _prices(quotes), _detours_s(problem, sheet, visit_id, quotes)
    cheap = sorted(price, key=lambda crew: (price[crew], crew))[: most // 2 + 1]
    near = sorted(detour_s, key=lambda crew: (detour_s[crew], crew))
    chosen = dict.fromkeys([*cheap, *near])
    return with_partners(sheet, list(chosen)[: most + 1])


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
    """Return the whole plan with what was found for some crews; who does the same, as she did it.

    Visits that nobody makes now are left out as `found` says, the others as they were.
    """
    known = {trip.crew_id: trip for trip in whole.itineraries}
    new = {trip.crew_id: trip for trip in found.itineraries}
    changed = {id: trip for id, trip in new.items() if not _is_same(known.get(id), trip)}
    stay = {id: trip for id, trip in known.items() if id not in crew_ids or id in new}
    trips = tuple(trip for trip in {**stay, **changed}.values() if trip.stops)
    served = Plan(trips, ()).served
    still = [entry for entry in whole.left_out if entry.visit_id not in served]
    there = {entry.visit_id for entry in still}
    dropped = (e for e in found.left_out if e.visit_id not in there | served)
    return Plan(trips, (*still, *dropped))


def _is_same(before: Itinerary | None, after: Itinerary) -> bool:
    return before is not None and _order(before) == _order(after)


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


def _detours_s(
    problem: Problem, sheet: Sheet, visit_id: str, quotes: Sequence[Quote]
) -> Mapping[str, float]:
    """Return the least way round to a visit by crew, of those for whom room could be made."""
    trips = {trip.crew_id: trip for trip in sheet.plan.itineraries}
    told = defaultdict[str, list[Quote]](list)
    for quote in quotes:
        told[quote.crew_id].append(quote)
    doors = {option.location for option in problem.visit_by_id[visit_id].options}
    return {
        crew.id: _detour_s(problem, crew, trips.get(crew.id), doors)
        for crew in problem.crews
        if _is_whole(problem, trips.get(crew.id)) and any(map(_may_be_asked, told[crew.id]))
    }


def _may_be_asked(quote: Quote) -> bool:
    return quote.forbidden is None or quote.forbidden.ground in MADE


def _is_whole(problem: Problem, trip: Itinerary | None) -> bool:
    """Whether all that a crew has can still be made by the facts of now."""
    return trip is None or all(map(problem.knows, trip.visits))


def _detour_s(
    problem: Problem, crew: CrewShift, trip: Itinerary | None, doors: Iterable[int]
) -> float:
    ways = problem.ways(crew)[0]
    spots = list(_spots(problem, crew, trip))
    return min(
        (
            int(ways[here, door]) + int(ways[door, there]) - int(ways[here, there])
            for here, there in pairwise(spots)
            for door in doors
        ),
        default=inf,
    )


def _spots(problem: Problem, crew: CrewShift, trip: Itinerary | None) -> Iterator[int]:
    """Yield where a crew comes by, from what it has begun last on."""
    begun = sum(stop.id in problem.visit_by_id for stop in crew.begun)
    yield crew.start_location
    for stop in trip.visits[max(0, begun - 1) :] if trip else ():
        yield problem.visit_by_id[stop.id].options[stop.option].location
    yield crew.end_location
