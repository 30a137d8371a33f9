"""Turns that cost or are forbidden, against a search that remembers its whole way."""

from __future__ import annotations

from collections.abc import Collection
from heapq import heappop, heappush

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from routing.chains import Chains, chains
from routing.contraction import build_hierarchy
from routing.expanding import Expanded, Turns, all_turns, expand, turns
from routing.hierarchy import NO_WAY
from routing.kernels.climbing import Ends
from tests.routing.test_hierarchy import graph

BACK = 6

Town = tuple[Chains, int, NDArray[np.int64], NDArray[np.bool_], tuple[tuple[int, ...], ...]]


def by_search(
    roads: Chains, allowed: Turns, forbidden: Collection[tuple[int, ...]], source: int
) -> list[int]:
    """The least from the end of one chain to the end of each; it remembers its last chains."""
    after: dict[int, list[tuple[int, int]]] = {}
    turned_into = zip(
        *(part.tolist() for part in (allowed.into, allowed.out, allowed.key)), strict=True
    )
    for into, out, key in turned_into:
        after.setdefault(into, []).append((out, key))
    memory = max((len(way) for way in forbidden), default=2) - 1
    found, known = [NO_WAY] * len(roads), set()
    queue: list[tuple[int, tuple[int, ...]]] = [(0, (source,))]
    while queue:
        so_far, past = heappop(queue)
        if past in known:
            continue
        known.add(past)
        found[past[-1]] = min(found[past[-1]], so_far)
        for out, key in after.get(past[-1], []):
            way = (*past, out)
            if not any(way[-len(one) :] == one for one in forbidden):
                heappush(queue, (so_far + key + int(roads.key[out]), way[-memory:]))
    return found


@st.composite
def turned(draw: st.DrawFn) -> Town:
    """A little town of mostly two-way streets, with what its turns cost and which are forbidden."""
    n = draw(st.integers(2, 9))
    node = st.integers(0, n - 1)
    streets = draw(st.lists(st.tuples(node, node, st.integers(0, 5), st.booleans()), max_size=14))
    arcs = [(a, b, key) for a, b, key, _ in streets]
    arcs += [(b, a, key) for a, b, key, is_one_way in streets if not is_one_way]
    numbers = range(len(streets))
    ways = [*numbers, *(i for i in numbers if not streets[i][3])]
    town = graph(n, arcs)
    roads = chains(*town, np.array(ways, np.int32), np.zeros(n, bool))
    t = len(all_turns(roads, n)[0])
    costs = np.zeros(t, np.int64)
    for turn in draw(st.lists(st.integers(0, max(0, t - 1)), max_size=3 if t else 0)):
        costs[turn] = draw(st.integers(1, 9))
    forbidden = np.zeros(t, bool)
    forbidden[draw(st.lists(st.integers(0, max(0, t - 1)), max_size=4 if t else 0))] = True
    into, out = all_turns(roads, n)
    after = {c: [int(o) for o in out[into == c]] for c in range(len(roads))}
    chain = st.integers(0, max(0, len(roads) - 1))
    begun = draw(st.lists(chain, max_size=2 if len(roads) else 0))
    ways = [walk(draw, after, begin, draw(st.integers(3, 4))) for begin in begun]
    return roads, n, costs, forbidden, tuple(way for way in ways if len(way) > 2)


def walk(draw: st.DrawFn, after: dict[int, list[int]], begin: int, length: int) -> tuple[int, ...]:
    way = [begin]
    while len(way) < length and after[way[-1]]:
        way.append(draw(st.sampled_from(after[way[-1]])))
    return tuple(way)


@given(turned())
@settings(deadline=None, max_examples=60)
def test_ways_are_as_long_as_in_a_graph_where_all_is_expanded(
    given: Town,
) -> None:
    """From the middle of one street to that of another: either way out, by either way in."""
    roads, n, costs, forbidden, ways_not_to_go = given
    allowed = turns(roads, n, costs, BACK, forbidden)
    grown = expand(roads, n, allowed, BACK, ways_not_to_go)
    built = build_hierarchy(grown.n, grown.tail, grown.head, grown.keys(roads))
    streets = [[c, *(r for r in [int(roads.reverse[c])] if r >= 0)] for c in range(len(roads))]
    found = built.keys(leaving(grown, roads, streets), entering(grown, roads, streets))
    for i, begins in enumerate(streets):
        ways = {c: by_search(roads, allowed, ways_not_to_go, c) for c in begins}
        for j, ends in enumerate(streets):
            if set(begins) & set(ends):
                continue
            sums = [
                half(roads, c) + ways[c][d] - int(roads.key[d]) + half(roads, d)
                for c in begins
                for d in ends
                if ways[c][d] < NO_WAY
            ]
            assert found[i, j] == min(sums, default=NO_WAY), (begins, ends)


def half(roads: Chains, chain: int) -> int:
    return int(roads.key[chain]) // 2


def leaving(grown: Expanded, roads: Chains, streets: list[list[int]]) -> Ends:
    """The ends of ways that begin in the middle of streets."""
    offsets = [[(int(grown.arrival[c]), half(roads, c)) for c in street] for street in streets]
    return ends_of(offsets)


def entering(grown: Expanded, roads: Chains, streets: list[list[int]]) -> Ends:
    """The ends of ways that lead to the middle of streets: by every turn into them."""
    by_chain: dict[int, list[tuple[int, int]]] = {}
    for tail, turn, chain in zip(
        grown.tail.tolist(), grown.turn.tolist(), grown.chain.tolist(), strict=True
    ):
        by_chain.setdefault(chain, []).append((tail, turn + half(roads, chain)))
    return ends_of([[end for c in street for end in by_chain.get(c, [])] for street in streets])


def ends_of(offsets: list[list[tuple[int, int]]]) -> Ends:
    first = np.cumsum([0, *(len(one) for one in offsets)])
    flat = [end for one in offsets for end in one]
    nodes, keys = np.array(flat, np.int64).reshape(-1, 2).T
    return Ends(first, nodes.astype(np.int32), keys.copy())
