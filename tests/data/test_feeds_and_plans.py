"""What contacts and payments do to a plan that is published already."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from data import database, tables
from data.store import SqlStore
from routing.geocoding import Precision
from routing.point import Point
from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.payments import Payment
from scheduler.ports import By
from tests.data.filled import filled
from tests.data.world import ALL_KNOWN, TOWN, collector, new_plan, record, shift, with_home

MONDAY = date(2026, 11, 30)  # the house's rules are in force
EIGHT = datetime(2026, 11, 30, tzinfo=UTC)  # of the clock in Town; the visit to B1 is at ten
ALICE = By("alice", EIGHT)
OWED = Decimal("800.25")


@pytest.fixture
def book(store: SqlStore) -> SqlStore:
    return filled(store, fill)


def fill(store: SqlStore) -> None:
    """A store in which ann and bea see B1 on Monday, by a published plan."""
    first = with_home(record(1), point=Point(25.0, 121.5), precision=Precision.CONFIRMED)
    later = (MONDAY - date(2026, 3, 2)).days
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_collectors("Town", [collector("ann"), collector("bea")])
        writer.put_shifts("Town", [shift("ann", later), shift("bea", later)])
        writer.put_cases("Town", [first, record(2)], known=ALL_KNOWN, complete=True)
        writer.publish(writer.add_plan(new_plan(MONDAY)).id, "")


def pay(store: SqlStore, key: str, amount: Decimal) -> None:
    with store.writing(ALICE) as writer:
        writer.add_payments("Town", [Payment(key, "C1", amount, EIGHT - timedelta(minutes=5))])


def log(store: SqlStore, who: str, result: ContactResult = ContactResult.ANSWERED) -> None:
    at = EIGHT - timedelta(minutes=5)
    told = Contact(f"{who}-{result}", who, Channel.CALL, Direction.OUT, Party.BORROWER, result, at)
    with store.writing(ALICE) as writer:
        writer.add_contacts("Town", [told])


def causes(store: SqlStore) -> list[str]:
    """Return the rules by which the visit to B1 is suspended now."""
    rows = select(tables.suspension).where(tables.suspension.c.lifted_at.is_(None))
    with database.reading(store.engine) as connection:
        return [str(dict(row)) for row in connection.execute(rows).mappings()]


def test_who_has_paid_is_visited_no_more_and_who_took_it_back_is(book: SqlStore) -> None:
    before = causes(book)
    pay(book, "p1", OWED - 1)
    assert causes(book) == before
    pay(book, "p2", Decimal(1))
    assert "paid" in "".join(set(causes(book)) - set(before))
    pay(book, "p3", -OWED)
    assert "paid" not in "".join(causes(book))


def test_the_first_contact_asks_the_gate_of_everybody(book: SqlStore) -> None:
    assert "not contacted often enough" not in "".join(causes(book))
    log(book, "B2")  # of another borrower: from now on the book knows contacts
    assert "not contacted often enough" in "".join(causes(book))
    log(book, "B1")
    assert "not contacted often enough" not in "".join(causes(book))


def test_who_is_known_not_to_have_been_contacted_waits(book: SqlStore) -> None:
    log(book, "B1", ContactResult.NOT_TRIED)
    assert "nobody has contacted her" in "".join(causes(book))
