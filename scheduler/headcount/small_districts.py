"""Districts with so few cases that they are told together with others alone."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.headcount.figures import DistrictFigures
from scheduler.staffing.intervals import MeanOf
from scheduler.told_together import FEWEST, parted

TOGETHER = -1
"""The number of all small districts together."""


def told_apart(
    districts: Sequence[DistrictFigures],
) -> tuple[list[DistrictFigures], list[DistrictFigures]]:
    """Return the districts that are told each by itself, and those that are told together."""
    return parted(districts, lambda one: one.asked)


def told_of(districts: Sequence[DistrictFigures]) -> tuple[DistrictFigures, ...]:
    """Return what may be told: the small ones are one; none where all of them are too few."""
    alone, small = told_apart(districts)
    together = joined(small)
    return (*alone, together) if together.asked >= FEWEST else tuple(alone)


def joined(some: Sequence[DistrictFigures]) -> DistrictFigures:
    """Return some districts as one, without a name or a place.

    The interval of its share is at most as wide as is told, whatever goes with what.
    """
    asked = sum(one.asked for one in some)
    share = MeanOf(
        sum(one.coverage.mean * one.asked for one in some) / max(1, asked),
        sum(one.coverage.half_width * one.asked for one in some) / max(1, asked),
        some[0].coverage.of if some else 0,
    )
    return DistrictFigures(
        *(TOGETHER, "", None, None, 0, asked, sum(one.never for one in some), share),
        *(sum(one.collectors for one in some), sum(one.hired for one in some)),
        sum(one.unfit for one in some),
    )
