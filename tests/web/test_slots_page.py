"""The page of slots: what is offered on the phone, booked by one press, and refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.model import StopFlag, Window
from scheduler.plan import Plan
from scheduler.ports import Target
from tests.data.world import ALICE, NOON, TODAY, crew, new_plan, shift
from tests.web.compiled import app_of
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import Visitor, World, opened, trip
from tests.web.phone_days import put_case
from tests.web.test_dispatch import give_roads
from web.settings import Settings

ENGLISH = {"Accept-Language": "en"}
SLOT = re.compile(r'name="slot" value="([^"]+)"')
AHEAD = 4
"""Days to Friday: the plan visits B1 today, and nobody goes again within three days."""

PATH = f"/Town/{TODAY}/desk/slots/C1"


@pytest.fixture
def world(peopled_home: Path, tmp_path: Path) -> Iterator[World]:
    """A world in which one collector goes alone, with shifts today and on Friday."""
    with opened(peopled_home, tmp_path / "home") as (wired, clock):
        found = World(app_of(wired, Settings(wired.home.session_secret())), wired, clock)
        give_roads(found)
        with wired.store.writing(ALICE) as writer:
            writer.put_shifts("Town", [shift("alice", day=AHEAD), shift("charlie", day=AHEAD)])
        yield found


@pytest.fixture
def dora(world: World) -> Visitor:
    return world.visitor("dora", **ENGLISH)


def form(slot: str, **told: Any) -> dict[str, Any]:
    return {"key": "k1", "slot": slot, "channel": "chat", "direction": "in", **told}


def fridays(page: str) -> list[str]:
    """Return the slots of Friday that a page offers."""
    on = str(TODAY + timedelta(days=AHEAD))
    return [slot for slot in SLOT.findall(page) if slot.startswith(on)]


def test_slots_are_shown_and_days_without_any_say_why(dora: Visitor) -> None:
    page = dora.page(PATH)
    assert fridays(page)
    assert page.count("No crew is on shift.") == 3  # Thursday, Saturday and Sunday
    assert page.count("visited on 2026-03-02") == 2  # Tuesday and Wednesday: too soon
    assert "By plan 1 she is visited at 10:00–10:20 already" in page
    assert "A crew has been sent to her on this day already." in page  # it is noon
    assert "no plan yet" in page
    assert "a crew still to be formed" in page
    assert "chance of meeting her" in page


def test_only_the_body_is_sent_to_a_script(world: World) -> None:
    page = world.visitor("dora", **ENGLISH, **{"X-Fragment": "1"}).page(PATH)
    assert page.strip().startswith('<section class="sheet-body')
    assert "<html" not in page
    assert 'name="csrf_token"' in page


def test_one_press_books_it_and_twice_is_once(world: World, dora: Visitor) -> None:
    slot = fridays(dora.page(PATH))[0]
    for _ in range(2):
        assert dora.post(PATH, form(slot, party="household", note="rings twice")).status_code == 302
    (logged,) = world.wired.store.contacts("Town", "B1")
    assert (logged.channel, logged.direction, logged.party) == (
        Channel.CHAT, Direction.IN, Party.HOUSEHOLD,
    )  # fmt: skip
    assert (logged.result, logged.by, logged.case_id) == (
        ContactResult.APPOINTMENT, "dora", "C1",
    )  # fmt: skip
    begin, end = slot.split("/")
    assert logged.appointment is not None
    assert logged.appointment.start.timestamp() == pytest.approx(instant(begin))
    assert logged.appointment.end.timestamp() == pytest.approx(instant(end))
    assert "Agreed: " in dora.page(PATH)
    assert world.events("case.appointed") == ["C1"]


@pytest.mark.parametrize("at_once", [False, True])
def test_what_is_booked_is_put_into_its_days_plan_at_once(
    world: World, dora: Visitor, at_once: bool
) -> None:
    """B2 and B3 are published for Friday; B1's visit comes into a draft that is based on it."""
    friday = TODAY + timedelta(days=AHEAD)
    slot = fridays(dora.page(PATH))[-1]
    hours = shift("alice", day=AHEAD)
    crews = tuple(
        crew(who, source="single", window=hours.window, breaks=hours.breaks)
        for who in ("alice", "charlie")
    )
    trips = (trip("alice", "B2"), trip("charlie", "B3"))
    targets = {id: Target(id, (f"C{id[1]}",)) for id in ("B2", "B3")}
    new = new_plan(friday, plan=Plan(trips, ()), crews=crews, targets=targets)
    with world.wired.store.writing(ALICE) as writer:
        # The gate is asked of all once the book knows one contact: the booking is the first.
        writer.add_contacts("Town", [called("B2"), called("B3")])
        writer.publish(writer.add_plan(new).id, "")
    if at_once:  # as the button of a remedy does
        for _ in range(2):
            assert dora.post(PATH, form(slot, put_in="1")).status_code == 302
    else:
        assert dora.post(PATH, form(slot)).status_code == 302
        assert "Put the visit into plan 1 now" in dora.page(PATH)
        for _ in range(2):  # pressed twice
            assert dora.post(f"{PATH}/plan", {"key": "k2"}).status_code == 302
    page = dora.page(PATH)
    assert "The visit stands in draft 2 now." in page
    assert "Plan 2 goes to her at" in page
    draft, published = (world.wired.store.plan("Town", friday, n) for n in (2, 1))
    assert (draft.state, draft.based_on, draft.revision) == ("draft", 1, 1)
    assert draft.content.plan.served == {"B1", "B2", "B3"}
    assert published.content.plan.served == {"B2", "B3"}


