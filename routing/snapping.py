"""From a point to the road: the nearest place beside which a mode may stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from routing.point import Point, distances_m
from routing.roads import TRANSIT_CLASS, RoadNetwork
from routing.segments import Nearest, Segments
from routing.travel import Mode

SNAP_LIMIT_M = 1000.0
"""A point farther than this from any road is taken for a mistake."""

AT_NODE_M = 0.05
"""A place as near as this to a node is at the node."""

NO_STOPPING = ("motorway", "motorway_link", TRANSIT_CLASS)
"""Classes of ways beside which there is no door."""


@dataclass(frozen=True, eq=False)
class Snapped:
    """Where k points meet the roads.

    Parameters
    ----------
    tail, head, share
        int64[k], int64[k], float64[k]: the nodes between which a point meets its road, and the
        share of the way from the first to the second. Both are the same at a node, and -1 for a
        point without road.
    lat, lon, access_m
        float64[k] each: that place in degrees, and the straight metres to it; for a point without
        road the nearest that there is, infinite if none.
    off_road
        Why a point has no road, by its index, in words.
    """

    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    share: NDArray[np.float64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    access_m: NDArray[np.float64]
    off_road: Mapping[int, str]

    def only(self, chosen: NDArray[np.intp]) -> Snapped:
        """Return some of the places, in the order of `chosen`, without words."""
        return Snapped(
            tail=self.tail[chosen],
            head=self.head[chosen],
            share=self.share[chosen],
            lat=self.lat[chosen],
            lon=self.lon[chosen],
            access_m=self.access_m[chosen],
            off_road={},
        )

    def is_at(self, others: Snapped) -> NDArray[np.bool_]:
        """bool[k, l]: which of these places are the same as which of the others."""
        return self.only(np.arange(len(self.tail))[:, None]).is_like(others)

    def is_like(self, others: Snapped) -> NDArray[np.bool_]:
        """bool[k]: whether each place is that of the same number."""
        is_road: NDArray[np.bool_] = (self.tail == others.tail) & (self.head == others.head)
        is_like: NDArray[np.bool_] = is_road & (self.share == others.share)
        return is_like


class Snapper:
    """Finds places beside some of one mode's roads.

    Parameters
    ----------
    main
        Numbers of the arcs from which one gets everywhere, and to which from everywhere.
    """

    def __init__(self, network: RoadNetwork, mode: Mode, main: NDArray[np.intp]) -> None:
        self._network = network
        self._mode = mode
        self._main_arcs = main

    def snap(self, points: Sequence[Point], limit_m: float = SNAP_LIMIT_M) -> Snapped:
        """Return the nearest place of each point; one that has none does not fail the others."""
        found = self._at_nodes(self._main.nearest(points))
        is_off = found.access_m > limit_m
        off_road = {
            i: self._reason(points[i], float(found.access_m[i]), limit_m)
            for i in np.flatnonzero(is_off).tolist()
        }
        tail, head = (np.where(is_off, -1, nodes) for nodes in (found.tail, found.head))
        return Snapped(tail, head, *found[2:], off_road=off_road)

    @cached_property
    def _main(self) -> Segments:
        return self._segments(self._main_arcs)

    @cached_property
    def _any(self) -> Segments:
        return self._segments(self._network.open_arcs(self._mode))

    def _segments(self, arcs: NDArray[np.intp]) -> Segments:
        """Return those of the arcs beside which one may stop."""
        network = self._network
        may_stop = ~np.isin(network.way_class, NO_STOPPING)
        return Segments(network, arcs[may_stop[network.way[arcs]]])

    def _at_nodes(self, found: Nearest) -> Nearest:
        network, known = self._network, found.tail >= 0
        tail, head = (np.where(known, nodes, 0) for nodes in (found.tail, found.head))
        places = [(network.lat[nodes], network.lon[nodes]) for nodes in (tail, head)]
        length_m = distances_m(*places[0], *places[1])
        at_tail = known & (found.share * length_m < AT_NODE_M)
        at_head = known & ~at_tail & ((1 - found.share) * length_m < AT_NODE_M)
        is_at_node = at_tail | at_head
        node = np.where(at_head, head, tail)
        return found._replace(
            tail=np.where(is_at_node, node, found.tail),
            head=np.where(is_at_node, node, found.head),
            share=np.where(is_at_node, 0.0, found.share),
            lat=np.where(is_at_node, network.lat[node], found.lat),
            lon=np.where(is_at_node, network.lon[node], found.lon),
        )

    def _reason(self, point: Point, access_m: float, limit_m: float) -> str:
        where = f"{point.lat:.6f}, {point.lon:.6f}"
        if not np.isfinite(access_m):
            return f"{where}: {self._network.source} holds no road for mode {self._mode}"
        nearest = self._any.nearest([point])
        if nearest.access_m[0] <= limit_m:
            street = self._street(int(nearest.tail[0]), int(nearest.head[0]))
            return (
                f"{where} lies {nearest.access_m[0]:,.0f} m from {street}, which is "
                f"cut off from the other roads for mode {self._mode}; those are {access_m:,.0f} m "
                "away. The connectivity report of the extract tells why"
            )
        return (
            f"{where} lies {access_m:,.0f} m from the nearest road for mode {self._mode}, farther "
            f"than {limit_m:,.0f} m: check its coordinates, or whether the extract reaches it"
        )

    def _street(self, a: int, b: int) -> str:
        network = self._network
        is_here = np.isin(network.tail, (a, b)) & np.isin(network.head, (a, b))
        names = [name for name in network.way_name[network.way[is_here]].tolist() if name]
        return names[0] if names else "a road without a name"
