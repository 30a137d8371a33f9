"""A matrix of VROOM's JSON as it is told: rows of whole numbers, or a `.npy` file's name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.vroom.fields import shown
from routing.travel import UNREACHABLE

Matrix = NDArray[np.int32]

NO_WAY = 2**32 - 1
"""What VROOM itself writes where no way leads; nothing is more."""


class MatrixError(ValueError):
    """What is wrong with a matrix, and in which row."""


def matrix_of(told: object, folder: Path | None) -> Matrix:
    """Return a square matrix [from, to], `UNREACHABLE` where no way leads or it takes as long.

    Raises
    ------
    MatrixError
        Where it cannot be used.
    """
    matrix = _loaded(told, folder) if isinstance(told, str) else _listed(told)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not matrix.size:
        raise MatrixError(f"has the shape {list(matrix.shape)}; give a square matrix")
    if matrix.dtype.kind not in "iu":
        _refuse_fractions(told if isinstance(told, list) else matrix.tolist())
    _refuse_where(matrix < 0, matrix, "is negative")
    _refuse_where(matrix > NO_WAY, matrix, f"is more than {NO_WAY}, which says that no way leads")
    if matrix.diagonal().any():
        i = int(np.flatnonzero(matrix.diagonal())[0])
        raise MatrixError(f"row {i}, column {i}: {matrix[i, i]}; from a place to itself it is 0")
    reachable: Matrix = np.minimum(matrix, UNREACHABLE, out=matrix).astype(np.int32, copy=False)
    return reachable


def _listed(told: object) -> NDArray[Any]:
    """Return rows as an array; of Python's own numbers where some are too large for 64 bits."""
    if not isinstance(told, list):
        raise MatrixError(f"{shown(told)} is no matrix: write rows, […], or name a .npy file")
    for i, row in enumerate(told):
        if not isinstance(row, list):
            raise MatrixError(f"row {i} is {shown(row)}, and no list")
    if len({len(row) for row in told}) > 1:
        i, columns = next((i, len(row)) for i, row in enumerate(told) if len(row) != len(told))
        raise MatrixError(f"row {i} has {columns} columns, and there are {len(told)} rows")
    try:
        return np.array(told)
    except (ValueError, OverflowError):
        _refuse_fractions(told)
        raise


def _loaded(name: str, folder: Path | None) -> NDArray[Any]:
    """Return the array in the `.npy` file `name`, which lies in `folder` itself."""
    fault = f"{shown(name)} is no matrix, nor a .npy file beside the problem"
    if folder is None or Path(name).name != name or not name.endswith(".npy"):
        raise MatrixError(fault)
    try:
        loaded: NDArray[Any] = np.load(folder / name, allow_pickle=False)
    except (OSError, ValueError) as error:
        raise MatrixError(fault) from error
    return loaded


def _refuse_fractions(rows: Sequence[Sequence[object]]) -> None:
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if not isinstance(cell, int) or isinstance(cell, bool):
                raise MatrixError(f"row {i}, column {j}: {shown(cell)} is no whole number")


def _refuse_where(wrong: NDArray[np.bool_], matrix: NDArray[Any], problem: str) -> None:
    if wrong.any():
        i, j = np.argwhere(wrong)[0]
        raise MatrixError(f"row {i}, column {j}: {matrix[i, j]} {problem}")
