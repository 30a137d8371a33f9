"""Streets as ways of the map: their nodes, bridges and tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from data.towns.lots import Built
from data.towns.places import Address
from data.towns.plat import Grade, Plat
from data.towns.roads import RoadMap
from data.towns.sections import Section
from data.towns.sheet import Sheet, Way

HIGHWAYS = {
    Grade.PRIMARY: "primary",
    Grade.SECONDARY: "secondary",
    Grade.TERTIARY: "tertiary",
    Grade.RESIDENTIAL: "residential",
    Grade.LANE: "living_street",
    Grade.SERVICE: "service",
    Grade.FOOTWAY: "footway",
}
MAXSPEED_KPH = {Grade.PRIMARY: "60", Grade.SECONDARY: "50"}
WIDTH_LANES = {Grade.PRIMARY: "6", Grade.SECONDARY: "4"}
ONE_WAY = {"oneway": "yes"}
ONE_WAY_MAIN = {**ONE_WAY, "oneway:bus": "no"}  # buses have a lane against the others
BRIDGE = {"bridge": "yes", "layer": "1"}
SHAPE_M = (12.0, 400.0)  # closest and widest spacing of the nodes that give a street its bend


@dataclass(frozen=True, slots=True)
class Streets:
    """All that is known of the streets."""

    plat: Plat
    road_map: RoadMap
    built: Built
    lanes: dict[int, Address]

    def tags(self, street: int) -> dict[str, str]:
        """Return the tags of a street's ways."""
        grade, road = self.plat.streets[street].grade, self.road_map.road(street)
        tags = {"highway": "steps" if street in self.built.steps else HIGHWAYS[grade]}
        named = self.lanes.get(street) or road
        if named and named.name:
            tags |= named.name.tags
        if grade in MAXSPEED_KPH:
            tags |= {"maxspeed": MAXSPEED_KPH[grade], "lanes": WIDTH_LANES[grade]}
        if road and road.is_one_way:
            tags |= ONE_WAY_MAIN if grade <= Grade.TERTIARY else ONE_WAY
        return tags

    def is_against(self, street: int) -> bool:
        """Whether a one-way street is driven against its drawing."""
        return self.road_map.is_one_way(street) and self.road_map.is_backward(street)


def shape_counts(sections: list[Section], plat: Plat, wanted: int) -> NDArray[np.int64]:
    """Return how many nodes to put inside each section, about `wanted` in all.

    They stand evenly, at one spacing for the whole town.
    """
    lengths_m = np.array([section.end_m - section.begin_m for section in sections])
    weights = np.array([plat.streets[s.street].grade < Grade.FOOTWAY for s in sections])
    low_m, high_m = SHAPE_M
    for _ in range(30):
        middle_m = (low_m + high_m) / 2
        if ((lengths_m // middle_m) * weights).sum() > wanted:
            low_m = middle_m
        else:
            high_m = middle_m
    counts: NDArray[np.int64] = (lengths_m // high_m).astype(np.int64)
    return counts


def draw_network(
    sheet: Sheet, streets: Streets, sections: list[Section], nodes: int
) -> dict[int, int]:
    """Put all streets on the sheet, with about `nodes` drivable nodes.

    Return the number there of each node of the plat.
    """
    plat = streets.plat
    joints = sorted({node for section in sections for node in (section.first, section.last)})
    numbers = sheet.add_nodes([plat.nodes[joint] for joint in joints]).tolist()
    number_of = dict(zip(joints, numbers, strict=True))
    mark_joints(sheet, streets, sections, number_of)
    shapes = add_shapes(sheet, plat, sections, shape_counts(sections, plat, nodes - len(joints)))
    drawn = zip(sections, shapes, strict=True)
    for (street, is_bridge), run in groupby(drawn, lambda d: (d[0].street, d[0].is_bridge)):
        tags = streets.tags(street) | (BRIDGE if is_bridge else {})
        for line in lines(run, number_of):
            sheet.ways.append(Way(tuple(line[::-1] if streets.is_against(street) else line), tags))
    return number_of


def add_shapes(
    sheet: Sheet, plat: Plat, sections: list[Section], counts: NDArray[np.int64]
) -> list[list[int]]:
    """Add the nodes inside all sections at once; return their numbers, section by section."""
    starts = np.array([plat.nodes[section.first] for section in sections])
    ends = np.array([plat.nodes[section.last] for section in sections])
    owner = np.repeat(np.arange(len(sections)), counts)
    before = np.cumsum(counts) - counts
    share = (np.arange(owner.size) - before[owner] + 1) / (counts[owner] + 1)
    numbers = sheet.add_nodes(starts[owner] + (ends - starts)[owner] * share)
    return [part.tolist() for part in np.split(numbers, before[1:])]


def mark_joints(
    sheet: Sheet, streets: Streets, sections: list[Section], number_of: dict[int, int]
) -> None:
    """Mark the gates of compounds, and traffic lights where great roads meet."""
    main = {
        (joint, section.street)
        for section in sections
        if streets.plat.streets[section.street].grade <= Grade.SECONDARY
        for joint in (section.first, section.last)
    }
    meeting = Counter(joint for joint, _ in main)
    for joint, count in meeting.items():
        if count > 1:
            sheet.node_tags[number_of[joint]] = {"highway": "traffic_signals"}
    for gate in streets.built.gates:
        sheet.node_tags[number_of[gate]] = {"barrier": "gate", "access": "permissive"}


def lines(
    run: Iterable[tuple[Section, list[int]]], number_of: dict[int, int]
) -> Iterator[list[int]]:
    """Yield the nodes of each unbroken line in a run of sections of one street."""
    line: list[int] = []
    for section, shape in run:
        first = number_of[section.first]
        if line and line[-1] != first:
            yield line
            line = []
        line += [*([] if line else [first]), *shape, number_of[section.last]]
    yield line
