"""Addresses with slips, in odd orders, of two streets, with ranges and flats: on made-up towns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from routing.gazetteer.build import build_gazetteer
from routing.gazetteer.index import Gazetteer
from routing.gazetteer.localities import former_names
from routing.gazetteer.match import find, similar
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point, distance_m
from tests.routing.little_places import METRE, ExtractText

EXACT, STREET = Precision.EXACT, Precision.STREET
AT_5 = Point(25.0 + 50 * METRE, 121.4999)


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    """重庆南路一段 runs north from 25.0 with doors 1, 5 and 9; 学院街 crosses it at 30 m.

    All in 安平市黄浦区永康里. 翠湖花园 is a compound. Elm Street has 12 and 91-23, 1401.
    """
    folder = tmp_path_factory.mktemp("hard")
    text = ExtractText()
    areas = {"addr__city": "安平市", "addr__district": "黄浦区", "addr__hamlet": "永康里"}
    text.way((25.0, 121.5), (25.004, 121.5), highway="primary", name="重慶南路一段")
    for number in (1, 5, 9):
        at = (25.0 + 10 * number * METRE, 121.4999)
        text.node(at, addr__housenumber=f"{number}號", addr__street="重慶南路一段", **areas)
    text.way((25.0 + 30 * METRE, 121.498), (25.0 + 30 * METRE, 121.502), highway="residential",
             name="学院街")  # fmt: skip
    text.node((25.002, 121.51), place="neighbourhood", name="永康里")
    yard = text.square((25.01, 121.51), 100 * METRE)
    text.ways[yard - 1] = text.ways[yard - 1].replace(
        "</way>", '<tag k="landuse" v="residential"/><tag k="name" v="翠湖花园"/></way>'
    )
    text.way((25.02, 121.5), (25.024, 121.5), highway="residential", name="Elm Street")
    for door, at_m in (("12", 20), ("91-23", 60), ("1401", 300)):
        at = (25.02 + at_m * METRE, 121.4999)
        text.node(at, addr__housenumber=door, addr__street="Elm Street")
    build_gazetteer(text.write(folder / "t.osm"), folder / "t.sqlite")
    opened = Gazetteer(folder / "t.sqlite")
    yield opened
    opened.close()


def told(gazetteer: Gazetteer, text: str) -> GeocodeResult:
    return find(gazetteer, text).result


@pytest.mark.parametrize(
    "text",
    [
        "安平市黄浦区重庆南路一段5号",
        "安平市黃浦區重慶南路一段5號",  # traditional
        "重庆南路一段5号黄浦区安平市",  # the small before the large
        "5号重庆南路一段黄浦区安平市",
        "安平市卢湾区重庆南路一段5号",  # what 黄浦区 was called, in part, until 2011
        "安平黄浦重庆南路一段5号",  # without the last signs of the areas
        "重庆南路一段５号 王小明 13800000000",
        "重庆南路一段5号（旧门牌12号）",
        "重庆南路1段五号3楼",
    ],
)
def test_a_door_is_exact_however_it_is_written(gazetteer: Gazetteer, text: str) -> None:
    result = told(gazetteer, text)
    assert result.precision is EXACT
    assert result.point
    assert distance_m(result.point, AT_5) < 1
    assert result.is_plannable
    assert "王小明" not in result.unmatched + result.matched
    assert "138" not in result.unmatched + result.matched


@pytest.mark.parametrize(
    "text",
    [
        "安平市黄浦区重庆北南路一段5号".replace("北", ""),
        "安平市黄浦区重床南路一段5号",
        "安平市黄浦区重庆南路一断5号",
        "安平市黄浦区重庆南路一段5好",
        "安平市黄埔区重庆南路一段5号",
        "安平市黄浦区永看里重庆南路一段5号",
    ],
)
def test_one_wrong_sign_costs_confidence_at_most(gazetteer: Gazetteer, text: str) -> None:
    clean = told(gazetteer, "安平市黄浦区重庆南路一段5号")
    result = told(gazetteer, text)
    assert result.precision is EXACT
    assert result.confidence <= clean.confidence
    assert result.is_plannable


@pytest.mark.parametrize(
    "text",
    [
        "安平市黄浦区重庆东路一段5号".replace("重庆东", "中华东"),
        "太平市黄浦区重庆南路一段5号",  # 太平市 is another city, not a slip for 安平市 …
        "安平市静安区重庆南路一段5号",  # … and 静安区 another district
    ],
)
def test_another_street_city_or_district_is_no_slip(gazetteer: Gazetteer, text: str) -> None:
    result = told(gazetteer, text)
    assert result.precision not in (EXACT, Precision.INTERPOLATED) or "read as" in result.unmatched
    assert not (result.precision is EXACT and result.unmatched == "")


def test_where_two_streets_meet(gazetteer: Gazetteer) -> None:
    corner = Point(25.0 + 30 * METRE, 121.5)
    for text in (
        "安平市黄浦区重庆南路一段与学院街交叉口",
        "重庆南路一段学院街口",
        "学院街/重庆南路一段路口东北角",
    ):
        result = told(gazetteer, text)
        assert result.precision is STREET
        assert result.point
        assert distance_m(result.point, corner) < 30
        assert result.radius_m == 60


@pytest.mark.parametrize(
    ("text", "at_m"),
    [
        ("9123 Elm Street", 60),  # 91-23 without its hyphen
        ("101-1401 Elm Street", 300),  # flat 101 of 1401
        ("12-14 Elm Street", 20),  # the house begins at 12
        ("12/14 Elm Street", 20),
        ("12A Elm Street", 20),
    ],
)
def test_numbers_of_flats_and_ranges(gazetteer: Gazetteer, text: str, at_m: float) -> None:
    result = told(gazetteer, text)
    assert result.precision in (EXACT, Precision.INTERPOLATED)
    assert result.point
    assert distance_m(result.point, Point(25.02 + at_m * METRE, 121.4999)) < 1


def test_a_room_behind_a_hyphen_is_no_door(gazetteer: Gazetteer) -> None:
    result = told(gazetteer, "重庆南路一段1-9")
    assert result.point
    assert distance_m(result.point, Point(25.0 + 10 * METRE, 121.4999)) < 1


def test_a_lane_that_the_map_lacks_is_told_where_it_turns_off(gazetteer: Gazetteer) -> None:
    result = told(gazetteer, "重庆南路一段5巷12号")
    assert result.precision is STREET
    assert result.point
    assert distance_m(result.point, AT_5) < 1
    assert result.radius_m == 150  # doors of a lane lie off the street
    assert result.unmatched == "5巷12号"


def test_former_names_lead_to_others_than_themselves() -> None:
    known = former_names()
    assert known["闸北区"] == ["静安区"]
    assert all(now and old not in now for old, now in known.items())
    # none leads on to another former name: one look suffices
    assert not [old for old, now in known.items() if set(now) & known.keys()]


def test_a_number_far_past_a_street_of_many_known_ones_waits(tmp_path: Path) -> None:
    """1 to 59 are known: 261 is wrong, or of another street. Of three, nothing can be said."""
    text = ExtractText()
    for name, count, lat in (("Long Street", 30, 25.0), ("Short Street", 3, 25.1)):
        text.way((lat, 121.5), (lat + 600 * METRE, 121.5), highway="residential", name=name)
        for i in range(count):
            at = (lat + (10 * i + 5) * METRE, 121.5001)
            text.node(at, addr__housenumber=str(2 * i + 1), addr__street=name)
    build_gazetteer(text.write(tmp_path / "t.osm"), tmp_path / "t.sqlite")
    opened = Gazetteer(tmp_path / "t.sqlite")
    long, short = told(opened, "261 Long Street"), told(opened, "261 Short Street")
    opened.close()
    assert long.unmatched == "261 is beyond 59, the last number known there"
    assert not long.is_plannable
    assert short.is_plannable


def test_a_town_far_from_the_door_is_told(tmp_path: Path) -> None:
    """Eastwood is a hamlet 11 km from Mill Lane: the number is there, the town is not."""
    text = ExtractText()
    text.way((25.0, 121.5), (25.002, 121.5), highway="residential", name="Mill Lane")
    text.node((25.001, 121.5001), addr__housenumber="7", addr__street="Mill Lane")
    text.node((25.1, 121.5), place="hamlet", name="Eastwood")
    text.node((25.001, 121.503), place="hamlet", name="Westwood")
    build_gazetteer(text.write(tmp_path / "t.osm"), tmp_path / "t.sqlite")
    opened = Gazetteer(tmp_path / "t.sqlite")
    here, away = told(opened, "7 Mill Lane, Westwood"), told(opened, "7 Mill Lane, Eastwood")
    opened.close()
    assert (here.unmatched, away.unmatched) == ("", "Eastwood is elsewhere")
    assert away.confidence < here.confidence


def test_a_building_of_a_named_place_is_no_part_of_its_name(tmp_path: Path) -> None:
    text = ExtractText()
    yard = text.square((25.01, 121.51), 100 * METRE)
    text.ways[yard - 1] = text.ways[yard - 1].replace(
        "</way>", '<tag k="landuse" v="residential"/><tag k="name" v="Bell Gardens"/></way>'
    )
    build_gazetteer(text.write(tmp_path / "t.osm"), tmp_path / "t.sqlite")
    opened = Gazetteer(tmp_path / "t.sqlite")
    found = {
        told(opened, f"Bell Gardens{inside}").precision
        for inside in ("", ", Bldg 3, Apt 4B", " Building 3", ", Bldg. C")
    }
    opened.close()
    assert found == {Precision.COMPOUND}


@pytest.mark.parametrize(
    "text",
    [
        "重庆" * 150,  # names of any length in it, and no number
        "重庆南路" * 2_000,
        " ".join(f"{i} ab{i}" for i in range(45)),  # every number may be a door's
        "word " * 59,
    ],
)
def test_a_long_text_is_answered_like_any_other(gazetteer: Gazetteer, text: str) -> None:
    assert told(gazetteer, text).precision in (Precision.NONE, Precision.DISTRICT)
    assert len(similar(gazetteer, text)) <= 5
