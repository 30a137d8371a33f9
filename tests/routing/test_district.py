"""Which district an address names."""

from __future__ import annotations

import pytest

from routing.gazetteer.district import district_named


@pytest.mark.parametrize(
    ("address", "district"),
    [
        ("浙江省宁波市海曙区中山东路 18 号", "海曙区"),
        ("宁波市鄞州区", "鄞州区"),
        ("海曙区中山东路18号", "海曙区"),
        ("浙江省宁波市余姚市四明西路 5 号", "余姚市"),  # of a county's rank
        ("浙江省宁波市宁海县跃龙街道", "宁海县"),
        ("臺北市中山區南京東路 1 號", "中山区"),  # the same district in both scripts
        ("宁波市高新区扬帆路 9 号", ""),  # a zone across districts
        ("东河小区 3 栋", ""),
        ("中山路 9 号", ""),
        ("12 Made-up Road", ""),
        ("", ""),
    ],
)
def test_the_district_is_the_one_that_the_address_names(address: str, district: str) -> None:
    assert district_named(address) == district
