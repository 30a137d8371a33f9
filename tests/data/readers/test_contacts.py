"""Contact logs as call centres write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from data.readers.cases import read_cases
from data.readers.contacts import read_contacts
from data.readers.report import ReadResult
from data.readers.tables import File
from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.model import Window

Write = Callable[..., File]

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 15, tzinfo=ZONE)
AGREED = "2026-11-21 14点-16点"
BOOK = {"C1": "B1", "C2": "B1", "C3": "B3"}
HEADER = ["合同号", "客户号", "联系时间", "渠道", "结果", "联系对象", "方向", "预约时间", "流水号"]


def read(file: File) -> ReadResult[Contact]:
    return read_contacts(file, zone=ZONE, now=NOW, borrowers_by_case=BOOK)


def test_a_log_in_chinese(write_csv: Write) -> None:
    result = read(
        write_csv(
            HEADER,
            ["C1", "", "2026-11-20 14:05", "电催", "接通", "本人", "呼出", "", "T1"],
            ["", "B3", "2026/11/19", "短信", "发送成功", "", "", "", "T2"],
            ["C2", "B1", "2026-11-18 9:30", "微信", "预约", "家属", "来电", AGREED, "T3"],
            ["C1", "", "2026-11-17 10:00", "电话", "未接通", "", "", "", "T4"],
        )
    )  # fmt: skip
    assert result.errors == ()
    first, second, third, fourth = result.records
    assert first == Contact(
        "T1", "B1", Channel.CALL, Direction.OUT, Party.BORROWER, ContactResult.ANSWERED,
        datetime(2026, 11, 20, 14, 5, tzinfo=ZONE), case_id="C1",
    )  # fmt: skip
    # A day alone counts as noon; a message that arrived reached her.
    assert second.at == datetime(2026, 11, 19, 12, tzinfo=ZONE)
    assert (second.borrower_id, second.case_id, second.party) == ("B3", "", Party.BORROWER)
    assert (third.direction, third.party) == (Direction.IN, Party.HOUSEHOLD)
    assert third.appointment == Window(
        datetime(2026, 11, 21, 14, tzinfo=ZONE), datetime(2026, 11, 21, 16, tzinfo=ZONE)
    )
    assert (fourth.result, fourth.party) == (ContactResult.NO_ANSWER, Party.NOBODY)


def test_a_log_in_english_without_keys(write_csv: Write) -> None:
    header = ["Contract no", "Call time", "Channel", "Outcome"]
    row = ["C1", "2026-11-20 09:00", "phone", "no answer"]
    once = read(write_csv(header, row))
    again = read(write_csv(header, row, ["C1", "2026-11-20 09:01", "phone", "busy"]))
    # The same row in another file is the same contact.
    assert once.records[0] == again.records[0]
    assert again.records[0].key != again.records[1].key
    assert "no key column: a contact is told apart by what its row says" in once.notes


def test_an_appointment_lies_after_the_contact_that_made_it(write_csv: Write) -> None:
    """A slip in the year would give the case an appointment that nobody made."""
    row = ["C1", "", "2026-11-20 14:05", "电话", "预约", "", ""]
    result = read(
        write_csv(
            HEADER,
            [*row, "2020-11-21 14:00-16:00", "T1"],
            [*row, "2036-11-21 14:00-16:00", "T2"],
            [*row, "2026-11-20 13:00-14:05", "T3"],
            [*row, "2026-11-20 13:00-14:06", "T4"],
            # A day alone is all of it, though it counts as its noon.
            ["C1", "", "2026-11-20", "电话", "预约", "", "", "2026-11-20 9:00-10:00", "T5"],
        )
    )
    assert [one.key for one in result.records] == ["T4", "T5"]
    assert [error.problem.partition(";")[0] for error in result.errors] == [
        "ends before the contact in which it was agreed",
        "lies more than a year after the contact",
        "ends before the contact in which it was agreed",
    ]


def test_all_bad_rows_at_once_and_the_good_one_in(write_csv: Write) -> None:
    result = read(
        write_csv(
            HEADER,
            ["C9", "", "2026-11-20 14:05", "电话", "接通", "", "", "", "T1"],
            ["", "B9", "2026-11-20 14:05", "电话", "接通", "", "", "", "T2"],
            ["", "", "2026-11-20 14:05", "电话", "接通", "", "", "", "T3"],
            ["C1", "B3", "2026-11-20 14:05", "电话", "接通", "", "", "", "T4"],
            ["C1", "", "2026-11-20 15:01", "电话", "接通", "", "", "", "T5"],
            ["C1", "", "2026-11-20 14:05", "鸽子", "接通", "", "", "", "T6"],
            ["C1", "", "2026-11-20 14:05", "电话", "天晓得", "", "", "", "T7"],
            ["C1", "", "2026-11-20 14:05", "电话", "接通", "", "", "", "T8"],
            ["C1", "", "2026-11-20 14:05", "电话", "占线", "", "", "", "T8"],
            ["C1", "", "2026-11-20", "电话", "接通", "", "", "", "T9"],
        )
    )
    assert [(error.line, error.column) for error in result.errors] == [
        (2, "合同号"), (3, "客户号"), (4, "合同号"), (5, "客户号"), (6, "联系时间"),
        (7, "渠道"), (8, "结果"), (9, "流水号"), (10, "流水号"),
    ]  # fmt: skip
    assert "is no contract of the book" in result.errors[0].problem
    assert "is not the client of contract C1" in result.errors[3].problem
    assert "lies in the future" in result.errors[4].problem
    assert [one.key for one in result.records] == ["T9"]


def test_a_day_alone_that_is_today_is_not_in_the_future(write_csv: Write) -> None:
    morning = datetime(2026, 11, 20, 9, tzinfo=ZONE)
    file = write_csv(HEADER, ["C1", "", "2026-11-20", "电话", "接通", "", "", "", "T1"])
    result = read_contacts(file, zone=ZONE, now=morning, borrowers_by_case=BOOK)
    assert [one.at for one in result.records] == [morning]


def test_a_case_list_may_tell_of_the_last_contact(write_csv: Write) -> None:
    header = ["合同号", "姓名", "家庭地址", "上次联系时间", "上次联系结果", "上次联系渠道"]
    rows = [
        ["C1", "甲", "东河路1号", "2026-11-18 10:20", "未接通", "电话"],
        ["C2", "乙", "东河路2号", "2026-11-18", "", "短信"],
        ["C3", "丙", "东河路3号", "", "未联系", ""],
        ["C4", "丁", "东河路4号", "", "", ""],
        ["C5", "戊", "东河路5号", "2026-11-21", "接通", "电话"],
    ]
    result = read_cases(write_csv(header, *rows), zone=ZONE, now=NOW)
    assert [(error.line, error.column) for error in result.errors] == [(6, "上次联系时间")]
    first, second, third, fourth = (record.contact for record in result.records)
    assert first is not None
    assert (first.result, first.party, first.at.hour) == (ContactResult.NO_ANSWER, Party.NOBODY, 10)
    assert second is not None
    assert (second.channel, second.result) == (Channel.SMS, ContactResult.ANSWERED)
    assert third is not None
    assert (third.result, third.at) == (ContactResult.NOT_TRIED, NOW)
    assert fourth is None
    # The list of the next day tells the same contact again.
    later = read_cases(write_csv(header, *rows), zone=ZONE, now=NOW.replace(day=22))
    assert [one.contact.key for one in later.records if one.contact][:2] == [
        first.key,
        second.key,
    ]
