"""The last pass over a plan in which crews meet: nobody waits longer than until both are there.

The search meets at seconds of a grid. Each meeting is slid to the first second at which both crews
have come and the option that they take is open; whatever follows can only be earlier.
"""

from __future__ import annotations

from scheduler.draft import Draft
from scheduler.drive import earliest_start
from scheduler.plan import Stop
from scheduler.route import Route


def slide(draft: Draft) -> bool:
    """Slide the meetings of `draft`, the earliest first; return whether any has moved."""
    has_moved = False
    while _slide_once(draft):
        has_moved = True
    return has_moved


def _slide_once(draft: Draft) -> bool:
    by_time = sorted((start_s, visit) for visit, start_s in draft.met.items())
    return sum(_slid(draft, visit) for _, visit in by_time) > 0


def _slid(draft: Draft, visit: int) -> bool:
    """Slide one meeting, unless the plan becomes worse; return whether it moved."""
    routes = [route for route in draft.routes if visit in route.visits]
    stops = [_stop(route, visit) for route in routes]
    call = routes[0].calls[routes[0].visits.index(visit)]._replace(start_s=None)
    start_s = earliest_start(call, max(stop.arrival_s for stop in stops))
    if start_s >= stops[0].start_s:
        return False
    earlier = [_meeting_at(route, visit, start_s) for route in routes]
    draft.attempt(earlier)
    return draft.met[visit] == start_s


def _stop(route: Route, visit: int) -> Stop:
    assert route.itinerary is not None, "the routes of a draft can be driven"
    name = route.table.problem.visits[visit].id
    return next(stop for stop in route.itinerary.visits if stop.id == name)


def _meeting_at(route: Route, visit: int, start_s: int) -> Route:
    at = route.visits.index(visit)
    starts = *route.starts[:at], start_s, *route.starts[at + 1 :]
    return Route(route.table, route.index, route.rows, starts)
