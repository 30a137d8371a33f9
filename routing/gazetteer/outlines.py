"""Which administrative areas a point lies in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from routing.gazetteer.areas import AreaName, area_name
from routing.gazetteer.circle import Coordinates
from routing.gazetteer.extract import Region, Rings


def areas_of(points: Coordinates, regions: Sequence[Region]) -> list[frozenset[AreaName]]:
    """Return, for each point, the areas whose whole outline is known and holds it."""
    found: list[set[AreaName]] = [set() for _ in points]
    lats, lons = np.asarray(points, float).reshape(-1, 2).T
    for region in regions:
        if region.rings and region.level:
            names = {area_name(name, region.level) for name in region.names}
            for i in np.flatnonzero(inside(region.rings, lats, lons)):
                found[i] |= names
    return [frozenset(areas) for areas in found]


def inside(rings: Rings, lats: NDArray[np.float64], lons: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which points lie in a multipolygon, by the even-odd rule over all its rings."""
    is_inside = np.zeros(len(lats), bool)
    for ring in rings:
        for (lat1, lon1), (lat2, lon2) in pairwise(ring):
            if lat1 != lat2:
                crosses = (lat1 > lats) != (lat2 > lats)
                is_inside ^= crosses & (lons < lon1 + (lats - lat1) / (lat2 - lat1) * (lon2 - lon1))
    return is_inside
