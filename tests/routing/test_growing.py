"""Legs that are kept: the same as asked for at once, and asked for once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from routing.growing import GrowingTimes
from routing.mode_roads import Roads
from routing.peak_table import read_peaks
from routing.point import Point
from routing.sources.hourly import HourlyTimes
from routing.sources.road_network import RoadTravelTimes
from routing.sources.straight_line import StraightLineTimes
from routing.travel import Mode, Spot, TravelMatrix, TravelTimes
from tests.routing.little_town import STREET, at, row, town

MODES = [Mode.WALK, Mode.CAR]
FAR = Spot(Point(30.0, 123.0))
BUSY = '[weekday.car]\n"07:00-09:00" = { residential = 2 }'


def by_roads() -> TravelTimes:
    return RoadTravelTimes(Roads(town(row(20), (list(range(1, 21)), STREET))))


def by_the_hour() -> TravelTimes:
    roads = Roads(town(row(20), (list(range(1, 21)), STREET)))
    return HourlyTimes(read_peaks(BUSY).weekday, lambda factors: RoadTravelTimes(roads.at(factors)))


def assert_same(one: TravelMatrix, other: TravelMatrix) -> None:
    assert (one.seconds == other.seconds).all()
    assert (one.metres == other.metres).all()
    assert one.slot_starts_s == other.slot_starts_s
    assert one.source == other.source
    assert set(one.off_road) == set(other.off_road)


def test_grown_legs_are_those_that_all_at_once_have() -> None:
    for times in (by_roads(), by_the_hour(), StraightLineTimes()):
        growing = GrowingTimes(times)
        first = [Spot(at(i)) for i in (3, 1, 7)]
        assert_same(growing.matrix(first, MODES), times.matrix(first, MODES))
        more = [FAR, Spot(at(9)), *first[1:], Spot(at(12), 5.0)]  # another order, some are known
        assert_same(growing.matrix(more, MODES), times.matrix(more, MODES))
        twice = [first[0], first[0]]
        assert_same(growing.matrix(twice, MODES[1:]), times.matrix(twice, MODES[1:]))


class Counted:
    """Straight lines, and how many spots were asked for each time."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def matrix(self, spots: Sequence[Spot], modes: Sequence[Mode]) -> TravelMatrix:
        self.sizes.append(len(spots))
        return StraightLineTimes().matrix(spots, modes)


def test_what_is_known_is_not_asked_again_and_too_much_is_forgotten() -> None:
    counted = Counted()
    growing = GrowingTimes(counted, most_spots=4)
    spots = [Spot(at(i)) for i in range(6)]
    growing.matrix(spots[:3], MODES)
    growing.matrix(spots[1:3], MODES)
    assert counted.sizes == [3]
    growing.matrix(spots[:4], MODES)
    assert counted.sizes == [3, 4]
    last = growing.matrix(spots[2:6], MODES)  # six would be more than four: begun anew
    assert counted.sizes == [3, 4, 4]
    assert (last.seconds == StraightLineTimes().matrix(spots[2:6], MODES).seconds).all()
    assert np.diagonal(last.seconds, axis1=2, axis2=3).sum() == 0
