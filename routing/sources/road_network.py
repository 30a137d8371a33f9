"""Travel times over a road network by SciPy's Dijkstra: simple, exact, and the oracle for more.

The rule for whole seconds: an arc takes whole milliseconds, a leg is the sum of its arcs and of
the walks at both ends, and only that sum is rounded, up. So a leg never promises too little, and
a detour by a third place is never shorter than the direct way.

Time and length travel in one whole number, the time above, the length below: the least sum is the
fastest way and, among equally fast ones, the shortest. Its metres are those of that very way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from routing.roads import RoadNetwork
from routing.snapping import SNAP_LIMIT_M, Snapped, Snapper
from routing.speeds import MODES, walk_ms
from routing.travel import UNREACHABLE, Mode, Spot, TravelMatrix

if TYPE_CHECKING:
    from scipy.sparse import csr_array

OnProgress = Callable[[int, int], None]
"""Called with the rows done and the rows in all."""

ROWS_AT_ONCE = 64  # × 8 bytes × nodes: 34 MB on a town of 66,000 nodes

_LENGTH_BITS = 26
"""Room for 6,710 km in decimetres: more than the fastest car makes in `MOST_S`."""
MOST_S = (1 << 27) // 1000  # 37 hours: with the length below, sums fit a float64's 53 bits


def fastest_graph(network: RoadNetwork, mode: Mode) -> csr_array[Any, Any]:
    """Return the [n, n] graph of a mode whose weights are keys: time above, length below."""
    arcs = network.open_arcs(mode)
    duration_ms = network.duration_ms[MODES.index(mode), arcs].astype(np.int64)
    keys = (duration_ms << _LENGTH_BITS) + network.length_dm[arcs]
    return network.graph(mode, keys.astype(np.float64))


def key_limit(limit_s: int) -> float:
    """Return the largest key of a way that takes `limit_s` seconds."""
    return float(((limit_s * 1000 + 1) << _LENGTH_BITS) - 1)


def whole_legs(
    keys: NDArray[np.int64], walks_m: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the whole seconds and metres of legs: a way by its key, and the walks at its ends."""
    duration_ms = (keys >> _LENGTH_BITS) + walk_ms(walks_m)
    length_m = np.rint((keys & ((1 << _LENGTH_BITS) - 1)) / 10 + walks_m)
    return -(-duration_ms // 1000), length_m.astype(np.int64)


class RoadTravelTimes:
    """The fastest way by road between spots, with its length.

    Parameters
    ----------
    network
        The roads.
    snap_limit_m
        A spot farther than this from the roads has none.
    limit_s
        Ways that take longer by road are `UNREACHABLE`; a lower limit is quicker.

    Raises
    ------
    ValueError
        Where `limit_s` is not between 1 and `MOST_S`.
    """

    def __init__(
        self,
        network: RoadNetwork,
        *,
        snap_limit_m: float = SNAP_LIMIT_M,
        limit_s: int = MOST_S,
    ) -> None:
        if not 0 < limit_s <= MOST_S:
            raise ValueError(f"limit_s {limit_s} is not between 1 and {MOST_S}")
        self._network = network
        self._limit_s = limit_s
        self._snapper = {mode: Snapper(network, mode, limit_m=snap_limit_m) for mode in MODES}

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
                leg.fill(first, keys, seconds[i, 0], metres[i, 0])
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
    ) -> Iterator[tuple[int, NDArray[np.float64]]]:
        """Yield blocks of rows of time and length between `nodes`, infinite beyond the limit."""
        from scipy.sparse.csgraph import dijkstra

        if not len(nodes):
            return
        graph, limit = fastest_graph(self._network, mode), key_limit(self._limit_s)
        for first in range(0, len(nodes), ROWS_AT_ONCE):
            sources = nodes[first : first + ROWS_AT_ONCE]
            yield first, dijkstra(graph, indices=sources, limit=limit)[:, nodes]


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
        keys: NDArray[np.float64],
        seconds: NDArray[np.int32],
        metres: NDArray[np.int32],
    ) -> None:
        """Write the legs from the spots at nodes `first` … to all spots."""
        begin, end = np.searchsorted(self._row, (first, first + len(keys)))
        legs = keys[self._row[begin:end] - first][:, self._row]
        is_reached = np.isfinite(legs)
        whole = np.where(is_reached, legs, 0).astype(np.int64)
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
