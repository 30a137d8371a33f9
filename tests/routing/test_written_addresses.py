"""Addresses as people write them by hand, in made-up towns where the true points are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from data.towns.lots import Use
from data.towns.map import Map, make_map
from data.towns.names import CITY
from data.towns.osm_file import write_osm
from data.towns.places import Address
from routing.gazetteer.build import build_gazetteer
from routing.geocoders.gazetteer import GazetteerGeocoder
from routing.geocoding import GeocodeResult, Precision
from routing.point import distance_m

SETBACK_M = 50.0
"""Between a door and where the map has its house."""

DOORS = """
{c}{d}{s}{n}号 | {s}{n} | {c} {d} {s} {n} 号 | {c}，{d}，{s}{n}号，3楼 | 江南省{c}{d}{s}{n}号
{s}{n}号3楼B座 | {s}{n}号 302 | {s}{n}-302 | {s}{n}号-302室 | {s}{n}号2单元302 | {s}{n} 3楼
{s}{n} 3F | {s}{n}、{m}号 | {s}{n}-{m}号 | {s}{n}# | {s}No.{n} | {s}第{n}号 | {s}门牌{n}号
{s}{n}号甲 | {s}甲{n}号 | {s}{n}号之1 | {s}{n}号院3号楼2单元501 | {s}{n}号对面 | {s}{n}号底商
{c}{d}{s}{n}号（菜市场旁） | {d}{s}（{n}号） | {s}(东){n}号 | {s}中段{n}号 | {d}{s}{n}号1-2层
{c}高新区{s}{n}号 | {c}{d}永安街道和平社区{s}{n}号 | {c}{d}{s}{n}号永安大厦8楼
""".replace("\n", "|")
STREETS = """
{c}{d}{s}3楼 | {s}602室 | {s}B座1203 | {s}3单元501 | {s}5栋 | {s}3号楼502室 | {s}12层 | {s}3F
{s}302号房 | {s}负一楼 | {s}地下一层12号 | {s}1幢5号 | {s}12-3-501 | {s}6号公寓302 | {s}3室
{s}8F-2 | {s}永安大厦1203
""".replace("\n", "|")
COMPOUNDS = """
{c}{d}{s}{n}号{l}4幢1单元203室 | {s}{n}号{l} | {s}{n}号（{l}）3栋 | {l}（{s}{n}号） | {s}{l}
{l}{s}{n}号 | {d}{l}3-2-501 | {l}A区3栋502 | {l}东门 | {l}3号楼5号 | {l}二期
""".replace("\n", "|")
BUILT = (Use.COMPOUND, Use.SHOPS, Use.WORKS, Use.SCHOOL)
NUMBERED = (Precision.EXACT, Precision.INTERPOLATED)


@dataclass(frozen=True)
class WrittenTown:
    """A made-up town and the geocoder of its map."""

    map: Map
    geocoder: GazetteerGeocoder

    def results(
        self, templates: str, addresses: Sequence[Address]
    ) -> list[tuple[str, GeocodeResult, float]]:
        """Write addresses in all these ways; return text, result and metres from the truth."""
        rng = Random(1)
        truth = {
            template.strip().format_map(self._words(address)): address.at
            for template in filter(str.strip, templates.split("|"))
            for address in rng.sample(addresses, 4)
        }
        points = self.map.ground.points(list(truth.values()))
        return [
            (text, result, distance_m(result.point, at) if result.point else 0.0)
            for text, at in zip(truth, points, strict=True)
            for result in [self.geocoder.locate(text)]
        ]

    def _words(self, address: Address) -> Mapping[str, object]:
        assert address.street
        assert address.number
        district = next(d for d in self.map.districts if address.quarter in d.quarters)
        return {
            "c": CITY.zh,
            "d": district.name.zh,
            "s": address.street.zh,
            "n": address.number,
            "m": address.number + 2,
            "l": address.name.zh if address.name else "",
        }


@pytest.fixture(scope="module", params=[1, 2, 3])
def town(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WrittenTown]:
    folder: Path = tmp_path_factory.mktemp("written")
    made = make_map(request.param, nodes=3_000)
    write_osm(made.sheet, folder / "town.osm.pbf")
    build_gazetteer(folder / "town.osm.pbf", folder / "town.gazetteer")
    geocoder = GazetteerGeocoder(folder / "town.gazetteer")
    yield WrittenTown(made, geocoder)
    geocoder.gazetteer.close()


def outside(results: list[tuple[str, GeocodeResult, float]]) -> list[str]:
    """Return the addresses that do not lie in the circle that is told."""
    return [
        f"{text}: {result.precision}, {off_m:.0f} m off, told {result.radius_m}"
        for text, result, off_m in results
        if off_m > result.radius_m + SETBACK_M
    ]


def test_a_door_lies_in_the_told_circle(town: WrittenTown) -> None:
    results = town.results(DOORS, town.map.directory.doors)
    assert outside(results) == []
    assert all(result.precision.is_plannable for _, result, _ in results)
    # a number is lost only in 中段, where each section of a road may count from one; about half
    # of the roads have so few doors on the map that nothing lies between two of them
    assert sum(result.precision in NUMBERED for _, result, _ in results) >= 0.3 * len(results)


def test_a_door_without_number_is_told_to_its_street(town: WrittenTown) -> None:
    results = town.results(STREETS, town.map.directory.doors)
    assert outside(results) == []
    # a lane short enough to be looked through on foot is told as a compound
    allowed = (Precision.STREET, Precision.COMPOUND)
    assert [text for text, result, _ in results if result.precision not in allowed] == []


def test_a_compound_is_told_in_whatever_way_it_is_written(town: WrittenTown) -> None:
    lots = [lot for lot in town.map.directory.lots.values() if lot.street and lot.use in BUILT]
    results = town.results(COMPOUNDS, lots)
    assert outside(results) == []
    # a compound that has a house number on the map is that house
    allowed = (Precision.COMPOUND, Precision.EXACT)
    assert [text for text, result, _ in results if result.precision not in allowed] == []
