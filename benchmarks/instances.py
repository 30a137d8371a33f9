"""Problems that the engines and their peers are given, as files that the judge reads too."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.measure import Figures
from benchmarks.scripts import Verdict, bench_file, call


class Instance(Protocol):
    """A problem that can be written; in words it tells itself from any other."""

    def __str__(self) -> str: ...

    def write(self, folder: Path) -> Path:
        """Write it into a folder and return its JSON; NotHereError without its source."""
        ...

    def figures(self, verdict: Verdict) -> Figures:
        """Return what else a judge's verdict means on this problem."""
        ...


@dataclass(frozen=True, slots=True)
class Field:
    """A day of field visits, more cases than it can hold; `duo` is the share that needs two."""

    cases: int = 600
    collectors: int = 40
    alternatives: float = 0.3
    duo: float = 0.0
    lunch: bool = False
    seed: int = 7

    def __str__(self) -> str:
        return " ".join([f"field {self.cases}/{self.collectors}", *self._options()])

    def write(self, folder: Path) -> Path:
        file = folder / "problem.json"
        size = ("--cases", self.cases, "--collectors", self.collectors)
        call("field.py", file, *size, *self._options())
        return file

    def figures(self, verdict: Verdict) -> Figures:  # noqa: ARG002
        return {}

    def _options(self) -> list[str]:
        options = ["--alternatives", f"{self.alternatives:g}", "--seed", f"{self.seed}"]
        if self.duo:
            options += ["--duo", f"{self.duo:g}"]
        return [*options, "--lunch"] if self.lunch else options


@dataclass(frozen=True, slots=True)
class Vrptw:
    """A benchmark of Solomon or of Gehring and Homberger: R104, R1_2_4; all must be served."""

    name: str

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """Its class and how many customers it has: R1 100, R1 200."""
        first, *homberger = self.name.split("_")
        return f"{first} {homberger[0]}00" if homberger else f"{first[:-2]} 100"

    def write(self, folder: Path) -> Path:
        file = folder / "problem.json"
        call("vrptw.py", bench_file(f"vrptw/{self._row['file']}"), file)
        return file

    def figures(self, verdict: Verdict) -> Figures:
        """Return how many percent the distance, in tenths, exceeds the best that is known."""
        if verdict["violations"]:
            return {"gap": NO_PLAN_GAP}
        return {"gap": 100 * (verdict["objective"] / 10 / self.best_known - 1)}

    @property
    def best_known(self) -> float:
        """The shortest distance that anybody has found, in the file's own unit."""
        return float(self._row["bks_dist_dimacs_trunc1"])

    @property
    def _row(self) -> dict[str, str]:
        with bench_file("vrptw/bks.csv").open(encoding="utf-8", newline="") as stream:
            return next(row for row in csv.DictReader(stream) if row["instance"] == self.name)


NO_PLAN_GAP = 100.0
"""What counts for a plan that leaves a customer out, however short it is; in percent."""

KINDS = ("R1", "R2", "C1", "C2", "RC1", "RC2")
VRPTW = tuple(
    Vrptw(f"{kind}{form}")
    for forms in (("04", "08"), ("_2_4", "_2_8"), ("_4_4", "_4_8"))
    for kind in KINDS
    for form in forms
)
"""The fourth and the eighth of each class of 100, 200 and 400 customers, chosen before tuning."""
