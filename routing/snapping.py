"""From a point to the road: the nearest node from which a mode gets everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from routing.errors import NoRoadError
from routing.point import Point, distances_m, unit_vectors
from routing.roads import RoadNetwork
from routing.travel import Mode

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

SNAP_LIMIT_M = 1000.0
"""A point farther than this from any road is taken for a mistake."""


@dataclass(frozen=True)
class Snapped:
    """Where k points meet the roads.

    Parameters
    ----------
    node
        int64[k]: index of a node, -1 for a point without one.
    access_m
        float64[k]: straight metres to the nearest node; beyond the limit where there is none.
    off_road
        Why a point has no node, by its index, in words.
    """

    node: NDArray[np.int64]
    access_m: NDArray[np.float64]
    off_road: dict[int, str]


class Snapper:
    """Finds nodes of the main part of one mode's roads."""

    def __init__(self, network: RoadNetwork, mode: Mode, *, limit_m: float = SNAP_LIMIT_M) -> None:
        self._network = network
        self._mode = mode
        self._limit_m = limit_m

    def snap(self, points: Sequence[Point]) -> Snapped:
        """Return the nearest node of each point; one that has none does not fail the others."""
        node, access_m = self._main.nearest(points)
        is_off = access_m > self._limit_m
        off_road = {
            i: self._reason(points[i], float(access_m[i])) for i in np.flatnonzero(is_off).tolist()
        }
        return Snapped(np.where(is_off, -1, node), access_m, off_road)

    def snap_one(self, point: Point) -> tuple[int, float]:
        """Return the node nearest to `point` and the metres to it.

        Raises
        ------
        NoRoadError
            Where it lies too far from any road, or only by one that is cut off.
        """
        snapped = self.snap([point])
        if snapped.off_road:
            raise NoRoadError(snapped.off_road[0])
        return int(snapped.node[0]), float(snapped.access_m[0])

    @cached_property
    def _main(self) -> _Nodes:
        return _Nodes(self._network, self._network.main_nodes(self._mode) & self._network.on_street)

    @cached_property
    def _any(self) -> _Nodes:
        return _Nodes(self._network, self._network.used_nodes(self._mode) & self._network.on_street)

    def _reason(self, point: Point, access_m: float) -> str:
        where = f"{point.lat:.6f}, {point.lon:.6f}"
        if not np.isfinite(access_m):
            return f"{where}: {self._network.source} holds no road for mode {self._mode}"
        nodes, distances = self._any.nearest([point])
        if distances[0] <= self._limit_m:
            return (
                f"{where} lies {distances[0]:,.0f} m from {self._street(int(nodes[0]))}, which is "
                f"cut off from the other roads for mode {self._mode}; those are {access_m:,.0f} m "
                "away. The connectivity report of the extract tells why"
            )
        return (
            f"{where} lies {access_m:,.0f} m from the nearest road for mode {self._mode}, farther "
            f"than {self._limit_m:,.0f} m: check its coordinates, or whether the extract reaches it"
        )

    def _street(self, node: int) -> str:
        network = self._network
        ways = network.way[(network.tail == node) | (network.head == node)]
        names = [name for name in network.way_name[ways].tolist() if name]
        return names[0] if names else "a road without a name"


class _Nodes:
    """Nearest-node search on the sphere: chords of unit vectors order as great circles do."""

    def __init__(self, network: RoadNetwork, chosen: NDArray[np.bool_]) -> None:
        self._network = network
        self._nodes = np.flatnonzero(chosen)

    def nearest(self, points: Sequence[Point]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the nearest node of each point and the metres to it; infinite without nodes."""
        if not len(self._nodes) or not points:
            return np.full(len(points), -1), np.full(len(points), np.inf)
        lat, lon = np.array([(point.lat, point.lon) for point in points]).T
        _, found = self._tree.query(unit_vectors(lat, lon))
        node = self._nodes[found].astype(np.int64)
        return node, distances_m(lat, lon, self._network.lat[node], self._network.lon[node])

    @cached_property
    def _tree(self) -> cKDTree[Any]:
        from scipy.spatial import cKDTree

        network = self._network
        return cKDTree(unit_vectors(network.lat[self._nodes], network.lon[self._nodes]))
