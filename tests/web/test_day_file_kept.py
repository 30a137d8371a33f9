"""A day's file is kept until something is written about it, and then it is another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from data.navigators import allow
from data.secured import say_secured
from data.store.field.untouched import newest_event
from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.model import DailyWindow
from scheduler.ports import Mark, MarkKind, Outcome
from scheduler.restraints import Wish
from tests.data.world import ALICE, NOON, TODAY, collector
from tests.web.carried import let_in
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World, trip
from tests.web.phone_days import at_eleven, full_trip, publish, put_case, put_city
from web.phone.brought.taking_in import take_in_waiting
from web.phone.day_file import telling
from web.phone.day_file.kept import KEY, day_files

PATH = f"/my/{TODAY}/day.json"
ENGLISH = {"Accept-Language": "en"}


def writing(write: Callable[[Any], object]) -> Callable[[World], None]:
    """Return what does something to the book in a transaction."""

    def act(world: World) -> None:
        with world.wired.store.writing(ALICE) as writer:
            write(writer)

    return act


def mark(kind: MarkKind, visit_id: str = "", plan_id: int = 1) -> Mark:
    key = f"{kind}-{visit_id}-0001"
    return Mark(key, TODAY, plan_id, ("alice",), kind, NOON, visit_id)


def call(key: str, borrower_id: str) -> Contact:
    return Contact(
        key,
        borrower_id,
        Channel.CALL,
        Direction.OUT,
        Party.BORROWER,
        ContactResult.ANSWERED,
        NOON - timedelta(minutes=5),
    )


def outcome(key: str, borrower_id: str) -> Outcome:
    return Outcome(key, borrower_id, f"{borrower_id}-home", NOON, "NOT_HOME", ("alice",))


def let_navigate(world: World) -> None:
    with world.wired.store.writing(ALICE) as writer:
        allow(world.wired.cities.path("Town"), writer, ALICE, ["amap"])


def let_secure(world: World) -> None:
    with world.wired.store.writing(ALICE) as writer:
        say_secured(world.wired.cities.path("Town"), writer, ALICE, [], ["card", "vehicle"])


def of_phone(kind: str, who: str = "alice", **body: Any) -> Callable[[World], None]:
    """Return what brings a record of somebody's phone, and has it taken in."""

    def bring(world: World) -> None:
        phone = let_in(world, who)
        phone.record(kind, **body)
        phone.bring()
        take_in_waiting(world.app)

    return bring


MORNING = (DailyWindow(time(9), time(11), frozenset(range(7))),)
WRITES: dict[str, Callable[[World], None]] = {
    "an access note": lambda world: put_case(world, 1, {"access_note": "mind the dog"}),
    "the day begun": writing(lambda tx: tx.put_mark("Town", mark(MarkKind.BEGIN))),
    "an arrival": writing(lambda tx: tx.put_mark("Town", mark(MarkKind.ARRIVE, "B1"))),
    "a break": of_phone("break_begin"),
    "a word of being late": of_phone("late", minutes=20),
    "a call": writing(lambda tx: tx.add_contacts("Town", [call("call-0001", "B1")])),
    "blocked hours": writing(lambda tx: tx.put_wish("Town", Wish(0, "B1", "told", MORNING))),
    "a result": writing(lambda tx: tx.record_outcome("Town", outcome("result-1", "B1"))),
    "her own name": writing(
        lambda tx: tx.put_collectors("Town", [replace(collector("alice"), name="Alice Anders")])
    ),
    "the desk's telephone": lambda world: put_city(world, profile="US", desk_phone="021-5555"),
    "a navigator": let_navigate,
    "what is secured": let_secure,
    "another plan": lambda world: publish(world, full_trip("alice")),
    "one more plan": lambda world: publish(
        world, replace(trip("alice", "B1"), stops=(at_eleven("B2"),), end_s=41_000)
    ),
}
OF_OTHERS: dict[str, Callable[[World], None]] = {
    "an access note": lambda world: put_case(world, 2, {"access_note": "mind the dog"}),
    "a call": writing(lambda tx: tx.add_contacts("Town", [call("call-0002", "B2")])),
    "a result": writing(lambda tx: tx.record_outcome("Town", outcome("result-2", "B2"))),
    "a day begun": writing(
        lambda tx: tx.put_mark("Town", replace(mark(MarkKind.BEGIN), key="bob-0001", crew=("bob",)))
    ),
    "a break": of_phone("break_begin", "bob"),
    "what was looked at": writing(lambda tx: tx.note("borrower.shown", "B1", city="Town")),
}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return whose files were made anew, as they are."""
    found: list[str] = []
    day_of = telling.day_of

    def counted(day: Any) -> dict[str, Any]:
        found.append(day.collector_id)
        return day_of(day)

    monkeypatch.setattr(telling, "day_of", counted)
    return found


def test_after_each_write_the_kept_file_is_as_a_fresh_one(world: World) -> None:
    phone = world.visitor("alice", **ENGLISH)
    before = phone.get(PATH).get_json()
    for what, write in WRITES.items():
        write(world)
        kept = phone.get(PATH).get_json()
        world.app.extensions.pop(KEY)
        assert kept == phone.get(PATH).get_json(), what
        assert kept != before, f"{what} changes nothing that is told: it tries nothing"
        before = kept


def test_what_is_written_about_others_makes_no_file_anew(world: World, made: list[str]) -> None:
    """Once the book has contacts: the first of all is a matter of everybody's."""
    writing(lambda tx: tx.add_contacts("Town", [call("call-0000", "B3")]))(world)
    phone = world.visitor("alice")
    etag = phone.get(PATH).headers["ETag"]
    for what, write in OF_OTHERS.items():
        write(world)
        assert phone.get(PATH, headers={"If-None-Match": etag}).status_code == 304, what
        assert made == ["alice"], what


def test_todays_file_and_the_one_of_the_day_are_one(world: World, made: list[str]) -> None:
    phone = world.visitor("alice", **ENGLISH)
    assert phone.get(PATH).data == phone.get("/my/day.json").data
    assert made == ["alice"]


def test_each_has_her_own_in_her_language(world: World, made: list[str]) -> None:
    told = [
        world.visitor(who, **{"Accept-Language": language}).get(PATH).get_json()
        for who, language in (("alice", "en"), ("bob", "en"), ("alice", "zh"))
    ]
    assert [one["me"] for one in told] == made == ["alice", "bob", "alice"]
    assert [one["language"] for one in told] == ["en", "en", "zh-CN"]


def test_a_kept_file_is_not_read_after_the_shift(world: World) -> None:
    phone = world.visitor("alice", **ENGLISH)
    closes = phone.get(PATH).get_json()["closes"]
    world.clock.pass_by(seconds=closes - world.clock().timestamp())
    assert phone.get(PATH).status_code == 410


def test_a_book_that_was_brought_back_is_read_anew(world: World, made: list[str]) -> None:
    """After a restore the last event may be one that this server has never seen."""
    phone = world.visitor("alice", **ENGLISH)
    phone.get(PATH)
    with world.app.app_context():
        kept = day_files().kept
    (asked,) = kept.things
    kept.put(
        asked, replace(kept.things[asked], event=newest_event(world.wired.store.engine, "Town") + 9)
    )
    phone.get(PATH)
    assert made == ["alice", "alice"]
