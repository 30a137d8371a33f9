"""Cutting a city out of the extract of a province or a country."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import TYPE_CHECKING

from routing.errors import ExtractError
from routing.extent import Box, Extent
from routing.streaming import ObjectCounter, OnObjects, reading, writing
from routing.transit.lines import line_kind

if TYPE_CHECKING:
    from osmium.osm import Relation, TagList, Way

PER_DEGREE = 10_000_000  # OpenStreetMap keeps degrees as whole numbers
NATION = "2"


def cut(extract: Path, extent: Extent, target: Path, on_objects: OnObjects) -> None:
    """Write to `target`, an `.osm.pbf`, what of an extract lies within an extent.

    All nodes inside are kept, and all ways that have one inside: whole, so that streets reach the
    edge. So are lines of public transport with a stop or street there, turn restrictions between
    those ways, and multipolygons and administrative
    boundaries below the nation's that such a way is part of; of these, the outlines beyond the
    edge come without tags. What surrounds the extent without a node inside is not seen.

    The file, sorted as all extracts are, is streamed three times. The first pass chooses: nodes
    come before ways, ways before relations. The second, of ways alone, looks up the nodes of
    outlines that a relation wants after all ways have gone by. The third writes, for what to write
    is known only then. The ids of nodes inside are bits (an eighth of a byte for each id up to the
    highest, whatever the size of the file); lists hold only what is kept beyond the edge.

    Raises
    ------
    ExtractError
        Where the file is no extract, or nothing of it lies within.
    """
    with reading([extract]):
        _refuse_outside(extract, extent)
        _Chosen(extract, extent, ObjectCounter(on_objects)).write(target)


class _Chosen:
    """The ids of what is kept, found in two passes."""

    def __init__(self, extract: Path, extent: Extent, count: ObjectCounter) -> None:
        import osmium

        self._extract, self._extent, self._count = extract, extent, count
        self._ids = osmium.IdTracker()
        self._beyond = array("q")
        self._borrowed: set[int] = set()
        self._choose()
        if not self._ids.node_ids():
            raise _nothing_within(extract, extent)
        self._complete()

    def _choose(self) -> None:
        import osmium

        touching = self._ids.contains_filter()  # ways and relations of what is chosen so far
        for item in osmium.FileProcessor(self._extract).with_filter(touching):
            self._count()
            if isinstance(item, osmium.osm.Node):
                place = item.location
                if self._extent.contains(place.y / PER_DEGREE, place.x / PER_DEGREE):
                    self._ids.add_node(item.id)
            elif isinstance(item, osmium.osm.Way):
                self._ids.add_way(item.id)
                self._add_beyond(item)
            elif isinstance(item, osmium.osm.Relation):
                self._choose_relation(item)

    def _choose_relation(self, relation: Relation) -> None:
        ways, kept = [member.ref for member in relation.members if member.type == "w"], self._ids
        absent = [way for way in ways if way not in kept.way_ids()]
        if line_kind(dict(relation.tags)) is not None:
            kept.add_relation(relation.id)
        if len(absent) == len(ways):
            return
        kind = relation.tags.get("type") or ""
        if kind.startswith("restriction"):
            if not absent:
                kept.add_relation(relation.id)
        elif _is_area(kind, relation.tags):
            kept.add_relation(relation.id)
            self._borrowed.update(absent)

    def _complete(self) -> None:
        """Add the nodes beyond the edge; only now, for until now the bits told what is inside."""
        import osmium

        if self._borrowed:
            outlines = osmium.FileProcessor(self._extract, osmium.osm.WAY).with_filter(
                osmium.filter.IdFilter(self._borrowed)
            )
            for way in outlines:
                if isinstance(way, osmium.osm.Way):
                    self._count()
                    self._ids.add_way(way.id)
                    self._add_beyond(way)
        for node in self._beyond:
            self._ids.add_node(node)

    def _add_beyond(self, way: Way) -> None:
        inside = self._ids.node_ids()
        self._beyond.extend(node.ref for node in way.nodes if node.ref not in inside)

    def write(self, target: Path) -> None:
        import osmium

        header = osmium.io.Header()
        west, south, east, north = self._extent.box.spanned
        location = osmium.osm.Location
        header.add_box(osmium.osm.Box(location(west, south), location(east, north)))
        kept = osmium.FileProcessor(self._extract).with_filter(self._ids.id_filter())
        with writing(target, header) as writer:
            for item in kept:
                self._count()
                if isinstance(item, osmium.osm.Way) and item.id in self._borrowed:
                    writer.add_way(item.replace(tags={}))
                else:
                    writer.add(item)


def _is_area(kind: str, tags: TagList) -> bool:
    """Whether a relation of ways is drawn or looked up; a nation would outweigh the city."""
    if tags.get("boundary") == "administrative":
        return kind in {"boundary", "multipolygon"} and tags.get("admin_level") != NATION
    return kind == "multipolygon"


def _refuse_outside(extract: Path, extent: Extent) -> None:
    """Where the file says what it spans, a wrong box need not wait for its end."""
    import osmium

    spanned = osmium.FileProcessor(extract).header.box()
    if not spanned.valid():
        return
    low, high = spanned.bottom_left, spanned.top_right
    box = Box(low.lon, low.lat, high.lon, high.lat)
    if not box.meets(extent.box):
        raise _nothing_within(extract, extent, f" (it spans {box})")


def _nothing_within(extract: Path, extent: Extent, spans: str = "") -> ExtractError:
    return ExtractError(
        f"nothing of {extract.name}{spans} lies within {extent} (a box is "
        "west,south,east,north): take the extract that holds the city"
    )
