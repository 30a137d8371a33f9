"""A road network as plain arrays: nodes, arcs, and what each mode makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from routing.speeds import MODES
from routing.travel import Mode

if TYPE_CHECKING:
    from scipy.sparse import csr_array

CLOSED = -1
"""Duration of an arc that a mode may not use."""

TRANSIT_CLASS = "transit"
"""Class of a way that is no street: boarding, riding and getting off, for `Mode.TRANSIT` alone."""

GUESSED = 0
"""Id of such a way where no line of the extract is known."""


@dataclass(frozen=True, eq=False)
class RoadNetwork:
    """Streets of an extract: n nodes, m arcs (one per direction), w ways.

    Every bend is a node: a door finds a node near it, and a path draws itself. Arrays are
    read-only.

    Parameters
    ----------
    node_id, lat, lon
        int64 and float64 of shape [n]: the source's id, WGS-84 degrees.
    is_clipped
        bool[n]: a way goes on from here beyond the extract.
    tail, head, way
        int32[m]: an arc leads from node `tail` to node `head` along `way`.
    length_dm
        int32[m]: decimetres.
    duration_ms
        int32[modes, m] in the order of `MODES`: milliseconds, or `CLOSED`. Whole, so that every
        exact method gives the same sums.
    way_id, way_name, way_class, way_barred
        int64[w], str[w], str[w], bool[modes, w]: the source's id, the street's name or '',
        its class (`highway`), and for whom an access tag closes it. A bollard or gate
        is a way of no length, with its kind as class; a line of public transport has
        `TRANSIT_CLASS`, and nodes of its own that no street touches.
    ban_first, ban_arc, ban_barred
        int64[b + 1], int32[…], bool[modes, b]: sequences of arcs that may not be gone one after
        another, where each begins in `ban_arc`, and for whom: turn restrictions.
    source, source_sha256
        Where it comes from, for people, and the hash of its content.

    Raises
    ------
    ValueError
        Where shapes do not agree or an index points nowhere.
    """

    node_id: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    is_clipped: NDArray[np.bool_]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    way: NDArray[np.int32]
    length_dm: NDArray[np.int32]
    duration_ms: NDArray[np.int32]
    way_id: NDArray[np.int64]
    way_name: NDArray[np.str_]
    way_class: NDArray[np.str_]
    way_barred: NDArray[np.bool_]
    ban_first: NDArray[np.int64]
    ban_arc: NDArray[np.int32]
    ban_barred: NDArray[np.bool_]
    source: str
    source_sha256: str

    def __post_init__(self) -> None:
        self._check()
        for value in vars(self).values():
            if isinstance(value, np.ndarray):
                value.flags.writeable = False

    def _check(self) -> None:
        n, m, w = len(self.node_id), len(self.tail), len(self.way_id)
        shapes = {
            **dict.fromkeys(("lat", "lon", "is_clipped"), (n,)),
            **dict.fromkeys(("head", "way", "length_dm"), (m,)),
            **dict.fromkeys(("way_name", "way_class"), (w,)),
            "duration_ms": (len(MODES), m),
            "way_barred": (len(MODES), w),
            "ban_barred": (len(MODES), len(self.ban_first) - 1),
            "ban_arc": (int(self.ban_first[-1]),),
        }
        for name, shape in shapes.items():
            if (found := getattr(self, name).shape) != shape:
                raise ValueError(f"{name} has shape {found}, expected {shape}")
        for name, limit in (("tail", n), ("head", n), ("way", w), ("ban_arc", m)):
            index = getattr(self, name)
            if len(index) and not 0 <= index.min() <= index.max() < limit:
                raise ValueError(f"{name} points outside 0 … {limit - 1}")

    def __len__(self) -> int:
        return len(self.node_id)

    def open_arcs(self, mode: Mode) -> NDArray[np.intp]:
        """Return the arcs that `mode` may use."""
        return np.flatnonzero(self.duration_ms[MODES.index(mode)] != CLOSED)

    def bans(self, mode: Mode) -> list[NDArray[np.int32]]:
        """Return the sequences of arcs that `mode` may not go one after another."""
        binding = np.flatnonzero(self.ban_barred[MODES.index(mode)]).tolist()
        return [self.ban_arc[self.ban_first[i] : self.ban_first[i + 1]] for i in binding]

    def used_nodes(self, mode: Mode) -> NDArray[np.bool_]:
        """Return bool[n]: an arc that `mode` may use begins or ends here."""
        arcs = self.open_arcs(mode)
        used = np.zeros(len(self), bool)
        used[self.tail[arcs]] = used[self.head[arcs]] = True
        return used

    @cached_property
    def is_street(self) -> NDArray[np.bool_]:
        """bool[m]: the arc is a piece of a street, and no ride."""
        return np.asarray(self.way_class[self.way] != TRANSIT_CLASS)

    @cached_property
    def on_street(self) -> NDArray[np.bool_]:
        """bool[n]: a street begins or ends here; elsewhere one is on board, and no door is near."""
        on_street = np.zeros(len(self), bool)
        on_street[self.tail[self.is_street]] = on_street[self.head[self.is_street]] = True
        return on_street

    def main_nodes(self, mode: Mode) -> NDArray[np.bool_]:
        """Return bool[n]: the largest part where every node is reached from every other."""
        nodes: NDArray[np.bool_] = self._main_nodes[MODES.index(mode)]
        return nodes

    @cached_property
    def _main_nodes(self) -> NDArray[np.bool_]:
        return np.array([self._largest_part(mode) for mode in MODES])

    def _largest_part(self, mode: Mode) -> NDArray[np.bool_]:
        from scipy.sparse.csgraph import connected_components

        used = self.used_nodes(mode)
        if not used.any():
            return used
        arcs = self.open_arcs(mode)
        graph = self.graph(mode, np.ones(len(arcs)))
        _, part = connected_components(graph, directed=True, connection="strong")
        is_largest: NDArray[np.bool_] = part == np.bincount(part[used]).argmax()
        return used & is_largest

    def graph(self, mode: Mode, weights: NDArray[np.float64]) -> csr_array[Any, Any]:
        """Return the [n, n] matrix of `weights` of the open arcs; of parallel arcs the least."""
        from scipy.sparse import csr_array

        arcs = self.open_arcs(mode)
        order = np.lexsort((weights, self.head[arcs], self.tail[arcs]))
        tail, head = self.tail[arcs][order], self.head[arcs][order]
        is_first = np.ones(len(arcs), bool)
        is_first[1:] = (np.diff(tail) != 0) | (np.diff(head) != 0)
        entries = weights[order][is_first], (tail[is_first], head[is_first])
        return csr_array(entries, shape=(len(self), len(self)))
