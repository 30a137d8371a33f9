from __future__ import annotations

import pytest

from routing.sources.straight_line import StraightLineTimes
from routing.travel import Mode, Spot
from tests.routing.little_town import at

SPOTS = [Spot(at(0)), Spot(at(1), access_m=8), Spot(at(0))]


def test_the_line_is_lengthened_and_driven_at_the_modes_speed() -> None:
    times = StraightLineTimes({Mode.CAR: 36.0, Mode.WALK: 3.6}, detour=2)
    matrix = times.matrix(SPOTS, [Mode.CAR, Mode.WALK])
    # 222.39 m at 10 and 1 m/s, and 6 s for the 8 m to the door of the second spot.
    assert matrix.seconds[0, 0].tolist() == [[0, 29, 0], [29, 0, 29], [0, 29, 0]]
    assert matrix.seconds[1, 0, 0].tolist() == [0, 229, 0]
    assert matrix.metres[0, 0, 0].tolist() == [0, 230, 0]


def test_it_says_that_it_is_a_guess() -> None:
    matrix = StraightLineTimes().matrix(SPOTS, [Mode.CAR])
    assert matrix.source == "straight line × 1.35, a guess without roads"


def test_no_spots() -> None:
    assert StraightLineTimes().matrix([], [Mode.CAR]).seconds.shape == (1, 1, 0, 0)


def test_impossible_settings_are_refused() -> None:
    with pytest.raises(ValueError, match=r"detour 0\.9 is below 1"):
        StraightLineTimes(detour=0.9)
    with pytest.raises(ValueError, match="is not positive"):
        StraightLineTimes({Mode.CAR: 0})
