"""Lists of payments and balances."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from data.readers.payments import balances_in, payments_in, read_payments
from data.readers.report import ReadResult
from data.readers.tables import File
from scheduler.payments import Balance, Payment

Write = Callable[..., File]

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 15, tzinfo=ZONE)
HEADER = ["合同号", "还款金额(元)", "还款时间", "剩余逾期金额", "逾期天数", "还款方式", "流水号"]
TEN = datetime(2026, 11, 20, 10, tzinfo=ZONE)


def read(file: File) -> ReadResult[Payment | Balance]:
    return read_payments(file, zone=ZONE, now=NOW, borrowers_by_case={"C1": "B1", "C2": "B2"})


def test_payments_reversals_and_balances(write_csv: Write) -> None:
    found = read(
        write_csv(
            HEADER,
            ["C1", "1,500.00", "2026-11-20 10:00", "0", "", "代扣", "P1"],
            ["C1", "-1500", "2026-11-20 10:00", "", "", "", "P2"],
            ["C2", "", "2026-11-19", "700", "33", "", ""],
            ["C2", "50", "2026-11-20 10:00", "650", "34", "", "P3"],
        )
    )
    assert found.errors == ()
    assert payments_in(found.records) == [
        Payment("P1", "C1", Decimal(1500), TEN, "代扣", Decimal(0)),
        Payment("P2", "C1", Decimal(-1500), TEN),
        Payment("P3", "C2", Decimal(50), TEN, "", Decimal(650)),
    ]
    # A balance of a day is that of its end; a payment may tell the age of what is left.
    assert balances_in(found.records) == [
        Balance("C2", Decimal(700), 33, datetime(2026, 11, 20, tzinfo=ZONE)),
        Balance("C2", Decimal(650), 34, TEN),
    ]


def test_two_rows_that_say_the_same_are_two_payments_and_the_file_again_is_the_same(
    write_csv: Write,
) -> None:
    header, row = ["Contract", "Amount", "Paid on"], ["C1", "100", "2026-11-19"]
    first, second = payments_in(read(write_csv(header, row, row)).records)
    assert first.key != second.key
    assert read(write_csv(header, row, row)).records == (first, second)


def test_all_bad_rows_at_once_and_the_good_one_in(write_csv: Write) -> None:
    found = read(
        write_csv(
            HEADER,
            ["C9", "10", "2026-11-20 10:00", "", "", "", "P1"],
            ["C1", "", "2026-11-20 10:00", "", "", "", "P2"],
            ["C1", "10", "2026-11-21", "", "", "", "P3"],
            ["C1", "ten", "2026-11-20 10:00", "", "", "", "P4"],
            ["C1", "(10)", "2026-11-20 10:00", "", "", "", "P5"],
        )
    )
    assert [(error.line, error.column) for error in found.errors] == [
        (2, "合同号"), (3, "还款金额(元)"), (4, "还款时间"), (5, "还款金额(元)"),
    ]  # fmt: skip
    assert "write what came in, or what is still overdue" in found.errors[1].problem
    assert [one.amount for one in payments_in(found.records)] == [-10]
