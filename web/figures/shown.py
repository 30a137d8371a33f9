"""The tables of figures that a page and a file show alike, as far as the person may see them."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.figures import (
    Covered,
    Facts,
    FigureTable,
    Group,
    OpenCase,
    coverage,
    covered_without_small,
    figure_tables,
    without_small,
)
from web.figures.room import Asked, sees_doors


@dataclass(frozen=True, slots=True)
class Shown:
    """Figures over time and by a group, and the coverage of the open `cases` asked for."""

    over_time: FigureTable
    grouped: FigureTable
    cases: tuple[OpenCase, ...]
    by_bucket: list[Covered]
    by_district: list[Covered]


def shown(facts: Facts, asked: Asked) -> Shown:
    """Return what is shown of a span; small districts together to whom no door is shown."""
    over_time, grouped = figure_tables(facts, (asked.step, asked.by), asked.only)
    cases = tuple(one for one in facts.cases if asked.only.fits(one.traits))
    by_bucket, by_district = (
        coverage(cases, facts.today, group) for group in (Group.BUCKET, Group.DISTRICT)
    )
    if not sees_doors():
        grouped, by_district = without_small(grouped), covered_without_small(by_district)
    return Shown(over_time, grouped, cases, by_bucket, by_district)
