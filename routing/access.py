"""Where ways begin and end that lead from the middle of one road to that of another.

A place beside a road stands on every chain that leads past it, both ways where both are open; one
at a node on all that lead away from it, or to it. From there a way goes on to the end of the chain,
or comes into it by any turn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routing.chains import Chains
from routing.expanding import Expanded
from routing.kernels.climbing import Ends
from routing.legs import parts
from routing.snapping import Snapped


@dataclass(frozen=True, eq=False)
class Stands:
    """Where k places stand on chains.

    Parameters
    ----------
    place
        int64[s]: the place of each stand, 0 … k - 1, in that order.
    arc, chain, offset
        int64[s], int32[s], int64[s]: the arc and its chain, and what the chain takes up to there.
    """

    count: int
    place: NDArray[np.int64]
    arc: NDArray[np.int64]
    chain: NDArray[np.int32]
    offset: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Access:
    """The `ends` of ways for a hierarchy, and the stand of each, int64[e]."""

    stands: Stands
    ends: Ends
    stand: NDArray[np.int64]


class Lookup:
    """Arcs by their ends, and arcs of an expanded graph by their chain.

    Parameters
    ----------
    tail, head, key
        int32[m], int32[m], int64[m]: the arcs of which `roads` are made.
    """

    def __init__(
        self,
        tail: NDArray[np.int32],
        head: NDArray[np.int32],
        key: NDArray[np.int64],
        roads: Chains,
        grown: Expanded,
    ) -> None:
        self._tail, self._key = tail, key
        self._roads, self._grown = roads, grown
        self._between = ByValue(pairs(tail, head))
        self._out, self._into = ByValue(tail), ByValue(head)
        self._entries = ByValue(grown.chain)

    def leaving(self, places: Snapped) -> Access:
        """Return where ways begin that leave `places`, all of which have a road."""
        stands, roads = self._stands(places, self._out, share=0.0), self._roads
        ends = Ends(
            _first(stands.place, stands.count),
            self._grown.arrival[stands.chain],
            roads.key[stands.chain] - stands.offset,
        )
        return Access(stands, ends, np.arange(len(stands.place)))

    def entering(self, places: Snapped) -> Access:
        """Return where ways end that lead to `places`."""
        stands, grown = self._stands(places, self._into, share=1.0), self._grown
        stand, arc = self._entries.of(stands.chain)
        ends = Ends(
            _first(stands.place[stand], stands.count),
            grown.tail[arc],
            grown.turn[arc] + stands.offset[stand],
        )
        return Access(stands, ends, stand)

    def _stands(self, places: Snapped, at_node: ByValue, share: float) -> Stands:
        """Return all stands; `share` is where on its arcs a place at a node is."""
        is_node = places.tail == places.head
        pair = pairs(places.tail, places.head)
        beside, between = self._between.of(np.where(is_node, -1, pair))
        at, ending = at_node.of(np.where(is_node, places.tail, -1))
        place, arc = np.concatenate((beside, at)), np.concatenate((between, ending))
        is_along = self._tail[between] == places.tail[beside]
        along = np.where(is_along, places.share[beside], 1 - places.share[beside])
        shares = np.concatenate((along, np.full(len(at), share)))
        order = np.argsort(place, kind="stable")
        place, arc = place[order], arc[order]
        offset = self._roads.before[arc] + parts(self._key[arc], shares[order])
        return Stands(len(places.tail), place, arc, self._roads.chain_of[arc], offset)


def direct(
    leaving: Stands, entering: Stands
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the stands from one to another farther along its chain, and what lies between."""
    begin, end = ByValue(entering.chain).of(leaving.chain)
    key = entering.offset[end] - leaving.offset[begin]
    is_ahead = key >= 0
    return begin[is_ahead], end[is_ahead], key[is_ahead]


class ByValue:
    """Places of equal values in an array, found by value."""

    def __init__(self, values: NDArray[np.integer]) -> None:
        self._order = np.argsort(values, kind="stable")
        self._values = values[self._order]

    def any(self, holds: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return for each place whether it holds for any of the same value."""
        _, group = np.unique(self._values, return_inverse=True)
        found = np.zeros(len(holds), bool)
        found[group[holds[self._order]]] = True
        held = np.empty(len(holds), bool)
        held[self._order] = found[group]
        return held

    def of(self, asked: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return all pairs of a place in `asked` and one with the same value."""
        begin = np.searchsorted(self._values, asked, side="left")
        count = np.searchsorted(self._values, asked, side="right") - begin
        which = np.repeat(np.arange(len(asked)), count)
        nth = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
        return which, self._order[begin[which] + nth].astype(np.int64)


def pairs(a: NDArray[np.integer], b: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return a number for two nodes, whichever comes first."""
    number: NDArray[np.int64] = (np.minimum(a, b).astype(np.int64) << 32) + np.maximum(a, b)
    return number


def _first(place: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """int64[count + 1]: where each place's own begin."""
    first: NDArray[np.int64] = np.searchsorted(place, np.arange(count + 1))
    return first
