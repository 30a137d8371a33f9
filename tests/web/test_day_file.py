"""The day as one file: all that a phone needs until the evening, of her own day alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from scheduler.at_door import closed_door
from scheduler.build import break_id
from scheduler.model import DailyWindow
from scheduler.plan import Stop, StopKind
from scheduler.ports import Outcome
from tests.data.world import ALICE, MIDNIGHT, NOON, TODAY, crew
from tests.web.carried import let_in
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World, trip
from tests.web.phone_days import at_eleven, full_trip, publish, put_case
from web.phone.brought.taking_in import take_in_waiting

PATH = f"/my/{TODAY}/day.json"
ZONE = ZoneInfo("Asia/Shanghai")


def day_of(world: World, who: str = "alice") -> dict[str, Any]:
    answer = world.visitor(who, **{"Accept-Language": "en"}).get(PATH)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.get_json()
    return told


def first_visit(day: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in day["stops"] if one.get("number") == 1)
    return found


def test_a_visit_says_when_whom_and_where(world: World) -> None:
    told = first_visit(day_of(world))
    assert (told["name"], told["contracts"]) == ("王*", 1)
    assert told["place"]["address"] == "中山路 1 号"
    assert told["place"]["at"] == [25.01, 121.5]
    assert told["start"] == (MIDNIGHT + timedelta(hours=10)).timestamp()
    assert told["full"]["name"] == "王小明"
    assert (told["arrived"], told["result"], told["standing"]) == (None, None, None)


def test_each_minute_is_open_as_the_rules_say(world: World) -> None:
    put_case(world, 1, {"windows": (DailyWindow(time(9), time(12)),)})
    day = day_of(world)
    told = first_visit(day)
    rules = world.wired.ports.signed_rules(world.wired.store.city("Town"))
    facts = world.wired.store.day_of("Town", TODAY, ["B1"])
    for minute in range(0, 1440, 17):
        at = MIDNIGHT + timedelta(minutes=minute)
        asked = closed_door(facts, rules, "B1", "B1-home", crew("alice"), at)
        (number,) = [n for start, end, n in told["hours"] if start <= at.timestamp() < end]
        said = None if number is None else day["reasons"][number]["why"]
        assert said == (asked.why if asked else None)


def test_what_a_title_has_said_is_not_said_again(world: World) -> None:
    put_case(world, 1, {"windows": (DailyWindow(time(9), time(12)),)})
    (hers,) = [one for one in day_of(world)["reasons"] if one["why"] == "her_hours"]
    assert hers["title"] == "Outside the hours that suit the borrower"
    assert (hers["facts"], hers["text"]) == ("Today: 09:00–12:00.", "")


def test_a_reason_is_told_once_with_its_source(world: World) -> None:
    publish(world, full_trip("alice"))
    reasons = day_of(world)["reasons"]
    assert len({str(one) for one in reasons}) == len(reasons)
    law = next(one for one in reasons if one["is_law"])
    assert law["source"]
    assert "hours for visits" in law["title"]


def test_the_same_day_is_not_sent_again(world: World) -> None:
    phone = world.visitor("alice")
    first = phone.get(PATH)
    world.clock.pass_by(seconds=60)
    headers = {"If-None-Match": first.headers["ETag"]}
    again = phone.get(PATH, headers=headers)
    assert (again.status_code, again.data) == (304, b"")
    assert float(again.headers["X-Now"]) == float(first.headers["X-Now"]) + 60
    put_case(world, 1, {"access_note": "mind the dog"})
    assert phone.get(PATH, headers=headers).status_code == 200


@pytest.mark.parametrize("who", ["dora", "ada", "nemo"])
def test_only_a_collector_has_a_file(world: World, who: str) -> None:
    assert world.visitor(who).get(PATH).status_code == 403


def test_a_phone_that_was_wiped_learns_of_the_break_and_of_being_late(world: World) -> None:
    publish(world, full_trip("alice+bob"))
    hers, his = let_in(world, "alice", plan=2), let_in(world, "bob", plan=2)
    assert day_of(world)["told"] == {"begun": None, "late": None, "break": None}
    hers.record("begin", at=NOON - timedelta(minutes=50))
    hers.record("break_begin", at=NOON - timedelta(minutes=40))
    his.record("late", at=NOON - timedelta(minutes=10), minutes=30)
    for phone in (hers, his):
        phone.bring()
    take_in_waiting(world.app)
    noon = NOON.timestamp()
    late = {"at": noon - 600, "minutes": 30}
    begun = {"begun": noon - 3000, "late": late}
    assert day_of(world)["told"] == begun | {"break": {"at": noon - 2400, "is_on": True}}
    assert day_of(world, "bob")["told"] == begun | {"break": None}, "the break is hers alone"
    hers.record("break_end")
    hers.bring()
    take_in_waiting(world.app)
    assert day_of(world)["told"]["break"] == {"at": noon, "is_on": False}


def test_a_break_says_when_it_may_begin(world: World) -> None:
    day = full_trip("alice")
    rest = Stop(StopKind.BREAK, break_id(1), 43_200, 43_200, 45_000)
    publish(world, replace(day, stops=(*day.stops[:2], rest, day.stops[3])))
    (told,) = [one for one in day_of(world)["stops"] if one["kind"] == "break"]
    assert told["begins"] == [NOON.timestamp(), NOON.timestamp() + 1800]  # it lasts half an hour


def test_nobody_elses_visits_stand_in_it(world: World) -> None:
    told = day_of(world, "bob")
    assert [one["id"] for one in told["stops"]] == ["B2"]
    assert "中山路 1 号" not in str(told)


def test_what_to_mind_is_told_before_the_door(world: World) -> None:
    put_case(world, 1, {"access_note": "院内有狗"})
    bad = Outcome("k", "B1", "B1-home", NOON - timedelta(days=9), "HOSTILE", ("bob",))
    with world.wired.store.writing(ALICE) as writer:
        writer.record_outcome("Town", bad)
    told = first_visit(day_of(world))
    assert told["flags"] == ["pair", "dog", "hostile"]
    assert told["people"] == 2, "after such a visit two go in together"


def test_a_newer_plan_says_what_is_new_and_gone(world: World) -> None:
    phone = world.visitor("alice")
    phone.post(f"/my/{TODAY}/accept", {"key": "accepted-1", "version": 1})
    first = trip("alice", "B1")
    publish(world, type(first)("alice", first.start_s, 41_000, (at_eleven("B2"),)))
    changes = day_of(world)["changes"]
    assert changes["new"] == ["B2"]
    assert [one["id"] for one in changes["gone"]] == ["B1"]


def test_forms_name_every_code_once_and_what_it_asks(world: World) -> None:
    forms = day_of(world)["forms"]
    codes = [code for answer in forms["answers"] for code in answer["codes"]]
    assert sorted(codes) == sorted(forms["codes"])
    assert forms["codes"]["PTP"]["asks"] == ["amount", "due"]
    assert not forms["codes"]["NOT_REACHED"]["needs_arrival"]
    assert len(forms["answers"]) == 7


def test_a_day_of_three_visits_and_a_break_is_small(world: World) -> None:
    publish(world, full_trip("alice"))
    answer = world.visitor("alice").get(PATH)
    assert len(answer.data) < 40_000
    kinds = [one["kind"] for one in answer.get_json()["stops"]]
    assert kinds == ["visit", "visit", "break", "visit"]


def test_it_speaks_chinese_too(world: World) -> None:
    told = world.visitor("alice", **{"Accept-Language": "zh"}).get(PATH).get_json()
    assert told["language"] == "zh-CN"
    assert told["forms"]["codes"]["PTP"]["words"] == "承诺还款"
    assert datetime.fromtimestamp(told["starts"], ZONE).date() == TODAY
