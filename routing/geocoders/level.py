"""How closely a service says that it found an address, in the words of this house."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from geopy.location import Location

from routing.datum import Datum
from routing.gazetteer.text import fold
from routing.geocoding import UNTOLD_RADIUS_M, Precision
from routing.point import Point

FIRST_NUMBER = re.compile(r"\d+")
DIGITS = re.compile(r"(?<!\d)\d+(?!\d)")


@dataclass(frozen=True, slots=True)
class Level:
    """A precision, the radius that holds the door, and the chance that it does.

    Services tell no radius and mostly no chance: unless its docstring says otherwise, a table of
    levels is an assumption of the house, on the side of a person's look.
    """

    precision: Precision
    radius_m: float
    confidence: float
    unmatched: str = ""

    def doubted(self, confidence: float, unmatched: str) -> Level:
        """Return the same, told less surely, and why."""
        return replace(self, confidence=min(confidence, self.confidence), unmatched=unmatched)

    def location(self, point: Point, matched: str, source: str, datum: Datum) -> Location:
        """Return a point in WGS-84, which the source told in `datum`, as `locate` reads it."""
        raw = {
            "precision": self.precision,
            "radius_m": self.radius_m,
            "confidence": self.confidence,
            "source": source,
            "datum": datum,
            "matched": matched,
            "unmatched": self.unmatched,
        }
        return Location(matched, (point.lat, point.lon), raw)


DOOR = Level(Precision.EXACT, 50.0, 0.9)
BETWEEN_DOORS = Level(Precision.INTERPOLATED, 100.0, 0.8)
BUILDING = Level(Precision.COMPOUND, 100.0, 0.8)
COMPOUND = Level(Precision.COMPOUND, 200.0, 0.8)
CROSSING = Level(Precision.STREET, 200.0, 0.7)
STREET = Level(Precision.STREET, 1_000.0, 0.7)
VILLAGE = Level(Precision.DISTRICT, 1_500.0, 0.7)
TOWN = Level(Precision.DISTRICT, UNTOLD_RADIUS_M, 0.7)
DISTRICT = Level(Precision.DISTRICT, 15_000.0, 0.7)
CITY = Level(Precision.DISTRICT, 50_000.0, 0.7)
UNTOLD = Level(Precision.DISTRICT, UNTOLD_RADIUS_M, 0.5)

OTHER_NUMBER = Level(Precision.STREET, 500.0, 0.5)
"""A door of the street, but not the one that was asked for."""


def of_number(level: Level, asked: str, number: str) -> Level:
    """Return the level of an answer whose door has this house number.

    A service that does not know number 8 may answer with number 6, and call that a door.
    """
    told = FIRST_NUMBER.search(fold(number))
    if level.precision is not Precision.EXACT or told is None:
        return level
    if told.group() in DIGITS.findall(fold(asked)):
        return level
    return OTHER_NUMBER.doubted(OTHER_NUMBER.confidence, f"the service knows number {told.group()}")
