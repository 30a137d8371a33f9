"""What outcomes lead to in the book, in their own transaction; and how it is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from data import database, tables
from data.store import SqlStore
from scheduler.agreements import (
    Agreement,
    Assessment,
    Attitude,
    Degree,
    Details,
    Evidence,
    Instalment,
    Waiver,
)
from scheduler.day import Day
from scheduler.errors import ConflictError, NotFoundError
from scheduler.follow_ups import Task
from scheduler.lifecycle import Code
from scheduler.model import Borrower, Case, Place, StopFlag, Window
from scheduler.payments import Payment
from scheduler.ports import By, CaseRecord, Outcome
from scheduler.promises import Promise, PromiseStatus
from scheduler.restraints import PauseKind
from tests.data.world import (
    ALICE,
    ALL_KNOWN,
    MIDNIGHT,
    TODAY,
    TOWN,
    new_plan,
    record,
    with_borrower,
    with_home,
)

TEN = MIDNIGHT + timedelta(hours=10)
DUE = TODAY + timedelta(days=7)
EVENING = Window(MIDNIGHT + timedelta(days=1, hours=18), MIDNIGHT + timedelta(days=1, hours=20))
ANN = By("ann", TEN)


@pytest.fixture
def book(store: SqlStore) -> SqlStore:
    """B1 has C1 and C3 of North and C4 of South, B2 has C2."""
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_cases("Town", listed(), known=ALL_KNOWN, complete=True)
    return store


def listed() -> list[CaseRecord]:
    """Return the lender's list."""
    south = record(4, borrower=1, agency="South", days_past_due=20)
    return [south, record(1), record(2), record(3, borrower=1, days_past_due=90)]


def tell(store: SqlStore, code: str, key: str = "k1", **told: Any) -> bool:
    first = Outcome(key, "B1", "B1-home", TEN, code, ("ann",), was_met=True)
    with store.writing(ANN) as writer:
        return writer.record_outcome("Town", replace(first, **told))


def day(store: SqlStore, on: date = TODAY) -> Day:
    return store.open_day("Town", on)


def case(store: SqlStore, id: str = "C1", on: date = TODAY) -> Case:
    return next(one for one in day(store, on).cases if one.id == id)


def borrower(store: SqlStore) -> Borrower:
    return next(one for one in day(store).borrowers if one.id == "B1")


def home(store: SqlStore) -> Place:
    return next(one for one in day(store).places if one.id == "B1-home")


def promises(store: SqlStore, on: date = TODAY) -> tuple[Promise, ...]:
    return day(store, on).dossier_of("B1").promises


def tasks(store: SqlStore) -> set[Task]:
    return {one.task for one in day(store).dossier_of("B1").follow_ups}


def kinds(store: SqlStore, subject: str) -> list[str]:
    return [event.kind for event in reversed(store.events(subject=subject))]


def test_a_promise_is_opened_with_the_outcome(book: SqlStore) -> None:
    tell(book, "PTP", amount=Decimal(500), due=DUE, method="app", case_id="C1")
    [one] = promises(book)
    assert (one.case_id, one.amount, one.due, one.method) == ("C1", Decimal(500), DUE, "app")
    assert (one.given_at, one.source, one.grace_days, one.status) == (
        TEN, "k1", 1, PromiseStatus.OPEN,
    )  # fmt: skip
    [event] = [e for e in book.events(subject="C1") if e.kind == "promise.opened"]
    assert (event.agency, event.actor) == ("North", "ann")
    assert event.after == {
        "amount": "500", "due": DUE.isoformat(), "id": one.id, "method": "app",
    }  # fmt: skip


def test_a_promise_about_no_contract_is_parted_among_those_of_the_visit(book: SqlStore) -> None:
    # The plan's visit was for C1 alone, though she has two more.
    with book.writing(ALICE) as writer:
        plan = writer.add_plan(new_plan())
    tell(book, "PTP", amount=Decimal(500), due=DUE, plan_id=plan.id)
    assert [one.case_id for one in promises(book)] == ["C1"]
    # Without a plan all of hers: C3 is longest overdue and takes its 800.25 first.
    tell(book, "PTP", "k2", amount=Decimal(1000), due=DUE)
    assert {one.case_id: one.amount for one in promises(book) if one.source == "k2"} == {
        "C3": Decimal("800.25"),
        "C1": Decimal("199.75"),
    }


