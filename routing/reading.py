"""Roads from a local extract: `.osm`, `.osm.pbf` by pyosmium, GraphML by OSMnx."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from routing.building import RoadBuilder
from routing.errors import ExtractError
from routing.osmnx_graph import from_osmnx
from routing.point import Point
from routing.restrictions import restrictions
from routing.roads import RoadNetwork
from routing.speeds import HIGHWAYS
from routing.streaming import reading
from routing.transit.reading import read_service
from routing.transit.riding import with_rides

if TYPE_CHECKING:
    from osmium.osm import Way


def read_roads(path: Path) -> RoadNetwork:
    """Read the road network of `path`.

    Raises
    ------
    ExtractError
        Where the file is absent, of another kind, cut short, or without roads.
    """
    if not path.is_file():
        raise ExtractError(f"{path} is not there, or is no file")
    if path.suffix.lower() == ".graphml":
        return read_graphml(path)
    return read_osm(path)


def read_osm(path: Path) -> RoadNetwork:
    """Read `.osm`, `.osm.gz`, `.osm.pbf` and whatever else pyosmium knows.

    A clipped extract names nodes that it does not hold: its ways end there, and the last node on
    this side is marked as clipped.
    """
    builder = RoadBuilder()
    with reading([path]):
        _add_ways(builder, path)
        service = read_service(path)
    return with_rides(builder.network(path.name, file_sha256(path)), service)


def read_graphml(path: Path) -> RoadNetwork:
    """Read a GraphML file that OSMnx saved, of the kind 'drive' or 'all'."""
    import osmnx

    try:
        graph = osmnx.load_graphml(path)
    except Exception as error:  # whatever XML, types and keys of a foreign file provoke
        raise ExtractError(
            f"{path.name} cannot be read as an OSMnx graph: {error!r}. Save it again with "
            "osmnx.save_graphml."
        ) from error
    return from_osmnx(graph, source=path.name, sha256=file_sha256(path))


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _add_ways(builder: RoadBuilder, path: Path) -> None:
    import osmium

    nodes_and_ways = osmium.osm.NODE | osmium.osm.WAY
    roads = osmium.filter.KeyFilter("highway", "barrier")
    roads.enable_for(nodes_and_ways)
    signs = osmium.filter.TagFilter(("type", "restriction"))
    signs.enable_for(osmium.osm.RELATION)
    items = osmium.FileProcessor(path).with_locations().with_filter(roads).with_filter(signs)
    for item in items:  # nodes come before ways, ways before relations
        tags = {tag.k: tag.v for tag in item.tags}
        if isinstance(item, osmium.osm.Relation):
            members = ((member.type, member.ref, member.role) for member in item.members)
            for restriction in restrictions(tags, members):
                builder.add_restriction(restriction)
        elif isinstance(item, osmium.osm.Way):
            if tags.get("highway") in HIGHWAYS:
                _add_way(builder, item, tags)
        elif "barrier" in tags:
            builder.add_barrier(item.id, tags)


def _add_way(builder: RoadBuilder, way: Way, tags: dict[str, str]) -> None:
    index = builder.add_way(way.id, tags)
    line: list[int] = []
    was_missing = False
    for node in way.nodes:
        is_missing = not node.location.valid()
        if is_missing and line:
            builder.mark_clipped(line[-1])
            builder.add_line(index, line)
            line = []
        elif not is_missing:
            builder.add_node(node.ref, Point(node.location.lat, node.location.lon))
            if was_missing:
                builder.mark_clipped(node.ref)
            line.append(node.ref)
        was_missing = is_missing
    builder.add_line(index, line)
