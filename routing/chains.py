"""Roads between junctions: arcs joined over bends, where there is nothing to choose."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

NO_ARC = -1


@dataclass(frozen=True, eq=False)
class Chains:
    """c chains over m arcs: each leads from one junction to the next, or round to its own.

    Parameters
    ----------
    first
        int64[c + 1]: where the arcs of each chain begin in `arcs`.
    arcs
        int32[m]: the numbers of the arcs, chain by chain, in the order in which they are gone.
    tail, head, key
        int32[c], int32[c], int64[c]: the junctions at both ends, and what the whole takes.
    chain_of, before
        int32[m], int64[m]: the chain of each arc, and what its chain takes up to it.
    reverse
        int32[c]: the chain that goes back the same way, -1 where none does.
    """

    first: NDArray[np.int64]
    arcs: NDArray[np.int32]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    key: NDArray[np.int64]
    chain_of: NDArray[np.int32]
    before: NDArray[np.int64]
    reverse: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.tail)

    def taking(self, key: NDArray[np.int64]) -> Chains:
        """Return the same chains where the arcs take other keys, int64[m]."""
        so_far = np.concatenate(([0], np.cumsum(key[self.arcs])))
        before = np.empty(len(key), np.int64)
        before[self.arcs] = so_far[:-1] - so_far[self.first[:-1]][self.chain_of[self.arcs]]
        return replace(self, key=so_far[self.first[1:]] - so_far[self.first[:-1]], before=before)


def chains(
    n: int,
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    key: NDArray[np.int64],
    way: NDArray[np.int32],
    is_kept: NDArray[np.bool_],
) -> Chains:
    """Return the chains of m arcs between n nodes.

    A node is no junction where every arc into it has one way on: to its only other neighbour.
    Those of `is_kept`, bool[n], stay junctions all the same. `way` tells arcs of one street from
    those of another beside it.
    """
    onward = _onward(n, tail, head, is_kept)
    chain_of, step = _followed(onward, _begins(onward))
    in_ring = chain_of < 0
    if in_ring.any():
        kept = is_kept.copy()
        kept[_one_of_each_ring(n, tail[in_ring], head[in_ring])] = True
        return chains(n, tail, head, key, way, kept)
    return _laid_out(tail, head, key, way, chain_of, step)


def _onward(
    n: int, tail: NDArray[np.int32], head: NDArray[np.int32], is_kept: NDArray[np.bool_]
) -> NDArray[np.int32]:
    """int32[m]: the arc that follows each where there is nothing to choose, else `NO_ARC`."""
    low, high = np.full(n, n, np.int32), np.full(n, -1, np.int32)
    for one, other in ((tail, head), (head, tail)):
        np.minimum.at(low, one, other)
        np.maximum.at(high, one, other)
    is_to_low, is_to_high = head == low[tail], head == high[tail]
    to_low, to_high = _count(n, tail[is_to_low]), _count(n, tail[is_to_high])
    from_low = _count(n, head[tail == low[head]])
    from_high = _count(n, head[tail == high[head]])
    outs, ins, nodes = _count(n, tail), _count(n, head), np.arange(n)
    each_once = (to_low == 1) & (to_high == 1) & (from_low == 1) & (from_high == 1)
    is_two_way = each_once & (outs == 2) & (ins == 2)
    is_one_way = (outs == 1) & (ins == 1) & ((from_low & to_high) | (from_high & to_low) == 1)
    is_bend = (is_two_way | is_one_way) & (low < high) & (low != nodes) & (high != nodes)
    arc_to_low, arc_to_high = (np.full(n, NO_ARC, np.int32) for _ in range(2))
    arc_to_low[tail[is_to_low]] = np.flatnonzero(is_to_low)
    arc_to_high[tail[is_to_high]] = np.flatnonzero(is_to_high)
    on = np.where(tail == low[head], arc_to_high[head], arc_to_low[head])
    return np.where((is_bend & ~is_kept)[head], on, NO_ARC).astype(np.int32)


def _count(n: int, nodes: NDArray[np.int32]) -> NDArray[np.intp]:
    return np.bincount(nodes, minlength=n)


def _begins(onward: NDArray[np.int32]) -> NDArray[np.intp]:
    """Return the arcs that follow no other."""
    is_begin = np.ones(len(onward), bool)
    is_begin[onward[onward != NO_ARC]] = False
    return np.flatnonzero(is_begin)


def _followed(
    onward: NDArray[np.int32], begins: NDArray[np.intp]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """int32[m] each: the chain that each arc is in, -1 for none, and which of its arcs it is."""
    chain_of, step = (np.full(len(onward), -1, np.int32) for _ in range(2))
    chain, arc, steps = np.arange(len(begins)), begins, 0
    while len(arc):
        chain_of[arc], step[arc] = chain, steps
        goes_on = onward[arc] != NO_ARC
        chain, arc, steps = chain[goes_on], onward[arc][goes_on], steps + 1
    return chain_of, step


def _one_of_each_ring(
    n: int, tail: NDArray[np.int32], head: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Return a node of each ring that these arcs make."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    rings = csr_array((np.ones(len(tail)), (tail, head)), shape=(n, n))
    _, ring = connected_components(rings, directed=False)
    nodes = np.unique(tail)
    return nodes[np.unique(ring[nodes], return_index=True)[1]]


def _laid_out(
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    key: NDArray[np.int64],
    way: NDArray[np.int32],
    chain_of: NDArray[np.int32],
    step: NDArray[np.int32],
) -> Chains:
    arcs = np.lexsort((step, chain_of)).astype(np.int32)
    first = np.concatenate(([0], np.cumsum(np.bincount(chain_of)))).astype(np.int64)
    begins, ends = arcs[first[:-1]], arcs[first[1:] - 1]
    return Chains(
        first=first,
        arcs=arcs,
        tail=tail[begins],
        head=head[ends],
        key=np.zeros(len(begins), np.int64),
        chain_of=chain_of,
        before=np.zeros(len(arcs), np.int64),
        reverse=_reverse(_twins(tail, head, way), chain_of, begins, ends),
    ).taking(key)


def _twins(
    tail: NDArray[np.int32], head: NDArray[np.int32], way: NDArray[np.int32]
) -> NDArray[np.intp]:
    """Return the arc that goes each arc's way back, `NO_ARC` where there is none."""
    known, sought = _names(tail, head, way)
    there, back = np.argsort(known, kind="stable"), np.argsort(sought, kind="stable")
    known, sought = known[there], sought[back]
    nth = np.arange(len(tail)) - np.searchsorted(sought, sought)  # of several that are alike
    place = np.minimum(np.searchsorted(known, sought) + nth, len(tail) - 1)
    twins = np.full(len(tail), NO_ARC)
    twins[back] = np.where(known[place] == sought, there[place], NO_ARC)
    return twins


def _names(
    tail: NDArray[np.int32], head: NDArray[np.int32], way: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """int64[m] each: a number for the way and both ends of an arc, and that of the way back."""
    n, m = int(max(tail.max(), head.max())) + 1 if len(tail) else 0, len(tail)
    there, back = tail.astype(np.int64) * n + head, head.astype(np.int64) * n + tail
    pairs, pair = np.unique(np.concatenate((there, back)), return_inverse=True)
    names = way.astype(np.int64) * len(pairs)
    return names + pair[:m], names + pair[m:]


def _reverse(
    twins: NDArray[np.intp],
    chain_of: NDArray[np.int32],
    begins: NDArray[np.int32],
    ends: NDArray[np.int32],
) -> NDArray[np.int32]:
    """int32[c]: the chain that begins with the last arc's way back and ends with the first's."""
    first, last = twins[ends], twins[begins]
    chain = chain_of[first]
    is_back = (
        (first != NO_ARC) & (last != NO_ARC) & (begins[chain] == first) & (ends[chain] == last)
    )
    return np.where(is_back, chain, NO_ARC).astype(np.int32)
