"""Districts: quarters that are governed together, and the boundary round them."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from data.towns.arterials import Arterials, Quarter
from data.towns.names import CENTRE_DISTRICT, DISTRICTS, Name
from data.towns.plat import Plat, area_m2, around, centre_of

SECTORS = 3  # of districts on each side of the river


@dataclass(frozen=True, slots=True)
class District:
    """A name, a boundary on the board, and its quarters by index."""

    name: Name
    outline: list[complex]
    quarters: frozenset[int]

    @property
    def middle(self) -> complex:
        return centre_of(self.outline)


def make_districts(plat: Plat, arterials: Arterials) -> list[District]:
    """Group the quarters: the old town, and sectors on either side of the river."""
    groups: dict[tuple[bool, int], set[int]] = defaultdict(set)
    sectors = 1 + max(quarter.sector for quarter in arterials.quarters)
    for index, quarter in enumerate(arterials.quarters):
        is_near = arterials.river.offset_m(centre_of(plat.outline(quarter.parcel))) < 0
        is_old_town = is_near and quarter.ring <= 1
        sector = -1 if is_old_town else quarter.sector * SECTORS // sectors
        groups[is_near, sector].add(index)
    taken: set[str] = set()
    return [
        make_district(plat, arterials.quarters, members, is_near, sector, taken)
        for (is_near, sector), members in sorted(groups.items())
    ]


def make_district(
    plat: Plat, quarters: list[Quarter], members: set[int], is_near: bool, sector: int,
    taken: set[str],
) -> District:  # fmt: skip
    """Name a group of quarters after the side of the town on which it lies."""
    outline = boundary(plat, [quarters[index] for index in sorted(members)])
    name = CENTRE_DISTRICT
    if sector >= 0:
        choice = DISTRICTS["near" if is_near else "far"]
        middle = centre_of(outline)
        side = round(math.atan2(middle.imag, middle.real) / math.tau * len(choice))
        turned = [choice[(side + step) % len(choice)] for step in range(len(choice))]
        name = next(name for name in turned if name[0] not in taken)
    taken.add(name[0])
    return District(Name(*name), outline, frozenset(members))


def boundary(plat: Plat, quarters: list[Quarter]) -> list[complex]:
    """Return the largest outline round a group of parcels.

    A side that two of them share runs once each way, and is no boundary.
    """
    sides = {side for quarter in quarters for side in around(quarter.parcel.corners)}
    onward = {here: there for here, there in sorted(sides) if (there, here) not in sides}
    outlines = []
    while onward:
        here, there = onward.popitem()
        ring = [here]
        while there in onward:
            ring.append(there)
            there = onward.pop(there)
        outlines.append([plat.nodes[node] for node in ring])
    return max(outlines, key=area_m2)
