"""The benchmarks' convention: goals, runs that are kept, findings; nothing timed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from benchmarks.__main__ import app
from benchmarks.goals import Goal, stated_goals
from benchmarks.kept_runs import ROOT, KeptRuns, version
from benchmarks.measure import Figures, Measure, NotHereError, Run, Series
from benchmarks.runner import Finding, Runner, benchmark

NO_GOALS: dict[str, Goal] = {}
NAMES = sorted(stated_goals())


class Work:
    """Work that answers its figures and counts how often it was asked for."""

    def __init__(self, **figures: float) -> None:
        self.figures = figures
        self.times_done = 0

    def __call__(self) -> Figures:
        self.times_done += 1
        return self.figures


@pytest.fixture
def kept(tmp_path: Path) -> KeptRuns:
    return KeptRuns("toy", tmp_path / "results", version="1", machine="mine")


def found(kept: KeptRuns, *measures: Measure, **options: bool) -> list[Finding]:
    return list(Runner(kept, **options).findings(measures, NO_GOALS))


def one(run: Run) -> Measure:
    return Measure("time", "s", Series("time", (run,)))


@pytest.mark.parametrize("name", NAMES)
def test_every_stated_goal_is_measured(name: str) -> None:
    measured = [measure.name for measure in benchmark(name).measures()]
    assert len(measured) == len(set(measured))
    assert stated_goals()[name].keys() <= set(measured)


@pytest.mark.parametrize("name", NAMES)
def test_the_runs_of_a_measure_share_their_budget(name: str) -> None:
    for measure in benchmark(name).measures():
        assert {run.seconds for run in measure.ours.runs} == {measure.seconds}


@pytest.mark.parametrize("name", NAMES)
def test_no_two_runs_of_a_benchmark_would_be_kept_as_one(name: str) -> None:
    measures = list(benchmark(name).measures())
    every = [run for one in measures for series in one.all_series for run in series.runs]
    runs = {id(run): run for run in every}
    keys = {(run.instance, run.seed, run.seconds, run.peer) for run in runs.values()}
    assert len(keys) == len(runs)


@pytest.mark.parametrize(
    ("text", "value", "holds"),
    [("<= 0.5", 0.5, True), ("<= 0.5", 0.51, False), (">= 3", 2, False), ("< 1", 1, False)],
)
def test_a_goal_holds_up_to_its_bound(text: str, value: float, holds: bool) -> None:
    assert Goal(text).holds(value) is holds


@pytest.mark.parametrize("text", ["0.5", "~ 0.5", "<= fast"])
def test_a_goal_that_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not understood|could not convert"):
        Goal(text)


def test_a_value_and_its_peers_are_medians(kept: KeptRuns) -> None:
    runs = tuple(
        Run("hills", Work(ours=ours, theirs=ours + 10), seed=seed, seconds=2)
        for seed, ours in enumerate((5, 1, 3))
    )
    measure = Measure("gap", "%", Series("ours", runs), {"Peer": Series("theirs", runs)})
    [finding] = Runner(kept).findings([measure], {"gap": Goal("<= 2")})
    # The middle one of 1, 3, 5 is 3, which is above 2; of 11, 13, 15 it is 13.
    assert finding == Finding("toy gap", 3, "%", "<= 2", False, {"Peer": 13}, [0, 1, 2], 2)


def ratio(ours: Sequence[float], peers: Mapping[str, Sequence[float]]) -> float:
    return sum(ours) / sum(peers["Peer"])


def test_a_value_beside_a_peer_is_made_of_both_and_needs_both(kept: KeptRuns) -> None:
    def absent() -> Figures:
        raise NotHereError("no peer here")

    ours, theirs = Run("hills", Work(time=3)), Run("hills", Work(time=2), peer="Peer 1.0")
    gone = Run("plains", absent, peer="Peer 1.0")
    both, alone = (
        Measure(
            "ratio", "×", Series("time", (ours,)), {"Peer": Series("time", (run,))}, beside=ratio
        )
        for run in (theirs, gone)
    )
    assert [(one.value, one.peers) for one in found(kept, both, alone)] == [
        (1.5, {"Peer": 2}),
        (None, {}),
    ]


def test_a_figure_that_a_run_does_not_tell_has_no_value(kept: KeptRuns) -> None:
    [finding] = found(
        kept, Measure("speed", "per s", Series("speed", (Run("hills", Work(time=1)),)))
    )
    assert finding.value is None


def test_a_run_that_measures_share_is_done_once(kept: KeptRuns) -> None:
    work = Work(a=1, b=2)
    run = Run("hills", work)
    findings = found(
        kept,
        Measure("a", "s", Series("a", (run,))),
        Measure("b", "s", Series("b", (run,))),
        fresh=True,
    )
    assert [finding.value for finding in findings] == [1, 2]
    assert work.times_done == 1


def test_runs_that_a_generator_lets_go_are_told_apart(kept: KeptRuns) -> None:
    measures = (one(Run(f"hill {height}", Work(time=height))) for height in range(50))
    findings = Runner(kept).findings(measures, NO_GOALS)
    assert [finding.value for finding in findings] == list(range(50))


def test_quick_leaves_out_what_takes_long(kept: KeptRuns) -> None:
    long, short = Work(time=1), Work(time=2)
    runs = Run("long", long, in_quick=False), Run("short", short)
    goals = {"time": Goal("<= 5")}
    left_out, measured = Runner(kept, quick=True).findings(map(one, runs), goals)
    assert (left_out.value, left_out.holds, left_out.goal) == (None, None, "<= 5")
    assert (measured.value, measured.holds) == (2, True)
    assert (long.times_done, short.times_done) == (0, 1)


def test_a_finished_run_is_not_done_again(kept: KeptRuns) -> None:
    first, again = Work(time=1), Work(time=99)
    assert found(kept, one(Run("hills", first, seed=4, seconds=2)))[0].value == 1
    assert found(kept, one(Run("hills", again, seed=4, seconds=2)))[0].value == 1
    assert again.times_done == 0


@pytest.mark.parametrize(
    ("other_kept", "other_run"),
    [
        ({"benchmark": "toys"}, {}),
        ({"version": "2"}, {}),
        ({"machine": "yours"}, {}),
        ({}, {"instance": "plains"}),
        ({}, {"seed": 5}),
        ({}, {"seconds": 3}),
    ],
)
def test_a_run_of_another_kind_is_done(
    kept: KeptRuns, other_kept: dict[str, Any], other_run: dict[str, Any]
) -> None:
    run = Run("hills", Work(time=1), seed=4, seconds=2)
    found(kept, one(run))
    other = replace(run, **({"work": Work(time=2)} | other_run))
    assert found(replace(kept, **other_kept), one(other))[0].value == 2


def test_a_peers_run_stays_good_when_our_code_changes_and_for_every_benchmark(
    kept: KeptRuns,
) -> None:
    theirs, again = Work(time=1), Work(time=99)
    found(kept, one(Run("hills", theirs, peer="Peer 1.0")))
    changed = replace(kept, version="2", benchmark="toys")
    assert found(changed, one(Run("hills", again, peer="Peer 1.0")))[0].value == 1
    assert found(changed, one(Run("hills", again, peer="Peer 1.1")))[0].value == 99


def test_a_line_that_broke_off_is_passed_over(kept: KeptRuns) -> None:
    found(kept, one(Run("hills", Work(time=1))))
    file = kept.folder / "toy.jsonl"
    file.write_text(file.read_text(encoding="utf-8") + '{"name": "toy", "inst\n', encoding="utf-8")
    assert found(kept, one(Run("hills", Work(time=2))))[0].value == 1


def test_fresh_measures_anew_and_the_newest_holds(kept: KeptRuns) -> None:
    found(kept, one(Run("hills", Work(time=1))))
    assert found(kept, one(Run("hills", Work(time=2))), fresh=True)[0].value == 2
    assert found(kept, one(Run("hills", Work(time=3))))[0].value == 2


def test_a_benchmark_that_breaks_off_goes_on_where_it_stopped(kept: KeptRuns) -> None:
    def fail() -> Figures:
        raise RuntimeError("power cut")

    done = Work(time=1)
    with pytest.raises(RuntimeError, match="power cut"):
        found(kept, one(Run("first", done)), one(Run("second", fail)))
    findings = found(kept, one(Run("first", done)), one(Run("second", Work(time=2))))
    assert [finding.value for finding in findings] == [1, 2]
    assert done.times_done == 1


def test_what_is_not_here_has_no_value_and_says_so(
    kept: KeptRuns, capsys: pytest.CaptureFixture[str]
) -> None:
    def absent() -> Figures:
        raise NotHereError("no hills here")

    [finding] = found(kept, one(Run("hills", absent)))
    assert (finding.value, finding.holds) == (None, None)
    assert "no hills here" in capsys.readouterr().err
    assert found(kept, one(Run("hills", Work(time=1))))[0].value == 1  # nothing was kept of it


def test_a_benchmark_may_depend_on_a_part_of_the_code_alone(tmp_path: Path) -> None:
    for name in ("requirements/runtime.lock", "routing/roads.py", "web/app.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("before", encoding="utf-8")
    before = version(tmp_path, ("routing",)), version(tmp_path, ("routing", "web"))
    (tmp_path / "web" / "app.py").write_text("after", encoding="utf-8")
    assert version(tmp_path, ("routing",)) == before[0]
    assert version(tmp_path, ("routing", "web")) != before[1]


@pytest.mark.parametrize("changed", ["requirements/runtime.lock", "routing/roads.py"])
def test_other_code_and_other_libraries_are_another_version(tmp_path: Path, changed: str) -> None:
    for name in ("requirements/runtime.lock", "routing/roads.py", "docs/roads.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("before", encoding="utf-8")
    before = version(tmp_path)
    (tmp_path / "docs" / "roads.md").write_text("after", encoding="utf-8")
    assert version(tmp_path) == before
    (tmp_path / changed).write_text("after", encoding="utf-8")
    assert version(tmp_path) != before


def test_the_command_writes_a_list_of_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAYROUND_BENCH", str(tmp_path / "nothing"))
    file = tmp_path / "found.json"
    words = ["run", "field", "--json", str(file), "--results", str(tmp_path / "results")]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    findings = json.loads(file.read_text(encoding="utf-8"))
    assert len(findings) == len(list(benchmark("field").measures()))
    fields = ["name", "value", "unit", "goal", "holds", "peers", "seeds", "seconds"]
    for finding in findings:
        assert list(finding) == fields
        assert (finding["value"], finding["holds"]) == (None, None)
        assert finding["name"].startswith("field ")


def test_make_bench_runs_every_benchmark() -> None:
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    [told] = [line for line in lines if line.startswith("BENCHMARKS ?= ")]
    assert sorted(told.partition("= ")[2].split()) == NAMES


def test_the_command_lists_every_benchmark() -> None:
    output = CliRunner().invoke(app, ["list"]).output
    assert all(name in output for name in NAMES)


def test_an_unknown_benchmark_is_refused_by_naming_those_that_there_are() -> None:
    result = CliRunner().invoke(app, ["run", "weather"])
    assert result.exit_code == 1
    assert "day" in result.output
