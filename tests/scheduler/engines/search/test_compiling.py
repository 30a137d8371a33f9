"""Machine code is kept by what it depends on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from scheduler.engines.search.kernels import compiling
from scheduler.engines.search.kernels.compiling import SOURCES, fingerprint, folder


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


EDITED = """
from scheduler.engines.search.kernels.trial import twice
print(twice(21))
"""


def test_an_edited_helper_takes_effect(tmp_path: Path) -> None:
    # The helper lies in a file of its own, which numba's cache would not notice.
    room = tmp_path / "scheduler" / "engines" / "search" / "kernels"
    room.mkdir(parents=True)
    for part in (room, *list(room.parents)[:3]):
        (part / "__init__.py").touch()
    (room / "compiling.py").write_bytes((SOURCES / "compiling.py").read_bytes())
    (room / "trial.py").write_text(
        "from scheduler.engines.search.kernels.compiling import entry\n"
        "from scheduler.engines.search.kernels.helper import times\n\n\n"
        "@entry\ndef twice(x):\n    return times(x)\n",
        "utf-8",
    )
    told = []
    for factor in (2, 3):
        (room / "helper.py").write_text(
            "from scheduler.engines.search.kernels.compiling import part\n\n\n"
            f"@part\ndef times(x):\n    return {factor} * x\n",
            "utf-8",
        )
        env = os.environ | {
            "PYTHONPATH": str(tmp_path),
            "DAYROUND_KERNELS": str(tmp_path / "kept"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        ran = [sys.executable, "-c", EDITED]
        told.append(subprocess.run(ran, env=env, cwd=tmp_path, check=True, capture_output=True))
    assert [one.stdout.split() for one in told] == [[b"42"], [b"63"]]


@pytest.mark.slow
def test_no_index_is_out_of_bounds() -> None:
    """Whole searches, plain and full, compiled with checks."""
    tried = Path(__file__).with_name("test_exactness.py")
    ran = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", str(tried)]
    told = subprocess.run(ran, env=os.environ | {"NUMBA_BOUNDSCHECK": "1"}, capture_output=True)
    assert told.returncode == 0, told.stdout.decode()
