"""Travel times by road: our hierarchy beside SciPy's Dijkstra and OSRM, reading beside OSMnx.

Wall time, ours and theirs by turns: in one process, but for OSRM. The whole takes ten minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks import beside_osrm, growth, road_graphs, road_reading, road_turns
from benchmarks.comparing import ratio_to_best
from benchmarks.measure import Measure, Run, Series
from benchmarks.plot import FiguresOf

MEASURED = ("routing", "data/towns", "benchmarks")
SIZES = (4_000, 20_000, 60_000, 250_000)
"""Nodes of made-up towns."""

SEEDS = (1, 2, 3)
"""Of places on Hong Kong Island."""


def measures() -> Iterator[Measure]:
    island = Run("Hong Kong Island", lambda: road_graphs.figures(road_graphs.hong_kong()))
    yield from graph("Hong Kong Island", island)
    yield from tables()
    for size in SIZES:
        yield from graph(f"town of {size:,} nodes", town(size))
    yield from turned(SIZES[-1])
    reading = Run("Vancouver, reading", road_reading.figures, in_quick=False)
    yield beside("Vancouver from pbf to ready beside OSMnx", [reading], "ready_s", "OSMnx ready_s")
    yield beside("Vancouver from the store beside GraphML", [reading], "load_s", "GraphML load_s")
    yield beside(
        "Vancouver from pbf to answers beside OSMnx", [reading], "answers_s", "OSMnx ready_s"
    )
    yield Measure("Vancouver from pbf to answers", "s", Series("answers_s", (reading,)))
    yield Measure("Vancouver from pbf to ready", "s", Series("ready_s", (reading,)))
    yield Measure("Vancouver from the store", "s", Series("load_s", (reading,)))


def draw(figures_of: FiguresOf, measured: Sequence[Measure]) -> Path | None:
    """Draw how all grows with nodes and places, where all of that was measured."""
    runs = {measure.name: measure.ours.runs[0] for measure in measured}
    towns = [figures_of(runs[f"town of {size:,} nodes build"]) for size in SIZES]
    island = figures_of(runs["Hong Kong Island build"])
    if island is None or None in towns:
        return None
    return growth.draw([*filter(None, towns)], island)


def town(size: int) -> Run:
    name = f"town of {size:,} nodes"
    return Run(name, lambda: road_graphs.figures(road_graphs.town(size)), seed=1, in_quick=False)


def turned(size: int) -> Iterator[Measure]:
    """Yield what turns cost a hierarchy of a town: all of them, or those of busy junctions."""
    name = f"town of {size:,} nodes with turns"
    run = Run(name, lambda: road_turns.figures(size), seed=1, in_quick=False)
    yield beside(f"{name} build beside one SciPy sweep", [run], "build_s", "SciPy sweep_s")
    every = f"{name} at every junction build beside one SciPy sweep"
    yield beside(every, [run], "all turns build_s", "SciPy sweep_s")


def graph(name: str, run: Run) -> Iterator[Measure]:
    """Yield what is measured of a graph."""
    yield Measure(f"{name} build", "s", Series("build_s", (run,)))
    yield beside(f"{name} build beside one SciPy sweep", [run], "build_s", "SciPy sweep_s")
    yield Measure(f"{name} 1000²", "s", Series("1000²_s", (run,)))
    yield beside(f"{name} 1000² beside SciPy", [run], "1000²_s", "SciPy matrix_s")
    yield beside(f"{name} 2000² beside 1000²", [run], "2000²_s", "1000²_s")
    yield beside(f"{name} one more place beside 1000²", [run], "one more_s", "1000²_s")
    yield Measure(f"{name} hierarchy", "MB", Series("hierarchy_mb", (run,)))


def tables() -> Iterator[Measure]:
    """Yield how matrices stand beside OSRM's table, which always minds turns."""
    runs = [
        Run("Hong Kong Island and OSRM", partial(beside_osrm.figures, s), s, in_quick=False)
        for s in SEEDS
    ]
    for matrix in beside_osrm.OURS:
        yield beside(f"Hong Kong Island {matrix} beside OSRM", runs, matrix, "OSRM table_s")


def beside(name: str, runs: Sequence[Run], ours: str, theirs: str) -> Measure:
    """Return the ratio of two figures of the same runs."""
    peers = {theirs.partition(" ")[0] if " " in theirs else theirs: Series(theirs, tuple(runs))}
    return Measure(name, "×", Series(ours, tuple(runs)), peers, beside=ratio_to_best)
