"""Rides as arcs of the road network: a walker boards, rides from stop to stop, and walks on.

Who rides is on board, at nodes of their own: one for each stop, kind and quarter of the compass in
which lines leave. A street leads there by an arc that walks to the stop and waits, and back by one
that only walks. So a wait is paid once for each ride, and not at the stops that are passed.

Lines that leave a stop in the same quarter share its node: of several, a rider takes what comes.
Nodes of each line's own would be truer where one changes, but with hundreds of lines that cross no
few nodes are the important ones, and a hierarchy takes minutes to build instead of seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from routing.point import EARTH_RADIUS_M, Point, distance_m, unit_vectors
from routing.roads import CLOSED, GUESSED, TRANSIT_CLASS, RoadNetwork
from routing.speeds import MODES, walk_ms
from routing.transit.guessed import Guess, guessed
from routing.transit.heading import Quarter, quarter
from routing.transit.kinds import PACES, RAIL, Kind
from routing.transit.lines import Line
from routing.transit.reading import Service
from routing.travel import Mode

STREET_LIMIT_M = 250.0
"""A stop farther than this from where people walk is left out."""

ENTRANCE_LIMIT_M = 300.0
"""An entrance farther than this from a station belongs to another."""


def with_rides(network: RoadNetwork, service: Service) -> RoadNetwork:
    """Return `network` with the rides of `service`, which are open to `Mode.TRANSIT` alone."""
    rides = _Rides(network, service.entrances)
    for line in service.lines:
        rides.add_line(line)
    for guess in guessed(service.stops, service.lines):
        rides.add_guess(guess)
    return rides.network()


class _Rides:
    """Collects on-board nodes, their arcs and ways; they are numbered after the network's own."""

    def __init__(self, network: RoadNetwork, entrances: Sequence[Point]) -> None:
        self._network = network
        self._doors = _Doors(network, entrances)
        self._points: list[Point] = []
        self._ways: list[tuple[int, str]] = []
        self._arcs: list[tuple[int, int, int, float, int]] = []
        self._shared: dict[tuple[Kind, Point, Quarter | None], int] = {}
        self._ridden: set[tuple[int, int]] = set()

    def add_line(self, line: Line) -> None:
        """Add a line one way; a stop without a street near it is passed."""
        stops = [point for point in line.stops if self._doors.of(point, line.kind)]
        if len(stops) < 2:
            return
        way = self._add_way(line.id, line.name or line.kind)
        headings = [*(quarter(a, b) for a, b in pairwise(stops)), None]
        nodes = [
            self._shared_stop(way, line.kind, point, heading)
            for point, heading in zip(stops, headings, strict=True)
        ]
        for a, b in pairwise(zip(nodes, stops, strict=True)):
            self._add_ride(way, line.kind, a, b)

    def add_guess(self, guess: Guess) -> None:
        """Add what is guessed to run between stops, in both directions."""
        kind, nodes = guess.kind, dict[Point, int]()
        hops = [hop for hop in guess.hops if all(self._doors.of(point, kind) for point in hop)]
        if not hops:
            return
        way = self._add_way(GUESSED, kind)
        for point in dict.fromkeys(point for hop in hops for point in hop):
            nodes[point] = self._add_stop(way, kind, point)
        for a, b in hops:
            self._add_ride(way, kind, (nodes[a], a), (nodes[b], b))
            self._add_ride(way, kind, (nodes[b], b), (nodes[a], a))

    def network(self) -> RoadNetwork:
        """Return the network with all that was added."""
        if not self._arcs:
            return self._network
        old, closed = self._network, np.zeros((len(MODES), len(self._ways)), bool)
        way, tail, head, length_m, ms = map(np.array, zip(*self._arcs, strict=True))
        ids, names = zip(*self._ways, strict=True)
        lat, lon = np.array([(point.lat, point.lon) for point in self._points]).T
        count = len(self._points)
        on_board = min(0, int(old.node_id.min())) - 1 - np.arange(count)
        return replace(
            old,
            node_id=np.append(old.node_id, on_board),
            lat=np.append(old.lat, lat),
            lon=np.append(old.lon, lon),
            is_clipped=np.append(old.is_clipped, np.zeros(count, bool)),
            tail=np.append(old.tail, tail.astype(np.int32)),
            head=np.append(old.head, head.astype(np.int32)),
            way=np.append(old.way, way.astype(np.int32)),
            length_dm=np.append(old.length_dm, np.rint(length_m * 10).astype(np.int32)),
            duration_ms=np.hstack((old.duration_ms, _for_riders(ms))),
            way_id=np.append(old.way_id, np.array(ids, np.int64)),
            way_name=np.append(old.way_name, np.array(names, np.str_)),
            way_class=np.append(old.way_class, np.full(len(ids), TRANSIT_CLASS)),
            way_barred=np.hstack((old.way_barred, closed)),
        )

    def _add_way(self, way_id: int, name: str) -> int:
        self._ways.append((way_id, name))
        return len(self._network.way_id) + len(self._ways) - 1

    def _shared_stop(self, way: int, kind: Kind, point: Point, heading: Quarter | None) -> int:
        """Return the node on board of all lines of a kind that leave a stop with one heading."""
        key = kind, point, heading
        if key not in self._shared:
            self._shared[key] = self._add_stop(way, kind, point)
        return self._shared[key]

    def _add_stop(self, way: int, kind: Kind, point: Point) -> int:
        """Add the node on board at a stop, with all ways to board and to get off."""
        node = len(self._network) + len(self._points)
        self._points.append(point)
        for street, walk_m in self._doors.of(point, kind):
            walked_ms = int(walk_ms(np.array(walk_m)))
            wait_ms = PACES[kind].wait_ms
            self._arcs.append((way, street, node, walk_m, walked_ms + wait_ms))
            self._arcs.append((way, node, street, walk_m, walked_ms))
        return node

    def _add_ride(
        self, way: int, kind: Kind, begin: tuple[int, Point], end: tuple[int, Point]
    ) -> None:
        if (begin[0], end[0]) in self._ridden:
            return
        self._ridden.add((begin[0], end[0]))
        pace = PACES[kind]
        track_m = distance_m(begin[1], end[1]) * pace.detour
        self._arcs.append((way, begin[0], end[0], track_m, pace.ride_ms(track_m)))


