"""The map of a city: tiles with layers and names, else GeoJSON by zoom; never half of either."""

from __future__ import annotations

import errno
import gzip
import json
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from data.cities import CityFiles
from data.maps import tiles
from data.maps.city_map import CityMap, write_map
from data.maps.feature import Feature
from data.maps.levels import LEVELS, geojson_of, level_for
from data.maps.scenery import Scenery, read_scenery
from data.maps.streets import street_features
from routing.reading import read_roads
from routing.travel import Mode
from tests.routing.little_town import STREET, at, row, town, write_osm

needs_tippecanoe = pytest.mark.skipif(
    tiles.program() is None, reason="tippecanoe is not made for this system"
)


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    corners = {5: at(0, 2), 6: at(2, 2), 7: at(2, 4), 8: at(0, 4)}
    return write_osm(
        tmp_path / "row.osm",
        row(3) | corners,
        ([1, 2, 3], {"highway": "primary", "name": "中山路"}),
        ([5, 6, 7, 8, 5], {"leisure": "park", "name": "人民公园"}),
        ([5, 6, 7, 5], {"building": "yes"}),
    )


@pytest.fixture
def cities(tmp_path: Path) -> CityFiles:
    folder = tmp_path / "cities"
    folder.mkdir()
    return CityFiles(folder)


def without_tippecanoe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiles, "program", lambda: None)


