"""Rides between stops that no line of the extract serves: something stops there, so it is guessed.

From each such stop a guessed service runs on to the nearest stop of its kind in each quarter of
the compass. Who goes on in the same direction stays on board; who turns gets off and waits again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routing.point import EARTH_RADIUS_M, Point, unit_vectors
from routing.transit.heading import AXES, quarter
from routing.transit.kinds import PACES, Kind, alike
from routing.transit.lines import Line
from routing.transit.stops import Stop

MOST_NEAR = 24
"""Stops that are looked at for the next ones."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A service of one kind along one of `AXES`, in both directions between pairs of stops."""

    kind: Kind
    axis: str
    hops: tuple[tuple[Point, Point], ...]


def guessed(stops: Sequence[Stop], lines: Sequence[Line]) -> Iterator[Guess]:
    """Yield what is guessed between stops; between two that lines serve, only those lines run."""
    for kind, pace in PACES.items():
        points = [stop.point for stop in stops if stop.kind is kind]
        if not points or not pace.next_m:
            continue
        on_lines = [point for line in lines if line.kind in alike(kind) for point in line.stops]
        points = _thinned(points, pace.same_m)
        is_served = _is_near(points, on_lines, pace.same_m)
        hops = _hops(points, is_served, pace.next_m)
        for axis, name in enumerate(AXES):
            pairs = sorted((a, b) for on, a, b in hops if on == axis)
            if pairs:
                yield Guess(kind, name, tuple((points[a], points[b]) for a, b in pairs))


def _hops(
    points: Sequence[Point], is_served: NDArray[np.bool_], next_m: float
) -> set[tuple[int, int, int]]:
    """Return (axis, stop, stop): each unserved stop and the nearest in every quarter."""
    from scipy.spatial import cKDTree

    places = _places(points)
    tree = cKDTree(places)
    _, found = tree.query(places, k=range(2, MOST_NEAR + 2), distance_upper_bound=next_m)
    near = np.asarray(found)
    hops = set()
    for here in np.flatnonzero(~is_served).tolist():
        seen = set()
        for there in near[here][near[here] < len(points)].tolist():  # beyond them: none is near
            heading = quarter(points[here], points[there])
            if heading not in seen:
                seen.add(heading)
                hops.add((heading[0], min(here, there), max(here, there)))
    return hops


def _thinned(points: Sequence[Point], same_m: float) -> list[Point]:
    """Return one of all points that are the same stop."""
    from scipy.spatial import cKDTree

    dropped = set[int]()
    for a, b in sorted(cKDTree(_places(points)).query_pairs(same_m)):
        if a not in dropped:
            dropped.add(b)
    return [point for i, point in enumerate(points) if i not in dropped]


def _is_near(points: Sequence[Point], others: Sequence[Point], limit_m: float) -> NDArray[np.bool_]:
    from scipy.spatial import cKDTree

    if not others:
        return np.zeros(len(points), bool)
    nearest_m, _ = cKDTree(_places(others)).query(_places(points))
    return np.asarray(nearest_m <= limit_m)


def _places(points: Sequence[Point]) -> NDArray[np.float64]:
    """float64[k, 3]: metres from the centre of the earth, so that a chord is a distance."""
    lat, lon = np.array([(point.lat, point.lon) for point in points]).T
    return EARTH_RADIUS_M * unit_vectors(lat, lon)
