"""Drafts edited by several people: worked out on the newest, lawful, and all of it to be undone."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from data.store import SqlStore
from scheduler.drafts.copying import copy_as_draft
from scheduler.drafts.editing import edit_day
from scheduler.drafts.opened import OpenDraft, newest, open_draft
from scheduler.drafts.undoing import redo_edit, undo_edit
from scheduler.editing.edits import Edit, Hold, Move, Release, Swap, TakeOff, Together
from scheduler.editing.log import KeptEdit
from scheduler.editing.obstacles import ForbiddenEditError, GoneError
from scheduler.errors import ConflictError, DayroundError, EditedMeanwhileError
from scheduler.locks import LockError
from scheduler.model import StopFlag
from scheduler.plan import Reason
from scheduler.ports import PlanRecord, PlanStatus
from scheduler.problem import Lock
from scheduler.service import kept_plan
from tests.data.filled import filled
from tests.data.story import BORROWERS, DAYS, PEOPLE, TOWN, Story, person, records, works
from tests.data.world import ALL_KNOWN
from tests.slowly import SQLITE_FIRST

WEDNESDAY = DAYS[2]
STOPPED = frozenset({StopFlag.COMPLAINT})


def unvisited_book(store: SqlStore) -> Story:
    """Six borrowers, two crews, and a draft of Wednesday that visits all of them."""
    story = Story(store)
    with store.writing(story.by) as writer:
        writer.put_city(TOWN)
        writer.put_collectors("Town", [person(id) for id in PEOPLE])
        writer.put_shifts("Town", [works(id, on) for id in PEOPLE for on in DAYS])
        writer.put_cases("Town", records(), known=ALL_KNOWN, complete=True)
    story.plan(2)
    return story


@dataclass
class Desk:
    """Wednesday's draft as people at their desks edit it."""

    story: Story
    keys: count[int] = field(default_factory=count)
    kept_open: OpenDraft | None = None

    @property
    def record(self) -> PlanRecord:
        return self.story.store.plan("Town", WEDNESDAY)

    @property
    def crews(self) -> list[str]:
        return sorted(crew.id for crew in self.record.content.crews)

    def days(self) -> dict[str, list[str]]:
        trips = self.record.content.plan.itineraries
        return {trip.crew_id: [stop.id for stop in trip.visits] for trip in trips}

    def of(self, crew_id: str) -> list[str]:
        return self.days().get(crew_id, [])

    def other(self, visit_id: str) -> str:
        """Return the crew that does not make a visit."""
        return next(id for id in self.crews if visit_id not in self.of(id))

    def opened(self) -> OpenDraft:
        """Return the draft as a page opens it, or the one that stays open."""
        return self.kept_open or open_draft(self.story.ports, "Town", WEDNESDAY)

    def edit(self, who: str, edit: Edit, known: int | None = None, key: str = "") -> KeptEdit:
        opened = self.opened()
        seen = self.record.revision if known is None else known
        key = key or f"k{next(self.keys)}"
        return edit_day(self.story.ports, opened, who, edit, seen, key)[1]

    def undo(self, who: str) -> KeptEdit:
        return undo_edit(self.story.ports, self.opened(), who, f"k{next(self.keys)}")[1]

    def redo(self, who: str) -> KeptEdit:
        return redo_edit(self.story.ports, self.opened(), who, f"k{next(self.keys)}")[1]

    def may(self, act: str, who: str) -> bool:
        try:
            getattr(self, act)(who)
        except ConflictError:
            return False
        return True

    def is_lawful(self) -> bool:
        return kept_plan(self.story.ports, "Town", WEDNESDAY).violations() == []


def state(record: PlanRecord) -> object:
    content = record.content
    return content.plan, content.crews, content.locks, content.cost, content.targets


@pytest.fixture
def desk(store: SqlStore) -> Desk:
    made = Desk(Story(filled(store, unvisited_book)))
    assert made.record.content.plan.served == set(BORROWERS)
    assert made.is_lawful()
    return made


def test_a_visit_moved_by_hand_is_driven_by_its_new_crew(desk: Desk) -> None:
    visit = "B1"
    to = desk.other(visit)
    kept = desk.edit("ann", Move(visit, to))
    assert desk.of(to)[-1] == visit
    assert desk.is_lawful()
    assert desk.record.content.cost == kept.after.cost
    assert desk.record.content.targets[visit].case_ids == ("C1",)


def test_what_is_taken_off_says_so_and_comes_back(desk: Desk) -> None:
    base = state(desk.record)
    desk.edit("ann", TakeOff("B2"))
    (out,) = desk.record.content.plan.left_out
    assert (out.visit_id, out.reason, out.case_ids) == ("B2", Reason.TAKEN_OFF, ("C2", "C7"))
    desk.undo("ann")
    assert state(desk.record) == base
    desk.redo("ann")
    assert desk.record.content.plan.left_out == (out,)
    assert desk.record.revision == 3
    with pytest.raises(ConflictError, match="ann has nothing to redo"):
        desk.redo("ann")


