"""How quarters become blocks: cut again and again, each neighbourhood in its own manner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from data.towns.arterials import Quarter
from data.towns.ground import Ground
from data.towns.plat import Grade, Parcel, Plat, area_m2, around, centre_of, dot


class Manner(StrEnum):
    """How a neighbourhood was built."""

    OLD = "old"  # narrow streets at all angles, lanes
    GRID = "grid"
    GROWN = "grown"  # grown along old field paths
    ESTATE = "estate"  # large walled compounds
    WORKS = "works"
    FIELDS = "fields"


BLOCK_M2 = {
    Manner.OLD: 5_000,
    Manner.GRID: 7_500,
    Manner.GROWN: 9_000,
    Manner.ESTATE: 20_000,
    Manner.WORKS: 45_000,
    Manner.FIELDS: 180_000,
}
TILT = {Manner.GRID: 0.02, Manner.ESTATE: 0.05, Manner.WORKS: 0.04}  # else TILTED
TILTED = 0.2
SHIFT = 0.06  # of a cut from the middle, as a share; more where cuts are tilted
NEIGHBOURHOOD_M2 = 700_000
UPPER_M2 = {Grade.SECONDARY: 1_600_000, Grade.TERTIARY: 300_000}  # larger parcels are cut by it


@dataclass(frozen=True, slots=True)
class Block:
    """A parcel that is cut no further, in which quarter (by index) and manner."""

    parcel: Parcel
    quarter: int
    manner: Manner


def cut_blocks(rng: Random, plat: Plat, quarters: list[Quarter], ground: Ground) -> list[Block]:
    """Cut all quarters into blocks, smaller towards the centre."""
    blocks = []
    for index, quarter in enumerate(quarters):
        for parcel in cut_below(rng, plat, quarter.parcel, NEIGHBOURHOOD_M2):
            outwards = abs(centre_of(plat.outline(parcel))) / ground.radius_m
            manner = choose_manner(rng, quarter.ring, outwards)
            pieces = cut_in_manner(rng, plat, parcel, manner, ground)
            blocks += [Block(piece, index, manner) for piece in pieces]
    return blocks


def choose_manner(rng: Random, ring: int, outwards: float) -> Manner:
    """Choose how a neighbourhood is built; `outwards` is 0 in the centre, 1 at the edge."""
    if ring == 0:
        return Manner.OLD
    weights = {
        Manner.OLD: 3.0 * (outwards < 0.4),
        Manner.GRID: 3.0 * (outwards < 0.75),
        Manner.GROWN: 1.5,
        Manner.ESTATE: 3.0 * (outwards < 0.9),
        Manner.WORKS: 1.2 * (outwards > 0.45),
        Manner.FIELDS: 30.0 * max(0.0, outwards - 0.5) ** 2,
    }
    return rng.choices(list(weights), list(weights.values()))[0]


def cut_below(rng: Random, plat: Plat, parcel: Parcel, target_m2: float) -> Iterator[Parcel]:
    """Cut a parcel until no piece is much larger than `target_m2`."""
    pending = [parcel]
    while pending:
        piece = pending.pop()
        halves: tuple[Parcel, ...] = ()
        if area_m2(plat.outline(piece)) > target_m2 * rng.uniform(0.9, 1.8):
            halves = cut_once(rng, plat, piece, TILTED / 2, Grade.RESIDENTIAL)
        pending += halves
        if not halves:
            yield piece


def cut_in_manner(
    rng: Random, plat: Plat, parcel: Parcel, manner: Manner, ground: Ground
) -> Iterator[Parcel]:
    """Cut a neighbourhood into blocks of the size that its manner and its place ask for."""
    pending = [parcel]
    while pending:
        piece = pending.pop()
        outline = plat.outline(piece)
        size_m2, target_m2 = area_m2(outline), block_m2(manner, centre_of(outline), ground)
        halves: tuple[Parcel, ...] = ()
        if size_m2 > target_m2 * rng.uniform(0.9, 2.2):
            is_last = manner is Manner.OLD and size_m2 < 2.4 * target_m2
            grade = Grade.LANE if is_last else Grade.RESIDENTIAL
            halves = cut_once(rng, plat, piece, TILT.get(manner, TILTED), grade)
        pending += halves
        if not halves:
            yield piece


def block_m2(manner: Manner, at: complex, ground: Ground) -> float:
    """Return the size at which blocks here are left whole; it grows away from the centre."""
    outwards = abs(at) / ground.radius_m
    rough = 1 + 0.45 * float(ground.waves[2].at(at))
    return BLOCK_M2[manner] * (1 + 3.5 * outwards**2) * rough


def cut_once(
    rng: Random, plat: Plat, parcel: Parcel, tilt: float, grade: Grade
) -> tuple[Parcel, ...]:
    """Cut a parcel across its longer side, by a street of `grade` or better; () if it cannot."""
    outline = plat.outline(parcel)
    along, extent_m, low_m = long_axis(outline)
    share = rng.uniform(0.5 - SHIFT - tilt / 2, 0.5 + SHIFT + tilt / 2)
    at = centre_of(outline) + along * (low_m + share * extent_m)
    across = along * 1j * complex(1, rng.uniform(-tilt, tilt))
    snap_m = min(max(28.0, 0.06 * extent_m), 0.3 * extent_m)
    size_m2 = area_m2(outline)
    opened = [upper for upper, upper_m2 in UPPER_M2.items() if size_m2 > upper_m2]
    best = min([grade, *opened])
    return plat.cut(parcel, at, across / abs(across), best, snap_m) or ()


def long_axis(outline: list[complex]) -> tuple[complex, float, float]:
    """Return the direction along the longest edge or square to it, whichever is longer.

    With it come the outline's extent that way, and where it begins, from the mean corner.
    """
    longest = max((there - here for here, there in around(outline)), key=abs)
    middle = centre_of(outline)
    spans = []
    for direction in (longest / abs(longest), longest / abs(longest) * 1j):
        reaches = [dot(direction, corner - middle) for corner in outline]
        spans.append((direction, max(reaches) - min(reaches), min(reaches)))
    return max(spans, key=lambda span: span[1])
