"""Travel times by road, against NetworkX."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing import table
from routing.mode_roads import Roads
from routing.point import Point
from routing.roads import CLOSED, RoadNetwork
from routing.sources.road_network import MOST_S, RoadTravelTimes
from routing.speeds import MODES
from routing.travel import UNREACHABLE, Mode, Spot
from tests.routing.little_town import STREET, at, row, town
from tests.routing.real_roads import network_of
from tests.routing.test_reading import NAMES
from tests.slowly import slowly

ONE_WAY = {**STREET, "oneway": "yes"}
NODES = st.integers(1, 7)
SEGMENT_MS = 16013  # a step of 1112 dm at 25 km/h, × 360 ms / kph


def spots_at(network: RoadNetwork, nodes: Sequence[int]) -> list[Spot]:
    return [Spot(Point(float(network.lat[i]), float(network.lon[i]))) for i in nodes]


def oracle(network: RoadNetwork, mode: Mode) -> nx.DiGraph[int]:
    """The roads as NetworkX knows them; a cost holds milliseconds above, decimetres below."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    for arc, duration in enumerate(network.duration_ms[MODES.index(mode)].tolist()):
        if duration != CLOSED:
            tail, head = int(network.tail[arc]), int(network.head[arc])
            cost = duration * 10**12 + int(network.length_dm[arc])  # Python's integers have room
            known = graph.get_edge_data(tail, head, {"cost": cost})["cost"]
            graph.add_edge(tail, head, cost=min(cost, known))
    return graph


def assert_exact(network: RoadNetwork, mode: Mode, nodes: Sequence[int]) -> None:
    matrix = RoadTravelTimes(Roads(network)).matrix(spots_at(network, nodes), [mode])
    graph = oracle(network, mode)
    for i, source in enumerate(nodes):
        costs = nx.single_source_dijkstra_path_length(graph, source, weight="cost")
        for j, target in enumerate(nodes):
            duration_ms, length_dm = divmod(costs[target], 10**12)
            assert matrix.seconds[0, 0, i, j] == math.ceil(duration_ms / 1000)
            assert matrix.metres[0, 0, i, j] == pytest.approx(length_dm / 10, abs=0.5)


@pytest.mark.parametrize("name", slowly(NAMES, ["vancouver.osm.pbf"]))
def test_times_on_foot_on_real_roads_are_those_of_networkx(extracts: Path, name: str) -> None:
    network, mode = network_of(extracts, name), Mode.WALK
    rng = np.random.default_rng(7)
    main = np.flatnonzero(network.main_nodes(mode))
    # A place of its own per node: bollards have several nodes on one spot.
    nodes = [i for i in rng.permutation(main).tolist() if network.node_id[i] > 0]
    assert_exact(network, mode, nodes[:5])


@given(
    st.lists(
        st.tuples(NODES, NODES, st.sampled_from([STREET, ONE_WAY, {"highway": "service"}])),
        min_size=1,
        max_size=16,
    ),
    st.sampled_from(list(Mode)),
)
@settings(deadline=None, max_examples=60)
def test_times_on_any_little_town_are_those_of_networkx(
    segments: list[tuple[int, int, dict[str, str]]], mode: Mode
) -> None:
    """Parallel streets, loops at a node, one-way traps and islands come by chance.

    No road is busy, so no turn costs: tests/routing/test_traffic.py has those that do.
    """
    nodes = {i: at(i, i * i / 7) for i in range(1, 8)}  # none lies on a street of others
    network = town(nodes, *(([a, b], tags) for a, b, tags in segments))
    roads = Roads(network).of_modes[mode]
    assert_exact(network, mode, network.head[roads.arcs[roads.traffic.main_arcs]].tolist())


