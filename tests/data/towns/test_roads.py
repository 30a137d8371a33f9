"""Streets that run on become one road, with one name and one count of houses."""

from __future__ import annotations

from random import Random

import pytest

from data.towns.lots import Lane
from data.towns.names import CITY, Name, NameBook
from data.towns.places import Numbering, door_points
from data.towns.plat import Grade, Plat
from data.towns.roads import HOUSE_M, RoadMap, make_roads
from data.towns.sections import Section, arcs_of, lift_one_ways


def drawn(*lines: tuple[complex, complex], grade: Grade = Grade.RESIDENTIAL) -> Plat:
    """Draw streets; equal ends are one node."""
    plat = Plat()
    nodes: dict[complex, int] = {}
    for ends in lines:
        for end in ends:
            if end not in nodes:
                nodes[end] = plat.add_node(end)
        plat.add_street(nodes[ends[0]], nodes[ends[1]], grade)
    return plat


def roads_of(plat: Plat, lanes: tuple[Lane, ...] = ()) -> RoadMap:
    return make_roads(Random(1), plat, list(lanes), NameBook(Random(1)))


def test_a_straight_run_is_one_road_whatever_way_its_parts_are_drawn() -> None:
    plat = drawn((0j, 100 + 0j), (200 + 0j, 100 + 0j), (200 + 0j, 300 + 5j))
    [road] = roads_of(plat).roads
    order = [(leg.street, leg.is_forward) for leg in road.legs]
    forward = [(0, True), (1, False), (2, True)]
    assert order in (forward, [(street, not ahead) for street, ahead in reversed(forward)])
    assert [leg.begin_m for leg in road.legs] == pytest.approx([0, 100, 200], abs=0.2)


def test_a_sharp_bend_begins_another_road() -> None:
    road_map = roads_of(drawn((0j, 100 + 0j), (100 + 0j, 100 + 100j)))
    first, second = road_map.roads
    assert first.name
    assert second.name
    assert first.name.zh != second.name.zh


def test_at_a_fork_the_straighter_street_goes_on() -> None:
    road_map = roads_of(drawn((0j, 100 + 0j), (100 + 0j, 200 + 30j), (100 + 0j, 200 + 0j)))
    assert road_map.road_of[0][0] == road_map.road_of[2][0] != road_map.road_of[1][0]


def test_a_ring_is_one_road() -> None:
    # Twelve corners of thirty degrees: cosine 0.87, still straight enough.
    corners = [100 * complex(*at) for at in zip(*circle(12), strict=True)]
    plat = drawn(*zip(corners, [*corners[1:], corners[0]], strict=True))
    [road] = roads_of(plat).roads
    assert len(road.legs) == 12
    assert len({leg.street for leg in road.legs}) == 12


def circle(points: int) -> tuple[list[float], list[float]]:
    from math import cos, pi, sin

    turns = [2 * pi * k / points for k in range(points)]
    return [cos(turn) for turn in turns], [sin(turn) for turn in turns]


def test_a_short_street_has_no_name_and_a_blind_lane_is_no_road() -> None:
    plat = drawn((0j, 60 + 0j), (0j, 0 + 50j))
    road_map = roads_of(plat, (Lane(street=1, parent=0, node=0, quarter=0),))
    assert [road.name for road in road_map.roads] == [None]
    assert road_map.road(1) is None


def test_houses_count_on_from_street_to_street() -> None:
    plat = drawn((0j, 100 + 0j), (200 + 0j, 100 + 0j))
    [road] = roads_of(plat).roads
    slots = [round(along_m / HOUSE_M - 0.5) for leg in road.legs for along_m, side, _ in
             door_points(plat, leg) if side == 1]  # fmt: skip
    # 200 m are twelve fronts of 16 m; none at an end, none where the two streets meet (96–112 m).
    assert slots == [1, 2, 3, 4, 5, 7, 8, 9, 10, 11]


def test_doors_with_odd_numbers_stand_on_the_left() -> None:
    plat = drawn((0j, 200 + 0j))
    [road] = roads_of(plat).roads
    [leg] = road.legs
    ahead = 1 if leg.is_forward else -1
    for _, side, at in door_points(plat, leg):
        assert side * ahead * at.imag == pytest.approx(14)


def test_an_entrance_takes_its_number_once() -> None:
    plat = drawn((0j, 200 + 0j))
    node = plat.joint(0, 40 + 0j, 0)
    numbering = Numbering(plat, roads_of(plat))
    first = numbering.entrance(0, node, inside=40 + 50j)
    assert first is not None
    # 40 m from the start is the third front, 160 m the eleventh: 5 or 6, 21 or 22.
    assert first[1] in (5, 6, 21, 22)
    assert numbering.entrance(0, node, inside=40 + 60j) is None
    across = numbering.entrance(0, node, inside=40 - 50j)
    assert across is not None
    assert {first[1] % 2, across[1] % 2} == {0, 1}


def one_way(road_map: RoadMap) -> RoadMap:
    from dataclasses import replace

    return RoadMap([replace(road, is_one_way=True) for road in road_map.roads], road_map.road_of)


def whole_streets(plat: Plat) -> list[Section]:
    return [
        Section(i, street.joints[0][1], street.joints[-1][1], 0.0, street.length_m, False)
        for i, street in enumerate(plat.streets)
    ]


def test_a_one_way_circle_stays_and_a_one_way_dead_end_is_lifted() -> None:
    square = (0j, 100 + 0j, 100 + 100j, 0 + 100j)
    turned = zip(square, [*square[1:], square[0]], strict=True)
    plat = drawn(*turned, (100 + 100j, 200 + 200j))
    road_map = one_way(roads_of(plat))
    # Roads that turn at right angles end there: make each run the way it is drawn.
    for street, (road, leg) in list(road_map.road_of.items()):
        from dataclasses import replace

        road_map.road_of[street] = (road, replace(leg, is_forward=True))
    lift_one_ways(whole_streets(plat), plat, road_map)
    assert [road_map.is_one_way(street) for street in range(5)] == [True] * 4 + [False]


def test_a_one_way_street_drawn_against_its_road_is_driven_backwards() -> None:
    plat = drawn((0j, 100 + 0j), (200 + 0j, 100 + 0j))
    road_map = one_way(roads_of(plat))
    driven = [next(arcs_of(section, road_map)) for section in whole_streets(plat)]
    # 0 is the west end, 1 the middle, 2 the east end: both streets run the same way.
    assert driven in ([(0, 1), (1, 2)], [(1, 0), (2, 1)])


def test_no_name_is_given_twice_and_none_runs_out() -> None:
    book = NameBook(Random(0))
    names = [book.street(Grade.PRIMARY) for _ in range(6_000)]
    # 3,600 stems with one ending: sides and numbers come in where those are gone.
    assert len({name.zh for name in names}) == 6_000
    assert any("东大道" in name.zh for name in names)


def test_a_name_has_its_letters() -> None:
    assert CITY.tags == {"name": "宁州市", "name:zh": "宁州市", "name:en": "Ningzhou"}
    name = NameBook(Random(4)).take([("路", "Road")])
    assert isinstance(name, Name)
    assert name.zh.endswith("路")
    assert name.en.endswith(" Road")
    assert name.en.isascii()
