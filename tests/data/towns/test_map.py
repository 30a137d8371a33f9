"""The map of a made-up town: connected, few bridges, dense in the middle, named like a town."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.towns.ground import ORIGIN, make_ground
from data.towns.landscape import shore
from data.towns.map import Map, make_map
from data.towns.plat import area_m2
from data.towns.roads import HOUSE_M, house_number
from data.towns.sheet import Way
from data.towns.town import Town
from routing.point import distances_m
from tests.data.towns.conftest import ON

NOT_DRIVABLE = {"footway", "steps"}


def drivable(town: Map) -> list[Way]:
    ways = [way for way in town.sheet.ways if "highway" in way.tags]
    return [way for way in ways if way.tags["highway"] not in NOT_DRIVABLE]


def road_graph(ways: list[Way]) -> nx.DiGraph[int]:
    graph: nx.DiGraph[int] = nx.DiGraph()
    for way in ways:
        nx.add_path(graph, way.nodes)
        if way.tags.get("oneway") != "yes":
            nx.add_path(graph, way.nodes[::-1])
    return graph


def middle_m(town: Map, ways: list[Way]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Metres of each node of `ways` from the middle of the town."""
    nodes = sorted({node for way in ways for node in way.nodes})
    lat, lon = (axis[np.array(nodes) - 1] / 1e7 for axis in (town.sheet.lat, town.sheet.lon))
    return distances_m(ORIGIN.lat, ORIGIN.lon, lat, lon)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**64))
def test_any_seed_makes_a_connected_town_with_few_bridges(seed: int) -> None:
    town = make_map(seed, 1_500)
    ways = drivable(town)
    graph = road_graph(ways)
    main = max(nx.strongly_connected_components(graph), key=len)
    assert len(main) >= 0.98 * len(graph)
    assert 0.85 * 1_500 <= len(graph) <= 1.1 * 1_500
    bridges = [way for way in ways if way.tags.get("bridge") == "yes"]
    # At least two wanted, at most nine; each bank has streets of its own.
    assert 1 <= len(bridges) <= 9
    graph.remove_edges_from(
        [step for way in bridges for step in pairwise([*way.nodes, *way.nodes[-2::-1]])]
    )
    sizes = sorted(map(len, nx.weakly_connected_components(graph)))
    assert sizes[-2] > 0.05 * len(graph)


def test_every_drivable_node_can_be_reached_and_left(town: Town) -> None:
    # One-ways that cut somebody off are lifted: not 98 % but all of it.
    assert nx.is_strongly_connected(road_graph(drivable(town.map)))


def test_the_number_of_nodes_is_the_one_asked_for(town: Town) -> None:
    assert len(road_graph(drivable(town.map))) == pytest.approx(4_000, rel=0.05)


def test_density_falls_from_the_middle(town: Town) -> None:
    away_m = middle_m(town.map, drivable(town.map))
    third_m = town.map.ground.radius_m / 3
    inner = (away_m < third_m).sum() / third_m**2
    outer = (away_m > 2 * third_m).sum() / (5 * third_m**2)  # 9 - 4 parts of the same area
    assert inner > 2.5 * outer


def test_streets_run_in_all_directions(town: Town) -> None:
    # On a plain grid all lengths would stand in one of nine classes of ten degrees.
    lat, lon = town.map.sheet.lat / 1e7, town.map.sheet.lon / 1e7
    ways = [way for way in drivable(town.map) if way.tags["highway"] == "residential"]
    steps = np.array([step for way in ways for step in pairwise(way.nodes)]).T - 1
    north = lat[steps[1]] - lat[steps[0]]
    east = (lon[steps[1]] - lon[steps[0]]) * np.cos(np.radians(ORIGIN.lat))
    bearing = np.degrees(np.arctan2(north, east)) % 90
    shares = np.histogram(bearing, 9, (0, 90), weights=np.hypot(north, east))[0]
    assert shares.max() < 0.35 * shares.sum()


def test_classes_one_ways_and_limits_are_there(town: Town) -> None:
    ways = [way for way in town.map.sheet.ways if "highway" in way.tags]
    classes = Counter(way.tags["highway"] for way in ways)
    expected = {"primary", "secondary", "tertiary", "residential", "living_street", "service"}
    assert expected | {"footway"} <= set(classes)
    assert all("maxspeed" in way.tags for way in ways if way.tags["highway"] == "primary")
    assert any(way.tags.get("oneway") == "yes" for way in ways)
    assert not any("oneway" in way.tags for way in ways if way.tags["highway"] == "service")