def decoded(file: Path, zoom: int) -> set[tuple[str, str, str]]:
    """Return layer, kind and name of everything in the tiles of a zoom."""
    program = tiles.program()
    assert program is not None
    decode = program.with_name("tippecanoe-decode")
    command = [str(decode), f"-Z{zoom}", f"-z{zoom}", str(file)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return {
        (layer["properties"]["layer"], kind, feature["properties"].get("name", ""))
        for tile in told["features"]
        for layer in tile["features"]
        for feature in layer["features"]
        for kind in [feature["properties"]["kind"]]
    }


def leaves(folder: Path) -> Iterator[str]:
    """Yield the names of the map's files in a folder, and of whatever lies where it should not."""
    known = {"roads.npz", "gazetteer.sqlite", *(f"ways-{mode}.npz" for mode in Mode)}
    yield from sorted(path.name for path in folder.iterdir() if path.name not in known)


@needs_tippecanoe
def test_tiles_hold_layers_and_names_in_the_local_script(cities: CityFiles, extract: Path) -> None:
    cities.add("row", extract, _silent)
    assert list(leaves(cities.path("row"))) == ["map.pmtiles"]
    file = cities.map("row").tiles
    assert file is not None
    assert decoded(file, 15) == {
        ("roads", "primary", "中山路"),
        ("green", "park", ""),
        ("labels", "park", "人民公园"),
        ("buildings", "building", ""),
    }
    assert decoded(file, 9) == {("roads", "primary", "中山路")}  # the rest is too small to be seen


@needs_tippecanoe
def test_tiles_tell_no_folder_of_this_machine(cities: CityFiles, extract: Path) -> None:
    cities.add("row", extract, _silent)
    program, file = tiles.program(), cities.map("row").tiles
    assert program is not None
    assert file is not None
    told = subprocess.run(
        [program.with_name("tippecanoe-decode"), "-S", file], capture_output=True, check=True
    ).stdout.decode()
    assert str(cities.folder) not in told
    assert str(program.parent) not in told


def test_without_tippecanoe_the_map_is_geojson_by_zoom(
    cities: CityFiles, extract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_tippecanoe(monkeypatch)
    steps: list[str] = []
    cities.add("row", extract, steps.append)
    (said,) = (step for step in steps if "without tiles" in step)
    assert "tippecanoe is not made for this system" in said
    made = cities.map("row")
    assert made.tiles is None
    assert list(leaves(made.folder)) == sorted(level.file_name for level in LEVELS)
    told = {
        (one["properties"]["layer"], one["properties"].get("name", ""))
        for one in read(made.level(18))["features"]
    }
    assert told == {("roads", "中山路"), ("green", ""), ("labels", "人民公园")}


@needs_tippecanoe
def test_a_map_of_one_kind_takes_the_place_of_the_other(
    cities: CityFiles, extract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cities.add("row", extract, _silent)
    (cities.path("row") / "streets-15.json.gz").touch()  # what an earlier version wrote
    with monkeypatch.context() as patch:
        without_tippecanoe(patch)
        cities.add("row", extract, _silent)
        assert cities.map("row").tiles is None
    cities.add("row", extract, _silent)
    assert list(leaves(cities.path("row"))) == ["map.pmtiles"]


@pytest.mark.parametrize(
    ("script", "why"),
    [("echo 'no room' >&2; exit 3", "tippecanoe failed: no room"), ("kill -9 $$", "failed: -9")],
)
def test_where_tippecanoe_fails_nothing_of_its_work_stays(
    cities: CityFiles, extract: Path, monkeypatch: pytest.MonkeyPatch, script: str, why: str
) -> None:
    program = cities.folder.parent / "tippecanoe"
    program.write_text(
        f"#!/bin/sh\ntouch map.pmtiles map.pmtiles-journal\n{script}\n", encoding="utf-8"
    )
    program.chmod(0o700)
    monkeypatch.setattr(tiles, "program", lambda: program)
    steps: list[str] = []
    cities.add("row", extract, steps.append)
    assert why in steps[-1]
    assert list(leaves(cities.path("row"))) == sorted(level.file_name for level in LEVELS)


def test_it_is_not_waited_for_without_end(
    cities: CityFiles, extract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = cities.folder.parent / "tippecanoe"
    program.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setattr(tiles, "program", lambda: program)
    monkeypatch.setattr(tiles, "PATIENCE_S", 0.1)
    cities.add("row", extract, _silent)
    assert cities.map("row").is_there


def test_a_full_disk_loses_the_map_and_not_the_city(
    cities: CityFiles, extract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    steps: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr("data.maps.city_map.write_tiles", full)
        patch.setattr("data.maps.levels.gzip.compress", full)
        cities.add("row", extract, steps.append)
    assert "No space left on device" in steps[-1]
    assert list(leaves(cities.path("row"))) == []
    assert len(cities.roads("row")) == 3
    # When there is room again, whoever looks at the map gets one.
    assert cities.map("row").is_there


def test_a_city_from_before_there_were_maps_gets_one_of_its_roads(
    cities: CityFiles, extract: Path
) -> None:
    cities.add("row", extract, _silent)
    CityMap(cities.path("row")).forget()
    made = cities.map("row")
    assert made.is_there
    if made.tiles:
        assert decoded(made.tiles, 15) == {("roads", "primary", "中山路")}


def test_a_level_holds_what_its_zooms_show_and_bends_that_can_be_seen() -> None:
    # A bend of a tenth of a step is 11 m: under the 30 m of the farthest level, over 4 m.
    bent = {1: at(0), 2: at(1, 0.1), 3: at(2)}
    network = town(bent, ([1, 2, 3], {"highway": "primary"}), ([1, 3], STREET))
    features = street_features(network, {})
    far, *_, near = (seen(level_for(zoom).from_zoom, features) for zoom in (8, 13, 18))
    assert {kind: len(line) for kind, line in far} == {"primary": 2}
    assert {kind: len(line) for kind, line in near} == {"primary": 3, "street": 2}


def seen(zoom: int, features: list[Feature]) -> list[tuple[str, Any]]:
    told = json.loads(geojson_of(level_for(zoom), features))["features"]
    return [(one["properties"]["kind"], one["geometry"]["coordinates"]) for one in told]


@pytest.mark.parametrize(
    ("zoom", "from_zoom"), [(-1, 0), (0, 0), (10, 0), (11, 11), (12, 11), (14, 13), (18, 15)]
)
def test_a_zoom_has_its_level(zoom: int, from_zoom: int) -> None:
    assert level_for(zoom).from_zoom == from_zoom


def test_levels_follow_each_other_and_grow_finer() -> None:
    for far, near in pairwise(LEVELS):
        assert near.from_zoom == far.to_zoom + 1
        assert near.tolerance_m < far.tolerance_m


@needs_tippecanoe
@pytest.mark.parametrize(
    ("name", "most_bytes", "known"),
    [
        ("taipei-datong.osm", 20_000, ("roads", "primary", "中山北路一段")),
        pytest.param(
            *("liechtenstein.osm.pbf", 2_000_000, ("labels", "village", "Vaduz")),
            marks=pytest.mark.slow,
        ),
    ],
)
def test_a_real_city_is_small_and_says_its_names(
    extracts: Path, tmp_path: Path, name: str, most_bytes: int, known: tuple[str, str, str]
) -> None:
    file = extracts / "osm" / name
    write_map(read_roads(file), read_scenery(file), tmp_path, _silent)
    made = CityMap(tmp_path).tiles
    assert made is not None
    assert made.stat().st_size < most_bytes
    assert known in decoded(made, 15)


def test_no_scenery_is_a_map_of_roads_alone(tmp_path: Path) -> None:
    write_map(town(row(2), ([1, 2], STREET)), Scenery(), tmp_path, _silent)
    assert CityMap(tmp_path).is_there


def read(file: Path) -> Any:
    return json.loads(gzip.decompress(file.read_bytes()))


def _silent(_: str) -> None:
    return None
