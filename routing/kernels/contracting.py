"""Contraction: nodes leave the graph, the least important first; shortcuts keep the distances.

Geisberger, Sanders, Schultes and Vetter, "Exact Routing in Large Road Networks Using Contraction
Hierarchies", Transportation Science 46(3), 2012.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routing.compiled.compiling import Int, entry, long_part, part
from routing.compiled.holding import held
from routing.kernels.heap import Heap, delay, put, take
from routing.kernels.lists import Lists, add, place_of, remove, room_for
from routing.kernels.witness import UNWANTED, Witness, forget, look_around, want, want_no_more


class Arcs(NamedTuple):
    """All arcs, those of the roads first, then the shortcuts; `n` of them, int64[1].

    A shortcut goes by the arcs `first` and `second`, an arc of the roads has -1 there.
    """

    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    key: NDArray[np.int64]
    first: NDArray[np.int32]
    second: NDArray[np.int32]
    n: NDArray[np.int64]


class Ranks(NamedTuple):
    """The order in which `n` nodes, int64[1], have left, -1 for others; the levels below each."""

    rank: NDArray[np.int32]
    level: NDArray[np.int32]
    n: NDArray[np.int64]


@part
def _link(
    a: Arcs,
    out: Lists,
    into: Lists,
    tail: Int,
    head: Int,
    key: Int,
    first: Int,
    second: Int,
) -> None:
    """Add a shortcut, in the place of a longer arc between the same nodes."""
    i = place_of(out, tail, head)
    if i < 0:
        arc = a.n[0]
        a.n[0] += 1
    else:
        arc = np.int64(out.arc[i])
        remove(out, tail, i)
        remove(into, head, place_of(into, head, tail))
    a.tail[arc] = tail
    a.head[arc] = head
    a.key[arc] = key
    a.first[arc] = first
    a.second[arc] = second
    add(out, tail, head, key, arc)
    add(into, head, tail, key, arc)


@long_part
def _bypass(
    a: Arcs, out: Lists, into: Lists, w: Witness, node: Int, limit: Int, is_real: bool
) -> Int:
    """Count the shortcuts that a node's removal needs, and add them if it `is_real`."""
    if out.size[node] == 0 or into.size[node] == 0:
        return np.int64(0)
    needed = np.int64(0)
    slack = want(w, out, into, node)
    begin, end = out.start[node], out.start[node] + out.size[node]
    longest = out.key[end - 1]
    for j in range(into.start[node], into.start[node] + into.size[node]):
        source, base = np.int64(into.node[j]), into.key[j]
        bound = w.bound[source]
        w.bound[source] = UNWANTED
        wanted = end - begin - (1 if bound != UNWANTED else 0)
        look_around(w, out, source, node, base, slack, longest, wanted, limit)
        for i in range(begin, end):
            head = np.int64(out.node[i])
            if head != source and base + out.key[i] < w.key[head]:
                needed += 1
                if is_real:
                    first, second = np.int64(into.arc[j]), np.int64(out.arc[i])
                    _link(a, out, into, source, head, base + out.key[i], first, second)
        forget(w)
        w.bound[source] = bound
    want_no_more(w, out, node)
    return needed


@part
def _leave(out: Lists, into: Lists, ranks: Ranks, node: Int) -> None:
    """Take a node out of its neighbours' lists; its own stay: they lead upwards."""
    above = ranks.level[node] + 1
    for i in range(out.start[node], out.start[node] + out.size[node]):
        head = np.int64(out.node[i])
        ranks.level[head] = max(ranks.level[head], above)
        remove(into, head, place_of(into, head, node))
    for i in range(into.start[node], into.start[node] + into.size[node]):
        tail = np.int64(into.node[i])
        ranks.level[tail] = max(ranks.level[tail], above)
        remove(out, tail, place_of(out, tail, node))
    ranks.rank[node] = ranks.n[0]
    ranks.n[0] += 1


@part
def _importance(
    a: Arcs, out: Lists, into: Lists, w: Witness, ranks: Ranks, node: Int, limit: Int
) -> Int:
    """How late a node is to leave: few shortcuts for many arcs first, and evenly everywhere."""
    needed = _bypass(a, out, into, w, node, limit, False)
    return 2 * needed - (out.size[node] + into.size[node]) + np.int64(ranks.level[node])


@part
def _has_room(a: Arcs, out: Lists, into: Lists, node: Int) -> bool:
    n_in, n_out = into.size[node], out.size[node]
    in_out = in_into = np.int64(0)
    for j in range(into.start[node], into.start[node] + n_in):
        in_out += room_for(out, np.int64(into.node[j]), n_out)
    for i in range(out.start[node], out.start[node] + n_out):
        in_into += room_for(into, np.int64(out.node[i]), n_in)
    has_room: bool = (
        a.n[0] + n_in * n_out <= a.tail.size
        and out.used[0] + in_out <= out.node.size
        and into.used[0] + in_into <= into.node.size
    )
    return has_room


@entry
def estimate(
    arcs: Arcs,
    outs: Lists,
    intos: Lists,
    witness: Witness,
    ranking: Ranks,
    queue: Heap,
    limit: int,
) -> None:
    """Put all nodes into the queue by their importance."""
    a, out, into, w = held(arcs), held(outs), held(intos), held(witness)
    ranks, q = held(ranking), held(queue)
    for node in range(out.size.size):
        put(q, np.int64(node), _importance(a, out, into, w, ranks, node, np.int64(limit)))


@entry
def contract(
    arcs: Arcs,
    outs: Lists,
    intos: Lists,
    witness: Witness,
    ranking: Ranks,
    queue: Heap,
    limit: int,
    steps: int,
    is_given: bool,
) -> bool:
    """Contract up to so many nodes; return whether there was room for all that they needed.

    Where the order `is_given`, the queue holds it, and nobody's importance is worked out.
    """
    a, out, into, w = held(arcs), held(outs), held(intos), held(witness)
    ranks, q = held(ranking), held(queue)
    while q.size[0] > 0 and steps > 0:
        node = np.int64(q.node[0])
        if not is_given:
            now = _importance(a, out, into, w, ranks, node, np.int64(limit))
            if now > q.key[0]:
                delay(q, now)
                if q.node[0] != node:
                    continue
        if not _has_room(a, out, into, node):
            return False
        take(q)
        _bypass(a, out, into, w, node, np.int64(limit), True)
        _leave(out, into, ranks, node)
        steps -= 1
    return True
