"""Edits of a draft: what they touch is written, the rest stays, and all of it can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data.store import SqlStore, open_store
from data.store.store import SqlWriter
from scheduler.editing.edits import Edit, Hold, Move, Release, Sheet, TakeOff
from scheduler.editing.log import KeptEdit, Part, redoable, undoable
from scheduler.editing.parting import touched_part, with_part
from scheduler.errors import ConflictError, EditedMeanwhileError, StaleSheetError
from scheduler.plan import Cost, Itinerary, LeftOut, Plan, Reason, Stop, StopKind
from scheduler.ports import By, NewEdit, PlanRecord, PlanStatus, Target
from scheduler.problem import Lock
from tests.data.filled import filled
from tests.data.interleaved import SteppedWriter, orders, run_in
from tests.data.story import BORROWERS, DAYS, Story, planned_book, planned_story
from tests.slowly import SQLITE_FIRST

WEDNESDAY = DAYS[2]
SLOWLY = settings(
    deadline=None,
    max_examples=4,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass
class Desk:
    """A draft that people edit; what a plan would look like is worked out by hand."""

    story: Story
    plan_id: int
    keys: Iterator[int]

    @property
    def record(self) -> PlanRecord:
        plans = self.story.store.plans("Town", WEDNESDAY)
        return next(plan for plan in plans if plan.id == self.plan_id)

    @property
    def log(self) -> list[KeptEdit]:
        return self.story.store.plan_edits(self.plan_id)

    def writing(self, who: str) -> By:
        return By(who, self.story.by.at)

    def edit(self, who: str, edit: Edit, known: int | None = None, key: str = "") -> KeptEdit:
        """Let a person edit the draft that she last saw at revision `known`, now by default."""
        new = self.new(edit, known, key)
        with self.story.store.writing(self.writing(who)) as writer:
            return writer.revise_plan(self.plan_id, new)

    def new(self, edit: Edit, known: int | None = None, key: str = "") -> NewEdit:
        record = self.record
        part = part_of(record, edit)
        seen = record.revision if known is None else known
        return NewEdit(edit, part, record.revision, seen, key or f"k{next(self.keys)}")

    def take_back(self, who: str, target: KeptEdit | None) -> KeptEdit | None:
        """Undo or redo; None where there is nothing, or another's edit stands on it."""
        if target is None:
            return None
        at, key = self.record.revision, f"k{next(self.keys)}"
        content = with_part(self.record.content, target.before)
        part = replace(target.before, cost=cost_of(content.plan, content.locks))
        new = NewEdit(target.edit, part, at, at, key, undoes=target.number)
        try:
            with self.story.store.writing(self.writing(who)) as writer:
                return writer.revise_plan(self.plan_id, new)
        except EditedMeanwhileError:
            return None

    def undo(self, who: str) -> KeptEdit | None:
        return self.take_back(who, undoable(self.log, who))

    def redo(self, who: str) -> KeptEdit | None:
        return self.take_back(who, redoable(self.log, who))


def part_of(record: PlanRecord, edit: Edit) -> Part:
    """Return what an edit makes of a draft; a crew's visits follow each other every hour."""
    content = record.content
    before = Sheet(content.plan, content.crews, content.locks)
    after = changed(before, edit)
    targets = {id: Target(id, (id.replace("B", "C"),)) for id in BORROWERS}
    return touched_part(content, before, after, targets, cost_of(after.plan, after.locks))


def cost_of(plan: Plan, locks: tuple[Lock, ...]) -> Cost:
    """Return a cost that tells two drafts apart: what is left out, what is locked, who drives."""
    driven = sum(len(trip.visits) ** 2 for trip in plan.itineraries)
    return Cost(0, len(plan.left_out), driven, len(locks))


