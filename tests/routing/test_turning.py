"""What turns take, which are forbidden, and where that changes the way."""

from __future__ import annotations

import numpy as np
import pytest

from routing.mode_roads import Roads
from routing.roads import RoadNetwork
from routing.sources.road_network import RoadTravelTimes
from routing.travel import UNREACHABLE, Mode, Spot
from routing.turning import turn_ms
from tests.routing.little_town import STREET, at, restricted, town

PRIMARY = {"highway": "primary", "maxspeed": "50"}
CROSS = {1: at(-2), 2: at(0), 3: at(2), 4: at(0, 2), 5: at(0, -2)}
ROADS = [([1, 2], PRIMARY), ([2, 3], PRIMARY), ([2, 4], PRIMARY), ([5, 2], PRIMARY)]
WEST, EAST, NORTH, SOUTH = (Spot(at(*place)) for place in ((-1, 0), (1, 0), (0, 1), (0, -1)))


def seconds(network: RoadNetwork, mode: Mode, *spots: Spot) -> list[list[int]]:
    matrix = RoadTravelTimes(Roads(network)).matrix(spots, [mode])
    found: list[list[int]] = matrix.seconds[0, 0].tolist()
    return found


def test_a_turn_takes_more_the_sharper_it_is() -> None:
    taken = turn_ms(np.array([0.0, 15, 45, 90, 135, 180]), 7.5)
    # Half of 7.5 s at a right angle, next to all of it when turned right back; in whole tenths.
    assert taken.tolist() == [0, 0, 300, 3800, 7200, 7500]
    assert turn_ms(np.array([90.0]), 0).tolist() == [0]


def test_a_turn_at_a_busy_crossing_takes_its_time() -> None:
    rows = seconds(town(CROSS, *ROADS), Mode.CAR, WEST, EAST, NORTH, SOUTH)
    # Two arms of 10.008 s, 1112 dm at four fifths of 50 km/h, and 3.8 s for a right angle: 20.016
    # and 23.816, rounded up.
    assert rows[0] == [0, 21, 24, 24]
    assert rows[2] == [24, 24, 0, 21]


def test_it_costs_nothing_on_foot_or_in_quiet_streets() -> None:
    quiet = town(CROSS, *((line, STREET) for line, _ in ROADS))
    assert (
        len(
            {
                row[j]
                for i, row in enumerate(seconds(quiet, Mode.CAR, WEST, EAST, NORTH))
                for j in range(3)
                if i != j
            }
        )
        == 1
    )
    walked = seconds(town(CROSS, *ROADS), Mode.WALK, WEST, EAST, NORTH)
    assert walked[0][1] == walked[0][2]


def test_a_bend_of_a_busy_road_is_no_turn() -> None:
    bent = town({1: at(-2), 2: at(0), 4: at(0, 2)}, ([1, 2, 4], PRIMARY))
    assert seconds(bent, Mode.CAR, WEST, NORTH)[0][1] == 21


@pytest.mark.parametrize(
    ("kind", "free"),
    [
        ("no_left_turn", [True, False, True]),
        ("only_straight_on", [True, False, False]),
        ("only_left_turn", [False, True, False]),
    ],
)
def test_signs_are_followed_from_the_west(kind: str, free: list[bool]) -> None:
    """To the east, north and south; who may not turn there goes on, and turns back."""
    to_way = 2 if kind == "only_straight_on" else 3
    network = restricted(CROSS, ROADS, [(1, 2, to_way, kind)])
    usual = seconds(town(CROSS, *ROADS), Mode.CAR, WEST, EAST, NORTH, SOUTH)
    told = seconds(network, Mode.CAR, WEST, EAST, NORTH, SOUTH)
    assert [told[0][j] == usual[0][j] for j in (1, 2, 3)] == free
    assert told[1:] == usual[1:]  # nobody else is bound
    assert max(told[0]) < UNREACHABLE
    assert seconds(network, Mode.WALK, WEST, EAST, NORTH, SOUTH) == seconds(
        town(CROSS, *ROADS), Mode.WALK, WEST, EAST, NORTH, SOUTH
    )


def test_who_may_not_turn_left_goes_on_and_turns_back() -> None:
    network = restricted(CROSS, ROADS, [(1, 2, 3, "no_left_turn")])
    # On to the end of the road in the east: 10.008 + 20.016, back: 20 s for turning and 20.016,
    # then to the right: 3.8 + 10.008.
    assert seconds(network, Mode.CAR, WEST, NORTH)[0][1] == 84


@pytest.mark.parametrize(
    ("tags", "car", "ebike"),
    [
        ({"except": "bicycle"}, True, False),
        ({"except": "psv; motorcar"}, False, True),
        ({"restriction:bicycle": "no_straight_on"}, True, True),
        ({"restriction:motorcar": "give_way"}, False, True),
    ],
)
def test_a_sign_binds_those_it_names(tags: dict[str, str], car: bool, ebike: bool) -> None:
    """A tag of one's own kind of vehicle is the stronger one."""
    told = dict(tags)
    network = restricted(CROSS, ROADS, [(1, 2, 3, "no_left_turn")], **told)
    assert bool(network.bans(Mode.CAR)) == car
    assert bool(network.bans(Mode.EBIKE)) == ebike
    assert not network.bans(Mode.WALK)


def test_a_sign_for_lorries_or_at_some_hours_is_not_read() -> None:
    for key in ("restriction:hgv", "restriction:conditional"):
        network = restricted(CROSS, ROADS, [(1, 2, 3, "")], **{key: "no_left_turn"})
        assert not network.bans(Mode.CAR)


def test_nobody_turns_back_over_a_short_piece_between_two_carriageways() -> None:
    # East on the southern carriageway, back west on the northern one, by a link at x = 0.
    nodes = {
        **{1: at(-2, -0.1), 2: at(0, -0.1), 3: at(4, -0.1)},
        **{4: at(-2, 0.1), 5: at(0, 0.1), 6: at(4, 0.1)},
    }
    one_way = {**PRIMARY, "oneway": "yes"}
    roads = [
        ([1, 2], one_way),
        ([2, 3], one_way),
        ([6, 5], one_way),
        ([5, 4], one_way),
        ([2, 5], one_way),
        ([3, 6], PRIMARY),
        ([4, 1], PRIMARY),
    ]
    there, back = Spot(at(-1, -0.1)), Spot(at(-1, 0.1))
    free = seconds(town(nodes, *roads), Mode.CAR, there, back)
    bound = seconds(restricted(nodes, roads, [(1, [5], 4, "no_u_turn")]), Mode.CAR, there, back)
    # Round by the link in the east instead: 8 steps of 10.008 s more, and straight on at both ends
    # of this one, where two turns took 3.8 s each.
    assert bound[0][1] - free[0][1] == pytest.approx(8 * 10.008 - 2 * 3.8, abs=1)
    assert bound[1][0] == free[1][0]


@pytest.mark.parametrize("via", [99, [99]])
def test_a_sign_whose_roads_are_not_there_binds_nobody(via: int | list[int]) -> None:
    network = restricted(
        CROSS, ROADS, [(1, via, 3, "only_left_turn"), (1, 2, 77, "only_left_turn")]
    )
    assert not network.bans(Mode.CAR)
