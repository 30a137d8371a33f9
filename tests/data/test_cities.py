"""A city is added whole or not at all, and opens again from its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.cities import CityFiles
from data.peak_hours import put_table
from routing.errors import ExtractError
from routing.geocoding import Precision, locate
from routing.point import Point
from routing.reading import read_roads
from routing.travel import Mode, Spot
from scheduler.errors import DayroundError, NotFoundError
from tests.full_disk import room_for

STREET = """<osm version="0.6">
<node id="1" lat="30.000" lon="122.000"/><node id="2" lat="30.000" lon="122.010"/>
<node id="3" lat="30.0001" lon="122.005">
  <tag k="addr:street" v="东河路"/><tag k="addr:housenumber" v="18号"/></node>
<way id="10"><nd ref="1"/><nd ref="2"/>
  <tag k="highway" v="residential"/><tag k="name" v="东河路"/></way></osm>"""
WEST, EAST = Point(30.0, 122.0), Point(30.0, 122.01)


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    file = tmp_path / "street.osm"
    file.write_text(STREET, encoding="utf-8")
    return file


@pytest.fixture
def cities(tmp_path: Path) -> CityFiles:
    folder = tmp_path / "cities"
    folder.mkdir()
    return CityFiles(folder)


def test_roads_and_addresses_are_kept(cities: CityFiles, extract: Path) -> None:
    steps: list[str] = []
    report = cities.add("dong", extract, steps.append)
    assert (len(report.roads), report.addresses.houses, report.addresses.streets) == (2, 1, 1)
    assert steps == [
        "reading roads",
        "reading addresses",
        "reading water, green and buildings",
        "looking for what is cut off",
        "preparing ways for car",
        "preparing ways for ebike",
        "preparing ways for walk",
        "preparing ways for transit",
        "drawing the map",
        "cutting the map into tiles",
    ]

    again = CityFiles(cities.folder)
    assert locate(again.geocoder("dong"), "东河路18号").precision is Precision.EXACT
    matrix = again.travel_times("dong").matrix([Spot(WEST), Spot(EAST)], [Mode.WALK])
    assert matrix.metres[0, 0, 0, 1] == pytest.approx(963, abs=2)  # 0.01° of longitude at 30° N


def test_of_a_large_city_each_quarter_is_told(
    cities: CityFiles, extract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.cities.WORTH_TELLING", 2)
    monkeypatch.setattr("routing.contraction.STEPS", 1)
    steps: list[str] = []
    cities.add("dong", extract, steps.append)
    # Two nodes, one contracted at a time: half of each mode is all that lies between.
    assert [step for step in steps if "%" in step] == [
        f"preparing ways for {mode}: 50 %" for mode in Mode
    ]


def test_a_bad_extract_leaves_the_earlier_city(
    cities: CityFiles, extract: Path, tmp_path: Path
) -> None:
    cities.add("dong", extract, _silent)
    broken = tmp_path / "broken.osm"
    broken.write_text(STREET[:200], encoding="utf-8")
    with pytest.raises(ExtractError, match="broken"):
        cities.add("dong", broken, _silent)
    assert len(cities.roads("dong")) == 2
    assert [path.name for path in cities.folder.iterdir()] == ["dong"]


def test_a_graphml_file_is_geocoded_by_its_streets(
    cities: CityFiles, extract: Path, tmp_path: Path
) -> None:
    import osmnx

    from routing.osmnx_graph import to_osmnx

    file = tmp_path / "street.graphml"
    osmnx.save_graphml(to_osmnx(read_roads(extract), Mode.CAR), file)
    report = cities.add("dong", file, _silent)
    assert (report.addresses.houses, report.addresses.streets) == (0, 1)
    assert locate(cities.geocoder("dong"), "东河路18号").precision is Precision.STREET


def test_a_place_is_fetched_by_its_name(
    cities: CityFiles, extract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fetch(place: str) -> object:
        asked.append(place)
        return read_roads(extract)

    monkeypatch.setattr("data.cities.fetch_place", fetch)
    report = cities.fetch("dong", "Donghe, China", _silent)
    assert (asked, report.addresses.streets) == (["Donghe, China"], 1)


@pytest.mark.parametrize("name", ["", "../up", "a/b", "x" * 61])
def test_a_name_is_a_folder_of_its_own(cities: CityFiles, extract: Path, name: str) -> None:
    with pytest.raises(DayroundError, match="cannot name a city"):
        cities.add(name, extract, _silent)


def test_a_city_without_files_says_what_makes_them(cities: CityFiles) -> None:
    for look in (cities.travel_times, cities.geocoder):
        with pytest.raises(NotFoundError, match="dayround city add"):
            look("nowhere")


def _silent(_: str) -> None:
    return None


@pytest.mark.parametrize("room", [1_000, 20_000])  # for no roads; for roads, but no addresses
def test_on_a_full_disk_the_earlier_city_stays(
    cities: CityFiles, extract: Path, tmp_path: Path, room: int
) -> None:
    cities.add("dong", extract, list[str]().append)
    before = {file.name: file.read_bytes() for file in (cities.folder / "dong").iterdir()}
    again = tmp_path / "again.osm"
    again.write_text(STREET.replace("东河路", "西河路"), encoding="utf-8")
    with room_for(room), pytest.raises(DayroundError, match=r"dong cannot be kept .* make room"):
        cities.add("dong", again, list[str]().append)
    assert {file.name: file.read_bytes() for file in (cities.folder / "dong").iterdir()} == before
    assert [folder.name for folder in cities.folder.iterdir()] == ["dong"]


PEAKS = """
[weekday.car]
"07:00-09:00" = { residential = 2 }
[weekend.car]
"10:00-11:00" = { residential = 3 }
"""


def test_a_citys_peaks_are_those_of_its_matrix_and_prepared(
    cities: CityFiles, extract: Path
) -> None:
    cities.add("dong", extract, _silent)
    folder = cities.folder / "dong"
    put_table(PEAKS, folder)
    steps: list[str] = []
    cities.prepare_peaks("dong", steps.append)
    assert steps == ["preparing ways for car in its peaks"] * 2
    assert len(list(folder.glob("ways-car-*.npz"))) == 2
    spots = [Spot(WEST), Spot(EAST)]
    worked, off = (
        cities.travel_times("dong", is_working=is_working).matrix(spots, [Mode.CAR])
        for is_working in (True, False)
    )
    assert (worked.slot_starts_s, off.slot_starts_s) == ((0, 25_200, 32_400), (0, 36_000, 39_600))
    # 963 m at 25 km/h take 138.73 s.
    assert worked.seconds[0, :, 0, 1].tolist() == [139, 278, 139]
    assert off.seconds[0, :, 0, 1].tolist() == [139, 417, 139]

    put_table("", folder)
    cities.prepare_peaks("dong", steps.append)
    assert list(folder.glob("ways-car-*.npz")) == []
    assert cities.travel_times("dong").matrix(spots, [Mode.CAR]).slot_starts_s == (0,)


def test_a_city_that_is_added_again_is_read_again(
    cities: CityFiles, extract: Path, tmp_path: Path
) -> None:
    cities.add("dong", extract, _silent)
    spots = [Spot(WEST), Spot(EAST)]
    before = cities.travel_times("dong").matrix(spots, [Mode.CAR])
    slower = tmp_path / "slower.osm"
    slower.write_text(STREET.replace("residential", "service"), encoding="utf-8")
    cities.add("dong", slower, _silent)
    after = cities.travel_times("dong").matrix(spots, [Mode.CAR])
    assert after.seconds[0, 0, 0, 1] > before.seconds[0, 0, 0, 1]
