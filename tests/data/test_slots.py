"""Slots found in a book and booked in it, on both databases; two dispatchers at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import cast

import pytest

from data.profiles import TomlProfiles
from data.store import SqlStore
from routing.geocoding import Precision
from routing.point import Point
from routing.sources.straight_line import StraightLineTimes
from routing.travel import TravelTimes
from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.drafts.editing import edit_day
from scheduler.drafts.opened import open_draft
from scheduler.editing.edits import Hold, TakeOff
from scheduler.engines.stop_rules import Iterations
from scheduler.errors import ConflictError
from scheduler.model import City, Window
from scheduler.plan import Reason
from scheduler.ports import Cities
from scheduler.problem import Lock
from scheduler.service import Ports, plan_day
from scheduler.slots.finding import DAYS, SlotFinder, SlotTakenError
from scheduler.slots.slot import Asked, Slot
from tests.data.filled import filled
from tests.data.world import (
    ALICE,
    ALL_KNOWN,
    MIDNIGHT,
    NOON,
    TODAY,
    TOWN,
    collector,
    record,
    shift,
    with_home,
)
from tests.signing import sign

TOMORROW = TODAY + timedelta(days=1)
FAR_AHEAD = NOON - timedelta(days=1)


class StraightCity:
    """Straight roads, and nobody's addresses."""

    def travel_times(self, city: str, *, is_working: bool = True) -> TravelTimes:  # noqa: ARG002
        return StraightLineTimes()


def ports_of(store: SqlStore) -> Ports:
    return Ports(store, cast(Cities, StraightCity()), TomlProfiles(), lambda: NOON)


def fill(store: SqlStore) -> None:
    """One collector for three borrowers: she works today and tomorrow; a visit takes 50 minutes."""
    records = [
        with_home(
            record(number), point=Point(25.0 + number / 1000, 121.5), precision=Precision.EXACT
        )
        for number in (1, 2, 3)
    ]
    with store.writing(ALICE) as writer:
        writer.put_city(replace(TOWN, profile="US", service=timedelta(minutes=50)))
        writer.put_cases("Town", records, known=ALL_KNOWN, complete=True)
        writer.put_collectors("Town", [collector("ann")])
        writer.put_shifts("Town", [shift("ann"), shift("ann", day=1)])
    sign(ports_of(store))


@pytest.fixture
def book(store: SqlStore) -> SqlStore:
    return filled(store, fill)


def finder_of(store: SqlStore) -> SlotFinder:
    return SlotFinder(ports_of(store), lambda _, __: StraightLineTimes())


def asked(number: int, now: datetime = FAR_AHEAD) -> Asked:
    return Asked(f"B{number}", (f"C{number}",), now)


def hours(clock: str, day: int = 1) -> Window:
    """Return '09:00-10:30' of a day after today."""
    begin, end = (timedelta(hours=int(t[:2]), minutes=int(t[3:])) for t in clock.split("-"))
    return Window(MIDNIGHT + timedelta(days=day) + begin, MIDNIGHT + timedelta(days=day) + end)


def agreed(number: int, window: Window, key: str = "") -> Contact:
    return Contact(
        key or f"desk-{number}", f"B{number}", Channel.CALL, Direction.OUT, Party.BORROWER,
        ContactResult.APPOINTMENT, NOON, by="dora", case_id=f"C{number}", appointment=window,
    )  # fmt: skip


def appointments(store: SqlStore, on: date = TOMORROW) -> dict[str, Window]:
    return {c.id: c.appointment for c in store.open_day("Town", on).cases if c.appointment}


def events(store: SqlStore, kind: str) -> list[str]:
    return [event.subject for event in store.events() if event.kind == kind]


def test_seven_days_are_looked_at_and_those_without_a_shift_say_so(book: SqlStore) -> None:
    found = finder_of(book).find("Town", asked(1, NOON))
    assert [day.on for day in found.days] == [TODAY + timedelta(days=n) for n in range(DAYS)]
    assert all(day.slots for day in found.days[:2])
    assert {day.closed and day.closed.reason for day in found.days[2:]} == {Reason.NO_CREW_FITTING}
    assert all(slot.window.start >= NOON for slot in found.days[0].slots)
    assert {day.version for day in found.days} == {None}
    assert not any(day.has_crews for day in found.days[:2])
    gains = [slot.gain for slot in found.best]
    assert gains == sorted(gains, reverse=True)


def test_a_booked_slot_is_the_days_appointment_and_a_must_visit(book: SqlStore) -> None:
    finder = finder_of(book)
    best: Slot = finder.find("Town", asked(1)).days[2].slots[0]  # NOON - 1 day: tomorrow is third
    assert best.on == TOMORROW
    told = agreed(1, best.window)
    assert finder.book("Town", asked(1), told) == best.window
    assert appointments(book)["C1"] == best.window
    assert events(book, "case.appointed") == ["C1"]
    plan = plan_day(ports_of(book), "Town", TOMORROW, "dora", Iterations(5), engine="greedy")
    assert plan.problem.visit_by_id["B1"].is_required
    (stop,) = [s for t in plan.record.content.plan.itineraries for s in t.visits if s.id == "B1"]
    assert best.window.start <= plan.problem.at(stop.start_s)
    assert plan.problem.at(stop.end_s) <= best.window.end


def test_pressed_twice_it_is_booked_once(book: SqlStore) -> None:
    finder = finder_of(book)
    for _ in range(2):
        finder.book("Town", asked(1), agreed(1, hours("09:00-10:30")))
    assert events(book, "case.appointed") == ["C1"]
    assert len(book.contacts("Town", "B1")) == 1


