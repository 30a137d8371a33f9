"""Districts with so few visits or cases that they are told together, to whom no door is shown.

Figures of one visit in a district are nearly those of a door (scheduler/told_together.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduler.figures.coverage import Covered
from scheduler.figures.grouping import FigureTable, Group, Line
from scheduler.figures.share import Share
from scheduler.figures.tally import Tally
from scheduler.told_together import parted


def without_small(table: FigureTable) -> FigureTable:
    """Return a table whose districts of few visits, made or not, are one last line.

    It adds up to the same total. Tables by something else stay as they are.
    """
    alone, small = parted(table.lines, lambda one: one.tally.visits + one.tally.not_made)
    if table.group is not Group.DISTRICT or not small:
        return table
    together = Line("", sum((one.tally for one in small), Tally()), is_together=True)
    return replace(table, lines=(*alone, together))


def covered_without_small(districts: Sequence[Covered]) -> list[Covered]:
    """Return the coverage of districts, with those of few cases as one that stands last."""
    alone, small = parted(districts, lambda one: one.cases)
    return [*alone, _joined(small)] if small else alone


def _joined(some: Sequence[Covered]) -> Covered:
    """Return the coverage of some districts as one."""
    shares = tuple(
        Share(sum(one.hits for one in column), sum(one.of for one in column))
        for column in zip(*(one.shares for one in some), strict=True)
    )
    cases, never = sum(one.cases for one in some), sum(one.never for one in some)
    return Covered("", cases, shares, never, is_together=True)
