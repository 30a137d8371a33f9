"""The pieces of a mode's streets that its main part does not hold, and why each is cut off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from routing.point import Point
from routing.roads import RoadNetwork
from routing.speeds import MODES
from routing.travel import Mode

if TYPE_CHECKING:
    import networkx as nx

    Streets = nx.DiGraph[int]


class Cause(StrEnum):
    """Why a piece of streets cannot be driven to and back from."""

    ACCESS = "access"
    EDGE = "edge"
    ONE_WAY_END = "one_way_end"
    NO_WAY_OUT = "no_way_out"
    NO_WAY_IN = "no_way_in"
    ONE_WAY = "one_way"
    ISLAND = "island"


STREETS_NAMED = 3

EXPLANATIONS = {
    Cause.ACCESS: "reached only past a gate or over streets closed to it (private, no)",
    Cause.EDGE: "its streets go on beyond the edge of the extract",
    Cause.ONE_WAY_END: "a one-way street begins or ends there, as where an extract is cut",
    Cause.NO_WAY_OUT: "one-way streets lead in and none leads out",
    Cause.NO_WAY_IN: "one-way streets lead out and none leads in",
    Cause.ONE_WAY: "one-way streets lead in and out, and do not join there",
    Cause.ISLAND: "no street leads there",
}


@dataclass(frozen=True, slots=True)
class CutOff:
    """A connected piece of streets that the main part does not hold."""

    cause: Cause
    nodes: int
    km: float
    streets: tuple[str, ...]
    at: Point


class ModeStreets:
    """One mode's streets as graphs: the open ones, and all with those closed by a tag."""

    def __init__(self, network: RoadNetwork, mode: Mode) -> None:
        self._network = network
        self._is_main = network.main_nodes(mode)
        self._open_arcs = network.open_arcs(mode)
        is_barred = network.way_barred[MODES.index(mode)][network.way]
        self._all_arcs = np.union1d(self._open_arcs, np.flatnonzero(is_barred))
        self._open = self._graph(self._open_arcs)
        self._all = self._graph(self._all_arcs)
        self._km = self._segment_km()

    @property
    def main_km(self) -> float:
        """Length of the streets between nodes of the main part."""
        tail, head = self._ends(self._open_arcs)
        return float(self._km[self._open_arcs[self._is_main[tail] & self._is_main[head]]].sum())

    def part_counts(self) -> tuple[int, int]:
        """Return the numbers of strongly and of weakly connected parts of the open streets."""
        import networkx as nx

        return (
            nx.number_strongly_connected_components(self._open),
            nx.number_weakly_connected_components(self._open),
        )

    def cut_off(self) -> list[CutOff]:
        """Return the pieces that remain when the main part is taken away, the longest first."""
        pieces = self._pieces()
        joined = self._joined_if_opened()
        found = [
            self._describe(piece, arcs, self._cause(piece, arcs, joined))
            for piece, arcs in zip(pieces, self._arcs_of(pieces), strict=True)
        ]
        return sorted(found, key=lambda part: (-part.km, part.at.lat, part.at.lon))

    def _ends(self, arcs: NDArray[np.intp]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        return self._network.tail[arcs], self._network.head[arcs]

    def _graph(self, arcs: NDArray[np.intp]) -> Streets:
        import networkx as nx

        graph: Streets = nx.DiGraph()
        tail, head = self._ends(arcs)
        graph.add_edges_from(zip(tail.tolist(), head.tolist(), strict=True))
        return graph

    def _pieces(self) -> list[set[int]]:
        import networkx as nx

        tail, head = self._ends(self._all_arcs)
        tail_is_main, head_is_main = self._is_main[tail], self._is_main[head]
        rest = self._graph(self._all_arcs[~tail_is_main & ~head_is_main])
        rest.add_nodes_from(tail[~tail_is_main & head_is_main].tolist())
        rest.add_nodes_from(head[tail_is_main & ~head_is_main].tolist())
        return list(nx.weakly_connected_components(rest))

    def _arcs_of(self, pieces: list[set[int]]) -> Iterator[NDArray[np.intp]]:
        """Yield the arcs that touch each piece; none touches two."""
        piece_of_node = np.full(len(self._network), -1)
        for number, piece in enumerate(pieces):
            piece_of_node[list(piece)] = number
        tail, head = self._ends(self._all_arcs)
        piece_of_arc = np.maximum(piece_of_node[tail], piece_of_node[head])
        order = np.argsort(piece_of_arc, kind="stable")
        bounds = np.searchsorted(piece_of_arc[order], np.arange(len(pieces) + 1))
        for begin, end in pairwise(bounds):
            yield self._all_arcs[order[begin:end]]

    def _joined_if_opened(self) -> set[int]:
        """Nodes that would belong to the main part if no access tag closed a street.

        Where every street is closed and there is no such part, those of the largest.
        """
        import networkx as nx

        parts = list(nx.strongly_connected_components(self._all))
        main = (part for part in parts if self._is_main[list(part)].any())
        return next(main, max(parts, key=len, default=set()))

    def _cause(self, piece: set[int], arcs: NDArray[np.intp], joined: set[int]) -> Cause:
        if piece <= joined:
            return Cause.ACCESS
        if self._network.is_clipped[list(piece)].any():
            return Cause.EDGE
        if any(not self._all.out_degree(node) or not self._all.in_degree(node) for node in piece):
            return Cause.ONE_WAY_END
        is_open = np.isin(arcs, self._open_arcs)
        leads_in, leads_out = (self._is_main[ends] for ends in self._ends(arcs))
        match bool((leads_in & is_open).any()), bool((leads_out & is_open).any()):
            case True, True:
                return Cause.ONE_WAY
            case True, False:
                return Cause.NO_WAY_OUT
            case False, True:
                return Cause.NO_WAY_IN
        return Cause.ACCESS if (leads_in | leads_out).any() else Cause.ISLAND

    def _describe(self, piece: set[int], arcs: NDArray[np.intp], cause: Cause) -> CutOff:
        network, node, km = self._network, min(piece), self._km[arcs]
        by_name: Counter[str] = Counter()
        for name, length in zip(network.way_name[network.way[arcs]].tolist(), km, strict=True):
            by_name[name] += length
        del by_name[""]
        streets = tuple(name for name, _ in (+by_name).most_common(STREETS_NAMED))
        at = Point(float(network.lat[node]), float(network.lon[node]))
        return CutOff(cause, len(piece), float(km.sum()), streets, at)

    def _segment_km(self) -> NDArray[np.float64]:
        """float64[m]: km of each arc, zero for the second direction of a segment and for rides."""
        network, arcs = self._network, self._all_arcs
        ends = np.sort(self._ends(arcs), axis=0)
        order = np.lexsort((*ends, network.way[arcs]))
        keys = np.vstack((ends, network.way[arcs]))[:, order]
        is_first = np.ones(len(arcs), bool)
        is_first[1:] = (np.diff(keys) != 0).any(axis=0)
        counted = arcs[order[is_first]]
        km = np.zeros(len(network.tail))
        km[counted] = network.length_dm[counted] / 10_000
        return km * network.is_street