def test_hours_that_another_has_booked_are_told_with_what_is_left(book: SqlStore) -> None:
    """Two visits of 50 minutes do not fit between 09:00 and 10:30, by one crew."""
    finder = finder_of(book)
    finder.book("Town", asked(1), agreed(1, hours("09:00-10:30")))
    with pytest.raises(SlotTakenError, match="cannot be kept any more") as taken:
        finder.book("Town", asked(2), agreed(2, hours("09:00-10:30")))
    assert appointments(book).keys() == {"C1"}
    instead = taken.value.instead.slots
    assert instead
    assert all(slot.window.start > hours("09:00-10:30").start for slot in instead)


def test_what_is_booked_between_the_look_and_the_booking_is_seen(book: SqlStore) -> None:
    """The other dispatcher is quicker by a hair: she books once this one has looked."""
    quick = finder_of(book)
    looks = []

    def times(city: City, is_working: bool) -> TravelTimes:
        looks.append(city.name)
        if len(looks) == 1:
            quick.book("Town", asked(2), agreed(2, hours("09:00-10:30")))
        return StraightLineTimes()

    slow = SlotFinder(ports_of(book), times)
    with pytest.raises(SlotTakenError):
        slow.book("Town", asked(1), agreed(1, hours("09:00-10:30")))
    assert appointments(book).keys() == {"C2"}
    later = SlotFinder(ports_of(book), lambda _, __: StraightLineTimes())
    assert later.book("Town", asked(1), agreed(1, hours("14:00-15:30")))


def test_a_key_that_stands_for_another_contact_books_nothing(book: SqlStore) -> None:
    finder = finder_of(book)
    finder.book("Town", asked(1), agreed(1, hours("09:00-10:30"), key="k"))
    with pytest.raises(ConflictError, match="another one by its key"):
        finder.book("Town", asked(2), agreed(2, hours("14:00-15:30"), key="k"))
    assert appointments(book).keys() == {"C1"}


def test_a_days_plan_is_what_she_is_put_into(book: SqlStore) -> None:
    """The plan visits all three; whoever asks again is put in anew, the others stay."""
    made = plan_day(ports_of(book), "Town", TOMORROW, "dora", Iterations(5), engine="greedy")
    assert made.record.content.plan.served == {"B1", "B2", "B3"}
    finder = finder_of(book)
    day = finder.find("Town", asked(3)).days[2]
    assert (day.version, day.has_crews) == (1, True)
    assert day.planned is not None
    assert day.slots
    kept = finder.kept.answers.things["Town", TOMORROW].made
    assert kept
    assert finder.find("Town", asked(2)).days[2].slots, "she too, put in anew"
    assert finder.kept.answers.things["Town", TOMORROW].made is kept, "it is the same whoever asks"
    with book.writing(ALICE) as writer:
        writer.put_cases(
            "Town", [record(4)], known=ALL_KNOWN, complete=False
        )  # the book has changed: the kept day is not used any more
    assert finder.find("Town", asked(3)).days[2].slots == day.slots
    again = finder.kept.answers.things["Town", TOMORROW].made
    assert again
    assert again[0] != kept[0]


def test_what_was_made_ready_is_built_for_nobody_again(book: SqlStore) -> None:
    finder, ports = finder_of(book), ports_of(book)
    assert not finder.make_ready("Town"), "no day ahead has a plan"
    assert not finder.kept.answers
    plan_day(ports, "Town", TOMORROW, "dora", Iterations(3))
    assert finder.make_ready("Town")
    ready = {key: kept.made for key, kept in finder.kept.answers.things.items()}
    assert len(ready) == DAYS
    finder.find("Town", asked(3, NOON))
    assert all(finder.kept.answers.things[key].made is made for key, made in ready.items())


def test_an_edit_of_one_day_builds_no_other_day_anew(book: SqlStore) -> None:
    plan_day(ports_of(book), "Town", TOMORROW, "dora", Iterations(5), engine="greedy")
    finder, ports = finder_of(book), ports_of(book)
    finder.find("Town", asked(3))
    before = {key: kept.made for key, kept in finder.kept.answers.things.items()}
    opened = open_draft(ports, "Town", TOMORROW)
    edit_day(ports, opened, "dora", TakeOff("B1"), opened.record.revision, "off")
    day = finder.find("Town", asked(3)).days[2]
    assert day.slots
    changed = {
        key for key, kept in finder.kept.answers.things.items() if kept.made is not before[key]
    }
    assert changed == {("Town", TOMORROW)}


def test_what_a_lock_holds_makes_no_room(book: SqlStore) -> None:
    """The crew's only other visit may wait, so that hers comes first; held at its hour it stays."""
    planned = plan_day(ports_of(book), "Town", TOMORROW, "dora", Iterations(5), engine="greedy")
    ports, finder = ports_of(book), finder_of(book)
    (trip,) = planned.record.content.plan.itineraries
    first = trip.visits[0]
    free = finder.find("Town", asked(int(first.id[1:]))).days[2]
    opened = open_draft(ports, "Town", TOMORROW)
    others = [stop for stop in trip.visits if stop is not first]
    locks = tuple(Lock(stop.id, trip.crew_id, stop.start_s) for stop in others)
    edit_day(ports, opened, "dora", Hold(locks), opened.record.revision, "hold")
    held = finder.find("Town", asked(int(first.id[1:]))).days[2]
    assert free.slots
    for slot in held.slots:
        for stop in others:
            at = planned.problem.at(stop.start_s), planned.problem.at(stop.end_s)
            assert slot.ends_at <= at[0] or at[1] <= slot.begins_at
