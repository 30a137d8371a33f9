"""What a plan costs: the one objective of every engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from scheduler.plan import Cost, Itinerary, Plan
from scheduler.problem import Problem, Reference, Visit
from scheduler.timesheet import overtime_price as overtime_price
from scheduler.timesheet import travelled_s, worked_s


def cost(problem: Problem, plan: Plan) -> Cost:
    """Return the cost of `plan` in thousandths of the book's currency.

    Lost are the whole value of a visit that is not made, and what the option taken is worth less
    than the best one; two crews that meet win it once, and both have their price. Travel and
    working time are those that the plan tells. `problem.refused` has no part in it: no plan could
    win it.
    """
    taken = {stop.id: stop.option for trip in plan.itineraries for stop in trip.visits}
    without_trips = Cost(
        missed_must_visits=sum(v.is_required and v.id not in taken for v in problem.visits),
        lost_value=sum(_lost_value(visit, taken.get(visit.id)) for visit in problem.visits),
        travel=0,
        moves=moves_price(problem, plan),
    )
    return sum((trip_cost(problem, trip) for trip in plan.itineraries), without_trips)


def trip_cost(problem: Problem, trip: Itinerary) -> Cost:
    """Return what one crew's day costs, as far as it is that day's alone: without lost value."""
    if not trip.stops:
        return Cost(0, 0, 0)
    crew = problem.crew_by_id[trip.crew_id]
    return Cost(
        missed_must_visits=0,
        lost_value=0,
        travel=crew.travel_price_per_s * travelled_s(crew, trip),
        overtime=overtime_price(crew, trip.end_s),
        owner_changes=_crew_prices(problem, trip),
        working=crew.working_price_per_s * worked_s(crew, trip),
        unfairness=crew.unfairness(len(trip.visits)),
    )


def moves_price(problem: Problem, plan: Plan) -> int:
    """Return what `plan` pays for what it moves of the plan that people know."""
    reference = problem.reference
    return reference.price_per_move * moves(reference, crews_of(plan)) if reference else 0


def crews_of(plan: Plan) -> Mapping[str, AbstractSet[str]]:
    """Return the crews that go to each visit of `plan`."""
    found = defaultdict[str, set[str]](set)
    for trip in plan.itineraries:
        for stop in trip.visits:
            found[stop.id].add(trip.crew_id)
    return found


def _lost_value(visit: Visit, option: int | None) -> int:
    return visit.value - (0 if option is None else visit.options[option].value)


def _crew_prices(problem: Problem, trip: Itinerary) -> int:
    visits = (problem.visit_by_id[stop.id] for stop in trip.visits)
    return sum(visit.crew_prices.get(trip.crew_id, 0) for visit in visits)


def moves(reference: Reference, crews_of: Mapping[str, AbstractSet[str]]) -> int:
    """Return how many moves it is that such crews go to the visits of `reference`."""
    return sum(
        len(crews_of[visit] - known) if crews_of.get(visit) else 1
        for visit, known in reference.crews_of.items()
    )
