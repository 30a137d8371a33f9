"""A city's streets, water and green as its map draws them: one file for each level of detail.

A level is JSON, compressed by gzip. Lines are whole units, as `routing.lines.steps` writes them:

    from         the first zoom that it is for
    unit         units in a degree
    bounds       south, west, north, east of the roads, in degrees
    water, green polygons: lists of rings, by the even-odd rule
    streams      lines
    names        of streets
    roads        by class, the quietest first: lines, and of each the index of its name or -1
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from data.scenery import Area, Ground, Scenery
from routing.lines import UNITS_PER_DEGREE, Line, area_m2, simplified, steps
from routing.roads import RoadNetwork

CLASSES: Mapping[str, tuple[str, ...]] = {
    "path": ("pedestrian", "footway", "path", "cycleway", "bridleway", "corridor", "steps"),
    "service": ("service", "track"),
    "street": ("residential", "unclassified", "living_street", "road"),
    "tertiary": ("tertiary",),
    "secondary": ("secondary",),
    "primary": ("primary",),
    "trunk": ("trunk",),
    "motorway": ("motorway",),
}
"""What the map tells apart, the quietest first, by the `highway` of OpenStreetMap."""

_CLASS_OF = {highway: drawn for drawn, some in CLASSES.items() for highway in some}
_LINK = "_link"


@dataclass(frozen=True, slots=True)
class Level:
    """What is drawn from a zoom on: bends smaller than `tolerance_m` cannot be seen there."""

    from_zoom: int
    tolerance_m: float
    classes: tuple[str, ...]

    @property
    def file_name(self) -> str:
        return f"streets-{self.from_zoom}.json.gz"

    @property
    def smallest_m2(self) -> float:
        """The smallest area that can be seen: a few pixels."""
        return (4 * self.tolerance_m) ** 2


_ORDER = tuple(CLASSES)
LEVELS = (
    Level(0, 30, _ORDER[4:]),
    Level(11, 12, _ORDER[3:]),
    Level(13, 4, _ORDER[2:]),
    Level(15, 1, _ORDER),
)


def level_for(zoom: int) -> Level:
    """Return the level that a zoom shows."""
    return next(level for level in reversed(LEVELS) if level.from_zoom <= max(zoom, 0))


@dataclass(frozen=True, slots=True)
class Street:
    """One or more lines of a class and a name, '' for none."""

    drawn: str
    name: str
    lines: list[Line]


def write_streets(roads: RoadNetwork, scenery: Scenery, folder: Path) -> None:
    """Write all levels of a city into `folder`."""
    streets = streets_of(roads)
    bounds = [*_corner(roads, np.min), *_corner(roads, np.max)]
    for level in LEVELS:
        told = drawing(level, streets, scenery) | {"bounds": bounds}
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        packed = gzip.compress(text.encode(), mtime=0)  # the same city, the same bytes
        (folder / level.file_name).write_bytes(packed)


def drawing(level: Level, streets: list[Street], scenery: Scenery) -> dict[str, Any]:
    """Return what a level's file holds, without its bounds."""
    names = sorted({street.name for street in streets if street.drawn in level.classes} - {""})
    index = {name: i for i, name in enumerate(names)} | {"": -1}
    streams = [line for line in scenery.streams if level.from_zoom]
    return {
        "from": level.from_zoom,
        "unit": UNITS_PER_DEGREE,
        **{ground.value: _polygons(scenery.areas, ground, level) for ground in Ground},
        "streams": [steps(line) for line in simplified(streams, level.tolerance_m)],
        "names": names,
        "roads": {drawn: _roads(drawn, streets, index, level) for drawn in level.classes},
    }


def streets_of(roads: RoadNetwork) -> list[Street]:
    """Return the streets of a network, each drawn once whatever its directions."""
    found: dict[tuple[str, str], list[Line]] = defaultdict(list)
    classes = [_CLASS_OF.get(name.removesuffix(_LINK)) for name in roads.way_class.tolist()]
    for way, line in _way_lines(roads):
        if drawn := classes[way]:
            found[drawn, str(roads.way_name[way])].append(line)
    return [Street(drawn, name, _merged(lines)) for (drawn, name), lines in sorted(found.items())]


def _way_lines(roads: RoadNetwork) -> Iterable[tuple[int, Line]]:
    """Yield the lines of each way: its arcs end to end, those of the way back left out."""
    ends = np.sort(np.column_stack((roads.tail, roads.head)), axis=1)
    pieces = np.column_stack((roads.way, ends)).astype(np.int64)
    _, first = np.unique(pieces, axis=0, return_index=True)
    arcs = first[np.lexsort((first, roads.way[first]))]
    place = np.column_stack((roads.lat, roads.lon))
    start, end, way = place[roads.tail[arcs]], place[roads.head[arcs]], roads.way[arcs]
    # Beside a barrier two nodes share one place: the line goes on there.
    goes_on = (start[1:] == end[:-1]).all(axis=1) & (way[1:] == way[:-1])
    for run in np.split(np.arange(len(arcs)), np.flatnonzero(~goes_on) + 1):
        yield int(way[run[0]]), np.vstack((start[run], end[run[-1:]]))


def _merged(lines: list[Line]) -> list[Line]:
    """Join lines that go on from each other, so that fewer and longer ones are drawn."""
    import shapely  # type: ignore[import-untyped]

    of_line = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    together = shapely.multilinestrings(shapely.linestrings(np.concatenate(lines), indices=of_line))
    return [
        shapely.get_coordinates(part) for part in shapely.get_parts(shapely.line_merge(together))
    ]


def _roads(
    drawn: str, streets: list[Street], index: Mapping[str, int], level: Level
) -> dict[str, Any]:
    named = [(s.name, line) for s in streets if s.drawn == drawn for line in s.lines]
    lines = simplified([line for _, line in named], level.tolerance_m)
    return {
        "lines": [steps(line) for line in lines],
        "names": [index[name] for name, _ in named],
    }


def _polygons(areas: list[Area], ground: Ground, level: Level) -> list[list[list[int]]]:
    found = []
    for area in areas:
        rings = [ring for ring in area.rings if area_m2(ring) >= level.smallest_m2]
        if area.ground is ground and rings:
            found.append([steps(ring) for ring in simplified(rings, level.tolerance_m)])
    return found


def _corner(roads: RoadNetwork, end: Any) -> list[float]:
    return [round(float(end(degrees)), 5) for degrees in (roads.lat, roads.lon)]