def test_a_one_way_street_is_driven_round_and_walked_back() -> None:
    # A square 1-2-3-4 of one-way streets: from 2 back to 1 a car goes three sides.
    nodes = {1: at(0), 2: at(1), 3: at(1, 1), 4: at(0, 1)}
    network = town(nodes, ([1, 2, 3, 4, 1], ONE_WAY))
    matrix = RoadTravelTimes(Roads(network)).matrix(
        spots_at(network, [0, 1]), [Mode.CAR, Mode.WALK]
    )
    car, walk = matrix.seconds[:, 0]
    assert car.tolist() == [[0, 17], [49, 0]]  # 16.013 s a side, rounded up once
    assert walk.tolist() == [[0, 84], [84, 0]]  # 83.4 s
    assert matrix.metres[0, 0].tolist() == [[0, 111], [334, 0]]
    assert matrix.modes == (Mode.CAR, Mode.WALK)
    assert matrix.source == "roads"


def test_metres_are_those_of_the_fastest_way_not_of_the_shortest() -> None:
    # Straight on by a service road, or round by a fast one: 111 m at 15, 2 × 124 m at 85 km/h.
    nodes = {1: at(0), 2: at(1), 3: at(0.5, 1)}
    fast = {"highway": "trunk"}
    network = town(nodes, ([1, 2], {"highway": "service"}), ([1, 3, 2], fast))
    matrix = RoadTravelTimes(Roads(network)).matrix(spots_at(network, [0, 1]), [Mode.CAR])
    round_dm = 2 * 1243  # √(0.5² + 1²) × 1111.95 = 1243.2
    assert matrix.metres[0, 0, 0, 1] == round(round_dm / 10)
    assert matrix.seconds[0, 0, 0, 1] == math.ceil(round_dm * 360 / 85 / 1000)


def test_of_equally_fast_ways_the_shortest_is_measured() -> None:
    # Twice the way at twice the speed takes as long: 1112 and 2224 dm at 10 and 20 km/h.
    nodes = {1: at(0), 2: at(1), 3: at(0.5, math.sqrt(3) / 2)}
    slow, fast = ({"highway": "residential", "maxspeed": kph} for kph in ("12.5", "25"))
    network = town(nodes, ([1, 2], slow), ([1, 3, 2], fast))
    assert network.length_dm.tolist() == [1112] * 6
    matrix = RoadTravelTimes(Roads(network)).matrix(spots_at(network, [0, 1]), [Mode.CAR])
    assert matrix.metres[0, 0, 0, 1] == 111


def test_streets_of_no_length_take_no_time() -> None:
    nodes = {1: at(0), 2: at(0), 3: at(1)}
    network = town(nodes, ([1, 2, 3], STREET))
    matrix = RoadTravelTimes(Roads(network)).matrix([Spot(at(0)), Spot(at(1))], [Mode.CAR])
    assert matrix.seconds[0, 0].tolist() == [[0, 17], [17, 0]]


def test_walks_at_both_ends_are_part_of_the_leg() -> None:
    network = town(row(2), ([1, 2], STREET))
    spots = [Spot(at(0), access_m=40), Spot(at(1), access_m=80), Spot(at(0))]
    matrix = RoadTravelTimes(Roads(network)).matrix(spots, [Mode.CAR])
    # 80 m a minute: 30 s and 60 s beside 16.013 s of road; at the same point no road at all.
    assert matrix.seconds[0, 0].tolist() == [[0, 107, 30], [107, 0, 77], [30, 77, 0]]
    assert matrix.metres[0, 0].tolist() == [[0, 231, 40], [231, 0, 191], [40, 191, 0]]


def test_the_walk_to_the_road_counts_unless_two_spots_are_one_point() -> None:
    network = town(row(2), ([1, 2], STREET))
    aside = at(0, 0.5)  # 55.6 m north of node 1: 41.7 s on foot
    matrix = RoadTravelTimes(Roads(network)).matrix(
        [Spot(aside), Spot(aside), Spot(at(0))], [Mode.CAR]
    )
    assert matrix.seconds[0, 0].tolist() == [[0, 0, 42], [0, 0, 42], [42, 42, 0]]


