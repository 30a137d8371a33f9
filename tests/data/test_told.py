"""What crews have told of a day, as the book keeps it; on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data.store import SqlStore
from routing.point import Point
from scheduler.ports import By, Mark, MarkKind, Outcome, Told
from tests.data.world import (
    ALICE,
    ALL_KNOWN,
    MIDNIGHT,
    NOON,
    TODAY,
    TOWN,
    collector,
    found,
    new_plan,
    record,
    shift,
)

BOB = By("bob", NOON + timedelta(minutes=5))
TEN = MIDNIGHT + timedelta(hours=10)


@pytest.fixture
def book(store: SqlStore) -> SqlStore:
    """A store with ann and bea's published visit to B1 at ten."""
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_collectors("Town", [collector("ann"), collector("bea")])
        writer.put_shifts("Town", [shift(who) for who in ("ann", "bea")])
        writer.put_cases("Town", [found(record(1)), record(2)], known=ALL_KNOWN, complete=True)
        writer.publish(writer.add_plan(new_plan()).id, "")
    return store


def tell(store: SqlStore, *told: Mark | Outcome) -> None:
    with store.writing(BOB) as writer:
        for one in told:
            if isinstance(one, Mark):
                writer.put_mark("Town", one)
            else:
                writer.record_outcome("Town", one)


def mark(store: SqlStore, kind: MarkKind, minutes: int) -> Mark:
    id = store.plan("Town", TODAY).id
    at = TEN + timedelta(minutes=minutes)
    return Mark(f"key-{kind}", TODAY, id, ("ann", "bea"), kind, at, "B1")


def test_of_a_day_that_has_not_begun_nothing_is_told(book: SqlStore) -> None:
    assert book.told("Town", TODAY) == Told()
    assert not book.told("Town", TODAY)


def test_marks_come_in_their_order_with_where_the_visit_is(book: SqlStore) -> None:
    left, came = mark(book, MarkKind.LEAVE, 25), mark(book, MarkKind.ARRIVE, 2)
    tell(book, left, came)
    told = book.told("Town", TODAY)
    assert told.marks == (came, left)
    assert told.places["B1-home"].point == Point(25.005, 121.505)
    assert book.told("Town", TODAY + timedelta(days=1)) == Told()


def test_a_place_that_lost_its_position_is_where_the_crew_was_sent(book: SqlStore) -> None:
    tell(book, mark(book, MarkKind.ARRIVE, 2))
    with book.writing(ALICE) as writer:  # her address is another one, nobody knows where
        writer.put_cases("Town", [record(1), record(2)], known=ALL_KNOWN, complete=True)
    assert book.told("Town", TODAY).places["B1-home"].point == Point(25.005, 121.505)


def test_a_result_that_was_corrected_is_told_no_more(book: SqlStore) -> None:
    first = Outcome("k1", "B1", "B1-home", TEN, "NOT_HOME", ("ann", "bea"))
    better = Outcome("k2", "B1", "B1-home", TEN, "CALLBACK_TIME", ("ann", "bea"), corrects="k1")
    tell(book, first)
    assert [one.key for one in book.told("Town", TODAY).outcomes] == ["k1"]
    tell(book, better)
    assert [one.key for one in book.told("Town", TODAY).outcomes] == ["k2"]
    assert set(book.told("Town", TODAY).places) == {"B1-home"}
