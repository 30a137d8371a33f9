"""What is taken out of an address field: nothing of a person stays, nothing of a place goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.gazetteer.private import address_key, split_private

PLACE = "宁州市东河路18号"


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        (f"{PLACE} 13800000000", ("13800000000",)),
        (f"{PLACE}，张先生 138-0000-0000", ("张先生", "138-0000-0000")),
        (f"联系人：王大明 {PLACE}", ("联系人：王大明",)),
        (f"{PLACE} 李四 13812345678", ("13812345678", "李四")),
        (f"{PLACE}（电话0571-88880000）", ("0571-88880000",)),
        (f"身份证 11010119900101123X {PLACE}", ("11010119900101123X",)),
        (f"{PLACE} +86 138 0000 0000", ("+86 138 0000 0000",)),
    ],
)
def test_what_is_of_a_person_is_taken_out(text: str, taken: tuple[str, ...]) -> None:
    split = split_private(text)
    assert (split.address, split.taken) == (PLACE, taken)


@pytest.mark.parametrize(
    "text",
    [
        PLACE,
        "上海市黄浦区张江路12号",
        "王家巷 3号",
        "李村路302弄1301室",
        "臺北市大同區承德路一段12號",
        "91-23 215th Street, Queens Village, NY 11428",
        "2550 Camosun Street, Vancouver, BC V6R 3W6",
        "宁州市103县道1300号",
    ],
)
def test_an_address_stays_as_it_is(text: str) -> None:
    assert split_private(text).address == text
    assert split_private(text).taken == ()


def test_a_lane_beside_a_number_of_a_telephone_is_no_name() -> None:
    assert split_private("王家巷 3号 13812345678").address == "王家巷 3号"


@given(st.text(alphabet="宁州市东河路一二三十8号 ,，-0123456789()abc", max_size=40))
def test_taking_out_is_done_once(text: str) -> None:
    once = split_private(text).address
    assert split_private(once).address == once


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_no_mobile_number_stays(number: str) -> None:
    assert number not in split_private(f"{PLACE}{number[:0]} {number}").address
    assert number not in address_key(f"{PLACE}，{number}")


def test_one_key_for_all_ways_to_write_one_address() -> None:
    keys = {
        address_key(text)
        for text in (
            PLACE,
            "寧州市 東河路１８號",
            f"{PLACE}，张先生 13800000000",
            "宁州市东河路18号 ",
        )
    }
    assert len(keys) == 1
