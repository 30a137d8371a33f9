"""The way of a leg as a line: along the very roads whose time a matrix tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routing.legs import whole_legs
from routing.mode_roads import ModeRoads, Roads
from routing.snapping import SNAP_LIMIT_M, Snapped
from routing.traffic import Line
from routing.travel import Mode, Spot

Leg = tuple[Spot, Spot]


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
        self._roads = roads
        self._snap_limit_m = snap_limit_m

    def paths(self, legs: Sequence[Leg], mode: Mode) -> list[LegPath | None]:
        """Return the way of each leg in order, None where no road leads."""
        roads = self._roads.of_modes[mode]
        begins, ends = (
            roads.snapper.snap([leg[end].point for leg in legs], self._snap_limit_m)
            for end in (0, 1)
        )
        on_road = np.flatnonzero((begins.tail >= 0) & (ends.tail >= 0))
        found = roads.traffic.lines(begins.only(on_road), ends.only(on_road))
        lines = dict(zip(on_road.tolist(), found, strict=True))
        return [_path(roads, leg, lines.get(i), begins, ends, i) for i, leg in enumerate(legs)]


def _path(
    roads: ModeRoads, leg: Leg, line: Line | None, begins: Snapped, ends: Snapped, i: int
) -> LegPath | None:
    """Return a leg's line: from door to road, along it, and to the door."""
    start, end = leg
    door = [start.point.lat, end.point.lat], [start.point.lon, end.point.lon]
    if start == end:
        return _told(0, 0.0, *(np.array(ends) for ends in door))
    if line is None:
        return None
    if start.point == end.point:
        return _told(0, start.access_m + end.access_m, *(np.array(ends) for ends in door))
    nodes, network = roads.nodes(line.arcs), roads.network
    walk_m = start.access_m + end.access_m + begins.access_m[i] + ends.access_m[i]
    lat = [door[0][0], begins.lat[i], *network.lat[nodes], ends.lat[i], door[0][1]]
    lon = [door[1][0], begins.lon[i], *network.lon[nodes], ends.lon[i], door[1][1]]
    return _told(line.key, walk_m, np.array(lat), np.array(lon))


def _told(key: int, walk_m: float, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> LegPath:
    seconds, metres = whole_legs(np.array([key]), np.array([walk_m]))
    return LegPath(lat, lon, int(seconds[0]), int(metres[0]))
