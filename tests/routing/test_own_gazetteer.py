"""The lender's own places beside an extract: what they place, whose they are, and when they win."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from routing.datum import Datum
from routing.gazetteer.build import build_gazetteer
from routing.gazetteer.buildings import building_in, building_key
from routing.gazetteer.own_build import write_with_own
from routing.gazetteer.own_place import PIN, OwnKind, OwnPlace, pin_kind
from routing.geocoders.gazetteer import GazetteerGeocoder
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point, distance_m
from tests.routing.little_places import METRE, mainland_town

EAST = Point(29.862, 121.549)  # 110 m north-west of the lane, 220 m from 东河路
WEST = Point(29.862, 121.531)
FILE = "places.csv"

Ask = Callable[[str], GeocodeResult]


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mainland")
    build_gazetteer(mainland_town(folder / "town.osm"), folder / "gazetteer.sqlite")
    return folder / "gazetteer.sqlite"


@pytest.fixture
def asking(extract: Path, tmp_path: Path) -> Callable[..., Ask]:
    def with_own(*places: OwnPlace) -> Ask:
        write_with_own(extract, places, tmp_path / "own.sqlite")
        return GazetteerGeocoder(tmp_path / "own.sqlite").locate

    return with_own


def compound(name: str, at: Point = EAST, **told: Any) -> OwnPlace:
    return OwnPlace(OwnKind.COMPOUND, name, at, 150.0, **{"source": FILE} | told)


def lane(name: str, at: Point = EAST, **told: Any) -> OwnPlace:
    return OwnPlace(OwnKind.LANE, name, at, 100.0, **{"source": FILE} | told)


def building(name: str, number: str, at: Point, **told: Any) -> OwnPlace:
    return OwnPlace(OwnKind.BUILDING, name, at, 25.0, number=number, source=FILE, **told)


def door(street: str, number: str, at: Point, **told: Any) -> OwnPlace:
    return OwnPlace(OwnKind.NUMBER, "", at, 15.0, street=street, number=number, source=FILE, **told)


def north_of(at: Point, metres: float) -> Point:
    return Point(at.lat + metres * METRE, at.lon)


THIRD = building("东河小区", "3栋", north_of(EAST, 60))

# --- compounds


def test_without_a_row_nobody_knows_the_compound(asking: Callable[..., Ask]) -> None:
    found = asking(compound("南园"))("东河小区3栋2单元501")
    assert not found.is_plannable


@pytest.mark.parametrize(
    "text",
    [
        "东河小区3栋2单元501",
        "宁州市城东区东河小区三幢",
        "城东区东河路88号东河小区3-2-501",
        "東河小区 ５号楼 302室",
        "东河小区",
        "东河花园12号楼",  # an alias
    ],
)
def test_a_compound_answers_for_every_door_in_it(asking: Callable[..., Ask], text: str) -> None:
    found = asking(compound("东河小区", aliases=("东河花园",), datum=Datum.GCJ02))(text)
    assert found.precision is Precision.COMPOUND
    assert (found.point, found.radius_m) == (EAST, 150.0)
    assert (found.source, found.datum) == ("own gazetteer (places.csv)", Datum.GCJ02)
    assert found.is_plannable


def test_a_building_with_coordinates_answers_for_its_doors(asking: Callable[..., Ask]) -> None:
    ask = asking(compound("东河小区"), THIRD, building("东河小区", "A座", north_of(EAST, 90)))
    for text in ("东河小区3栋2单元501", "东河小区三幢", "东河小区3#楼", "东河小区3-2-501"):
        found = ask(text)
        assert (found.precision, found.point) == (Precision.EXACT, THIRD.point), text
        assert found.radius_m == 25.0
        assert found.matched == "东河小区 3栋"
    assert ask("东河小区a栋").point == north_of(EAST, 90)
    assert ask("东河小区4栋").precision is Precision.COMPOUND


def test_buildings_alone_make_their_compound_known(asking: Callable[..., Ask]) -> None:
    ask = asking(THIRD)
    assert ask("东河小区3栋").precision is Precision.EXACT
    found = ask("东河小区5栋101")
    assert found.precision is Precision.COMPOUND
    assert found.source == "own gazetteer (places.csv)"


def test_a_building_of_a_compound_of_the_map_is_told(asking: Callable[..., Ask]) -> None:
    at = Point(29.8565, 121.5305)
    ask = asking(building("西苑", "7栋", at))
    assert ask("城西区西苑7栋101").point == at
    assert ask("城西区西苑8栋101").source == "gazetteer"
    assert not ask("西苑7栋101").is_plannable  # there are two 西苑


def test_the_gate_of_a_compound_leads_to_it_and_is_told_as_no_door(
    asking: Callable[..., Ask],
) -> None:
    found = asking(compound("东河小区", street="东河路", number="88号"))("东河路88号3栋")
    assert (found.precision, found.point) == (Precision.COMPOUND, EAST)
    assert found.source == "own gazetteer (places.csv)"


def test_own_places_win_over_the_map_near_by_and_not_over_another_far_away(
    asking: Callable[..., Ask],
) -> None:
    mended = north_of(Point(29.8565, 121.5305), 120)
    ask = asking(compound("西苑", mended))
    assert ask("城西区西苑").point == mended
    assert ask("城东区西苑").source == "gazetteer"
    assert not ask("西苑2栋").is_plannable


# --- conflicts


def test_another_district_than_the_rows_is_a_conflict(asking: Callable[..., Ask]) -> None:
    ask = asking(compound("东河小区", district="城东区"))
    assert ask("城东区东河小区").is_plannable
    assert not ask("城西区东河小区").is_plannable


def test_where_no_row_tells_a_district_the_map_around_does(asking: Callable[..., Ask]) -> None:
    ask = asking(compound("东河小区"))
    assert not ask("城西区东河小区").is_plannable


def test_two_compounds_of_one_name_are_told_apart_by_their_district(
    asking: Callable[..., Ask],
) -> None:
    ask = asking(
        compound("东河小区", district="城东区"), compound("东河小区", WEST, district="城西区")
    )
    assert ask("城西区东河小区1栋").point == WEST
    assert ask("城东区东河小区1栋").point == EAST
    assert not ask("东河小区1栋").is_plannable


def test_a_street_far_from_the_compound_is_a_conflict(asking: Callable[..., Ask]) -> None:
    ask = asking(compound("东河小区", Point(29.852, 121.522)))
    assert not ask("东河路88号东河小区").is_plannable


def test_a_district_that_only_a_row_knows_may_be_written(asking: Callable[..., Ask]) -> None:
    ask = asking(compound("东河小区", district="高桥镇"))
    assert ask("高桥镇东河小区").point == EAST


# --- lanes and numbers


def test_a_lane_answers_for_all_its_numbers(asking: Callable[..., Ask]) -> None:
    ask = asking(lane("东河路22弄"), lane("石板胡同", north_of(EAST, 300)))
    for text in ("东河路22弄5号301室", "城东区东河路22弄", "东河路22弄99号"):
        found = ask(text)
        assert (found.precision, found.point) == (Precision.COMPOUND, EAST), text
        assert found.source == "own gazetteer (places.csv)"
    assert ask("石板胡同12号").point == north_of(EAST, 300)
    assert ask("石板胡同12号").precision is Precision.COMPOUND


def test_a_lane_takes_the_place_of_the_maps(asking: Callable[..., Ask]) -> None:
    at = Point(29.8613, 121.5502)
    assert asking(lane("东河路18弄", at))("东河路18弄3号").point == at


def test_a_building_of_a_lane_is_its_number(asking: Callable[..., Ask]) -> None:
    fifth = north_of(EAST, 30)
    ask = asking(lane("东河路22弄"), building("东河路22弄", "5号", fifth))
    assert (ask("东河路22弄5号301室").point, ask("东河路22弄5号").precision) == (
        fifth,
        Precision.EXACT,
    )
    sixth = ask("东河路22弄6号")
    assert sixth.precision is Precision.COMPOUND
    assert sixth.source == "own gazetteer (places.csv)"


def test_a_street_number_joins_the_street_of_the_map(asking: Callable[..., Ask]) -> None:
    at, mended = Point(29.8601, 121.551), Point(29.8702, 121.5452)
    ask = asking(door("东河路", "88号", at), door("解放路", "3号", mended))
    found = ask("城东区东河路88号2楼")
    assert (found.precision, found.point) == (Precision.EXACT, at)
    assert found.source == "own gazetteer (places.csv)"
    assert ask("东河路90号").precision is Precision.STREET
    assert ask("解放路3号").point == mended  # instead of the map's
    assert ask("解放路9号").source == "gazetteer"


def test_a_street_that_only_rows_know_has_their_numbers(asking: Callable[..., Ask]) -> None:
    doors = [door("新河路", f"{n}号", north_of(EAST, 10 * n)) for n in (1, 11)]
    ask = asking(*doors)
    assert ask("新河路11号").point == doors[1].point
    between = ask("新河路5号")
    assert between.precision is Precision.INTERPOLATED
    assert between.point
    assert distance_m(between.point, north_of(EAST, 50)) < 1


# --- which of several


def test_a_pin_goes_before_a_file_and_the_newest_file_before_the_others(
    asking: Callable[..., Ask],
) -> None:
    older = compound("东河小区", north_of(EAST, 900))
    newer = compound("东河小区", north_of(EAST, 700), source="new.csv")
    assert asking(older, newer)("东河小区1栋").point == newer.point
    pin = compound("东河小区", source=PIN)
    found = asking(pin, older, newer)("东河小区1栋")
    assert (found.point, found.source) == (EAST, "own gazetteer (pin)")


def test_a_pin_of_one_district_leaves_the_file_in_another(asking: Callable[..., Ask]) -> None:
    filed = compound("东河小区", WEST, district="城西区")
    pin = compound("东河小区", district="城东区", source=PIN)
    ask = asking(filed, pin)
    assert ask("城西区东河小区").point == WEST
    assert ask("城东区东河小区").point == EAST


def test_an_address_of_the_map_is_answered_as_before(
    asking: Callable[..., Ask], extract: Path
) -> None:
    before, ask = GazetteerGeocoder(extract).locate, asking(compound("东河小区"))
    for text in ("解放路3号", "解放路5号", "城西区西苑", "西苑", "东河路", "城东区", "北街1号"):
        assert ask(text) == before(text), text


def test_candidates_tell_whose_they_are(extract: Path, tmp_path: Path) -> None:
    places = [compound("东河小区", district="城东区"), compound("东河小区", WEST)]
    write_with_own(extract, places, tmp_path / "own.sqlite")
    found = GazetteerGeocoder(tmp_path / "own.sqlite").geocode("东河小区", exactly_one=False)
    assert isinstance(found, list)
    assert {each.raw["source"] for each in found} == {"own gazetteer (places.csv)"}


def test_the_extracts_own_file_stays_as_it_is(asking: Callable[..., Ask], extract: Path) -> None:
    before = extract.read_bytes()
    asking(compound("西苑", WEST), lane("东河路18弄"))
    assert extract.read_bytes() == before


# --- words


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("3栋", "3"),
        ("三幢", "3"),
        ("3号楼", "3"),
        ("3#", "3"),
        ("A座", "a"),
        ("12", "12"),
        ("Block C", "c"),
    ],
)
def test_a_building_has_one_key_for_the_ways_to_write_it(text: str, key: str) -> None:
    assert building_key(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("东河小区3栋2单元501", "3"),
        ("东河小区3-2-501", "3"),
        ("东河小区5号301室", "5"),
        ("东河路88号东河小区", ""),
        ("东河小区3楼", ""),  # a floor
        ("东河小区2单元501室", ""),
        ("88 Green Court, Building 4", "4"),
    ],
)
def test_a_building_is_found_in_an_address(text: str, key: str) -> None:
    assert building_in(text, "东河小区") == key


def test_a_pin_of_a_lane_is_a_lane() -> None:
    assert [pin_kind(name) for name in ("东河路18弄", "石板胡同", "东河小区", "Green Court")] == [
        OwnKind.LANE,
        OwnKind.LANE,
        OwnKind.COMPOUND,
        OwnKind.COMPOUND,
    ]
