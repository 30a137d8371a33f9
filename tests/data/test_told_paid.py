"""A case said to be paid at the door: stopped until its last day, then visited again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from data import database, tables
from data.store import SqlStore
from data.store.stories import Stories
from scheduler.follow_ups import Task, TaskState
from scheduler.model import Case, StopFlag
from scheduler.payments import Payment
from scheduler.ports import By, Outcome
from scheduler.told_paid import unpaid
from tests.data.filled import filled
from tests.data.world import ALICE, ALL_KNOWN, MIDNIGHT, TODAY, TOWN, new_plan, record

TEN = MIDNIGHT + timedelta(hours=10)
UNTIL = TODAY + timedelta(days=7)  # as the house's table has it
LAPSED = UNTIL + timedelta(days=1)


@pytest.fixture
def book(store: SqlStore) -> SqlStore:
    return filled(store, fill)


def fill(store: SqlStore) -> None:
    """B1 said that C1 is paid; B2, of C2, has paid something, so the book knows payments."""
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_cases("Town", [record(1), record(2)], known=ALL_KNOWN, complete=True)
        writer.add_payments("Town", [Payment("other", "C2", Decimal(1), TEN)])
    tell(store)


def tell(store: SqlStore, code: str = "PAID_FULL", key: str = "k1", **told: Any) -> None:
    first = Outcome(key, "B1", "B1-home", TEN, code, ("ann",), was_met=True)
    with store.writing(By("ann", TEN)) as writer:
        writer.record_outcome("Town", replace(first, **told))


def pay(store: SqlStore, amount: int, on: date, key: str = "p1") -> None:
    noon = MIDNIGHT + (on - TODAY) + timedelta(hours=12)
    with store.writing(By("bank", noon)) as writer:
        writer.add_payments("Town", [Payment(key, "C1", Decimal(amount), noon)])


def judge(store: SqlStore, on: date) -> None:
    with store.writing(By("night", MIDNIGHT + (on - TODAY))) as writer:
        writer.judge_promises("Town")


def case(store: SqlStore, on: date) -> Case:
    return next(one for one in store.open_day("Town", on).cases if one.id == "C1")


def kinds(store: SqlStore) -> list[str]:
    both = [*store.events(subject="C1"), *store.events(subject="B1")]
    return [event.kind for event in sorted(both, key=lambda one: one.id)]


def row(store: SqlStore) -> Any:
    with database.reading(store.engine) as connection:
        query = select(tables.loan_case).where(tables.loan_case.c.id == "C1")
        return connection.execute(query).one()


def states(store: SqlStore) -> list[TaskState]:
    task = tables.follow_up.c
    with database.reading(store.engine) as connection:
        its = select(task.state).where(task.task == Task.CONFIRM_PAYMENT)
        return list(connection.scalars(its.order_by(task.id)))


def test_a_day_to_come_is_planned_as_if_no_payment_came(book: SqlStore) -> None:
    assert case(book, UNTIL).stops == {StopFlag.PAID}
    assert case(book, LAPSED).stops == frozenset()
    assert row(book).stops == {StopFlag.PAID}  # nothing is written by looking


def test_once_the_day_is_there_the_stop_is_lifted_once_with_its_events(book: SqlStore) -> None:
    judge(book, UNTIL)
    assert row(book).stops == {StopFlag.PAID}
    assert states(book) == [TaskState.OPEN]
    for _ in range(2):
        judge(book, LAPSED)
        assert row(book).stops == frozenset()
        assert states(book) == [TaskState.IN_VAIN]
    found = kinds(book)
    assert found[-3:] == ["case.unconfirmed", "follow_up.in_vain", "case.released"]
    assert found.count("case.released") == 1
    [event] = [one for one in book.events(subject="C1") if one.kind == "case.unconfirmed"]
    assert event.after == {"due": UNTIL.isoformat(), "paid": "0"}


def test_a_plan_is_made_after_it_was_judged(book: SqlStore) -> None:
    with book.writing(By("night", MIDNIGHT + (LAPSED - TODAY))) as writer:
        writer.add_plan(new_plan(LAPSED))
    assert "case.released" in kinds(book)


def test_paid_off_in_time_the_case_stays_stopped_by_its_balance(book: SqlStore) -> None:
    pay(book, int(row(book).overdue) + 1, UNTIL)
    judge(book, LAPSED)
    assert row(book).stops == {StopFlag.PAID}
    assert case(book, LAPSED).stops == {StopFlag.PAID}
    assert states(book) == [TaskState.DONE]
    with book.writing(ALICE) as writer:  # and a press takes the word back, not the payment
        writer.lift_stop("Town", "B1", StopFlag.PAID, "C1")
    assert row(book).stops == {StopFlag.PAID}


def test_a_part_confirms_the_task_and_what_is_left_is_visited(book: SqlStore) -> None:
    pay(book, 1, UNTIL)
    judge(book, LAPSED)
    assert row(book).stops == frozenset()
    assert states(book) == [TaskState.DONE]
    assert warned(book, LAPSED) == []


def warned(store: SqlStore, on: date) -> list[str]:
    told = store.open_day("Town", on).dossier_of("B1")
    return [one.case_id for one in unpaid(told.told_paid, told.payments, on)]


def test_the_next_visit_is_warned_and_the_one_after_it_is_not(book: SqlStore) -> None:
    assert warned(book, UNTIL) == []
    assert warned(book, LAPSED) == ["C1"]
    judge(book, LAPSED)
    assert warned(book, LAPSED) == ["C1"]
    tell(book, "NOT_HOME", "k2", at=TEN + timedelta(days=8), was_met=False)
    assert warned(book, LAPSED + timedelta(days=1)) == []


def test_a_corrected_result_and_a_lifted_stop_leave_nothing_to_warn_of(book: SqlStore) -> None:
    tell(book, "NOT_HOME", "k2", corrects="k1", was_met=False)
    assert warned(book, LAPSED) == []
    assert states(book) == [TaskState.WITHDRAWN]
    judge(book, LAPSED)
    assert "case.unconfirmed" not in kinds(book)


def test_said_again_it_is_believed_from_then_on(book: SqlStore) -> None:
    tell(book, key="k2", at=TEN + timedelta(days=3))
    judge(book, LAPSED)
    assert row(book).stops == {StopFlag.PAID}
    judge(book, LAPSED + timedelta(days=3))
    assert row(book).stops == frozenset()
    assert states(book) == [TaskState.IN_VAIN] * 2


def test_the_lenders_own_stop_stays(book: SqlStore) -> None:
    tell(book, "NOT_HOME", "k2", corrects="k1", was_met=False)
    paid = record(1, stops=frozenset({StopFlag.PAID}))
    with book.writing(ALICE) as writer:
        writer.put_cases("Town", [paid, record(2)], known=ALL_KNOWN, complete=True)
    tell(book, key="k3")
    judge(book, LAPSED)
    assert row(book).stops == {StopFlag.PAID}


def test_where_no_payments_are_known_nobody_can_say_that_one_is_missing(store: SqlStore) -> None:
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_cases("Town", [record(1)], known=ALL_KNOWN, complete=True)
    tell(store)
    judge(store, LAPSED)
    assert case(store, LAPSED).stops == {StopFlag.PAID}


def test_who_sees_another_agencys_cases_alone_is_told_of_those(book: SqlStore) -> None:
    found = Stories(book.engine).story("Town", "B1", LAPSED, frozenset({"North"}))
    assert found is not None
    assert [one.case_id for one in found.dossier.told_paid] == ["C1"]
