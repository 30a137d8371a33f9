"""Charts as shapes of SVG: 100 wide and 100 high, stretched by the page; words stand outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.figures import Line, Share

SIZE = 100.0
GAP = 0.2
"""Of a bar's width, between two."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar for each period; `most` is what the full height means."""

    bars: tuple[Bar, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Course:
    """A rate over periods: lines and bands by parts, for periods without a rate have a gap.

    `dots` are where it is known; they show a part of a single period, too.
    """

    lines: tuple[str, ...]
    bands: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    last: Share | None


def bars(counts: Sequence[int]) -> Bars:
    """Return counts as bars; the greatest has the full height."""
    most = max(counts, default=0)
    step = SIZE / max(1, len(counts))
    return Bars(
        tuple(
            Bar(
                round(i * step + step * GAP / 2, 3),
                round(SIZE - SIZE * count / most, 3),
                round(step * (1 - GAP), 3),
                round(SIZE * count / most, 3),
            )
            for i, count in enumerate(counts)
            if count
        ),
        most,
    )


def course(shares: Sequence[Share]) -> Course:
    """Return a rate over periods, with its interval as a band."""
    step = SIZE / max(1, len(shares))
    lines, bands, dots = [], [], []
    for part in parts(shares):
        middles = [((i + 0.5) * step, share) for i, share in part]
        known = [(x, share.rate or 0.0, share.interval or (0.0, 0.0)) for x, share in middles]
        lines.append(points((x, rate) for x, rate, _ in known))
        there = [(x, interval[1]) for x, _, interval in known]
        back = [(x, interval[0]) for x, _, interval in reversed(known)]
        bands.append(points([*there, *back]))
        dots += [(round(x, 2), height(rate)) for x, rate, _ in known]
    told = [share for share in shares if share.of]
    return Course(tuple(lines), tuple(bands), tuple(dots), told[-1] if told else None)


def parts(shares: Sequence[Share]) -> list[list[tuple[int, Share]]]:
    """Part the periods where a rate is unknown."""
    found: list[list[tuple[int, Share]]] = [[]]
    for i, share in enumerate(shares):
        if share.of:
            found[-1].append((i, share))
        elif found[-1]:
            found.append([])
    return [part for part in found if part]


def points(told: Iterable[tuple[float, float]]) -> str:
    """Return points as SVG writes them; shares of 1 become heights."""
    return " ".join(f"{x:.2f},{height(share)}" for x, share in told)


def height(share: float) -> float:
    return round(SIZE * (1 - share), 2)


@dataclass(frozen=True, slots=True)
class Charts:
    """The charts of a page over time."""

    visits: Bars
    met: Course
    promised: Course
    kept: Course


def charts(lines: Sequence[Line]) -> Charts:
    """Return the charts of figures by period."""
    tallies = [line.tally for line in lines]
    return Charts(
        bars([one.visits for one in tallies]),
        course([one.met_rate for one in tallies]),
        course([one.promise_rate for one in tallies]),
        course([one.kept_rate for one in tallies]),
    )
