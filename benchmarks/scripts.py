"""The scripts that make problems, judge solutions and call peers: a folder of their own.

It is named by DAYROUND_BENCH, else ../shared/bench; a study of the search by DAYROUND_STUDY, else
beside it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.kept_runs import ROOT
from benchmarks.measure import NotHereError

Verdict = dict[str, Any]


def bench_folder() -> Path:
    return Path(os.environ.get("DAYROUND_BENCH", ROOT.parent / "shared" / "bench"))


def study_folder() -> Path:
    beside = bench_folder().parent / "sketches" / "visit_search"
    return Path(os.environ.get("DAYROUND_STUDY", beside))


def bench_file(name: str) -> Path:
    """Return a file of the scripts' folder; NotHereError where it is absent."""
    return existing(bench_folder() / name, "DAYROUND_BENCH")


def existing(file: Path, variable: str) -> Path:
    """Return `file`; NotHereError, with the variable that names its folder, where it is absent."""
    if not file.is_file():
        raise NotHereError(f"{file.name} is not in {file.parent}: name its folder in {variable}")
    return file


def call(script: str, *arguments: object) -> str:
    """Run a script of the folder and return what it prints."""
    command = [sys.executable, str(bench_file(script)), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.stderr:  # the judge's exit code tells of violations, which are no failure
        raise RuntimeError(f"{script} failed:\n{done.stderr}")
    return done.stdout


def verdict(problem: Path, solution: Path) -> Verdict:
    """Return what the judge says of a solution."""
    told: Verdict = json.loads(call("judge.py", problem, solution))
    return told


def digest(*files: Path) -> str:
    """Return what tells these files from any others; '' where one is absent."""
    if not all(file.is_file() for file in files):
        return ""
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]
