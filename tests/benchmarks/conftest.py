"""Fixtures of the benchmarks' tests."""

from __future__ import annotations

import pytest

from benchmarks.measure import NotHereError
from benchmarks.scripts import bench_file


@pytest.fixture
def bench() -> None:
    """The scripts that make problems and judge are here; else the test is skipped."""
    try:
        bench_file("judge.py")
    except NotHereError:
        pytest.skip("benchmark problems are absent")
