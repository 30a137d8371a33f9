"""A graph in which turns cost, as OSRM's profile of cars has it: every junction is expanded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks.road_graphs import Graph, milli

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from routing.chains import Chains
    from routing.expanding import Expanded

TURN_S, BACK_S = 7.5, 27.5
"""The most that a turn costs, and a turn back."""

STEEPNESS, MIDDLE_DEG = 13 / 180, 90
"""How the cost grows with the angle: little up to 45°, half of all at 90°."""


class Turning(NamedTuple):
    """The streets of a graph between its junctions, and the graph with a node for each."""

    roads: Chains
    expanded: Expanded

    @property
    def graph(self) -> Graph:
        return Graph(*(getattr(self.expanded, name) for name in ("n", "tail", "head", "key")))


def turning(graph: Graph, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> Turning:
    """Return a graph whose turns cost; positions are float64[n]."""
    from routing.chains import chains
    from routing.expanding import all_turns, expand, turns

    n, tail, head, key = graph
    _, way = np.unique(np.minimum(tail, head) * n + np.maximum(tail, head), return_inverse=True)
    roads = chains(n, tail, head, key, way.astype(np.int32), np.zeros(n, bool))
    heading = headings_deg(graph, lat, lon)
    begins, ends = roads.arcs[roads.first[:-1]], roads.arcs[roads.first[1:] - 1]
    into, out = all_turns(roads, n)
    turn_key = milli(turn_cost_s(heading[begins[out]] - heading[ends[into]]))
    back_key = round(BACK_S * 1000)
    allowed = turns(roads, n, turn_key, back_key, np.zeros(len(into), bool))
    return Turning(roads, expand(roads, n, allowed, back_key))


def headings_deg(
    graph: Graph, lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> NDArray[np.float64]:
    """float64[m]: where each arc leads, clockwise from the north."""
    _, tail, head, _ = graph
    east = (lon[head] - lon[tail]) * np.cos(np.radians(lat[tail]))
    angles: NDArray[np.float64] = np.degrees(np.arctan2(east, lat[head] - lat[tail]))
    return angles


def turn_cost_s(by_deg: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what turns by so many degrees cost, to either side."""
    sharp = np.abs((by_deg + 180) % 360 - 180)
    costs: NDArray[np.float64] = TURN_S / (1 + np.exp(STEEPNESS * (MIDDLE_DEG - sharp)))
    return costs
