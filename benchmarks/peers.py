"""Other solvers on the same problems: PyVRP and VROOM, and a study of our own search."""

from __future__ import annotations

import re
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.kept_runs import FOLDER
from benchmarks.measure import Figures, NotHereError
from benchmarks.scripts import bench_file, bench_folder, digest, existing, study_folder

VROOM_HOME = FOLDER / "vroom"
VROOM_PYTHON = VROOM_HOME / "bin" / "python"
VROOM_PACKAGE = "pyvroom==1.15.2"
EXPLORATION = 0
"""How hard VROOM tries; its script takes it in a seed's place."""


class Peer:
    """A script that takes PROBLEM.json OUT.json SECONDS SEED and tells its CPU seconds."""

    name: str
    told = re.compile(r"cpu (?P<cpu_s>[\d.]+) s")
    environment: Mapping[str, str] = {}

    @property
    def version(self) -> str:
        """Its name, and what tells it from any other of this name."""
        raise NotImplementedError

    def begin(self) -> Sequence[str]:
        """Return the words that its command begins with; NotHereError where it is absent."""
        raise NotImplementedError

    def command(self, problem: Path, solution: Path, seconds: float, seed: int) -> list[str]:
        return [*self.begin(), str(problem), str(solution), f"{seconds:g}", str(seed)]

    def figures(self, printed: str) -> Figures:
        found = self.told.search(printed)
        if found is None:
            raise RuntimeError(f"{self.name} does not tell its time:\n{printed}")
        return {name: float(figure) for name, figure in found.groupdict().items()}


class PyVrp(Peer):
    name = "PyVRP"

    @property
    def version(self) -> str:
        return f"{self.name} {version('pyvrp')}, {digest(bench_folder() / 'peers.py')}"

    def begin(self) -> list[str]:
        return [sys.executable, str(bench_file("peers.py")), "pyvrp"]


class Vroom(Peer):
    """VROOM on one thread for as long as it likes; it has an environment of its own."""

    name = "VROOM"

    @property
    def version(self) -> str:
        return f"{self.name} {VROOM_PACKAGE}, {digest(bench_folder() / 'peers.py')}"

    def begin(self) -> list[str]:
        if not VROOM_PYTHON.exists():
            raise NotHereError("VROOM is not installed: say `python -m benchmarks install-vroom`")
        return [str(VROOM_PYTHON), str(bench_file("peers.py")), "vroom"]


class Study(Peer):
    name = "the study"
    told = re.compile(r"(?P<iterations>\d+) iterations in (?P<cpu_s>[\d.]+) CPU s")
    environment: Mapping[str, str] = {"NUMBA_CACHE_DIR": str(FOLDER / "numba")}

    @property
    def version(self) -> str:
        sources = [study_folder() / name for name in ("solve_json.py", "driver.py", "kernel.py")]
        return f"{self.name} {digest(*sources)}"

    def begin(self) -> list[str]:
        return [sys.executable, str(existing(study_folder() / "solve_json.py", "DAYROUND_STUDY"))]

    def figures(self, printed: str) -> Figures:
        told = super().figures(printed)
        return {"iterations_per_s": told["iterations"] / told["cpu_s"], **told}


PYVRP, VROOM, STUDY = PyVrp(), Vroom(), Study()


def install_vroom() -> None:
    """Put VROOM beside the results; it is no dependency of ours."""
    venv.create(VROOM_HOME, with_pip=True)
    command = [str(VROOM_PYTHON), "-m", "pip", "install", "--quiet", VROOM_PACKAGE]
    subprocess.run(command, check=True)