def changed(sheet: Sheet, edit: Edit) -> Sheet:
    locks = {lock.visit_id: lock for lock in sheet.locks}
    if isinstance(edit, Hold):
        locks |= {lock.visit_id: lock for lock in edit.locks}
        return replace(sheet, locks=tuple(locks.values()))
    if isinstance(edit, Release):
        return replace(sheet, locks=tuple(o for id, o in locks.items() if id not in edit.visit_ids))
    assert isinstance(edit, Move | TakeOff)
    days = {trip.crew_id: list(trip.visits) for trip in sheet.plan.itineraries}
    days |= {crew.id: [] for crew in sheet.crews if crew.id not in days}
    touched = {id for id, stops in days.items() if edit.visit_id in {s.id for s in stops}}
    for stops in days.values():
        stops[:] = [stop for stop in stops if stop.id != edit.visit_id]
    out = [entry for entry in sheet.plan.left_out if entry.visit_id != edit.visit_id]
    if isinstance(edit, TakeOff):
        out.append(LeftOut(edit.visit_id, Reason.NOT_CHOSEN, "taken off"))
    else:
        at = [stop.id for stop in days[edit.crew_id]]
        where = at.index(edit.before) if edit.before in at else len(at)
        place_id = f"{edit.visit_id}-home"
        stop = Stop(StopKind.VISIT, edit.visit_id, 0, 0, 0, 0, place_id)
        days[edit.crew_id].insert(where, stop)
        touched.add(edit.crew_id)
    trips = {trip.crew_id: trip for trip in sheet.plan.itineraries}
    trips |= {id: hourly(id, days[id]) for id in touched}
    return replace(sheet, plan=Plan(tuple(trips.values()), tuple(out)))


def hourly(crew_id: str, stops: list[Stop]) -> Itinerary:
    timed = [
        replace(stop, arrival_s=h * 3600, start_s=h * 3600, end_s=h * 3600 + 1200)
        for h, stop in enumerate(stops, start=9)
    ]
    return Itinerary(crew_id, 8 * 3600, (9 + len(stops)) * 3600, tuple(timed))


@pytest.fixture
def desk(store: SqlStore) -> Desk:
    """A draft of Wednesday: three visits of one crew, two of the other, and one left out."""
    story = planned_story(filled(store, planned_book))
    planned = story.store.plan("Town", WEDNESDAY).content
    one, other = sorted(crew.id for crew in planned.crews)
    stops = [Stop(StopKind.VISIT, id, 0, 0, 0, 0, f"{id}-home") for id in BORROWERS]
    trips = hourly(one, stops[:3]), hourly(other, stops[3:5])
    plan = Plan(trips, (LeftOut("B6", Reason.CREWS_FULL, case_ids=("C6",)),))
    targets = {id: Target(id, (id.replace("B", "C"),)) for id in BORROWERS[:5]}
    new = replace(planned, plan=plan, targets=targets, cost=cost_of(plan, ()))
    with story.store.writing(story.by) as writer:
        draft = writer.add_plan(new)
    return Desk(story, draft.id, count())


def crews(desk: Desk) -> list[str]:
    return sorted(crew.id for crew in desk.record.content.crews)


def first_of(desk: Desk, crew_id: str) -> str:
    trips = desk.record.content.plan.itineraries
    return next(trip.visits[0].id for trip in trips if trip.crew_id == crew_id)


def test_an_edit_changes_the_draft_and_stands_in_the_log_with_its_event(desk: Desk) -> None:
    one, other = crews(desk)
    base, visit = desk.record, first_of(desk, crews(desk)[0])
    kept = desk.edit("ann", Move(visit, other))
    record = desk.record
    day = {
        trip.crew_id: [stop.id for stop in trip.visits] for trip in record.content.plan.itineraries
    }
    assert day[other][-1] == visit
    assert visit not in day[one]
    assert (record.revision, record.version, record.state) == (1, base.version, PlanStatus.DRAFT)
    assert record.content.targets == base.content.targets
    assert desk.log == [kept]
    assert (kept.number, kept.edit, kept.made_by) == (1, Move(visit, other), "ann")
    (event,) = [e for e in desk.story.store.events(limit=5) if e.kind == "plan.edited"]
    assert event.subject == f"Town {WEDNESDAY} v{base.version}"
    assert event.after is not None
    assert sorted(event.after["crews"]) == [one, other]
    assert event.after["visits"] == [visit]


