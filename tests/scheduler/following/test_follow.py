"""What follows from each result of a visit, by the house's table."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from data.following import HOUSE, house_policy
from scheduler.agreements import Agreement, Details, Hardship, Instalment, NextAction
from scheduler.follow_ups import Task
from scheduler.following import Consequence, StepKind, follow, read_policy
from scheduler.lifecycle import Code
from scheduler.model import StopFlag, Window
from scheduler.ports import Outcome
from scheduler.restraints import PauseKind

ZONE = ZoneInfo("Asia/Shanghai")
ON = date(2026, 3, 2)
TEN = datetime(2026, 3, 2, 10, tzinfo=ZONE)
EVENING = Window(TEN + timedelta(days=1, hours=8), TEN + timedelta(days=1, hours=10))


def after(code: Code, product: str = "card", **told: Any) -> tuple[Consequence, ...]:
    outcome = replace(Outcome("k1", "B1", "B1-home", TEN, code, ("ann",)), **told)
    return follow(outcome, house_policy().line(code, product), ON)


def kinds(code: Code, **told: Any) -> set[StepKind]:
    return {one.kind for one in after(code, **told)}


def tasks(code: Code, **told: Any) -> set[Task]:
    return {one.task for one in after(code, **told) if one.task}


def test_the_house_has_a_line_for_every_code_and_calls_none_of_them_law() -> None:
    codes = house_policy().codes
    assert set(codes) == set(Code)
    assert {line.seen for line in codes.values()} == {"D"}


def test_every_visit_that_was_made_leads_somewhere() -> None:
    idle = [code for code in Code if not after(code)]
    assert idle == [Code.NOT_REACHED]


def test_a_promise_is_opened_with_its_grace() -> None:
    due = date(2026, 3, 9)
    [one] = after(Code.PTP, amount=Decimal(500), due=due, method="app")
    assert (one.kind, one.amount, one.due, one.method) == (
        StepKind.PROMISE, Decimal(500), due, "app",
    )  # fmt: skip
    assert one.grace_days == 1


def test_grace_that_was_agreed_at_the_door_goes_before_the_houses() -> None:
    details = Details(grace_days=4)
    [one] = after(Code.PTP, amount=Decimal(500), due=ON, details=details)
    assert one.grace_days == 4


@pytest.mark.parametrize("code", [Code.PTP, Code.AGREEMENT, Code.CALLBACK_TIME])
def test_what_a_code_needs_and_nobody_told_is_asked_of_the_desk(code: Code) -> None:
    [one] = after(code)
    assert (one.kind, one.task) == (StepKind.FOLLOW_UP, Task.COMPLETE_RESULT)
    assert one.due == ON + timedelta(days=1)


def test_nobody_at_home_waits_three_days() -> None:
    [one] = after(Code.NOT_HOME)
    assert (one.task, one.due) == (Task.VISIT_AGAIN, date(2026, 3, 5))


def test_hours_that_somebody_told_go_before_the_wait() -> None:
    [one] = after(Code.NOT_HOME, suits=EVENING)
    assert (one.kind, one.window) == (StepKind.APPOINTMENT, EVENING)


@pytest.mark.parametrize("code", [Code.MOVED, Code.INVALID, Code.DEMOLISHED])
def test_an_address_that_is_not_hers_is_visited_no_more(code: Code) -> None:
    assert StepKind.INVALID_PLACE in kinds(code)
    assert tasks(code) == {Task.FIND_ADDRESS}


def test_an_address_that_was_not_found_waits_for_a_look() -> None:
    assert kinds(Code.NOT_FOUND) == {StepKind.DOUBT_PLACE}


@pytest.mark.parametrize("code", [Code.HOSTILE, Code.POLICE_CALLED, Code.ABORTED_SAFETY])
def test_after_hostility_two_go_together_and_not_soon(code: Code) -> None:
    found = {one.kind: one for one in after(code)}
    assert found[StepKind.CREW].size == 2
    pause = found[StepKind.PAUSE]
    assert pause.why is PauseKind.COOL_OFF
    assert pause.due is not None
    assert pause.due >= ON + timedelta(days=14)


@pytest.mark.parametrize(
    ("code", "kind", "flag"),
    [
        (Code.PAID_FULL, StepKind.STOP_CASE, StopFlag.PAID),
        (Code.CANCELLED_PAID, StepKind.STOP_CASE, StopFlag.PAID),
        (Code.DISPUTE, StepKind.STOP_CASE, StopFlag.DISPUTED),
        (Code.COMPLAINT, StepKind.STOP_PERSON, StopFlag.COMPLAINT),
        (Code.REPRESENTED, StepKind.STOP_PERSON, StopFlag.REPRESENTED),
        (Code.DECEASED, StepKind.STOP_PERSON, StopFlag.DECEASED),
        (Code.HOSPITAL, StepKind.STOP_PERSON, StopFlag.HOSPITAL),
        (Code.INCAPACITATED, StepKind.STOP_PERSON, StopFlag.VULNERABLE),
        (Code.CONSENT_WITHDRAWN, StepKind.STOP_PERSON, StopFlag.CONSENT_WITHDRAWN),
        (Code.DETAINED, StepKind.STOP_PERSON, StopFlag.OTHER),
    ],
)
def test_stops(code: Code, kind: StepKind, flag: StopFlag) -> None:
    assert (kind, flag) in {(one.kind, one.flag) for one in after(code)}
    # Whoever stops says what the desk does about it.
    assert tasks(code)


def test_a_full_payment_waits_for_the_feed() -> None:
    assert Task.CONFIRM_PAYMENT in tasks(Code.PAID_FULL)


def test_said_to_be_paid_is_believed_for_a_week_and_other_stops_for_good() -> None:
    [paid] = [one for one in after(Code.PAID_FULL) if one.kind is StepKind.STOP_CASE]
    assert paid.due == date(2026, 3, 9)
    [disputed] = [one for one in after(Code.DISPUTE) if one.kind is StepKind.STOP_CASE]
    assert disputed.due is None


@pytest.mark.parametrize(
    ("code", "task"),
    [
        (Code.VEHICLE_SEEN, Task.REPORT_COLLATERAL),
        (Code.VEHICLE_NOT_SEEN, Task.SEARCH_COLLATERAL),
        (Code.COLLATERAL_SURRENDERED, Task.TAKE_COLLATERAL),
    ],
)
def test_what_was_seen_of_a_vehicle_goes_to_the_desk(code: Code, task: Task) -> None:
    assert task in tasks(code)


def test_hardship_and_the_next_action_are_asked_of_the_desk_once() -> None:
    details = Details(hardship=Hardship.ILLNESS, next_action=NextAction.LEGAL)
    assert Task.REVIEW_HARDSHIP in tasks(Code.REFUSED, details=details)
    assert Task.REVIEW_LEGAL in tasks(Code.REFUSED, details=details)
    found = [one.task for one in after(Code.HARDSHIP, details=details)]
    assert found.count(Task.REVIEW_HARDSHIP) == 1


def test_an_agreement_is_kept_as_it_was_signed() -> None:
    agreement = Agreement(Decimal(300), (Instalment(ON, Decimal(300)),))
    [one] = after(Code.AGREEMENT, details=Details(agreement=agreement))
    assert (one.kind, one.agreement) == (StepKind.AGREEMENT, agreement)


def table() -> dict[str, Any]:
    return tomllib.loads(HOUSE.read_text(encoding="utf-8"))


def test_a_product_may_say_otherwise() -> None:
    raw = table()
    steps = [{"do": "visit_again", "after_days": 10}]
    own = {"seen": "D", "source": "the lender", "steps": steps}
    raw["products"] = {"Vehicle": {"NOT_HOME": own}}
    policy = read_policy(raw)
    assert policy.line(Code.NOT_HOME, "vehicle ").steps[0].days == 10
    assert policy.line(Code.NOT_HOME, "card").steps[0].days == 3
    assert policy.line(Code.PTP, "vehicle") == policy.codes[Code.PTP]


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        ({"do": "dance"}, "unknown step 'dance'"),
        ({"do": "visit_again"}, "after_days is missing"),
        ({"do": "visit_again", "after_days": -1}, "whole number from 0 to 3650, not -1"),
        ({"do": "visit_again", "after_days": True}, "not True"),
        ({"do": "crew", "size": 2, "days": 1}, "unknown key days"),
        (
            {"do": "stop_case", "flag": "disputed", "lapses_after_days": 7},
            "lapses_after_days is for the flag paid",
        ),
        ({"do": "stop_person", "flag": "paid", "lapses_after_days": 7}, "unknown key lapses"),
        ({"do": "stop_case", "flag": "tired"}, "unknown flag 'tired'"),
    ],
)
def test_faults_of_a_step_are_named(step: dict[str, Any], fault: str) -> None:
    raw = table()
    raw["codes"]["PTP"]["steps"] = [step]
    with pytest.raises(ValueError, match=r"codes\.PTP: step 1") as told:
        read_policy(raw)
    assert fault in str(told.value)


@pytest.mark.parametrize(
    ("key", "told", "fault"),
    [
        ("codes", 3, "codes: expected a table, not 3"),
        ("products", [1], "products: expected a table, not [1]"),
        ("products", {"card": 1}, "products.card: expected a table, not 1"),
        ("products", {"card": {"PTP": 1}}, "products.card.PTP: expected { seen = …"),
        (
            "products",
            {"card": {"PTP": {"seen": "D", "source": "x", "steps": [1]}}},
            "products.card.PTP: step 1: expected { do = … }, not 1",
        ),
        ("title", 7, "title: expected text"),
    ],
)
def test_what_is_of_another_kind_is_named(key: str, told: Any, fault: str) -> None:
    with pytest.raises(ValueError, match=re.escape(fault)):
        read_policy({**table(), key: told})


def test_all_faults_of_a_table_are_named_at_once() -> None:
    raw = table()
    del raw["codes"]["PTP"]
    del raw["codes"]["MOVED"]["source"]
    raw["codes"]["HUNGRY"] = raw["codes"]["REFUSED"]
    raw["colour"] = "red"
    with pytest.raises(ValueError, match=r"codes\.MOVED\.source: is missing") as told:
        read_policy(raw)
    for fault in ("codes.PTP: is missing", "codes.HUNGRY: unknown", "colour: unknown key"):
        assert fault in str(told.value)
