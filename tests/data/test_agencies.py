"""Agencies in the book: cases that go to them and back, and who sees what of them on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from data.access import AgenciesOn
from data.store import SqlStore
from data.store.agencies import AgencyLists, Entrusting
from data.store.check_ins import CheckIns
from data.store.desk import Desk
from data.store.exports import published_day
from data.store.override_lists import OverrideLists
from data.store.review import Review
from data.store.stories import Filter, Stories
from scheduler.agencies import Agency, AgencyLoad
from scheduler.errors import ConflictError, NotFoundError
from scheduler.plan import Itinerary, LeftOut, Plan, Reason, Stop, StopKind
from scheduler.ports import Outcome, Target
from tests.data.world import ALICE, ALL_KNOWN, NOON, TODAY, TOWN, collector, crew, new_plan, record

DAY = timedelta(days=1)


@pytest.fixture
def town(store: SqlStore) -> SqlStore:
    """B1 and B2 are of North, B3 of South."""
    records = [record(1), record(2), record(3, agency="South")]
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_cases("Town", records, known=ALL_KNOWN, complete=True)
        writer.put_collectors("Town", [collector("ann"), collector("bea", agency="South")])
    return store


def entrust(
    store: SqlStore,
    *ids: str,
    to: str = "North",
    first: date | None = None,
    last: date | None = None,
) -> int:
    with store.writing(ALICE) as writer:
        return writer.entrust("Town", Entrusting(ids, to, first, last))


def cases(store: SqlStore) -> dict[str, tuple[str, date | None, date | None]]:
    found = store.open_day("Town", TODAY).cases
    return {one.id: (one.agency, one.entrusted_on, one.returns_on) for one in found}


def loads(store: SqlStore, today: date = TODAY) -> dict[str, AgencyLoad]:
    return {one.agency.name: one for one in AgencyLists(store.engine).loads("Town", today)}


def events(store: SqlStore, kind: str) -> list[str]:
    return [event.subject for event in reversed(store.events()) if event.kind == kind]


# --- what is told of an agency


def test_what_is_told_of_an_agency_stays_when_a_file_names_it_again(town: SqlStore) -> None:
    told = Agency("North", is_listed=True, evaluated_on=TODAY, quota=7)
    with town.writing(ALICE) as writer:
        writer.put_agency("Town", told)
        writer.put_agency("Town", told)
        writer.put_cases("Town", [record(4)], known=ALL_KNOWN, complete=False)
    assert loads(town)["North"].agency == told
    assert loads(town)["South"].agency == Agency("South")
    assert events(town, "agency.changed") == ["North"]


def test_an_agency_that_nobody_named_is_told(town: SqlStore) -> None:
    for name in ("West", ""):
        with pytest.raises(NotFoundError, match="has no agency"), town.writing(ALICE) as writer:
            writer.put_agency("Town", Agency(name))


def test_cases_are_counted_by_their_dates(town: SqlStore) -> None:
    """C1 until today, C2 until yesterday, C3 from tomorrow on."""
    entrust(town, "C1", last=TODAY)
    entrust(town, "C2", last=TODAY - DAY)
    entrust(town, "C3", to="South", first=TODAY + DAY)
    north, south = loads(town)["North"], loads(town)["South"]
    assert (north.now, north.ahead, north.ended, north.ends_soon) == (1, 0, 1, 1)
    assert (south.now, south.ahead, south.ended, south.ends_soon) == (0, 1, 0, 0)


# --- to an agency and back


def test_cases_go_to_an_agency_and_back_with_an_event_each(town: SqlStore) -> None:
    assert entrust(town, "C1", "C2", to="South", first=TODAY, last=TODAY + DAY) == 2
    assert entrust(town, "C1", "C2", to="South", first=TODAY, last=TODAY + DAY) == 0
    assert cases(town)["C1"] == ("South", TODAY, TODAY + DAY)
    assert cases(town)["C3"] == ("South", None, None)
    assert events(town, "case.entrusted") == ["C1", "C2"]
    assert entrust(town, "C1", to="") == 1
    assert cases(town)["C1"] == ("", None, None)
    assert events(town, "case.returned") == ["C1"]


def test_wrong_entrusting_changes_nothing(town: SqlStore) -> None:
    with pytest.raises(ConflictError, match="write a later last day"):
        entrust(town, "C1", first=TODAY, last=TODAY - DAY)
    with pytest.raises(NotFoundError, match="no agency 'West'"):
        entrust(town, "C1", to="West")
    with pytest.raises(NotFoundError, match="no open case C8, C9"):
        entrust(town, "C1", "C9", "C8", to="South")
    assert cases(town)["C1"] == ("North", None, None)
    assert events(town, "case.entrusted") == []


# --- who sees what, on which day


@pytest.mark.parametrize(
    ("on", "sees_it"),
    [(TODAY - DAY, False), (TODAY, True), (TODAY + DAY, True), (TODAY + 2 * DAY, False)],
)
def test_its_people_see_a_case_between_its_dates_alone(
    town: SqlStore, on: date, sees_it: bool
) -> None:
    """C1 is North's from today to tomorrow; C2 is always; C3 is South's."""
    entrust(town, "C1", first=TODAY, last=TODAY + DAY)
    with town.writing(ALICE) as writer:
        stops = tuple(
            Stop(StopKind.VISIT, f"B{n}", 30_000 * n, 30_000 * n, 30_100 * n, place_id=f"B{n}-home")
            for n in (1, 2)
        )
        left_out = (LeftOut("B3", Reason.NOT_WORTH, case_ids=("C3",)),)
        targets = {"B1": Target("B1", ("C1",)), "B2": Target("B2", ("C2",))}
        plan = Plan((Itinerary("ann", 0, 80_000, stops),), left_out)
        crews = (crew("ann"),)
        made = writer.add_plan(new_plan(plan=plan, crews=crews, targets=targets))
        writer.publish(made.id, "")
        writer.ask_override("Town", "B1", "house_hours", TODAY, "why")
    mine, engine, desk = AgenciesOn({"North"}, on), town.engine, Desk(town.engine)
    hers = {"B1", "B2"} if sees_it else {"B2"}
    contracts = {f"C{id[1:]}" for id in hers}
    facts = desk.facts(town.plan("Town", TODAY), mine)
    assert facts.borrowers.keys() == hers
    assert {place.borrower_id for place in facts.places.values()} == hers
    assert desk.visible_cases("Town", ["C1", "C2", "C3"], mine) == contracts
    standing = desk.standing("Town", TODAY, mine)
    assert (standing.cases, standing.waiting) == (len(hers), len(hers))
    exported = published_day(engine, "Town", TODAY, mine)
    assert exported.facts.borrowers.keys() == hers
    assert exported.cases.keys() == contracts
    homes = CheckIns(engine).places("Town", [f"B{n}-home" for n in (1, 2, 3)], mine)
    assert {one.borrower.id for one in homes.values()} == hers
    assert (Review(engine).place("Town", "B1-home", mine) is not None) == sees_it
    lists = OverrideLists(engine)
    assert [one.borrower_id for one in lists.since("Town", TODAY, mine)] == ["B1"] * sees_it
    assert (lists.borrower_of("Town", "C1", mine) == "B1") == sees_it
    # The lender, and the book without a day, are not bound by dates.
    assert desk.facts(town.plan("Town", TODAY), None).borrowers.keys() == {"B1", "B2"}
    assert desk.visible_cases("Town", ["C1"], frozenset({"North"})) == {"C1"}


def test_what_is_seen_by_several_roles_is_seen_on_the_same_day() -> None:
    """Whoever puts the agencies of two grants together does not lose the day."""
    north, south = AgenciesOn({"North"}, TODAY), AgenciesOn({"South"}, TODAY)
    for both in (north | south, frozenset() | north | south, north | {"South"}):
        assert isinstance(both, AgenciesOn)
        assert sorted(both) == ["North", "South"]
        assert both.on == TODAY


def test_a_promise_is_seen_while_its_case_is(town: SqlStore) -> None:
    due = TODAY + 7 * DAY
    told = Outcome("k", "B1", "B1-home", NOON, "PTP", ("ann",), was_met=True, case_id="C1")
    with town.writing(ALICE) as writer:
        writer.record_outcome("Town", replace(told, amount=Decimal(500), due=due))
    entrust(town, "C1", last=TODAY)
    stories = Stories(town.engine)
    for on, count in ((TODAY, 1), (TODAY + DAY, 0)):
        mine = AgenciesOn({"North"}, on)
        assert len(stories.promises("Town", TODAY, due, TODAY, mine)) == count
        assert len(stories.cases("Town", Filter(text="C1"), mine, limit=9)) == count
        assert (stories.story("Town", "C1", TODAY, mine) is not None) == bool(count)


def test_it_is_seen_by_the_other_agency_from_the_day_it_goes_there(town: SqlStore) -> None:
    entrust(town, "C1", to="South", first=TODAY)
    desk = Desk(town.engine)
    seen = {
        name: desk.visible_cases("Town", ["C1", "C2", "C3"], AgenciesOn({name}, TODAY))
        for name in ("North", "South")
    }
    assert seen == {"North": {"C2"}, "South": {"C1", "C3"}}


def test_a_borrower_with_a_case_at_each_of_two_is_seen_for_its_own_alone(town: SqlStore) -> None:
    with town.writing(ALICE) as writer:
        told = replace(record(5, borrower=1, agency="South"), places=())
        writer.put_cases("Town", [told], known=ALL_KNOWN, complete=False)
    desk = Desk(town.engine)
    assert desk.visible_cases("Town", ["C1", "C5"], AgenciesOn({"South"}, TODAY)) == {"C5"}
