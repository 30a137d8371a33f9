"""Roads: streets that run on into each other, share a name and count their houses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from data.towns.lots import Lane
from data.towns.names import Name, NameBook
from data.towns.plat import Grade, Plat, dot

STRAIGHT = 0.82  # cosine of the bend at which a road still goes on
STRAIGHT_MAIN = 0.55  # the same for rings and radials
SHORTEST_NAMED_M = 90.0
HOUSE_M = 16.0  # of street front to each house
ONE_WAY = {Grade.SECONDARY: 0.15, Grade.TERTIARY: 0.2, Grade.RESIDENTIAL: 0.06}


@dataclass(frozen=True, slots=True)
class Leg:
    """A street as part of a road: with or against its drawing, from `begin_m` along the road."""

    street: int
    is_forward: bool
    begin_m: float


@dataclass(frozen=True, slots=True)
class Road:
    """A chain of streets; `name` is None for a short one."""

    legs: tuple[Leg, ...]
    length_m: float
    grade: Grade
    name: Name | None
    is_one_way: bool = False


@dataclass(frozen=True, slots=True)
class RoadMap:
    """The roads, and which of them each street belongs to."""

    roads: list[Road]
    road_of: dict[int, tuple[int, Leg]]

    def road(self, street: int) -> Road | None:
        found = self.road_of.get(street)
        return None if found is None else self.roads[found[0]]

    def is_one_way(self, street: int) -> bool:
        road = self.road(street)
        return road is not None and road.is_one_way

    def is_backward(self, street: int) -> bool:
        """Whether a road's street is drawn against the road."""
        return not self.road_of[street][1].is_forward

    def along_m(self, plat: Plat, street: int, node: int) -> float:
        """Return how far along its road a joint of `street` lies."""
        leg = self.road_of[street][1]
        drawn = plat.streets[street]
        on_street_m = next(m for m, joint in drawn.joints if joint == node)
        return leg.begin_m + (on_street_m if leg.is_forward else drawn.length_m - on_street_m)


def make_roads(rng: Random, plat: Plat, lanes: list[Lane], book: NameBook) -> RoadMap:
    """Join streets to roads and name them; drives, footways and blind lanes are no roads."""
    blind = {lane.street for lane in lanes}
    streets = [
        index
        for index, street in enumerate(plat.streets)
        if street.grade <= Grade.LANE and index not in blind
    ]
    roads = [
        make_road(rng, plat, chain, book) for chain in chains(streets, join_ends(plat, streets))
    ]
    return RoadMap(
        roads, {leg.street: (i, leg) for i, road in enumerate(roads) for leg in road.legs}
    )


End = tuple[int, bool]
"""A street, and whether its drawn end is meant."""


def join_ends(plat: Plat, streets: list[int]) -> dict[End, End]:
    """Return which street's end goes on in which other's, the straightest first."""
    meeting: dict[int, list[End]] = defaultdict(list)
    for street in streets:
        for is_end in (False, True):
            meeting[plat.streets[street].joints[-1 if is_end else 0][1]].append((street, is_end))
    joined: dict[End, End] = {}
    for ends in meeting.values():
        pairs = ((a, b) for i, a in enumerate(ends) for b in ends[i + 1 :])
        fits = ((straightness(plat, a, b), a, b) for a, b in pairs)
        for cosine, a, b in sorted(fits, reverse=True):
            if cosine > 0 and a not in joined and b not in joined:
                joined[a], joined[b] = b, a
    return joined


def straightness(plat: Plat, a: End, b: End) -> float:
    """Return the cosine of the bend between two streets; 0 where they are not one road."""
    first, second = plat.streets[a[0]], plat.streets[b[0]]
    if abs(first.grade - second.grade) > 1 or a[0] == b[0]:
        return 0.0
    cosine = dot(first.direction, second.direction) * (-1 if a[1] == b[1] else 1)
    is_main = max(first.grade, second.grade) <= Grade.SECONDARY
    return cosine if cosine > (STRAIGHT_MAIN if is_main else STRAIGHT) else 0.0


def chains(streets: list[int], joined: dict[End, End]) -> Iterator[list[tuple[int, bool]]]:
    """Walk every road once, from one end to the other: (street, is_forward)."""
    seen: set[int] = set()
    starts = [s for s in streets if (s, False) not in joined or (s, True) not in joined]
    for street in [*starts, *streets]:  # what has no end is a ring, and begins anywhere
        if street in seen:
            continue
        chain, here = [], (street, (street, False) in joined and (street, True) not in joined)
        while here[0] not in seen:
            seen.add(here[0])
            chain.append((here[0], not here[1]))
            here = joined.get((here[0], not here[1]), here)
        yield chain


def make_road(rng: Random, plat: Plat, chain: list[tuple[int, bool]], book: NameBook) -> Road:
    """Measure a chain of streets, name it and say whether it is one-way."""
    legs, length_m = [], 0.0
    for street, is_forward in chain:
        legs.append(Leg(street, is_forward, length_m))
        length_m += plat.streets[street].length_m
    grade = min(plat.streets[street].grade for street, _ in chain)
    is_named = grade <= Grade.TERTIARY or length_m >= SHORTEST_NAMED_M
    name = book.street(grade) if is_named else None
    return Road(tuple(legs), length_m, grade, name, rng.random() < ONE_WAY.get(grade, 0.0))


def house_number(along_m: float, side: int) -> int:
    """Return the number of the house at `along_m` of its road: odd on the left (1), else even."""
    return 2 * int(along_m // HOUSE_M) + (1 if side > 0 else 2)
