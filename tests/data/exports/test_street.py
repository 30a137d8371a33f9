"""The street of an address, and never its door."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.exports.street import street_of


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("中山路 18弄5号302室", "中山路"),
        ("宁州市东河区东河路 18 号", "宁州市东河区东河路"),
        # Full-width figures, a postcode, lane and door in Chinese numerals, signs of Taiwan.
        ("３１５０００ 宁波市海曙区中山東路十二巷五號", "宁波市海曙区中山東路"),
        ("臺北市大同區延平北路２段３６號", "臺北市大同區延平北路"),
        ("和平路国贸大厦B座1203", "和平路国贸大厦"),
        ("阳光花园3栋2单元501室", "阳光花园"),
        ("中山路甲5号", "中山路"),
        ("中山路（和平里3栋）9号", "中山路"),
        ("三民路12号", "三民路"),  # here a numeral is a name
        ("上海市长宁区三门路", "上海市长宁区三门路"),
        ("302室", ""),
        ("12 Made-up Road", "Made-up Road"),
        ("Flat 3B, 12 High Street, Springfield", "High Street"),
        ("350 5th Ave, New York, NY 10118", "5th Ave"),
        ("12, High Street", "High Street"),
        ("High Street, 12", "High Street"),
        ("Unit 4, 221B Baker St", "Baker St"),
        ("Hauptstr. 5, 80331 München", "Hauptstr."),
        ("Apt 5", ""),
        ("", ""),
    ],
)
def test_a_street_is_told_without_its_door(address: str, street: str) -> None:
    assert street_of(address) == street


@given(
    st.sampled_from(["中山路", "宁州市东河区东河路", "阳光花园", "新街口街道文汇路", "三民街"]),
    st.lists(
        st.tuples(
            st.integers(1, 9999), st.sampled_from(["弄", "号", "巷", "栋", "单元", "室", "#", "-"])
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["", " ", "　", "，"]),
)
def test_no_figure_behind_a_chinese_street_is_told(
    street: str, door: list[tuple[int, str]], gap: str
) -> None:
    written = street + gap + "".join(f"{number}{sign}" for number, sign in door)
    assert street_of(written) == street


@given(st.text(max_size=60))
def test_nothing_that_is_written_leads_to_a_door(text: str) -> None:
    # An ordinal as in 5th Avenue is part of a name; any other figure may be a door's.
    told = re.sub(r"\d+(st|nd|rd|th)\b", "", street_of(text).casefold())
    assert not re.search(r"\d", told)
