"""The book of events: append-only, in the transaction of what it tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data.store import SqlStore
from data.store.kept_back import KEPT_BACK
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point
from scheduler.ports import CaseRecord, Event, Outcome
from tests.data.test_policies import OWN
from tests.data.world import (
    ALICE,
    ALL_KNOWN,
    FULL,
    NOON,
    TODAY,
    TOWN,
    collector,
    new_plan,
    record,
    with_borrower,
    with_home,
)


def put(store: SqlStore, *records: CaseRecord) -> None:
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_cases("Town", records, known=ALL_KNOWN, complete=False)


def test_an_event_says_who_when_what_before_and_after(store: SqlStore) -> None:
    put(store, record(1))
    put(store, with_borrower(record(1, overdue=Decimal("900.5")), phone="139"))
    assert store.events(subject="C1")[0] == Event(
        at=NOON,
        actor="alice",
        kind="case.changed",
        subject="C1",
        before={"case": {"overdue": "800.25"}, "borrower": {"phone": KEPT_BACK}},
        after={"case": {"overdue": "900.5"}, "borrower": {"phone": KEPT_BACK}},
        city="Town",
        agency="North",
    )


def test_a_new_contract_tells_its_figures_and_which_fields_of_hers_are_filled(
    store: SqlStore,
) -> None:
    put(store, record(1))
    event = store.events(subject="C1")[0]
    assert (event.kind, event.before) == ("case.added", None)
    assert event.after is not None
    assert event.after["case"]["overdue"] == "800.25"
    assert event.after["borrower"] == {"id": "B1", "name": KEPT_BACK, "phone": KEPT_BACK}
    assert event.after["place B1-home"]["address"] == KEPT_BACK


def test_no_event_holds_a_name_a_number_or_an_address(store: SqlStore) -> None:
    one = with_home(with_borrower(FULL, name="王小明", phone="13900139000"), access_note="后门")
    where = one.places[0].address
    hers = collector("ann", name="安小妹", phone="13800138000", agency="South")
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_collectors("Town", [hers])
        writer.put_cases("Town", [one], known=ALL_KNOWN, complete=False)
        other = with_home(
            with_borrower(one, name="李晓红", phone="13700137000"), address="东河路 7 号"
        )
        writer.put_cases("Town", [other], known=ALL_KNOWN, complete=True)
        writer.put_collectors("Town", [replace(hers, name="安大姐", phone="13600136000")])
        made = writer.put_override("Town", where, Point(25.0, 121.5), "dispatcher")
        writer.undo_override("Town", made.id)
    kinds = {event.kind for event in store.events()}
    assert {"case.added", "case.changed", "collector.changed", "address.undone"} <= kinds
    told = str(store.events(limit=1000))
    private = (
        "王小明",
        "李晓红",
        "安小妹",
        "安大姐",
        "13700",
        "13600",
        "13800",
        "13900",
        "中山路",
        "东河路",
        "后门",
    )
    assert [word for word in private if word in told] == []


def test_no_event_holds_a_position_or_what_people_wrote(store: SqlStore) -> None:
    """Where somebody lives or starts stands in a row that changes, and words beside what they say.

    An event is kept as it is, for years.
    """
    put(store, record(1), record(2))
    home = store.day_of("Town", TODAY, ["B1"]).places[0]
    found = [
        GeocodeResult(Point(25.05, lon), Precision.STREET, 80.0, "gazetteer", "中山路 1 号", "")
        for lon in (121.55, 121.56)
    ]
    with store.writing(ALICE) as writer:
        writer.put_collectors("Town", [collector("ann")])
        writer.put_positions("Town", {home: found[0]})
    with store.writing(ALICE) as writer:
        writer.put_collectors("Town", [collector("ann", end=Point(25.03, 121.53))])
        there = store.day_of("Town", TODAY, ["B1"]).places[0]
        writer.put_positions("Town", {there: found[1]})
        made = writer.put_override("Town", "东河路 7 号", Point(25.07, 121.57), "dispatcher")
        writer.undo_override("Town", made.id)
        writer.put_policy("Town", OWN, TODAY + timedelta(days=1), "for old Wang")
        plan = writer.add_plan(new_plan())
    with store.writing(ALICE) as writer:
        writer.publish(plan.id, "as old Wang asked")
        writer.withdraw(plan.id, "old Wang is ill")
        told = Outcome("k1", "B1", home.id, NOON, "NOT_HOME", ("ann",), note="old Wang opened")
        writer.record_outcome("Town", told)
    events = store.events(limit=1000)
    assert {one.kind for one in events} >= {
        *("collector.changed", "place.located", "address.undone", "outcome.recorded"),
        *("policy.put", "plan.published", "plan.withdrawn"),
    }
    text = str(events)
    assert [word for word in ("Wang", "中山路", "25.0", "121.5") if word in text] == []
    located = next(one for one in events if one.kind == "place.located")
    # A hundredth of a degree east, at 25.05 degrees north: 1112 m times 0.906.
    assert (located.after or {})["moved_m"] == 1007
    kept = store.plan("Town", TODAY)
    assert (kept.note, kept.reason) == ("as old Wang asked", "old Wang is ill")


def test_an_import_tells_of_each_changed_contract_once(store: SqlStore) -> None:
    put(store, record(1), record(2), record(3))
    count = len(store.events())
    put(store, record(1), record(2, days_past_due=99), record(3))
    assert [event.subject for event in store.events()[: len(store.events()) - count]] == ["C2"]


def test_the_newest_come_first_and_no_more_than_asked(store: SqlStore) -> None:
    put(store, record(1), record(2))
    kinds = [event.kind for event in store.events()]
    assert kinds == ["agency.added", "case.added", "case.added", "city.added"]
    assert len(store.events(limit=2)) == 2
    assert store.events(subject="nobody") == []


@pytest.mark.parametrize(
    "statement", ["UPDATE event SET actor = 'mallory'", "DELETE FROM event WHERE actor = 'alice'"]
)
def test_an_event_is_neither_changed_nor_deleted(store: SqlStore, statement: str) -> None:
    put(store, record(1))
    before = store.events()
    with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text(statement))
    assert store.events() == before


def test_postgresql_does_not_truncate_events(store: SqlStore) -> None:
    if store.engine.dialect.name == "sqlite":
        return  # has no TRUNCATE: its DELETE is refused
    put(store, record(1))
    with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text("TRUNCATE event"))


def write_and_fail(store: SqlStore) -> None:
    with store.writing(ALICE) as writer:
        writer.put_cases("Town", [record(2)], known=ALL_KNOWN, complete=True)
        writer.note("import", "list.csv", city="Town", after={"rows": 1})
        raise RuntimeError("out of memory")


def test_what_is_rolled_back_leaves_neither_rows_nor_events(store: SqlStore) -> None:
    put(store, record(1))
    before = store.events()
    with pytest.raises(RuntimeError, match="out of memory"):
        write_and_fail(store)
    assert store.events() == before
    assert store.compare_cases("Town", [], known=ALL_KNOWN).gone == ("C1",)


def test_nobody_sees_an_event_before_its_transaction_ends(store: SqlStore) -> None:
    put(store, record(1))
    with store.writing(ALICE) as writer:
        writer.note("import", "list.csv", after={"overdue": Decimal("1.50")})
        assert "import" not in [event.kind for event in store.events()]
    assert store.events()[0].after == {"overdue": "1.5"}
