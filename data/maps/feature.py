"""What stands on a map: a shape in a layer, of a kind, seen from a zoom on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil, cos, log2, radians
from typing import Any

LOWEST_ZOOM, HIGHEST_ZOOM = 8, 18
"""Of the map on the screen, in which the world is 256 pixels wide at zoom 0."""

_EQUATOR_M = 40_075_017
_DECIMALS = 6  # a decimetre


class Layer(StrEnum):
    """What the style draws alike; within a layer it tells kinds apart."""

    LAND = "land"
    GREEN = "green"
    WATER = "water"
    BUILDINGS = "buildings"
    ROADS = "roads"
    RAILS = "rails"
    LABELS = "labels"


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing on the map; `shape` is a shapely geometry, longitude before latitude.

    `more` are the properties that the style knows beside kind and name.
    """

    layer: Layer
    kind: str
    shape: Any
    from_zoom: int = LOWEST_ZOOM
    name: str = ""
    more: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def properties(self) -> dict[str, str | int]:
        named: dict[str, str | int] = {"name": self.name} if self.name else {}
        return {"kind": self.kind, **named, **self.more}


def zoom_of_size(size_m: float, lat: float, pixels: float) -> int:
    """Return the first zoom at which `size_m` at a latitude is as wide as `pixels`."""
    if size_m <= 0:
        return HIGHEST_ZOOM
    metres_per_pixel = size_m / pixels
    zoom = ceil(log2(_EQUATOR_M * cos(radians(lat)) / 256 / metres_per_pixel))
    return min(max(zoom, LOWEST_ZOOM), HIGHEST_ZOOM)


def geometries(features: Iterable[Feature]) -> Iterator[str]:
    """Yield the shape of each feature as a GeoJSON geometry."""
    import numpy as np
    import shapely  # type: ignore[import-untyped]

    shapes = np.array([feature.shape for feature in features], dtype=object)
    if len(shapes):
        rounded = shapely.transform(shapes, lambda places: np.round(places, _DECIMALS))
        yield from shapely.to_geojson(rounded)
