"""An urgent visit put into a plan: the best gaps of all, and a short search around it.

The search moves few of the visits that people know, and weighs no other left-out one: what a
person took off stays off. Only the crews that it may concern are searched (`nearby`); the others
keep their days as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scheduler.editing.applying import applied, driven, judge, orders_of
from scheduler.editing.edits import Move, Retake, Sheet, Together, steps_of
from scheduler.editing.effects import Effect, effect
from scheduler.editing.giving import Giving
from scheduler.editing.nearby import (
    MADE,
    askable_crews,
    nearby,
    part_of,
    put_back,
    with_partners,
)
from scheduler.editing.obstacles import ForbiddenEditError, in_order
from scheduler.editing.quotes import Quote, quoter
from scheduler.engines.base import StopRule
from scheduler.engines.stop_rules import Iterations
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.replan import known_plan

if TYPE_CHECKING:
    from scheduler.editing.quoting import Quoter

ITERATIONS = 2
"""Slices of search around an insertion; the first makes a plan. More of them find no more."""

WORK = 10_000
"""Visits times steps of a slice: 100 ruins of a hundred visits, half of what a search takes.

Of 30 urgent visits each in days of 600 cases under CN and US, whole slices made a way cheaper by
0.03 and 0.02 % of the day's cost on average, by 0.003 % in the median, and took a third longer.
"""

MOST_MOVES = 5
"""Visits that may change hands for it."""

MOST_WAYS = 4
"""Ways that are told: more help nobody to choose."""


@dataclass(frozen=True, slots=True)
class Inserted:
    """A sheet with an urgent visit, the edit that leads there, and what that does to the day."""

    edit: Move | Together | Retake
    sheet: Sheet
    effect: Effect

    @property
    def price(self) -> int:
        """By how much the plan's cost changes, in thousandths."""
        return self.effect.price

    @property
    def moved(self) -> tuple[str, ...]:
        """The visits that other crews make now."""
        return self.effect.moved

    @property
    def dropped(self) -> tuple[str, ...]:
        """The visits that nobody makes any more."""
        return self.effect.dropped


def inserted(
    problem: Problem,
    sheet: Sheet,
    visit_id: str,
    *,
    most_moves: int = MOST_MOVES,
    stop: StopRule | None = None,
    laid: Quoter | None = None,
) -> Inserted:
    """Return the cheapest way found to make a visit that `sheet` leaves out, whatever its price.

    Other visits change hands, `most_moves` at most, or are dropped where no gap is left for it.
    `stop` ends the search around the best gap; without one it takes `ITERATIONS` slices. `laid` is
    the sheet as it is laid out for quotes, if it is so already.

    Raises
    ------
    ForbiddenEditError
        Where nobody can make it, even so; it says why.
    NotFoundError
        Where nobody knows the visit.
    """
    return ways_in(problem, sheet, visit_id, most=1, most_moves=most_moves, stop=stop, laid=laid)[0]


def ways_in(
    problem: Problem,
    sheet: Sheet,
    visit_id: str,
    *,
    most: int = MOST_WAYS,
    most_moves: int = MOST_MOVES,
    stop: StopRule | None = None,
    laid: Quoter | None = None,
) -> list[Inserted]:
    """Return up to `most` ways to make a visit, the cheapest first: each crew's best gap, and more.

    What the search around the best gap has found is among them where it is cheaper than that. The
    first one is judged as any edit is. The same sheet has the same ways, but where `stop` goes by a
    clock. Raises as `inserted` does.
    """
    found = (laid or quoter(_known(problem, sheet, visit_id), sheet)).quotes(visit_id)
    gaps = [_into_gap(problem, sheet, visit_id, one) for one in _best_gaps(found, most)]
    if not gaps and not any(one.forbidden and one.forbidden.ground in MADE for one in found):
        raise _forbidden(found)
    given = None if gaps else _instead(problem, sheet, visit_id, found)
    simple = gaps or ([given] if given else [])
    search = _Search(problem, sheet, visit_id, simple[0] if simple else None, most_moves)
    better = search.around(found, stop)
    ways = _in_turn([*([better] if better else []), *simple])
    judged = list(_from_first_allowed(problem, sheet, ways))
    if not judged:
        raise _forbidden(found)
    return judged[:most]


def _forbidden(found: Sequence[Quote]) -> ForbiddenEditError:
    return ForbiddenEditError(in_order(one.forbidden for one in found if one.forbidden))


def _known(problem: Problem, sheet: Sheet, visit_id: str) -> Problem:
    """Return the problem without the others who are left out: nobody asks for them."""
    known = sheet.plan.served | {visit_id}
    return replace(problem, visits=tuple(one for one in problem.visits if one.id in known))


