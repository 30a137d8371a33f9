"""What the times of an itinerary add up to: travel, and time at work."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.plan import Itinerary, Stop, StopKind
from scheduler.problem import CrewShift


def travelled_s(crew: CrewShift, trip: Itinerary) -> int:
    """Return how long `crew` is under way in all, by the times that `trip` tells.

    What it does between the last stop that was begun and `CrewShift.free_s` is no travel.
    """
    begun, others = trip.stops[: len(crew.begun)], trip.stops[len(crew.begun) :]
    free_s = free_from_s(crew) if begun else trip.start_s
    left_s = others[-1].end_s if others else free_s
    return under_way_s(trip.start_s, begun) + under_way_s(free_s, others) + trip.end_s - left_s


def worked_s(crew: CrewShift, trip: Itinerary) -> int:
    """Return the working time of `trip`: all of it but the breaks that are not paid."""
    return trip.end_s - trip.start_s - unpaid_s(crew, trip.stops)


def free_from_s(crew: CrewShift) -> int:
    """Return when a crew that has begun can go on."""
    return max(crew.begun[-1].end_s, crew.free_s)


def under_way_s(leave_s: int, stops: Iterable[Stop]) -> int:
    """Return the travel to `stops`, the first of them left for at `leave_s`; breaks need none."""
    travel_s = 0
    for stop in stops:
        if stop.kind is StopKind.VISIT:
            travel_s += stop.arrival_s - leave_s
        leave_s = stop.end_s
    return travel_s


def unpaid_s(crew: CrewShift, stops: Iterable[Stop]) -> int:
    """Return how long the breaks among `stops` last that are no working time."""
    unpaid = {rest.id for rest in crew.breaks if not rest.is_paid}
    if not unpaid:
        return 0
    rests = (stop for stop in stops if stop.kind is StopKind.BREAK and stop.id in unpaid)
    return sum(rest.end_s - rest.start_s for rest in rests)


def overtime_price(crew: CrewShift, end_s: int) -> int:
    """Return the price of being back at `end_s`."""
    return max(0, end_s - crew.end_s) * crew.overtime_price_per_s