def test_nothing_is_put_in_without_an_appointment_or_by_who_sees_one_agency(
    world: World, dora: Visitor
) -> None:
    answer = dora.post(f"{PATH}/plan", {"key": "k2"})
    assert answer.status_code == 409
    assert "the visit is not put in: there is no plan to put her into" in answer.text
    assert world.visitor("nora").post(f"{PATH}/plan", {"key": "k2"}).status_code == 403


def called(borrower_id: str) -> Contact:
    how = Channel.CALL, Direction.OUT, Party.BORROWER, ContactResult.ANSWERED
    return Contact(f"call-{borrower_id}", borrower_id, *how, NOON, by="dora")


def instant(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def test_what_cannot_be_kept_any_more_is_said_with_what_is_left(
    world: World, dora: Visitor
) -> None:
    slot = fridays(dora.page(PATH))[0]
    with world.wired.store.writing(ALICE) as writer:  # alice falls ill: her shift is gone
        gone = shift("alice", day=AHEAD)
        writer.put_shifts("Town", [shift("alice", day=AHEAD, window=early(gone.window), breaks=())])
    answer = dora.post(PATH, form(slot))
    assert answer.status_code == 409
    assert "cannot be kept any more: the day has changed." in answer.text
    assert world.wired.store.contacts("Town", "B1") == []


def early(window: Window) -> Window:
    """Return a shift that is over, and its overtime, before any hour that is offered."""
    return Window(window.start - timedelta(hours=4), window.start - timedelta(hours=3))


@pytest.mark.parametrize("slot", ["", "now/then", "2026-03-01T09:00+08:00/2026-03-01T10:00+08:00"])
def test_no_hours_or_those_that_have_passed_are_no_booking(dora: Visitor, slot: str) -> None:
    assert dora.post(PATH, form(slot)).status_code == 400


def test_a_rule_in_the_way_is_named(world: World, dora: Visitor) -> None:
    put_case(world, 1, stops=frozenset({StopFlag.DECEASED}))
    page = dora.page(PATH)
    assert SLOT.findall(page) == []
    assert page.count("stopped: deceased") == 7


def test_who_may_not_see_the_case_finds_no_page(world: World) -> None:
    assert world.visitor("nora").get(f"/Town/{TODAY}/desk/slots/C3").status_code == 404
    assert world.visitor("nora").get(PATH).status_code == 200
    assert world.visitor("alice").get(PATH).status_code == 403


def test_the_borrowers_page_and_the_contact_form_lead_there(dora: Visitor) -> None:
    for page in ("/Town/borrowers/B1", f"/Town/{TODAY}/contacts?case=C1"):
        assert "/desk/slots/C1" in dora.page(page)
