"""A town of blocks: the numbers of the streets beside it tell where a number is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from routing.gazetteer.build import build_gazetteer
from routing.gazetteer.index import Gazetteer
from routing.gazetteer.match import find
from routing.geocoding import Precision
from routing.point import Point, distance_m
from tests.routing.little_places import METRE, ExtractText

ORIGIN = 49.0
EAST = 1 / 73_000  # degrees of longitude in a metre, at 49°


def north(metres: float) -> float:
    return ORIGIN + metres * METRE


def town(file: Path, count: int, *, is_alike: bool) -> Path:
    """`count` avenues 100 m apart run north for 2 km; number 100 k + 50 stands at 150 k + 75 m.

    Maple Street lies in their middle: it has one door only, 150. Where the town does not count
    alike, each avenue counts from the other end, or from its middle.
    """
    text = ExtractText()
    for column in range(count):
        lon = column * 100 * EAST
        name = "Maple Street" if column == count // 2 else f"{'ABCDEFGHIJKL'[column]}lder Street"
        text.way((north(0), lon), (north(2000), lon), highway="residential", name=name)
        for block in range(1, 13):
            if name == "Maple Street" and block > 1:
                continue
            at_m = 150 * block + 75.0
            shift = 0 if is_alike or name == "Maple Street" else [2, 7, 3, 10, 5][column % 5]
            number = 100 * ((block + shift) % 13) + 50
            text.node(
                (north(at_m), lon + 12 * EAST),
                addr__housenumber=str(number), addr__street=name,
            )  # fmt: skip
    return text.write(file)


@pytest.fixture(params=[True, False], ids=["alike", "each for itself"])
def blocks(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Gazetteer, bool]]:
    build_gazetteer(town(tmp_path / "t.osm", 9, is_alike=request.param), tmp_path / "t.sqlite")
    gazetteer = Gazetteer(tmp_path / "t.sqlite")
    yield gazetteer, request.param
    gazetteer.close()


def test_a_number_is_told_level_with_its_like(blocks: tuple[Gazetteer, bool]) -> None:
    gazetteer, is_alike = blocks
    result = find(gazetteer, "950 Maple Street").result
    assert result.precision is Precision.STREET
    assert result.point
    off_m = distance_m(result.point, Point(north(150 * 9 + 75), 4 * 100 * EAST))
    if is_alike:
        assert off_m < 50  # all avenues have 950 there; points of the street are 25 m apart
        assert result.radius_m <= 150
    else:
        assert result.radius_m > 1000  # nobody can tell: all of the street


def test_the_door_is_in_the_circle_either_way(blocks: tuple[Gazetteer, bool]) -> None:
    gazetteer, _ = blocks
    for block in range(2, 13):
        result = find(gazetteer, f"{100 * block + 50} Maple Street").result
        assert result.point
        off_m = distance_m(result.point, Point(north(150 * block + 75), 4 * 100 * EAST))
        assert off_m <= result.radius_m


def test_where_one_name_lies_in_two_places_the_block_decides(tmp_path: Path) -> None:
    """Maple Street is broken by a park: the half that stands level with 950 is meant."""
    text = ExtractText()
    lon = 400 * EAST
    for part in ((0.0, 500.0), (1200.0, 2000.0)):
        way = [(north(at_m), lon) for at_m in part]
        text.way(*way, highway="residential", name="Maple Street")
    for column in (0, 1, 2, 3, 5, 6, 7, 8):
        beside = column * 100 * EAST
        name = f"{'ABCDEFGHIJKL'[column]}lder Street"
        text.way((north(0), beside), (north(2000), beside), highway="residential", name=name)
        for block in range(1, 13):
            at = (north(150 * block + 75), beside + 12 * EAST)
            text.node(at, addr__housenumber=str(100 * block + 50), addr__street=name)
    build_gazetteer(text.write(tmp_path / "t.osm"), tmp_path / "t.sqlite")
    gazetteer = Gazetteer(tmp_path / "t.sqlite")
    result = find(gazetteer, "950 Maple Street").result
    gazetteer.close()
    assert result.precision is Precision.STREET
    assert result.point
    assert distance_m(result.point, Point(north(150 * 9 + 75), lon)) < 50
