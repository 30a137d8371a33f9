"""What is compiled beforehand is all that any day asks for."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numba
import pytest

from routing.compiled.compiling import folder
from scheduler.engines.search import warming
from scheduler.engines.search.engine import SearchEngine
from scheduler.engines.search.kernels import SOURCES
from scheduler.engines.search.warming import compile_all, hearing, notice, remove_unused
from scheduler.engines.stop_rules import Iterations
from tests.problems import random_problem

PLAIN = {"breaks": False, "overtime": False, "places": False, "setup": False}
RARE = {"load": True, "max_travel": True, "setup": True, "shared_doors": True, "unreachable": True}


def test_no_day_has_anything_left_to_compile() -> None:
    compile_all(lambda _: None)
    heard: list[str] = []
    with hearing(heard.append):
        for features in ({}, PLAIN, RARE):
            SearchEngine().solve(random_problem(3, 12, 2, **features), Iterations(3))
    assert heard == []


def test_what_is_compiled_is_heard_once() -> None:
    def doubled(number: float) -> float:
        return 2 * number

    twice: Any = numba.njit(doubled)
    heard: list[str] = []
    with hearing(heard.append):
        assert twice(2) + twice(3) == 10
        assert heard == ["doubled"]
        twice(0.5)  # numba compiles for one type at a time
    assert heard == ["doubled", "doubled"]
    unheard: Any = numba.njit(doubled)
    unheard(2)  # nobody listens any longer
    assert len(heard) == 2


def test_who_waits_hears_whether_it_is_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "is_kept", lambda _: True)
    assert "for this machine, once" in notice()
    monkeypatch.setattr(warming, "is_kept", lambda _: False)
    assert "for this run alone" in notice()
    assert f"{folder(SOURCES)} cannot be written to; set DAYROUND_KERNELS" in notice()


NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_what_nobody_uses_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYROUND_KERNELS", str(tmp_path))
    in_use = folder(SOURCES)
    old, recent, foreign = (in_use.with_name(name) for name in ("a" * 24, "b" * 24, "my-notes"))
    file = in_use.with_name("c" * 24)
    for path, days in ((in_use, 90), (old, 31), (recent, 29), (foreign, 90)):
        path.mkdir(parents=True)
        (path / "code").touch()
        mark(path, days)
    file.touch()
    mark(file, 90)
    assert remove_unused(NOW - timedelta(days=30)) == [old]
    assert set(in_use.parent.iterdir()) == {in_use, recent, foreign, file}


def mark(path: Path, days: int) -> None:
    """Let something have been changed so many days ago."""
    at = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (at, at))


def test_nothing_is_removed_where_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAYROUND_KERNELS", str(tmp_path / "none"))
    assert remove_unused(NOW) == []
