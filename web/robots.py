"""A group is told that its day has changed: as long work, so that publishing waits for nobody."""

from __future__ import annotations

from data.jobs import JobKind
from data.robots.kept import RobotError, Robots
from scheduler.errors import ConflictError
from scheduler.ports import By, PlanRecord, PlanStatus
from web.wiring import Wired


def tell_changed(wired: Wired, record: PlanRecord, by: By) -> None:
    """Let the city's robot say that a day has changed, where it has one and something changed.

    A first plan of a day is no change; one that is taken back is. Whatever goes wrong here is told
    on the desk, and nothing of it undoes what was done.
    """
    new = record.content
    if not has_changed(wired, record):
        return
    try:
        if Robots(wired.home.path).of(new.city) is None:
            return
    except RobotError:
        pass  # the job tells it
    try:
        wired.jobs.add(JobKind.ROBOT, new.city, new.on, by)
    except ConflictError:
        return  # the one that waits says the same


def has_changed(wired: Wired, record: PlanRecord) -> bool:
    """Whether people knew another plan of the day, or this one, before."""
    plans = wired.store.plans(record.content.city, record.content.on)
    return any(plan.state in (PlanStatus.SUPERSEDED, PlanStatus.WITHDRAWN) for plan in plans)
