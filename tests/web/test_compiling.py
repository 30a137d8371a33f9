"""`dayround compile` tells what it does, once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from scheduler.engines.registry import ENGINES
from web.cli import app
from web.cli.compiling import compile_before

WARMING = "scheduler.engines.search.warming.compile_all"


def told(monkeypatch: pytest.MonkeyPatch, *compiled: str) -> list[str]:
    """Return the lines that are told where these functions have yet to be compiled."""

    def compile_all(on_function: Callable[[str], None]) -> None:
        for name in compiled:
            on_function(name)

    monkeypatch.setattr(WARMING, compile_all)
    result = CliRunner().invoke(app, ["compile"])
    assert result.exit_code == 0
    assert result.stdout == ""
    return result.stderr.splitlines()


def test_it_says_that_it_takes_a_while_and_how_long_it_took(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, after = told(monkeypatch, "ruin", "recreate", "search")
    assert "once: a minute or two" in before
    assert after == "compiled the search: 3 functions in 0 s"


def test_it_says_nothing_where_it_was_done_before(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch) == []


def test_a_plan_has_only_its_own_engine_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    for engine in ENGINES:
        monkeypatch.setattr(WARMING, lambda _, engine=engine: compiled.append(engine))
        compile_before(engine)
    assert compiled == ["search"]
