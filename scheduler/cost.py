"""What a plan costs: the one objective of every engine."""

from __future__ import annotations

from itertools import pairwise

from scheduler.drive import calls_of, location_of
from scheduler.plan import Cost, Itinerary, Plan
from scheduler.problem import CrewShift, Problem, Visit


def cost(problem: Problem, plan: Plan) -> Cost:
    """Return the cost of `plan` in thousandths of the book's currency.

    Lost are the whole value of a visit that is not made, and what the option taken is worth less
    than the best one. `problem.refused` has no part in it: no plan could win it.
    """
    taken = {stop.id: stop.option for trip in plan.itineraries for stop in trip.visits}
    trips = [(problem.crew_by_id[trip.crew_id], trip) for trip in plan.itineraries]
    return Cost(
        missed_must_visits=sum(v.is_required and v.id not in taken for v in problem.visits),
        lost_value=sum(_lost_value(visit, taken.get(visit.id)) for visit in problem.visits),
        travel=sum(_travel_price(problem, crew, trip) for crew, trip in trips),
        overtime=sum(overtime_price(crew, trip.end_s) for crew, trip in trips),
        owner_changes=sum(_crew_prices(problem, trip) for _, trip in trips),
    )


def overtime_price(crew: CrewShift, end_s: int) -> int:
    """Return the price of being back at `end_s`."""
    return max(0, end_s - crew.end_s) * crew.overtime_price_per_s


def _lost_value(visit: Visit, option: int | None) -> int:
    return visit.value - (0 if option is None else visit.options[option].value)


def _travel_price(problem: Problem, crew: CrewShift, trip: Itinerary) -> int:
    if not trip.visits:
        return 0
    doors = [location_of(call) for call in calls_of(problem, trip)]
    way = [crew.start_location, *doors, crew.end_location]
    return crew.travel_price_per_s * sum(problem.travel_s(crew, i, j) for i, j in pairwise(way))


def _crew_prices(problem: Problem, trip: Itinerary) -> int:
    visits = (problem.visit_by_id[stop.id] for stop in trip.visits)
    return sum(visit.crew_prices.get(trip.crew_id, 0) for visit in visits)
