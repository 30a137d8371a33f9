"""Ways in a hierarchy, against SciPy and NetworkX: the same keys, to the last digit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from routing import contraction, hierarchy
from routing.contraction import build_hierarchy
from routing.hierarchy import NO_WAY, Hierarchy, ends_at
from routing.kernels.climbing import Ends
from routing.travel import Mode
from tests.routing.real_roads import roads_of
from tests.routing.test_reading import NAMES
from tests.slowly import slowly

OF_MODES = [(name, mode) for name in NAMES for mode in Mode]
LARGEST = "vancouver.osm.pbf"
SELDOM = [
    (name, mode) for name, mode in OF_MODES if name == LARGEST or mode not in (Mode.CAR, Mode.WALK)
]
"""Between the roads of those who drive and of those who walk; and the largest extract's."""

Graph = tuple[int, NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]


def graph(n: int, arcs: list[tuple[int, int, int]]) -> Graph:
    tail, head, key = np.array(arcs, np.int64).reshape(-1, 3).T
    return n, tail.astype(np.int32), head.astype(np.int32), key


def by_networkx(given: Graph) -> NDArray[np.int64]:
    """All keys between all nodes."""
    n, tail, head, key = given
    roads: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    roads.add_nodes_from(range(n))
    for a, b, k in zip(tail.tolist(), head.tolist(), key.tolist(), strict=True):
        roads.add_edge(a, b, key=None, weight=k)
    keys = np.full((n, n), NO_WAY)
    for source, found in nx.all_pairs_dijkstra_path_length(roads):
        for target, length in found.items():
            keys[source, target] = length
    return keys


def all_of(n: int) -> Ends:
    return ends_at(np.arange(n))


# Zero and equal keys, parallel arcs, loops, islands and one-way traps come by chance.
graphs = st.integers(1, 12).flatmap(
    lambda n: st.builds(
        graph,
        st.just(n),
        st.lists(
            st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.integers(0, 9)), max_size=50
        ),
    )
)


@given(graphs, st.sampled_from([1, 2]))
@settings(deadline=None, max_examples=150)
def test_keys_are_those_of_networkx(given: Graph, threads: int) -> None:
    n = given[0]
    found = build_hierarchy(*given).keys(all_of(n), all_of(n), threads)
    assert found.tolist() == by_networkx(given).tolist()


@given(graphs)
@settings(deadline=None, max_examples=80)
def test_a_way_goes_arc_by_arc_and_takes_its_key(given: Graph) -> None:
    n, tail, head, key = given
    built, keys = build_hierarchy(*given), by_networkx(given)
    pairs = np.indices((n, n)).reshape(2, -1)
    ways = built.ways(ends_at(pairs[0]), ends_at(pairs[1]))
    for source, target, way in zip(*pairs.tolist(), ways, strict=True):
        if way is None:
            assert keys[source, target] == NO_WAY
            continue
        assert [source, *head[way.arcs].tolist()] == [*tail[way.arcs].tolist(), target]
        assert key[way.arcs].sum() == keys[source, target]


@given(graphs, st.data())
@settings(deadline=None, max_examples=80)
def test_an_end_may_lie_beside_several_nodes(given: Graph, data: st.DataObject) -> None:
    """As a door does in the middle of a street: so much to one end of it, so much to the other."""
    n, keys = given[0], by_networkx(given)
    offsets = st.dictionaries(st.integers(0, n - 1), st.integers(0, 20), max_size=3)
    begins, ends = (data.draw(st.lists(offsets, min_size=1, max_size=3)) for _ in range(2))
    found = build_hierarchy(*given).keys(ends_beside(begins), ends_beside(ends))
    for i, begin in enumerate(begins):
        for j, end in enumerate(ends):
            sums = [
                first + int(keys[a, b]) + last
                for a, first in begin.items()
                for b, last in end.items()
                if keys[a, b] < NO_WAY
            ]
            assert found[i, j] == min(sums, default=NO_WAY)


def ends_beside(offsets: list[dict[int, int]]) -> Ends:
    first = np.cumsum([0, *(len(one) for one in offsets)])
    nodes = [node for one in offsets for node in one]
    keys = [key for one in offsets for key in one.values()]
    return Ends(first, np.array(nodes, np.int32), np.array(keys, np.int64))


def test_where_all_that_has_to_grow_is_as_small_as_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """No room for shortcuts, and none for what a search finds: nothing may be dropped."""
    given = random_graph(np.random.default_rng(5), 300, 1500)
    usual = build_hierarchy(*given).keys(all_of(300), all_of(300))
    monkeypatch.setattr(contraction, "STEPS", 1)
    monkeypatch.setattr(hierarchy, "ROOM", 0)
    assert (build_hierarchy(*given).keys(all_of(300), all_of(300)) == usual).all()
    assert (usual == by_scipy(given, np.arange(300))).all()


def test_searches_that_give_up_early_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    given = random_graph(np.random.default_rng(6), 200, 900)
    usual = build_hierarchy(*given)
    monkeypatch.setattr(contraction, "LIMIT", 1)
    hasty = build_hierarchy(*given)
    assert len(hasty.tail) > len(usual.tail)  # shortcuts that nobody needs
    assert (hasty.keys(all_of(200), all_of(200)) == by_scipy(given, np.arange(200))).all()


@given(graphs, st.data())
@settings(deadline=None, max_examples=150)
def test_any_order_is_exact(given: Graph, data: st.DataObject) -> None:
    n = given[0]
    order = np.array(data.draw(st.permutations(range(n))), np.int32)
    built = build_hierarchy(*given, order=order)
    assert built.rank.tolist() == order.tolist()
    assert built.keys(all_of(n), all_of(n)).tolist() == by_networkx(given).tolist()


