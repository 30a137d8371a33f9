"""From a draft's option table to the flat arrays of the compiled search."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np

from routing.travel import UNREACHABLE
from scheduler.beginning import beginning_of
from scheduler.draft import Draft
from scheduler.engines.search.kernels import tables
from scheduler.engines.search.kernels.tables import Array, Rows, Tables
from scheduler.engines.search.places import Places, places_of
from scheduler.engines.search.records import blank, rows
from scheduler.engines.search.sending import Groups
from scheduler.options import AMPLE, OptionTable
from scheduler.plan import StopKind
from scheduler.problem import CrewShift, Problem


def tables_of(draft: Draft) -> Tables:
    """Return the problem of `draft`, without neighbours."""
    table, problem = draft.table, draft.table.problem
    groups = Groups(table)
    twins = _twins(problem)
    places = places_of(table, groups, twins, draft.met)
    visit = _visits(draft, groups, places, twins)
    paces = _paces(problem)
    crew, rest = _crews(problem, paces)
    sending, moves = groups.sending, groups.moves
    crew.kind = _kinds(table, crew, sending, moves)
    slot, slot_start = _slots(problem, paces)
    travel, back = _travel(problem, paces)
    return Tables(
        travel=travel,
        back=back,
        slot=slot,
        slot_start=slot_start,
        visit=visit,
        place=places.place,
        span=places.span,
        level=places.level,
        crew=crew,
        rest=rest,
        sending=sending,
        moves=moves,
        load=np.ascontiguousarray(table.load[[*range(len(problem.visits)), *twins]]),
        capacity=np.ascontiguousarray(table.capacity),
        near=np.empty((2, len(visit), 0), np.int32),
        is_full=_asks_for_more(table, places),
        has_meetings=bool(twins) or _has_own_options(problem),
    )


def most_loss(problem: Problem) -> int:
    """Return more than any plan of `problem` costs, must-visits apart."""
    visits, crews, reference = problem.visits, problem.crews, problem.reference
    value = sum(visit.value for visit in visits)
    sent = 2 * sum(max(visit.crew_prices.values(), default=0) for visit in visits)
    moved = 2 * len(visits) * (reference.price_per_move if reference else 0)
    return 1 + value + sent + moved + sum(_most_price(crew, len(visits)) for crew in crews)


def _most_price(crew: CrewShift, visits: int) -> int:
    """Return more than a day of `crew` can cost, its visits apart."""
    day_s = crew.latest_end_s - crew.start_s
    per_s = max(crew.travel_price_per_s, 0) + max(crew.working_price_per_s, 0)
    late = crew.max_overtime_s * max(crew.overtime_price_per_s, 0)
    return max(0, day_s) * per_s + late + crew.unfairness(visits)


def _twins(problem: Problem) -> dict[int, int]:
    """Return the numbers of the other halves of the visits that two may make, by the first's."""
    smallest = min((crew.size for crew in problem.crews), default=0)
    met = [i for i, v in enumerate(problem.visits) if v.may_meet and v.crew_size > smallest]
    return {visit: len(problem.visits) + k for k, visit in enumerate(met)}


def _has_own_options(problem: Problem) -> bool:
    return any(option.crews is not None for visit in problem.visits for option in visit.options)


def _asks_for_more(table: OptionTable, places: Places) -> bool:
    """Whether insertions are not exact at a glance."""
    place, problem = places.place, table.problem
    of_level = np.repeat(place.loss, place.last_level - place.first_level)
    return bool(
        table.after
        or problem.has_slots
        or place.setup_s.any()
        or (of_level != places.level.loss).any()
        or (problem.reference and problem.reference.most_moves is not None)
        or any(crew.breaks or crew.counts_working_time for crew in problem.crews)
        or any(crew.max_overtime_s and crew.overtime_price_per_s for crew in problem.crews)
        or any(crew.unfair_price for crew in problem.crews)
    )


def _paces(problem: Problem) -> list[tuple[int, int]]:
    """Return the modes of crews with the percent of the time that they take."""
    paces = list(dict.fromkeys((crew.mode, crew.travel_percent) for crew in problem.crews))
    usual = _usual_paces(problem)
    return usual if set(paces) <= set(usual) and not problem.has_slots else paces


def _usual_paces(problem: Problem) -> list[tuple[int, int]]:
    return [(mode, 100) for mode in range(len(problem.travel.modes))]


def _travel(problem: Problem, paces: list[tuple[int, int]]) -> tuple[Array, Array]:
    """Return the least seconds [pace, here, there], and [pace, there, here]."""
    if paces == _usual_paces(problem) and not problem.has_slots:
        here = problem.travel.seconds[:, 0]
        return np.require(here, np.int32, ["C", "W"]), problem.travel.back_s
    spots = problem.travel.seconds.shape[-1]
    travel = np.empty((len(paces), spots, spots), np.int32)
    for crew in problem.crews:
        pace = paces.index((crew.mode, crew.travel_percent))
        travel[pace] = _least_s(problem.ways(crew))
    return travel, np.ascontiguousarray(travel.transpose(0, 2, 1))


