"""What the dispatcher fixed stays fixed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.check.faults import Fault
from scheduler.plan import Itinerary, Plan, Violation
from scheduler.problem import Lock


def check_locks(plan: Plan, locks: Sequence[Lock]) -> Iterator[Violation]:
    """Name the locks that the plan does not keep."""
    for lock in locks:
        trips = [trip for trip in plan.itineraries if lock.visit_id in _ids(trip)]
        if [trip.crew_id for trip in trips] != [lock.crew_id]:
            gone_with = ", ".join(trip.crew_id for trip in trips) or "nobody"
            text = f"is locked to crew {lock.crew_id}, and {gone_with} goes"
            yield Violation(Fault.LOCK_CREW, lock.visit_id, text)
        for trip in trips:
            yield from _trip_faults(lock, trip)


def _trip_faults(lock: Lock, trip: Itinerary) -> Iterator[Violation]:
    place = _ids(trip).index(lock.visit_id)
    start_s = trip.visits[place].start_s
    if lock.start_s not in (None, start_s):
        text = f"is locked to start at {lock.start_s}, and starts at {start_s}"
        yield Violation(Fault.LOCK_TIME, lock.visit_id, text)
    if lock.after is not None and lock.after not in _ids(trip)[:place]:
        text = f"is locked to come after {lock.after}, and does not"
        yield Violation(Fault.LOCK_ORDER, lock.visit_id, text)


def _ids(trip: Itinerary) -> list[str]:
    return [stop.id for stop in trip.visits]
