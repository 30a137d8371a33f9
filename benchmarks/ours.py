"""Our engines as solvers: the process of each is benchmarks/solving.py."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measure import Figures
from web.cli.solve import Clock


@dataclass(frozen=True, slots=True)
class Ours:
    """An engine of the registry. Crews that have the `pair_skill` are two collectors each."""

    engine: str
    threads: int = 1
    clock: Clock = Clock.CPU
    pair_skill: str = ""
    environment: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        threads = f", {self.threads} threads" if self.threads > 1 else ""
        return f"{self.engine}{threads}" + (" by the wall" if self.clock is Clock.WALL else "")

    def command(self, problem: Path, solution: Path, seconds: float, seed: int) -> list[str]:
        options = {
            "--engine": self.engine,
            "--seconds": seconds,
            "--seed": seed,
            "--threads": self.threads,
            "--clock": self.clock,
            "--pair-skill": self.pair_skill,
        }
        words = [str(word) for option in options.items() for word in option]
        return [sys.executable, "-m", "benchmarks.solving", str(problem), str(solution), *words]

    def figures(self, printed: str) -> Figures:
        told: dict[str, float] = json.loads(printed.splitlines()[-1])
        return told
