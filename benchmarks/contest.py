"""One solver on one problem, in a process of its own, judged by who knows nothing of it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from benchmarks.instances import Instance
from benchmarks.kept_runs import ROOT
from benchmarks.measure import Figures, NotHereError
from benchmarks.scripts import verdict

UNABLE = 3
"""Exit code of a solver that cannot do what is asked; it has printed why."""


class Solver(Protocol):
    """A command that writes a solution, and what it prints about itself."""

    def command(self, problem: Path, solution: Path, seconds: float, seed: int) -> Sequence[str]:
        """Return the command; NotHereError where it is absent on this machine."""
        ...

    @property
    def environment(self) -> Mapping[str, str]: ...

    def figures(self, printed: str) -> Figures: ...


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process printed, and the most memory that it held."""

    printed: str
    peak_mb: float


def contest(solver: Solver, instance: Instance, seconds: float, seed: int) -> Figures:
    """Return the judge's figures of a solution, and what the solver told of its way to it."""
    with TemporaryDirectory(prefix="dayround-") as folder:
        problem, solution = instance.write(Path(folder)), Path(folder, "solution.json")
        ended = run(solver.command(problem, solution, seconds, seed), solver.environment)
        judged = verdict(problem, solution)
    return {
        **{key: judged[key] for key in ("objective", "served", "travel_s")},
        "violations": len(judged["violations"]),
        "peak_mb": ended.peak_mb,
        **instance.figures(judged),
        **solver.figures(ended.printed),
    }


def run(command: Sequence[str], environment: Mapping[str, str]) -> Ended:
    """Run a command to its end.

    Its peak memory is no less than this process's own, which therefore loads nothing heavy.
    """
    if not hasattr(os, "wait4"):
        raise NotHereError("this system does not tell the memory of a process that has ended")
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env=os.environ | environment,
    ) as process:
        assert process.stdout is not None
        printed = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode == UNABLE:
        raise NotHereError(printed.strip().partition("\n")[0])
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{printed}")
    return Ended(printed, usage.ru_maxrss / 1024)
