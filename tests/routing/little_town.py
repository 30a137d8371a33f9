"""Little towns near 0° N 0° E, where a thousandth of a degree is 111.195 m either way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement

from routing.building import RoadBuilder
from routing.point import Point
from routing.restrictions import restrictions
from routing.roads import RoadNetwork

STEP_M = 111.195  # a thousandth of a degree on a sphere of 6,371,008.8 m

Tags = Mapping[str, str]
Way = tuple[Sequence[int], Tags]

STREET = {"highway": "residential", "name": "Little Street"}


def at(x: float, y: float = 0) -> Point:
    """The point `x` steps east and `y` steps north of 0, 0."""
    return Point(y / 1000, x / 1000)


def town(nodes: Mapping[int, Point], *ways: Way) -> RoadNetwork:
    """Build a network in memory; way ids count from 1."""
    return restricted(nodes, ways, [])


Sign = tuple[int, int | Sequence[int], int, str]
"""A restriction: from a way, over a node or ways, to a way, and its kind, as in 'no_left_turn'."""


def restricted(
    nodes: Mapping[int, Point], ways: Sequence[Way], signs: Sequence[Sign], **tags: str
) -> RoadNetwork:
    """Build a network with turn restrictions; `tags` are those of all of them."""
    builder = RoadBuilder()
    for node, point in nodes.items():
        builder.add_node(node, point)
    for way_id, (line, way_tags) in enumerate(ways, start=1):
        builder.add_line(builder.add_way(way_id, way_tags), list(line))
    for from_way, via, to_way, kind in signs:
        over = [("n", via, "via")] if isinstance(via, int) else [("w", way, "via") for way in via]
        members = [("w", from_way, "from"), *over, ("w", to_way, "to")]
        for restriction in restrictions({"restriction": kind, **tags}, members):
            builder.add_restriction(restriction)
    return builder.network("little town", "")


def row(count: int) -> dict[int, Point]:
    """Nodes 1, 2, … one step apart, eastwards from 0, 0."""
    return {i + 1: at(i) for i in range(count)}


def write_osm(
    path: Path, nodes: Mapping[int, Point], *ways: Way, tagged: Mapping[int, Tags] | None = None
) -> Path:
    """Write an extract; a way may name nodes that `nodes` does not hold, as if clipped."""
    root = Element("osm", version="0.6")
    for node, point in nodes.items():
        element = SubElement(root, "node", id=str(node), lat=str(point.lat), lon=str(point.lon))
        _add_tags(element, (tagged or {}).get(node, {}))
    for way_id, (line, tags) in enumerate(ways, start=1):
        element = SubElement(root, "way", id=str(way_id))
        for node in line:
            SubElement(element, "nd", ref=str(node))
        _add_tags(element, tags)
    ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    return path


def _add_tags(element: Element, tags: Tags) -> None:
    for key, value in tags.items():
        SubElement(element, "tag", k=key, v=value)
