"""The levels of a city's map: what is drawn, how finely, and that nothing else is."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data.cities import CityFiles
from data.scenery import NO_SCENERY, Ground, ground_of, read_scenery
from data.streets import CLASSES, LEVELS, drawing, level_for, streets_of, write_streets
from routing.errors import ExtractError
from routing.lines import UNITS_PER_DEGREE, area_m2, simplified, steps
from routing.reading import read_roads
from routing.roads import RoadNetwork
from tests.routing.little_town import STEP_M, STREET, at, row, town, write_osm
from tests.routing.test_reading import NAMES

HIGHEST = LEVELS[-1]


def points(line: list[int]) -> list[tuple[float, float]]:
    """A line as the map reads it, in steps of the little town: east, north."""
    lat_lon = np.cumsum(np.reshape(line, (-1, 2)), axis=0) / UNITS_PER_DEGREE * 1000
    return [(round(lon, 2), round(lat, 2)) for lat, lon in lat_lon.tolist()]


def drawn(network: RoadNetwork) -> dict[str, list[tuple[str, list[tuple[float, float]]]]]:
    """Name and line of everything on the nearest level, by class."""
    told = drawing(HIGHEST, streets_of(network), NO_SCENERY)
    names = [*told["names"], ""]
    return {
        name: [
            (names[i], points(line)) for line, i in zip(roads["lines"], roads["names"], strict=True)
        ]
        for name, roads in told["roads"].items()
        if roads["lines"]
    }


def test_a_street_is_drawn_once_for_both_directions() -> None:
    network = town(row(3) | {4: at(1, 1)}, ([1, 2, 4], STREET), ([2, 3], {"highway": "footway"}))
    assert drawn(network) == {
        "path": [("", [(1, 0), (2, 0)])],
        "street": [("Little Street", [(0, 0), (1, 0), (1, 1)])],
    }


def test_ways_of_one_name_become_one_line_and_links_are_drawn_as_their_road() -> None:
    network = town(
        row(4),
        ([1, 2], STREET),
        ([2, 3], {**STREET, "oneway": "yes"}),
        ([3, 4], {"highway": "primary_link"}),
    )
    found = drawn(network)
    ((name, line),) = found["street"]
    # Two ways in line are one, and its middle is no bend.
    assert (name, sorted(line)) == ("Little Street", [(0, 0), (2, 0)])
    assert found["primary"] == [("", [(2, 0), (3, 0)])]


def test_a_bollard_interrupts_driving_but_not_the_line(tmp_path: Path) -> None:
    nodes = {1: at(0), 2: at(1, 0.5), 3: at(2)}
    bollard = {2: {"barrier": "bollard"}}
    file = write_osm(tmp_path / "bollard.osm", nodes, ([1, 2, 3], STREET), tagged=bollard)
    assert drawn(read_roads(file)) == {"street": [("Little Street", [(0, 0), (1, 0.5), (2, 0)])]}


def test_a_level_holds_its_classes_and_bends_that_can_be_seen() -> None:
    # A bend of a tenth of a step is 11 m: under the 30 m of the farthest level, over 4 m.
    bent = {1: at(0), 2: at(1, 0.1), 3: at(2)}
    network = town(bent, ([1, 2, 3], {"highway": "primary"}), ([1, 3], STREET))
    far, *_, near = (drawing(level, streets_of(network), NO_SCENERY) for level in LEVELS)
    assert len(points(far["roads"]["primary"]["lines"][0])) == 2
    assert len(points(near["roads"]["primary"]["lines"][0])) == 3
    assert "street" not in far["roads"]
    assert near["roads"]["street"]["lines"]
    assert far["names"] == []


@pytest.mark.parametrize(
    ("zoom", "from_zoom"), [(-1, 0), (0, 0), (10, 0), (11, 11), (12, 11), (14, 13), (18, 15)]
)
def test_a_zoom_has_its_level(zoom: int, from_zoom: int) -> None:
    assert level_for(zoom).from_zoom == from_zoom


def test_levels_grow_finer_and_fuller() -> None:
    for far, near in pairwise(LEVELS):
        assert near.tolerance_m < far.tolerance_m
        assert set(near.classes) > set(far.classes)
    assert HIGHEST.classes == tuple(CLASSES)


def test_steps_that_lead_nowhere_are_left_out() -> None:
    unit = 1 / UNITS_PER_DEGREE
    line = np.array([(30.0, 122.0), (30.0, 122.0 + unit / 4), (30.0 + 2 * unit, 122.0)])
    assert steps(line) == [3_000_000, 12_200_000, 2, 0]


def test_the_area_of_a_ring_is_told_in_metres() -> None:
    ring = np.array([(0, 0), (0, 2), (1, 2), (1, 0), (0, 0)]) / 1000
    assert area_m2(ring) == pytest.approx(2 * STEP_M**2, rel=1e-3)
    assert simplified([], 1) == []


@pytest.mark.parametrize(
    ("tags", "ground"),
    [
        ({"natural": "water"}, Ground.WATER),
        ({"waterway": "riverbank"}, Ground.WATER),
        ({"leisure": "park"}, Ground.GREEN),
        ({"leisure": "park", "natural": "water"}, Ground.WATER),
        ({"landuse": "residential"}, None),
        ({"natural": "coastline"}, None),
    ],
)
def test_water_and_green_are_known_by_their_tags(
    tags: dict[str, str], ground: Ground | None
) -> None:
    assert ground_of(tags) is ground


def test_water_and_green_are_read_and_small_ones_drawn_near_alone(tmp_path: Path) -> None:
    square = {1: at(0), 2: at(1), 3: at(1, 1), 4: at(0, 1)}
    pond = {5: at(2), 6: at(2.05), 7: at(2.05, 0.05), 8: at(2, 0.05)}  # 31 m²
    file = write_osm(
        tmp_path / "green.osm",
        square | pond,
        ([1, 2, 3, 4, 1], {"leisure": "park"}),
        ([5, 6, 7, 8, 5], {"natural": "water"}),
        ([1, 3], {"waterway": "canal"}),
        ([1, 2], {"waterway": "stream", "tunnel": "culvert"}),
        ([1, 2], STREET),
        ([1, 2, 99], {"leisure": "park"}),  # cut by the extract: no area
    )
    scenery = read_scenery(file)
    assert [area.ground for area in scenery.areas] == [Ground.GREEN, Ground.WATER]
    assert len(scenery.streams) == 1
    far, *_, near = (drawing(level, [], scenery) for level in LEVELS)
    assert (len(far["green"]), len(far["water"]), len(far["streams"])) == (0, 0, 0)
    assert (len(near["green"]), len(near["water"]), len(near["streams"])) == (1, 1, 1)
    assert set(points(near["green"][0][0])) == {(0, 0), (1, 0), (1, 1), (0, 1)}


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.osm"
    broken.write_text("<osm><way", encoding="utf-8")
    with pytest.raises(ExtractError, match="broken"):
        read_scenery(broken)


def test_a_city_from_before_there_were_maps_gets_one(tmp_path: Path) -> None:
    file = write_osm(tmp_path / "row.osm", row(3), ([1, 2, 3], STREET))
    cities = CityFiles(tmp_path / "cities")
    cities.folder.mkdir()
    cities.add("row", file, lambda _: None)
    before = read(cities.streets("row", 15))
    for level in LEVELS:
        (cities.path("row") / level.file_name).unlink()
    assert read(cities.streets("row", 15)) == before
    assert before["bounds"] == [0, 0, 0, 0.002]  # south, west, north, east


@pytest.mark.parametrize("name", NAMES)
def test_a_real_city_is_small_and_drawn_where_its_roads_are(
    extracts: Path, tmp_path: Path, name: str
) -> None:
    file = extracts / "osm" / name
    roads = read_roads(file)
    write_streets(roads, read_scenery(file), tmp_path)
    sizes = [(tmp_path / level.file_name).stat().st_size for level in LEVELS]
    assert sizes == sorted(sizes)
    assert sizes[-1] < 300_000
    told = read(tmp_path / HIGHEST.file_name)
    south, west, north, east = np.array(told["bounds"]) * UNITS_PER_DEGREE
    for some in told["roads"].values():
        for line in some["lines"]:
            lat, lon = np.cumsum(np.reshape(line, (-1, 2)), axis=0).T
            assert south - 1 <= lat.min() <= lat.max() <= north + 1
            assert west - 1 <= lon.min() <= lon.max() <= east + 1


def read(file: Path) -> Any:
    return json.loads(gzip.decompress(file.read_bytes()))
