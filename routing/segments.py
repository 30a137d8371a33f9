"""The nearest of many straight pieces of road, on the sphere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from routing.point import (
    EARTH_RADIUS_M,
    Point,
    distances_m,
    steps_deg,
    unit_vectors,
    wrapped,
)
from routing.roads import RoadNetwork

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

PIECE_M = 50.0
"""Pieces of road are looked up by their middles, and none is longer than this."""

SLACK = 1.001
"""Between great circles, chords, and the plane around a point."""

_NONE = -1


class Nearest(NamedTuple):
    """For each of k points: the nodes at both ends of the nearest piece, and where on it.

    int64[k] twice, -1 where there is no road; the share of the way from `tail` to `head`; that
    place in degrees; and the metres to it, infinite where there is no road.
    """

    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    share: NDArray[np.float64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    access_m: NDArray[np.float64]

    def only(self, chosen: NDArray[np.integer]) -> Nearest:
        tail, head, *rest = (column[chosen] for column in self)
        return Nearest(tail, head, *rest)


class Segments:
    """The straight pieces between the ends of some arcs of a network, whichever way they lead."""

    def __init__(self, network: RoadNetwork, arcs: NDArray[np.intp]) -> None:
        ends = np.sort((network.tail[arcs], network.head[arcs]), axis=0).astype(np.int64)
        numbers = np.unique(ends[0] * len(network) + ends[1])
        self.tail, self.head = np.divmod(numbers, max(1, len(network)))
        self._network = network

    def nearest(self, points: Sequence[Point]) -> Nearest:
        """Return the nearest place on a road of each point."""
        lat, lon = np.array([(point.lat, point.lon) for point in points]).reshape(-1, 2).T
        if not len(self.tail) or not points:
            nowhere = np.full(len(points), _NONE)
            far = np.full(len(points), np.inf)
            return Nearest(nowhere, nowhere, np.zeros(len(points)), lat, lon, far)
        point, segment = self._candidates(unit_vectors(lat, lon))
        found = self._feet(segment, lat[point], lon[point])
        order = np.lexsort((segment, found.access_m, point))
        best = order[np.searchsorted(point[order], np.arange(len(points)))]
        return found.only(best)

    def _candidates(
        self, places: NDArray[np.float64]
    ) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """Return all pairs of a point and a piece that could be its nearest."""
        tree, segment_of = self._middles
        chord, _ = tree.query(places)
        reach = SLACK * (chord + PIECE_M / EARTH_RADIUS_M)
        near = [np.array(some, np.int64) for some in tree.query_ball_point(places, reach)]
        point = np.repeat(np.arange(len(places)), [len(some) for some in near])
        return point, segment_of[np.concatenate(near)]

    @cached_property
    def _middles(self) -> tuple[cKDTree[Any], NDArray[np.int64]]:
        """The middles of pieces, and the segment of each."""
        from scipy.spatial import cKDTree

        lat, lon = self._network.lat, self._network.lon
        begins, ends = (unit_vectors(lat[nodes], lon[nodes]) for nodes in (self.tail, self.head))
        chord_m = np.linalg.norm(ends - begins, axis=1) * EARTH_RADIUS_M
        pieces = np.maximum(1, np.ceil(chord_m / PIECE_M)).astype(np.int64)
        segment = np.repeat(np.arange(len(pieces)), pieces)
        nth = np.arange(len(segment)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
        share = ((nth + 0.5) / pieces[segment])[:, None]
        return cKDTree(begins[segment] * (1 - share) + ends[segment] * share), segment

    def _feet(
        self, segment: NDArray[np.int64], lat: NDArray[np.float64], lon: NDArray[np.float64]
    ) -> Nearest:
        """Return where on its segment each point is nearest, in the plane around the point."""
        network, tail, head = self._network, self.tail[segment], self.head[segment]
        begins = steps_deg(lat, lon, network.lat[tail], network.lon[tail])
        along = steps_deg(lat, lon, network.lat[head], network.lon[head]) - begins
        length = np.abs(along)
        share = np.clip(-(begins * along.conj()).real / np.where(length, length**2, 1), 0, 1)
        foot = begins + share * along
        foot_lat = lat + foot.imag
        foot_lon = wrapped(lon + foot.real / np.cos(np.radians(lat)))
        return Nearest(
            tail, head, share, foot_lat, foot_lon, distances_m(lat, lon, foot_lat, foot_lon)
        )