def test_only_the_rows_of_what_was_touched_are_written(desk: Desk) -> None:
    """A third crew's rows keep the times that nobody could work out again."""
    one, other = crews(desk)
    visit = first_of(desk, one)
    with desk.story.store.engine.begin() as connection:
        strange = "UPDATE stop SET ends_at = starts_at WHERE plan_id = :id AND crew_id = :crew"
        connection.execute(text(strange), {"id": desk.plan_id, "crew": other})
    before = {t.crew_id: t for t in desk.record.content.plan.itineraries}[other]
    desk.edit("ann", TakeOff(visit))
    after = {t.crew_id: t for t in desk.record.content.plan.itineraries}[other]
    assert after == before
    assert all(stop.start_s == stop.end_s for stop in after.visits)


def test_a_visit_that_is_new_to_the_draft_stands_on_the_facts_of_its_edit(desk: Desk) -> None:
    one, other = crews(desk)
    visit = first_of(desk, one)
    desk.edit("ann", Move(visit, other))
    kept = desk.story.store.grounds(desk.plan_id, visit)
    assert [one.stage for one in kept] == ["planned", "edited"]
    members = next(c.members for c in desk.record.content.crews if c.id == other)
    assert kept[-1].grounds.facts.members == members


def test_a_visit_that_may_not_be_made_is_suspended_where_an_edit_brings_it_in(desk: Desk) -> None:
    one, other = crews(desk)
    visit = first_of(desk, one)
    desk.edit("ann", TakeOff(visit))
    desk.story.validity(f"{visit}-home", is_valid=False)
    assert visit not in desk.record.suspended
    desk.edit("ann", Move(visit, other))
    assert visit in desk.record.suspended
    desk.edit("ann", TakeOff(visit))
    assert visit not in desk.record.suspended, "it is not in the draft any more"


def test_the_same_key_again_is_the_same_edit(desk: Desk) -> None:
    one, other = crews(desk)
    visit = first_of(desk, one)
    kept = desk.edit("ann", Move(visit, other), key="press")
    assert desk.edit("ann", Move(visit, other), known=0, key="press") == kept
    assert desk.record.revision == 1
    with pytest.raises(ConflictError, match="the key 'press' is that of another edit"):
        desk.edit("ann", TakeOff(visit), key="press")


def test_a_published_plan_is_never_changed_and_its_copy_is_a_draft(desk: Desk) -> None:
    visit = first_of(desk, crews(desk)[0])
    desk.edit("ann", Hold((Lock(visit, crews(desk)[0]),)))
    with desk.story.store.writing(desk.story.by) as writer:
        published = writer.publish(desk.plan_id, "")
    with pytest.raises(ConflictError, match=r"is published and is never changed: copy it"):
        desk.edit("ann", TakeOff(visit))
    with desk.story.store.writing(desk.story.by) as writer:
        copied = writer.copy_as_draft(published.id)
    assert (copied.state, copied.based_on) == (PlanStatus.DRAFT, published.version)
    assert (copied.version, copied.revision) == (published.version + 1, 0)
    newest = desk.story.store.plan("Town", WEDNESDAY)
    assert newest.content == published.content
    assert newest.content.locks == (Lock(visit, crews(desk)[0]),)
    assert newest.based_on == published.version


