"""Planning a day of which people have edited a draft: nothing that they do meanwhile is lost.

A search takes minutes, and nobody waits for it. The locks of the draft go into the search. What
people did to the draft after it began is done again to the new one, in their order and under their
names; what does not fit there stands in its log as lapsed, with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from scheduler.drafts.editing import edit_day
from scheduler.drafts.opened import open_draft
from scheduler.editing.edits import Edit, Hold, Regroup, Release, Retake, steps_of
from scheduler.editing.log import KeptEdit, without_undone
from scheduler.engines.base import StopRule
from scheduler.errors import AlreadySoError, DayroundError, NotFoundError
from scheduler.locks import LooseLock
from scheduler.ports import PlanRecord, PlanStatus
from scheduler.reached import Reached
from scheduler.reserve.asked import NO_RESERVE
from scheduler.service import PlannedDay, Ports, plan_day

OF_THE_OTHER = "it was about the earlier version as a whole: look whether it is still wanted"
TOOK_BACK = "it took back what is no part of this version"


def plan_again(
    ports: Ports,
    city: str,
    on: date,
    actor: str,
    stop: StopRule,
    reached: Reached | None = None,
    **more: Any,
) -> PlannedDay:
    """Plan a day as `plan_day` does, and carry over what people did to its newest draft.

    What a search that was cut off has `reached` is gone on with. `more` is what else `plan_day`
    takes; it raises as that does. Where no `reserve` is asked for, it is that of the draft.
    """
    base = draft_of(ports, city, on)
    if reached is not None:
        base = base and reached.at_first(base)
        more["begin_with"] = reached.plan
    if more.get("reserve") is None:
        more["reserve"] = base.content.reserve if base else NO_RESERVE
    if base is None:
        return plan_day(ports, city, on, actor, stop, **more)
    locks, version = base.content.locks, base.version
    planned = plan_day(ports, city, on, actor, stop, locks=locks, based_on=version, **more)
    carry_over(ports, base, planned.record, planned.loosened)
    return replace(planned, record=ports.store.plan(city, on, planned.record.version))


def planned_before(
    ports: Ports, city: str, on: date, job: int, reached: Reached
) -> PlanRecord | None:
    """Return the plan that a job has made already, if it was cut off before it could say so."""
    plans = ports.store.plans(city, on)
    made = next((one for one in plans if one.job == job), None)
    base = next((one for one in plans if one.id == reached.base), None)
    if made is not None and base is not None:
        carry_over(ports, reached.at_first(base), made)
    return made


def draft_of(ports: Ports, city: str, on: date) -> PlanRecord | None:
    """Return the newest plan of a day if it is a draft."""
    try:
        newest = ports.store.plan(city, on)
    except NotFoundError:
        return None
    return newest if newest.state is PlanStatus.DRAFT else None


def carry_over(
    ports: Ports, base: PlanRecord, made: PlanRecord, loosened: Sequence[LooseLock] = ()
) -> None:
    """Do again what was done to `base` since it was read, to the plan that takes its place.

    Nobody can edit `base` any more by now. Sent twice, each edit is kept once: by its key.
    """
    content, version = base.content, made.version
    for number, loose in enumerate(loosened):
        _lapse_lock(ports, made, base, number, loose)
    edits = without_undone(ports.store.plan_edits(base.id, base.revision))
    if not edits:
        return
    opened = open_draft(ports, content.city, content.on, version)
    for row in edits:
        key = f"again {base.id}/{row.number}"
        edit = _again(row)
        try:
            if edit is None:
                raise DayroundError(_why_not(row))
            known = opened.record.revision
            opened, _ = edit_day(ports, opened, row.made_by, edit, known, key)
        except AlreadySoError:
            continue  # the new plan has it of its own
        except DayroundError as error:
            _lapse(ports, made.id, row.made_by, row.edit, key, str(error))
            opened = open_draft(ports, content.city, content.on, version)


def _again(row: KeptEdit) -> Edit | None:
    """Return an edit as it is done again; None for what has no sense in another version."""
    if row.lapsed or isinstance(row.edit, Retake | Regroup):
        return None
    if row.undoes is None:
        return row.edit
    held, was_held = row.after.locks, {lock.visit_id for lock in row.before.locks}
    if all(isinstance(step, Hold | Release) for step in steps_of(row.edit)):
        return Hold(held) if held else Release(tuple(sorted(was_held)))
    return None


def _why_not(row: KeptEdit) -> str:
    if row.lapsed:
        return row.lapsed
    return TOOK_BACK if row.undoes is not None else OF_THE_OTHER


def _lapse_lock(
    ports: Ports, record: PlanRecord, base: PlanRecord, number: int, loose: LooseLock
) -> None:
    """Say of a lock that cannot hold any more who had put it on."""
    log = ports.store.plan_edits(base.id)
    who = _holder(log, loose) or base.made.actor
    key = f"loose {base.id}/{record.id}/{number}"
    _lapse(ports, record.id, who, Hold((loose.lock,)), key, loose.why)


def _holder(log: Sequence[KeptEdit], loose: LooseLock) -> str:
    holders = [row.made_by for row in log if loose.lock in row.after.locks]
    return holders[-1] if holders else ""


def _lapse(ports: Ports, plan_id: int, who: str, edit: Edit, key: str, why: str) -> None:
    with ports.store.writing(ports.by(who)) as writer:
        writer.lapse_edit(plan_id, edit, key, why)