def _least_s(ways: Array) -> Array:
    """Return the seconds [here, there] in the fastest slot, if every slot has a way."""
    if len(ways) == 1:
        return ways[0]
    return np.where(ways.max(axis=0) < UNREACHABLE, ways.min(axis=0), UNREACHABLE)


def _slots(problem: Problem, paces: list[tuple[int, int]]) -> tuple[Array, Array]:
    starts = np.array(problem.travel.slot_starts_s, np.int64)
    if not problem.has_slots:
        return np.empty((0, 0, 0, 0), np.int32), starts
    of = {(crew.mode, crew.travel_percent): problem.ways(crew) for crew in problem.crews}
    slot = np.ascontiguousarray([of[pace] for pace in paces], np.int32)
    is_cut = slot.max(axis=1, keepdims=True) >= UNREACHABLE  # in one slot: then it is no way at all
    np.copyto(slot, UNREACHABLE, where=is_cut)
    return slot, starts


def _visits(draft: Draft, groups: Groups, places: Places, twins: dict[int, int]) -> Rows:
    table, known = draft.table, groups.crews_known
    count = len(table.problem.visits)
    visits = blank(tables.VISIT, count + len(twins))
    index = np.arange(len(visits))
    visits.first = np.searchsorted(places.place.visit, index)
    visits.last = np.searchsorted(places.place.visit, index, side="right")
    met = np.bincount(places.place.visit, weights=places.is_meeting, minlength=len(visits))
    visits.meets = visits.last - met.astype(np.int64)
    visits.after = visits.twin = -1
    visits.group[:count] = [groups.of(visit) for visit in range(count)]
    visits.is_known[:count] = [visit.id in known for visit in table.problem.visits]
    visits.worth[:count] = [visit.value for visit in table.problem.visits]
    visits.worth += visits.is_known * groups.price_per_move
    visits.worth[:count] += most_loss(table.problem) * draft.is_required
    visits.worth[:count][draft.has_begun] = 0
    for first, second in twins.items():
        visits[first].twin, visits[second].twin = second, first
        visits[second].group = visits[first].group
    for later, earlier in table.after.items():
        visits[later].after = earlier
        visits[later].depth = _depth(table, later)
    return visits


def _depth(table: OptionTable, visit: int) -> int:
    return 1 + _depth(table, table.after[visit]) if visit in table.after else 0


def _crews(problem: Problem, paces: list[tuple[int, int]]) -> tuple[Rows, Rows]:
    crews = blank(tables.CREW, len(problem.crews))
    rests: list[tuple[int, ...]] = []
    for one, crew in zip(crews, problem.crews, strict=True):
        begins = beginning_of(problem, crew)
        begun = sum(stop.kind is StopKind.VISIT for stop in crew.begun)
        one.start, one.start_s = begins.location, begins.ready_s
        one.end, one.end_s, one.due_s = crew.end_location, crew.latest_end_s, crew.end_s
        one.most = max(0, _left(crew.max_visits, begun, len(problem.visits)))
        one.mode = paces.index((crew.mode, crew.travel_percent))
        one.price_per_s, one.late_price_per_s = crew.travel_price_per_s, crew.overtime_price_per_s
        one.most_travel_s = _left(crew.max_travel_s, begins.travel_s)
        one.fair, one.unfair_price = crew.fair_visits - begun, crew.unfair_price
        one.work_price_per_s, one.most_work_s = crew.working_price_per_s, _left(crew.max_working_s)
        one.worked_s, one.is_out = begins.working_s, bool(crew.begun)
        one.first_rest = len(rests)
        for bit, rest in enumerate(crew.breaks):
            if not begins.taken >> bit & 1:
                rests.append((*rest.starts, rest.duration_s, rest.duration_s * rest.is_paid))
        one.last_rest = len(rests)
    return crews, rows(rests, tables.REST)


def _left(most: int | None, used: int = 0, ample: int = AMPLE) -> int:
    return ample if most is None else most - used


def _kinds(table: OptionTable, crews: Any, sending: Array, moves: Array) -> Array:
    """Number the crews that are alike in all that a plan can feel."""
    told = [crews[name] for name in crews.dtype.names if "rest" not in name and name != "kind"]
    breaks = [
        tuple((*b.starts, b.duration_s, b.is_paid) for b in crew.breaks)
        for crew in table.problem.crews
    ]
    who = [rows.T for rows in (sending, moves) if rows.size]
    alike = np.column_stack([*told, _numbered(breaks), table.capacity, *who])
    return np.array(_numbered(row.tobytes() for row in alike), np.int64)


def _numbered(values: Iterable[Hashable]) -> list[int]:
    """Number what is equal alike; NumPy's `unique` would sort long rows."""
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(value, len(numbers)) for value in values]
