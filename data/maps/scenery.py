"""What an extract has beside its roads: water, green, buildings, rails, names of places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import cos, radians, sqrt
from pathlib import Path
from typing import Any

from data.maps.feature import Feature, Layer, zoom_of_size
from data.maps.kinds import KEYS, PLACES, RAILS, STREAMS, area_of, crossing_of
from routing.point import METRES_PER_DEGREE
from routing.streaming import reading

LEAST_PX, NAMED_PX = 3, 64
"""As wide as this an area is drawn, and as this it has its name."""

BUILDINGS_FROM, SIDINGS_FROM, RAILS_FROM, STATIONS_FROM = 15, 15, 11, 14


@dataclass(frozen=True, slots=True)
class Scenery:
    """Features, pieces of coast with the land on their left, and which ways are no ground.

    `crossings` has 'bridge' or 'tunnel' by the id of a way; `box` is west, south, east, north of
    the extract, where it says so.
    """

    features: list[Feature] = field(default_factory=list)
    coast: list[Any] = field(default_factory=list)
    crossings: dict[int, str] = field(default_factory=dict)
    box: tuple[float, float, float, float] | None = None


def read_scenery(extract: Path) -> Scenery:
    """Read `.osm`, `.osm.pbf` or whatever libosmium knows; areas cut by the extract are left out.

    Raises
    ------
    ExtractError
        Where the file is no OpenStreetMap extract.
    """
    with reading([extract]):
        scenery = Scenery(box=_box(extract))
        for element in _elements(extract):
            _sort_in(scenery, element)
    return scenery


def _box(extract: Path) -> tuple[float, float, float, float] | None:
    import osmium

    with osmium.io.Reader(str(extract), osmium.osm.osm_entity_bits.NOTHING) as reader:
        box = reader.header().box()
    if not box.valid():
        return None
    return box.bottom_left.lon, box.bottom_left.lat, box.top_right.lon, box.top_right.lat


def _elements(extract: Path) -> Iterator[Any]:
    import osmium
    from osmium.filter import KeyFilter

    keys = KeyFilter(*KEYS)
    return iter(osmium.FileProcessor(str(extract)).with_areas(keys).with_filter(keys))


def _sort_in(scenery: Scenery, element: Any) -> None:
    tags = {tag.k: tag.v for tag in element.tags}
    if element.is_area():
        scenery.features.extend(_area(element, tags))
    elif element.is_way():
        _sort_in_way(scenery, element, tags)
    elif element.is_node():
        scenery.features.extend(_mark(element, tags))


def _sort_in_way(scenery: Scenery, way: Any, tags: Mapping[str, str]) -> None:
    crossing = crossing_of(tags)
    if "highway" in tags:
        if crossing:
            scenery.crossings[way.id] = crossing
        return
    if tags.get("natural") == "coastline":
        scenery.coast.extend(_line(way))
    elif crossing != "tunnel":
        scenery.features.extend(_line_feature(way, tags, crossing))


def _line_feature(way: Any, tags: Mapping[str, str], crossing: str) -> Iterator[Feature]:
    water, rail = tags.get("waterway", ""), tags.get("railway", "")
    if water in STREAMS:
        for line in _line(way):
            yield Feature(Layer.WATER, water, line, STREAMS[water], tags.get("name", ""))
    elif rail in RAILS:
        kind, zoom = ("siding", SIDINGS_FROM) if "service" in tags else ("rail", RAILS_FROM)
        more = {"crossing": crossing} if crossing else {}
        yield from (Feature(Layer.RAILS, kind, line, zoom, more=more) for line in _line(way))


def _line(way: Any) -> Iterator[Any]:
    """Yield the line through the nodes that are in the extract, where two are."""
    import shapely  # type: ignore[import-untyped]

    places = [(node.lon, node.lat) for node in way.nodes if node.location.valid()]
    if len(places) > 1:
        yield shapely.LineString(places)


def _area(area: Any, tags: Mapping[str, str]) -> Iterator[Feature]:
    """Yield an area, and its name where it has one and is no building."""
    found = area_of(tags)
    if found is None or not area.num_rings()[0]:  # an outline that crosses itself encloses nothing
        return
    import osmium
    import shapely

    layer, kind = found
    shape = shapely.from_wkb(osmium.geom.WKBFactory().create_multipolygon(area))
    lat = shape.bounds[1]
    size_m = sqrt(shape.area * cos(radians(lat))) * METRES_PER_DEGREE
    zoom = zoom_of_size(size_m, lat, LEAST_PX)
    if layer is Layer.BUILDINGS:
        yield Feature(layer, kind, shape, max(zoom, BUILDINGS_FROM))
        return
    yield Feature(layer, kind, shape, zoom)
    if (name := tags.get("name")) and kind != "homes":
        named_from = zoom_of_size(size_m, lat, NAMED_PX)
        yield Feature(Layer.LABELS, kind, _middle(shape), named_from, name)


def _middle(shape: Any) -> Any:
    """Return where the name of an area stands: in its middle, if that is inside."""
    middle = shape.centroid
    return middle if shape.contains(middle) else shape.point_on_surface()


def _mark(node: Any, tags: Mapping[str, str]) -> Iterator[Feature]:
    import shapely

    name, place = tags.get("name"), tags.get("place", "")
    if not name:
        return
    at = shapely.Point(node.lon, node.lat)
    if place in PLACES:
        yield Feature(Layer.LABELS, place, at, PLACES[place], name)
    elif tags.get("railway") in {"station", "halt"}:
        yield Feature(Layer.LABELS, "station", at, STATIONS_FROM, name)
