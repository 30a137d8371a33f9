"""What Windows lacks is not needed: modules, moving an open file, the types and text of files."""

from __future__ import annotations

import mimetypes
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.test_rooms import ROOMS
from tests.web.conftest import Run
from tests.web.pages import World
from web.app import create_app
from web.settings import Settings

POSIX_ONLY = ["fcntl", "grp", "gunicorn", "posix", "pty", "pwd", "resource", "syslog", "termios"]
NEEDS_POSIX = {"web.gunicorn"}
"""What `dayround serve` imports for TLS and several processes, both refused on Windows."""

RUN_BY_ALEMBIC = {"data.migrations.env"}

OPEN = Path("/proc/self/fd")

HIDING = """
import sys
for name in {hidden}:
    sys.modules[name] = None  # to import it is an ImportError from here on
for module in {modules}:
    __import__(module)
"""


def modules() -> list[str]:
    """Return every module of the four rooms."""
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    names = (file.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".") for file in files)
    return sorted({name.removesuffix(".__init__") for name in names})


def run_python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run code in a Python of its own, in the checkout."""
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **environment},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def importing(names: list[str]) -> subprocess.CompletedProcess[str]:
    """Import modules where nothing is that Windows has not."""
    # Python's own start and its process pool have taken what they use before we hide it.
    warm = (
        "import posixpath, subprocess, shutil, concurrent.futures.process, multiprocessing.util\n"
    )
    return run_python(warm + HIDING.format(hidden=POSIX_ONLY, modules=names))


@pytest.mark.slow
def test_every_module_imports_without_what_only_posix_has() -> None:
    found = importing([name for name in modules() if name not in NEEDS_POSIX | RUN_BY_ALEMBIC])
    assert not found.returncode, found.stderr


def test_what_is_hidden_would_be_missed() -> None:
    assert "gunicorn" in importing(["web.gunicorn"]).stderr


@pytest.fixture
def windows_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to move, replace or remove an open file, as Windows does."""

    def refusing(name: str) -> Callable[..., Any]:
        do = getattr(os, name)

        def refuse_open(path: Any, *others: Any, **options: Any) -> Any:
            for one in (path, *others):
                assert not is_open(one, options.get("dir_fd")), f"{name} of the open file {one}"
            return do(path, *others, **options)

        return refuse_open

    for name in ("replace", "rename", "unlink", "remove"):
        monkeypatch.setattr(os, name, refusing(name))


def is_open(path: Any, folder: int | None) -> bool:
    """Tell whether this process has a file open, by Linux's own list."""
    parent = (OPEN / str(folder)).readlink() if folder is not None else Path()
    wanted = (parent / path).absolute()
    return any(wanted == target(descriptor) for descriptor in OPEN.iterdir())


def target(descriptor: Path) -> Path | None:
    try:
        return descriptor.readlink()
    except OSError:  # the listing's own, closed again
        return None


STREET = """<osm version="0.6">
<node id="1" lat="30.000" lon="122.000"/><node id="2" lat="30.000" lon="122.010"/>
<way id="10"><nd ref="1"/><nd ref="2"/>
  <tag k="highway" v="residential"/><tag k="name" v="东河路"/></way></osm>"""

linux = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's list of open files")


@linux
@pytest.mark.usefixtures("windows_files")
def test_no_open_file_is_moved_or_removed(run: Run, tmp_path: Path) -> None:
    street, kept = tmp_path / "street.osm", tmp_path / "kept.zip"
    street.write_text(STREET, encoding="utf-8")
    for _ in range(2):  # the second takes the place of the first
        run("city", "add", "dong", street)
    run("template", "cases", tmp_path / "cases.xlsx")
    run("backup", kept)
    run("restore", kept, "--home", tmp_path / "restored")
    assert (tmp_path / "restored" / "cities" / "dong" / "roads.npz").is_file()


@linux
@pytest.mark.usefixtures("windows_files")
def test_an_open_file_would_be_seen(tmp_path: Path) -> None:
    file = tmp_path / "open.txt"
    with file.open("w"), pytest.raises(AssertionError, match=r"open file"):
        file.replace(tmp_path / "moved.txt")


def test_scripts_are_scripts_whatever_the_registry_says(world: World) -> None:
    mimetypes.add_type("text/plain", ".js")  # as some Windows machines have it
    world.app = create_app(world.wired, Settings(b"k" * 32))
    script = world.visitor().get("/static/js/menus.js")
    assert script.mimetype == "text/javascript"


def test_a_pipe_takes_every_character(tmp_path: Path) -> None:
    call = f"import sys; sys.argv = ['dayround', 'init', '--home', {str(tmp_path / '家')!r}]"
    told = run_python(f"{call}\nfrom web.cli import main; main()", PYTHONIOENCODING="cp1252")
    assert told.returncode == 0, told.stderr
    assert "家" in told.stdout
