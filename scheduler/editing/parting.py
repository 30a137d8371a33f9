"""Which parts of a draft a change has touched, and a draft with other parts in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from scheduler.editing.edits import Sheet
from scheduler.editing.log import Aim, Part, PlacedEntry, PlacedTrip
from scheduler.plan import Cost, Itinerary, LeftOut, Plan
from scheduler.ports import NewPlan, Target
from scheduler.problem import Lock


def touched_part(
    kept: NewPlan, before: Sheet, after: Sheet, targets: Mapping[str, Target], cost: Cost
) -> Part:
    """Return what becomes of `kept` where its sheet `before` becomes `after`.

    `before` is the draft by the facts of now: a crew drives past what is suspended. Where her day
    changes, such a visit leaves the draft, and is left out with its cause.
    """
    crews = _changed_trips(before.plan, after.plan)
    visits = _changed_visits(before, after) | _dropped(kept, after.plan, crews)
    trips = [trip for trip in after.plan.itineraries if trip.crew_id in crews]
    entries = (entry for entry in after.plan.left_out if entry.visit_id in visits)
    ids = sorted({stop.id for trip in trips for stop in trip.visits} & targets.keys())
    return Part(
        crews=tuple(sorted(crews)),
        visits=tuple(sorted(visits)),
        trips=tuple(map(PlacedTrip, trips)),
        left_out=tuple(map(PlacedEntry, entries)),
        locks=tuple(lock for lock in in_order(after.locks) if lock.visit_id in visits),
        aims=tuple(Aim(id, targets[id].borrower_id, targets[id].case_ids) for id in ids),
        cost=cost,
        team=after.crews if after.crews != before.crews else None,
    )


def in_order(locks: Iterable[Lock]) -> tuple[Lock, ...]:
    """Return locks in the one order that a draft keeps them in."""
    return tuple(sorted(locks, key=lambda lock: lock.visit_id))


def _changed_trips(before: Plan, after: Plan) -> set[str]:
    old, new = _by_crew(before), _by_crew(after)
    return {id for id in old.keys() | new.keys() if old.get(id) != new.get(id)}


def _by_crew(plan: Plan) -> dict[str, Itinerary]:
    return {trip.crew_id: trip for trip in plan.itineraries}


def _changed_visits(before: Sheet, after: Sheet) -> set[str]:
    """Return the visits that go to other crews, or are left out or locked otherwise."""
    found: set[str] = set()
    for told in (_crews_of, _entries, _locks):
        old, new = told(before), told(after)
        found |= {id for id in old.keys() | new.keys() if old.get(id) != new.get(id)}
    return found


def _crews_of(sheet: Sheet) -> Mapping[str, object]:
    crews: dict[str, tuple[str, ...]] = {}
    for trip in sheet.plan.itineraries:
        for stop in trip.visits:
            crews[stop.id] = tuple(sorted((*crews.get(stop.id, ()), trip.crew_id)))
    return crews


def _entries(sheet: Sheet) -> Mapping[str, object]:
    entries: dict[str, tuple[LeftOut, ...]] = {}
    for entry in sheet.plan.left_out:
        entries[entry.visit_id] = (*entries.get(entry.visit_id, ()), entry)
    return entries


def _locks(sheet: Sheet) -> Mapping[str, object]:
    return {lock.visit_id: lock for lock in sheet.locks}


def _dropped(kept: NewPlan, after: Plan, crews: set[str]) -> set[str]:
    """Return the kept visits of crews whose day changes that nobody makes any more."""
    trips = (trip for trip in kept.plan.itineraries if trip.crew_id in crews)
    return {stop.id for trip in trips for stop in trip.visits} - after.served


def with_part(kept: NewPlan, part: Part) -> NewPlan:
    """Return a draft with a part in the place of what it has of the same crews and visits."""
    trips = [trip for trip in kept.plan.itineraries if trip.crew_id not in part.crews]
    trips += [placed.trip for placed in part.trips]
    left_out = [entry for entry in kept.plan.left_out if entry.visit_id not in part.visits]
    left_out += [placed.entry for placed in part.left_out]
    locks = [lock for lock in kept.locks if lock.visit_id not in part.visits]
    served = {stop.id for trip in trips for stop in trip.visits}
    targets = {**kept.targets, **{a.visit_id: Target(a.borrower_id, a.case_ids) for a in part.aims}}
    return replace(
        kept,
        plan=Plan(tuple(trips), tuple(left_out)),
        locks=in_order((*locks, *part.locks)),
        targets={id: target for id, target in targets.items() if id in served},
        crews=kept.crews if part.team is None else part.team,
        cost=part.cost,
    )
