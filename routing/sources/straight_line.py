"""Travel times without roads: the straight line, lengthened. A fallback that says it is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from routing.point import distances_m
from routing.speeds import WALK_KPH, walk_ms
from routing.travel import Mode, Spot, TravelMatrix

CITY_KPH: Mapping[Mode, float] = {
    Mode.CAR: 25.0,
    Mode.EBIKE: 15.0,
    Mode.WALK: WALK_KPH,
    Mode.TRANSIT: 10.0,  # with the walks and the waits at both ends
}
"""From door to door across a city; house assumptions."""

DETOUR = 1.35  # a usual ratio of road to straight line in towns; a house assumption


class StraightLineTimes:
    """Guesses travel times where there is no road network.

    Parameters
    ----------
    kph
        Speed of each mode along the lengthened line.
    detour
        How much longer the way is than the straight line, at least 1.
    """

    def __init__(self, kph: Mapping[Mode, float] = CITY_KPH, detour: float = DETOUR) -> None:
        if detour < 1 or min(kph.values()) <= 0:
            raise ValueError(
                f"detour {detour} is below 1, or a speed of {dict(kph)} is not positive"
            )
        self._kph = kph
        self._detour = detour

    def matrix(self, spots: Sequence[Spot], modes: Sequence[Mode]) -> TravelMatrix:
        """Return the matrix of all `spots`, in their order; everything is reachable."""
        lat, lon = np.array([(spot.point.lat, spot.point.lon) for spot in spots]).reshape(-1, 2).T
        door_m = np.array([spot.access_m for spot in spots])
        walks_m = door_m[:, None] + door_m
        way_m = distances_m(lat[:, None], lon[:, None], lat, lon) * self._detour
        kph = np.array([self._kph[mode] for mode in modes]).reshape(-1, 1, 1)
        seconds = np.ceil((way_m * 3600 / kph + walk_ms(walks_m)) / 1000)
        metres = np.broadcast_to(np.rint(way_m + walks_m), seconds.shape)
        is_other = ~np.eye(len(spots), dtype=bool)
        return TravelMatrix(
            tuple(modes),
            (seconds * is_other).astype(np.int32)[:, None],
            (metres * is_other).astype(np.int32)[:, None],
            source=f"straight line × {self._detour:g}, a guess without roads",
        )
