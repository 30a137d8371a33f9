"""The feeds of contacts and payments: who may send, what is taken, what is told of the rest."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from werkzeug.test import TestResponse

from scheduler.model import StopFlag
from scheduler.ports import By
from tests.data.world import NOON, TODAY, TOWN
from tests.web.pages import World
from web.api.feed_fields import BALANCE, CONTACT, PAYMENT
from web.api.openapi import document

ADA = By("ada", NOON)
NO_OFFSET = "has no offset from UTC: write it as in 2026-11-20T14:05:00+08:00"
AT = "2026-03-02T11:00:00+08:00"  # an hour before the world's clock
CALL: dict[str, Any] = {
    "key": "T1", "case": "C1", "at": AT, "channel": "call", "result": "answered",
}  # fmt: skip


@pytest.fixture
def secret(world: World) -> str:
    return world.wired.tokens.add("core", 9, ADA, feeds="Town")


def send(
    world: World, what: str, told: Any, secret: str | None, city: str = "Town", **options: Any
) -> TestResponse:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    options.setdefault("data", told if isinstance(told, str) else json.dumps(told))
    options.setdefault("content_type", "application/json")
    return world.app.test_client().post(
        f"/api/v1/cities/{city}/{what}", headers=headers | options.pop("headers", {}), **options
    )


def test_contacts_are_taken_once(world: World, secret: str) -> None:
    told = {"contacts": [CALL, {**CALL, "key": "T2", "case": None, "borrower": "B1"}]}
    assert send(world, "contacts", told, secret).get_json() == {"new": 2, "unchanged": 0}
    again = send(world, "contacts", told, secret)
    assert (again.status_code, again.get_json()) == (200, {"new": 0, "unchanged": 2})
    assert {one.key for one in world.wired.store.contacts("Town", "B1")} == {"T1", "T2"}
    actors = {event.actor for event in world.wired.store.events(subject="B1")}
    assert "token core" in actors


def test_an_appointment_is_the_cases(world: World, secret: str) -> None:
    agreed = {"start": "2026-03-03T14:00:00+08:00", "end": "2026-03-03T16:00:00+08:00"}
    told = {"contacts": [{**CALL, "result": "appointment", "appointment": agreed}]}
    assert send(world, "contacts", told, secret).status_code == 200
    (case,) = [one for one in world.wired.store.open_day("Town", TODAY).cases if one.id == "C1"]
    assert case.appointment is not None
    assert case.appointment.start.isoformat() == "2026-03-03T06:00:00+00:00"


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_an_instant_of_another_age_is_told(world: World, secret: str, at: str) -> None:
    answer = send(world, "contacts", {"contacts": [{**CALL, "at": at}]}, secret)
    (error,) = answer.get_json()["errors"]
    assert (answer.status_code, error["pointer"]) == (422, "/contacts/0/at")
    assert error["problem"] == "is not of a year from 1950 to 2100"


def test_an_appointment_of_the_past_is_none(world: World, secret: str) -> None:
    agreed = {"start": "2025-03-03T14:00:00+08:00", "end": "2025-03-03T16:00:00+08:00"}
    told = {"contacts": [{**CALL, "result": "appointment", "appointment": agreed}]}
    answer = send(world, "contacts", told, secret)
    (error,) = answer.get_json()["errors"]
    assert (answer.status_code, error["pointer"]) == (422, "/contacts/0/appointment")
    assert error["problem"].startswith("ends before the contact in which it was agreed")


def test_every_fault_is_told_by_its_pointer_and_the_good_rows_are_in(
    world: World, secret: str
) -> None:
    told = {
        "contacts": [
            CALL,
            {**CALL, "key": "T2", "case": "C9"},
            {**CALL, "key": "T3", "channel": "pigeon", "at": "2026-03-02T11:00:00"},
            {**CALL, "key": "T4", "at": "2026-03-02T12:00:01+08:00"},
            {**CALL, "key": "T5", "phone/1": "138"},
            {"key": "T6", "at": AT, "channel": "call", "result": "busy"},
            {**CALL, "key": "T7", "borrower": "B2"},
            "T8",
            {**CALL, "key": "T9", "note": "half \ud800"},
            {**CALL, "result": "busy"},
        ]
    }
    answer = send(world, "contacts", told, secret)
    assert answer.status_code == 422
    found = answer.get_json()
    assert found["new"] == 1
    assert {error["pointer"]: error["problem"] for error in found["errors"]} == {
        "/contacts/1/case": "is no case of the city",
        "/contacts/2/channel": "is none of call, sms, chat, email, letter, visit",
        "/contacts/2/at": NO_OFFSET,
        "/contacts/3/at": "lies in the future",
        "/contacts/4/phone~11": found["errors"][4]["problem"],
        "/contacts/5": "names neither a case nor a borrower",
        "/contacts/6/borrower": "is not the borrower of the case",
        "/contacts/7": "is no object",
        "/contacts/8/note": "has signs that are no text",
        "/contacts/9/key": "the book holds something else under this key",
    }


def test_payments_and_balances_settle_their_cases(world: World, secret: str) -> None:
    told = {
        "payments": [{"key": "P1", "case": "C1", "amount": "300.25", "at": AT}],
        "balances": [{"case": "C2", "overdue": 0, "days_past_due": 0, "at": AT}],
    }
    answer = send(world, "payments", told, secret)
    assert (answer.status_code, answer.get_json()) == (200, {"new": 2, "unchanged": 0})
    cases = {one.id: one for one in world.wired.store.open_day("Town", TODAY).cases}
    assert str(cases["C1"].overdue) == "500.0000"  # 800.25 before
    assert cases["C2"].stops == {StopFlag.PAID}


@pytest.mark.parametrize(
    ("amount", "problem"),
    [
        ("ten", "is no sum such as 1500.00"),
        ("NaN", "is no sum such as 1500.00"),
        (True, "is no sum"),
        ("0.00001", "has more than four decimals"),
        (1e300, "is no sum such as 1500.00"),
        ([], "is no sum"),
    ],
)
def test_a_sum_that_is_none(world: World, secret: str, amount: Any, problem: str) -> None:
    told = {"payments": [{"key": "P1", "case": "C1", "amount": amount, "at": AT}]}
    (error,) = send(world, "payments", told, secret).get_json()["errors"]
    assert error == {"pointer": "/payments/0/amount", "problem": problem}


def test_only_a_token_of_this_citys_feeds_opens_them(world: World, secret: str) -> None:
    with world.wired.store.writing(ADA) as writer:
        writer.put_city(replace(TOWN, name="Other"))
    solving = world.wired.tokens.add("nightly", 9, ADA)
    told = {"contacts": [CALL]}
    assert send(world, "contacts", told, None).status_code == 401
    assert send(world, "contacts", told, solving).status_code == 401
    assert send(world, "contacts", told, secret, city="Other").status_code == 401
    assert send(world, "contacts", told, secret, city="Nowhere").status_code == 401
    foreign = {"Origin": "https://elsewhere.example"}
    assert send(world, "contacts", told, secret, headers=foreign).status_code == 403
    world.wired.tokens.revoke("core", ADA)
    assert send(world, "contacts", told, secret).status_code == 401
    # Nor does a token of the feeds solve problems.
    feeding = world.wired.tokens.add("core", 9, ADA, feeds="Town")
    assert world.wired.tokens.holder(feeding, NOON) is None
    assert world.wired.store.contacts("Town", "B1") == []


def test_a_person_who_is_logged_in_is_no_feed(world: World) -> None:
    dora = world.visitor("dora")
    answer = dora.client.post("/api/v1/cities/Town/contacts", json={"contacts": [CALL]})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("told", "options", "status"),
    [
        ("{", {}, 400),
        ("[" * 100_000, {}, 400),
        ([], {}, 400),
        ({}, {}, 400),
        ({"calls": []}, {}, 400),
        ({"contacts": []}, {"content_type": "text/plain"}, 415),
        ({"contacts": [{}] * 100_001}, {}, 413),
        ({"contacts": {}}, {}, 422),
        ({"contacts": []}, {}, 200),
    ],
)
def test_what_is_no_feed_is_refused(
    world: World, secret: str, told: Any, options: dict[str, Any], status: int
) -> None:
    assert send(world, "contacts", told, secret, **options).status_code == status


def test_the_description_names_every_field(world: World) -> None:
    answer = world.app.test_client().get("/api/v1/openapi.json")
    assert answer.get_json() == document()
    paths = answer.get_json()["paths"]
    for name, list_name, fields in (
        ("contacts", "contacts", CONTACT),
        ("payments", "payments", PAYMENT),
        ("payments", "balances", BALANCE),
    ):
        post = paths[f"/api/v1/cities/{{city}}/{name}"]["post"]
        schema = post["requestBody"]["content"]["application/json"]["schema"]
        row = schema["properties"][list_name]["items"]
        assert list(row["properties"]) == [one.name for one in fields]
        assert row["required"] == [one.name for one in fields if one.is_required]


def test_a_promise_is_taken_whole_and_named_where_it_is_none(world: World, secret: str) -> None:
    whole = {**CALL, "result": "promised", "amount": "500", "due": "2026-03-09", "grace_days": 2}
    rows = [whole, {**whole, "key": "T2", "due": None}, {**whole, "key": "T3", "result": "busy"}]
    answer = send(world, "contacts", {"contacts": rows}, secret)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.get_json()["errors"]] == [
        "/contacts/1/due",
        "/contacts/2/result",
    ]
    [kept] = world.wired.store.open_day("Town", TODAY).dossier_of("B1").promises
    assert (int(kept.amount), kept.grace_days) == (500, 2)
    rows = [{**CALL, "key": "T4", "corrects": "T9"}, {**CALL, "key": "T5"}]
    answer = send(world, "contacts", {"contacts": rows}, secret)
    told = answer.get_json()
    assert (answer.status_code, told["new"]) == (422, 1)
    problem = "borrower 'B1' has no contact 'T9' to correct"
    assert told["errors"] == [{"pointer": "/contacts/0/corrects", "problem": problem}]
