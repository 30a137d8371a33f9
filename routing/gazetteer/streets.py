"""From named ways and houses to streets: pieces by area, joined where they are near."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from routing.gazetteer.areas import NO_LEVEL, AreaName
from routing.gazetteer.circle import Circle, Coordinates, circle_around
from routing.gazetteer.course import STEP_M, Course
from routing.gazetteer.extract import Extract, House, Named
from routing.gazetteer.near import dense
from routing.gazetteer.outlines import areas_touched
from routing.gazetteer.text import name_key

CELL_DEG = 0.005
"""About 550 m of latitude: ways of one name in neighbouring cells are one street."""

Cell = tuple[int, int]


@dataclass
class Piece:
    """The part of a street that touches the same areas.

    Pieces of one `key` and one `component` belong to one street; another component is another
    street of that name.
    """

    key: str
    component: int
    areas: frozenset[AreaName]
    names: dict[str, None] = field(default_factory=dict)  # in the order they were read
    ways: list[Coordinates] = field(default_factory=list)
    houses: list[House] = field(default_factory=list)

    @cached_property
    def course(self) -> Course:
        """Where it runs: empty where only houses tell of it."""
        return Course.of(self.ways)

    @property
    def points(self) -> Coordinates:
        """Points along it, of its houses where it is not drawn."""
        return self.course.points or [(h.circle.lat, h.circle.lon) for h in self.houses]

    @property
    def circle(self) -> Circle:
        return circle_around(self.points, on_a_point=True)


def tagged_areas(houses: Sequence[House]) -> frozenset[AreaName]:
    """Return the areas that the houses of a street are tagged with.

    The few houses that name their town do not tell where the others are: an area that excludes
    others counts where at least half of the houses have one of its level.
    """
    found = Counter(area for house in houses for area in house.areas)
    levels = Counter(level for house in houses for level in {a.level for a in house.areas})
    told = {level for level, count in levels.items() if 2 * count >= len(houses)} | {NO_LEVEL}
    return frozenset(area for area in found if area.level in told)


def street_pieces(extract: Extract) -> list[Piece]:
    """Sort all named ways and all houses that tell their street into pieces."""
    lines = list(_lines(extract))
    areas = areas_touched([line.points for line in lines], extract.regions)
    pieces: dict[tuple[str, int, frozenset[AreaName]], Piece] = {}
    for line, inside, component in zip(lines, areas, _components(lines), strict=True):
        new = Piece(line.key, component, inside)
        piece = pieces.setdefault((line.key, component, inside), new)
        piece.names.update(dict.fromkeys(line.names))
        if line.house:
            piece.houses.append(line.house)
        else:
            piece.ways.append(line.points)
    return list(pieces.values())


@dataclass(frozen=True, slots=True)
class _Line:
    """A way, or a house as a point of its street."""

    key: str
    names: tuple[str, ...]
    points: Coordinates
    house: House | None = None


def _lines(extract: Extract) -> Iterator[_Line]:
    aliases = _aliases(extract.streets)
    for way in extract.streets:
        yield _Line(name_key(way.names[0]), way.names, dense(way.points, STEP_M))
    for house in extract.houses:
        key = name_key(house.street)
        point = (house.circle.lat, house.circle.lon)
        yield _Line(aliases.get(key, key), (house.street,), [point], house)


def _aliases(streets: Sequence[Named]) -> dict[str, str]:
    """Return the common key for each other name that is no street's common one."""
    common = {name_key(way.names[0]) for way in streets}
    others = ((name_key(name), way) for way in streets for name in way.names[1:])
    return {key: name_key(way.names[0]) for key, way in others if key not in common}


def _components(lines: Sequence[_Line]) -> list[int]:
    """Number the groups of lines of one name that touch the same or neighbouring cells."""
    import networkx as nx

    graph: nx.Graph[object] = nx.Graph()
    for i, line in enumerate(lines):
        graph.add_edges_from((i, (line.key, cell)) for cell in _cells(line.points))
    for key, cell in [node for node in graph if isinstance(node, tuple)]:
        neighbours = ((key, other) for other in _neighbours(cell))
        graph.add_edges_from(((key, cell), other) for other in neighbours if other in graph)
    groups = enumerate(nx.connected_components(graph))
    numbers = {node: number for number, group in groups for node in group}
    return [numbers[i] for i in range(len(lines))]


def _cells(points: Coordinates) -> set[Cell]:
    return {(int(lat // CELL_DEG), int(lon // CELL_DEG)) for lat, lon in points}


def _neighbours(cell: Cell) -> Iterable[Cell]:
    row, column = cell
    return ((row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j)
