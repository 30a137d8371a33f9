"""The roads of one mode with the speeds of one time of the day: what leads from place to place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from routing.access import Access, ByValue, Lookup, Stands, direct, pairs
from routing.chains import Chains
from routing.expanding import Expanded
from routing.hierarchy import Hierarchy, Reached, Way
from routing.snapping import Snapped


@dataclass(frozen=True, eq=False)
class Searched:
    """Places, and what was found by searching from them, one way along the roads."""

    places: Snapped
    stands: Stands
    reached: Reached


@dataclass(frozen=True, slots=True)
class Line:
    """What a way takes, and its arcs; of the first and the last only a part is gone."""

    key: int
    arcs: list[int]


@dataclass(frozen=True, eq=False)
class Traffic:
    """The arcs of a mode as chains, expanded where turns matter, and their hierarchy."""

    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    key: NDArray[np.int64]
    roads: Chains
    grown: Expanded
    hierarchy: Hierarchy

    @cached_property
    def main_arcs(self) -> NDArray[np.int64]:
        """The arcs beside which one gets from and to everywhere, but for small parts cut off.

        A road counts as a whole: one may leave it one way and have come the other.
        """
        grown, is_main = self.grown, _largest_part(self.grown, np.diff(self.roads.first))
        leads_on = is_main[grown.arrival][self.roads.chain_of]
        is_entered = np.zeros(len(self.roads), bool)
        is_entered[grown.chain[is_main[grown.tail]]] = True
        roads = ByValue(pairs(self.tail, self.head))
        return np.flatnonzero(roads.any(leads_on) & roads.any(is_entered[self.roads.chain_of]))

    def going(self, places: Snapped, threads: int = 1) -> Searched:
        """Search from places that have a road, along the roads."""
        access = self._lookup.leaving(places)
        return Searched(places, access.stands, self.hierarchy.going(access.ends, threads))

    def coming(self, places: Snapped, threads: int = 1) -> Searched:
        """Search from places that have a road, against the roads."""
        access = self._lookup.entering(places)
        return Searched(places, access.stands, self.hierarchy.coming(access.ends, threads))

    @staticmethod
    def keys(going: Searched, coming: Searched) -> NDArray[np.int64]:
        """Return the least key from each place to each other, [k, l]; `NO_WAY` where none leads."""
        keys = going.reached.keys(coming.reached)
        begin, end, key = direct(going.stands, coming.stands)
        np.minimum.at(keys, (going.stands.place[begin], coming.stands.place[end]), key)
        keys[going.places.is_at(coming.places)] = 0
        return keys

    def lines(self, begins: Snapped, ends: Snapped) -> list[Line | None]:
        """Return the way from each place to the one of the same number, None where none leads."""
        leaving, entering = self._lookup.leaving(begins), self._lookup.entering(ends)
        lines = [
            None if way is None else self._line(way, leaving, entering)
            for way in self.hierarchy.ways(leaving.ends, entering.ends)
        ]
        for place, line in self._direct_lines(leaving.stands, entering.stands):
            known = lines[place]
            if known is None or line.key < known.key:
                lines[place] = line
        for place in np.flatnonzero(begins.is_like(ends)).tolist():
            lines[place] = Line(0, [])
        return lines

    def _line(self, way: Way, leaving: Access, entering: Access) -> Line:
        begin, end = int(leaving.stand[way.begin]), int(entering.stand[way.end])
        key = leaving.ends.key[way.begin] + entering.ends.key[way.end]
        key += self._grown_keys[way.arcs].sum()
        between = [arc for chain in self.grown.chain[way.arcs] for arc in self._arcs(chain)]
        arcs = [*self._onward(leaving.stands, begin), *between, *self._upto(entering.stands, end)]
        return Line(int(key), arcs)

    def _direct_lines(self, leaving: Stands, entering: Stands) -> list[tuple[int, Line]]:
        """Return the ways that stay on one chain, each with the number of its places."""
        begin, end, key = direct(leaving, entering)
        is_asked = leaving.place[begin] == entering.place[end]
        asked = zip(
            *(found[is_asked].tolist() for found in (begin, end, key)),
            strict=True,
        )
        return [
            (int(leaving.place[a]), Line(k, self._between(leaving, a, entering, b)))
            for a, b, k in asked
        ]

    def _between(self, leaving: Stands, begin: int, entering: Stands, end: int) -> list[int]:
        first, last = self._place_of[leaving.arc[begin]], self._place_of[entering.arc[end]]
        arcs: list[int] = self.roads.arcs[first : last + 1].tolist()
        return arcs

    def _onward(self, stands: Stands, stand: int) -> list[int]:
        end = self.roads.first[stands.chain[stand] + 1]
        arcs: list[int] = self.roads.arcs[self._place_of[stands.arc[stand]] : end].tolist()
        return arcs

    def _upto(self, stands: Stands, stand: int) -> list[int]:
        begin = self.roads.first[stands.chain[stand]]
        arcs: list[int] = self.roads.arcs[begin : self._place_of[stands.arc[stand]] + 1].tolist()
        return arcs

    def _arcs(self, chain: int) -> list[int]:
        arcs: list[int] = self.roads.arcs[
            self.roads.first[chain] : self.roads.first[chain + 1]
        ].tolist()
        return arcs

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(self.tail, self.head, self.key, self.roads, self.grown)

    @cached_property
    def _grown_keys(self) -> NDArray[np.int64]:
        return self.grown.keys(self.roads)

    @cached_property
    def _place_of(self) -> NDArray[np.int64]:
        """int64[m]: the place of each arc in `roads.arcs`."""
        place = np.empty(len(self.roads.arcs), np.int64)
        place[self.roads.arcs] = np.arange(len(place))
        return place


def _largest_part(grown: Expanded, sizes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """bool[n]: the part of the most arcs, where each node is reached from each other.

    `sizes` are the arcs of each chain.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    ones, size = np.ones(len(grown.tail), bool), (grown.n, grown.n)
    graph = csr_array((ones, (grown.tail, grown.head)), shape=size)
    _, part = connected_components(graph, directed=True, connection="strong")
    arcs = np.bincount(part[grown.arrival], sizes, minlength=1)
    is_largest: NDArray[np.bool_] = part == arcs.argmax()
    return is_largest
