"""The past of a town: by its seed alone, in the order of time, and whole."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest
from sqlalchemy import select

from data import database, tables
from data.profiles import TomlProfiles
from data.store import SqlStore, open_store
from data.towns.answers import DOORS, Answers, dealt
from data.towns.past import BEGAN_DAYS_AGO, Past, visited_on
from scheduler.lifecycle import ASKED, Code, Detail
from scheduler.model import Case
from scheduler.ports import By, Cities
from scheduler.service import Ports
from tests.data.story import PEOPLE, TOWN, ZONE, Straight, at_step, person, works
from tests.data.world import ALL_KNOWN, record

TODAY = date(2026, 11, 30)
NOW = datetime.combine(TODAY, time(8), ZONE)
TOLD = ("contact", "outcome", "promise", "payment", "visit_mark")


def case(number: int) -> Case:
    return record(number, overdue=Decimal("4321.09")).case


def lived(store: SqlStore, seed: int, borrowers: int) -> SqlStore:
    """Let borrowers along a road, who were known before it began, live through it."""
    began = NOW - timedelta(days=BEGAN_DAYS_AGO)
    numbers = range(1, borrowers + 1)
    records = [at_step(record(n, overdue=Decimal("4321.09")), n) for n in numbers]
    with store.writing(By("demo", began)) as writer:
        writer.put_city(TOWN)
        writer.put_collectors("Town", [person(id) for id in PEOPLE])
        writer.put_shifts("Town", [works(id, on) for id in PEOPLE for on in visited_on(TODAY)])
        writer.put_cases("Town", records, known=ALL_KNOWN, complete=True)
    Past(ports_of(store), "Town", TODAY, seed).tell()
    return store


def ports_of(store: SqlStore) -> Ports:
    return Ports(store, cast(Cities, Straight()), TomlProfiles(), lambda: NOW)


def rows(store: SqlStore, table: str) -> list[dict[str, Any]]:
    with database.reading(store.engine) as connection:
        found = connection.execute(select(tables.metadata.tables[table])).mappings()
        return sorted(map(dict, found), key=repr)


@pytest.fixture(scope="module")
def live(
    sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[int, int], SqlStore]:
    """Return the book of a seed and so many borrowers, each time one that has lived by itself."""

    def book(seed: int, borrowers: int) -> SqlStore:
        file = tmp_path_factory.mktemp("past") / "dayround.sqlite"
        shutil.copy(sqlite_file, file)
        return lived(open_store(f"sqlite:///{file}"), seed, borrowers)

    return book


@pytest.fixture(scope="module")
def store(live: Callable[[int, int], SqlStore]) -> SqlStore:
    """A book of forty, to look at."""
    return live(7, 40)


def test_a_seed_tells_one_past(live: Callable[[int, int], SqlStore]) -> None:
    stores = [live(seed, 8) for seed in (7, 7, 8)]
    once, again, other = ([rows(store, table) for table in TOLD] for store in stores)
    assert all(once), "of each table something is told"
    assert once == again
    assert once != other


def test_all_visits_of_the_days_have_a_result_and_were_told_at_once(store: SqlStore) -> None:
    planned = {
        (on, who) for on in visited_on(TODAY) for who in store.plan("Town", on).content.plan.served
    }
    told = rows(store, "outcome")
    assert len(planned) == len(told) > 20
    assert {(one["at"].astimezone(ZONE).date(), one["borrower_id"]) for one in told} == planned
    assert all(one["recorded_at"] == one["at"] for one in told)


def test_events_stand_in_the_order_of_time(store: SqlStore) -> None:
    newest_first = [event.at for event in store.events(limit=5000)]
    assert newest_first == sorted(newest_first, reverse=True)
    assert newest_first[0] <= NOW


def test_promises_are_kept_broken_and_open(store: SqlStore) -> None:
    states = Counter(one["status"] for one in rows(store, "promise"))
    assert states.keys() >= {"kept", "broken", "open"}


def test_who_came_this_morning_was_messaged_yesterday_and_nobody_else(
    sqlite_file: Path, tmp_path: Path
) -> None:
    shutil.copy(sqlite_file, tmp_path / "dayround.sqlite")
    store = open_store(f"sqlite:///{tmp_path / 'dayround.sqlite'}")
    began = NOW - timedelta(days=BEGAN_DAYS_AGO)
    with store.writing(By("demo", began)) as writer:
        writer.put_city(TOWN)
    past = Past(ports_of(store), "Town", TODAY, 7)
    for number, at in ((1, began), (2, NOW)):
        with store.writing(By("demo", at)) as writer:
            told = [at_step(record(number), number)]
            writer.put_cases("Town", told, known=ALL_KNOWN, complete=False)
        if number == 1:
            past.message_all(TODAY - timedelta(days=3))
    past.message_new()
    yesterday = TODAY - timedelta(days=1)
    days = {one["borrower_id"]: one["at"].astimezone(ZONE).date() for one in rows(store, "contact")}
    assert days == {"B1": TODAY - timedelta(days=3), "B2": yesterday}


def test_a_deck_has_each_card_as_often_as_told() -> None:
    cards = dealt(Random(1), DOORS)
    for _ in range(2):
        assert Counter(next(cards) for _ in range(sum(DOORS.values()))) == DOORS


def test_a_result_tells_what_it_asks_for_and_payments_follow() -> None:
    answers = Answers(Random(3))
    fields = {Detail.AMOUNT: "amount", Detail.DUE: "due", Detail.NEXT_TIME: "suits"}
    for number in range(1, sum(DOORS.values()) + 1):
        before = len(answers.owed)
        code, told = answers.door(case(number), NOW)
        assert {fields[one] for one in ASKED.get(code, ())} <= told.keys()
        paid = answers.owed[before:]
        if code in (Code.PAID_PART, Code.PAID_FULL):
            assert [one.amount for one in paid] == [told["amount"]]
        elif code not in (Code.PTP, Code.AGREEMENT):
            assert not paid
        assert all(one.at > NOW and one.case_id == f"C{number}" for one in paid)
        if code is Code.PTP:
            # Kept by all of it, half kept, or broken by nothing.
            assert sum(one.amount for one in paid) in {0, told["amount"] / 2, told["amount"]}


def test_who_owes_a_trifle_promises_something() -> None:
    answers = Answers(Random(3))
    little = replace(case(1), overdue=Decimal("0.50"))
    for _ in range(60):
        _, told = answers.door(little, NOW)
        assert told.get("amount", 1) > 0
