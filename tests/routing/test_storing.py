from __future__ import annotations

import time
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from routing import storing
from routing.errors import ExtractError
from routing.roads import RoadNetwork
from routing.storing import load_roads, save_roads
from tests.routing.little_town import STREET, row, town
from tests.routing.real_roads import network_of

LITTLE = town(row(3), ([1, 2, 3], {**STREET, "name": "中山北路"}), ([1, 2], {"highway": "steps"}))


def assert_same(one: RoadNetwork, other: RoadNetwork) -> None:
    for field in fields(RoadNetwork):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name))


def test_a_network_comes_back_as_it_went(tmp_path: Path) -> None:
    save_roads(LITTLE, tmp_path / "roads.npz")
    assert_same(load_roads(tmp_path / "roads.npz"), LITTLE)


def test_saving_again_replaces_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "roads.npz"
    save_roads(town(row(2), ([1, 2], STREET)), path)
    save_roads(LITTLE, path)
    assert_same(load_roads(path), LITTLE)
    assert list(tmp_path.iterdir()) == [path]


def test_a_save_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "roads.npz"
    save_roads(LITTLE, path)

    def fail(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(np, "savez_compressed", fail)
    with pytest.raises(OSError, match="the disk is full"):
        save_roads(town(row(2), ([1, 2], STREET)), path)
    assert_same(load_roads(path), LITTLE)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("share", [0.0, 0.3, 0.95])
def test_a_half_written_file_is_refused(tmp_path: Path, share: float) -> None:
    path = tmp_path / "roads.npz"
    save_roads(LITTLE, path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ExtractError, match=r"holds no whole road network.*build it again"):
        load_roads(path)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "roads.npz"
    save_roads(LITTLE, path)
    content = bytearray(path.read_bytes())
    middle = len(content) // 3
    content[middle : middle + 40] = bytes(40)
    path.write_bytes(content)
    with pytest.raises(ExtractError, match="build it again"):
        load_roads(path)


def test_foreign_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "roads.npz"
    path.write_text("contract,name\n", encoding="utf-8")
    with pytest.raises(ExtractError, match="holds no whole road network"):
        load_roads(path)
    np.savez(path, seconds=np.zeros(3))
    with pytest.raises(ExtractError, match="format"):
        load_roads(path)
    with pytest.raises(ExtractError, match=r"none\.npz"):
        load_roads(tmp_path / "none.npz")


def test_another_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr(storing, "FORMAT", "dayround roads 0")
        save_roads(LITTLE, tmp_path / "roads.npz")
    told = "'dayround roads 0', expected 'dayround roads.*by `dayround city add`"
    with pytest.raises(ExtractError, match=told):
        load_roads(tmp_path / "roads.npz")


def test_indices_that_point_nowhere_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "roads.npz"
    save_roads(LITTLE, path)
    with np.load(path) as stored:
        arrays = dict(stored)
    np.savez(path, **arrays | {"head": arrays["head"] + 7})
    with pytest.raises(ExtractError, match="head points outside"):
        load_roads(path)


def test_a_city_loads_in_under_a_second(extracts: Path, tmp_path: Path) -> None:
    network = network_of(extracts, "vancouver.osm.pbf")
    save_roads(network, tmp_path / "roads.npz")
    start = time.process_time()  # others may be busy on the machine
    again = load_roads(tmp_path / "roads.npz")
    assert time.process_time() - start < 1
    assert_same(again, network)
