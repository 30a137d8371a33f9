"""Travel times of an OSRM server, against one that answers as it does."""

from __future__ import annotations

import math
import re
import socket
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from routing.errors import RoutingError, ServerError
from routing.point import Point, distance_m
from routing.sources.osrm import OsrmTimes
from routing.sources.server import Patience
from routing.travel import UNREACHABLE, Mode, Spot
from tests.routing import little_server
from tests.routing.little_server import HASTY, SEA, A, Answering, B, C, LittleServer, Told, serving

HOLE = Point(2.0, 2.0)
"""Where this server finds no segment at all."""


def osrm(path: str, body: Any = None) -> Told:
    """Answer as osrm-routed does, at 10 m/s by the straight line; the sea lies 5 km off."""
    service, version, _, rest = path.strip("/").split("/", 3)
    assert (service, version, body) == ("table", "v1", None)
    coordinates, _, query = rest.partition("?")
    options = dict(pair.split("=") for pair in query.split("&"))
    points = [
        Point(float(lat), float(lon))
        for lon, lat in (place.split(",") for place in coordinates.split(";"))
    ]
    sources, targets = (
        [points[int(i)] for i in options[side].split(";")] for side in ("sources", "destinations")
    )
    if HOLE in points:
        said = f"Could not find a matching segment for coordinate {points.index(HOLE)}"
        return Told(400, {"code": "NoSegment", "message": said})
    if len(points) < 2:
        return Told(400, {"code": "InvalidOptions", "message": "Number of coordinates"})
    if len(sources) * len(targets) > 9:
        return Told(400, {"code": "TooBig", "message": "Too many table coordinates"})
    metres = [[round(distance_m(a, b), 1) for b in targets] for a in sources]
    return Told(
        200,
        {
            "code": "Ok",
            "durations": [[round(m / 10, 1) for m in row] for row in metres],
            "distances": metres,
            "sources": _waypoints(sources),
            "destinations": _waypoints(targets),
        },
    )


def _waypoints(points: Sequence[Point]) -> list[dict[str, Any]]:
    return [
        {"distance": 5000.0 if point == SEA else 4, "name": "", "location": [point.lon, point.lat]}
        for point in points
    ]


@pytest.fixture
def server() -> Iterator[LittleServer]:
    with serving(osrm) as running:
        yield running


def times(server: LittleServer, **more: Any) -> OsrmTimes:
    settings: dict[str, Any] = {"patience": HASTY, "block": 3} | more
    return OsrmTimes({Mode.CAR: server.url}, **settings)


def refused(answering: Answering, patience: Patience = HASTY) -> tuple[str, LittleServer]:
    """Return what is said where this server answers, without its name, and the server."""
    with serving(answering) as running, pytest.raises(ServerError) as caught:
        times(running, patience=patience).matrix([Spot(A), Spot(B)], [Mode.CAR])
    assert isinstance(caught.value, RoutingError)
    start = f"no travel times from OSRM at {running.url}: it "
    assert str(caught.value).startswith(start)
    assert not re.search(r"\d+\.\d{4}", str(caught.value))  # no coordinate
    return str(caught.value).removeprefix(start), running


def always(answer: Any) -> Answering:
    return lambda path, body: answer  # noqa: ARG005


def test_times_and_lengths_with_walks_at_both_ends(server: LittleServer) -> None:
    matrix = times(server).matrix([Spot(A), Spot(B, access_m=8), Spot(A, access_m=8)], [Mode.CAR])
    # 111.2 m at 10 m/s are 11.1 s. To the road 4 m at each end, to the second door 8 m: at
    # 4.8 km/h 12 s for the 16 m, 23.1 s in all, rounded up.
    # Between the two spots at A only the 8 m to a door: 6 s.
    assert matrix.seconds[0, 0].tolist() == [[0, 24, 6], [24, 0, 30], [6, 30, 0]]
    assert matrix.metres[0, 0].tolist() == [[0, 127, 8], [127, 0, 135], [8, 135, 0]]
    assert matrix.source == f"OSRM at {server.url}"
    assert not matrix.off_road