def test_she_is_due_the_day_after_her_grace(book: SqlStore) -> None:
    tell(book, "PTP", amount=Decimal(500), due=DUE, case_id="C1")
    # Her other contract of the agency waits with it; that of another agency does not.
    assert case(book, "C1").promise_due == DUE + timedelta(days=2)
    assert case(book, "C3").promise_due == DUE + timedelta(days=2)
    assert case(book, "C4").promise_due is None


def test_nothing_of_an_outcome_stays_where_a_step_fails(book: SqlStore) -> None:
    with pytest.raises(NotFoundError, match="no open case 'C2'"):
        tell(book, "COMPLAINT", case_id="C2")
    assert borrower(book).stops == frozenset()
    with database.reading(book.engine) as connection:
        assert connection.scalar(select(func.count()).select_from(tables.outcome)) == 0


def test_sent_again_it_leads_to_nothing_more(book: SqlStore) -> None:
    assert tell(book, "PTP", amount=Decimal(500), due=DUE, case_id="C1")
    assert not tell(book, "PTP", amount=Decimal(500), due=DUE, case_id="C1")
    assert len(promises(book)) == 1


def test_a_complaint_stops_the_person_and_a_dispute_the_contract(book: SqlStore) -> None:
    tell(book, "COMPLAINT")
    tell(book, "DISPUTE", "k2", case_id="C1")
    assert borrower(book).stops == {StopFlag.COMPLAINT}
    assert case(book, "C1").stops == {StopFlag.DISPUTED}
    assert case(book, "C3").stops == frozenset()
    assert "borrower.stopped" in kinds(book, "B1")
    assert "case.stopped" in kinds(book, "C1")


def test_the_lenders_list_does_not_lift_what_was_told_at_the_door(book: SqlStore) -> None:
    tell(book, "COMPLAINT")
    tell(book, "DISPUTE", "k2", case_id="C1")
    tell(book, "HOSTILE", "k3")
    tell(book, "MOVED", "k4")
    with book.writing(ALICE) as writer:
        again = writer.put_cases("Town", listed(), known=ALL_KNOWN, complete=True)
    assert again.changed == ()
    assert borrower(book).stops == {StopFlag.COMPLAINT}
    assert case(book, "C1").stops == {StopFlag.DISPUTED}
    assert case(book, "C1").crew_size == 2
    assert not home(book).is_valid


def test_another_address_is_valid_whatever_was_told_of_the_old_one(book: SqlStore) -> None:
    tell(book, "MOVED")
    moved = with_home(record(1), address="99 Other Road")
    with book.writing(ALICE) as writer:
        writer.put_cases("Town", [moved], known=ALL_KNOWN, complete=False)
    assert home(book).is_valid


def test_hostility_asks_for_two_on_every_contract(book: SqlStore) -> None:
    tell(book, "HOSTILE", case_id="C1")
    assert {case(book, id).crew_size for id in ("C1", "C3", "C4")} == {2}
    assert case(book, "C2").crew_size == 1


def test_hostility_lets_nobody_go_for_a_while(book: SqlStore) -> None:
    tell(book, "HOSTILE")
    [pause] = day(book).dossier_of("B1").pauses
    assert (pause.kind, pause.first, pause.source) == (
        PauseKind.COOL_OFF, TODAY + timedelta(days=1), "k1",
    )  # fmt: skip
    assert pause.last == TODAY + timedelta(days=14)
    assert "pause.added" in kinds(book, "B1")


def test_a_cool_off_is_ended_like_any_pause_and_with_its_outcome(book: SqlStore) -> None:
    tell(book, "HOSTILE")
    [pause] = day(book).dossier_of("B1").pauses
    with book.writing(ALICE) as writer:
        writer.end_pause("Town", pause.id)
    assert not day(book).dossier_of("B1").pauses
    tell(book, "HOSTILE", "k2", corrects="k1")
    [again] = day(book).dossier_of("B1").pauses
    assert again.id != pause.id
    tell(book, "MET_TALKED", "k3", corrects="k2")
    assert not day(book).dossier_of("B1").pauses
    assert kinds(book, "B1").count("pause.ended") == 2


def test_moved_away(book: SqlStore) -> None:
    tell(book, "MOVED")
    assert not home(book).is_valid
    assert Task.FIND_ADDRESS in tasks(book)


