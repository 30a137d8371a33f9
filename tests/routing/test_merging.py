"""Two extracts become one: each object once, the newest, and no road less than the whole has."""

from __future__ import annotations

from pathlib import Path

import osmium
import pytest

from routing.cutting import cut
from routing.errors import ExtractError
from routing.extent import Box
from routing.merging import merge
from routing.reading import read_roads
from tests.routing.test_cutting import arcs, content, silent

STREET = '<way id="5" version="{}">{}<tag k="highway" v="{}"/></way>'


def written(file: Path, nodes: str, street: str = "") -> Path:
    """Write an extract with the nodes whose ids are the digits, and a street."""
    listed = "".join(f'<node id="{i}" version="1" lat="0" lon="0.00{i}"/>' for i in nodes)
    file.write_text(f'<osm version="0.6">{listed}{street}</osm>', encoding="utf-8")
    return file


def refs(nodes: str) -> str:
    return "".join(f'<nd ref="{i}"/>' for i in nodes)


def merged(tmp_path: Path, *extracts: Path) -> Path:
    merge(extracts, tmp_path / "merged.osm.pbf", silent)
    return tmp_path / "merged.osm.pbf"


def the_street(file: Path) -> tuple[int, str | None]:
    """Return how many nodes the only way has, and its class."""
    ((count, kind),) = [
        (len(way.nodes), way.tags.get("highway"))
        for way in osmium.FileProcessor(file, osmium.osm.WAY)
        if isinstance(way, osmium.osm.Way)
    ]
    return count, kind


def test_a_street_that_both_clip_is_one_street(tmp_path: Path) -> None:
    """The west lacks node 3, the east lacks node 1; both name all three."""
    street = STREET.format(1, refs("123"), "road")
    west = written(tmp_path / "west.osm", "12", street)
    east = written(tmp_path / "east.osm", "23", street)
    file = merged(tmp_path, west, east)
    assert content(file) == ({1, 2, 3}, {5}, set())
    roads = read_roads(file)
    assert (len(roads), bool(roads.is_clipped.any())) == (3, False)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_newest_of_an_object_is_taken(tmp_path: Path, order: tuple[int, int]) -> None:
    both = (
        written(tmp_path / "old.osm", "123", STREET.format(1, refs("123"), "primary")),
        written(tmp_path / "new.osm", "12", STREET.format(2, refs("12"), "service")),
    )
    assert the_street(merged(tmp_path, *(both[i] for i in order))) == (2, "service")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_ways_as_new_the_longer_is_taken(tmp_path: Path, order: tuple[int, int]) -> None:
    """Some programs shorten the ways that they clip."""
    both = (
        written(tmp_path / "west.osm", "12", STREET.format(1, refs("12"), "road")),
        written(tmp_path / "all.osm", "123", STREET.format(1, refs("123"), "road")),
    )
    assert the_street(merged(tmp_path, *(both[i] for i in order))) == (3, "road")


@pytest.mark.parametrize("nodes", ["132", "122"])
def test_an_extract_out_of_order_is_refused(tmp_path: Path, nodes: str) -> None:
    one, other = written(tmp_path / "one.osm", "1"), written(tmp_path / "other.osm", nodes)
    with pytest.raises(ExtractError, match=r"other\.osm is not sorted: n2 follows n[23]\. Sort it"):
        merged(tmp_path, one, other)
    assert not (tmp_path / "merged.osm.pbf").exists()


def test_what_is_no_extract_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match=r"none\.osm is not there"):
        merged(tmp_path, written(tmp_path / "one.osm", "1"), tmp_path / "none.osm")


def test_halves_of_liechtenstein_have_the_roads_of_the_whole(
    extracts: Path, tmp_path: Path
) -> None:
    file = extracts / "osm" / "liechtenstein.osm.pbf"
    halves = [tmp_path / "west.osm.pbf", tmp_path / "east.osm.pbf"]
    cut(file, Box(9.5, 47.16, 9.51, 47.17), halves[0], silent)
    cut(file, Box(9.51, 47.16, 9.52, 47.17), halves[1], silent)
    both = Box(9.5, 47.16, 9.52, 47.17)
    inside = arcs(read_roads(merged(tmp_path, *halves)), both)
    assert len(inside) > 500
    assert inside == arcs(read_roads(file), both)
