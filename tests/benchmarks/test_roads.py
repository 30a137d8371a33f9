"""What the benchmark of roads measures, on a graph that takes no time; nothing timed."""

from __future__ import annotations

import numpy as np

from benchmarks.road_graphs import Graph, figures


def test_all_is_measured_of_any_graph() -> None:
    rng = np.random.default_rng(1)
    tail, head = rng.integers(0, 300, (2, 900), np.int32)
    told = figures(Graph(300, tail, head, rng.integers(1, 99, 900)))
    assert told["nodes"] == 300
    assert min(told.values()) > 0
    assert told["SciPy matrix_s"] == 1000 * told["SciPy sweep_s"]
