"""The numbers of an answer, read with suspicion."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def read_cells(rows: Any, shape: tuple[int, int]) -> NDArray[np.float64]:
    """Return rows of JSON numbers as float64 of `shape`, NaN for null.

    Raises
    ------
    ValueError
        Where they have another shape, or a cell is no number from zero up.
    """
    if not _is_list(rows, shape[0]) or not all(_is_list(row, shape[1]) for row in rows):
        raise ValueError(f"no table of {shape[0]} × {shape[1]}")
    if any(cell is not None and type(cell) not in (int, float) for row in rows for cell in row):
        raise ValueError("a table with cells that are no numbers")
    try:
        cells = np.array(rows, dtype=np.float64).reshape(shape)
    except OverflowError:
        cells = np.array([[np.inf]])
    if (cells < 0).any() or np.isinf(cells).any():
        raise ValueError("a table with cells below zero or without end")
    return cells


def _is_list(value: Any, length: int) -> bool:
    return isinstance(value, list) and len(value) == length
