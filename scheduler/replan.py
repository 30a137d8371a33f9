"""A day that has begun is planned again: what is done stays, and few people hear of a change."""

from __future__ import annotations

from dataclasses import replace

from scheduler.cost import crews_of
from scheduler.plan import Itinerary, Plan, Stop
from scheduler.problem import CrewShift, Problem, Reference


def known_plan(plan: Plan, *, price_per_move: int = 0, most_moves: int | None = None) -> Reference:
    """Return `plan` as the one that people know, from which a new one is to differ little.

    `price_per_move` is in thousandths of the book's currency.
    """
    crews = {visit: frozenset(names) for visit, names in crews_of(plan).items()}
    return Reference(crews, price_per_move, most_moves)


def frozen(problem: Problem, plan: Plan, at_s: int) -> Problem:
    """Return `problem` as it stands at second `at_s` of `plan`.

    A stop is begun once its crew has left for it. A crew that has not left yet does not leave
    before `at_s`, and one that is on its way home is not sent anywhere else.
    """
    trips = {trip.crew_id: trip for trip in plan.itineraries if trip.stops}
    crews = tuple(_frozen(crew, trips.get(crew.id), at_s) for crew in problem.crews)
    return replace(problem, crews=crews)


def _frozen(crew: CrewShift, trip: Itinerary | None, at_s: int) -> CrewShift:
    begun = _begun(trip, at_s) if trip else ()
    if trip is None or not begun:
        return replace(crew, start_s=max(crew.start_s, at_s))
    on_duty = replace(crew, start_s=trip.start_s, begun=begun)
    if begun == trip.stops and begun[-1].end_s < at_s:
        return replace(on_duty, max_visits=len([s for s in begun if s in trip.visits]))
    return on_duty


def _begun(trip: Itinerary, at_s: int) -> tuple[Stop, ...]:
    leaving_s = [trip.start_s, *(stop.end_s for stop in trip.stops)]
    begun = sum(left_s < at_s for left_s in leaving_s[:-1])
    return trip.stops[:begun]
