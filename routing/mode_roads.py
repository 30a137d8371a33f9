"""The roads of one mode, ready to be asked: built when they are first needed, and kept.

Kept beside the network where a folder is given. A file is known by the hash of all that it was
built from: one of other roads, speeds or turns, one half written and one of another version are
built again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from routing.chains import Chains, chains
from routing.contraction import OnProgress, build_hierarchy
from routing.expanding import Expanded, expand
from routing.legs import arc_keys
from routing.peaks import FREE, Factors, slowed
from routing.roads import RoadNetwork
from routing.snapping import Snapper
from routing.speeds import MODES
from routing.storing import load_ways, save_ways
from routing.traffic import Traffic
from routing.travel import Mode
from routing.turning import COSTS, banned_nodes, mode_turns
from routing.ways import Ways


@dataclass(frozen=True, eq=False)
class ModeRoads:
    """The arcs of a network that a mode may use; `folder` is where their ways are kept.

    `free` are the same arcs outside of all peaks, where these are slower: junctions and the order
    of nodes are theirs, so that less has to be built.
    """

    network: RoadNetwork
    mode: Mode
    folder: Path | None = None
    free: ModeRoads | None = None

    @cached_property
    def arcs(self) -> NDArray[np.intp]:
        """The numbers of these arcs in the network."""
        return self.network.open_arcs(self.mode)

    @cached_property
    def keys(self) -> NDArray[np.int64]:
        """What each takes, as `routing.legs` writes it."""
        duration_ms = self.network.duration_ms[MODES.index(self.mode), self.arcs]
        return arc_keys(duration_ms, self.network.length_dm[self.arcs])

    @cached_property
    def snapper(self) -> Snapper:
        if self.free:
            return self.free.snapper
        return Snapper(self.network, self.mode, self.arcs[self.traffic.main_arcs])

    @cached_property
    def traffic(self) -> Traffic:
        return self._traffic(self._ways())

    def build(self, on_progress: OnProgress | None = None) -> Ways:
        """Build the ways anew, and keep them."""
        roads, grown = self._slower() if self.free else self._grown()
        order = self.free.traffic.hierarchy.rank if self.free else None
        keys = grown.keys(roads)
        hierarchy = build_hierarchy(grown.n, grown.tail, grown.head, keys, on_progress, order)
        built = Ways(roads, grown, hierarchy)
        if self._file:
            save_ways(built, self._file, self._sha256)
        return built

    def keep(self) -> Path | None:
        """Build the ways unless they are kept already; return the file, if there is a folder."""
        self._ways()
        return self._file

    def nodes(self, way: list[int]) -> NDArray[np.int32]:
        """Return the nodes that a way along these arcs goes by."""
        return self.network.head[self.arcs[way[:-1]]]

    def _ways(self) -> Ways:
        kept = load_ways(self._file, self._sha256) if self._file else None
        return kept or self.build()

    def _grown(self) -> tuple[Chains, Expanded]:
        """Return the chains of these arcs, and their junctions expanded where turns matter."""
        network, n = self.network, len(self.network)
        is_kept = banned_nodes(network, self.mode)
        roads = chains(n, *self._ends, self.keys, network.way[self.arcs], is_kept)
        turns, forbidden_ways = mode_turns(network, self.mode, self.arcs, roads)
        return roads, expand(roads, n, turns, COSTS[self.mode].back_key, forbidden_ways)

    def _slower(self) -> tuple[Chains, Expanded]:
        """Return those of the free roads, with what they take now.

        Where roads are slower, turning round beyond a junction takes longer: what had to be
        expanded for the free ones is enough.
        """
        assert self.free
        return self.free.traffic.roads.taking(self.keys), self.free.traffic.grown

    @property
    def _ends(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        return self.network.tail[self.arcs], self.network.head[self.arcs]

    @property
    def _file(self) -> Path | None:
        if not self.folder:
            return None
        kind = f"-{self._sha256[:12]}" if self.free else ""
        return self.folder / f"ways-{self.mode}{kind}.npz"

    def _traffic(self, ways: Ways) -> Traffic:
        roads = ways.roads.taking(self.keys)
        return Traffic(*self._ends, self.keys, roads, ways.grown, ways.hierarchy)

    @cached_property
    def _sha256(self) -> str:
        network, told = self.network, hashlib.sha256(repr(COSTS[self.mode]).encode())
        arrays = (*self._ends, self.keys, network.way[self.arcs], network.lat, network.lon)
        for array in (*arrays, *network.bans(self.mode)):
            told.update(np.ascontiguousarray(array).tobytes())
        return told.hexdigest()


@dataclass(frozen=True, eq=False)
class Roads:
    """The roads of all modes of one network."""

    network: RoadNetwork
    folder: Path | None = None
    free: Roads | None = None
    of_modes: Mapping[Mode, ModeRoads] = field(init=False)

    def __post_init__(self) -> None:
        free = self.free.of_modes if self.free else {}
        of_modes = {
            mode: ModeRoads(self.network, mode, self.folder, free.get(mode)) for mode in MODES
        }
        object.__setattr__(self, "of_modes", of_modes)

    def at(self, factors: Factors) -> Roads:
        """Return these roads in a peak."""
        if factors == FREE:
            return self
        return Roads(slowed(self.network, factors), self.folder, free=self)
