"""Which administrative areas a street, a house or a compound touches."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from routing.gazetteer.areas import AreaName, area_name
from routing.gazetteer.circle import Coordinates
from routing.gazetteer.extract import Region, Rings
from routing.gazetteer.near import Surroundings, dense

NEAR_BORDER_M = 30.0
"""A border runs along the middle of a street; the doors on both its sides stand within this."""
BORDER_STEP_M = 10.0


def areas_touched(
    shapes: Sequence[Coordinates], regions: Sequence[Region]
) -> list[frozenset[AreaName]]:
    """Return, for each shape, the areas that hold one of its points or have a border near it.

    A street along a border is in both areas: whoever writes either one is right. Areas whose
    outline the extract cuts are left out.
    """
    points = Surroundings(shapes)
    lats, lons = points.at.T
    found: list[set[AreaName]] = [set() for _ in shapes]
    for region in regions:
        if region.rings and region.level:
            names = {area_name(name, region.level) for name in region.names}
            border = [point for ring in region.rings for point in dense(ring, BORDER_STEP_M)]
            boxed = np.flatnonzero(in_box(region.rings, lats, lons))  # most areas are small
            held = boxed[inside(region.rings, lats[boxed], lons[boxed])]
            within = points.shape[held].tolist()
            for shape in set(within).union(*points.near(border, NEAR_BORDER_M)):
                found[shape] |= names
    return [frozenset(areas) for areas in found]


def in_box(rings: Rings, lats: NDArray[np.float64], lons: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which points lie between the extremes of all rings."""
    corners = np.array([corner for ring in rings for corner in ring])
    (south, west), (north, east) = corners.min(axis=0), corners.max(axis=0)
    is_boxed: NDArray[np.bool_] = (
        (south <= lats) & (lats <= north) & (west <= lons) & (lons <= east)
    )
    return is_boxed


def inside(rings: Rings, lats: NDArray[np.float64], lons: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which points lie in a multipolygon, by the even-odd rule over all its rings."""
    is_inside = np.zeros(len(lats), bool)
    for ring in rings:
        for (lat1, lon1), (lat2, lon2) in pairwise(ring):
            if lat1 != lat2:
                crosses = (lat1 > lats) != (lat2 > lats)
                is_inside ^= crosses & (lons < lon1 + (lats - lat1) / (lat2 - lat1) * (lon2 - lon1))
    return is_inside
