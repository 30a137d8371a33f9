"""`dayround solve` as a program calls it: the answer on stdout, everything else on stderr."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from scheduler.engines import stop_rules
from scheduler.engines.registry import ENGINES
from tests.data.vroom.little import little_problem, plain_problem
from web.cli import app, main
from web.cli.searching import interrupted
from web.cli.solve import MUST_VISITS_MISSED


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    return write(tmp_path, little_problem())


def write(folder: Path, told: dict[str, Any]) -> Path:
    file = folder / "problem.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    return file


def solved(*arguments: object) -> Result:
    result = CliRunner().invoke(app, ["solve", "--seconds", "0.1", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result


@pytest.mark.parametrize("clock", ["wall", "cpu"])
def test_the_solution_is_the_answer(problem: Path, clock: str) -> None:
    solution = json.loads(solved(problem, "--clock", clock).stdout)
    assert [entry["id"] for entry in solution["unassigned"]] == [6]
    assert solution["summary"]["cost"] == 400  # 200 s to the far place and back
    assert set(solution["summary"]["computing_times"]) == {"loading", "compiling", "solving"}


def test_it_needs_no_home(problem: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    words = ["--home", str(home), "solve", str(problem), "--seconds", "0"]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert not home.exists()


def test_the_solution_goes_where_it_is_told(problem: Path, tmp_path: Path) -> None:
    out = tmp_path / "solution.json"
    assert solved(problem, "--out", out).stdout == ""
    assert json.loads(out.read_text(encoding="utf-8"))["summary"]["routes"] == 1


def test_all_jobs_may_be_required(tmp_path: Path) -> None:
    # Its prize is less than the 200 s of the way.
    file = write(tmp_path, plain_problem({"prize": 10}))
    assert json.loads(solved(file).stdout)["summary"]["unassigned"] == 1
    assert json.loads(solved(file, "--all-required").stdout)["summary"]["unassigned"] == 0


SHORT = {"time_window": [0, 270]}  # the near place and back, once
CANNOT_BE = [
    ({"skills": [7]}, {}, ["job 1: no_crew_fitting: No crew has the skills 7."]),
    ({"time_windows": [[0, 50]]}, {}, ["job 1: no_crew_in_time: Even with an empty day crew 1"]),
    ({}, {"max_tasks": 0}, ["job 1: crews_full: "]),
    ({"crew": 2}, SHORT, ["job 1: no_crew_fitting: It needs 2 people"]),
    ({}, SHORT | {"breaks": [{"id": 5, "time_windows": [[900, 950]]}]},
     ["vehicle 1 makes no job", "job 1: no_crew_fitting: No crew that may go can keep its own"]),
]  # fmt: skip


@pytest.mark.parametrize("by_option", [False, True])
@pytest.mark.parametrize(("job", "vehicle", "told"), CANNOT_BE)
def test_a_required_job_that_is_not_served_is_not_passed_over(
    tmp_path: Path, job: dict[str, Any], vehicle: dict[str, Any], told: list[str], by_option: bool
) -> None:
    file = write(
        tmp_path, plain_problem(job | ({} if by_option else {"required": True}), **vehicle)
    )
    words = ["solve", str(file), "--seconds", "0", *(["--all-required"] if by_option else [])]
    ended = CliRunner().invoke(app, words)
    assert ended.exit_code == MUST_VISITS_MISSED
    (left,) = json.loads(ended.stdout)["unassigned"]
    assert left["required"] is True
    assert "1 required jobs are not served" in ended.stderr
    assert all(words in ended.stderr for words in told)


def test_those_of_many_required_jobs_that_find_no_room_are_named(tmp_path: Path) -> None:
    # 270 s: to the near place, 60 s there, and back; nothing beside it.
    file = write(tmp_path, plain_problem(*[{"required": True}] * 3, **SHORT | {"max_tasks": 1}))
    ended = CliRunner().invoke(app, ["solve", str(file), "--seconds", "0.1"])
    assert ended.exit_code == MUST_VISITS_MISSED
    left = {job["id"] for job in json.loads(ended.stdout)["unassigned"]}
    assert len(left) == 2
    assert all(f"job {job}: crews_full" in ended.stderr for job in left)


@pytest.mark.parametrize("engine", ENGINES)
def test_each_engine_may_be_chosen(tmp_path: Path, engine: str) -> None:
    file = write(tmp_path, plain_problem({}, {"location_index": 2}))
    solution = json.loads(solved(file, "--engine", engine, "--seed", 3, "--threads", 2).stdout)
    assert solution["summary"]["cost"] == 400  # the near one lies on the way to the far one


def test_guessed_matrices_are_written_beside_coordinates(tmp_path: Path) -> None:
    told = {
        "jobs": [{"id": 1, "location": [121.1, 30]}],
        "vehicles": [{"id": 1, "start": [121, 30]}],
    }
    file, out = write(tmp_path, told), tmp_path / "solution.json"
    solved(file, "--out", out)
    solution = json.loads(out.read_text(encoding="utf-8"))
    again = json.loads((tmp_path / "solution.problem.json").read_text(encoding="utf-8"))
    (route,) = solution["routes"]
    start, job = again["vehicles"][0]["start_index"], again["jobs"][0]["location_index"]
    assert again["matrices"]["car"]["durations"][start][job] == route["cost"]


@pytest.mark.parametrize(
    ("change", "words", "told"),
    [
        ({"service": -5}, (), "/jobs/0/service (job 1): -5 is not between 0 and"),
        ({"pickup": [1]}, (), "/jobs/0/pickup (job 1): is not understood"),
        ({"setup": 5}, ("--engine", "ortools"), "'ortools' cannot honour setup times"),
        ({}, ("--engine", "magic"), "no engine 'magic'"),
        ({}, ("--out", "/absent/folder/solution.json"), "/absent/folder is no folder to write"),
    ],
)
def test_a_mistake_is_told_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    change: dict[str, Any], words: tuple[str, ...], told: str,
) -> None:  # fmt: skip
    file = write(tmp_path, plain_problem(change))
    monkeypatch.setattr(sys, "argv", ["dayround", "solve", str(file), "--seconds", "0", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    printed = capsys.readouterr()
    assert ended.value.code == 1
    assert told in printed.err
    assert "Traceback" not in printed.err
    assert printed.out == ""


class Interrupted:
    """A stop rule that never ends, but presses Ctrl-C after a while."""

    def __init__(self, *_: object) -> None:
        self._asked = 0

    def __call__(self) -> float:
        self._asked += 1
        if self._asked == 20:
            signal.raise_signal(signal.SIGINT)
        return 0.0


def test_ctrl_c_keeps_the_best(problem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stop_rules, "Elapsed", Interrupted)
    ended = solved(problem)
    assert json.loads(ended.stdout)["summary"]["routes"] == 1
    assert "stopping: the best plan so far is kept" in ended.stderr


@pytest.fixture
def listening() -> Iterator[None]:
    """Let Ctrl-C be heard as in a terminal: a shell's background job ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("listening")
def test_a_second_ctrl_c_ends_the_command() -> None:
    told: list[str] = []
    with interrupted(lambda: told.append("stopping")) as is_cancelled:
        assert told == []
        signal.raise_signal(signal.SIGINT)
        assert is_cancelled()
        assert told == ["stopping"]
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
