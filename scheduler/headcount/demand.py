"""What people bring on each day of the week: visits, by how many of them work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

WEEK = 7

Points = Sequence[tuple[float, float]]
"""How many people worked, and what they did."""


class Shifts(StrEnum):
    """Which hours somebody works on a day."""

    EARLY = "early"  # those of the scenario, or of the book
    LATE = "late"  # the scenario's evening


@dataclass(frozen=True, slots=True)
class Line:
    """At most `slope` visits for each of the people, and `intercept` besides."""

    slope: float
    intercept: float


@dataclass(frozen=True)
class Demand:
    """What a week asks for.

    Parameters
    ----------
    lines
        By weekday, Monday first: the visits that people make are at most what each line says, a
        concave curve. Without a line none are made.
    late
        By weekday: how much of what one does in early hours she does in late ones; empty where
        nobody works late.
    """

    lines: tuple[tuple[Line, ...], ...]
    late: tuple[float, ...] = ()

    def share(self, shifts: Shifts, weekday: int) -> float:
        return self.late[weekday] if shifts is Shifts.LATE else 1.0

    def by_crews(self, size: int) -> Demand:
        """Return the same, counted in crews of so many people who work together."""
        lines = tuple(
            tuple(Line(line.slope * size, line.intercept) for line in of_day)
            for of_day in self.lines
        )
        return replace(self, lines=lines)

    def weighed(self, weights: Sequence[float]) -> Demand:
        """Return the same where a weekday counts so often; one that never comes asks for nobody."""
        lines = tuple(
            tuple(Line(line.slope * weight, line.intercept * weight) for line in of_day if weight)
            for of_day, weight in zip(self.lines, weights, strict=True)
        )
        return replace(self, lines=lines)

    def covered(self, people: Sequence[float]) -> float:
        """Return the visits of a week in which so many people work, by weekday."""
        return sum(
            min((line.slope * count + line.intercept for line in lines), default=0.0)
            for lines, count in zip(self.lines, people, strict=True)
        )


def concave(points: Points) -> list[tuple[float, float]]:
    """Return the corners of the least concave curve that begins at (0, 0) and lies above all."""
    corners: list[tuple[float, float]] = [(0.0, 0.0)]
    for x, y in dict(sorted(points)).items():  # of equally many the most
        while len(corners) > 1 and _slope(corners[-1], (x, y)) >= _slope(*corners[-2:]):
            corners.pop()
        if y > corners[-1][1]:
            corners.append((x, y))
    return corners


def lines_of(points: Points, opened: float) -> tuple[Line, ...]:
    """Return the curve of a weekday; its last side goes on until all that is open is visited."""
    corners = concave(points)
    slopes = [_slope(a, b) for a, b in pairwise(corners)]
    sides = (Line(slope, y - slope * x) for slope, (x, y) in zip(slopes, corners[1:], strict=True))
    return (*sides, Line(0.0, opened)) if slopes else ()


def _slope(a: tuple[float, float], b: tuple[float, float]) -> float:
    return (b[1] - a[1]) / (b[0] - a[0])
