"""Check that the pages' scripts can be read, and export what others import, by Playwright's Node.

python -m tests.scripts
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

READING = Path(__file__).with_suffix(".mjs")


def addresses() -> dict[str, str]:
    """Return the file of each script by the address at which browsers find it."""
    from web.app import blueprints
    from web.files import COMMON

    rooms = [(one.url_prefix, one.static_url_path, one.static_folder) for one in blueprints()]
    return {
        f"{prefix or ''}{path}/{file.relative_to(folder).as_posix()}": str(file)
        for prefix, path, folder in [(None, "/static", COMMON), *rooms]
        if folder
        for file in sorted(Path(folder).rglob("*.js"))
    }


def faults(files: Mapping[str, str]) -> str:
    """Return what is wrong in scripts, '' where nothing is."""
    from playwright._impl._driver import compute_driver_executable

    node, _ = compute_driver_executable()
    command = [str(node), "--experimental-vm-modules", "--no-warnings", str(READING)]
    told = json.dumps(files)
    return subprocess.run(command, input=told, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    found = faults(addresses())
    print(found or "All scripts can be read.")
    sys.exit(bool(found))
