"""Two crews at one door: who comes too, into which gap of her day, and at which second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from scheduler.check import Fault
from scheduler.editing.edits import Sheet
from scheduler.editing.fitting import Fitting
from scheduler.editing.gaps import Gaps, Offers
from scheduler.editing.measuring import Measured
from scheduler.editing.obstacles import Obstacle
from scheduler.editing.orders import Calls, crews_at, without
from scheduler.editing.way import Way
from scheduler.engines.search.kernels.offering import FINE
from scheduler.engines.search.kernels.tables import FAR
from scheduler.problem import CrewShift, Problem, Visit


def has_to_meet(visit: Visit, crew: CrewShift) -> bool:
    """Whether another crew has to come too."""
    return visit.may_meet and crew.size < visit.crew_size


def beside_size(obstacles: Iterable[Obstacle]) -> list[Obstacle]:
    """Return what forbids to send one of two who meet: how many come is asked of both."""
    return [one for one in obstacles if one.kind != Fault.CREW_TOO_SMALL and not one.rule]


def meeting_orders(
    problem: Problem, sheet: Sheet, visit: Visit, crew_id: str, gap: int, partner_id: str = ""
) -> dict[str, Calls] | None:
    """Return the calls of a crew and of the one that comes too; None where none can.

    That is `partner_id` where one is named.
    """
    gaps = Gaps(problem, sheet)
    offers = gaps.offers(visit.id)
    measured, fitting = Measured(gaps, offers, visit), Fitting(problem, sheet, visit)
    fits = [
        has_to_meet(visit, crew)
        and crew.id not in gaps.broken
        and (not partner_id or crew.id in (crew_id, partner_id))
        and not beside_size(fitting.obstacles(crew))
        for crew in problem.crews
    ]
    names = [crew.id for crew in problem.crews]
    meetings = Meetings(gaps, offers, measured, crews_at(sheet, visit.id), fits)
    way = meetings.best(names.index(crew_id), gap)
    if way is None:
        return None
    call = measured.call(way)
    orders = {}
    for crew, at in way.gaps:
        calls = without(gaps.calls[names[crew]], visit.id)
        orders[names[crew]] = (*calls[:at], call, *calls[at:])
    return orders


class Meetings:
    """The ways in which two crews could make one visit together.

    Who makes it already keeps her partner, and the partner her place. Else the cheapest of those
    that `fits` comes too, into the best gap of her day.
    """

    def __init__(
        self,
        gaps: Gaps,
        offers: Offers,
        measured: Measured,
        sources: Sequence[str],
        fits: Sequence[bool],
    ) -> None:
        self._gaps, self._offers, self._measured = gaps, offers, measured
        self._names = [crew.id for crew in gaps.problem.crews]
        self._sources = [self._names.index(one) for one in sources]
        self._fits = fits
        self._known: dict[tuple[int, int], int | None] = {}

    def best(self, crew: int, gap: int) -> Way | None:
        """Return the cheapest meeting with a crew in a gap of its day, None where there is none."""
        return min(self._ways(crew, gap), key=self._measured.price, default=None)

    def _ways(self, crew: int, gap: int) -> Iterator[Way]:
        places = range(self._measured.alone, len(self._offers.rows[crew][gap]))
        for place in places:
            if self._is_fine(crew, gap, place):
                for other, at in self._partners(crew, place):
                    yield Way(self._measured.visit, ((crew, gap), (other, at)), place)

    def _partners(self, crew: int, place: int) -> Iterator[tuple[int, int]]:
        """Yield who could come too, each with the best gap of her day for that second."""
        if len(self._sources) == 2 and crew in self._sources:
            other = next(k for k in self._sources if k != crew)
            at = self._place_of(other)
            if self._fits[other] and self._is_fine(other, at, place):
                yield other, at
            return
        for other in range(len(self._names)):
            if other != crew and self._fits[other] and self._are_enough(crew, other):
                best = self._best_gap(other, place)
                if best is not None:
                    yield other, best

    def _are_enough(self, crew: int, other: int) -> bool:
        crews = self._gaps.problem.crews
        return crews[crew].size + crews[other].size >= self._measured.visit.crew_size

    def _best_gap(self, crew: int, place: int) -> int | None:
        key = crew, place
        if key not in self._known:
            gaps = range(self._gap_count(crew))
            fine = (at for at in gaps if self._is_fine(crew, at, place))
            price = partial(self._measured.added, crew, place=place)
            self._known[key] = min(fine, key=price, default=None)
        return self._known[key]

    def _gap_count(self, crew: int) -> int:
        calls = self._gaps.calls[self._names[crew]]
        return 1 + sum(call.visit.id != self._measured.visit.id for call in calls)

    def _place_of(self, crew: int) -> int:
        """Return the gap in which a crew has the visit now."""
        calls = self._gaps.calls[self._names[crew]]
        return next(i for i, c in enumerate(calls) if c.visit.id == self._measured.visit.id)

    def _is_fine(self, crew: int, gap: int, place: int) -> bool:
        group = self._gaps.laid.place[self._offers.first + place].group
        is_in_time = self._offers.rows[crew][gap][place].fails == FINE
        return bool(is_in_time and self._gaps.laid.sending[group, crew] < FAR)
