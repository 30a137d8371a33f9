"""What somebody may see of a borrower, the lists that lead to her, and promises judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from data.store import SqlStore
from data.store.stories import Filter, Stories
from scheduler.agreements import Agreement, Details, Evidence, Instalment
from scheduler.errors import ConflictError, NotFoundError
from scheduler.follow_ups import Task
from scheduler.model import StopFlag
from scheduler.payments import Payment
from scheduler.ports import By, Outcome
from scheduler.promises import PromiseStatus
from tests.data.filled import filled
from tests.data.world import ALICE, ALL_KNOWN, MIDNIGHT, TODAY, TOWN, new_plan, record

TEN = MIDNIGHT + timedelta(hours=10)
DUE = TODAY + timedelta(days=7)
NORTH = frozenset({"North"})
SOUTH = frozenset({"South"})


@pytest.fixture
def book(store: SqlStore) -> SqlStore:
    return filled(store, fill)


def fill(store: SqlStore) -> None:
    """B1 has C1 of North and C3 of South; B2 has C2, disputed, a day overdue."""
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        south = record(3, borrower=1, agency="South", days_past_due=200)
        records = [record(1), record(2, days_past_due=1, stops=frozenset({StopFlag.DISPUTED}))]
        writer.put_cases("Town", [south, *records], known=ALL_KNOWN, complete=True)
    tell(store, "PTP", amount=Decimal(500), due=DUE, case_id="C1")


def tell(store: SqlStore, code: str, key: str = "k1", **told: Any) -> None:
    first = Outcome(key, "B1", "B1-home", TEN, code, ("ann",), was_met=True)
    with store.writing(By("ann", TEN)) as writer:
        writer.record_outcome("Town", replace(first, **told))


def listed(store: SqlStore, agencies: frozenset[str] | None = None, **asked: Any) -> list[str]:
    found = Stories(store.engine).cases("Town", Filter(**asked), agencies, limit=10)
    return [line.case.id for line in found]


def test_cases_are_found_by_what_is_asked(book: SqlStore) -> None:
    assert listed(book) == ["C3", "C1", "C2"]  # longest overdue first
    assert listed(book, text="B1") == ["C3", "C1"]
    assert listed(book, text="C2") == ["C2"]
    assert listed(book, text="_") == []  # no pattern
    assert listed(book, bucket="M7") == ["C3"]
    assert listed(book, bucket="M1") == ["C2"]
    assert listed(book, bucket="M2") == ["C1"]
    assert listed(book, stop=StopFlag.DISPUTED) == ["C2"]
    assert listed(book, is_stopped=True) == ["C2"]
    assert listed(book, promise=PromiseStatus.OPEN) == ["C1"]
    assert listed(book, promise=PromiseStatus.BROKEN) == []


def test_an_agency_finds_its_own_cases_alone(book: SqlStore) -> None:
    assert listed(book, SOUTH) == ["C3"]
    assert listed(book, frozenset()) == []


def test_a_story_is_found_by_the_borrower_or_a_contract(book: SqlStore) -> None:
    stories = Stories(book.engine)
    hers, its = (stories.story("Town", id, TODAY, None) for id in ("B1", "C3"))
    assert hers == its
    assert hers is not None
    assert [one.id for one in hers.cases] == ["C1", "C3"]
    assert stories.story("Town", "B9", TODAY, None) is None


def test_another_agencys_story_of_her_is_not_seen(book: SqlStore) -> None:
    tell(book, "MOVED", "k2")
    souths = Stories(book.engine).story("Town", "B1", TODAY, SOUTH)
    assert souths is not None
    assert [one.id for one in souths.cases] == ["C3"]
    assert souths.dossier.promises == ()
    assert {event.agency for event in souths.events} <= {"South"}
    assert Stories(book.engine).story("Town", "C1", TODAY, SOUTH) is None


def test_documents_are_told_by_where_they_are_kept(book: SqlStore) -> None:
    signed = Evidence("files/17", "0f" * 32)
    agreement = Agreement(Decimal(300), (Instalment(DUE, Decimal(300)),), signature=signed)
    tell(book, "AGREEMENT", "k2", case_id="C1", details=Details(agreement=agreement))
    found = Stories(book.engine).story("Town", "B1", TODAY, None)
    assert found is not None
    [one] = found.documents
    assert (one.kind, one.on, one.reference, one.sha256) == (
        "signature", TODAY, "files/17", "0f" * 32,
    )  # fmt: skip


def pay(store: SqlStore, amount: int, on: date) -> None:
    noon = MIDNIGHT + (on - TODAY) + timedelta(hours=12)
    with store.writing(By("bank", noon)) as writer:
        writer.add_payments("Town", [Payment(f"p{on}", "C1", Decimal(amount), noon)])


def judge(store: SqlStore, on: date) -> list[PromiseStatus]:
    with store.writing(By("night", MIDNIGHT + (on - TODAY))) as writer:
        return [one.status for one in writer.judge_promises("Town")]


def test_a_promise_is_judged_once_it_is_due_and_the_judgement_is_an_event(book: SqlStore) -> None:
    assert judge(book, DUE + timedelta(days=2)) == []  # nobody knows of payments yet
    pay(book, 200, DUE)
    assert judge(book, DUE + timedelta(days=2)) == [PromiseStatus.PARTLY_KEPT]
    assert judge(book, DUE + timedelta(days=2)) == []
    [event] = [e for e in book.events(subject="C1") if e.kind == "promise.partly_kept"]
    assert event.agency == "North"
    assert event.before == {"status": "open", "paid": "0"}
    assert event.after is not None
    assert event.after["paid"] == "200"


def test_a_plan_is_made_after_promises_were_judged(book: SqlStore) -> None:
    pay(book, 500, DUE)
    later = DUE + timedelta(days=2)
    with book.writing(By("night", MIDNIGHT + (later - TODAY))) as writer:
        writer.add_plan(new_plan(later))
    assert "promise.kept" in [event.kind for event in book.events(subject="C1")]


def test_promises_of_days_are_listed_as_they_stand(book: SqlStore) -> None:
    pay(book, 500, DUE)
    stories, later = Stories(book.engine), DUE + timedelta(days=2)
    [one] = stories.promises("Town", DUE, DUE, later, None)
    assert (one.case_id, one.status) == ("C1", PromiseStatus.KEPT)
    assert stories.promises("Town", DUE, DUE, later, SOUTH) == []
    assert len(stories.promises("Town", DUE, DUE, later, NORTH)) == 1
    assert stories.promises("Town", DUE + timedelta(days=1), later, later, None) == []


def test_a_task_that_waits_for_a_payment_ends_with_it(book: SqlStore) -> None:
    tell(book, "PAID_PART", "k2", case_id="C1", amount=Decimal(200))
    assert open_tasks(book) == [Task.CONFIRM_PAYMENT]
    pay(book, 200, TODAY + timedelta(days=1))
    judge(book, TODAY + timedelta(days=2))
    assert open_tasks(book) == []


def test_a_task_is_done_once(book: SqlStore) -> None:
    tell(book, "REFUSED", "k2", case_id="C1")
    found = Stories(book.engine).story("Town", "B1", TODAY, None)
    assert found is not None
    one = found.dossier.follow_ups[0]
    with book.writing(ALICE) as writer:
        writer.end_task("Town", one.id)
    with pytest.raises(ConflictError, match="is done already"), book.writing(ALICE) as writer:
        writer.end_task("Town", one.id)
    with pytest.raises(NotFoundError, match="no follow-up 99"), book.writing(ALICE) as writer:
        writer.end_task("Town", 99)


def open_tasks(store: SqlStore) -> list[Task]:
    return [one.task for one in store.open_day("Town", TODAY).dossier_of("B1").follow_ups]
