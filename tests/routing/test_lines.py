"""Lines as the map reads them: whole units, and no more bends than can be seen."""

from __future__ import annotations

import numpy as np

from routing.lines import UNITS_PER_DEGREE, simplified, steps


def test_steps_that_lead_nowhere_are_left_out() -> None:
    unit = 1 / UNITS_PER_DEGREE
    line = np.array([(30.0, 122.0), (30.0, 122.0 + unit / 4), (30.0 + 2 * unit, 122.0)])
    assert steps(line) == [3_000_000, 12_200_000, 2, 0]


def test_bends_smaller_than_the_tolerance_are_left_out() -> None:
    # 0.0001° of latitude is 11 m.
    line = np.array([(0.0, 0.0), (0.0001, 0.001), (0.0, 0.002)])
    assert len(simplified([line], 4)[0]) == 3
    assert len(simplified([line], 30)[0]) == 2
    assert simplified([], 1) == []
