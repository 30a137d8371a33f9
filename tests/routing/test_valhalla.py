"""Travel times of a Valhalla server, against one that answers as it does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from routing.errors import ServerError
from routing.point import Point, distance_m
from routing.sources.valhalla import COSTINGS, ValhallaTimes
from routing.travel import UNREACHABLE, Mode, Spot
from tests.routing import little_server
from tests.routing.little_server import HASTY, SEA, A, Answering, B, C, LittleServer, Told, serving
from tests.routing.little_town import at

ISLAND = Point(3.0, 3.0)
"""A place with roads of its own, that meet no others."""


def error(code: int, text: str, status: int = 400) -> Told:
    told = {"error_code": code, "error": text, "status_code": status, "status": "Bad Request"}
    return Told(status, told)


def valhalla(path: str, body: Any) -> Told:
    """Answer as Valhalla does, at 10 m/s by the straight line; nothing snaps at sea."""
    if path == "/locate":
        return Told(200, [_located(place) for place in body["locations"]])
    assert path == "/sources_to_targets"
    assert (body["units"], body["verbose"]) == ("kilometers", True)
    sources, targets = (
        [Point(place["lat"], place["lon"]) for place in body[side]]
        for side in ("sources", "targets")
    )
    if len(sources) * len(targets) > 9:
        return error(150, "Exceeded max locations:9")
    if len({point == ISLAND for point in [*sources, *targets]}) == 2:
        return error(170, "Locations are in unconnected regions.")
    rows = [
        [_cell(i, j, distance_m(a, b)) for j, b in enumerate(targets)]
        for i, a in enumerate(sources)
    ]
    return Told(200, {"sources_to_targets": rows, "units": "kilometers", "algorithm": "cost"})


def _cell(i: int, j: int, metres: float) -> dict[str, Any]:
    km, time_s = round(metres / 1000, 3), int(metres / 10)
    return {"from_index": i, "to_index": j, "distance": km, "time": time_s}


def _located(place: dict[str, float]) -> dict[str, Any]:
    """Two edges, the nearer 4 m to the north."""
    told = {"input_lat": place["lat"], "input_lon": place["lon"], "nodes": []}
    if Point(place["lat"], place["lon"]) == SEA:
        return told | {"edges": None, "nodes": None}
    lats = [place["lat"] + metres / 111_195.08 for metres in (9, 4)]
    edges = [{"correlated_lat": lat, "correlated_lon": place["lon"], "way_id": 7} for lat in lats]
    return told | {"edges": edges}


@pytest.fixture
def server() -> Iterator[LittleServer]:
    with serving(valhalla) as running:
        yield running


def times(server: LittleServer, **more: Any) -> ValhallaTimes:
    settings: dict[str, Any] = {"patience": HASTY, "block": 3} | more
    return ValhallaTimes(server.url, **settings)


def refused(answering: Answering) -> str:
    """Return what is said where this server answers, without its name."""
    with serving(answering) as running, pytest.raises(ServerError) as caught:
        times(running).matrix([Spot(A), Spot(B)], [Mode.CAR])
    start = f"no travel times from Valhalla at {running.url}: it "
    assert str(caught.value).startswith(start)
    assert not re.search(r"\d+\.\d{4}", str(caught.value))  # no coordinate
    return str(caught.value).removeprefix(start)


def but_the_matrix(answer: Told) -> Answering:
    """Locate as usual, and answer this for a matrix."""
    return lambda path, body: valhalla(path, body) if path == "/locate" else answer


def test_times_and_lengths_with_walks_at_both_ends(server: LittleServer) -> None:
    matrix = times(server).matrix([Spot(A), Spot(B, access_m=8), Spot(A, access_m=8)], [Mode.CAR])
    # 111 m in 11 s; 4 m to the nearer edge at each end and 8 m to the second door: 12 s for
    # 16 m at 4.8 km/h. Between the two spots at A only the 8 m to a door: 6 s.
    assert matrix.seconds[0, 0].tolist() == [[0, 23, 6], [23, 0, 29], [6, 29, 0]]
    assert matrix.metres[0, 0].tolist() == [[0, 127, 8], [127, 0, 135], [8, 135, 0]]
    assert matrix.source == f"Valhalla at {server.url}"


def test_each_mode_has_its_costing() -> None:
    costings: list[str] = []

    def answer(path: str, body: Any) -> Told:
        costings.append(body["costing"])
        return valhalla(path, body)

    with serving(answer) as running:
        matrix = times(running).matrix([Spot(A), Spot(B)], list(COSTINGS))
    assert costings == ["auto", "auto", "bicycle", "bicycle", "pedestrian", "pedestrian"]
    assert matrix.source == f"Valhalla at {running.url}"


def test_a_point_is_asked_for_once_and_in_blocks(server: LittleServer) -> None:
    spots = [Spot(at(i % 5)) for i in range(10)]
    seconds = times(server).matrix(spots, [Mode.CAR]).seconds[0, 0]
    assert server.asked == ["/locate"] * 2 + ["/sources_to_targets"] * 4
    assert seconds[0, 4] == seconds[5, 9] == 44 + 6  # 444.8 m, cut to whole seconds by Valhalla


def test_off_the_road_is_told_and_fails_nobody_else(server: LittleServer) -> None:
    matrix = times(server).matrix([Spot(SEA), Spot(A), Spot(B)], [Mode.WALK])
    assert list(matrix.off_road) == [(Mode.WALK, 0)]
    assert "knows no road near it for mode walk" in matrix.off_road[Mode.WALK, 0]
    assert matrix.seconds[0, 0, 1].tolist() == [UNREACHABLE, 0, 17]


def test_parts_that_do_not_meet_are_told_apart(server: LittleServer) -> None:
    spots = [Spot(A), Spot(ISLAND), Spot(B)]
    seconds = times(server).matrix(spots, [Mode.CAR]).seconds[0, 0]
    assert seconds.tolist() == [[0, UNREACHABLE, 17], [UNREACHABLE, 0, UNREACHABLE], [17, 2**30, 0]]


def test_null_and_no_path_are_unreachable() -> None:
    empty = [[_cell(0, 0, 0) | {"time": None, "distance": None}] * 2] * 2
    nulls = Told(200, {"sources_to_targets": empty, "units": "kilometers"})
    for answer in (nulls, error(442, "No path could be found for input")):
        with serving(but_the_matrix(answer)) as running:
            matrix = times(running).matrix([Spot(A), Spot(B)], [Mode.CAR])
        assert matrix.seconds[0, 0].tolist() == [[0, UNREACHABLE], [UNREACHABLE, 0]]


def test_the_two_shapes_of_locate_are_read(server: LittleServer) -> None:
    def answer(path: str, body: Any) -> Told:
        told = valhalla(path, body)
        return Told(200, {"locations": told.content}) if path == "/locate" else told

    spots = [Spot(A), Spot(C)]
    with serving(answer) as running:
        wrapped = times(running).matrix(spots, [Mode.CAR])
    assert (wrapped.seconds == times(server).matrix(spots, [Mode.CAR]).seconds).all()


def test_too_many_pairs_say_what_to_set(server: LittleServer) -> None:
    with pytest.raises(ServerError, match=r"error 150, 'Exceeded max locations:9'; set a smaller"):
        times(server, block=4).matrix([Spot(at(i)) for i in range(4)], [Mode.CAR])


def test_too_far_says_what_to_set() -> None:
    said = refused(but_the_matrix(error(154, "Path distance exceeds the max distance limit")))
    assert said.startswith("answered error 154, 'Path distance exceeds the max distance limit';")
    assert "max_matrix_distance" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ([], "answered a matrix that is not in kilometers"),
        ({"sources_to_targets": [], "units": "miles"}, "answered a matrix that is not in kilom"),
        ({"units": "kilometers"}, "answered a matrix without times and distances"),
        (
            {"sources_to_targets": {"durations": []}, "units": "kilometers"},
            "answered a matrix without times and distances",
        ),
        ({"sources_to_targets": [[{}] * 2] * 2, "units": "kilometers"}, "answered a matrix wit"),
        ({"sources_to_targets": [[]], "units": "kilometers"}, "answered no table of 2 × 2"),
        (
            {"sources_to_targets": [[_cell(0, 0, -10)] * 2] * 2, "units": "kilometers"},
            "answered a table with cells below zero",
        ),
    ],
)
def test_a_wrong_shape_is_refused(content: Any, said: str) -> None:
    assert refused(but_the_matrix(Told(200, content))).startswith(said)


@pytest.mark.parametrize(
    "content",
    [
        [],
        {"locations": None},
        [{}, {}],
        [7, 8],
        [{"edges": [{}]}] * 2,
        [{"edges": [{"correlated_lat": "x", "correlated_lon": 1}]}] * 2,
        [{"edges": [{"correlated_lat": 99, "correlated_lon": 1}]}] * 2,
    ],
)
def test_a_wrong_location_is_refused(content: Any) -> None:
    assert refused(lambda path, _: Told(200, content)).startswith("answered /locate without")  # noqa: ARG005


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            error(106, "Try any of: '/route'", 404),
            "answered error 106, \"Try any of: '/route'\"; it",
        ),
        (error(112, "at 1.23456,2"), "answered error 112, 'at …,2'"),
        (Told(404, {"code": "InvalidUrl"}), "answered 404 Not Found without an error of Valhalla"),
        (Told(200, "<html>"), "answered 200 OK without JSON"),
        (Told(503, "{}"), "answered 503 Service Unavailable, tried 2 ×"),
        (little_server.half, "broke off in the middle of its answer, tried 2 ×"),
    ],
)
def test_who_misbehaves_is_named(answer: Any, said: str) -> None:
    assert refused(lambda path, body: answer).startswith(said)  # noqa: ARG005


def test_what_is_no_url_and_no_block_is_refused() -> None:
    with pytest.raises(ServerError, match="the URL of Valhalla should be as in"):
        ValhallaTimes("valhalla:8002")
    with pytest.raises(ValueError, match="block 0 is below 1"):
        ValhallaTimes("http://here", block=0)