def test_a_point_is_asked_for_once_and_in_blocks(server: LittleServer) -> None:
    spots = [Spot(Point(0.001 * (i % 5), 0)) for i in range(10)]
    seconds = times(server).matrix(spots, [Mode.CAR]).seconds[0, 0]
    # Two blocks of five points: two rows to snap, four tables.
    assert len(server.asked) == 2 + 4
    for i in range(5):
        for j in range(5):
            leg_s = round(distance_m(spots[i].point, spots[j].point) / 10, 1)
            want = 0 if i == j else math.ceil(round(leg_s + 6, 1))  # 8 m of walks
            assert seconds[i, j] == seconds[i + 5, j] == seconds[i, j + 5] == want


def test_each_mode_has_a_server_and_a_profile(server: LittleServer) -> None:
    urls = {Mode.CAR: server.url + "/", Mode.WALK: server.url}
    known = OsrmTimes(urls, profiles={Mode.CAR: "taxi", Mode.WALK: "foot"}, patience=HASTY)
    matrix = known.matrix([Spot(A)], [Mode.WALK, Mode.CAR])
    assert matrix.modes == (Mode.WALK, Mode.CAR)
    assert matrix.source == f"OSRM at {server.url}"
    assert [path.split("/")[3] for path in server.asked] == ["foot", "taxi"]
    with pytest.raises(ServerError, match="no server is named for mode ebike, only for car, walk"):
        known.matrix([Spot(A)], [Mode.EBIKE])
    with pytest.raises(ServerError, match="no server tells times of public transport: give"):
        known.matrix([Spot(A)], [Mode.TRANSIT])


def test_off_the_road_is_told_and_fails_nobody_else(server: LittleServer) -> None:
    spots = [Spot(SEA), Spot(A), Spot(HOLE), Spot(B), Spot(HOLE)]
    matrix = times(server).matrix(spots, [Mode.CAR])
    assert list(matrix.off_road) == [(Mode.CAR, 0), (Mode.CAR, 2), (Mode.CAR, 4)]
    assert "lies 5,000 m from the nearest road for mode car" in matrix.off_road[Mode.CAR, 0]
    assert "knows no road near it for mode car" in matrix.off_road[Mode.CAR, 2]
    assert matrix.seconds[0, 0, 1].tolist() == [UNREACHABLE, 0, UNREACHABLE, 18, UNREACHABLE]
    assert matrix.metres[0, 0, :, 2].tolist() == [UNREACHABLE, UNREACHABLE, 0, UNREACHABLE, 2**30]


def test_the_first_point_may_be_the_one_without_a_road(server: LittleServer) -> None:
    matrix = times(server).matrix([Spot(HOLE)], [Mode.CAR])
    assert list(matrix.off_road) == [(Mode.CAR, 0)]


def test_what_was_just_asked_is_not_asked_again(server: LittleServer) -> None:
    spots, known = [Spot(A), Spot(B)], times(server)
    first = known.matrix(spots, [Mode.CAR])
    assert known.matrix(spots, [Mode.CAR]) is first
    assert len(server.asked) == 2
    with pytest.raises(ValueError, match="read-only"):
        first.seconds[0, 0, 0, 1] = 7
    known.matrix([Spot(A), Spot(C)], [Mode.CAR])
    assert len(server.asked) == 4


def test_no_spots_ask_nobody(server: LittleServer) -> None:
    assert times(server).matrix([], [Mode.CAR]).seconds.shape == (1, 1, 0, 0)
    assert server.asked == []


