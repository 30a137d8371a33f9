"""The places of visits: options that differ in hours and value alone are one of them."""

from __future__ import annotations

from collections import defaultdict

from scheduler.engines.search.kernels import tables
from scheduler.engines.search.kernels.tables import NEVER, Rows
from scheduler.engines.search.records import rows
from scheduler.options import OptionTable
from scheduler.windows import Span, merge_spans

_Key = tuple[int, int, int, int]
"""Visit, location, service and setup: what makes two options one place."""

_Level = tuple[int, int, int, int]

CLOSED: Span = (NEVER, NEVER)
"""The span of a place that never opens: every visit has a place, and every place a span."""


def places_of(table: OptionTable) -> tuple[Rows, Rows, Rows]:
    """Return the places of all visits, their spans and their levels."""
    place: list[tuple[int, ...]] = []
    span: list[Span] = []
    level: list[_Level] = []
    for key, hers in sorted(_levels_by_place(table).items()):
        visit, location, service_s, setup_s = key
        spans = merge_spans((open_s, close_s) for open_s, close_s, *_ in hers) or (CLOSED,)
        loss = min((loss for *_, loss, _ in hers), default=0)
        first_span, first_level = len(span), len(level)
        span += spans
        level += sorted(hers)
        ends = service_s, setup_s, loss, first_level, len(level)
        place.append((visit, location, first_span, len(span), *ends))
    return rows(place, tables.PLACE), rows(span, tables.SPAN), rows(level, tables.LEVEL)


def _levels_by_place(table: OptionTable) -> dict[_Key, list[_Level]]:
    levels: dict[_Key, list[_Level]] = defaultdict(list)
    best = [visit.value for visit in table.problem.visits]
    for row, visit in enumerate(table.visit.tolist()):
        key = visit, table.location[row], table.service_s[row], table.setup_s[row]
        loss = best[visit] - int(table.value[row])
        hers = levels[tuple(map(int, key))]  # type: ignore[index]
        for open_s, close_s in zip(table.first_s[row], table.last_s[row], strict=True):
            if -NEVER < close_s >= open_s:
                hers.append((int(open_s), int(close_s), loss, row))
    for visit in set(range(len(best))) - {key[0] for key in levels}:
        levels[visit, 0, 0, 0] = []
    return levels
