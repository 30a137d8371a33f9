"""Columns proposed: any order and any known title; how sure; what a person says holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.readers.case_columns import CASES
from data.readers.cases import read_cases
from data.readers.columns import Registry
from data.readers.proposing import Sureness, look, propose, strange_words
from data.readers.report import FileError
from data.readers.samples import sample
from data.readers.tables import File, Understood
from data.readers.templates import REGISTRIES
from scheduler.model import PlaceKind, StopFlag
from tests.data.readers.conftest import csv_text

ZONE = ZoneInfo("Asia/Shanghai")
Write = Callable[..., File]


@settings(deadline=None)  # which is about the machine, not about the list
@given(st.data())
def test_any_order_and_any_title_is_the_same_list(data: st.DataObject) -> None:
    registry = REGISTRIES[data.draw(st.sampled_from(sorted(REGISTRIES)))]
    columns = data.draw(st.permutations(registry.columns))
    headers = [data.draw(st.sampled_from(column.titles)) for column in columns]
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_bytes(csv_text([headers, ["1"] * len(headers)]).encode(encoding))
        proposed = propose(look(File(path), registry), registry)
    # Each title means one column (test_columns), so nothing is left to guess.
    assert [one.field for one in proposed] == [column.field for column in columns]
    assert {one.sureness for one in proposed} == {Sureness.SURE}


def test_a_header_like_a_title_is_proposed_where_its_values_fit(write_csv: Write) -> None:
    file = write_csv(
        ["合同号", "姓名", "地址", "逾期总天数", "Overdue amonut", "贷款本金合计"],
        ["A-1", "王小明", "中山路1号", "30", "1,200.50", "见附件"],
    )
    proposed = {one.header: one for one in propose(look(file, CASES), CASES)}
    assert (proposed["逾期总天数"].field, proposed["逾期总天数"].sureness) == (
        "days_past_due",
        Sureness.LIKELY,
    )
    assert proposed["Overdue amonut"].field == "overdue"
    # Its title is as like as the others', but no sum of money stands there.
    assert proposed["贷款本金合计"].field is None
    assert proposed["贷款本金合计"].sureness is Sureness.NONE


def test_a_header_is_proposed_for_what_stands_before_its_brackets(write_csv: Write) -> None:
    file = write_csv(["合同号", "电话(手机)"], ["C1", "13800138000"])
    found = propose(look(file, CASES), CASES)
    assert [(one.field, one.sureness) for one in found] == [
        *(("contract", Sureness.SURE), ("phone", Sureness.LIKELY))
    ]


def test_each_field_is_proposed_once_and_to_the_surest(write_csv: Write) -> None:
    file = write_csv(
        ["合同号", "姓名", "住址", "住址2", "手机", "手机"], ["A", "B", "C", "D", "1", "2"]
    )
    proposed = propose(look(file, CASES), CASES)
    assert [one.field for one in proposed] == [
        "contract",
        "name",
        "home_address",
        None,
        "phone",
        None,
    ]


def test_samples_tell_the_column_and_nobody(write_csv: Write) -> None:
    file = write_csv(
        ["合同号", "姓名", "手机", "家庭地址", "逾期金额", "备忘"],
        ["A-1", "欧阳小明", "13812345678", "宁州市中山路18弄5号302室", "1200", "她母亲住在三楼"],
    )
    seen = {one.header: one.samples for one in propose(look(file, CASES), CASES)}
    assert seen["合同号"] == ("A-1",)
    assert seen["姓名"] == ("欧阳*",)
    assert seen["手机"] == ("••• 78",)
    assert seen["家庭地址"] == ("宁州•••",)
    assert seen["逾期金额"] == ("1200",)
    # Nobody knows what this is: it is hidden like an address.
    assert seen["备忘"] == ("她母•••",)


@pytest.mark.parametrize(
    ("field", "text", "shown"),
    [
        ("lat", "25.033964", "25.…"),
        ("access_note", "门禁 1234#", "门••• 12•••"),
        ("product", "x" * 30, "x" * 23 + "…"),
    ],
)
def test_samples_by_field(field: str, text: str, shown: str) -> None:
    assert sample(CASES.by_field[field], text) == shown


def test_three_samples_of_distinct_values(write_csv: Write) -> None:
    rows = [[f"C{i}", "A", "x", "" if i < 5 else "M1"] for i in range(9)]
    proposed = propose(look(write_csv(["合同号", "姓名", "地址", "账龄"], *rows), CASES), CASES)
    assert proposed[0].samples == ("C0", "C1", "C2")
    assert proposed[3].samples == ("M1",)


def test_a_list_in_no_language_of_ours_can_be_asked_about(write_csv: Write) -> None:
    file = write_csv(
        ["Liste", "", ""],
        ["Vertrag", "Kunde", "Anschrift"],
        ["K-1", "Meier", "Weg 1"],
        ["K-2", "", ""],
    )
    table = look(file, CASES)
    assert table.headers == ("Vertrag", "Kunde", "Anschrift")
    assert [one.field for one in propose(table, CASES)] == [None, None, None]
    said = Understood(table.header_line, {0: "contract", 1: "name", 2: "home_address"})
    read = read_cases(File(file.path, understood=said), zone=ZONE)
    assert [one.case.id for one in read.records] == ["K-1"]
    assert [(error.line, error.column) for error in read.errors][:1] == [(4, "Kunde")]


def test_what_was_said_before_holds_for_all_columns(write_csv: Write) -> None:
    file = write_csv(["合同号", "姓名", "地址", "住址"], ["A", "B", "C", "D"])
    proposed = propose(look(file, CASES), CASES, {0: "contract", 1: "name", 3: "address"})
    assert [(one.field, one.sureness) for one in proposed] == [
        ("contract", Sureness.SAID),
        ("name", Sureness.SAID),
        (None, Sureness.NONE),
        ("address", Sureness.SAID),
    ]


def test_a_column_that_is_left_out_is_not_read_and_not_told(write_csv: Write) -> None:
    file = write_csv(["合同号", "姓名", "地址", "手机"], ["A", "B", "C", "13812345678"])
    said = Understood(1, {0: "contract", 1: "name", 2: "address"})
    read = read_cases(File(file.path, understood=said), zone=ZONE)
    assert read.records[0].borrower.phone == ""
    assert not [note for note in read.notes if "'手机'" in note]


def test_missing_and_doubled_columns_are_refused_by_name(write_csv: Write) -> None:
    file = write_csv(["合同号", "姓名", "地址"], ["A", "B", "C"])
    with pytest.raises(FileError, match="'姓名 / Name' is there"):
        read_cases(
            File(file.path, understood=Understood(1, {0: "contract", 2: "address"})), zone=ZONE
        )
    doubled = Understood(1, {0: "contract", 1: "name", 2: "name"})
    with pytest.raises(FileError, match=r"'姓名' .* and '地址' .* both mean 'name'"):
        read_cases(File(file.path, understood=doubled), zone=ZONE)
    assert [column.field for column in CASES.missing(["name"])] == ["contract"]


def test_words_that_are_not_understood_can_be_given_a_meaning(write_csv: Write) -> None:
    file = write_csv(
        ["合同号", "姓名", "地址", "地址类型", "停催标志"],
        ["A", "B", "C", "老家", "客诉"],
        ["D", "E", "F", "老家", "否"],
        ["G", "H", "I", "单位", "-"],
    )
    fields = {0: "contract", 1: "name", 2: "address", 3: "place_kind", 4: "stop"}
    strange = strange_words(look(file, CASES), CASES, fields)
    assert strange == {"place_kind": {"老家": 2}, "stop": {"客诉": 1}}
    words = {"place_kind": {"老家": "户籍"}, "stop": {"客诉": "投诉"}}
    read = read_cases(File(file.path, understood=Understood(1, fields, words)), zone=ZONE)
    kinds = [one.places[0].kind for one in read.records]
    assert kinds == [PlaceKind.REGISTERED, PlaceKind.REGISTERED, PlaceKind.WORK]
    assert read.records[0].case.stops | read.records[0].borrower.stops == {StopFlag.COMPLAINT}
    assert not read.errors


@pytest.mark.parametrize("registry", REGISTRIES.values(), ids=REGISTRIES)
def test_every_meaning_offered_is_understood(registry: Registry) -> None:
    for column in registry.columns:
        for word in column.meanings:
            assert column.understands(word), (column.field, word)
