"""The options of all visits as arrays, one row for each, for searches that look at many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.drive import NEVER, Call
from scheduler.locks import Locked
from scheduler.problem import CrewShift, Problem, Span, Visit

Ints = NDArray[np.int64]

AMPLE = 2**62
"""A capacity that no day's loads exceed."""


@dataclass(frozen=True)
class OptionTable:
    """What a search looks up about the options of `problem`, whose locks are applied.

    Parameters
    ----------
    visit, number
        [row]: the index of the visit, and which of its options the row is.
    location, service_s, setup_s, value
        [row]: as in `VisitOption`.
    first_s, last_s
        [row, window]: the spans of lawful starts, ascending; unused ones admit no arrival.
    fits
        [visit, crew]: whether the crew has the skills and the leave to go, and the size: alone or,
        where two may meet, as one of them.
    price
        [visit, crew]: what sending that crew costs beyond travel.
    load, capacity
        [visit, kind] and [crew, kind]: what visits take of what crews have; `AMPLE` for no limit.
    index
        The index of a visit, by its id.
    after
        The visit before which another cannot be made: a lock, by index.
    """

    problem: Problem
    visit: Ints
    number: Ints
    location: Ints
    service_s: Ints
    setup_s: Ints
    value: Ints
    first_s: Ints
    last_s: Ints
    fits: NDArray[np.bool_]
    price: Ints
    load: Ints
    capacity: Ints
    index: Mapping[str, int]
    after: Mapping[int, int]

    @staticmethod
    def of(locked: Locked) -> OptionTable:
        """Lay out the problem of `locked`."""
        visits, crews = locked.problem.visits, locked.problem.crews
        options = [(i, n, o) for i, v in enumerate(visits) for n, o in enumerate(v.options)]
        first_s, last_s = _spans([option.starts for _, _, option in options])
        index = {visit.id: i for i, visit in enumerate(visits)}
        return OptionTable(
            problem=locked.problem,
            visit=_ints(i for i, _, _ in options),
            number=_ints(n for _, n, _ in options),
            location=_ints(option.location for _, _, option in options),
            service_s=_ints(option.service_s for _, _, option in options),
            setup_s=_ints(option.setup_s for _, _, option in options),
            value=_ints(option.value for _, _, option in options),
            first_s=first_s,
            last_s=last_s,
            fits=_fits(visits, crews),
            price=_prices(visits, crews),
            load=_by_kind([visit.load for visit in visits], visits, 0),
            capacity=_by_kind([crew.capacity for crew in crews], visits, AMPLE),
            index=index,
            after={index[later]: index[earlier] for later, earlier in locked.after.items()},
        )

    def call(self, row: int) -> Call:
        return Call(self.problem.visits[self.visit[row]], int(self.number[row]))

    def row(self, visit: int, number: int) -> int:
        """Return the row of an option of the visit at index `visit`."""
        return int(np.searchsorted(self.visit, visit)) + number

    def rows_of(self, visits: NDArray[np.bool_]) -> Ints:
        """Return the rows of the visits marked in `visits`."""
        return np.flatnonzero(visits[self.visit])


def fits(visit: Visit, crew: CrewShift) -> bool:
    """Whether `crew` may make `visit`, alone or as one of two who meet, whatever the time."""
    return (
        (crew.size >= visit.crew_size or visit.may_meet)
        and crew.skills >= visit.skills
        and (visit.allowed_crews is None or crew.id in visit.allowed_crews)
        and can_carry(visit, crew)
    )


def _fits(visits: Sequence[Visit], crews: Sequence[CrewShift]) -> NDArray[np.bool_]:
    """Return `fits` of each visit and crew, asked once for all visits that are alike in it."""
    alike: dict[object, list[int]] = defaultdict(list)
    for i, visit in enumerate(visits):
        told = visit.crew_size, visit.may_meet, visit.skills, visit.allowed_crews, visit.load
        alike[told].append(i)
    table = np.zeros((len(visits), len(crews)), bool)
    for rows in alike.values():
        table[rows] = [fits(visits[rows[0]], crew) for crew in crews]
    return table


def _prices(visits: Sequence[Visit], crews: Sequence[CrewShift]) -> Ints:
    index = {crew.id: i for i, crew in enumerate(crews)}
    table = np.zeros((len(visits), len(crews)), np.int64)
    for i, visit in enumerate(visits):
        for crew_id, price in visit.crew_prices.items():
            if crew_id in index:
                table[i, index[crew_id]] = price
    return table


def can_carry(visit: Visit, crew: CrewShift) -> bool:
    """Whether `visit` alone is not too much for the capacity of `crew`."""
    return all(load <= room for load, room in zip(visit.load, crew.capacity, strict=False))


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)


def _by_kind(amounts: Sequence[tuple[int, ...]], visits: Sequence[Visit], absent: int) -> Ints:
    """Return [item, kind] for the kinds of load that `visits` have, `absent` where not told."""
    kinds = max((len(visit.load) for visit in visits), default=0)
    table = np.full((len(amounts), kinds), absent, np.int64)
    for row, told in zip(table, amounts, strict=True):
        row[: len(told)] = told[:kinds]
    return table


def _spans(starts: Sequence[tuple[Span, ...]]) -> tuple[Ints, Ints]:
    """Return first and last seconds [row, window]; an unused window ends before all time."""
    width = max(map(len, starts), default=0)
    spans = np.full((len(starts), width, 2), -NEVER, np.int64)
    for row, windows in enumerate(starts):
        spans[row, : len(windows)] = np.reshape(windows, (-1, 2))
    return spans[:, :, 0], spans[:, :, 1]
