"""What the book tells a collector of her own work, and of nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update

from data import tables
from data.database import writing
from data.store import SqlStore
from data.store.own.book import OwnBook, OwnWork
from scheduler.figures import Share
from scheduler.payments import Payment
from scheduler.ports import By, Mark, MarkKind, Outcome
from scheduler.promises import PromiseStatus
from tests.data.filled import filled
from tests.data.test_figures import fill
from tests.data.world import ALICE, NOON, TODAY, shift

ANN = By("ann's phone", NOON)


@pytest.fixture
def town(store: SqlStore) -> SqlStore:
    return filled(store, fill)


def tell(store: SqlStore, who: str, code: str, **told: object) -> None:
    """Record what came of a visit of ann and bea at eleven."""
    at = NOON - timedelta(hours=1)
    outcome = Outcome(f"{who}-{code}", who, f"{who}-home", at, code, ("ann", "bea"), plan_id=1)
    with store.writing(ALICE) as writer:
        writer.record_outcome("Town", replace(outcome, **told))  # type: ignore[arg-type]


def mark(store: SqlStore, kind: MarkKind, who: str, minute: int) -> None:
    at = NOON - timedelta(hours=2) + timedelta(minutes=minute)
    told = Mark(f"{kind}-{who}", TODAY, 1, ("ann", "bea"), kind, at, visit_id=who)
    with store.writing(ALICE) as writer:
        writer.put_mark("Town", told)


def work(store: SqlStore, who: str = "ann", days: int = 0) -> OwnWork:
    return OwnBook(store.engine).work("Town", who, ANN.actor, NOON + timedelta(days=days))


def test_a_visit_of_a_pair_is_of_both_and_of_nobody_else(town: SqlStore) -> None:
    mark(town, MarkKind.ARRIVE, "B1", 5)  # planned for ten
    mark(town, MarkKind.LEAVE, "B1", 50)
    tell(town, "B1", "PTP", was_met=True, amount=Decimal(100), due=TODAY)
    for who in ("ann", "bea"):
        this = work(town, who).weeks.this
        assert (this.visits, this.shares["met"], this.shares["on_time"]) == (
            1,
            Share(1, 1),
            Share(1, 1),
        )
        assert this.shares["told_soon"] == Share(1, 1)  # left at 10:50, told at eleven
    assert work(town, "cem").weeks.this.visits == 0
    assert work(town, "cem").promises == []


def test_an_id_that_holds_anothers_is_not_hers(town: SqlStore) -> None:
    tell(town, "B1", "REFUSED", was_met=True)
    for nearly in ("an", "nn", "ann%", "_nn", "a%"):
        assert work(town, nearly).weeks.this.visits == 0


def test_a_door_without_a_result_is_told_of(town: SqlStore) -> None:
    mark(town, MarkKind.ARRIVE, "B1", 40)
    this = work(town).weeks.this
    assert (this.shares["told_soon"], this.shares["on_time"]) == (Share(0, 1), Share(0, 1))


def test_a_promise_stands_by_its_payments(town: SqlStore) -> None:
    tell(town, "B1", "PTP", was_met=True, amount=Decimal(100), due=TODAY)
    (one,) = work(town).promises
    assert (one.promise.status, one.borrower and one.borrower.id) == (PromiseStatus.OPEN, "B1")
    assert not work(town).knows_payments
    with town.writing(ALICE) as writer:
        writer.add_payments("Town", [Payment("p1", "C1", Decimal(100), NOON)])
    told = work(town, days=1)
    assert told.promises[0].promise.status is PromiseStatus.KEPT
    assert told.weeks.this.shares["kept"] == Share(1, 1)


def test_a_promise_of_a_contract_that_went_to_others_tells_nobody(town: SqlStore) -> None:
    tell(town, "B1", "PTP", was_met=True, amount=Decimal(100), due=TODAY)
    case = tables.loan_case
    with writing(town.engine) as connection:
        connection.execute(update(case).where(case.c.id == "C1").values(agency="South"))
    (one,) = work(town).promises
    assert one.borrower is None
    assert OwnBook(town.engine).promise("Town", "ann", one.promise.id, NOON) is None


def test_a_refusal_at_the_door_is_hers_by_who_told_it(town: SqlStore) -> None:
    with town.writing(ANN) as writer:
        writer.note("visit.refused", "B2", city="Town", after={"rule": "hours"})
    with town.writing(ALICE) as writer:
        writer.note("visit.refused", "B1", city="Town", after={"rule": "hours"})
    assert work(town).weeks.this.let_be == 1


def test_a_fortnight_tells_shifts_days_off_and_what_is_published(town: SqlStore) -> None:
    tomorrow = TODAY + timedelta(days=1)
    with town.writing(ALICE) as writer:
        writer.put_shifts("Town", [shift("ann"), shift("cem", 1)])
    days = {one.on: one for one in work(town).days}
    assert len(days) == 14
    assert min(days).weekday() == 0
    today = days[TODAY]
    assert today.shift is not None
    assert today.round is not None
    assert (today.round.mates, today.round.visits) == (("Bea",), 2)
    assert (days[tomorrow].is_told, days[tomorrow].shift) == (True, None)
    assert not days[TODAY + timedelta(days=3)].is_told
    alone = work(town, "cem").days[0].round
    assert alone is not None
    assert alone.mates == ()
