"""From a benchmark's name to what was found: does the runs that are due, reads the measures."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from statistics import median
from types import ModuleType

from benchmarks.goals import Goal
from benchmarks.kept_runs import KeptRuns
from benchmarks.measure import Figures, Measure, NotHereError, Run


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
            is_left_out = self._quick and not measure.in_quick
            found = [] if is_left_out else [self._figures(run) for run in measure.runs]
            yield self._finding(measure, [figures for figures in found if figures], goals)

    def _finding(
        self, measure: Measure, found: list[Figures], goals: Mapping[str, Goal]
    ) -> Finding:
        goal = goals.get(measure.name)
        is_whole = len(found) == len(measure.runs)
        value = median(figures[measure.figure] for figures in found) if is_whole else None
        return Finding(
            name=f"{self._kept.benchmark} {measure.name}",
            value=value,
            unit=measure.unit,
            goal=goal.text if goal else None,
            holds=goal.holds(value) if goal and value is not None else None,
            peers={
                peer: median(figures[name] for figures in found)
                for peer, name in measure.peers.items()
                if is_whole
            },
            seeds=measure.seeds,
            seconds=measure.seconds,
        )

    def _figures(self, run: Run) -> Figures | None:
        if run not in self._done:
            self._done[run] = self._kept_or_done(run)
        return self._done[run]

    def _kept_or_done(self, run: Run) -> Figures | None:
        what = f"{self._kept.benchmark} {run.instance}, seed {run.seed}"
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