def test_null_is_unreachable_and_so_is_more_than_a_day_and_a_half() -> None:
    def answer(path: str, body: Any) -> Told:
        told = osrm(path)
        if len(told.content["durations"]) == 2:
            told.content["durations"] = [[0, None], [200_000, 0]]
        return told

    with serving(answer) as running:
        matrix = times(running).matrix([Spot(A), Spot(B)], [Mode.CAR])
    assert matrix.seconds[0, 0].tolist() == [[0, UNREACHABLE], [UNREACHABLE, 0]]
    assert matrix.metres[0, 0].tolist() == [[0, UNREACHABLE], [UNREACHABLE, 0]]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"durations": [[0, 1]]}, "'durations' with no table of 2 × 2"),
        ({"durations": [[0, 1], [1]]}, "'durations' with no table of 2 × 2"),
        ({"durations": None}, "'durations' with no table of 2 × 2"),
        ({"distances": "far"}, "'distances' with no table of 2 × 2"),
        ({"distances": [[0, "1"], [1, 0]]}, "'distances' with a table with cells that are no num"),
        ({"distances": [[0, True], [1, 0]]}, "'distances' with a table with cells that are no num"),
        ({"durations": [[0, -1], [1, 0]]}, "'durations' with a table with cells below zero"),
        ({"durations": [[0, 10**400], [1, 0]]}, "'durations' with a table with cells below zero"),
        ({"code": None}, "200 OK without a code of OSRM's"),
    ],
)
def test_a_wrong_shape_is_refused(change: dict[str, Any], fault: str) -> None:
    def answer(path: str, body: Any) -> Told:
        told = osrm(path)
        is_table = len(told.content["durations"]) == 2
        return Told(200, told.content | change) if is_table else told

    said, _ = refused(answer)
    assert said.startswith(f"answered {fault}")


@pytest.mark.parametrize("places", [None, [{}, {}], [{"distance": None}] * 2, ["a", "b"], 7])
def test_snapping_without_distances_is_refused(places: Any) -> None:
    said, _ = refused(lambda path, _: Told(200, osrm(path).content | {"destinations": places}))
    assert said.startswith("answered 'destinations' with")


def test_too_big_says_what_to_set(server: LittleServer) -> None:
    with pytest.raises(ServerError) as caught:
        times(server, block=4).matrix([Spot(point) for point in (A, B, C, at_east())], [Mode.CAR])
    assert "'TooBig', 'Too many table coordinates'; set a smaller block, or" in str(caught.value)


def at_east() -> Point:
    return Point(A.lat, A.lon + 0.01)


@pytest.mark.parametrize("coordinate", ["77", "", "9" * 5000])
def test_no_segment_without_a_known_coordinate_is_told(coordinate: str) -> None:
    message = f"Could not find a matching segment for coordinate {coordinate}"
    said, running = refused(always(Told(400, {"code": "NoSegment", "message": message})))
    assert said.startswith("answered 'NoSegment', 'Could not find a matching segment")
    assert len(running.asked) == 1


@pytest.mark.parametrize(
    ("answer", "said", "asked"),
    [
        (Told(200, '{"code":"Ok"'), "answered 200 OK without JSON", 1),
        (Told(200, '{"code":NaN}'), "answered 200 OK without JSON", 1),
        (Told(200, "[" * 100_000), "answered 200 OK without JSON", 1),
        (Told(200, "[]"), "answered 200 OK without a code of OSRM's", 1),
        (Told(404, "<h1>/table/v1/1.23456,2</h1>"), "answered 404 Not Found without JSON", 1),
        (Told(404, {"error_code": 106}), "answered 404 Not Found without a code of OSRM's", 1),
        (Told(400, {"code": "InvalidQuery", "message": "at 1.23456,2"}), "answered 'InvalidQ", 1),
        (Told(414, ""), "answered 414 ", 1),
        (Told(302, "", {"Location": "http://127.0.0.1:1/"}), "answered 302 Found, which leads", 1),
        (Told(500, "oops"), "answered 500 Internal Server Error, tried 2 ×", 2),
        (Told(503, "{}"), "answered 503 Service Unavailable, tried 2 ×", 2),
        (Told(429, "", {"Retry-After": "0"}), "answered 429 Too Many Requests, tried 2 ×", 2),
        (little_server.half, "broke off in the middle of its answer, tried 2 ×", 2),
        (little_server.close, "broke off or is out of reach", 2),
        (little_server.gibber, "broke off, or does not speak HTTP, tried 2 ×", 2),
    ],
)
def test_who_misbehaves_is_named(answer: Any, said: str, asked: int) -> None:
    text, running = refused(always(answer))
    assert text.startswith(said)
    assert len(running.asked) == asked


