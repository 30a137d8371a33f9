"""The objective over time as SVG: our runs are lines, and points where the peers ended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement

from benchmarks.curve import Point, curve_of
from benchmarks.measure import Figures, Measure, Run, Series

NO_WORD = r"\W+"
FiguresOf = Callable[[Run], Figures | None]

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 90, 560, 50, 350
FEWEST_TICKS = 4
STEEP = 5  # samples of a curve while the first plan is being made
INK, QUIET, OURS = "#222222", "#dddddd", "#0b6e4f"
PEER_INKS = ("#b3401f", "#1f5fb3", "#8a3fa0", "#8a6d00")


@dataclass(frozen=True)
class Chart:
    """What each of our runs had reached by when, and where each run of a peer ended."""

    name: str
    unit: str
    ours: Sequence[Sequence[Point]]
    peers: Mapping[str, Sequence[Point]]

    @property
    def points(self) -> list[Point]:
        """All points but the first few of ours, which would leave no height for the others."""
        settled = [point for curve in self.ours for point in curve[STEEP:]]
        return [*settled, *(point for points in self.peers.values() for point in points)]


@dataclass(frozen=True)
class Scale:
    """From `low` … `high` to `first` … `last`, in pixels."""

    low: float
    high: float
    first: float
    last: float

    @staticmethod
    def of(values: Sequence[float], first: float, last: float) -> Scale:
        low, high = min(values), max(values)
        return Scale(low, high if high > low else low + 1, first, last)

    def at(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.first + share * (self.last - self.first), 1)

    @property
    def ticks(self) -> list[float]:
        """Round values, as far apart as leaves enough of them."""
        widest = (self.high - self.low) / FEWEST_TICKS
        decade = 10 ** floor(log10(widest))
        step = decade * max(digit for digit in (1, 2, 5) if digit * decade <= widest)
        return [k * step for k in range(ceil(self.low / step), floor(self.high / step) + 1)]


def draw(measures: Iterable[Measure], figures_of: FiguresOf, folder: Path, name: str) -> list[Path]:
    """Write a drawing of each objective whose runs noted their way to it; return the files."""
    files = []
    for chart in charts(measures, figures_of):
        files.append(folder / f"{name}-{re.sub(NO_WORD, '-', chart.name)}.svg")
        ElementTree(svg(chart)).write(files[-1], encoding="utf-8", xml_declaration=True)
    return files


def charts(measures: Iterable[Measure], figures_of: FiguresOf) -> Iterator[Chart]:
    """Yield a chart for each measure that tells an objective itself, no ratio of it."""
    for measure in measures:
        if measure.ours.figure != "objective" or measure.beside is not None:
            continue
        curves = [curve_of(figures_of(run) or {}) for run in measure.ours.runs]
        if any(curves):
            peers = {name: ends(series, figures_of) for name, series in measure.peers.items()}
            yield Chart(measure.name, measure.unit, [*filter(None, curves)], peers)


def ends(series: Series, figures_of: FiguresOf) -> list[Point]:
    """Return when the runs of a peer ended, and with which objective."""
    time = series.figure.replace("objective", "cpu_s")
    return [
        (figures.get(time, run.seconds), figures[series.figure])
        for run in series.runs
        if (figures := figures_of(run)) is not None
    ]


def svg(chart: Chart) -> Element:
    """Return a chart as an SVG drawing."""
    x = Scale.of([0, *(second for second, _ in chart.points)], LEFT, RIGHT)
    y = Scale.of([objective for _, objective in chart.points], BOTTOM, TOP)
    root = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {HEIGHT}")
    root.attrib |= {"font-family": "sans-serif", "font-size": "12", "fill": INK}
    add(root, "rect", width=WIDTH, height=HEIGHT, fill="#ffffff")
    write(root, LEFT, TOP - 22, f"{chart.name}, {chart.unit}")
    write(root, (LEFT + RIGHT) / 2, BOTTOM + 38, "seconds of search", "middle")
    draw_grid(root, x, y)
    write(root, RIGHT + 16, TOP, "— ours", ink=OURS)
    for curve in chart.ours:
        shown = [(x.at(second), y.at(objective)) for second, objective in curve]
        way = " ".join(f"{across},{down}" for across, down in shown if down >= TOP)
        add(root, "polyline", points=way, fill="none", stroke=OURS)
    for k, (name, points) in enumerate(chart.peers.items()):
        ink = PEER_INKS[k % len(PEER_INKS)]
        write(root, RIGHT + 16, TOP + 20 * (k + 1), f"● {name}", ink=ink)
        for second, objective in points:
            add(root, "circle", cx=x.at(second), cy=y.at(objective), r=4, fill=ink)
    return root


def draw_grid(root: Element, x: Scale, y: Scale) -> None:
    """Draw a line at each tick of the height, and say seconds below and objectives at the left."""
    for value in y.ticks:
        add(root, "line", x1=LEFT, x2=RIGHT, y1=y.at(value), y2=y.at(value), stroke=QUIET)
        write(root, LEFT - 8, y.at(value) + 4, f"{value:,.0f}", "end")
    for value in x.ticks:
        write(root, x.at(value), BOTTOM + 20, f"{value:.3g}", "middle")


def write(
    root: Element, x: float, y: float, text: str, anchor: str = "start", ink: str = INK
) -> None:
    add(root, "text", x=x, y=y, fill=ink, **{"text-anchor": anchor}).text = text


def add(root: Element, tag: str, **attributes: object) -> Element:
    return SubElement(root, tag, {name: str(value) for name, value in attributes.items()})
