"""Solvers in processes of their own, and what is made of what they tell; nothing timed."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import pytest

from benchmarks.contest import UNABLE, contest, run
from benchmarks.instances import VRPTW, Field, Vrptw
from benchmarks.measure import NotHereError
from benchmarks.ours import Ours
from benchmarks.peers import PYVRP, STUDY, VROOM

SMALL = Field(cases=30, collectors=4)


@pytest.mark.usefixtures("bench")
def test_an_engine_is_judged_and_tells_its_way() -> None:
    told = contest(Ours("greedy"), SMALL, seconds=0.3, seed=1)
    assert told["violations"] == 0
    assert 0 < told["served"] <= 30
    samples = [value for name, value in told.items() if name.startswith("at ")]
    assert samples == sorted(samples, reverse=True)
    # Our own cost counts lost prizes and travel in the same unit as the judge.
    assert told["at 0.3 s"] >= told["objective"] > told["travel_s"]
    assert 0 <= told["first_plan_s"] <= told["solving_s"]


@pytest.mark.slow
@pytest.mark.usefixtures("bench")
def test_no_seconds_end_with_the_first_plan() -> None:
    first, searched = (contest(Ours("greedy"), SMALL, seconds, seed=1) for seconds in (0, 0.3))
    assert searched["objective"] <= first["objective"]


@pytest.mark.usefixtures("bench")
def test_a_peer_is_judged_and_tells_its_time() -> None:
    told = contest(PYVRP, SMALL, seconds=0.3, seed=1)
    assert told["violations"] == 0
    assert told["cpu_s"] >= 0.3


@pytest.mark.usefixtures("bench")
@pytest.mark.parametrize(
    ("solver", "reason"),
    [(Ours("sleight of hand"), "greedy"), (Ours("greedy", threads=2), "one thread")],
)
def test_what_an_engine_cannot_do_is_not_here(solver: Ours, reason: str) -> None:
    with pytest.raises(NotHereError, match=reason):
        contest(solver, SMALL, seconds=0.3, seed=1)


def test_a_solver_needs_the_scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYROUND_BENCH", str(tmp_path))
    with pytest.raises(NotHereError, match="DAYROUND_BENCH"):
        contest(Ours("greedy"), Field(), seconds=0, seed=0)


def test_an_absent_study_says_how_to_name_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAYROUND_STUDY", str(tmp_path))
    with pytest.raises(NotHereError, match="DAYROUND_STUDY"):
        STUDY.begin()


def test_an_absent_vroom_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.peers.VROOM_PYTHON", tmp_path / "python")
    with pytest.raises(NotHereError, match="install-vroom"):
        VROOM.begin()


def test_iterations_per_second_are_read_off_what_the_study_prints() -> None:
    told = STUDY.figures("150 iterations in 3.0 CPU s, best 381318\n")
    assert told["iterations_per_s"] == 50


def test_what_a_peer_prints_instead_of_its_time_is_shown() -> None:
    with pytest.raises(RuntimeError, match="out of luck"):
        PYVRP.figures("out of luck")


def test_a_process_that_fails_shows_what_it_printed() -> None:
    with pytest.raises(RuntimeError, match="lost its way"):
        run([sys.executable, "-c", "import sys; sys.exit('lost its way')"], {})


def test_a_process_that_is_unable_is_not_here() -> None:
    words = f"import sys; print('no wheels'); print('and more'); sys.exit({UNABLE})"
    with pytest.raises(NotHereError, match=r"^no wheels$"):
        run([sys.executable, "-c", words], {})


def test_the_memory_told_is_what_the_process_held() -> None:
    # No less is told of it than of the process that starts it.
    own_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    held_mb = own_mb + 100
    held = run([sys.executable, "-c", f"held = b'x' * ({held_mb} << 20)"], {})
    assert held_mb <= held.peak_mb < held_mb + 50


def test_each_class_is_measured_at_its_fourth_and_eighth() -> None:
    assert len(VRPTW) == 36
    kinds = [one.kind for one in VRPTW]
    assert all(kinds.count(kind) == 2 for kind in kinds)
    names = [one.name for one in VRPTW if one.kind in ("RC2 100", "C1 400")]
    assert names == ["RC204", "RC208", "C1_4_4", "C1_4_8"]


@pytest.mark.usefixtures("bench")
def test_every_instance_has_a_best_known_distance() -> None:
    assert all(one.best_known > 0 for one in VRPTW)


@pytest.mark.usefixtures("bench")
def test_a_gap_is_in_percent_of_the_best_known() -> None:
    # The best of R104 is 971.5; 10,201 tenths are 1,020.1, which is 5.0026 % more.
    told = Vrptw("R104").figures({"violations": [], "objective": 10_201})
    assert told["gap"] == pytest.approx(5.0026, abs=1e-4)


@pytest.mark.usefixtures("bench")
def test_a_plan_that_leaves_a_customer_out_has_no_small_gap() -> None:
    told = Vrptw("R104").figures(
        {"violations": ["job 7: must be served and is not"], "objective": 1}
    )
    assert told["gap"] == 100
