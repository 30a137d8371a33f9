"""Places where people live and work: doors along the roads, lanes, compounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

import numpy as np
from numpy.typing import NDArray

from data.towns.arterials import River
from data.towns.lots import Built, Lane, Lot, Use
from data.towns.names import LOT_ENDINGS, Name, NameBook
from data.towns.plat import Plat, centre_of, cross
from data.towns.roads import HOUSE_M, Leg, Road, RoadMap, house_number
from data.towns.sheet import dense

SETBACK_M = 14.0  # of a door from the middle of the street
MAPPED = ((0.0, 5), (0.2, 3), (0.6, 3), (0.95, 1))  # share of a road's doors on the map: weight
MAPPED_LOTS = 0.5


class Kind(StrEnum):
    """What an address leads to."""

    DOOR = "door"
    LANE = "lane"
    LOT = "lot"


@dataclass(frozen=True, slots=True)
class Address:
    """Somewhere to live or work, at a point of the board.

    `street` and `number` are the road's; those of a lane's houses, and of a compound's, are where
    one turns in. `name` is that of the lane or the lot. `is_mapped`: the number is on the map.
    """

    kind: Kind
    at: complex
    quarter: int
    street: Name | None = None
    number: int | None = None
    name: Name | None = None
    use: Use = Use.HOUSES
    is_mapped: bool = False
    size: float = 1.0  # how many may live there, next to a door's one


@dataclass(slots=True)
class Directory:
    """All addresses; those of lanes by street and those of lots by index."""

    doors: list[Address] = field(default_factory=list)
    lanes: dict[int, Address] = field(default_factory=dict)
    lots: dict[int, Address] = field(default_factory=dict)


@dataclass(slots=True)
class Numbering:
    """Gives out the numbers of each road, none twice."""

    plat: Plat
    road_map: RoadMap
    taken: set[tuple[int, int]] = field(default_factory=set)

    def entrance(self, street: int, node: int, inside: complex) -> tuple[Name, int] | None:
        """Return the road and number of an entrance; None on a road without a name."""
        road, leg = self.road_map.road_of.get(street, (-1, None))
        if leg is None or (name := self.road_map.roads[road].name) is None:
            return None
        direction = self.plat.streets[street].direction * (1 if leg.is_forward else -1)
        side = 1 if cross(direction, inside - self.plat.nodes[node]) > 0 else -1
        number = house_number(self.road_map.along_m(self.plat, street, node), side)
        return (name, number) if self.take(road, number) else None

    def take(self, road: int, number: int) -> bool:
        """Take a number of a road; False where it was taken before."""
        if (road, number) in self.taken:
            return False
        self.taken.add((road, number))
        return True


def make_directory(
    rng: Random, plat: Plat, road_map: RoadMap, built: Built, river: River, book: NameBook
) -> Directory:
    """Number and name everything; lanes and lots take their numbers first, doors the rest."""
    numbering = Numbering(plat, road_map)
    lanes = {lane.street: lane_address(plat, lane, numbering) for lane in built.lanes}
    lots = {
        index: lot_address(rng, lot, numbering, book)
        for index, lot in enumerate(built.lots)
        if lot.use in LOT_ENDINGS
    }
    named = {street: address for street, address in lanes.items() if address is not None}
    doors = [
        door
        for index, road in enumerate(road_map.roads)
        for door in doors_of(rng, plat, index, road, numbering, river)
    ]
    return Directory(in_quarters(doors, built.lots), named, lots)


def lane_address(plat: Plat, lane: Lane, numbering: Numbering) -> Address | None:
    """Name a lane after the road it leaves, and the number there; None where that has no name."""
    drawn = plat.streets[lane.street]
    entrance = numbering.entrance(lane.parent, lane.node, drawn.end)
    if entrance is None:
        return None
    street, number = entrance
    name = Name(f"{street.zh}{number}弄", f"Lane {number}, {street.en}")
    middle = drawn.at(drawn.length_m / 2)
    return Address(
        Kind.LANE, middle, lane.quarter, street, number, name, size=drawn.length_m / HOUSE_M
    )


def lot_address(rng: Random, lot: Lot, numbering: Numbering, book: NameBook) -> Address:
    """Name a lot, and number it where its gate is on a road with a name."""
    middle = centre_of(lot.outline)
    street, number = numbering.entrance(*lot.door, middle) or (None, None)
    return Address(
        Kind.LOT,
        middle,
        lot.quarter,
        street,
        number,
        book.take(LOT_ENDINGS[lot.use]),
        lot.use,
        is_mapped=number is not None and rng.random() < MAPPED_LOTS,
        size=lot.size_m2 / 400,
    )


@dataclass(frozen=True, slots=True)
class Door:
    """A door before it is known in which quarter it stands."""

    at: complex
    street: Name
    number: int
    is_mapped: bool


def doors_of(
    rng: Random, plat: Plat, index: int, road: Road, numbering: Numbering, river: River
) -> Iterator[Door]:
    """Yield the doors on both sides of a road with a name; a share of them is on the map."""
    if road.name is None:
        return
    share = rng.choices([share for share, _ in MAPPED], [weight for _, weight in MAPPED])[0]
    for leg in road.legs:
        for along_m, side, at in door_points(plat, leg):
            number = house_number(along_m, side)
            if not in_river(river, at) and numbering.take(index, number):
                yield Door(at, road.name, number, rng.random() < share)


def in_quarters(doors: list[Door], lots: list[Lot]) -> list[Address]:
    """Return the doors as addresses, each in the quarter of the lot that it stands on."""
    from scipy.spatial import KDTree

    fronts = [(at, lot.quarter) for lot in lots for at in dense(lot.outline, 2 * HOUSE_M)]
    tree = KDTree(columns([at for at, _ in fronts]))
    _, nearest = tree.query(columns([door.at for door in doors]))
    return [
        Address(
            Kind.DOOR,
            door.at,
            fronts[front][1],
            door.street,
            door.number,
            is_mapped=door.is_mapped,
        )
        for door, front in zip(doors, np.atleast_1d(nearest).tolist(), strict=True)
    ]


def columns(points: list[complex]) -> NDArray[np.float64]:
    """Return float64[n, 2]: east and north."""
    return np.array(points).view(np.float64).reshape(-1, 2)


def door_points(plat: Plat, leg: Leg) -> Iterator[tuple[float, int, complex]]:
    """Yield metres along the road, side and point of the doors along one leg of it."""
    street = plat.streets[leg.street]
    direction = street.direction * (1 if leg.is_forward else -1)
    start = street.start if leg.is_forward else street.end
    first = int(leg.begin_m // HOUSE_M) + 1
    for slot in range(first, int((leg.begin_m + street.length_m) // HOUSE_M)):
        along_m = (slot + 0.5) * HOUSE_M
        at = start + direction * (along_m - leg.begin_m)
        for side in (1, -1):
            yield along_m, side, at + side * 1j * direction * SETBACK_M


def in_river(river: River, at: complex) -> bool:
    return abs(river.offset_m(at)) < river.width_m / 2 - 4
