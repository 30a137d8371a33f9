"""What the tags of OpenStreetMap are on our map; the first table that knows one has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from data.maps.feature import Layer


class AreaKind(NamedTuple):
    """A kind of area, and the tags that make one."""

    layer: Layer
    kind: str
    tags: Mapping[str, frozenset[str]]


def _area(layer: Layer, kind: str, **tags: str) -> AreaKind:
    return AreaKind(layer, kind, {key: frozenset(some.split()) for key, some in tags.items()})


AREAS = (
    _area(
        Layer.WATER,
        "water",
        natural="water bay",
        waterway="riverbank dock",
        landuse="reservoir basin",
    ),
    _area(Layer.GREEN, "wood", natural="wood", landuse="forest"),
    _area(Layer.GREEN, "park", leisure="park garden nature_reserve common dog_park"),
    _area(
        Layer.GREEN,
        "grass",
        leisure="golf_course pitch recreation_ground",
        landuse="grass meadow village_green recreation_ground cemetery flowerbed",
        natural="grassland scrub heath wetland",
    ),
    _area(Layer.GREEN, "field", landuse="farmland orchard vineyard allotments plant_nursery"),
    _area(Layer.LAND, "sand", natural="beach sand"),
    _area(
        Layer.LAND, "campus", amenity="school university college hospital", leisure="sports_centre"
    ),
    _area(Layer.LAND, "works", landuse="industrial railway port quarry"),
    _area(Layer.LAND, "shops", landuse="commercial retail"),
    _area(Layer.LAND, "homes", landuse="residential"),
)

STREAMS: Mapping[str, int] = {"river": 10, "canal": 12, "stream": 14}
"""Waters that may be too narrow for an area, and from which zoom on each is drawn."""

RAILS = frozenset({"rail", "light_rail", "narrow_gauge", "subway", "tram"})

PLACES: Mapping[str, int] = {
    "city": 8,
    "town": 9,
    "borough": 11,
    "suburb": 11,
    "village": 11,
    "island": 12,
    "quarter": 13,
    "hamlet": 13,
    "neighbourhood": 14,
}
"""Places that have their name on the map, the largest first, and from which zoom on."""

ROADS: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "path": (15, ("pedestrian", "footway", "path", "cycleway", "bridleway", "corridor", "steps")),
    "service": (14, ("service", "track")),
    "street": (12, ("residential", "unclassified", "living_street", "road")),
    "tertiary": (11, ("tertiary",)),
    "secondary": (9, ("secondary",)),
    "primary": (8, ("primary",)),
    "trunk": (8, ("trunk",)),
    "motorway": (8, ("motorway",)),
}
"""What the map tells apart, the quietest first: from which zoom on, by which `highway`."""

KEYS = (
    *("natural", "waterway", "landuse", "leisure", "amenity", "building", "railway", "place"),
    *("bridge", "tunnel"),
)
"""Keys without which nothing of an extract is on the map; its roads come from the network."""


def area_of(tags: Mapping[str, str]) -> tuple[Layer, str] | None:
    """Return the layer and kind of an area with these tags, None where it is not drawn."""
    for layer, kind, some in AREAS:
        if any(tags.get(key) in values for key, values in some.items()):
            return layer, kind
    if tags.get("building", "no") != "no":
        return Layer.BUILDINGS, "building"
    return None


def crossing_of(tags: Mapping[str, str]) -> str:
    """Return whether a way is a bridge or a tunnel, '' where it lies on the ground."""
    return next((key for key in ("bridge", "tunnel") if tags.get(key, "no") != "no"), "")
