"""Travel times at other paces than roads tell: those that crews were seen to keep."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from routing.growing import Table, table_of
from routing.paces import Paces
from routing.point import Point
from routing.travel import UNREACHABLE, Mode, Spot, TravelMatrix, TravelTimes


class PacedTimes:
    """What `times` tell, each way as many times as long as `paces` say.

    A matrix has a slot for each span of hours in which neither of the two changes: what is under
    way between two goes on at the next one's pace, as in peaks (`routing.slots`), so that who
    leaves later never arrives first.
    """

    def __init__(self, times: TravelTimes, paces: Paces) -> None:
        self._times = times
        self._paces = paces

    def matrix(self, spots: Sequence[Spot], modes: Sequence[Mode]) -> TravelMatrix:
        """Return the matrix of all `spots`, in their order."""
        return paced(self._times.matrix(spots, modes), self._paces, [one.point for one in spots])

    def table(self, spots: Sequence[Spot], modes: Sequence[Mode]) -> PacedTable:
        """Return the matrix of all `spots` as a table to which more can be added."""
        points = tuple(spot.point for spot in spots)
        return PacedTable(table_of(self._times, spots, modes), self._paces, points)


@dataclass(frozen=True, eq=False)
class PacedTable:
    """A table of the times beneath, and where its spots lie."""

    table: Table
    paces: Paces
    points: tuple[Point, ...]

    def with_more(self, spots: Sequence[Spot]) -> PacedTable:
        """Return a table of the spots that are here and of more, these last."""
        points = (*self.points, *(spot.point for spot in spots))
        return PacedTable(self.table.with_more(spots), self.paces, points)

    @cached_property
    def matrix(self) -> TravelMatrix:
        """The matrix at these paces."""
        return paced(self.table.matrix, self.paces, self.points)


def paced(matrix: TravelMatrix, paces: Paces, points: Sequence[Point]) -> TravelMatrix:
    """Return a matrix of spots at `points` whose ways take as many times as long as `paces` say.

    Lengths stay as they are, and so does what cannot be reached. Seconds are rounded up, as roads
    round them.
    """
    if paces.changes_nothing:
        return matrix
    told = set(matrix.slot_starts_s)
    starts = tuple(sorted(told | set(paces.starts_for(matrix.modes))))
    before = [bisect_right(matrix.slot_starts_s, start) - 1 for start in starts]
    to = paces.of_points(points)
    size = len(points)
    seconds = np.empty((len(matrix.modes), len(starts), size, size), np.int32)
    for i, mode in enumerate(matrix.modes):
        for k, (start, slot) in enumerate(zip(starts, before, strict=True)):
            pace = paces.of_hour(mode, start) * to
            seconds[i, k] = _slower(matrix.seconds[i, slot], pace)
    metres = matrix.metres[:, before]
    source = f"{matrix.source}, at the pace learned"
    return TravelMatrix(matrix.modes, seconds, metres, starts, source, matrix.off_road)


def _slower(seconds: NDArray[np.int32], pace: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return seconds[i, j] at the pace of each column; a rounding error adds no second."""
    longer = np.ceil(np.round(seconds * pace, 6))
    longer = np.minimum(longer, UNREACHABLE - 1)
    whole: NDArray[np.int32] = np.where(seconds >= UNREACHABLE, UNREACHABLE, longer).astype(
        np.int32
    )
    return whole
