"""Graphs to measure roads on, and what our hierarchy and SciPy take for them, in one process."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks.measure import Figures, NotHereError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from routing.hierarchy import Hierarchy
    from routing.mode_roads import ModeRoads

SWEEPS = 20
"""Rows that SciPy is timed for; a matrix is so many rows longer."""

POINTS = (250, 500, 1000, 2000, 4000)
"""Places of a matrix."""

TIMES = 5
"""How often ours is timed, by turns with SciPy; the least time counts."""


class Graph(NamedTuple):
    """n nodes and arcs with keys, as `build_hierarchy` takes them."""

    n: int
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    key: NDArray[np.int64]


def extracts() -> Path:
    """Return the folder of real roads."""
    return Path(os.environ.get("DAYROUND_EXTRACTS", "../shared/data"))


def hong_kong() -> Graph:
    """Return Hong Kong Island: 43,620 nodes, 91,542 arcs with thousandths of a second."""
    arcs = hong_kong_rows("road-t")
    tail, head = arcs[:, :2].astype(np.int32).T
    return Graph(int(max(tail.max(), head.max())) + 1, tail, head, milli(arcs[:, 2]))


def hong_kong_rows(kind: str) -> NDArray[np.float64]:
    """Return the rows of one of Hong Kong's files.

    "co" has latitudes and longitudes of nodes; "road-t" and "road-d" have tails, heads, and
    seconds or metres.
    """
    file = extracts() / "roads" / f"Hongkong.{kind}"
    if not file.is_file():
        raise NotHereError(f"{file} is not there: set DAYROUND_EXTRACTS to the folder of extracts")
    lines = (line.split() for line in file.read_text("utf-8").splitlines() if line[:1] != "#")
    return np.array([line for line in lines if len(line) > 1], float)  # one alone is their number


def town(nodes: int) -> Graph:
    """Return the streets of a made-up town, as a car may use them."""
    return graph_of(town_roads(nodes))


def town_roads(nodes: int) -> ModeRoads:
    """Return the roads of a made-up town for cars."""
    from tempfile import TemporaryDirectory

    from data.towns.map import make_map
    from data.towns.osm_file import write_osm
    from routing.mode_roads import Roads
    from routing.reading import read_roads
    from routing.travel import Mode

    with TemporaryDirectory(prefix="dayround-") as folder:
        file = Path(folder) / "town.osm.pbf"
        write_osm(make_map(1, nodes).sheet, file)
        return Roads(read_roads(file)).of_modes[Mode.CAR]


def graph_of(roads: ModeRoads) -> Graph:
    """Return the roads of a mode, every bend a node."""
    network = roads.network
    return Graph(len(network), network.tail[roads.arcs], network.head[roads.arcs], roads.keys)


def milli(seconds: NDArray[np.float64]) -> NDArray[np.int64]:
    thousandths: NDArray[np.int64] = np.rint(seconds * 1000).astype(np.int64)
    return thousandths


def figures(graph: Graph, threads: int = 2) -> Figures:
    """Return what building, matrices and one more place take, and what SciPy takes, by turns."""
    from routing.contraction import build_hierarchy, compile_roads
    from routing.hierarchy import ends_at

    compile_roads()
    began = perf_counter()
    built = build_hierarchy(*graph)
    build_s = perf_counter() - began
    rng = np.random.default_rng(1)
    places = {k: ends_at(rng.integers(0, graph.n, k)) for k in POINTS}
    works = {k: partial(built.keys, ends, ends, threads) for k, ends in places.items()}
    matrix_s, sweeps_s = least(works.pop(1000), scipy_sweep(graph))
    return {
        "build_s": build_s,
        "1000²_s": matrix_s,
        "SciPy sweep_s": sweeps_s / SWEEPS,
        "SciPy matrix_s": sweeps_s / SWEEPS * 1000,
        **{f"{k}²_s": least(work)[0] for k, work in works.items()},
        "one more_s": one_more_s(built, threads),
        "hierarchy_mb": sum(array.nbytes for array in arrays(built)) / 1e6,
        "nodes": graph.n,
    }


def scipy_sweep(graph: Graph) -> Callable[[], object]:
    """Return what lets SciPy sweep over the graph from some nodes."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    order = np.lexsort((graph.key, graph.head, graph.tail))
    tail, head = graph.tail[order], graph.head[order]
    is_least = np.r_[True, (np.diff(tail) != 0) | (np.diff(head) != 0)]
    entries = graph.key[order][is_least].astype(float), (tail[is_least], head[is_least])
    roads = csr_array(entries, shape=(graph.n, graph.n))
    nodes = np.random.default_rng(2).integers(0, graph.n, SWEEPS)
    return lambda: dijkstra(roads, indices=nodes)


def one_more_s(built: Hierarchy, threads: int) -> float:
    """Return what a row and a column take, where a matrix of a thousand was made before."""
    from routing.hierarchy import ends_at

    rng = np.random.default_rng(3)
    nodes, new = ends_at(rng.integers(0, len(built), 1000)), ends_at(rng.integers(0, len(built), 1))
    going, coming = built.going(nodes, threads), built.coming(nodes, threads)

    def add() -> None:
        built.going(new).keys(coming)
        going.keys(built.coming(new))

    return least(add)[0]


def arrays(built: Hierarchy) -> list[NDArray[np.generic]]:
    return [*built.up, *built.down, built.rank, built.tail, built.head, built.first, built.second]


def least(*works: Callable[[], object]) -> list[float]:
    """Return the least wall time of each, taken by turns, once they are warm."""
    return least_told(*(timed(work) for work in works))


def least_told(*works: Callable[[], float]) -> list[float]:
    """Return the least that each tells of itself, asked by turns, once they are warm."""
    told = [[work() for work in works] for _ in range(TIMES + 1)]
    return [min(taken) for taken in zip(*told[1:], strict=True)]


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """Return what does the work and tells its wall time."""

    def seconds() -> float:
        began = perf_counter()
        work()
        return perf_counter() - began

    return seconds
