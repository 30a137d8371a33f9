"""The map sheet: nodes, ways and relations with tags, as OpenStreetMap keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from data.towns.ground import Ground
from data.towns.plat import around

Tags = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Way:
    """A line through nodes, or an area where the last is the first."""

    nodes: tuple[int, ...]
    tags: Tags


@dataclass(frozen=True, slots=True)
class Relation:
    """Nodes in an order that matters, all in one role."""

    nodes: tuple[int, ...]
    role: str
    tags: Tags


@dataclass(slots=True)
class Sheet:
    """Nodes are numbered from 1 in the order they come; coordinates in 1e-7 degrees, WGS-84."""

    ground: Ground
    node_tags: dict[int, Tags] = field(default_factory=dict)
    ways: list[Way] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    _lats: list[NDArray[np.int64]] = field(default_factory=list)
    _lons: list[NDArray[np.int64]] = field(default_factory=list)
    _count: int = 0

    @property
    def lat(self) -> NDArray[np.int64]:
        """int64[n]; node `k` stands at index `k - 1`."""
        return np.concatenate(self._lats)

    @property
    def lon(self) -> NDArray[np.int64]:
        """int64[n]."""
        return np.concatenate(self._lons)

    def add_nodes(self, at: ArrayLike) -> NDArray[np.int64]:
        """Add points of the board and return their numbers, in order."""
        lat, lon = self.ground.degrees(at)
        self._lats.append(lat)
        self._lons.append(lon)
        self._count += lat.size
        return np.arange(self._count - lat.size + 1, self._count + 1)

    def add_marks(self, at: ArrayLike, tags: Iterable[Tags]) -> None:
        """Add nodes that stand for themselves: a door, a place."""
        self.node_tags.update(zip(self.add_nodes(at).tolist(), tags, strict=True))

    def add_areas(self, outlines: list[list[complex]], tags: Iterable[Tags]) -> None:
        """Add closed ways; the first corner is not repeated in `outlines`."""
        corners = [corner for outline in outlines for corner in outline]
        numbers = iter(self.add_nodes(corners).tolist())
        for outline, these in zip(outlines, tags, strict=True):
            ring = tuple(next(numbers) for _ in outline)
            self.ways.append(Way((*ring, ring[0]), these))


def dense(outline: list[complex], step_m: float) -> list[complex]:
    """Return a closed outline with a point at least every `step_m`, so that it bends."""
    points = []
    for here, there in around(outline):
        steps = int(abs(there - here) / step_m) + 1
        points += [here + (there - here) * step / steps for step in range(steps)]
    return points