def _best_gaps(found: Sequence[Quote], most: int) -> list[Quote]:
    """Return the cheapest gap of each crew, or of two who meet, the cheapest first.

    Of equal ones it is the latest, which the fewest others have to wait for.
    """
    best: dict[frozenset[str], Quote] = {}
    allowed = (one for one in found if one.is_allowed)
    for quote in sorted(allowed, key=lambda one: (one.price, -one.start_s)):
        best.setdefault(frozenset((quote.crew_id, quote.partner_id)), quote)
    return list(best.values())[:most]


def _into_gap(problem: Problem, sheet: Sheet, visit_id: str, quote: Quote) -> Inserted:
    edit = Move(visit_id, quote.crew_id, quote.before, quote.place_id, quote.partner_id)
    after = driven(problem, sheet, orders_of(problem, sheet, edit))
    return Inserted(edit, after, effect(problem, sheet, after, visit_id))


def _instead(
    problem: Problem, sheet: Sheet, visit_id: str, found: Sequence[Quote]
) -> Inserted | None:
    """Return the cheapest way of a crew to make it instead of one of its own, if one can."""
    crews = askable_crews(problem, sheet, found)
    edit = Giving(problem, sheet, visit_id).best(crews)
    if edit is None:
        return None
    try:
        after = applied(problem, sheet, edit)
    except ForbiddenEditError:
        return None
    return Inserted(edit, after, effect(problem, sheet, after, visit_id))


def _in_turn(ways: Sequence[Inserted]) -> list[Inserted]:
    """Return ways with the cheapest first; of equal ones a search's, which is told first, last."""
    return sorted(ways, key=lambda way: (way.price, isinstance(way.edit, Retake)))


def _from_first_allowed(
    problem: Problem, sheet: Sheet, ways: Sequence[Inserted]
) -> Iterator[Inserted]:
    """Yield ways from the first on that the judge takes."""
    is_judged = False
    for way in ways:
        try:
            if not is_judged:
                moves = (step for step in steps_of(way.edit) if isinstance(step, Move))
                judge(problem, sheet, way.sheet, moved_ids=[step.visit_id for step in moves])
        except ForbiddenEditError:
            continue
        is_judged = True
        yield way


@dataclass(frozen=True)
class _Search:
    """A search for a visit's way into a sheet, from `simple`, its best one without a search."""

    problem: Problem
    sheet: Sheet
    visit_id: str
    simple: Inserted | None
    most_moves: int

    def around(self, found: Sequence[Quote], stop: StopRule | None) -> Inserted | None:
        """Search the crews that it may concern; None where that finds nothing else."""
        crews = nearby(self.problem, self.sheet, self.visit_id, found)
        if self.simple is None:
            return self._among(self.sheet, crews, stop)
        crews |= with_partners(self.sheet, self.simple.effect.changed)
        return self._among(self.simple.sheet, crews, stop)

    def _among(
        self, start: Sheet, crew_ids: frozenset[str], stop: StopRule | None
    ) -> Inserted | None:
        """Search some crews from a start on, few moves."""
        from scheduler.engines.search.engine import SearchEngine

        part, stands = part_of(self.problem, start, crew_ids)
        asked, engine = self._asked(part), SearchEngine(work=WORK)
        if not crew_ids or engine.supports(asked, stands.locks):
            return None
        rule = stop or Iterations(ITERATIONS)
        found = engine.solve(asked, rule, warm_start=stands.plan, locks=stands.locks).plan
        plan = put_back(self.sheet.plan, crew_ids, found)
        if self.visit_id not in plan.served or plan == start.plan:
            return None
        after = replace(self.sheet, plan=plan)
        told = effect(self.problem, self.sheet, after, self.visit_id)
        return Inserted(Retake(plan), after, told)

    def _asked(self, part: Problem) -> Problem:
        """Return the problem of some crews in which the visit must be made.

        Where there is a gap all the others must be, too: so nobody is dropped.
        """
        has_gap = self.simple is not None and not self.simple.dropped
        kept = self.sheet.plan.served if has_gap else frozenset[str]()
        musts = kept | {self.visit_id}
        trips = tuple(t for t in self.sheet.plan.itineraries if t.crew_id in part.crew_by_id)
        known = Plan(trips, ()).served | {self.visit_id}
        visits = tuple(
            replace(one, is_required=True) if one.id in musts else one
            for one in self.problem.visits
            if one.id in known
        )
        reference = known_plan(Plan(trips, ()), most_moves=self.most_moves)
        return replace(part, visits=visits, reference=reference)
