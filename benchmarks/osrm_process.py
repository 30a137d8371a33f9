"""OSRM, asked by turns with ours: it has a Python of its own, for its package needs 3.12."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measure import NotHereError

if TYPE_CHECKING:
    from numpy.typing import NDArray

PYTHON = "DAYROUND_OSRM_PYTHON"
TABLES = Path(__file__).with_name("osrm_tables.py")
INSTALL = f"set {PYTHON} to a Python of 3.12 or later in which `pip install osrm-bindings` was said"


class Osrm:
    """A process that has read an extract and answers tables until ours ends."""

    def __init__(self, extract: Path) -> None:
        command = [osrm_python(), "-P", str(TABLES), str(extract)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        atexit.register(self.end)
        self.build_s = float(self._answer())

    def first_row_s(self, places: NDArray[Any]) -> list[float]:
        """Take places, float64[k, 2] in degrees north and east; tell the times from the first."""
        row: list[float] = self._asked([[lon, lat] for lat, lon in places.tolist()])
        return row

    def table_s(self) -> float:
        """Return how long the table of the places took that were taken last."""
        return float(self._asked([]))

    def end(self) -> None:
        """End the process, if it has not ended."""
        self._process.communicate()

    def _asked(self, question: object) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        if line := self._process.stdout.readline():
            return json.loads(line)
        raise RuntimeError(f"OSRM ended with {self._process.wait()}; what it said stands above")


def osrm_python() -> str:
    """Return the Python that has OSRM; NotHereError where there is none."""
    python = os.environ.get(PYTHON)
    if not python:
        raise NotHereError(f"OSRM is not installed: {INSTALL}")
    try:
        subprocess.run([python, "-P", "-c", "import osrm"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotHereError(f"{python} has no OSRM: {INSTALL}") from error
    return python
