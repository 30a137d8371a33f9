"""Who takes over what a crew that is no more had to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scheduler.cost import crews_of
from scheduler.draft import Draft
from scheduler.editing.edits import Sheet
from scheduler.engines.base import StopRule
from scheduler.engines.stop_rules import Iterations
from scheduler.left_out import left_out_of
from scheduler.locks import apply_locks
from scheduler.plan import Itinerary, LeftOut, Plan, Reason, Stop
from scheduler.problem import Lock, Problem, Reference
from scheduler.windows import holds

ITERATIONS = 20
"""Slices of search for it."""


def taken_over(
    anew: Problem,
    sheet: Sheet,
    dissolved: Sequence[str],
    heir: str | None,
    stop: StopRule | None = None,
) -> Plan:
    """Return a plan of `anew`, the problem of other crews than the sheet's.

    What the crews in `dissolved` had goes to `heir` as far as she can keep it, the must-visits
    first; the rest is inserted where it costs least. Nobody else's visit changes hands for it, and
    nobody is visited who was left out.
    """
    from scheduler.engines.search.engine import SearchEngine

    locks = tuple(lock for lock in sheet.locks if lock.crew_id in _lasting(anew, dissolved))
    asked, begin = _asked(anew, sheet, dissolved), _begin(anew, sheet, dissolved, heir)
    engine = SearchEngine()
    if engine.supports(asked, locks):
        found = _kept(asked, begin, locks)
    else:
        rule = stop or Iterations(ITERATIONS)
        found = engine.solve(asked, rule, warm_start=begin, locks=locks).plan
    return Plan(found.itineraries, tuple(_left_out(anew, sheet.plan, found)))


def _kept(asked: Problem, begin: Plan, locks: Sequence[Lock]) -> Plan:
    """Return what of a plan can be driven, without a search."""
    draft = Draft.of(apply_locks(asked, locks), begin)
    return Plan(draft.itineraries(), left_out_of(draft))


def _lasting(anew: Problem, dissolved: Sequence[str]) -> set[str]:
    """Return the crews whose locks still hold."""
    return set(anew.crew_by_id) - set(dissolved)


def _asked(anew: Problem, sheet: Sheet, dissolved: Sequence[str]) -> Problem:
    """Return the problem of the visits that were made, in which other crews keep theirs."""
    served = sheet.plan.served
    lost = {s.id for t in sheet.plan.itineraries if t.crew_id in dissolved for s in t.visits}
    theirs = {id_: crews for id_, crews in crews_of(sheet.plan).items() if id_ not in lost}
    known = {id_: frozenset(crews) for id_, crews in theirs.items() if id_ in anew.visit_by_id}
    visits = tuple(visit for visit in anew.visits if visit.id in served)
    return replace(anew, visits=visits, refused=(), reference=Reference(known, most_moves=0))


def _begin(anew: Problem, sheet: Sheet, dissolved: Sequence[str], heir: str | None) -> Plan:
    """Return the plan to begin with: what was lost is the heir's, in the order of its hours."""
    trips = [_known(anew, t) for t in sheet.plan.itineraries if t.crew_id not in dissolved]
    lost = [_known(anew, t) for t in sheet.plan.itineraries if t.crew_id in dissolved]
    done = {stop.id for crew in anew.crews for stop in crew.begun}
    if heir in anew.crew_by_id and heir not in {trip.crew_id for trip in trips}:
        stops = sorted(
            (stop for trip in lost for stop in trip.visits if stop.id not in done),
            key=lambda stop: stop.start_s,
        )
        trips.append(Itinerary(str(heir), 0, 0, tuple(stops)))
    return Plan(tuple(trips), ())


def _known(anew: Problem, trip: Itinerary) -> Itinerary:
    """Return the visits of a trip at the options that their places have now."""
    begun = anew.crew_by_id[trip.crew_id].begun if trip.crew_id in anew.crew_by_id else ()
    done = {stop.id for stop in begun}
    stops = (_at_its_place(anew, stop) for stop in trip.visits if stop.id not in done)
    return replace(trip, stops=tuple(stop for stop in stops if stop is not None))


def _at_its_place(anew: Problem, stop: Stop) -> Stop | None:
    visit = anew.visit_by_id.get(stop.id)
    here = [
        (not holds(way.starts, stop.start_s), number)
        for number, way in enumerate(visit.options if visit else ())
        if way.place_id == stop.place_id
    ]
    return replace(stop, option=min(here)[1]) if here else None


def _left_out(anew: Problem, before: Plan, found: Plan) -> Iterator[LeftOut]:
    """Yield all who are not visited: those of before as they were, the others as established."""
    known = {entry.visit_id: entry for entry in (*found.left_out, *anew.refused, *before.left_out)}
    everybody = [*(visit.id for visit in anew.visits), *(one.visit_id for one in anew.refused)]
    for visit_id in dict.fromkeys(everybody):
        if visit_id not in found.served:
            yield known.get(visit_id) or LeftOut(visit_id, Reason.NEW, "plan the day again")
