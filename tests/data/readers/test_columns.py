"""Headers: synonyms, units, mapping, near misses."""

from __future__ import annotations

from collections import Counter

import pytest

from data.readers.case_columns import CASES
from data.readers.columns import Registry
from data.readers.report import FileError
from data.readers.templates import REGISTRIES
from data.readers.words import fold

NEEDED = ["合同号", "姓名", "地址"]


def fields(*headers: str, **mapping: str) -> set[str]:
    return set(CASES.recognise(headers, mapping, ()).positions)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("合同编号", "contract"),
        (" Contract No. ", "contract"),
        ("LOAN_ID", "contract"),
        ("合同号*", "contract"),
        ("客户姓名", "name"),
        ("手机号码", "phone"),
        ("住址", "home_address"),
        ("Home Address", "home_address"),
        ("地址（家庭）", "home_address"),
        ("电话(配偶)", None),  # not the borrower's number
        ("逾期金额(千元)", None),
        ("户籍地址", "registered_address"),
        ("单位地址", "work_address"),
        ("work address", "work_address"),
        ("联系地址", "address"),
        ("逾期金额(元)", "overdue"),
        ("逾期金额（万元）", "overdue"),
        ("逾期天数", "days_past_due"),
        ("DPD", "days_past_due"),
        ("贷款本金【元】", "principal"),
        ("委托机构", "agency"),
        ("经度", "lon"),
        ("家庭经度", "home_lon"),
        ("Home longitude", "home_lon"),
        ("ｌｎｇ", "lon"),
        ("是否外访", "assigned"),
        ("责任人", "owner"),
        ("承诺还款日", "promise_due"),
        ("预约时间", "appointment"),
        ("停催标志", "stop"),
        ("上次上门日期", "last_visit"),
        ("可上门时间", "windows"),
        ("Availability windows", "windows"),
        ("客户号", "client_id"),
        ("身份证号", "id_number"),
        ("", None),
        ("***", None),
    ],
)
def test_headers(header: str, field: str | None) -> None:
    column = CASES.find(header)
    assert (column.field if column else None) == field


@pytest.mark.parametrize("registry", REGISTRIES.values(), ids=REGISTRIES)
def test_no_title_means_two_columns(registry: Registry) -> None:
    owners = Counter(
        title for column in registry.columns for title in {fold(title) for title in column.titles}
    )
    assert [title for title, count in owners.items() if count > 1] == []


@pytest.mark.parametrize("registry", REGISTRIES.values(), ids=REGISTRIES)
def test_every_example_and_choice_is_understood(registry: Registry) -> None:
    for column in registry.columns:
        for text in filter(None, (column.example, *column.choices)):
            column.parse(text)


def test_two_headers_of_one_field_are_refused() -> None:
    with pytest.raises(FileError, match=r"'合同号' \(column 1\) and 'Loan ID' \(column 4\) both"):
        fields(*NEEDED, "Loan ID")
    with pytest.raises(FileError, match=r"'手机' .* and '手机' .* both mean 'phone'"):
        fields(*NEEDED, "手机", "手机")


def test_required_columns_are_all_named_at_once() -> None:
    with pytest.raises(FileError) as caught:
        fields("地址", "Kundennummer")
    assert "'合同号 / Contract'" in str(caught.value)
    assert "'姓名 / Name'" in str(caught.value)
    assert "Kundennummer" in str(caught.value)


def test_mapping() -> None:
    assert "contract" in fields("Vertrag", "姓名", "地址", Vertrag="contract")
    # A mapped header stands before one that is recognised.
    found = CASES.recognise([*NEEDED, "Vertrag"], {"Vertrag": "contract"}, range(4))
    assert found.positions["contract"] == 3
    assert any("'合同号' is not used" in hint for hint in found.unused)


def test_a_wrong_mapping_is_refused() -> None:
    with pytest.raises(FileError, match="'Vertrag', which the file has not"):
        fields(*NEEDED, Vertrag="contract")
    with pytest.raises(FileError, match="'contrac', which is none; perhaps contract"):
        fields("Vertrag", "姓名", "地址", Vertrag="contrac")


def test_unknown_columns_are_told_with_the_nearest_field() -> None:
    headers = [*NEEDED, "逾期总天数", "备忘", "", "empty"]
    unused = CASES.recognise(headers, {}, [0, 1, 2, 3, 4, 5]).unused
    # Position 6 has no values, and so nothing to tell.
    assert len(unused) == 3
    assert "'逾期总天数' is not used; if it is '逾期天数 / Days past due'" in unused[0]
    assert "map '逾期总天数' to days_past_due" in unused[0]
    assert unused[1] == "column '备忘' is not used; to use it, map '备忘' to a field"
    assert "column 6 has no header" in unused[2]
