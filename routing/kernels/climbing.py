"""Searches in a contraction hierarchy: upwards from many ends, and joined by buckets.

Nodes are numbered by their rank. Each keeps its arcs to higher nodes in two graphs: those that lead
up from it, and, for searches against the traffic, those by which higher nodes come down to it.

Knopp, Sanders, Schultes, Schulz and Wagner, "Computing Many-to-Many Shortest Paths Using Highway
Hierarchies", ALENEX 2007.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routing.compiled.compiling import Int, entry, long_part, part
from routing.compiled.holding import held
from routing.kernels.heap import Heap, put, take
from routing.kernels.witness import FAR


class Upwards(NamedTuple):
    """The arcs from each of n nodes to higher ones: `first` int64[n + 1], the rest by arc."""

    first: NDArray[np.int64]
    node: NDArray[np.int32]
    key: NDArray[np.int64]
    arc: NDArray[np.int32]


class Ends(NamedTuple):
    """Where k searches begin: `first` int64[k + 1], then nodes, each with what it takes to it."""

    first: NDArray[np.int64]
    node: NDArray[np.int32]
    key: NDArray[np.int64]


class Desk(NamedTuple):
    """What one search needs: keys of nodes (`FAR` where unknown), arcs to them, nodes seen."""

    key: NDArray[np.int64]
    arc: NDArray[np.int32]
    seen: NDArray[np.int32]
    n_seen: NDArray[np.int64]
    heap: Heap


class Buckets(NamedTuple):
    """What searches from ends have found at each node: `first` int64[n + 1], then end and key."""

    first: NDArray[np.int64]
    end: NDArray[np.int32]
    key: NDArray[np.int64]


class Found(NamedTuple):
    """The same, one search after another; `n` of them, int64[1]."""

    node: NDArray[np.int32]
    end: NDArray[np.int32]
    key: NDArray[np.int64]
    n: NDArray[np.int64]


@part
def _reach(d: Desk, node: Int, key: Int, arc: Int) -> None:
    if key < d.key[node]:
        if d.key[node] == FAR:
            d.seen[d.n_seen[0]] = node
            d.n_seen[0] += 1
        d.key[node] = key
        d.arc[node] = arc
        put(d.heap, node, key)


@part
def _is_beaten(d: Desk, against: Upwards, node: Int, key: Int) -> bool:
    """Whether a higher node comes down to this one in less: no best way goes up through it."""
    for i in range(against.first[node], against.first[node + 1]):
        if d.key[against.node[i]] + against.key[i] < key:
            return True
    return False


@long_part
def _climb(d: Desk, up: Upwards, against: Upwards, ends: Ends, end: Int) -> None:
    """Find the least keys of all nodes to which one gets by going up alone."""
    for i in range(ends.first[end], ends.first[end + 1]):
        _reach(d, np.int64(ends.node[i]), ends.key[i], np.int64(-1))
    while d.heap.size[0] > 0:
        key = d.heap.key[0]
        node = take(d.heap)
        if not _is_beaten(d, against, node, key):
            for i in range(up.first[node], up.first[node + 1]):
                _reach(d, np.int64(up.node[i]), key + up.key[i], np.int64(up.arc[i]))


@part
def _clear(d: Desk) -> None:
    for i in range(d.n_seen[0]):
        d.key[d.seen[i]] = FAR
    d.n_seen[0] = 0


@entry
def climb(desk: Desk, upwards: Upwards, againsts: Upwards, endings: Ends, end: int) -> None:
    """Search from one end, and leave on the desk what was found, until the next search there."""
    d, up, against, ends = held(desk), held(upwards), held(againsts), held(endings)
    _clear(d)
    _climb(d, up, against, ends, np.int64(end))


@entry
def search(
    desk: Desk,
    upwards: Upwards,
    againsts: Upwards,
    endings: Ends,
    found: Found,
    begin: int,
    until: int,
) -> int:
    """Search from the ends `begin` … `until`; return the first for which there was no room."""
    d, up, against = held(desk), held(upwards), held(againsts)
    ends, f = held(endings), held(found)
    for end in range(begin, until):
        _climb(d, up, against, ends, np.int64(end))
        if f.n[0] + d.n_seen[0] > f.node.size:
            _clear(d)
            return end
        for i in range(d.n_seen[0]):
            node = np.int64(d.seen[i])
            if not _is_beaten(d, against, node, d.key[node]):
                f.node[f.n[0]] = node
                f.end[f.n[0]] = end
                f.key[f.n[0]] = d.key[node]
                f.n[0] += 1
        _clear(d)
    return until


@entry
def sort_in(buckets: Buckets, found: Found, next_place: NDArray[np.int64]) -> None:
    """Put what was found into the buckets; `next_place` int64[n] says where each goes on."""
    b, f = held(buckets), held(found)
    for i in range(f.n[0]):
        place = next_place[f.node[i]]
        b.end[place] = f.end[i]
        b.key[place] = f.key[i]
        next_place[f.node[i]] += 1


@entry
def join(found: Found, buckets: Buckets, keys: NDArray[np.int64]) -> None:
    """Lower the `keys` of pairs to the least sums of what was found from either side."""
    f, b = held(found), held(buckets)
    for i in range(f.n[0]):
        node, key = f.node[i], f.key[i]
        row = keys[f.end[i]]
        for j in range(b.first[node], b.first[node + 1]):
            row[b.end[j]] = min(row[b.end[j]], key + b.key[j])
