"""Sections: streets from joint to joint, where they are built and which way they may be driven."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from data.towns.arterials import River
from data.towns.plat import Grade, Plat
from data.towns.roads import RoadMap


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
            if road_map.is_one_way(section.street)
            and not part[section.first] == part[section.last] == main
        }
        if not cut_off:
            return
        for index in cut_off:
            road_map.roads[index] = replace(road_map.roads[index], is_one_way=False)


def arcs_of(section: Section, road_map: RoadMap) -> Iterator[tuple[int, int]]:
    """Yield the ways in which a section may be driven."""
    is_one_way = road_map.is_one_way(section.street)
    if not (is_one_way and road_map.is_backward(section.street)):
        yield section.first, section.last
    if not is_one_way or road_map.is_backward(section.street):
        yield section.last, section.first
