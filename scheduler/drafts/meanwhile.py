"""What others did to a draft since somebody looked: what an edit may stand on, and what not."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.drafts.opened import OpenDraft
from scheduler.editing.arranging import changes_facts
from scheduler.editing.edits import (
    Arrange,
    Edit,
    Hold,
    Move,
    Release,
    Sheet,
    Swap,
    TakeOff,
    Together,
)
from scheduler.editing.log import KeptEdit, Reach, makers, overlap, since, standing_on
from scheduler.editing.orders import crews_at
from scheduler.errors import EditedMeanwhileError


def refuse_overlapped(at: OpenDraft, edit: Edit, known: int, actor: str) -> None:
    """Raise EditedMeanwhileError where an edit may fail for what others did since `known`."""
    if found := overlapped(at, edit, known, actor):
        raise EditedMeanwhileError(
            f"{makers(found)} changed the same meanwhile: look at it again, then decide", found
        )


def overlapped(at: OpenDraft, edit: Edit, known: int, actor: str) -> tuple[KeptEdit, ...]:
    """Return what others did since `known` to what an edit speaks of."""
    hers = reach_of_edit(at.sheet, edit)
    meanwhile = since(at.log, known, actor)
    return tuple(row for row in meanwhile if overlap(row.reach, hers))


def refuse_standing(log: Sequence[KeptEdit], target: KeptEdit) -> None:
    """Raise EditedMeanwhileError where others' later edits stand on what is taken back."""
    if found := standing_on(log, target):
        raise EditedMeanwhileError(
            f"{makers(found)} changed the same afterwards: it is not taken back below that", found
        )


def reach_of_edit(sheet: Sheet, edit: Edit) -> Reach:
    """Return which crews and visits an edit speaks of, before it is worked out."""
    match edit:
        case Move():
            visits = {edit.visit_id, *filter(None, [edit.before])}
            crews = {edit.crew_id, *crews_at(sheet, edit.visit_id)}
        case TakeOff():
            visits, crews = {edit.visit_id}, set(crews_at(sheet, edit.visit_id))
        case Hold():
            visits = {lock.visit_id for lock in edit.locks}
            crews = {lock.crew_id for lock in edit.locks}
        case Release():
            visits, crews = set(edit.visit_ids), set()
        case Swap():
            visits, crews = set(), {edit.crew_id, edit.other_id}
        case Arrange():
            visits = {edit.move.visit_id, *filter(None, [edit.move.before])}
            crews = {edit.crew.id}
        case Together():
            reaches = [reach_of_edit(sheet, step) for step in edit.steps]
            visits = {id for reach in reaches for id in reach.visits}
            crews = {id for reach in reaches for id in reach.crews}
        case _:  # of the whole plan
            visits = {entry.visit_id for entry in sheet.plan.left_out} | sheet.plan.served
            crews = {crew.id for crew in sheet.crews}
    return Reach(frozenset(crews), frozenset(visits), regroups=changes_facts(edit))
