"""The main streets of a map sheet, and the shortest way along them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from data.towns.ground import UNITS_PER_DEGREE
from data.towns.sheet import Sheet, Way
from routing.point import distances_m

LONGER = {"primary": 1.0, "secondary": 1.1, "tertiary": 1.4}
"""How much longer a street counts, by its class: a bus keeps to the great ones."""


class MainStreets:
    """Streets that a bus may use both ways, by the numbers of the sheet's nodes."""

    def __init__(self, sheet: Sheet) -> None:
        from scipy.sparse import coo_array

        ways = [way for way in sheet.ways if is_main(way)]
        self._lat, self._lon = sheet.lat / UNITS_PER_DEGREE, sheet.lon / UNITS_PER_DEGREE
        self._taken = {node for way in ways if "bridge" in way.tags for node in way.nodes[1:-1]}
        self._taken |= sheet.node_tags.keys()
        steps_m = [self._steps_m(way.nodes) * LONGER[way.tags["highway"]] for way in ways]
        tail, head = np.array([step for way in ways for step in pairwise(way.nodes)]).T
        size = self._lat.size + 1  # nodes are numbered from 1
        self._graph = coo_array((np.concatenate(steps_m), (tail, head)), (size, size)).tocsr()

    def way(self, start: int, end: int) -> list[int]:
        """Return the nodes of the shortest way between two; none where there is no way."""
        from scipy.sparse.csgraph import dijkstra

        _, before = dijkstra(self._graph, False, [start], return_predecessors=True)
        nodes = [end]
        while nodes[-1] != start:
            if before[0, nodes[-1]] < 0:
                return []
            nodes.append(int(before[0, nodes[-1]]))
        return nodes[::-1]

    def along_m(self, way: Sequence[int]) -> NDArray[np.float64]:
        """float64[n]: how far along `way` each of its nodes lies."""
        return np.append(0.0, np.cumsum(self._steps_m(way)))

    def straight_m(self, start: int, end: int) -> float:
        return float(self._steps_m((start, end))[0])

    def is_free(self, node: int) -> bool:
        """Whether a stop may be there: no bridge, no light, no gate."""
        return node not in self._taken

    def _steps_m(self, nodes: Sequence[int]) -> NDArray[np.float64]:
        at = np.array(nodes) - 1
        lat, lon = self._lat[at], self._lon[at]
        return distances_m(lat[:-1], lon[:-1], lat[1:], lon[1:])


def is_main(way: Way) -> bool:
    is_open = "oneway" not in way.tags or way.tags.get("oneway:bus") == "no"
    return is_open and way.tags.get("highway") in LONGER
