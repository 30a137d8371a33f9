"""Coverage over headcounts, and over days, as shapes of SVG (web/figures/charts.py)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.headcount.figures import TeamFigures
from scheduler.headcount.question import Answer
from scheduler.staffing.intervals import MeanOf
from web.figures.charts import SIZE, height, points


@dataclass(frozen=True, slots=True)
class Curve:
    """Shares from 0 to 1 upwards, with the band of their intervals; `goal` is a height, or None.

    `marks` are upright lines: what each marks, its x, and the headcount there.
    """

    line: str
    band: str
    dots: tuple[tuple[float, float], ...]
    goal: float | None = None
    marks: tuple[tuple[str, float, int], ...] = ()


def over_employed(answer: Answer, largest: int) -> Curve:
    """Return coverage over collectors employed, the axis from 0 to `largest`."""
    step = SIZE / max(1, largest)
    told = [(one.employed * step, one.coverage) for one in answer.teams]
    found = {
        "smallest": answer.smallest,
        "knee": answer.knee,
        "break_even": answer.break_even,
    }
    marks = tuple((what, round(at * step, 2), at) for what, at in found.items() if at is not None)
    return _curve(told, height(answer.share), marks)


def over_days(team: TeamFigures) -> Curve:
    """Return the share that is visited by the end of each day; before the first it is none."""
    step = SIZE / max(1, len(team.days))
    told = [((number + 1) * step, share) for number, share in enumerate(team.reached)]
    return _curve([(0.0, MeanOf(0, 0, 1)), *told])


def _curve(
    told: Sequence[tuple[float, MeanOf]],
    goal: float | None = None,
    marks: tuple[tuple[str, float, int], ...] = (),
) -> Curve:
    there = [(x, min(1.0, share.high)) for x, share in told]
    back = [(x, max(0.0, share.low)) for x, share in reversed(told)]
    dots = tuple((round(x, 2), height(share.mean)) for x, share in told)
    return Curve(points(_means(told)), points([*there, *back]), dots, goal, marks)


def _means(told: Iterable[tuple[float, MeanOf]]) -> list[tuple[float, float]]:
    return [(x, share.mean) for x, share in told]