def test_areas_are_closed_and_of_many_kinds(town: Town) -> None:
    areas = [way for way in town.map.sheet.ways if "highway" not in way.tags]
    assert all(way.nodes[0] == way.nodes[-1] and len(way.nodes) > 3 for way in areas)
    kinds = {(key, way.tags[key]) for way in areas for key in ("landuse", "leisure", "natural")
             if key in way.tags}  # fmt: skip
    assert {("landuse", "residential"), ("leisure", "park"), ("natural", "water")} <= kinds
    districts = [way for way in areas if way.tags.get("boundary") == "administrative"]
    assert len(districts) == len(town.map.districts) >= 3


def test_a_lane_leaves_the_street_it_is_named_after(town: Town) -> None:
    nodes_of: dict[str, set[int]] = defaultdict(set)
    for way in drivable(town.map):
        nodes_of[way.tags.get("name", "")] |= set(way.nodes)
    lanes = [way for way in drivable(town.map) if way.tags.get("name", "").endswith("弄")]
    assert len(lanes) > 5
    for lane in lanes:
        street = lane.tags["name"].rstrip("0123456789弄")
        assert nodes_of[street] & set(lane.nodes), lane.tags["name"]


def test_names_are_in_both_languages_and_each_belongs_to_one_road(town: Town) -> None:
    named = [way for way in town.map.sheet.ways if "name" in way.tags]
    assert all(way.tags["name:en"].isascii() for way in named)
    english = {way.tags["name"]: way.tags["name:en"] for way in named}
    assert all(english[way.tags["name"]] == way.tags["name:en"] for way in named)


def test_no_two_doors_share_a_number(town: Town) -> None:
    doors = [(door.street, door.number) for door in town.map.directory.doors]
    assert len(doors) == len(set(doors)) > 1_000
    mapped = [door for door in town.map.directory.doors if door.is_mapped]
    assert 0.1 < len(mapped) / len(doors) < 0.5  # some roads are well mapped, some not at all


def test_house_numbers_are_odd_on_the_left_and_rise_by_two() -> None:
    assert [house_number(HOUSE_M * k + 1, 1) for k in range(3)] == [1, 3, 5]
    assert [house_number(HOUSE_M * k + 1, -1) for k in range(3)] == [2, 4, 6]


@given(seed=st.integers(0, 10_000), radius_m=st.floats(1_000, 17_000))
@settings(max_examples=20, deadline=None)
def test_the_ground_bends_and_never_folds(seed: int, radius_m: float) -> None:
    from random import Random

    ground = make_ground(Random(seed), radius_m)
    axis = np.linspace(-radius_m, radius_m, 25)
    z = np.add.outer(axis * 1j, axis)
    east, north = ground.bend(z + 5) - ground.bend(z), ground.bend(z + 5j) - ground.bend(z)
    # Left stays left: the image of a small square keeps its orientation.
    assert ((np.conj(east) * north).imag > 0).all()


def test_a_shore_has_no_corners_and_keeps_most_of_the_lake() -> None:
    square = [0j, 100 + 0j, 100 + 100j, 100j]
    # Each cut of a corner of a square takes (25 × 25) / 2 four times at first; 7/8 remain.
    assert len(shore(square)) == 4 * 2**3
    assert 0.8 * 10_000 < area_m2(shore(square)) < 0.875 * 10_000


def test_a_town_lies_in_the_open_sea(town: Town) -> None:
    lat, lon = town.map.sheet.lat / 1e7, town.map.sheet.lon / 1e7
    # West of 122.5 come the Zhoushan islands, east of 126.5 the Ryukyu arc.
    assert 28.5 < lat.min() < lat.max() < 29.5
    assert 123.5 < lon.min() < lon.max() < 124.5


def test_the_map_does_not_depend_on_its_people() -> None:
    from data.towns.town import make_town

    few, many = (make_town(5, ON, cases=n, collectors=n, nodes=1_500).map for n in (3, 60))
    assert few.sheet.ways == many.sheet.ways
    assert (few.sheet.lat == many.sheet.lat).all()


@pytest.mark.parametrize("nodes", [999, 300_001])
def test_a_town_has_its_limits(nodes: int) -> None:
    with pytest.raises(ValueError, match=f"not {nodes}"):
        make_map(1, nodes)


@pytest.mark.slow
def test_a_great_city_is_whole() -> None:
    graph = road_graph(drivable(make_map(3, 250_000)))
    assert len(graph) == pytest.approx(250_000, rel=0.05)
    assert nx.is_strongly_connected(graph)
