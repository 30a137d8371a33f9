"""Stops and lines from a local extract, by pyosmium."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from routing.point import Point
from routing.transit.kinds import Kind
from routing.transit.lines import Line, Member, Route, line_kind, lines_of
from routing.transit.stops import STOP_TAGS, Stop, is_entrance, stop_kind

if TYPE_CHECKING:
    from osmium.osm import Node, NodeRef, Way


@dataclass(frozen=True, slots=True)
class Service:
    """What an extract knows of public transport."""

    lines: list[Line] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    entrances: list[Point] = field(default_factory=list)


def read_service(path: Path) -> Service:
    """Read the stops and lines of an `.osm` or `.osm.pbf`; a clipped one lacks some of them."""
    import osmium

    service, places = Service(), dict[Member, Point]()
    objects = (
        osmium.FileProcessor(path, osmium.osm.NODE | osmium.osm.WAY)
        .with_locations()
        .with_filter(osmium.filter.TagFilter(*STOP_TAGS))
    )
    for item in objects:
        if isinstance(item, osmium.osm.Node | osmium.osm.Way):
            _sort_in(service, places, item)
    service.lines.extend(lines_of(_routes(path), places))
    return service


def _sort_in(service: Service, places: dict[Member, Point], item: Node | Way) -> None:
    tags = {tag.k: tag.v for tag in item.tags}
    if (point := _point(item)) is None:
        return
    if is_entrance(tags):
        service.entrances.append(point)
        return
    places[item.type_str(), item.id] = point
    if (kind := stop_kind(tags)) is not None:
        service.stops.append(Stop(kind, point))


def _point(item: Node | Way) -> Point | None:
    """Return where a stop lies, an outlined one in its middle; None where it is clipped away."""
    nodes: Iterable[Node | NodeRef] = getattr(item, "nodes", [item])
    found = [node.location for node in nodes if node.location.valid()]
    if not found:
        return None
    lat, lon = np.mean([(location.lat, location.lon) for location in found], axis=0).tolist()
    return Point(lat, lon)


def _routes(path: Path) -> list[Route]:
    import osmium

    routes = []
    relations = osmium.FileProcessor(path, osmium.osm.RELATION).with_filter(
        osmium.filter.TagFilter(*(("route", kind.value) for kind in Kind))
    )
    for relation in relations:
        tags = {tag.k: tag.v for tag in relation.tags}
        kind = line_kind(tags)
        if kind is not None and isinstance(relation, osmium.osm.Relation):
            members = [((member.type, member.ref), member.role) for member in relation.members]
            routes.append(Route(relation.id, kind, tags, members))
    return routes
