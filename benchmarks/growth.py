"""How building, matrices and memory grow with nodes and places, as SVG; both axes by powers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log10
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree

from benchmarks.kept_runs import ROOT
from benchmarks.measure import Figures
from benchmarks.plot import INK, OURS, Scale, add, write
from benchmarks.road_graphs import POINTS

PICTURE = ROOT / "docs" / "pictures" / "roads-growth.svg"
WIDTH, HEIGHT, LEFT, TOP = 380, 260, 40, 50
DOTS = "1 5"

Point = tuple[float, float]


@dataclass(frozen=True)
class Panel:
    """Figures over sizes; a dotted line from the first grows with that power of the size."""

    title: str
    unit: str
    power: int
    points: Sequence[Point]


def panels(towns: Sequence[Figures], island: Figures) -> Iterator[Panel]:
    """Yield what is drawn: towns by their nodes, the island by places of a matrix."""
    for title, unit, figure in (
        ("Building the hierarchy, by nodes", "s", "build_s"),
        ("A matrix of 1,000², by nodes", "s", "1000²_s"),
        ("Memory of the hierarchy, by nodes", "MB", "hierarchy_mb"),
    ):
        yield Panel(title, unit, 1, [(town["nodes"], town[figure]) for town in towns])
    places = [(k, island[f"{k}²_s"]) for k in POINTS]
    yield Panel("A matrix, by places", "s", 2, places)


def draw(towns: Sequence[Figures], island: Figures, file: Path = PICTURE) -> Path:
    """Write the drawing and return its file."""
    root = Element("svg", xmlns="http://www.w3.org/2000/svg")
    root.attrib |= {"font-family": "sans-serif", "font-size": "12", "fill": INK}
    root.set("viewBox", f"0 0 {2 * WIDTH} {2 * HEIGHT}")
    add(root, "rect", width=2 * WIDTH, height=2 * HEIGHT, fill="#ffffff")
    for k, panel in enumerate(panels(towns, island)):
        place = add(root, "g", transform=f"translate({k % 2 * WIDTH} {k // 2 * HEIGHT})")
        draw_panel(place, panel)
    ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)
    return file


def draw_panel(root: Element, panel: Panel) -> None:
    sizes, values = zip(*panel.points, strict=True)
    power = [values[0] * (size / sizes[0]) ** panel.power for size in sizes]
    x = Scale.of([log10(size) for size in sizes], LEFT, WIDTH - 2 * LEFT)
    y = Scale.of([log10(value) for value in (*values, *power)], HEIGHT - TOP, TOP)
    words = "by the square" if panel.power == 2 else "in proportion"
    write(root, LEFT, TOP - 26, f"{panel.title}, {panel.unit} (dotted: {words})")
    for line, look in ((power, {"stroke": INK, "stroke-dasharray": DOTS}), (values, {})):
        way = " ".join(
            f"{x.at(log10(size))},{y.at(log10(value))}"
            for size, value in zip(sizes, line, strict=True)
        )
        add(root, "polyline", points=way, fill="none", **({"stroke": OURS} | look))
    for size, value in panel.points:
        across, down = x.at(log10(size)), y.at(log10(value))
        add(root, "circle", cx=across, cy=down, r=3, fill=OURS)
        write(root, across, down - 8, f"{value:.2g}", "end")
        write(root, across, HEIGHT - TOP + 20, f"{size:,.0f}", "middle")
