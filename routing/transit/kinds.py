"""Kinds of public transport, and how fast, how often and how directly each goes: data.

An extract knows where stops are, not when anything comes. The figures are house assumptions for a
city's working day, in the range that operators publish: a bus makes 15 to 18 km/h with its stops,
an underground line 30 to 35, and half a headway is the mean wait of who knows no timetable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What runs, by the `route` of OpenStreetMap."""

    BUS = "bus"
    TROLLEYBUS = "trolleybus"
    TRAM = "tram"
    LIGHT_RAIL = "light_rail"
    SUBWAY = "subway"
    MONORAIL = "monorail"
    TRAIN = "train"
    FERRY = "ferry"


RAIL = frozenset({Kind.LIGHT_RAIL, Kind.SUBWAY, Kind.MONORAIL, Kind.TRAIN})
"""Kinds whose stations are tagged alike, and often lie below or above the street."""

_ALIKE = (RAIL, frozenset({Kind.BUS, Kind.TROLLEYBUS}))


def alike(kind: Kind) -> frozenset[Kind]:
    """Return the kinds that a stop of `kind` may be served by: its tags often do not tell."""
    return next((kinds for kinds in _ALIKE if kind in kinds), frozenset({kind}))


@dataclass(frozen=True, slots=True)
class Pace:
    """What a rider of one kind reckons with.

    Parameters
    ----------
    kph
        Speed between stops.
    dwell_s
        Standing at each stop.
    headway_s
        From one departure to the next.
    boarding_s
        From the street to the platform and back: stairs, gates.
    detour
        How much longer the track is than the straight line from stop to stop.
    same_m
        Stops nearer to each other than this are one: platforms, both sides of a street.
    next_m
        How far the next stop may be where no line tells it; 0 where that is not guessed.
    """

    kph: float
    dwell_s: float
    headway_s: float
    boarding_s: float
    detour: float
    same_m: float
    next_m: float

    @property
    def wait_ms(self) -> int:
        """Milliseconds between reaching the street by a stop and leaving the stop."""
        return round(1000 * (self.headway_s / 2 + self.boarding_s))

    def ride_ms(self, track_m: float) -> int:
        """Return the milliseconds of a ride over `track_m` to the next stop, dwell included."""
        return round(3600 * track_m / self.kph + 1000 * self.dwell_s)


_BUS = Pace(22, dwell_s=20, headway_s=600, boarding_s=0, detour=1.2, same_m=50, next_m=800)

PACES: Mapping[Kind, Pace] = {
    Kind.BUS: _BUS,
    Kind.TROLLEYBUS: _BUS,
    Kind.TRAM: Pace(22, 25, headway_s=600, boarding_s=0, detour=1.1, same_m=60, next_m=900),
    Kind.LIGHT_RAIL: Pace(35, 25, headway_s=420, boarding_s=60, detour=1.1, same_m=150, next_m=2e3),
    Kind.SUBWAY: Pace(45, 35, headway_s=300, boarding_s=120, detour=1.1, same_m=200, next_m=2500),
    Kind.MONORAIL: Pace(35, 35, headway_s=420, boarding_s=120, detour=1.1, same_m=150, next_m=2e3),
    Kind.TRAIN: Pace(60, 60, headway_s=1800, boarding_s=120, detour=1.1, same_m=300, next_m=5e3),
    # Nobody guesses a crossing: between two piers there may be land, or nothing that goes.
    Kind.FERRY: Pace(15, 120, headway_s=1800, boarding_s=120, detour=1.1, same_m=100, next_m=0),
}
