"""Places that are all off by what lies between two datums: not their doors have moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import compress, permutations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routing.datum import Datum, convert
from routing.point import Point, distances_m

LEAST_PLACES = 10
LEAST_SHARE = 0.7
DISPLACED_M = 150.0
"""GCJ-02 and BD-09 shift by more, a wrong house number mostly by less."""

NEAR_M = 75.0
NAMES = {Datum.WGS84: "WGS-84", Datum.GCJ02: "GCJ-02", Datum.BD09: "BD-09"}


class Displaced(NamedTuple):
    """Where a place is in the book, and where crews stood."""

    present: Point
    stood: Point


@dataclass(frozen=True, slots=True)
class DatumFault:
    """Coordinates of `place_ids` were in `meant`, and were read as `told`.

    `displaced` is how many places in all lie far from where crews stood.
    """

    told: Datum
    meant: Datum
    place_ids: frozenset[str]
    displaced: int
    shift_m: float

    @property
    def why(self) -> str:
        """Say what has happened, and what to do."""
        return (
            f"{len(self.place_ids)} of the {self.displaced} places that are far from where crews "
            f"stood are off by about {self.shift_m:.0f} m in one direction, as coordinates in "
            f"{NAMES[self.meant]} are that were read as {NAMES[self.told]}: import their list "
            f"again with its right datum, and look whether the phones' browser tells WGS-84"
        )


def find_datum_fault(places: Mapping[str, Displaced]) -> DatumFault | None:
    """Return the one confusion of datums that most displaced places tell of, if there is one.

    Each place is moved back as if its coordinates had been read in the wrong datum. Where that
    brings most of them to where crews stood, neither chance nor doors can have done it.
    """
    far = {id: one for id, one in places.items() if _metres(one.present, one.stood) > DISPLACED_M}
    if len(far) < LEAST_PLACES:
        return None
    lat, lon, stood_lat, stood_lon = np.array(
        [(*_degrees(one.present), *_degrees(one.stood)) for one in far.values()]
    ).T

    def mended(told: Datum, meant: Datum) -> NDArray[np.bool_]:
        as_written = convert(lat, lon, Datum.WGS84, told)
        moved = convert(*as_written, meant, Datum.WGS84)
        return distances_m(*moved, stood_lat, stood_lon) <= NEAR_M

    told, meant = max(permutations(Datum, 2), key=lambda pair: int(mended(*pair).sum()))
    is_mended = mended(told, meant)
    if is_mended.sum() < max(LEAST_PLACES, LEAST_SHARE * len(far)):
        return None
    shifts_m = distances_m(lat, lon, stood_lat, stood_lon)[is_mended]
    ids = frozenset(compress(far, is_mended))
    return DatumFault(told, meant, ids, len(far), float(np.median(shifts_m)))


def _degrees(point: Point) -> tuple[float, float]:
    return point.lat, point.lon


def _metres(one: Point, other: Point) -> float:
    return float(distances_m(*_degrees(one), *_degrees(other)))
