"""Refusals counted by rule: of the plan that holds, once a day at a door, for whom one sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert

from data import database, tables
from data.store import SqlStore
from data.store.refusals import RefusalCount, Refusals, Span, Stage
from scheduler.plan import LeftOut, Plan, Reason
from scheduler.ports import By, Outcome
from tests.data.world import ALICE, ALL_KNOWN, MIDNIGHT, NOON, TODAY, TOWN, new_plan, record

TOMORROW = TODAY + timedelta(days=1)
SPAN = Span(TOWN, TODAY, TOMORROW)


@pytest.fixture
def town(store: SqlStore) -> SqlStore:
    """B1 is of the agency North, B2 of South."""
    records = [record(1), record(2, agency="South")]
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_city(replace(TOWN, name="Other"))
        writer.put_cases("Town", records, known=ALL_KNOWN, complete=True)
    return store


def plan(
    store: SqlStore, on: date, *ids: str, rule: str = "crew_size", publish: bool = False
) -> None:
    left_out = tuple(LeftOut(id, Reason.RULE, "no", rule, "", (f"C{id[1:]}",)) for id in ids)
    with store.writing(ALICE) as writer:
        made = writer.add_plan(new_plan(on, plan=Plan((), left_out), crews=(), targets={}))
        if publish:
            writer.publish(made.id, "")


def at_door(store: SqlStore, borrower: str, at: datetime, rule: str = "stops") -> None:
    with store.writing(By("carl", at)) as writer:
        told = {"rule": rule, "text": "stopped: paid", "at": at}
        writer.note("visit.refused", borrower, city="Town", after=told)


def counts(
    store: SqlStore, span: Span = SPAN, agencies: set[str] | None = None
) -> dict[str, tuple[int, int]]:
    found = Refusals(store.engine).counts(span, agencies)
    return {one.rule: (one.planned, one.door) for one in found if one.planned + one.door}


def test_of_a_day_the_published_plan_counts_and_else_the_newest(town: SqlStore) -> None:
    """Today's second plan was published, and a third made after it; tomorrow has two drafts."""
    plan(town, TODAY, "B1", "B2")
    plan(town, TODAY, "B1", publish=True)
    plan(town, TODAY, "B1", "B2")
    plan(town, TOMORROW, "B1")
    plan(town, TOMORROW, "B1", "B2")
    assert counts(town) == {"crew_size": (1 + 2, 0)}
    assert counts(town, replace(SPAN, last=TODAY)) == {"crew_size": (1, 0)}


def test_what_no_rule_refused_is_not_counted(town: SqlStore) -> None:
    plan(town, TODAY, "B1", rule="")
    assert counts(town) == {}


def test_a_borrower_counts_once_a_day_at_a_door_however_often_it_is_pressed(town: SqlStore) -> None:
    at_door(town, "B1", NOON)
    at_door(town, "B1", NOON + timedelta(minutes=1))
    at_door(town, "B1", NOON + timedelta(days=1))
    at_door(town, "B2", NOON, rule="hours")
    assert counts(town) == {"stops": (0, 2), "hours": (0, 1)}
    assert Refusals(town.engine).counts(SPAN, None)[0] == RefusalCount("stops", 0, 0, 2)
    assert len(Refusals(town.engine).newest(SPAN, None, "stops")) == 3


def suspend(store: SqlStore, borrower: str, at: datetime, plan_id: int, rule: str) -> None:
    row = {
        **{"city": "Town", "plan_id": plan_id, "visit_id": borrower, "borrower_id": borrower},
        **{"since": at, "by_actor": "dora", "by_kind": "case.changed", "by_subject": "C1"},
        **{"why": rule, "text": "stopped: paid", "source": "", "is_law": False},
        **{"was_begun": False, "lifted_at": at},
    }
    with database.writing(store.engine) as connection:
        connection.execute(insert(tables.suspension), row)


def test_a_visit_suspended_again_on_a_day_counts_once(town: SqlStore) -> None:
    plan(town, TODAY, "B3")
    id = town.plan("Town", TODAY).id
    for at in (NOON, NOON + timedelta(hours=1), NOON + timedelta(days=1)):
        suspend(town, "B1", at, id, "rule.stops")  # as a suspension writes the rule
    suspend(town, "B2", NOON + timedelta(days=2), id, "rule.stops")
    refusals = Refusals(town.engine)
    found = {one.rule: one.suspended for one in refusals.counts(SPAN, None)}
    assert found == {"stops": 2, "crew_size": 0}
    newest = refusals.newest(SPAN, None, "stops")
    assert [(one.stage, one.actor) for one in newest] == [(Stage.SUSPENDED, "dora")] * 3
    assert refusals.newest(SPAN, {"South"}, "stops") == []


def test_days_are_those_of_the_city_to_the_second(town: SqlStore) -> None:
    """Midnight in Town is 16:00 UTC of the day before."""
    at_door(town, "B1", MIDNIGHT - timedelta(seconds=1))
    at_door(town, "B2", MIDNIGHT + timedelta(days=2))
    assert counts(town) == {}
    at_door(town, "B1", MIDNIGHT)
    at_door(town, "B2", MIDNIGHT + timedelta(days=2, seconds=-1))
    assert counts(town) == {"stops": (0, 2)}


def test_another_city_counts_nothing(town: SqlStore) -> None:
    plan(town, TODAY, "B1")
    at_door(town, "B1", NOON)
    assert counts(town, replace(SPAN, city=replace(TOWN, name="Other"))) == {}


def test_the_officer_of_an_agency_sees_its_borrowers_alone(town: SqlStore) -> None:
    plan(town, TODAY, "B1", "B2")
    at_door(town, "B1", NOON)
    at_door(town, "B2", NOON)
    assert counts(town, agencies={"South"}) == {"crew_size": (1, 0), "stops": (0, 1)}
    newest = Refusals(town.engine).newest(SPAN, {"South"})
    assert {one.borrower_id for one in newest} == {"B2"}
    assert counts(town, agencies=set()) == {}


def test_each_refusal_says_when_whom_and_why(town: SqlStore) -> None:
    plan(town, TOMORROW, "B1")
    at_door(town, "B2", NOON)
    planned, door = Refusals(town.engine).newest(SPAN, None)
    assert (planned.stage, planned.on, planned.case_ids, planned.text) == (
        Stage.PLANNED,
        TOMORROW,
        ("C1",),
        "no",
    )
    assert (door.stage, door.on, door.at, door.actor, door.text) == (
        Stage.DOOR,
        TODAY,
        NOON,
        "carl",
        "stopped: paid",
    )
    assert [one.rule for one in Refusals(town.engine).newest(SPAN, None, "stops")] == ["stops"]


def test_complaints_are_those_that_came_of_visits_in_these_days(town: SqlStore) -> None:
    with town.writing(ALICE) as writer:
        for number, (at, code) in enumerate(
            [(NOON, "COMPLAINT"), (NOON, "NOT_HOME"), (NOON - timedelta(days=3), "COMPLAINT")]
        ):
            told = Outcome(str(number), "B1", "B1-home", at, code, ("ann",))
            writer.record_outcome("Town", told)
    found = Refusals(town.engine).complaints(SPAN, None)
    assert [(one.at, one.borrower_id, one.crew) for one in found] == [(NOON, "B1", ("ann",))]
    assert Refusals(town.engine).complaints(SPAN, {"South"}) == []
