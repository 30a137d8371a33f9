"""Spots by the places where they meet the roads, and what legs between them take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routing.legs import whole_legs
from routing.snapping import Snapped
from routing.travel import UNREACHABLE, Spot, TravelMatrix


@dataclass(frozen=True, eq=False)
class Group:
    """k spots of a matrix, at fewer places.

    Parameters
    ----------
    spots, row
        int64[k] each: the number of each spot in the matrix, and that of its place, in order.
    places
        Where they meet the roads, no two alike.
    points, door_m, walk_m
        float64[k, 2] and twice float64[k]: degrees, metres walked because a spot is known only
        roughly, and these with the walk from the road.
    """

    spots: NDArray[np.int64]
    row: NDArray[np.int64]
    places: Snapped
    points: NDArray[np.float64]
    door_m: NDArray[np.float64]
    walk_m: NDArray[np.float64]

    def part(self, begin: int, until: int) -> Group:
        """Return the spots at some of the places."""
        some = slice(*np.searchsorted(self.row, (begin, until)))
        return Group(
            self.spots[some],
            self.row[some] - begin,
            self.places.only(np.arange(begin, until)),
            self.points[some],
            self.door_m[some],
            self.walk_m[some],
        )

    def fill(
        self, others: Group, keys: NDArray[np.int64], limit: int, matrix: TravelMatrix, at: int
    ) -> None:
        """Write the legs to other spots into a matrix, for its mode `at`.

        `keys` are those between places; legs of more than `limit` are left `UNREACHABLE`. Spots
        at the same point need no road between them.
        """
        legs = keys[self.row][:, others.row]
        is_reached = legs <= limit
        is_same = (self.points[:, None] == others.points).all(axis=2)
        walks_m = self.walk_m[:, None] + others.walk_m
        walks_m[is_same] = (self.door_m[:, None] + others.door_m)[is_same]
        duration_s, length_m = whole_legs(np.where(is_reached & ~is_same, legs, 0), walks_m)
        cells = np.ix_(self.spots, others.spots)
        is_self = self.spots[:, None] == others.spots
        for told, whole in ((matrix.seconds, duration_s), (matrix.metres, length_m)):
            told[at, 0][cells] = np.where(is_self, 0, np.where(is_reached, whole, UNREACHABLE))


def grouped(spots: Sequence[Spot], snapped: Snapped, first: int) -> Group:
    """Return those of the spots that have a road; the first of all has the number `first`."""
    order = np.lexsort((snapped.share, snapped.head, snapped.tail))
    chosen = order[snapped.tail[order] >= 0]
    sorted_places = snapped.only(chosen)
    is_next = np.ones(len(chosen), bool)
    is_next[1:] = ~sorted_places.only(np.arange(1, len(chosen))).is_like(
        sorted_places.only(np.arange(len(chosen) - 1))
    )
    some = [spots[i] for i in chosen]
    points = np.array([(spot.point.lat, spot.point.lon) for spot in some]).reshape(-1, 2)
    door_m = np.array([spot.access_m for spot in some])
    return Group(
        spots=first + chosen,
        row=np.cumsum(is_next) - 1,
        places=sorted_places.only(np.flatnonzero(is_next)),
        points=points,
        door_m=door_m,
        walk_m=door_m + sorted_places.access_m,
    )
