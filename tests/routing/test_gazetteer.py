"""The offline gazetteer on made-up towns: building the file, and the ladder of precisions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from routing.errors import ExtractError, GazetteerError
from routing.gazetteer.build import BuildReport, build_gazetteer
from routing.gazetteer.index import Gazetteer
from routing.gazetteer.match import find
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point, distance_m
from tests.routing.little_places import (
    METRE,
    ExtractText,
    border_town,
    chinese_town,
    two_towns,
)


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    folder = tmp_path_factory.mktemp("chinese")
    build_gazetteer(chinese_town(folder / "town.osm"), folder / "town.gazetteer")
    gazetteer = Gazetteer(folder / "town.gazetteer")
    yield gazetteer
    gazetteer.close()


@pytest.fixture(scope="module")
def western(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    folder = tmp_path_factory.mktemp("western")
    build_gazetteer(two_towns(folder / "towns.osm"), folder / "towns.gazetteer")
    gazetteer = Gazetteer(folder / "towns.gazetteer")
    yield gazetteer
    gazetteer.close()


@pytest.fixture(scope="module")
def bordering(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    folder = tmp_path_factory.mktemp("bordering")
    build_gazetteer(border_town(folder / "town.osm"), folder / "town.gazetteer")
    gazetteer = Gazetteer(folder / "town.gazetteer")
    yield gazetteer
    gazetteer.close()


def off_by_m(result: GeocodeResult, lat: float, lon: float) -> float:
    assert result.point
    return distance_m(result.point, Point(lat, lon))


@pytest.mark.parametrize(
    "text",
    [
        "安平市東區和平路二段5號",
        "安平市东区和平路2段5号3楼之2",
        "和平路二段5號",
        "和平路二段 ５ 號（管理員室）",
        "安平和平路二段五號",
    ],
)
def test_a_door_of_the_map_is_exact(chinese: Gazetteer, text: str) -> None:
    result = find(chinese, text).result
    assert result.precision is Precision.EXACT
    assert off_by_m(result, 25.0 + 50 * METRE, 121.4999) < 1
    assert result.unmatched == ""


def test_a_lane_in_the_number_tag_is_a_street_of_its_own(chinese: Gazetteer) -> None:
    result = find(chinese, "和平路二段7巷4號").result
    assert result.precision is Precision.EXACT
    assert off_by_m(result, 25.0 + 70 * METRE, 121.501) < 1


def test_a_number_between_two_of_its_side_is_interpolated(chinese: Gazetteer) -> None:
    result = find(chinese, "和平路二段7號").result
    assert result.precision is Precision.INTERPOLATED
    # 7 is half way from 5 (at 50 m) to 9 (at 90 m), on the odd side
    assert off_by_m(result, 25.0 + 70 * METRE, 121.4999) < 1
    assert result.radius_m == 30  # the neighbours are 20 m away; less than 30 is not claimed
    assert "7" in result.unmatched


def test_an_annex_stands_by_its_main_number(chinese: Gazetteer) -> None:
    result = find(chinese, "和平路二段2之1號").result
    assert result.precision is Precision.INTERPOLATED
    assert off_by_m(result, 25.0 + 20 * METRE, 121.5001) < 1


def test_a_number_beyond_the_known_ones_is_told_to_the_street(chinese: Gazetteer) -> None:
    result = find(chinese, "和平路二段99號").result
    assert result.precision is Precision.STREET
    # 1 to 10 go up to 100 m of the street's 445: at its end, all of it in the circle
    assert off_by_m(result, 25.0 + 445 * METRE, 121.5) < 30
    assert 440 < result.radius_m < 450
    assert result.unmatched == "99 is beyond 10, the last number known there"


def test_an_unknown_lane_is_told_to_its_road(chinese: Gazetteer) -> None:
    result = find(chinese, "和平路二段99巷4號").result
    assert result.precision is Precision.STREET
    assert result.unmatched == "99巷4号"


def test_an_unknown_number_of_a_short_lane_is_told_to_the_lane(chinese: Gazetteer) -> None:
    result = find(chinese, "和平路二段7巷88號").result
    assert result.precision is Precision.COMPOUND


def test_a_street_without_numbers_is_a_street(chinese: Gazetteer) -> None:
    result = find(chinese, "安平市光明路12號").result
    assert result.precision is Precision.STREET
    assert off_by_m(result, 25.02, 121.505) < 60  # on the street, near its middle


def test_a_compound_is_found_with_its_building_and_room(chinese: Gazetteer) -> None:
    result = find(chinese, "安平市東區陽光花園3栋2单元501室").result
    assert result.precision is Precision.COMPOUND
    # 0.002° each way: its corners lie 111 m north and 101 m east of the middle, 150 m off
    assert off_by_m(result, 25.011, 121.501) < 1
    assert 145 < result.radius_m < 155


@pytest.mark.parametrize(
    "inside", ["3楼", "3F", "5室", "5号房", "1单元5室", "9栋", "3号楼", "B5座"]
)
def test_what_is_inside_a_house_tells_no_door(chinese: Gazetteer, inside: str) -> None:
    # Numbers 1, 3, 5 and 9 are doors of that street.
    result = find(chinese, f"安平市和平路二段{inside}").result
    assert result.precision is Precision.STREET


def test_two_numbers_are_not_read_as_one(chinese: Gazetteer) -> None:
    # 5 and 9 are doors; 59 would be beyond the street's numbers
    result = find(chinese, "和平路二段5、9號").result
    assert (result.precision, result.matched) == (Precision.EXACT, "和平路二段 5")


def test_an_unknown_building_is_told_to_the_street_that_it_is_on(chinese: Gazetteer) -> None:
    result = find(chinese, "安平市和平路二段國貿大廈1203").result
    assert result.precision is Precision.STREET
    assert result.unmatched == "国贸大厦1203"


@pytest.mark.parametrize("text", ["陽光花園東門", "陽光花園A区3栋", "陽光花園3-2-501"])
def test_a_part_of_a_compound_is_the_compound(chinese: Gazetteer, text: str) -> None:
    assert find(chinese, text).result.precision is Precision.COMPOUND


@pytest.mark.parametrize("district", ["東區", "西區"])
def test_a_street_on_a_border_is_in_both_districts(bordering: Gazetteer, district: str) -> None:
    assert find(bordering, f"{district}界路40號").result.precision is Precision.EXACT
    assert find(bordering, f"{district}界路").result.precision is Precision.STREET


def test_a_street_inside_a_district_is_not_in_the_next(bordering: Gazetteer) -> None:
    assert find(bordering, "東區遠路").result.precision is Precision.STREET
    assert find(bordering, "西區遠路").result.precision is Precision.DISTRICT


@pytest.mark.parametrize(
    "text",
    [
        "界路21號陽光花園3棟",
        "界路21號（陽光花園）",
        "陽光花園界路21號",
        "界路陽光花園3棟",
        "界路100號陽光花園",
    ],
)
def test_a_compound_by_the_street_is_surer_than_a_number(bordering: Gazetteer, text: str) -> None:
    """21 is between the doors 2 and 40, 900 m to the south; 100 is the gate's door."""
    result = find(bordering, text).result
    assert result.precision is Precision.COMPOUND
    assert off_by_m(result, 25.011, 121.5011) < 1
    assert 145 < result.radius_m < 155  # its corners are 111 m and 101 m from the middle


