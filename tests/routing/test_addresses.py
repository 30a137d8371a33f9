"""Names, numbers and addresses, read without a gazetteer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.gazetteer.areas import AreaName, area_name, contradictions
from routing.gazetteer.chinese import read_chinese, street_and_number
from routing.gazetteer.numbers import house_number, house_numbers, split_lane
from routing.gazetteer.text import arabic, bigrams, name_key
from routing.gazetteer.western import read_western


def chinese_numeral(number: int) -> str:
    """Write a number below 1000 as people do: 27 is 二十七, 105 is 一百零五."""
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = digits[hundreds] + "百" if hundreds else ""
    if tens:
        text += (digits[tens] if tens > 1 or hundreds else "") + "十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


@given(st.integers(1, 999))
def test_a_chinese_numeral_is_read_back(number: int) -> None:
    assert arabic(chinese_numeral(number)) == number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中山北路二段", "中山北路 2 段"),
        ("中山北路二段二十七巷", "中山北路２段27巷"),
        ("臺灣大道", "台灣大道"),
        ("West 3rd Avenue", "w. 3rd ave"),
        ("212th Street", "212 St"),
        ("Bahnhofstrasse", "Bahnhofstr."),
        ("Hauptstraße", "HAUPTSTRASSE"),
        ("Peter-Kaiser-Platz", "Peter Kaiser Platz"),
    ],
)
def test_two_spellings_of_a_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize("name", ["三民路", "四平街", "五福一路"])
def test_a_numeral_inside_a_name_stays(name: str) -> None:
    assert name_key(name) == name


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("4號", "4"),
        ("12之3號", "12-3"),
        ("12號之3", "12-3"),
        ("12-3号", "12-3"),
        ("１２", "12"),
        ("91-05", "91-5"),  # written with and without the zero in one and the same street
        ("14 A", "14a"),
        ("213-17B", "213-17b"),
        ("二十七號", "27"),
        ("甲12号", "12a"),  # one annex, in three ways of writing it and in the newer one
        ("12甲号", "12a"),
        ("12号甲", "12a"),
        ("12A号", "12a"),
        ("12#", "12"),
    ],
)
def test_house_numbers_have_one_key(text: str, key: str) -> None:
    number = house_number(text)
    assert number is not None
    assert number.key == key


@pytest.mark.parametrize("text", ["", "bis", "Block A", "12楼", "3号楼", "12 14"])
def test_what_is_no_house_number_is_none(text: str) -> None:
    assert house_number(text) is None


def test_the_side_is_told_by_the_main_number_or_by_the_number_after_the_cross_street() -> None:
    annex, queens = house_number("12之3號"), house_number("92-23")
    assert annex is not None
    assert queens is not None
    assert not annex.is_odd  # an annex of 12 stands where 12 stands
    assert queens.is_odd  # the 23rd of the block after 92nd


@given(st.lists(st.tuples(st.integers(1, 999), st.integers(0, 99)), min_size=2, unique=True))
def test_numbers_ascend_by_main_number_and_then_by_annex(parts: list[tuple[int, int]]) -> None:
    texts = [f"{main}之{sub}號" if sub else f"{main}號" for main, sub in sorted(parts)]
    values = [number.value for number in map(house_number, texts) if number]
    assert len(values) == len(parts)
    assert values == sorted(set(values))


def test_a_tag_with_several_numbers_is_several_houses() -> None:
    assert [number.key for number in house_numbers("12;14/16")] == ["12", "14", "16"]


def test_a_unit_before_the_number_is_left_out() -> None:
    assert [number.key for number in house_numbers("108 - 777")] == ["777"]


def test_a_lane_in_the_number_belongs_to_the_street() -> None:
    assert split_lane("27巷4號") == ("27巷", "4号")
    assert split_lane("4號") == ("", "4號")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("安平市東區和平路二段15號3樓之2", "15"),
        ("和平路二段15之2號地下", "15-2"),
        ("和平路二段15", "15"),
        ("和平路二段15號（近市場）", "15"),
        ("和平路二段 十五 號", "15"),
        ("和平路15 3楼", "15"),  # the gap keeps the floor's number from joining the door's
        ("和平路15，302室", "15"),
        ("和平路15 3F", "15"),
        ("和平路15号302房", "15"),
        ("和平路12、14号", "12"),
        ("和平路第15号", "15"),
        ("和平路门牌15号", "15"),
        ("和平路No.15", "15"),
        ("和平路15#", "15"),
        ("和平路15号丙单元", "15"),  # an entrance, no annex
        ("和平路15号门口", "15"),
        ("和平路15号院3号楼", "15"),
        ("和平路（15号）", "15"),
        ("和平路二段", None),
    ],
)
def test_a_chinese_address_gives_its_number(text: str, number: str | None) -> None:
    first = read_chinese(text).readings[0].number
    assert (first.key if first else None) == number


@pytest.mark.parametrize(
    "inside",
    [
        *("3楼", "三楼", "3层", "3F", "3f", "负一楼", "地下一层", "12层B座", "8F-2"),
        *("602室", "3室", "302房", "302号房", "2号室", "12-3-501"),
        *("3单元501", "B座1203", "5栋", "12幢", "5座", "3号楼", "3号楼502室", "6号公寓302"),
        *("3号门", "3号厂房", "A3号"),
    ],
)
def test_what_is_inside_is_no_house_number(inside: str) -> None:
    readings = read_chinese(f"安平市和平路{inside}").readings
    assert not any(reading.number for reading in readings if reading.name == "和平路")
    assert any(reading.name == "和平路" for reading in readings)


def test_a_number_behind_what_is_inside_is_not_the_streets() -> None:
    for text in ("和平路1幢5号", "和平路2楼5号", "和平路地下一层12号"):
        numbers = [r.number for r in read_chinese(text).readings if r.name == "和平路"]
        assert numbers
        assert not any(numbers)


@pytest.mark.parametrize(
    "part",
    ["A区3栋502", "三期5栋", "东门", "南区12号楼", "北区", "对面", "3-2-501", "12-502", "3号楼5号"],
)
def test_a_part_of_a_compound_leads_to_it(part: str) -> None:
    readings = read_chinese(f"安平市陽光花園{part}").readings
    assert ("阳光花园", "安平市") in {(reading.name, reading.leftover) for reading in readings}


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("和平路15号陽光花園3栋502", "阳光花园"),
        ("和平路15号（陽光花園）3栋", "阳光花园"),
        ("和平路15号院陽光花園", "阳光花园"),
        ("和平路陽光花園5号楼", "阳光花园"),
        ("和平路15号嘉苑3栋", "嘉苑"),
    ],
)
def test_what_stands_beside_a_street_may_be_a_compound(text: str, beside: str) -> None:
    first = next(r for r in read_chinese(text).readings if r.name == "和平路" and r.beside)
    assert beside in first.beside


def test_every_tail_before_the_number_may_be_the_street() -> None:
    readings = read_chinese("東區和平路7巷4號").readings
    assert ("和平路7巷", "东区", "4") in [
        (r.name, r.leftover, r.number.key) for r in readings if r.number
    ]
    # without the lane the number is not the road's, and what is left out is told
    assert ("和平路", None, "7巷4号") in [(r.name, r.number, r.unused) for r in readings]


def test_a_full_address_of_the_map_is_split_by_its_areas() -> None:
    full = "104安平市東區康樂里2鄰和平路二段27巷4號三樓之3"
    assert street_and_number(full) == ("和平路2段27巷", "4")


@pytest.mark.parametrize(
    "text",
    [
        "91-23 212th Street, Queens Village, NY 11428",
        "91-23 212 St Apt 3, Queens Village",
        "91-23 212th St. #4B Queens Village NY",
        "Unit 4, 91-23 212th Street",
        "No. 91-23, 212th Street",
        "Miller Bakery, 91-23 212th street",
        "4 - 91-23 212th street",
        "212th Street 91-23",
    ],
)
def test_a_western_address_offers_its_street_and_number(text: str) -> None:
    offered = {(r.name, r.number.key) for r in read_western(text).readings if r.number}
    assert ("212 street", "91-23") in offered


def test_what_follows_the_comma_is_the_tail() -> None:
    first = read_western("5 Oak Ave, Westham").readings[0]
    assert (first.name, first.leftover, first.tail) == ("oak avenue", "", "westham")


def test_a_chinese_name_tells_its_own_level() -> None:
    assert area_name("中山區", "8") == AreaName("district", "中山区")
    assert area_name("Schaan", "8") == AreaName("8", "schaan")


def test_areas_of_one_level_exclude_each_other() -> None:
    own = frozenset({area_name("安平市"), area_name("東區")})
    assert contradictions([area_name("安平市"), area_name("西區")], own) == [area_name("西區")]
    assert contradictions([area_name("青山村")], own) == []  # no level: excludes nothing
    assert contradictions([area_name("大安市"), area_name("安平市")], own) == []  # one agrees


@pytest.mark.parametrize("zone", ["和平社区", "高新区", "市辖区", "工业园区"])
def test_a_zone_excludes_no_district(zone: str) -> None:
    assert contradictions([area_name(zone)], frozenset({area_name("東區")})) == []


@given(st.text(min_size=1, max_size=12))
def test_a_key_has_bigrams_even_when_it_is_short(text: str) -> None:
    grams = bigrams(text)
    assert grams
    assert all(gram in text for gram in grams)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for read in (read_chinese, read_western):
        address = read(text)
        assert all(isinstance(reading.name, str) for reading in address.readings)