def test_a_spot_without_a_road_says_why_and_leaves_the_others() -> None:
    network = town(row(2), ([1, 2], STREET))
    matrix = RoadTravelTimes(Roads(network)).matrix(
        [Spot(at(0)), Spot(at(0, 99)), Spot(at(1))], [Mode.CAR]
    )
    far = UNREACHABLE
    assert matrix.seconds[0, 0].tolist() == [[0, far, 17], [far, 0, far], [17, far, 0]]
    assert matrix.metres[0, 0, 1].tolist() == [far, 0, far]
    assert list(matrix.off_road) == [(Mode.CAR, 1)]
    assert "farther than 1,000 m" in matrix.off_road[Mode.CAR, 1]


def test_ways_beyond_the_limit_are_unreachable() -> None:
    network = town(row(4), ([1, 2, 3, 4], STREET))
    spots = spots_at(network, range(4))
    row_s = RoadTravelTimes(Roads(network), limit_s=33).matrix(spots, [Mode.CAR]).seconds[0, 0, 0]
    assert row_s.tolist() == [0, 17, 33, UNREACHABLE]  # 32.026 s is within, 48.039 s is not


@pytest.mark.parametrize("limit_s", [0, -1, MOST_S + 1])
def test_a_limit_that_cannot_be_kept_is_refused(limit_s: int) -> None:
    with pytest.raises(ValueError, match=f"limit_s {limit_s} is not between 1 and"):
        RoadTravelTimes(Roads(town(row(2), ([1, 2], STREET))), limit_s=limit_s)


def test_progress_counts_the_rows_of_all_modes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "ROWS_AT_ONCE", 64)
    network = town(row(70), (list(range(1, 71)), STREET))
    seen: list[tuple[int, int]] = []
    spots = spots_at(network, [*range(70), 0, 1])  # the last two stand where the first two do
    RoadTravelTimes(Roads(network)).matrix(
        spots, [Mode.CAR, Mode.WALK], on_progress=lambda done, total: seen.append((done, total))
    )
    assert seen == [(64, 140), (70, 140), (134, 140), (140, 140)]


@pytest.mark.parametrize("count", [0, 1])
def test_few_spots(count: int) -> None:
    network = town(row(2), ([1, 2], STREET))
    matrix = RoadTravelTimes(Roads(network)).matrix([Spot(at(0))] * count, [Mode.CAR])
    assert matrix.seconds.tolist() == matrix.metres.tolist() == [[[[0]] * count]]


def test_one_node_is_a_town_too() -> None:
    network = town(row(1), ([1, 1], STREET))
    matrix = RoadTravelTimes(Roads(network)).matrix([Spot(at(0)), Spot(at(0, 0.1))], [Mode.CAR])
    assert matrix.seconds[0, 0].tolist() == [[0, 9], [9, 0]]  # 11.1 m on foot: 8.34 s


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0, 5), st.floats(0, 50)), max_size=6))
@settings(deadline=None, max_examples=40)
def test_no_detour_is_shorter_than_the_direct_way(places: list[tuple[float, float, float]]) -> None:
    ring = {i: at(i % 3 * 2, i // 3 * 2) for i in range(1, 9)}
    network = town(ring, ([1, 2, 5, 4, 1], ONE_WAY), ([2, 3, 6, 5], STREET), ([4, 7, 8], STREET))
    spots = [Spot(at(x, y), access_m) for x, y, access_m in places]
    seconds = RoadTravelTimes(Roads(network)).matrix(spots, [Mode.CAR]).seconds[0, 0]
    for via in range(len(spots)):
        assert (seconds <= seconds[:, via, None] + seconds[via]).all()


@pytest.mark.slow
def test_a_city_of_2200_spots_is_workable(extracts: Path) -> None:
    network = network_of(extracts, "vancouver.osm.pbf")
    nodes = np.random.default_rng(1).choice(np.flatnonzero(network.main_nodes(Mode.CAR)), 2200)
    matrix = RoadTravelTimes(Roads(network)).matrix(spots_at(network, nodes.tolist()), [Mode.CAR])
    assert matrix.seconds.max() < 7200