def test_a_known_door_stays_where_its_neighbourhood_is_named(bordering: Gazetteer) -> None:
    assert find(bordering, "陽光花園界路100號").result.precision is Precision.EXACT


@pytest.mark.parametrize(
    "text", ["界路21號遠山廣場", "界路40號陽光花園", "界路遠山廣場", "遠路遠山廣場8楼"]
)
def test_a_compound_elsewhere_contradicts(bordering: Gazetteer, text: str) -> None:
    answer = find(bordering, text)
    assert answer.result.precision is Precision.DISTRICT
    assert "is elsewhere" in answer.result.unmatched
    assert Precision.COMPOUND in [each.precision for each in answer.candidates]


@pytest.mark.parametrize("name", ["全家", "麥香麵包"])
def test_a_shop_may_have_a_branch_that_the_map_lacks(bordering: Gazetteer, name: str) -> None:
    assert find(bordering, f"界路40號{name}").result.precision is Precision.EXACT
    assert find(bordering, f"界路21號{name}").result.precision is Precision.INTERPOLATED


def test_a_village_without_street_is_a_district(chinese: Gazetteer) -> None:
    result = find(chinese, "青山村").result
    assert result.precision is Precision.DISTRICT
    assert not result.precision.is_plannable


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("大安市東區和平路二段5號", "大安市"),
        ("安平市西區和平路二段5號", "西区"),
    ],
)
def test_another_city_or_district_is_told(chinese: Gazetteer, text: str, word: str) -> None:
    answer = find(chinese, text)
    assert answer.result.precision is Precision.NONE
    assert word in answer.result.unmatched
    assert answer.candidates  # for the person who knows that the district was renamed


@pytest.mark.parametrize("text", ["新和平路二段5號", "和平路二段5號後面", "永樂街5號", "5號", ""])
def test_what_is_not_wholly_understood_is_not_exact(chinese: Gazetteer, text: str) -> None:
    result = find(chinese, text).result
    if "後面" in text:  # a note after the number: the door itself stands
        assert result.precision is Precision.EXACT
    else:
        assert result.precision is Precision.NONE
        assert result.point is None
        assert result.unmatched


