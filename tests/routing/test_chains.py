"""Roads between junctions: every arc once, in order, and nothing lost of what they take."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from routing.chains import NO_ARC, Chains, chains
from tests.routing.test_hierarchy import Graph, graph, graphs


def chained(given: Graph, kept: tuple[int, ...] = ()) -> Chains:
    n, tail, head, key = given
    is_kept: NDArray[np.bool_] = np.isin(np.arange(n), kept)
    return chains(n, tail, head, key, np.zeros(len(tail), np.int32), is_kept)


def both_ways(*nodes: int) -> list[tuple[int, int, int]]:
    return [arc for a, b in pairwise(nodes) for arc in ((a, b, 1), (b, a, 1))]


def ends_of(found: Chains) -> list[tuple[int, int, int]]:
    return sorted(zip(found.tail.tolist(), found.head.tolist(), found.key.tolist(), strict=True))


def test_bends_are_passed_over_and_crossings_are_not() -> None:
    # 0 - 1 - 2 - 3 with a side street 2 - 4: node 1 is a bend, 2 a crossing.
    found = chained(graph(5, [*both_ways(0, 1, 2, 3), *both_ways(2, 4)]))
    assert ends_of(found) == [(0, 2, 2), (2, 0, 2), (2, 3, 1), (2, 4, 1), (3, 2, 1), (4, 2, 1)]
    assert (found.reverse[found.reverse] == np.arange(6)).all()
    there = int(np.flatnonzero((found.tail == 0) & (found.head == 2))[0])
    assert found.tail[found.reverse[there]] == 2


def test_where_a_one_way_begins_there_is_a_junction() -> None:
    # Both ways between 0 and 1, one way on to 2 and 3: at 1 one may turn back or go on.
    found = chained(graph(4, [*both_ways(0, 1), (1, 2, 5), (2, 3, 5)]))
    assert ends_of(found) == [(0, 1, 1), (1, 0, 1), (1, 3, 10)]
    assert found.reverse[found.chain_of[2]] == NO_ARC


def test_a_dead_end_is_a_junction_where_one_turns() -> None:
    assert ends_of(chained(graph(3, both_ways(0, 1, 2)))) == [(0, 2, 2), (2, 0, 2)]


def test_two_roads_between_the_same_nodes_stay_two() -> None:
    found = chained(graph(3, [(0, 1, 1), (1, 0, 1), (0, 1, 7), (1, 2, 3)]))
    assert (0, 1, 7) in ends_of(found)
    assert len(found) == 4


def test_a_ring_without_junction_is_a_chain_round_to_its_own() -> None:
    rings = [(0, 1, 1), (1, 2, 2), (2, 0, 4), (3, 4, 8), (4, 5, 16), (5, 3, 32)]
    found = chained(graph(6, rings))
    assert sorted(found.key.tolist()) == [7, 56]
    assert (found.tail == found.head).all()


def test_a_node_may_be_kept() -> None:
    assert ends_of(chained(graph(3, both_ways(0, 1, 2)), (1,))) == [
        (0, 1, 1), (1, 0, 1), (1, 2, 1), (2, 1, 1)
    ]  # fmt: skip


@given(graphs)
@settings(deadline=None, max_examples=200)
def test_every_arc_stands_once_behind_the_one_before(given: Graph) -> None:
    _, tail, head, key = given
    found = chained(given)
    assert sorted(found.arcs.tolist()) == list(range(len(tail)))
    for chain in range(len(found)):
        arcs = found.arcs[found.first[chain] : found.first[chain + 1]]
        assert (head[arcs[:-1]] == tail[arcs[1:]]).all()
        assert (found.tail[chain], found.head[chain]) == (tail[arcs[0]], head[arcs[-1]])
        assert found.key[chain] == key[arcs].sum()
        assert found.before[arcs].tolist() == [int(key[arcs[:i]].sum()) for i in range(len(arcs))]
        assert (found.chain_of[arcs] == chain).all()


@given(graphs)
@settings(deadline=None, max_examples=200)
def test_at_a_junction_there_is_something_to_choose(given: Graph) -> None:
    """Who comes to a node inside a chain can only go on, or back by the way she came."""
    _, tail, head, _ = given
    found = chained(given)
    for chain in range(len(found)):
        arcs = found.arcs[found.first[chain] : found.first[chain + 1]].tolist()
        for arc, after in pairwise(arcs):
            others = [i for i in np.flatnonzero(tail == head[arc]).tolist() if i != after]
            assert all(head[i] == tail[arc] for i in others)
            assert head[after] != tail[arc]


def test_no_arcs_no_chains() -> None:
    assert len(chained(graph(3, []))) == 0


@pytest.mark.parametrize("way", [0, 1])
def test_the_way_back_is_by_the_same_street(way: int) -> None:
    n, tail, head, key = graph(2, [(0, 1, 1), (1, 0, 1)])
    ways = np.array([0, way], np.int32)
    found = chains(n, tail, head, key, ways, np.ones(2, bool))
    assert (found.reverse[0] == NO_ARC) == (way == 1)
