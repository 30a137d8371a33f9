"""A crew's day while it is being built, and what inserting one more visit into it costs.

How late a crew may come to a stop so that the rest of its day still holds is one number for each
set of breaks taken: time is first in, first out, waiting is free, and so an earlier arrival is
never worse, also where windows have holes. Kept beside the earliest leaving of each stop, it
makes the test of an insertion exact, and a matter of lookups over all options and gaps at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scheduler.cost import trip_cost
from scheduler.drive import NEVER, drive, leaving_times, location_of
from scheduler.options import AMPLE, Ints, OptionTable
from scheduler.plan import Cost, Itinerary, StopKind
from scheduler.problem import CrewBreak, VisitOption

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


class Route:
    """The options that a crew takes, in order. Immutable; not asked whether the crew fits.

    Gap g of a route lies before its g-th call; the last one before the way home.
    """

    def __init__(
        self,
        table: OptionTable,
        crew: int,
        rows: Sequence[int] = (),
        starts: Sequence[int | None] | None = None,
    ) -> None:
        self.table = table
        self.index = crew
        self.crew = table.problem.crews[crew]
        self.rows = tuple(rows)
        self.starts = (None,) * len(self.rows) if starts is None else tuple(starts)
        stops = zip(self.rows, self.starts, strict=True)
        self.calls = tuple(table.call(row)._replace(start_s=start_s) for row, start_s in stops)

    @cached_property
    def visits(self) -> list[int]:
        """The indices of the visits, in order."""
        return [int(self.table.visit[row]) for row in self.rows]

    @cached_property
    def itinerary(self) -> Itinerary | None:
        """The cheapest day with these calls, None where there is none."""
        return drive(self.table.problem, self.crew, self.calls)

    @property
    def is_full(self) -> bool:
        return self.crew.max_visits is not None and self._visits_in_all >= self.crew.max_visits

    @property
    def is_overfull(self) -> bool:
        return self.crew.max_visits is not None and self._visits_in_all > self.crew.max_visits

    def is_like(self, other: Route) -> bool:
        """Whether it makes the same calls."""
        return self.rows == other.rows and self.starts == other.starts

    @property
    def is_drivable(self) -> bool:
        return self.itinerary is not None

    @property
    def _visits_in_all(self) -> int:
        begun = sum(stop.kind is StopKind.VISIT for stop in self.crew.begun)
        return len(self.rows) + begun

    @cached_property
    def room(self) -> Ints:
        """What is left of the capacity, by kind; negative where too much is loaded."""
        room: Ints = self.table.capacity[self.index] - self.table.load[self.visits].sum(axis=0)
        return room

    @cached_property
    def cost(self) -> Cost:
        """What the day costs, as far as it is this crew's alone; nothing where it cannot be."""
        trip = self.itinerary
        return Cost(0, 0, 0) if trip is None else trip_cost(self.table.problem, trip)

    @property
    def price(self) -> int:
        """What the day costs, in thousandths."""
        return self.cost.total

    def with_row(self, row: int, gap: int) -> Route:
        """Return the route with one more call."""
        rows = *self.rows[:gap], row, *self.rows[gap:]
        return Route(self.table, self.index, rows, (*self.starts[:gap], None, *self.starts[gap:]))

    def only(self, positions: Iterable[int]) -> Route:
        """Return the route with the calls at `positions` alone."""
        stops = [(self.rows[k], self.starts[k]) for k in positions]
        rows, starts = [row for row, _ in stops], [start_s for _, start_s in stops]
        return Route(self.table, self.index, rows, starts)

    def distance_s(self, location: int) -> int:
        """Return the travel from `location` to where this route comes nearest."""
        return int(self._travel[location, self._way].min())

    def added_prices(self, rows: Ints) -> Floats:
        """Return what inserting each of `rows` adds to the prices of the route, exactly.

        Shape [row, gap]; infinite where that is not feasible, breaks a lock's order, makes more
        visits than the crew may, or loads more than it can carry.
        """
        if self.is_full:
            return np.full((len(rows), len(self.rows) + 1), np.inf)
        added = self.timely_prices(rows)
        if self.room.size:
            added[(self.table.load[self.table.visit[rows]] > self.room).any(axis=1)] = np.inf
        for later, earlier in self.table.after.items():
            first_gap = self.visits.index(earlier) + 1 if earlier in self.visits else None
            added[self.table.visit[rows] == later, :first_gap] = np.inf
        return added

    def timely_prices(self, rows: Ints) -> Floats:
        """Return `added_prices` as time, travel and the fitting of the crew alone have it."""
        added = np.full((len(rows), len(self.rows) + 1), np.inf)
        fitting = self.table.fits[self.table.visit[rows], self.index]
        if fitting.any():
            added[fitting] = self._added(rows[fitting])
        return added

    def _added(self, rows: Ints) -> Floats:
        door = self.table.location[rows][:, None]
        to_s = self._travel[self._way[:-1], door].astype(np.int64)
        fro_s = self._travel[door, self._way[1:]].astype(np.int64)
        arrival_s = self._leaving_s.T[:, None, :] + to_s
        at_next_s = self._served(rows[:, None], arrival_s, self._way[:-1] != door) + fro_s
        longer_s = to_s + fro_s - self._leg_s
        price = self.crew.travel_price_per_s * longer_s
        price += self.table.price[self.table.visit[rows], self.index][:, None]
        is_feasible = self._is_within(at_next_s, self._latest_s, door)
        is_feasible &= self._travel_s + longer_s <= self._most_travel_s
        added = np.where(is_feasible, price, np.inf)
        if self.crew.max_overtime_s:
            self._add_overtime(added, at_next_s, door)
        return added

    def _served(self, rows: Ints | int, arrival_s: Ints, comes_from_elsewhere: Bools) -> Ints:
        """Return when a crew can leave after the service of `rows`, by the breaks taken."""
        first_s, last_s = self.table.first_s[rows], self.table.last_s[rows]
        ready_s = np.full(arrival_s.shape, NEVER, np.int64)
        for window in reversed(range(first_s.shape[-1])):
            start_s = np.maximum(arrival_s, first_s[..., window])
            ready_s = np.where(arrival_s <= last_s[..., window], start_s, ready_s)
        ready_s += self.table.service_s[rows] + self.table.setup_s[rows] * comes_from_elsewhere
        for taken, bit, rest in _breaks_to_take(self.crew.breaks):
            begin_s, limit_s = rest.starts
            rested_s = np.maximum(ready_s[taken], begin_s) + rest.duration_s
            rested_s[ready_s[taken] > limit_s] = NEVER
            np.minimum(ready_s[taken | bit], rested_s, out=ready_s[taken | bit])
        return ready_s

    def _is_within(self, at_next_s: Ints, latest_s: Ints, door: Ints) -> Bools:
        """Whether a crew that comes from `door` is at the next stops in time for the rest."""
        within = _is_within(at_next_s, latest_s[1])
        if self._has_setups:
            is_next_door = door == self._way[1:]
            within[is_next_door] = _is_within(at_next_s, latest_s[0])[is_next_door]
        return within

    def _add_overtime(self, added: Floats, at_next_s: Ints, door: Ints) -> None:
        """Add the change of overtime where an insertion is feasible."""
        late = np.isfinite(added) & ~self._is_within(at_next_s, self._latest_on_time_s, door)
        added -= self.cost.overtime
        row, gap = np.nonzero(late)
        end_s = self._end_after(gap, at_next_s[:, late], door[row, 0])
        added[late] += np.maximum(0, end_s - self.crew.end_s) * self.crew.overtime_price_per_s

    def _end_after(self, gap: Ints, at_next_s: Ints, door: Ints) -> Ints:
        """Drive on from the stops after `gap`, reached from `door` at `at_next_s` [taken, …]."""
        for k, row in enumerate(self.rows):
            on = gap <= k
            is_elsewhere = np.where(gap[on] == k, door[on], self._way[k]) != self._way[k + 1]
            served_s = self._served(row, at_next_s[:, on], is_elsewhere)
            at_next_s[:, on] = served_s + self._leg_s[k + 1]
        end_s: Ints = at_next_s[-1]
        return end_s

    @cached_property
    def _way(self) -> Ints:
        doors = [location_of(call) for call in self.calls]
        return np.array([self.crew.start_location, *doors, self.crew.end_location])

    @cached_property
    def _travel(self) -> NDArray[np.int32]:
        travel: NDArray[np.int32] = self.table.problem.ways(self.crew)[0]
        return travel

    @cached_property
    def _leg_s(self) -> Ints:
        legs: Ints = self._travel[self._way[:-1], self._way[1:]].astype(np.int64)
        return legs if self.rows else legs * 0  # who has no visit stays at home

    @cached_property
    def _leaving_s(self) -> Ints:
        return np.array(leaving_times(self.table.problem, self.crew, self.calls))

    @cached_property
    def _travel_s(self) -> int:
        return int(self._leg_s.sum())

    @property
    def _most_travel_s(self) -> int:
        return AMPLE if self.crew.max_travel_s is None else self.crew.max_travel_s

    @cached_property
    def _has_setups(self) -> bool:
        return any(call.way.setup_s for call in self.calls)

    @cached_property
    def _latest_s(self) -> Ints:
        return self._latest_for(self.crew.latest_end_s)

    @cached_property
    def _latest_on_time_s(self) -> Ints:
        return self._latest_for(self.crew.end_s)

    def _latest_for(self, end_s: int) -> Ints:
        """Return the latest arrival at the stop after each gap for being back at `end_s`.

        Shape [from elsewhere, gap, breaks taken]: 0 for a crew that comes from the same door, 1
        from another. `-NEVER` or less where no arrival is early enough.
        """
        arrival_s = [-NEVER] * ((1 << len(self.crew.breaks)) - 1) + [end_s]
        latest = [[arrival_s, arrival_s]]
        for k in reversed(range(len(self.calls))):
            option, leg_s = self.calls[k].way, int(self._leg_s[k + 1])
            leaving_s = self._before_breaks([second - leg_s for second in arrival_s])
            latest.append(_latest_arrivals(option, leaving_s))
            arrival_s = latest[-1][int(self._way[k] != self._way[k + 1])]
        return np.array(latest[::-1]).transpose(1, 0, 2)

    def _before_breaks(self, leaving_s: list[int]) -> list[int]:
        """Return the latest end of service for each latest leaving, by the breaks taken."""
        latest = list(leaving_s)
        for taken, bit, rest in reversed(_breaks_to_take(self.crew.breaks)):
            first_s, last_s = rest.starts
            begin_s = latest[taken | bit] - rest.duration_s
            if begin_s >= first_s:
                latest[taken] = max(latest[taken], min(begin_s, last_s))
        return latest


