"""The use case of an edit: worked out on the newest draft, judged as any plan is, and kept."""

from __future__ import annotations

from scheduler.drafts.meanwhile import overlapped, refuse_overlapped
from scheduler.drafts.opened import OpenDraft, loosened, now_in, problem_with
from scheduler.drafts.writing import new_edit, written
from scheduler.editing.applying import applied
from scheduler.editing.arranging import arranged, refuse_other_shifts
from scheduler.editing.edits import Arrange, Edit, Regroup
from scheduler.editing.leaving import leaving
from scheduler.editing.log import KeptEdit, makers
from scheduler.editing.obstacles import ForbiddenEditError, GoneError
from scheduler.editing.regrouping import begun_in
from scheduler.errors import AlreadySoError
from scheduler.ports import NewEdit
from scheduler.problem import Problem
from scheduler.service import Ports


def edit_day(
    ports: Ports, opened: OpenDraft, actor: str, edit: Edit, known: int, key: str
) -> tuple[OpenDraft, KeptEdit]:
    """Let a person edit a draft whose revision `known` she has seen; the same key is one edit.

    Of a published plan, open `as_draft`, it is the first edit of a draft.

    Raises
    ------
    EditedMeanwhileError
        Where others have changed the same since.
    AlreadySoError
        Where it would change nothing: the log keeps what changes something.
    ForbiddenEditError, GoneError, NotFoundError
        As `applied` says.
    ConflictError
        Where the plan is no draft.
    """
    if opened.is_copy:
        known = 0

    def attempt(at: OpenDraft) -> NewEdit:
        problem = _problem_for(ports, at, edit)
        try:
            after = applied(problem, at.sheet, edit)
        except (GoneError, ForbiddenEditError):
            refuse_overlapped(at, edit, known, actor)
            raise
        kept = leaving(edit, at.day, at.seen_at) if isinstance(edit, Regroup) else edit
        new = new_edit(at, problem, after, kept, known, key)
        _refuse_idle(at, new, actor)
        return new

    return written(ports, opened, actor, key, attempt)


def _refuse_idle(at: OpenDraft, new: NewEdit, actor: str) -> None:
    """Raise AlreadySoError where an edit changes nothing; it names who did the same before."""
    part = new.after
    if part.crews or part.visits or part.team is not None:
        return
    others = makers(overlapped(at, new.edit, new.known, actor))
    by = f"{others} did the same meanwhile" if others else "it is so already"
    raise AlreadySoError(f"{by}: nothing was changed", at.record)


def _problem_for(ports: Ports, at: OpenDraft, edit: Edit) -> Problem:
    """Return the problem that an edit is judged by: with other crews where it brings some."""
    if isinstance(edit, Arrange):
        refuse_other_shifts(at.day, edit.had, also=edit.shifts)
        return arranged(at.problem, edit)
    if not isinstance(edit, Regroup):
        return at.problem
    stands = loosened(at, edit.collector_id).problem
    return begun_in(stands, problem_with(ports, at, edit.crews), now_in(at))
