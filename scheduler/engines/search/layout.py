"""From a draft's option table to the flat arrays of the compiled search."""

from __future__ import annotations

from typing import Any

import numpy as np

from scheduler.draft import Draft
from scheduler.engines.search.kernels import tables
from scheduler.engines.search.kernels.tables import Array, FullTables, PlainTables, Rows, Tables
from scheduler.engines.search.places import places_of
from scheduler.engines.search.records import blank, rows
from scheduler.options import AMPLE, OptionTable
from scheduler.problem import Problem


def tables_of(draft: Draft) -> Tables:
    """Return the problem of `draft`, without neighbours."""
    table = draft.table
    travel = np.ascontiguousarray(table.problem.travel.seconds[:, 0], np.int32)
    group, may_go, crew_price = _groups(table)
    place, span, level = places_of(table)
    crew, rest = _crews(table, may_go, crew_price)
    no_neighbours = np.empty((len(group), 0), np.int32)
    fields = {
        "travel": travel,
        "travel_back": np.ascontiguousarray(travel.transpose(0, 2, 1)),
        "visit": _visits(draft, group, place),
        "place": place,
        "span": span,
        "level": level,
        "crew": crew,
        "rest": rest,
        "may_go": may_go,
        "crew_price": crew_price,
        "load": np.ascontiguousarray(table.load),
        "capacity": np.ascontiguousarray(table.capacity),
        "near": no_neighbours,
        "suiting": no_neighbours,
    }
    return (FullTables if _asks_for_more(table, place, level) else PlainTables)(**fields)


def most_loss(problem: Problem) -> int:
    """Return more than any plan of `problem` costs, must-visits apart."""
    visits, crews = problem.visits, problem.crews
    value = sum(visit.value for visit in visits)
    sent = sum(max(visit.crew_prices.values(), default=0) for visit in visits)
    day = (c.latest_end_s - c.start_s for c in crews)
    travel = sum(max(c.travel_price_per_s, 0) * s for c, s in zip(crews, day, strict=True))
    late = sum(c.max_overtime_s * max(c.overtime_price_per_s, 0) for c in crews)
    return 1 + value + sent + travel + late


def _asks_for_more(table: OptionTable, place: Rows, level: Rows) -> bool:
    """Whether insertions are not exact at a glance."""
    crews = table.problem.crews
    of_level = np.repeat(place.loss, place.last_level - place.first_level)
    return bool(
        table.after
        or place.setup_s.any()
        or (of_level != level.loss).any()
        or any(crew.breaks for crew in crews)
        or any(crew.max_overtime_s and crew.overtime_price_per_s for crew in crews)
    )


def _visits(draft: Draft, group: Array, place: Rows) -> Rows:
    table = draft.table
    index = np.arange(len(group))
    visits = blank(tables.VISIT, len(index))
    visits.first = np.searchsorted(place.visit, index)
    visits.last = np.searchsorted(place.visit, index, side="right")
    visits.worth = [visit.value for visit in table.problem.visits]
    visits.worth += most_loss(table.problem) * draft.is_required
    visits.group = group
    visits.after = -1
    for later, earlier in table.after.items():
        visits[later].after = earlier
    for visit in table.after:
        visits[visit].depth = _depth(table, visit)
    return visits


def _depth(table: OptionTable, visit: int) -> int:
    return 1 + _depth(table, table.after[visit]) if visit in table.after else 0


def _crews(table: OptionTable, may_go: Array, crew_price: Array) -> tuple[Array, Array]:
    problem = table.problem
    crews = blank(tables.CREW, len(problem.crews))
    rests: list[tuple[int, ...]] = []
    for i, crew in enumerate(problem.crews):
        most = len(problem.visits) if crew.max_visits is None else crew.max_visits
        travel_s = AMPLE if crew.max_travel_s is None else crew.max_travel_s
        ends = crew.start_location, crew.end_location, crew.start_s, crew.latest_end_s
        first_rest = len(rests)
        rests += [(*rest.starts, rest.duration_s) for rest in crew.breaks]
        late = crew.end_s, crew.overtime_price_per_s, first_rest, len(rests)
        crews[i] = (*ends, most, crew.mode, crew.travel_price_per_s, travel_s, *late, 0)
    crews.kind = _kinds(table, crews, may_go, crew_price)
    return crews, rows(rests, tables.REST)


def _kinds(table: OptionTable, crews: Any, may_go: Array, crew_price: Array) -> Array:
    """Number the crews that are alike in all that a plan can feel."""
    told = [crews[name] for name in crews.dtype.names if "rest" not in name and name != "kind"]
    breaks = [tuple((*b.starts, b.duration_s) for b in c.breaks) for c in table.problem.crews]
    rests = [sorted(set(breaks)).index(one) for one in breaks]
    alike = np.column_stack([*told, rests, table.capacity, may_go.T, crew_price.T])
    return _unique(alike)[1]


def _groups(table: OptionTable) -> tuple[Array, Array, Array]:
    """Return the group of each visit, and who may go to a group's visits, at what price."""
    crews = table.fits.shape[1]
    found, group = _unique(np.hstack([table.fits.astype(np.int64), table.price]))
    return group, np.ascontiguousarray(found[:, :crews] > 0), np.ascontiguousarray(found[:, crews:])


def _unique(rows: Array) -> tuple[Array, Array]:
    found, of = np.unique(rows, axis=0, return_inverse=True)
    return found, of.reshape(-1)
