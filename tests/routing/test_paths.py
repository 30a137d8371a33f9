"""The lines of legs: along open roads, as long and as fast as the travel matrix says."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.mode_roads import Roads
from routing.paths import LegPath, RoadPaths
from routing.point import Point, distances_m
from routing.roads import CLOSED, RoadNetwork
from routing.sources.road_network import RoadTravelTimes
from routing.speeds import MODES
from routing.travel import UNREACHABLE, Mode, Spot
from tests.routing.little_town import STEP_M, STREET, at, row, town
from tests.routing.real_roads import network_of
from tests.routing.test_reading import NAMES
from tests.slowly import slowly

ONE_WAY = {**STREET, "oneway": "yes"}
NODES = st.integers(1, 7)


def line(path: LegPath | None) -> list[tuple[float, float]]:
    """A path in steps of the little town: east, north."""
    assert path is not None
    return [
        (round(lon * 1000, 6), round(lat * 1000, 6))
        for lat, lon in zip(path.lat.tolist(), path.lon.tolist(), strict=True)
    ]


def assert_as_the_matrix(network: RoadNetwork, spots: list[Spot], mode: Mode) -> None:
    matrix = RoadTravelTimes(Roads(network)).matrix(spots, [mode])
    rows = range(len(spots))
    legs = [(spots[i], spots[j]) for i, j in product(rows, rows)]
    for (i, j), path in zip(
        product(rows, rows), RoadPaths(Roads(network)).paths(legs, mode), strict=True
    ):
        told = (matrix.seconds[0, 0, i, j], matrix.metres[0, 0, i, j])
        expected = (path.seconds, path.metres) if path else (UNREACHABLE, UNREACHABLE)
        assert told == expected, (i, j)


def test_a_leg_follows_the_street_and_not_the_air() -> None:
    # Round the block: one way from 1 to 2 only, so the way back leads over 3.
    network = town({1: at(0), 2: at(1), 3: at(1, 1)}, ([1, 2, 3, 1], ONE_WAY))
    there, back = RoadPaths(Roads(network)).paths(
        [(Spot(at(0)), Spot(at(1))), (Spot(at(1)), Spot(at(0)))], Mode.CAR
    )
    assert line(there) == [(0, 0), (0, 0), (1, 0), (1, 0)]  # the walks are of no length
    assert line(back) == [(1, 0), (1, 0), (1, 1), (0, 0), (0, 0)]
    assert back is not None
    # One step north and the diagonal: 1 + √2 steps.
    assert back.metres == pytest.approx((1 + 2**0.5) * STEP_M, abs=1)


def test_the_line_begins_and_ends_at_the_door() -> None:
    network = town(row(3), ([1, 2, 3], STREET))
    door = Spot(at(0, 0.5))
    (path,) = RoadPaths(Roads(network)).paths([(door, Spot(at(2)))], Mode.WALK)
    assert line(path) == [(0, 0.5), (0, 0), (1, 0), (2, 0), (2, 0)]
    assert path is not None
    assert path.metres == pytest.approx(2.5 * STEP_M, abs=1)


def test_a_long_leg_is_found() -> None:
    network = town(row(12), (range(1, 13), STREET))
    (path,) = RoadPaths(Roads(network)).paths([(Spot(at(0)), Spot(at(11)))], Mode.WALK)
    assert path is not None
    # Eleven steps of 111.2 m at 80 m a minute: 1112 dm × 360 ms / 4.8 each, rounded up once.
    assert path.seconds == -(-11 * 1112 * 360 // 4800)
    assert len(path.lat) == 12 + 2


def test_where_no_road_leads_there_is_no_line() -> None:
    network = town(row(3), ([1, 2, 3], STREET))
    at_sea, street = Spot(at(500)), Spot(at(1))
    legs = [(street, at_sea), (at_sea, street), (at_sea, Spot(at_sea.point, 5)), (street, street)]
    *lost, stays = RoadPaths(Roads(network)).paths(legs, Mode.CAR)
    assert lost == [None, None, None]
    assert stays is not None
    assert (stays.seconds, stays.metres) == (0, 0)
    assert RoadPaths(Roads(network)).paths([], Mode.CAR) == []


@given(
    st.lists(st.tuples(NODES, NODES, st.sampled_from([STREET, ONE_WAY])), min_size=1, max_size=16),
    st.lists(
        st.builds(Spot, st.builds(at, NODES, NODES), st.sampled_from([0.0, 40.0])), max_size=5
    ),
    st.sampled_from(list(Mode)),
)
@settings(deadline=None, max_examples=60)
def test_a_path_takes_what_the_matrix_says(
    segments: list[tuple[int, int, dict[str, str]]], spots: list[Spot], mode: Mode
) -> None:
    nodes = {i: at(i, i * i / 7) for i in range(1, 8)}  # none lies on a street of others
    network = town(nodes, *(((a, b), tags) for a, b, tags in segments))
    assert_as_the_matrix(network, list(dict.fromkeys(spots)), mode)


@pytest.mark.parametrize("name", slowly(NAMES, ["vancouver.osm.pbf"]))
def test_paths_on_real_roads(extracts: Path, name: str) -> None:
    network = network_of(extracts, name)
    rng = np.random.default_rng(7)
    roads = Roads(network).of_modes[Mode.CAR]
    main = rng.permutation(network.head[roads.arcs[roads.traffic.main_arcs]])[:6]
    spots = [Spot(Point(float(network.lat[i]), float(network.lon[i])), 12.5) for i in main]
    assert_as_the_matrix(network, spots, Mode.CAR)

    legs = list(pairwise(spots))
    arcs = open_arcs(network, Mode.CAR)
    for path in RoadPaths(Roads(network)).paths(legs, Mode.CAR):
        assert path is not None
        on_road = list(zip(path.lat.tolist(), path.lon.tolist(), strict=True))[1:-1]
        assert set(pairwise(on_road)) <= arcs
        driven_m = distances_m(path.lat[:-1], path.lon[:-1], path.lat[1:], path.lon[1:]).sum()
        # 12.5 m at either door are walked beside the line; each arc is rounded to a decimetre.
        assert path.metres == pytest.approx(driven_m + 25, abs=1 + 0.05 * len(path.lat))


def open_arcs(network: RoadNetwork, mode: Mode) -> set[tuple[object, ...]]:
    """Where each arc that a mode may use begins and ends."""
    is_open = network.duration_ms[MODES.index(mode)] != CLOSED
    tail, head = network.tail[is_open], network.head[is_open]
    places = list(zip(network.lat.tolist(), network.lon.tolist(), strict=True))
    return {(places[a], places[b]) for a, b in zip(tail.tolist(), head.tolist(), strict=True)}
