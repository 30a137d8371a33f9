"""Case lists: good rows in, every fault told at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from data.readers.cases import NOT_CHECKED, read_cases
from data.readers.report import FileError, ReadResult
from data.readers.tables import File
from routing.datum import Datum
from routing.geocoding import Precision
from routing.point import Point
from scheduler.model import DailyWindow, PlaceKind, StopFlag, Window
from scheduler.ports import CaseRecord

ZONE = ZoneInfo("Asia/Shanghai")
HEADER = ["合同号", "姓名", "家庭地址"]
GOOD = ["A1", "张三", "某路1号"]

Write = Callable[..., File]


def read(file: File, **options: Any) -> ReadResult[CaseRecord]:
    return read_cases(file, zone=ZONE, **options)


def only(file: File, **options: Any) -> CaseRecord:
    """Return the one record of a file without faults."""
    result = read(file, **options)
    assert result.errors == ()
    (record,) = result.records
    return record


def told(result: ReadResult[CaseRecord]) -> list[tuple[int, str, str]]:
    return [(error.line, error.column, error.value) for error in result.errors]


def test_the_least_a_list_can_have(write_csv: Write) -> None:
    record = only(write_csv(HEADER, GOOD))
    assert record.case.id == "A1"
    assert record.case.borrower_id == record.borrower.id == "case-A1"
    assert record.borrower.name == "张三"
    (place,) = record.places
    assert (place.kind, place.address, place.point) == (PlaceKind.HOME, "某路1号", None)
    assert (place.source, place.lawful_basis) == ("lender's file", "contract")
    assert place.borrower_id == record.borrower.id
    assert (record.case.overdue, record.case.crew_size) == (Decimal(0), 1)
    assert not record.case.stops


FULL = {
    "Contract": "0012",
    "Name": "=HYPERLINK(1)",
    "Client ID": "C9",
    "Phone": "+86 138-0000",
    "Languages": "粤语",
    "Agency": "North",
    "Product": "car loan",
    "Principal": "1.2万",
    "Overdue (¥)": "1,500",
    "DPD": "95",
    "Bucket": "M4",
    "Stop": "投诉; 住院",
    "Assigned": "yes",
    "Owner": "007",
    "Promise date": "2026/11/30",
    "Appointment": "2026-12-01 14:00-16:00",
    "Last visit": "2026-11-02 09:30",
    "Skills": "hakka, tow",
    "Crew size": "2",
    "Datum": "WGS-84",
    "Home address": "1 Some Road",
    "Home latitude": "31.2",
    "Home longitude": "121.4",
    "Home availability": "Mon-Fri 18:00-20:00",
    "Home source": "call of 2 Nov",
    "Home lawful basis": "consent",
    "Home address valid": "no",
    "Home access note": "side gate",
    "Work address": "9 Other Road",
}


def test_every_field_of_a_case(write_csv: Write) -> None:
    record = only(write_csv(list(FULL), list(FULL.values())))
    case, borrower, (home, work) = record.case, record.borrower, record.places
    assert (case.id, case.agency, case.product) == ("0012", "North", "car loan")
    assert (case.principal, case.overdue) == (Decimal(12000), Decimal(1500))
    assert (case.days_past_due, case.bucket) == (95, "M4")
    assert case.stops == {StopFlag.COMPLAINT, StopFlag.HOSPITAL}
    assert (case.is_assigned, case.owner, case.crew_size) == (True, "007", 2)
    assert case.promise_due == date(2026, 11, 30)
    assert case.appointment == Window(
        datetime(2026, 12, 1, 14, tzinfo=ZONE), datetime(2026, 12, 1, 16, tzinfo=ZONE)
    )
    assert case.visited_at == datetime(2026, 11, 2, 9, 30, tzinfo=ZONE)
    assert case.skills == {"hakka", "tow"}
    # A name that begins like a formula is a name.
    assert (borrower.id, borrower.name) == ("C9", "=HYPERLINK(1)")
    assert borrower.phone == "+86 138-0000"
    assert borrower.languages == {"cantonese"}
    # She lies in hospital, and has complained, whatever the contract.
    assert borrower.stops == {StopFlag.HOSPITAL, StopFlag.COMPLAINT}
    assert (home.kind, home.address) == (PlaceKind.HOME, "1 Some Road")
    assert (home.point, home.precision) == (Point(31.2, 121.4), Precision.CONFIRMED)
    assert home.windows == (DailyWindow(time(18), time(20), frozenset(range(5))),)
    assert (home.source, home.lawful_basis) == ("call of 2 Nov", "consent")
    assert (home.is_valid, home.access_note) == (False, "side gate")
    assert (work.kind, work.windows, work.is_valid) == (PlaceKind.WORK, (), True)


def test_known_names_the_fields_that_columns_feed(write_csv: Write) -> None:
    least = read(write_csv(HEADER, GOOD)).known
    assert least == {"case.id", "case.borrower_id", "borrower.name", "place.address", "place.kind"}
    full = read(write_csv(list(FULL), list(FULL.values()))).known
    assert {"case.stops", "borrower.stops", "place.windows", "place.point", "case.owner"} <= full
    assert "case.agency" in read(write_csv(HEADER, GOOD), agency="North").known


def test_what_is_not_checked_is_said_once(write_csv: Write) -> None:
    result = read(write_csv(HEADER, GOOD, ["A2", *GOOD[1:]]))
    assert len(result.records) == 2
    assert set(NOT_CHECKED.values()) == set(result.notes)
    assert not set(NOT_CHECKED.values()) & set(
        read(write_csv([*FULL, "身份证号"], [*FULL.values(), ""])).notes
    )


def test_every_bad_cell_of_every_row_is_told_and_good_rows_come_in(write_csv: Write) -> None:
    result = read(
        write_csv(
            ["逾期清单"],
            [*HEADER, "逾期金额(元)", "逾期天数", "可上门时间", "承诺还款日"],
            ["A1", "张三", "某路1号", "100", "5", "9:00-12:00", "2026-12-01"],
            ["A2", "", "某路2号", "-100", "-5", "20:00-18:00", "12/1/2026"],
            [],
            ["", "王五", "", "100", "5", "", ""],
            ["A4", "赵六", "某路4号", "", "", "", ""],
        )
    )
    assert [record.case.id for record in result.records] == ["A1", "A4"]
    assert told(result) == [
        (4, "姓名", ""),
        (4, "逾期金额(元)", "-100"),
        (4, "逾期天数", "-5"),
        (4, "可上门时间", "20:00-18:00"),
        (4, "承诺还款日", "12/1/2026"),
        (6, "合同号", ""),
        (6, "家庭地址", ""),
    ]
    assert str(result.errors[1]) == (
        "line 4, column '逾期金额(元)': '-100' is negative; "
        "write the sum that is owed, zero or more"
    )
    assert str(result.errors[0]) == "line 4, column '姓名' is empty; fill it in"


def test_a_contract_twice_keeps_both_out(write_csv: Write) -> None:
    other = ["B", "李四", "某路2号"]
    result = read(write_csv(HEADER, GOOD, other, ["Ａ１", "张三", "某路1号"]))
    assert [record.case.id for record in result.records] == ["B"]
    assert [error.line for error in result.errors] == [2, 4]
    assert all("lines 2, 4; keep one row" in error.problem for error in result.errors)


def test_unknown_skills(write_csv: Write) -> None:
    file = write_csv([*HEADER, "所需技能"], [*GOOD, "hakka, juggling"])
    result = read(file, known_skills={"hakka", "tow"})
    assert told(result) == [(2, "所需技能", "hakka, juggling")]
    assert "juggling, which no list of skills has; write some of hakka, tow" in str(
        result.errors[0]
    )
    assert only(file).case.skills == {"hakka", "juggling"}


def test_unknown_place_kinds(write_csv: Write) -> None:
    header = ["合同号", "姓名", "地址", "地址类型"]
    result = read(
        write_csv(header, ["A", "a", "x", "单位"], ["B", "b", "y", "moon"], ["C", "c", "z", ""])
    )
    assert told(result) == [(3, "地址类型", "moon")]
    kinds = [record.places[0].kind for record in result.records]
    assert kinds == [PlaceKind.WORK, PlaceKind.OTHER]


def test_an_unknown_stop_word_stops_and_is_told(write_csv: Write) -> None:
    result = read(write_csv([*HEADER, "停催标志"], [*GOOD, "某种原因"]))
    assert result.records[0].case.stops == {StopFlag.OTHER}
    assert any("line 2: stop '某种原因' is not known" in note for note in result.notes)


def test_a_bucket_that_contradicts_is_told(write_csv: Write) -> None:
    rows = [[str(n), "a", "x", dpd, b] for n, (dpd, b) in enumerate([("30", "M1"), ("31", "M1")])]
    result = read(write_csv([*HEADER, "DPD", "账龄"], *rows))
    # 30 days are still M1, 31 are M2.
    assert any(note.startswith("line 3: the bucket contradicts") for note in result.notes)
    assert len(result.records) == 2


@pytest.mark.parametrize("columns", [["纬度", "经度"], ["家庭纬度", "家庭经度"]])
def test_coordinates_need_a_datum(write_csv: Write, columns: list[str]) -> None:
    file = write_csv([*HEADER, *columns], [*GOOD, "31.2", "121.4"])
    with pytest.raises(FileError, match=r"without a datum: say whether they are WGS-84.*坐标系"):
        read(file)
    (place,) = only(file, datum=Datum.WGS84).places
    # Plain coordinates belong to the only address.
    assert (place.kind, place.point) == (PlaceKind.HOME, Point(31.2, 121.4))


def test_gcj02_is_converted(write_csv: Write) -> None:
    header = [*HEADER, "家庭纬度", "家庭经度", "坐标系"]
    file = write_csv(
        header, [*GOOD, "31.2", "121.4", "GCJ-02"], ["A2", "b", "y", "31.2", "121.4", ""]
    )
    first, second = (record.places[0].point for record in read(file, datum=Datum.WGS84).records)
    assert second == Point(31.2, 121.4)
    assert first is not None
    # The shift around Shanghai is some hundreds of metres: 0.001 to 0.01 degrees.
    assert 0.001 < abs(first.lat - 31.2) + abs(first.lon - 121.4) < 0.01


def test_faulty_coordinates(write_csv: Write) -> None:
    header = ["合同号", "姓名", "纬度", "经度", "坐标系"]
    rows = [
        ["A", "a", "121.4", "31.2", "WGS-84"],
        ["B", "b", "31.2", "", "WGS-84"],
        ["C", "c", "0", "0", "WGS-84"],
        ["D", "d", "31.2", "121.4", ""],
        ["E", "e", "31.2", "121.4", "MARS"],
        ["F", "f", "", "", ""],
        ["G", "g", "31.2", "121.4", "WGS-84"],
    ]
    result = read(write_csv(header, *rows))
    assert [record.case.id for record in result.records] == ["G"]
    assert told(result) == [
        (2, "纬度", "121.4"),
        (3, "经度", ""),
        (4, "纬度", "0"),
        (5, "坐标系", ""),
        (6, "坐标系", "MARS"),
        (7, "纬度", ""),
    ]
    assert "swapped" in result.errors[0].problem


@pytest.mark.parametrize(
    ("headers", "problem"),
    [
        (["合同号", "姓名"], "no column has an address or coordinates"),
        (["合同号", "家庭地址"], "no column '姓名 / Name'"),
        (["合同号", "姓名", "纬度", "坐标系"], "'纬度' has no partner"),
        (
            ["合同号", "姓名", "家庭地址", "单位地址", "纬度", "经度", "坐标系"],
            "beside several addresses",
        ),
    ],
)
def test_files_that_cannot_be_understood(
    write_csv: Write, headers: list[str], problem: str
) -> None:
    with pytest.raises(FileError, match=problem):
        read(write_csv(headers, ["x"] * len(headers)))


def test_plain_windows_hold_for_places_without_their_own(write_csv: Write) -> None:
    header = [*HEADER, "单位地址", "单位可上门时间", "可上门时间"]
    home, work = only(write_csv(header, [*GOOD, "某街", "9:00-11:00", "18:00-20:00"])).places
    assert home.windows == (DailyWindow(time(18), time(20)),)
    assert work.windows == (DailyWindow(time(9), time(11)),)


def test_a_last_visit_without_time_counts_as_noon(write_csv: Write) -> None:
    record = only(write_csv([*HEADER, "上次上门日期"], [*GOOD, "20261102"]))
    assert record.case.visited_at == datetime(2026, 11, 2, 12, tzinfo=ZONE)


def test_a_workbook_with_dates_numbers_and_text(write_xlsx: Write) -> None:
    record = only(
        write_xlsx(
            [*HEADER, "手机", "逾期金额", "承诺还款日", "预约时间"],
            [1001, "张三", "某路1号", 13800000000, 1234.5, date(2026, 11, 30), None],
        )
    )
    assert (record.case.id, record.borrower.phone) == ("1001", "13800000000")
    assert (record.case.overdue, record.case.promise_due) == (Decimal("1234.5"), date(2026, 11, 30))


def test_what_a_workbook_lost_or_never_computed_is_told(write_xlsx: Write) -> None:
    result = read(
        write_xlsx(
            [*HEADER, "逾期金额"],
            [622100123456789012, "张三", "某路1号", 1],
            ["A2", "李四", "某路2号", "=1+1"],
            ["A3", "王五", "某路3号", 3],
        )
    )
    assert [record.case.id for record in result.records] == ["A3"]
    assert [(error.line, error.column) for error in result.errors] == [
        (2, "合同号"),
        (3, "逾期金额"),
    ]
    assert "last digits a spreadsheet dropped" in result.errors[0].problem
    assert "(cell D3)" in result.errors[1].problem


def test_mapping_of_headers_that_nobody_knows(write_csv: Write) -> None:
    file = write_csv(["Vertrag", "Kunde", "Anschrift"], ["A1", "b", "c"])
    with pytest.raises(FileError, match="no header is understood"):
        read(file)
    mapping = {"Vertrag": "contract", "Kunde": "name", "Anschrift": "work_address"}
    record = only(File(file.path, mapping=mapping))
    assert (record.case.id, record.places[0].kind) == ("A1", PlaceKind.WORK)


@pytest.mark.parametrize("sign", ["-", "无", "NULL", "N/A", "—"])
def test_signs_for_no_value_are_no_value(write_csv: Write, sign: str) -> None:
    header = [*HEADER, "单位地址", "承诺还款日", "逾期天数", "所需技能", "停催标志"]
    record = only(write_csv(header, [*GOOD, *[sign] * 5]))
    assert [place.kind for place in record.places] == [PlaceKind.HOME]
    assert (record.case.promise_due, record.case.days_past_due) == (None, 0)
    assert not record.case.skills | record.case.stops
    result = read(write_csv(HEADER, ["A1", sign, sign]))
    assert [error.column for error in result.errors] == ["姓名", "家庭地址"]


def test_sums_in_ten_thousands(write_csv: Write) -> None:
    record = only(write_csv([*HEADER, "贷款本金（万元）", "逾期金额(元)"], [*GOOD, "1.2", "1.2"]))
    assert (record.case.principal, record.case.overdue) == (Decimal(12000), Decimal("1.2"))


def test_progress_is_told_to_the_end(write_csv: Write) -> None:
    seen: list[tuple[int, int]] = []
    rows: Sequence[list[str]] = [[str(n), "a", "x"] for n in range(1200)]
    read(write_csv(HEADER, *rows), progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (1200, 1200)
    assert seen == sorted(seen)
    assert len(seen) > 2
