"""The command line as a user calls it, in a home of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.web.pages import peopled_home, world  # noqa: F401

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Call `dayround ARGUMENTS` in a fresh home; it must end with the exit code expected."""
    from web.cli import app, hoisted

    home = tmp_path / "home"

    def call(*arguments: object, expect: int = 0) -> Result:
        words = hoisted(["--home", str(home), "--as", "li", *map(str, arguments)])
        result = CliRunner().invoke(app, words)
        assert result.exit_code == expect, f"{words}: {result.output}\n{result.exception!r}"
        return result

    call("init")
    return call


def json_of(result: Result) -> Any:
    """Return what a command with `--json` printed."""
    return json.loads(result.stdout)