class _Doors:
    """Where the street leads to a stop: from its nearest node, and from entrances of a station."""

    def __init__(self, network: RoadNetwork, entrances: Sequence[Point]) -> None:
        self._network = network
        self._entrances = entrances
        # A platform often has a footway of its own that joins no street; an island has no other.
        self._main = _Nearest(network, network.main_nodes(Mode.WALK))
        self._any = _Nearest(network, network.used_nodes(Mode.WALK))
        self._found: dict[tuple[Point, bool], list[tuple[int, float]]] = {}

    def of(self, point: Point, kind: Kind) -> list[tuple[int, float]]:
        """Return the nodes that lead to a stop and the metres from each; none where none is near.

        Metres are straight, from the node to the stop.
        """
        key = point, kind in RAIL
        if key not in self._found:
            self._found[key] = self._nodes(*key)
        return self._found[key]

    def _nodes(self, stop: Point, has_entrances: bool) -> list[tuple[int, float]]:
        near = [
            entrance
            for entrance in (self._entrances if has_entrances else ())
            if distance_m(stop, entrance) <= ENTRANCE_LIMIT_M
        ]
        nodes = dict.fromkeys(self._main.to(place) for place in (stop, *near))
        nodes = {node: None for node in nodes if node >= 0} or {self._any.to(stop): None}
        lat, lon = self._network.lat, self._network.lon
        return [
            (node, distance_m(stop, Point(float(lat[node]), float(lon[node]))))
            for node in nodes
            if node >= 0
        ]


class _Nearest:
    """The nearest of some nodes."""

    def __init__(self, network: RoadNetwork, chosen: NDArray[np.bool_]) -> None:
        from scipy.spatial import cKDTree

        self._nodes = np.append(np.flatnonzero(chosen), -1)
        nodes = self._nodes[:-1]
        self._tree = cKDTree(EARTH_RADIUS_M * unit_vectors(network.lat[nodes], network.lon[nodes]))

    def to(self, point: Point) -> int:
        """Return the node nearest to a point, -1 where none is near."""
        place = EARTH_RADIUS_M * unit_vectors(point.lat, point.lon)[0]
        _, found = self._tree.query(place, distance_upper_bound=STREET_LIMIT_M)
        return int(self._nodes[found])


def _for_riders(ms: NDArray[np.int64]) -> NDArray[np.int32]:
    """int32[modes, m]: closed for all others."""
    duration_ms = np.full((len(MODES), len(ms)), CLOSED, np.int32)
    duration_ms[MODES.index(Mode.TRANSIT)] = ms
    return duration_ms
