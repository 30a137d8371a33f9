"""The bundle for machines without network: what is in it, and that it installs by itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pip
import pytest

from requirements.bundle import pack as packing
from requirements.bundle.install import ABOUT, SUMS, digest, machine
from tests.conftest import ROOT
from tests.test_rooms import ROOMS

GREETING = {
    "greeting.py": "def main():\n    print('good morning')\n",
    "{info}/METADATA": "Metadata-Version: 2.1\nName: dayround\nVersion: {version}\n",
    "{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "{info}/entry_points.txt": "[console_scripts]\ndayround = greeting:main\n",
}
WITHOUT_ENSUREPIP = "import runpy, sys; sys.modules['ensurepip'] = None; sys.argv = sys.argv[1:]; "


def wheel_of(version: str, folder: Path) -> Path:
    """Write a wheel whose command `dayround` says good morning."""
    info = f"dayround-{version}.dist-info"
    files = {
        name.format(info=info): text.format(version=version) for name, text in GREETING.items()
    }
    record = "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"])
    wheel = folder / f"dayround-{version}-py3-none-any.whl"
    with ZipFile(wheel, "w") as archive:
        for name, text in (files | {f"{info}/RECORD": record}).items():
            archive.writestr(name, text)
    return wheel


def fetch_pip(folder: Path) -> None:
    """Put the pip that runs these tests into a folder, as a wheel; nothing is fetched."""
    package = Path(pip.__file__).parent
    folder.mkdir()
    with ZipFile(folder / f"pip-{pip.__version__}-py3-none-any.whl", "w") as archive:
        for file in package.rglob("*"):
            if "__pycache__" not in file.parts:
                archive.write(file, file.relative_to(package.parent))


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An unpacked bundle of a little dayround that needs nothing."""
    lock = tmp_path / "empty.lock"
    lock.touch()
    monkeypatch.setattr(packing, "RUNTIME", lock)
    monkeypatch.setattr(packing, "fetch_wheels", fetch_pip)
    monkeypatch.setattr(packing, "build_wheel", lambda _, folder: wheel_of("7.0", folder))
    (tmp_path / "scratch").mkdir()
    return unpacked(packing.pack(tmp_path / "scratch", tmp_path), tmp_path / "carried over")


def unpacked(archive: Path, folder: Path) -> Path:
    with ZipFile(archive) as file:
        file.extractall(folder)
    return folder / archive.stem


def install(bundle: Path, to: Path) -> subprocess.CompletedProcess[str]:
    """Run the installer as on a system whose Python can make no pip, with no settings of ours."""
    script = str(bundle / "install.py")
    run = f"{WITHOUT_ENSUREPIP}runpy.run_path({script!r}, run_name='__main__')"
    command = [sys.executable, "-I", "-c", run, script, "--to", str(to)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def said_by(environment: Path) -> str:
    programs = environment / ("Scripts" if sys.platform == "win32" else "bin")
    return subprocess.run(
        [programs / "dayround"], capture_output=True, text=True, check=True
    ).stdout


def test_it_installs_and_updates_by_itself(bundle: Path, tmp_path: Path) -> None:
    there = tmp_path / "a place"
    for _ in range(2):
        told = install(bundle, there)
        assert told.returncode == 0, told.stderr
        assert said_by(there) == "good morning\n"


def test_beside_the_archive_stands_its_sum(bundle: Path, tmp_path: Path) -> None:
    assert bundle.is_dir()
    (archive,) = tmp_path.glob("dayround-7.0-*.zip")
    expected = f"{digest(archive)}  {archive.name}\n"
    assert archive.with_name(f"{archive.name}.sha256").read_text() == expected


def test_every_file_of_it_has_a_sum(bundle: Path) -> None:
    named = {line.split("  ")[1] for line in (bundle / SUMS).read_text().splitlines()}
    files = {file.relative_to(bundle).as_posix() for file in bundle.rglob("*") if file.is_file()}
    assert named == files - {SUMS}


def test_a_changed_or_missing_file_is_refused(bundle: Path, tmp_path: Path) -> None:
    wheel = next((bundle / "wheels").glob("dayround-*"))
    wheel.write_bytes(wheel.read_bytes() + b"!")
    refused = install(bundle, tmp_path / "there")
    assert f"{wheel.name} is not as it was packed" in refused.stderr
    wheel.unlink()
    assert f"{wheel.name} is missing" in install(bundle, tmp_path / "there").stderr
    assert not (tmp_path / "there").exists()


@pytest.mark.parametrize("change", [{"python": "3.9"}, {"system": "plan9-mips"}])
def test_a_bundle_for_another_machine_is_refused(
    bundle: Path, tmp_path: Path, change: dict[str, str]
) -> None:
    (bundle / ABOUT).write_text(json.dumps(machine() | change))
    told = install(bundle, tmp_path / "there")
    assert told.returncode == 1
    assert f"this bundle is for {' '.join(*change.items())}" in told.stderr
    assert not (tmp_path / "there").exists()


def test_a_folder_that_holds_something_else_is_refused(bundle: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "letters.txt").touch()
    assert "holds something else" in install(bundle, other).stderr
    assert [file.name for file in other.iterdir()] == ["letters.txt"]


def test_the_wheel_holds_every_file_of_the_rooms(tmp_path: Path) -> None:
    # A page without its style, or a rule profile that is missing, would show only once installed.
    with ZipFile(packing.build_wheel(tmp_path / "source", tmp_path)) as archive:
        packed = set(archive.namelist())
    files = (file for room in ROOMS for file in (ROOT / room).rglob("*") if file.is_file())
    ours = {file.relative_to(ROOT).as_posix() for file in files if "__pycache__" not in file.parts}
    assert ours - packed == set()
