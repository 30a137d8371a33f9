"""What every gap of every crew's day offers a visit: its price, or what forbids it.

A gap is quoted as allowed where `applying.applied` takes the move into it, at the very price by
which the cost of the plan then changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.check import Fault
from scheduler.check.locks import check_locks
from scheduler.cost import crews_of, moves
from scheduler.editing.applying import applied, kept_out
from scheduler.editing.edits import Move, Sheet
from scheduler.editing.facts_about import FactsAbout
from scheduler.editing.fitting import Fitting, Stood
from scheduler.editing.gaps import Gaps, Offers, Tried
from scheduler.editing.lateness import Lateness
from scheduler.editing.measuring import Measured
from scheduler.editing.meeting import Meetings, beside_size, has_to_meet
from scheduler.editing.obstacles import ForbiddenEditError, Ground, Obstacle, in_order
from scheduler.editing.orders import crews_at, refuse_begun
from scheduler.editing.quote import Quote
from scheduler.editing.telling import obstacle
from scheduler.editing.way import Way
from scheduler.engines.search.kernels.offering import FINE, UNDRIVEN
from scheduler.engines.search.kernels.tables import FAR
from scheduler.errors import NotFoundError
from scheduler.plan import Itinerary, Plan, Stop, StopKind
from scheduler.problem import Problem


class Quoter:
    """A sheet laid out for quotes."""

    def __init__(self, problem: Problem, sheet: Sheet) -> None:
        self.problem, self.sheet = problem, sheet
        self.gaps = Gaps(problem, sheet)
        self.about = FactsAbout(problem.day) if problem.day else None
        self.stood: Stood = {}
        self.lateness = Lateness(self.gaps)
        self.known = {trip.crew_id: trip for trip in sheet.plan.itineraries}

    def quotes(self, visit_id: str) -> list[Quote]:
        """Return a quote for each gap of each crew, in their order."""
        no = self._never(visit_id)
        if no is not None:
            return [
                Quote(crew.id, before, forbidden=no)
                for crew in self.problem.crews
                for before in self.befores(crew.id, visit_id)
            ]
        asked = _Asked(self, visit_id)
        return [quote for k in range(len(self.problem.crews)) for quote in asked.of_crew(k)]

    def befores(self, crew_id: str, visit_id: str) -> list[str | None]:
        """Return before whom each gap of a crew lies, without the visit itself."""
        ids = [call.visit.id for call in self.gaps.calls[crew_id]]
        return [*(id_ for id_ in ids if id_ != visit_id), None]

    def _never(self, visit_id: str) -> Obstacle | None:
        """Return what forbids any move of a visit."""
        if visit_id not in self.problem.visit_by_id:
            for entry in self.problem.refused:
                if entry.visit_id == visit_id:
                    return kept_out(self.problem, entry)
            raise NotFoundError(f"the day has no visit {visit_id!r}")
        try:
            refuse_begun(self.problem, visit_id)
        except ForbiddenEditError as error:
            return error.violations[0]
        broken = (self.gaps.broken.get(crew) for crew in crews_at(self.sheet, visit_id))
        return next((told[0] for told in broken if told), None)


@dataclass
class _Asked:
    """One visit in the gaps of a sheet."""

    quoter: Quoter
    visit_id: str

    def __post_init__(self) -> None:
        self.problem, self.sheet, self.gaps = (
            self.quoter.problem,
            self.quoter.sheet,
            self.quoter.gaps,
        )
        self.visit = self.problem.visit_by_id[self.visit_id]
        self.offers: Offers = self.gaps.offers(self.visit_id)
        self.sources = crews_at(self.sheet, self.visit_id)
        self.measured = Measured(self.gaps, self.offers, self.visit)
        about, stood = self.quoter.about, self.quoter.stood
        self.fitting = Fitting(self.problem, self.sheet, self.visit, about, stood)
        self.places: dict[int, list[int]] = {}
        about_her = (self.visit_id,)
        self.locks = [
            lock
            for lock in self.sheet.locks
            if lock.visit_id in about_her or lock.after in about_her
        ]

    def of_crew(self, crew: int) -> Iterator[Quote]:
        """Yield a quote for each gap of a crew."""
        shift = self.problem.crews[crew]
        befores = self.quoter.befores(shift.id, self.visit_id)
        no = self._no(crew)
        is_unsure = no is None and self._is_unsure(crew)
        for gap, before in enumerate(befores):
            if no is not None:
                yield Quote(shift.id, before, forbidden=no)
            elif is_unsure:
                yield self._tried(crew, before)
            else:
                yield self._quote(crew, gap, before)

    def _no(self, crew: int) -> Obstacle | None:
        """Return what forbids to send a crew, whatever the gap."""
        shift = self.problem.crews[crew]
        if shift.id in self.gaps.broken:
            return self.gaps.broken[shift.id][0]
        found = self.fitting.obstacles(shift)
        if self.is_met(crew):
            found = beside_size(found)
        return next(iter(in_order(found)), None)

    def is_met(self, crew: int) -> bool:
        """Whether another crew has to come too."""
        return has_to_meet(self.visit, self.problem.crews[crew])

    def _is_unsure(self, crew: int) -> bool:
        """Whether only trying tells.

        So it is where some touched day cannot be driven as it is; and where travel differs by the
        hour and working time or travel has a limit, for of days that cost the same either may be
        driven then.
        """
        crews = self.problem.crews
        names = [one.id for one in crews]
        touched = {crew, *(names.index(source) for source in self.sources)}
        if any(self.offers.days[k] is None for k in touched):
            return True
        asked = range(len(crews)) if self.is_met(crew) else touched
        return self.problem.has_slots and any(
            crews[k].counts_working_time or crews[k].max_travel_s is not None for k in asked
        )

    def _tried(self, crew: int, before: str | None) -> Quote:
        """Return the quote of a gap by making the move."""
        crew_id = self.problem.crews[crew].id
        try:
            after = applied(self.problem, self.sheet, Move(self.visit_id, crew_id, before))
        except ForbiddenEditError as error:
            return Quote(crew_id, before, forbidden=error.violations[0])
        return self.measured.quote_of(self.sheet, after, crew_id, before)

    def _quote(self, crew: int, gap: int, before: str | None) -> Quote:
        crew_id = self.problem.crews[crew].id
        if self.is_met(crew):
            way = self._meetings.best(crew, gap)
            if way is None:
                return Quote(crew_id, before, forbidden=self._nobody_meets(crew, gap))
        else:
            way = self._alone(crew, gap)
            if way is None:
                return Quote(crew_id, before, forbidden=self._too_tight(crew, gap))
        no = self._against_locks(way) or self._against_moves(way)
        if no is not None:
            return Quote(crew_id, before, forbidden=no)
        return self.measured.quote(way, before)

    def _alone(self, crew: int, gap: int) -> Way | None:
        """Return the cheapest place for a crew that is enough, None where none is in time."""
        places = [p for p in self._places(crew) if self.offers.rows[crew][gap][p].fails == FINE]
        ways = [Way(self.visit, ((crew, gap),), p) for p in places]
        return ways[0] if len(ways) == 1 else min(ways, key=self.measured.price, default=None)

    def _places(self, crew: int) -> list[int]:
        """Return the places at which one crew makes the visit alone, from her first one on."""
        if crew not in self.places:
            self.places[crew] = self._places_for(crew)
        return self.places[crew]

    def _places_for(self, crew: int) -> list[int]:
        visit = self.gaps.laid.visit[self.gaps.draft.table.index[self.visit_id]]
        groups = self.gaps.laid.place.group[visit.first : visit.meets]
        return [p for p, group in enumerate(groups) if self.gaps.laid.sending[group, crew] < FAR]

    def _too_tight(self, crew: int, gap: int) -> Obstacle:
        """Return why no place is in time: of that where the least is late."""
        rows = self.offers.rows[crew][gap]
        places = self._places(crew) or list(range(self.measured.alone))
        return self._failing(crew, rows, places)

    def _failing(self, crew: int, rows: Sequence[Tried], places: Sequence[int]) -> Obstacle:
        told = [(rows[p].fails, rows[p].late_s, p) for p in places]
        fails, late_s, place = min(told, key=lambda one: (one[0] < 0, one[1], one[2]))
        assert fails not in (FINE, UNDRIVEN), "a gap that is in time forbids nothing"
        return self.quoter.lateness.obstacle(
            self.visit, self.offers.first + place, crew, fails, late_s
        )

    def _nobody_meets(self, crew: int, gap: int) -> Obstacle:
        rows = self.offers.rows[crew][gap]
        places = range(self.measured.alone, len(rows))
        if not len(places) or any(rows[p].fails == FINE for p in places):
            text = f"no other crew can be there with crew {self.problem.crews[crew].id}"
            return Obstacle(Fault.CREW_TOO_SMALL, self.visit_id, text, Ground.CREW)
        return self._failing(crew, rows, places)

    @cached_property
    def _meetings(self) -> Meetings:
        fits = [self.is_met(k) and self._no(k) is None for k in range(len(self.problem.crews))]
        return Meetings(self.gaps, self.offers, self.measured, self.sources, fits)

    def _against_locks(self, way: Way) -> Obstacle | None:
        """Return the lock of this visit, or of one that is to follow it, that a way breaks."""
        if not self.locks:
            return None
        plan = Plan(tuple(self._order(way)), ())
        stood = {
            (v.kind, v.id)
            for v in check_locks(self.sheet.plan, self.locks)
            if v.id != self.visit_id
        }
        for fault in check_locks(plan, self.locks):
            if fault.kind != Fault.LOCK_TIME and (fault.kind, fault.id) not in stood:
                return obstacle(self.problem, plan, fault)
        return None

    def _order(self, way: Way) -> Iterator[Itinerary]:
        """Yield itineraries without times, with the visit where a way has it."""
        gap_of = dict(way.gaps)
        for k, crew in enumerate(self.problem.crews):
            trip = self.quoter.known.get(crew.id)
            stops = [s for s in trip.visits if s.id != self.visit_id] if trip else []
            if k in gap_of:
                begun = len(stops) - len(self.quoter.befores(crew.id, self.visit_id)) + 1
                stop = Stop(StopKind.VISIT, self.visit_id, 0, 0, 0)
                stops.insert(begun + gap_of[k], stop)
            yield Itinerary(crew.id, 0, 0, tuple(stops))

    def _against_moves(self, way: Way) -> Obstacle | None:
        reference = self.problem.reference
        if reference is None or reference.most_moves is None:
            return None
        before = crews_of(self.sheet.plan)
        going = {self.problem.crews[k].id for k, _ in way.gaps}
        now, then = moves(reference, before), moves(reference, {**before, self.visit_id: going})
        if then <= reference.most_moves or now > reference.most_moves:
            return None
        text = f"moves {then} visits of the plan that people know; {reference.most_moves} may be"
        return Obstacle(Fault.TOO_MANY_MOVES, "plan", text, Ground.LOCK)
