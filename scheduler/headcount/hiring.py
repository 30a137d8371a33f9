"""Where more collectors should live: the place that brings the open cases nearest to somebody.

Each is put, one after the other, at that borrower's place from which the sum of the distances from
every open case to the nearest start falls most: the greedy answer to the k-median problem, and
nested, so that a team of n + 1 is the team of n and one more. Straight lines: it says about where.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from routing.point import Point, distances_m

MOST_PLACES = 1500
"""So many places are weighed at most, every k-th of a larger book."""

Metres = NDArray[np.float64]


def starts_for(cases: Sequence[Point], starts: Sequence[Point]) -> Iterator[Point]:
    """Yield where to hire next, without end; nothing where no case is placed.

    Parameters
    ----------
    cases
        Where the open cases may be visited; one that stands twice counts twice.
    starts
        Where the collectors start who are there already.
    """
    places = cases[:: -(-len(cases) // MOST_PLACES) or 1]
    if not places:
        return
    lat, lon = (np.array([getattr(one, at) for one in places]) for at in ("lat", "lon"))
    apart_m = distances_m(lat[:, None], lon[:, None], lat, lon)
    nearest_m = _nearest_m(lat, lon, starts)
    while True:
        best = int(np.minimum(apart_m, nearest_m).sum(axis=1).argmin())
        yield places[best]
        nearest_m = np.minimum(nearest_m, apart_m[best])
        if not nearest_m.any():  # everybody has somebody at her door: begin anew beside them
            nearest_m = _nearest_m(lat, lon, ())


def _nearest_m(lat: Metres, lon: Metres, starts: Sequence[Point]) -> Metres:
    """Return how far each place is from the nearest start; half round the earth from none."""
    nearest_m = np.full(len(lat), 2e7)
    for start in starts:
        nearest_m = np.minimum(nearest_m, distances_m(start.lat, start.lon, lat, lon))
    return nearest_m
