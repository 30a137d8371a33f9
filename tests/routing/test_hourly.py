"""Each slot of a matrix is that of the roads as they are in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from routing.mode_roads import Roads
from routing.paths import RoadPaths
from routing.peak_table import USUAL, read_peaks
from routing.peaks import FREE, DayPeaks, Factors, Peak, slowed
from routing.point import Point
from routing.reading import read_roads
from routing.roads import CLOSED, RoadNetwork
from routing.sources.hourly import HourlyPaths, HourlyTimes
from routing.sources.road_network import RoadTravelTimes
from routing.travel import UNREACHABLE, Mode, Spot
from tests.data.test_cities import EAST, STREET, WEST
from tests.routing.little_town import at, town
from tests.routing.real_roads import network_of

MODES = [Mode.WALK, Mode.CAR]
BUSY = """
[weekday.car]
"07:00-09:00" = { residential = 2 }
"17:00-19:00" = { "*" = 2 }
"""


@pytest.fixture
def street(tmp_path: Path) -> RoadNetwork:
    file = tmp_path / "street.osm"
    file.write_text(STREET, encoding="utf-8")
    return read_roads(file)


class Asked:
    """The times of a network by factors, and which factors were asked for."""

    def __init__(self, network: RoadNetwork) -> None:
        self._roads = Roads(network)
        self.factors: list[Factors] = []

    def __call__(self, factors: Factors) -> RoadTravelTimes:
        self.factors.append(factors)
        return RoadTravelTimes(self._roads.at(factors))


def test_a_street_takes_twice_as_long_in_its_peaks(street: RoadNetwork) -> None:
    asked = Asked(street)
    far = Spot(Point(30.0, 123.0))
    peaks = read_peaks(BUSY).weekday
    matrix = HourlyTimes(peaks, asked).matrix([Spot(WEST), Spot(EAST), far], MODES)
    assert matrix.slot_starts_s == (0, 25_200, 32_400, 61_200, 68_400)
    on_foot, by_car = matrix.seconds[:, :, 0, 1].tolist()
    assert len(set(on_foot)) == 1
    # 963 m at 25 km/h take 138.7 s, 277.3 s when twice as long.
    assert by_car == [139, 278, 139, 278, 139]
    assert (matrix.metres[:, :, 0, 1] == matrix.metres[0, 0, 0, 1]).all()
    assert (matrix.seconds[:, :, 0, 2] == UNREACHABLE).all()
    assert {(mode, spot) for mode, spot in matrix.off_road} == {(mode, 2) for mode in MODES}
    assert matrix.source == "roads, by the hour"
    assert asked.factors[0] == FREE
    assert len(asked.factors) == 3  # by night and at noon, in the morning, in the evening


def test_closed_arcs_stay_closed_and_no_road_is_quicker(street: RoadNetwork) -> None:
    usual = read_peaks(USUAL.read_text("utf-8")).weekday.slots([Mode.CAR]).profiles[Mode.CAR][1]
    slow = slowed(street, usual)
    assert ((slow.duration_ms == CLOSED) == (street.duration_ms == CLOSED)).all()
    assert (slow.duration_ms >= street.duration_ms).all()
    assert slow.tail is street.tail


def test_a_days_matrix_of_a_city_is_never_quicker_than_free(extracts: Path) -> None:
    network = network_of(extracts, "queens-village.osm.pbf")
    rng = np.random.default_rng(1)
    nodes = rng.choice(len(network), 30)
    spots = [Spot(Point(*at)) for at in zip(network.lat[nodes], network.lon[nodes], strict=True)]
    peaks = read_peaks(USUAL.read_text("utf-8")).weekday
    asked = Asked(network)
    seconds = HourlyTimes(peaks, asked).matrix(spots, [Mode.CAR]).seconds[0]
    assert (seconds[0] == RoadTravelTimes(Roads(network)).matrix(spots, [Mode.CAR]).seconds).all()
    assert (seconds >= seconds[0]).all()
    assert (seconds[1] > seconds[0]).any()
    assert (seconds[3] >= seconds[1]).all()  # the evening is the busier
    assert ((seconds >= UNREACHABLE) == (seconds[0] >= UNREACHABLE)).all()


def test_a_leg_is_drawn_by_the_roads_of_the_hour_in_which_it_begins() -> None:
    # By the main road it is shorter, by the lane round it quicker while that is full.
    nodes = {1: at(0), 2: at(4), 3: at(2, 1)}
    main, lane = {"highway": "primary"}, {"highway": "residential", "maxspeed": "50"}
    roads = Roads(town(nodes, ([1, 2], main), ([1, 3, 2], lane)))
    full = Factors.of({"primary": 4})
    peaks = DayPeaks({Mode.CAR: (Peak(7 * 3600, 9 * 3600, full),)})
    paths = HourlyPaths(peaks, cache(lambda factors: RoadPaths(roads.at(factors))))
    leg = (Spot(at(0)), Spot(at(4)))
    hours = [6 * 3600, 7 * 3600, 9 * 3600 - 1, 9 * 3600]
    drawn = paths.paths([leg] * 4, Mode.CAR, hours)
    assert [bool(path and path.lat.max() > 0) for path in drawn] == [False, True, True, False]
    times = HourlyTimes(peaks, lambda factors: RoadTravelTimes(roads.at(factors)))
    seconds = times.matrix(list(leg), [Mode.CAR]).seconds[0, :, 0, 1].tolist()
    assert [path.seconds for path in drawn if path] == [seconds[k] for k in (0, 1, 1, 2)]
    free = HourlyPaths(None, cache(lambda factors: RoadPaths(roads.at(factors))))
    (path,) = free.paths([leg], Mode.CAR, [8 * 3600])
    assert path
    assert path.lat.max() == 0
