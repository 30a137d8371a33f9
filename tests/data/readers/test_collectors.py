"""Lists of collectors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from data.readers.collectors import read_collectors
from data.readers.report import FileError
from data.readers.tables import File
from routing.datum import Datum
from routing.point import Point
from routing.travel import Mode

Write = Callable[..., File]

DEPOT, HOME = Point(31.2, 121.4), Point(31.3, 121.5)
ADDRESSES = {"1 Depot Road": DEPOT, "2 Home Road": HOME}


def test_every_field(write_csv: Write) -> None:
    fields = {
        "工号": "007",
        "姓名": "张三",
        "所属机构": "North",
        "出发纬度": "31.2",
        "出发经度": "121.4",
        "返回地址": "2 Home Road",
        "坐标系": "WGS-84",
        "交通方式": "电动车",
        "技能": "hakka, tow",
        "语言": "粤语",
        "证件有效期": "2027-12-31",
        "是否资深": "是",
        "每日最多外访": "12",
        "不同组": "008, 009",
    }
    result = read_collectors(write_csv(list(fields), list(fields.values())), place=ADDRESSES.get)
    assert result.errors == ()
    (collector,) = result.records
    assert (collector.id, collector.name, collector.agency) == ("007", "张三", "North")
    assert (collector.start, collector.end, collector.mode) == (DEPOT, HOME, Mode.EBIKE)
    assert collector.skills == {"hakka", "tow"}
    assert collector.languages == {"cantonese"}
    assert (collector.certificate_expires, collector.is_senior) == (date(2027, 12, 31), True)
    assert collector.max_visits == 12
    assert collector.never_with == {"008", "009"}
    assert any("line 2: never-with names ids" in note for note in result.notes)


def test_defaults(write_csv: Write) -> None:
    file = write_csv(["id", "name", "start address"], ["1", "a", "1 Depot Road"])
    result = read_collectors(file, agency="North", place=ADDRESSES.get)
    (collector,) = result.records
    assert (collector.start, collector.end, collector.agency) == (DEPOT, DEPOT, "North")
    assert (collector.mode, collector.max_visits) == (Mode.CAR, None)
    assert any("expired certificates are not seen" in note for note in result.notes)
    assert "collector.agency" in result.known


@pytest.mark.parametrize(
    "word", ["公共交通", "公共交通+步行", "地铁", "transit", "Public transport"]
)
def test_who_rides(write_csv: Write, word: str) -> None:
    file = write_csv(["id", "name", "start address", "mode"], ["1", "a", "1 Depot Road", word])
    (collector,) = read_collectors(file, agency="North", place=ADDRESSES.get).records
    assert collector.mode is Mode.TRANSIT


def test_faults(write_csv: Write) -> None:
    header = ["id", "name", "start address", "mode", "max visits", "never with", "skills"]
    rows = [
        ["1", "a", "nowhere", "rocket", "0", "1", "juggling"],
        ["2", "", "", "car", "", "", ""],
        ["3", "c", "1 Depot Road", "步行", "", "", ""],
        ["4", "d", "1 Depot Road", "", "", "", ""],
        ["4", "e", "1 Depot Road", "", "", "", ""],
    ]
    result = read_collectors(write_csv(header, *rows), place=ADDRESSES.get, known_skills={"tow"})
    assert [collector.id for collector in result.records] == ["3"]
    assert [(error.line, error.column) for error in result.errors] == [
        *((2, column) for column in header[2:]),
        (3, "name"),
        (3, "start address"),
        (5, "id"),
        (6, "id"),
    ]
    assert "could not be placed" in result.errors[0].problem


def test_addresses_without_anything_to_find_them(write_csv: Write) -> None:
    result = read_collectors(write_csv(["id", "name", "出发地址"], ["1", "a", "x"]))
    assert "give coordinates" in result.errors[0].problem


def test_coordinates_need_a_datum_and_a_start_is_needed(write_csv: Write) -> None:
    file = write_csv(["id", "name", "lat", "lon"], ["1", "a", "31.2", "121.4"])
    with pytest.raises(FileError, match="without a datum"):
        read_collectors(file)
    assert read_collectors(file, datum=Datum.WGS84).records[0].start == DEPOT
    with pytest.raises(FileError, match="where collectors start"):
        read_collectors(write_csv(["id", "name"], ["1", "a"]))
