"""How many times as long ways take as roads say: by mode and hour, and by where they lead.

A pace below 1 is quicker than the roads are believed to be. `scheduler.forecast` learns them from
what crews recorded; `sources/paced.py` lets travel times keep them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from routing.point import Point, distances_m
from routing.travel import Mode


@dataclass(frozen=True, slots=True)
class ModePaces:
    """The paces of a mode, one for each of `Paces.starts_s`."""

    mode: Mode
    paces: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """Where ways lead, told by its middle: a point is of the area whose middle is nearest."""

    name: str
    middle: Point
    pace: float


@dataclass(frozen=True, slots=True)
class Paces:
    """The pace of a way is that of its mode at the hour, times that of the area it leads to.

    Areas differ little and every visit lasts minutes, so that a detour by way of another door
    stays longer than the direct way.

    Parameters
    ----------
    starts_s
        Second of the day at which each band of hours begins, ascending, the first at 0.
    of_modes
        Modes that are not among them go as roads say.
    areas
        None where all are alike.
    """

    starts_s: tuple[int, ...] = (0,)
    of_modes: tuple[ModePaces, ...] = ()
    areas: tuple[Area, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """Whether everything goes as roads say."""
        told = [pace for one in self.of_modes for pace in one.paces]
        return all(pace == 1 for pace in (*told, *(area.pace for area in self.areas)))

    def of_hour(self, mode: Mode, second: int) -> float:
        """Return the pace of a mode at a second of the day; before the first band its holds."""
        band = max(0, bisect_right(self.starts_s, second) - 1)
        return next((one.paces[band] for one in self.of_modes if one.mode is mode), 1.0)

    def of_way(self, mode: Mode, second: int, to: Point) -> float:
        """Return the pace of a way to a point, begun at a second of the day."""
        return self.of_hour(mode, second) * float(self.of_points([to])[0])

    def of_points(self, points: Sequence[Point]) -> NDArray[np.float64]:
        """Return float64[n], the paces of the areas that points lie in."""
        if not self.areas or not points:
            return np.ones(len(points))
        lat, lon = (np.array([[getattr(p, axis)] for p in points]) for axis in ("lat", "lon"))
        middles = [area.middle for area in self.areas]
        away_m = distances_m(lat, lon, [p.lat for p in middles], [p.lon for p in middles])
        found = np.array([area.pace for area in self.areas], float)
        nearest: NDArray[np.float64] = found[away_m.argmin(axis=1)]
        return nearest

    def starts_for(self, modes: Sequence[Mode]) -> tuple[int, ...]:
        """Return when bands begin that differ from the one before for one of these modes."""
        bands = [tuple(self.of_hour(mode, start) for mode in modes) for start in self.starts_s]
        changes = [k for k, (was, now) in enumerate(pairwise(bands), 1) if was != now]
        return (0, *(self.starts_s[k] for k in changes))


AS_ROADS_SAY = Paces()
