from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.speeds import (
    HIGHWAYS,
    MODES,
    RULES,
    _speeds_of,
    barrier_speeds,
    posted_kph,
    way_speeds,
)
from routing.travel import Mode

CAR, EBIKE, WALK, TRANSIT = range(4)  # positions in MODES


def open_ways(**tags: str) -> list[str]:
    """For car, e-bike and walker: '><' both ways, '>' along, '<' against, '' closed."""
    speeds = way_speeds({key.replace("_", ":"): value for key, value in tags.items()})
    pairs = zip(speeds.forward_kph, speeds.backward_kph, strict=True)
    return [">" * (along > 0) + "<" * (against > 0) for along, against in pairs][:TRANSIT]


@pytest.mark.parametrize(
    ("text", "kph"),
    [
        ("50", 50),
        ("30 mph", 48.28032),  # 30 × 1.609344
        ("30mph", 48.28032),
        ("40 km/h", 40),
        ("50;30", 50),
        ("none", None),
        ("walk", None),
        ("CN:urban", None),
        ("0", None),
        ("999", None),  # no road is posted above 150
        ("100 mph", None),  # 160.9 km/h
    ],
)
def test_posted_limits_are_read_where_they_are_figures(text: str, kph: float | None) -> None:
    assert posted_kph({"maxspeed": text}) == (None if kph is None else pytest.approx(kph))


def test_no_posted_limit() -> None:
    assert posted_kph({}) is None


def test_a_car_makes_four_fifths_of_the_posted_limit_others_keep_to_it() -> None:
    fast = way_speeds({"highway": "primary", "maxspeed": "60"})
    # 0.8 × 60; an e-bike and a walker are slower anyway.
    assert fast.forward_kph[:TRANSIT] == (48, 18, 4.8)
    slow = way_speeds({"highway": "living_street", "maxspeed": "10"})
    assert slow.forward_kph[:TRANSIT] == (8, 10, 4.8)  # the e-bike's own 12 is more than is allowed


def test_modes_keep_their_order_of_speed_on_every_common_class() -> None:
    assert MODES == (Mode.CAR, Mode.EBIKE, Mode.WALK, Mode.TRANSIT)
    for highway in RULES[Mode.CAR].kph.keys() & RULES[Mode.EBIKE].kph.keys() - {"living_street"}:
        car, ebike, walk, _ = way_speeds({"highway": highway}).forward_kph
        assert car >= ebike > walk or highway == "track"


@pytest.mark.parametrize(
    ("highway", "expected"),
    [
        ("residential", ["><", "><", "><"]),
        ("motorway", [">", "", ""]),  # one-way also without the tag
        ("motorway_link", ["><", "", ""]),
        ("footway", ["", "", "><"]),
        ("steps", ["", "", "><"]),
        ("cycleway", ["", "><", "><"]),
        ("construction", ["", "", ""]),
    ],
)
def test_classes_open_to_each_mode(highway: str, expected: list[str]) -> None:
    assert open_ways(highway=highway) == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"oneway": "yes"}, [">", ">", "><"]),
        ({"oneway": "-1"}, ["<", "<", "><"]),
        ({"oneway": "no", "junction": "roundabout"}, ["><", "><", "><"]),
        ({"junction": "roundabout"}, [">", ">", "><"]),
        ({"oneway": "yes", "oneway_bicycle": "no"}, [">", "><", "><"]),
        ({"oneway": "yes", "cycleway": "opposite_lane"}, [">", "><", "><"]),
        ({"oneway": "yes", "oneway_foot": "yes"}, [">", ">", ">"]),
        ({"oneway": "reversible"}, ["", "", "><"]),
    ],
)
def test_one_way_streets(tags: dict[str, str], expected: list[str]) -> None:
    assert open_ways(highway="residential", **tags) == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"access": "private"}, [True, True, True]),
        ({"access": "no", "foot": "yes"}, [True, True, False]),
        ({"motor_vehicle": "no"}, [True, False, False]),
        ({"vehicle": "no", "motorcar": "yes"}, [False, True, False]),
        ({"access": "destination"}, [False, False, False]),
    ],
)
def test_the_most_specific_access_tag_decides(tags: dict[str, str], expected: list[bool]) -> None:
    speeds = way_speeds({"highway": "service", **tags})
    assert list(speeds.is_barred[:TRANSIT]) == expected
    assert [kph == 0 for kph in speeds.forward_kph[:TRANSIT]] == expected


def test_a_class_that_is_closed_anyway_is_not_barred() -> None:
    barred = way_speeds({"highway": "footway", "access": "no"}).is_barred
    assert barred[:TRANSIT] == (False, False, True)


def test_a_footway_is_open_to_ebikes_only_by_a_sign() -> None:
    assert way_speeds({"highway": "footway", "bicycle": "yes"}).forward_kph[EBIKE] == 10


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "primary", "motorroad": "yes"},
        {"highway": "trunk", "expressway": "yes"},
        {"highway": "trunk", "bridge": "yes"},  # an elevated city expressway
        {"highway": "trunk_link", "tunnel": "yes"},
    ],
)
def test_expressways_are_for_cars_alone_but_for_a_sign(tags: dict[str, str]) -> None:
    assert [kph > 0 for kph in way_speeds(tags).forward_kph[:TRANSIT]] == [True, False, False]
    signed = way_speeds({**tags, "foot": "yes", "bicycle": "designated"})
    assert all(signed.forward_kph)


@pytest.mark.parametrize(
    ("tags", "barred"),
    [
        ({"barrier": "bollard"}, (True, False, False)),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, (False, False, False)),
        ({"barrier": "stile"}, (True, True, False)),
        ({"barrier": "gate"}, (False, False, False)),
        ({"barrier": "gate", "access": "private"}, (True, True, True)),
        ({"barrier": "lift_gate", "vehicle": "private"}, (True, True, False)),
    ],
)
def test_whom_a_barrier_stops(tags: dict[str, str], barred: tuple[bool, ...]) -> None:
    assert barrier_speeds(tags).is_barred[:TRANSIT] == barred


KEYS = (
    *("highway", "maxspeed", "motorroad", "expressway", "bridge", "tunnel", "junction"),
    *("cycleway", "cycleway:left", "cycleway:right", "access", "vehicle", "motor_vehicle"),
    *("motorcar", "bicycle", "foot", "oneway", "oneway:vehicle", "oneway:motor_vehicle"),
    *("oneway:motorcar", "oneway:bicycle", "oneway:foot", "name", "surface"),
)
VALUES = ("yes", "no", "designated", "private", "-1", "opposite", "roundabout", "20", "reversible")


@given(
    st.sampled_from(sorted(HIGHWAYS)),
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from(VALUES), max_size=6),
)
def test_ways_that_are_alike_are_worked_out_once_by_all_that_matters(
    highway: str, tags: dict[str, str]
) -> None:
    tags |= {"highway": highway}
    assert way_speeds(tags) == _speeds_of.__wrapped__(tuple(tags.items()))


@given(
    st.sampled_from(sorted(HIGHWAYS)),
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from(VALUES), max_size=6),
)
def test_who_rides_walks_the_streets_as_a_walker(highway: str, tags: dict[str, str]) -> None:
    speeds = way_speeds({**tags, "highway": highway})
    for of_modes in (speeds.forward_kph, speeds.backward_kph, speeds.is_barred):
        assert of_modes[TRANSIT] == of_modes[WALK]
