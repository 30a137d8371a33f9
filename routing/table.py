"""A travel matrix by road that keeps what was searched for it: more spots cost two searches each.

Not a matrix anew: what is searched from the spots that were there before still holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from routing.grouping import Group, grouped
from routing.mode_roads import Roads
from routing.traffic import Searched, Traffic
from routing.travel import UNREACHABLE, Mode, Spot, TravelMatrix

OnProgress = Callable[[int, int], None]
"""Called with the rows done and the rows in all."""

ROWS_AT_ONCE = 256  # × 8 bytes × spots: 10 MB for 5,000

Side = tuple[Group, Searched]


@dataclass(frozen=True)
class Asked:
    """What a table is made by: the limits of `RoadTravelTimes`, as numbers."""

    snap_limit_m: float
    key_limit: int
    threads: int


@dataclass(frozen=True, eq=False)
class RoadTable:
    """A matrix of spots, and by mode what was searched, from blocks of them and to all.

    RoadTable.empty(roads, modes, asked).with_more(spots).with_more(one).matrix
    """

    roads: Roads
    asked: Asked
    matrix: TravelMatrix
    going: tuple[tuple[Side, ...], ...]
    coming: tuple[tuple[Side, ...], ...]

    @classmethod
    def empty(cls, roads: Roads, modes: Sequence[Mode], asked: Asked) -> RoadTable:
        none = np.zeros((len(modes), 1, 0, 0), np.int32)
        matrix = TravelMatrix(tuple(modes), none, none, source="roads")
        return cls(roads, asked, matrix, ((),) * len(modes), ((),) * len(modes))

    def with_more(self, spots: Sequence[Spot], on_progress: OnProgress | None = None) -> RoadTable:
        """Return a table of the spots that are here and of more, these last.

        A spot without a road is `UNREACHABLE` from and to all others, and `off_road` says why.
        Spots at the same point need no road between them, only their access walks.
        """
        matrix = _roomier(self.matrix, len(spots))
        modes = [self.roads.of_modes[mode] for mode in matrix.modes]
        points, n = [spot.point for spot in spots], len(self)
        snapped = [roads.snapper.snap(points, self.asked.snap_limit_m) for roads in modes]
        groups = [grouped(spots, at, n) for at in snapped]
        tell = _Rows(on_progress, sum(len(group.places.tail) for group in groups))
        sides = [
            self._filled(matrix, at, roads.traffic, group, tell)
            for at, (roads, group) in enumerate(zip(modes, groups, strict=True))
        ]
        off_road = {
            (mode, n + i): reason
            for mode, at in zip(matrix.modes, snapped, strict=True)
            for i, reason in at.off_road.items()
        }
        going, coming = (tuple(some) for some in zip(*sides, strict=True)) if sides else ((), ())
        matrix = replace(matrix, off_road={**matrix.off_road, **off_road})
        return replace(self, matrix=matrix, going=going, coming=coming)

    def __len__(self) -> int:
        size: int = self.matrix.seconds.shape[-1]
        return size

    def _filled(
        self, matrix: TravelMatrix, at: int, traffic: Traffic, group: Group, tell: _Rows
    ) -> tuple[tuple[Side, ...], tuple[Side, ...]]:
        """Write the legs from and to a group into the matrix, and return all sides of its mode."""
        going, coming = self.going[at], self.coming[at]
        count, threads = len(group.places.tail), self.asked.threads
        if not count:
            return going, coming
        new = (group, traffic.coming(group.places, threads))
        for side in going:
            self._fill(matrix, at, side, new)
        coming = (*coming, new)
        for begin in range(0, count, ROWS_AT_ONCE):
            part = group.part(begin, min(begin + ROWS_AT_ONCE, count))
            side = (part, traffic.going(part.places, threads))
            for other in coming:
                self._fill(matrix, at, side, other)
            going = (*going, side)
            tell.done(len(part.places.tail))
        return going, coming

    def _fill(self, matrix: TravelMatrix, at: int, begins: Side, ends: Side) -> None:
        keys = Traffic.keys(begins[1], ends[1])
        begins[0].fill(ends[0], keys, self.asked.key_limit, matrix, at)


class _Rows:
    """Tells whoever waits how many rows are done."""

    def __init__(self, on_progress: OnProgress | None, total: int) -> None:
        self._on_progress, self._done, self._total = on_progress, 0, total

    def done(self, rows: int) -> None:
        self._done += rows
        if self._on_progress:
            self._on_progress(self._done, self._total)


def _roomier(matrix: TravelMatrix, more: int) -> TravelMatrix:
    """Return a copy with room for more spots, unreachable so far but from themselves."""
    size = matrix.seconds.shape[-1] + more
    grown = []
    for known in (matrix.seconds, matrix.metres):
        array = np.full((*known.shape[:2], size, size), UNREACHABLE, np.int32)
        array[..., : size - more, : size - more] = known
        array[..., np.arange(size), np.arange(size)] = 0
        grown.append(array)
    return replace(matrix, seconds=grown[0], metres=grown[1])
