"""Odds of a book: what is read, when they are learned anew, and what switches them off."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, update

from data import tables
from data.store import SqlStore, availability
from data.store.availability import attempts
from scheduler.availability import PRIORS, Attempt, LearnedOdds, Told
from scheduler.calendar import DayKind
from scheduler.lifecycle import Code
from scheduler.model import DailyWindow, PlaceKind
from scheduler.ports import Mark, MarkKind, Outcome
from tests.data.world import ALICE, ALL_KNOWN, TODAY, TOWN, new_plan
from tests.data.world import record as record_of

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def book(store: SqlStore) -> SqlStore:
    """B1, B2 and B3 are at home; their employment is not told."""
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        people = [record_of(n) for n in (1, 2, 3)]
        writer.put_cases("Town", people, known=ALL_KNOWN, complete=True)
    return store


def at(hour: int, days_ago: int = 3, minute: int = 0) -> datetime:
    on = TODAY - timedelta(days=days_ago)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=SHANGHAI)


def result(key: str, when: datetime, code: Code = Code.NOT_HOME, **more: Any) -> Outcome:
    return Outcome(key, "B1", "B1-home", when, code, ("alice",), **more)


def record(store: SqlStore, *told: Outcome) -> None:
    with store.writing(ALICE) as writer:
        for one in told:
            writer.record_outcome("Town", one)


def read(store: SqlStore, before: date = TODAY) -> list[Attempt]:
    rules = store.profiles.rules(store.city("Town").profile)
    with store.engine.connect() as connection:
        return sorted(attempts(connection, store.city("Town"), before, rules))


def test_a_visit_is_told_by_its_true_arrival_and_no_more(book: SqlStore) -> None:
    with book.writing(ALICE) as writer:
        plan = writer.add_plan(new_plan(on=TODAY - timedelta(days=3)))

        on, crew, there = TODAY - timedelta(days=3), ("alice",), at(10, minute=5)
        arrived = Mark("m1", on, plan.id, crew, MarkKind.ARRIVE, there, visit_id="B1")
        writer.put_mark("Town", arrived)
        writer.record_outcome("Town", result("o1", at(10, minute=40), plan_id=plan.id))
    (found,) = read(book)
    kind = found.day
    assert found == Attempt(
        at(10).date(), 10 * 3600 + 300, "B1", PlaceKind.HOME, "", kind, Told.NOT_MET
    )
    assert kind in DayKind


def test_a_visit_in_hours_that_she_named_is_told_apart(book: SqlStore) -> None:
    hers = update(tables.place).where(tables.place.c.id == "B1-home")
    with book.engine.begin() as connection:
        connection.execute(hers.values(windows=(DailyWindow(time(9), time(11)),)))
    record(book, result("o1", at(10)), result("o2", at(15, days_ago=2)))
    assert [one.is_stated for one in read(book)] == [True, False]


def test_what_was_not_made_or_was_corrected_or_is_old_tells_nothing(book: SqlStore) -> None:
    record(
        book,
        result("o1", at(10), Code.NOT_REACHED, was_made=False),
        result("o2", at(11, days_ago=181)),
        result("o3", at(12, days_ago=0)),
        result("o4", at(9, days_ago=2)),
        result("o5", at(9, days_ago=2), Code.MOVED, corrects="o4"),
    )
    assert [one.told for one in read(book)] == [Told.WRONG_ADDRESS]


def test_a_day_has_the_odds_of_the_days_before_it(book: SqlStore) -> None:
    assert book.open_day("Town", TODAY).odds is PRIORS
    record(book, result("o1", at(10)))
    odds = book.open_day("Town", TODAY).odds
    assert isinstance(odds, LearnedOdds)
    assert odds.basis.visits == 1
    ahead = book.open_day("Town", TODAY + timedelta(days=5)).odds
    assert ahead is odds, "nothing was told in between: the same facts, the same odds"
    assert book.day_of("Town", TODAY, ["B1"]).odds is odds
    assert book.open_day("Town", at(10).date()).odds is PRIORS, "not by what came of the day itself"


def test_odds_are_learned_anew_only_from_other_facts(
    book: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(book, result("o1", at(10)))
    first = book.open_day("Town", TODAY).odds
    with monkeypatch.context() as patch:
        patch.setattr(availability, "learned_odds", None)  # whoever learns again fails
        assert book.open_day("Town", TODAY).odds is first
        record(book, result("o2", at(10, days_ago=0)))  # today: nothing of the days before
        assert book.open_day("Town", TODAY).odds is first
    record(book, result("o3", at(15)))
    again = book.open_day("Town", TODAY).odds
    assert again.basis.visits == 2
    assert again.basis.digest != first.basis.digest


def test_a_city_that_learns_nothing_plans_by_the_priors(book: SqlStore) -> None:
    record(book, result("o1", at(10)))
    with book.writing(ALICE) as writer:
        writer.put_city(replace(book.city("Town"), learns_availability=False))
    assert book.open_day("Town", TODAY).odds is PRIORS


def test_a_plan_keeps_what_its_odds_rest_on(book: SqlStore) -> None:
    record(book, result("o1", at(10)))
    basis = book.open_day("Town", TODAY).odds.basis
    with book.writing(ALICE) as writer:
        writer.add_plan(new_plan(odds=basis))
    assert book.plan("Town", TODAY).content.odds == basis


def test_a_large_book_is_learned_from_in_a_blink(book: SqlStore) -> None:
    rows = [
        {
            "key": f"big{n}",
            "city": "Town",
            "borrower_id": f"B{n % 3 + 1}",
            "place_id": f"B{n % 3 + 1}-home",
            "at": at(9, days_ago=1 + n % 170).astimezone(UTC) + timedelta(minutes=n % 600),
            "code": "NOT_HOME",
            "crew": ("alice",),
            "was_made": True,
            "was_met": n % 3 == 0,
            "note": "",
            "recorded_by": "alice",
            "recorded_at": at(9).astimezone(UTC),
        }
        for n in range(20_000)
    ]
    with book.engine.begin() as connection:
        connection.execute(insert(tables.outcome), rows)
        begun = process_time()
        rules = book.profiles.rules(book.city("Town").profile)
        odds = book.kept_odds.of(connection, book.city("Town"), TODAY, rules)
        cost_s = process_time() - begun
    assert odds.basis.visits == 20_000
    assert cost_s < 1.0, "0.2 s on a quiet machine"


def test_people_are_told_by_their_kind_of_employment(book: SqlStore) -> None:
    with book.writing(ALICE) as writer:
        people = [record_of(1, employment="shifts"), record_of(2), record_of(3)]
        writer.put_cases("Town", people, known=ALL_KNOWN, complete=True)
    record(book, result("o1", at(10)))
    assert [one.segment for one in read(book)] == ["shifts"]
