"""An independent judge drives our solutions again: days of field visits, and Solomon's instances.

Problems and judge are scripts in a folder of their own, DAYROUND_BENCH or ../shared/bench.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from time import monotonic, process_time
from typing import Any

import pytest

from data.vroom.reading import read_file
from data.vroom.solving import solve
from scheduler.engines.registry import ENGINES, engine
from scheduler.engines.stop_rules import Elapsed
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def bench() -> Path:
    folder = Path(os.environ.get("DAYROUND_BENCH", ROOT.parent / "shared" / "bench"))
    if not (folder / "judge.py").is_file():
        pytest.skip("benchmark problems are absent")
    return folder


def call(script: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(script), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def judged(bench: Path, problem: Path, name: str, seconds: float) -> tuple[Any, Any]:
    """Return our solution and the judge's verdict, which must name no violation."""
    instance = read_file(problem)
    written = solve(instance, engine(name), Elapsed(seconds, process_time), monotonic)
    solution = problem.with_suffix(".solution.json")
    solution.write_text(json.dumps(written), encoding="utf-8")
    done = call(bench / "judge.py", problem, solution)
    verdict = json.loads(done.stdout)
    assert (done.returncode, verdict["violations"]) == (0, [])
    assert verdict["travel_s"] == written["summary"]["cost"]
    assert len(instance.jobs) == verdict["served"] + written["summary"]["unassigned"]
    return written, verdict


@pytest.mark.parametrize("name", ENGINES)
def test_a_day_of_field_visits(bench: Path, tmp_path: Path, name: str) -> None:
    problem = tmp_path / "field.json"
    call(bench / "field.py", problem, "--cases", 60, "--collectors", 6)
    written, verdict = judged(bench, problem, name, 1)
    lost = {entry["id"] for entry in written["unassigned"]}
    jobs = json.loads(problem.read_text(encoding="utf-8"))["jobs"]
    assert verdict["lost_prize"] == sum(job["prize"] for job in jobs if job["id"] in lost)
    assert verdict["served"] > 30  # six collectors with eight visits or more


@pytest.mark.parametrize("name", ["greedy", "ortools"])
def test_a_day_with_lunch(bench: Path, tmp_path: Path, name: str) -> None:
    problem = tmp_path / "field.json"
    call(bench / "field.py", problem, "--cases", 60, "--collectors", 6, "--lunch")
    written, _ = judged(bench, problem, name, 1)
    rests = [step for route in written["routes"] for step in route["steps"]]
    assert sum(step["type"] == "break" for step in rests) == len(written["routes"])


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("instance", ["C101", "R101", "RC201"])
def test_solomon(bench: Path, tmp_path: Path, name: str, instance: str) -> None:
    problem = tmp_path / f"{instance}.json"
    call(bench / "vrptw.py", bench / "vrptw" / "solomon" / f"{instance}.txt", problem)
    _, verdict = judged(bench, problem, name, 1)
    assert verdict["served"] == 100
    # Best known 827.3, 1637.7 and 1261.8, in tenths here; a second of search comes near.
    best = {"C101": 8273, "R101": 16377, "RC201": 12618}[instance]
    assert best <= verdict["travel_s"] < 1.4 * best
