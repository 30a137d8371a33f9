"""The command line as a user calls it, in a home of its own."""

from __future__ import annotations

import gc
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest
import typer.testing
from typer.main import get_command
from typer.testing import CliRunner, Result

from tests.hashing import _quick_hashes  # noqa: F401
from tests.statements import _shared_statements  # noqa: F401
from tests.web.pages import own_app, peopled_home, still_world, world  # noqa: F401

Run = Callable[..., Result]
STREET = """<osm version="0.6">
<node id="1" lat="30.000" lon="122.000"/><node id="2" lat="30.000" lon="122.010"/>
<node id="3" lat="30.0001" lon="122.005">
  <tag k="addr:street" v="东河路"/><tag k="addr:housenumber" v="18号"/></node>
<way id="10"><nd ref="1"/><nd ref="2"/>
  <tag k="highway" v="residential"/><tag k="name" v="东河路"/></way></osm>"""


@pytest.fixture(scope="session", autouse=True)
def _commands_made_once() -> Iterator[None]:
    """Typer makes all commands anew for each that a test calls, which takes longer than most."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typer.testing, "_get_command", cache(get_command))
        yield


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home as `dayround init` makes it; `run` copies it."""
    home = tmp_path_factory.mktemp("empty") / "home"
    caller(home)("init")
    return rested(home)


@pytest.fixture
def run(empty_home: Path, tmp_path: Path) -> Run:
    """Call `dayround ARGUMENTS` in a fresh home; it must end with the exit code expected."""
    return copied(empty_home, tmp_path / "home")


@pytest.fixture(scope="session")
def street_home(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one city, dong, of one street; `desk` copies it."""
    folder = tmp_path_factory.mktemp("street")
    street = folder / "street.osm"
    street.write_text(STREET, encoding="utf-8")
    copied(empty_home, folder / "home")("city", "add", "dong", street)
    return rested(folder / "home")


@pytest.fixture
def desk(street_home: Path, tmp_path: Path) -> Run:
    """Call `dayround ARGUMENTS` in a home with one city, dong."""
    return copied(street_home, tmp_path / "home")


def copied(made: Path, home: Path) -> Run:
    """Copy a home that rests, and return what calls `dayround` on the copy."""
    shutil.copytree(made, home, dirs_exist_ok=True)
    return caller(home)


def rested(home: Path) -> Path:
    """Bring what commands have left in the book's journal into it, so that it can be copied."""
    gc.collect()  # connections that a command's end left open
    with closing(connect(home / "dayround.sqlite")) as book:
        book.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert not list(home.glob("*-wal"))
    return home


def caller(home: Path) -> Run:
    """Return what calls `dayround` on a home."""
    from web.cli import app, hoisted

    def call(*arguments: object, expect: int = 0) -> Result:
        words = hoisted(["--home", str(home), "--as", "li", *map(str, arguments)])
        result = CliRunner().invoke(app, words)
        assert result.exit_code == expect, f"{words}: {result.output}\n{result.exception!r}"
        return result

    return call


def json_of(result: Result) -> Any:
    """Return what a command with `--json` printed."""
    return json.loads(result.stdout)
