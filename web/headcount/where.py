"""Which districts starve with a team, and where it is hired: counts, so few that they tell nobody.

A district with fewer than `FEWEST` cases asked for is told only together with others, until they
have as many: what one of three cases comes to is nearly what one borrower comes to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scheduler.headcount.districts import FEWEST
from scheduler.headcount.figures import DistrictFigures, TeamFigures
from scheduler.staffing.intervals import MeanOf
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

    `coverage` is None where nobody is asked for; of several its interval is at most as wide as is
    told, whatever goes with what.
    """

    name: str
    asked: int
    coverage: MeanOf | None
    collectors: int
    hired: int
    level: Level


def lines_of(team: TeamFigures, enough: float) -> list[Where]:
    """Return the districts, the worst served first; the small ones stand last, together."""
    alone, small = parted(team.districts)
    lines = [_line(name_of(one), [one], enough) for one in alone]
    worst_first = sorted(lines, key=lambda one: (one.coverage or MeanOf(1, 0, 0)).mean)
    return (
        [*worst_first, _line(t("Small districts together"), small, enough)]
        if small
        else worst_first
    )


def parted(
    districts: Sequence[DistrictFigures],
) -> tuple[list[DistrictFigures], list[DistrictFigures]]:
    """Return the districts that are told each by itself, and those that are told together.

    Where the small ones are too few even together, the next smallest is told with them: else what
    is told of all but them would tell them, too.
    """
    by_size = sorted(districts, key=lambda one: (one.asked, one.number))
    count = sum(one.asked < FEWEST for one in by_size)
    while count < len(by_size) and 0 < sum(one.asked for one in by_size[:count]) < FEWEST:
        count += 1
    small = {one.number for one in by_size[:count]}
    return (
        [one for one in districts if one.number not in small],
        [one for one in districts if one.number in small],
    )


def drawn(team: TeamFigures, enough: float) -> list[dict[str, Any]]:
    """Return the circles of the map: middles to about a kilometre, as they are kept."""
    alone, small = parted(team.districts)
    told = [
        _circle(one, _line(name_of(one), [one], enough)) for one in alone if one.lat is not None
    ]
    few = [_circle(one, None) for one in small if one.lat is not None]
    return [*told, *few]


def name_of(one: DistrictFigures) -> str:
    """Return what a district is called."""
    if not one.number:
        return t("No place known")
    return one.name or t("Area %(number)d", number=one.number)


def _line(name: str, some: Sequence[DistrictFigures], enough: float) -> Where:
    asked = sum(one.asked for one in some)
    people, hired = sum(one.collectors for one in some), sum(one.hired for one in some)
    if asked < FEWEST:
        return Where(name, asked, None, people, hired, Level.FEW)
    share = MeanOf(
        sum(one.coverage.mean * one.asked for one in some) / asked,
        sum(one.coverage.half_width * one.asked for one in some) / asked,
        some[0].coverage.of,
    )
    return Where(name, asked, share, people, hired, level_of(share.mean, enough))


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