def _is_within(at_next_s: Ints, latest_s: Ints) -> Bools:
    """Whether any set of breaks [taken, row, gap] leaves time for the rest [gap, taken]."""
    within: Bools = np.any(at_next_s <= latest_s.T[:, None, :], axis=0)
    return within


def _latest_arrivals(option: VisitOption, leaving_s: list[int]) -> list[list[int]]:
    """Return the latest arrivals, from the same door and from elsewhere, for leaving in time."""
    same = [_latest_arrival(option, second - option.service_s) for second in leaving_s]
    if not option.setup_s:
        return [same, same]
    lasts_s = option.service_s + option.setup_s
    return [same, [_latest_arrival(option, second - lasts_s) for second in leaving_s]]


def _latest_arrival(option: VisitOption, start_s: int) -> int:
    """Return the latest arrival that lets service begin by `start_s`."""
    for first_s, last_s in reversed(option.starts):
        if first_s <= start_s:
            return min(start_s, last_s)
    return -NEVER


def _breaks_to_take(breaks: Sequence[CrewBreak]) -> list[tuple[int, int, CrewBreak]]:
    """Return each set of breaks taken with each that is not, as (set, bit, break), ascending."""
    return [
        (taken, 1 << i, rest)
        for taken in range(1 << len(breaks))
        for i, rest in enumerate(breaks)
        if not taken >> i & 1
    ]
