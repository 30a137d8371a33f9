"""Check-ins as the book keeps them, and what is decided about the doors that they propose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from data import database, tables
from data.store import SqlStore
from data.store.check_ins import CheckIns
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point
from scheduler.doors import LOOK_BACK, Proposal, review_doors
from scheduler.errors import DecidedMeanwhileError, NotFoundError
from scheduler.model import Place
from scheduler.ports import By, Mark, MarkKind, Outcome
from tests.data.filled import filled
from tests.data.world import (
    ALICE,
    ALL_KNOWN,
    NOON,
    TODAY,
    TOWN,
    collector,
    new_plan,
    record,
    with_home,
)
from tests.scheduler.doors.standing import off

DOOR = Point(25.05, 121.55)
PRESENT = off(-80 + 0j, DOOR)
WEEK = timedelta(days=7)
ERRORS = (0j, 6 + 0j, 6j)


@pytest.fixture(autouse=True)
def town(store: SqlStore) -> None:
    filled(store, fill)


def fill(store: SqlStore) -> None:
    """B1, who is looked up 80 m west of her door, and B2, of another agency, in another street."""
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_collectors("Town", [collector("ann"), collector("bea")])
        homes = [with_home(record(1), access_note="ring twice"), record(2, agency="South")]
        writer.put_cases("Town", homes, known=ALL_KNOWN, complete=True)
    look_up(store)


def look_up(store: SqlStore) -> None:
    """Place what has no position where the gazetteer believes it."""
    found = GeocodeResult(PRESENT, Precision.INTERPOLATED, 40.0, "gazetteer")
    unplaced = store.unplaced("Town")
    with store.writing(ALICE) as writer:
        writer.put_positions("Town", dict.fromkeys(unplaced, found))


def visit(
    store: SqlStore, weeks_ago: int, stood: Point | None, code: str = "PTP", **told: Any
) -> Mark:
    """Make a visit to B1 some weeks before today; ann and bea take turns with the phone."""
    on, who = TODAY - weeks_ago * WEEK, ("ann", "bea")[weeks_ago % 2]
    at = datetime.combine(on, time(10), ZoneInfo(TOWN.zone))
    plan_id = publish(store, on)
    mark = Mark(
        f"m{weeks_ago}", on, plan_id, ("ann", "bea"), MarkKind.ARRIVE, at, "B1", stood, 10.0
    )
    mark = replace(mark, **told)
    outcome = Outcome(f"k{weeks_ago}", "B1", "B1-home", at, code, ("ann", "bea"), plan_id=plan_id)
    with store.writing(By(who, at)) as writer:
        writer.put_mark("Town", mark)
        writer.record_outcome("Town", outcome)
    return mark


def publish(store: SqlStore, on: date) -> int:
    with store.writing(ALICE) as writer:
        return writer.publish(writer.add_plan(new_plan(on)).id, "").id


def three_visits(store: SqlStore) -> None:
    for weeks_ago, error in enumerate(ERRORS, start=1):
        visit(store, weeks_ago, off(error, DOOR))


def proposals(
    store: SqlStore, on: date = TODAY, agencies: frozenset[str] | None = None
) -> tuple[Proposal, ...]:
    return review_doors(CheckIns(store.engine).doors("Town", on, agencies)).proposals


def the_proposal(store: SqlStore) -> Proposal:
    [found] = proposals(store)
    return found


def home(store: SqlStore, number: int = 1) -> Place:
    places = store.open_day("Town", TODAY).places
    return next(place for place in places if place.id == f"B{number}-home")


def accept(store: SqlStore, door: Proposal, known: int | None = None) -> None:
    with store.writing(ALICE) as writer:
        writer.accept_door("Town", door, known=known)


def test_a_mark_keeps_where_the_phone_stood(store: SqlStore) -> None:
    told = visit(store, 1, DOOR, accuracy_m=12.5)
    [door] = CheckIns(store.engine).doors("Town", TODAY, None)
    assert (door.place_id, door.present, door.seen_until) == ("B1-home", PRESENT, None)
    [kept] = door.visits
    assert (kept.stood, kept.accuracy_m, kept.at, kept.code) == (DOOR, 12.5, told.at, "PTP")
    assert (kept.on, kept.crew, kept.told_by) == (told.on, ("ann", "bea"), "bea")


def test_no_event_tells_where_a_collector_stood(store: SqlStore) -> None:
    visit(store, 1, DOOR)
    [event] = [one for one in store.events() if one.kind == "visit.arrived"]
    assert event.after is not None
    assert event.after["stood"] is None
    assert event.after["accuracy_m"] is None
    assert "25.05" not in str(event)


def test_a_press_that_is_sent_again_from_elsewhere_lands_once(store: SqlStore) -> None:
    told = visit(store, 1, DOOR)
    with store.writing(ALICE) as writer:
        again = replace(told, stood=PRESENT, accuracy_m=30.0, at=NOON)
        assert not writer.put_mark("Town", again)
        assert not writer.put_mark("Town", replace(told, stood=None, accuracy_m=None))
    [door] = CheckIns(store.engine).doors("Town", TODAY, None)
    assert [one.stood for one in door.visits] == [DOOR]


def test_positions_are_forgotten_when_no_door_is_learned_from_them(store: SqlStore) -> None:
    visit(store, 26, DOOR)  # 182 days
    recent = visit(store, 25, DOOR)
    with store.writing(ALICE) as writer:
        begun = replace(recent, key="b", kind=MarkKind.BEGIN, on=TODAY, visit_id="", stood=None)
        writer.put_mark("Town", begun)
    with database.reading(store.engine) as connection:
        mark = tables.visit_mark.c
        rows = connection.execute(select(mark.key, mark.stood_lat, mark.accuracy_m))
        kept = {row.key: (row.stood_lat, row.accuracy_m) for row in rows}
    assert kept["m26"] == (None, None)
    assert kept["m25"] == (DOOR.lat, 10.0)


def test_three_visits_propose_a_door(store: SqlStore) -> None:
    three_visits(store)
    door = the_proposal(store)
    assert door.place_id == "B1-home"
    assert door.moved_m == pytest.approx(80, abs=5)
    found = CheckIns(store.engine).places("Town", ["B1-home"], None)["B1-home"]
    assert (found.place, found.borrower.name) == (home(store), "Name B1")
    assert (found.case_ids, found.decided) == (("C1",), None)


def test_what_came_of_a_visit_that_day_counts(store: SqlStore) -> None:
    three_visits(store)
    visit(store, 4, off(-200 + 0j, DOOR), code="NOT_FOUND")
    assert len(the_proposal(store).visits) == 3
    assert the_proposal(store).others == ()


def test_old_check_ins_are_not_looked_at(store: SqlStore) -> None:
    three_visits(store)
    assert proposals(store, TODAY + LOOK_BACK - 3 * WEEK)
    assert not proposals(store, TODAY + LOOK_BACK - 2 * WEEK)


def test_one_agency_sees_its_own_places_alone(store: SqlStore) -> None:
    three_visits(store)
    assert proposals(store, agencies=frozenset({"North"}))
    assert not proposals(store, agencies=frozenset({"South"}))
    found = CheckIns(store.engine).places("Town", ["B1-home"], frozenset({"South"}))
    assert found == {}


def test_who_is_paid_up_is_not_asked_about(store: SqlStore) -> None:
    three_visits(store)
    with store.writing(ALICE) as writer:
        writer.put_cases("Town", [record(2)], known=ALL_KNOWN, complete=True)
    assert not proposals(store)


def test_an_accepted_door_moves_the_place_and_decides_its_address(store: SqlStore) -> None:
    three_visits(store)
    door = the_proposal(store)
    accept(store, door)
    moved = home(store)
    assert (moved.point, moved.precision) == (door.point, Precision.CONFIRMED)
    assert (moved.radius_m, moved.confidence) == (door.radius_m, 1.0)
    assert moved.access_note == "ring twice"
    [decided] = store.overrides("Town").values()
    assert (decided.point, decided.source, decided.address) == (
        door.point,
        "check-ins",
        moved.address,
    )
    assert not proposals(store)
    assert home(store, 2).point == PRESENT


def test_coordinates_of_the_lenders_file_give_way_and_stay_away(store: SqlStore) -> None:
    told = with_home(record(1), point=PRESENT, precision=Precision.CONFIRMED)
    put(store, told)
    three_visits(store)
    door = the_proposal(store)
    accept(store, door)
    assert home(store).point == door.point
    put(store, with_home(told, access_note="the second gate"))
    kept = home(store)
    assert (kept.point, kept.radius_m, kept.access_note) == (
        door.point,
        door.radius_m,
        "the second gate",
    )
    # Undone, the file's word is worth what it was.
    [decided] = store.overrides("Town").values()
    with store.writing(ALICE) as writer:
        writer.undo_override("Town", decided.id)
    put(store, told)
    assert home(store).point == PRESENT


def put(store: SqlStore, told: Any) -> None:
    with store.writing(ALICE) as writer:
        writer.put_cases("Town", [told], known=ALL_KNOWN, complete=False)


def test_another_decision_meanwhile_is_not_written_over(store: SqlStore) -> None:
    three_visits(store)
    with store.writing(ALICE) as writer:
        made = writer.put_override("Town", home(store).address, off(-300j, DOOR), "dispatcher")
    door = the_proposal(store)
    with pytest.raises(DecidedMeanwhileError):
        accept(store, door)
    found = CheckIns(store.engine).places("Town", ["B1-home"], None)["B1-home"]
    assert found.decided == made
    accept(store, door, known=made.id)
    assert home(store).point == door.point


def test_what_was_turned_down_comes_back_with_news_alone(store: SqlStore) -> None:
    three_visits(store)
    with store.writing(ALICE) as writer:
        writer.dismiss_door("Town", "B1-home", the_proposal(store).newest_at)
    assert not proposals(store)
    newest = store.events(limit=1)[0]
    assert (newest.kind, newest.subject, newest.agency) == ("door.dismissed", "B1-home", "North")
    visit(store, 0, off(5 + 5j, DOOR))
    assert not proposals(store)
    with store.writing(ALICE) as writer:
        writer.dismiss_door("Town", "B1-home", NOON - 10 * WEEK)
    assert proposals(store)


def test_nothing_is_decided_about_a_place_that_is_not_there(store: SqlStore) -> None:
    with (
        pytest.raises(NotFoundError, match="no place 'B8-home'"),
        store.writing(ALICE) as writer,
    ):
        writer.dismiss_door("Town", "B8-home", NOON)


def test_a_place_that_is_its_coordinates_cannot_be_elsewhere(store: SqlStore) -> None:
    put(store, with_home(record(1), address="", point=PRESENT, precision=Precision.CONFIRMED))
    three_visits(store)
    assert CheckIns(store.engine).doors("Town", TODAY, None) == []