def test_hours_that_she_asks_for_are_her_appointment(book: SqlStore) -> None:
    tell(book, "CALLBACK_TIME", suits=EVENING, case_id="C1")
    assert case(book).appointment == EVENING
    assert "appointment.made" in kinds(book, "C1")


def test_the_wait_for_another_try_ends_with_it(book: SqlStore) -> None:
    tell(book, "NOT_HOME")
    assert tasks(book) == {Task.VISIT_AGAIN}
    tell(book, "PAID_PART", "k2", at=TEN + timedelta(days=3), amount=Decimal(100))
    assert tasks(book) == {Task.CONFIRM_PAYMENT}


def test_a_visit_that_was_not_made_ends_no_wait(book: SqlStore) -> None:
    tell(book, "NOT_HOME")
    tell(book, "NOT_REACHED", "k2", was_made=False, was_met=False)
    assert tasks(book) == {Task.VISIT_AGAIN}


AGREEMENT = Agreement(
    Decimal(600),
    (Instalment(DUE, Decimal(200)), Instalment(DUE + timedelta(days=30), Decimal(400))),
    Waiver(Decimal(50), "boss", "hardship"),
    Evidence("files/17", "0f" * 32),
)
WHOLE = Details(
    attitude=Attitude.COOPERATIVE,
    assessment=Assessment("a shop with customers", Degree.PARTLY, Degree.FULLY),
    agreement=AGREEMENT,
)


def test_instalments_of_an_agreement_are_promises(book: SqlStore) -> None:
    tell(book, "AGREEMENT", case_id="C1", details=WHOLE)
    assert [(one.amount, one.due) for one in promises(book)] == [
        (Decimal(200), DUE),
        (Decimal(400), DUE + timedelta(days=30)),
    ]
    with database.reading(book.engine) as connection:
        kept = connection.execute(select(tables.agreement)).one()
        waived = connection.execute(select(tables.waiver)).one()
        seen = connection.execute(select(tables.assessment)).one()
    assert (kept.total, kept.signature_reference, kept.signature_sha256) == (
        Decimal(600), "files/17", "0f" * 32,
    )  # fmt: skip
    assert (waived.amount, waived.approved_by, waived.recorded_by) == (Decimal(50), "boss", "ann")
    assert (seen.ability, seen.willingness) == (Degree.PARTLY, Degree.FULLY)


def test_events_hold_no_words_about_her(book: SqlStore) -> None:
    tell(book, "AGREEMENT", case_id="C1", details=WHOLE)
    [event] = [e for e in book.events(subject="B1") if e.kind == "outcome.recorded"]
    assert event.after is not None
    assert event.after["details"] == {"attitude": "cooperative"}
    assert "customers" not in str(book.events())


def test_who_records_a_waiver_cannot_approve_it(book: SqlStore) -> None:
    own = replace(AGREEMENT, waiver=Waiver(Decimal(50), "ann"))
    with pytest.raises(ConflictError, match="ann cannot approve a waiver"):
        tell(book, "AGREEMENT", case_id="C1", details=Details(agreement=own))
    assert promises(book) == ()


EVERYTHING: dict[str, dict[str, Any]] = {
    "PTP": {"amount": Decimal(500), "due": DUE},
    "AGREEMENT": {"details": WHOLE},
    "CALLBACK_TIME": {"suits": EVENING},
    "PAID_PART": {"amount": Decimal(5)},
    "PAID_FULL": {"amount": Decimal(800)},
}


@pytest.mark.parametrize("code", list(Code))
def test_what_a_corrected_outcome_led_to_is_undone(book: SqlStore, code: Code) -> None:
    before = day(book)
    tell(book, code, case_id="C1", **EVERYTHING.get(code, {}))
    tell(book, "NOT_REACHED", "k2", corrects="k1", was_made=False, was_met=False)
    after = day(book)
    assert (after.cases, after.borrowers, after.places) == (
        before.cases, before.borrowers, before.places,
    )  # fmt: skip
    assert (after.dossiers, list(after.past)) == ({}, [])
    with database.reading(book.engine) as connection:
        first = connection.execute(select(tables.outcome).where(tables.outcome.c.key == "k1")).one()
    assert (first.code, first.corrected_by) == (code, "k2")
    assert "outcome.corrected" in kinds(book, "B1")


