"""A copy of a plan as a new draft, which people may edit; its publishing is the re-plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scheduler.drafts.opened import OpenDraft, as_read, newest, open_record
from scheduler.editing.arranging import changes_facts
from scheduler.errors import StaleSheetError
from scheduler.ports import NewEdit, PlanRecord, PlanStatus, PlanWriter
from scheduler.service import Ports


def copy_as_draft(
    ports: Ports, city: str, on: date, actor: str, version: int | None = None
) -> PlanRecord:
    """Keep a copy of a plan as a new draft, which people may edit; its publishing is the re-plan.

    Where the newest plan of the day is a draft that was copied from it already, that is the one.
    """
    record = ports.store.plan(city, on, version)
    with ports.store.writing(ports.by(actor)) as writer:
        return writer.copy_as_draft(record.id)


def as_draft(opened: OpenDraft) -> OpenDraft:
    """Return an open plan as the copy that the first edit of it keeps; a draft as it is."""
    if opened.record.state is not PlanStatus.PUBLISHED:
        return opened
    return replace(opened, log=(), is_copy=True)


def newest_to_edit(ports: Ports, opened: OpenDraft) -> OpenDraft:
    """Return what is to be edited as it stands now: the draft that others have made meanwhile."""
    if not opened.is_copy:
        return newest(ports, opened)
    content = opened.record.content
    record = ports.store.plan(content.city, content.on)
    if record.state is PlanStatus.DRAFT and record.based_on == opened.record.version:
        return copied(ports, opened, record.version)
    return as_draft(newest(ports, opened))


def copied(ports: Ports, opened: OpenDraft, version: int) -> OpenDraft:
    """Return the draft of that version, made from an open plan: the facts are the same."""
    content = opened.record.content
    record = ports.store.plan(content.city, content.on, version)
    log = tuple(ports.store.plan_edits(record.id))
    if record.content.crews != content.crews or any(changes_facts(row.edit) for row in log):
        return open_record(ports, record, log)
    return as_read(opened, record, log, ports.clock())


def keep_copy(writer: PlanWriter, opened: OpenDraft, new: NewEdit) -> tuple[PlanRecord, NewEdit]:
    """Keep the copy that an edit was worked out on; return it, and the edit as its first.

    Raises
    ------
    StaleSheetError
        Where another draft was made meanwhile.
    """
    draft = writer.copy_as_draft(opened.record.id)
    if draft.revision or draft.content != opened.record.content:
        raise StaleSheetError(
            f"version {draft.version} was made meanwhile: work the edit out again"
        )
    return draft, replace(new, worked_on=draft.revision, known=draft.revision)
