"""Visits of little value that are given up for one that is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter

from scheduler.plan import Stop
from scheduler.problem import Visit
from scheduler.remedies.crew_day import CrewDay, made
from scheduler.remedies.remedy import Change, Kind, Remedy

MOST_GIVEN_UP = 2
"""Neighbours in an itinerary that are given up together, where one is not enough."""


def given_up(days: Sequence[CrewDay], visit: Visit, most: int) -> list[Remedy]:
    """Return the `most` cheapest ways to make room by giving up visits.

    More than one visit is given up only where no single one makes room.
    """
    roomy = [day for day in days if day.best(_without(visit.id, _loose(day)))]
    found: list[Remedy] = []
    for number in range(1, MOST_GIVEN_UP + 1):
        found = found or _cheapest(roomy, visit, number, most)
    return found


def _cheapest(days: Sequence[CrewDay], visit: Visit, number: int, most: int) -> list[Remedy]:
    """Try strings of visits, those of least value first, while their value is not too dear alone.

    A detour for the visit is hardly ever shorter than those that are saved.
    """
    strings = [one for day in days for one in _strings(day, number)]
    found: list[Remedy] = []
    for worth, ids, day in sorted(strings, key=itemgetter(0, 1)):
        if len(found) >= most and worth - visit.value >= found[most - 1].cost:
            break
        found += made([day.remedy(_without(visit.id, ids))])
        found.sort(key=lambda one: one.cost)
    return found[:most]


def _without(visit_id: str, given_up: Sequence[str]) -> Change:
    return Change(Kind.GIVE_UP, visit_id, given_up=tuple(given_up))


def _strings(day: CrewDay, number: int) -> Iterator[tuple[int, tuple[str, ...], CrewDay]]:
    """Yield each `number` visits in a row that may be given up, with what they are worth."""
    loose = set(_loose(day))
    stops = [stop for trip in day.plan.itineraries for stop in trip.visits]
    for first in range(len(stops) - number + 1):
        string = stops[first : first + number]
        ids = tuple(stop.id for stop in string)
        if loose.issuperset(ids):
            yield sum(_worth(day, stop) for stop in string), ids, day


def _worth(day: CrewDay, stop: Stop) -> int:
    return day.problem.visit_by_id[stop.id].options[stop.option].value


def _loose(day: CrewDay) -> list[str]:
    """Return the visits that may be given up: no must-visit, locked or begun one."""
    bound = {lock.visit_id for lock in day.locks} | {lock.after for lock in day.locks}
    bound |= {stop.id for stop in day.crew.begun}
    visits = (day.problem.visit_by_id[id_] for id_ in day.plan.served)
    return [visit.id for visit in visits if not visit.is_required and visit.id not in bound]
