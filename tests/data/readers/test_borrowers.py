"""Which contracts are one borrower's, and what several rows say of her."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from data.readers.cases import read_cases
from data.readers.report import ReadResult
from data.readers.tables import File
from scheduler.model import StopFlag
from scheduler.ports import CaseRecord

ID = "11010119900101123X"
HEADER = ["合同号", "姓名", "手机", "客户号", "身份证号", "家庭地址", "停催标志", "可上门时间"]

Write = Callable[..., File]


def read(file: File, **options: Any) -> ReadResult[CaseRecord]:
    return read_cases(file, zone=ZoneInfo("UTC"), **options)


def ids(file: File, **options: Any) -> list[str]:
    result = read(file, **options)
    assert result.errors == ()
    return [record.borrower.id for record in result.records]


def test_by_what_borrowers_are_told_apart(write_csv: Write) -> None:
    file = write_csv(
        HEADER,
        ["1", "a", "1", "C1", ID, "x", "", ""],
        ["2", "a", "2", "", ID, "x", "", ""],
        ["3", "a", "", "", ID.lower(), "x", "", ""],
        ["4", "a", "138 000", "", "", "x", "", ""],
        ["5", " A", "138-000", "", "", "x", "", ""],
        ["6", "a", "", "", "", "x", "", ""],
        ["7", "a", "", "", "", "x", "", ""],
    )
    one, two, three, four, five, six, seven = ids(file)
    assert one == "C1"
    assert two == three
    assert two.startswith("id-")
    assert four == five
    assert four.startswith("np-")
    # Two people may have one name: without more, each contract is somebody's own.
    assert (six, seven) == ("case-6", "case-7")


def test_an_identity_number_is_nowhere_in_clear(write_csv: Write) -> None:
    file = write_csv(HEADER, ["1", "a", "", "", ID, "x", "", ""])
    assert ID not in repr(read(file))
    # Whoever has not the key cannot try numbers until one fits.
    assert ids(file, key=b"secret") != ids(file)
    assert ids(file, key=b"secret") == ids(file, key=b"secret")


def test_place_ids_stay_with_the_address(write_csv: Write) -> None:
    def place_id(address: str) -> str:
        file = write_csv(["合同号", "姓名", "家庭地址"], ["1", "a", address])
        return read(file).records[0].places[0].id

    assert place_id("某路 1号（东）") == place_id("某路1号(东)") != place_id("某路2号(东)")


def test_rows_of_one_borrower_say_the_same_of_her(write_csv: Write) -> None:
    file = write_csv(
        HEADER,
        ["1", "张三", "", "C1", "", "某路1号", "", ""],
        ["2", "张三", "138", "C1", "", "某路1号", "死亡", "9:00-12:00"],
        ["3", "李四", "139", "C2", "", "某路1号", "", ""],
    )
    result = read(file)
    first, second, other = result.records
    assert first.borrower == second.borrower
    assert first.borrower.phone == "138"
    assert first.borrower.stops == {StopFlag.DECEASED}
    assert first.case.stops == set()
    assert first.places == second.places
    assert len(first.places[0].windows) == 1
    # Another borrower behind the same door is another place to meet her.
    assert other.places[0].id != first.places[0].id
    assert not any("differ" in note for note in result.notes)


def test_rows_that_contradict_each_other_are_told(write_csv: Write) -> None:
    file = write_csv(
        HEADER,
        ["1", "张三", "138", "C1", "", "某路1号", "", "9:00-12:00"],
        ["2", "张三", "138", "C1", "", "某路1号", "", "18:00-20:00"],
        ["3", "章三", "138", "C1", "", "某路1号", "", ""],
        ["4", "张三", "139", "C1", "", "某路1号", "", ""],
    )
    result = read(file)
    assert {record.borrower.name for record in result.records} == {"张三"}
    assert any(note.startswith("lines 3, 4, 5: name, phone or windows") for note in result.notes)
