"""What stands on the blocks, and the ways inside: compounds, lanes, parks, works, fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from random import Random

from data.towns.blocks import Block, Manner
from data.towns.plat import Grade, Plat, area_m2, around, centre_of

KERB_M = 14.0  # from the meeting of two streets to the corner of a lot
SMALLEST_COMPOUND_M2 = 6_000
LOOP_M2 = 14_000  # compounds larger than this have a road all round inside
GATE_M = 13.0


class Use(StrEnum):
    """What a lot is used for."""

    COMPOUND = "compound"
    HOUSES = "houses"
    SHOPS = "shops"
    WORKS = "works"
    SCHOOL = "school"
    PARK = "park"
    LAKE = "lake"
    FARM = "farm"
    WOOD = "wood"


USES: dict[Manner, dict[Use, float]] = {
    Manner.OLD: {Use.HOUSES: 70, Use.COMPOUND: 15, Use.SHOPS: 12, Use.SCHOOL: 2, Use.PARK: 2},
    Manner.GRID: {Use.COMPOUND: 60, Use.HOUSES: 20, Use.SHOPS: 14, Use.SCHOOL: 3, Use.PARK: 3},
    Manner.GROWN: {Use.HOUSES: 60, Use.COMPOUND: 30, Use.SHOPS: 5, Use.SCHOOL: 2, Use.PARK: 3},
    Manner.ESTATE: {Use.COMPOUND: 82, Use.SHOPS: 8, Use.SCHOOL: 4, Use.PARK: 5, Use.LAKE: 1},
    Manner.WORKS: {Use.WORKS: 88, Use.COMPOUND: 6, Use.PARK: 4, Use.LAKE: 2},
    Manner.FIELDS: {Use.FARM: 75, Use.WOOD: 15, Use.LAKE: 6, Use.HOUSES: 4},
}
LANES = {Manner.OLD: 0.75, Manner.GROWN: 0.4}  # share of blocks of houses that have a lane


@dataclass(frozen=True, slots=True)
class Lot:
    """A block in use; `door` is the joint (street, node) where one enters it."""

    use: Use
    outline: list[complex]
    quarter: int
    door: tuple[int, int]

    @property
    def size_m2(self) -> float:
        return area_m2(self.outline)


@dataclass(frozen=True, slots=True)
class Lane:
    """A 弄: `street` is the lane, which leaves the street `parent` at `node`."""

    street: int
    parent: int
    node: int
    quarter: int


@dataclass(slots=True)
class Built:
    """All lots, the lanes between houses, the gates of compounds and the steps in parks."""

    lots: list[Lot] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)
    gates: list[int] = field(default_factory=list)
    steps: set[int] = field(default_factory=set)


def build_lots(rng: Random, plat: Plat, blocks: list[Block]) -> Built:
    """Put every block to use, and draw the ways inside."""
    built = Built()
    for block in blocks:
        lot = make_lot(rng, plat, block)
        built.lots.append(lot)
        if lot.use in (Use.COMPOUND, Use.SCHOOL, Use.WORKS):
            draw_drive(plat, block, lot, built)
        elif lot.use is Use.PARK:
            draw_paths(rng, plat, block, built)
        elif lot.use is Use.HOUSES and rng.random() < LANES.get(block.manner, 0.0):
            draw_lane(rng, plat, block, lot, built)
    return built


def make_lot(rng: Random, plat: Plat, block: Block) -> Lot:
    """Choose a use for a block; it is entered from its longest side."""
    outline = plat.outline(block.parcel)
    uses = USES[block.manner]
    use = rng.choices(list(uses), list(uses.values()))[0]
    if use is Use.COMPOUND and area_m2(outline) < SMALLEST_COMPOUND_M2:
        use = Use.HOUSES
    side = front(plat, block)
    here, there = around(outline)[side]
    at = here + (there - here) * rng.uniform(0.35, 0.65)
    street = block.parcel.edges[side]
    return Lot(use, inset(outline), block.quarter, (street, plat.joint(street, at, 6.0)))


def front(plat: Plat, block: Block) -> int:
    """Return the longest side of a block that has a street."""
    outline = plat.outline(block.parcel)
    lengths_m = [abs(there - here) for here, there in around(outline)]
    return max(built_sides(plat, block), key=lengths_m.__getitem__)


def built_sides(plat: Plat, block: Block) -> list[int]:
    edges = enumerate(block.parcel.edges)
    return [side for side, street in edges if plat.streets[street].grade is not Grade.UNBUILT]


def inset(outline: list[complex]) -> list[complex]:
    """Return the outline with its corners drawn towards the middle, off the street."""
    middle = centre_of(outline)
    shares = [max(0.5, 1 - KERB_M / abs(corner - middle)) for corner in outline]
    return [scaled(corner, middle, share) for corner, share in zip(outline, shares, strict=True)]


def scaled(at: complex, middle: complex, share: float) -> complex:
    return middle + (at - middle) * share


def draw_drive(plat: Plat, block: Block, lot: Lot, built: Built) -> None:
    """Draw the way in through a gate, and in a large lot the road round inside."""
    outline = plat.outline(block.parcel)
    middle, door = centre_of(outline), lot.door[1]
    has_loop = area_m2(outline) > LOOP_M2
    inside = plat.add_node(scaled(plat.nodes[door], middle, 0.55 if has_loop else 0.15))
    drive = plat.add_street(door, inside, Grade.SERVICE)
    gate = plat.streets[drive].at(min(GATE_M, 0.5 * plat.streets[drive].length_m))
    built.gates.append(plat.joint(drive, gate, 0.0))
    if has_loop:
        side = front(plat, block)
        corners = [plat.add_node(scaled(corner, middle, 0.55)) for corner in outline]
        ring = [*corners[: side + 1], inside, *corners[side + 1 :]]
        draw_chain(plat, [*ring, ring[0]], Grade.SERVICE)


def draw_paths(rng: Random, plat: Plat, block: Block, built: Built) -> None:
    """Draw footpaths from the sides of a park to its middle; some climb by steps."""
    outline = plat.outline(block.parcel)
    middle = plat.add_node(centre_of(outline))
    for side in built_sides(plat, block):
        here, there = around(outline)[side]
        door = plat.joint(block.parcel.edges[side], (here + there) / 2, 6.0)
        bend = scaled((here + there) / 2, plat.nodes[middle], 0.5) + (there - here) * 0.08
        *_, last = draw_chain(plat, [door, plat.add_node(bend), middle], Grade.FOOTWAY)
        if rng.random() < 0.15:
            built.steps.add(last)


def draw_lane(rng: Random, plat: Plat, block: Block, lot: Lot, built: Built) -> None:
    """Draw a blind lane from the street into a block of houses."""
    street, door = lot.door
    middle = centre_of(plat.outline(block.parcel))
    end = plat.add_node(scaled(plat.nodes[door], middle, rng.uniform(-0.35, 0.1)))
    lane = plat.add_street(door, end, Grade.LANE)
    built.lanes.append(Lane(lane, street, door, block.quarter))


def draw_chain(plat: Plat, nodes: list[int], grade: Grade) -> list[int]:
    """Draw a street from each node to the next, and return them."""
    return [plat.add_street(a, b, grade) for a, b in pairwise(nodes)]
