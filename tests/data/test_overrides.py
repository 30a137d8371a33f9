"""Decisions where an address is: for every place of its text, told, taken back, never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data.store import SqlStore
from routing.geocoders.confirmed import SOURCE
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point
from scheduler.errors import DecidedMeanwhileError, NotFoundError
from scheduler.model import Place
from scheduler.ports import AddressOverride, By, CaseRecord, Event
from tests.data.world import ALICE, ALL_KNOWN, NOON, TODAY, TOWN, record, with_home

TEXT = "宁州市 东河路18号"
SAME = "宁州市东河路１８號，张先生 13800000000"
HERE, THERE = Point(25.05, 121.55), Point(25.06, 121.56)
BOB = By("bob", NOON + timedelta(minutes=1))
KEY = "宁州市东河路18号"


@pytest.fixture(autouse=True)
def town(store: SqlStore) -> None:
    """Two borrowers of two agencies at one address, and a third at another."""
    put(
        store,
        with_home(record(1, agency="North"), address=TEXT),
        with_home(record(2, agency="South"), address=SAME),
        with_home(record(3, agency="North"), address="西河路7号"),
    )


def put(store: SqlStore, *records: CaseRecord) -> None:
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_cases("Town", records, known=ALL_KNOWN, complete=False)


def decide(
    store: SqlStore, point: Point = HERE, *, by: By = ALICE, known: int | None = None
) -> AddressOverride:
    with store.writing(by) as writer:
        return writer.put_override("Town", TEXT, point, "dispatcher", known=known)


def undo(store: SqlStore, id: int, by: By = ALICE) -> AddressOverride:
    with store.writing(by) as writer:
        return writer.undo_override("Town", id)


def home(store: SqlStore, number: int) -> Place:
    places = store.open_day("Town", TODAY).places
    return next(place for place in places if place.id == f"B{number}-home")


def points(store: SqlStore) -> list[Point | None]:
    return [home(store, number).point for number in (1, 2, 3)]


def told(store: SqlStore, *kinds: str) -> list[Event]:
    return [event for event in reversed(store.events()) if event.kind in kinds]


def test_a_decision_places_every_place_of_its_text_whosever_it_is(store: SqlStore) -> None:
    made = decide(store)
    assert (made.address_key, made.decided_by, made.decided_at) == (KEY, "alice", NOON)
    assert points(store) == [HERE, HERE, None]
    placed = home(store, 2)
    assert (placed.precision, placed.radius_m, placed.confidence) == (Precision.CONFIRMED, 0, 1)
    assert placed.is_placed
    assert store.overrides("Town") == {KEY: made}
    assert {place.id for place in store.unplaced("Town")} == {"B3-home"}


def test_it_is_told_once_for_the_text_and_once_for_each_place(store: SqlStore) -> None:
    made = decide(store)
    decided, *located = told(store, "address.decided", "place.located")
    assert (decided.subject, decided.city, decided.agency) == (str(made.id), "Town", "")
    assert decided.after == {"source": "dispatcher"}
    assert [(one.subject, one.agency) for one in located] == [
        ("B1-home", "North"),
        ("B2-home", "South"),
    ]


def test_names_and_numbers_in_the_field_are_not_kept(store: SqlStore) -> None:
    with store.writing(ALICE) as writer:
        made = writer.put_override("Town", SAME, HERE, "dispatcher")
    assert made.address == "宁州市东河路１８號"
    assert "13800000000" not in str(told(store, "address.decided"))


def test_the_same_press_again_changes_nothing(store: SqlStore) -> None:
    made = decide(store)
    before = store.events()
    assert decide(store) == made
    assert decide(store, by=BOB) == made  # who says the same has not lost anything
    assert store.events() == before


def test_who_knows_of_a_decision_may_replace_it(store: SqlStore) -> None:
    first = decide(store)
    second = decide(store, THERE, by=BOB, known=first.id)
    assert second.replaces == first.id
    assert points(store) == [THERE, THERE, None]
    assert store.overrides("Town") == {KEY: second}
    event = told(store, "address.decided")[-1]
    # A hundredth of a degree north is 1112 m, east cos 25° of that: how far, and not where.
    assert event.before == {"source": "dispatcher"}
    assert event.after == {"source": "dispatcher", "moved_m": 1500}


def test_who_knows_of_none_is_told_who_decided_meanwhile(store: SqlStore) -> None:
    first = decide(store, by=BOB)
    before = store.events()
    with pytest.raises(DecidedMeanwhileError, match="bob has decided about") as raised:
        decide(store, THERE)
    assert raised.value.standing == first
    assert points(store) == [HERE, HERE, None]
    assert store.events() == before


def test_who_knows_of_an_undone_decision_is_told(store: SqlStore) -> None:
    first = decide(store)
    undo(store, first.id, BOB)
    with pytest.raises(DecidedMeanwhileError, match="was undone meanwhile") as raised:
        decide(store, THERE, known=first.id)
    assert raised.value.standing is None


def test_a_first_decision_taken_back_lets_its_places_wait_again(store: SqlStore) -> None:
    first = decide(store)
    undone = undo(store, first.id, BOB)
    assert (undone.undone_by, undone.undone_at) == ("bob", BOB.at)
    assert store.overrides("Town") == {}
    assert points(store) == [None, None, None]
    place = home(store, 1)
    assert (place.precision, place.confidence) == (Precision.NONE, 1)
    assert len(store.unplaced("Town")) == 3
    assert [(one.subject, one.actor) for one in told(store, "address.undone")] == [
        (str(first.id), "bob")
    ]
    assert [one.subject for one in told(store, "place.unplaced")] == ["B1-home", "B2-home"]


def test_a_decision_taken_back_gives_way_to_the_one_before_it(store: SqlStore) -> None:
    first = decide(store)
    second = decide(store, THERE, by=BOB, known=first.id)
    undo(store, second.id)
    assert store.overrides("Town") == {KEY: first}
    assert points(store) == [HERE, HERE, None]
    undo(store, first.id)
    assert points(store) == [None, None, None]


def test_taken_back_twice_is_taken_back_once(store: SqlStore) -> None:
    first = decide(store)
    undo(store, first.id)
    before = store.events()
    assert undo(store, first.id, BOB).undone_by == "alice"
    assert store.events() == before


def test_what_another_decision_replaced_is_not_taken_back_from_under_it(store: SqlStore) -> None:
    first = decide(store)
    second = decide(store, THERE, by=BOB, known=first.id)
    with pytest.raises(DecidedMeanwhileError) as raised:
        undo(store, first.id)
    assert raised.value.standing == second
    assert points(store) == [THERE, THERE, None]


def test_there_is_no_such_decision(store: SqlStore) -> None:
    with pytest.raises(NotFoundError, match="Town has no decision 7"):
        undo(store, 7)


def test_places_whose_file_brought_coordinates_keep_them(store: SqlStore) -> None:
    own = Point(25.09, 121.59)
    confirmed = {"point": own, "precision": Precision.CONFIRMED}
    put(store, with_home(record(4), address=TEXT, **confirmed))
    made = decide(store)
    assert home(store, 4).point == own
    undo(store, made.id)
    assert home(store, 4).point == own


def test_so_do_those_that_had_been_looked_up_before_the_file_told(store: SqlStore) -> None:
    place = home(store, 1)
    street = GeocodeResult(THERE, Precision.STREET, 80.0, "gazetteer", "东河路", "18")
    with store.writing(ALICE) as writer:
        writer.put_positions("Town", {place: street})
    own = Point(25.09, 121.59)
    confirmed = {"point": own, "precision": Precision.CONFIRMED}
    put(store, with_home(record(1, agency="North"), address=TEXT, **confirmed))
    decide(store)
    assert points(store)[:2] == [own, HERE]


def test_a_place_that_was_decided_while_it_was_looked_up_stays_there(store: SqlStore) -> None:
    asked = home(store, 1)
    decide(store)
    found = GeocodeResult(THERE, Precision.STREET, 80.0, "gazetteer", "东河路", "18")
    with store.writing(BOB) as writer:
        writer.put_positions("Town", {asked: found})
    assert points(store)[0] == HERE


def test_what_was_found_by_a_decision_undone_since_is_not_kept(store: SqlStore) -> None:
    made = decide(store)
    put(store, with_home(record(5), address=TEXT))
    asked = home(store, 5)
    by_decision = GeocodeResult(HERE, Precision.CONFIRMED, 0.0, SOURCE, TEXT)
    undo(store, made.id)
    with store.writing(BOB) as writer:
        writer.put_positions("Town", {asked: by_decision})
    assert home(store, 5).point is None
    decide(store)
    with store.writing(BOB) as writer:
        writer.put_positions("Town", {home(store, 5): by_decision})
    assert home(store, 5).point == HERE


def test_an_address_that_is_wrong_is_marked_and_may_be_right_again(store: SqlStore) -> None:
    for is_valid in (False, False, True):
        with store.writing(BOB) as writer:
            writer.put_validity("Town", "B1-home", is_valid=is_valid, reason="moved away")
        assert home(store, 1).is_valid is is_valid
    events = told(store, "place.invalid", "place.valid")
    assert [event.kind for event in events] == ["place.invalid", "place.valid"]
    assert (events[0].subject, events[0].agency) == ("B1-home", "North")
    assert events[0].after == {"reason": "moved away"}


def test_no_place_of_that_id_is_marked(store: SqlStore) -> None:
    with pytest.raises(NotFoundError, match="Town has no place 'B9-home'"), store.writing(BOB) as w:
        w.put_validity("Town", "B9-home", is_valid=False)
