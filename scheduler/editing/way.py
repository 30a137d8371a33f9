"""A visit in the gaps of one crew's day, or of two that meet."""

from __future__ import annotations

from typing import NamedTuple

from scheduler.problem import Visit


class Way(NamedTuple):
    """Who would make a visit, by number, each with the gap of her day, and at which place.

    `place` counts from the visit's first one in the tables of the search.
    """

    visit: Visit
    gaps: tuple[tuple[int, int], ...]
    place: int
