"""Payments and balances in the book, and what they make of the cases."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from data.store import SqlStore
from scheduler.errors import NotFoundError
from scheduler.model import Case, StopFlag
from scheduler.payments import Balance, Payment
from scheduler.ports import BookChange, By, CaseRecord
from tests.data.world import ALICE, ALL_KNOWN, NOON, TODAY, TOWN, record

OWED = Decimal("800.25")
HALF = Decimal(400)
NEXT_DAY = By("alice", NOON + timedelta(days=1))


@pytest.fixture
def book(store: SqlStore) -> SqlStore:
    """A store with C1 and C2; on each 800.25 is overdue as of the beginning of the day."""
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
    put(store, record(1), record(2))
    return store


def put(
    store: SqlStore,
    *records: CaseRecord,
    by: By = ALICE,
    known: frozenset[str] = ALL_KNOWN,
) -> None:
    with store.writing(by) as writer:
        writer.put_cases("Town", records, known=known, complete=False)


def add(store: SqlStore, *payments: Payment, balances: tuple[Balance, ...] = ()) -> BookChange:
    with store.writing(ALICE) as writer:
        return writer.add_payments("Town", payments, balances)


def paid(key: str, amount: Decimal, *, minutes: int = 60, left: Decimal | None = None) -> Payment:
    """Return a payment on C1, so many minutes before noon."""
    return Payment(key, "C1", amount, NOON - timedelta(minutes=minutes), "debit", left)


def case(store: SqlStore, id: str = "C1") -> Case:
    return next(one for one in store.open_day("Town", TODAY).cases if one.id == id)


def standing(store: SqlStore) -> tuple[Decimal, set[StopFlag]]:
    """Return what is overdue on C1, and its stops."""
    return case(store).overdue, set(case(store).stops)


def kinds(store: SqlStore) -> list[str]:
    return [event.kind for event in store.events(subject="C1")][::-1]


def test_a_payment_lowers_what_is_overdue(book: SqlStore) -> None:
    assert add(book, paid("p1", HALF)) == BookChange(new=("p1",))
    assert case(book).overdue == Decimal("400.25")
    assert case(book).stops == frozenset()
    assert case(book, "C2").overdue == OWED
    assert kinds(book) == ["case.added", "payment.added", "case.balance"]
    assert book.open_day("Town", TODAY).dossier_of("B1").payments == (paid("p1", HALF),)


def test_a_case_that_is_paid_off_is_stopped(book: SqlStore) -> None:
    add(book, paid("p1", HALF), paid("p2", Decimal("400.25"), minutes=30))
    assert standing(book) == (Decimal(0), {StopFlag.PAID})
    event = book.events(subject="C1")[0]
    assert (event.kind, event.agency) == ("case.paid", "North")
    assert event.before == {"overdue": "800.25", "stops": []}
    assert event.after == {"overdue": "0", "stops": ["paid"]}


def test_a_reversal_opens_it_again(book: SqlStore) -> None:
    add(book, paid("p1", OWED))
    add(book, paid("p2", -OWED, minutes=5))
    assert standing(book) == (OWED, set())
    assert kinds(book)[-2:] == ["payment.added", "case.unpaid"]


def test_the_same_payment_again_changes_nothing(book: SqlStore) -> None:
    add(book, paid("p1", HALF))
    assert add(book, paid("p1", HALF)) == BookChange(unchanged=("p1",))
    assert add(book, paid("p1", OWED)) == BookChange(clashing=("p1",))
    assert case(book).overdue == Decimal("400.25")


def test_what_the_lender_says_is_left_stands_above_our_sum(book: SqlStore) -> None:
    add(book, paid("p1", HALF, left=Decimal("450.25")))
    assert case(book).overdue == Decimal("450.25")  # fees were added
    add(book, paid("p0", Decimal(100), minutes=90))  # told late: in what was left already
    assert case(book).overdue == Decimal("450.25")
    add(book, paid("p2", HALF, minutes=10, left=Decimal(0)))
    assert case(book).stops == {StopFlag.PAID}


def test_a_balance_alone_pays_off_and_ages(book: SqlStore) -> None:
    told = Balance("C1", Decimal(0), 0, NOON - timedelta(hours=1))
    other = Balance("C2", Decimal(900), 71, NOON - timedelta(hours=1))
    assert add(book, balances=(told, other)) == BookChange(new=("C1", "C2"))
    assert case(book).stops == {StopFlag.PAID}
    assert case(book, "C2").overdue == Decimal(900)
    assert case(book, "C2").days_past_due == 71
    assert add(book, balances=(told,)) == BookChange(unchanged=("C1",))


def test_a_balance_of_a_time_to_come_is_of_now(book: SqlStore) -> None:
    # A day alone means its end: what comes in this afternoon still counts.
    add(book, balances=(Balance("C1", OWED, None, NOON + timedelta(hours=12)),))
    with book.writing(By("alice", NOON + timedelta(hours=2))) as writer:
        writer.add_payments("Town", [paid("p1", HALF, minutes=-60)])
    assert case(book).overdue == Decimal("400.25")


def test_a_list_of_the_same_day_does_not_undo_the_days_payments(book: SqlStore) -> None:
    add(book, paid("p1", OWED))
    put(book, record(1))
    assert standing(book) == (Decimal(0), {StopFlag.PAID})
    # The list without those columns changes nothing of it either.
    put(book, record(1), known=ALL_KNOWN - {"case.overdue", "case.stops"})
    assert case(book).stops == {StopFlag.PAID}


def test_the_next_days_list_is_newer(book: SqlStore) -> None:
    add(book, paid("p1", OWED))
    put(book, record(1, overdue=Decimal(0)), by=NEXT_DAY)
    assert case(book).stops == {StopFlag.PAID}  # nothing is owed, as was to be expected
    put(book, record(1, overdue=Decimal(300)), by=NEXT_DAY)  # another instalment is overdue
    assert standing(book) == (Decimal(300), set())


def test_a_stop_that_the_lender_has_set_stays(book: SqlStore) -> None:
    put(book, record(1, stops=frozenset({StopFlag.DISPUTED})))
    add(book, paid("p1", OWED))
    add(book, paid("p2", -OWED, minutes=5))
    assert case(book).stops == {StopFlag.DISPUTED}


def test_a_zero_that_nobody_told_is_not_taken_for_paid(book: SqlStore) -> None:
    put(book, record(5, overdue=Decimal(0)))
    assert case(book, "C5").stops == frozenset()
    with book.writing(ALICE) as writer:
        writer.add_payments("Town", [Payment("p9", "C5", HALF, NOON - timedelta(hours=1))])
    assert case(book, "C5").stops == frozenset()


def test_unknown_cases_are_named_and_nothing_is_kept(book: SqlStore) -> None:
    with pytest.raises(NotFoundError, match="Town has no case C8, C9"):
        add(
            book,
            paid("p1", HALF),
            Payment("p2", "C9", HALF, NOON),
            Payment("p3", "C8", HALF, NOON),
        )
    assert case(book).overdue == OWED


def test_the_first_payment_of_a_book_is_told_of_the_city_once(book: SqlStore) -> None:
    add(book, paid("p1", HALF))
    add(book, paid("p1", HALF), paid("p2", HALF))
    # From then on the promises of all are judged: every planned visit is looked at anew.
    assert [event.kind for event in book.events(subject="Town")].count("payments.known") == 1
