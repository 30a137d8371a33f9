"""Turns that cost or are forbidden, in a graph: junctions are expanded only where that matters.

An expanded junction is one node for each road that leads to it, so that a way remembers by which
it came. A junction where all turns are free stays a single node, although one might turn back
there for nothing: that is of no use but to get round a turn that costs or is forbidden, and then it
pays only close by. So all junctions are expanded to which, from the first beyond such a turn, there
and back takes less than turning back there: see `_is_expanded`. The answers are those of a graph
in which every junction is.

Forbidden ways over several roads (a turn back over a short piece between two carriageways) are
followed as by Aho and Corasick, "Efficient string matching", CACM 18(6), 1975: a node for each
begin of such a way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routing.chains import NO_ARC, Chains


@dataclass(frozen=True, eq=False)
class Turns:
    """All turns at junctions, from one chain to another.

    Parameters
    ----------
    into, out
        int32[t]: the chains before and after each turn.
    key
        int64[t]: what it takes, 0 for nothing.
    is_back
        bool[t]: it turns back the same way.
    """

    into: NDArray[np.int32]
    out: NDArray[np.int32]
    key: NDArray[np.int64]
    is_back: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Expanded:
    """A graph of `n` nodes for a hierarchy, and the chain of each of its m arcs.

    Parameters
    ----------
    tail, head, chain, turn
        int32[m] each, int64[m]: an arc takes the turn into its chain, `turn`, and the chain.
    arrival
        int32[c]: the node at which one is who has gone along each chain.
    """

    n: int
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    chain: NDArray[np.int32]
    turn: NDArray[np.int64]
    arrival: NDArray[np.int32]

    def keys(self, roads: Chains) -> NDArray[np.int64]:
        """int64[m]: what each arc takes."""
        return roads.key[self.chain] + self.turn


def all_turns(roads: Chains, n: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the chains before and after each turn that there is, at n junctions."""
    order = np.argsort(roads.tail, kind="stable").astype(np.int32)
    outs = np.bincount(roads.tail, minlength=n)
    first = np.cumsum(outs) - outs
    choices = outs[roads.head]
    into = np.repeat(np.arange(len(roads), dtype=np.int32), choices)
    nth = np.arange(len(into)) - np.repeat(np.cumsum(choices) - choices, choices)
    return into, order[first[roads.head[into]] + nth]


def turns(
    roads: Chains, n: int, turn_key: NDArray[np.int64], back_key: int, forbidden: NDArray[np.bool_]
) -> Turns:
    """Return the turns of `all_turns` that are not forbidden, bool[t]."""
    into, out = all_turns(roads, n)
    is_back = (roads.reverse[into] == out) & (roads.reverse[into] != NO_ARC)
    key = np.where(is_back, back_key, turn_key)
    allowed = ~forbidden
    return Turns(into[allowed], out[allowed], key[allowed], is_back[allowed])


def expand(
    roads: Chains,
    n: int,
    allowed: Turns,
    back_key: int,
    forbidden_ways: Sequence[tuple[int, ...]] = (),
) -> Expanded:
    """Return the graph in which every way is as long as its chains and turns, and none forbidden.

    `forbidden_ways` are chains, one after another, three or more; two are a turn, and left out of
    `allowed`.
    """
    is_expanded = _is_expanded(roads, n, allowed, back_key, forbidden_ways)
    plain = _plain_nodes(roads, is_expanded)
    arrival, count = _arrivals(roads, is_expanded, plain)
    at_once = np.flatnonzero(~is_expanded[roads.tail])
    turned = np.flatnonzero(is_expanded[roads.head[allowed.into]])
    into, out = allowed.into[turned], allowed.out[turned]
    tail = np.concatenate((plain[roads.tail[at_once]], arrival[into]))
    chain = np.concatenate((at_once, out)).astype(np.int32)
    turn = np.concatenate((np.zeros(len(at_once), np.int64), allowed.key[turned]))
    whole = Expanded(count, tail, arrival[chain], chain, turn, arrival)
    return _without(whole, allowed, forbidden_ways) if forbidden_ways else whole


