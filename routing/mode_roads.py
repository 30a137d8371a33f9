"""The roads of one mode as a graph, and its hierarchy: built when it is first asked for, and kept.

Kept beside the network where a folder is given. A file is known by the hash of the very graph that
it was built from: one of other roads or speeds, one half written and one of another version are
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

from routing.contraction import OnProgress, build_hierarchy
from routing.hierarchy import Hierarchy
from routing.legs import arc_keys
from routing.roads import RoadNetwork
from routing.speeds import MODES
from routing.storing import load_hierarchy, save_hierarchy
from routing.travel import Mode


@dataclass(frozen=True, eq=False)
class ModeRoads:
    """The arcs of a network that a mode may use; `folder` is where its hierarchy is kept."""

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
    def hierarchy(self) -> Hierarchy:
        """The hierarchy of these arcs; its origins are places in `arcs`."""
        kept = load_hierarchy(self._file, self._sha256) if self._file else None
        return kept or self.build()

    def build(self, on_progress: OnProgress | None = None) -> Hierarchy:
        """Build the hierarchy anew, and keep it."""
        tail, head = self.network.tail[self.arcs], self.network.head[self.arcs]
        built = build_hierarchy(len(self.network), tail, head, self.keys, on_progress)
        if self._file:
            save_hierarchy(built, self._file, self._sha256)
        return built

    def nodes(self, way: list[int]) -> list[int]:
        """Return the nodes of a way along arcs of the hierarchy; none where it has no arc."""
        if not way:
            return []
        arcs = self.arcs[way]
        return [int(self.network.tail[arcs[0]]), *self.network.head[arcs].tolist()]

    @property
    def _file(self) -> Path | None:
        return self.folder / f"ways-{self.mode}.npz" if self.folder else None

    @cached_property
    def _sha256(self) -> str:
        told = hashlib.sha256()
        for array in (self.network.tail[self.arcs], self.network.head[self.arcs], self.keys):
            told.update(np.ascontiguousarray(array).tobytes())
        return told.hexdigest()


@dataclass(frozen=True, eq=False)
class Roads:
    """The roads of all modes of one network, each with its hierarchy."""

    network: RoadNetwork
    folder: Path | None = None
    of_modes: Mapping[Mode, ModeRoads] = field(init=False)

    def __post_init__(self) -> None:
        of_modes = {mode: ModeRoads(self.network, mode, self.folder) for mode in MODES}
        object.__setattr__(self, "of_modes", of_modes)
