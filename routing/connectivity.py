"""What an extract's roads leave out of reach, and why: the report a new city is read by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from routing.point import Point
from routing.roads import RoadNetwork
from routing.speeds import MODES
from routing.travel import Mode

if TYPE_CHECKING:
    import networkx as nx


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


@dataclass(frozen=True, slots=True)
class ModeReport:
    """How one mode's roads hang together.

    `strong_parts` can each be toured by the rules of the road; `weak_parts` hang together only
    without them. `cut_off` lists the longest pieces, `unlisted` counts the rest.
    """

    mode: Mode
    km: float
    main_km: float
    strong_parts: int
    weak_parts: int
    cut_off: tuple[CutOff, ...]
    unlisted: int


@dataclass(frozen=True, slots=True)
class ConnectivityReport:
    """How the roads of `source` hang together, by mode."""

    source: str
    modes: tuple[ModeReport, ...]

    def lines(self) -> Iterator[str]:
        """Yield the report as lines of text."""
        for report in self.modes:
            share = report.main_km / report.km if report.km else 0
            yield (
                f"{report.mode}: {report.main_km:,.1f} of {report.km:,.1f} km ({share:.0%}) in the "
                f"main part; {report.strong_parts:,} parts by the rules of the road, "
                f"{report.weak_parts:,} without them"
            )
            for part in report.cut_off:
                streets = ", ".join(part.streets) or "streets without a name"
                yield (
                    f"  cut off: {part.km:,.1f} km of {streets} near {part.at.lat:.5f}, "
                    f"{part.at.lon:.5f}: {EXPLANATIONS[part.cause]}"
                )
            if report.unlisted:
                yield f"  and {report.unlisted:,} smaller ones"


def connectivity_report(network: RoadNetwork, *, most: int = 10) -> ConnectivityReport:
    """Return which streets of each mode are cut off from the main part, and why.

    At most `most` pieces are listed per mode, the longest first.
    """
    return ConnectivityReport(
        network.source, tuple(_ModeRoads(network, mode).report(most) for mode in MODES)
    )


class _ModeRoads:
    """One mode's streets as graphs: the open ones, and all with those closed by a tag."""

    def __init__(self, network: RoadNetwork, mode: Mode) -> None:
        self._network = network
        self._mode = mode
        self._is_main = network.main_nodes(mode)
        self._open_arcs = network.open_arcs(mode)
        is_barred = network.way_barred[MODES.index(mode)][network.way]
        self._all_arcs = np.union1d(self._open_arcs, np.flatnonzero(is_barred))
        self._open = self._graph(self._open_arcs)
        self._all = self._graph(self._all_arcs)
        self._km = self._segment_km()

    def report(self, most: int) -> ModeReport:
        import networkx as nx

        arcs, network = self._open_arcs, self._network
        in_main = arcs[self._is_main[network.tail[arcs]] & self._is_main[network.head[arcs]]]
        main_km = float(self._km[in_main].sum())
        cut_off = sorted(self._cut_off(), key=lambda part: (-part.km, part.at.lat, part.at.lon))
        return ModeReport(
            mode=self._mode,
            km=main_km + sum(part.km for part in cut_off),
            main_km=main_km,
            strong_parts=nx.number_strongly_connected_components(self._open),
            weak_parts=nx.number_weakly_connected_components(self._open),
            cut_off=tuple(cut_off[:most]),
            unlisted=max(0, len(cut_off) - most),
        )

    def _graph(self, arcs: NDArray[np.intp]) -> nx.DiGraph[int]:
        import networkx as nx

        graph: nx.DiGraph[int] = nx.DiGraph()
        tails, heads = self._network.tail[arcs].tolist(), self._network.head[arcs].tolist()
        graph.add_edges_from(zip(tails, heads, strict=True))
        return graph

    def _cut_off(self) -> Iterator[CutOff]:
        """Yield the pieces that remain when the main part is taken away."""
        import networkx as nx

        network = self._network
        tail, head = network.tail[self._all_arcs], network.head[self._all_arcs]
        rest = self._graph(self._all_arcs[~self._is_main[tail] & ~self._is_main[head]])
        beside_main = np.concatenate((tail[self._is_main[head]], head[self._is_main[tail]]))
        rest.add_nodes_from(beside_main[~self._is_main[beside_main]].tolist())
        pieces = list(nx.weakly_connected_components(rest))
        piece_of_node = np.full(len(network), -1)
        for number, piece in enumerate(pieces):
            piece_of_node[list(piece)] = number
        # A segment has nodes of one piece at most; the main part's nodes count as -1.
        arcs = self._all_arcs
        piece_of_arc = np.maximum(piece_of_node[tail], piece_of_node[head])
        order = np.argsort(piece_of_arc, kind="stable")
        bounds = np.searchsorted(piece_of_arc[order], np.arange(len(pieces) + 1))
        joined = self._joined_if_opened()
        for number, piece in enumerate(pieces):
            own = arcs[order[bounds[number] : bounds[number + 1]]]
            yield self._describe(piece, own, self._cause(piece, own, joined))

    def _joined_if_opened(self) -> set[int]:
        """Nodes that would belong to the main part if no access tag closed a street."""
        import networkx as nx

        parts = nx.strongly_connected_components(self._all)
        return next((part for part in parts if self._is_main[list(part)].any()), set())

    def _cause(self, piece: set[int], arcs: NDArray[np.intp], joined: set[int]) -> Cause:
        if piece <= joined:
            return Cause.ACCESS
        if self._network.is_clipped[list(piece)].any():
            return Cause.EDGE
        if any(not self._all.out_degree(node) or not self._all.in_degree(node) for node in piece):
            return Cause.ONE_WAY_END
        is_open = np.isin(arcs, self._open_arcs)
        leads_in = self._is_main[self._network.tail[arcs]]
        leads_out = self._is_main[self._network.head[arcs]]
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
        streets = tuple(name for name, _ in by_name.most_common(STREETS_NAMED))
        at = Point(float(network.lat[node]), float(network.lon[node]))
        return CutOff(cause, len(piece), float(km.sum()), streets, at)

    def _segment_km(self) -> NDArray[np.float64]:
        """float64[m]: km of each arc, zero for the second direction of a segment."""
        network, arcs = self._network, self._all_arcs
        ends = np.sort((network.tail[arcs], network.head[arcs]), axis=0)
        order = np.lexsort((*ends, network.way[arcs]))
        keys = np.vstack((ends, network.way[arcs]))[:, order]
        is_first = np.ones(len(arcs), bool)
        is_first[1:] = (np.diff(keys) != 0).any(axis=0)
        counted = arcs[order[is_first]]
        km = np.zeros(len(network.tail))
        km[counted] = network.length_dm[counted] / 10_000
        return km
