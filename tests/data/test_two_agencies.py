"""Two agencies in one town: each goes to its own cases, and sees nothing of the other's."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from data.store import SqlStore
from data.store.rounds import Rounds, RoundStop
from scheduler.plan import Reason
from tests.data.story import DAYS, MONDAY, PEOPLE, TOWN, Story, person, records, works
from tests.data.world import ALL_KNOWN

AGENCY_OF = {"ann": "North", "ben": "North", "cat": "South", "dan": "South"}


@pytest.fixture
def story(store: SqlStore) -> Story:
    """Monday is published. B2 has C2 with North and C7, worth more, with South."""
    told = Story(store)
    cases = [
        replace(one, case=replace(one.case, agency="South", overdue=Decimal(9000)))
        if one.case.id == "C7"
        else one
        for one in records()
    ]
    with store.writing(told.by) as writer:
        writer.put_city(TOWN)
        writer.put_collectors("Town", [replace(person(id), agency=AGENCY_OF[id]) for id in PEOPLE])
        writer.put_shifts("Town", [works(id, on) for id in PEOPLE for on in DAYS])
        writer.put_cases("Town", cases, known=ALL_KNOWN, complete=True)
    told.plan(0)
    told.publish(0)
    return told


def seen(story: Story, collector: str) -> dict[str, RoundStop]:
    """Return the visits that a collector's phone shows on Monday."""
    found = Rounds(story.store.engine).round("Town", MONDAY, collector, as_of=MONDAY)
    assert found is not None
    return {one.id: one for one in found.visits}


def suspended(story: Story) -> dict[str, str]:
    plan = story.published()
    assert plan is not None
    return {id: each.why for id, each in plan.suspended.items()}


def test_each_agency_goes_to_its_own_cases_and_sees_these_alone(story: Story) -> None:
    plan = story.published()
    assert plan is not None
    content = plan.content
    assert {crew.id for crew in content.crews} == {"ann+ben", "cat+dan"}
    assert content.targets["B2"].case_ids == ("C7",)
    (entry,) = [one for one in content.plan.left_out if "C2" in one.case_ids]
    assert (entry.visit_id, entry.reason) == ("B2/C2", Reason.OTHER_AGENCY)
    norths, souths = seen(story, "ann"), seen(story, "cat")
    assert set(norths) == {"B1", "B3", "B4", "B5", "B6"}
    assert set(souths) == {"B2"}
    assert [(one.id, one.overdue) for one in souths["B2"].cases] == [("C7", Decimal(9000))]


def test_a_visit_is_out_while_its_case_is_anothers_and_nothing_is_told_of_it(story: Story) -> None:
    story.entrust("C7", "North")
    assert suspended(story) == {"B2": Reason.OTHER_AGENCY}
    (gone,) = seen(story, "cat").values()
    assert gone.is_suspended
    assert (gone.borrower, gone.place, gone.cases) == (None, None, ())
    story.entrust("C7", "South")
    assert suspended(story) == {}
    (back,) = seen(story, "cat").values()
    assert back.borrower is not None
    assert [one.id for one in back.cases] == ["C7"]


def test_a_collector_who_goes_to_another_agency_takes_no_visit_along(story: Story) -> None:
    story.collector("dan", agency="North")
    assert set(suspended(story)) == {"B2"}
    (gone,) = seen(story, "dan").values()
    assert gone.borrower is None
    story.collector("dan", agency="South")
    assert suspended(story) == {}
