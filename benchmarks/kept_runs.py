"""Finished runs on disk, one JSON line each, so that a long benchmark goes on where it stopped."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.measure import Figures, Run

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).with_name("results")
PEERS = "peers"
MEASURED = ("routing", "scheduler", "data", "web", "benchmarks")
"""Folders whose change makes a kept run another version's; a benchmark may name fewer."""


def version(root: Path = ROOT, folders: Sequence[str] = MEASURED) -> str:
    """Return what tells the measured code from any other: its own text and its locked libraries."""
    digest = sha256((root / "requirements" / "runtime.lock").read_bytes())
    sources = (file for folder in folders for file in (root / folder).rglob("*.py"))
    for file in sorted(sources):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def machine() -> str:
    return f"{platform.node()}, {platform.machine()}, {os.cpu_count()} cores"


def load() -> float | None:
    """Return how many processes wanted a core over the last minute, where the system tells."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


@dataclass(frozen=True)
class KeptRuns:
    """The finished runs of one benchmark, by this version of the code on this machine.

    Runs of peers lie in a file of their own, for all benchmarks, by the peer's version.
    """

    benchmark: str
    folder: Path
    version: str
    machine: str

    def figures(self, run: Run) -> Figures | None:
        """Return what the last finished run like `run` gave, if there was one."""
        key = self._key(run)
        alike = [line for line in self._lines(run) if key.items() <= line.items()]
        return alike[-1]["figures"] if alike else None

    def keep(self, run: Run, figures: Figures) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        told = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "load": load()}
        line = self._key(run) | told | {"figures": dict(figures)}
        with self._file(run).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def _file(self, run: Run) -> Path:
        return self.folder / f"{self._owner(run)}.jsonl"

    def _owner(self, run: Run) -> str:
        return PEERS if run.peer else self.benchmark

    def _key(self, run: Run) -> dict[str, Any]:
        return {
            "name": self._owner(run),
            "instance": run.instance,
            "seed": run.seed,
            "seconds": run.seconds,
            "version": run.peer or self.version,
            "machine": self.machine,
        }

    def _lines(self, run: Run) -> Iterator[dict[str, Any]]:
        file = self._file(run)
        for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
            with suppress(ValueError):  # a line that broke off in the midst of writing
                yield json.loads(line)
