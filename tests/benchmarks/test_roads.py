"""What the benchmark of roads measures, on a graph that takes no time; nothing timed."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import parse

import numpy as np

from benchmarks.growth import draw
from benchmarks.road_graphs import POINTS, Graph, figures

SVG = "{http://www.w3.org/2000/svg}"


def test_all_is_measured_of_any_graph() -> None:
    rng = np.random.default_rng(1)
    tail, head = rng.integers(0, 300, (2, 900), np.int32)
    told = figures(Graph(300, tail, head, rng.integers(1, 99, 900)))
    assert told["nodes"] == 300
    assert min(told.values()) > 0
    assert told["SciPy matrix_s"] == 1000 * told["SciPy sweep_s"]


def test_growth_is_drawn_over_nodes_and_places(tmp_path: Path) -> None:
    """Twice the nodes take thrice as long: the line rises above the one in proportion."""
    town = {"nodes": 1000.0, "build_s": 1, "1000²_s": 1, "hierarchy_mb": 1}
    larger = {"nodes": 2000.0, "build_s": 3, "1000²_s": 3, "hierarchy_mb": 3}
    island = {f"{k}²_s": float(k**2) for k in POINTS}
    root = parse(draw([town, larger], island, tmp_path / "growth.svg")).getroot()
    lines = [line.get("points", "").split() for line in root.iter(SVG + "polyline")]
    heights = [[float(point.split(",")[1]) for point in line] for line in lines]
    assert [len(line) for line in lines] == [2, 2, 2, 2, 2, 2, len(POINTS), len(POINTS)]
    proportional, ours = heights[:2]
    assert (ours[0], ours[1] < proportional[1]) == (proportional[0], True)  # down is more
    assert heights[-1] == heights[-2]  # the island's grow by the square