def test_each_undoes_her_own(desk: Desk) -> None:
    base = state(desk.record)
    first, second = desk.of(desk.crews[0])[0], desk.of(desk.crews[1])[0]
    desk.edit("ann", TakeOff(first))
    desk.edit("bob", TakeOff(second))
    desk.undo("ann")
    assert first in desk.record.content.plan.served
    assert second not in desk.record.content.plan.served
    with pytest.raises(ConflictError, match="ann has nothing to undo"):
        desk.undo("ann")
    desk.undo("bob")
    assert state(desk.record) == base


def test_an_undo_names_who_stands_on_it(desk: Desk) -> None:
    to = desk.other("B1")
    desk.edit("ann", Move("B1", to))
    theirs = desk.edit("bob", Hold((Lock("B1", to),)))
    with pytest.raises(EditedMeanwhileError, match="bob changed the same afterwards") as refused:
        desk.undo("ann")
    assert refused.value.edits == (theirs,)


def test_the_same_press_twice_is_one_edit(desk: Desk) -> None:
    kept = desk.edit("ann", TakeOff("B1"), key="press")
    assert desk.edit("ann", TakeOff("B1"), known=0, key="press") == kept
    assert desk.record.revision == 1


def test_what_cannot_be_is_refused_and_changes_nothing(desk: Desk) -> None:
    desk.edit("ann", TakeOff("B1"))
    desk.story.case("C1", stops=STOPPED)
    base = state(desk.record)
    with pytest.raises(ForbiddenEditError) as refused:
        desk.edit("ann", Move("B1", desk.crews[0]))
    assert [one.id for one in refused.value.violations] == ["B1"]
    with pytest.raises(ForbiddenEditError):
        desk.undo("ann")
    assert state(desk.record) == base
    assert desk.record.revision == 1


def test_two_see_the_same_and_only_what_overlaps_is_refused(desk: Desk) -> None:
    first, second = desk.of(desk.crews[0])[0], desk.of(desk.crews[1])[0]
    opened = open_draft(desk.story.ports, "Town", WEDNESDAY)
    ports = desk.story.ports
    after, hers = edit_day(ports, opened, "ann", TakeOff(first), 0, "a")
    assert after.record == desk.record
    with pytest.raises(EditedMeanwhileError) as refused:  # bob still sees revision 0
        edit_day(ports, opened, "bob", Move(first, desk.crews[1]), 0, "b")
    assert refused.value.edits == (hers,)
    with pytest.raises(EditedMeanwhileError):  # it is off already: he is told why
        edit_day(ports, opened, "bob", TakeOff(first), 0, "c")
    merged, _ = edit_day(ports, opened, "bob", TakeOff(second), 0, "d")
    assert not {first, second} & merged.plan.served
    assert newest(ports, opened).plan == merged.plan
    assert desk.is_lawful()


def test_what_is_gone_without_anothers_hand_is_told_as_gone(desk: Desk) -> None:
    desk.edit("ann", TakeOff("B1"))
    with pytest.raises(GoneError):
        desk.edit("ann", TakeOff("B1"), known=0)


def test_a_suspended_visit_leaves_the_day_that_is_edited(desk: Desk) -> None:
    """It is left out with its cause; an undo puts the rest back, and it too once it may be made."""
    crew = max(desk.crews, key=lambda id: len(desk.of(id)))
    stopped, moved = desk.of(crew)[:2]
    base = state(desk.record)
    desk.story.case(stopped.replace("B", "C"), stops=STOPPED)
    assert stopped in desk.record.suspended
    desk.edit("ann", TakeOff(moved))
    plan = desk.record.content.plan
    assert {entry.visit_id: entry.reason for entry in plan.left_out} == {
        stopped: Reason.RULE,
        moved: Reason.TAKEN_OFF,
    }
    assert not desk.record.standing
    desk.undo("ann")
    assert [entry.visit_id for entry in desk.record.content.plan.left_out] == [stopped]
    assert moved in desk.of(crew)
    assert desk.is_lawful()
    desk.redo("ann")
    desk.story.case(stopped.replace("B", "C"), stops=frozenset())
    desk.undo("ann")
    assert stopped not in desk.record.content.plan.served, "what was undone first had left it out"
    assert state(desk.record) != base


