"""A contraction hierarchy: built once for a graph, it answers a matrix in a blink.

Exact: every answer is the least sum of whole keys, as Dijkstra's algorithm finds it. docs/roads.md
explains it with a picture.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from routing.kernels.climbing import (
    Buckets,
    Desk,
    Ends,
    Found,
    Upwards,
    climb,
    join,
    search,
    sort_in,
)
from routing.kernels.heap import heap
from routing.kernels.witness import FAR

NO_WAY = FAR
"""The key of a pair that no way joins."""

ROOM = 200
"""Nodes that a search usually finds; where it finds more, room is made again."""


def ends_at(nodes: NDArray[np.integer]) -> Ends:
    """Return the ends of ways that begin, or end, right at `nodes`."""
    k = len(nodes)
    return Ends(np.arange(k + 1), nodes.astype(np.int32), np.zeros(k, np.int64))


@dataclass(frozen=True, slots=True)
class Way:
    """The arcs of a least way, and which of the ends given it leads from and to."""

    arcs: list[int]
    begin: int
    end: int


@dataclass(frozen=True, eq=False)
class Reached:
    """What searches from `count` ends found, one way along the arcs, in a graph of n nodes."""

    parts: list[Found]
    count: int
    n: int
    threads: int

    @cached_property
    def buckets(self) -> Buckets:
        """The same by node."""
        size = np.zeros(self.n + 1, np.int64)
        for part in self.parts:
            size[1:] += np.bincount(part.node[: part.n[0]], minlength=self.n)
        first = np.cumsum(size)
        buckets = Buckets(first, np.empty(first[-1], np.int32), np.empty(first[-1], np.int64))
        next_place = first[:-1].copy()
        for part in self.parts:
            sort_in(buckets, part, next_place)
        return buckets

    def keys(self, other: Reached) -> NDArray[np.int64]:
        """Return the least key from each of these ends to each of the others, [k, l].

        The others were searched the other way along the arcs. `NO_WAY` where none leads.
        """
        if self.count > other.count:
            return other.keys(self).T
        keys = np.full((self.count, other.count), NO_WAY)
        buckets = other.buckets

        def fill(begin: int, until: int) -> None:
            for part in self.parts[begin:until]:
                join(part, buckets, keys)

        _share(fill, len(self.parts), self.threads)
        return keys


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """n nodes in the order of their importance, with shortcuts.

    Parameters
    ----------
    rank
        int32[n]: a node's place in that order; the graphs below number nodes by it.
    up, down
        The arcs from each node to higher ones, and those from higher ones to it.
    tail, head, first, second
        int32[a]: of all arcs, shortcuts included. A shortcut goes by the arcs `first` and
        `second`; these are -1 for an arc of the graph.
    origin
        int32[m]: the number that the graph's arcs had for whoever gave them.
    """

    rank: NDArray[np.int32]
    up: Upwards
    down: Upwards
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    first: NDArray[np.int32]
    second: NDArray[np.int32]
    origin: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.rank)

    def keys(self, sources: Ends, targets: Ends, threads: int = 1) -> NDArray[np.int64]:
        """Return the least key from each of k sources to each of l targets, [k, l].

        `NO_WAY` where none leads. To keep what was found, for more sources or targets later, join
        `going` and `coming` instead.
        """
        return self.going(sources, threads).keys(self.coming(targets, threads))

    def going(self, sources: Ends, threads: int = 1) -> Reached:
        """Search from sources, along the arcs."""
        return self._reached(self.up, self.down, sources, threads)

    def coming(self, targets: Ends, threads: int = 1) -> Reached:
        """Search from targets, against the arcs."""
        return self._reached(self.down, self.up, targets, threads)

    def ways(self, sources: Ends, targets: Ends) -> list[Way | None]:
        """Return the least way from each source to the target of the same place.

        Its arcs by their `origin`; None where no way leads.
        """
        there, back = self._desk(), self._desk()
        begins, ends = self._ranked(sources), self._ranked(targets)
        return [self._way(there, back, begins, ends, i) for i in range(len(begins.first) - 1)]

    def _way(self, there: Desk, back: Desk, begins: Ends, ends: Ends, i: int) -> Way | None:
        climb(there, self.up, self.down, begins, i)
        climb(back, self.down, self.up, ends, i)
        seen = there.seen[: there.n_seen[0]]
        sums = there.key[seen] + back.key[seen]
        if not len(seen) or sums.min() >= NO_WAY:
            return None
        middle = int(seen[sums.argmin()])
        begun, begin = _traced(there.arc, middle, self.tail)
        ended, end = _traced(back.arc, middle, self.head)
        arcs = self._unpacked(begun[::-1] + ended)
        return Way(arcs, _least_end(begins, i, begin), _least_end(ends, i, end))

    def _reached(self, up: Upwards, down: Upwards, ends: Ends, threads: int) -> Reached:
        """Search upwards from all ends; `down` is for searches the other way along the arcs."""
        ranked, parts = self._ranked(ends), []

        def look(begin: int, until: int) -> None:
            desk = self._desk()
            while begin < until:
                found = _room(max(len(self), ROOM * (until - begin)))
                begin = search(desk, up, down, ranked, found, begin, until)
                parts.append(found)

        count = len(ends.first) - 1
        _share(look, count, threads)
        return Reached(parts, count, len(self), threads)

    def _ranked(self, ends: Ends) -> Ends:
        return ends._replace(node=self.rank[ends.node])

    def _desk(self) -> Desk:
        n = len(self)
        key, arc, seen = np.full(n, NO_WAY), np.empty(n, np.int32), np.empty(n, np.int32)
        return Desk(key, arc, seen, np.zeros(1, np.int64), heap(n))

    def _unpacked(self, arcs: list[int]) -> list[int]:
        """Return the arcs of the graph that these go by."""
        way, waiting = [], arcs[::-1]
        while waiting:
            arc = waiting.pop()
            if self.first[arc] < 0:
                way.append(int(self.origin[arc]))
            else:
                waiting += (int(self.second[arc]), int(self.first[arc]))
        return way


def _least_end(ends: Ends, i: int, node: int) -> int:
    """Return which end of search `i` is the least at a node."""
    begin, until = ends.first[i], ends.first[i + 1]
    keys = np.where(ends.node[begin:until] == node, ends.key[begin:until], NO_WAY)
    return int(begin + keys.argmin())


def _traced(
    arc_to: NDArray[np.int32], node: int, below: NDArray[np.int32]
) -> tuple[list[int], int]:
    """Return the arcs by which a search came up to `node`, the last first, and where it began."""
    arcs = []
    while (arc := int(arc_to[node])) >= 0:
        arcs.append(arc)
        node = int(below[arc])
    return arcs, node


def _room(size: int) -> Found:
    node, end = np.empty(size, np.int32), np.empty(size, np.int32)
    return Found(node, end, np.empty(size, np.int64), np.zeros(1, np.int64))


def _share(work: Callable[[int, int], None], count: int, threads: int) -> None:
    """Let threads work at equal shares of 0 … count."""
    cuts = np.linspace(0, count, min(threads, max(count, 1)) + 1).astype(int).tolist()
    if len(cuts) == 2:
        return work(0, count)
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(work, begin, until) for begin, until in pairwise(cuts)]:
            done.result()
    return None
