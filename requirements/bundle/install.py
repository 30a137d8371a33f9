"""Install dayround from this bundle, without network.

python install.py --to DIR

Needs Python and nothing else: no pip, no compiler, no rights of an administrator. Run it again,
from a newer bundle, to update what it installed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import venv
from pathlib import Path

SUMS = "SHA256SUMS"
ABOUT = "bundle.json"
REQUIREMENTS = "requirements.txt"
WHEELS = "wheels"


def main(arguments: list[str] | None = None) -> None:
    """Verify the bundle, make an environment of its own, and install into it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="where to, for good")
    target: Path = parser.parse_args(arguments).to.expanduser().absolute()
    bundle = Path(__file__).parent.absolute()
    refuse_other_machine(json.loads((bundle / ABOUT).read_text(encoding="utf-8")))
    refuse_foreign_folder(target)
    verify(bundle)
    print(f"installing into {target} …", flush=True)
    command = install(bundle, target)
    print(f"installed: {command}")


def machine() -> dict[str, str]:
    """Return what the wheels of a bundle have to fit."""
    return {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "system": f"{sys.platform}-{platform.machine()}".lower(),
    }


def refuse_other_machine(made_for: dict[str, str]) -> None:
    """End where the wheels are for another Python or another system."""
    here = machine()
    for what in ("system", "python"):
        if made_for[what] != here[what]:
            sys.exit(
                f"this bundle is for {what} {made_for[what]}, and here is {here[what]}: "
                f"run it with that {what}, or make a bundle with this one"
            )


def refuse_foreign_folder(target: Path) -> None:
    """End where the folder holds something that no installer of ours put there."""
    if target.is_dir() and any(target.iterdir()) and not (target / "pyvenv.cfg").is_file():
        sys.exit(f"{target} holds something else: name a new or empty folder")


def verify(bundle: Path) -> None:
    """End where a file is missing, or is not as it was packed."""
    lines = (bundle / SUMS).read_text(encoding="utf-8").splitlines()
    for expected, name in (line.split("  ", 1) for line in lines):
        file = bundle / name
        if not file.is_file():
            sys.exit(f"{name} is missing: unpack the whole bundle again")
        if digest(file) != expected:
            sys.exit(f"{name} is not as it was packed: copy the bundle again")


def digest(file: Path) -> str:
    """Return the SHA-256 sum of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def install(bundle: Path, target: Path) -> Path:
    """Make an environment, or take the one that is there; return the command in it."""
    # Without pip: some systems have no ensurepip. The bundle's own pip runs from its wheel.
    venv.EnvBuilder(symlinks=os.name != "nt").create(target)
    programs = target / ("Scripts" if os.name == "nt" else "bin")
    wheels = bundle / WHEELS
    pip = next(wheels.glob("pip-*.whl")) / "pip"
    options = ["--isolated", "--quiet", "--no-index", "--no-cache-dir", "--require-hashes"]
    options += ["--no-warn-script-location", "--disable-pip-version-check"]
    run: list[str | Path] = [programs / "python", pip, "install", *options, "--find-links", wheels]
    if subprocess.run([*run, "--requirement", bundle / REQUIREMENTS]).returncode:
        sys.exit("it is not installed: pip says above why")
    command = programs / ("dayround.exe" if os.name == "nt" else "dayround")
    if subprocess.run([command, "compile"]).returncode:
        sys.exit(f"it is installed, but {command} compile failed: it says above why")
    return command


if __name__ == "__main__":
    main()
