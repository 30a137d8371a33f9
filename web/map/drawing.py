"""A day's plan as its map draws it; nothing in it that its reader may not see.

Ids and masked names, never an address, a number or a sum. Positions and lines are whole units, as
`routing.lines.steps` writes them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from data.access import AgenciesOn
from routing.lines import UNITS_PER_DEGREE, simplified, steps
from routing.paths import Leg, LegPath
from routing.point import Point
from routing.travel import Mode, Spot
from scheduler.day import Day
from scheduler.left_out_groups import Group, group_of, must_visits
from scheduler.model import Collector, Crew, Place
from scheduler.plan import Itinerary, Reason, Stop, StopKind
from scheduler.ports import PlanRecord
from web.desk.question_words import GROUPS
from web.dispatch.words import REASONS
from web.formats import clock, masked
from web.map.looks import crew_looks
from web.map.words import PLACE_KINDS

BEND_M = 1.5
"""Bends smaller than this are not drawn: they cannot be seen at the nearest zoom."""

Draw = Callable[[Sequence[Leg], Mode, Sequence[int]], Sequence[LegPath | None]]
"""Finds the way of each leg, by the second of the day at which it is begun."""


@dataclass(frozen=True)
class DayDrawing:
    """A kept plan, the day's facts, how legs are drawn, and whose agencies the reader sees."""

    record: PlanRecord
    day: Day
    draw: Draw
    agencies: frozenset[str] | None = None

    def told(self) -> dict[str, Any]:
        """Return the whole as plain values for JSON."""
        crews = {crew.id: crew for crew in self.record.content.crews}
        looks = crew_looks(crews)
        trips = [
            trip
            for trip in self.record.content.plan.itineraries
            if self._may_see(crews[trip.crew_id])
        ]
        return {
            "unit": UNITS_PER_DEGREE,
            "version": self.record.version,
            "state": self.record.state.value,
            "crews": [
                {
                    **asdict(looks[trip.crew_id]),
                    **self._trip(trip, crews[trip.crew_id]),
                }
                for trip in sorted(trips, key=lambda trip: trip.crew_id)
            ],
            "left_out": list(self._left_out()),
        }

    def _trip(self, trip: Itinerary, crew: Crew) -> dict[str, Any]:
        left = list(self._left(trip, crew))
        ways = [(a, b, at_s) for (a, at_s), (b, _) in pairwise(left) if a != b]
        legs = [(a, b) for a, b, _ in ways]
        paths = self.draw(legs, crew.mode, [at_s for *_, at_s in ways])
        return {
            "id": crew.id,
            "name": " · ".join(self._collector_name(id) for id in crew.members),
            "mode": crew.mode.value,
            "start": units(crew.start),
            "from": self._clock(trip.start_s),
            "to": self._clock(trip.end_s),
            "metres": sum(path.metres for path in paths if path),
            "ways": lines_of(path for path in paths if path),
            "gaps": [
                [*units(a.point), *units(b.point)]
                for (a, b), path in zip(legs, paths, strict=True)
                if path is None
            ],
            "stops": list(self._stops(trip)),
        }

    def _left(self, trip: Itinerary, crew: Crew) -> Iterator[tuple[Spot, int]]:
        """Yield where a crew is on its way, and at which second of the day it leaves there."""
        yield Spot(crew.start), trip.start_s
        for stop in trip.visits:
            place = self._places.get(stop.place_id)
            if place and place.spot:
                yield place.spot, stop.end_s
        yield Spot(crew.end), trip.end_s

    def _stops(self, trip: Itinerary) -> Iterator[dict[str, Any]]:
        number = 0
        for stop in trip.stops:
            hours = {"from": self._clock(stop.start_s), "to": self._clock(stop.end_s)}
            if stop.kind is StopKind.BREAK:
                yield {"kind": "break", **hours}
                continue
            number += 1
            yield {"kind": "visit", "number": number, **hours, **self._visit(stop)}

    def _visit(self, stop: Stop) -> dict[str, Any]:
        """Say of a visit whom it is to; a place that was closed since has no position."""
        borrower_id = self.record.content.targets[stop.id].borrower_id
        place = self._places.get(stop.place_id)
        return {
            "id": stop.id,
            "name": masked(self._names.get(borrower_id, "")),
            "place": place.kind.value if place else "",
            "place_name": str(PLACE_KINDS[place.kind]) if place else "",
            "at": units(place.point) if place and place.point else None,
        }

    def _left_out(self) -> Iterator[dict[str, Any]]:
        """Yield the reasons with whom they keep out, by what they ask of the desk."""
        served = self.record.content.plan.served
        seen = [
            entry
            for entry in self.record.content.plan.left_out
            if entry.visit_id not in served and self._may_see_borrower(entry.visit_id)
        ]
        must = must_visits(self.day, seen)
        found: dict[tuple[Group, Reason], list[str]] = defaultdict(list)
        for entry in seen:
            group = group_of(entry.reason, is_must=entry.visit_id in must)
            found[group, entry.reason].append(entry.visit_id)
        for group in Group:
            those = [(reason, ids) for (its, reason), ids in found.items() if its is group]
            for reason, ids in sorted(those, key=lambda one: (-len(one[1]), one[0])):
                yield {
                    "group": group.value,
                    "group_words": str(GROUPS[group][0]),
                    "reason": reason.value,
                    "words": str(REASONS[reason][0]),
                    "count": len(ids),
                    "marks": list(self._marks(ids)),
                }

    def _marks(self, ids: Iterable[str]) -> Iterator[list[object]]:
        """Yield id, masked name and position of borrowers who have one."""
        for id in ids:
            if point := self._homes.get(id):
                yield [id, masked(self._names.get(id, "")), *units(point)]

    def _may_see(self, crew: Crew) -> bool:
        if self.agencies is None:
            return True
        members = [self._collectors.get(id) for id in crew.members]
        return all(member and member.agency in self.agencies for member in members)

    def _may_see_borrower(self, borrower_id: str) -> bool:
        return self.agencies is None or bool(self._agencies_of[borrower_id] & self.agencies)

    def _clock(self, second: int) -> str:
        return clock(self.record.content.origin + timedelta(seconds=second), self.day.zone)

    def _collector_name(self, id: str) -> str:
        collector = self._collectors.get(id)
        return masked(collector.name) if collector else id

    @cached_property
    def _collectors(self) -> Mapping[str, Collector]:
        return {collector.id: collector for collector in self.day.collectors}

    @cached_property
    def _places(self) -> Mapping[str, Place]:
        return {place.id: place for place in self.day.places if place.point}

    @cached_property
    def _homes(self) -> Mapping[str, Point]:
        """Where a borrower is marked: at the first of her places that has a position."""
        found: dict[str, Point] = {}
        for place in self.day.places:
            if place.point and place.is_valid:
                found.setdefault(place.borrower_id, place.point)
        return found

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {borrower.id: borrower.name for borrower in self.day.borrowers}

    @cached_property
    def _agencies_of(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        on = self.agencies.on if isinstance(self.agencies, AgenciesOn) else None
        for case in self.day.cases:
            if on is None or case.is_entrusted(on):
                found[case.borrower_id].add(case.agency)
        return found


def units(point: Point) -> list[int]:
    """Return a point in whole units."""
    return [round(point.lat * UNITS_PER_DEGREE), round(point.lon * UNITS_PER_DEGREE)]


def lines_of(paths: Iterable[LegPath]) -> list[list[int]]:
    """Return the lines of paths without the bends that nobody sees."""
    drawn = [np.column_stack((path.lat, path.lon)) for path in paths]
    return [steps(line) for line in simplified(drawn, BEND_M)]
