"""Writing an edit in one short transaction: who wrote meanwhile makes it be worked out again."""

from __future__ import annotations

from collections.abc import Callable

from scheduler.desk_facts import standing_for, write_facts
from scheduler.drafts.copying import copied, keep_copy, newest_to_edit
from scheduler.drafts.opened import OpenDraft, known_cost, known_part, newest
from scheduler.editing.edits import Edit, Sheet
from scheduler.editing.log import KeptEdit
from scheduler.editing.parting import touched_part
from scheduler.errors import ConflictError, StaleSheetError
from scheduler.plan import Plan
from scheduler.ports import NewEdit, PlanRecord, PlanStatus, Target
from scheduler.problem import Problem
from scheduler.service import Ports, targets

TRIES = 5
"""How often an edit is worked out anew at most where others write at the same time."""


def written(
    ports: Ports, opened: OpenDraft, actor: str, key: str, attempt: Callable[[OpenDraft], NewEdit]
) -> tuple[OpenDraft, KeptEdit]:
    """Work an edit out on the newest draft and keep it, again where somebody was quicker.

    The first edit of a published plan makes a draft of it, if it is taken: both or neither.
    """
    for _ in range(TRIES):
        opened = newest_to_edit(ports, opened)
        if again := next((row for row in opened.log if row.key == key), None):
            return opened, again
        if not opened.is_copy:
            refuse_closed(opened.record)
        new, content = attempt(opened), opened.record.content
        standing = standing_for(ports, content, new.edit)
        try:
            with ports.store.writing(ports.by(actor)) as writer:
                draft = opened.record
                if opened.is_copy:
                    draft, new = keep_copy(writer, opened, new)
                kept = writer.revise_plan(draft.id, new)
                write_facts(writer, content, new, standing)
        except StaleSheetError:
            continue
        is_copy, version = opened.is_copy, draft.version
        return copied(ports, opened, version) if is_copy else newest(ports, opened), kept
    raise ConflictError("others edit this draft all the time just now: try once more")


def refuse_closed(record: PlanRecord) -> None:
    """Raise ConflictError where a plan is no draft."""
    if record.state is not PlanStatus.DRAFT:
        content = record.content
        raise ConflictError(
            f"version {record.version} of {content.city} on {content.on} is {record.state} and is "
            "never changed: copy it as a draft first"
        )


def new_edit(
    at: OpenDraft, problem: Problem, after: Sheet, edit: Edit, known: int, key: str
) -> NewEdit:
    told = {**at.record.content.targets, **_targets(problem, after.plan)}
    price = known_cost(problem, after.plan)
    part = touched_part(at.record.content, at.sheet, after, told, price)
    return NewEdit(edit, part, at.record.revision, known, key)


def _targets(problem: Problem, plan: Plan) -> dict[str, Target]:
    return targets(problem, known_part(problem, plan))
