"""Fixtures that all rooms share."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
YOUNG = 20_000
"""How many objects are made before the youngest are searched: python's own 700 are for servers."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for garbage neither while tests are collected nor, from then on, among what was made.

    Modules and tests live as long as the process: each whole search went through all of them.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(YOUNG, 20, 20)
        gc.enable()


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
