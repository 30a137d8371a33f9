"""Travel times between places: what every source of them answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from routing.point import Point

UNREACHABLE = 2**30
"""Seconds and metres where no way leads; the largest sum of two still fits an int64."""


class Mode(StrEnum):
    """How a collector moves. Their order is that of every per-mode axis, also in kept files.

    `TRANSIT` walks, and rides on public transport where the extract has stops: an approximation
    (docs/roads.md).
    """

    CAR = "car"
    EBIKE = "ebike"
    WALK = "walk"
    TRANSIT = "transit"


@dataclass(frozen=True, slots=True)
class Spot:
    """A point to reach, and the metres to walk there because it is known only roughly.

    A place found to its street, not its door, costs `access_m` on the way in and again on the
    way out.
    """

    point: Point
    access_m: float = 0.0


@dataclass(frozen=True)
class TravelMatrix:
    """Times and distances between n spots, for several modes and times of the day.

    Parameters
    ----------
    modes
        What the first axis stands for.
    seconds
        int32 of shape [mode, slot, i, j]: whole seconds from spot i to spot j, access walks
        included; `UNREACHABLE` where no way leads; zero on the diagonal.
    metres
        int32 of the same shape: the length of that way.
    slot_starts_s
        Second of the day at which each slot begins; one slot, (0,), for the present.
    source
        What answered, for people to read: 'roads', 'straight line', …
    off_road
        Why a spot has no road for a mode, in words, by (mode, index of the spot).
    """

    modes: tuple[Mode, ...]
    seconds: NDArray[np.int32]
    metres: NDArray[np.int32]
    slot_starts_s: tuple[int, ...] = (0,)
    source: str = ""
    off_road: Mapping[tuple[Mode, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        n = self.seconds.shape[-1]
        expected = (len(self.modes), len(self.slot_starts_s), n, n)
        if self.seconds.shape != expected or self.metres.shape != expected:
            raise ValueError(
                f"seconds {self.seconds.shape} and metres {self.metres.shape} should be {expected}"
            )

    @cached_property
    def back_s(self) -> NDArray[np.int32]:
        """The seconds of the first slot [mode, j, i], from spot i to j.

        So that all ways to a spot lie in a row: laid out once for all searches.
        """
        return np.ascontiguousarray(self.seconds[:, 0].transpose(0, 2, 1))


class TravelTimes(Protocol):
    """Anything that knows how long it takes from everywhere to everywhere."""

    def matrix(self, spots: Sequence[Spot], modes: Sequence[Mode]) -> TravelMatrix:
        """Return the matrix of all `spots`, in their order."""
        ...
