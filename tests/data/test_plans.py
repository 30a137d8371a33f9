"""Versions of a plan, publishing, outcomes, and what other days make of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from data.store import SqlStore
from scheduler.errors import ConflictError, NotFoundError
from scheduler.model import PastVisit, PlaceKind, Window
from scheduler.ports import By, Outcome, PlanRecord, PlanStatus
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
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def book(store: SqlStore) -> SqlStore:
    """A store with three contracts, of which one may be visited, and two who work two days."""
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_collectors("Town", [collector("ann"), collector("bea")])
        both = ("ann", "bea")
        writer.put_shifts("Town", [shift(who, day) for who in both for day in (0, 1)])
        records = [found(record(1)), record(2), record(3)]
        writer.put_cases("Town", records, known=ALL_KNOWN, complete=True)
    return store


def add(store: SqlStore, on: date = TODAY, agency: str = "") -> PlanRecord:
    with store.writing(ALICE) as writer:
        return writer.add_plan(new_plan(on, agency=agency))


def publish(store: SqlStore, record: PlanRecord, note: str = "") -> PlanRecord:
    with store.writing(BOB) as writer:
        return writer.publish(record.id, note)


def outcome(key: str = "k1", **told: object) -> Outcome:
    """Return what came of ann and bea's visit to B1 today at ten."""
    first = Outcome(key, "B1", "B1-home", MIDNIGHT + timedelta(hours=10), "PTP", ("ann", "bea"))
    return replace(first, was_met=True, **told)  # type: ignore[arg-type]


def tell(store: SqlStore, told: Outcome) -> bool:
    with store.writing(BOB) as writer:
        return writer.record_outcome("Town", told)


def test_a_plan_comes_back_as_it_went_in(book: SqlStore) -> None:
    added = add(book)
    assert added == PlanRecord(added.id, 1, PlanStatus.DRAFT, ALICE, new_plan())
    assert book.plan("Town", TODAY) == added


def test_seconds_survive_the_day_on_which_clocks_change(book: SqlStore) -> None:
    # On 8 March 2026 New York's clocks jump from 2:00 to 3:00: second 36,000 is 11:00 there.
    midnight = datetime(2026, 3, 8, tzinfo=ZoneInfo("America/New_York"))
    nine = midnight + timedelta(hours=9)
    works = Window(nine, nine + timedelta(hours=8))
    with book.writing(ALICE) as writer:
        writer.put_city(replace(TOWN, zone="America/New_York"))
        writer.put_shifts("Town", [shift(who, window=works) for who in ("ann", "bea")])
        writer.add_plan(new_plan(date(2026, 3, 8), origin=midnight))
    with book.writing(BOB) as writer:
        kept = book.plan("Town", date(2026, 3, 8))
        writer.publish(kept.id, "")
    assert kept.content.plan == new_plan().plan
    (promise,) = book.open_day("Town", TODAY).past
    assert promise.at == datetime(2026, 3, 8, 15, tzinfo=UTC)
    assert promise.at.astimezone(midnight.tzinfo).hour == 11


def test_versions_of_a_day_count_from_one(book: SqlStore) -> None:
    records = [add(book), add(book, agency="North"), add(book, TOMORROW), add(book)]
    assert [record.version for record in records] == [1, 2, 1, 3]
    assert book.plan("Town", TODAY) == records[3]
    assert book.plan("Town", TODAY, 2) == records[1]
    assert book.plans("Town", TODAY) == [records[0], records[1], records[3]]


def test_what_is_not_there_is_named(book: SqlStore) -> None:
    with pytest.raises(NotFoundError, match="no plan of Town on 2026-03-02 yet"):
        book.plan("Town", TODAY)
    add(book)
    with pytest.raises(NotFoundError, match="no version 4; there are: 1"):
        book.plan("Town", TODAY, 4)
    with pytest.raises(NotFoundError, match="no plan 99"), book.writing(BOB) as writer:
        writer.publish(99, "")


def test_publishing_supersedes_the_earlier_plan_of_the_same_day_and_agency(
    book: SqlStore,
) -> None:
    first, other_agency, other_day = add(book), add(book, agency="North"), add(book, TOMORROW)
    for draft in (first, other_agency, other_day):
        publish(book, draft)
    second = add(book)
    published = publish(book, second, "ann is ill")
    assert published == replace(
        second, state=PlanStatus.PUBLISHED, published=BOB, note="ann is ill"
    )
    assert [plan.state for plan in book.plans("Town", TODAY)] == [
        PlanStatus.SUPERSEDED,
        PlanStatus.PUBLISHED,
        PlanStatus.PUBLISHED,
    ]
    assert book.plan("Town", TODAY) == published
    assert book.plan("Town", TOMORROW).state is PlanStatus.PUBLISHED
    told = [event.kind for event in book.events(limit=2)]
    assert told == ["plan.published", "plan.superseded"]


