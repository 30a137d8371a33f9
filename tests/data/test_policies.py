"""Versions of a city's policy: put, approved by another, in force from a day, never rewritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.policy import digest, house_policy
from data.store import SqlStore
from scheduler.errors import ConflictError, NotFoundError
from scheduler.policy import Policy
from scheduler.ports import By, PolicyVersion
from tests.data.world import ALICE, NOON, TODAY, TOWN, new_plan

BOB = By("bob", NOON + timedelta(minutes=1))
TOMORROW = TODAY + timedelta(days=1)
OWN = replace(house_policy(), title="Ours")
LATER = replace(OWN, title="Ours, later")


@pytest.fixture(autouse=True)
def town(store: SqlStore) -> None:
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)


def put(
    store: SqlStore, policy: Policy = OWN, on: date = TOMORROW, by: By = ALICE
) -> PolicyVersion:
    with store.writing(by) as writer:
        return writer.put_policy("Town", policy, on, "why")


def approve(store: SqlStore, number: int, by: By = BOB) -> PolicyVersion:
    with store.writing(by) as writer:
        return writer.approve_policy("Town", number)


def test_a_city_begins_with_the_houses_default(store: SqlStore) -> None:
    assert store.policy_in_force("Town", TODAY) == house_policy()
    assert store.open_day("Town", TODAY).policy == house_policy()
    assert store.policy_versions("Town") == []


def test_a_version_is_kept_as_it_was_put(store: SqlStore) -> None:
    made = put(store)
    assert made == PolicyVersion(1, TOMORROW, OWN, "why", digest(OWN), ALICE)
    assert store.policy_versions("Town") == [made]
    assert store.policy_in_force("Town", TOMORROW) == house_policy(), "nobody has approved it"


def test_an_approved_version_holds_from_its_day_on(store: SqlStore) -> None:
    put(store)
    approved = approve(store, 1)
    assert approved.approved == BOB
    assert store.policy_versions("Town") == [approved]
    assert store.policy_in_force("Town", TODAY) == house_policy()
    holding = store.open_day("Town", TOMORROW).policy
    assert holding == OWN
    assert holding.number == 1


def test_the_later_day_holds_and_then_the_later_version(store: SqlStore) -> None:
    put(store, OWN, TOMORROW + timedelta(days=5))
    put(store, LATER, TOMORROW)
    put(store, replace(LATER, title="again"), TOMORROW)
    for number in (1, 2, 3):
        approve(store, number)
    held = [
        store.policy_in_force("Town", TOMORROW + timedelta(days=ahead)).number
        for ahead in (0, 4, 5)
    ]
    assert held == [3, 3, 1]


def test_whoever_made_it_does_not_approve_it(store: SqlStore) -> None:
    put(store)
    with pytest.raises(ConflictError, match="version 1 of Town's policy was made by alice"):
        approve(store, 1, ALICE)
    assert store.policy_versions("Town")[0].approved is None


def test_it_is_approved_once(store: SqlStore) -> None:
    put(store)
    approve(store, 1)
    with pytest.raises(ConflictError, match="was approved by bob already"):
        approve(store, 1, By("carol", NOON))
    assert store.policy_versions("Town")[0].approved == BOB


def test_what_held_on_a_past_day_is_not_rewritten(store: SqlStore) -> None:
    put(store, OWN, TODAY - timedelta(days=1))
    with pytest.raises(ConflictError, match="2026-03-01, which is past"):
        approve(store, 1)
    put(store, OWN, TODAY)
    assert approve(store, 2).valid_from == TODAY


def test_today_is_the_citys(store: SqlStore) -> None:
    # 16:00 in UTC is midnight in Town: the day after has begun.
    put(store, OWN, TODAY)
    with pytest.raises(ConflictError, match="which is past"):
        approve(store, 1, By("bob", NOON.replace(hour=16)))


def test_the_same_again_is_refused(store: SqlStore) -> None:
    put(store)
    with pytest.raises(ConflictError, match="version 1 of Town's policy says the same already"):
        put(store)
    assert put(store, on=TOMORROW + timedelta(days=1)).number == 2


def test_a_version_that_is_not_there_is_told(store: SqlStore) -> None:
    with pytest.raises(NotFoundError, match="Town has no version 7 of its policy"):
        approve(store, 7)


def test_events_tell_who_put_and_who_approved(store: SqlStore) -> None:
    put(store)
    approve(store, 1)
    told = [(e.kind, e.actor, e.city) for e in store.events(subject="Town policy 1")]
    assert told == [("policy.approved", "bob", "Town"), ("policy.put", "alice", "Town")]


def test_a_plan_keeps_the_version_it_was_made_by(store: SqlStore) -> None:
    with store.writing(ALICE) as writer:
        writer.add_plan(new_plan(crews=(), targets={}, policy_version=4))
    assert store.plan("Town", TODAY).content.policy_version == 4
