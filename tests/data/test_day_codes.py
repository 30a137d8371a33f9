"""Codes of the day: the same all day, of one collector alone, and proven for one visit."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date, timedelta

import pytest

from data.day_codes import CHECK, ROUNDS, DayCode, day_code

ON = date(2026, 3, 2)
SECRET = b"s" * 32
CODE = day_code(SECRET, "Town", ON, "ann")


def test_a_code_is_six_figures_and_the_same_all_day() -> None:
    assert day_code(SECRET, "Town", ON, "ann") == CODE
    assert len(CODE.code) == 6
    assert CODE.code.isdecimal()


def test_another_day_city_person_or_home_has_another() -> None:
    others = [
        day_code(SECRET, "Town", ON + timedelta(days=1), "ann"),
        day_code(SECRET, "Burg", ON, "ann"),
        day_code(SECRET, "Town", ON, "bea"),
        day_code(b"t" * 32, "Town", ON, "ann"),
    ]
    assert len({CODE.salt, *(one.salt for one in others)}) == 5
    assert CODE.code not in {one.code for one in others}


def test_the_check_is_what_a_phone_works_out() -> None:
    key = hashlib.pbkdf2_hmac("sha256", CODE.code.encode(), CODE.salt, ROUNDS)
    assert CODE.check == hmac.new(key, CHECK.encode(), hashlib.sha256).hexdigest()


def test_a_proof_holds_for_its_visit_day_and_person_alone() -> None:
    proof = CODE.proof(ON, "B1", "ann")
    assert CODE.proves(proof, ON, "B1", "ann")
    assert not CODE.proves(proof, ON, "B2", "ann")
    assert not CODE.proves(proof, ON + timedelta(days=1), "B1", "ann")
    assert not CODE.proves(proof, ON, "B1", "bea")
    assert proof != CODE.check


@pytest.mark.parametrize("told", [None, "", 7, "münze", CODE.check, CODE.code])
def test_what_is_no_proof_proves_nothing(told: object) -> None:
    assert not CODE.proves(told, ON, "B1", "ann")


def test_a_wrong_code_has_another_check_and_proof() -> None:
    wrong = DayCode(f"{(int(CODE.code) + 1) % 10**6:06}", CODE.salt)
    assert wrong.check != CODE.check
    assert not CODE.proves(wrong.proof(ON, "B1", "ann"), ON, "B1", "ann")
