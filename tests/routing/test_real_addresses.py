"""Figures on real extracts: doors that stand in the map, and addresses that do not exist.

An address is written as the map has it, with its municipality where the map draws one: a lender
writes the town, and in Liechtenstein four towns have a Landstrasse.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import osmium
import pytest

from routing.gazetteer.areas import AreaName
from routing.gazetteer.build import build_gazetteer, write_gazetteer
from routing.gazetteer.extract import Extract, House, read_extract
from routing.gazetteer.index import areas_text
from routing.gazetteer.numbers import house_numbers
from routing.gazetteer.outlines import areas_touched
from routing.gazetteer.text import name_key
from routing.geocoders.gazetteer import GazetteerGeocoder
from routing.geocoding import GeocodeResult, Precision, access_walk_m
from routing.point import distance_m
from tests.slowly import slowly

CITIES = {
    "taipei-datong": "taipei-datong.osm",
    "queens-village": "queens-village.osm.pbf",
    "vancouver": "vancouver.osm.pbf",
    "liechtenstein": "liechtenstein.osm.pbf",
}
SAMPLE = 500
SAME_SITE_M = 50.0
"""Between the middle of a house and its door."""
FOUND = (Precision.EXACT, Precision.INTERPOLATED)


@dataclass(frozen=True)
class RealCity:
    """An extract, its gazetteer and a sample of its doors, each with its municipality."""

    name: str
    file: Path
    geocoder: GazetteerGeocoder
    build_cpu_s: float
    doors: list[tuple[House, str]]

    def written(self, house: House, town: str, street: str = "", number: str = "") -> str:
        street, number = street or house.street, number or house.number
        if self.name == "taipei-datong":
            return f"臺北市中山區{street}{number.rstrip('号號')}號"
        if self.name == "liechtenstein":
            return f"{street} {number}, {town}"
        return f"{number} {street}, {town}"

    def share(self, texts: list[str]) -> float:
        """Return the share of `texts` told as exact or interpolated."""
        results = [self.geocoder.locate(text) for text in texts]
        return sum(result.precision in FOUND for result in results) / len(results)


@pytest.fixture(scope="module", params=slowly(CITIES, ["queens-village", "vancouver"]))
def city(
    request: pytest.FixtureRequest, extracts: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RealCity]:
    name: str = request.param
    source = extracts / "osm" / CITIES[name]
    file = tmp_path_factory.mktemp(name) / "city.gazetteer"
    started = process_time()  # of this process alone: other work on the machine does not count
    extract = read_extract(source)
    write_gazetteer(extract, file)
    build_cpu_s = process_time() - started
    geocoder = GazetteerGeocoder(file)
    yield RealCity(name, file, geocoder, build_cpu_s, _doors(extract))
    geocoder.gazetteer.close()


def _doors(extract: Extract) -> list[tuple[House, str]]:
    """Return a sample of the doors, one of each address, with the town to write."""
    doors = {
        (house.street, house.number, areas_text(house.areas)): house
        for house in extract.houses
        if house_numbers(house.number)
    }
    sample = random.Random(1).sample(sorted(doors), min(SAMPLE, len(doors)))
    houses = [doors[key] for key in sample]
    touched = areas_touched([[(h.circle.lat, h.circle.lon)] for h in houses], extract.regions)
    return [(house, _town(house, areas)) for house, areas in zip(houses, touched, strict=True)]


def _town(house: House, inside: frozenset[AreaName]) -> str:
    """Return the municipality that the map draws around a house, else its tags' town or code."""
    drawn = sorted(area.key for area in inside if area.level == "8")
    tagged = sorted(area.key for area in house.areas if area.level == "city")
    codes = sorted(area.key for area in house.areas if any(map(str.isdigit, area.key)))
    return next(iter([*drawn, *tagged, *codes]), "")


def test_doors_of_the_map_are_told_exact_and_within_50_m(city: RealCity) -> None:
    results = [
        (house, city.geocoder.locate(city.written(house, town))) for house, town in city.doors
    ]
    exact = [(h, r) for h, r in results if r.precision is Precision.EXACT and r.point]
    near = [h for h, r in exact if r.point and distance_m(r.point, h.circle.point) <= 50]
    assert len(near) >= 0.98 * len(results)
    assert len(near) >= 0.99 * len(exact)


