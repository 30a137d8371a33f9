"""A copy of a plan as a new draft, which people may edit; its publishing is the re-plan."""

from __future__ import annotations

from datetime import date

from scheduler.drafts.opened import OpenDraft, as_read, open_record
from scheduler.ports import PlanRecord
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


def copy_open(ports: Ports, opened: OpenDraft, actor: str) -> OpenDraft:
    """Return the draft that `copy_as_draft` makes of an open plan, open: its facts are the same."""
    content = opened.record.content
    copied = copy_as_draft(ports, content.city, content.on, actor, opened.record.version)
    record = ports.store.plan(content.city, content.on, copied.version)
    log = tuple(ports.store.plan_edits(record.id))
    if record.content.crews != content.crews:
        return open_record(ports, record, log)
    return as_read(opened, record, log, ports.clock())
