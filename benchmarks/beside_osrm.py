"""Matrices of Hong Kong Island beside OSRM's table of the same places on the same streets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.measure import Figures
from benchmarks.osrm_process import Osrm, osrm_python
from benchmarks.road_graphs import Graph, hong_kong, hong_kong_rows, least_told, timed
from benchmarks.road_turns import amid, matrix, turning

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from routing.hierarchy import Hierarchy
    from routing.kernels.climbing import Ends
    from routing.traffic import Traffic

PLACES = 1000
THREADS = {"": 2, " on one thread": 1}
OURS = tuple(f"{kind}1000²{threads}" for kind in ("", "with turns ") for threads in THREADS)

DRIVEN = 0.8
"""How much of a street's `maxspeed` OSRM's profile of cars drives."""

ALIKE = 0.05
"""How far the middle of its times may be from ours, in parts: it rounds, and minds sides."""


@dataclass(frozen=True)
class Island:
    """The graph with its nodes' degrees, and who answers matrices of it, with and without turns."""

    graph: Graph
    at: NDArray[np.float64]
    plain: Hierarchy
    turned: Traffic
    osrm: Osrm


@cache
def island() -> Island:
    """Build all once; OSRM's data takes a minute."""
    from routing.contraction import build_hierarchy, compile_roads
    from routing.legs import duration_keys

    osrm_python()
    compile_roads()
    graph, at = hong_kong(), hong_kong_rows("co")
    with TemporaryDirectory(prefix="dayround-") as folder:
        extract = Path(folder) / "island.osm"
        write_osm(graph, at, hong_kong_rows("road-d")[:, 2], extract)
        osrm = Osrm(extract)  # which holds the data from now on
    turned = turning(graph._replace(key=duration_keys(graph.key)), at)
    return Island(graph, at, build_hierarchy(*graph), turned, osrm)


def figures(seed: int) -> Figures:
    """Return what matrices of a thousand places take, by turns; each place lies amid a street."""
    from routing.legs import durations_ms

    here = island()
    tail, head = here.graph.tail, here.graph.head
    along = np.random.default_rng(seed).choice(np.flatnonzero(tail < head), PLACES, replace=False)
    streets = np.column_stack((along, twins(here.graph)[along]))
    theirs_s = here.osrm.first_row_s((here.at[tail[along]] + here.at[head[along]]) / 2)
    plain = partial(here.plain.keys, *plain_ends(here.graph, streets))
    turned = partial(matrix, here.turned, amid(here.graph, along))
    check_alike(durations_ms(turned(1)[0]), theirs_s)
    works = [timed(partial(work, n)) for work in (plain, turned) for n in THREADS.values()]
    taken = least_told(*works, here.osrm.table_s)
    told = dict(zip((*OURS, "OSRM table_s"), taken, strict=True))
    return told | {"OSRM build_s": here.osrm.build_s, "roads": len(here.turned.roads)}


def twins(graph: Graph) -> NDArray[np.intp]:
    """Return the arc back of each arc, where every arc has one."""
    back = np.empty(len(graph.tail), np.intp)
    back[np.lexsort((graph.tail, graph.head))] = np.lexsort((graph.head, graph.tail))
    return back


def plain_ends(graph: Graph, streets: NDArray[np.intp]) -> tuple[Ends, Ends]:
    """Return how ways begin and end amid streets, intp[k, 2]: the arc along each, and back."""
    half = graph.key[streets] // 2
    return ends(graph.head[streets], half), ends(graph.tail[streets], half)


def ends(nodes: NDArray[np.int32], keys: NDArray[np.int64]) -> Ends:
    """Return k ends of two nodes each, [k, 2]."""
    from routing.kernels.climbing import Ends

    return Ends(np.arange(0, nodes.size + 1, 2), nodes.ravel(), keys.ravel())


def check_alike(ours_ms: NDArray[np.int64], theirs_s: list[float]) -> None:
    """Raise RuntimeError where OSRM has read something else than we have."""
    ours, theirs = np.median(ours_ms) / 1000, np.median(theirs_s)
    if abs(theirs / ours - 1) > ALIKE:
        raise RuntimeError(f"OSRM takes {theirs:g} s where we take {ours:g}: another graph")


def write_osm(
    graph: Graph, at: NDArray[np.float64], length_m: NDArray[np.float64], file: Path
) -> None:
    """Write each pair of arcs as a street with the `maxspeed` at which it takes OSRM as long."""
    import osmium

    streets = zip(graph.tail.tolist(), graph.head.tolist(), length_m, graph.key, strict=True)
    with osmium.SimpleWriter(str(file)) as writer:
        for number, (lat, lon) in enumerate(at.tolist(), start=1):
            writer.add_node(osmium.osm.mutable.Node(id=number, location=(lon, lat)))
        for number, (a, b, metres, key) in enumerate(streets, start=1):
            if a < b:
                speed_kph = metres / max(key, 1) * 3600 / DRIVEN
                tags = {"highway": "residential", "maxspeed": f"{speed_kph:.3g}"}
                writer.add_way(osmium.osm.mutable.Way(id=number, nodes=[a + 1, b + 1], tags=tags))