def test_the_maps_full_addresses_are_told_exact(extracts: Path, tmp_path: Path) -> None:
    source = extracts / "osm" / "taipei-datong.osm"
    build_gazetteer(source, tmp_path / "taipei.gazetteer")
    geocoder = GazetteerGeocoder(tmp_path / "taipei.gazetteer")
    tagged = osmium.FileProcessor(str(source)).with_filter(osmium.filter.KeyFilter("addr:full"))
    texts = [element.tags["addr:full"] for element in tagged]
    assert len(texts) == 678
    results = [geocoder.locate(text) for text in texts]
    assert sum(result.precision is Precision.EXACT for result in results) >= 0.98 * len(results)


def test_a_number_that_no_street_has_is_told_to_the_street_at_best(city: RealCity) -> None:
    number = "999-99" if city.name == "queens-village" else "98765"
    texts = [city.written(house, town, number=number) for house, town in city.doors]
    assert city.share(texts) == 0


def _misspelt(name: str) -> str:
    """Two signs or more are wrong: of one, a slip might have made them."""
    return "永乐" + name[2:] if name[0] > "\u3400" else "Quax" + name[2:]


def _newly_built(name: str) -> str:
    return "新永" + name if name[0] > "\u3400" else "New " + name


@pytest.mark.parametrize("invent", [_misspelt, _newly_built])
def test_invented_streets_are_not_found(city: RealCity, invent: Callable[[str], str]) -> None:
    texts = [city.written(house, town, street=invent(house.street)) for house, town in city.doors]
    assert city.share(texts) <= 0.02


def test_addresses_of_another_city_are_not_found(city: RealCity) -> None:
    if city.name == "taipei-datong":
        texts = [f"高雄市三民區{house.street}{house.number}" for house, _ in city.doors]
    else:
        texts = [city.written(house, "Springfield, IL") for house, _ in city.doors]
    assert city.share(texts) <= 0.02


def test_a_door_that_the_map_lacks_lies_in_the_told_circle(city: RealCity, tmp_path: Path) -> None:
    """Take a tenth of the doors out of the file, and ask for them."""
    missing = city.doors[: len(city.doors) // 10]
    results = _without(city, missing, tmp_path / "thinned.gazetteer")
    assert not any(result.precision is Precision.EXACT for _, result in results)
    planned = [(h, r) for h, r in results if r.precision.is_plannable]
    inside = [
        (h, r)
        for h, r in planned
        if r.point and distance_m(r.point, h.circle.point) <= r.radius_m + SAME_SITE_M
    ]
    assert len(planned) >= 0.8 * len(results)
    assert len(inside) >= 0.9 * len(planned)


def _without(
    city: RealCity, missing: list[tuple[House, str]], file: Path
) -> list[tuple[House, GeocodeResult]]:
    """Return what is told of `missing` by a gazetteer that lacks their numbers."""
    file.write_bytes(city.file.read_bytes())
    with closing(sqlite3.connect(file)) as connection, connection:
        for house, _ in missing:
            keys = [(name_key(house.street), n.key) for n in house_numbers(house.number)]
            connection.executemany(
                "DELETE FROM house WHERE number = ?2"
                " AND entry IN (SELECT entry FROM name WHERE key = ?1)",
                keys,
            )
    geocoder = GazetteerGeocoder(file)
    results = [(h, geocoder.locate(city.written(h, town))) for h, town in missing]
    geocoder.gazetteer.close()
    return results


def test_a_gazetteer_is_built_and_asked_quickly(city: RealCity) -> None:
    assert city.build_cpu_s < 15
    texts = [city.written(house, town) for house, town in city.doors]
    started = process_time()
    for text in texts:
        city.geocoder.locate(text)
    assert len(texts) / (process_time() - started) > 170  # 10,000 addresses in a minute


def test_a_city_without_house_numbers_is_placed_to_its_streets(
    extracts: Path, tmp_path: Path
) -> None:
    source = extracts / "osm" / "shanghai-downtown.osm"
    build_gazetteer(source, tmp_path / "shanghai.gazetteer")
    geocoder = GazetteerGeocoder(tmp_path / "shanghai.gazetteer")
    names = sorted({street.names[0] for street in read_extract(source).streets})
    results = [geocoder.locate(f"上海市黄浦区{name}123弄4号502室") for name in names]
    assert not any(result.precision in FOUND for result in results)
    planned = [result for result in results if result.precision.is_plannable]
    assert len(planned) >= 0.9 * len(results)
    assert all(access_walk_m(result.precision, result.radius_m) > 0 for result in planned)
