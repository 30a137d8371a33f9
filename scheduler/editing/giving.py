"""Who gives way where no gap is left: a crew makes an urgent visit instead of one of its own.

What it costs is told by the way alone, which is cheap; whether it can be driven is tried from the
cheapest on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from scheduler.call import Call
from scheduler.cost import crews_of
from scheduler.drive import NEVER, drive
from scheduler.editing.choosing import calls_at_places
from scheduler.editing.edits import Move, Sheet, TakeOff, Together
from scheduler.editing.orders import calls_by_crew, without
from scheduler.editing.passing import detours_s, doors_of, to_come, under_way_s, way_of
from scheduler.editing.retiming import place_key, retimed
from scheduler.plan import Stop
from scheduler.problem import CrewShift, Problem

GAPS = 2
"""Gaps tried for each visit that may give way: the nearest in which her hours could lie."""


@dataclass(frozen=True, slots=True, order=True)
class Exchange:
    """A visit of a crew that would give way, at a price by the way; the gap is that without it."""

    price: float
    crew_id: str
    gives: str
    gap: int


class Giving:
    """What it costs the crews to make a visit instead of one of their own."""

    def __init__(self, problem: Problem, sheet: Sheet, visit_id: str) -> None:
        self._problem, self._sheet, self._visit_id = problem, sheet, visit_id
        self._doors = doors_of(problem, visit_id)
        self._trips = {trip.crew_id: trip for trip in sheet.plan.itineraries}
        self._held = {id for lock in sheet.locks for id in (lock.visit_id, lock.after)}
        self._widened: dict[tuple[str, int], Call] = {}
        self._held |= {id for id, crews in crews_of(sheet.plan).items() if len(crews) > 1}

    def price(self, crew: CrewShift) -> float:
        """Return the least that a crew's cheapest exchange costs, in thousandths."""
        return min((one.price for one in self._exchanges(crew)), default=inf)

    def best(self, crews: Iterable[CrewShift]) -> Together | None:
        """Return the first exchange that can be driven, the cheapest first, as one edit."""
        found = sorted(one for crew in crews for one in self._exchanges(crew))
        edits = (self._edit(one) for one in found)
        return next((edit for edit in edits if edit is not None), None)

    def _exchanges(self, crew: CrewShift) -> Iterator[Exchange]:
        """Yield an exchange for each visit of a crew that may give way, into its nearest gap."""
        trip = self._trips.get(crew.id)
        way, stops = way_of(self._problem, crew, trip), to_come(crew, trip)
        now_s = under_way_s(self._problem, crew, way)
        per_s = crew.travel_price_per_s + crew.working_price_per_s
        for at, stop in enumerate(stops):
            if self._may_go(stop):
                others = [*way[: at + 1], *way[at + 2 :]]
                detours = detours_s(self._problem, crew, others, self._doors)
                gaps = self._in_time([*stops[:at], *stops[at + 1 :]])
                without_s = under_way_s(self._problem, crew, others) - now_s
                for longer_s, gap in sorted((detours[k], k) for k in gaps)[:GAPS]:
                    price = self._worth(stop) + per_s * (without_s + longer_s)
                    yield Exchange(price, crew.id, stop.id, gap)

    def _in_time(self, stops: Sequence[Stop]) -> list[int]:
        """Return the gaps between stops in which the hours of the visit could lie."""
        (first_s, last_s), numbers = self._hours(self._visit_id), range(len(stops) + 1)
        late = [self._hours(stop.id)[1] for stop in stops]
        return [
            gap
            for gap in numbers
            if (gap == 0 or stops[gap - 1].start_s <= last_s)
            and (gap == len(stops) or late[gap] >= first_s)
        ]

    def _hours(self, visit_id: str) -> tuple[int, int]:
        """Return the first and the last second at which a visit may begin."""
        starts = [
            span for option in self._problem.visit_by_id[visit_id].options for span in option.starts
        ]
        return min((first for first, _ in starts), default=NEVER), max(
            (last for _, last in starts), default=-1
        )

    def _edit(self, one: Exchange) -> Together | None:
        """Return an exchange as an edit; None where it cannot be driven in time."""
        crew, sheet = self._problem.crew_by_id[one.crew_id], self._sheet
        calls = calls_by_crew(self._problem, sheet, [crew.id])[crew.id]
        others = without(calls, one.gives)
        before = others[one.gap].visit.id if one.gap < len(others) else None
        edit = Move(self._visit_id, crew.id, before)
        for call in calls_at_places(self._problem, edit, crew):
            orders = (*others[: one.gap], call, *others[one.gap :])
            if drive(self._problem, crew, list(map(self._at_any_hour, orders))) is None:
                continue
            if retimed(self._problem, crew, orders, sheet.locks) is not None:
                move = replace(edit, place_id=call.way.place_id)
                return Together((TakeOff(one.gives), move))
        return None

    def _at_any_hour(self, call: Call) -> Call:
        """Return a call that may be made at any hour of its place: whether it can, is told fast."""
        key = call.visit.id, call.option
        if key not in self._widened:
            here = place_key(call.way)
            alike = [way for way in call.visit.options if place_key(way) == here]
            starts = tuple(sorted(span for way in alike for span in way.starts))
            visit = replace(call.visit, options=(replace(call.way, starts=starts),))
            self._widened[key] = Call(visit, 0, call.start_s)
        return self._widened[key]

    def _worth(self, stop: Stop) -> int:
        return self._problem.visit_by_id[stop.id].options[stop.option].value

    def _may_go(self, stop: Stop) -> bool:
        return not self._problem.visit_by_id[stop.id].is_required and stop.id not in self._held
