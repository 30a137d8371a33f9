"""A row of the lender's own gazetteer: a compound, a lane, a building or a street number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from routing.datum import Datum
from routing.gazetteer.text import name_key
from routing.geocoding import Precision
from routing.point import Point

PIN = "pin"
"""The source of what a dispatcher placed by hand."""
LANE_ENDS = ("弄", "巷", "衖", "胡同", "里弄", "条")


class OwnKind(StrEnum):
    """What a row places."""

    COMPOUND = "compound"  # 小区, a village, a named building: all that is written with its name
    LANE = "lane"  # 弄, 巷, 胡同: every number in it
    BUILDING = "building"  # 3栋 of a compound
    NUMBER = "number"  # a street number

    @property
    def radius_m(self) -> float:
        """How far a door may be from the point of a row that tells no radius."""
        return USUAL_RADIUS_M[self]

    @property
    def precision(self) -> Precision:
        """How closely a row of this kind places a door."""
        is_door = self in (OwnKind.BUILDING, OwnKind.NUMBER)
        return Precision.EXACT if is_door else Precision.COMPOUND


USUAL_RADIUS_M = {
    OwnKind.COMPOUND: 150.0,
    OwnKind.LANE: 100.0,
    OwnKind.BUILDING: 25.0,
    OwnKind.NUMBER: 15.0,
}
LARGEST_RADIUS_M = 2_000.0
"""Beyond it a row places a village or a quarter, where nobody finds a door."""


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place as the lender knows it; `point` is WGS-84, `datum` is what it was told in.

    Parameters
    ----------
    name
        Of the compound or lane, of a building that of its compound; of a street number often ''.
    street, number
        The door of a street number; the gate of a compound. Of a building `number` is 3栋.
    district
        In which it lies, '' where nobody said.
    source
        The name of its file, or `PIN`.
    """

    kind: OwnKind
    name: str
    point: Point
    radius_m: float
    aliases: tuple[str, ...] = ()
    street: str = ""
    number: str = ""
    district: str = ""
    datum: Datum = Datum.WGS84
    source: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called by, the common name first; nothing for a bare street number."""
        return tuple(name for name in (self.name, *self.aliases) if name)

    @property
    def ways_in(self) -> tuple[str, ...]:
        """All by which an address may lead to it: its names, and the street of its number."""
        return (*self.names, self.street) if self.street else self.names

    @property
    def identity(self) -> tuple[str, ...]:
        """By what one row of a source is told from another, however it is written."""
        told = (self.name, self.street, self.number, self.district)
        return (self.kind, *map(name_key, told))

    @property
    def title(self) -> str:
        """It in a few words, as in '东河小区 3栋'."""
        is_door = self.kind.precision is Precision.EXACT
        number = self.number if is_door else ""
        return " ".join(filter(None, (self.district, self.name or self.street, number)))


def pin_kind(name: str) -> OwnKind:
    """Return what a pin of that name places."""
    return OwnKind.LANE if name.endswith(LANE_ENDS) else OwnKind.COMPOUND
