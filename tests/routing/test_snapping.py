"""Points meet the nearest road beside which a mode may stop, between its nodes or at one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.mode_roads import Roads
from routing.point import Point, distances_m
from routing.roads import RoadNetwork
from routing.segments import Segments
from routing.snapping import SNAP_LIMIT_M, Snapped
from routing.travel import Mode
from tests.routing.little_town import STEP_M, STREET, at, restricted, row, town

ISLAND = {"highway": "residential", "name": "Island Road"}
TOWN = town({**row(3), 8: at(50), 9: at(51)}, ([1, 2, 3], STREET), ([8, 9], ISLAND))


def snapped(network: RoadNetwork, mode: Mode, *points: Point, m: float = SNAP_LIMIT_M) -> Snapped:
    return Roads(network).of_modes[mode].snapper.snap(points, m)


def test_a_door_meets_its_street_between_the_nodes() -> None:
    found = snapped(TOWN, Mode.CAR, at(1.2, 1))
    assert (found.tail.tolist(), found.head.tolist()) == ([1], [2])
    assert found.share[0] == pytest.approx(0.2, abs=1e-6)
    assert (found.lat[0], found.lon[0]) == pytest.approx((0, 0.0012))
    assert found.access_m[0] == pytest.approx(STEP_M, rel=1e-6)


def test_beyond_the_end_of_a_street_a_door_meets_its_last_node() -> None:
    found = snapped(TOWN, Mode.CAR, at(2.3, 0.4), at(1))
    assert (found.tail.tolist(), found.head.tolist()) == ([2, 1], [2, 1])
    assert found.access_m[0] == pytest.approx(0.5 * STEP_M, rel=1e-6)


def test_one_point_off_the_roads_does_not_fail_the_others() -> None:
    found = snapped(TOWN, Mode.CAR, at(0), at(0, 100), at(2))
    assert found.tail.tolist() == [0, -1, 2]
    assert found.access_m[1] == pytest.approx(100 * STEP_M)
    assert list(found.off_road) == [1]
    assert "lies 11,120 m from the nearest road for mode car" in found.off_road[1]
    assert "farther than 1,000 m" in found.off_road[1]


def test_a_point_by_a_road_that_is_cut_off_is_told_so() -> None:
    found = snapped(TOWN, Mode.CAR, at(50, 0.5))
    assert "lies 56 m from Island Road, which is cut off" in found.off_road[0]


def test_the_limit_is_the_callers() -> None:
    assert "farther than 50 m" in snapped(TOWN, Mode.CAR, at(0, 0.5), m=50).off_road[0]
    found = snapped(TOWN, Mode.CAR, at(50), m=6000)
    assert (found.tail[0], round(found.access_m[0])) == (2, round(48 * STEP_M))


def test_a_mode_without_roads_says_so() -> None:
    stairs = town(row(2), ([1, 2], {"highway": "steps"}))
    found = snapped(stairs, Mode.CAR, at(0))
    assert found.tail.tolist() == [-1]
    assert "little town holds no road for mode car" in found.off_road[0]
    assert snapped(stairs, Mode.WALK, at(0)).tail.tolist() == [0]


def test_nobody_stops_on_a_motorway() -> None:
    nodes = {1: at(0), 2: at(2), 3: at(0, 3), 4: at(2, 3)}
    network = town(
        nodes,
        ([1, 2], {"highway": "motorway", "oneway": "no"}),
        ([3, 4], STREET),
        ([1, 3], {"highway": "motorway_link", "oneway": "no"}),
    )
    found = snapped(network, Mode.CAR, at(1, 0.1))
    assert found.access_m[0] == pytest.approx(2.9 * STEP_M, rel=1e-5)


def test_a_street_that_signs_cut_off_is_no_door() -> None:
    # From 1–2 nobody may turn into the dead end 2–4: what stands there is reached from 2.
    nodes = {1: at(0), 2: at(1), 3: at(2), 4: at(1, 1)}
    lines = [([1, 2], STREET), ([2, 3], STREET), ([2, 4], STREET)]
    signs = [(1, 2, 3, "no_left_turn"), (2, 2, 3, "no_right_turn")]
    network = restricted(nodes, lines, signs)
    assert snapped(network, Mode.CAR, at(1.01, 0.5)).access_m[0] > 0.49 * STEP_M
    assert snapped(network, Mode.WALK, at(1.01, 0.5)).access_m[0] < 0.02 * STEP_M


def test_no_points() -> None:
    found = snapped(TOWN, Mode.CAR)
    assert len(found.tail) == len(found.access_m) == len(found.off_road) == 0


@given(
    st.lists(
        st.tuples(st.floats(59.9, 60.1), st.floats(24.9, 25.1)),
        min_size=2,
        max_size=30,
        unique=True,
    ),
    st.floats(59.9, 60.1),
    st.floats(24.9, 25.1),
)
def test_no_place_on_a_road_is_nearer_also_far_from_the_equator(
    places: list[tuple[float, float]], lat: float, lon: float
) -> None:
    nodes = {i: Point(*place) for i, place in enumerate(places, start=1)}
    network = town(nodes, (list(nodes), STREET))
    found = Segments(network, network.open_arcs(Mode.WALK)).nearest([Point(lat, lon)])
    tail, head = network.tail[:, None], network.head[:, None]
    shares = np.linspace(0, 1, 200)
    nearest_m = distances_m(
        lat,
        lon,
        network.lat[tail] + shares * (network.lat[head] - network.lat[tail]),
        network.lon[tail] + shares * (network.lon[head] - network.lon[tail]),
    ).min()
    assert found.access_m[0] <= nearest_m + 0.5  # on 22 km of plane in place of a sphere


def test_a_street_across_the_antimeridian_is_met_on_either_side() -> None:
    nodes = {1: Point(-16.5, 179.999), 2: Point(-16.5, -179.999)}
    network = town(nodes, ([1, 2], STREET))
    step_m = distances_m(-16.5, 179.999, -16.5, -179.999)
    assert network.length_dm.tolist() == [round(10 * float(step_m))] * 2
    found = snapped(network, Mode.CAR, Point(-16.4999, 179.9995), Point(-16.5001, -179.9995))
    assert found.access_m == pytest.approx([11.1, 11.1], abs=0.1)
    assert found.share == pytest.approx([0.25, 0.75], abs=1e-6)
    assert found.lon == pytest.approx([179.9995, -179.9995])
