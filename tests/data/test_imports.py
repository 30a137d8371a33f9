"""Lists taken in and taken back: the book is as before, but for what something stands on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from data import tables
from data.readers.tables import Understood
from data.store import SqlStore, SqlWriter
from data.store.imports import scope
from data.store.imports.batches import NewImport, get_batch, list_batches, same_content
from data.store.imports.columns import remembered
from data.store.imports.retention import KEPT_FOR, is_kept
from data.store.imports.standing import Standing, Why
from data.store.imports.taking_back import TakeBack, kept_rows, told_before
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point
from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.errors import ConflictError, NotFoundError
from scheduler.model import Pair, StopFlag, Window
from scheduler.payments import Payment
from scheduler.ports import BookChange, By, CaseRecord, Outcome
from scheduler.restraints import Pause, PauseKind
from scheduler.scores import Score
from scheduler.standing_in import Handing
from tests.data.world import (
    ALICE,
    ALL_KNOWN,
    FULL,
    NOON,
    TODAY,
    TOWN,
    collector,
    record,
    shift,
    with_borrower,
    with_home,
)
from tests.slowly import SQLITE_FIRST

KEYS = count()
BOB = By("bob", NOON + timedelta(minutes=5))
CAROL = By("carol", NOON + timedelta(minutes=9))
Put = Callable[[SqlWriter], BookChange]


@pytest.fixture
def town(store: SqlStore) -> SqlStore:
    """A store with C1 of B1 and C2 of B2, a score, a payment, two collectors and a shift."""
    with store.writing(replace(ALICE, at=NOON - timedelta(hours=2))) as writer:
        writer.put_city(TOWN)
        put_cases(writer, record(1), record(2))
        writer.put_collectors("Town", [collector("ann"), collector("bea")])
        writer.put_shifts("Town", [shift("ann")])
        writer.add_payments("Town", [payment("p0", Decimal(100), hours=30)])
    return store


def put_cases(writer: SqlWriter, *records: CaseRecord, complete: bool = False) -> BookChange:
    return writer.put_cases("Town", records, known=ALL_KNOWN, complete=complete)


def take_in(
    store: SqlStore, kind: str, where: scope.Scope, put: Put, by: By = ALICE, key: str = ""
) -> int:
    new = NewImport(key or f"key-{next(KEYS)}", kind, "name", "content")
    with store.writing(by) as writer:
        return writer.take_in("Town", new, where, put)[0]


def cases_in(store: SqlStore, *records: CaseRecord, by: By = ALICE, **how: Any) -> int:
    where = scope.of_cases(records, how.pop("gone", ()))
    return take_in(store, "cases", where, lambda writer: put_cases(writer, *records, **how), by)


def take_back(store: SqlStore, id: int, by: By = CAROL) -> TakeBack:
    with store.writing(by) as writer:
        return writer.take_back_import("Town", id)


def payment(key: str, amount: Decimal, hours: float = 1, case: str = "C1") -> Payment:
    return Payment(key, case, amount, NOON - timedelta(hours=hours), "debit")


def call(key: str, who: str = "B1", **told: Any) -> Contact:
    usual: dict[str, Any] = {
        "borrower_id": who,
        "channel": Channel.CALL,
        "direction": Direction.OUT,
        "party": Party.BORROWER,
        "result": ContactResult.ANSWERED,
        "at": NOON - timedelta(hours=1),
        "by": "A07",
    }
    return Contact(key, **usual | told)


def book(store: SqlStore) -> Any:
    """Return all that a day is planned by, and the rows of each table that lists change.

    What a list added may stay, closed; so closed rows are left out.
    """
    with store.engine.connect() as connection:
        kept = {
            table.name: sorted(map(str, connection.execute(select(table))))
            for table in (tables.payment, tables.contact, tables.case_score, tables.balance)
        }
    return store.open_day("Town", TODAY), kept, store.unplaced("Town")


def held(told: TakeBack) -> dict[str, Standing]:
    return dict(told.held)


# --- the law ---


def other(number: int, *, named: bool, moved: bool, stopped: bool, owed: int) -> CaseRecord:
    """Return contract C<number> as another list may tell it."""
    told = record(
        number, overdue=Decimal(owed), stops=frozenset({StopFlag.DISPUTED} if stopped else ())
    )
    told = with_borrower(told, name="Renamed") if named else told
    return with_home(told, address="9 Elsewhere") if moved else told


listed = st.lists(
    st.builds(
        other,
        st.integers(1, 5),
        named=st.booleans(),
        moved=st.booleans(),
        stopped=st.booleans(),
        owed=st.integers(0, 2000),
    ),
    unique_by=lambda told: told.case.id,
    min_size=1,
)


@SQLITE_FIRST
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(listed, st.booleans())
def test_in_and_back_is_as_before(town: SqlStore, told: Sequence[CaseRecord], whole: bool) -> None:
    before = book(town)
    ids = {one.case.id for one in told}
    gone = {one.id for one in before[0].cases} - ids if whole else set()
    id = cases_in(town, *told, complete=whole, gone=gone)
    back = take_back(town, id)
    assert held(back) == {}
    assert book(town) == before
    assert get_batch(town.engine.connect(), "Town", id).is_back


def test_what_was_before_a_list_is_kept_as_long_as_it_can_be_taken_back(town: SqlStore) -> None:
    """An hour short of 90 days it can; with the list that comes an hour later it is gone."""
    first = cases_in(town, record(3))
    with town.engine.connect() as connection:
        rows = len(kept_rows(connection, first))
    assert rows > 0
    for hours, is_there in ((-1, True), (1, False)):
        at = ALICE.at + KEPT_FOR + timedelta(hours=hours)
        assert is_kept(ALICE.at, at) is is_there
        cases_in(town, record(4, overdue=Decimal(500 + hours)), by=replace(ALICE, at=at))
        with town.engine.connect() as connection:
            assert len(kept_rows(connection, first)) == (rows if is_there else 0)
            assert get_batch(connection, "Town", first).counts["new"] == 1
    (told,) = (one.after for one in town.events(limit=9) if "forgotten" in (one.after or {}))
    assert (told or {})["forgotten"] == rows
    with pytest.raises(ConflictError, match="could be taken back for 90 days"):
        take_back(town, first, by=replace(CAROL, at=at))


def test_what_went_is_told_by_whose_it_was(town: SqlStore) -> None:
    id = cases_in(town, record(3))
    take_back(town, id)
    with town.engine.connect() as connection:
        told = told_before(connection, "Town", id)
    (rows,) = told.back.values()
    assert list(told.contracts.values()) == [["C3"]]
    assert {"loan_case", "place"} <= {one.table for one in rows}
    assert (told.free, told.held) == ({}, {})


# --- each kind of list ---


def test_what_a_list_added_is_closed_and_comes_back_with_the_next(town: SqlStore) -> None:
    before = book(town)
    id = cases_in(town, record(3), FULL)
    told = take_back(town, id)
    # Two contracts and their two places; the borrowers stay, and nothing of a balance does.
    assert told.counts == {"closed": 4, "removed": 2}
    assert book(town) == before
    kinds = {event.kind for event in town.events(subject="C3")}
    assert kinds == {"case.added", "case.closed"}
    cases_in(town, record(3), by=By("alice", NOON + timedelta(hours=1)))
    assert {one.id for one in town.open_day("Town", TODAY).cases} == {"C1", "C2", "C3"}


def test_contacts_and_all_that_followed_from_them(town: SqlStore) -> None:
    agreed = Window(NOON + timedelta(days=1), NOON + timedelta(days=1, hours=1))
    first = [call("k0", appointment=agreed), call("k9", "B2", amount=Decimal(50), due=TODAY)]
    take_in(town, "contacts", scope.of_contacts(first), lambda w: w.add_contacts("Town", first))
    before = book(town)
    told = [
        call("k1", corrects="k0"),
        call("k2", "B2", corrects="k9", amount=Decimal(70), due=TODAY + timedelta(days=2)),
        call("k3", result=ContactResult.OPT_OUT),
    ]
    id = take_in(town, "contacts", scope.of_contacts(told), lambda w: w.add_contacts("Town", told))
    assert book(town) != before
    assert held(take_back(town, id)) == {}
    assert book(town) == before
    # Its key is free again: the mended list is taken in.
    again = take_in(
        town, "contacts", scope.of_contacts(told), lambda w: w.add_contacts("Town", told)
    )
    assert get_batch(town.engine.connect(), "Town", again).counts["new"] == 3


def test_payments_and_what_they_made_of_a_case(town: SqlStore) -> None:
    before = book(town)
    told = [payment("p1", Decimal("800.25")), payment("p2", Decimal(5), case="C2")]
    id = take_in(town, "payments", scope.of_payments(told), lambda w: w.add_payments("Town", told))
    assert (
        StopFlag.PAID in next(c for c in town.open_day("Town", TODAY).cases if c.id == "C1").stops
    )
    take_back(town, id)
    assert book(town) == before
    with town.engine.connect() as connection:
        row = tables.import_row.c
        kept = connection.scalars(select(row.removed).where(row.of_table == "payment")).all()
    assert sorted(one["key"] for one in kept if one) == ["p1", "p2"]


def test_scores_collectors_shifts_and_pairs(town: SqlStore) -> None:
    before = book(town)
    scores = [Score("C1", "model", TODAY, Decimal("0.5"))]
    people = [collector("cat"), collector("ann", name="Ann Other")]
    shifts = [shift("cat"), shift("ann", max_overtime=timedelta(0))]
    pairs = [Pair("ann", "cat", None)]
    ids = [
        take_in(town, "scores", scope.of_scores(scores), lambda w: w.add_scores("Town", scores)),
        take_in(
            town, "collectors", scope.of_collectors(people),
            lambda w: w.put_collectors("Town", people),
        ),
        take_in(town, "shifts", scope.of_shifts(shifts), lambda w: w.put_shifts("Town", shifts)),
        take_in(town, "pairs", scope.of_pairs(pairs), lambda w: w.put_pairs("Town", pairs)),
    ]  # fmt: skip
    for id in reversed(ids):
        assert held(take_back(town, id)) == {}
    assert book(town) == before


def test_a_pair_that_a_list_ended_stands_again(town: SqlStore) -> None:
    with town.writing(ALICE) as writer:
        writer.put_collectors("Town", [collector("cat")])
        writer.put_pairs("Town", [Pair("ann", "bea", None)])
    before = book(town)
    pairs = [Pair("cat", "ann", None)]
    id = take_in(town, "pairs", scope.of_pairs(pairs), lambda w: w.put_pairs("Town", pairs))
    assert town.open_day("Town", TODAY).pairs == [Pair("cat", "ann", None)]
    take_back(town, id)
    assert book(town) == before


AGREED = Window(NOON + timedelta(days=1), NOON + timedelta(days=1, hours=1))
CALLS = [
    call("k1", corrects="k0", appointment=AGREED),
    call("k2", "B2", amount=Decimal(70), due=TODAY + timedelta(days=2)),
    call("k3", "B2", result=ContactResult.OPT_OUT),
]
PAID = [payment("p1", Decimal("800.25")), payment("p0", Decimal(7), case="C2")]
SCORES = [Score("C1", "model", TODAY, Decimal("0.5"))]
PEOPLE = [collector("cat"), collector("ann", name="Ann Other")]
SHIFTS = [shift("bea"), shift("ann", max_overtime=timedelta(0))]
PAIRS = [Pair("ann", "bea", None)]
LISTS: dict[str, tuple[scope.Scope, Put]] = {
    "contacts": (scope.of_contacts(CALLS), lambda w: w.add_contacts("Town", CALLS)),
    "payments": (scope.of_payments(PAID), lambda w: w.add_payments("Town", PAID)),
    "scores": (scope.of_scores(SCORES), lambda w: w.add_scores("Town", SCORES)),
    "collectors": (scope.of_collectors(PEOPLE), lambda w: w.put_collectors("Town", PEOPLE)),
    "shifts": (scope.of_shifts(SHIFTS), lambda w: w.put_shifts("Town", SHIFTS)),
    "pairs": (scope.of_pairs(PAIRS), lambda w: w.put_pairs("Town", PAIRS)),
}


@pytest.mark.parametrize("kind", LISTS)
def test_on_trial_it_is_as_taken_in_and_keeps_nobody_from_writing(
    town: SqlStore, kind: str
) -> None:
    first = [call("k0", amount=Decimal(50), due=TODAY)]
    with town.writing(ALICE) as writer:
        writer.put_collectors("Town", [collector("bea")])
        writer.add_contacts("Town", first)
    before, events = book(town), town.events()
    where, put = LISTS[kind]
    new = NewImport("", kind, "name", "content")
    with town.trying(ALICE, "Town", where) as trial:
        id, tried = trial.take_in("Town", new, where, put)
        rows = [(one.table, one.key, one.before) for one in trial.rows_of_import(id)]
        with town.writing(BOB) as writer:  # who would wait here for ever, if it held anything
            writer.add_scores("Town", [Score("C2", "bureau", TODAY, Decimal("0.3"))])
    assert town.events()[1:] == events  # Bob's alone
    assert book(town) != before
    assert list_batches(town.engine.connect(), "Town") == []
    with town.writing(ALICE) as writer:
        id, taken = writer.take_in("Town", replace(new, key="press"), where, put)
        kept = [(one.table, one.key, one.before) for one in writer.rows_of_import(id)]
    assert (tried, rows) == (taken, kept)
    assert rows


# --- what stands on it ---


def test_what_stands_on_a_list_is_told_before_and_stays(town: SqlStore) -> None:
    id = cases_in(town, *(record(n) for n in range(3, 9)), by=ALICE)
    add_outcome(town, "B3")
    with town.writing(BOB) as writer:
        writer.add_contacts("Town", [call("k1", "B4")])
        writer.add_payments("Town", [payment("p1", Decimal(1), case="C5")])
        writer.put_pause("Town", Pause(0, "B6", PauseKind.MOURNING, TODAY, None, "call"))
    cases_in(town, record(7, product="loan"), by=BOB)
    with town.engine.connect() as connection:
        before = told_before(connection, "Town", id)
    expected = {
        "B3": Standing(Why.VISITED),
        "B4": Standing(Why.CONTACTED),
        "B5": Standing(Why.PAID),
        "B6": Standing(Why.RESTRAINED),
        "B7": Standing(Why.IMPORTED, str(id + 1)),
    }
    assert held(before) == expected
    assert before.contracts["B3"] == ["C3"]
    told = take_back(town, id)
    assert held(told) == expected
    assert {one.id for one in town.open_day("Town", TODAY).cases} == {
        *("C1", "C2", "C3", "C4", "C5", "C6", "C7")
    }


def test_a_change_by_hand_stands_on_it_and_says_which(town: SqlStore) -> None:
    id = cases_in(
        town, with_home(record(1, product="loan"), address="5 New Road"), record(2, risk="B")
    )
    place = next(one for one in town.open_day("Town", TODAY).places if one.borrower_id == "B1")
    found = GeocodeResult(Point(25.05, 121.55), Precision.STREET, 80.0, "gazetteer", "Road", "1")
    with town.writing(BOB) as writer:
        writer.put_positions("Town", {place: found})  # looked up: nobody's doing
        writer.put_validity("Town", "B2-home", is_valid=False)  # not what the list told of B2
    assert held(take_back(town, id, by=BOB)) == {}
    id = cases_in(town, record(1, product="other"))
    by_hand = tables.loan_case.update().where(tables.loan_case.c.id == "C1").values(product="hand")
    with town.engine.begin() as connection:
        connection.execute(by_hand)
    assert held(take_back(town, id)) == {"B1": Standing(Why.EDITED, "product")}


def test_a_collector_who_is_counted_on_stays(town: SqlStore) -> None:
    people = [collector("cat"), collector("dora")]
    id = take_in(
        town, "collectors", scope.of_collectors(people), lambda w: w.put_collectors("Town", people)
    )
    with town.writing(BOB) as writer:
        writer.put_shifts("Town", [shift("cat")])
    assert held(take_back(town, id)) == {"cat": Standing(Why.EMPLOYED)}
    assert [one.id for one in town.collectors("Town")] == ["ann", "bea", "cat"]


def test_a_case_to_which_another_went_stays_and_so_does_she(town: SqlStore) -> None:
    people = [collector("cat"), collector("dora")]
    staff = take_in(
        town, "collectors", scope.of_collectors(people), lambda w: w.put_collectors("Town", people)
    )
    cases = cases_in(town, *(record(n, owner="ann") for n in (8, 9, 10)))
    with town.writing(BOB) as writer:
        writer.put_stand_ins("Town", TODAY, Handing({"C8": "cat"}))
        (given,) = writer.give_cases("Town", Handing({"C9": "bea"}))
        writer.give_back("Town", given.id)
    held_back = {"B8": Standing(Why.HANDED), "B9": Standing(Why.HANDED)}
    assert held(take_back(town, cases)) == held_back
    assert held(take_back(town, staff)) == {"cat": Standing(Why.EMPLOYED)}


def test_what_was_held_is_taken_back_once_nothing_stands_on_it(town: SqlStore) -> None:
    first = cases_in(town, record(1, product="loan"))
    second = cases_in(town, record(1, product="card two"), by=BOB)
    assert held(take_back(town, first)) == {"B1": Standing(Why.IMPORTED, str(second))}
    assert not get_batch(town.engine.connect(), "Town", first).is_back
    take_back(town, second)
    assert held(take_back(town, first)) == {}
    assert next(c for c in town.open_day("Town", TODAY).cases if c.id == "C1").product == "card"


# --- once, and told ---


def test_the_same_press_takes_in_and_back_once(town: SqlStore) -> None:
    told = [record(3)]
    first = take_in(town, "cases", scope.of_cases(told), lambda w: put_cases(w, *told), key="press")
    again = take_in(town, "cases", scope.of_cases(told), lambda w: put_cases(w, *told), key="press")
    assert first == again
    take_back(town, first)
    before = len(town.events(limit=1000))
    assert take_back(town, first, by=BOB).counts == {}
    assert len(town.events(limit=1000)) == before
    assert get_batch(town.engine.connect(), "Town", first).taken_back_by == "carol"


def test_events_tell_no_name_and_no_address(town: SqlStore) -> None:
    id = cases_in(town, with_borrower(with_home(record(1), address="5 New Road"), name="New Name"))
    take_back(town, id)
    newest = [one for one in town.events(limit=3) if one.kind.startswith("import.")]
    assert {one.kind for one in newest} == {"import.taken_back", "import.row_taken_back"}
    assert "New" not in str(newest)
    (whose,) = [one for one in newest if one.kind == "import.row_taken_back"]
    assert (whose.subject, whose.agency) == ("B1", "North")


def test_the_list_of_imports(town: SqlStore) -> None:
    id = cases_in(town, record(1), record(3))
    with town.engine.connect() as connection:
        (one,) = list_batches(connection, "Town")
        assert (one.id, one.kind, one.made_by) == (id, "cases", "alice")
        assert one.counts == {"new": 1, "changed": 0, "unchanged": 1, "gone": 0}
        assert same_content(connection, "Town", "cases", "content") == one
        assert same_content(connection, "Town", "cases", "else") is None
        with pytest.raises(NotFoundError, match="no import 99"):
            get_batch(connection, "Town", 99)


def test_columns_are_remembered_by_their_headers(town: SqlStore) -> None:
    told = Understood(2, {0: "contract", 2: "name"}, {"place_kind": {"老家": "户籍"}})
    with town.writing(ALICE) as writer:
        writer.remember_columns("Town", "cases", ["a", "b", "c"], told)
        writer.remember_columns("Town", "cases", ["a", "b", "c"], told)
    with town.engine.connect() as connection:
        assert remembered(connection, "Town", "cases", ["a", "b", "c"], 2) == told
        assert remembered(connection, "Town", "cases", ["b", "a", "c"], 2) is None
        assert remembered(connection, "Town", "payments", ["a", "b", "c"], 2) is None
    assert [one.kind for one in town.events(limit=2)].count("columns.told") == 1


def add_outcome(store: SqlStore, who: str) -> None:
    with store.writing(BOB) as writer:
        writer.record_outcome("Town", outcome_of(who))


def outcome_of(who: str) -> Outcome:
    return Outcome(
        key=f"o-{who}",
        borrower_id=who,
        place_id=f"{who}-home",
        at=NOON,
        code="NOT_HOME",
        crew=("ann",),
    )