def test_other_keys_in_a_given_order_where_there_is_no_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The worst order there is, the most important first, needs far more shortcuts."""
    n, tail, head, key = random_graph(np.random.default_rng(8), 300, 900)
    usual = build_hierarchy(n, tail, head, key)
    given = n, tail, head, key * 3 // 2
    monkeypatch.setattr(contraction, "STEPS", 7)
    hard = build_hierarchy(*given, order=n - 1 - usual.rank)
    assert len(hard.tail) > 2 * len(usual.tail)
    assert (hard.keys(all_of(n), all_of(n)) == by_scipy(given, np.arange(n))).all()


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ([0, 1], r"order has shape \(2,\), expected \(3,\)"),
        ([0, 2, 2], "each rank of 0 … 2 once, not so rank 1"),
        ([0, 1, 3], "each rank of 0 … 2 once, not so rank 2"),
        ([-1, 1, 2], "each rank of 0 … 2 once, not so rank 0"),
    ],
)
def test_what_is_no_order_is_refused(order: list[int], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        build_hierarchy(*graph(3, [(0, 1, 5)]), order=np.array(order, np.int32))


def random_graph(rng: np.random.Generator, n: int, m: int) -> Graph:
    tail, head = rng.integers(0, n, (2, m), np.int32)
    return n, tail, head, rng.integers(0, 1000, m)


def by_scipy(given: Graph, sources: NDArray[np.intp]) -> NDArray[np.int64]:
    """The keys from some nodes to all; of parallel arcs the least counts, zero too."""
    n, tail, head, key = given
    order = np.lexsort((key, head, tail))
    _, first = np.unique(np.stack((tail, head))[:, order], axis=1, return_index=True)
    least = order[first]
    shape: Any = (n, n)
    entries = key[least].astype(float), (tail[least], head[least])
    found = dijkstra(csr_array(entries, shape=shape), indices=sources)
    return np.where(np.isinf(found), float(NO_WAY), found).astype(np.int64)


@pytest.mark.parametrize(("name", "mode"), slowly(OF_MODES, SELDOM))
def test_keys_on_real_roads_are_those_of_scipy(extracts: Path, name: str, mode: Mode) -> None:
    traffic = roads_of(extracts, name).of_modes[mode].traffic
    grown, n = traffic.grown, traffic.grown.n
    rng = np.random.default_rng(3)
    # Anywhere: in one-way traps and on islands too.
    sources, targets = rng.integers(0, n, (2, 40))
    given = n, grown.tail, grown.head, grown.keys(traffic.roads)
    found = traffic.hierarchy.keys(ends_at(sources), ends_at(targets), 2)
    assert (found == by_scipy(given, sources)[:, targets]).all()


@pytest.mark.parametrize("name", slowly(NAMES, [LARGEST]))
def test_slower_roads_in_the_order_of_free_ones(extracts: Path, name: str) -> None:
    roads = roads_of(extracts, name).of_modes[Mode.CAR]
    network, n = roads.network, len(roads.network)
    rng = np.random.default_rng(4)
    slower = roads.keys * rng.choice([10, 13, 18], len(roads.keys)) // 10
    given = n, network.tail[roads.arcs], network.head[roads.arcs], slower
    free = build_hierarchy(*given[:3], roads.keys)
    built = build_hierarchy(*given, order=free.rank)
    sources, targets = rng.integers(0, n, (2, 40))
    found = built.keys(ends_at(sources), ends_at(targets), 2)
    assert (found == by_scipy(given, sources)[:, targets]).all()


@pytest.mark.parametrize("is_given", [False, True])
def test_who_waits_hears_how_far_it_is(is_given: bool) -> None:
    heard: list[tuple[int, int]] = []
    n, tail, head, key = random_graph(np.random.default_rng(7), 5000, 9000)
    order = build_hierarchy(n, tail, head, key).rank if is_given else None
    build_hierarchy(n, tail, head, key, lambda done, total: heard.append((done, total)), order)
    assert heard == sorted(set(heard))
    assert len(heard) >= n // contraction.STEPS
    assert heard[-1] == (n, n)


def test_who_waits_may_stop_it() -> None:
    def stop(done: int, total: int) -> None:
        raise TimeoutError

    given = random_graph(np.random.default_rng(7), 50, 90)
    for order in (None, np.arange(50, dtype=np.int32)):
        with pytest.raises(TimeoutError):
            build_hierarchy(*given, stop, order)


@pytest.mark.parametrize(
    ("keys", "told"),
    [([5, -1], "arc 1 is -1: it must be 0 or more"), ([1 << 62, 5], "could overflow")],
)
def test_keys_that_cannot_be_summed_are_refused(keys: list[int], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        build_hierarchy(*graph(2, [(0, 1, keys[0]), (1, 0, keys[1])]))


@pytest.mark.parametrize("n", [0, 1, 3])
def test_a_graph_without_arcs(n: int) -> None:
    found = build_hierarchy(*graph(n, [])).keys(all_of(n), all_of(n))
    assert found.tolist() == [[0 if i == j else NO_WAY for j in range(n)] for i in range(n)]


def test_no_ends_no_keys() -> None:
    built: Hierarchy = build_hierarchy(*graph(2, [(0, 1, 5)]))
    assert built.keys(all_of(0), all_of(2)).shape == (0, 2)
    assert built.keys(all_of(2), all_of(0)).shape == (2, 0)
    assert built.ways(all_of(0), all_of(0)) == []


@pytest.mark.slow
def test_no_index_is_out_of_bounds() -> None:
    """All of the above, compiled with checks."""
    ran = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-m", "not slow", __file__]
    told = subprocess.run(ran, env=os.environ | {"NUMBA_BOUNDSCHECK": "1"}, capture_output=True)
    assert told.returncode == 0, told.stdout.decode()
