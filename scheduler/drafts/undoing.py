"""Taking back what a person did to a draft, and doing it again: each is an edit of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from scheduler.desk_facts import does
from scheduler.drafts.meanwhile import refuse_standing
from scheduler.drafts.opened import OpenDraft, as_read, known_cost, open_record
from scheduler.drafts.writing import written
from scheduler.driven_past import driven_past
from scheduler.editing.applying import judge
from scheduler.editing.arranging import changes_facts, refuse_other_shifts, with_facts
from scheduler.editing.edits import Arrange, Edit, Move, TakeOff, steps_of
from scheduler.editing.log import KeptEdit, Part, PlacedEntry, redoable, undoable
from scheduler.editing.orders import begun_by, refuse_begun
from scheduler.editing.parting import with_part
from scheduler.errors import ConflictError
from scheduler.ports import NewEdit, NewPlan
from scheduler.service import Ports

NextOf = Callable[[Sequence[KeptEdit], str], KeptEdit | None]


def undo_edit(ports: Ports, opened: OpenDraft, actor: str, key: str) -> tuple[OpenDraft, KeptEdit]:
    """Take back what a person did last, and has not taken back yet.

    Raises
    ------
    EditedMeanwhileError
        Where another's later edit stands on it: it names whose.
    ForbiddenEditError
        Where the facts forbid by now what was there before.
    ConflictError
        Where there is nothing to undo, or the plan is no draft.
    """
    return _take_back(
        ports, opened, actor, key, undoable, f"{actor} has nothing to undo in this draft"
    )


def redo_edit(ports: Ports, opened: OpenDraft, actor: str, key: str) -> tuple[OpenDraft, KeptEdit]:
    """Do again what a person undid last; raises as `undo_edit` does."""
    return _take_back(
        ports, opened, actor, key, redoable, f"{actor} has nothing to redo in this draft"
    )


def _take_back(
    ports: Ports, opened: OpenDraft, actor: str, key: str, next_of: NextOf, nothing: str
) -> tuple[OpenDraft, KeptEdit]:
    def attempt(at: OpenDraft) -> NewEdit:
        target = next_of(at.log, actor)
        if target is None:
            raise ConflictError(nothing)
        refuse_standing(at.log, target)
        part = _possible(at, target)
        if isinstance(target.edit, Arrange):
            is_done = does(target.edit, part)
            refuse_other_shifts(at.day, target.edit.had if is_done else target.edit.shifts)
        back = _with_content(ports, at, with_part(at.record.content, part), target.edit, part)
        _refuse_begun_since(at, back)
        judge(back.problem, at.sheet, back.sheet)
        part = _as_it_runs(replace(part, cost=known_cost(back.problem, back.plan)), back)
        now = at.record.revision
        return NewEdit(target.edit, part, now, now, key, undoes=target.number)

    return written(ports, opened, actor, key, attempt)


def _possible(at: OpenDraft, target: KeptEdit) -> Part:
    """Return the part that an undo puts back, past visits that the facts keep out by now.

    They had left the draft along with the edit, and are left out with their cause. A visit that
    the edit itself was about is not passed over: the judge says why it cannot come back.
    """
    part = target.before
    about = {step.visit_id for step in steps_of(target.edit) if isinstance(step, Move | TakeOff)}
    stops = (stop for placed in part.trips for stop in placed.trip.visits)
    there = {stop.id for stop in stops} - at.record.content.plan.served - about
    gone = {id for id in there if id not in at.problem.visit_by_id}
    trips = (replace(t, trip=driven_past(t.trip, at.problem, gone)) for t in part.trips)
    out = (PlacedEntry(entry) for entry in at.problem.refused if entry.visit_id in gone)
    return replace(part, trips=tuple(trips), left_out=(*part.left_out, *out)) if gone else part


def _as_it_runs(part: Part, back: OpenDraft) -> Part:
    """Return what an undo puts back in the order and at the times that a running day has by now."""
    if not back.told:
        return part
    now = {trip.crew_id: trip for trip in back.plan.itineraries}
    trips = (replace(t, trip=now.get(t.trip.crew_id, t.trip)) for t in part.trips)
    return replace(part, trips=tuple(trips))


def _refuse_begun_since(at: OpenDraft, back: OpenDraft) -> None:
    """Raise ForbiddenEditError where a crew has begun what it would not go to as it was before."""
    for crew in at.problem.crews:
        if crew.id in back.problem.crew_by_id:
            for visit_id in begun_by(at.problem, crew.id) - begun_by(back.problem, crew.id):
                refuse_begun(at.problem, visit_id)


def _with_content(
    ports: Ports, at: OpenDraft, content: NewPlan, edit: Edit, part: Part
) -> OpenDraft:
    """Return a draft as it is where `part` of it is as it was before or after `edit`."""
    record = replace(at.record, content=content)
    if content.crews != at.record.content.crews or changes_facts(edit):
        done = does(edit, part)
        return open_record(
            ports, record, at.log, at.seen_at, lambda day: with_facts(day, edit, done)
        )
    return as_read(at, record, at.log, at.seen_at)
