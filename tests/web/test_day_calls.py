"""The day tells when each borrower may be called, and what calls the book knows of already."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest

from scheduler.contacts import Channel
from scheduler.model import DailyWindow
from scheduler.restraints import Wish
from tests.data.world import ALICE, MIDNIGHT, NOON, TODAY, with_borrower
from tests.web.carried import let_in
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World
from tests.web.phone_days import put_city, put_records, told_case
from web.phone.brought.taking_in import take_in_waiting

PATH = f"/my/{TODAY}/day.json"


def day_of(world: World, language: str = "en") -> dict[str, Any]:
    put_records(world, with_borrower(told_case(1), phone="13800000000"))
    answer = world.visitor("alice", **{"Accept-Language": language}).get(PATH)
    told: dict[str, Any] = answer.get_json()
    return told


def call_of(day: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = next(one["call"] for one in day["stops"] if one["id"] == "B1")
    return told


def open_hours(day: dict[str, Any]) -> list[tuple[float, float]]:
    midnight = MIDNIGHT.timestamp()
    spans = ((a, b) for a, b, reason in call_of(day)["hours"] if reason is None)
    return [((a - midnight) / 3600, (b - midnight) / 3600) for a, b in spans]


@pytest.mark.parametrize(("profile", "hours"), [("CN", (8, 22)), ("US", (8, 21))])
def test_calls_have_the_hours_of_the_profile(
    world: World, profile: str, hours: tuple[int, int]
) -> None:
    put_city(world, profile=profile)
    day = day_of(world)
    assert open_hours(day) == [hours]
    number = call_of(day)["hours"][0][2]
    reason = day["reasons"][number]
    assert (reason["why"], reason["is_law"]) == ("call_hours", True)
    assert reason["facts"] == f"Today: 08:00–{hours[1]}:00."
    assert reason["source"]


def test_the_reasons_are_told_in_chinese_too(world: World) -> None:
    put_city(world, profile="CN")
    day = day_of(world, "zh")
    titles = {one["why"]: one["title"] for one in day["reasons"]}
    assert titles["call_hours"] == "不在允许拨打电话的时间内"
    texts = {one["why"]: one["text"] for one in day["reasons"]}
    assert not any(letter.isascii() and letter.isalpha() for letter in texts["dials_a_day"])


def test_hours_that_she_does_not_want_are_closed(world: World) -> None:
    noon = DailyWindow(time(12), time(14), frozenset(range(7)))
    with world.wired.store.writing(ALICE) as writer:
        writer.put_wish("Town", Wish(0, "B1", "a call", (noon,), channel=Channel.CALL))
    day = day_of(world)
    # The last second of what is blocked is blocked, too.
    assert open_hours(day) == [(8, 12), (14 + 1 / 3600, 21)]
    assert "does not want calls" in str(day["reasons"])


def test_a_call_that_a_phone_brought_is_counted_once(world: World) -> None:
    """The key tells the phone which of its own calls the book has counted already."""
    put_city(world, profile="CN")
    before = call_of(day_of(world))
    phone = let_in(world, "alice")
    key = phone.record("call", "B1", at=NOON - timedelta(minutes=5), result="no_answer")
    phone.bring()
    take_in_waiting(world.app)
    after = call_of(day_of(world))
    assert (before["counted"], after["counted"]) == ([], [key])
    left = [
        {tuple(results): left for results, left, _ in told["caps"]}["no_answer", "wrong_number"]
        for told in (before, after)
    ]
    assert left == [6, 5]


def test_without_a_number_there_is_no_call(world: World) -> None:
    put_records(world, with_borrower(told_case(1), phone=""))
    told = world.visitor("alice").get(PATH).get_json()
    assert next(one["call"] for one in told["stops"] if one["id"] == "B1") is None


def test_what_may_come_of_a_call_is_told_with_the_forms(world: World) -> None:
    told = day_of(world)["forms"]["called"]
    assert [code for code, _ in told] == ["answered", "no_answer", "wrong_number"]
