"""Quality of the engines on a day of field visits, by an independent judge.

Problem and judge are scripts in a folder of their own, DAYROUND_BENCH or ../shared/bench.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING

from benchmarks.kept_runs import ROOT
from benchmarks.measure import Figures, Measure, NotHereError, Run

if TYPE_CHECKING:
    from scheduler.engines.base import Engine

PROBLEM_SEED = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """An engine and the CPU seconds that it is given; none ends with the first plan."""

    engine: str
    seconds: float
    seeds: tuple[int, ...] = (0,)

    def __str__(self) -> str:
        return f"{self.engine} {self.seconds:g} s" if self.seconds else f"{self.engine} first plan"


ENTRIES = (Entry("greedy", 0), Entry("greedy", 10, (1, 2, 3)), Entry("ortools", 30))


def measures() -> Iterator[Measure]:
    for entry in ENTRIES:
        runs = tuple(
            Run(f"600 cases, {entry}", partial(judged, entry, seed), seed, entry.seconds)
            for seed in entry.seeds
        )
        yield Measure(f"{entry} objective", "s", "objective", runs)
        yield Measure(f"{entry} violations", "", "violations", runs)


def judged(entry: Entry, seed: int) -> Figures:
    """Let an engine plan the problem, and return the judge's verdict."""
    from data.vroom.reading import read_file
    from data.vroom.solving import solve
    from scheduler.engines.stop_rules import Elapsed

    with TemporaryDirectory() as folder:
        problem, solution = Path(folder, "problem.json"), Path(folder, "solution.json")
        call("field.py", problem, "--seed", PROBLEM_SEED)
        stop = Elapsed(entry.seconds, process_time) if entry.seconds else lambda: 0.0
        solved = solve(read_file(problem), engine(entry), stop, process_time, seed=seed)
        solution.write_text(json.dumps(solved), encoding="utf-8")
        verdict = json.loads(call("judge.py", problem, solution))
    return {"objective": verdict["objective"], "violations": len(verdict["violations"])}


def engine(entry: Entry) -> Engine:
    from scheduler.engines.greedy import GreedyEngine
    from scheduler.engines.registry import engine as engine_named

    return engine_named(entry.engine) if entry.seconds else GreedyEngine(improves=False)


def call(script: str, *arguments: object) -> str:
    """Run a script of the folder and return what it prints; the judge's exit code is no error."""
    folder = Path(os.environ.get("DAYROUND_BENCH", ROOT.parent / "shared" / "bench"))
    if not (folder / script).is_file():
        raise NotHereError(f"{script} is not in {folder}: name its folder in DAYROUND_BENCH")
    command = [sys.executable, str(folder / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.stderr:
        raise RuntimeError(f"{script} failed:\n{done.stderr}")
    return done.stdout
