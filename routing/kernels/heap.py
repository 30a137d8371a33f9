"""A queue of nodes by key, the least first: a heap with four children, in which keys may change.

Each node stands in it once, so it never holds more than n, and nothing can overflow.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routing.compiled.compiling import Int, part

ARITY = 4


class Heap(NamedTuple):
    """Nodes in the order of the heap, their keys, and where each of the n nodes stands (or -1)."""

    node: NDArray[np.int32]
    key: NDArray[np.int64]
    place: NDArray[np.int32]
    size: NDArray[np.int64]


def heap(n: int) -> Heap:
    """Return an empty heap for the nodes 0 … n - 1."""
    return Heap(
        np.empty(n, np.int32),
        np.empty(n, np.int64),
        np.full(n, -1, np.int32),
        np.zeros(1, np.int64),
    )


def ordered(rank: NDArray[np.int32]) -> Heap:
    """Return the heap of all nodes by their `rank`, each of 0 … n - 1 once: a row is a heap."""
    n = len(rank)
    return Heap(
        np.argsort(rank).astype(np.int32), np.arange(n), rank.astype(np.int32), np.array([n])
    )


@part
def _set(h: Heap, i: Int, node: Int, key: Int) -> None:
    h.node[i] = node
    h.key[i] = key
    h.place[node] = i


@part
def _rise(h: Heap, i: Int, node: Int, key: Int) -> None:
    while i > 0:
        above = (i - 1) // ARITY
        if h.key[above] <= key:
            break
        _set(h, i, np.int64(h.node[above]), h.key[above])
        i = above
    _set(h, i, node, key)


@part
def _sink(h: Heap, i: Int, node: Int, key: Int) -> None:
    size = h.size[0]
    while True:
        least = ARITY * i + 1
        if least >= size:
            break
        for child in range(least + 1, min(least + ARITY, size)):
            if h.key[child] < h.key[least]:
                least = child
        if h.key[least] >= key:
            break
        _set(h, i, np.int64(h.node[least]), h.key[least])
        i = least
    _set(h, i, node, key)


@part
def put(h: Heap, node: Int, key: Int) -> None:
    """Add a node, or lower its key; a key above that which it has is not for this."""
    i = np.int64(h.place[node])
    if i < 0:
        i = h.size[0]
        h.size[0] += 1
    _rise(h, i, node, key)


@part
def delay(h: Heap, key: Int) -> None:
    """Give the first node a key no lower than it has."""
    _sink(h, np.int64(0), np.int64(h.node[0]), key)


@part
def take(h: Heap) -> Int:
    """Remove the first node and return it."""
    node = np.int64(h.node[0])
    h.place[node] = -1
    h.size[0] -= 1
    last = h.size[0]
    if last > 0:
        _sink(h, np.int64(0), np.int64(h.node[last]), h.key[last])
    return node


@part
def clear(h: Heap) -> None:
    """Remove all."""
    for i in range(h.size[0]):
        h.place[h.node[i]] = -1
    h.size[0] = 0
