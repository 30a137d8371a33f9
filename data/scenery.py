"""Water and green of an extract: what makes a map of streets look like the city."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

from routing.lines import Line
from routing.streaming import reading


class Ground(StrEnum):
    """What an area is."""

    WATER = "water"
    GREEN = "green"


GROUNDS: Mapping[Ground, Mapping[str, frozenset[str]]] = {
    Ground.WATER: {
        "natural": frozenset({"water"}),
        "waterway": frozenset({"riverbank", "dock"}),
        "landuse": frozenset({"reservoir", "basin"}),
    },
    Ground.GREEN: {
        "leisure": frozenset({"park", "garden", "nature_reserve", "golf_course"}),
        "natural": frozenset({"wood"}),
        "landuse": frozenset({"forest", "cemetery", "recreation_ground", "village_green"}),
    },
}
STREAMS = frozenset({"river", "canal", "stream"})
KEYS = ("natural", "waterway", "landuse", "leisure")


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon: closed rings, the outer ones and the holes, in any order."""

    ground: Ground
    rings: list[Line]


@dataclass(frozen=True, slots=True)
class Scenery:
    """Areas of water and green, and waters too narrow for an area."""

    areas: list[Area]
    streams: list[Line]


NO_SCENERY = Scenery([], [])


def read_scenery(extract: Path) -> Scenery:
    """Read `.osm`, `.osm.pbf` or whatever libosmium knows; areas cut by the extract are left out.

    Raises
    ------
    ExtractError
        Where the file is no OpenStreetMap extract.
    """
    scenery = Scenery([], [])
    with reading([extract]):
        for element in _elements(extract):
            _sort_in(scenery, element)
    return scenery


def _elements(extract: Path) -> Iterator[Any]:
    import osmium
    from osmium.filter import KeyFilter

    keys = KeyFilter(*KEYS)
    return iter(osmium.FileProcessor(str(extract)).with_areas(keys).with_filter(keys))


def _sort_in(scenery: Scenery, element: Any) -> None:
    tags = {tag.k: tag.v for tag in element.tags}
    if element.is_area():
        if ground := ground_of(tags):
            scenery.areas.append(Area(ground, list(_rings(element))))
    elif element.is_way() and tags.get("waterway") in STREAMS and tags.get("tunnel", "no") == "no":
        line = _line(element.nodes)
        if len(line) > 1:
            scenery.streams.append(line)


def ground_of(tags: Mapping[str, str]) -> Ground | None:
    """Return what an area of these tags is on the map, None where it is nothing to draw."""
    return next(
        (
            ground
            for ground, values in GROUNDS.items()
            if any(tags.get(key) in some for key, some in values.items())
        ),
        None,
    )


def _rings(area: Any) -> Iterator[Line]:
    for outer in area.outer_rings():
        yield _line(outer)
        yield from map(_line, area.inner_rings(outer))


def _line(nodes: Any) -> Line:
    """float64[k, 2] of the nodes that are in the extract."""
    locations = (node.location for node in nodes)
    return np.array([(place.lat, place.lon) for place in locations if place.valid()]).reshape(-1, 2)
