"""A city is read from one extract: what was made for it is gone afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.extracts import one_extract
from routing.errors import ExtractError
from routing.extent import Box
from routing.reading import read_roads
from tests.routing.little_places import ExtractText
from tests.routing.test_cutting import content, silent

WEST = Box(0, 0, 0.01, 0.01)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two extracts of one street each; the second begins at node 3 and has a boundary."""
    first, second = ExtractText(), ExtractText()
    first.way((0.005, 0.005), (0.006, 0.005), highway="residential")
    start = second.node((5, 5)), second.node((5, 6))
    second.way(*start, highway="residential")
    second.way((0.005, 0.006), (0.006, 0.006), highway="residential")
    tags = {"type": "boundary", "boundary": "administrative", "name": "西城"}
    second.relation(second.square((0.0055, 0), 0.01), **tags)
    return [first.write(tmp_path / "first.osm"), second.write(tmp_path / "second.osm")]


@pytest.fixture
def city(tmp_path: Path) -> Path:
    (tmp_path / "cities").mkdir()
    return tmp_path / "cities" / "xi"


def test_a_file_alone_is_read_as_it_is(files: list[Path], city: Path) -> None:
    with one_extract(files[:1], None, city, print, silent) as extract:
        assert extract == files[0]


def test_a_box_is_cut_beside_the_city_and_gone_afterwards(files: list[Path], city: Path) -> None:
    steps: list[str] = []
    with one_extract(files[1:], WEST, city, steps.append, silent) as extract:
        assert extract.name == "xi.osm.pbf"
        assert extract.is_relative_to(city.parent)
        assert len(read_roads(extract)) == 2
    assert steps == ["cutting 0,0,0.01,0.01 out of second.osm"]
    assert list(city.parent.iterdir()) == []


def test_extracts_are_merged_and_then_cut(files: list[Path], city: Path) -> None:
    steps: list[str] = []
    with one_extract(files, "西城", city, steps.append, silent) as extract:
        assert content(extract)[2] == {1}
    assert steps == [
        "merging first.osm, second.osm",
        "looking for the boundary of 西城",
        "cutting 西城 out of xi.osm.pbf",
    ]
    assert list(city.parent.iterdir()) == []


def test_what_cannot_be_cut_leaves_nothing(files: list[Path], city: Path) -> None:
    with (
        pytest.raises(ExtractError, match="no administrative boundary '东城'"),
        one_extract(files, "东城", city, print, silent),
    ):
        pass
    assert list(city.parent.iterdir()) == []
