"""Which districts starve with a team, and where it is hired: counts, so few that they tell nobody.

A district with fewer than `FEWEST` cases asked for is told only together with others.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scheduler.headcount.figures import DistrictFigures, TeamFigures
from scheduler.headcount.small_districts import joined, told_apart
from scheduler.staffing.intervals import MeanOf
from scheduler.told_together import FEWEST
from web.formats import percent
from web.language import t, tn


class Level(StrEnum):
    """How far a district is served."""

    ENOUGH = "enough"
    SHORT = "short"
    STARVING = "starving"
    FEW = "few"
    """So few cases that it is told with others alone."""


@dataclass(frozen=True, slots=True)
class Where:
    """A line of the table: one district, or the small ones together.

    `coverage` is None where so few are asked for that nothing is told of them.
    """

    name: str
    asked: int
    coverage: MeanOf | None
    collectors: int
    hired: int
    level: Level
    unfit: int = 0


def lines_of(team: TeamFigures, enough: float) -> list[Where]:
    """Return the districts, the worst served first; the small ones stand last, together."""
    alone, small = told_apart(team.districts)
    lines = [_line(name_of(one), one, enough) for one in alone]
    worst_first = sorted(lines, key=lambda one: (one.coverage or MeanOf(1, 0, 0)).mean)
    return (
        [*worst_first, _line(t("Small districts together"), joined(small), enough)]
        if small
        else worst_first
    )


def drawn(team: TeamFigures, enough: float) -> list[dict[str, Any]]:
    """Return the circles of the map: middles to about a kilometre, as they are kept."""
    alone, small = told_apart(team.districts)
    told = [_circle(one, _line(name_of(one), one, enough)) for one in alone if one.lat is not None]
    few = [_circle(one, None) for one in small if one.lat is not None]
    return [*told, *few]


def name_of(one: DistrictFigures) -> str:
    """Return what a district is called."""
    if not one.number:
        return t("No place known")
    return one.name or t("Area %(number)d", number=one.number)


def _line(name: str, one: DistrictFigures, enough: float) -> Where:
    people, hired = one.collectors, one.hired
    if one.asked < FEWEST:
        return Where(name, one.asked, None, people, hired, Level.FEW, one.unfit)
    level = level_of(one.coverage.mean, enough)
    return Where(name, one.asked, one.coverage, people, hired, level, one.unfit)


def level_of(share: float, enough: float) -> Level:
    """Say how far a share is from what is enough: less than half of it is starving."""
    if share >= enough:
        return Level.ENOUGH
    return Level.SHORT if share >= enough / 2 else Level.STARVING


def _circle(one: DistrictFigures, line: Where | None) -> dict[str, Any]:
    hired = t("hire %(count)d", count=one.hired) if one.hired else ""
    told = {"at": [one.lat, one.lon], "radius_m": one.around_m, "name": name_of(one), "hire": hired}
    if line is None or line.coverage is None:
        return told | {
            "level": Level.FEW,
            "share": "",
            "said": t(
                "%(name)s: told together with others, there are so few cases", name=name_of(one)
            ),
        }
    said = tn(
        "%(name)s: %(share)s of %(num)d case visited in time",
        "%(name)s: %(share)s of %(num)d cases visited in time",
        line.asked,
        name=line.name,
        share=percent(line.coverage.mean),
    )
    return told | {"level": line.level, "share": percent(line.coverage.mean), "said": said}
