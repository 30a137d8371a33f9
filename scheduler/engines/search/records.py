"""Record arrays whose fields are attributes, compiled or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from scheduler.engines.search.kernels.tables import Rows


def blank(kind: np.dtype[Any], *shape: int) -> Rows:
    """Return records of zeros."""
    return np.zeros(shape, kind).view(np.recarray)


def rows(values: Sequence[tuple[int, ...]], kind: np.dtype[Any]) -> Rows:
    """Return one record for each of `values`, which are in the order of the fields."""
    return np.array(list(values), kind).view(np.recarray)
