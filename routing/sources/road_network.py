"""Travel times over a road network: by its hierarchies, exact to the second."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from routing.hierarchy import ends_at
from routing.legs import key_limit, whole_legs
from routing.mode_roads import Roads
from routing.snapping import SNAP_LIMIT_M, Snapped, Snapper
from routing.travel import UNREACHABLE, Mode, Spot, TravelMatrix

OnProgress = Callable[[int, int], None]
"""Called with the rows done and the rows in all."""

ROWS_AT_ONCE = 256  # × 8 bytes × spots: 10 MB for 5,000

MOST_S = (1 << 27) // 1000
"""37 hours: how long a way may take."""

MOST_THREADS = 4


class RoadTravelTimes:
    """The fastest way by road between spots, with its length.

    Parameters
    ----------
    roads
        The roads and their hierarchies.
    snap_limit_m
        A spot farther than this from the roads has none.
    limit_s
        Ways that take longer by road are `UNREACHABLE`.
    threads
        How many work at a matrix, of those that the machine has.

    Raises
    ------
    ValueError
        Where `limit_s` is not between 1 and `MOST_S`.
    """

    def __init__(
        self,
        roads: Roads,
        *,
        snap_limit_m: float = SNAP_LIMIT_M,
        limit_s: int = MOST_S,
        threads: int = MOST_THREADS,
    ) -> None:
        if not 0 < limit_s <= MOST_S:
            raise ValueError(f"limit_s {limit_s} is not between 1 and {MOST_S}")
        self._roads = roads
        self._limit = key_limit(limit_s)
        self._threads = min(threads, os.cpu_count() or 1)
        self._snapper = {
            mode: Snapper(roads.network, mode, limit_m=snap_limit_m) for mode in roads.of_modes
        }

    def matrix(
        self,
        spots: Sequence[Spot],
        modes: Sequence[Mode],
        *,
        on_progress: OnProgress | None = None,
    ) -> TravelMatrix:
        """Return the matrix of all `spots`, in their order.

        A spot without a road is `UNREACHABLE` from and to all others, and `off_road` says why.
        Spots at the same point need no road between them, only their access walks.
        """
        shape = (len(modes), 1, len(spots), len(spots))
        seconds, metres = (np.full(shape, UNREACHABLE, np.int32) for _ in range(2))
        snapped = [self._snapper[mode].snap([spot.point for spot in spots]) for mode in modes]
        legs = [_Legs(spots, at) for at in snapped]
        done, total = 0, sum(len(leg.nodes) for leg in legs)
        for i, (mode, leg) in enumerate(zip(modes, legs, strict=True)):
            for first, keys in self._rows(mode, leg.nodes):
                leg.fill(first, keys, self._limit, seconds[i, 0], metres[i, 0])
                done += len(keys)
                if on_progress:
                    on_progress(done, total)
            np.fill_diagonal(seconds[i, 0], 0)
            np.fill_diagonal(metres[i, 0], 0)
        off_road = {
            (mode, spot): reason
            for mode, at in zip(modes, snapped, strict=True)
            for spot, reason in at.off_road.items()
        }
        return TravelMatrix(tuple(modes), seconds, metres, source="roads", off_road=off_road)

    def _rows(
        self, mode: Mode, nodes: NDArray[np.int64]
    ) -> Iterator[tuple[int, NDArray[np.int64]]]:
        """Yield blocks of rows of keys between `nodes`, `NO_WAY` where none leads."""
        if not len(nodes):
            return
        hierarchy, threads = self._roads.of_modes[mode].hierarchy, self._threads
        coming = hierarchy.coming(ends_at(nodes), threads)
        for first in range(0, len(nodes), ROWS_AT_ONCE):
            going = hierarchy.going(ends_at(nodes[first : first + ROWS_AT_ONCE]), threads)
            yield first, going.keys(coming)


class _Legs:
    """The spots of one mode that have a road, ordered by their node."""

    def __init__(self, spots: Sequence[Spot], snapped: Snapped) -> None:
        order = np.argsort(snapped.node, kind="stable")
        self._spots = order[snapped.node[order] >= 0]
        self.nodes, self._row = np.unique(snapped.node[self._spots], return_inverse=True)
        chosen = [spots[i] for i in self._spots]
        self._points = np.array([(spot.point.lat, spot.point.lon) for spot in chosen])
        self._door_m = np.array([spot.access_m for spot in chosen])
        self._walk_m = self._door_m + snapped.access_m[self._spots]

    def fill(
        self,
        first: int,
        keys: NDArray[np.int64],
        limit: int,
        seconds: NDArray[np.int32],
        metres: NDArray[np.int32],
    ) -> None:
        """Write the legs from the spots at nodes `first` … to all spots, up to keys of `limit`."""
        begin, end = np.searchsorted(self._row, (first, first + len(keys)))
        legs = keys[self._row[begin:end] - first][:, self._row]
        is_reached = legs <= limit
        whole = np.where(is_reached, legs, 0)
        is_same = (self._points[begin:end, None] == self._points).all(axis=2)
        whole[is_same] = 0
        walks_m = _ends(self._walk_m, begin, end)
        walks_m[is_same] = _ends(self._door_m, begin, end)[is_same]
        duration_s, length_m = whole_legs(whole, walks_m)
        cells = np.ix_(self._spots[begin:end], self._spots)
        seconds[cells] = np.where(is_reached, duration_s, UNREACHABLE)
        metres[cells] = np.where(is_reached, length_m, UNREACHABLE)


def _ends(walk_m: NDArray[np.float64], begin: int, end: int) -> NDArray[np.float64]:
    """Metres walked at both ends of each leg from spots `begin` … `end`."""
    return walk_m[begin:end, None] + walk_m