@pytest.mark.parametrize("answer", [little_server.hang, little_server.drip])
def test_one_answer_is_waited_for_a_bounded_time(answer: Any) -> None:
    patience = Patience(request_s=0.2, matrix_s=30, tries=2, pause_s=0)
    said, running = refused(always(answer), patience)
    assert said.startswith("did not answer within 0.2 s, tried 2 ×")
    assert len(running.asked) == 2


def test_a_matrix_is_waited_for_a_bounded_time() -> None:
    patience = Patience(request_s=30, matrix_s=0.2, tries=9, pause_s=0)
    said, running = refused(always(little_server.hang), patience)
    assert said.startswith("gave no matrix within 0.2 s")
    assert len(running.asked) == 1


@pytest.mark.parametrize("wait", ["3600", "Wed, 21 Oct 2099 07:28:00 GMT", "9" * 400])
def test_to_wait_beyond_the_end_is_not_tried(wait: str) -> None:
    said, running = refused(always(Told(429, "", {"Retry-After": wait})))
    assert said.startswith("gave no matrix within 10 s; last, it answered 429 Too Many Requests")
    assert len(running.asked) == 1


@pytest.mark.parametrize("wait", ["0", "Wed, 21 Oct 2015 07:28:00 GMT", "soon", "-3", ""])
def test_what_passes_is_tried_again(wait: str) -> None:
    first = iter([Told(503, "", {"Retry-After": wait})])
    with serving(lambda path, _: next(first, None) or osrm(path)) as running:
        matrix = times(running).matrix([Spot(A), Spot(B)], [Mode.CAR])
    assert matrix.seconds[0, 0, 0, 1] == 18  # 11.1 s and 8 m of walks
    assert len(running.asked) == 3


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(ServerError, match=r"refused the connection, tried 2 ×; see that it runs"):
        OsrmTimes({Mode.CAR: f"http://127.0.0.1:{port}"}, patience=HASTY).matrix(
            [Spot(A)], [Mode.CAR]
        )


@pytest.mark.parametrize("host", ["no..name", "a" * 64 + ".lan"])
def test_a_name_that_cannot_be_looked_up(host: str) -> None:
    with pytest.raises(ServerError, match="has a name that cannot be looked up, tried"):
        OsrmTimes({Mode.CAR: f"http://{host}"}, patience=HASTY).matrix([Spot(A)], [Mode.CAR])


def test_no_proxy_learns_of_it(server: LittleServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert times(server).matrix([Spot(A)], [Mode.CAR]).seconds[0, 0, 0, 0] == 0


def test_tls_is_spoken_where_the_url_says_so(server: LittleServer) -> None:
    url = server.url.replace("http:", "https:")
    with pytest.raises(ServerError, match="does not speak TLS as it should"):
        OsrmTimes({Mode.CAR: url}, patience=HASTY).matrix([Spot(A)], [Mode.CAR])


@pytest.mark.parametrize(
    "url",
    [
        *("", "osrm", "file:///etc/passwd", "ftp://here/", "http://", "http://here:99999"),
        *("http://he re", "http://he\nre", "//here", "http://[::1", "http://here:0"),
    ],
)
def test_what_is_no_url_is_refused(url: str) -> None:
    with pytest.raises(ServerError, match="the URL of OSRM should be as in http://127"):
        OsrmTimes({Mode.CAR: url})


@pytest.mark.parametrize("url", ["http://me:secret@here", "http://here?key=secret", "http://h#s"])
def test_secrets_in_a_url_are_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(ServerError, match="should have no user, password") as caught:
        OsrmTimes({Mode.CAR: url})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Patience(request_s=0),
        lambda: Patience(tries=0),
        lambda: Patience(pause_s=-1),
        lambda: OsrmTimes({Mode.CAR: "http://here"}, block=0),
    ],
)
def test_impossible_settings_are_refused(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"would never ask|is below 1"):
        make()
