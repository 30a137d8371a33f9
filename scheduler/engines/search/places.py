"""The places of visits: options that differ in hours and value alone are one of them.

Where two crews may meet, each second at which they could start is a place of its own: a grid of
`GRID_S` inside the hours, and the seconds at which they meet in the plan that is begun with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from scheduler.drive import NEVER
from scheduler.engines.search.kernels import tables
from scheduler.engines.search.kernels.tables import Rows
from scheduler.engines.search.records import rows
from scheduler.engines.search.sending import Groups
from scheduler.options import OptionTable
from scheduler.windows import Span, merge_spans

GRID_S = 10 * 60

CLOSED: Span = (NEVER, NEVER)
"""The span of a place that never opens: every visit has a place, and every place a span."""

_Level = tuple[int, int, int, int]


class _Key(NamedTuple):
    """What makes two options one place; `start_s` alone where two meet."""

    visit: int
    is_meeting: bool
    location: int
    service_s: int
    setup_s: int
    group: int
    start_s: int = 0


class Places(NamedTuple):
    """Records of places, spans and levels, and of each place whether two meet there."""

    place: Rows
    span: Rows
    level: Rows
    is_meeting: Sequence[bool]


def places_of(
    table: OptionTable, groups: Groups, twins: Mapping[int, int], met: Mapping[int, int]
) -> Places:
    """Return the places of all visits, and of the twins of some.

    `met` has the seconds at which two meet already.
    """
    place: list[tuple[int, ...]] = []
    span: list[Span] = []
    level: list[_Level] = []
    levels = _levels(table, groups, twins, met)
    keys = sorted(levels)
    for key in keys:
        hers = sorted(levels[key])
        first_span, first_level = len(span), len(level)
        span += merge_spans((open_s, close_s) for open_s, close_s, *_ in hers) or (CLOSED,)
        level += hers
        loss = min((loss for *_, loss, _ in hers), default=0)
        ends = key.service_s, key.setup_s, loss, first_level, len(level), key.group
        place.append((key.visit, key.location, first_span, len(span), *ends))
    records = rows(place, tables.PLACE), rows(span, tables.SPAN), rows(level, tables.LEVEL)
    return Places(*records, [key.is_meeting for key in keys])


def _levels(
    table: OptionTable, groups: Groups, twins: Mapping[int, int], met: Mapping[int, int]
) -> dict[_Key, list[_Level]]:
    levels: dict[_Key, list[_Level]] = defaultdict(list)
    visits, crews = table.problem.visits, table.problem.crews
    first_s = min((crew.start_s for crew in crews), default=0)
    at_work = first_s, max((crew.latest_end_s for crew in crews), default=first_s)
    for row, visit in enumerate(table.visit.tolist()):
        option = visits[visit].options[table.number[row]]
        told = option.location, option.service_s, option.setup_s
        loss, spans = visits[visit].value - option.value, [s for s in option.starts if s[1] >= s[0]]
        alone = _Key(visit, False, *told, groups.alone(visit, option.crews))
        levels[alone] += [(open_s, close_s, loss, row) for open_s, close_s in spans]
        if visit in twins:
            group = groups.together(visit, option.crews)
            for start_s in sorted(set(_grid(spans, met.get(visit), at_work))):
                first = _Key(visit, True, *told, group, start_s)
                levels[first].append((start_s, start_s, loss, row))
                levels[first._replace(visit=twins[visit])].append((start_s, start_s, 0, row))
    for visit in {*range(len(visits)), *twins.values()} - {key.visit for key in levels}:
        levels[_Key(visit, visit >= len(visits), 0, 0, 0, 0)] = []
    return levels


def _grid(spans: Iterable[Span], met_s: int | None, at_work: Span) -> Iterable[int]:
    """Yield seconds at which two could start, while anybody is at work."""
    for first_s, last_s in spans:
        before = max(0, -(-(at_work[0] - first_s) // GRID_S))
        yield from range(first_s + before * GRID_S, min(last_s, at_work[1]) + 1, GRID_S)
        yield last_s
        if met_s is not None and first_s <= met_s <= last_s:
            yield met_s