def _without(
    whole: Expanded, allowed: Turns, forbidden_ways: Sequence[tuple[int, ...]]
) -> Expanded:
    """Return the graph with a node for each begin, of two chains or more, of a forbidden way."""
    forbidden = set(forbidden_ways)
    begins = sorted({way[:k] for way in forbidden for k in range(2, len(way))})
    node_of = {begin: whole.n + i for i, begin in enumerate(begins)}
    head = whole.head.copy()
    for begin, node in node_of.items():
        if len(begin) == 2:
            into, out = begin
            head[(whole.tail == whole.arrival[into]) & (whole.chain == out)] = node
    more: list[tuple[int, int, int, int]] = []
    for begin, node in node_of.items():
        for turn in np.flatnonzero(allowed.into == begin[-1]).tolist():
            out = int(allowed.out[turn])
            ends = [(*begin, out)[k:] for k in range(len(begin))]
            if not forbidden.intersection(ends):
                ahead = next((node_of[end] for end in ends if end in node_of), whole.arrival[out])
                more.append((node, int(ahead), out, int(allowed.key[turn])))
    tail, heads, chain, turns_in = np.array(more, np.int64).reshape(-1, 4).T
    return Expanded(
        whole.n + len(begins),
        np.concatenate((whole.tail, tail)).astype(np.int32),
        np.concatenate((head, heads)).astype(np.int32),
        np.concatenate((whole.chain, chain)).astype(np.int32),
        np.concatenate((whole.turn, turns_in)),
        whole.arrival,
    )


def _plain_nodes(roads: Chains, is_expanded: NDArray[np.bool_]) -> NDArray[np.int32]:
    """int32[n]: the nodes of junctions that are not expanded, numbered from 0."""
    is_plain = np.zeros(len(is_expanded), bool)
    is_plain[roads.tail] = is_plain[roads.head] = True
    return (np.cumsum(is_plain & ~is_expanded) - 1).astype(np.int32)


def _arrivals(
    roads: Chains, is_expanded: NDArray[np.bool_], plain: NDArray[np.int32]
) -> tuple[NDArray[np.int32], int]:
    """int32[c], and the number of nodes: plain junctions first, then one for each other chain."""
    arrival = plain[roads.head]
    own = np.flatnonzero(is_expanded[roads.head])
    n_plain = int(plain.max(initial=-1)) + 1
    arrival[own] = n_plain + np.arange(len(own))
    return arrival, n_plain + len(own)


def _is_expanded(
    roads: Chains,
    n: int,
    allowed: Turns,
    back_key: int,
    forbidden_ways: Sequence[tuple[int, ...]],
) -> NDArray[np.bool_]:
    """bool[n]: whether a junction needs a node for each road into it.

    Those with a turn that costs or is forbidden do. Elsewhere one who came from such a junction x
    to its neighbour y, and on to v, and turns back there for nothing, could as well have turned
    back at y, for `back_key`: v is of use only where there and back from y takes less.
    """
    matters = np.zeros(n, bool)
    matters[roads.head[allowed.into[(allowed.key > 0) & ~allowed.is_back]]] = True
    matters |= np.bincount(roads.head[allowed.into], minlength=n) < _choices(roads, n)
    for way in forbidden_ways:
        matters[roads.head[list(way[:-1])]] = True
    if not matters.any():
        return matters
    beyond = np.zeros(n, bool)
    beyond[roads.head[matters[roads.tail]]] = True
    return matters | (_there_and_back(roads, n, np.flatnonzero(beyond), back_key) < back_key)


def _choices(roads: Chains, n: int) -> NDArray[np.intp]:
    ins, outs = (np.bincount(ends, minlength=n) for ends in (roads.head, roads.tail))
    return ins * outs


def _there_and_back(
    roads: Chains, n: int, begins: NDArray[np.intp], limit: int
) -> NDArray[np.float64]:
    """float64[n]: the least that it takes to go from any of `begins` to a node and back."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    found = np.full(n, np.inf)
    two_way = np.flatnonzero(roads.reverse != NO_ARC)
    key = (roads.key[two_way] + roads.key[roads.reverse[two_way]]).astype(float)
    order = np.lexsort((key, roads.head[two_way], roads.tail[two_way]))
    tail, head = roads.tail[two_way][order], roads.head[two_way][order]
    is_least = np.ones(len(order), bool)
    is_least[1:] = (np.diff(tail) != 0) | (np.diff(head) != 0)
    roads_back = csr_array((key[order][is_least], (tail[is_least], head[is_least])), shape=(n, n))
    if len(begins):
        found = dijkstra(roads_back, indices=begins, limit=float(limit), min_only=True)
    return found
