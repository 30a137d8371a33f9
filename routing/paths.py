"""The way of a leg as a line: along the very roads whose time a matrix tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routing.hierarchy import ends_at
from routing.legs import whole_legs
from routing.mode_roads import ModeRoads, Roads
from routing.snapping import SNAP_LIMIT_M, Snapped, Snapper
from routing.travel import Mode, Spot

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
    """Draws legs along roads, with the snapping and the times of `RoadTravelTimes`.

    Parameters
    ----------
    roads
        The roads and their hierarchies.
    snap_limit_m
        A spot farther than this from the roads has none.
    """

    def __init__(self, roads: Roads, *, snap_limit_m: float = SNAP_LIMIT_M) -> None:
        self._network = roads.network
        self._of_modes = roads.of_modes
        self._snapper = {
            mode: Snapper(roads.network, mode, limit_m=snap_limit_m) for mode in roads.of_modes
        }

    def paths(self, legs: Sequence[Leg], mode: Mode) -> list[LegPath | None]:
        """Return the way of each leg in order, None where no road leads."""
        snapped = self._snapper[mode].snap([spot.point for leg in legs for spot in leg])
        ends = [(int(a), int(b)) for a, b in snapped.node.reshape(-1, 2)]
        ways = _ways(
            self._of_modes[mode],
            {pair for pair, (a, b) in zip(ends, legs, strict=True) if a.point != b.point},
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


def _ways(roads: ModeRoads, pairs: Iterable[Ends]) -> dict[Ends, _Way]:
    """Return the fastest way of each pair of nodes; a pair without one is left out."""
    asked = sorted(pair for pair in pairs if min(pair) >= 0)
    if not asked:
        return {}
    begins, ends = (ends_at(nodes) for nodes in np.array(asked).T)
    found = zip(asked, roads.hierarchy.ways(begins, ends), strict=True)
    return {
        pair: _Way(int(roads.keys[way].sum()), roads.nodes(way) or [pair[0]])
        for pair, way in found
        if way is not None
    }
