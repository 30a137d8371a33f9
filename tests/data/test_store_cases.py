"""The case list: what a file makes of the book."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.store import SqlStore
from data.store.merging import Book, gather, merge
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point
from scheduler.errors import NotFoundError
from scheduler.model import Borrower, Case, Place, StopFlag
from scheduler.ports import BookChange, CaseRecord
from tests.data.world import (
    ALICE,
    ALL_KNOWN,
    FULL,
    TODAY,
    TOWN,
    record,
    with_borrower,
    with_home,
)


def put(
    store: SqlStore,
    *records: CaseRecord,
    known: frozenset[str] = ALL_KNOWN,
    complete: bool = False,
) -> BookChange:
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        return writer.put_cases("Town", records, known=known, complete=complete)


def the_case(store: SqlStore, id: str = "C1") -> Case:
    return next(case for case in store.open_day("Town", TODAY).cases if case.id == id)


def the_borrower(store: SqlStore, id: str = "B1") -> Borrower:
    return next(who for who in store.open_day("Town", TODAY).borrowers if who.id == id)


def the_home(store: SqlStore, id: str = "B1-home") -> Place:
    return next(place for place in store.open_day("Town", TODAY).places if place.id == id)


def locate(store: SqlStore, place: Place) -> None:
    found = GeocodeResult(Point(25.05, 121.55), Precision.STREET, 80.0, "gazetteer", "Road", "1")
    with store.writing(ALICE) as writer:
        writer.put_positions("Town", {place: found})


def test_every_field_comes_back_as_it_went_in(store: SqlStore) -> None:
    assert put(store, FULL).new == ("合同-1",)
    day = store.open_day("Town", TODAY)
    assert (day.cases, day.borrowers, day.places) == ([FULL.case], [FULL.borrower], [*FULL.places])


def test_the_same_file_twice_changes_nothing_and_tells_nothing(store: SqlStore) -> None:
    put(store, record(1), FULL)
    events = store.events()
    assert put(store, record(1), FULL) == BookChange(unchanged=("C1", "合同-1"))
    assert store.events() == events


def test_a_later_file_updates_its_contracts_and_leaves_the_others(store: SqlStore) -> None:
    put(store, record(1), record(2))
    change = put(store, record(3), record(2, overdue=Decimal(900)))
    assert change == BookChange(new=("C3",), changed=("C2",))
    assert the_case(store, "C2").overdue == 900
    assert the_case(store, "C1") == record(1).case


def test_a_file_without_the_stops_column_keeps_a_stop(store: SqlStore) -> None:
    stopped = with_borrower(
        record(1, stops=frozenset({StopFlag.PAID})), stops=frozenset({StopFlag.DECEASED})
    )
    put(store, stopped)
    known = ALL_KNOWN - {"case.stops", "borrower.stops"}
    assert put(store, record(1, overdue=Decimal(1)), known=known).changed == ("C1",)
    assert the_case(store).stops == {StopFlag.PAID}
    assert the_borrower(store).stops == {StopFlag.DECEASED}


def test_a_file_with_the_stops_column_lifts_a_stop(store: SqlStore) -> None:
    put(store, with_borrower(record(1), stops=frozenset({StopFlag.HOSPITAL})))
    put(store, record(1))
    assert the_borrower(store).stops == frozenset()


def test_one_contract_cannot_lift_a_stop_that_came_with_another(store: SqlStore) -> None:
    stopped = with_borrower(record(1, borrower=1), stops=frozenset({StopFlag.DECEASED}))
    put(store, stopped, record(2, borrower=1))
    put(store, record(2, borrower=1))
    assert the_borrower(store).stops == {StopFlag.DECEASED}
    # Only a file that has both of her open contracts speaks for the whole person.
    put(store, record(1, borrower=1), record(2, borrower=1))
    assert the_borrower(store).stops == frozenset()


def test_rows_of_one_borrower_add_up(store: SqlStore) -> None:
    first = with_borrower(record(1), stops=frozenset({StopFlag.MOURNING}), phone="139")
    second = with_borrower(record(2, borrower=1), languages=frozenset({"nan"}), phone="")
    put(store, first, second)
    who = the_borrower(store)
    assert (who.stops, who.languages) == (frozenset({StopFlag.MOURNING}), frozenset({"nan"}))
    assert who.phone == "139"


def test_a_new_address_loses_the_position_of_the_old(store: SqlStore) -> None:
    put(store, record(1))
    locate(store, the_home(store))
    assert the_home(store).precision is Precision.STREET
    put(store, record(1, overdue=Decimal(5)))
    assert the_home(store).point == Point(25.05, 121.55), "the same address keeps it"
    put(store, with_home(record(1), address="2 Made-up Road"), known=frozenset())
    assert (the_home(store).point, the_home(store).precision) == (None, Precision.NONE)
    assert store.unplaced("Town") == [the_home(store)]


def moved(told: CaseRecord) -> CaseRecord:
    """Return the record with another home, which has another id."""
    return with_home(told, id=f"{told.borrower.id}-new", address="9 Other Road")


def homes(store: SqlStore) -> list[str]:
    return sorted(place.id for place in store.open_day("Town", TODAY).places)


def test_where_she_lived_before_is_no_place_any_more(store: SqlStore) -> None:
    work = replace(FULL.places[0], id="B1-work", borrower_id="B1")
    found_elsewhere = replace(record(1).places[0], id="B1-traced", source="tracing")
    put(store, replace(record(1), places=(*record(1).places, work, found_elsewhere)))
    locate(store, the_home(store, "B1-home"))
    assert put(store, moved(record(1))).changed == ("C1",)
    # Her work, of which the file says nothing, and what others found out, stay.
    assert homes(store) == ["B1-new", "B1-traced", "B1-work"]
    after = store.events(subject="C1")[0].after
    assert after is not None
    assert after["closed places"] == ["B1-home"]
    assert put(store, moved(record(1))).unchanged == ("C1",)
    assert put(store, record(1), known=frozenset()).changed == ("C1",)
    assert homes(store) == ["B1-home", "B1-traced", "B1-work"]
    assert the_home(store, "B1-home").precision is Precision.STREET, "the same door as before"


def test_one_contract_does_not_end_the_place_of_another(store: SqlStore) -> None:
    put(store, record(1), moved(record(2, borrower=1)))
    put(store, record(1))
    assert homes(store) == ["B1-home", "B1-new"]
    put(store, record(1), record(2, borrower=1))
    assert homes(store) == ["B1-home"]


def test_coordinates_in_the_file_go_before_a_geocoder(store: SqlStore) -> None:
    put(store, record(1))
    locate(store, the_home(store))
    told = with_home(record(1), point=Point(25.0, 121.0), precision=Precision.CONFIRMED)
    assert put(store, told).changed == ("C1",)
    assert the_home(store).precision is Precision.CONFIRMED
    assert put(store, told).unchanged == ("C1",)


def test_a_place_whose_address_changed_meanwhile_is_not_located(store: SqlStore) -> None:
    put(store, record(1))
    asked = the_home(store)
    put(store, with_home(record(1), address="2 Made-up Road"))
    locate(store, asked)
    assert the_home(store).point is None


def test_a_complete_file_closes_what_it_lacks_and_a_contract_comes_back(store: SqlStore) -> None:
    put(store, record(1), record(2))
    assert put(store, record(2), complete=True) == BookChange(unchanged=("C2",), gone=("C1",))
    assert [case.id for case in store.open_day("Town", TODAY).cases] == ["C2"]
    assert [who.id for who in store.open_day("Town", TODAY).borrowers] == ["B2"]
    assert [place.borrower_id for place in store.unplaced("Town")] == ["B2"]
    assert store.events(subject="C1")[0].kind == "case.closed"
    assert put(store, record(1)) == BookChange(changed=("C1",))
    assert store.events(subject="C1")[0].kind == "case.reopened"
    assert the_case(store) == record(1).case


def test_comparing_tells_what_would_change_and_changes_nothing(store: SqlStore) -> None:
    put(store, record(1), record(2), record(3))
    events = store.events()
    file = (record(2, days_past_due=41), record(4), record(3))
    compared = store.compare_cases("Town", file, known=ALL_KNOWN)
    assert compared == BookChange(new=("C4",), changed=("C2",), unchanged=("C3",), gone=("C1",))
    assert store.events() == events
    assert the_case(store, "C2") == record(2).case
    assert put(store, *file, complete=True) == compared


def test_the_agency_moves_with_the_contract_to_its_places(store: SqlStore) -> None:
    put(store, record(1))
    put(store, record(1, agency="South"))
    locate(store, the_home(store))
    assert store.events(subject="B1-home")[0].agency == "South"


def test_a_contract_twice_in_one_import_is_refused(store: SqlStore) -> None:
    with pytest.raises(ValueError, match="'C1' stands twice"):
        put(store, record(1), record(1))


def test_an_unknown_city_is_refused_and_the_known_are_named(store: SqlStore) -> None:
    put(store)
    with (
        pytest.raises(NotFoundError, match="no city 'Tawn'; there are: Town"),
        store.writing(ALICE) as writer,
    ):
        writer.put_cases("Tawn", [record(1)], known=ALL_KNOWN, complete=False)


def test_cities_keep_their_books_apart(store: SqlStore) -> None:
    put(store, record(1))
    with store.writing(ALICE) as writer:
        writer.put_city(replace(TOWN, name="Elsewhere"))
        change = writer.put_cases("Elsewhere", [record(1)], known=ALL_KNOWN, complete=True)
    assert change == BookChange(new=("C1",))
    assert the_case(store) == record(1).case


RECORDS = st.lists(
    st.builds(
        lambda number, borrower, days, stops, street, has_point: with_home(
            with_borrower(record(number, borrower=borrower, days_past_due=days), stops=stops),
            address=street,
            point=Point(25, 121) if has_point else None,
        ),
        st.integers(1, 4),
        st.integers(1, 2),
        st.integers(0, 2),
        st.frozensets(st.sampled_from(list(StopFlag)), max_size=2),
        st.sampled_from(["1 Road", "2 Road"]),
        st.booleans(),
    ),
    unique_by=lambda told: told.case.id,
    max_size=4,
)


@given(RECORDS, RECORDS, st.frozensets(st.sampled_from(sorted(ALL_KNOWN))))
def test_merging_a_file_again_changes_nothing(
    old: list[CaseRecord], new: list[CaseRecord], known: frozenset[str]
) -> None:
    once = merge(gather(old), gather(new), known)
    again = merge(once, gather(new), known)
    assert (again.cases, again.borrowers, again.places) == (
        once.cases,
        once.borrowers,
        once.places,
    )


def test_merging_into_nothing_gives_the_file() -> None:
    merged = merge(Book(), gather([FULL]), frozenset())
    assert merged.cases == {"合同-1": FULL.case}
