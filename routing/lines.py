"""Lines as a map draws them: with no more bends than can be seen, in small whole numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from routing.point import METRES_PER_DEGREE

UNITS_PER_DEGREE = 100_000
"""A unit is 1.1 m or less."""

Line = NDArray[np.float64]
"""float64[k, 2]: latitudes and longitudes in degrees."""


def simplified(lines: Sequence[Line], tolerance_m: float) -> list[Line]:
    """Return lines of two points or more without the bends smaller than `tolerance_m`.

    By Douglas and Peucker; ends stay. Exact enough for a city: a degree of longitude is taken
    as long everywhere as in the middle of the lines.
    """
    import shapely  # type: ignore[import-untyped]

    if not lines:
        return []
    scale = _metres_per_degree(lines)
    of_line = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    drawn = shapely.linestrings(np.concatenate(lines) * scale, indices=of_line)
    kept = shapely.simplify(drawn, tolerance_m, preserve_topology=False)
    points, of_line = shapely.get_coordinates(kept, return_index=True)
    return np.split(points / scale, np.flatnonzero(np.diff(of_line)) + 1)


def steps(line: Line) -> list[int]:
    """Return a line as whole units: its first point, then the step from each point to the next.

    Latitude and longitude by turns; steps that lead nowhere are left out.
    """
    units = np.rint(line * UNITS_PER_DEGREE).astype(np.int64)
    moves = np.diff(units, axis=0)
    return [*units[0].tolist(), *moves[moves.any(axis=1)].ravel().tolist()]


def _metres_per_degree(lines: Sequence[Line]) -> NDArray[np.float64]:
    """float64[2]: of latitude and of longitude."""
    middle = np.radians(np.mean([line[0, 0] for line in lines]))
    return np.array([1.0, np.cos(middle)]) * METRES_PER_DEGREE
