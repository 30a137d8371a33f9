"""A small town for all tests of this room, and its extract as others would read it."""

from __future__ import annotations

from datetime import date

import pytest

from data.towns.town import Town, TownFiles, make_town, write_town

ON = date(2026, 11, 23)


@pytest.fixture(scope="session")
def town() -> Town:
    return make_town(7, ON, cases=400, collectors=30, nodes=4_000)


@pytest.fixture(scope="session")
def files(town: Town, tmp_path_factory: pytest.TempPathFactory) -> TownFiles:
    return write_town(town, tmp_path_factory.mktemp("town"))
