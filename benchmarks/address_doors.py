"""Doors of a real extract: read from its tags by themselves, and written as a lender has them.

What is told of a door is held against these tags, not against what our own reader makes of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.measure import NotHereError
from benchmarks.road_graphs import extracts
from routing.point import Point, distance_m

FILES = {
    "Taipei": "taipei-datong.osm",
    "Queens": "queens-village.osm.pbf",
    "Vancouver": "vancouver.osm.pbf",
    "Liechtenstein": "liechtenstein.osm.pbf",
}
COUNTRIES = {"Queens": "New York", "Vancouver": "BC"}
"""What stands behind the town."""

Tags = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Door:
    """An address of an extract, and every place that has it.

    `areas` are written before a Chinese street, the large first, and behind a western one, the
    small first.
    """

    city: str
    street: str
    number: str
    areas: tuple[str, ...]
    points: list[Point] = field(default_factory=list)

    @property
    def is_chinese(self) -> bool:
        return self.city == "Taipei"

    @property
    def text(self) -> str:
        return self.written()

    def written(
        self, *, street: str = "", number: str = "", areas: Sequence[str] | None = None
    ) -> str:
        """Return the address, with some of it as told."""
        areas = self.areas if areas is None else areas
        street, number = street or self.street, number or self.number
        if self.is_chinese:
            return "".join(areas) + f"{street}{number}號"
        return ", ".join([f"{number} {street}", *areas])

    def off_m(self, point: Point) -> float:
        """Return how far `point` is from the door, from the nearest where it has several."""
        return min(distance_m(point, each) for each in self.points)


def extract_file(city: str) -> Path:
    """Return the extract of a city of `FILES`; NotHereError where it is not there."""
    file = extracts() / "osm" / FILES[city]
    if not file.is_file():
        raise NotHereError(f"{file} is not there: set DAYROUND_EXTRACTS to the folder of extracts")
    return file


def doors(city: str) -> list[Door]:
    """Return the doors of an extract, each address once."""
    found: dict[tuple[str, ...], Door] = {}
    houses = list(_houses(extract_file(city)))
    towns = _towns(houses)
    for (tags, point), town in zip(houses, towns, strict=True):
        if town.casefold() in tags["addr:street"].casefold():
            continue  # more than a street stands in the tag
        for number in _numbers(tags["addr:housenumber"]):
            door = Door(city, tags["addr:street"].strip(), number, _areas(city, tags, town))
            key = (door.street.casefold(), number, town)
            found.setdefault(key, door).points.append(point)
    return list(found.values())


def _houses(file: Path) -> Iterator[tuple[Tags, Point]]:
    """Yield the tags and the middle of all that has a number and a street."""
    import osmium

    elements = osmium.FileProcessor(str(file)).with_locations()
    for element in elements.with_filter(osmium.filter.KeyFilter("addr:housenumber")):
        tags = {tag.k: tag.v for tag in element.tags}
        corners = _corners(element)
        if tags.get("addr:street", "").strip() and corners:
            lats, lons = zip(*corners, strict=True)
            middle = Point((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
            yield tags, middle


def _corners(element: object) -> list[tuple[float, float]]:
    if getattr(element, "is_node", bool)():
        return [(element.lat, element.lon)]  # type: ignore[attr-defined]
    nodes: Iterable[object] = getattr(element, "nodes", ())
    return [(n.lat, n.lon) for n in nodes if n.location.valid()]  # type: ignore[attr-defined]


def _numbers(tag: str) -> list[str]:
    """Return the numbers of a tag that are numbers: a door may have two."""
    parts = (part.strip().rstrip("號号") for part in re.split("[;,]", tag))
    return [part for part in parts if re.fullmatch(r"\d+[A-Za-z]?([之\-]\d+[A-Za-z]?)?", part)]


def _towns(houses: Sequence[tuple[Tags, Point]]) -> list[str]:
    """Return the town of each house: its own tag's, else what most of those around it have."""
    from scipy.spatial import cKDTree

    tagged = [(point, _town(tags["addr:city"])) for tags, point in houses if tags.get("addr:city")]
    tree = cKDTree([(point.lat, point.lon) for point, _ in tagged])
    found = []
    for tags, point in houses:
        _, near = tree.query(np.array([[point.lat, point.lon]]), k=min(5, len(tagged)))
        most = Counter(tagged[int(i)][1] for i in np.ravel(near)).most_common(1)[0][0]
        found.append(_town(tags.get("addr:city", "")) or most)
    return found


def _town(tag: str) -> str:
    return tag.partition(",")[0].strip().title() if tag.isascii() else tag.strip()


def _areas(city: str, tags: Tags, town: str) -> tuple[str, ...]:
    if city == "Taipei":
        hamlet = tags.get("addr:hamlet", "")
        block = f"{tags['addr:neighbourhood']}鄰" if tags.get("addr:neighbourhood") else ""
        return tuple(filter(None, (town, tags["addr:district"], hamlet, block)))
    code = tags.get("addr:postcode", "").strip()
    state = COUNTRIES.get(city, "")
    return tuple(filter(None, (town, f"{state} {code}".strip())))


def streets(city: str) -> dict[str, list[Door]]:
    """Return the doors of each street."""
    found: dict[str, list[Door]] = defaultdict(list)
    for door in doors(city):
        found[door.street].append(door)
    return found