def test_many_things_at_once_are_one_edit_with_one_undo(desk: Desk) -> None:
    base = state(desk.record)
    edit = Together((TakeOff("B1"), TakeOff("B2"), Hold((Lock("B3", desk.other("B1")),))))
    if "B3" not in desk.of(desk.other("B1")):
        edit = Together((TakeOff("B1"), Move("B3", desk.other("B1")), TakeOff("B2")))
    kept = desk.edit("ann", edit, key="many")
    assert desk.edit("ann", edit, key="many") == kept, "pressed twice"
    assert (kept.number, kept.edit) == (1, edit)
    assert desk.record.content.plan.served == set(BORROWERS) - {"B1", "B2"}
    assert desk.is_lawful()
    done = state(desk.record)
    desk.undo("ann")
    assert state(desk.record) == base
    desk.redo("ann")
    assert state(desk.record) == done
    events = [one for one in desk.story.store.events() if one.kind == "plan.edited"]
    assert [(one.after or {})["edit"] for one in events] == ["together"] * 3


def test_of_many_things_at_once_none_is_done_where_another_has_changed_one(desk: Desk) -> None:
    desk.edit("bob", TakeOff("B2"))
    before = state(desk.record)
    with pytest.raises(EditedMeanwhileError, match="bob changed the same"):
        desk.edit("ann", Together((TakeOff("B1"), TakeOff("B2"))), known=0)
    assert state(desk.record) == before
    desk.edit("ann", Together((TakeOff("B1"), Hold((Lock("B3", at_of(desk, "B3")),)))))
    desk.edit("bob", Release(("B3",)))
    with pytest.raises(EditedMeanwhileError, match="bob changed the same afterwards"):
        desk.undo("ann")


def at_of(desk: Desk, visit: str) -> str:
    return next(id for id in desk.crews if visit in desk.of(id))


def test_a_published_day_is_copied_before_it_is_changed(desk: Desk) -> None:
    desk.story.publish(2)
    published = desk.record
    assert published.state is PlanStatus.PUBLISHED
    with pytest.raises(ConflictError, match="copy it as a draft first"):
        desk.edit("ann", TakeOff("B1"))
    ports = desk.story.ports
    draft = copy_as_draft(ports, "Town", WEDNESDAY, "ann", published.version)
    assert copy_as_draft(ports, "Town", WEDNESDAY, "bob", published.version).id == draft.id
    desk.edit("ann", TakeOff("B1"))
    assert "B1" in desk.story.store.plan("Town", WEDNESDAY, published.version).content.plan.served
    assert "B1" not in desk.record.content.plan.served


WHOM = st.sampled_from(BORROWERS)
CREW = st.integers(0, 1)
DID = st.one_of(
    st.tuples(st.just("move"), WHOM, CREW, st.one_of(st.none(), WHOM)),
    st.tuples(st.just("off"), WHOM),
    st.tuples(st.just("hold"), WHOM),
    st.tuples(st.just("release"), WHOM),
    st.tuples(st.just("swap")),
    st.tuples(st.just("both"), WHOM, WHOM),
    st.tuples(st.sampled_from(["undo", "redo"])),
)


@SQLITE_FIRST
@settings(
    deadline=None,
    max_examples=2,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.sampled_from(["ann", "bob"]), DID), min_size=3, max_size=7))
def test_every_story_is_lawful_and_undone_is_the_draft_that_it_began_with(
    desk: Desk, steps: list[tuple[str, tuple[object, ...]]]
) -> None:
    desk.story.plan(2)
    desk.kept_open = open_draft(desk.story.ports, "Town", WEDNESDAY)
    base = state(desk.record)
    for who, what in steps:
        tell(desk, who, what)
    assert desk.is_lawful()
    turns(desk, "undo")
    assert state(desk.record) == base
    turns(desk, "redo")
    assert desk.is_lawful()
    turns(desk, "undo")
    assert state(desk.record) == base


def turns(desk: Desk, act: str) -> None:
    while [who for who in ("ann", "bob") if desk.may(act, who)]:
        pass


def tell(desk: Desk, who: str, what: tuple[object, ...]) -> None:
    kind, *told = what
    if kind in ("undo", "redo"):
        desk.may(str(kind), who)
        return
    visit = str(told[0]) if told else ""
    at = next((id for id in desk.crews if visit in desk.of(id)), desk.crews[0])
    edits: dict[object, Edit] = {
        "off": TakeOff(visit),
        "hold": Hold((Lock(visit, at),)),
        "release": Release((visit,)),
        "swap": Swap(*desk.crews),
    }
    if kind == "both":
        other = str(told[1])
        locks = tuple(Lock(other, id) for id in desk.crews if other in desk.of(id))
        edits["both"] = Together((TakeOff(visit), *([Hold(locks)] if locks else [])))
    if kind == "move":
        before = None if told[2] in (None, visit) else str(told[2])
        edits["move"] = Move(visit, desk.crews[int(str(told[1]))], before)
    was, revision = state(desk.record), desk.record.revision
    try:
        desk.edit(who, edits[kind])
    except (ForbiddenEditError, GoneError, LockError, DayroundError):
        assert state(desk.record) == was
        assert desk.record.revision == revision
