"""A graph in which turns cost, as OSRM's profile of cars has it: every junction is expanded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.measure import Figures
from benchmarks.road_graphs import (
    SWEEPS,
    Graph,
    graph_of,
    least,
    scipy_sweep,
    timed,
    town_roads,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from routing.snapping import Snapped
    from routing.traffic import Traffic

TURN_S, BACK_S = 7.5, 27.5
"""The most that a turn costs, and a turn back."""


def turning(graph: Graph, at: NDArray[np.float64]) -> Traffic:
    """Return a graph whose turns cost; `at` are degrees, float64[n, 2], keys those of legs.py."""
    from routing.chains import chains
    from routing.contraction import build_hierarchy
    from routing.expanding import all_turns, expand, turns
    from routing.legs import duration_keys
    from routing.traffic import Traffic
    from routing.turning import turn_ms

    n, tail, head, key = graph
    _, way = np.unique(np.minimum(tail, head) * n + np.maximum(tail, head), return_inverse=True)
    roads = chains(n, tail, head, key, way.astype(np.int32), np.zeros(n, bool))
    heading = headings_deg(graph, at)
    begins, ends = roads.arcs[roads.first[:-1]], roads.arcs[roads.first[1:] - 1]
    into, out = all_turns(roads, n)
    by_deg = heading[begins[out]] - heading[ends[into]]
    turn_key = duration_keys(turn_ms(np.abs((by_deg + 180) % 360 - 180), TURN_S))
    back_key = int(duration_keys(np.array([1000 * BACK_S]))[0])
    allowed = turns(roads, n, turn_key, back_key, np.zeros(len(into), bool))
    grown = expand(roads, n, allowed, back_key)
    hierarchy = build_hierarchy(grown.n, grown.tail, grown.head, grown.keys(roads))
    return Traffic(tail, head, key, roads, grown, hierarchy)


def headings_deg(graph: Graph, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """float64[m]: where each arc leads, clockwise from the north."""
    (lat, lon), (_, tail, head, _) = at.T, graph
    east = (lon[head] - lon[tail]) * np.cos(np.radians(lat[tail]))
    angles: NDArray[np.float64] = np.degrees(np.arctan2(east, lat[head] - lat[tail]))
    return angles


def amid(graph: Graph, arcs: NDArray[np.intp]) -> Snapped:
    """Return the places in the middle of some arcs."""
    from routing.snapping import Snapped

    nowhere = np.zeros(len(arcs))
    tail, head = graph.tail[arcs].astype(np.int64), graph.head[arcs].astype(np.int64)
    return Snapped(tail, head, np.full(len(arcs), 0.5), nowhere, nowhere, nowhere, off_road={})


def matrix(traffic: Traffic, places: Snapped, threads: int) -> NDArray[np.int64]:
    """Return the keys between places, with all that it takes to come to them."""
    return traffic.keys(traffic.going(places, threads), traffic.coming(places, threads))


def figures(nodes: int) -> Figures:
    """Return what building takes where every turn of a made-up town costs, and where some do."""
    from routing.contraction import compile_roads

    compile_roads()
    roads = town_roads(nodes)
    graph, network = graph_of(roads), roads.network
    at = np.column_stack((network.lat, network.lon))
    everywhere_s, ours_s = (timed(work)() for work in (partial(turning, graph, at), roads.build))
    sweep_s = least(scipy_sweep(graph))[0] / SWEEPS
    return {"build_s": ours_s, "all turns build_s": everywhere_s, "SciPy sweep_s": sweep_s}
