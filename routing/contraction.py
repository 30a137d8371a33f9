"""Building a hierarchy: contraction in slices, so that who waits sees it go on and can stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routing.hierarchy import NO_WAY, Hierarchy, ends_at
from routing.kernels.climbing import Upwards
from routing.kernels.contracting import Arcs, Ranks, contract, estimate
from routing.kernels.heap import Heap, heap, ordered
from routing.kernels.lists import Lists, lists, packed
from routing.kernels.witness import UNWANTED, Witness

OnProgress = Callable[[int, int], None]
"""Called with the nodes that are contracted, and all; what it raises ends the building."""

LIMIT = 500
"""Nodes that a search for a way around looks at: with fewer, shortcuts that nobody needs cost more
time later than they save."""

FIRST_LIMIT = 100
"""The same where nodes are put in order before the first is contracted."""

STEPS = 2_000
"""Nodes contracted between two reports of progress."""


def build_hierarchy(
    n: int,
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    key: NDArray[np.int64],
    on_progress: OnProgress | None = None,
    order: NDArray[np.int32] | None = None,
) -> Hierarchy:
    """Return the hierarchy of a graph of n nodes and m arcs, each with a key of 0 or more.

    Of arcs between the same two nodes the least counts, one from a node to itself never. Where an
    `order`, int32[n], is given, nodes are contracted in it, which saves working one out: the
    `rank` of a hierarchy of the same graph with other keys does well, and any is exact.

    Raises
    ------
    ValueError
        Where a key is negative, all are so large that the sum of a way could overflow, or `order`
        does not rank each node once.
    """
    _check(n, tail, key)
    if order is not None:
        _check_order(n, order)
    origin = _least_arcs(tail, head, key)
    building = _Building(n, tail[origin], head[origin], key[origin], order)
    while not building.is_done:
        building.go_on()
        if on_progress:
            on_progress(building.contracted, n)
    return building.hierarchy(origin)


def compile_roads() -> None:
    """Compile all that a hierarchy needs, if this machine has not kept it: ten seconds."""
    tail, head = np.array([[0, 1], [1, 0]], np.int32)
    nodes = ends_at(np.array([0, 1]))
    hierarchy = build_hierarchy(2, tail, head, np.array([1, 1]))
    hierarchy.keys(nodes, nodes)
    hierarchy.ways(nodes, nodes)


def _check(n: int, tail: NDArray[np.int32], key: NDArray[np.int64]) -> None:
    """A way leaves each node once at most; two of them are summed."""
    if not len(key):
        return
    if key.min() < 0:
        raise ValueError(f"the key of arc {key.argmin()} is {key.min()}: it must be 0 or more")
    longest = np.zeros(n)
    np.maximum.at(longest, tail, key)
    if 2 * longest.sum() >= NO_WAY:
        raise ValueError(f"keys up to {key.max()} over {n} nodes: the sum of a way could overflow")


def _check_order(n: int, order: NDArray[np.int32]) -> None:
    if order.shape != (n,):
        raise ValueError(f"order has shape {order.shape}, expected {(n,)}")
    wrong = np.flatnonzero(np.sort(order) != np.arange(n))
    if len(wrong):
        raise ValueError(f"order should give each rank of 0 … {n - 1} once, not so rank {wrong[0]}")


def _least_arcs(
    tail: NDArray[np.int32], head: NDArray[np.int32], key: NDArray[np.int64]
) -> NDArray[np.int32]:
    order = np.lexsort((key, head, tail))
    is_first = np.ones(len(order), bool)
    is_first[1:] = (np.diff(tail[order]) != 0) | (np.diff(head[order]) != 0)
    chosen: NDArray[np.int32] = order[is_first & (tail[order] != head[order])].astype(np.int32)
    return chosen


class _Building:
    """A graph of which more and more is contracted."""

    def __init__(
        self,
        n: int,
        tail: NDArray[np.int32],
        head: NDArray[np.int32],
        key: NDArray[np.int64],
        order: NDArray[np.int32] | None,
    ) -> None:
        none, m = np.full(len(tail), -1, np.int32), len(tail)
        self._arcs = Arcs(tail, head, key, none, none.copy(), np.array([m]))
        self._out, self._into = lists(n, tail, head, key), lists(n, head, tail, key)
        self._witness = Witness(
            np.full(n, NO_WAY),
            np.full(n, UNWANTED),
            np.empty(n, np.int32),
            np.zeros(1, np.int64),
            heap(n),
        )
        self._ranks = Ranks(np.full(n, -1, np.int32), np.zeros(n, np.int32), np.zeros(1, np.int64))
        self._is_given = order is not None
        self._queue = heap(n) if order is None else ordered(order)
        if order is None:
            estimate(*self._all, FIRST_LIMIT)

    @property
    def _all(self) -> tuple[Arcs, Lists, Lists, Witness, Ranks, Heap]:
        return self._arcs, self._out, self._into, self._witness, self._ranks, self._queue

    @property
    def contracted(self) -> int:
        return int(self._ranks.n[0])

    @property
    def is_done(self) -> bool:
        return self.contracted == len(self._ranks.rank)

    def go_on(self) -> None:
        """Contract some nodes; where there is no room for what they need, make it first."""
        if not contract(*self._all, LIMIT, STEPS, self._is_given):
            self._arcs = _roomier(self._arcs)
            room = len(self._arcs.tail) // 2
            self._out, self._into = packed(self._out, room), packed(self._into, room)

    def hierarchy(self, origin: NDArray[np.int32]) -> Hierarchy:
        rank = self._ranks.rank
        arcs, n, m = self._arcs, len(rank), int(self._arcs.n[0])
        tail, head, key = rank[arcs.tail[:m]], rank[arcs.head[:m]], arcs.key[:m]
        return Hierarchy(
            rank=rank,
            up=_upwards(n, tail, head, key),
            down=_upwards(n, head, tail, key),
            tail=tail,
            head=head,
            first=arcs.first[:m],
            second=arcs.second[:m],
            origin=origin,
        )


def _roomier(arcs: Arcs) -> Arcs:
    return Arcs(
        _longer(arcs.tail),
        _longer(arcs.head),
        _longer(arcs.key),
        _longer(arcs.first),
        _longer(arcs.second),
        arcs.n,
    )


def _longer(array: NDArray[Any]) -> NDArray[Any]:
    """Return an array with half as much room again, and some."""
    return np.concatenate([array, np.zeros(len(array) // 2 + 64, array.dtype)])


def _upwards(
    n: int, node: NDArray[np.int32], other: NDArray[np.int32], key: NDArray[np.int64]
) -> Upwards:
    """Return the arcs between nodes and higher others, by the node."""
    arc = np.flatnonzero(node < other)
    arc = arc[np.argsort(node[arc], kind="stable")]
    first = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(node[arc], minlength=n), out=first[1:])
    return Upwards(first, other[arc], key[arc], arc.astype(np.int32))
