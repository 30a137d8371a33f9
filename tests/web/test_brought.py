"""What phones bring is kept once whatever happens, and taken in by the order of the phone."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update

from data import tables
from data.database import reading, writing
from data.store.field.devices import OUTLIVES
from data.store.rounds import Progress, Rounds
from scheduler.errors import ConflictError
from scheduler.plan import Itinerary
from scheduler.ports import MarkKind, Outcome
from tests.data.world import ALICE, MIDNIGHT, NOON, TODAY
from tests.web.carried import Phone, let_in
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World
from tests.web.phone_days import at_eleven, full_trip, publish
from web.phone.brought import deeds
from web.phone.brought.taking_in import take_in_waiting

PROMISE: dict[str, Any] = {"code": "PTP", "amount": "500", "due": "2026-03-09", "method": "app"}


def minute(number: int) -> datetime:
    return NOON - timedelta(minutes=60 - number)


def take_in(world: World) -> int:
    return take_in_waiting(world.app)


def marks(world: World, who: str = "alice") -> list[tuple[MarkKind, datetime]]:
    return [(one.kind, one.at) for one in progress(world, who).marks]


def outcomes(world: World, who: str = "alice") -> dict[str, Outcome]:
    return progress(world, who).outcomes


def progress(world: World, who: str) -> Progress:
    rounds = Rounds(world.wired.store.engine)
    found = rounds.round("Town", TODAY, who)
    assert found is not None
    return rounds.progress("Town", found, who)


def rows(world: World) -> list[Any]:
    with reading(world.wired.store.engine) as connection:
        return list(connection.execute(select(tables.field_record)).mappings())


def a_visit(phone: Phone) -> list[str]:
    """Record a whole visit to B1 without a network; return the keys."""
    return [
        phone.record("begin", at=minute(1)),
        phone.record("arrive", "B1", at=minute(10)),
        phone.record("leave", "B1", at=minute(25)),
        phone.record("result", "B1", at=minute(26), **PROMISE),
    ]


def pair(world: World) -> tuple[Phone, Phone]:
    """Publish a day of Alice and Bob together, and return both phones."""
    publish(world, trip_of_two())
    return let_in(world, "alice", plan=2), let_in(world, "bob", plan=2)


def trip_of_two() -> Itinerary:
    trip = full_trip("alice+bob")
    return replace(trip, stops=(trip.stops[0], at_eleven("B2")))


def test_a_visit_recorded_without_a_network_lands_as_it_was(world: World) -> None:
    phone = let_in(world, "alice")
    keys = a_visit(phone)
    answer = phone.bring()
    assert [one["key"] for one in answer.get_json()["receipts"]] == keys
    assert take_in(world) == 4
    assert {one["state"] for one in phone.ask(*keys).values()} == {"applied"}
    assert marks(world) == [
        (MarkKind.BEGIN, minute(1)),
        (MarkKind.ARRIVE, minute(10)),
        (MarkKind.LEAVE, minute(25)),
    ]
    kept = outcomes(world)["B1"]
    assert (kept.code, kept.amount, kept.at) == ("PTP", Decimal(500), minute(26))


@pytest.mark.parametrize("seed", range(3))
def test_records_replayed_in_any_order_land_once(world: World, seed: int) -> None:
    phone, chance = let_in(world, "alice"), random.Random(seed)
    keys = a_visit(phone)
    for _ in range(10):
        some = chance.sample(phone.queue, chance.randint(1, 4))
        assert phone.bring(*some).status_code == 200
        take_in(world)
    phone.bring()
    take_in(world)
    assert [kind for kind, _ in marks(world)] == ["begin", "arrive", "leave"]
    assert world.events("outcome.recorded") == ["B1"]
    assert sorted(row["key"] for row in rows(world)) == sorted(keys)
    assert {row["state"] for row in rows(world)} == {"applied"}


def test_a_result_waits_for_what_was_recorded_before_it(world: World) -> None:
    phone = let_in(world, "alice")
    _, _, _, result = a_visit(phone)
    phone.bring(phone.queue[3])
    assert take_in(world) == 0
    assert phone.ask(result)[result]["state"] == "waiting"
    phone.bring(*phone.queue[1:3])
    assert take_in(world) == 3
    assert phone.ask(result)[result]["state"] == "applied"


def test_what_one_of_a_crew_tells_names_both(world: World) -> None:
    alice, _ = pair(world)
    alice.record("break_begin")
    alice.bring()
    take_in(world)
    (told,) = [one for one in world.wired.store.events(limit=20) if one.kind == "break.begun"]
    assert (told.subject, (told.after or {})["crew"]) == ("alice", ["alice", "bob"])


def test_two_phones_that_tell_the_same_agree(world: World) -> None:
    alice, bob = pair(world)
    alice.record("result", "B1", at=minute(20), **PROMISE)
    key = bob.record("result", "B1", at=minute(21), **PROMISE | {"amount": "500.00"})
    for phone in (alice, bob):
        phone.bring()
        take_in(world)
    assert bob.ask(key)[key]["state"] == "same"
    assert world.events("outcome.recorded") == ["B1"]


def test_two_phones_that_differ_wait_for_a_person_and_both_stay(world: World) -> None:
    alice, bob = pair(world)
    first = alice.record("result", "B1", at=minute(20), **PROMISE)
    second = bob.record("result", "B1", at=minute(21), **PROMISE | {"amount": "300"})
    for phone in (alice, bob):
        phone.bring()
        take_in(world)
    told = bob.ask(second)[second]
    assert told["state"] == "conflict"
    fields = [{"field": "amount", "kept": "500", "told": "300"}]
    assert told["told"] == {"kept": first, "fields": fields}
    assert outcomes(world)["B1"].amount == 500
    assert [row["body"]["amount"] for row in rows(world)] == ["500", "300"]


def test_a_correction_takes_the_place_of_what_the_phone_told(world: World) -> None:
    phone = let_in(world, "alice")
    *_, first = a_visit(phone)
    phone.record("result", "B1", at=minute(30), corrects=first, **PROMISE | {"amount": "450"})
    phone.bring()
    assert take_in(world) == 5
    kept = outcomes(world)["B1"]
    assert (kept.amount, kept.corrects) == (Decimal(450), first)


def test_who_told_the_same_may_correct_it(world: World) -> None:
    alice, bob = pair(world)
    first = alice.record("result", "B1", at=minute(20), **PROMISE)
    same = bob.record("result", "B1", at=minute(21), **PROMISE)
    bob.record("result", "B1", at=minute(30), corrects=same, **PROMISE | {"amount": "450"})
    for phone in (alice, bob):
        phone.bring()
        take_in(world)
    assert outcomes(world)["B1"].corrects == first


def test_what_cannot_be_is_kept_and_said_by_field(world: World) -> None:
    phone = let_in(world, "alice")
    key = phone.record("result", "B1", **PROMISE | {"amount": "much"})
    phone.bring()
    take_in(world)
    told = phone.ask(key)[key]
    assert (told["state"], list(told["told"]["wrong"])) == ("refused", ["amount"])
    assert outcomes(world) == {}


@pytest.mark.parametrize(("visit", "plan", "why"), [("B9", 1, "visit"), ("B1", 9, "plan")])
def test_a_visit_of_another_plan_is_kept_and_refused(
    world: World, visit: str, plan: int, why: str
) -> None:
    phone = let_in(world, "alice", plan=plan)
    key = phone.record("arrive", visit)
    phone.bring()
    take_in(world)
    assert phone.ask(key)[key]["told"] == {"why": why}


def test_a_record_of_another_key_is_kept_as_it_came(world: World) -> None:
    phone = let_in(world, "alice")
    phone.record("begin")
    moved = {**phone.queue[0], "key": "another-key"}
    assert phone.bring(moved).get_json()["receipts"][0]["state"] == "unreadable"
    (row,) = rows(world)
    assert (row["sealed"], row["body"]) == (moved["sealed"], None)
    assert take_in(world) == 0


def test_a_record_that_is_none_is_kept_as_it_came(world: World) -> None:
    phone = let_in(world, "alice")
    key = phone.seal({"v": 1}, "no-record")
    phone.bring()
    assert phone.ask(key)[key]["state"] == "unreadable"


def test_another_phone_cannot_take_a_records_place(world: World) -> None:
    alice, bob = pair(world)
    key = alice.record("begin")
    alice.bring()
    bob.record("begin", key=key)
    assert bob.bring().get_json()["receipts"] == [{"key": key, "state": "foreign"}]
    take_in(world)
    assert [row["device"] for row in rows(world)] == [alice.device]


@pytest.mark.parametrize(("later", "status"), [(OUTLIVES, 401), (timedelta(days=13), 200)])
def test_records_may_be_brought_for_two_weeks(world: World, later: timedelta, status: int) -> None:
    phone = let_in(world, "alice")
    a_visit(phone)
    world.clock.pass_by(seconds=later.total_seconds())
    assert phone.bring().status_code == status
    take_in(world)
    assert len(rows(world)) == (4 if status == 200 else 0)


def test_what_comes_days_later_stands_on_its_own_day(world: World) -> None:
    phone = let_in(world, "alice")
    a_visit(phone)
    world.clock.pass_by(seconds=timedelta(days=3).total_seconds())
    phone.bring()
    take_in(world)
    assert outcomes(world)["B1"].at == minute(26)


def test_a_clock_that_is_wrong_stays_within_the_day(world: World) -> None:
    phone = let_in(world, "alice")
    phone.record("begin", at=MIDNIGHT - timedelta(days=400))
    phone.record("arrive", "B1", at=NOON + timedelta(days=400))
    phone.bring()
    take_in(world)
    assert marks(world) == [(MarkKind.BEGIN, MIDNIGHT), (MarkKind.ARRIVE, NOON)]


def test_a_phone_that_was_shut_out_still_brings_what_it_holds(world: World) -> None:
    phone = let_in(world, "alice")
    a_visit(phone)
    world.wired.devices.end(phone.device, ALICE)
    assert phone.bring().status_code == 200
    assert take_in(world) == 4


def test_nobody_brings_without_a_secret(world: World) -> None:
    phone = let_in(world, "alice")
    phone.record("begin")
    phone.secret = "guessed"
    assert phone.bring().status_code == 401


@pytest.mark.parametrize(
    "sent",
    [
        [],
        [{"key": "short", "kid": "k", "sealed": "AAAA"}],
        [{"key": "long-enough", "kid": "k", "sealed": "no base64!"}],
        ["no envelope"],
        [{"key": f"record-{n:04}", "kid": "k", "sealed": "AAAA"} for n in range(101)],
    ],
)
def test_what_is_no_envelope_is_refused_whole(world: World, sent: Any) -> None:
    phone = let_in(world, "alice")
    answer = phone._post("/my/records", {"envelopes": sent})
    assert answer.status_code == 400
    assert rows(world) == []


def test_one_record_that_fails_stops_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = let_in(world, "alice")
    keys, deed = a_visit(phone), deeds.deed

    def fail(writer: Any, telling: Any) -> Any:
        if telling.record.key == keys[2]:
            raise RuntimeError("a fault of ours")
        return deed(writer, telling)

    monkeypatch.setattr(deeds, "deed", fail)
    phone.bring()
    take_in(world)
    states = {key: told["state"] for key, told in phone.ask(*keys).items()}
    assert [states[key] for key in keys] == ["applied", "applied", "refused", "applied"]


@pytest.mark.parametrize("seed", range(3))
def test_records_that_are_refused_leave_no_trace_and_the_others_land(
    world: World, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    phone = let_in(world, "alice")
    keys, deed = a_visit(phone), deeds.deed
    out = set(random.Random(seed).sample(keys, seed + 1))

    def refuse(writer: Any, telling: Any) -> Any:
        made = deed(writer, telling)
        if telling.record.key in out:
            raise ConflictError("it cannot be")
        return made

    monkeypatch.setattr(deeds, "deed", refuse)
    phone.bring()
    assert take_in(world) == 4
    told = phone.ask(*keys)
    assert {key for key in keys if told[key]["state"] == "refused"} == out
    assert {key for key in keys if told[key]["state"] == "applied"} == set(keys) - out
    kinds = dict(zip(keys, ("begin", "arrive", "leave"), strict=False))
    assert [kind for kind, _ in marks(world)] == [
        kind for key, kind in kinds.items() if key not in out
    ]
    assert world.events("outcome.recorded") == ([] if keys[3] in out else ["B1"])


def test_what_is_no_fact_of_a_visit_is_noted_without_its_words(world: World) -> None:
    phone = let_in(world, "alice")
    phone.record("problem", "B1", what="vehicle", note="flat tyre at 中山路 1")
    phone.record("panic", lat="25.01", lon="121.5")
    phone.record("shown", "B1", fields=["name"])
    phone.record("call", "B1", result="no_answer")
    phone.bring()
    take_in(world)
    events = {one.kind: one.after or {} for one in world.wired.store.events(limit=20)}
    assert events["crew.problem"]["what"] == "vehicle"
    assert events["borrower.shown"]["fields"] == ["name"]
    assert events["crew.problem"]["crew"] == ["alice"]
    assert {"crew.panic", "contact.added"} <= events.keys()
    assert "中山路" not in str(events["crew.problem"])
    assert "25.01" not in str(events["crew.panic"])


def test_an_interrupted_server_takes_in_the_rest_later(world: World) -> None:
    phone = let_in(world, "alice")
    keys = a_visit(phone)
    phone.bring()
    take_in(world)
    its = tables.field_record.c
    with writing(world.wired.store.engine) as connection:  # as if the last had not been settled
        again = update(tables.field_record).where(its.key == keys[3])
        connection.execute(again.values(state="waiting"))
    assert take_in(world) == 1
    assert world.events("outcome.recorded") == ["B1"]
    assert phone.ask(keys[3])[keys[3]]["state"] == "applied"
