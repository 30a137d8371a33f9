"""A collector's round as her phone reads it, and the marks that she makes on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from data.store import SqlStore
from data.store.rounds import Round, Rounds
from scheduler.errors import ConflictError
from scheduler.model import Window
from scheduler.plan import StopKind
from scheduler.ports import By, Mark, MarkKind, Outcome, PlanRecord
from tests.data.filled import filled
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

ANN = By("ann", NOON)
TOMORROW = TODAY + timedelta(days=1)
TEN = MIDNIGHT + timedelta(hours=10)


@pytest.fixture
def book(store: SqlStore) -> SqlStore:
    return filled(store, fill)


def fill(store: SqlStore) -> None:
    """A store in which ann and bea see B1 today, by a published plan; cy works elsewhere."""
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        collectors = [collector("ann"), collector("bea"), collector("cy", agency="South")]
        writer.put_collectors("Town", collectors)
        both = ("ann", "bea")
        writer.put_shifts("Town", [shift(who, day) for who in both for day in (0, 1)])
        records = [found(record(1)), record(2), found(record(3, borrower=1))]
        writer.put_cases("Town", records, known=ALL_KNOWN, complete=True)
    publish(store)


def publish(store: SqlStore, on: date = TODAY) -> PlanRecord:
    with store.writing(ALICE) as writer:
        return writer.publish(writer.add_plan(new_plan(on)).id, "")


def round_of(store: SqlStore, who: str = "ann", version: int | None = None) -> Round:
    found = Rounds(store.engine).round("Town", TODAY, who, version)
    assert found is not None
    return found


def mark(store: SqlStore, key: str = "m1", **told: Any) -> Mark:
    plan_id = round_of(store).plan_id
    first = Mark(key, TODAY, plan_id, ("ann", "bea"), MarkKind.ARRIVE, TEN, visit_id="B1")
    return replace(first, **told)


def put(store: SqlStore, told: Mark, by: By = ANN) -> bool:
    with store.writing(by) as writer:
        return writer.put_mark("Town", told)


def outcome(key: str = "k1", **told: Any) -> Outcome:
    first = Outcome(key, "B1", "B1-home", TEN, "PTP", ("ann", "bea"), was_met=True)
    return replace(first, **told)


def tell(store: SqlStore, told: Outcome, by: By = ANN) -> bool:
    with store.writing(by) as writer:
        return writer.record_outcome("Town", told)


def test_both_of_a_crew_read_the_same_round(book: SqlStore) -> None:
    hers = round_of(book, "ann")
    assert round_of(book, "bea") == hers
    assert (hers.version, hers.is_current, hers.names) == (1, True, ("Ann", "Bea"))
    assert [(stop.kind, stop.number) for stop in hers.stops] == [
        (StopKind.VISIT, 1),
        (StopKind.BREAK, 0),
    ]
    visit = hers.visits[0]
    # The plan's visit is for C1; the borrower's other contract, C3, is not part of it.
    assert [case.id for case in visit.cases] == ["C1"]
    assert visit.borrower is not None
    assert visit.place is not None
    assert (visit.borrower.id, visit.place.id, visit.starts_at) == ("B1", "B1-home", TEN)


def test_who_is_in_no_crew_has_no_round(book: SqlStore) -> None:
    rounds = Rounds(book.engine)
    assert rounds.round("Town", TODAY, "cy") is None
    assert rounds.round("Town", TOMORROW, "ann") is None
    assert rounds.versions("Town", TODAY, "cy") == []


def test_a_draft_is_nobodys_round(book: SqlStore) -> None:
    with book.writing(ALICE) as writer:
        writer.add_plan(new_plan(TOMORROW))
    rounds = Rounds(book.engine)
    assert rounds.round("Town", TOMORROW, "ann") is None
    assert rounds.round("Town", TOMORROW, "ann", version=1) is None
    assert rounds.next_day("Town", TODAY, "ann") is None


def test_the_next_published_day_is_found(book: SqlStore) -> None:
    publish(book, TODAY + timedelta(days=4))
    publish(book, TODAY + timedelta(days=2))
    rounds = Rounds(book.engine)
    assert rounds.next_day("Town", TODAY, "ann") == TODAY + timedelta(days=2)
    assert rounds.next_day("Town", TODAY, "cy") is None


def test_an_earlier_version_stays_readable(book: SqlStore) -> None:
    old = round_of(book)
    publish(book)
    assert round_of(book).version == 2
    assert round_of(book, version=1) == replace(old, is_current=False)
    assert [version for _, version in Rounds(book.engine).versions("Town", TODAY, "ann")] == [2, 1]


def test_a_closed_contract_is_not_told_of(book: SqlStore) -> None:
    with book.writing(ALICE) as writer:
        writer.put_cases("Town", [record(2)], known=ALL_KNOWN, complete=True)
    assert round_of(book).visits[0].cases == ()


def test_a_mark_sent_twice_lands_once(book: SqlStore) -> None:
    assert put(book, mark(book))
    count = len(book.events())
    assert not put(book, mark(book, at=NOON))  # by the server's clock it came later
    assert len(book.events()) == count
    progress = Rounds(book.engine).progress("Town", round_of(book), "ann")
    assert progress.marks == (mark(book),)


@pytest.mark.parametrize("other", [{"kind": MarkKind.LEAVE}, {"visit_id": "B2"}])
def test_another_mark_under_the_same_key_is_refused(book: SqlStore, other: dict[str, Any]) -> None:
    put(book, mark(book))
    with pytest.raises(ConflictError, match="another mark has the key 'm1'"):
        put(book, mark(book, **other))


@pytest.mark.parametrize(
    ("kind", "visit_id", "event", "subject"),
    [
        (MarkKind.BEGIN, "", "day.begun", "Town 2026-03-02 ann+bea"),
        (MarkKind.ACCEPT, "", "plan.accepted", "Town 2026-03-02 ann+bea"),
        (MarkKind.ARRIVE, "B1", "visit.arrived", "B1"),
        (MarkKind.LEAVE, "B1", "visit.left", "B1"),
    ],
)
def test_every_mark_has_its_event(
    book: SqlStore, kind: MarkKind, visit_id: str, event: str, subject: str
) -> None:
    put(book, mark(book, kind=kind, visit_id=visit_id))
    newest = book.events(limit=1)[0]
    assert (newest.kind, newest.subject, newest.actor) == (event, subject, "ann")
    assert (newest.city, newest.agency) == ("Town", "North")


@pytest.mark.parametrize(
    ("minutes", "is_taken"), [(0, True), (2, True), (3, False)], ids=["now", "soon", "too late"]
)
def test_a_mistaken_arrival_is_taken_back_at_once_or_stays(
    book: SqlStore, minutes: int, is_taken: bool
) -> None:
    put(book, mark(book))
    with book.writing(ANN) as writer:
        at = TEN + timedelta(minutes=minutes)
        assert writer.take_back_arrival("Town", "m1", "B1", at) is is_taken
        assert not writer.take_back_arrival("Town", "m1", "B2", at)  # nobody arrived there
    left = Rounds(book.engine).progress("Town", round_of(book), "ann").marks
    assert bool(left) is not is_taken
    newest = book.events(limit=1)[0]
    told = ("visit.arrival_taken_back", "B1") if is_taken else ("visit.arrived", "B1")
    assert (newest.kind, newest.subject) == told


def test_who_made_a_mark_knows_its_plan(book: SqlStore) -> None:
    put(book, mark(book, kind=MarkKind.BEGIN))
    hers = round_of(book)
    rounds = Rounds(book.engine)
    assert rounds.progress("Town", hers, "ann").known == {hers.plan_id}
    assert rounds.progress("Town", hers, "bea").known == frozenset()


def test_marks_of_another_crew_are_not_hers(book: SqlStore) -> None:
    put(book, mark(book, crew=("cy",)))
    assert Rounds(book.engine).progress("Town", round_of(book), "ann").marks == ()


def test_the_newest_outcome_of_the_day_counts(book: SqlStore) -> None:
    tell(book, outcome("old", at=TEN - timedelta(days=3), code="REFUSED"))
    tell(book, outcome("first", code="NOT_HOME"))
    tell(book, outcome("second"), By("bea", NOON + timedelta(minutes=1)))
    found = Rounds(book.engine).progress("Town", round_of(book), "ann").outcomes
    assert found == {"B1": outcome("second")}


def test_what_is_said_with_an_outcome_is_kept(book: SqlStore) -> None:
    told = outcome(
        amount=Decimal("500.25"),
        due=TOMORROW,
        method="transfer",
        suits=Window(TEN, TEN + timedelta(hours=2)),
    )
    tell(book, told)
    assert not tell(book, replace(told, at=NOON))
    with pytest.raises(ConflictError, match="another outcome has the key"):
        tell(book, replace(told, amount=Decimal(1)))
    found = Rounds(book.engine).progress("Town", round_of(book), "ann").outcomes
    assert found == {"B1": told}


def test_the_day_of_one_borrower_is_a_part_of_the_whole(book: SqlStore) -> None:
    tell(book, outcome("earlier", at=TEN - timedelta(days=3)))
    tell(book, outcome("hers", at=TEN - timedelta(days=3), borrower_id="B2", place_id="B2-home"))
    publish(book, TOMORROW)
    whole, hers = book.open_day("Town", TODAY), Rounds(book.engine).day_of("Town", TODAY, "B1")
    assert [one.id for one in hers.borrowers] == ["B1"]
    for name in ("borrowers", "cases", "places", "past"):
        key = "id" if name == "borrowers" else "borrower_id"
        expected = [one for one in getattr(whole, name) if getattr(one, key) == "B1"]
        assert list(getattr(hers, name)) == expected
    # What was done three days ago, and what tomorrow's plan promises.
    assert len(hers.past) == 2
