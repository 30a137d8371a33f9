"""The lender's own gazetteer in the book: files that are sent again, pins, and what is removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from data.store import SqlStore
from routing.datum import Datum
from routing.gazetteer.own_place import OwnKind, OwnPlace
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point
from scheduler.errors import DayroundError, NotFoundError
from scheduler.ports import By, OwnRecord
from tests.data.world import ALICE, ALL_KNOWN, NOON, TOWN, record, with_home

AT = Point(29.86, 121.54)
ELSEWHERE = Point(29.87, 121.55)
LATER = By("bob", NOON + timedelta(hours=1))


def compound(name: str, **told: Any) -> OwnPlace:
    return OwnPlace(OwnKind.COMPOUND, name, AT, 150.0, **told)


EAST = compound("东河小区", aliases=("东河花园", "东河苑"), district="城东区", datum=Datum.GCJ02)
THIRD = OwnPlace(OwnKind.BUILDING, "东河小区", AT, 25.0, number="3栋")


@pytest.fixture
def town(store: SqlStore) -> SqlStore:
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_city(replace(TOWN, name="Other"))
    return store


def names(store: SqlStore, city: str = "Town") -> list[str]:
    return [kept.place.title for kept in store.own_places(city)]


def pinned(store: SqlStore, name: str, at: Point = AT, by: By = ALICE, **told: str) -> OwnRecord:
    with store.writing(by) as writer:
        return writer.put_pin("Town", name, told.get("district", ""), at, 200.0)


def test_a_file_is_kept_as_it_was_read(town: SqlStore) -> None:
    with town.writing(ALICE) as writer:
        change = writer.put_own_places("Town", [EAST, THIRD], "places.csv")
    assert change.new == ("城东区 东河小区", "东河小区 3栋")
    kept = town.own_places("Town")
    assert [one.place for one in kept] == [
        replace(EAST, source="places.csv"),
        replace(THIRD, source="places.csv"),
    ]
    assert [one.made for one in kept] == [ALICE, ALICE]
    assert names(town, "Other") == []


def test_a_file_that_is_sent_again_replaces_its_rows_and_no_other(town: SqlStore) -> None:
    with town.writing(ALICE) as writer:
        writer.put_own_places("Town", [EAST, THIRD, compound("西苑")], "places.csv")
        writer.put_own_places("Town", [compound("南园")], "others.csv")
    with town.writing(LATER) as writer:
        change = writer.put_own_places(
            "Town",
            [replace(EAST, point=ELSEWHERE), compound("西苑"), compound("北里")],
            "places.csv",
        )
    assert change.changed == ("城东区 东河小区",)
    assert change.unchanged == ("西苑",)
    assert change.new == ("北里",)
    assert change.gone == ("东河小区 3栋",)
    assert names(town) == ["西苑", "南园", "城东区 东河小区", "北里"]
    moved = next(one for one in town.own_places("Town") if one.place.district)
    assert (moved.place.point, moved.made) == (ELSEWHERE, LATER)


def test_a_file_without_rows_takes_out_its_rows(town: SqlStore) -> None:
    with town.writing(ALICE) as writer:
        writer.put_own_places("Town", [EAST], "places.csv")
    with town.writing(ALICE) as writer:
        assert writer.put_own_places("Town", [], "places.csv").gone == ("城东区 东河小区",)
    assert town.own_places("Town") == []


def test_an_import_is_one_event_with_its_counts_and_none_where_nothing_changes(
    town: SqlStore,
) -> None:
    for _ in range(2):
        with town.writing(ALICE) as writer:
            writer.put_own_places("Town", [EAST, THIRD], "places.csv")
    (event,) = town.events(subject="places.csv")
    assert event.kind == "gazetteer.imported"
    assert event.after == {"new": 2, "changed": 0, "gone": 0}
    assert event.city == "Town"


def test_a_pin_takes_the_place_of_an_earlier_one_of_its_name_and_district(town: SqlStore) -> None:
    first = pinned(town, "东河小区")
    pinned(town, "东河小区", district="城西区")
    second = pinned(town, " 東河小区 ", ELSEWHERE, LATER)  # traditional, and the same name
    assert first.place.kind is OwnKind.COMPOUND
    assert [one.place.point for one in town.own_places("Town")] == [AT, ELSEWHERE]
    assert second.id == town.own_places("Town")[1].id
    event = town.events(limit=1)[0]
    assert event.kind == "gazetteer.pinned"
    assert event.before
    assert event.before["point"] != event.after["point"]  # type: ignore[index]


def test_a_pin_of_a_lane_is_a_lane_and_one_without_a_name_is_refused(town: SqlStore) -> None:
    assert pinned(town, "东河路18弄").place.kind is OwnKind.LANE
    with pytest.raises(DayroundError, match="needs the name"):
        pinned(town, " ")


def test_a_removed_place_is_gone_once_and_for_its_city_only(town: SqlStore) -> None:
    pin = pinned(town, "东河小区")
    with town.writing(ALICE) as writer, pytest.raises(NotFoundError, match="look at its list"):
        writer.remove_own_place("Other", pin.id)
    with town.writing(LATER) as writer:
        assert writer.remove_own_place("Town", pin.id) == pin
    assert town.own_places("Town") == []
    with town.writing(ALICE) as writer, pytest.raises(NotFoundError):
        writer.remove_own_place("Town", pin.id)
    event = town.events(subject="东河小区", limit=1)[0]
    assert (event.kind, event.actor) == ("gazetteer.removed", "bob")


def test_the_revision_tells_every_change_and_nothing_else(town: SqlStore) -> None:
    seen = [town.own_revision("Town")]
    first = pinned(town, "东河小区")
    seen.append(town.own_revision("Town"))
    pinned(town, "东河小区", by=LATER)
    seen.append(town.own_revision("Town"))
    assert len(set(seen)) == 3
    assert town.own_revision("Town") == seen[-1]
    assert town.own_revision("Other") == seen[0] == ""
    with town.writing(LATER) as writer:
        writer.remove_own_place("Town", first.id + 1)
    assert town.own_revision("Town") == ""  # nothing is left, as before the first


def test_whoever_a_person_or_a_file_has_placed_is_not_asked_for_again(town: SqlStore) -> None:
    placed = with_home(record(2), point=AT, precision=Precision.CONFIRMED)
    with town.writing(ALICE) as writer:
        known = ALL_KNOWN | {"place.point"}
        writer.put_cases("Town", [record(1), placed, record(3)], known=known, complete=False)
    third = next(place for place in town.unplaced("Town") if place.borrower_id == "B3")
    with town.writing(ALICE) as writer:
        found = GeocodeResult(AT, Precision.STREET, 150.0, "gazetteer")
        writer.put_positions("Town", {third: found})
    assert [place.borrower_id for place in town.unconfirmed("Town")] == ["B1", "B3"]
