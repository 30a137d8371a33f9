"""The gazetteer of a city that knows the lender's own places: made when they change, and whole."""

from __future__ import annotations

import os
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from data.cities import GAZETTEER, CityFiles
from data.store import SqlStore
from routing.gazetteer.build import build_gazetteer
from routing.geocoding import Precision, locate
from routing.point import Point
from scheduler.errors import DayroundError
from scheduler.ports import By
from tests.data.pinning import PINS, pin_and_ask
from tests.data.world import ALICE, NOON, TOWN
from tests.full_disk import room_for
from tests.routing.little_places import mainland_town
from tests.slowly import SQLITE_FIRST

EAST = Point(29.862, 121.549)
ADDRESS = "东河小区3栋2单元501"


@pytest.fixture
def cities(store: SqlStore, tmp_path: Path) -> CityFiles:
    folder = tmp_path / "cities" / "Town"
    folder.mkdir(parents=True)
    build_gazetteer(mainland_town(tmp_path / "town.osm"), folder / GAZETTEER)
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
    return CityFiles(folder.parent, store)


def pin(store: SqlStore, name: str = "东河小区", at: Point = EAST, hours: int = 0) -> int:
    by = By("alice", NOON + timedelta(hours=hours))
    with store.writing(by) as writer:
        return writer.put_pin("Town", name, "", at, 150.0).id


def age(file: Path) -> None:
    """Make a file an hour older."""
    was_ns = file.stat().st_mtime_ns
    os.utime(file, ns=(was_ns, was_ns - 3_600 * 10**9))


def made(cities: CityFiles) -> list[Path]:
    return sorted((cities.folder / "Town").glob("own-*"))


def test_a_pin_is_known_to_the_next_geocoder_and_forgotten_when_removed(
    cities: CityFiles, store: SqlStore
) -> None:
    assert not locate(cities.geocoder("Town"), ADDRESS).is_plannable
    id = pin(store)
    found = locate(cities.geocoder("Town"), ADDRESS)
    assert (found.point, found.precision) == (EAST, Precision.COMPOUND)
    with store.writing(ALICE) as writer:
        writer.remove_own_place("Town", id)
    assert not locate(cities.geocoder("Town"), ADDRESS).is_plannable


def test_without_places_of_ones_own_nothing_is_made(cities: CityFiles) -> None:
    cities.geocoder("Town")
    assert made(cities) == []


def test_it_is_made_once_and_again_only_when_something_changes(
    cities: CityFiles, store: SqlStore
) -> None:
    pin(store)
    cities.geocoder("Town")
    (first,) = made(cities)
    written = first.stat().st_mtime_ns
    cities.geocoder("Town")
    assert [(file, file.stat().st_mtime_ns) for file in made(cities)] == [(first, written)]
    extract = cities.folder / "Town" / GAZETTEER
    os.utime(extract, ns=(1, 1))  # as if the city had been added again
    cities.geocoder("Town")
    assert len(made(cities)) == 2


def test_old_ones_do_not_pile_up(cities: CityFiles, store: SqlStore) -> None:
    for hour in range(5):
        pin(store, hours=hour)
        cities.geocoder("Town")
        for file in made(cities):
            age(file)
    pin(store, hours=5)
    cities.geocoder("Town")
    assert len(made(cities)) == 1


def test_one_that_is_open_answers_as_it_was(cities: CityFiles, store: SqlStore) -> None:
    pin(store)
    before = cities.geocoder("Town")
    for hour in range(1, 5):
        pin(store, at=Point(29.863, 121.55), hours=hour)
        for file in made(cities):
            age(file)
        cities.geocoder("Town")
    assert locate(before, ADDRESS).point == EAST


def test_a_look_at_what_places_would_do_keeps_nothing(cities: CityFiles, store: SqlStore) -> None:
    pin(store)
    places = [record.place for record in store.own_places("Town")]
    with store.writing(ALICE) as writer:
        writer.remove_own_place("Town", store.own_places("Town")[0].id)
    assert locate(cities.geocoder_with("Town", places), ADDRESS).point == EAST
    assert sorted(path.name for path in (cities.folder / "Town").iterdir()) == [GAZETTEER]


def test_a_full_disk_is_told_and_leaves_no_half_file(cities: CityFiles, store: SqlStore) -> None:
    pin(store)
    with room_for(8_192), pytest.raises(DayroundError, match="Make room"):
        cities.geocoder("Town")
    assert made(cities) == []


@SQLITE_FIRST
def test_processes_that_pin_at_once_each_know_their_pin(
    cities: CityFiles, store: SqlStore, url: str
) -> None:
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        turns = [pool.submit(pin_and_ask, cities.folder, url, turn) for turn in range(2)]
        assert all(turn.result() for turn in turns)
    assert len(store.own_places("Town")) == 2 * PINS
    for file in made(cities):
        with sqlite3.connect(file) as whole:
            assert whole.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert list((cities.folder / "Town").glob(".own-*")) == []


def test_where_a_city_lies_is_told_with_a_little_around_it(tmp_path: Path) -> None:
    files = CityFiles(tmp_path)
    files.add("Town", mainland_town(tmp_path / "town.osm"), lambda _: None)
    box = files.extent("Town")
    assert box.contains(29.86, 121.54)
    assert box.contains(29.845, 121.51)  # 1.6 km beyond the roads
    assert not box.contains(31.2, 121.5)
