"""The middle of points on a plane that a few wild ones do not move."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CLOSE_ENOUGH = 1e-3  # metres
MOST_STEPS = 1_000


def geometric_median(
    points: NDArray[np.complex128], weights: NDArray[np.float64]
) -> tuple[complex, NDArray[np.float64]]:
    """Return the point with the least weighted sum of distances, and the distances to it.

    Weiszfeld's steps, with what Vardi and Zhang (2000) do where a step lands on one of the
    points. While wild points hold less than half of the weight, they move it by no more than a
    small multiple of the others' spread, however far away they lie (Lopuhaä and Rousseeuw 1991).

    Parameters
    ----------
    points
        complex[k], k ≥ 1: east and, imaginary, north, in metres.
    weights
        float[k], all positive.
    """
    middle = complex(weights @ points / weights.sum())
    for _ in range(MOST_STEPS):
        step = _next(middle, points, weights)
        is_there, middle = abs(step - middle) < CLOSE_ENOUGH, step
        if is_there:
            break
    return middle, np.abs(points - middle)


def _next(middle: complex, points: NDArray[np.complex128], weights: NDArray[np.float64]) -> complex:
    """Return the mean of the points that are elsewhere, the nearer the heavier.

    Weight that lies where we stand holds back the step, and outweighs the others' pull where
    this is the median.
    """
    away_m = np.abs(points - middle)
    is_away = away_m > CLOSE_ENOUGH / 10
    if not is_away.any():
        return middle
    nearness = weights[is_away] / away_m[is_away]
    pull = complex(nearness @ (points[is_away] - middle))
    held = float(weights[~is_away].sum())
    if held >= abs(pull):
        return middle
    return middle + pull / float(nearness.sum()) * (1 - held / abs(pull))