def test_another_who_touched_the_same_is_named_with_what_she_did(desk: Desk) -> None:
    one, other = crews(desk)
    visit = first_of(desk, one)
    hers = desk.edit("ann", Move(visit, other))
    with pytest.raises(EditedMeanwhileError, match="ann changed the same meanwhile") as refused:
        desk.edit("bob", TakeOff(visit), known=0)
    assert refused.value.edits == (hers,)
    assert desk.edit("bob", TakeOff(visit), known=1).number == 2


def test_edits_of_other_crews_merge(desk: Desk) -> None:
    one, other = crews(desk)
    first, second = first_of(desk, one), first_of(desk, other)
    desk.edit("ann", TakeOff(first))
    desk.edit("bob", TakeOff(second), known=0)
    assert not {first, second} & desk.record.content.plan.served
    assert desk.record.revision == 2


def test_a_person_does_not_stand_in_her_own_way(desk: Desk) -> None:
    """Two quick presses: the second is sent before the first is answered."""
    visit = first_of(desk, crews(desk)[0])
    desk.edit("ann", TakeOff(visit), known=0)
    assert desk.edit("ann", Move(visit, crews(desk)[0]), known=0).number == 2


def test_what_was_worked_out_on_an_older_draft_is_not_kept(desk: Desk) -> None:
    one, other = crews(desk)
    stale = replace(desk.new(TakeOff(first_of(desk, one))), worked_on=0)
    desk.edit("bob", TakeOff(first_of(desk, other)))
    with (
        pytest.raises(StaleSheetError, match="since revision 0"),
        desk.story.store.writing(desk.writing("ann")) as writer,
    ):
        writer.revise_plan(desk.plan_id, stale)
    assert desk.record.revision == 1


def test_an_undo_is_refused_where_anothers_edit_stands_on_it(desk: Desk) -> None:
    one, other = crews(desk)
    visit = first_of(desk, one)
    mine = desk.edit("ann", Move(visit, other))
    desk.edit("bob", TakeOff(visit))
    new = NewEdit(mine.edit, mine.before, 2, 2, "undo", undoes=1)
    with (
        pytest.raises(EditedMeanwhileError, match="bob changed the same afterwards"),
        desk.story.store.writing(desk.writing("ann")) as writer,
    ):
        writer.revise_plan(desk.plan_id, new)
    assert desk.undo("bob") is not None
    assert desk.undo("ann") is not None, "what bob did is undone, and stands on nothing"


def test_nobody_takes_back_what_is_anothers(desk: Desk) -> None:
    mine = desk.edit("ann", TakeOff(first_of(desk, crews(desk)[0])))
    new = NewEdit(mine.edit, mine.before, 1, 1, "undo", undoes=1)
    with (
        pytest.raises(ConflictError, match="edit 1 is not the one that bob would take back"),
        desk.story.store.writing(desk.writing("bob")) as writer,
    ):
        writer.revise_plan(desk.plan_id, new)


def test_the_log_is_append_only(desk: Desk) -> None:
    desk.edit("ann", TakeOff(first_of(desk, crews(desk)[0])))
    engine = desk.story.store.engine
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text("UPDATE plan_edit SET made_by = 'bob'"))


def test_of_two_who_edit_at_once_none_is_lost(desk: Desk, url: str) -> None:
    other_store = open_store(url)
    one, other = crews(desk)
    for order in list(orders())[::4]:
        visits = {crew: first_of(desk, crew) for crew in (one, other)}
        at = desk.record.revision
        both = [desk.new(TakeOff(visits[crew])) for crew in (one, other)]

        def act(new: NewEdit) -> Callable[[SqlWriter], object]:
            def revise(writer: SqlWriter) -> None:
                writer.revise_plan(desk.plan_id, new)

            return revise

        writers = [
            SteppedWriter(store, desk.writing(who), act(new))
            for who, store, new in zip(
                ("ann", "bob"), (desk.story.store, other_store), both, strict=True
            )
        ]
        with pytest.raises(StaleSheetError):
            run_in(order, *writers)
        assert desk.record.revision == at + 1, order
        assert len(set(visits.values()) & desk.record.content.plan.served) == 1, order
        assert desk.undo("ann") or desk.undo("bob")
    other_store.close()


