"""Slips of one character: which names they make of each other."""

from __future__ import annotations

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from routing.gazetteer.misspelt import forms, is_alike

WORDS = st.text(alphabet=string.ascii_lowercase + "路街承德北", min_size=4, max_size=9)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("承得路", "承德路"),  # a wrong sign
        ("中山路北路", "中山北路"),  # one too many
        ("中北路1段", "中山北路1段"),  # one left out
        ("山中北路", "中山北路"),  # two exchanged
        ("hilside avenue", "hillside avenue"),
        ("中山北路二多16巷", "中山北路2段16巷"),  # 二 stayed, because 段 was wrong
        ("荷康街3巷", "荷康街3弄"),
    ],
)
def test_one_slip_makes_one_of_the_other(one: str, other: str) -> None:
    assert is_alike(one, other)
    assert is_alike(other, one)
    assert forms(one) & forms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("215 street", "216 street"),  # another number is another street
        ("215 street", "15 street"),
        ("白泉小区", "白泉小学"),  # a school is no compound
        ("和平路", "和平街"),
        ("中山路", "解放路"),
        ("承德路", "承德路"),
    ],
)
def test_what_is_no_slip(one: str, other: str) -> None:
    assert not is_alike(one, other)


@given(WORDS, st.data())
def test_any_one_change_of_a_letter_is_found_by_its_forms(word: str, data: st.DataObject) -> None:
    spot = data.draw(st.integers(0, len(word) - 2))  # the last sign says what a place is
    wrong = data.draw(st.sampled_from("xyz永"))
    changed = data.draw(
        st.sampled_from(
            [
                word[:spot] + wrong + word[spot + 1 :],
                word[:spot] + word[spot + 1 :],
                word[:spot] + wrong + word[spot:],
            ]
        )
    )
    assume(changed != word)
    assert is_alike(word, changed)
    assert forms(word) & forms(changed)


@given(WORDS, WORDS)
def test_alike_holds_both_ways(one: str, other: str) -> None:
    assert is_alike(one, other) == is_alike(other, one)
