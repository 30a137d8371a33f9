"""The geometric median against what is known of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize

from routing.median import geometric_median

METRES = st.floats(-1_000, 1_000)
POINTS = st.lists(st.builds(complex, METRES, METRES), min_size=1, max_size=9)


def median(points: list[complex], weights: list[float] | None = None) -> complex:
    heavy = np.ones(len(points)) if weights is None else np.array(weights, float)
    return geometric_median(np.array(points, complex), heavy)[0]


def summed_m(at: complex, points: list[complex]) -> float:
    return float(np.abs(np.array(points) - at).sum())


@given(POINTS)
def test_no_other_point_is_nearer_to_all(points: list[complex]) -> None:
    found = median(points)
    start = np.array([found.real, found.imag])

    def cost(xy: NDArray[np.float64]) -> float:
        return summed_m(complex(*xy), points)

    best = minimize(cost, start, method="Nelder-Mead")
    # Along a valley, between pairs of points, steps become short before its lowest point.
    assert summed_m(found, points) <= best.fun * 1.001 + 0.01


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([3 + 4j], 3 + 4j),
        # The diagonals of a square meet in it.
        ([0j, 2 + 0j, 2j, 2 + 2j], 1 + 1j),
        # On a line it is the one in the middle.
        ([0j, 1 + 0j, 90 + 0j], 1 + 0j),
        # Fermat: where an angle is 120° or more, its corner is the median.
        ([0j, 10 + 0j, -10 + 1j], 0j),
        ([5j, 5j, 5j], 5j),
    ],
)
def test_small_ones_are_known(points: list[complex], expected: complex) -> None:
    assert median(points) == pytest.approx(expected, abs=0.01)


def test_more_than_half_of_the_weight_decides() -> None:
    assert median([0j, 100 + 0j, 100j], [3, 1, 1]) == pytest.approx(0j, abs=0.01)


def test_the_distances_are_told_too() -> None:
    at, away_m = geometric_median(np.array([0j, 2 + 0j, 2j, 2 + 2j]), np.ones(4))
    assert away_m == pytest.approx(np.full(4, np.sqrt(2)), abs=0.01)
    assert abs(at - (1 + 1j)) < 0.01