def test_a_text_that_is_no_address_is_not_searched(chinese: Gazetteer) -> None:
    assert "longer" in find(chinese, "和平路" * 20_000).result.unmatched


def test_names_like_the_one_asked_for_are_offered(chinese: Gazetteer) -> None:
    names = [entry.name for entry in chinese.similar("和平二段")]
    assert names[0] == "和平路二段"
    assert "陽光花園" not in names
    assert [entry.name for entry in chinese.similar("光明")] == ["光明路"]  # two characters


@pytest.mark.parametrize(
    ("text", "lon"),
    [("1 High Street, Eastham", 0.2051), ("High St 1, Westham", 0.0051)],
)
def test_the_town_decides_between_two_streets_of_one_name(
    western: Gazetteer, text: str, lon: float
) -> None:
    result = find(western, text).result
    assert result.precision is Precision.EXACT
    assert off_by_m(result, 51.0101, lon) < 1


def test_two_doors_of_one_address_far_apart_wait_for_a_person(western: Gazetteer) -> None:
    answer = find(western, "1 High Street")
    assert answer.result.precision is Precision.DISTRICT
    assert "2 places" in answer.result.unmatched
    assert [each.precision for each in answer.candidates] == [Precision.EXACT] * 2


def test_the_only_door_waits_where_another_street_may_have_it(western: Gazetteer) -> None:
    # 9 stands in Eastham only, but Westham's numbers run from 1 to 21.
    assert find(western, "9 High Street").result.precision is Precision.DISTRICT
    # 21 is beyond Eastham's numbers, which end at 9.
    result = find(western, "21 High Street").result
    assert result.precision is Precision.EXACT
    assert result.unmatched == "1 more of this name, without the number"


def test_a_street_of_two_towns_is_a_street_once_the_town_is_told(western: Gazetteer) -> None:
    assert find(western, "High Street").result.precision is Precision.DISTRICT
    assert find(western, "High Street, Westham").result.precision is Precision.STREET


def test_a_street_in_the_wrong_town_is_told(western: Gazetteer) -> None:
    result = find(western, "91-21 Mill Lane, Westham").result
    assert result.precision is Precision.DISTRICT
    assert "eastham" in result.unmatched


def test_an_unknown_town_is_outside(western: Gazetteer) -> None:
    answer = find(western, "91-21 Mill Lane, Nowhere")
    assert answer.result.precision is Precision.NONE
    assert "nowhere" in answer.result.unmatched


def test_hyphenated_numbers_are_interpolated_within_their_block(western: Gazetteer) -> None:
    result = find(western, "91-23 Mill Ln #4B, Eastham").result
    assert result.precision is Precision.INTERPOLATED
    assert off_by_m(result, 51.0151, 0.2065) < 1  # half way between 91-21 and 91-25


def test_the_abbreviated_street_of_a_house_is_the_streets(western: Gazetteer) -> None:
    assert find(western, "5 Oak Avenue, Westham").result.precision is Precision.EXACT
    assert find(western, "Crumb, Westham").result.precision is Precision.COMPOUND


def test_houses_of_one_number_far_apart_on_one_street_tell_the_street(tmp_path: Path) -> None:
    town = ExtractText()
    town.way((51.0, 0.0), (51.0, 0.002), highway="residential", name="Twin Road")
    for lon in (0.0, 0.002):
        town.node((51.0, lon), addr__street="Twin Road", addr__housenumber="7")
    result = found(town, tmp_path, "7 Twin Road")
    assert result.precision is Precision.STREET
    # 0.002° of longitude at 51° north are 140 m: 70 m from the middle, and 10 m for a door
    assert 75 < result.radius_m < 85


def test_neighbours_far_apart_bound_the_street_but_interpolate_nothing(tmp_path: Path) -> None:
    town = ExtractText()
    for number, lon in (("1", 0.0), ("99", 0.006)):
        town.node((51.0, lon), addr__street="Long Road", addr__housenumber=number)
    result = found(town, tmp_path, "51 Long Road")
    assert result.precision is Precision.STREET
    # 51 is 50/98 of the way along 420 m: it lies within that of the nearer end
    assert off_by_m(result, 51.0, 0.006 * 50 / 98) < 1
    assert 205 < result.radius_m < 220


