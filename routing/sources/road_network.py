"""Travel times over a road network: by its hierarchies, exact to the second."""

from __future__ import annotations

import os
from collections.abc import Sequence

from routing.legs import key_limit
from routing.mode_roads import Roads
from routing.snapping import SNAP_LIMIT_M
from routing.table import Asked, OnProgress, RoadTable
from routing.travel import Mode, Spot, TravelMatrix

MOST_S = (1 << 27) // 1000
"""37 hours: how long a way may take."""

MOST_THREADS = 4


class RoadTravelTimes:
    """The fastest way by road between spots, with its length.

    Parameters
    ----------
    roads
        The roads and their hierarchies.
    snap_limit_m
        A spot farther than this from the roads has none.
    limit_s
        Ways that take longer by road are `UNREACHABLE`.
    threads
        How many work at a matrix, of those that the machine has.

    Raises
    ------
    ValueError
        Where `limit_s` is not between 1 and `MOST_S`.
    """

    def __init__(
        self,
        roads: Roads,
        *,
        snap_limit_m: float = SNAP_LIMIT_M,
        limit_s: int = MOST_S,
        threads: int = MOST_THREADS,
    ) -> None:
        if not 0 < limit_s <= MOST_S:
            raise ValueError(f"limit_s {limit_s} is not between 1 and {MOST_S}")
        self._roads = roads
        self._asked = Asked(snap_limit_m, key_limit(limit_s), min(threads, os.cpu_count() or 1))

    def table(
        self, spots: Sequence[Spot], modes: Sequence[Mode], on_progress: OnProgress | None = None
    ) -> RoadTable:
        """Return the matrix of all `spots`, in their order, to which more can be added."""
        return RoadTable.empty(self._roads, modes, self._asked).with_more(spots, on_progress)

    def matrix(
        self,
        spots: Sequence[Spot],
        modes: Sequence[Mode],
        *,
        on_progress: OnProgress | None = None,
    ) -> TravelMatrix:
        """Return the matrix of all `spots`, in their order, as `RoadTable` describes it."""
        return self.table(spots, modes, on_progress).matrix