def test_an_outcome_is_corrected_once_and_the_newest_is_corrected_next(book: SqlStore) -> None:
    tell(book, "NOT_HOME")
    tell(book, "MOVED", "k2", corrects="k1")
    with pytest.raises(ConflictError, match="corrected by 'k2': correct that one"):
        tell(book, "HOSTILE", "k3", corrects="k1")
    tell(book, "PAID_PART", "k3", corrects="k2", amount=Decimal(5))
    assert home(book).is_valid


def test_only_an_outcome_of_hers_is_corrected(book: SqlStore) -> None:
    tell(book, "NOT_HOME")
    with pytest.raises(NotFoundError, match="'B2' has no outcome 'k1'"):
        tell(book, "NOT_HOME", "k2", borrower_id="B2", place_id="B2-home", corrects="k1")


def test_a_stop_that_another_outcome_holds_stays(book: SqlStore) -> None:
    tell(book, "COMPLAINT")
    tell(book, "COMPLAINT", "k2")
    tell(book, "NOT_HOME", "k3", corrects="k1")
    assert borrower(book).stops == {StopFlag.COMPLAINT}
    tell(book, "NOT_HOME", "k4", corrects="k2")
    # Neither holds it any more, and no list ever told of it.
    assert borrower(book).stops == frozenset()


def test_a_stop_of_the_lenders_list_stays(book: SqlStore) -> None:
    told = with_borrower(record(1), stops=frozenset({StopFlag.COMPLAINT}))
    with book.writing(ALICE) as writer:
        writer.put_cases("Town", [told], known=ALL_KNOWN, complete=False)
    tell(book, "COMPLAINT")
    tell(book, "NOT_HOME", "k2", corrects="k1")
    assert borrower(book).stops == {StopFlag.COMPLAINT}


def test_what_somebody_has_changed_since_stays(book: SqlStore) -> None:
    tell(book, "CALLBACK_TIME", suits=EVENING, case_id="C1")
    later = Window(EVENING.start + timedelta(days=1), EVENING.end + timedelta(days=1))
    with book.writing(ALICE) as writer:
        known = frozenset({"case.appointment"})
        told = [record(1, appointment=later)]
        writer.put_cases("Town", told, known=known, complete=False)
    tell(book, "NOT_HOME", "k2", corrects="k1")
    assert case(book).appointment == later


def pay(store: SqlStore, amount: int, on: date, key: str = "p1") -> None:
    noon = MIDNIGHT + (on - TODAY) + timedelta(hours=12)
    with store.writing(ALICE) as writer:
        writer.add_payments("Town", [Payment(key, "C1", Decimal(amount), noon)])


def test_payments_say_how_a_promise_stands_when_a_day_is_opened(book: SqlStore) -> None:
    tell(book, "PTP", amount=Decimal(500), due=DUE, case_id="C1")
    later = DUE + timedelta(days=2)
    # Nobody knows of payments yet: it stays open, and the visit is due all the same.
    assert promises(book, later)[0].status is PromiseStatus.OPEN
    assert case(book, on=later).promise_due == later
    pay(book, 200, DUE)
    assert promises(book, later)[0].status is PromiseStatus.PARTLY_KEPT
    assert case(book, on=later).promise_due == later
    pay(book, 300, DUE, "p2")
    assert promises(book, later)[0].status is PromiseStatus.KEPT
    assert case(book, on=later).promise_due is None


def test_a_stop_told_at_the_door_is_lifted_and_the_outcomes_stay(book: SqlStore) -> None:
    for key in ("k1", "k2"):
        tell(book, "DISPUTE", key, case_id="C1")
    assert StopFlag.DISPUTED in case(book).stops
    with book.writing(ALICE) as writer:
        writer.lift_stop("Town", "B1", StopFlag.DISPUTED, "C1")
    assert case(book).stops == frozenset()
    with book.writing(ALICE) as writer:  # and the lender's next list says so too
        writer.put_cases("Town", listed(), known=ALL_KNOWN, complete=True)
    assert case(book).stops == frozenset()
    assert kinds(book, "C1").count("case.released") == 1
    assert kinds(book, "B1").count("outcome.recorded") == 2
    with pytest.raises(NotFoundError, match="holds the stop disputed"), book.writing(ALICE) as one:
        one.lift_stop("Town", "B1", StopFlag.DISPUTED, "C1")