def test_neighbours_of_a_ring_road_tell_all_of_it(tmp_path: Path) -> None:
    town = ExtractText()
    # A square of 0.01°: 51 stands at its far corner, the doors 1 and 99 at two others.
    corners = [(0.0, 0.0), (0.01, 0.0), (0.01, 0.01), (0.0, 0.01)]
    town.way(*corners, highway="secondary", name="Ring Road")
    for number, at in (("1", corners[0]), ("99", corners[3])):
        town.node(at, addr__street="Ring Road", addr__housenumber=number)
    result = found(town, tmp_path, "51 Ring Road")
    assert result.precision is Precision.STREET
    assert off_by_m(result, *corners[1]) <= result.radius_m
    assert off_by_m(result, *corners[2]) <= result.radius_m


def test_an_extract_of_compounds_alone_is_read(tmp_path: Path) -> None:
    town = ExtractText()
    town.node((51.0, 0.0), amenity="school", name="Hill School")
    assert found(town, tmp_path, "Hill School").precision is Precision.COMPOUND


def test_a_full_address_without_street_tag_is_read(tmp_path: Path) -> None:
    town = ExtractText()
    town.node((25.0, 121.5), addr__full="104安平市東區和平路6號三樓")
    assert found(town, tmp_path, "和平路6號").precision is Precision.EXACT


def test_other_names_of_a_street_lead_to_it(tmp_path: Path) -> None:
    town = ExtractText()
    names = {"name": "南京东路", "name__en": "East Nanjing Road"}
    town.way((31.0, 121.0), (31.0, 121.001), highway="residential", **names)
    town.node((31.0, 121.0), addr__street="East Nanjing Road", addr__housenumber="8")
    assert found(town, tmp_path, "南京东路8号").precision is Precision.EXACT


def test_a_clipped_extract_is_read(tmp_path: Path) -> None:
    town = ExtractText()
    road = town.way((51.0, 0.0), 999, 998, highway="residential", name="Cut Road")
    town.way(997, highway="residential", name="Gone Road")
    town.relation(road, type="boundary", boundary="administrative", admin_level="8", name="Cutham")
    assert found(town, tmp_path, "Cut Road, Cutham").precision is Precision.STREET
    assert found(town, tmp_path, "Gone Road").precision is Precision.NONE
    # the town's outline is cut: its name is known, but not where it is
    assert found(town, tmp_path, "5 Lost Road, Cutham").precision is Precision.NONE


def found(town: ExtractText, folder: Path, text: str) -> GeocodeResult:
    """Build the town's gazetteer and ask it once."""
    build_gazetteer(town.write(folder / "town.osm"), folder / "town.gazetteer")
    gazetteer = Gazetteer(folder / "town.gazetteer")
    result = find(gazetteer, text).result
    gazetteer.close()
    return result


def test_the_report_counts_what_was_built(tmp_path: Path) -> None:
    report = build_gazetteer(two_towns(tmp_path / "t.osm"), tmp_path / "t.gazetteer")
    # 5 doors of two High Streets, 2 of Mill Lane, 1 of Oak Avenue; 4 streets; 1 bakery; 2 towns
    size = (tmp_path / "t.gazetteer").stat().st_size
    assert report == BuildReport(8, 4, 1, 2, size, report.seconds)


@pytest.mark.parametrize(
    "content", [b"", b"lat,lon\n1,2\n", b"<osm version='0.6'></osm>", b"<gpx></gpx>"]
)
def test_a_file_that_is_no_extract_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "town.osm"
    file.write_bytes(content)
    with pytest.raises(ExtractError, match=r"town\.osm"):
        build_gazetteer(file, tmp_path / "town.gazetteer")
    assert not list(tmp_path.glob("town.gazetteer*"))


def test_a_failed_build_keeps_the_older_file(tmp_path: Path) -> None:
    file = tmp_path / "t.gazetteer"
    build_gazetteer(two_towns(tmp_path / "t.osm"), file)
    before = file.read_bytes()
    with pytest.raises(ExtractError, match="no file"):
        build_gazetteer(tmp_path / "absent.osm", file)
    assert file.read_bytes() == before


@pytest.mark.parametrize("fault", ["absent", "foreign", "no database", "unfinished", "older"])
def test_a_gazetteer_that_is_none_is_refused(tmp_path: Path, fault: str) -> None:
    file = tmp_path / "t.gazetteer"
    if fault == "no database":
        file.write_text("hello " * 200)
    elif fault == "foreign":
        sqlite3.connect(file).execute("CREATE TABLE entry (id)").connection.close()
    elif fault != "absent":
        build_gazetteer(two_towns(tmp_path / "t.osm"), file)
        pragma = {"unfinished": "application_id = 0", "older": "user_version = 0"}[fault]
        with sqlite3.connect(file) as connection:
            connection.execute(f"PRAGMA {pragma}")
        connection.close()
    with pytest.raises(GazetteerError, match="build it"):
        Gazetteer(file)
