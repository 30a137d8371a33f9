"""Pack dayround for a machine without network.

python -m requirements.bundle.pack --out dist

The archive holds the locked wheels, our own, the installer, the guides and a sum of each file. It
fits the system and the Python version that it was made with.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from requirements.bundle.install import ABOUT, REQUIREMENTS, SUMS, WHEELS, digest, machine

ROOT = Path(__file__).parents[2]
RUNTIME, PIP = ROOT / "requirements/runtime.lock", ROOT / "requirements/pip.lock"
ROOMS = ("routing", "scheduler", "data", "web")
SOURCES = ("pyproject.toml", "README.md", "LICENSE")
BESIDE = ("LICENSE", "README.md", "README.zh-CN.md", "CHANGELOG.md", "docs")


def main(arguments: list[str] | None = None) -> None:
    """Pack, and say where the archive is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR")
    out: Path = parser.parse_args(arguments).out
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="dayround-bundle-") as scratch:
        archive = pack(Path(scratch), out)
    print(f"{archive}: {archive.stat().st_size / 1e6:,.0f} MB, its sum beside it")


def pack(scratch: Path, out: Path) -> Path:
    """Gather everything in `scratch`, and return the archive of it in `out`."""
    wheels = scratch / WHEELS
    fetch_wheels(wheels)
    own = build_wheel(scratch / "source", wheels)
    made_for = machine()
    name = "-".join([*own.name.split("-")[:2], f"python{made_for['python']}", made_for["system"]])
    folder = scratch / name
    folder.mkdir()
    wheels.rename(folder / WHEELS)
    fill(folder, own.name, made_for)
    return zipped(folder, out)


def fetch_wheels(folder: Path) -> None:
    """Download what the locks name; pip refuses a file whose hash is not in them."""
    locks = [word for lock in (RUNTIME, PIP) for word in ("--requirement", lock)]
    options: list[str | Path] = [
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--quiet",
        "--dest",
        folder,
    ]
    run_pip("download", *options, *locks)


def build_wheel(source: Path, folder: Path) -> Path:
    """Build our own wheel from a copy, so that nothing of an earlier build gets into it."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, source / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in SOURCES:
        shutil.copy(ROOT / name, source)
    options: list[str | Path] = [
        "--no-deps",
        "--no-build-isolation",
        "--quiet",
        "--wheel-dir",
        folder,
    ]
    run_pip("wheel", *options, source)
    return next(folder.glob("dayround-*.whl"))


def run_pip(*arguments: str | Path) -> None:
    """Run the pip of this environment; it says itself what went wrong."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    if subprocess.run(command).returncode:
        sys.exit("no bundle was made: pip says above what it missed")


def fill(folder: Path, own: str, made_for: dict[str, str]) -> None:
    """Put beside the wheels what installs and explains them, and last a sum of each file."""
    name, version = own.split("-")[:2]
    locked = RUNTIME.read_text(encoding="utf-8")
    hashed = f"{name}=={version} --hash=sha256:{digest(folder / WHEELS / own)}\n"
    (folder / REQUIREMENTS).write_text(locked + hashed, encoding="utf-8")
    (folder / ABOUT).write_text(json.dumps(made_for) + "\n", encoding="utf-8")
    shutil.copy(Path(__file__).with_name("install.py"), folder)
    for path in (ROOT / name for name in BESIDE):
        if path.is_dir():
            shutil.copytree(path, folder / path.name)
        else:
            shutil.copy(path, folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def zipped(folder: Path, out: Path) -> Path:
    """Return a zip of `folder`, beside which its own sum is written; wheels are packed already."""
    archive = out / f"{folder.name}.zip"
    with ZipFile(archive, "w") as file:
        for path in sorted(folder.rglob("*")):
            file.write(path, path.relative_to(folder.parent))
    archive.with_name(f"{archive.name}.sha256").write_text(
        f"{digest(archive)}  {archive.name}\n", encoding="utf-8"
    )
    return archive


if __name__ == "__main__":
    main()
