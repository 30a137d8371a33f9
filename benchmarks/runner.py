"""From a benchmark's name to what was found: does the runs that are due, reads the measures."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from benchmarks.goals import Goal
from benchmarks.kept_runs import KeptRuns
from benchmarks.measure import Figures, Measure, NotHereError, Run, Series


@dataclass(frozen=True)
class Finding:
    """A line of the report; `value` and `holds` are None where nothing was measured."""

    name: str
    value: float | None
    unit: str
    goal: str | None
    holds: bool | None
    peers: Mapping[str, float]
    seeds: list[int]
    seconds: float


def benchmark(name: str) -> ModuleType:
    """Return the module of a benchmark, for which goals.toml has a table of the same name."""
    return import_module(f"benchmarks.{name}")


class Runner:
    """Does each run once: not again for another measure, nor where it is kept already."""

    def __init__(self, kept: KeptRuns, *, quick: bool = False, fresh: bool = False) -> None:
        self._kept = kept
        self._quick = quick
        self._fresh = fresh
        self._done: dict[Run, Figures | None] = {}

    def findings(self, measures: Iterable[Measure], goals: Mapping[str, Goal]) -> Iterator[Finding]:
        """Yield a finding for each measure; those that `quick` leaves out have no value."""
        for measure in measures:
            yield self._finding(measure, goals.get(measure.name))

    def figures(self, run: Run) -> Figures | None:
        """Return what a run gave; None where it was not done."""
        return self._done.get(run)

    def _finding(self, measure: Measure, goal: Goal | None) -> Finding:
        is_left_out = self._quick and not measure.in_quick
        ours = None if is_left_out else self._read(measure.ours)
        found = {} if is_left_out else {n: self._read(s) for n, s in measure.peers.items()}
        peers = {name: figures for name, figures in found.items() if figures is not None}
        value = self._value(measure, ours, peers)
        return Finding(
            name=f"{self._kept.benchmark} {measure.name}",
            value=value,
            unit=measure.unit,
            goal=goal.text if goal else None,
            holds=goal.holds(value) if goal and value is not None else None,
            peers={name: measure.average(figures) for name, figures in peers.items()},
            seeds=measure.seeds,
            seconds=measure.seconds,
        )

    def _value(
        self, measure: Measure, ours: list[float] | None, peers: Mapping[str, list[float]]
    ) -> float | None:
        if ours is None:
            return None
        if measure.beside is None:
            return measure.average(ours)
        return measure.beside(ours, peers) if len(peers) == len(measure.peers) else None

    def _read(self, series: Series) -> list[float] | None:
        """Return a figure of several runs; None where one could not be done or has none such."""
        found = [self._done_once(run) or {} for run in series.runs]
        figures = [one[series.figure] for one in found if series.figure in one]
        return figures if len(figures) == len(found) else None

    def _done_once(self, run: Run) -> Figures | None:
        if run not in self._done:
            self._done[run] = self._kept_or_done(run)
        return self._done[run]

    def _kept_or_done(self, run: Run) -> Figures | None:
        what = f"{self._kept.benchmark} {run.instance}, seed {run.seed}"
        what += f", {run.seconds:g} s" if run.seconds else ""
        what += f", by {run.peer}" if run.peer else ""
        if not self._fresh and (kept := self._kept.figures(run)) is not None:
            say(f"{what}: kept from an earlier run")
            return kept
        say(f"{what} …")
        try:
            figures = run.work()
        except NotHereError as absent:
            say(f"{what}: not run, {absent}")
            return None
        self._kept.keep(run, figures)
        return figures


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
