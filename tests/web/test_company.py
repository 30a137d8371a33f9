"""A visit for two: both are confirmed, by two phones or by a code on one; one alone is told."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from data.day_codes import DayCode
from data.store.field.presences import presences_of
from scheduler.field.company import How
from tests.data.world import NOON, TODAY
from tests.web.carried import Phone, let_in
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import Visitor, World
from tests.web.phone_days import full_trip, publish, put_case
from tests.web.test_compare import at
from web.phone.brought.taking_in import take_in_waiting

DAY = f"/my/{TODAY}"
VISIT = f"{DAY}/v2/1"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def pair(world: World) -> World:
    """Alice and Bob go together today; the visit to B1 asks for two."""
    put_case(world, 1, crew_size=2)
    publish(world, replace(full_trip("alice+bob"), stops=full_trip("alice+bob").stops[:1]))
    return world


def code_of(world: World, who: str) -> DayCode:
    return world.wired.day_code("Town", TODAY, who)


def proof_of(world: World, who: str, visit: str = "B1") -> str:
    return code_of(world, who).proof(TODAY, visit, who)


def told(world: World, who: str = "alice") -> dict[str, Any]:
    day: dict[str, Any] = world.visitor(who, **ENGLISH).get(f"{DAY}/day.json").get_json()
    return day


def company(world: World) -> dict[str, Any]:
    found: dict[str, Any] = told(world)["stops"][0]["company"]
    return found


def brought(world: World, phone: Phone, key: str) -> Any:
    phone.bring()
    take_in_waiting(world.app)
    return phone.ask(key)[key]


def test_the_day_file_has_her_own_code_and_only_checks_of_her_mates(pair: World) -> None:
    alice, bob = code_of(pair, "alice"), code_of(pair, "bob")
    day = told(pair)
    assert day["code"] == alice.code
    (mate,) = day["mates"]
    assert (mate["id"], mate["check"]) == ("bob", bob.check)
    assert base64.b64decode(mate["salt"]) == bob.salt
    assert bob.code not in str(day)
    assert day["stops"][0]["people"] == 2
    assert "pair" in day["stops"][0]["flags"]


def test_who_goes_alone_has_no_code(world: World) -> None:
    day = told(world)
    assert (day["code"], day["mates"]) == (None, [])


def test_two_phones_confirm_each_other(pair: World) -> None:
    alice, bob = let_in(pair, "alice", plan=2), let_in(pair, "bob", plan=2)
    brought(pair, alice, alice.record("arrive", "B1", at=NOON - timedelta(minutes=2)))
    assert company(pair) == {"confirmed": ["alice"], "began": None}
    key = bob.record("confirm", "B1", at=NOON)
    assert brought(pair, bob, key)["state"] == "applied"
    assert company(pair) == {"confirmed": ["alice", "bob"], "began": int(NOON.timestamp())}


def test_a_code_on_one_phone_confirms_the_other(pair: World) -> None:
    phone = let_in(pair, "alice", plan=2)
    phone.record("arrive", "B1")
    key = phone.record("confirm", "B1", by="bob", proof=proof_of(pair, "bob"))
    assert brought(pair, phone, key)["state"] == "applied"
    assert company(pair)["confirmed"] == ["alice", "bob"]
    (event,) = [one for one in pair.wired.store.events(limit=50) if one.kind == "visit.confirmed"]
    assert event.after is not None
    assert (event.after["collector"], event.after["how"]) == ("bob", "code")
    assert code_of(pair, "bob").code not in str(event)


@pytest.mark.parametrize(
    ("by", "proof", "why"),
    [("bob", "of B2", "code"), ("bob", "", "code"), ("charlie", "of B1", "crew")],
)
def test_what_proves_nothing_is_kept_and_refused(
    pair: World, by: str, proof: str, why: str
) -> None:
    phone = let_in(pair, "alice", plan=2)
    phone.record("arrive", "B1")
    made = proof_of(pair, by, proof[-2:]) if proof else ""
    key = phone.record("confirm", "B1", by=by, proof=made)
    found = brought(pair, phone, key)
    assert (found["state"], found["told"]) == ("refused", {"why": why})
    assert company(pair)["confirmed"] == ["alice"]


def test_records_that_come_late_begin_the_visit_when_it_was(pair: World) -> None:
    alice, bob = let_in(pair, "alice", plan=2), let_in(pair, "bob", plan=2)
    late = bob.record("confirm", "B1", at=NOON - timedelta(minutes=1))
    brought(pair, bob, late)
    brought(pair, alice, alice.record("arrive", "B1", at=NOON - timedelta(minutes=5)))
    assert company(pair)["began"] == int((NOON - timedelta(minutes=1)).timestamp())
    assert company(pair)["confirmed"] == ["alice", "bob"]


def press(who: Visitor, path: str, **form: str) -> None:
    answer = who.post(path, {"key": f"{path}-{len(form)}-{form.get('code', '')}", **form})
    assert answer.status_code == 302, answer.text


def arrive(world: World) -> Visitor:
    alice = world.visitor("alice", **ENGLISH)
    press(alice, f"{DAY}/begin")
    alice.post(f"{DAY}/accept", {"key": "accepted-it", "version": 2})
    press(alice, f"{VISIT}/arrive")
    return alice


def test_without_the_client_a_code_is_typed_on_a_page(pair: World) -> None:
    alice = arrive(pair)
    page = alice.page(VISIT)
    assert "1 more of you is confirmed" in page
    bob = code_of(pair, "bob").code
    press(alice, f"{VISIT}/confirm", by="bob", code=f"{bob[:3]} {bob[3:]}")
    assert "Confirmed at this door: Alice, Bob" in alice.page(VISIT)
    assert [one.how for one in presences_of(pair.wired.store.engine, "Town", TODAY)["B1"]] == [
        How.ARRIVED,
        How.CODE,
    ]


def test_without_the_client_the_other_presses_on_her_own_phone(pair: World) -> None:
    arrive(pair)
    bob = pair.visitor("bob", **ENGLISH)
    assert f"Your code today is {code_of(pair, 'bob').code}" in bob.page("/my/day")
    assert "I am here, too" in bob.page(VISIT)
    press(bob, f"{VISIT}/confirm")
    assert company(pair)["confirmed"] == ["alice", "bob"]


def test_after_five_wrong_codes_the_right_one_is_not_taken_either(pair: World) -> None:
    alice = arrive(pair)
    right = code_of(pair, "bob").code
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for left in (4, 3, 2, 1, 0):
        press(alice, f"{VISIT}/confirm", by="bob", code=wrong)
        tries = "1 try is" if left == 1 else f"{left} tries are"
        assert f"{tries} left" in alice.page(VISIT)
    press(alice, f"{VISIT}/confirm", by="bob", code=right)
    assert "wrong too often today" in alice.page(VISIT)
    assert company(pair)["confirmed"] == ["alice"]
    assert pair.events("visit.code_wrong") == ["bob"] * 5


def test_nobody_outside_the_crew_is_confirmed(pair: World) -> None:
    alice = arrive(pair)
    form = {"key": "long-enough", "by": "charlie", "code": code_of(pair, "charlie").code}
    assert alice.post(f"{VISIT}/confirm", form).status_code == 404
    assert pair.visitor("charlie").post(f"{VISIT}/confirm", {"key": "k" * 9}).status_code == 404


def test_the_desk_sees_who_stands_alone_at_a_door_for_two(pair: World) -> None:
    arrive(pair)
    dora = at(pair, 12)
    alone = "A.·B.: one is confirmed at a door for two."
    page = dora.page(f"/Town/{TODAY}/running")
    assert alone in page
    press(pair.visitor("bob", **ENGLISH), f"{VISIT}/confirm")
    assert alone not in dora.page(f"/Town/{TODAY}/running")
