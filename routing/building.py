"""From ways and their tags to the arrays of a road network; every source of roads ends here."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from routing.bans import Streets
from routing.errors import ExtractError
from routing.point import Point, distances_m
from routing.restrictions import Restriction
from routing.roads import CLOSED, RoadNetwork
from routing.speeds import WaySpeeds, barrier_speeds, way_speeds


class RoadBuilder:
    """Collects nodes and segments of ways, then makes the network.

    builder.add_node(1, Point(25.05, 121.52)) …
    way = builder.add_way(7, {"highway": "residential"})
    builder.add_segment(way, 1, 2)
    network = builder.network("town.osm", sha256)
    """

    def __init__(self) -> None:
        self._position: dict[int, Point] = {}
        self._clipped: set[int] = set()
        self._barriers: dict[int, int] = {}
        self._ways: list[tuple[int, str, str]] = []
        self._speeds: list[WaySpeeds] = []
        self._arcs: list[tuple[int, int, int, float, bool]] = []
        self._restrictions: list[Restriction] = []
        self._next_id = -1

    def add_node(self, node: int, point: Point) -> None:
        """Add a node, or give it another position."""
        self._position[node] = point

    def add_barrier(self, node: int, tags: Mapping[str, str]) -> None:
        """Say that a bollard, a gate … stands on `node`; to be told before its segments are."""
        speeds = barrier_speeds(tags)
        if any(speeds.is_barred):
            self._barriers[node] = self._add(node, "", tags["barrier"], speeds)

    def mark_clipped(self, node: int) -> None:
        """Say that a way goes on from `node` beyond the extract."""
        self._clipped.add(node)

    def add_way(self, way_id: int, tags: Mapping[str, str]) -> int:
        """Add a way and return its index."""
        return self._add(way_id, tags.get("name", ""), tags.get("highway", ""), way_speeds(tags))

    def add_segment(
        self, way: int, a: int, b: int, length_m: float = np.nan, *, forward_only: bool = False
    ) -> None:
        """Add the piece of a way from node `a` to `b`; its length is measured if not given."""
        a, b = self._beside(a), self._beside(b)
        self._arcs.append((way, a, b, length_m, False))
        if not forward_only:
            self._arcs.append((way, b, a, length_m, True))

    def add_line(self, way: int, nodes: list[int]) -> None:
        """Add the pieces of a way between consecutive `nodes`."""
        for a, b in pairwise(nodes):
            self.add_segment(way, a, b)

    def add_restriction(self, restriction: Restriction) -> None:
        """Add what a sign says of the turns between ways, by their ids."""
        self._restrictions.append(restriction)

    def network(self, source: str, sha256: str) -> RoadNetwork:
        """Return the network of what was added.

        Raises
        ------
        ExtractError
            Where there is no road.
        """
        if not self._arcs:
            raise ExtractError(
                f"{source} holds no roads: no way with a known 'highway' tag has two nodes in it. "
                "Export the area again, with its streets and their nodes."
            )
        way, tail_id, head_id, given_m, is_backward = map(np.array, zip(*self._arcs, strict=True))
        node_id = np.unique((tail_id, head_id))
        tail, head = np.searchsorted(node_id, tail_id), np.searchsorted(node_id, head_id)
        points = [self._position[node] for node in node_id.tolist()]
        lat, lon = np.array([(point.lat, point.lon) for point in points]).T
        measured_m = distances_m(lat[tail], lon[tail], lat[head], lon[head])
        length_dm = np.rint(np.where(np.isnan(given_m), measured_m, given_m) * 10)
        duration_ms = _duration_ms(length_dm, self._kph(way, is_backward))
        barred = np.array([speeds.is_barred for speeds in self._speeds]).T
        keep = (duration_ms != CLOSED).any(axis=0) | barred[:, way].any(axis=0)
        tail, head, way, duration_ms = tail[keep], head[keep], way[keep], duration_ms[:, keep]
        ids, names, classes = zip(*self._ways, strict=True)
        way_id = np.array(ids, np.int64)
        bans = Streets(node_id, tail, head, way_id[way], duration_ms != CLOSED).bans(
            self._restrictions
        )
        return RoadNetwork(
            node_id=node_id.astype(np.int64),
            lat=lat,
            lon=lon,
            is_clipped=np.isin(node_id, list(self._clipped)),
            tail=tail.astype(np.int32),
            head=head.astype(np.int32),
            way=way.astype(np.int32),
            length_dm=length_dm[keep].astype(np.int32),
            duration_ms=duration_ms,
            way_id=way_id,
            way_name=np.array(names, np.str_),
            way_class=np.array(classes, np.str_),
            way_barred=barred,
            ban_first=bans.first,
            ban_arc=bans.arc,
            ban_barred=bans.barred,
            source=source,
            source_sha256=sha256,
        )

    def _add(self, way_id: int, name: str, road_class: str, speeds: WaySpeeds) -> int:
        self._ways.append((way_id, name, road_class))
        self._speeds.append(speeds)
        return len(self._ways) - 1

    def _beside(self, node: int) -> int:
        """Return `node`, or in front of a barrier a node of its own, joined by an arc of 0 m.

        So whom the barrier stops can come up to it from every side, and not pass.
        """
        if node not in self._barriers:
            return node
        copy, self._next_id = self._next_id, self._next_id - 1
        self.add_node(copy, self._position[node])
        for a, b in ((copy, node), (node, copy)):
            self._arcs.append((self._barriers[node], a, b, 0.0, False))
        return copy

    def _kph(self, way: NDArray[np.int64], is_backward: NDArray[np.bool_]) -> NDArray[np.float64]:
        """float64[modes, m]."""
        forward = np.array([speeds.forward_kph for speeds in self._speeds]).T
        backward = np.array([speeds.backward_kph for speeds in self._speeds]).T
        return np.where(is_backward, backward[:, way], forward[:, way])


def _duration_ms(length_dm: NDArray[np.float64], kph: NDArray[np.float64]) -> NDArray[np.int32]:
    """int32[modes, m]; a decimetre at 1 km/h takes 360 ms."""
    duration = np.rint(length_dm * 360 / np.where(kph > 0, kph, 1))
    return np.where(kph > 0, duration, CLOSED).astype(np.int32)
