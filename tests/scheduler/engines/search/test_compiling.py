"""Machine code is kept by what it depends on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from routing.compiled import compiling
from routing.compiled.compiling import HERE, fingerprint, folder
from scheduler.engines.search.kernels import SOURCES


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The kernels' sources, to be edited."""
    return Path(copytree(SOURCES, tmp_path / "kernels"))


def test_the_same_sources_have_one_folder(copied: Path) -> None:
    assert folder(copied) == folder(SOURCES)


def test_an_edited_helper_has_another_folder(copied: Path) -> None:
    helper = copied / "windows.py"
    helper.write_text(helper.read_text("utf-8") + "\n# edited\n", "utf-8")
    assert folder(copied) != folder(SOURCES)


def test_checked_bounds_have_another_folder(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = fingerprint(copied)
    monkeypatch.setattr(compiling.config, "BOUNDSCHECK", 1)
    assert fingerprint(copied) != plain


@pytest.fixture
def kernels(tmp_path: Path) -> Path:
    """A room of kernels like ours, of one entry that needs a helper in a file of its own."""
    room = tmp_path / "routing" / "kernels"
    room.mkdir(parents=True)
    for part in (room, room.parent):
        (part / "__init__.py").touch()
    copytree(HERE, room.parent / "compiled")
    (room / "trial.py").write_text(
        "from routing.compiled.compiling import entry\n"
        "from routing.kernels.helper import times\n\n\n"
        "@entry\ndef multiple(x):\n    return times(x)\n",
        "utf-8",
    )
    put_helper(room, 2)
    return room


def put_helper(kernels: Path, factor: int) -> None:
    (kernels / "helper.py").write_text(
        "from routing.compiled.compiling import part\n\n\n"
        f"@part\ndef times(x):\n    return {factor} * x\n",
        "utf-8",
    )


def run(code: str, at: Path, kept: Path) -> str:
    """Return what a fresh process prints, its packages at `at` and its machine code in `kept`."""
    told = {"PYTHONPATH": str(at), "DAYROUND_KERNELS": str(kept), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = [sys.executable, "-c", code]
    ended = subprocess.run(ran, env=os.environ | told, cwd=at, check=True, capture_output=True)
    return ended.stdout.decode().strip()


MULTIPLE = """
from routing.kernels.trial import multiple
print(multiple(21))
"""


def test_an_edited_helper_takes_effect(kernels: Path, tmp_path: Path) -> None:
    # The helper lies in a file of its own, which numba's cache would not notice.
    assert run(MULTIPLE, tmp_path, tmp_path / "kept") == "42"
    put_helper(kernels, 3)
    assert run(MULTIPLE, tmp_path, tmp_path / "kept") == "63"


def test_where_nothing_may_be_written_nothing_is_kept(kernels: Path, tmp_path: Path) -> None:
    # A folder below a file cannot be made, whoever runs this. numba would turn to the folder of
    # the sources, where an edit of the helper goes unnoticed.
    (tmp_path / "file").touch()
    before = set(tmp_path.rglob("*"))
    for factor in (2, 3):
        put_helper(kernels, factor)
        assert run(MULTIPLE, tmp_path, tmp_path / "file" / "kept") == str(21 * factor)
    assert set(tmp_path.rglob("*")) == before


ASKED = """
from scheduler.engines.search.engine import SearchEngine
from scheduler.engines.search.neighbours import gaps
from scheduler.engines.search.running import search
from tests.problems import random_problem

compiled = []

def stop():
    compiled.append([len(kernel.signatures) for kernel in (gaps, search)])
    return len(compiled) / 5

SearchEngine().solve(random_problem(3, 12, 2), stop)
print(compiled[0] == compiled[-1], all(compiled[0]))
"""


def test_all_is_ready_when_the_stop_rule_is_first_asked() -> None:
    kept = folder(SOURCES).parents[1]
    assert run(ASKED, Path(__file__).parents[4], kept) == "True True"


@pytest.mark.slow
def test_no_index_is_out_of_bounds() -> None:
    """Whole searches, plain and full, compiled with checks."""
    names = "test_exactness.py", "test_tails.py", "test_detours.py", "test_ahead.py"
    tried = [str(Path(__file__).with_name(name)) for name in names]
    ran = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", *tried]
    told = subprocess.run(ran, env=os.environ | {"NUMBA_BOUNDSCHECK": "1"}, capture_output=True)
    assert told.returncode == 0, told.stdout.decode()
