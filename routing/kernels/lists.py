"""Lists of the arcs at each node, the shortest first, that grow and shrink during contraction.

The list of a node lies in one block of the pool. One that is full moves to a block twice as large
at the pool's end; what it leaves is lost until the pool is packed anew.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routing.compiled.compiling import Int, part

LEAST_ROOM = 4


class Lists(NamedTuple):
    """n lists of the nodes at the other end of arcs, with the arcs' keys and numbers.

    `start`, `size`, `room`: int64[n], the block of each list; `used`: of the pool, int64[1].
    """

    start: NDArray[np.int64]
    size: NDArray[np.int64]
    room: NDArray[np.int64]
    used: NDArray[np.int64]
    node: NDArray[np.int32]
    key: NDArray[np.int64]
    arc: NDArray[np.int32]


def lists(n: int, at: NDArray[np.int32], node: NDArray[np.int32], key: NDArray[np.int64]) -> Lists:
    """Return the lists of n nodes: arc i is listed at `at[i]` and leads to or from `node[i]`."""
    order = np.lexsort((key, at)).astype(np.int32)
    size = np.bincount(at, minlength=n)
    start = np.cumsum(size) - size
    used = np.array([len(at)], np.int64)
    return Lists(start, size, size.copy(), used, node[order], key[order], order)


def packed(old: Lists, room: int) -> Lists:
    """Return the same lists, one behind the other, with `room` for more in the pool."""
    total = int(old.size.sum())
    start = np.cumsum(old.size) - old.size
    into = np.arange(total)
    chosen = np.repeat(old.start - start, old.size) + into
    grown = [
        np.concatenate([pool[chosen], np.zeros(room, pool.dtype)])
        for pool in (old.node, old.key, old.arc)
    ]
    return Lists(start, old.size, old.size.copy(), np.array([total], np.int64), *grown)


@part
def room_for(t: Lists, at: Int, more: Int) -> Int:
    """Return what of the pool it takes at most to add so many arcs to a list, one by one."""
    return 4 * (t.size[at] + more + LEAST_ROOM) if t.size[at] + more > t.room[at] else np.int64(0)


@part
def place_of(t: Lists, at: Int, node: Int) -> Int:
    """Return where in the pool a list has `node`; -1 if nowhere."""
    for i in range(t.start[at], t.start[at] + t.size[at]):
        if t.node[i] == node:
            return i
    return np.int64(-1)


@part
def _move(t: Lists, at: Int) -> None:
    old, new = t.start[at], t.used[0]
    room: Int = max(2 * t.room[at], LEAST_ROOM)
    t.room[at] = room
    t.used[0] += t.room[at]
    t.start[at] = new
    for i in range(t.size[at]):
        t.node[new + i] = t.node[old + i]
        t.key[new + i] = t.key[old + i]
        t.arc[new + i] = t.arc[old + i]


@part
def remove(t: Lists, at: Int, i: Int) -> None:
    """Take the arc at place `i` of the pool out of its list."""
    t.size[at] -= 1
    for j in range(i, t.start[at] + t.size[at]):
        t.node[j] = t.node[j + 1]
        t.key[j] = t.key[j + 1]
        t.arc[j] = t.arc[j + 1]


@part
def add(t: Lists, at: Int, node: Int, key: Int, arc: Int) -> None:
    """Put an arc into a list, behind those that are no longer."""
    if t.size[at] == t.room[at]:
        _move(t, at)
    i = t.start[at] + t.size[at]
    t.size[at] += 1
    while i > t.start[at] and t.key[i - 1] > key:
        t.node[i] = t.node[i - 1]
        t.key[i] = t.key[i - 1]
        t.arc[i] = t.arc[i - 1]
        i -= 1
    t.node[i] = node
    t.key[i] = key
    t.arc[i] = arc
