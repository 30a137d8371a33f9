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

from routing.chains import chains
from routing.contraction import OnProgress, build_hierarchy
from routing.expanding import expand
from routing.legs import arc_keys
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
    """The arcs of a network that a mode may use; `folder` is where their ways are kept."""

    network: RoadNetwork
    mode: Mode
    folder: Path | None = None

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
        return Snapper(self.network, self.mode, self.arcs[self.traffic.main_arcs])

    @cached_property
    def traffic(self) -> Traffic:
        kept = load_ways(self._file, self._sha256) if self._file else None
        return self._traffic(kept or self.build())

    def build(self, on_progress: OnProgress | None = None) -> Ways:
        """Build the ways anew, and keep them."""
        n, tail, head = len(self.network), *self._ends
        is_kept = banned_nodes(self.network, self.mode)
        roads = chains(n, tail, head, self.keys, self.network.way[self.arcs], is_kept)
        turns, forbidden_ways = mode_turns(self.network, self.mode, self.arcs, roads)
        grown = expand(roads, n, turns, COSTS[self.mode].back_key, forbidden_ways)
        hierarchy = build_hierarchy(grown.n, grown.tail, grown.head, grown.keys(roads), on_progress)
        built = Ways(roads, grown, hierarchy)
        if self._file:
            save_ways(built, self._file, self._sha256)
        return built

    def nodes(self, way: list[int]) -> NDArray[np.int32]:
        """Return the nodes that a way along these arcs goes by."""
        return self.network.head[self.arcs[way[:-1]]]

    @property
    def _ends(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        return self.network.tail[self.arcs], self.network.head[self.arcs]

    @property
    def _file(self) -> Path | None:
        return self.folder / f"ways-{self.mode}.npz" if self.folder else None

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
    of_modes: Mapping[Mode, ModeRoads] = field(init=False)

    def __post_init__(self) -> None:
        of_modes = {mode: ModeRoads(self.network, mode, self.folder) for mode in MODES}
        object.__setattr__(self, "of_modes", of_modes)
