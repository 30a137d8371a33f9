"""Fixtures that all rooms share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def extracts_folder() -> Path:
    """Where the real road extracts lie: `DAYROUND_EXTRACTS`, else ../shared/data."""
    return Path(os.environ.get("DAYROUND_EXTRACTS", ROOT.parent / "shared" / "data"))


@pytest.fixture(scope="session")
def extracts() -> Path:
    """Folder of real extracts (osm/, roads/); the test is skipped where it is absent."""
    folder = extracts_folder()
    if not (folder / "osm").is_dir():
        pytest.skip("real extracts are absent")
    return folder