def test_only_a_draft_is_published(book: SqlStore) -> None:
    draft = add(book)
    publish(book, draft)
    with pytest.raises(ConflictError, match="version 1 of Town on 2026-03-02 is published"):
        publish(book, draft)


def test_an_older_draft_is_not_published_over_a_newer(book: SqlStore) -> None:
    old, new = add(book), add(book)
    publish(book, new)
    with pytest.raises(ConflictError, match="older than version 2"):
        publish(book, old)
    assert [plan.state for plan in book.plans("Town", TODAY)] == ["draft", "published"]


def test_another_day_sees_what_a_published_plan_promises(book: SqlStore) -> None:
    draft = add(book)
    assert book.open_day("Town", TOMORROW).past == []
    publish(book, draft)
    ten = MIDNIGHT + timedelta(hours=10)
    promised = PastVisit("B1", ten, None, ("ann", "bea"), PlaceKind.HOME, ("C1",))
    assert book.open_day("Town", TOMORROW).past == [promised]
    assert book.open_day("Town", TODAY - timedelta(days=1)).past == [promised]
    assert book.open_day("Town", TODAY).past == []


def test_an_outcome_takes_the_place_of_the_promise(book: SqlStore) -> None:
    draft = publish(book, add(book))
    assert tell(book, outcome(plan_id=draft.id))
    ten = MIDNIGHT + timedelta(hours=10)
    made = PastVisit("B1", ten, True, ("ann", "bea"), PlaceKind.HOME, ("C1",))
    assert book.open_day("Town", TOMORROW).past == [made]


def test_a_visit_that_was_not_made_counts_no_more(book: SqlStore) -> None:
    publish(book, add(book))
    tell(book, outcome(code="NOT_REACHED", was_made=False))
    assert book.open_day("Town", TOMORROW).past == []


def test_the_lenders_last_visit_counts_once_for_a_borrower(book: SqlStore) -> None:
    seen = MIDNIGHT - timedelta(days=3)
    records = [record(1, visited_at=seen), record(4, borrower=1, visited_at=seen)]
    with book.writing(ALICE) as writer:
        writer.put_cases("Town", records, known=ALL_KNOWN, complete=False)
    assert book.open_day("Town", TODAY).past == [PastVisit("B1", seen)]
    tell(book, outcome(at=seen))
    assert [visit.was_met for visit in book.open_day("Town", TODAY).past] == [True]


def test_an_outcome_sent_twice_is_recorded_once(book: SqlStore) -> None:
    assert tell(book, outcome())
    events = book.events()
    assert not tell(book, outcome())
    assert book.events() == events
    with pytest.raises(ConflictError, match="'k1'"):
        tell(book, outcome(code="REFUSED"))


def test_an_outcome_at_nobodys_place_is_refused(book: SqlStore) -> None:
    with pytest.raises(NotFoundError, match="'B1' has no place 'B2-home' in Town"):
        tell(book, outcome(place_id="B2-home"))


def test_a_published_plan_is_taken_back_and_no_earlier_one_takes_its_place(book: SqlStore) -> None:
    publish(book, add(book))
    second = publish(book, add(book))
    with book.writing(BOB) as writer:
        assert writer.withdraw(second.id, " the roads are flooded ").state is PlanStatus.WITHDRAWN
    states = [plan.state for plan in book.plans("Town", TODAY)]
    assert states == [PlanStatus.SUPERSEDED, PlanStatus.WITHDRAWN]
    (event,) = book.events(limit=1)
    assert (event.kind, event.actor) == ("plan.withdrawn", "bob")
    assert event.after == {"state": "withdrawn"}  # what people write stays out of the log
    # Nobody is promised by it any more: tomorrow's plan knows of no visit today.
    assert book.open_day("Town", TOMORROW).past == []
    third = publish(book, add(book))
    assert third.state is PlanStatus.PUBLISHED


@pytest.mark.parametrize(("is_published", "reason"), [(False, "why"), (True, " ")])
def test_only_what_is_published_is_taken_back_and_with_a_reason_alone(
    book: SqlStore, is_published: bool, reason: str
) -> None:
    record = add(book)
    if is_published:
        publish(book, record)
    with pytest.raises(ConflictError), book.writing(BOB) as writer:
        writer.withdraw(record.id, reason)
    assert "plan.withdrawn" not in [event.kind for event in book.events(limit=9)]


def test_a_collectors_number_is_in_the_book_and_in_no_event(book: SqlStore) -> None:
    for number in ("13800001234", "13800005678"):
        with book.writing(ALICE) as writer:
            change = writer.put_collectors("Town", [collector("ann", phone=number)])
        assert change.changed == ("ann",)
    assert book.collectors("Town")[0].phone == "13800005678"
    assert "1380000" not in str(book.events(limit=9))
