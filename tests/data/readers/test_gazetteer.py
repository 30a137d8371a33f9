"""The lender's own gazetteer as a list: kinds, datums, encodings, faults, and there and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from data.exports.gazetteer import gazetteer_csv
from data.readers.gazetteer import read_gazetteer
from data.readers.report import FileError
from data.readers.tables import File
from routing.datum import Datum, to_wgs84
from routing.extent import Box
from routing.gazetteer.own_place import OwnKind, OwnPlace
from routing.point import Point, distance_m
from tests.data.readers.conftest import csv_text

Write = Callable[..., File]

HEADER = ["类别", "名称", "别名", "道路", "门牌号", "区县", "纬度", "经度", "坐标系", "半径"]
COMPOUND = ["小区", "东河小区", "东河花园；东河苑", "东河路", "88号", "城东区", "29.862", "121.549"]
TOWN = Box(121.5, 29.8, 121.6, 29.9)


def problems(file: File, **told: object) -> list[str]:
    return [str(error) for error in read_gazetteer(file, **told).errors]  # type: ignore[arg-type]


def test_each_kind_of_place(write_csv: Write) -> None:
    result = read_gazetteer(
        write_csv(
            HEADER,
            [*COMPOUND, "WGS-84", "200"],
            ["楼栋", "东河小区", "", "", "3栋", "", "29.8622", "121.549", "GPS", ""],
            ["弄巷", "东河路18弄", "", "", "", "", "29.863", "121.55", "wgs84", "80米"],
            ["门牌", "", "", "东河路", "90号", "", "29.86", "121.551", "WGS84", ""],
        )
    )
    assert result.errors == ()
    at = Point(29.862, 121.549)
    assert result.records[0] == OwnPlace(
        *(OwnKind.COMPOUND, "东河小区", at, 200.0, ("东河花园", "东河苑")),
        *("东河路", "88号", "城东区", Datum.WGS84),
    )
    assert [(place.kind, place.radius_m) for place in result.records[1:]] == [
        (OwnKind.BUILDING, 25.0),
        (OwnKind.LANE, 80.0),
        (OwnKind.NUMBER, 15.0),
    ]


def test_english_headers_in_a_workbook(write_xlsx: Write) -> None:
    result = read_gazetteer(
        write_xlsx(
            ["Type", "Compound name", "Other names", "Latitude", "Longitude", "Datum"],
            ["compound", "Green Court", "Green Estate; The Court", 29.862, 121.549, "GPS"],
        )
    )
    (place,) = result.records
    assert place.names == ("Green Court", "Green Estate", "The Court")


def test_a_row_without_a_kind_is_what_it_looks_like(write_csv: Write) -> None:
    result = read_gazetteer(
        write_csv(
            ["名称", "道路", "门牌号", "纬度", "经度"],
            ["东河小区", "东河路", "88号", "29.862", "121.549"],
            ["东河小区", "", "三幢", "29.8621", "121.549"],
            ["18弄", "东河路", "", "29.863", "121.549"],
            ["", "东河路", "90", "29.864", "121.549"],
        ),
        datum=Datum.WGS84,
    )
    assert [(place.kind, place.name) for place in result.records] == [
        (OwnKind.COMPOUND, "东河小区"),
        (OwnKind.BUILDING, "东河小区"),
        (OwnKind.LANE, "东河路18弄"),
        (OwnKind.NUMBER, ""),
    ]


def test_each_row_may_have_its_own_datum_and_the_rest_that_of_the_file(write_csv: Write) -> None:
    rows = [["a", "29.862", "121.549", "高德"], ["b", "29.862", "121.549", "百度"]]
    rows += [["c", "29.862", "121.549", ""]]
    result = read_gazetteer(write_csv(["名称", "纬度", "经度", "坐标系"], *rows), datum=Datum.WGS84)
    assert [place.datum for place in result.records] == [Datum.GCJ02, Datum.BD09, Datum.WGS84]
    for place in result.records:
        meant = to_wgs84(29.862, 121.549, place.datum)
        assert distance_m(place.point, meant) < 0.2


def test_a_datum_must_be_stated(write_csv: Write) -> None:
    with pytest.raises(FileError, match="coordinates without a datum"):
        read_gazetteer(write_csv(["名称", "纬度", "经度"], ["东河小区", "29.862", "121.549"]))
    file = write_csv(["名称", "纬度", "经度", "坐标系"], ["东河小区", "29.862", "121.549", ""])
    assert problems(file) == [
        "line 2, column '坐标系' is empty beside coordinates; write WGS-84, GCJ-02 or BD-09"
    ]


def test_all_bad_rows_are_told_at_once_and_the_good_ones_are_in(write_csv: Write) -> None:
    file = write_csv(
        HEADER,
        [*COMPOUND, "WGS-84", "200"],
        ["小区", "", "", "", "", "", "29.862", "121.549", "WGS-84", ""],
        ["楼栋", "东河小区", "", "", "", "", "29.862", "121.549", "WGS-84", ""],
        ["门牌", "", "", "东河路", "无号", "", "29.862", "121.549", "WGS-84", ""],
        ["院落", "南园", "", "", "", "", "29.862", "121.549", "WGS-84", ""],
        ["小区", "北里", "", "", "", "", "121.549", "29.862", "WGS-84", ""],
        ["小区", "西苑", "", "", "", "", "", "", "WGS-84", ""],
        ["小区", "东苑", "", "", "", "", "29.862", "121.549", "WGS-84", "9000"],
    )
    result = read_gazetteer(file)
    assert [place.name for place in result.records] == ["东河小区"]
    assert [(error.line, error.column) for error in result.errors] == [
        (3, "名称"),
        (4, "门牌号"),
        (5, "门牌号"),
        (6, "类别"),
        (7, "纬度"),
        (8, "纬度"),
        (8, "经度"),
        (9, "半径"),
    ]
    assert "swapped" in result.errors[4].problem


def test_what_lies_outside_the_citys_map_is_told_by_its_line(write_csv: Write) -> None:
    near_null = Box(10, 20, 30, 40)
    far = write_csv(["名称", "纬度", "经度"], ["东河小区", "31.2", "121.5"])
    (told,) = problems(far, datum=Datum.WGS84, within=TOWN)
    assert told.startswith("line 2, column '纬度': '31.2' with its longitude lies outside")
    swapped = write_csv(["名称", "纬度", "经度"], ["Court", "12", "35"])
    (told,) = problems(swapped, datum=Datum.WGS84, within=near_null)
    assert told.endswith("latitude and longitude are swapped")


def test_a_place_stands_once_however_it_is_written(write_csv: Write) -> None:
    file = write_csv(
        ["名称", "门牌号", "区县", "纬度", "经度"],
        ["东河小区", "", "", "29.862", "121.549"],
        ["東河小区", "", "", "29.863", "121.549"],
        ["东河小区", "", "城东区", "29.863", "121.549"],
        ["东河小区", "3栋", "", "29.863", "121.549"],
    )
    result = read_gazetteer(file, datum=Datum.WGS84)
    assert [error.line for error in result.errors] == [2, 3]
    assert "stands on lines 2, 3" in result.errors[0].problem
    assert len(result.records) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_spreadsheet_programs(write_bytes: Callable[..., File], encoding: str) -> None:
    text = csv_text([HEADER, [*COMPOUND, "WGS-84", ""]])
    (place,) = read_gazetteer(write_bytes(text.encode(encoding))).records
    assert (place.name, place.district) == ("东河小区", "城东区")


def test_a_list_without_names_says_what_is_missing(write_csv: Write) -> None:
    with pytest.raises(FileError, match="no column names the places"):
        read_gazetteer(write_csv(["纬度", "经度"], ["29.8", "121.5"]), datum=Datum.WGS84)


def test_what_is_exported_reads_back_equal(write_csv: Write, tmp_path: Path) -> None:
    rows = [[*COMPOUND[:6], "29.862173", "121.549381", datum, "180"] for datum in ("高德", "百度")]
    rows[1][1] = "=北里"  # a spreadsheet would compute it
    rows.append(["弄巷", "18弄", "", "东河路", "", "", "29.863", "121.55", "GPS", ""])
    first = read_gazetteer(write_csv(HEADER, *rows))
    assert len(first.records) == 3
    (tmp_path / "out.csv").write_bytes(gazetteer_csv(first.records))
    again = read_gazetteer(File(tmp_path / "out.csv"))
    assert again.errors == ()
    assert again.records == first.records
