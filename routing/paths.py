"""The way of a leg as a line: along the very roads whose time a matrix tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from routing.roads import RoadNetwork
from routing.snapping import SNAP_LIMIT_M, Snapped, Snapper
from routing.sources.road_network import MOST_S, fastest_graph, key_limit, whole_legs
from routing.speeds import MODES
from routing.travel import Mode, Spot

if TYPE_CHECKING:
    from scipy.sparse import csr_array

FIRST_LIMIT_S = 240  # most legs of a day are found within; the others are looked for farther off
ROWS_AT_ONCE = 16  # × 12 bytes × nodes: 48 MB in a city of 250,000 nodes
NO_NODE = -9999  # SciPy's word for the node before the first

Leg = tuple[Spot, Spot]
Ends = tuple[int, int]


@dataclass(frozen=True)
class LegPath:
    """The way from one spot to another.

    Parameters
    ----------
    lat, lon
        float64[k]: the line in WGS-84 degrees, from spot to spot, the walk to and from the road
        included as a straight piece.
    seconds, metres
        What `RoadTravelTimes` tells of the same leg.
    """

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    seconds: int
    metres: int


@dataclass(frozen=True)
class _Way:
    """The fastest way between two nodes: its key of time and length, and all its nodes."""

    key: int
    nodes: list[int]


class RoadPaths:
    """Draws legs over a road network, with the snapping and the times of `RoadTravelTimes`.

    Parameters
    ----------
    network
        The roads.
    snap_limit_m
        A spot farther than this from the roads has none.
    """

    def __init__(self, network: RoadNetwork, *, snap_limit_m: float = SNAP_LIMIT_M) -> None:
        self._network = network
        self._modes = {mode: _ModeRoads(network, mode, snap_limit_m) for mode in MODES}

    def paths(self, legs: Sequence[Leg], mode: Mode) -> list[LegPath | None]:
        """Return the way of each leg in order, None where no road leads."""
        roads = self._modes[mode]
        snapped = roads.snapper.snap([spot.point for leg in legs for spot in leg])
        ends = [(int(a), int(b)) for a, b in snapped.node.reshape(-1, 2)]
        ways = roads.ways(
            pair for pair, (a, b) in zip(ends, legs, strict=True) if a.point != b.point
        )
        return [
            self._path(leg, pair, ways.get(pair), _walks_m(leg, snapped, i))
            for i, (leg, pair) in enumerate(zip(legs, ends, strict=True))
        ]

    def _path(self, leg: Leg, pair: Ends, way: _Way | None, walks_m: float) -> LegPath | None:
        """Return the line of a leg; spots at one point need no road between them."""
        start, end = leg
        is_same = start.point == end.point
        if start == end or (is_same and pair[0] >= 0):
            way = _Way(0, [])
        if way is None:
            return None
        seconds, metres = whole_legs(np.array([way.key]), np.array([walks_m]))
        network = self._network
        return LegPath(
            np.array([start.point.lat, *network.lat[way.nodes], end.point.lat]),
            np.array([start.point.lon, *network.lon[way.nodes], end.point.lon]),
            int(seconds[0]),
            int(metres[0]),
        )


def _walks_m(leg: Leg, snapped: Snapped, index: int) -> float:
    """Return the metres walked at both ends, as a travel matrix has them."""
    start, end = leg
    if start == end:
        return 0.0
    doors_m = start.access_m + end.access_m
    if start.point == end.point:
        return doors_m
    return doors_m + float(snapped.access_m[2 * index : 2 * index + 2].sum())


class _ModeRoads:
    """The roads of one mode: nodes near points, and the fastest ways between nodes."""

    def __init__(self, network: RoadNetwork, mode: Mode, snap_limit_m: float) -> None:
        self._network, self._mode = network, mode
        self.snapper = Snapper(network, mode, limit_m=snap_limit_m)

    @cached_property
    def _graph(self) -> csr_array[Any, Any]:
        return fastest_graph(self._network, self._mode)

    def ways(self, pairs: Iterable[Ends]) -> dict[Ends, _Way]:
        """Return the fastest way of each pair of nodes; a pair without one is left out.

        A search that ends early is cheap, so each round looks twice as far as the one before,
        for those pairs alone that are still without a way.
        """
        waiting = {pair for pair in pairs if min(pair) >= 0}
        found: dict[Ends, _Way] = {}
        limit_s = FIRST_LIMIT_S
        while waiting:
            found |= self._within(waiting, limit_s)
            waiting -= found.keys()
            if limit_s == MOST_S:
                break
            limit_s = min(2 * limit_s, MOST_S)
        return found

    def _within(self, pairs: set[Ends], limit_s: int) -> dict[Ends, _Way]:
        from scipy.sparse.csgraph import dijkstra

        found: dict[Ends, _Way] = {}
        sources = sorted({source for source, _ in pairs})
        targets = {source: [b for a, b in pairs if a == source] for source in sources}
        for first in range(0, len(sources), ROWS_AT_ONCE):
            block = sources[first : first + ROWS_AT_ONCE]
            keys, before = dijkstra(
                self._graph, indices=block, limit=key_limit(limit_s), return_predecessors=True
            )
            for row, source in enumerate(block):
                for target in targets[source]:
                    if np.isfinite(key := keys[row, target]):
                        found[source, target] = _Way(int(key), _nodes(before[row], target))
        return found


def _nodes(before: NDArray[np.int32], target: int) -> list[int]:
    """Return the nodes of the way to `target`, given the node before each."""
    nodes = []
    node = target
    while node != NO_NODE:
        nodes.append(node)
        node = int(before[node])
    return nodes[::-1]
