"""`dayround compile` tells what it does, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import numba
import pytest
from rich.console import Console
from typer.testing import CliRunner

from scheduler.engines.registry import ENGINES
from scheduler.engines.search.warming import notice
from web.cli import app
from web.cli.compiling import Compiling, hearing

WARMING = "scheduler.engines.search.warming"


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands of these tests leave alone what this machine has kept."""
    monkeypatch.setattr("routing.compiled.compiling.is_kept", lambda _: True)
    monkeypatch.setattr(f"{WARMING}.remove_unused", lambda _: [])


def told(monkeypatch: pytest.MonkeyPatch, *compiled: str) -> list[str]:
    """Return the lines that are told where these functions have yet to be compiled."""

    def compile_all(on_function: Callable[[str], None]) -> None:
        for name in compiled:
            on_function(name)

    monkeypatch.setattr(f"{WARMING}.compile_all", compile_all)
    result = CliRunner().invoke(app, ["compile"])
    assert result.exit_code == 0
    assert result.stdout == ""
    return result.stderr.splitlines()


def test_it_says_that_it_takes_a_while_and_how_long_it_took(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, after = told(monkeypatch, "ruin", "recreate", "search")
    assert "once: up to a minute" in before
    assert after == "compiled the search: 3 functions in 0 s"


def test_it_says_nothing_where_it_was_done_before(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch) == []


def test_what_was_removed_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[datetime] = []

    def remove_unused(since: datetime) -> list[Path]:
        asked.append(since)
        return [tmp_path]

    monkeypatch.setattr(f"{WARMING}.remove_unused", remove_unused)
    began = datetime.now(UTC)
    assert told(monkeypatch) == [
        f"removed {tmp_path}: compiled for another version, unused for 30 days"
    ]
    assert began <= asked[0] + timedelta(days=30) <= datetime.now(UTC)


def test_what_could_not_be_kept_is_not_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("routing.compiled.compiling.is_kept", lambda _: False)
    result = CliRunner().invoke(app, ["compile"])
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ")
    assert "set DAYROUND_KERNELS to a folder" in result.stderr


def test_a_plan_tells_only_of_what_its_engine_has_compiled() -> None:
    heard: dict[str, list[str]] = {engine: [] for engine in ENGINES}
    for engine in ENGINES:
        kernel: Any = numba.njit(lambda x: x)
        with hearing(engine, heard[engine].append):
            kernel(1)
    assert heard.pop("search") == ["<lambda>"]
    assert not any(heard.values())


def test_that_a_search_is_compiled_is_told_before_its_progress() -> None:
    said = StringIO()
    shown: list[str] = []
    compiling = Compiling(Console(file=said, width=40), shown.append)
    assert said.getvalue() == ""
    compiling("ruin")
    compiling("recreate")
    # Once, and in one line, however narrow the terminal.
    assert said.getvalue() == f"{notice()}\n"
    assert shown == ["compiling: 1 functions …", "compiling: 2 functions …"]
