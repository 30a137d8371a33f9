"""The administrative boundary of a name, out of an extract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from routing.errors import ExtractError
from routing.extent import Outline
from routing.streaming import reading

NAME_TAGS = ("name", "name:zh", "name:en", "alt_name", "official_name")
KINDS = frozenset({"boundary", "multipolygon"})
NEAREST = 5
MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Boundary:
    """A relation's id, names and level, and the ways that its outline is made of."""

    id: int
    names: tuple[str, ...]
    level: str
    ways: tuple[int, ...]

    def answers(self, text: str) -> bool:
        """Whether it is meant by 宁波市, 宁波市@5 or r3186902."""
        name, _, level = text.rpartition("@")
        by_level = level == self.level and name in self.names
        return text in self.names or by_level or text == f"r{self.id}"


def find_outline(extract: Path, text: str) -> Outline:
    """Return the outline of the one boundary that `text` names: 宁波市, 宁波市@5 or r3186902.

    The file is streamed four times, three of them by libosmium alone: relations for names; then
    relations, ways and nodes for the outlines of those found, written to a little file of their
    own, from which areas are assembled. None of it tells progress.

    Raises
    ------
    ExtractError
        Where no boundary or several have that name, or its outline is cut off or not closed.
    """
    with reading([extract]):
        known = list(_boundaries(extract))
        found = [boundary for boundary in known if boundary.answers(text)]
        if not found:
            raise _unknown(extract, text, known)
        with TemporaryDirectory() as scratch:
            outlines = Path(scratch) / "outlines.osm.pbf"
            _write_outlines(extract, found, outlines)
            return Outline(text, _only_shape(extract, text, found, outlines))


def _boundaries(extract: Path) -> Iterator[Boundary]:
    for relation in _relations(extract):
        tags = relation.tags
        if tags.get("type") in KINDS:
            names = (name.strip() for key in NAME_TAGS for name in tags.get(key, "").split(";"))
            ways = tuple(member.ref for member in relation.members if member.type == "w")
            told = tuple(dict.fromkeys(name for name in names if name))
            yield Boundary(relation.id, told, tags.get("admin_level", ""), ways)


def _relations(extract: Path) -> Any:
    import osmium

    administrative = osmium.filter.TagFilter(("boundary", "administrative"))
    return osmium.FileProcessor(extract, osmium.osm.RELATION).with_filter(administrative)


def _write_outlines(extract: Path, boundaries: Sequence[Boundary], target: Path) -> None:
    """Write boundaries with their ways and nodes; districts that one names are not its outline."""
    import osmium

    wanted = {boundary.id for boundary in boundaries}
    with osmium.BackReferenceWriter(target, extract) as writer:
        for relation in _relations(extract):
            if relation.id in wanted:
                ways = [member for member in relation.members if member.type == "w"]
                writer.add(relation.replace(members=ways))


def _shapes(outlines: Path) -> Iterator[tuple[int, Any]]:
    """Give each boundary that is whole and closed, by its id."""
    import osmium
    import shapely  # type: ignore[import-untyped]

    wkb = osmium.geom.WKBFactory()
    for item in osmium.FileProcessor(outlines).with_areas():
        if not isinstance(item, osmium.osm.Area) or item.from_way():
            continue
        if item.num_rings()[0]:  # none where it is not closed
            yield item.orig_id(), shapely.from_wkb(wkb.create_multipolygon(item))


def _only_shape(extract: Path, text: str, found: Sequence[Boundary], outlines: Path) -> Any:
    shapes = dict(_shapes(outlines))
    if len(found) > 1:
        raise _several(text, found, shapes)
    if found[0].id not in shapes:
        raise _unclosed(extract, found[0], outlines)
    return shapes[found[0].id]


def _unknown(extract: Path, text: str, known: Sequence[Boundary]) -> ExtractError:
    names = sorted({name for boundary in known for name in boundary.names})
    near = [name for name in names if text in name][:NEAREST]
    near = near or get_close_matches(text, names, NEAREST, 0.5) or names[:NEAREST]
    told = f"; near it are {', '.join(near)}" if near else ", and no other either"
    return ExtractError(f"{extract.name} has no administrative boundary {text!r}{told}")


def _several(text: str, found: Sequence[Boundary], shapes: dict[int, Any]) -> ExtractError:
    lines = [
        f"  {one.names[0]}@{one.level}  r{one.id}  {_centre(shapes.get(one.id))}"
        for one in found[:MOST_LISTED]
    ]
    more = [f"  and {len(found) - MOST_LISTED} more"] if len(found) > MOST_LISTED else []
    one = found[0]
    return ExtractError(
        f"{len(found)} boundaries are called {text!r}; name one by its admin_level, as in "
        f"{one.names[0]}@{one.level}, or by its number, as in r{one.id}:\n"
        + "\n".join(lines + more)
    )


def _centre(shape: Any) -> str:
    if shape is None:
        return "outline not whole in this file"
    west, south, east, north = shape.bounds
    return f"around {(south + north) / 2:.3f}, {(west + east) / 2:.3f}"


def _unclosed(extract: Path, boundary: Boundary, outlines: Path) -> ExtractError:
    import osmium

    present = sum(1 for _ in osmium.FileProcessor(outlines, osmium.osm.WAY))
    absent = len(set(boundary.ways)) - present
    why = f"{absent} of its {present + absent} ways are absent" if absent else "it is not closed"
    return ExtractError(
        f"the boundary {boundary.names[0]!r} (r{boundary.id}) is not whole in {extract.name}: "
        f"{why}. Take an extract that holds all of it, or cut by --bbox"
    )
