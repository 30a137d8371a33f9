"""Made-up people and real ones never come together."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from data.backup import backup
from data.errors import BackupError
from data.home import MADE_UP, Home
from data.made_up import RealPeopleError, refuse_real_people
from data.restore import restore
from data.store import create_store, open_store
from scheduler.model import Pair
from tests.data.world import ALICE, TOWN, collector, record, shift

NUMBERS = count()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return filled(tmp_path / "home")


@pytest.fixture
def made_up(tmp_path: Path) -> Home:
    folder = tmp_path / "made-up"
    folder.mkdir()
    (folder / MADE_UP).touch()
    return filled(folder)


def filled(folder: Path) -> Home:
    store = create_store(home := Home(folder))
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
    store.close()
    return home


def saved(home: Home, tmp_path: Path) -> Path:
    backup(home, target := tmp_path / f"{next(NUMBERS)}.zip", ALICE)
    return target


def test_a_made_up_home_takes_made_up_people_alone(home: Home, made_up: Home) -> None:
    real = [record(1), collector("ann")]
    invented = [collector("DEMO-K001"), shift("DEMO-K001"), Pair("DEMO-K001", "DEMO-K002")]
    refuse_real_people(home, [*real, *invented])
    refuse_real_people(made_up, invented)
    for one in real:
        with pytest.raises(RealPeopleError, match="dayround init"):
            refuse_real_people(made_up, [*invented, one])


def test_a_made_up_home_never_uses_the_database_of_the_real_one(
    home: Home, made_up: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = f"sqlite:///{tmp_path / 'real.sqlite'}"
    monkeypatch.setenv("DAYROUND_DATABASE", other)
    assert home.database_url == other
    assert made_up.database_url == f"sqlite:///{made_up.database_file}"
    open_store(made_up).close()
    assert not (tmp_path / "real.sqlite").exists()


def test_no_backup_of_real_people_is_restored_into_a_made_up_home(
    home: Home, tmp_path: Path
) -> None:
    target = Home(tmp_path / "target")
    target.path.mkdir()
    (target.path / MADE_UP).touch()
    with pytest.raises(BackupError, match="thrown away"):
        restore(saved(home, tmp_path), target, ALICE)
    assert [file.name for file in target.path.iterdir()] == [MADE_UP]


def test_what_is_restored_from_a_made_up_home_is_made_up(made_up: Home, tmp_path: Path) -> None:
    target = Home(tmp_path / "target")
    restore(saved(made_up, tmp_path), target, ALICE)
    assert target.is_made_up
    assert target.database_file.exists()


def test_a_made_up_backup_fills_no_database_of_real_people(
    made_up: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = saved(made_up, tmp_path)
    monkeypatch.setenv("DAYROUND_DATABASE", f"sqlite:///{tmp_path / 'real.sqlite'}")
    with pytest.raises(BackupError, match="without DAYROUND_DATABASE"):
        restore(file, Home(tmp_path / "target"), ALICE)
    assert not (tmp_path / "real.sqlite").exists()
