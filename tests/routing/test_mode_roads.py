"""Hierarchies are built once and kept; what is kept is used only for the very same roads."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from routing import mode_roads, storing
from routing.contraction import build_hierarchy
from routing.hierarchy import Hierarchy
from routing.legs import durations_ms
from routing.mode_roads import ModeRoads, Roads
from routing.peaks import FREE, Factors
from routing.roads import RoadNetwork
from routing.travel import Mode
from tests.routing.little_town import STREET, row, town

LITTLE = town(row(4), ([1, 2, 3, 4], STREET))
OTHER = town(row(4), ([1, 2, 3, 4], {**STREET, "maxspeed": "30"}))


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the graphs for which a hierarchy was built."""
    sizes: list[int] = []

    def build(n: int, *rest: object) -> Hierarchy:
        sizes.append(n)
        return build_hierarchy(n, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(mode_roads, "build_hierarchy", build)
    return sizes


def car(network: RoadNetwork, folder: Path | None) -> ModeRoads:
    return Roads(network, folder).of_modes[Mode.CAR]


def assert_same(one: Any, other: Any) -> None:
    """Compare all arrays, however deep they lie."""
    if isinstance(one, np.ndarray):
        np.testing.assert_array_equal(one, other)
    elif is_dataclass(one):
        for part in fields(one):
            assert_same(getattr(one, part.name), getattr(other, part.name))
    elif isinstance(one, tuple):
        for a, b in zip(one, other, strict=True):
            assert_same(a, b)
    else:
        assert one == other


def test_a_peak_is_built_in_the_order_of_the_free_road_and_kept_beside_it(
    tmp_path: Path, built: list[int]
) -> None:
    roads, twice = Roads(LITTLE, tmp_path), Factors.of({"residential": 2})
    assert roads.at(FREE) is roads
    slow = roads.at(twice).of_modes[Mode.CAR]
    assert slow.keep() == slow.keep()
    assert (durations_ms(slow.keys) == 2 * durations_ms(car(LITTLE, None).keys)).all()
    assert sorted(file.name[:9] for file in tmp_path.iterdir()) == ["ways-car-", "ways-car."]
    assert Roads(LITTLE, tmp_path).at(twice).of_modes[Mode.CAR].traffic
    assert len(built) == 2  # the free ones and these, each once
    (other,) = [file for file in tmp_path.iterdir() if file != slow.keep()]
    assert Roads(OTHER, tmp_path).at(twice).of_modes[Mode.CAR].keep() != slow.keep()
    assert other.is_file()


def test_a_hierarchy_is_built_once_and_found_again(tmp_path: Path, built: list[int]) -> None:
    first, again = car(LITTLE, tmp_path), car(LITTLE, tmp_path)
    assert_same(again.traffic, first.traffic)
    assert built == [2]  # the nodes between are no junctions


def test_without_a_folder_it_is_built_each_time(built: list[int]) -> None:
    assert_same(car(LITTLE, None).traffic, car(LITTLE, None).traffic)
    assert built == [2, 2]


def test_that_of_other_roads_or_speeds_is_not_taken(tmp_path: Path, built: list[int]) -> None:
    assert car(LITTLE, tmp_path).traffic
    assert car(OTHER, tmp_path).traffic  # the same nodes and arcs, at another speed
    assert car(OTHER, tmp_path).traffic
    assert len(built) == 2


@pytest.mark.parametrize("share", [0.0, 0.4, 0.95])
def test_what_is_half_written_is_built_again(
    tmp_path: Path, built: list[int], share: float
) -> None:
    assert car(LITTLE, tmp_path).traffic
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: int(share * len(whole))])
    assert car(LITTLE, tmp_path).traffic
    assert car(LITTLE, tmp_path).traffic  # and is whole from then on
    assert built == [2, 2]


def test_a_foreign_file_is_replaced(tmp_path: Path, built: list[int]) -> None:
    np.savez(tmp_path / "ways-car.npz", seconds=np.zeros(3))
    assert car(LITTLE, tmp_path).traffic
    assert car(LITTLE, tmp_path).traffic
    assert built == [2]


def test_that_of_another_version_is_built_again(
    tmp_path: Path, built: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(storing, "WAYS_FORMAT", "dayround ways 0")
        assert car(LITTLE, tmp_path).traffic
    assert car(LITTLE, tmp_path).traffic
    assert built == [2, 2]


def test_a_full_disk_keeps_nobody_from_a_way(
    tmp_path: Path, built: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(np, "savez_compressed", fail)
    assert car(LITTLE, tmp_path).traffic
    assert list(tmp_path.iterdir()) == []
    assert built == [2]
