"""Paced travel times: as many times as long, never back in time, grown as asked at once."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from routing.paces import AS_ROADS_SAY, Area, ModePaces, Paces
from routing.point import Point
from routing.slots import arrival_s
from routing.sources.paced import PacedTimes, paced
from routing.sources.straight_line import StraightLineTimes
from routing.travel import UNREACHABLE, Mode, Spot, TravelMatrix

WEST, EAST = Point(29.87, 121.50), Point(29.87, 121.62)
SPOTS = [Spot(WEST), Spot(EAST), Spot(Point(29.90, 121.60))]
NINE_S, NOON_S = 9 * 3600, 12 * 3600
PACES = Paces(
    (0, NINE_S, NOON_S),
    (ModePaces(Mode.CAR, (1.0, 1.5, 0.8)), ModePaces(Mode.WALK, (1.0, 1.0, 1.0))),
    (Area("east", EAST, 1.2), Area("west", WEST, 1.0)),
)


def test_a_way_takes_as_many_times_as_long_as_its_hour_and_its_end_say() -> None:
    before = StraightLineTimes().matrix(SPOTS, [Mode.CAR, Mode.WALK])
    after = PacedTimes(StraightLineTimes(), PACES).matrix(SPOTS, [Mode.CAR, Mode.WALK])
    assert after.slot_starts_s == (0, NINE_S, NOON_S)
    west_east = before.seconds[0, 0, 0, 1]
    assert after.seconds[0, 1, 0, 1] == np.ceil(west_east * 1.5 * 1.2 - 1e-6)
    assert after.seconds[0, 1, 1, 0] == np.ceil(before.seconds[0, 0, 1, 0] * 1.5 - 1e-6)
    assert after.seconds[0, 2, 0, 1] == np.ceil(west_east * 0.8 * 1.2 - 1e-6)
    # Who walks keeps her pace at all hours, and her ways to the east are longer all the same.
    assert (after.seconds[1, 0] == after.seconds[1, 2]).all()
    assert (np.diagonal(after.seconds, axis1=2, axis2=3) == 0).all()
    assert (after.metres == before.metres[:, [0, 0, 0]]).all()


def test_paces_of_one_change_nothing() -> None:
    before = StraightLineTimes().matrix(SPOTS, [Mode.CAR])
    assert paced(before, AS_ROADS_SAY, [spot.point for spot in SPOTS]) is before


def test_only_bands_that_differ_for_the_modes_asked_make_slots() -> None:
    after = PacedTimes(StraightLineTimes(), PACES).matrix(SPOTS, [Mode.WALK])
    assert after.slot_starts_s == (0,)


def test_what_cannot_be_reached_stays_so() -> None:
    seconds = np.array([[[[0, UNREACHABLE], [600, 0]]]], np.int32)
    matrix = TravelMatrix((Mode.CAR,), seconds, seconds.copy())
    after = paced(matrix, PACES, [WEST, EAST])
    assert (after.seconds[:, :, 0, 1] == UNREACHABLE).all()
    assert after.seconds[0, :, 1, 0].tolist() == [600, 900, 480]


def test_slots_of_peaks_and_bands_of_paces_are_both_kept() -> None:
    seconds = np.array([[[[0, 100], [100, 0]], [[0, 200], [200, 0]]]], np.int32)
    matrix = TravelMatrix((Mode.CAR,), seconds, seconds.copy(), (0, 10 * 3600))
    after = paced(matrix, Paces(PACES.starts_s, PACES.of_modes), [WEST, EAST])
    assert after.slot_starts_s == (0, NINE_S, 10 * 3600, NOON_S)
    # Free roads at 1 and 1.5, then the peak's at 1.5 and 0.8.
    assert after.seconds[0, :, 0, 1].tolist() == [100, 150, 300, 160]


def test_a_table_that_grows_is_the_matrix_of_all() -> None:
    times = PacedTimes(StraightLineTimes(), PACES)
    grown = times.table(SPOTS[:2], [Mode.CAR]).with_more(SPOTS[2:]).matrix
    whole = times.matrix(SPOTS, [Mode.CAR])
    assert (grown.seconds == whole.seconds).all()
    assert grown.slot_starts_s == whole.slot_starts_s


@given(st.integers(NINE_S - 3000, NOON_S + 600), st.integers(0, 1200))
def test_who_leaves_later_never_arrives_first(leave_s: int, later_s: int) -> None:
    after = PacedTimes(StraightLineTimes(), PACES).matrix(SPOTS, [Mode.CAR])
    ways = after.seconds[0, :, 0, 1].tolist()
    first, second = (
        arrival_s(after.slot_starts_s, ways, at) for at in (leave_s, leave_s + later_s)
    )
    assert first <= second
