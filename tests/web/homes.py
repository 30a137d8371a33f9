"""Homes that several tests begin with: filled once, then each test has a copy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.compiled import app_of
from tests.web.conftest import rested
from tests.web.pages import World, opened
from tests.web.phone_days import make_lawful
from web.settings import Settings


def filled_home(peopled_home: Path, copy: Path, fill: Callable[[World], None]) -> Path:
    """Copy the home of the three-person world, fill the copy, and return where it rests."""
    with opened(peopled_home, copy) as (wired, clock):
        fill(World(app_of(wired, Settings(wired.home.session_secret())), wired, clock))
    return rested(copy)


@pytest.fixture(scope="session", name="peopled_home")
def lawful_home(peopled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import it into a module: the visits of its world are then lawful from the beginning."""
    return filled_home(peopled_home, tmp_path_factory.mktemp("lawful") / "home", make_lawful)
