"""Lists of the visits near each visit, from the compiled gaps between all of them."""

from __future__ import annotations

import numpy as np

from scheduler.engines.search.kernels.nearness import gaps
from scheduler.engines.search.kernels.tables import HOUR, ROAD, Array, Tables

MOST = 100
BLOCK = 64  # visits whose neighbours are found at once: bounded memory


def with_neighbours(laid: Tables) -> Tables:
    """Return `laid` with those nearest by road, and those that suit by road and hour.

    By the mode that most crews have.
    """
    visits = len(laid.visit)
    most = min(visits, MOST + 1)
    near = np.empty((2, visits, most), np.int32)
    mode = np.int64(usual_mode(laid))
    for first in range(0, visits, BLOCK):
        rows = slice(first, min(visits, first + BLOCK))
        road, hour = np.empty((2, rows.stop - first, visits))
        gaps(laid, mode, np.int64(first), road, hour)
        near[ROAD, rows], near[HOUR, rows] = _lowest(road, most), _lowest(hour, most)
    return laid._replace(near=near)


def usual_mode(laid: Tables) -> int:
    """Return the mode that most crews have."""
    return int(np.bincount(laid.crew.mode, minlength=1).argmax())


def _lowest(gap: Array, most: int) -> Array:
    """Return the columns of the `most` lowest values of each row, ascending."""
    if most < gap.shape[1]:
        columns = np.argpartition(gap, most - 1, axis=1)[:, :most]
        columns.sort(axis=1)  # so that equals stand in one order everywhere
    else:
        columns = np.broadcast_to(np.arange(most), gap.shape)
    order = np.argsort(np.take_along_axis(gap, columns, 1), axis=1, kind="stable")
    return np.take_along_axis(columns, order, 1)
