from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from routing.building import RoadBuilder
from routing.errors import ExtractError
from routing.roads import CLOSED
from routing.travel import Mode
from tests.routing.little_town import STEP_M, STREET, at, row, town

ONE_WAY = {**STREET, "oneway": "yes"}


def test_lengths_and_durations_are_whole_and_follow_from_the_map() -> None:
    network = town(row(2), ([1, 2], STREET))
    assert network.length_dm.tolist() == [1112, 1112]  # 111.195 m, each way
    # 111.2 m at 25, 18 and, on foot, 4.8 km/h: 1112 dm × 360 ms / kph.
    assert network.duration_ms.tolist() == [[16013] * 2, [22240] * 2, [83400] * 2, [83400] * 2]


def test_streets_keep_their_names_and_classes() -> None:
    network = town(row(3), ([1, 2, 3], STREET), ([1, 3], {"highway": "steps"}))
    names = network.way_name[network.way].tolist()
    assert names.count("Little Street") == 4  # two segments, both ways
    assert set(network.way_class.tolist()) == {"residential", "steps"}
    assert network.way_id.tolist() == [1, 2]


def test_of_a_one_way_street_walkers_alone_have_the_other_direction() -> None:
    network = town(row(2), ([1, 2], ONE_WAY))
    car, ebike, walk = (network.duration_ms[i] != CLOSED for i in range(3))
    assert network.tail.tolist() == [0, 1]
    assert car.tolist() == ebike.tolist() == [True, False]
    assert walk.tolist() == [True, True]


def test_the_main_part_holds_what_can_be_driven_to_and_back_from() -> None:
    # A ring 1-2-3, a one-way street out of it to 4, and an island 5-6.
    nodes = {1: at(0), 2: at(1), 3: at(1, 1), 4: at(3), 5: at(9), 6: at(10)}
    network = town(nodes, ([1, 2, 3, 1], ONE_WAY), ([2, 4], ONE_WAY), ([5, 6], STREET))
    assert network.main_nodes(Mode.CAR).tolist() == [True] * 3 + [False] * 3
    assert network.main_nodes(Mode.WALK).tolist() == [True] * 4 + [False] * 2
    assert network.used_nodes(Mode.CAR).all()


def test_a_mode_without_roads_has_no_main_part() -> None:
    network = town(row(2), ([1, 2], {"highway": "steps"}))
    assert not network.main_nodes(Mode.CAR).any()
    assert network.main_nodes(Mode.WALK).all()


def test_one_node_with_a_loop_is_a_network() -> None:
    network = town(row(1), ([1, 1], STREET))
    assert len(network) == 1
    assert network.main_nodes(Mode.CAR).tolist() == [True]


def test_of_parallel_arcs_the_matrix_takes_the_least() -> None:
    network = town(row(2), ([1, 2], STREET), ([1, 2], {"highway": "service"}))
    arcs = network.open_arcs(Mode.CAR)
    weights = np.arange(len(arcs), 0, -1).astype(float)  # 4 3 2 1 for →, ←, →, ←
    assert network.graph(Mode.CAR, weights).toarray().tolist() == [[0, 2], [1, 0]]


def test_a_barrier_lets_come_up_from_both_sides_and_stops_cars_alone() -> None:
    builder = RoadBuilder()
    for node, point in row(3).items():
        builder.add_node(node, point)
    builder.add_barrier(2, {"barrier": "bollard"})
    builder.add_line(builder.add_way(1, STREET), [1, 2, 3])
    network = builder.network("a street with a bollard", "")
    for mode, parts in ((Mode.CAR, 2), (Mode.EBIKE, 5), (Mode.WALK, 5)):
        # 1, the bollard's two sides, the bollard and 3; by car 1 and one side, or 3 and the other.
        assert network.main_nodes(mode).sum() == parts
        assert network.used_nodes(mode).sum() == (4 if mode is Mode.CAR else 5)
    assert network.length_dm.sum() == 4 * round(STEP_M * 10)  # the barrier adds no length


def test_without_a_segment_there_is_no_network() -> None:
    with pytest.raises(ExtractError, match="holds no roads"):
        town(row(2))


def test_arrays_cannot_be_changed() -> None:
    network = town(row(2), ([1, 2], STREET))
    with pytest.raises(ValueError, match="read-only"):
        network.length_dm[0] = 0


def test_arrays_that_do_not_agree_are_refused() -> None:
    network = town(row(3), ([1, 2, 3], STREET))
    with pytest.raises(ValueError, match="lat has shape"):
        replace(network, lat=network.lat[:1])
    with pytest.raises(ValueError, match="head points outside 0 … 2"):
        replace(network, head=network.head + 1)
    with pytest.raises(ValueError, match="way points outside"):
        replace(network, way=network.way - 1)
