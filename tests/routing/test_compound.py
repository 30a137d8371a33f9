"""Which compound or lane an address names."""

from __future__ import annotations

import pytest

from routing.gazetteer.compound import Compound, compound_in


@pytest.mark.parametrize(
    "address",
    [
        "宁州市城东区东河小区3栋2单元501",
        "宁州市城东区东河小区三号楼501室",
        "浙江省宁州市城东区东河小区二期12幢",
        "城东区东河小区东门，张先生 13800000000",
        "315000宁州市城东区东河路88号东河小区3-2-501",
        "城东区东河路东河小区(近地铁站)",
        "城东区东河小区5号",
    ],
)
def test_the_ways_to_write_one_compound(address: str) -> None:
    assert compound_in(address) == Compound("东河小区", "城东区")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("东河路18弄5号302室", "东河路18弄"),
        ("东河路十八弄5号", "东河路18弄"),
        ("和平路二段27巷4弄3号", "和平路2段27巷4弄"),
        ("草帽胡同12号", "草帽胡同"),
        ("宁州市马家村12号", "马家村"),
        ("宁州市幸福里小区3栋", "幸福里小区"),
        ("宁州市城市花园3栋", "城市花园"),
        ("国贸大厦12楼", "国贸大厦"),
        ("高新工业园区3栋", "高新工业园区"),
        ("Apt 4, Rosewood Gardens, 12 Main St, Springfield", "Rosewood Gardens"),
    ],
)
def test_lanes_villages_and_buildings_are_named_too(address: str, name: str) -> None:
    found = compound_in(address)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "address",
    [
        "宁州市城东区东河路18号",
        "中山北路二段",
        "宁州市城东区",
        "东河街道",
        "18",
        "",
        "12 Main St, Springfield",
        "Springfield",
        "91-23 168th St, Queens",
    ],
)
def test_a_street_or_an_area_alone_is_none(address: str) -> None:
    assert compound_in(address) is None
