from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.errors import NoRoadError
from routing.point import Point, distances_m
from routing.mode_roads import Roads
from routing.snapping import Snapper
from routing.travel import Mode
from tests.routing.little_town import STEP_M, STREET, at, row, town

ISLAND = {"highway": "residential", "name": "Island Road"}
TOWN = town({**row(3), 8: at(50), 9: at(51)}, ([1, 2, 3], STREET), ([8, 9], ISLAND))


def test_the_nearest_node_of_the_main_part_is_found() -> None:
    node, access_m = Snapper(TOWN, Mode.CAR).snap_one(at(1.2, 1))
    assert TOWN.node_id[node] == 2
    assert access_m == pytest.approx(np.hypot(0.2, 1) * STEP_M, rel=1e-5)


def test_one_point_off_the_roads_does_not_fail_the_others() -> None:
    snapped = Snapper(TOWN, Mode.CAR).snap([at(0), at(0, 100), at(2)])
    assert snapped.node.tolist() == [0, -1, 2]
    assert snapped.access_m[1] == pytest.approx(100 * STEP_M)
    assert list(snapped.off_road) == [1]
    assert "lies 11,120 m from the nearest road for mode car" in snapped.off_road[1]
    assert "farther than 1,000 m" in snapped.off_road[1]


def test_a_point_by_a_road_that_is_cut_off_is_told_so() -> None:
    with pytest.raises(NoRoadError, match=r"lies 56 m from Island Road, which is cut off"):
        Snapper(TOWN, Mode.CAR).snap_one(at(50, 0.5))


def test_the_limit_is_the_callers() -> None:
    with pytest.raises(NoRoadError, match="farther than 50 m"):
        Snapper(TOWN, Mode.CAR, limit_m=50).snap_one(at(0, 0.5))
    node, access_m = Snapper(TOWN, Mode.CAR, limit_m=6000).snap_one(at(50))
    assert (node, round(access_m)) == (2, round(48 * STEP_M))


def test_a_mode_without_roads_says_so() -> None:
    stairs = town(row(2), ([1, 2], {"highway": "steps"}))
    snapped = Snapper(stairs, Mode.CAR).snap([at(0)])
    assert snapped.node.tolist() == [-1]
    assert "little town holds no road for mode car" in snapped.off_road[0]
    assert Snapper(stairs, Mode.WALK).snap_one(at(0)) == (0, 0)


def test_no_points() -> None:
    snapped = Snapper(TOWN, Mode.CAR).snap([])
    assert len(snapped.node) == len(snapped.access_m) == len(snapped.off_road) == 0


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
def test_no_node_is_nearer_also_far_from_the_equator(
    places: list[tuple[float, float]], lat: float, lon: float
) -> None:
    nodes = {i: Point(*place) for i, place in enumerate(places, start=1)}
    network = town(nodes, (list(nodes), STREET))
    _, access_m = Snapper(network, Mode.WALK, limit_m=1e6).snap_one(Point(lat, lon))
    nearest_m = distances_m(lat, lon, network.lat, network.lon).min()
    assert access_m == pytest.approx(nearest_m, abs=0.05)
