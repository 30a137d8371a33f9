"""The streets of a road network as the map draws them: each once, long, of one class and name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from data.maps.feature import Feature, Layer
from data.maps.kinds import ROADS
from routing.lines import Line
from routing.roads import RoadNetwork

_CLASS_OF = {highway: kind for kind, (_, some) in ROADS.items() for highway in some}
_LINK = "_link"


class _Street(NamedTuple):
    """What lines have in common that are drawn as one; `crossing` is bridge, tunnel or ''."""

    kind: str
    name: str
    crossing: str
    is_link: bool


def street_features(roads: RoadNetwork, crossings: Mapping[int, str]) -> list[Feature]:
    """Return the streets of a network, each drawn once whatever its directions."""
    found: dict[_Street, list[Line]] = defaultdict(list)
    streets = [_street(roads, way, crossings) for way in range(len(roads.way_id))]
    for way, line in _way_lines(roads):
        if street := streets[way]:
            found[street].append(line)
    return [
        _feature(street, line) for street, lines in sorted(found.items()) for line in _merged(lines)
    ]


def _street(roads: RoadNetwork, way: int, crossings: Mapping[int, str]) -> _Street | None:
    highway = str(roads.way_class[way])
    kind = _CLASS_OF.get(highway.removesuffix(_LINK))
    if kind is None:
        return None
    crossing = crossings.get(int(roads.way_id[way]), "")
    return _Street(kind, str(roads.way_name[way]), crossing, highway.endswith(_LINK))


def _feature(street: _Street, line: Any) -> Feature:
    from_zoom, _ = ROADS[street.kind]
    more: dict[str, str | int] = {"crossing": street.crossing} if street.crossing else {}
    if street.is_link:
        more["link"], from_zoom = 1, max(from_zoom, 11)
    return Feature(Layer.ROADS, street.kind, line, from_zoom, street.name, more)


def _way_lines(roads: RoadNetwork) -> Iterable[tuple[int, Line]]:
    """Yield the lines of each way: its arcs end to end, those of the way back left out."""
    ends = np.sort(np.column_stack((roads.tail, roads.head)), axis=1)
    pieces = np.column_stack((roads.way, ends)).astype(np.int64)
    _, first = np.unique(pieces, axis=0, return_index=True)
    arcs = first[np.lexsort((first, roads.way[first]))]
    place = np.column_stack((roads.lon, roads.lat))
    start, end, way = place[roads.tail[arcs]], place[roads.head[arcs]], roads.way[arcs]
    # Beside a barrier two nodes share one place: the line goes on there.
    goes_on = (start[1:] == end[:-1]).all(axis=1) & (way[1:] == way[:-1])
    for run in np.split(np.arange(len(arcs)), np.flatnonzero(~goes_on) + 1):
        yield int(way[run[0]]), np.vstack((start[run], end[run[-1:]]))


def _merged(lines: list[Line]) -> Iterable[Any]:
    """Join lines that go on from each other: a name finds room along a long one."""
    import shapely  # type: ignore[import-untyped]

    of_line = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    together = shapely.multilinestrings(shapely.linestrings(np.concatenate(lines), indices=of_line))
    return list(shapely.get_parts(shapely.line_merge(together)))
