"""Writing a map sheet as .osm or .osm.pbf."""

from __future__ import annotations

from pathlib import Path

from data.towns.landscape import MADE_UP
from data.towns.sheet import Sheet
from routing.streaming import writing

NO_TAGS: dict[str, str] = {}


def write_osm(sheet: Sheet, file: Path) -> None:
    """Write a sheet with pyosmium; the ending of the name, .osm or .osm.pbf, is the format.

    The header, and a note on the city, say that the data is made up. A file that is there is
    replaced.

    Raises
    ------
    OSError
        Where it cannot be written, as when the disk is full.
    """
    import osmium

    header = osmium.io.Header()
    header.set("generator", f"dayround towns: {MADE_UP}")
    coordinates = zip(sheet.lon.tolist(), sheet.lat.tolist(), strict=True)
    file.unlink(missing_ok=True)
    with writing(file, header) as writer:
        for number, (lon, lat) in enumerate(coordinates, start=1):
            location = osmium.osm.Location(lon / 10_000_000, lat / 10_000_000)
            tags = sheet.node_tags.get(number, NO_TAGS)
            writer.add_node(osmium.osm.mutable.Node(id=number, location=location, tags=tags))
        for number, way in enumerate(sheet.ways, start=1):
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=way.nodes, tags=way.tags))
        for number, relation in enumerate(sheet.relations, start=1):
            members = [("n", node, relation.role) for node in relation.nodes]
            writer.add_relation(
                osmium.osm.mutable.Relation(id=number, members=members, tags=relation.tags)
            )
