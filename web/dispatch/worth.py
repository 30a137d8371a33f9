"""What a plan comes to: whom it may meet, what its visits are worth, what is overdue there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scheduler.calendar import DayKind
from scheduler.day import Day
from scheduler.errors import DayroundError
from scheduler.rules.book import day_info
from scheduler.value.of_plan import PlannedVisit, plan_worth
from web.context import wired
from web.dispatch.board import Board, StopLine
from web.dispatch.room import seen_agencies


@dataclass(frozen=True, slots=True)
class Worth:
    """What a plan comes to, as far as it may be seen.

    `met` and `value` are None where the profile, which says what kind of day it is, cannot be
    read; `value` also for who sees one agency alone: it tells of cases at other agencies, too.
    `assigned` is what the search weighs more for cases that the lender has assigned.
    """

    met: float | None
    value: Decimal | None
    assigned: Decimal
    overdue: Decimal


def worth(shown: Board, day: Day) -> Worth:
    """Return what the visits that are shown come to; one that is suspended comes to nothing."""
    content, visits = shown.record.content, list(_visits(shown))
    case_ids = {id for stop in visits for id in stop.case_ids}
    overdue = wired().desk.overdue(content.city, case_ids)
    kind = day_kind(content.profile, content.on)
    if kind is None:
        return Worth(None, None, Decimal(0), overdue)
    told = plan_worth(day, _planned(visits), kind=kind)
    value = told.value if seen_agencies() is None else None
    return Worth(told.met, value, told.assigned, overdue)


def day_kind(profile: str, on: date) -> DayKind | None:
    """Tell what kind of day it is where a profile holds, None where it cannot be read."""
    try:
        return day_info(wired().ports.profiles.rules(profile), on).kind
    except DayroundError:
        return None


def _planned(visits: list[StopLine]) -> Iterator[PlannedVisit]:
    for stop in visits:
        if stop.place:
            yield PlannedVisit(stop.case_ids, stop.place.kind, stop.starts, stop.place.id)


def _visits(shown: Board) -> Iterator[StopLine]:
    return (stop for crew in shown.crews for stop in crew.stops if stop.is_to_be_made)
