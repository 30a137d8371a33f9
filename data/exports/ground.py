"""The streets of a city inside a box, for maps that are drawn once and not zoomed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from data.exports.day import Box, Street
from data.maps.kinds import ROADS
from data.maps.streets import street_features

if TYPE_CHECKING:
    from routing.roads import RoadNetwork

LEAST = tuple(reversed(list(ROADS)))
"""Kinds of streets, those of least importance first."""

CITIES_KEPT = 4


@dataclass(frozen=True)
class Streets:
    """All streets of a city, found by where they are."""

    tree: Any
    kinds: Sequence[str]
    names: Sequence[str]


def streets_in(roads: RoadNetwork, box: Box) -> list[Street]:
    """Return the streets of a network inside a box, cut at its edges, the least important first."""
    import shapely  # type: ignore[import-untyped]

    streets = _streets(roads)
    found = np.sort(streets.tree.query(shapely.box(*box)))
    cut = shapely.clip_by_rect(streets.tree.geometries[found], *box)
    pieces = [
        Street(streets.kinds[i], streets.names[i], shapely.get_coordinates(part)[:, ::-1])
        for i, some in zip(found.tolist(), cut, strict=True)
        for part in shapely.get_parts(some)
        if shapely.get_num_coordinates(part) > 1
    ]
    return sorted(pieces, key=lambda one: LEAST.index(one.kind))


@lru_cache(maxsize=CITIES_KEPT)
def _streets(roads: RoadNetwork) -> Streets:
    import shapely

    features = street_features(roads, {})
    tree = shapely.STRtree([one.shape for one in features])
    return Streets(tree, [one.kind for one in features], [one.name for one in features])
