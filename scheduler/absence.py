"""Who of a published plan's crews does not come any more, and what becomes of who was with them.

The *person* is gone, as where somebody calls in sick on the desk: her crew goes on without her,
her partner is paired anew or goes along with others, or the crew is taken off the road. A re-plan
begins with the cheapest of what is allowed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.cost import crews_of
from scheduler.day import Day
from scheduler.drafts.opened import OpenDraft, open_record
from scheduler.editing.edits import Sheet
from scheduler.gone_service import choices_for
from scheduler.model import Crew
from scheduler.plan import Plan
from scheduler.ports import NewPlan, PlanRecord
from scheduler.problem import Lock
from scheduler.service import Ports
from scheduler.windows import instant


@dataclass(frozen=True)
class LeftCrews:
    """A published plan with the crews that are left of it.

    `away` are the people who do not come, `gone` the crews of whom nobody goes on: what they had
    is to be placed anew. Visits in `given_up` have lost their crew, `loosened` are their locks.
    """

    record: PlanRecord
    away: frozenset[str]
    gone: frozenset[str]
    given_up: frozenset[str]
    loosened: tuple[Lock, ...]


def left_crews(ports: Ports, base: PlanRecord, day: Day, until: datetime) -> LeftCrews:
    """Return a published plan without the people who do not come, or whose shift ends by `until`.

    A crew of whom nobody comes is gone, and so is one whose members the day has in crews that
    were formed since.
    """
    away, gone, record = set[str](), set[str](), base
    for crew in base.content.crews:
        hers = [one for one in crew.members if _is_away(day, one, crew, until)]
        if not hers:
            continue
        away.update(hers)
        staying = set(crew.members) - set(hers)
        is_left = staying and not _is_formed_anew(day, base.content.crews, staying)
        found = _without(ports, record, hers) if is_left else None
        if found is None:
            gone.add(crew.id)
        else:
            record = found
    given_up = _moved(base.content.plan, record.content.plan)
    loosened = tuple(one for one in base.content.locks if one not in record.content.locks)
    return LeftCrews(record, frozenset(away), frozenset(gone), given_up, loosened)


def _is_away(day: Day, collector_id: str, crew: Crew, until: datetime) -> bool:
    """Whether somebody is not there for what her crew has still to do after `until`."""
    if instant(crew.window.end) <= instant(until):
        return False
    shifts = [one for one in day.shifts if one.collector_id == collector_id]
    return all(instant(one.window.end) <= instant(until) for one in shifts)


def _is_formed_anew(day: Day, known: Collection[Crew], staying: Collection[str]) -> bool:
    ids = {crew.id for crew in known}
    return any(c.id not in ids and set(c.members) & set(staying) for c in day.crews)


def _without(ports: Ports, record: PlanRecord, away: Collection[str]) -> PlanRecord | None:
    """Return a plan by the cheapest choice for each who is away; None where none is allowed."""
    at = open_record(ports, record)
    for collector_id in away:
        if not any(collector_id in crew.members for crew in at.record.content.crews):
            continue  # her crew was taken off the road with another of it
        allowed = [one for one in choices_for(ports, at, collector_id) if not one.forbidden]
        if not allowed:
            return None
        at = open_record(ports, replace(at.record, content=_by(at, allowed[0].sheet)))
    return at.record


def _by(at: OpenDraft, sheet: Sheet) -> NewPlan:
    return replace(at.record.content, plan=sheet.plan, crews=sheet.crews, locks=sheet.locks)


def _moved(before: Plan, after: Plan) -> frozenset[str]:
    was, now = crews_of(before), crews_of(after)
    return frozenset(id_ for id_ in was if now.get(id_) != was[id_])
