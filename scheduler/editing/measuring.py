"""What a way to make a visit adds to the plan: its price, driving and work."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from scheduler.call import Call
from scheduler.cost import cost, crews_of, moves
from scheduler.editing.edits import Sheet
from scheduler.editing.gaps import Gaps, Offers
from scheduler.editing.orders import crews_at, without
from scheduler.editing.quote import Quote
from scheduler.editing.retiming import retimed
from scheduler.editing.way import Way
from scheduler.plan import Itinerary
from scheduler.problem import CrewShift, Visit
from scheduler.timesheet import travelled_s, worked_s


class _Level(NamedTuple):
    """A time at a place, as `LEVEL` of the search's tables tells it, and its visit's option."""

    open_s: int
    close_s: int
    loss: int
    row: int
    option: int


class Measured:
    """One visit in the gaps of a sheet, in money and seconds."""

    def __init__(self, gaps: Gaps, offers: Offers, visit: Visit) -> None:
        self.gaps, self.offers, self.visit = gaps, offers, visit
        self.problem = gaps.problem
        self.sources = crews_at(gaps.sheet, visit.id)
        laid = gaps.laid.visit[gaps.draft.table.index[visit.id]]
        self.alone = int(laid.meets - laid.first)
        self._left = self._leaving()
        self._levels: dict[int, list[_Level]] = {}

    def price(self, way: Way) -> int:
        """Return by how much a way changes the cost of the plan, in thousandths."""
        going = {k for k, _ in way.gaps}
        price = sum(self.added(k, gap, way.place) for k, gap in way.gaps)
        if len(way.gaps) > 1:
            price -= int(self.gaps.laid.place[self.offers.first + way.place].loss)
        price += sum(left for k, left in self._left.items() if k not in going)
        if not self.sources:
            price -= self.visit.value
        return price + self._moved(going)

    def added(self, crew: int, gap: int, place: int) -> int:
        """Return by how much the day of a crew becomes dearer, lost value included."""
        offer, shift = self.offers.rows[crew][gap][place], self.problem.crews[crew]
        then = self.gaps.price(crew, offer.tail, offer.road_s)
        price = then - self.gaps.price_now(shift.id)
        if shift.id in self.sources:
            return price
        visits = self.gaps.visits_of(shift.id)
        price += shift.unfairness(visits + 1) - shift.unfairness(visits)
        return price + self.visit.crew_prices.get(shift.id, 0)

    def quote(self, way: Way, before: str | None) -> Quote:
        """Return a way as a quote."""
        crew, gap = way.gaps[0]
        offer = self.offers.rows[crew][gap][way.place]
        times = [self._times(k, at, way) for k, at in way.gaps]
        going = {k for k, _ in way.gaps}
        times += [told for k, told in self._times_without.items() if k not in going]
        start_s = offer.start_s
        partners = (self.problem.crews[k].id for k, _ in way.gaps[1:])
        if _is_open(self.problem.crews[crew]):
            start_s = self._start_s(crew, gap, way)
        return Quote(
            self.problem.crews[crew].id,
            before,
            self.price(way),
            sum(driving_s for driving_s, _ in times),
            sum(working_s for _, working_s in times),
            start_s,
            self.visit.options[self.option(way.place, start_s)].place_id,
            next(partners, ""),
        )

    def quote_of(self, before: Sheet, after: Sheet, crew_id: str, gap: str | None) -> Quote:
        """Return what a move has made of a sheet as the quote of its gap."""
        price = cost(self.problem, after.plan).total - cost(self.problem, before.plan).total
        touched = {*crews_at(after, self.visit.id), *self.sources}
        trips = {trip.crew_id: trip for trip in after.plan.itineraries}
        crews = [self.problem.crew_by_id[one] for one in touched]
        changes = [self._change(crew, trips.get(crew.id)) for crew in crews]
        stop = next(s for s in trips[crew_id].visits if s.id == self.visit.id)
        partner = next((c for c in crews_at(after, self.visit.id) if c != crew_id), "")
        driving_s, working_s = (sum(told) for told in zip(*changes, strict=True))
        return Quote(
            crew_id, gap, price, driving_s, working_s, stop.start_s, stop.place_id, partner
        )

    def call(self, way: Way) -> Call:
        """Return the call of two who meet, with the second at which they start."""
        start_s = self.meets_at_s(way.place)
        return Call(self.visit, self.option(way.place, start_s), start_s)

    def meets_at_s(self, place: int) -> int:
        laid = self.gaps.laid
        return int(laid.span[laid.place[self.offers.first + place].first].open_s)

    def option(self, place: int, start_s: int) -> int:
        """Return the option that a place of the tables is at a second, the best of several."""
        open_ = (one for one in self._levels_at(place) if one.open_s <= start_s <= one.close_s)
        return min(open_, key=lambda one: (one.loss, one.row)).option

    def _levels_at(self, place: int) -> list[_Level]:
        """Return the levels of a place of the tables; read out once."""
        if place not in self._levels:
            laid, number = self.gaps.laid, self.gaps.draft.table.number
            where = laid.place[self.offers.first + place]
            told = laid.level[int(where.first_level) : int(where.last_level)].tolist()
            self._levels[place] = [
                _Level(begin, end, loss, row, int(number[row])) for begin, end, loss, row in told
            ]
        return self._levels[place]

    def _leaving(self) -> dict[int, int]:
        """Return by how much the days of those who make it now change without it."""
        names = [crew.id for crew in self.problem.crews]
        left: dict[int, int] = {}
        for crew_id in self.sources:
            k, shift = names.index(crew_id), self.problem.crew_by_id[crew_id]
            visits = self.gaps.visits_of(shift.id)
            price = (self.offers.days[k] or 0) - self.gaps.price_now(crew_id)
            price += shift.unfairness(visits - 1) - shift.unfairness(visits)
            left[k] = price - self.visit.crew_prices.get(crew_id, 0)
        return left

    def _moved(self, going: Iterable[int]) -> int:
        reference = self.problem.reference
        if reference is None or not reference.price_per_move:
            return 0
        before = crews_of(self.gaps.sheet.plan)
        then = {**before, self.visit.id: {self.problem.crews[k].id for k in going}}
        return reference.price_per_move * (moves(reference, then) - moves(reference, before))

    def _times(self, crew: int, gap: int, way: Way) -> tuple[int, int]:
        """Return how much longer a crew drives and works with the visit."""
        shift, offer = self.problem.crews[crew], self.offers.rows[crew][gap][way.place]
        if shift.counts_working_time or shift.begun:
            return self._change(shift, self._driven(crew, gap, way))
        trip = self.gaps.trips.get(shift.id)
        if trip is not None:
            return offer.travel_s - self.gaps.travelled_s(shift), offer.end_s - trip.end_s
        unpaid_s = sum(rest.duration_s for rest in shift.breaks if not rest.is_paid)
        return offer.travel_s, offer.end_s - shift.start_s - unpaid_s

    @cached_property
    def _times_without(self) -> dict[int, tuple[int, int]]:
        """How much longer those who make it now drive and work without it: less, mostly."""
        return {k: self._time_without(self.problem.crews[k]) for k in self._left}

    def _time_without(self, shift: CrewShift) -> tuple[int, int]:
        calls = without(self.gaps.calls[shift.id], self.visit.id)
        return self._change(shift, retimed(self.problem, shift, calls, self.gaps.sheet.locks))

    def _change(self, crew: CrewShift, trip: Itinerary | None) -> tuple[int, int]:
        was, now = _times_of(crew, self.gaps.trips.get(crew.id)), _times_of(crew, trip)
        return now[0] - was[0], now[1] - was[1]

    def _start_s(self, crew: int, gap: int, way: Way) -> int:
        trip = self._driven(crew, gap, way)
        assert trip is not None, "a gap that is in time can be driven"
        return next(stop.start_s for stop in trip.visits if stop.id == self.visit.id)

    def _driven(self, crew: int, gap: int, way: Way) -> Itinerary | None:
        shift = self.problem.crews[crew]
        calls = without(self.gaps.calls[shift.id], self.visit.id)
        laid, first = self.gaps.laid, self.offers.first
        row = laid.level[laid.place[first + way.place].first_level].row
        call = Call(self.visit, int(self.gaps.draft.table.number[row]))
        if len(way.gaps) > 1:
            call = self.call(way)
        with_it = (*calls[:gap], call, *calls[gap:])
        return retimed(self.problem, shift, with_it, self.gaps.sheet.locks)


def _times_of(crew: CrewShift, trip: Itinerary | None) -> tuple[int, int]:
    if trip is None or not trip.stops:
        return 0, 0
    return travelled_s(crew, trip), worked_s(crew, trip)


def _is_open(crew: CrewShift) -> bool:
    """Whether days of one price may have other hours, of which the search tells any.

    Two breaks that may lie together can be taken before a visit or after it.
    """
    return crew.counts_working_time or len(crew.breaks) > 1
