"""From turn restrictions to forbidden sequences of arcs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from routing.restrictions import Restriction
from routing.speeds import MODES

Route = tuple[int, ...]
"""Arcs, each going on where the one before it ends."""


@dataclass(frozen=True, eq=False)
class Bans:
    """b sequences of arcs that may not be gone one after another.

    Parameters
    ----------
    first, arc
        int64[b + 1], int32[…]: where the arcs of each begin in `arc`.
    barred
        bool[modes, b]: whom it binds.
    """

    first: NDArray[np.int64]
    arc: NDArray[np.int32]
    barred: NDArray[np.bool_]


class Streets:
    """The arcs of a network by way and by node, for who looks for a few of them.

    Parameters
    ----------
    node_id, tail, head
        int64[n], int[m], int[m]: as a network has them.
    arc_way_id
        int64[m]: the source's id of the way of each arc.
    is_open
        bool[modes, m].
    """

    def __init__(
        self,
        node_id: NDArray[np.int64],
        tail: NDArray[np.int64],
        head: NDArray[np.int64],
        arc_way_id: NDArray[np.int64],
        is_open: NDArray[np.bool_],
    ) -> None:
        self._node_id, self._tail, self._head = node_id, tail, head
        self._way, self._is_open = arc_way_id, is_open

    def bans(self, restrictions: Sequence[Restriction]) -> Bans:
        """Return what the restrictions forbid; one whose roads are not here forbids nothing."""
        found = [ban for one in restrictions for ban in self._bans(one)]
        lengths = [len(route) for route, _ in found]
        return Bans(
            np.cumsum([0, *lengths], dtype=np.int64),
            np.array([arc for route, _ in found for arc in route], np.int32),
            np.array([barred for _, barred in found], bool).reshape(-1, len(MODES)).T,
        )

    def _bans(self, restriction: Restriction) -> Iterator[tuple[Route, list[bool]]]:
        is_bound = np.array([mode in restriction.modes for mode in MODES])
        for from_way, to_way in product(restriction.from_ways, restriction.to_ways):
            for route in self._routes(restriction, from_way, to_way):
                barred = (is_bound & self._is_open[:, list(route)].all(axis=1)).tolist()
                ways = self._others(route) if restriction.is_only else [route]
                yield from ((way, barred) for way in ways)

    def _others(self, route: Route) -> Iterator[Route]:
        """Yield the route with each other way on at its end."""
        for arc in np.flatnonzero(self._tail == self._tail[route[-1]]).tolist():
            if arc != route[-1]:
                yield (*route[:-1], arc)

    def _routes(self, restriction: Restriction, from_way: int, to_way: int) -> list[Route]:
        """Return the way that is meant; none where the extract does not hold just one."""
        if restriction.via_node is None:
            found = self._by_ways(from_way, restriction.via_ways, to_way)
        else:
            found = list(self._by_node(from_way, restriction.via_node, to_way))
        return found if len(found) == 1 or from_way == to_way else []

    def _by_node(self, from_way: int, via_node: int, to_way: int) -> Iterator[Route]:
        node = int(np.searchsorted(self._node_id, via_node))
        for into, out in product(self._arcs_of(from_way), self._arcs_of(to_way)):
            is_here = self._head[into] == node == self._tail[out]
            is_back = self._head[out] == self._tail[into]
            if is_here and (is_back or from_way != to_way):
                yield into, out

    def _by_ways(self, from_way: int, via_ways: Sequence[int], to_way: int) -> list[Route]:
        routes: list[Route] = [(arc,) for arc in self._arcs_of(from_way)]
        for way, after in zip(via_ways, (*via_ways[1:], to_way), strict=True):
            exits = self._nodes_of(after)
            routes = [
                (*route, *more) for route in routes for more in self._along(route[-1], way, exits)
            ]
        return [
            (*route, out)
            for route in routes
            for out in self._arcs_of(to_way)
            if self._tail[out] == self._head[route[-1]]
        ]

    def _along(self, before: int, way: int, exits: set[int]) -> Iterator[Route]:
        """Yield the arcs of a way that lead from the end of an arc to one of its exits."""
        arcs = self._arcs_of(way)
        for begin in self._onward(before, arcs):
            yield from self._followed(begin, arcs, exits)

    def _followed(self, begin: int, arcs: list[int], exits: set[int]) -> Iterator[Route]:
        route = [begin]
        while self._head[route[-1]] not in exits:
            onward = self._onward(route[-1], arcs)
            if len(onward) != 1 or len(route) == len(arcs):
                return
            route += onward
        yield tuple(route)

    def _onward(self, before: int, arcs: list[int]) -> list[int]:
        here, back = self._head[before], self._tail[before]
        return [arc for arc in arcs if self._tail[arc] == here and self._head[arc] != back]

    def _nodes_of(self, way: int) -> set[int]:
        arcs = self._arcs_of(way)
        return {*self._tail[arcs].tolist(), *self._head[arcs].tolist()}

    def _arcs_of(self, way: int) -> list[int]:
        order, ways = self._by_way
        begin, end = np.searchsorted(ways, (way, way + 1))
        arcs: list[int] = order[begin:end].tolist()
        return arcs

    @cached_property
    def _by_way(self) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        order = np.argsort(self._way, kind="stable")
        return order, self._way[order]
