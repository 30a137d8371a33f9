"""Reading what an extract of OpenStreetMap says about addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from routing.gazetteer.areas import NO_LEVEL, AreaName, area_name
from routing.gazetteer.chinese import street_and_number
from routing.gazetteer.circle import Circle, Coordinates, circle_around
from routing.gazetteer.numbers import split_lane
from routing.streaming import reading

AREA_TAGS = {
    "addr:city": "city",
    "addr:district": "district",
    "addr:suburb": NO_LEVEL,
    "addr:quarter": NO_LEVEL,
    "addr:neighbourhood": NO_LEVEL,
    "addr:hamlet": NO_LEVEL,
    "addr:province": NO_LEVEL,
    "addr:state": NO_LEVEL,
    "addr:country": NO_LEVEL,
}
NAME_TAGS = ("name", "name:zh", "name:en", "official_name", "alt_name", "old_name")
ADDRESS_TAGS = ("addr:housenumber", "addr:street", "addr:place", "addr:full")
NO_STREETS = frozenset({"platform", "services", "rest_area", "proposed", "razed", "abandoned"})
COMPOUND_TAGS = (
    "landuse", "building", "amenity", "shop", "office", "tourism", "leisure", "healthcare",
)  # fmt: skip
COMPOUND_PLACES = frozenset(
    {"hamlet", "isolated_dwelling", "farm", "city_block", "plot", "square", "allotments"}
)
PLACE_RADIUS_M = {"city": 10_000.0, "town": 4_000.0, "suburb": 2_000.0, "village": 1_500.0}
DEFAULT_PLACE_RADIUS_M = 1_000.0
NODE_RADIUS_M = 10.0

Rings = tuple[Coordinates, ...]


@dataclass(frozen=True, slots=True)
class House:
    """A door with an address; a lane in the number's tag is part of the street."""

    street: str
    number: str
    circle: Circle
    areas: frozenset[AreaName]


@dataclass(frozen=True, slots=True)
class Named:
    """A street or compound: all its names, the common one first, and its vertices."""

    names: tuple[str, ...]
    points: Coordinates


@dataclass(frozen=True, slots=True)
class Region:
    """A place or an administrative area; without `rings` where the extract cuts its outline."""

    names: tuple[str, ...]
    level: str
    circle: Circle | None
    rings: Rings = ()


@dataclass(slots=True)
class Extract:
    """All of it, in the order of the file that `source` names."""

    source: str
    houses: list[House] = field(default_factory=list)
    streets: list[Named] = field(default_factory=list)
    compounds: list[Named] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)


def read_extract(file: Path) -> Extract:
    """Read `.osm`, `.osm.pbf` or whatever libosmium knows; ways may name absent nodes.

    Raises
    ------
    ExtractError
        Where the file is absent or is no OpenStreetMap extract.
    """
    extract = Extract(file.name)
    with reading([file]):
        for element in _elements(file):
            _sort_in(extract, element)
    return extract


def _elements(file: Path) -> Iterator[Any]:
    import osmium
    from osmium.filter import KeyFilter, TagFilter

    outlined = TagFilter(("boundary", "administrative"), ("type", "multipolygon"))
    return iter(
        osmium.FileProcessor(str(file))
        .with_areas(outlined)
        .with_filter(KeyFilter("name", *ADDRESS_TAGS))
    )


def _sort_in(extract: Extract, element: Any) -> None:
    if element.is_area() and element.from_way():
        return  # the way itself has been read
    tags = {tag.k: tag.v for tag in element.tags}
    names = _names(tags)
    points = _points(element)
    if names and ("place" in tags or tags.get("boundary") == "administrative"):
        extract.regions.append(_region(element, tags, names, points))
    if not points:
        return
    street, number = _street_and_number(tags)
    if street and number:
        extract.houses.append(_house(street, number, tags, points))
    if names and element.is_way() and tags.get("highway", "platform") not in NO_STREETS:
        extract.streets.append(Named(names, points))
    elif names and (tags.get("place") in COMPOUND_PLACES or any(k in tags for k in COMPOUND_TAGS)):
        extract.compounds.append(Named(names, points))


def _names(tags: Mapping[str, str]) -> tuple[str, ...]:
    found = (name.strip() for key in NAME_TAGS for name in tags.get(key, "").split(";"))
    return tuple(dict.fromkeys(name for name in found if name))


def _house(street: str, number: str, tags: Mapping[str, str], points: Coordinates) -> House:
    circle = circle_around(points)
    return House(
        street=street,
        number=number,
        circle=Circle(circle.lat, circle.lon, max(NODE_RADIUS_M, circle.radius_m)),
        areas=frozenset(_house_areas(tags)),
    )


def _street_and_number(tags: Mapping[str, str]) -> tuple[str, str]:
    street = tags.get("addr:street") or tags.get("addr:place", "")
    if not street:
        return street_and_number(tags.get("addr:full", ""))
    lane, number = split_lane(tags.get("addr:housenumber", ""))
    return street + lane, number


def _house_areas(tags: Mapping[str, str]) -> Iterator[AreaName]:
    for key, level in AREA_TAGS.items():
        name = tags.get(key, "")
        if name and not name.isdigit():  # 鄰 are tagged by their bare number
            yield area_name(name, level)
    postcode = tags.get("addr:postcode", "").replace(" ", "")
    if postcode:
        yield area_name(postcode)


def _region(
    element: Any, tags: Mapping[str, str], names: tuple[str, ...], points: Coordinates
) -> Region:
    level = tags.get("admin_level", NO_LEVEL) if "boundary" in tags else NO_LEVEL
    if element.is_node() and points:
        radius_m = PLACE_RADIUS_M.get(tags.get("place", ""), DEFAULT_PLACE_RADIUS_M)
        return Region(names, level, Circle(*points[0], radius_m))
    return Region(names, level, circle_around(points) if points else None, _rings(element))


def _points(element: Any) -> Coordinates:
    """Return the vertices that are in the extract; none for a relation without an outline."""
    if element.is_node():
        return [(element.lat, element.lon)] if element.location.valid() else []
    if element.is_way():
        return _valid(element.nodes)
    if element.is_area():
        return [point for ring in element.outer_rings() for point in _valid(ring)]
    return []


def _rings(element: Any) -> Rings:
    """Return the outline of an area, or of a closed way, which is one by itself."""
    if element.is_area():
        outers = list(element.outer_rings())
        inners = [inner for outer in outers for inner in element.inner_rings(outer)]
        return tuple(_valid(ring) for ring in [*outers, *inners])
    if not (element.is_way() and element.is_closed()):
        return ()
    ring = _valid(element.nodes)
    return (ring,) if len(ring) == len(element.nodes) else ()


def _valid(nodes: Any) -> list[tuple[float, float]]:
    locations = (node.location for node in nodes)
    return [(location.lat, location.lon) for location in locations if location.valid()]