def state(record: PlanRecord) -> object:
    """Return all of a draft that edits change."""
    content = record.content
    return content.plan, content.crews, content.locks, content.cost, content.targets


def everybody(record: PlanRecord) -> list[str]:
    plan = record.content.plan
    visits = [stop.id for trip in plan.itineraries for stop in trip.visits]
    return sorted((*visits, *(entry.visit_id for entry in plan.left_out)))


PEOPLE = st.sampled_from(["ann", "bob"])
WHOM = st.sampled_from(BORROWERS)
DID = st.one_of(
    st.tuples(st.just("move"), WHOM, st.integers(0, 1), st.one_of(st.none(), WHOM)),
    st.tuples(st.just("off"), WHOM),
    st.tuples(st.just("hold"), WHOM, st.integers(0, 1)),
    st.tuples(st.just("release"), WHOM),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)


@SQLITE_FIRST
@SLOWLY
@given(st.lists(st.tuples(PEOPLE, DID, st.integers(0, 3)), min_size=3, max_size=9))
def test_after_all_is_undone_the_draft_is_as_it_was(
    desk: Desk, steps: list[tuple[str, tuple[object, ...], int]]
) -> None:
    """Two people's random story, each step known to its maker as of some revisions ago.

    The rows say after every step what the log says: its first part put in and each `after` in
    turn. At the end each undoes what she can, in turns, until nothing is left to undo.
    """
    desk = fresh(desk)
    base, team = state(desk.record), crews(desk)
    for who, what, ago in steps:
        before = desk.log
        tell(desk, team, who, what, max(0, desk.record.revision - ago))
        assert desk.log[: len(before)] == before
        assert [row.number for row in desk.log] == list(range(1, desk.record.revision + 1))
        assert everybody(desk.record) == list(BORROWERS), "each is visited or left out, once"
    while turns(desk.undo):
        pass
    assert [undoable(desk.log, who) for who in ("ann", "bob")] == [None, None]
    assert state(desk.record) == base
    done = state_after_redo(desk)
    while turns(desk.undo):
        pass
    assert state(desk.record) == base, done


def fresh(desk: Desk) -> Desk:
    """Return a desk on a draft of its own, as Wednesday's was planned."""
    with desk.story.store.writing(desk.story.by) as writer:
        copied = writer.copy_as_draft(desk.plan_id)
        if copied.revision:  # an earlier story's: this one begins with what nobody has touched
            copied = writer.add_plan(desk.record.content)
    return Desk(desk.story, copied.id, desk.keys)


def turns(take_back: Callable[[str], object]) -> bool:
    """Let each take back one edit; answer whether somebody could."""
    return bool([who for who in ("ann", "bob") if take_back(who)])


def state_after_redo(desk: Desk) -> object:
    while turns(desk.redo):
        pass
    return state(desk.record)


def tell(desk: Desk, team: list[str], who: str, what: tuple[object, ...], known: int) -> None:
    """Let a person do something; what another's edit refuses changes nothing."""
    kind, *told = what
    if kind in ("undo", "redo"):
        desk.undo(who) if kind == "undo" else desk.redo(who)
        return
    visit = str(told[0])
    edits: dict[object, Callable[[], Edit]] = {
        "move": lambda: Move(visit, team[int(str(told[1]))], None if told[2] == visit else told[2]),  # type: ignore[arg-type]
        "off": lambda: TakeOff(visit),
        "hold": lambda: Hold((Lock(visit, team[int(str(told[1]))]),)),
        "release": lambda: Release((visit,)),
    }
    was = state(desk.record)
    try:
        kept = desk.edit(who, edits[kind](), known)
    except EditedMeanwhileError:
        assert state(desk.record) == was
        return
    assert kept.made_by == who
