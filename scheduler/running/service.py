"""A kept plan as it runs now: what its crews have told is a fact, the rest is expected."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from scheduler.field.overdue import patience_of
from scheduler.kept import Reread
from scheduler.problem import CrewShift, seconds_between
from scheduler.running.day import Running, as_it_runs
from scheduler.running.freezing import FREEZE_S, frozen
from scheduler.running.limits import with_limits
from scheduler.timesheet import free_from_s


def running(kept: Reread, now: datetime) -> Running:
    """Return where each crew of a kept plan stands at `now`, by what was told until then."""
    content = kept.record.content
    now_s = seconds_between(content.origin, now)
    patience = patience_of(kept.day.city)
    return as_it_runs(kept.problem, kept.plan, content, kept.told, now_s, patience)


def as_of_now(kept: Reread, now: datetime) -> Reread:
    """Return a kept plan to be judged at `now`: what has begun is not judged again.

    Of a day of which nothing was told all is judged as it is planned.
    """
    if not kept.told:
        return kept
    found = running(kept, now)
    crews = tuple(_judged(found, crew) for crew in found.problem.crews)
    problem = replace(found.problem, crews=crews)
    return replace(kept, problem=problem, plan=found.plan)


def to_edit(kept: Reread, now: datetime, loose: Collection[str] = ()) -> Reread:
    """Return a kept plan as people may change it at `now`: what is made or set off for stays.

    Nobody is sent anywhere before `now`. Of a day of which nothing was told all may be changed.
    Of the crews in `loose` only what is made stays, not where they are on their way to.
    """
    if not kept.told:
        return kept
    found = running(kept, now)
    crews = tuple(
        _as_made(found, crew) if crew.id in loose else _from_now_on(found, crew)
        for crew in found.problem.crews
    )
    return replace(kept, problem=replace(found.problem, crews=crews), plan=found.plan)


def _from_now_on(found: Running, crew: CrewShift) -> CrewShift:
    now = found.crews.get(crew.id)
    if now is None:
        return replace(crew, start_s=max(crew.start_s, found.now_s))
    return frozen(found.problem, now, found.now_s)


def _as_made(found: Running, crew: CrewShift) -> CrewShift:
    if not crew.begun:
        return replace(crew, start_s=max(crew.start_s, found.now_s))
    return replace(crew, free_s=max(free_from_s(crew), found.now_s))


def _judged(found: Running, crew: CrewShift) -> CrewShift:
    """Return a crew by the limits that hold after what is too near to be changed."""
    now = found.crews.get(crew.id)
    if now is None:
        return crew
    return with_limits(crew, frozen(found.problem, now, found.now_s + FREEZE_S))
