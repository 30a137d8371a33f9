"""A remedy that is done: the visit stands in the draft, and undo gives back plan and shifts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from data.store import SqlStore
from scheduler.drafts.editing import edit_day
from scheduler.drafts.opened import open_draft
from scheduler.drafts.undoing import redo_edit, undo_edit
from scheduler.editing.agreement import AGREED, Agreement
from scheduler.errors import ConflictError
from scheduler.model import OwnerPolicy, Shift
from scheduler.plan import Plan
from scheduler.ports import PlanRecord, PlanStatus
from scheduler.remedies import Kind, ToldRemedy
from scheduler.service import kept_plan, publish_day, remedies_for
from scheduler.standing_in import StandIn
from tests.data.filled import filled
from tests.data.story import DAYS, PEOPLE, TOWN, Story, person, records, works
from tests.data.test_desk_service import state
from tests.data.world import ALL_KNOWN
from tests.scheduler.little_book import daily
from tests.slowly import SQLITE_FIRST

WEDNESDAY = DAYS[2]


def book(store: SqlStore, most: int | None = None) -> Story:
    """Two pairs until noon; B5 is met from 13:00 on, and the owner of B6's case does not work."""
    told = records()
    told[4] = replace(
        told[4], places=tuple(replace(p, windows=(daily("13:00-14:00"),)) for p in told[4].places)
    )
    told[5] = replace(told[5], case=replace(told[5].case, owner="eve"))
    story = Story(store)
    with store.writing(story.by) as writer:
        writer.put_city(replace(TOWN, owner_policy=OwnerPolicy.FIXED))
        people = [replace(person(id), max_visits=most) for id in (*PEOPLE, "eve")]
        writer.put_collectors("Town", people)
        writer.put_shifts("Town", [works(id, on, 12) for id in PEOPLE for on in DAYS])
        writer.put_cases("Town", told, known=ALL_KNOWN, complete=True)
    story.plan(2)
    return story


def capped_book(store: SqlStore) -> Story:
    """The same, where nobody may make more than one visit."""
    return book(store, most=1)


@dataclass
class Helped:
    """Wednesday's draft, and the case that somebody wants in it."""

    story: Story
    case_id: str
    what: Kind

    @property
    def record(self) -> PlanRecord:
        return self.story.store.plan("Town", WEDNESDAY)

    @property
    def plan(self) -> Plan:
        return self.record.content.plan

    @property
    def visit(self) -> str:
        return f"B{self.case_id[1:]}"

    def shifts(self) -> dict[str, Shift]:
        shifts = self.story.store.open_day("Town", WEDNESDAY).shifts
        return {one.collector_id: one for one in shifts}

    def stand_ins(self) -> list[StandIn]:
        return self.story.store.stand_ins("Town", WEDNESDAY)

    def remedy(self) -> ToldRemedy:
        found = remedies_for(self.story.ports, "Town", WEDNESDAY, self.case_id)
        return next(one for one in found if one.kind is self.what)

    def do(self) -> ToldRemedy:
        one, at = self.remedy(), open_draft(self.story.ports, "Town", WEDNESDAY)
        assert one.kind in AGREED
        edge = {"edge": one.edge} if one.edge else {}
        agreed = Agreement(
            one.kind, self.visit, one.crew_id, seconds=one.seconds, before=one.before,
            place_id=one.place_id, **edge,
        )  # fmt: skip
        edit = agreed.edit(at.problem, at.sheet)
        edit_day(self.story.ports, at, "ann", edit, at.record.revision, "agreed")
        return one

    def undo(self) -> None:
        at = open_draft(self.story.ports, "Town", WEDNESDAY)
        undo_edit(self.story.ports, at, "ann", f"back {at.record.revision}")

    def redo(self) -> None:
        at = open_draft(self.story.ports, "Town", WEDNESDAY)
        redo_edit(self.story.ports, at, "ann", f"again {at.record.revision}")

    def is_lawful(self) -> bool:
        return kept_plan(self.story.ports, "Town", WEDNESDAY).violations() == []


@pytest.fixture(params=[Kind.SHIFT, Kind.VISITS, Kind.CREW])
def helped(store: SqlStore, request: pytest.FixtureRequest) -> Helped:
    what: Kind = request.param
    made = Story(filled(store, capped_book if what is Kind.VISITS else book))
    found = Helped(made, {Kind.SHIFT: "C5", Kind.CREW: "C6"}.get(what, ""), what)
    if what is Kind.VISITS:
        full = next(e for e in found.plan.left_out if e.visit_id not in ("B5", "B6"))
        found.case_id = full.case_ids[0]
        assert found.visit == full.visit_id
    assert found.visit not in found.plan.served
    return found


@SQLITE_FIRST
def test_it_stands_in_the_plan_and_is_taken_back_with_all_that_was_agreed(helped: Helped) -> None:
    before, shifts = state(helped.record), helped.shifts()
    one = helped.do()
    trip = next(t for t in helped.plan.itineraries if t.crew_id == one.crew_id)
    assert helped.visit in [stop.id for stop in trip.visits]
    assert helped.is_lawful()
    assert (helped.shifts() != shifts) is (helped.what is Kind.SHIFT)
    assert bool(helped.stand_ins()) is (helped.what is Kind.CREW)
    after, agreed = state(helped.record), helped.shifts()
    for _ in range(2):
        helped.undo()
        assert state(helped.record) == before
        assert helped.shifts() == shifts
        assert helped.stand_ins() == []
        helped.redo()
        assert state(helped.record) == after
        assert helped.shifts() == agreed
        assert bool(helped.stand_ins()) is (helped.what is Kind.CREW)
        assert helped.is_lawful()
    published = publish_day(helped.story.ports, "Town", WEDNESDAY, "ann")
    assert published.state is PlanStatus.PUBLISHED


def test_the_event_tells_ids_alone(helped: Helped) -> None:
    one = helped.do()
    told = next(e for e in helped.story.store.events() if e.kind == "plan.edited")
    assert told.after is not None
    assert (told.after["edit"], told.after["crews"]) == ("arrange", [one.crew_id])
    assert set(told.after) == {"number", "edit", "undoes", "crews", "visits", "aims"}


def test_a_shift_that_another_has_changed_is_not_taken_back_over_her_head(store: SqlStore) -> None:
    helped = Helped(Story(filled(store, book)), "C5", Kind.SHIFT)
    who = helped.do().crew_id.split("+")[0]
    helped.story.shift(who, 2, 17)
    with pytest.raises(ConflictError, match="works otherwise by now"):
        helped.undo()
    assert helped.visit in helped.plan.served
