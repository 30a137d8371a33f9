"""How long a ride takes, argued; and that nobody is slower for being allowed to ride."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.connectivity import connectivity_report
from routing.mode_roads import Roads
from routing.reading import read_roads
from routing.roads import CLOSED, RoadNetwork
from routing.sources.road_network import RoadTravelTimes
from routing.speeds import MODES
from routing.transit.guessed import guessed
from routing.transit.kinds import PACES, Kind
from routing.transit.lines import Line
from routing.transit.reading import Service, read_service
from routing.transit.riding import with_rides
from routing.transit.stops import Stop
from routing.travel import UNREACHABLE, Mode, Spot
from tests.routing.little_town import STEP_M, STREET, at, row, town, write_osm
from tests.routing.real_roads import network_of
from tests.routing.test_reading import NAMES
from tests.routing.transit.little_lines import add_relations, minutes, street, with_stops
from tests.slowly import slowly

STEP_MIN = STEP_M / 80  # 80 m a minute on foot
WAIT_MIN = 5  # half of a bus's ten minutes
# 556 m, lengthened, at 22 km/h, and 20 s at a stop.
HOP_MIN = 5 * STEP_M * 1.2 / (22_000 / 60) + 20 / 60


def line(*steps: int, kind: Kind = Kind.BUS) -> Line:
    return Line(7, kind, "7", tuple(at(step) for step in steps))


def close(expected: float) -> object:
    return pytest.approx(expected, abs=0.05)


def test_walk_wait_ride_and_walk() -> None:
    network = with_rides(street(), Service(lines=[line(5, 10, 15, 20, 25)]))
    # Three steps to the stop, four hops, two steps: 36 minutes on foot are 20.
    assert minutes(network, 2, 27) == close(3 * STEP_MIN + WAIT_MIN + 4 * HOP_MIN + 2 * STEP_MIN)
    assert minutes(network, 2, 27, Mode.WALK) == close(25 * STEP_MIN)


def test_a_line_one_way_takes_nobody_back() -> None:
    network = with_rides(street(), Service(lines=[line(5, 10, 15, 20, 25)]))
    assert minutes(network, 27, 2) == minutes(network, 27, 2, Mode.WALK)


def test_where_a_wait_is_longer_than_the_walk_one_walks() -> None:
    network = with_rides(street(), Service(lines=[line(5, 10)]))
    assert minutes(network, 5, 10) == minutes(network, 5, 10, Mode.WALK)  # 6.9 against 5 + 2.2


def test_who_changes_waits_again() -> None:
    through = with_rides(street(), Service(lines=[line(0, 10, 20, 30)]))
    change = with_rides(street(), Service(lines=[line(0, 10, 20), line(20, 30)]))
    # The last ten steps take 13.9 minutes on foot, and 5 + 4 by the second bus.
    assert minutes(change, 0, 30) - minutes(through, 0, 30) == close(WAIT_MIN)


def test_of_lines_that_go_on_the_same_way_one_takes_what_comes() -> None:
    # The one turns off at 20; who stays on the street changes to the other before, at 10.
    turning = Line(1, Kind.BUS, "1", (at(0), at(10), at(20), at(20, 2)))
    staying = line(10, 20, 30)
    through = with_rides(street(), Service(lines=[line(0, 10, 20, 30)]))
    both = with_rides(street(), Service(lines=[turning, staying]))
    assert minutes(both, 0, 30) == minutes(through, 0, 30)


def test_a_stop_aside_is_walked_to_and_from() -> None:
    off = Line(7, Kind.BUS, "7", (at(0, 1), at(10, 1), at(20, 1), at(30, 1)))
    on = line(0, 10, 20, 30)
    aside = minutes(with_rides(street(), Service(lines=[off])), 0, 30)
    assert aside - minutes(with_rides(street(), Service(lines=[on])), 0, 30) == close(2 * STEP_MIN)


def test_a_stop_far_from_any_street_is_passed() -> None:
    far = Line(7, Kind.BUS, "7", (at(0), at(10, 9), at(20)))
    straight = line(0, 20)
    found, expected = (with_rides(street(), Service(lines=[some])) for some in (far, straight))
    assert minutes(found, 0, 20) == minutes(expected, 0, 20)


def test_stairs_are_paid_and_entrances_are_where_one_goes_down() -> None:
    # The station lies 2 steps off the street at 0; an entrance stands on the street at 1.
    lines = [Line(1, Kind.SUBWAY, "1", (at(0, 2), at(20)))]
    without = minutes(with_rides(street(), Service(lines)), 1, 20)
    entered = minutes(with_rides(street(), Service(lines, entrances=[at(1)])), 1, 20)
    # By the entrance it is √5 steps straight; else back along the street and two steps aside.
    assert without - entered == close((1 + 2 - 5**0.5) * STEP_MIN)
    track_m = (20**2 + 2**2) ** 0.5 * STEP_M * 1.1
    ride_min = track_m / (45_000 / 60) + 35 / 60
    assert entered == close(5**0.5 * STEP_MIN + 2.5 + 2 + ride_min)  # half of 5 min, and stairs


def test_between_stops_without_a_line_a_service_is_guessed_straight_on() -> None:
    guess = with_stops(5, 10, 15, 20, 25)
    known = with_rides(street(), Service(lines=[line(5, 10, 15, 20, 25), line(25, 20, 15, 10, 5)]))
    assert minutes(guess, 2, 27) == minutes(known, 2, 27)
    assert minutes(guess, 27, 2) == minutes(known, 27, 2)


def test_who_turns_on_a_guessed_service_waits_again() -> None:
    # An L of two streets: east to the corner, then north.
    nodes = row(21) | {22 + i: at(20, i + 1) for i in range(20)}
    corner = town(nodes, (range(1, 42), STREET))
    east, north = [at(step) for step in (0, 5, 10, 15, 20)], [at(20, y) for y in (5, 10, 15, 20)]
    network = with_rides(corner, Service(stops=[Stop(Kind.BUS, p) for p in (*east, *north)]))
    ends = [Spot(at(0)), Spot(at(20, 20))]
    found = RoadTravelTimes(Roads(network)).matrix(ends, [Mode.TRANSIT]).seconds
    assert found[0, 0, 0, 1] / 60 == close(2 * WAIT_MIN + 8 * HOP_MIN)


def test_nothing_is_guessed_too_far_across_water_or_where_lines_serve() -> None:
    apart = [Stop(Kind.BUS, at(0)), Stop(Kind.BUS, at(8))]  # 890 m, and 800 are the most
    piers = [Stop(Kind.FERRY, at(0)), Stop(Kind.FERRY, at(3))]
    assert not list(guessed([*apart, *piers], []))
    served = [Stop(Kind.BUS, at(step)) for step in (0, 5, 10)]
    assert not list(guessed(served, [line(0, 5, 10)]))
    [guess] = guessed(served, [line(0, 5)])
    assert guess.hops == ((at(5), at(10)),)  # the last stop is not served: from it, as far as 5


def test_both_sides_of_a_street_are_one_stop() -> None:
    across = [Stop(Kind.BUS, at(x, y)) for x in (0, 5) for y in (0, 0.2)]  # 22 m
    [guess] = guessed(across, [])
    assert len(guess.hops) == 1


def test_a_station_of_unknown_rail_is_served_by_the_underground() -> None:
    stations = [Stop(Kind.TRAIN, at(0)), Stop(Kind.TRAIN, at(10))]
    assert not list(guessed(stations, [line(0, 10, kind=Kind.SUBWAY)]))
    assert list(guessed(stations, []))


def test_rides_are_closed_to_all_others_and_are_no_street() -> None:
    network, bare = with_stops(5, 10), street()
    rides = ~network.is_street
    assert rides.sum() == 6  # two stops to board and to get off, one hop there and back
    others = [MODES.index(mode) for mode in Mode if mode is not Mode.TRANSIT]
    assert (network.duration_ms[others][:, rides] == CLOSED).all()
    assert (network.duration_ms[:, ~rides] == bare.duration_ms).all()
    assert len(np.unique(network.node_id)) == len(network)


def test_no_door_is_on_board() -> None:
    # The stop lies a step off the street, and the door beside the stop.
    stops = [Stop(Kind.BUS, at(0, 1)), Stop(Kind.BUS, at(5, 1))]
    network = with_rides(street(), Service(stops=stops))
    found = Roads(network).of_modes[Mode.TRANSIT].snapper.snap([at(0, 0.9)])
    assert network.on_street[found.tail].all()
    assert network.on_street[found.head].all()
    assert found.access_m == pytest.approx(0.9 * STEP_M, rel=1e-3)


def test_without_stops_the_network_stays_as_it_is() -> None:
    bare = street()
    assert with_rides(bare, Service()) is bare
    assert minutes(bare, 0, 30) == minutes(bare, 0, 30, Mode.WALK)


def test_an_island_is_reached_by_its_ferry_alone() -> None:
    nodes = {1: at(0), 2: at(1), 3: at(20), 4: at(21)}
    apart = town(nodes, ([1, 2], STREET), ([3, 4], STREET))
    ferries = [line(1, 20, kind=Kind.FERRY), line(20, 1, kind=Kind.FERRY)]
    network = with_rides(apart, Service(ferries))
    spots = [Spot(at(0)), Spot(at(21))]
    found = RoadTravelTimes(Roads(network)).matrix(spots, [Mode.WALK, Mode.TRANSIT]).seconds
    assert found[0, 0, 0, 1] == UNREACHABLE
    assert found[1, 0, 0, 1] < UNREACHABLE


points = st.builds(at, st.floats(-2, 32), st.floats(-3, 3))
services = st.builds(
    Service,
    st.lists(
        st.builds(
            Line,
            st.integers(1, 9),
            st.sampled_from(Kind),
            st.just(""),
            st.lists(points, min_size=2, max_size=5).map(tuple),
        ),
        max_size=3,
    ),
    st.lists(st.builds(Stop, st.sampled_from(Kind), points), max_size=12),
    st.lists(points, max_size=2),
)


@given(services, st.lists(st.integers(0, 30), min_size=2, max_size=6))
@settings(deadline=None, max_examples=60)
def test_nobody_is_slower_for_being_allowed_to_ride(service: Service, steps: list[int]) -> None:
    network = with_rides(street(), service)
    spots = [Spot(at(step)) for step in steps]
    walk, transit = (
        RoadTravelTimes(Roads(network)).matrix(spots, [mode]).seconds
        for mode in (Mode.WALK, Mode.TRANSIT)
    )
    assert (transit <= walk).all()
    if not service.lines and not service.stops:
        assert (transit == walk).all()


def read(tmp_path: Path) -> Path:
    """A street with two bus stops, and a bus between them whose third stop is clipped away."""
    tags = {"highway": "bus_stop"}
    nodes = row(31) | {51: at(0, 0.1), 52: at(30, 0.1)}
    tagged = {51: tags, 52: {**tags, "public_transport": "platform"}}
    path = write_osm(tmp_path / "town.osm", nodes, (range(1, 32), STREET), tagged=tagged)
    bus = {"type": "route", "route": "bus", "ref": "7"}
    members = [("node", 51, "stop"), ("node", 52, "stop"), ("node", 53, "stop"), ("way", 1, "")]
    add_relations(path, (members, bus), (members[:2], {"type": "route", "route": "bicycle"}))
    return path


def test_stops_and_lines_come_from_the_extract(tmp_path: Path) -> None:
    path = read(tmp_path)
    service = read_service(path)
    assert [stop.kind for stop in service.stops] == [Kind.BUS, Kind.BUS]
    west, east = at(0, 0.1), at(30, 0.1)
    assert [line.stops for line in service.lines] == [(west, east), (east, west)]
    network = read_roads(path)
    assert minutes(network, 0, 30) < minutes(network, 0, 30, Mode.WALK) - 15
    report = connectivity_report(network)
    assert str(report.rides).startswith("public transport: lines 1, their stops 2; other stops 0")
    of = {report.mode: report for report in report.modes}
    assert of[Mode.TRANSIT].km == pytest.approx(of[Mode.WALK].km)  # rides are no streets


def test_a_cut_city_keeps_its_lines(tmp_path: Path) -> None:
    from routing.cutting import cut
    from routing.extent import Box

    cut(read(tmp_path), Box(-0.001, -0.001, 0.02, 0.001), tmp_path / "cut.osm.pbf", lambda _: None)
    assert not read_service(tmp_path / "cut.osm.pbf").lines  # the other stop lies beyond the edge
    cut(read(tmp_path), Box(-0.001, -0.001, 0.04, 0.001), tmp_path / "all.osm.pbf", lambda _: None)
    assert len(read_service(tmp_path / "all.osm.pbf").lines) == 2


@pytest.mark.parametrize("name", slowly(NAMES, ["vancouver.osm.pbf"]))
def test_riding_is_no_slower_on_real_roads(extracts: Path, name: str) -> None:
    network: RoadNetwork = network_of(extracts, name)
    rng = np.random.default_rng(8)
    nodes = rng.choice(np.flatnonzero(network.main_nodes(Mode.WALK)), 30)
    roads = Roads(network)
    spots = [Spot(at(float(network.lon[n]) * 1000, float(network.lat[n]) * 1000)) for n in nodes]
    walk, transit = (
        RoadTravelTimes(roads).matrix(spots, [mode]).seconds for mode in (Mode.WALK, Mode.TRANSIT)
    )
    assert (transit <= walk).all()
    assert ((transit < walk).any()) == (not network.is_street.all())
    assert PACES.keys() == set(Kind)
