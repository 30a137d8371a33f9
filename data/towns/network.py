"""Streets as ways for wheels and feet: their nodes, one-ways, bridges and tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from data.towns.arterials import River
from data.towns.lots import Built
from data.towns.places import Address
from data.towns.plat import Grade, Plat
from data.towns.roads import RoadMap
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
SHAPE_M = (12.0, 400.0)  # closest and widest spacing of the nodes that give a street its bend


@dataclass(frozen=True, slots=True)
class Section:
    """A street from one joint to the next."""

    street: int
    first: int
    last: int
    begin_m: float
    end_m: float
    is_bridge: bool


def open_sections(plat: Plat, river: River, bridges: set[int]) -> list[Section]:
    """Return the sections that are built: none in the water but on a bridge."""
    sections = []
    for index, street in enumerate(plat.streets):
        if street.grade is Grade.UNBUILT:
            continue
        for (begin_m, first), (end_m, last) in pairwise(street.joints):
            is_wet = river.is_wet(street.at((begin_m + end_m) / 2))
            if not is_wet or index in bridges:
                sections.append(Section(index, first, last, begin_m, end_m, is_wet))
    return sections


def lift_one_ways(sections: list[Section], plat: Plat, road_map: RoadMap) -> None:
    """Make roads two-way until every drivable section can be driven to and from."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    driven = [s for s in sections if plat.streets[s.street].grade < Grade.FOOTWAY]
    while True:
        arcs = np.array([arc for section in driven for arc in arcs_of(section, road_map)]).T
        n = len(plat.nodes)
        graph = coo_array((np.ones(arcs.shape[1]), (arcs[0], arcs[1])), shape=(n, n))
        _, part = connected_components(graph, directed=True, connection="strong")
        main = np.bincount(part).argmax()
        cut_off = {
            road_map.road_of[section.street][0]
            for section in driven
            if is_one_way(section.street, road_map)
            and not part[section.first] == part[section.last] == main
        }
        if not cut_off:
            return
        for index in cut_off:
            road_map.roads[index] = replace(road_map.roads[index], is_one_way=False)


def arcs_of(section: Section, road_map: RoadMap) -> Iterator[tuple[int, int]]:
    """Yield the ways in which a section may be driven."""
    one_way = is_one_way(section.street, road_map)
    if not one_way or road_map.road_of[section.street][1].is_forward:
        yield section.first, section.last
    if not one_way or not road_map.road_of[section.street][1].is_forward:
        yield section.last, section.first


def is_one_way(street: int, road_map: RoadMap) -> bool:
    road = road_map.road(street)
    return road is not None and road.is_one_way


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
    sheet: Sheet,
    plat: Plat,
    sections: list[Section],
    road_map: RoadMap,
    built: Built,
    lanes: dict[int, Address],
    nodes: int,
) -> None:
    """Put all streets on the sheet, with about `nodes` drivable nodes."""
    joints = sorted({node for section in sections for node in (section.first, section.last)})
    numbers = sheet.add_nodes([plat.nodes[joint] for joint in joints]).tolist()
    number_of = dict(zip(joints, numbers, strict=True))
    shapes = add_shapes(sheet, plat, sections, shape_counts(sections, plat, nodes - len(joints)))
    mark_joints(sheet, plat, sections, built, number_of)
    runs = groupby(
        zip(sections, shapes, strict=True), lambda pair: (pair[0].street, pair[0].is_bridge)
    )
    for (street, is_bridge), run in runs:
        for refs in lines(list(run), number_of):
            tags = street_tags(street, plat, road_map, lanes, built)
            if is_bridge:
                tags |= {"bridge": "yes", "layer": "1"}
            is_reversed = tags.get("oneway") == "yes" and not road_map.road_of[street][1].is_forward
            sheet.ways.append(Way(tuple(refs[::-1] if is_reversed else refs), tags))


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
    sheet: Sheet, plat: Plat, sections: list[Section], built: Built, number_of: dict[int, int]
) -> None:
    """Mark the gates of compounds, and traffic lights where great roads meet."""
    main = {
        (joint, section.street)
        for section in sections
        if plat.streets[section.street].grade <= Grade.SECONDARY
        for joint in (section.first, section.last)
    }
    meeting = Counter(joint for joint, _ in main)
    for joint, streets in meeting.items():
        if streets > 1:
            sheet.node_tags[number_of[joint]] = {"highway": "traffic_signals"}
    for gate in built.gates:
        sheet.node_tags[number_of[gate]] = {"barrier": "gate", "access": "permissive"}


def lines(run: list[tuple[Section, list[int]]], number_of: dict[int, int]) -> Iterator[list[int]]:
    """Yield the nodes of each unbroken line in a run of sections of one street."""
    line: list[int] = []
    for section, shape in run:
        first = number_of[section.first]
        if line and line[-1] != first:
            yield line
            line = []
        line += [*([] if line else [first]), *shape, number_of[section.last]]
    yield line


def street_tags(
    street: int, plat: Plat, road_map: RoadMap, lanes: dict[int, Address], built: Built
) -> dict[str, str]:
    """Return the tags of a street's ways."""
    grade, road = plat.streets[street].grade, road_map.road(street)
    tags = {"highway": "steps" if street in built.steps else HIGHWAYS[grade]}
    named = lanes.get(street) or road
    if named and named.name:
        tags |= named.name.tags
    if grade in MAXSPEED_KPH:
        tags |= {"maxspeed": MAXSPEED_KPH[grade], "lanes": WIDTH_LANES[grade]}
    if road and road.is_one_way:
        tags["oneway"] = "yes"
    return tags
