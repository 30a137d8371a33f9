"""A matrix that is kept and grows: who asks again for spots that were asked for waits for none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Protocol, runtime_checkable

import numpy as np

from routing.travel import Mode, Spot, TravelMatrix, TravelTimes

MOST_SPOTS = 4000
"""Spots that are kept, 130 MB for each mode and slot; with more, only the asked ones are."""


class Table(Protocol):
    """A matrix to which spots can be added: the legs between those that it has are kept."""

    @property
    def matrix(self) -> TravelMatrix: ...

    def with_more(self, spots: Sequence[Spot]) -> Table: ...


@runtime_checkable
class ByTable(Protocol):
    """Travel times that can be asked for a table."""

    def table(self, spots: Sequence[Spot], modes: Sequence[Mode]) -> Table: ...


@dataclass(frozen=True)
class AskedAnew:
    """A table for a source that knows whole matrices alone: more spots are asked for with all."""

    times: TravelTimes
    spots: tuple[Spot, ...]
    matrix: TravelMatrix

    def with_more(self, spots: Sequence[Spot]) -> AskedAnew:
        every = (*self.spots, *spots)
        return AskedAnew(self.times, every, self.times.matrix(every, self.matrix.modes))


class GrowingTimes:
    """Answers as `times` do, and keeps the legs; asked by several threads at once.

    A spot that is new costs a row and a column where `times` have a table, as roads have.
    """

    def __init__(self, times: TravelTimes, most_spots: int = MOST_SPOTS) -> None:
        self._times = times
        self._most = most_spots
        self._tables: dict[tuple[Mode, ...], tuple[dict[Spot, int], Table]] = {}
        self._lock = Lock()

    def matrix(self, spots: Sequence[Spot], modes: Sequence[Mode]) -> TravelMatrix:
        """Return the matrix of all `spots`, in their order."""
        with self._lock:
            number, table = self._grown(list(dict.fromkeys(spots)), tuple(modes))
        return part(table.matrix, [number[spot] for spot in spots])

    def _grown(
        self, spots: Sequence[Spot], modes: tuple[Mode, ...]
    ) -> tuple[dict[Spot, int], Table]:
        number, table = self._tables.get(modes, ({}, None))
        new = [spot for spot in spots if spot not in number]
        if table is None or len(number) + len(new) > self._most:
            number, table, new = {}, table_of(self._times, spots, modes), list(spots)
        elif new:
            table = table.with_more(new)
        number |= {spot: len(number) + i for i, spot in enumerate(new)}
        self._tables[modes] = number, table
        return number, table


def table_of(times: TravelTimes, spots: Sequence[Spot], modes: Sequence[Mode]) -> Table:
    """Return a table of `times`: its own where it has tables, else one that asks anew."""
    if isinstance(times, ByTable):
        return times.table(spots, modes)
    return AskedAnew(times, tuple(spots), times.matrix(spots, modes))


def part(matrix: TravelMatrix, spots: Sequence[int]) -> TravelMatrix:
    """Return the matrix of some of its spots, by their numbers, in the order given."""
    some = np.asarray(spots, np.int64)
    off_road = {
        (mode, at): why
        for at, spot in enumerate(spots)
        for mode in matrix.modes
        if (why := matrix.off_road.get((mode, spot)))
    }
    return replace(
        matrix,
        seconds=matrix.seconds[:, :, some[:, None], some],
        metres=matrix.metres[:, :, some[:, None], some],
        off_road=off_road,
    )
